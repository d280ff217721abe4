"""What every test may ask for: a fresh migrated database of each kind, and how many tests ran on each.

The storage layer is imported inside the fixtures, so that tests of the pure core start without a database.
"""

from __future__ import annotations

import gc
import shutil
import ssl
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.databases import (
    Databases,
    Dialect,
    PostgresqlDatabases,
    SqliteDatabases,
    once_per_run,
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


# What is imported and collected stays to the end.
gc.disable()

STORIES = Path(__file__).parent.parent / "fixtures/stories"


@pytest.fixture(scope="session", autouse=True)
def compiled_once(request: pytest.FixtureRequest) -> None:
    """Statements are compiled once for all tests."""
    asked = (item.fixturenames for item in request.session.items if isinstance(item, pytest.Function))
    if any(name.endswith("databases") for names in asked for name in names):
        share_what_is_compiled()


@pytest.fixture(scope="session", autouse=True)
def certificates_read_once() -> Iterator[None]:
    """The machine's certificates are read once for all clients.

    Whoever asks with `httpx.get` makes a client for each request, and each client would read some hundred certificates
    that no test needs, which is more work than most answers are.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


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


@pytest.fixture(scope="session")
def january_file(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """SQLite files that hold the story of January 2022, for pages and whoever reads them."""

    def make(file: Path) -> None:
        from provenance.ingestion.stories import load_story

        with sqlite_databases.fresh() as url:
            with opened(url) as engine:
                load_story(engine, STORIES / "kazakhstan-2022")
            shutil.copyfile(sqlite_databases.like(url).template, file)

    return sqlite_databases.like(f"sqlite:///{once_per_run(tmp_path_factory, 'january', make)}")


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


def pytest_collection_finish() -> None:
    """Let what was imported and collected never again be searched for rubbish, and seldom what tests leave behind.

    Python would walk over these million objects every few tests, which took a sixth of the time of all.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)
    gc.enable()


def pytest_sessionfinish() -> None:
    """Let libraries that count what they leave behind find it freed at the end."""
    gc.unfreeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Note which database a test runs on. A property travels with the report, also from a parallel worker."""
    if isinstance(item, pytest.Function):
        given = item.callspec.params.get("databases") if hasattr(item, "callspec") else None
        for dialect in Dialect:
            if dialect is given or f"{dialect}_databases" in item.fixturenames:
                item.user_properties.append(("database", str(dialect)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on each database and in a browser, so that nobody has to believe that all were there."""
    ran = _ran_with(terminalreporter, "database")
    terminalreporter.write_sep("=", "databases and browser")
    terminalreporter.write_line(
        f"storage tests ran on SQLite: {ran[Dialect.SQLITE]}, on PostgreSQL: {ran[Dialect.POSTGRESQL]}"
    )
    opened_in = ", ".join(f"{name}: {count}" for name, count in _ran_with(terminalreporter, "browser").items())
    if opened_in:
        terminalreporter.write_line(f"browser tests ran in {opened_in}")
    elif skipped := [why for why in _reasons(terminalreporter) if "Chromium" in why]:
        terminalreporter.write_line(f"browser tests did not run: {skipped[0]}")


def _ran_with(reporter: pytest.TerminalReporter, noted: str) -> Counter[str]:
    return Counter(
        value
        for outcome in ("passed", "failed")
        for report in reporter.stats.get(outcome, [])
        if report.when == "call"
        for name, value in report.user_properties
        if name == noted
    )


def _reasons(reporter: pytest.TerminalReporter) -> list[str]:
    """Why tests were skipped."""
    skipped = [report.longrepr for report in reporter.stats.get("skipped", [])]
    return [why[2].removeprefix("Skipped: ") for why in skipped if isinstance(why, tuple)]
