"""What a desk keeps about its own work, in lists and claim by claim.

Its rows are for those who work here, so they are read by a condition of their own; a claim that not everybody may see
is in no list here either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import who_asks
from provenance.answers import Page
from provenance.answers_desk import (
    ClaimDesk,
    ContactItem,
    DeskEntry,
    DeskStep,
    NoteItem,
    OwnCorrectionItem,
    WatchItem,
)
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked_desk import DeskAsked, OwnCorrectionsAsked, WatchesAsked
from provenance.storage.reads.belonging import open_to
from provenance.storage.reads.considering import turn_at
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import (
    TABLES,
    Condition,
    Found,
    asked_for,
    claim,
    contact,
    desk_item,
    desk_note,
    event,
    flag,
    instant,
    own_correction,
    referred,
    rows,
    seen,
    source,
    standing,
    tally,
    the_one,
    watch,
)
from provenance.vocabulary import Visibility

history = TABLES["history"]


def desk(session: Session, asked: DeskAsked) -> Page[DeskEntry]:
    """A page of the claims on the desk: six queries, and one for each id that a filter names."""
    conditions: list[Condition] = []
    if asked.state:
        conditions.append(desk_item.c.state.in_(asked.state))
    if asked.holder is not None:
        conditions.append(desk_item.c.holder == asked.holder)
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    if asked.watched_by is not None:
        watched = sa.select(watch.c.claim_id).where(watch.c.who == asked.watched_by, ours(watch))
        conditions.append(claim.c.id.in_(watched))
    statement = _entries().where(*conditions)
    found, following = turn_at(session, statement, asked, ORDERS, key="claim_key", among=None)
    return Page[DeskEntry](items=_answers(session, found), next=following)


def claim_desk(session: Session, public_id: str) -> ClaimDesk:
    """All that the desk keeps about one claim: seven queries.

    :raises NotFound: if there is no such claim; :class:`Moved` if it was merged into another.
    """
    row = asked_for(session, claim, public_id)
    key = row["id"]
    item = next(iter(rows(session, sa.select(desk_item).where(desk_item.c.claim_id == key, ours(desk_item)))), None)
    return ClaimDesk(
        claim=row["public_id"],
        claim_text=row["text"],
        state=item["state"] if item else None,
        holder=item["holder"] if item else None,
        due=item["due"] if item else None,
        notes=_notes(session, desk_note.c.claim_id == key),
        contacts=_contacts(session, contact.c.claim_id == key),
        watches=_watches(session, watch.c.claim_id == key),
        own_corrections=own_corrections_of(session, public_id),
        steps=_steps(session, key),
    )


def note_item(session: Session, public_id: str) -> NoteItem:
    """One note; raises :class:`NotFound`."""
    return the_one(_notes(session, desk_note.c.public_id == printable(public_id)), desk_note, public_id)


def contact_item(session: Session, public_id: str) -> ContactItem:
    """One entry of a contact log; raises :class:`NotFound`."""
    return the_one(_contacts(session, contact.c.public_id == printable(public_id)), contact, public_id)


def watches(session: Session, asked: WatchesAsked) -> Page[WatchItem]:
    """A page of the watch list: one query, and one for each id that a filter names."""
    conditions = [] if asked.who is None else [watch.c.who == asked.who]
    for name, table in WATCHED.items():
        if (wanted := getattr(asked, name)) is not None:
            conditions.append(watch.c[f"{name}_id"] == referred(session, table, wanted, name)["id"])
    found, following = turn(session, _watched().where(*conditions), asked, {"recorded": (watch.c.id,)})
    return Page[WatchItem](items=list(map(_watch, found)), next=following)


def watch_item(session: Session, public_id: str) -> WatchItem:
    """One watch; raises :class:`NotFound`."""
    return the_one(_watches(session, watch.c.public_id == printable(public_id)), watch, public_id)


def own_corrections(session: Session, asked: OwnCorrectionsAsked) -> Page[OwnCorrectionItem]:
    """A page of our own corrections, which are for everybody: one query, and one for each id that a filter names."""
    conditions: list[Condition] = []
    if asked.claim is not None:
        conditions.append(own_correction.c.claim_id == referred(session, claim, asked.claim, "claim")["id"])
    if asked.event is not None:
        conditions.append(claim.c.event_id == referred(session, event, asked.event, "event")["id"])
    orders: dict[str, Keys] = {
        "recorded": (own_correction.c.id,),
        "at": (own_correction.c.at, own_correction.c.id),
    }
    found, following = turn(session, _corrected().where(*conditions), asked, orders)
    return Page[OwnCorrectionItem](items=list(map(_own_correction, found)), next=following)


def own_corrections_of(session: Session, claim_id: str) -> list[OwnCorrectionItem]:
    """All our own corrections about a claim, oldest first."""
    statement = _corrected().where(claim.c.public_id == claim_id).order_by(own_correction.c.at, own_correction.c.id)
    return list(map(_own_correction, rows(session, statement)))


def own_correction_item(session: Session, public_id: str) -> OwnCorrectionItem:
    """One correction of ours; raises :class:`NotFound`."""
    key = asked_for(session, own_correction, public_id)["id"]
    found = rows(session, _corrected().where(own_correction.c.id == key))
    return the_one(list(map(_own_correction, found)), own_correction, public_id)


def ours(*of: sa.FromClause) -> Condition:
    """Whether the rows hold now and are for everybody or the desk; of what is for named people, those of who asks."""
    if who_asks().at_the_desk:
        return seen(*of)
    ours_too = (Visibility.PUBLIC, Visibility.DESK)
    return sa.and_(*(sa.and_(table.c.recorded_to.is_(None), table.c.visibility.in_(ours_too)) for table in of))


def printable(public_id: str) -> str:
    """The id, or one that no record has: PostgreSQL refuses to be asked for some that cannot exist (a NUL)."""
    return public_id if public_id.isascii() and public_id.isprintable() else ""


WATCHED = {"claim": claim, "event": event, "source": source, "tally": tally}
ORDERS: dict[str, Keys] = {
    "recorded": (desk_item.c.id,),
    "due": (desk_item.c.due, desk_item.c.id),
    "changed": (desk_item.c.recorded_from, desk_item.c.id),
}


def _entries() -> sa.Select[Any]:
    joined = (
        desk_item.join(claim, claim.c.id == desk_item.c.claim_id)
        .join(event, event.c.id == claim.c.event_id)
        .outerjoin(standing, standing.c.claim_id == claim.c.id)
    )
    return (
        sa.select(
            claim.c.id.label("claim_key"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            standing.c.status,
            standing.c.verdict,
            sa.func.coalesce(standing.c.documents, 0).label("documents"),
            *(desk_item.c[name] for name in ("state", "holder", "due")),
            desk_item.c.recorded_from.label("changed_at"),
        )
        .select_from(joined)
        .where(ours(desk_item), seen(claim, event))
    )


def _answers(session: Session, found: list[Found]) -> list[DeskEntry]:
    keys = [row["claim_key"] for row in found]
    contacts: dict[str, list[ContactItem]] = defaultdict(list)
    for one in _contacts(session, contact.c.claim_id.in_(keys)):
        contacts[one.claim].append(one)
    notes = _counted(session, desk_note, keys)
    corrections = _counted(session, own_correction, keys)
    watchers = _pairs(session, sa.select(watch.c.claim_id, watch.c.who).where(watch.c.claim_id.in_(keys), ours(watch)))
    flags = _pairs(session, sa.select(flag.c.claim_id, flag.c.rule).where(flag.c.claim_id.in_(keys)).distinct())
    return [
        DeskEntry(
            **{name: value for name, value in row.items() if name in DeskEntry.model_fields},
            flags=flags[row["claim_key"]],
            notes=notes[row["claim_key"]],
            contacts=len(contacts[row["claim"]]),
            last_contact=next(reversed(contacts[row["claim"]]), None),
            watchers=watchers[row["claim_key"]],
            own_corrections=corrections[row["claim_key"]],
        )
        for row in found
    ]


def _counted(session: Session, table: sa.Table, claims: Collection[int]) -> Counter[int]:
    counted = sa.select(table.c.claim_id, sa.func.count()).where(table.c.claim_id.in_(claims), ours(table))
    return Counter({row[0]: row[1] for row in session.execute(counted.group_by(table.c.claim_id))})


def _pairs(session: Session, statement: sa.Select[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in sorted(map(tuple, session.execute(statement))):
        found[key].append(value)
    return found


def _notes(session: Session, condition: Condition) -> list[NoteItem]:
    plain = (desk_note.c[name] for name in ("author", "at", "text", "recorded_from"))
    statement = (
        sa.select(desk_note.c.public_id.label("id"), claim.c.public_id.label("claim"), *plain)
        .select_from(desk_note.join(claim, claim.c.id == desk_note.c.claim_id))
        .where(ours(desk_note), seen(claim), condition)
        .order_by(desk_note.c.at, desk_note.c.id)
    )
    return [NoteItem(**row) for row in rows(session, statement)]


def _contacts(session: Session, condition: Condition) -> list[ContactItem]:
    plain = ("asked", "how", "at", "outcome", "words", "author", "recorded_from")
    named = contact.join(claim, claim.c.id == contact.c.claim_id).outerjoin(
        source, sa.and_(source.c.id == contact.c.source_id, seen(source))
    )
    statement = (
        sa.select(
            contact.c.public_id.label("id"),
            claim.c.public_id.label("claim"),
            source.c.name.label("source"),
            source.c.public_id.label("source_id"),
            *(contact.c[name] for name in plain),
        )
        .select_from(named)
        .where(ours(contact), seen(claim), condition)
        .order_by(contact.c.at, contact.c.id)
    )
    return [ContactItem(**row) for row in rows(session, statement)]


def _watches(session: Session, condition: Condition) -> list[WatchItem]:
    return list(map(_watch, rows(session, _watched().where(condition).order_by(watch.c.since, watch.c.id))))


LABELS = {"claim": claim.c.text, "event": event.c.title, "source": source.c.name, "tally": tally.c.title}


def _watched() -> sa.Select[Any]:
    joined: sa.FromClause = watch
    for name, table in WATCHED.items():
        joined = joined.outerjoin(table, sa.and_(table.c.id == watch.c[f"{name}_id"], seen(table)))
    watched = sa.or_(*(table.c.id.is_not(None) for table in WATCHED.values()))
    changed = sa.func.coalesce(*(table.c.recorded_from for table in WATCHED.values()))
    return (
        sa.select(
            watch.c.public_id.label("id"),
            watch.c.who,
            watch.c.since,
            instant(changed).label("changed_at"),
            *(table.c.public_id.label(name) for name, table in WATCHED.items()),
            sa.func.coalesce(*LABELS.values()).label("label"),
        )
        .select_from(joined)
        .where(ours(watch), watched)
    )


def _watch(row: Found) -> WatchItem:
    [noun] = [name for name in WATCHED if row[name] is not None]
    plain = {name: row[name] for name in ("id", "who", "since", "label", "changed_at")}
    return WatchItem(**plain, noun=noun, watched=row[noun])


def _corrected() -> sa.Select[Any]:
    joined = own_correction.join(claim, claim.c.id == own_correction.c.claim_id).join(
        event, event.c.id == claim.c.event_id
    )
    return (
        sa.select(
            own_correction.c.public_id.label("id"),
            claim.c.public_id.label("claim"),
            claim.c.text.label("claim_text"),
            event.c.public_id.label("event"),
            event.c.title.label("event_title"),
            *(own_correction.c[name] for name in ("at", "said", "says", "why", "author", "recorded_from")),
        )
        .select_from(joined)
        .where(seen(own_correction, claim, event))
    )


def _own_correction(row: Found) -> OwnCorrectionItem:
    return OwnCorrectionItem(**{name: row[name] for name in OwnCorrectionItem.model_fields})


def _steps(session: Session, claim_key: int) -> list[DeskStep]:
    """Who moved a claim on; of an item that a merge brought or that was taken off, too."""
    shown = open_to(who_asks(), desk_item) if who_asks().at_the_desk else desk_item.c.visibility != Visibility.NAMED
    items = sa.select(desk_item.c.public_id).where(desk_item.c.claim_id == claim_key, shown)
    entries = sa.select(history.c.at, history.c.who, history.c.why, history.c.after).where(
        history.c.public_id.in_(list(session.scalars(items.distinct()))), history.c.noun == "desk_item"
    )
    if (known_at := moment_of(session).known_at) is not None:
        entries = entries.where(history.c.at <= known_at)
    return list(map(_step, rows(session, entries.order_by(history.c.id))))


def _step(row: Found) -> DeskStep:
    after = row["after"] or {}
    said = {name: after.get(name) for name in ("state", "holder", "due")}
    return DeskStep(at=row["at"], who=row["who"], why=row["why"], **said)
