"""What was written about whatever a reader follows, change by change, the newest first.

A change is all that one transaction wrote. Its entries come from the history, which nothing is ever removed from; what
is told of them is read from the records as they were then, so that what was told once stays what it was.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import configure_mappers
from sqlmodel import Session

from provenance.storage.reads.entries_seen import visible
from provenance.storage.reads.hooks import claims_told
from provenance.storage.reads.picture import claims_concerned
from provenance.storage.reads.rows import (
    TABLES,
    Condition,
    asked_for,
    attribution,
    claim,
    correction,
    document,
    event,
    figure,
    held,
    own_correction,
    report,
    review,
    ruling,
    source,
    tie,
)
from provenance.storage.reads.visibility import visibility_epoch
from provenance.storage.record import Instant
from provenance.storage.tables import FACTS
from provenance.storage.writes.concerns import Concerned

history = TABLES["history"]
MODELS = {str(table.__tablename__): table for table in FACTS}
# What says something of one claim itself.
OF_CLAIM = (report, attribution, figure, correction, ruling, review, own_correction)
CORRECTIONS = (correction.name, own_correction.name)
TOLD = (report.name, correction.name, ruling.name, review.name, own_correction.name, claim.name)


class Done(StrEnum):
    """What a change did to a record, as somebody sees it who is told of nothing that is only proposed."""

    RECORDED = "recorded"
    CHANGED = "changed"
    LET_GO = "let go"


@dataclass(frozen=True, slots=True)
class Written:
    """One record that a change wrote, by its table and public id; who did what to it, and why."""

    noun: str
    public_id: str
    done: Done
    who: str
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody follows: which entries make a change worth looking at, which of them are told of, and whose flags.

    ``claims`` None: those of any claim.
    """

    changes: Condition
    told: Condition
    label: str
    claims: frozenset[int] | None = None


def of_claim(session: Session, public_id: str) -> Scope:
    """All that bears on one claim; raises :class:`NotFound`, or :class:`Moved` if it was merged into another."""
    row = asked_for(session, claim, public_id)
    return Scope(*_about(sa.select(claim.c.id).where(claim.c.id == row["id"])), row["text"], frozenset({row["id"]}))


def of_event(session: Session, public_id: str) -> Scope:
    """All that bears on the claims of an event; raises :class:`NotFound`."""
    row = asked_for(session, event, public_id)
    claims = sa.select(claim.c.id).where(claim.c.event_id == row["id"])
    return Scope(*_about(claims), row["title"], frozenset(session.scalars(claims.where(held(claim)))))


def of_source(session: Session, public_id: str) -> Scope:
    """What a source published or is named in, and what corrects it; raises :class:`NotFound`."""
    row = asked_for(session, source, public_id)
    named = sa.or_(attribution.c.upstream_id == row["id"], attribution.c.downstream_id == row["id"])
    of_reports = sa.select(attribution.c.report_id).where(named)
    published = sa.select(document.c.id).where(document.c.publisher_id == row["id"])
    parts = [
        sa.select(report.c.public_id).where(sa.or_(report.c.id.in_(of_reports), report.c.document_id.in_(published))),
        sa.select(correction.c.public_id).where(
            sa.or_(
                correction.c.by_id == row["id"],
                correction.c.upstream_id == row["id"],
                correction.c.downstream_id == row["id"],
                correction.c.target_document_id.in_(published),
                correction.c.attribution_id.in_(sa.select(attribution.c.id).where(named)),
            )
        ),
    ]
    own = history.c.public_id.in_(sa.union(*parts))
    return Scope(own, own, row["name"], frozenset())


def of_corrections() -> Scope:
    """Every correction, of others and of our own."""
    corrections = history.c.noun.in_(CORRECTIONS)
    return Scope(corrections, corrections, "Corrections", frozenset())


def of_everything() -> Scope:
    """All that any flag may depend on."""
    return Scope(history.c.noun.in_(sorted(CONCERNING)), sa.false(), "Flags")


# What no flag depends on: the desk's own work, and what machines propose.
CONCERNING = MODELS.keys() - {
    *("desk_item", "desk_note", "contact", "watch", "own_correction", "hook", "decision", "archived_copy"),
    *("review_page", "merge"),
}


def changes_of(session: Session, scope: Scope, until: datetime | None, most: int) -> list[datetime]:
    """The stamps of the newest changes that bear on what is followed, up to and with ``until``."""
    statement = sa.select(history.c.at).where(scope.changes).distinct().order_by(history.c.at.desc()).limit(most)
    return list(session.scalars(statement if until is None else statement.where(history.c.at <= until)))


def newest_change(session: Session, scope: Scope, until: datetime | None) -> datetime:
    """The stamp of the newest change that bears on what is followed, up to and with ``until``; else the year 1970."""
    return next(iter(changes_of(session, scope, until, 1)), datetime.fromtimestamp(0, UTC))


def last_shown_otherwise(session: Session) -> datetime:
    """When anybody began to see less or more than before; at the latest when this process first looked, and 1970 if
    nothing was ever written.
    """
    entry = sa.select(history.c.at).where(history.c.id == abs(visibility_epoch(session)))
    return session.scalar(entry) or datetime.fromtimestamp(0, UTC)


