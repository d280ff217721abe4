"""What resolving asks of a registry of sources, so that any that answers will do."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from provenance.vocabulary import SourceKind


class Known(Protocol):
    """A source that a registry knows."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> SourceKind: ...
    @property
    def country(self) -> str: ...


class Lookup(Protocol):
    """A registry of sources."""

    def find(self, name: str, *, near: Collection[str] = ()) -> Known | None:
        """The one source that a name means, with the countries it may be of; None where that is not sure."""
        ...
