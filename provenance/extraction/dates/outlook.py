"""Whether a sentence looks back or ahead from the day on which it was printed, as far as its words tell.

"On Thursday" is the last Thursday where something happened, and the next one where something will.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from provenance.extraction.dates.words import lexicon, one_of

# How far a verb may be from the day that it goes with.
BEFORE, AFTER = 160, 90

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s+(?=[\"“(A-ZÀ-ÞА-Я])|[\n\r\u2028\u2029]")
_NO_SENTENCE_END = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|St|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|a\.m|p\.m)\Z"
)


class Outlook(Enum):
    """The direction in which a sentence looks."""

    BACK = "back"
    AHEAD = "ahead"
    EITHER = "either"


def outlook(text: str, start: int, end: int) -> Outlook:
    """Where the words around a day look; back if nothing tells, as most of what papers print is over.

    >>> text = "Russia sent troops on Thursday, and parliament will meet on Friday"
    >>> outlook(text, text.index("Thursday"), text.index(",")).name, outlook(text, text.index("Friday"), 66).name
    ('BACK', 'AHEAD')
    """
    before = text[sentence_start(text, start) : start]
    if _open_before().search(before):
        return Outlook.EITHER
    if markers := list(_markers().finditer(before)):
        return _of(markers[-1])
    after = _markers().search(_rest_of_sentence(text, end))
    return _of(after) if after else Outlook.BACK


def sentence_start(text: str, at: int) -> int:
    """Where the sentence begins that a place is in, as far back as is looked."""
    first = max(0, at - BEFORE)
    start = first
    for found in _SENTENCE_END.finditer(text, first, at):
        if not _NO_SENTENCE_END.search(text, first, found.start()):
            start = found.end()
    return start


def _rest_of_sentence(text: str, at: int) -> str:
    found = _SENTENCE_END.search(text, at, at + AFTER)
    return text[at : found.start() if found else at + AFTER]


def _of(found: re.Match[str]) -> Outlook:
    if found["future"] or found["short"]:
        return Outlook.AHEAD
    return Outlook.EITHER if found["unclear"] else Outlook.BACK


@lru_cache(maxsize=1)
def _markers() -> re.Pattern[str]:
    words = lexicon()
    return re.compile(
        rf"\b(?:(?P<future>{one_of(words['future'])})|(?P<unclear>{one_of(words['unclear'])})"
        # "A contested election" says nothing of when.
        rf"|(?P<past>{one_of(words['past'])}|(?<!\ba )(?<!\ban )(?<!\bthe )[a-z]{{2,}}(?<!e)ed))(?!\w)"
        r"|(?P<short>’ll|'ll)(?!\w)"
    )


@lru_cache(maxsize=1)
def _open_before() -> re.Pattern[str]:
    return re.compile(rf"\b{one_of(lexicon()['open_before'])} (?:on |the |this |next )*\Z", re.IGNORECASE)
