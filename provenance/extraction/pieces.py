"""A text cut into its pieces: the lines that stand together as one paragraph, and whether they stand apart.

Lines end as Python's `str.splitlines` ends them. A paragraph that was wrapped at a fixed width is one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

# As in `str.splitlines`, with the three separators of files, groups and records that it also knows.
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BLANK = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]*")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

# Mail and agency wires wrap at 60 to 80, editors of programs at up to 120; what is longer was not wrapped.
WIDEST_WRAPPED, NARROWEST_WRAPPED = 130, 45

_ENDED = re.compile(r"[.!?…:;。！？؟۔।][\"'”’»)\]]*\Z")
_BULLET = re.compile(r"(?:[-–—*•·▪●○■>►]|\(?\d{1,3}[.)]|[a-z][.)])\s")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text without the blanks around it. ``apart``: a blank line is above it, or it is the first one, or
    the text has no blank lines at all.
    """

    start: int
    end: int
    text: str
    apart: bool


def pieces_of(text: str) -> list[Piece]:
    r"""The pieces of a text in their order; between them is only blank space.

    >>> [piece.text for piece in pieces_of("Riots in Almaty\n\nDozens were hurt.")]
    ['Riots in Almaty', 'Dozens were hurt.']
    """
    lines = list(_lines(text))
    loose = not any(apart for _, _, apart in lines[1:])
    return [
        Piece(start, end, text[start:end], apart or loose)
        for block in _blocks(lines)
        for start, end, apart in _paragraphs(text, block)
    ]


Line = tuple[int, int, bool]


def _lines(text: str) -> Iterator[Line]:
    """Start and end of each line that is not blank, and whether a blank line is above it."""
    last = 0
    for found in _LINE.finditer(text):
        start = _blank_until(text, found.start(), found.end())
        if start == found.end():
            continue
        end = start + len(text[start : found.end()].rstrip())
        yield start, end, last == 0 or len(_BREAK.findall(text, last, start)) > 1
        last = end


def _blank_until(text: str, start: int, end: int) -> int:
    blank = _BLANK.match(text, start, end)
    return blank.end() if blank else start


def _blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines with no blank line between them."""
    block: list[Line] = []
    for line in lines:
        if line[2] and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _paragraphs(text: str, block: list[Line]) -> Iterator[Line]:
    """The paragraphs of a block: a line goes on in the next one where it was cut for width."""
    widest = max(end - start for start, end, _ in block)
    cut = any(_is_cut(text, *pair, widest) for pair in pairwise(block)) or _is_filled(text, block, widest)
    wrapped = widest <= WIDEST_WRAPPED and cut
    start, end, apart = last = block[0]
    for line in block[1:]:
        if wrapped and _goes_on(text, last, line, widest):
            end = line[1]
        else:
            yield start, end, apart
            start, end, apart = line
        last = line
    yield start, end, apart


def _is_cut(text: str, line: Line, following: Line, widest: int) -> bool:
    """Whether a sentence certainly goes on in the next line: the line is full, and a small letter follows."""
    full = line[1] - line[0] >= max(NARROWEST_WRAPPED, 0.6 * widest)
    return (
        full and text[following[0]].islower() and not _has_ended(text, line) and not _BULLET.match(text, following[0])
    )


def _is_filled(text: str, block: list[Line], widest: int) -> bool:
    """Whether three lines and more fill the width and end as sentences do; a list of headlines has no such end."""
    full = all(end - start >= max(60, 0.75 * widest) for start, end, _ in block[:-1])
    return len(block) > 2 and full and _has_ended(text, block[-1])


def _goes_on(text: str, line: Line, following: Line, widest: int) -> bool:
    """Whether a line of a wrapped block was ended by its width and not by its writer."""
    if _BULLET.match(text, following[0]):
        return False
    if _has_ended(text, line):
        return line[1] - line[0] > 0.8 * widest
    first_word = text[following[0] : following[1]].partition(" ")[0]
    return first_word[:1].islower() or line[1] - line[0] + len(first_word) + 1 > 0.9 * widest


def _has_ended(text: str, line: Line) -> bool:
    return _ENDED.search(text, max(line[0], line[1] - 4), line[1]) is not None
