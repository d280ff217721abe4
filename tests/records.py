"""Builders of rows for tests of storage and standings: a test mentions only what matters to its sentence.

Everything is written as users write it, through ``provenance.storage.writes``. Sources go by their names; one that is
not held yet is added, with the kind that it has in the story. A report is written as its chain, origin first and
publisher last: ``desk.report(claim, "Interior Ministry", "Khabar 24", "Tass")``.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.access import AccessKey, Audience, BrowserSession, Redaction, TakenRequest
from provenance.storage.claim import Claim, ClaimCreate
from provenance.storage.correction import Correction, Ruling
from provenance.storage.desk import Contact, DeskItem, DeskNote, OwnCorrection, Watch
from provenance.storage.document import Document, DocumentCreate, DocumentRelation
from provenance.storage.event import CoverageCreate, Event, EventCreate, InterestCreate, Tally, TallyCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.hook import Hook, HookMessage, HookSecret
from provenance.storage.intake import ColumnMapping, FetchedPage, IngestionItem, IngestionRun, TextSketch
from provenance.storage.merge import Merge
from provenance.storage.proposal import ArchivedCopy, Blob, Decision
from provenance.storage.report import Attribution, AttributionCreate, Report, ReportCreate
from provenance.storage.review import Evidence, EvidenceCreate, Review, ReviewCreate, ReviewPage, Verification
from provenance.storage.source import Source, SourceCreate, Tie, TieCreate
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.documents import create_document
from provenance.storage.writes.events import create_event, create_tally, log_coverage
from provenance.storage.writes.reports import create_report
from provenance.storage.writes.reviews import create_review, record_evidence
from provenance.storage.writes.sources import create_source, state_interest, state_tie
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import (
    Basis,
    ContactMeans,
    ContactOutcome,
    CorrectionKind,
    Decided,
    DocumentRelationKind,
    EvidenceKind,
    Happening,
    Interest,
    Manner,
    Mergeable,
    Role,
    RulingKind,
    SourceKind,
    TakenIn,
    TieKind,
)

KINDS = {
    "Interior Ministry": SourceKind.GOVERNMENT_BODY,
    "Health Ministry": SourceKind.GOVERNMENT_BODY,
    "State of Kazakhstan": SourceKind.GOVERNMENT_BODY,
    "Almaty police": SourceKind.POLICE,
    "Saltanat Azirbek": SourceKind.SPOKESPERSON,
    "Eyewitness": SourceKind.WITNESS,
    "the authorities": SourceKind.UNNAMED,
    "media reports": SourceKind.COLLECTIVE,
    "Khabar 24": SourceKind.BROADCASTER,
    "Tass": SourceKind.NEWS_AGENCY,
    "Interfax": SourceKind.NEWS_AGENCY,
}
NOON = datetime(2022, 1, 6, 12, tzinfo=UTC)


@dataclass
class Desk:
    """Somebody who writes, in one transaction."""

    writer: Writer

    @property
    def session(self) -> Session:
        return self.writer.session

    def source(self, name: str) -> Source:
        statement = sa.select(Source).where(col(Source.name) == name, col(Source.recorded_to).is_(None))
        held = self.session.execute(statement).scalars().first()
        kind = KINDS.get(name, SourceKind.NEWSPAPER)
        return held or create_source(self.writer, SourceCreate(name=name, kind=kind))

    def event(self, title: str = "Night of 5 January 2022 in Almaty") -> Event:
        statement = sa.select(Event).where(col(Event.title) == title, col(Event.recorded_to).is_(None))
        held = self.session.execute(statement).scalars().first()
        return held or create_event(self.writer, EventCreate(title=title))

    def tally(self, title: str = "Attackers killed", parent: Tally | None = None, **more: Any) -> Tally:
        given = {"measure": "killed", "counted": "attackers", "place": "Almaty", "period": "night", "cumulative": True}
        return create_tally(
            self.writer,
            TallyCreate(
                title=title,
                event=self.event().public_id,
                parent=parent.public_id if parent else None,
                **{**given, **more},
            ),
        )

    def claim(self, text: str = "Dozens of attackers were eliminated.", tally: Tally | None = None) -> Claim:
        return create_claim(
            self.writer,
            ClaimCreate(text=text, event=self.event().public_id, tally=tally.public_id if tally else None),
        )

    def document(self, publisher: str = "Tass", **more: Any) -> Document:
        return create_document(self.writer, DocumentCreate(publisher=self.source(publisher).public_id, **more))

    def report(
        self, claim: Claim, *chain: str, document: Document | None = None, figures: Sequence[str] = (), **more: Any
    ) -> Report:
        document = document or self.document(chain[-1], published="2022-01-06")
        return create_report(
            self.writer,
            ReportCreate(
                document=document.public_id,
                claim=claim.public_id,
                attributions=self.hops(*chain),
                figures=[FigureCreate(text=text) for text in figures],
                **more,
            ),
        )

    def hops(self, *chain: str) -> list[AttributionCreate]:
        return [
            AttributionCreate(
                upstream=self.source(upstream).public_id,
                downstream=self.source(downstream).public_id,
                manner=Manner.QUOTED,
            )
            for upstream, downstream in pairwise(chain)
        ]

    def tie(self, source: str, kind: TieKind, other: str, **more: Any) -> Tie:
        given: dict[str, Any] = {"kind": kind, "basis": Basis.COMMONLY_KNOWN, "other": self.source(other).public_id}
        if kind is TieKind.EXAMINED_NO_TIE:
            given |= {"signed_by": "an editor", "signed_at": NOON}
        return state_tie(self.writer, self.source(source).public_id, TieCreate(**{**given, **more}))

    def correction(self, kind: CorrectionKind, by: str, **target: Any) -> Correction:
        return self.writer.add(Correction(kind=kind, by_id=self.source(by).key, **target))

    def evidence(self, uploader: str | None = None) -> Evidence:
        return record_evidence(
            self.writer,
            EvidenceCreate(
                kind=EvidenceKind.VIDEO,
                title="Shots on Republic Square",
                event=self.event().public_id,
                uploader=self.source(uploader).public_id if uploader else None,
            ),
        )

    def verification(self, evidence: Evidence) -> Verification:
        step: dict[str, Any] = {
            "step": "matched to the square",
            "outcome": "it was filmed there",
            "by": "an editor",
            "at": NOON,
        }
        return self.writer.add(Verification(evidence_id=evidence.key, **step))

    def review(self, claim: Claim, *evidence: Evidence, upholds: bool | None = True) -> Review:
        return create_review(
            self.writer,
            ReviewCreate(
                author="A desk",
                rating="upheld",
                upholds=upholds,
                reasons="The bodies were counted.",
                claim=claim.public_id,
                evidence=[one.public_id for one in evidence],
            ),
        )


TEXT = "Dozens of attackers were eliminated, Saltanat Azirbek told Khabar 24, Tass reports."
QUOTE = "Dozens of attackers were eliminated"


def every_kind(writer: Writer, *, redacted: bool = True) -> Claim:
    """At least one row in every table of facts, about one claim, which is returned.

    ``redacted``: with a tombstone, which nobody can undo.
    """
    desk = Desk(writer)
    whole = desk.tally("All killed", counted="everybody")
    claim = desk.claim(tally=desk.tally(parent=whole))
    document = desk.document("Tass", text=TEXT, title="Dozens eliminated", published="2022-01-06", url="https://t.test")
    copy = desk.document("Interfax", published="2022-01-07")
    report = create_report(
        writer,
        ReportCreate(
            document=document.public_id,
            claim=claim.public_id,
            quote=QUOTE,
            quote_start=0,
            quote_end=len(QUOTE),
            attributions=[
                hop.model_copy(
                    update={"cue": "told", "cue_start": TEXT.index("told"), "cue_end": TEXT.index("told") + 4}
                )
                for hop in desk.hops("Saltanat Azirbek", "Khabar 24", "Tass")
            ],
            figures=[FigureCreate(text="Dozens", text_start=0, text_end=6)],
        ),
    )
    desk.report(claim, "Almaty police", "Interfax", document=copy, figures=["26"])
    desk.tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
    desk.tie("Almaty police", TieKind.PART_OF, "Interior Ministry", basis=Basis.CITED, reference="https://law.test")
    desk.tie("Almaty police", TieKind.EXAMINED_NO_TIE, "Eyewitness")
    event, police = desk.event(), desk.source("Almaty police")
    interest = InterestCreate(event=event.public_id, interest=Interest.PARTY, basis=Basis.COMMONLY_KNOWN)
    state_interest(writer, police.public_id, interest)
    log_coverage(writer, event.public_id, CoverageCreate(languages=["ru"], searched_by="us", searched_until=NOON))
    writer.add(
        DocumentRelation(document_id=copy.key, kind=DocumentRelationKind.REWRITE_OF, of_document_id=document.key)
    )
    evidence = desk.evidence("Eyewitness")
    desk.verification(evidence)
    review = desk.review(claim, evidence, upholds=None)
    writer.add(ReviewPage(page_url="https://desk.test/dozens", reviews=[review.public_id]))
    desk.evidence("Interfax")
    twin = desk.claim("Dozens of attackers were killed.")
    writer.retire(twin)
    writer.add(Merge(noun=Mergeable.CLAIM, gone=twin.public_id, kept=claim.public_id, moved=[report.public_id]))
    desk.correction(
        CorrectionKind.DENIAL, "Health Ministry", claim_id=claim.key, document_id=copy.key, upstream_id=police.key
    )
    hop = writer.session.execute(sa.select(col(Attribution.id)).where(col(Attribution.report_id) == report.key))
    writer.add(
        Ruling(
            kind=RulingKind.CUT,
            attribution_id=hop.scalars().first(),
            method="The broadcast does not have it.",
            signed_by="an editor",
            signed_at=NOON,
        )
    )
    writer.add(Decision(report_id=report.key, kind=Decided.ACCEPT, by="an editor", rule="said_that", extractor="rules"))
    sha256 = hashlib.sha256(b"hi").hexdigest()
    writer.session.add(Blob(sha256=sha256, size=2, body=zlib.compress(b"hi")))
    writer.session.flush()
    writer.add(ArchivedCopy(document_id=document.key, sha256=sha256, media_type="text/plain"))
    desk_keeps(writer, claim, police)
    run = IngestionRun(origin="articles", who="an editor")
    writer.session.add(run)
    writer.session.flush()
    writer.session.add_all(
        [
            IngestionItem(run_id=run.id or 0, key="tass.txt", outcome=TakenIn.ADDED, document=document.public_id),
            FetchedPage(url="https://t.test", etag="1", document=document.public_id),
            ColumnMapping(name="tolls", columns={"value": "Killed"}, saved_by="an editor"),
            TextSketch(band=0, hash=-1, document_id=document.key),
        ]
    )
    writer.session.flush()
    some_come_in(writer.session)
    writer.add(Audience(noun="claim", record=claim.public_id, person="Ana"))
    if redacted:
        writer.add(Redaction(noun="source", record=police.public_id, places=0))
    return claim


def some_come_in(session: Session) -> None:
    """A key, a browser that was opened with it, and a write that came with it."""
    key = AccessKey(
        public_id="key_ana", name="Ana", role=Role.EDITOR, secret_hash="0" * 64, created_at=NOON, created_by="cli"
    )
    session.add(key)
    session.flush()
    opened = key.id or 0
    session.add(BrowserSession(key_id=opened, token_hash="1" * 64, created_at=NOON, expires_at=NOON))
    session.add(TakenRequest(key_id=opened, name="once", fingerprint="2" * 64, taken_at=NOON, status=204))
    session.flush()


def desk_keeps(writer: Writer, claim: Claim, police: Source) -> None:
    """A row in every table of what a desk keeps about its own work."""
    own: dict[str, Any] = {"claim_id": claim.key, "author": "Ana", "at": NOON}
    writer.add(DeskItem(claim_id=claim.key, holder="Ana"))
    writer.add(DeskNote(**own, text="Ask the morgue."))
    asked: dict[str, Any] = {"asked": "the press office", "how": ContactMeans.PHONE, "outcome": ContactOutcome.NO_REPLY}
    writer.add(Contact(**own, **asked, source_id=police.key))
    writer.add(Watch(who="Ana", since=NOON, claim_id=claim.key))
    writer.add(OwnCorrection(**own, said="Three confirmed it.", says="Three carried it.", why="A reader asked."))
    hook = writer.add(Hook(url="https://desk.test/hook", claim_id=claim.key))
    message = HookMessage(
        public_id="msg_1", hook_id=hook.key, happening=Happening.FLAG_RAISED, body={}, created_at=NOON, due_at=NOON
    )
    writer.session.add_all([HookSecret(hook_id=hook.key, secret="whsec_c2VjcmV0"), message])
