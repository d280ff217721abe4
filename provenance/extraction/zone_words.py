"""The words by which a line of a page says what it is, from the lexicon of zones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from provenance.vocabulary import ZoneKind

# A credit behind the words of a caption, in brackets or after a dash, or an agency with a stroke.
_CREDIT_BEHIND = re.compile(
    r"[(\[]\s?(?i:photos?|pictures?|images?|credits?|foto|bild|фото)\s?(?i:by|:|/|credit:|courtesy)[^()\[\]]{2,80}[)\]]\s*\Z"
    r"|[(\[](?:[A-Z][\w .'-]{2,40}\s?/\s?)?(?:AP|AFP|Reuters|REUTERS|EPA|Getty|TASS|Tass|dpa)"
    r"(?: (?:Photo|Images|File))?(?:\s?/\s?[^()\[\]]{2,60})[)\]]\s*\Z"
    r"|(?:REUTERS|AFP|AP Photo|EPA|Getty Images|AP)\s?/\s?[A-Z][^./]{2,50}\.?\s*\Z"
    r"|\b(?:Photo|Photograph|Image|Picture|Credit)s?\s?(?:by|:|credit:)\s?[A-Z][^.!?]{2,60}\.?\s*\Z"
)
LONGEST_CREDIT = 110


def matches(kind: ZoneKind, line: str, heading: bool = False) -> bool:
    """Whether the words of a line make it a zone of that kind; ``heading``: one under which links follow."""
    return _patterns()[f"{kind}_heading" if heading else str(kind)].fullmatch(line) is not None


def credit_start(line: str) -> int | None:
    """Where a credit begins that stands behind the words of a caption; None where there is none.

    >>> credit_start("Police in Almaty on Thursday. (Photo by Vladimir Tretyakov/AFP)")
    30
    """
    offset = max(0, len(line) - LONGEST_CREDIT)
    found = _CREDIT_BEHIND.search(line, offset)
    return found.start() if found and found.start() > 0 else None


def words_of(name: str) -> tuple[str, ...]:
    """A list of the lexicon by its name, longest first, so that a longer name wins."""
    return tuple(sorted(map(str, lexicon()[name]), key=len, reverse=True))


@lru_cache(maxsize=1)
def lexicon() -> Mapping[str, Any]:
    """The lexicon of zones as its file has it."""
    loaded: dict[str, Any] = yaml.safe_load((files(__package__) / "data" / "zones.yaml").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    kinds = ("credit", "caption", "teaser", "teaser_heading", "boilerplate", "dateline")
    return {kind: re.compile("|".join(map(_pattern, lexicon()[kind])), re.IGNORECASE) for kind in kinds}


def _pattern(entry: str) -> str:
    return f"(?:{entry.replace('~', '.*')})"
