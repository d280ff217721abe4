"""The app on a fresh database of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.telling import Api, running


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    """An app with nothing in it, once on each kind of database."""
    with running(database_url) as api:
        yield api


@pytest.fixture
def one_api(sqlite_url: str) -> Iterator[Api]:
    """An app with nothing in it, for what does not depend on the kind of database."""
    with running(sqlite_url) as api:
        yield api
