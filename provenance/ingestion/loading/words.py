"""Small cleaning of what a page says of itself: one line, no steering characters, language tags in their one form."""

from __future__ import annotations

import re

# What a field of a record may not hold: control characters, half characters, and marks that turn the writing around.
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def one_line(words: str | None, longest: int = 1000) -> str:
    r"""Words on one line, without control characters, and not longer than a field may be.

    >>> one_line("  Eight\n officers ")
    'Eight officers'
    """
    return " ".join(UNPRINTABLE.sub(" ", words or "").split())[:longest].rstrip()


def language_tag(said: str | None) -> str | None:
    """A BCP 47 tag from what a page calls its language; None where that is no tag.

    >>> language_tag("en_US"), language_tag("RU"), language_tag("English, of course")
    ('en-US', 'ru', None)
    """
    tag = (said or "").split(",")[0].split(".")[0].strip().replace("_", "-")
    if not TAG.fullmatch(tag) or tag.lower() in ("und", "mul", "zxx") or len(tag) > 35:
        return None
    first, dash, rest = tag.partition("-")
    return first.lower() + dash + rest
