"""What the stages of reading hand on to each other: the text with its zones and grammar, and spans that were proposed.

A proposer finds where something is attributed; resolving finds out to whom. A second proposer, such as a trained
tagger, joins by implementing `Proposer`; nothing behind it changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from provenance.extraction.reading import Span, Zone
from provenance.vocabulary import Manner, Stance

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Article:
    """A text that is being read. ``doc`` holds its grammar, token offsets being code points of ``text``; None where
    the language has no grammar here. ``place`` is where it was written, for its clock, as an ISO 3166 country code.
    """

    text: str
    zones: tuple[Zone, ...]
    language: str | None
    published_at: datetime | None = None
    place: str | None = None
    doc: Doc | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody who says or relays something, and how the next one in the chain relays them."""

    span: Span
    manner: Manner = Manner.SAID


@dataclass(frozen=True, slots=True)
class Proposed:
    """Where a proposer found something attributed.

    ``sources`` go from the origin to the last carrier; each step holds one mention, or several parallel ones; empty:
    the text points at nobody. ``source`` is the mention that the cue itself goes with. ``continues`` is the place, in
    the proposer's list, of the statement whose source goes on speaking: then ``sources`` is empty.
    """

    content: Span
    cue: Span | None
    source: Span | None
    sources: tuple[tuple[Mention, ...], ...]
    rule: str
    confidence: float
    stance: Stance = Stance.ASSERTS
    hedge: str | None = None
    parts: tuple[tuple[int, int], ...] = ()
    continues: int | None = None


class Proposer(Protocol):
    """Finds where an article attributes something; ``name`` stands in the rule of what it proposes."""

    name: str

    def propose(self, article: Article) -> list[Proposed]:
        """The attributed statements, in the order of the text."""
        ...
