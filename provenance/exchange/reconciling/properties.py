"""What of a source can narrow a search for it, and fill further columns once it is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from provenance.exchange.reconciling.register import Register
from provenance.exchange.reconciling.spelling import romanised
from provenance.storage.reads.registered import Registered
from provenance.vocabulary import TieKind

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Property:
    """A property by its id: what people call it, its values in cells, and the texts that it agrees with.

    ``of_sources``: whether its values are sources themselves.
    """

    id: str
    name: str
    cells: Callable[[Registered], list[Cell]]
    texts: Callable[[Registered], Sequence[str]]
    of_sources: bool = False

    def agrees(self, source: Registered, wanted: Sequence[str]) -> bool:
        """Whether one of the values that somebody has is among those of the source."""
        held = {romanised(text) for text in self.texts(source)}
        return any(romanised(text) in held for text in wanted)


def extended(register: Register, ids: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
    """The answer to a wish for columns: what each is called, and for each source the cells."""
    chosen = [PROPERTIES[each] for each in properties]
    return {
        "meta": [_named(each) for each in chosen],
        "rows": {one: _row(register.source(one), chosen) for one in ids},
    }


def proposed(limit: int | None) -> list[Cell]:
    """The properties that a client may offer."""
    return [{"id": each.id, "name": each.name} for each in PROPERTIES.values()][:limit]


def _named(chosen: Property) -> Cell:
    named: Cell = {"id": chosen.id, "name": chosen.name}
    return named | {"type": {"id": "source", "name": "Source"}} if chosen.of_sources else named


def _row(source: Registered | None, chosen: Sequence[Property]) -> dict[str, list[Cell]]:
    return {each.id: [] if source is None else each.cells(source) for each in chosen}


def countries(source: Registered) -> list[str]:
    """The countries of a source; one of several holds their codes side by side."""
    return [code for code in re.split(r"[,/ ]+", source.country or "") if code]


def _tie(kind: TieKind, name: str) -> Property:
    def cells(source: Registered) -> list[Cell]:
        return [{"id": tie.other, "name": tie.other_name} for tie in source.ties if tie.kind is kind]

    def texts(source: Registered) -> list[str]:
        return [text for tie in source.ties if tie.kind is kind for text in (tie.other, tie.other_name)]

    return Property(kind.value, name, cells, texts, of_sources=True)


def _texts(cells: Callable[[Registered], Sequence[str]]) -> Callable[[Registered], list[Cell]]:
    return lambda source: [{"str": text} for text in cells(source)]


def _names(source: Registered) -> list[str]:
    return [called.name for called in source.names]


PROPERTIES: Mapping[str, Property] = {
    each.id: each
    for each in (
        Property("name", "Names, in any script", _texts(_names), _names),
        Property(
            "kind",
            "Kind",
            _texts(lambda source: [source.kind.value]),
            lambda source: [source.kind.value, source.kind.value.replace("_", " ")],
        ),
        Property("country", "Country (ISO 3166)", _texts(countries), countries),
        Property(
            "note",
            "Note",
            _texts(lambda source: [source.note] if source.note else []),
            lambda source: [source.note or ""],
        ),
        _tie(TieKind.SPEAKS_FOR, "Speaks for"),
        _tie(TieKind.PART_OF, "Part of"),
        _tie(TieKind.OWNED_BY, "Owned by"),
        _tie(TieKind.CONTROLLED_BY, "Controlled by"),
    )
}
