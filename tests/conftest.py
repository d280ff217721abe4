"""What every test may ask for: a fresh migrated database of either kind, and how many tests ran on each.

The storage layer is imported inside the fixtures, so that tests of the pure core start without a database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.databases import (
    Dialect,
    PostgresqlDatabases,
    SqliteDatabases,
    postgresql_databases,
    sqlite_databases,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

# A busy machine is slow now and then; that says nothing about the code, so no example has a time limit.
settings.register_profile("provenance", deadline=None)
settings.load_profile("provenance")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """One migrated SQLite file for this run."""
    from provenance.storage.session import migrate

    return sqlite_databases(tmp_path_factory.mktemp("sqlite"), migrate)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlDatabases]:
    """One PostgreSQL server for this run, or for this worker of a parallel run."""
    from provenance.storage.session import migrate

    with postgresql_databases(migrate) as databases:
        yield databases


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: SqliteDatabases) -> Iterator[str]:
    """A fresh migrated SQLite database, for what does not depend on the kind of database."""
    _note(request, Dialect.SQLITE)
    with sqlite_template.fresh(tmp_path) as url:
        yield url


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, postgresql_server: PostgresqlDatabases) -> Iterator[str]:
    """A fresh migrated PostgreSQL database."""
    _note(request, Dialect.POSTGRESQL)
    with postgresql_server.fresh() as url:
        yield url


@pytest.fixture(params=list(Dialect), ids=str)
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh migrated database; a test that asks for it runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on ``database_url``, closed after the test."""
    from provenance.storage.session import make_engine

    engine = make_engine(database_url)
    yield engine
    engine.dispose()


def _note(request: pytest.FixtureRequest, dialect: Dialect) -> None:
    # A property travels with the report, also from a parallel worker.
    request.node.user_properties.append(("database", str(dialect)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on each database, so that nobody has to believe that both were there."""
    ran = Counter(
        value
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call"
        for name, value in report.user_properties
        if name == "database"
    )
    terminalreporter.write_sep("=", "databases")
    terminalreporter.write_line(
        f"storage tests ran on SQLite: {ran[Dialect.SQLITE]}, on PostgreSQL: {ran[Dialect.POSTGRESQL]}"
    )
