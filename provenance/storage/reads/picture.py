"""Everything that the picture of some claims is made from, in a fixed number of queries however many they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from provenance.access import EVERYBODY
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import Coverage, Event, SourceInterest, Tally
from provenance.storage.figure import Figure
from provenance.storage.reads.belonging import own_open_to, public
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.review import Evidence, Review, ReviewEvidence, Verification
from provenance.storage.source import Source, SourceName, Tie
from provenance.storage.writes.concerns import Concerned
from provenance.vocabulary import ReportState, TieKind, Visibility

AT_ONCE = 5_000  # keys in one IN list; both databases take more, neither plans well with many more

# Each statement is put together once and asked with these: putting it together takes longer than to run it, and every
# write asks all of them.
KEYS: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)

Rows = Sequence[sa.Row[Any]]
Asked = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """The rows that some claims consist of, as they hold and are public."""

    claims: Rows
    events: Rows
    tallies: Rows
    coverage: Rows
    interests: Rows
    reports: Rows
    hops: Rows
    figures: Rows
    corrections: Rows
    rulings: Rows
    reviews: Rows
    examined: Rows
    ties: Rows
    sources: Rows
    names: Rows
    relations: Rows


def claim_rows(session: Session, keys: Collection[int]) -> ClaimRows:
    """The rows that these claims consist of."""
    claims = _among(session, Claim, Claim.id, keys)
    events = {row.event_id for row in claims}
    reports = _rows(session, keys, _reports())
    hops = _among(session, Attribution, Attribution.claim_id, keys)
    documents = {row.document_id for row in reports}
    corrections = _once(
        _rows(session, keys, _corrections(Correction.claim_id)),
        _rows(session, documents, _corrections(Correction.target_document_id)),
        _rows(session, {row.id for row in hops}, _corrections(Correction.attribution_id)),
    )
    rulings = _once(
        _among(session, Ruling, Ruling.claim_id, keys),
        _among(session, Ruling, Ruling.attribution_id, {row.id for row in hops}),
        _among(session, Ruling, Ruling.report_id, {row.id for row in reports}),
    )
    named = {row.publisher_id for row in reports} | {row.by_id for row in corrections}
    for row in (*hops, *corrections):
        named |= {key for key in (row.upstream_id, row.downstream_id) if key is not None}
    ties = _ties_around(session, named)
    named |= {key for tie in ties for key in (tie.source_id, tie.other_id)}
    return ClaimRows(
        claims=claims,
        events=_among(session, Event, Event.id, events),
        tallies=_among(session, Tally, Tally.id, {row.tally_id for row in claims if row.tally_id}),
        coverage=_among(session, Coverage, Coverage.event_id, events),
        interests=_among(session, SourceInterest, SourceInterest.event_id, events),
        reports=reports,
        hops=hops,
        figures=_among(session, Figure, Figure.claim_id, keys),
        corrections=corrections,
        rulings=rulings,
        reviews=_rows(session, keys, _reviews()),
        examined=_rows(session, events, _examined()),
        ties=ties,
        sources=_named(session, named),
        names=_among(session, SourceName, SourceName.source_id, named),
        relations=_once(
            _rows(session, documents, _relations(DocumentRelation.document_id)),
            _rows(session, documents, _relations(DocumentRelation.of_document_id)),
        ),
    )


def tied_rows(session: Session, sources: Collection[int]) -> tuple[Rows, Rows]:
    """The ties of the groups that these sources belong to, and every source in them."""
    ties = _ties_around(session, sources)
    named = set(sources) | {key for tie in ties for key in (tie.source_id, tie.other_id)}
    return ties, _named(session, named)


def tally_family(session: Session, keys: Collection[int]) -> dict[int, set[int]]:
    """For each claim, the other claims of its tally, of the tally's parts and of the tally that it is a part of."""
    family: dict[int, set[int]] = {key: set() for key in keys}
    for some in _portions(keys):
        for key, sibling in session.execute(_family(), {"keys": some}):
            family[key].add(sibling)
    return family


