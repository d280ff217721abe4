"""Where words stand in a text that is held: what is shown as a document's words must be in the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

SHOWN = 5  # offsets in a message


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why words have no one place in a text, and what to do about it."""

    problem: str
    remedy: str


def place(text: str, words: str, within: Span | None = None, prefix: str = "", suffix: str = "") -> Span | Unplaced:
    """The one place where these words stand: inside ``within`` if they stand there, else anywhere in the text.

    ``prefix`` and ``suffix`` are what stands just before and after; they tell two places apart. Words that are part
    of longer words count only where they stand nowhere by themselves, and a number inside a number never does.

    >>> text = "Dozens of attackers were eliminated; dozens were hurt, 18 of them badly."
    >>> place(text, "attackers were eliminated")
    Span(start=10, end=35)
    >>> place(text, "were").problem
    'stands in the text 2 times, at 20 and 44'
    >>> place(text, "were", within=Span(0, 35))
    Span(start=20, end=24)
    >>> place(text, "8").problem
    'does not stand in the text'
    >>> place(text, "Attackers").problem
    "does not stand in the text so; at 10 it says 'attackers'"
    """
    found = _starts(text, words) if words.strip() else []
    inside = [start for start in found if within and within.start <= start and start + len(words) <= within.end]
    beside = [
        start
        for start in inside or found
        if text[:start].endswith(prefix) and text.startswith(suffix, start + len(words))
    ]
    if len(beside) == 1:
        return Span(beside[0], beside[0] + len(words))
    if beside:
        return Unplaced(f"stands in the text {len(beside)} times, at {_listed(beside)}", "give the start and the end")
    if found:
        return Unplaced(
            f"stands at {_listed(found)}, and not between that prefix and suffix", "give the start and the end"
        )
    return _missing(text, words)


def _starts(text: str, words: str) -> Sequence[int]:
    # A lookahead finds overlapping places as well.
    anywhere = [found.start() for found in re.finditer(f"(?={re.escape(words)})", text)]
    alone = [start for start in anywhere if not _continues(text, start, len(words))]
    return alone or [start for start in anywhere if not _cuts_a_number(text, start, start + len(words))]


def _continues(text: str, start: int, length: int) -> bool:
    end = start + length
    return (
        _cuts_a_number(text, start, end)
        or (start > 0 and text[start - 1].isalnum() and text[start].isalnum())
        or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())
    )


def _cuts_a_number(text: str, start: int, end: int) -> bool:
    before = re.search(r"\d[.,]?$", text[max(0, start - 2) : start]) and text[start].isdigit()
    after = re.match(r"[.,]?\d", text[end : end + 2]) and text[end - 1].isdigit()
    return bool(before or after)


def _missing(text: str, words: str) -> Unplaced:
    other = re.search(re.escape(words), text, re.IGNORECASE) if words.strip() else None
    if other and other.group() != words:
        problem = f"does not stand in the text so; at {other.start()} it says {other.group()[:80]!r}"
    else:
        problem = "does not stand in the text"
    return Unplaced(problem, "give the document's exact words")


def _listed(starts: Sequence[int]) -> str:
    shown = [str(start) for start in starts[:SHOWN]]
    if len(starts) > SHOWN:
        return f"{', '.join(shown)} and further on"
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
