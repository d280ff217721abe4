"""Writes the rows of a whole copy into an empty database, with their keys, and says which one it refuses and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.storage.kept import KEPT, KeptTable

AT_ONCE = 500
ENOUGH = 4_000_000  # bytes of lines that wait together at most, and one line more

Row = Mapping[str, Any]


class RowRefused(Exception):
    """The database does not take a row; ``line`` is where it stands, ``column`` the one at fault if that is known."""

    def __init__(self, line: int, table: str, column: str | None, why: str) -> None:
        super().__init__(why)
        self.line = line
        self.table = table
        self.column = column
        self.why = why


@dataclass
class Filling:
    """Rows on their way into an empty database, some hundred at a time.

    A row may refer to one of its own table that comes later: what it refers to is written when all are there.
    """

    session: Session
    _of: KeptTable | None = None
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _lines: list[int] = field(default_factory=list)
    _bytes: int = 0
    _later: list[tuple[KeptTable, int, str, int, int]] = field(default_factory=list)

    def add(self, kept: KeptTable, row: dict[str, Any], line: int, size: int) -> None:
        """Take one row, from a line of so many bytes; raises :class:`RowRefused`, for this one or one before."""
        if kept is not self._of or len(self._rows) >= AT_ONCE or self._bytes > ENOUGH:
            self._write()
            self._of = kept
        for column in kept.leads_to_itself:
            if row[column] is not None and row[column] > row["id"]:
                self._later.append((kept, row["id"], column, row[column], line))
                row[column] = None
        self._rows.append(row)
        self._lines.append(line)
        self._bytes += size

    def finish(self) -> None:
        """Write what is left, and let the database count on from the keys that are there; raises as `add` does."""
        self._write()
        for kept, key, column, value, line in self._later:
            self._lead(kept, key, column, value, line)
        if self.session.get_bind().dialect.name == "postgresql":
            for kept in filter(lambda one: one.has_own_keys, KEPT.values()):
                _count_on(self.session, kept)

    def _write(self) -> None:
        if self._of is None or not self._rows:
            return
        statement = sa.insert(self._of.table)
        try:
            with self.session.begin_nested():
                self.session.connection().execute(statement, self._rows)
        except sa.exc.DBAPIError:
            self._write_singly(self._of)
        self._rows, self._lines, self._bytes = [], [], 0

    def _write_singly(self, kept: KeptTable) -> None:
        for row, line in zip(self._rows, self._lines, strict=True):
            try:
                with self.session.begin_nested():
                    self.session.connection().execute(sa.insert(kept.table), [row])
            except sa.exc.DBAPIError as refused:
                column, why = _reason(self.session, kept, row) or (None, _first_line(refused))
                raise RowRefused(line, kept.name, column, why) from refused

    def _lead(self, kept: KeptTable, key: int, column: str, value: int, line: int) -> None:
        table = kept.table
        statement = sa.update(table).where(table.c.id == key).values({column: value})
        try:
            with self.session.begin_nested():
                self.session.connection().execute(statement)
        except sa.exc.DBAPIError as refused:
            why = f"{value} leads to no row of {table.name}"
            raise RowRefused(line, table.name, column, why) from refused


def _reason(session: Session, kept: KeptTable, row: Row) -> tuple[str | None, str] | None:
    """Which column is at fault and why, where it is a reference or an id; None: the database has its own reason."""
    return next(_faults(session, kept, row), None)


def _faults(session: Session, kept: KeptTable, row: Row) -> Iterator[tuple[str | None, str]]:
    table = kept.table
    for key in table.foreign_key_constraints:
        pairs = [(element.column, row[element.parent.name]) for element in key.elements]
        given = all(value is not None for _, value in pairs)
        if given and not _there(session, key.referred_table, pairs):
            columns = [element.parent.name for element in key.elements]
            # The first of several is the key itself; the others only repeat what that row says.
            yield columns[0], f"{_said(pairs)} leads to no row of {key.referred_table.name}"
    own = [(column, row[column.name]) for column in table.primary_key]
    if _there(session, table, own):
        yield own[0][0].name, f"there is a row with {_said(own)} already"
    if "public_id" in table.c and row["recorded_to"] is None:
        public_id = [(table.c.public_id, row["public_id"]), (table.c.recorded_to, None)]
        if _there(session, table, public_id):
            yield "public_id", f"another row holds under the id '{row['public_id']}' already"


def _there(session: Session, table: sa.Table, pairs: Sequence[tuple[sa.Column[Any], Any]]) -> bool:
    same = (column == value for column, value in pairs)
    return session.connection().execute(sa.select(sa.literal(1)).select_from(table).where(*same)).first() is not None


def _said(pairs: Sequence[tuple[sa.Column[Any], Any]]) -> str:
    return ", ".join(f"{column.name} {value}" for column, value in pairs)


def _first_line(error: sa.exc.DBAPIError) -> str:
    return f"the database refuses it: {str(error.orig).partition(chr(10))[0]}"


def _count_on(session: Session, kept: KeptTable) -> None:
    table = kept.table
    counter = sa.func.pg_get_serial_sequence(sa.func.quote_ident(table.name), "id")
    newest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
    session.connection().execute(sa.select(sa.func.setval(counter, newest)).where(newest.is_not(None)))
