"""What text may be written: what a database can hold, a terminal can show and a link can open."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

# Tabs and line ends are text; the others steer a terminal that shows them.
STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def check_text(text: str) -> None:
    """Raise ``ValueError`` for a NUL character or half a character (a lone surrogate)."""
    if "\x00" in text:
        raise ValueError("it holds a NUL character; send the text without it")
    try:
        text.encode()
    except UnicodeEncodeError as half:
        raise ValueError("it holds half a character (a lone surrogate); decode the text as UTF-8 first") from half


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


# Fields that have the same form wherever they stand.
FORMS: Mapping[str, Callable[[str], None]] = {
    "url": _check_address,
    "archive_url": _check_address,
    "archives": _check_address,
    "language": _check_tag,
    "languages": _check_tag,
    "translated_from": _check_tag,
}
