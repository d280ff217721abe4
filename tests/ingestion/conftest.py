"""The story of January 2022, loaded once on each kind of database: loading takes seconds, and most tests only read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Januaries:
    """The story on each kind of database: loaded when it is first asked for, and kept until the last test."""

    until_the_end: ExitStack
    held: dict[type[Databases], LoadedStory] = field(default_factory=dict)

    def on(self, databases: Databases) -> LoadedStory:
        """The story on databases of this kind."""
        from provenance.ingestion.stories import load_story

        if type(databases) not in self.held:
            url = self.until_the_end.enter_context(databases.fresh())
            with opened(url) as engine:
                loaded = load_story(engine, STORY)
            self.held[type(databases)] = LoadedStory(databases.like(url), loaded)
        return self.held[type(databases)]


@pytest.fixture(scope="session")
def januaries(sqlite_databases: Databases, postgresql_databases: Databases) -> Iterator[Januaries]:
    """Both are asked for, so that the servers outlive the story; `january` alone would load it again in every file."""
    with ExitStack() as until_the_end:
        yield Januaries(until_the_end)


@pytest.fixture(scope="session")
def january(databases: Databases, januaries: Januaries) -> LoadedStory:
    """The loaded story, to be cloned by a test that writes more."""
    return januaries.on(databases)


@pytest.fixture(scope="session")
def story(january: LoadedStory) -> Iterator[Engine]:
    """The loaded story, which no test may change."""
    with january.databases.fresh() as url, opened(url) as engine:
        yield engine
