"""Finds the words of an annotation in a text that is held, which was taken from the page in another way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from provenance.storage.quoting import SHOWN, Span, Unplaced, place


@dataclass(frozen=True, slots=True)
class Words:
    """The words that an annotation is about, and what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""


def anchored(text: str, words: Words, hint: int | None = None) -> Span | Unplaced:
    r"""The one place in a text where the words of an annotation stand.

    First they are looked for as they are, between their prefix and suffix. A page and the text taken from it differ in
    spaces and line ends, and in what stands around: so then wherever only the white space differs, and of several
    places the one whose surroundings are more like those given than those of any other, and last the one that begins
    at ``hint``. Where that leaves more than one, nothing is guessed.

    >>> text = "Dozens were eliminated.\nPolice said dozens were hurt, dozens detained."
    >>> anchored(text, Words("eliminated. Police said"))
    Span(start=12, end=35)
    >>> anchored(text, Words("dozens", prefix="as the Police said ", suffix=" were"))
    Span(start=36, end=42)
    >>> anchored(text, Words("dozens"), hint=54)
    Span(start=54, end=60)
    >>> anchored(text, Words("dozens")).problem
    'stands in the text 2 times, at 36 and 54'
    """
    exactly = place(text, words.exact, None, words.prefix, words.suffix)
    if isinstance(exactly, Span):
        return exactly
    found = _loosely(text, words.exact)
    if len(found) < 2:
        return found[0] if found else exactly
    return _by_surroundings(text, words, found) or _at(found, hint) or _ambiguous(found)


def _loosely(text: str, exact: str) -> list[Span]:
    """Where the words stand with any white space between them, and as whole words."""
    pattern = r"\s+".join(re.escape(word) for word in exact.split())
    if not pattern:
        return []
    found = (Span(match.start(1), match.end(1)) for match in re.finditer(f"(?=({pattern}))", text))
    return [span for span in found if not _cuts(text, span.start) and not _cuts(text, span.end)]


def _cuts(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _by_surroundings(text: str, words: Words, found: Sequence[Span]) -> Span | None:
    prefix, suffix = _folded(words.prefix)[::-1], _folded(words.suffix)
    room = 2 * (len(words.prefix) + len(words.suffix)) + 8
    shared = [
        _in_common(prefix, _folded(text[max(0, span.start - room) : span.start])[::-1])
        + _in_common(suffix, _folded(text[span.end : span.end + room]))
        for span in found
    ]
    best = max(shared)
    return found[shared.index(best)] if best and shared.count(best) == 1 else None


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _in_common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((count for count, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _at(found: Sequence[Span], hint: int | None) -> Span | None:
    return next((span for span in found if span.start == hint), None)


def _ambiguous(found: Sequence[Span]) -> Unplaced:
    starts = [str(span.start) for span in found]
    listed = ", ".join(starts[:SHOWN]) + (" and further on" if len(starts) > SHOWN else "")
    if len(starts) <= SHOWN:
        listed = f"{', '.join(starts[:-1])} and {starts[-1]}"
    return Unplaced(
        f"stands in the text {len(starts)} times, at {listed}",
        "give a TextQuoteSelector with a longer prefix or suffix",
    )
