"""Replays the history against the records: what each row says, said and since when must be what its entries tell.

The seals prove the entries to each other; this proves the records to the entries, and the newest entries to somebody
at all. So a record that was edited, removed or slipped in past the program is noticed, and so are entries that were cut
off at the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.reads.rows import TABLES
from provenance.storage.reads.stored import same, stored
from provenance.storage.record import Record
from provenance.storage.tables import FACTS
from provenance.storage.writes.writer import BOOKKEEPING
from provenance.vocabulary import Term

AT_ONCE = 500
MIGRATION = "migration"  # who writes entries for rows that were there before their table had a history

history = TABLES["history"]


class Trouble(Term):
    """How a record and its history do not agree."""

    NO_ENTRY = "no_entry", "The record is there, and no entry tells of it."
    NO_RECORD = "no_record", "An entry tells of the record, and it is not there."
    OTHER_VALUE = "other_value", "The record says something else than its newest entry."
    OTHER_TIME = "other_time", "The record holds since or until another moment than its entries tell."
    OTHER_PAST = "other_past", "An earlier state of the record is not what its entries tell, or is missing or added."
    GAP = "gap", "An entry begins with something else than the one before ended with, so one between is missing."
    UNFOLLOWED = "unfollowed", "A column that only repeats another record's does not."


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place where a record and its history do not agree."""

    trouble: Trouble
    noun: str
    record: str
    field: str | None
    entry: int | None
    what: str


@dataclass(frozen=True, slots=True)
class _State:
    """What a record said over some time, as its entries tell; ``until`` is None while it holds."""

    said: Mapping[str, Any]
    since: datetime
    until: datetime | None
    entry: int
    timed: bool


def mismatches(session: Session, progress: Callable[[int, int], None] | None = None) -> Iterator[Mismatch]:
    """Every place where the records and the history do not agree; ``progress`` hears how many records of how many.

    Three queries for some hundred records, and three for each table.
    """
    totals = {str(model.__tablename__): _count(session, _table(model)) for model in FACTS}
    done, total = 0, sum(totals.values())
    for model in FACTS:
        yield from _missing(session, _table(model))
        yield from _unfollowed(session, model)
        for found, number in _replayed(session, model):
            yield from found
            done += number
            if progress is not None:
                progress(done, total)


def records_held(session: Session) -> int:
    """How many records there are, whether they hold or not."""
    return sum(_count(session, _table(model)) for model in FACTS)


def _replayed(session: Session, model: type[Record]) -> Iterator[tuple[list[Mismatch], int]]:
    table, after = _table(model), 0
    columns = [stored(column).label(column.name) for column in table.c]
    while True:
        own = sa.select(*columns).where(table.c.version_of.is_(None), table.c.id > after)
        rows = session.execute(own.order_by(table.c.id).limit(AT_ONCE)).all()
        if not rows:
            return
        after = rows[-1].id
        earlier: dict[int, list[sa.Row[Any]]] = defaultdict(list)
        states = sa.select(*columns).where(table.c.version_of.in_([row.id for row in rows]))
        for state in session.execute(states.order_by(table.c.id)):
            earlier[state.version_of].append(state)
        told = _told(session, table, [row.public_id for row in rows])
        found = [one for row in rows for one in _compared(model, row, earlier[row.id], told.get(row.public_id, []))]
        yield found, len(rows)


def _told(session: Session, table: sa.Table, public_ids: Sequence[str]) -> dict[str, list[sa.Row[Any]]]:
    names = ("id", "at", "who", "action", "public_id", "before", "after")
    statement = sa.select(*(stored(history.c[name]).label(name) for name in names))
    about = sa.and_(history.c.public_id.in_(public_ids), history.c.noun == table.name)
    told: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    for entry in session.execute(statement.where(about).order_by(history.c.id)):
        told[entry.public_id].append(entry)
    return told


def _compared(
    model: type[Record], row: sa.Row[Any], earlier: Sequence[sa.Row[Any]], entries: Sequence[sa.Row[Any]]
) -> Iterator[Mismatch]:
    noun = _table(model).name
    if not entries:
        what = f"The {_spoken(noun)} '{row.public_id}' is there, and no entry of the history tells of it."
        yield Mismatch(Trouble.NO_ENTRY, noun, row.public_id, None, None, what)
        return
    past, now, gaps = _lived(model, row.public_id, entries)
    yield from gaps
    if now is not None:
        yield from _compared_state(model, row, now)
    for told, state in zip_longest(past, earlier):
        yield from _compared_past(model, row.public_id, told, state)


def _lived(
    model: type[Record], public_id: str, entries: Sequence[sa.Row[Any]]
) -> tuple[list[_State], _State | None, list[Mismatch]]:
    """The earlier states of a record and its newest one as the entries tell, and where they do not fit together."""
    noun, past, gaps = _table(model).name, list[_State](), list[Mismatch]()
    now: _State | None = None
    for entry in entries:
        if not _readable(entry):
            continue  # its seal does not fit, which is told there
        if now is not None and entry.before is not None:
            for name in _differing(model, entry.before, now.said):
                what = (
                    f"Entry {entry.id} says that `{name}` of the {_spoken(noun)} '{public_id}' was something else than "
                    f"entry {now.entry} had made it."
                )
                gaps.append(Mismatch(Trouble.GAP, noun, public_id, name, entry.id, what))
        timed = entry.who != MIGRATION
        match entry.action, now:
            case "retired", _:
                held = now or _State(entry.before or {}, entry.at, None, entry.id, False)
                now = _State(held.said, held.since, entry.at, entry.id, held.timed and timed)
            case (("changed" | "restored"), _State()):
                until = entry.at if now.until is None else now.until
                past.append(_State(now.said, now.since, until, now.entry, now.timed))
                now = _State(entry.after or {}, entry.at, None, entry.id, timed)
            case _:
                now = _State(entry.after or {}, entry.at, None, entry.id, timed)
    return past, now, gaps


