"""What a flag rule is: a pure function from a picture of one claim to findings, with the words that explain it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from provenance.analysis.picture import ClaimPicture


@dataclass(frozen=True, slots=True)
class Row:
    """A row that shows a finding: what kind of record, which one, and what is to be seen there."""

    noun: str
    id: str
    shows: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found in one claim."""

    reason: str
    clears_when: str
    rows: tuple[Row, ...]
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A named, versioned rule; its words are the catalogue of the API and the page in ``docs/``.

    ``figures`` of a finding are the keys of the figures that it is about; a finding about the claim as a whole names
    all of them that count.
    """

    key: str
    version: int
    title: str
    finds: str
    why: str
    example: str
    clears_when: str
    find: Callable[[ClaimPicture], Iterable[Finding]]
