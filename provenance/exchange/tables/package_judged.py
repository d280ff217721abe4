"""The tables of an event's data package about what people made of it: what they ruled, reviewed and verified, and which
records they found to be one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sqlmodel import Session

from provenance.answers_detail import EvidenceDetail, ReviewDetail, VerificationDetail
from provenance.answers_rulings import RulingItem
from provenance.exchange.tables.columns import Cells, Column, columns_of
from provenance.exchange.tables.package_table import Table, reference, rows_of
from provenance.storage.reads.evidence import evidence_of_event, resting_on_event, verifications_of_event
from provenance.storage.reads.merges import merged
from provenance.storage.reads.reviews import reviews_of_event
from provenance.storage.reads.rows import Found
from provenance.storage.reads.rulings import rulings_of_event
from provenance.vocabulary import Mergeable


@dataclass(frozen=True, slots=True)
class Judged:
    """What people made of an event, each as its columns; of what only proposals speak, nothing."""

    rulings: Sequence[RulingItem]
    reviews: Sequence[Found]
    evidence: Sequence[Found]
    verifications: Sequence[Found]
    resting: Sequence[Found]

    @property
    def sources(self) -> set[str]:
        """The ids of the sources that are named in it."""
        ends = {id for each in self.rulings for id in (each.upstream_id, each.downstream_id)}
        return {id for id in ends | {each["uploader_id"] for each in self.evidence} if id is not None}


def judged(session: Session, event_id: str, claims: Collection[str]) -> Judged:
    """What people made of an event and of these claims about it."""
    reviews = [each for each in reviews_of_event(session, event_id) if each["claim"] in claims]
    known = {each["id"] for each in reviews}
    return Judged(
        rulings=[each for each in rulings_of_event(session, event_id) if each.claim is None or each.claim in claims],
        reviews=reviews,
        evidence=evidence_of_event(session, event_id),
        verifications=verifications_of_event(session, event_id),
        resting=[each for each in resting_on_event(session, event_id) if each["review"] in known],
    )


def judged_tables(held: Judged) -> Iterator[Table]:
    """What people ruled, reviewed and verified."""
    yield Table(
        "rulings",
        "What editors decided and signed, beside what is reported",
        columns_of(RulingItem),
        held.rulings,
        refers={
            "tally": "tallies",
            "claim": "claims",
            "attribution": "attributions",
            "report": "reports",
            **dict.fromkeys(("upstream_id", "downstream_id"), "sources"),
        },
    )
    yield Table(
        "reviews",
        "Verdicts on claims, with reasons",
        rows_of(ReviewDetail, REVIEW),
        held.reviews,
        refers={"claim": "claims"},
    )
    yield Table(
        "evidence",
        "Material that does not speak",
        rows_of(EvidenceDetail, EVIDENCE),
        held.evidence,
        refers={"event": "event", "uploader_id": "sources"},
    )
    yield Table(
        "verifications",
        "How material was verified, step by step",
        rows_of(VerificationDetail, VERIFICATION, "evidence"),
        held.verifications,
        refers={"evidence": "evidence"},
    )
    yield Table(
        "review_evidence",
        "Which review rests on which material",
        [reference("id", "Public id of the connection."), *(reference(each) for each in ("review", "evidence"))],
        held.resting,
        refers={"review": "reviews", "evidence": "evidence"},
    )


def merged_table(session: Session, noun: Mergeable, kept: Collection[str]) -> Table:
    """Which earlier ids lead to records of the package; whoever noted one of them finds the record again."""
    table = f"{noun}s"
    return Table(
        f"merged_{table}",
        f"Earlier ids of {table} that turned out to be others",
        MERGED,
        [each for each in merged(session, noun) if each.kept in kept],
        refers={"kept": table},
    )


MERGED = (
    Column("id", Cells.TEXT, "Public id of the merge.", attrgetter("id")),
    Column(
        "gone", Cells.TEXT, "Public id that the record had before; its address still leads there.", attrgetter("gone")
    ),
    Column("kept", Cells.TEXT, "Public id of the record that stands for both.", attrgetter("kept")),
    Column("at", Cells.INSTANT, "When they were merged.", attrgetter("at")),
)
REVIEW = (
    *("id", "claim", "claim_text", "title", "author", "rating", "rating_value", "best_rating", "worst_rating"),
    *("upholds", "reasons", "url", "language", "reviewed_at", "claim_reviewed", "claimant", "claimed_on"),
    *("first_appearance", "appearances"),
)
EVIDENCE = (
    *("id", "kind", "title", "url", "event", "uploader", "uploader_id"),
    *("file_hash", "perceptual_hash", "archives", "note"),
)
VERIFICATION = ("id", "step", "outcome", "by", "at")