@cache
def _family() -> sa.Select[int | None, int | None]:
    own, other = sa.orm.aliased(Claim), sa.orm.aliased(Claim)
    mine, theirs = sa.orm.aliased(Tally), sa.orm.aliased(Tally)
    related = sa.or_(
        col(theirs.id) == col(mine.id), col(theirs.parent_id) == col(mine.id), col(theirs.id) == col(mine.parent_id)
    )
    return (
        sa.select(col(own.id), col(other.id))
        .join(mine, col(mine.id) == col(own.tally_id))
        .join(theirs, related)
        .join(other, col(other.tally_id) == col(theirs.id))
        .where(
            col(own.id).in_(KEYS),
            col(other.id) != col(own.id),
            col(other.recorded_to).is_(None),
            col(other.visibility) == Visibility.PUBLIC,
            col(other.state) == ReportState.ACCEPTED,
            col(theirs.recorded_to).is_(None),
            col(theirs.visibility) == Visibility.PUBLIC,
        )
    )


def claims_concerned(session: Session, concerned: Concerned) -> tuple[set[int], set[int]]:
    """The claims that written rows are about, and the further ones that depend on them."""
    direct = set(concerned.claims)
    wider = _claims_of(session, concerned) - direct
    for family in tally_family(session, direct | wider).values():
        wider |= family
    return direct, wider - direct


def _claims_of(session: Session, concerned: Concerned) -> set[int]:
    # A tie joins whole groups, and a party bears the name of any of its members, so a source concerns all who name
    # anybody in its group.
    sources = _group_of(session, concerned.sources)
    corrections = _corrections_by(session, sources, concerned.documents)
    documents = concerned.documents | {row.target_document_id for row in corrections} - {None}
    hops = concerned.hops | {row.attribution_id for row in corrections} - {None}
    events = concerned.events | _all(session, concerned.evidence, _asking(Evidence.event_id, Evidence.id))
    by_key: tuple[tuple[set[int], Asked], ...] = (
        (concerned.reviews, _asking(Review.claim_id, Review.id)),
        (concerned.reports, _asking(Report.claim_id, Report.id)),
        (documents, _asking(Report.claim_id, Report.document_id)),
        (hops, _asking(Attribution.claim_id, Attribution.id)),
        (events, _asking(Claim.id, Claim.event_id)),
        (_whole_and_parts(session, concerned.tallies), _asking(Claim.id, Claim.tally_id)),
        (sources, _asking(Attribution.claim_id, Attribution.upstream_id)),
        (sources, _asking(Attribution.claim_id, Attribution.downstream_id)),
        (sources, _published_by()),
    )
    found = {row.claim_id for row in corrections} - {None}
    return found.union(*(_all(session, keys, claims) for keys, claims in by_key))


def current_claims(session: Session) -> list[int]:
    """The keys of all claims that hold now."""
    statement = sa.select(col(Claim.id)).where(col(Claim.recorded_to).is_(None), col(Claim.version_of).is_(None))
    return [key for key in session.execute(statement.order_by(col(Claim.id))).scalars() if key is not None]


@cache
def _asking(column: Any, given: Any) -> Asked:
    return sa.select(col(column)).distinct().where(col(given).in_(KEYS))


@cache
def _published_by() -> Asked:
    of_document = col(Document.id) == col(Report.document_id)
    own = col(Document.publisher_id).in_(KEYS)
    return sa.select(col(Report.claim_id)).distinct().join(Document, of_document).where(own)


def _all(session: Session, keys: Collection[int], statement: Asked) -> set[int]:
    return {key for some in _portions(keys) for key in session.execute(statement, {"keys": some}).scalars()}


def _rows(session: Session, keys: Collection[int], statement: Asked) -> list[sa.Row[Any]]:
    return [row for some in _portions(keys) for row in session.execute(statement, {"keys": some})]


