"""Tells what was taken in, as the API sends it and the command line prints it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from provenance.answers_intake import ComparedClaim, Ingested, ProposedFigure, ProposedReportShown
from provenance.answers_reading import LinkShown, SpanShown
from provenance.extraction.reading import Link
from provenance.ingestion.proposing import Proposal
from provenance.ingestion.taking_in import Taken
from provenance.storage.reads.documents import document_items


def ingested(session: Session, taken: Taken, *, dry_run: bool = False) -> Ingested:
    """What became of one document; asked in the session that wrote it, so that a dry run can be told, too."""
    session.flush()
    [document] = document_items(session, [taken.document.key])
    event = taken.proposals.event
    return Ingested(
        outcome=taken.outcome,
        document=document,
        supersedes=taken.supersedes.public_id if taken.supersedes else None,
        event=event.public_id if event else None,
        event_title=event.title if event else None,
        suspected_copies=taken.offered,
        reports=[_report(one) for one in sorted(taken.proposals.made, key=lambda one: one.assertion.quote.start)],
        notes=list(taken.notes),
        dry_run=dry_run,
    )


def _report(one: Proposal) -> ProposedReportShown:
    said = one.assertion
    return ProposedReportShown(
        id=one.report.public_id,
        claim=one.claim.public_id,
        claim_text=one.claim.text,
        kind=one.claim.kind,
        known=one.known,
        quote=said.quote.text,
        start=said.quote.start,
        end=said.quote.end,
        stance=said.stance,
        hedge=said.hedge,
        chain=[_link(link) for link in (said.statement.chain if said.statement else ())],
        figures=[
            ProposedFigure(start=f.text_start, end=f.text_end, **f.model_dump(include=SHOWN)) for f in said.figures
        ],
        rule=said.rule,
        confidence=round(said.confidence, 3),
        matches=[
            ComparedClaim(
                claim=match.known.id,
                text=match.known.text,
                score=match.score,
                same=match.same,
                reasons=list(match.reasons),
            )
            for match in one.matches
        ],
    )


SHOWN: set[str] = {"text", "qualifier", "value", "low", "high", "unit", "measure", "counted"}


def _link(link: Link) -> LinkShown:
    plain: dict[str, Any] = {name: getattr(link, name) for name in LinkShown.model_fields if name != "antecedent"}
    antecedent = link.antecedent
    span = SpanShown(start=antecedent.start, end=antecedent.end, text=antecedent.text) if antecedent else None
    return LinkShown(**plain, antecedent=span)
