"""The lexicon of days and hours, and the pieces of patterns that are made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def lexicon() -> Mapping[str, Any]:
    """The lexicon as its file has it."""
    data = files("provenance.extraction") / "data" / "dates.yaml"
    loaded: dict[str, Any] = yaml.safe_load(data.read_text(encoding="utf-8"))
    return loaded


def one_of(words: Iterable[object]) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(map(str, words), key=len, reverse=True)) + ")"


@lru_cache(maxsize=1)
def months() -> Mapping[str, int]:
    """The number of a month by its name as it is written, short names included."""
    return {
        form: int(number)
        for number, entry in lexicon()["months"].items()
        for name in (*entry["names"], *entry["short"])
        for form in _forms(str(name))
    }


@lru_cache(maxsize=1)
def weekdays() -> Mapping[str, int]:
    """The number of a weekday by its full name as it is written; Monday is 0."""
    return {form: int(day) for day, names in lexicon()["weekdays"].items() for name in names for form in _forms(name)}


@lru_cache(maxsize=8)
def days_from_today(language: str | None) -> Mapping[str, int]:
    """How far a word such as "yesterday" is from today: English ones, and those of the text's own language."""
    tables = lexicon()["days_from_today"]
    return {**tables["en"], **tables.get(language or "en", {})}


def number(words: str) -> int | None:
    """What a small number says, in digits or words; None where it is too large for a distance in time.

    >>> number("a couple of"), number("12"), number("123456")
    (2, 12, None)
    """
    if words.isdecimal():
        return int(words) if len(words) <= 4 else None
    found = lexicon()["number_words"].get(words.casefold())
    return int(found) if found is not None else None


def _forms(name: str) -> set[str]:
    """A name as in the lexicon, in capitals, and, where it is written small, with a capital at its head."""
    return {name, name.upper(), name[0].upper() + name[1:]}