def _group_of(session: Session, sources: Collection[int]) -> set[int]:
    ties = _ties_around(session, sources) if sources else []
    return set(sources) | {key for tie in ties for key in (tie.source_id, tie.other_id)}


def _among(session: Session, table: type[Record], column: Any, keys: Collection[int]) -> Rows:
    return _rows(session, keys, _held(table, column))


@cache
def _held(table: type[Record], column: Any) -> Asked:
    return (
        sa.select(_table(table))
        .where(col(column).in_(KEYS), col(table.recorded_to).is_(None), _shown(table))
        .order_by(col(table.id))
    )


def _shown(table: type[Record]) -> sa.ColumnElement[bool]:
    """Whether rows are public. Parts are asked for by keys of public claims, and kept where their reports are, so what
    they belong to need not be looked at again; and ties of a source that is withheld still join whom they joined: two
    origins do not become independent by it.
    """
    return public(_table(table)) if table in (Claim, Tally) else own_open_to(EVERYBODY, _table(table))


def _named(session: Session, keys: Collection[int]) -> Rows:
    return sorted(_rows(session, keys, _sources()), key=lambda row: int(row.id))


@cache
def _sources() -> Asked:
    # A source stays in the chains that name it when it is retired or withheld; a chain without it would be another.
    shown = sa.and_(col(Source.recorded_to).is_(None), col(Source.visibility) == Visibility.PUBLIC).label("shown")
    return sa.select(_table(Source), shown).where(col(Source.id).in_(KEYS))


@cache
def _corrections(column: Any) -> Asked:
    document: tuple[Any, ...] = (
        col(Document.public_id).label("document_public_id"),
        col(Document.published_earliest).label("carried_earliest"),
        col(Document.published_latest).label("carried_latest"),
        col(Document.published_precision).label("carried_precision"),
        col(Document.published_basis).label("carried_basis"),
    )
    return (
        sa.select(_table(Correction), *document)
        .outerjoin(
            Document,
            sa.and_(
                col(Document.id) == col(Correction.document_id),
                col(Document.recorded_to).is_(None),
                public(_table(Document)),
            ),
        )
        .where(
            col(column).in_(KEYS),
            col(Correction.recorded_to).is_(None),
            col(Correction.visibility) == Visibility.PUBLIC,
        )
    )


def _corrections_by(session: Session, sources: Collection[int], documents: Collection[int]) -> Rows:
    """What the corrections aim at that name these sources, or that stand in these documents."""
    named = (
        (Correction.by_id, sources),
        (Correction.upstream_id, sources),
        (Correction.downstream_id, sources),
        (Correction.document_id, documents),
    )
    return [row for column, keys in named for row in _rows(session, keys, _targets(column))]


@cache
def _targets(column: Any) -> Asked:
    target = (col(Correction.claim_id), col(Correction.target_document_id), col(Correction.attribution_id))
    return sa.select(*target).where(col(column).in_(KEYS))


def _whole_and_parts(session: Session, tallies: Collection[int]) -> set[int]:
    """These tallies, what they are parts of, and their own parts."""
    wholes = _all(session, tallies, _asking(Tally.parent_id, Tally.id))
    parts = _all(session, tallies, _asking(Tally.id, Tally.parent_id))
    return {*tallies, *wholes, *parts} - {None}


def _once(*found: Rows) -> Rows:
    by_key = {row.id: row for rows in found for row in rows}
    return [by_key[key] for key in sorted(by_key)]


