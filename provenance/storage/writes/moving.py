"""Moves rows from one record to another, and back to where a merge took them from.

What refers to a record is read from the tables themselves, so that a merge forgets no table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.desk import DeskItem, Watch
from provenance.storage.document import DocumentRelation
from provenance.storage.figure import Figure
from provenance.storage.record import PREFIXES, Record
from provenance.storage.references import MODELS, REFERRERS
from provenance.storage.report import Attribution, Report
from provenance.storage.source import SourceName, Tie
from provenance.storage.writes.writer import Writer, said
from provenance.vocabulary import Mergeable, NameKind

R = TypeVar("R", bound=Record)
AT_ONCE = 500

# What makes a row the same statement as another: two that would become the same are kept once.
SAME: Mapping[type[Record], tuple[str, ...]] = {
    Attribution: ("report_id", "upstream_id", "downstream_id"),
    SourceName: ("source_id", "name"),
    Tie: ("source_id", "kind", "other_id", "valid_from"),
    DocumentRelation: ("document_id", "kind", "of_source_id"),
    DeskItem: ("claim_id",),
    Watch: ("who", "claim_id", "event_id", "source_id", "tally_id"),
}
# The two ends of what joins two sources: a row whose ends become one says nothing any more.
ENDS: Mapping[type[Record], tuple[str, str]] = {
    Attribution: ("upstream_id", "downstream_id"),
    Tie: ("source_id", "other_id"),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows of each table were moved, let go because they said nothing any more, and taken back."""

    moved: Mapping[str, int]
    dropped: Mapping[str, int]
    restored: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a merge or a split did: the record that it happened to, and the one that went into it or came out of it.

    ``made`` says that the one that came out is new.
    """

    noun: Mergeable
    kept: str
    rows: Counts
    gone: str | None = None
    split_off: str | None = None
    made: bool = False


@dataclass(slots=True)
class Moves:
    """Rows that one hand moves, lets go and takes back in one transaction, so that it can be told which they were."""

    writer: Writer
    moved: list[Record] = field(default_factory=list)
    dropped: list[Record] = field(default_factory=list)
    restored: list[Record] = field(default_factory=list)

    def change(self, row: Record, values: Mapping[str, Any]) -> None:
        """Write new values, if they differ."""
        if any(getattr(row, name) != value for name, value in values.items()):
            self.moved.append(self.writer.change(row, values))

    def drop(self, row: Record) -> None:
        """Let a row hold no longer."""
        self.writer.retire(row)
        self.dropped.append(row)

    def restore(self, row: Record) -> None:
        """Let a row hold again."""
        self.writer.restore(row)
        self.restored.append(row)

    def take(self, old: Record, new: Record, only: Collection[type[Record]] | None = None) -> None:
        """Let everything that refers to one record refer to another; what would be said twice is kept once.

        ``only`` names the tables whose rows are meant, where not all are.
        """
        for table, columns in referring_columns(type(old)).items():
            if only is not None and table not in only:
                continue
            held = {_same(row, {}) for row in referring(self.writer.session, table, columns, new)}
            for row in referring(self.writer.session, table, columns, old):
                values = pointed(row, columns, old, new)
                if _joins_itself(row, values) or _same(row, values) in held - {None}:
                    self.drop(row)
                else:
                    held.add(_same(row, values))
                    self.change(row, values)
        self.settle()

    def settle(self) -> None:
        """Forget what the session holds of rows that the database itself moved along with their reports."""
        if any(isinstance(row, Report) for row in self.moved):
            for row in list(self.writer.session):
                if isinstance(row, Attribution | Figure):
                    self.writer.session.expire(row)

    @property
    def told(self) -> list[str]:
        """The public ids of all rows that were moved or let go."""
        return [row.public_id for row in (*self.moved, *self.dropped)]

    @property
    def counts(self) -> Counts:
        """How many rows that were."""
        return Counts(_counted(self.moved), _counted(self.dropped), _counted(self.restored))


def referring_columns(table: type[Record]) -> dict[type[Record], list[str]]:
    """By table, the columns that refer to records of this one; columns that merely repeat another row are none.

    >>> from provenance.storage.claim import Claim
    >>> {other.__name__: columns for other, columns in referring_columns(Claim).items()}["Correction"]
    ['claim_id', 'superseded_by_id']
    """
    found: dict[type[Record], list[str]] = {}
    for name, column in REFERRERS[str(table.__tablename__)]:
        if column not in MODELS[name].follows:
            found.setdefault(MODELS[name], []).append(column)
    return found


def referring(session: Session, table: type[R], columns: Sequence[str], record: Record) -> list[R]:
    """The rows of a table that refer to a record by one of these columns and hold now."""
    return current_rows(session, table, sa.or_(*(getattr(table, column) == record.key for column in columns)))


def current_rows(session: Session, table: type[R], *conditions: sa.ColumnElement[bool]) -> list[R]:
    """The rows of a table that meet these conditions and hold now."""
    statement = sa.select(table).where(*conditions, col(table.recorded_to).is_(None)).order_by(col(table.id))
    return list(session.execute(statement).scalars())


def pointed(row: Record, columns: Iterable[str], old: Record, new: Record) -> dict[str, Any]:
    """What a row has to say so that it refers to one record instead of another."""
    values: dict[str, Any] = {column: new.key for column in columns if getattr(row, column) == old.key}
    if isinstance(row, SourceName) and row.kind is NameKind.PRIMARY:
        # A source has one primary name; that of the other one is another name of it.
        values["kind"] = NameKind.ALIAS
    return values


@dataclass(frozen=True, slots=True)
class Before:
    """What a change wrote into a row that still says so, and what it said before."""

    row: Record
    values: Mapping[str, Any]
    was_retired: bool = False


def before(session: Session, public_ids: Sequence[str], at: datetime) -> Iterator[Before]:
    """For the rows with these ids, what to write so that the change made at an instant is taken back.

    A value that was changed again since stays, and so does a row that was retired since.
    """
    by_table: dict[type[Record], list[str]] = {}
    for public_id in public_ids:
        by_table.setdefault(_table_of(public_id), []).append(public_id)
    for table, some in by_table.items():
        for start in range(0, len(some), AT_ONCE):
            yield from _before(session, table, some[start : start + AT_ONCE], at)


def _before(session: Session, table: type[Record], public_ids: Collection[str], at: datetime) -> Iterator[Before]:
    lasting = sa.select(table).where(col(table.public_id).in_(public_ids), col(table.version_of).is_(None))
    rows = {row.key: row for row in session.execute(lasting.order_by(col(table.id))).scalars()}
    states = sa.select(table).where(
        col(table.version_of).in_(rows), sa.or_(col(table.recorded_to) == at, col(table.recorded_from) == at)
    )
    earlier: dict[int, Record] = {}
    later: dict[int, Record] = {}
    for state in session.execute(states.order_by(col(table.id))).scalars():
        found = earlier if state.recorded_from < at else later
        found.setdefault(state.version_of or 0, state)
    for key, row in rows.items():
        if row.recorded_to == at:
            yield Before(row, {}, was_retired=True)
        elif row.recorded_to is None and key in earlier:
            yield Before(row, _unchanged_since(row, earlier[key], later.get(key, row)))


def _unchanged_since(row: Record, earlier: Record, later: Record) -> dict[str, Any]:
    return {
        name: getattr(earlier, name)
        for name in said(row)
        if getattr(earlier, name) != getattr(later, name) and getattr(row, name) == getattr(later, name)
    }


def _same(row: Record, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    columns = SAME.get(type(row))
    if columns is None or (isinstance(row, DocumentRelation) and row.of_source_id is None):
        return None
    return tuple(values.get(column, getattr(row, column)) for column in columns)


def _joins_itself(row: Record, values: Mapping[str, Any]) -> bool:
    if type(row) not in ENDS:
        return False
    one, other = (values.get(column, getattr(row, column)) for column in ENDS[type(row)])
    return bool(one == other)


def _table_of(public_id: str) -> type[Record]:
    prefix = public_id.partition("_")[0]
    return next(MODELS[name] for name, known in PREFIXES.items() if known == prefix)


def _counted(rows: Iterable[Record]) -> dict[str, int]:
    return dict(Counter(str(row.__tablename__) for row in rows))
