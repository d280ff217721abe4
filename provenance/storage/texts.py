"""What text may be written: what a database can hold, a terminal can show and a link can open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from provenance.errors import InvalidInput

# Tabs and line ends are text; the others steer a terminal that shows them.
STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
DEEPEST = 100  # lists and objects in each other; markup of a review has a handful
LONGEST_PLACE = 150


def check_text(text: str) -> None:
    """Raise ``ValueError`` for a NUL character or half a character (a lone surrogate)."""
    if "\x00" in text:
        raise ValueError("it holds a NUL character; send the text without it")
    try:
        text.encode()
    except UnicodeEncodeError as half:
        raise ValueError("it holds half a character (a lone surrogate); decode the text as UTF-8 first") from half


def check_storable(value: Any, place: str, room: int = DEEPEST) -> None:
    """Refuse what no database holds, however deep it stands in a value: text, a number, or JSON of them.

    :raises InvalidInput: naming the place, such as ``markup.itemReviewed.0.author``.

    >>> check_storable({"ratingValue": float("nan")}, "markup")
    Traceback (most recent call last):
    provenance.errors.InvalidInput: markup.ratingValue: it is nan, which is no number; send a number, or leave it out.
    """
    match value:
        case str():
            _check_text_at(value, place)
        case float() if not isfinite(value):
            raise _unfit(place, f"it is {value}, which is no number; send a number, or leave it out")
        case dict() | list() if room == 0:
            raise _unfit(place, f"it is nested more than {DEEPEST} deep; send less of it")
        case dict():
            for name, one in value.items():
                _check_text_at(str(name), place)
                check_storable(one, f"{place}.{name}", room - 1)
        case list():
            for position, one in enumerate(value):
                check_storable(one, f"{place}.{position}", room - 1)


def _check_text_at(text: str, place: str) -> None:
    try:
        check_text(text)
    except ValueError as unfit:
        raise _unfit(place, str(unfit)) from unfit


def _unfit(place: str, why: str) -> InvalidInput:
    # Names within JSON may be of any length; who reads the message needs to find the place.
    shortened = place if len(place) <= LONGEST_PLACE else f"…{place[-LONGEST_PLACE:]}"
    return InvalidInput(f"{shortened}: {why}.", field=shortened)


def check_field(name: str, text: str, *, required: bool, verbatim: bool) -> None:
    """Raise ``ValueError`` where a field may not hold this text.

    ``required``: it must say something; ``verbatim``: it repeats a document exactly, whatever that holds.
    """
    check_text(text)
    if required and not text.strip():
        raise ValueError("it holds nothing but white space; write something")
    steering = None if verbatim else STEERING.search(text)
    if steering:
        raise ValueError(f"it holds the control character U+{ord(steering.group()):04X}; send the text without it")
    if name in FORMS:
        FORMS[name](text)


def is_required(field: Any) -> bool:
    """Whether a model's field has a least length, and so must say something."""
    return any(getattr(limit, "min_length", None) for limit in field.metadata)


def _check_address(text: str) -> None:
    problem = "it is no web address; write one that begins with https:// or http://"
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError as broken:
        raise ValueError(problem) from broken
    if not usable:
        raise ValueError(problem)


def _check_tag(text: str) -> None:
    if not TAG.fullmatch(text):
        raise ValueError("it is no language tag; write one such as ru, pt-BR or zh-Hant")


# The forms of fields below, for those who read a description; what is usual is said, and the checks decide.
ADDRESS_LIKE = r"^[hH][tT][tT][pP][sS]?://[^\s/?#@:\[\]]+(:[0-9]{1,4})?([/?#]\S*)?$"
TAG_LIKE = f"^{TAG.pattern}$"
PATTERNS: Mapping[str, str] = {
    "url": ADDRESS_LIKE,
    "archive_url": ADDRESS_LIKE,
    "archives": ADDRESS_LIKE,
    "language": TAG_LIKE,
    "languages": TAG_LIKE,
    "translated_from": TAG_LIKE,
}
# Fields that have the same form wherever they stand.
FORMS: Mapping[str, Callable[[str], None]] = {
    "url": _check_address,
    "archive_url": _check_address,
    "archives": _check_address,
    "language": _check_tag,
    "languages": _check_tag,
    "translated_from": _check_tag,
}
