"""What changed in a text between two of its versions, word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORD = re.compile(r"\w+|[^\w\s]|\s+")
AROUND = 12  # words of unchanged text that are shown on either side of a change
MOST_WORDS = 2_500  # in a stretch that is compared word by word; a longer one is shown as replaced


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the two texts: the same in both, taken out of the earlier one, put into the later one, or left out
    here since nothing changed in it.
    """

    kind: Literal["same", "out", "in", "gap"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """All stretches in their order, and how many words were put in and taken out."""

    stretches: tuple[Stretch, ...]
    words_in: int
    words_out: int


def changes(before: str, after: str) -> Changes:
    """What became of a text.

    >>> told = changes("Dozens were killed, police said.", "Dozens were injured, police said.")
    >>> [(one.kind, one.text) for one in told.stretches]
    [('same', 'Dozens were '), ('out', 'killed'), ('in', 'injured'), ('same', ', police said.')]
    >>> told.words_in, told.words_out
    (1, 1)
    >>> [one.text for one in changes("Dozens of men fell.", "More than twenty fell.").stretches]
    ['Dozens of men', 'More than twenty', ' fell.']
    """
    stretches = tuple(_stretches(before.splitlines(keepends=True), after.splitlines(keepends=True)))
    return Changes(
        tuple(_shortened(stretches)),
        sum(_words(one.text) for one in stretches if one.kind == "in"),
        sum(_words(one.text) for one in stretches if one.kind == "out"),
    )


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Compare lines first, and words only where lines differ: whole texts word by word would take seconds."""
    for kind, was, now in _compared(old, new):
        old_words, new_words = WORD.findall(was), WORD.findall(now)
        if kind == "replace" and max(len(old_words), len(new_words)) <= MOST_WORDS:
            for inner, one, other in _whole(_compared(old_words, new_words)):
                yield from _told(inner, one, other)
        else:
            yield from _told(kind, was, now)


# What became of a stretch, its words in the earlier text, and those in the later one.
Compared = tuple[str, str, str]


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Compared]:
    for kind, i, j, k, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind, "".join(old[i:j]), "".join(new[k:n])


def _whole(compared: Iterable[Compared]) -> Iterator[Compared]:
    """Changes that only a blank parts are one change: nobody reads a text word by word."""
    was, now, blank = "", "", ""
    for kind, one, other in compared:
        if kind == "equal" and one.isspace() and (was or now):
            blank = one
        elif kind == "equal":
            if was or now:
                yield "replace", was, now
            if blank:
                yield "equal", blank, blank
            was = now = blank = ""
            yield kind, one, other
        else:
            was, now, blank = was + blank + one, now + blank + other, ""
    if was or now:
        yield "replace", was, now
    if blank:
        yield "equal", blank, blank


def _told(kind: str, was: str, now: str) -> Iterator[Stretch]:
    if kind == "equal":
        yield Stretch("same", was)
        return
    if was:
        yield Stretch("out", was)
    if now:
        yield Stretch("in", now)


def _shortened(stretches: tuple[Stretch, ...]) -> Iterator[Stretch]:
    for place, one in enumerate(stretches):
        words = WORD.findall(one.text) if one.kind == "same" else []
        if len(words) <= 4 * AROUND + 2:
            yield one
            continue
        if place > 0:
            yield Stretch("same", "".join(words[: 2 * AROUND]))
        yield Stretch("gap")
        if place + 1 < len(stretches):
            yield Stretch("same", "".join(words[-2 * AROUND :]))


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))
