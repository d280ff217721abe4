"""Reads what is asked: JSON of strangers, refused with its place where it is not what the interface takes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from provenance.errors import InvalidInput
from provenance.exchange.reconciling.properties import PROPERTIES
from provenance.vocabulary import SourceKind

# OpenRefine sends ten at a time unless a service says otherwise.
MOST_QUERIES = 100
MOST_IDS = 1_000
MOST_RESULTS = 50
USUAL_RESULTS = 10
# What is longer is no name. It finds nothing, and the other cells of its batch are answered.
LONGEST_QUERY = 1_000
# The type of all sources, beside their kinds.
ANY_SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One name that somebody looks for: of these kinds (any, if there are none), with these properties.

    ``strict``: whether the kinds exclude others, or only come first.
    """

    query: str
    kinds: frozenset[SourceKind] = frozenset()
    strict: bool = True
    limit: int = USUAL_RESULTS
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """Which properties of which sources somebody wants in further columns."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def read_queries(given: str) -> dict[str, Wanted]:
    """The batch in ``queries``: under each key a name that is looked for.

    >>> read_queries('{"q0": {"query": "ТАСС", "type": "news_agency", "limit": 3}}')["q0"].query
    'ТАСС'
    """
    said = _object(_json(given, "queries"), "queries")
    _check_number(said, MOST_QUERIES, "queries")
    return {_text(key, "queries"): _wanted(value, f"queries.{key}") for key, value in said.items()}


def read_query(given: str) -> Wanted:
    """The single ``query`` of older clients: JSON, or the bare name."""
    if not given.lstrip().startswith("{"):
        return Wanted(_text(given, "query"))
    return _wanted(_json(given, "query"), "query")


def read_extension(given: str) -> Extension:
    """What ``extend`` wants.

    >>> read_extension('{"ids": ["src_tass"], "properties": [{"id": "country"}]}').properties
    ('country',)
    """
    said = _object(_json(given, "extend"), "extend")
    ids = _list(said.get("ids"), "extend.ids")
    _check_number(ids, MOST_IDS, "extend.ids")
    properties = _list(said.get("properties"), "extend.properties")
    places = [f"extend.properties.{position}" for position in range(len(properties))]
    return Extension(
        ids=tuple(_text(one, f"extend.ids.{position}") for position, one in enumerate(ids)),
        properties=tuple(
            _property(_object(one, place).get("id"), f"{place}.id")
            for one, place in zip(properties, places, strict=True)
        ),
    )


def kinds_of(given: Iterable[str], place: str) -> frozenset[SourceKind]:
    """The kinds that types name; none of them where they name all sources."""
    types = set(given)
    unknown = types - {ANY_SOURCE, *SourceKind}
    if unknown:
        known = ", ".join((ANY_SOURCE, *SourceKind))
        _refuse(place, f"there is no type '{min(unknown)[:60]}'", f"Use one of: {known}")
    return frozenset() if ANY_SOURCE in types else frozenset(map(SourceKind, types))


def _wanted(given: Any, place: str) -> Wanted:
    said = _object(given, place)
    types = said.get("type")
    listed = [] if types in (None, "") else types if isinstance(types, list) else [types]
    return Wanted(
        query=_text(said.get("query"), f"{place}.query"),
        kinds=kinds_of((_text(_bare(one), f"{place}.type") for one in listed), f"{place}.type"),
        strict=said.get("type_strict") != "should",
        limit=_limit(said.get("limit"), f"{place}.limit"),
        properties=_properties(said.get("properties"), f"{place}.properties"),
    )


def _properties(given: Any, place: str) -> dict[str, tuple[str, ...]]:
    wanted: dict[str, tuple[str, ...]] = {}
    for position, one in enumerate([] if given is None else _list(given, place)):
        at = f"{place}.{position}"
        said = _object(one, at)
        key = _property(said.get("pid"), f"{at}.pid")
        values = said.get("v")
        listed = [] if values is None else values if isinstance(values, list) else [values]
        texts = tuple(_value(value, f"{at}.v") for value in listed)
        wanted[key] = (*wanted.get(key, ()), *(text for text in texts if text.strip()))
    return wanted


def _property(given: Any, place: str) -> str:
    key = _text(given, place)
    if key not in PROPERTIES:
        _refuse(place, f"there is no property '{key[:60]}'", f"Use one of: {', '.join(PROPERTIES)}")
    return key


def _value(given: Any, place: str) -> str:
    bare = _bare(given)
    return _text(str(bare) if isinstance(bare, int | float) and not isinstance(bare, bool) else bare, place)


def _bare(given: Any) -> Any:
    # Clients that know an entity or a type send it with its name.
    return given.get("id", given.get("name")) if isinstance(given, Mapping) else given


def _limit(given: Any, place: str) -> int:
    if given is None:
        return USUAL_RESULTS
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        _refuse(place, "it is no whole number above 0", "Send a number such as 5, or leave it out")
    return min(given, MOST_RESULTS)


def _json(given: str, place: str) -> Any:
    def no_number(text: str) -> NoReturn:
        _refuse(place, f"it holds {text}, which JSON does not know", "Send numbers or texts")

    def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        once = dict(pairs)
        if len(once) < len(pairs):
            twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
            _refuse(place, f"the key '{twice[:60]}' stands twice in one object", "Keep one of them")
        return once

    try:
        return json.loads(given, parse_constant=no_number, object_pairs_hook=each_once)
    except (ValueError, RecursionError) as broken:
        if isinstance(broken, InvalidInput):
            raise
        _refuse(place, f"it is no JSON ({str(broken)[:200]})", "Send one object, with its quotation marks and brackets")


def _object(given: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        _refuse(place, "it is no object", 'Send an object, such as {"query": "Tass"}')
    return given


def _list(given: Any, place: str) -> list[Any]:
    if not isinstance(given, list):
        _refuse(place, "it is no list", "Send a list in square brackets")
    return given


def _text(given: Any, place: str) -> str:
    if not isinstance(given, str):
        _refuse(place, "it is missing or no text", 'Send a text such as "Tass"')
    if any("\ud800" <= character <= "\udfff" for character in given):
        _refuse(place, "it holds half a character", "Send it as UTF-8")
    return given


def _check_number(given: Any, most: int, place: str) -> None:
    if len(given) > most:
        _refuse(place, f"it holds {len(given):,}", f"Send at most {most} at once")


def _refuse(place: str, wrong: str, remedy: str) -> NoReturn:
    raise InvalidInput(f"{place[:150]}: {wrong}. {remedy}.", field=place[:150])
