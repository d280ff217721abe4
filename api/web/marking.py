"""Lays marks over a text: which stretch of it states a claim, names a source, marks a hop or prints a figure.

Marks overlap as they like, elements of a page may not, so a mark that would cross another is closed and opened again.
Offsets count code points, ends are exclusive. Nothing here makes markup: what comes out is drawn by a template, which
escapes the words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from provenance.extraction.reading import Zone
from provenance.vocabulary import ZoneKind

Kind = Literal["statement", "cue", "name", "figure", "date"]
# Of two marks on the same words the wider meaning stands outside.
OUTSIDE: tuple[Kind, ...] = ("statement", "figure", "date", "name", "cue")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text and what it is: ``of`` is the id of the record that it belongs to, ``look`` the words by
    which its look is chosen (such as `proposed denies`), ``said`` what it is in words.
    """

    start: int
    end: int
    kind: Kind
    of: str
    look: str = ""
    said: str = ""
    went_on: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Opens:
    """A mark begins here; ``again``: it only goes on, in another zone or after one that it crosses was closed."""

    mark: Mark
    again: bool = False


@dataclass(frozen=True, slots=True)
class Closes:
    """A mark ends here; ``last``: for good."""

    mark: Mark
    last: bool = True


Token = Opens | Closes | str


@dataclass(frozen=True, slots=True)
class Block:
    """A zone of a text with what stands in it; ``start`` is its place in the whole text."""

    kind: ZoneKind
    start: int
    tokens: tuple[Token, ...]


def blocks(text: str, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Block]:
    r"""The zones of a text, each with the marks inside it; a mark that spans several is cut at their ends.

    What lies between zones is blank and is left out.

    >>> from provenance.extraction.zones import find_zones
    >>> text = "Riot in Almaty\n\nDozens were hurt, Tass said."
    >>> marked = blocks(text, find_zones(text), [Mark(16, 22, "figure", "fig_1")])
    >>> [(str(block.kind), block.start, len(block.tokens)) for block in marked]
    [('headline', 0, 1), ('body', 16, 4)]
    """
    inside = [mark for mark in marks if 0 <= mark.start < mark.end <= len(text)]
    return [
        Block(zone.kind, zone.start, tuple(woven(text, zone.start, zone.end, _inside(zone, zones, inside))))
        for zone in zones
    ]


def woven(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Token]:
    """A stretch of a text as words and the marks that open and close between them, properly nested.

    >>> marks = [Mark(0, 13, "statement", "a"), Mark(7, 26, "statement", "b")]
    >>> told = woven("Dozens killed, police said", 0, 26, marks)
    >>> [one if isinstance(one, str) else f"{type(one).__name__} {one.mark.of}" for one in told]
    ['Opens a', 'Dozens ', 'Opens b', 'killed', 'Closes b', 'Closes a', 'Opens b', ', police said', 'Closes b']
    """
    begins: dict[int, list[Mark]] = defaultdict(list)
    # Of marks on the very same words the first one lies innermost, so that it also ends first.
    for _, mark in sorted(enumerate(marks), key=lambda placed: (_order(placed[1]), -placed[0])):
        begins[mark.start].append(mark)
    edges = sorted({start, end, *begins, *(mark.end for mark in marks)})
    around: list[Mark] = []
    for edge, following in zip(edges, [*edges[1:], end], strict=True):
        yield from _close(around, edge)
        for mark in begins[edge]:
            around.append(mark)
            yield Opens(mark, again=mark.went_on)
        if following > edge:
            yield text[edge:following]


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, OUTSIDE.index(mark.kind)


def _close(around: list[Mark], edge: int) -> Iterator[Token]:
    """Close what ends here; what was opened inside it and goes on is closed with it and opened again."""
    ending = [place for place, mark in enumerate(around) if mark.end <= edge]
    if not ending:
        return
    crossed = around[ending[0] :]
    del around[ending[0] :]
    for mark in reversed(crossed):
        yield Closes(mark, last=mark.end <= edge and not mark.goes_on)
    for mark in crossed:
        if mark.end > edge:
            around.append(mark)
            yield Opens(mark, again=True)


def _inside(zone: Zone, zones: Sequence[Zone], marks: Sequence[Mark]) -> list[Mark]:
    """The parts of marks that stand in a zone."""
    return [
        replace(
            mark,
            start=max(mark.start, zone.start),
            end=min(mark.end, zone.end),
            went_on=any(mark.start < other.end <= zone.start for other in zones),
            goes_on=any(zone.end <= other.start < mark.end for other in zones),
        )
        for mark in marks
        if mark.start < zone.end and mark.end > zone.start
    ]
