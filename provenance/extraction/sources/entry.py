"""What the registry knows about one source. It is general knowledge with its basis, not a row of the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from provenance.vocabulary import Basis, SourceKind, TieKind


@dataclass(frozen=True, slots=True)
class EntryTie:
    """What a source is to another entry, named by its key; ``reference`` is a public page, None where it is only
    commonly known.
    """

    kind: TieKind
    other: str
    reference: str | None = None

    @property
    def basis(self) -> Basis:
        return Basis.CITED if self.reference else Basis.COMMONLY_KNOWN


@dataclass(frozen=True, slots=True)
class Entry:
    """One source as the registry knows it.

    ``name`` is the one that this database shows. ``country`` is an ISO 3166 alpha-2 code, or "INT"; ``near`` are other
    countries that people place it in. ``names`` are all names with their languages (BCP 47), ``name`` first. ``bare``
    are those that its like in every country bears ("Interior Ministry"): they lead to it only together with its
    country. ``exact`` are the names that are ordinary words as well ("Time"): they count only in this very spelling;
    ``quiet`` those that are too ordinary to be looked for in a text. ``basis`` says what the entry rests on.
    """

    key: str
    name: str
    kind: SourceKind
    country: str
    names: tuple[tuple[str, str], ...]
    domains: tuple[str, ...] = ()
    ties: tuple[EntryTie, ...] = ()
    basis: str = ""
    bare: tuple[tuple[str, str], ...] = ()
    exact: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()

    def placed_in(self, places: Collection[str]) -> bool:
        """Whether it belongs to one of these countries, or people place it there."""
        return self.country in places or any(place in places for place in self.near)
