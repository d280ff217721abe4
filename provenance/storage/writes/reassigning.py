"""Moves a proposal to the claim that it states, and makes several proposals of one that states several claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col

from provenance.errors import Conflict, InvalidInput
from provenance.storage.claim import Claim, ClaimBase
from provenance.storage.deciding import ProposalMerge, ProposalPart, ProposalSplit
from provenance.storage.desk import KEPT
from provenance.storage.document import Document
from provenance.storage.figure import Figure, FigureBase
from provenance.storage.merge import Merge
from provenance.storage.record import new_public_id
from provenance.storage.report import Attribution, AttributionBase, Report, ReportBase
from provenance.storage.writes.deciding import decided, undecided
from provenance.storage.writes.finding import referred
from provenance.storage.writes.moving import Moves, current_rows
from provenance.storage.writes.searching import index, index_new
from provenance.storage.writes.spans import QUOTED, held, quoted
from provenance.storage.writes.speaking import let_go
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Decided, Mergeable, ReportState


def merge_report(writer: Writer, public_id: str, given: ProposalMerge) -> Report:
    """Let a proposal state a claim that is known; it goes on waiting. Its own claim goes if nothing else states it,
    and its id leads to the other then.

    :raises InvalidInput: if there is no such claim, or it is the one that the proposal states already.
    :raises Conflict: if the proposal was decided already, or the claim has a report of the same words and chain.
    """
    report = undecided(writer.session, public_id)
    claim = referred(writer.session, Claim, given.into, "into")
    if claim.key == report.claim_id:
        raise InvalidInput(
            f"into: the report '{public_id}' states that claim already; accept it, or name another claim.", field="into"
        )
    _check_told_once(writer.session, report, claim)
    own = writer.session.get_one(Claim, report.claim_id)
    moves = Moves(writer)
    moves.change(report, {"claim_id": claim.key})
    moves.settle()
    decided(writer, Decided.MERGE, [report], {report.key: ("claim",)})
    gone = let_go(writer, {own.key}, ())
    if own in gone:
        # Whoever knows the id of the claim that went is led to the one that it turned out to be.
        moves.take(own, claim, only=KEPT)
        moved = [*moves.told, *(row.public_id for row in gone if row is not own)]
        writer.add(Merge(noun=Mergeable.CLAIM, gone=own.public_id, kept=claim.public_id, moved=moved))
        index(writer.session, claim)
    return report


def split_report(writer: Writer, public_id: str, given: ProposalSplit) -> list[Report]:
    """Make a proposal of each part of one that states several claims, with its hops and the figures inside the part.

    The proposal itself stays, marked as rejected. What a person took apart is no rule's doing any more, so the parts
    bear no rule.

    :raises InvalidInput: if the words of a part do not stand in the document.
    :raises Conflict: if the proposal was decided already.
    """
    report = undecided(writer.session, public_id)
    document = writer.session.get_one(Document, report.document_id)
    own = writer.session.get_one(Claim, report.claim_id)
    parts = [_read(writer, document, part, f"parts.{place}") for place, part in enumerate(given.parts)]
    _check_differ(parts)
    decided(writer, Decided.SPLIT, [report])
    writer.change(report, {"state": ReportState.REJECTED})
    hops, figures = held(writer, Attribution, report), held(writer, Figure, report)
    made = [_made(writer, report, document, own, part) for part in parts]
    _add_all(writer, [row for one in made for row in _hops(one, hops)])
    _add_all(writer, [row for one in made for row in _figures(one, figures)])
    let_go(writer, {own.key}, ())
    return made


@dataclass(frozen=True, slots=True)
class _Part:
    words: dict[str, Any]
    text: str
    claim: Claim | None
    field: str


def _read(writer: Writer, document: Document, part: ProposalPart, field: str) -> _Part:
    if part.text is not None and part.claim is not None:
        raise InvalidInput(f"{field}.text: `claim` names what is asserted; keep one of the two.", field=f"{field}.text")
    claim = None if part.claim is None else referred(writer.session, Claim, part.claim, f"{field}.claim")
    given = dict.fromkeys(QUOTED) | part.model_dump(include={"quote", "quote_start", "quote_end"})
    try:
        words = quoted(document, given)
    except InvalidInput as misplaced:
        raise InvalidInput(f"{field}.{misplaced.message}", field=f"{field}.{misplaced.field}") from misplaced
    if words["quote"] is None:
        raise InvalidInput(f"{field}.quote: give the words that state it, or their span.", field=f"{field}.quote")
    text = part.text or " ".join(words["quote"].split())[:2000]
    return _Part(words, text, claim, field)


def _check_differ(parts: Sequence[_Part]) -> None:
    seen: dict[tuple[Any, ...], str] = {}
    for part in parts:
        what = part.claim.key if part.claim is not None else part.text
        same = seen.setdefault((part.words["quote"], part.words["quote_start"], what), part.field)
        if same != part.field:
            raise InvalidInput(
                f"{part.field}: it says what {same} says. Leave one of them out, or give each a `text`.",
                field=part.field,
            )


def _made(writer: Writer, report: Report, document: Document, own: Claim, part: _Part) -> Report:
    claim = part.claim
    if claim is None:
        copied = {name: getattr(own, name) for name in ClaimBase.model_fields if name not in ("text", "note")}
        claim = writer.add(Claim(**copied, text=part.text, event_id=own.event_id, state=ReportState.PROPOSED))
        index_new(writer.session, claim)
    unsaid = {*QUOTED, "state", "translation", "translated_by", "extractor", "rule", "confidence", "grounds"}
    copied = {name: getattr(report, name) for name in ReportBase.model_fields if name not in unsaid}
    return writer.add(
        Report(
            **copied,
            **{name: part.words[name] for name in QUOTED},
            state=ReportState.PROPOSED,
            grounds={**(report.grounds or {}), "split_from": report.public_id},
            document_id=document.key,
            claim_id=claim.key,
            text_length=report.text_length,
        )
    )


def _hops(report: Report, hops: Sequence[Attribution]) -> Iterator[Attribution]:
    for hop in hops:
        said = {name: getattr(hop, name) for name in AttributionBase.model_fields}
        yield Attribution(**said, **_of(report), upstream_id=hop.upstream_id, downstream_id=hop.downstream_id)


def _figures(report: Report, figures: Sequence[Figure]) -> Iterator[Figure]:
    for figure in figures:
        if _inside(figure, report):
            yield Figure(**{name: getattr(figure, name) for name in FigureBase.model_fields}, **_of(report))


def _of(report: Report) -> dict[str, Any]:
    return {"report_id": report.key, "claim_id": report.claim_id, "text_length": report.text_length}


def _inside(figure: Figure, report: Report) -> bool:
    if None in (figure.text_start, figure.text_end, report.quote_start, report.quote_end):
        return figure.text.casefold() in (report.quote or "").casefold()
    return bool(report.quote_start <= figure.text_start and figure.text_end <= report.quote_end)  # type: ignore[operator]


def _add_all(writer: Writer, rows: Sequence[Attribution | Figure]) -> None:
    writer.add_all(rows, [new_public_id(str(row.__tablename__)) for row in rows])


def _check_told_once(session: Session, report: Report, claim: Claim) -> None:
    others = current_rows(
        session,
        Report,
        col(Report.claim_id) == claim.key,
        col(Report.document_id) == report.document_id,
        col(Report.stance) == report.stance,
        col(Report.quote).is_not_distinct_from(report.quote),
        col(Report.quote_start).is_not_distinct_from(report.quote_start),
        col(Report.state) != ReportState.REJECTED,
    )
    for other in others:
        if _ends(session, other) == _ends(session, report):
            raise Conflict(
                f"into: the report '{other.public_id}' of that claim has the same words of the same document through "
                "the same chain, so it would be reported twice. Reject this one instead.",
                field="into",
            )


def _ends(session: Session, report: Report) -> set[tuple[int | None, int]]:
    hops = current_rows(session, Attribution, col(Attribution.report_id) == report.key)
    return {(hop.upstream_id, hop.downstream_id) for hop in hops}
