"""Offices that every country has: "Interior Ministry", "МВД" and "Innenministerium" are one kind of body, and the name
does not say which of them is meant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.extraction.sources.countries import countries
from provenance.extraction.sources.folding import words
from provenance.extraction.sources.packaged import MARKS, bare_names

# What joins the name of an office to that of its country.
JOINING = frozenset({"of", "the", "s"})


@dataclass(frozen=True, slots=True)
class OfficeCalled:
    """Which bodies a name may mean, by their keys in `bodies.yaml`; ``bare``: it does not say of which country."""

    bodies: frozenset[str]
    bare: bool


NO_OFFICE = OfficeCalled(frozenset(), False)


@lru_cache(maxsize=50_000)
def office_called(name: str) -> OfficeCalled:
    """The office that a name means, with or without its country; `NO_OFFICE` for every other name.

    >>> office_called("МВД") == office_called("the Interior Ministry")
    True
    >>> office_called("Минздрав Казахстана").bare, sorted(office_called("Ministry of Health of Kazakhstan").bodies)
    (False, ['health'])
    >>> office_called("Khabar 24") == NO_OFFICE
    True
    """
    found = words(name)
    left: list[str] = []
    place = 0
    while place < len(found):
        named = countries().at(found, place)
        if named is None:
            left.append(found[place].fold)
        place = named.end if named else place + 1
    while left and left[-1] in JOINING:
        left.pop()
    while left and left[0] in JOINING:
        left.pop(0)
    bodies = _by_name().get(tuple(left))
    bare = not any(countries().at(found, place) for place in range(len(found)))
    return OfficeCalled(bodies, bare) if bodies else NO_OFFICE


@cache
def _by_name() -> Mapping[tuple[str, ...], frozenset[str]]:
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for body, name in bare_names():
        key = tuple(word.fold for word in words(name.lstrip(MARKS)))
        found[key] = found.get(key, frozenset()) | {body}
    return found
