"""Finds the reviews in linked data, wherever they stand in it, and reads values of them with the place of each.

Publishers write one value as a text, an object, a list of one, or a reference to an object elsewhere in the document.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from provenance.exchange.claimreview.plain import Fields, at, wrong

REVIEW = "ClaimReview"
# Objects that refer to each other in lists would otherwise stand for more values than anybody could read.
MOST_VALUES = 1_000


@dataclass(frozen=True, slots=True)
class Node:
    """One object at a place; ``known`` are the objects of the document by their ids, ``above`` those it stands in."""

    fields: Fields
    place: str
    known: Mapping[str, Fields] = field(default_factory=dict, repr=False)
    above: tuple[int, ...] = ()

    def types(self) -> list[str]:
        """What it says it is."""
        said = self.fields.get("@type")
        return said if isinstance(said, list) else [said] if isinstance(said, str) else []

    def text(self, *names: str) -> str | None:
        """The first text under the first of these names that has one.

        :raises InvalidInput: where an object without a name, or a truth value, stands for a text.
        """
        for name in names:
            for place, value in self._values(name):
                return self._text(place, value)
        return None

    def number(self, name: str) -> float | None:
        """A finite number; texts of digits are numbers, too.

        :raises InvalidInput: if it is none.
        """
        for place, value in self._values(name):
            return _number(place, value)
        return None

    def objects(self, name: str) -> list[Node]:
        """The objects under a name; a bare text is an object with that name, and a reference is what it refers to.

        :raises InvalidInput: where an object would stand in itself, or a number or truth value stands for one, or
            there are too many.
        """
        return [self._object(place, value) for place, value in self._values(name)]

    def addresses(self, name: str) -> list[str]:
        """The addresses under a name, each once; objects by their `url`, else their id."""
        found = (
            value if isinstance(value, str) else self._object(place, value).text("url", "@id")
            for place, value in self._values(name)
        )
        return list(dict.fromkeys(each for each in found if each is not None and each.startswith(("http:", "https:"))))

    def _values(self, name: str) -> Iterator[tuple[str, Any]]:
        said, place = self.fields.get(name), at(self.place, name)
        if isinstance(said, list):
            if len(said) > MOST_VALUES:
                raise wrong(place, f"it has {len(said):,} values", f"Send at most {MOST_VALUES:,}.")
            yield from ((at(place, position), one) for position, one in enumerate(said) if one is not None)
        elif said is not None:
            yield place, said

    def _text(self, place: str, value: Any) -> str:
        match value:
            case bool():
                raise wrong(place, f"it is {str(value).lower()} where a text is wanted", "Send the words.")
            case str():
                return value
            case int() | float():
                return f"{value:g}" if isinstance(value, float) else str(value)
            case dict():
                named = self._object(place, value).text("name", "url", "@id")
                if named is not None:
                    return named
        raise wrong(place, "it is an object or a list where a text is wanted", "Send the words.")

    def _object(self, place: str, value: Any) -> Node:
        match value:
            case str():
                return Node({"name": value}, place, self.known, self.above)
            case dict():
                meant = self._referred(value)
                if id(meant) in self.above or meant is self.fields:
                    raise wrong(place, "it leads back to an object that it stands in", "Cut the circle.")
                return Node(meant, place, self.known, (*self.above, id(self.fields)))
        raise wrong(place, "it is no object and no text", 'Send an object such as {"name": "…"}.')

    def _referred(self, value: Fields) -> Fields:
        if not value.keys() - {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self.known.get(value["@id"], value)
        return value


def reviews_in(document: Any, place: str = "") -> list[Node]:
    """All reviews of claims in plain linked data: by themselves, in lists, graphs, feeds, or inside other objects."""
    known: dict[str, Fields] = {}
    for node in _objects(document):
        if isinstance(node.get("@id"), str) and node.keys() - {"@id", "@type"}:
            known.setdefault(node["@id"], node)
    return list(_reviews(document, place, known))


def _reviews(found: Any, place: str, known: Mapping[str, Fields]) -> Iterator[Node]:
    match found:
        case dict():
            node = Node(found, place, known)
            if REVIEW in node.types() and found.keys() - {"@id", "@type"}:
                yield node
            else:
                for name, value in found.items():
                    yield from _reviews(value, at(place, name), known)
        case list():
            for position, one in enumerate(found):
                yield from _reviews(one, at(place, position), known)


def _objects(found: Any) -> Iterator[Fields]:
    match found:
        case dict():
            yield found
            for value in found.values():
                yield from _objects(value)
        case list():
            for one in found:
                yield from _objects(one)


def _number(place: str, value: Any) -> float:
    remedy = "Send a number such as 2, or leave it out."
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise wrong(place, "it is no number", remedy)
    try:
        number = float(value)
    except (ValueError, OverflowError) as unreadable:
        raise wrong(place, f"'{str(value)[:60]}' is no number", remedy) from unreadable
    if not math.isfinite(number):
        raise wrong(place, f"'{str(value)[:60]}' is no finite number", remedy)
    return number
