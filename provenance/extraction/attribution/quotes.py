"""Where quotations begin and end: a machine of states that runs over the paragraphs of a text.

Straight marks alternate; curly ones have a direction. A paragraph that opens a quotation and does not close it is
followed by one that opens again: that is one quotation over several paragraphs, as newspapers print it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

_OPENING = frozenset("“„«‘")
_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"', "''": "''", "``": "''"}
_STRAIGHT = frozenset(['"', "''", "``"])


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens from the opening mark to the closing one, end exclusive; ``closed`` unless the paragraph ends first."""

    start: int
    end: int
    paragraph: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a text in order, for asking what stands at a token."""

    all: tuple[Quotation, ...]
    starts: tuple[int, ...]

    def at(self, token: int) -> Quotation | None:
        """The quotation in which a token stands, its marks included."""
        place = bisect_right(self.starts, token) - 1
        if place >= 0 and token < self.all[place].end:
            return self.all[place]
        return None

    def between(self, start: int, end: int) -> list[Quotation]:
        """The quotations that begin in a stretch of tokens."""
        return list(self.all[bisect_left(self.starts, start) : bisect_left(self.starts, end)])


def quotations(doc: Doc, paragraphs: list[tuple[int, int]]) -> Quotations:
    """The quotations of each paragraph, marks included."""
    found = [quote for place, (start, end) in enumerate(paragraphs) for quote in _in_paragraph(doc, place, start, end)]
    return Quotations(tuple(found), tuple(quote.start for quote in found))


def _in_paragraph(doc: Doc, paragraph: int, start: int, end: int) -> Iterator[Quotation]:
    opened: int | None = None
    closing = ""
    for place in range(start, end):
        mark = doc[place].text
        if opened is None:
            if mark in _STRAIGHT or (mark in _OPENING and not _apostrophe(doc, place)):
                opened, closing = place, _CLOSING[mark]
        elif (mark in closing or _mixed(doc, place, closing)) and not _apostrophe(doc, place):
            yield Quotation(opened, place + 1, paragraph, True)
            opened = None
    if opened is not None:
        yield Quotation(opened, end, paragraph, False)


def _mixed(doc: Doc, place: int, closing: str) -> bool:
    """A closing mark of the other kind, as careless typing has it: “…" and "…”."""
    mark = doc[place].text
    if mark == "”":
        return closing == '"'
    return mark == '"' and closing == "”" and not doc[place - 1].whitespace_ and bool(doc[place].whitespace_)


def _apostrophe(doc: Doc, place: int) -> bool:
    """A single closing mark that is part of a word: "the ministers’ call", "’90s"."""
    mark = doc[place].text
    if mark == "’":
        before = doc[place - 1] if place else None
        return before is not None and before.is_alpha and not before.whitespace_ and not doc[place].is_punct
    return False
