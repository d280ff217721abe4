"""Offers sources, kinds and properties while somebody types the beginning of a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from provenance.exchange.reconciling.asking import ANY_SOURCE, MOST_RESULTS
from provenance.exchange.reconciling.matching import described
from provenance.exchange.reconciling.properties import PROPERTIES
from provenance.exchange.reconciling.register import Bearer, Register
from provenance.exchange.reconciling.spelling import romanised
from provenance.vocabulary import NameKind, SourceKind

Suggested = dict[str, Any]


def suggest_sources(register: Register, prefix: str, kinds: frozenset[SourceKind], skipped: int) -> list[Suggested]:
    """Sources with a name in which a word begins so; first those of which the name itself does."""
    typed = romanised(prefix)
    found: dict[str, Bearer] = {}
    for bearer in sorted(_beginning(register, typed), key=lambda each: _rank(each, typed)):
        if not kinds or bearer.source.kind in kinds:
            found.setdefault(bearer.source.id, bearer)
    return [_suggested(bearer) for bearer in list(found.values())[skipped : skipped + MOST_RESULTS]]


def suggest_types(prefix: str) -> list[Suggested]:
    """Kinds of source of which a word begins so."""
    types = [{"id": ANY_SOURCE, "name": "Source", "description": "Whoever can speak or publish."}]
    types += [{"id": kind.value, "name": spoken(kind), "description": kind.meaning} for kind in SourceKind]
    return _beginning_so(types, prefix)


def suggest_properties(prefix: str) -> list[Suggested]:
    """Properties of which a word begins so."""
    return _beginning_so(({"id": each.id, "name": each.name} for each in PROPERTIES.values()), prefix)


def spoken(kind: SourceKind) -> str:
    """What people call a kind."""
    return kind.value.replace("_", " ")


def _beginning(register: Register, typed: str) -> list[Bearer]:
    return [each for each in register.bearers if typed and f" {typed}" in f" {each.spelled.romanised}"]


def _rank(bearer: Bearer, typed: str) -> tuple[bool, bool, int, str]:
    mistaken = bearer.called.kind is NameKind.MISTAKEN
    return not bearer.spelled.romanised.startswith(typed), mistaken, len(bearer.spelled.romanised), bearer.source.name


def _suggested(bearer: Bearer) -> Suggested:
    kind = bearer.source.kind
    return {
        "id": bearer.source.id,
        "name": bearer.source.name,
        "description": described(bearer.source, bearer),
        "notable": [{"id": kind.value, "name": spoken(kind)}],
    }


def _beginning_so(offered: Iterable[Suggested], prefix: str) -> list[Suggested]:
    typed = romanised(prefix)
    return [each for each in offered if f" {typed}" in f" {romanised(each['name'])}"]
