"""What a standing depends on, read backwards: which claims a written row concerns.

A claim's standing depends on the claim, its event and tally; its reports with their documents, hops and figures; its
corrections, rulings and reviews, and the evidence held about its event; the sources in its chains and corrections, and
all whom ties join to them, with their names and interests; and the other claims of its tally, its parts and its whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import Coverage, Event, SourceInterest, Tally
from provenance.storage.figure import Figure
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.review import Evidence, Review, ReviewEvidence, Verification
from provenance.storage.source import Source, SourceName, Tie


@dataclass(slots=True)
class Concerned:
    """Keys of the rows through which written rows concern claims."""

    claims: set[int] = field(default_factory=set)
    tallies: set[int] = field(default_factory=set)
    events: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    hops: set[int] = field(default_factory=set)
    evidence: set[int] = field(default_factory=set)
    reviews: set[int] = field(default_factory=set)
    reports: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    # Whether anybody may see less or more than before.
    shown_otherwise: bool = False
    # Corrections that somebody recorded one by one; those that a story or file brings along are no news.
    arrived: list[Correction] = field(default_factory=list)

    def add(self, row: Record) -> None:
        """Note what this row concerns, as it is now."""
        match row:
            case Claim():
                _note(self.claims, row.id)
                _note(self.tallies, row.tally_id)
            case Report() | Attribution() | Figure() | Review():
                _note(self.claims, row.claim_id)
            case Correction():
                _note(self.claims, row.claim_id, row.superseded_by_id)
                _note(self.documents, row.target_document_id)
                _note(self.hops, row.attribution_id)
            case Ruling():
                _note(self.claims, row.claim_id)
                _note(self.tallies, row.tally_id)
                _note(self.hops, row.attribution_id)
                _note(self.reports, row.report_id)
            case ReviewEvidence():
                _note(self.reviews, row.review_id)
            case Evidence():
                _note(self.events, row.event_id)
            case Verification():
                _note(self.evidence, row.evidence_id)
            case Document():
                _note(self.documents, row.id)
            case DocumentRelation():
                _note(self.documents, row.document_id, row.of_document_id)
            case Source():
                _note(self.sources, row.id)
            case SourceName() | SourceInterest():
                _note(self.sources, row.source_id)
            case Tie():
                _note(self.sources, row.source_id, row.other_id)
            case Tally():
                _note(self.tallies, row.id, row.parent_id)
            case Event():
                _note(self.events, row.id)
            case Coverage():
                _note(self.events, row.event_id)


def _note(keys: set[int], *found: int | None) -> None:
    keys.update(key for key in found if key is not None)