@cache
def _reports() -> Asked:
    document: tuple[Any, ...] = (
        col(Document.public_id).label("document_public_id"),
        col(Document.title),
        col(Document.url),
        (col(Document.content_hash).is_not(None)).label("text_held"),
        col(Document.retrieved_at),
        col(Document.publisher_id),
        col(Document.language),
        col(Document.published_earliest),
        col(Document.published_latest),
        col(Document.published_precision),
        col(Document.published_basis),
    )
    return (
        sa.select(_table(Report), *document)
        .join(Document, col(Document.id) == col(Report.document_id))
        .where(
            col(Report.claim_id).in_(KEYS),
            col(Report.recorded_to).is_(None),
            col(Report.state) == ReportState.ACCEPTED,
            col(Report.visibility) == Visibility.PUBLIC,
            public(_table(Document)),
            col(Document.recorded_to).is_(None),
        )
        .order_by(col(Document.published_latest).is_(None), col(Document.published_latest), col(Report.id))
    )


@cache
def _relations(column: Any) -> Asked:
    """How these documents' texts depend on others, with the public ids of both."""
    own, other = sa.orm.aliased(Document), sa.orm.aliased(Document)
    return (
        sa.select(
            _table(DocumentRelation),
            col(own.public_id).label("document_public_id"),
            col(other.public_id).label("of_document_public_id"),
        )
        .join(own, sa.and_(col(own.id) == col(DocumentRelation.document_id), col(own.recorded_to).is_(None)))
        .outerjoin(
            other, sa.and_(col(other.id) == col(DocumentRelation.of_document_id), col(other.recorded_to).is_(None))
        )
        .where(
            col(column).in_(KEYS),
            col(DocumentRelation.recorded_to).is_(None),
            public(_table(DocumentRelation)),
        )
    )


@cache
def _reviews() -> Asked:
    evidence = (
        sa.exists()
        .where(
            col(ReviewEvidence.review_id) == col(Review.id),
            col(ReviewEvidence.recorded_to).is_(None),
            col(ReviewEvidence.visibility) == Visibility.PUBLIC,
            col(Evidence.id) == col(ReviewEvidence.evidence_id),
            col(Evidence.recorded_to).is_(None),
            col(Evidence.visibility) == Visibility.PUBLIC,
        )
        .label("rests_on_evidence")
    )
    return (
        sa.select(_table(Review), evidence)
        .where(
            col(Review.claim_id).in_(KEYS),
            col(Review.recorded_to).is_(None),
            col(Review.state) == ReportState.ACCEPTED,
            col(Review.visibility) == Visibility.PUBLIC,
        )
        .order_by(col(Review.id))
    )


@cache
def _examined() -> Asked:
    return (
        sa.select(col(Evidence.event_id), col(Evidence.uploader_id))
        .where(
            col(Evidence.event_id).in_(KEYS),
            col(Evidence.recorded_to).is_(None),
            col(Evidence.visibility) == Visibility.PUBLIC,
            col(Evidence.uploader_id).is_not(None),
            sa.exists().where(
                col(Verification.evidence_id) == col(Evidence.id),
                col(Verification.recorded_to).is_(None),
                col(Verification.visibility) == Visibility.PUBLIC,
            ),
        )
        .distinct()
    )


def kin(session: Session, source: int) -> set[int]:
    """A source and everybody whom ties join to it, at whatever time they hold."""
    ties = [tie for tie in _ties_around(session, {source}) if tie.kind is not TieKind.EXAMINED_NO_TIE]
    found, more = {source}, True
    while more:
        reached = {
            key for tie in ties for key in (tie.source_id, tie.other_id) if found & {tie.source_id, tie.other_id}
        }
        more = bool(reached - found)
        found |= reached
    return found


def _ties_around(session: Session, sources: Collection[int]) -> Rows:
    """All ties of the groups that these sources belong to: whatever is tied to them, to those, and so on."""
    found: dict[int, sa.Row[Any]] = {}
    reached, frontier = set(sources), set(sources)
    while frontier:
        ties = [
            *_among(session, Tie, Tie.source_id, frontier),
            *_among(session, Tie, Tie.other_id, frontier),
        ]
        found |= {tie.id: tie for tie in ties}
        frontier = {key for tie in ties for key in (tie.source_id, tie.other_id)} - reached
        reached |= frontier
    return [found[key] for key in sorted(found)]


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table


def _portions(keys: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
