"""Keeps many rows at what one hand says of them: writes what is new or different, leaves what another hand has edited,
and retires what the hand no longer says.

A story is loaded with it: loading twice changes nothing, and loading does not undo what somebody has corrected since,
nor bring back a name that was taken out of everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.history import History
from provenance.storage.reads.redactions import redacted_records
from provenance.storage.record import Record
from provenance.storage.writes.writer import Writer

R = TypeVar("R", bound=Record)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows of a table were new, different, as before, edited by another hand, or no longer said."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left: int = 0
    retired: int = 0

    def __add__(self, other: Kept) -> Kept:
        names = self.__slots__
        return Kept(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def written(self) -> int:
        """How many rows were written."""
        return self.created + self.changed + self.retired


@dataclass
class Keeper:
    """One hand that says what rows hold; ``rows`` are those of its rows that hold now, by public id."""

    writer: Writer
    rows: dict[str, Record] = field(default_factory=dict)
    written: list[Record] = field(default_factory=list)

    def keep(self, table: type[R], wanted: Mapping[str, Mapping[str, Any]]) -> Kept:
        """Bring the rows with these public ids to these values."""
        held = {row.public_id: row for row in _current(self.writer.session, table, list(wanted))}
        edited = _edited(self.writer, list(wanted))
        # Changes come first, in the order wanted: a name may have to make room before another takes its place.
        changed = [one for one in wanted if one in held and one not in edited and self._change(held[one], wanted[one])]
        new = [public_id for public_id in wanted if public_id not in held and public_id not in edited]
        rows = [table(**wanted[public_id]) for public_id in new]
        self.writer.add_all(rows, new)
        self.written += rows
        self.rows |= held | dict(zip(new, rows, strict=True))
        left = len(edited)
        return Kept(len(new), len(changed), len(wanted) - len(new) - len(changed) - left, left)

    def lend(self, table: type[R], wanted: Mapping[str, Mapping[str, Any]], hand: str) -> Kept:
        """Write the rows that are missing in the name of another hand, whose rows they are; change none of them."""
        held = {row.public_id: row for row in _current(self.writer.session, table, list(wanted))}
        known = _edited(self.writer, list(wanted)) | held.keys()
        missing = [public_id for public_id in wanted if public_id not in known]
        rows = [table(**wanted[public_id]) for public_id in missing]
        own, self.writer.who = self.writer.who, hand
        try:
            self.writer.add_all(rows, missing)
        finally:
            self.writer.who = own
        self.written += rows
        self.rows |= held | dict(zip(missing, rows, strict=True))
        return Kept(created=len(missing), unchanged=len(held), left=len(wanted) - len(missing) - len(held))

    def held(self, table: type[R], public_ids: Sequence[str]) -> Iterator[R]:
        """The rows that hold now under these public ids."""
        return _current(self.writer.session, table, public_ids)

    def retire_others(self, table: type[Record], wanted: Collection[str]) -> Kept:
        """Retire the rows that this hand wrote once, that nobody else has edited, and that it no longer says."""
        statement = sa.select(col(History.public_id)).where(
            col(History.who) == self.writer.who,
            col(History.action) == "created",
            col(History.noun) == table.__tablename__,
        )
        gone = [public_id for public_id in self.writer.session.scalars(statement) if public_id not in wanted]
        edited = _edited(self.writer, gone)
        rows = [row for row in _current(self.writer.session, table, gone) if row.public_id not in edited]
        for row in rows:
            self.writer.retire(row)
        return Kept(retired=len(rows))

    def _change(self, row: Record, values: Mapping[str, Any]) -> bool:
        if all(getattr(row, name) == value for name, value in values.items()):
            return False
        self.written.append(self.writer.change(row, values))
        return True


def refresh_statistics(session: Session) -> None:
    """Let the database look at its tables again after a bulk load: plans made without are hundreds of times slower."""
    session.execute(sa.text("ANALYZE"))


def _current(session: Session, table: type[R], public_ids: Sequence[str]) -> Iterator[R]:
    for some in _portions(public_ids):
        statement = sa.select(table).where(col(table.public_id).in_(some), col(table.recorded_to).is_(None))
        yield from session.execute(statement).scalars()


def _edited(writer: Writer, public_ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in _portions(public_ids):
        statement = sa.select(col(History.public_id)).where(
            col(History.public_id).in_(some), col(History.who) != writer.who
        )
        found.update(writer.session.scalars(statement))
    # From some of them a name was taken out: the hand still says it, and must not bring it back.
    return found | redacted_records(writer.session, public_ids)


def _portions(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
