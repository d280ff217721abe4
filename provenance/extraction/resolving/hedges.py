"""Words by which a text keeps its distance: "reportedly", "are said to", "could not be verified", "may".

The words are data. What is returned is printed in the text, so that a reader can see it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import yaml

from provenance.extraction.article import Proposed
from provenance.extraction.resolving.words import Word

# Longer contents are several sentences; a hedge far inside one does not hedge the statement.
_REACH = 400


def hedge_of(text: str, proposed: Proposed, words: Sequence[Word]) -> str | None:
    """The hedge of a statement, as printed: what the proposer saw, else in its cue, else in its content.

    ``words`` are those of the content.
    """
    if proposed.hedge:
        return proposed.hedge
    in_cue = hedge_in(proposed.cue.text) if proposed.cue else None
    return in_cue or hedge_in(text[proposed.content.start : proposed.content.end][:_REACH]) or _modal(words)


def hedge_in(phrase: str) -> str | None:
    """The first words that hedge.

    >>> hedge_in("Several people were reportedly killed"), hedge_in("videos that are said to show arrests")
    ('reportedly', 'are said to')
    >>> hedge_in("Eight officers were killed") is None
    True
    """
    return next((found.group(0) for pattern in _patterns() if (found := pattern.search(phrase))), None)


def _modal(words: Sequence[Word]) -> str | None:
    """A modal: "may" is a month and "might" a noun as well, and only the grammar tells them apart."""
    return next((word.text for word in words[:40] if word.tag == "MD" and word.low in _modals()), None)


@lru_cache(maxsize=1)
def _modals() -> frozenset[str]:
    return frozenset(_read()["modals"])


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    table = _read()
    passive = rf"\b(?:is|are|was|were|been|being)\s+(?:\w+\s+)?(?:{'|'.join(table['passive'])})\s+to\b"
    firm = [passive, *(rf"\b{phrase}" for phrase in table["phrases"]), rf"\b(?:{'|'.join(table['words'])})\b"]
    distancing = rf"\b(?:{'|'.join(table['distancing'])})\b"
    return (re.compile("|".join(firm), re.IGNORECASE), re.compile(distancing, re.IGNORECASE))


@lru_cache(maxsize=1)
def _read() -> dict[str, list[str]]:
    path = files("provenance.extraction").joinpath("data/hedges.yaml")
    table: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return table
