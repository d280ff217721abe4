"""What somebody is told first who has never been here: how much is held, for nothing else can be answered, and where a
claim can be seen in the words of a document.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import claim, document, event, held, nothing_waits_in, report, rows, source
from provenance.vocabulary import ReportState


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many records are held; ``waiting`` are proposals that nobody has decided on, of which the desk is told."""

    documents: int
    languages: int
    publishers: int
    claims: int
    reports: int
    sources: int
    events: int
    waiting: int


def holdings(session: Session) -> Holdings:
    """How much is held, in one query."""
    accepted, proposed = (
        sa.select(sa.func.count()).where(_told(report), report.c.state == state)
        for state in (ReportState.ACCEPTED, ReportState.PROPOSED)
    )
    counts = {
        "documents": sa.select(sa.func.count()).select_from(document).where(_told(document)),
        "languages": sa.select(sa.func.count(document.c.language.distinct())).where(_told(document)),
        "publishers": sa.select(sa.func.count(document.c.publisher_id.distinct())).where(_told(document)),
        "claims": sa.select(sa.func.count()).select_from(claim).where(_told(claim)),
        "reports": accepted,
        "sources": sa.select(sa.func.count()).select_from(source).where(_told(source)),
        "events": sa.select(sa.func.count()).select_from(event).where(_told(event)),
        "waiting": proposed,
    }
    columns = [count.scalar_subquery().label(name) for name, count in counts.items()]
    return Holdings(**rows(session, sa.select(*columns))[0])


def _told(table: sa.Table) -> sa.ColumnElement[bool]:
    return sa.and_(held(table), nothing_waits_in(table))


@dataclass(frozen=True, slots=True)
class Marked:
    """A report whose words are marked in the text of its document, by their public ids."""

    document: str
    report: str


def marked_words(session: Session) -> Marked | None:
    """The report that was recorded last of those whose words are marked in a text that is held; one query."""
    statement = (
        sa.select(document.c.public_id.label("document"), report.c.public_id.label("report"))
        .select_from(report.join(document, document.c.id == report.c.document_id))
        .where(held(report), held(document), report.c.state == ReportState.ACCEPTED)
        .where(report.c.quote_start.is_not(None), document.c.content_hash.is_not(None))
        .order_by(report.c.id.desc())
        .limit(1)
    )
    found = rows(session, statement)
    return Marked(**found[0]) if found else None
