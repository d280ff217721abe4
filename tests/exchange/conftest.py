"""Real servers for the clients of others: one on the story of January that nobody changes, and copies to write to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import SqliteDatabases
from tests.serving import served


@pytest.fixture(scope="session")
def january_server(january_file: SqliteDatabases) -> Iterator[str]:
    """Where the story is served; no test may write there."""
    with january_file.fresh() as url, served(url) as base:
        yield base


@pytest.fixture
def january_copy(january_file: SqliteDatabases) -> Iterator[str]:
    """Where a copy of the story of one's own is served, which may be written."""
    with january_file.fresh() as url, served(url) as base:
        yield base


@pytest.fixture
def empty_url(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A database that holds nothing, and may be written."""
    with sqlite_databases.fresh() as url:
        yield url


@pytest.fixture
def empty_server(empty_url: str) -> Iterator[str]:
    """Where it is served."""
    with served(empty_url) as base:
        yield base
