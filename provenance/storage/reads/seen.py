"""What the list of tasks looks at: the flags that stand, with the claims, sources and documents behind them.

Everything is read in a fixed number of queries, whatever the number of flags.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import published_text
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked_desk import TasksAsked
from provenance.storage.reads.chains import chains_of, names_of
from provenance.storage.reads.considering import consider_all
from provenance.storage.reads.desk import ours
from provenance.storage.reads.rows import (
    Condition,
    Found,
    claim,
    desk_item,
    document,
    event,
    flag,
    flagged_figure,
    held,
    publisher,
    referred,
    report,
    rows,
    source,
    standing,
)
from provenance.vocabulary import DeskState, OriginClass, ReportState, Stance

# Flagged claims that one list of tasks looks at: those that most documents state. Beyond that a desk asks by event.
MOST_CLAIMS = 2_000


@dataclass(frozen=True, slots=True)
class RowSeen:
    """A record that shows a finding."""

    noun: str
    id: str
    shows: str


@dataclass(frozen=True, slots=True)
class FlagSeen:
    """What a rule found about a claim, with the keys of the figures that it is about."""

    claim: str
    rule: str
    clears_when: str
    rows: tuple[RowSeen, ...] = ()
    figures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """A claim that is flagged, with how far the desk is."""

    id: str
    text: str
    documents: int = 0
    state: DeskState | None = None
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentSeen:
    """A document that states a claim and of which the words are not shown."""

    id: str
    title: str
    publisher: str
    publisher_id: str


@dataclass(frozen=True, slots=True)
class Seen:
    """All of it; ``carriers`` are the last named sources of reports whose origin is not stated, by claim.

    ``sources`` are names by public ids.
    """

    claims: Mapping[str, ClaimSeen]
    flags: Sequence[FlagSeen]
    carriers: Mapping[str, frozenset[str]]
    wordless: Mapping[str, Sequence[DocumentSeen]]
    sources: Mapping[str, str]


def seen(session: Session, asked: TasksAsked) -> Seen:
    """What the tasks of an event, or all, are made from: eight queries."""
    found = _claims(session, asked)
    ids = {row["key"]: row["id"] for row in found}
    flags = _flags(session, ids)
    rules: dict[str, set[str]] = defaultdict(set)
    for one in flags:
        rules[one.rule].add(one.claim)
    carriers, names = _carriers(session, {key: one for key, one in ids.items() if one in rules["origin_not_stated"]})
    wordless = _wordless(session, {key: one for key, one in ids.items() if one in rules["no_quote"]})
    names |= {one.publisher_id: one.publisher for documents in wordless.values() for one in documents}
    shown = {row.id for one in flags for row in one.rows if row.noun == "source"}
    return Seen(
        claims={row["id"]: ClaimSeen(*(row[name] for name in ClaimSeen.__slots__)) for row in found},
        flags=flags,
        carriers=carriers,
        wordless=wordless,
        sources=names | _names(session, shown),
    )


def _claims(session: Session, asked: TasksAsked) -> list[Found]:
    conditions: list[Condition] = [held(claim), claim.c.state == ReportState.ACCEPTED]
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    if moment_of(session):
        consider_all(session, sa.select(claim.c.id).where(*conditions))
    documents = sa.func.coalesce(standing.c.documents, 0)
    joined = claim.outerjoin(standing, standing.c.claim_id == claim.c.id).outerjoin(
        desk_item, sa.and_(desk_item.c.claim_id == claim.c.id, ours(desk_item))
    )
    statement = (
        sa.select(
            claim.c.id.label("key"),
            claim.c.public_id.label("id"),
            claim.c.text,
            documents.label("documents"),
            desk_item.c.state,
            desk_item.c.holder,
        )
        .select_from(joined)
        .where(*conditions, claim.c.id.in_(sa.select(flag.c.claim_id)))
        .order_by(documents.desc(), claim.c.id)
    )
    return rows(session, statement.limit(MOST_CLAIMS))


def _flags(session: Session, ids: Mapping[int, str]) -> list[FlagSeen]:
    about = sa.select(flagged_figure.c.flag_id, flagged_figure.c.figure_id)
    about = about.join(flag, flag.c.id == flagged_figure.c.flag_id).where(flag.c.claim_id.in_(ids))
    figures: dict[int, set[int]] = defaultdict(set)
    for flag_id, figure_id in session.execute(about):
        figures[flag_id].add(figure_id)
    columns = (flag.c[name] for name in ("id", "claim_id", "rule", "clears_when", "evidence"))
    statement = sa.select(*columns).where(flag.c.claim_id.in_(ids)).order_by(flag.c.claim_id, flag.c.id)
    return [
        FlagSeen(
            ids[row["claim_id"]],
            row["rule"],
            row["clears_when"],
            tuple(RowSeen(**shown) for shown in row["evidence"]),
            frozenset(figures[row["id"]]),
        )
        for row in rows(session, statement)
    ]


def _carriers(session: Session, ids: Mapping[int, str]) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """For each claim the sources at which reports end that name nobody better, by public id; and their names.

    A report that names nobody at all ends at its own publisher.
    """
    ends: dict[str, set[int]] = defaultdict(set)
    found = _reports(session, ids)
    chains = chains_of(session, found)
    for row in found:
        paths = chains[row["report_key"]].paths
        if not any(path.origin_class.establishable for path in paths):
            first = {path.nodes[0].actor for path in paths if path.origin_class is OriginClass.NOT_STATED}
            ends[ids[row["claim_id"]]] |= first
    names = names_of(session, set().union(*ends.values()) if ends else set())
    public = {one: frozenset(names[key][1] for key in keys) for one, keys in ends.items()}
    return public, {public_id: name for name, public_id in names.values()}


def _reports(session: Session, ids: Mapping[int, str]) -> list[Found]:
    statement = (
        sa.select(
            report.c.id.label("report_key"),
            document.c.id.label("document_key"),
            document.c.publisher_id.label("publisher_key"),
            report.c.own_basis,
            report.c.claim_id,
        )
        .select_from(report.join(document, document.c.id == report.c.document_id))
        .where(report.c.claim_id.in_(ids), *_asserting())
    )
    return rows(session, statement)


def _wordless(session: Session, ids: Mapping[int, str]) -> dict[str, list[DocumentSeen]]:
    """For each claim the documents that state it and of which no words are marked."""
    statement = (
        sa.select(
            report.c.claim_id,
            document.c.public_id.label("id"),
            document.c.title,
            document.c.published_earliest,
            document.c.published_precision,
            publisher.c.name.label("publisher"),
            publisher.c.public_id.label("publisher_id"),
        )
        .select_from(
            report.join(document, document.c.id == report.c.document_id).join(
                publisher, publisher.c.id == document.c.publisher_id
            )
        )
        .where(
            report.c.claim_id.in_(ids),
            sa.func.coalesce(report.c.quote, "") == "",
            *_asserting(),
            held(publisher),
        )
        .order_by(document.c.id)
    )
    found: dict[str, dict[str, DocumentSeen]] = defaultdict(dict)
    for row in rows(session, statement):
        one = DocumentSeen(row["id"], _called(row), row["publisher"], row["publisher_id"])
        found[ids[row["claim_id"]]][one.id] = one
    return {claim_id: list(documents.values()) for claim_id, documents in found.items()}


def _called(row: Found) -> str:
    """What a document is called: publisher, date and title, as far as they are known."""
    date = published_text(row["published_earliest"], row["published_precision"])
    title = f"“{' '.join(row['title'].split())}”" if row["title"] else None
    return ", ".join(filter(None, [row["publisher"], date, title]))


def _asserting() -> list[Condition]:
    return [report.c.state == ReportState.ACCEPTED, report.c.stance == Stance.ASSERTS, held(report, document)]


def _names(session: Session, public_ids: set[str]) -> dict[str, str]:
    statement = sa.select(source.c.public_id, source.c.name).where(source.c.public_id.in_(public_ids), held(source))
    return {row.public_id: row.name for row in session.execute(statement)}