def _readable(entry: sa.Row[Any]) -> bool:
    said = all(side is None or isinstance(side, dict) for side in (entry.before, entry.after))
    return said and isinstance(entry.at, datetime)


def _compared_state(model: type[Record], row: sa.Row[Any], told: _State) -> Iterator[Mismatch]:
    noun = _table(model).name
    named = f"the {_spoken(noun)} '{row.public_id}'"
    for name in _unlike(model, told.said, row):
        what = f"`{name}` of {named} is not what its newest entry, {told.entry}, says."
        yield Mismatch(Trouble.OTHER_VALUE, noun, row.public_id, name, told.entry, what)
    if (row.recorded_to is None) != (told.until is None):
        holds = "holds" if row.recorded_to is None else "holds no longer"
        what = f"{named[0].upper()}{named[1:]} {holds}, and its newest entry, {told.entry}, says otherwise."
        yield Mismatch(Trouble.OTHER_TIME, noun, row.public_id, "recorded_to", told.entry, what)
        return
    for name, at in (("recorded_from", told.since), ("recorded_to", told.until)):
        if told.timed and getattr(row, name) != at:
            what = f"`{name}` of {named} is not the moment that its entries tell."
            yield Mismatch(Trouble.OTHER_TIME, noun, row.public_id, name, told.entry, what)


def _compared_past(
    model: type[Record], public_id: str, told: _State | None, state: sa.Row[Any] | None
) -> Iterator[Mismatch]:
    noun = _table(model).name
    named = f"the {_spoken(noun)} '{public_id}'"
    if told is None or state is None:
        what = (
            f"An earlier state of {named} is there, and no entry tells of it."
            if told is None
            else f"What {named} said from entry {told.entry} on is not there any more."
        )
        yield Mismatch(Trouble.OTHER_PAST, noun, public_id, None, told.entry if told else None, what)
        return
    fields = [*_unlike(model, told.said, state)]
    if state.public_id != public_id:
        fields.append("public_id")
    if told.timed:
        times = (("recorded_from", told.since), ("recorded_to", told.until))
        fields += [name for name, at in times if getattr(state, name) != at]
    for name in fields:
        what = f"`{name}` of an earlier state of {named} is not what entry {told.entry} says."
        yield Mismatch(Trouble.OTHER_PAST, noun, public_id, name, told.entry, what)


def _unlike(model: type[Record], told: Mapping[str, Any], row: sa.Row[Any]) -> Iterator[str]:
    # What an entry does not mention, because the column came later, is not known and not compared.
    for name in _compared_names(model):
        if name in told and not same(_table(model).c[name].type, told[name], getattr(row, name)):
            yield name


def _differing(model: type[Record], before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name in _compared_names(model):
        if name in before and name in now and not same(_table(model).c[name].type, before[name], now[name]):
            yield name


def _compared_names(model: type[Record]) -> list[str]:
    return [name for name in model.model_fields if name not in BOOKKEEPING | model.follows]


def _missing(session: Session, table: sa.Table) -> Iterator[Mismatch]:
    """Records of which entries tell, and which are not there."""
    told = sa.select(history.c.public_id).where(history.c.noun == table.name)
    there = sa.select(table.c.public_id).where(table.c.version_of.is_(None))
    for public_id in session.scalars(sa.except_(told, there)):
        what = f"Entries of the history tell of the {_spoken(table.name)} '{public_id}', and it is not there."
        yield Mismatch(Trouble.NO_RECORD, table.name, public_id, None, None, what)


# Which columns repeat which ones of the record that a row belongs to.
REPEATED: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "report": ("document", "document_id", ("text_length",)),
    "attribution": ("report", "report_id", ("claim_id", "text_length")),
    "figure": ("report", "report_id", ("claim_id", "text_length")),
}


def _unfollowed(session: Session, model: type[Record]) -> Iterator[Mismatch]:
    table = _table(model)
    if not model.follows:
        return
    whole, key, columns = REPEATED[table.name]
    other = TABLES[whole].alias("whole")
    for column in columns:
        statement = (
            sa.select(table.c.public_id)
            .join(other, other.c.id == table.c[key])
            .where(table.c[column] != other.c[column])
        )
        for public_id in session.scalars(statement):
            what = f"`{column}` of the {_spoken(table.name)} '{public_id}' is not that of its {whole}."
            yield Mismatch(Trouble.UNFOLLOWED, table.name, public_id, column, None, what)


def _count(session: Session, table: sa.Table) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(table).where(table.c.version_of.is_(None))) or 0


def _table(model: type[Record]) -> sa.Table:
    return TABLES[str(model.__tablename__)]


def _spoken(noun: str) -> str:
    return noun.replace("_", " ")
