"""Reads a chain as people write it in one cell: ``Interior Ministry > Khabar 24 > Tass``, origin first.

Carriers that relay side by side are joined by a plus; a question mark says that nobody is named; what a source is may
stand behind it: ``Ivanov (witness)``.
"""

from __future__ import annotations

import re

from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sheets.faults import Unfit
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.wanted import Named, Step
from provenance.storage.words import fold
from provenance.vocabulary import SourceKind

ARROW = re.compile(r"\s*(?:>+|→|⟶|➔|-+>|=>)\s*")
BESIDE = re.compile(r"\s+\+\s+")
KIND = re.compile(r"(.*\S)\s*\(\s*([a-z]+(?:[ _][a-z]+)?)\s*\)", re.IGNORECASE)
NOBODY = frozenset({"?", "not stated", "unknown"})
LONGEST_NAME = 300
MOST_STEPS = 20


def steps_of(cell: str, field: SheetField) -> tuple[Step, ...]:
    """The steps of a chain.

    :raises Unfit: where a step is empty, or somebody stands in it twice.

    >>> [[source.name for source in step] for step in steps_of("Azirbek > RIA + Tass > AFP", SheetField.CHAIN)]
    [['Azirbek'], ['RIA', 'Tass'], ['AFP']]
    >>> steps_of("? > Khabar 24", SheetField.CHAIN)[0]
    ()
    """
    words = [one_line(part) for part in ARROW.split(cell)]
    if len(words) > MOST_STEPS:
        raise Unfit(field, f"It has {len(words)} steps.", f"Name at most {MOST_STEPS} sources, origin first.")
    steps = tuple(_step(part, field, place) for place, part in enumerate(words))
    names = [fold(source.name) for step in steps for source in step]
    for name in names:
        if names.count(name) > 1:
            raise Unfit(field, f"'{name}' stands in it twice, so it runs in a circle.", "Name each source once.")
    return steps


def named(cell: str, field: SheetField) -> Named:
    """One source, with its kind where that stands behind the name in brackets.

    :raises Unfit: for a name without letters, or too long.

    >>> named("Ivanov (witness)", SheetField.ORIGIN).kind.value
    'witness'
    """
    words = one_line(cell)
    found = KIND.fullmatch(words)
    kind = _kind(found[2]) if found else None
    name = found[1] if found and kind else words
    if not fold(name):
        raise Unfit(field, "A step of the chain names nobody.", "Write a name, or ? where the page names nobody.")
    if len(name) > LONGEST_NAME:
        raise Unfit(field, f"A name is longer than {LONGEST_NAME} characters.", "Shorten it; part sources by >.")
    return Named(name, kind)


def _step(words: str, field: SheetField, place: int) -> Step:
    if words.lower() in NOBODY:
        if place:
            raise Unfit(field, "Nobody is named in its middle.", "Leave that step out, or begin the chain with ?.")
        return ()
    return tuple(named(part, field) for part in BESIDE.split(words))


def _kind(words: str) -> SourceKind | None:
    key = words.lower().replace(" ", "_")
    return SourceKind(key) if key in list(SourceKind) else None
