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
