"""The pages over the story of January 2022, on SQLite; what they read is tested on both databases elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.telling import running
from tests.databases import SqliteDatabases, opened
from tests.web.browsing import Web

STORIES = Path(__file__).parents[2] / "fixtures/stories"


@pytest.fixture(scope="session")
def january_file(sqlite_databases: SqliteDatabases) -> Iterator[SqliteDatabases]:
    """Files that hold the story, to be cloned by a test that writes."""
    from provenance.ingestion.stories import load_story

    with sqlite_databases.fresh() as url:
        with opened(url) as engine:
            load_story(engine, STORIES / "kazakhstan-2022")
        yield sqlite_databases.like(url)


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
