"""The one way by which facts are written.

Each change keeps what was, is sealed into the history, and is remembered so that whatever is derived from it can be
brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.history import FIRST, History, seal
from provenance.storage.record import Record, new_public_id, now
from provenance.storage.writes.concerns import Concerned

R = TypeVar("R", bound=Record)

BOOKKEEPING = frozenset({"id", "public_id", "recorded_from", "recorded_to", "version_of"})


@dataclass(slots=True)
class Writer:
    """Writes facts in one transaction, for somebody, for a reason.

    ``concerned`` collects what the written rows concern, so that what depends on them can be found afterwards.
    """

    session: Session
    who: str
    why: str | None = None
    at: datetime = field(default_factory=now)
    concerned: Concerned = field(default_factory=Concerned)
    _last_hash: str | None = None

    def add(self, row: R, public_id: str | None = None) -> R:
        """Write one new row and give it its public id."""
        self.add_all([row], [public_id or new_public_id(row.__tablename__)])  # type: ignore[arg-type]
        return row

    def add_all(self, rows: Iterable[Record], public_ids: Iterable[str]) -> None:
        """Write many new rows of one table at once; each becomes one entry of the history."""
        written = list(rows)
        for row, public_id in zip(written, public_ids, strict=True):
            row.public_id = public_id
            row.recorded_from = self.at
        self.session.add_all(written)
        self.session.flush()
        for row in written:
            self._record("created", row, None, said(row))
            self.concerned.add(row)

    def change(self, row: R, values: Mapping[str, Any]) -> R:
        """Write new values into a row, keeping a copy of what it said; nothing happens if they are the same."""
        before = said(row)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return row
        self.concerned.add(row)
        self._keep(row)
        for name, value in changed.items():
            setattr(row, name, value)
        row.recorded_from = self.at
        self.session.flush()
        self._record("changed", row, before, said(row))
        self.concerned.add(row)
        return row

    def retire(self, row: Record) -> None:
        """Let a row hold no longer; it stays in its table."""
        row.recorded_to = max(self.at, row.recorded_from)
        self.session.flush()
        self._record("retired", row, said(row), None)
        self.concerned.add(row)

    def _keep(self, row: Record) -> None:
        table = type(row)
        earlier = table(**{name: getattr(row, name) for name in table.model_fields if name != "id"})
        earlier.version_of, earlier.recorded_to = row.id, self.at
        self.session.add(earlier)
        self.session.flush()

    def _record(self, action: str, row: Record, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        previous = self._last_hash or self._newest_hash()
        noun = str(row.__tablename__)
        sealed = seal(previous, self.at, self.who, self.why, action, noun, row.public_id, before, after)
        entry = History(
            at=self.at,
            who=self.who,
            why=self.why,
            action=action,
            noun=noun,
            public_id=row.public_id,
            before=before,
            after=after,
            previous=previous,
            hash=sealed,
        )
        self.session.add(entry)
        self._last_hash = sealed

    def _newest_hash(self) -> str:
        # One writer at a time may lengthen the chain; SQLite's write lock does the same without being asked.
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('provenance.history'))"))
        newest = self.session.scalar(sa.select(col(History.hash)).order_by(col(History.id).desc()).limit(1))
        return newest or FIRST


def said(row: Record) -> dict[str, Any]:
    """What a row says, in the plain values of JSON, without the bookkeeping."""
    return {name: plain(getattr(row, name)) for name in type(row).model_fields if name not in BOOKKEEPING}


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case _:
            return value
