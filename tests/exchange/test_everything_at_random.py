"""Whatever was written, in whatever order: what leaves one kind of database leaves the other one again as it came."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from provenance.analysis.standing import differences
from provenance.exchange.everything.exporting import export_to
from provenance.exchange.everything.importing import import_from
from provenance.storage.session import reading
from tests.analysis.test_random_programs import Act, Program, empty, programs
from tests.databases import Dialect, PostgresqlDatabases, SqliteDatabases, opened


@pytest.fixture(scope="session")
def engines(
    sqlite_databases: SqliteDatabases, postgresql_databases: PostgresqlDatabases
) -> Iterator[dict[Dialect, sa.Engine]]:
    """A database of each kind for all programs, because a new engine would put together each statement anew."""
    with (
        sqlite_databases.fresh() as first,
        postgresql_databases.fresh() as second,
        opened(first) as sqlite,
        opened(second) as postgresql,
    ):
        yield {Dialect.SQLITE: sqlite, Dialect.POSTGRESQL: postgresql}


@pytest.mark.proves("json-lines", "reads", by="ours")
@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow])
@given(programs, st.sampled_from(Dialect))
def test_what_any_program_of_writes_leaves_survives_the_journey_byte_for_byte(
    engines: dict[Dialect, sa.Engine], program: list[Act], begins: Dialect
) -> None:
    first = engines[begins]
    [second] = [engine for dialect, engine in engines.items() if dialect is not begins]
    for engine in engines.values():
        empty(engine)
    running = Program(first)
    for act in (Act("claim", 0, 1, False), Act("report", 1, 0, False), *program):
        running.run(act)
    left = copy_of(first)
    import_from(second, io.BytesIO(left))
    assert copy_of(second) == left
    with reading(second) as session:
        assert list(differences(session)) == []
    # Whoever writes on finds the next keys free.
    Program(second).run(Act("claim", 0, 1, False))


def copy_of(engine: sa.Engine) -> bytes:
    """The whole copy of a database."""
    stream = io.BytesIO()
    export_to(engine, stream)
    return stream.getvalue()
