"""What is shown of a text to those who may not read it whole: the words that are quoted from it, and a few beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.web.marking import Mark
from provenance.extraction.reading import Zone

BESIDE = 32  # code points before and after the words, as annotations give them


def extracts(zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Zone]:
    """The parts of zones that stand in a statement or close to one, in the order of the text.

    >>> from provenance.vocabulary import ZoneKind
    >>> body = Zone(ZoneKind.BODY, 0, 500)
    >>> statements = [Mark(90, 120, "statement", "a"), Mark(150, 160, "statement", "b"), Mark(400, 410, "figure", "c")]
    >>> [(one.start, one.end) for one in extracts([body], statements)]
    [(58, 192)]
    """
    shown = list(_stretches(marks))
    return [
        replace(zone, start=max(zone.start, start), end=min(zone.end, end))
        for zone in zones
        for start, end in shown
        if max(zone.start, start) < min(zone.end, end)
    ]


def _stretches(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """Where statements stand with what is beside them; those that touch are one stretch."""
    places = sorted((max(0, one.start - BESIDE), one.end + BESIDE) for one in marks if one.kind == "statement")
    start, end = places[0] if places else (0, 0)
    for further, until in places:
        if further > end:
            yield start, end
            start = further
        end = max(end, until)
    if places:
        yield start, end
