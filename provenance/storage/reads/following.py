"""What was written about whatever a reader follows, change by change, the newest first.

A change is all that one transaction wrote. Its entries come from the history, which nothing is ever removed from; what
is told of them is read from the records as they are now, so that what holds no longer is told no more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.changes import visible
from provenance.storage.reads.hooks import ClaimTold, claims_told
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
from provenance.storage.tables import FACTS
from provenance.storage.writes.concerns import Concerned

history = TABLES["history"]
MODELS = {str(table.__tablename__): table for table in FACTS}
# What says something of one claim itself.
OF_CLAIM = (report, attribution, figure, correction, ruling, review, own_correction)
CORRECTIONS = (correction.name, own_correction.name)
TOLD = (report.name, correction.name, ruling.name, review.name, own_correction.name)


@dataclass(frozen=True, slots=True)
class Written:
    """One record that a change wrote, by its table and public id, and who did it."""

    noun: str
    public_id: str
    who: str
    first: bool


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


def newest_change(session: Session) -> tuple[int, datetime]:
    """The key and the stamp of the newest entry of the history; of an empty one, 0 and the year 1970."""
    newest = session.execute(sa.select(history.c.id, history.c.at).order_by(history.c.id.desc()).limit(1)).first()
    return (0, datetime.fromtimestamp(0, UTC)) if newest is None else (newest.id, newest.at)


def told_of(session: Session, at: datetime, scope: Scope, nouns: Collection[str]) -> list[Written]:
    """The records among these kinds that a change wrote and everybody may see, the last one written first."""
    if not nouns:
        return []
    columns = (history.c.noun, history.c.public_id, history.c.who, history.c.action, history.c.before)
    statement = (
        sa.select(*columns)
        .where(history.c.at == at, history.c.noun.in_(nouns), history.c.after.is_not(None), visible(), scope.told)
        .order_by(history.c.id.desc())
    )
    return [
        Written(row.noun, row.public_id, row.who, row.action == "created" or _was_proposed(row.before))
        for row in session.execute(statement)
    ]


def claims_of_change(session: Session, at: datetime, scope: Scope) -> list[ClaimTold]:
    """The claims that everybody may see and whose flags a change may have touched, of those that are followed."""
    if scope.claims is not None and len(scope.claims) <= 1:
        return claims_told(session, scope.claims)
    direct, wider = claims_concerned(session, _concerned(session, at))
    found = sorted(direct | wider if scope.claims is None else (direct | wider) & scope.claims)
    return [told for start in range(0, len(found), AT_ONCE) for told in claims_told(session, found[start:][:AT_ONCE])]


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


def _was_proposed(before: dict[str, Any] | None) -> bool:
    return before is not None and before.get("state") == "proposed"


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
    ]
    further = [
        *(sa.select(table.c.public_id).where(table.c.claim_id.in_(family)) for table in OF_CLAIM),
        sa.select(claim.c.public_id).where(sa.or_(claim.c.id.in_(claims), claim.c.id.in_(family))),
        sa.select(document.c.public_id).where(document.c.id.in_(documents)),
        *(sa.select(tie.c.public_id).where(sa.or_(tie.c.source_id.in_(end), tie.c.other_id.in_(end))) for end in ends),
    ]
    return (
        history.c.public_id.in_(sa.union(*own, *further)),
        history.c.public_id.in_(sa.union(*own)),
    )
