"""The app on a fresh database of each kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.keys import Headers, bearer


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    """An app with nothing in it, once on each kind of database."""
    with running(database_url) as api:
        yield api


@pytest.fixture
def ana(database_url: str) -> Headers:
    """An editor."""
    return bearer(database_url, Role.EDITOR, "Ana")


@pytest.fixture
def bolat(database_url: str) -> Headers:
    """A contributor."""
    return bearer(database_url, Role.CONTRIBUTOR, "Bolat")


@pytest.fixture
def rita(database_url: str) -> Headers:
    """A reader: who sees what everybody sees."""
    return bearer(database_url, Role.READER, "Rita")
