"""A review as its markup tells it, whoever's format that was: between what is read and what is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# What a rating says here where its markup has no words; no export repeats it.
NO_WORDS = "{value:g} on a scale from {worst} to {best}"


@dataclass(frozen=True, slots=True)
class Noticed:
    """What whoever sent markup should know: at this place something else was taken than stands there, or nothing."""

    place: str
    message: str


@dataclass(frozen=True, slots=True)
class ReviewedClaim:
    """One claim with one verdict on it; None and empty are not stated.

    ``claim`` is the claim in the reviewer's words; ``claimant`` who made it, never who carried it. ``claimed_on`` is an
    ISO date as precise as it is known. ``best`` may be the lower number. ``markup`` is all else that the markup says,
    kept to be given again: what schema.org calls it, laid out as there, under the key ``claimreview``; other formats
    may use keys of their own. ``noticed`` is no part of what it says.
    """

    claim: str
    author: str
    rating: str | None = None
    claimant: str | None = None
    claimed_on: str | None = None
    first_appearance: str | None = None
    appearances: tuple[str, ...] = ()
    title: str | None = None
    author_url: str | None = None
    url: str | None = None
    reviewed_at: datetime | None = None
    language: str | None = None
    rating_value: float | None = None
    best: float | None = None
    worst: float | None = None
    reasons: str | None = None
    markup: Mapping[str, Any] = field(default_factory=dict)
    noticed: tuple[Noticed, ...] = field(default=(), compare=False)


def words_for(value: float | None, best: float | None, worst: float | None) -> str | None:
    """A rating in words where its publisher gave a number alone; None where there is no number either.

    >>> words_for(2, 5, 1)
    '2 on a scale from 1 to 5'
    >>> words_for(2, None, 1)
    '2 on a scale from 1 to an end that is not stated'
    """
    if value is None:
        return None
    return NO_WORDS.format(value=value, worst=_end(worst), best=_end(best))


def _end(number: float | None) -> str:
    return "an end that is not stated" if number is None else f"{number:g}"
