"""What every test may ask for: a fresh migrated database of each kind, and how many tests ran on each.

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
    Databases,
    Dialect,
    PostgresqlDatabases,
    SqliteDatabases,
    opened,
    postgresql_server,
    scratch_folder,
    share_what_is_compiled,
    sqlite_files,
)

if TYPE_CHECKING:
    from sqlalchemy import Engine

# A busy machine is slow now and then; that says nothing about the code, so no example has a time limit.
settings.register_profile("provenance", deadline=None)
settings.load_profile("provenance")


@pytest.fixture(scope="session", autouse=True)
def compiled_once(request: pytest.FixtureRequest) -> None:
    """Statements are compiled once for all tests."""
    if any("databases" in item.fixturenames for item in request.session.items if isinstance(item, pytest.Function)):
        share_what_is_compiled()


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """Where this run, or this worker of a parallel run, keeps its databases."""
    with scratch_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def sqlite_databases(scratch: Path) -> SqliteDatabases:
    """Copies of one migrated SQLite file, for the few tests that are about files."""
    from provenance.storage.session import migrate

    return sqlite_files(scratch, migrate)


@pytest.fixture(scope="session")
def postgresql_databases(scratch: Path) -> Iterator[PostgresqlDatabases]:
    """Copies of one migrated PostgreSQL database, for the few tests that are about servers."""
    from provenance.storage.session import migrate

    with postgresql_server(scratch, migrate) as databases:
        yield databases


@pytest.fixture(scope="session", params=list(Dialect), ids=str)
def databases(request: pytest.FixtureRequest) -> Databases:
    """Fresh migrated databases; whatever asks for them, through whichever fixture, runs once on each kind."""
    kind: Databases = request.getfixturevalue(f"{request.param}_databases")
    return kind


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A fresh migrated database, once of each kind."""
    with databases.fresh() as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on ``database_url``, closed after the test."""
    with opened(database_url) as engine:
        yield engine


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Note which database a test runs on. A property travels with the report, also from a parallel worker."""
    if isinstance(item, pytest.Function):
        given = item.callspec.params.get("databases") if hasattr(item, "callspec") else None
        for dialect in Dialect:
            if dialect is given or f"{dialect}_databases" in item.fixturenames:
                item.user_properties.append(("database", str(dialect)))


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
