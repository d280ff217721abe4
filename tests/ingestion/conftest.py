"""The story of January 2022, loaded once on each kind of database: loading takes seconds, and most tests only read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.databases import Databases, opened

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.ingestion.stories import Loaded

STORY = Path(__file__).parents[2] / "fixtures/stories/kazakhstan-2022"


@dataclass(frozen=True)
class LoadedStory:
    """Databases that hold the story, and what its loading said of itself."""

    databases: Databases
    loaded: Loaded


@pytest.fixture(scope="session")
def january(databases: Databases) -> Iterator[LoadedStory]:
    """The loaded story, to be cloned by a test that writes more."""
    from provenance.ingestion.stories import load_story

    with databases.fresh() as url:
        with opened(url) as engine:
            loaded = load_story(engine, STORY)
        yield LoadedStory(databases.like(url), loaded)


@pytest.fixture(scope="session")
def story(january: LoadedStory) -> Iterator[Engine]:
    """The loaded story, which no test may change."""
    with january.databases.fresh() as url, opened(url) as engine:
        yield engine
