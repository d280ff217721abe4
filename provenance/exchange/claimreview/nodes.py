"""Finds the reviews in linked data, wherever they stand in it, and reads values of them with the place of each.

Publishers write one value as a text, an object, a list of one, or a reference to an object elsewhere in the document.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin

from provenance.exchange.claimreview.plain import Fields, at, wrong
from provenance.exchange.claimreview.reviewed import Noticed
from provenance.exchange.claimreview.wording import as_read

REVIEW = "ClaimReview"
# Objects that refer to each other in lists would otherwise stand for more values than anybody could read.
MOST_VALUES = 1_000
# A comma before three digits may part thousands.
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}", re.ASCII)
RELATIVE = ("/", "./", "../", "?")
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Node:
    """One object at a place; ``known`` are the objects of the document by their ids, ``above`` those it stands in.

    ``base`` is the address that relative ones go from, where it is known. What is read of it and of the objects below
    otherwise than it stands there is told in ``noticed``.
    """

    fields: Fields
    place: str
    known: Mapping[str, Fields] = field(default_factory=dict, repr=False)
    above: tuple[int, ...] = ()
    base: str | None = None
    noticed: list[Noticed] = field(default_factory=list, repr=False, compare=False)

    def tell(self, place: str, message: str) -> None:
        """Note what was read otherwise than it stands there."""
        self.noticed.append(Noticed(place, message))

    def types(self) -> list[str]:
        """What it says it is."""
        said = self.fields.get("@type")
        return said if isinstance(said, list) else [said] if isinstance(said, str) else []

    def text(self, *names: str) -> str | None:
        """The first text under the first of these names that has one, as its readers see it.

        :raises InvalidInput: where an object without a name, or a truth value, stands for a text.
        """
        for name in names:
            several = list(self._values(name))
            for place, value in several:
                said = self._text(place, value)
                if said is not None:
                    self._tell_if_several(name, value, several)
                    return said
        return None

    def number(self, name: str) -> float | None:
        """A finite number; texts of digits are numbers, too, also with a decimal comma.

        :raises InvalidInput: if it is none.
        """
        several = list(self._values(name))
        for place, value in several:
            self._tell_if_several(name, value, several)
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
        found = (self._address(place, value) for place, value in self._values(name))
        return list(dict.fromkeys(each for each in found if each is not None))

    def _address(self, place: str, value: Any) -> str | None:
        if isinstance(value, dict):
            own = self._object(place, value)
            firsts = (next(own._values(name), None) for name in ("url", "@id"))
            return next((own._address(*first) for first in firsts if first is not None), None)
        if not isinstance(value, str):
            raise wrong(place, "it is no address", "Send one such as https://example.org/.")
        if value.startswith(("http:", "https:")):
            return value
        if self.base is not None and value.startswith(RELATIVE):
            return urljoin(self.base, value)
        # An id within the document is no address, and nobody took it for one.
        if not value.startswith(("#", "_:")):
            lacking = " and nothing tells where it goes from" if value.startswith(RELATIVE) else ""
            self.tell(place, f"'{value[:SHOWN]}' is no whole web address{lacking}; it is left out.")
        return None

    def _tell_if_several(self, name: str, taken: Any, several: Sequence[tuple[str, Any]]) -> None:
        if any(value != taken for _, value in several):
            said = f"'{taken[:SHOWN]}'" if isinstance(taken, str) else "the first"
            self.tell(at(self.place, name), f"It has {len(several)} values where one is wanted; {said} is taken.")

    def _values(self, name: str) -> Iterator[tuple[str, Any]]:
        said, place = self.fields.get(name), at(self.place, name)
        if isinstance(said, list):
            if len(said) > MOST_VALUES:
                raise wrong(place, f"it has {len(said):,} values", f"Send at most {MOST_VALUES:,}.")
            yield from ((at(place, position), one) for position, one in enumerate(said) if one is not None)
        elif said is not None:
            yield place, said

    def _text(self, place: str, value: Any) -> str | None:
        match value:
            case bool():
                raise wrong(place, f"it is {str(value).lower()} where a text is wanted", "Send the words.")
            case str():
                read = as_read(value)
                if read != value:
                    self.tell(place, "It holds tags or entities of HTML; it is taken as readers see it.")
                return read or None
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
                return replace(self, fields={"name": value}, place=place)
            case dict():
                meant = self._referred(value)
                if id(meant) in self.above or meant is self.fields:
                    raise wrong(place, "it leads back to an object that it stands in", "Cut the circle.")
                return replace(self, fields=meant, place=place, above=(*self.above, id(self.fields)))
        raise wrong(place, "it is no object and no text", 'Send an object such as {"name": "…"}.')

    def _referred(self, value: Fields) -> Fields:
        if not value.keys() - {"@id", "@type"} and isinstance(value.get("@id"), str):
            return self.known.get(value["@id"], value)
        return value


def reviews_in(document: Any, place: str = "", base: str | None = None) -> list[Node]:
    """All reviews of claims in plain linked data: by themselves, in lists, graphs, feeds, or inside other objects.

    ``base`` is the address of the page that it stands in, where it is known.
    """
    known: dict[str, Fields] = {}
    for node in _objects(document):
        if isinstance(node.get("@id"), str) and node.keys() - {"@id", "@type"}:
            known.setdefault(node["@id"], node)
    return [replace(node, base=base, noticed=[]) for node in _reviews(document, place, known)]


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
        if isinstance(value, str) and DECIMAL_COMMA.fullmatch(value):
            value = value.replace(",", ".")
        number = float(value)
    except (ValueError, OverflowError) as unreadable:
        raise wrong(place, f"'{str(value)[:60]}' is no number", remedy) from unreadable
    if not math.isfinite(number):
        raise wrong(place, f"'{str(value)[:60]}' is no finite number", remedy)
    return number
