"""Linked data as it is found, made plain: names without the prefixes of schema.org, and no wrappers around values.

What was written ``schema:itemReviewed`` or ``https://schema.org/itemReviewed`` is ``itemReviewed`` afterwards; places
such as ``@graph.3.author`` stay what they were.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from provenance.errors import InvalidInput

Fields = dict[str, Any]
SCHEMA_ORG = ("https://schema.org/", "http://schema.org/", "https://www.schema.org/", "http://www.schema.org/")
DEEPEST = 60
# Languages of JSON-LD for what others write as one plain value.
WRAPPERS = ("@value", "@list", "@set")


def at(place: str, step: str | int) -> str:
    """The place one step further.

    >>> at(at("", "@graph"), 3)
    '@graph.3'
    """
    return f"{place}.{step}" if place else str(step)


def wrong(place: str, what: str, remedy: str) -> InvalidInput:
    """What is wrong at a place, and what to do."""
    return InvalidInput(f"{place or 'body'}: {what}. {remedy}", field=place or "body")


def from_json(text: str | bytes, place: str = "", *, lenient: bool = False) -> Any:
    """What JSON says; ``lenient``: line ends may stand in texts, as in many pages.

    :raises InvalidInput: with the line and column, or with what no number or text may be.
    """
    try:
        words = text.decode("utf-8-sig") if isinstance(text, bytes) else text.removeprefix("\ufeff")
    except UnicodeDecodeError as broken:
        raise wrong(place, f"byte {broken.start} is not UTF-8", "Send it in UTF-8.") from broken
    try:
        return json.loads(
            words,
            strict=not lenient,
            parse_constant=lambda name: _no_number(place, name),
            parse_float=lambda digits: _number(place, digits),
            object_pairs_hook=lambda pairs: _each_once(place, pairs),
        )
    except json.JSONDecodeError as broken:
        where = f"line {broken.lineno}, column {broken.colno}"
        raise wrong(place, f"it is no JSON at {where} ({broken.msg})", "Correct it there.") from broken
    except RecursionError as broken:
        raise wrong(place, "it is nested too deeply", f"Send at most {DEEPEST} levels.") from broken
    except ValueError as broken:
        raise wrong(place, "a number in it has too many digits", "Shorten it.") from broken


def plain(found: Any, place: str = "") -> Any:
    """Linked data without prefixes and wrappers; empty texts, empty lists and nulls are left out, for they say nothing.

    :raises InvalidInput: naming the place, if it is nested too deeply.

    >>> plain({"@type": ["schema:Claim"], "schema:author": {"@value": "Tass"}, "about": " "})
    {'@type': 'Claim', 'author': 'Tass'}
    """
    return _plain(found, place, _prefixes(found), 0)


def _plain(found: Any, place: str, prefixes: tuple[str, ...], depth: int) -> Any:
    if depth > DEEPEST:
        raise wrong(_shortened(place), "it is nested too deeply", f"Send at most {DEEPEST} levels.")
    match found:
        case dict():
            for wrapper in WRAPPERS:
                if wrapper in found:
                    return _plain(found[wrapper], place, prefixes, depth + 1)
            return _object(found, place, prefixes, depth)
        case list():
            # What is left out keeps its place here, so that places stay those of the input.
            several = [_plain(one, at(place, position), prefixes, depth + 1) for position, one in enumerate(found)]
            return several if any(one is not None for one in several) else None
        case str():
            return found.strip() or None
        case _:
            return found


def _object(found: Fields, place: str, prefixes: tuple[str, ...], depth: int) -> Fields:
    made: Fields = {}
    for key, value in found.items():
        if key == "@context":
            continue
        name = bare(key, prefixes)
        said = _plain(value, at(place, name), prefixes, depth + 1)
        if name == "@type" and said is not None:
            said = _types(said, prefixes)
        if said is not None:
            made.setdefault(name, said)
    return made


def bare(name: str, prefixes: Iterable[str] = ("schema:", *SCHEMA_ORG)) -> str:
    """A name of schema.org without what stands before it.

    >>> bare("http://schema.org/Claim"), bare("schema:Claim"), bare("@id")
    ('Claim', 'Claim', '@id')
    """
    return next((name[len(prefix) :] for prefix in prefixes if name.startswith(prefix)), name)


def compact(found: Any) -> Any:
    """Plain data without the gaps that kept places."""
    match found:
        case dict():
            return {key: compact(value) for key, value in found.items()}
        case list():
            return [compact(one) for one in found if one is not None]
        case _:
            return found


def _types(said: Any, prefixes: tuple[str, ...]) -> Any:
    several = [bare(one, prefixes) for one in (said if isinstance(said, list) else [said]) if isinstance(one, str)]
    return several[0] if len(several) == 1 else several


def _prefixes(found: Any) -> tuple[str, ...]:
    """How this document writes schema.org before a name."""
    contexts = found.get("@context") if isinstance(found, dict) else None
    own = [
        f"{name}:"
        for context in (contexts if isinstance(contexts, list) else [contexts])
        if isinstance(context, Mapping)
        for name, meant in context.items()
        if meant in SCHEMA_ORG or meant in [each.rstrip("/") for each in SCHEMA_ORG]
    ]
    return (*own, "schema:", *SCHEMA_ORG)


def _shortened(place: str) -> str:
    return place if len(place) < 200 else f"{place[:200]}…"


def _no_number(place: str, name: str) -> NoReturn:
    raise wrong(place, f"{name} stands in it, which is no number in JSON", "Leave it out.")


def _number(place: str, digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise wrong(place, f"the number {digits[:40]} is too large", "Send a smaller one, or leave it out.")
    return number


def _each_once(place: str, pairs: list[tuple[str, Any]]) -> Fields:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        shown = twice[:100].encode(errors="replace").decode()
        raise wrong(at(place, shown), "it stands twice in one object", "Keep one of them.")
    return made
