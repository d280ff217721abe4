"""The pages over the story of January 2022, on SQLite; what they read is tested on both databases elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.telling import running
from tests.databases import SqliteDatabases
from tests.web.browsing import Web


@pytest.fixture(scope="session")
def january_url(january_file: SqliteDatabases) -> Iterator[str]:
    """A file that holds the story, and that no test may change."""
    with january_file.fresh() as url:
        yield url


@pytest.fixture
def web(january_url: str) -> Iterator[Web]:
    """The pages over the story; nothing may be written."""
    with running(january_url) as api:
        yield Web(api)


@pytest.fixture
def desk(january_file: SqliteDatabases) -> Iterator[Web]:
    """The pages over a copy of the story of one's own, which may be written."""
    with january_file.fresh() as url, running(url) as api:
        yield Web(api)
