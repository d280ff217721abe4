"""Tests of the tests' databases: each must be what its name says, migrated, and nobody else's."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, inspect, text


def test_every_storage_test_runs_on_the_database_it_names(request: pytest.FixtureRequest, engine: Engine) -> None:
    assert f"[{engine.dialect.name}]" in request.node.name


def test_a_database_comes_migrated(engine: Engine) -> None:
    assert {"alembic_version", "source", "claim"} <= set(inspect(engine).get_table_names())


@pytest.mark.parametrize("turn", ["first", "second"])
def test_no_test_sees_what_another_wrote(engine: Engine, turn: str) -> None:
    assert "scratch" not in inspect(engine).get_table_names()
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE scratch (turn TEXT)"))
    assert "scratch" in inspect(engine).get_table_names(), turn


def test_names_sort_alike_on_both_databases(engine: Engine) -> None:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT 'b' AS name UNION SELECT 'C' UNION SELECT 'Ä' ORDER BY name"))
        assert [name for (name,) in rows] == ["C", "b", "Ä"]