def told_of(session: Session, at: datetime, scope: Scope, nouns: Collection[str]) -> list[Written]:
    """The records among these kinds that a change wrote and everybody may see, the last one written first."""
    if not nouns:
        return []
    sides = [
        sa.case((side.is_not(None), sa.func.coalesce(side["state"].as_string(), ACCEPTED))).label(name)
        for name, side in (("was", history.c.before), ("became", history.c.after))
    ]
    statement = (
        sa.select(*(history.c[name] for name in ("noun", "public_id", "who", "why")), *sides)
        .where(history.c.at == at, history.c.noun.in_(nouns), visible(), scope.told)
        .order_by(history.c.id.desc())
    )
    found = [(row, _done(row.was == ACCEPTED, row.became == ACCEPTED)) for row in session.execute(statement)]
    return [Written(row.noun, row.public_id, done, row.who, row.why) for row, done in found if done is not None]


# What has no state counts as soon as it is written.
ACCEPTED = "accepted"


def _done(counted: bool, counts: bool) -> Done | None:
    match counted, counts:
        case False, True:
            return Done.RECORDED
        case True, True:
            return Done.CHANGED
        case True, False:
            return Done.LET_GO
        case _:
            return None


def recorded_at(session: Session, public_id: str) -> datetime | None:
    """When anything was first written about a record."""
    began = sa.select(sa.func.min(history.c.at, type_=Instant)).where(history.c.public_id == public_id)
    found: datetime | None = session.scalar(began)
    return found


def claims_touched(session: Session, at: datetime) -> frozenset[int]:
    """The claims whose flags a change may have touched."""
    direct, wider = claims_concerned(session, _concerned(session, at))
    return frozenset(direct | wider)


def claims_seen(session: Session, claims: Collection[int]) -> list[int]:
    """Those of these claims that everybody may see now."""
    wanted = sorted(claims)
    portions = (wanted[start : start + AT_ONCE] for start in range(0, len(wanted), AT_ONCE))
    return [told.key for some in portions for told in claims_told(session, some)]


def keys_held(session: Session, claims: Collection[int]) -> list[int]:
    """Those of these claims that are held at the moment that the session sees, whoever may see them."""
    statement = sa.select(claim.c.id).where(claim.c.id.in_(claims), claim.c.recorded_to.is_(None))
    return list(session.scalars(statement.where(claim.c.version_of.is_(None)).order_by(claim.c.id)))


def keys_of(session: Session, table: sa.Table, public_ids: Collection[str]) -> dict[str, int]:
    """The keys of those of these records that hold now and that everybody may see, by their public ids."""
    statement = sa.select(table.c.public_id, table.c.id).where(table.c.public_id.in_(public_ids), held(table))
    return {row.public_id: row.id for row in session.execute(statement)}


def _concerned(session: Session, at: datetime) -> Concerned:
    """What a change concerned, as its writer noted it then."""
    concerned = Concerned()
    said = (history.c.noun, history.c.public_id, history.c.before, history.c.after)
    entries = session.execute(sa.select(*said).where(history.c.at == at, history.c.noun.in_(sorted(CONCERNING)))).all()
    keys = {
        noun: _lasting(session, TABLES[noun], [entry.public_id for entry in entries if entry.noun == noun])
        for noun in {entry.noun for entry in entries}
    }
    for entry in entries:
        for values in filter(None, (entry.before, entry.after)):
            key = keys[entry.noun].get(entry.public_id)
            concerned.add(MODELS[entry.noun].model_construct(**{**_EMPTY[entry.noun], **values, "id": key}))
    return concerned


# Rows are made from entries below, which the classes are not ready for before the first question is asked of one.
configure_mappers()
# An entry may be older than a column.
_EMPTY: dict[str, dict[str, Any]] = {name: dict.fromkeys(model.model_fields) for name, model in MODELS.items()}


def _lasting(session: Session, table: sa.Table, public_ids: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(public_ids), AT_ONCE):
        some = public_ids[start : start + AT_ONCE]
        statement = sa.select(table.c.public_id, table.c.id).where(
            table.c.public_id.in_(some), table.c.version_of.is_(None)
        )
        found |= {row.public_id: row.id for row in session.execute(statement)}
    return found


AT_ONCE = 500


def _about(claims: sa.Select[Any]) -> tuple[Condition, Condition]:
    """The entries that bear on some claims, those of whom and of what they are made too; and those of their own."""
    tallies = sa.select(claim.c.tally_id).where(claim.c.id.in_(claims), claim.c.tally_id.is_not(None))
    family = sa.select(claim.c.id).where(claim.c.tally_id.in_(tallies))
    documents = sa.select(report.c.document_id).where(report.c.claim_id.in_(claims))
    hops = sa.select(attribution.c.id).where(attribution.c.claim_id.in_(claims))
    ends = [
        sa.select(column).where(attribution.c.claim_id.in_(claims))
        for column in (attribution.c.upstream_id, attribution.c.downstream_id)
    ]
    own = [
        *(sa.select(table.c.public_id).where(table.c.claim_id.in_(claims)) for table in OF_CLAIM),
        sa.select(correction.c.public_id).where(
            sa.or_(correction.c.target_document_id.in_(documents), correction.c.attribution_id.in_(hops))
        ),
        sa.select(ruling.c.public_id).where(ruling.c.attribution_id.in_(hops)),
        sa.select(claim.c.public_id).where(claim.c.id.in_(claims)),
    ]
    further = [
        *(sa.select(table.c.public_id).where(table.c.claim_id.in_(family)) for table in OF_CLAIM),
        sa.select(claim.c.public_id).where(claim.c.id.in_(family)),
        sa.select(document.c.public_id).where(document.c.id.in_(documents)),
        *(sa.select(tie.c.public_id).where(sa.or_(tie.c.source_id.in_(end), tie.c.other_id.in_(end))) for end in ends),
    ]
    return (
        history.c.public_id.in_(sa.union(*own, *further)),
        history.c.public_id.in_(sa.union(*own)),
    )
