"""The one way by which facts are written.

Each change keeps what was, is sealed into the history, and is remembered so that whatever is derived from it can be
brought up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from secrets import token_hex
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import narrowed_to, who_asks
from provenance.errors import InvalidInput
from provenance.storage.access import Audience, Redaction
from provenance.storage.history import FIRST, History, seal
from provenance.storage.merge import Merge
from provenance.storage.record import Record, clock, new_public_id
from provenance.storage.texts import check_storable
from provenance.storage.writes.auditing import tell_of_visibility
from provenance.storage.writes.concerns import Concerned
from provenance.storage.writes.permitted import require_permitted
from provenance.vocabulary import Visibility

R = TypeVar("R", bound=Record)

LONGEST_NAME = 200  # of whoever writes
BOOKKEEPING = frozenset({"id", "public_id", "recorded_from", "recorded_to", "version_of"})


@dataclass(slots=True)
class Writer:
    """Writes facts in one transaction of :func:`~provenance.storage.session.writing`, for somebody, for a reason.

    ``at`` stamps all that it writes: now, and later than whatever was written before; no two transactions share one.
    ``concerned`` collects what the written rows concern, so that what depends on them can be found afterwards.
    """

    session: Session
    who: str
    why: str | None = None
    at: datetime = None  # type: ignore[assignment]
    concerned: Concerned = field(default_factory=Concerned)
    _last_hash: str | None = None

    def __post_init__(self) -> None:
        if not self.who.strip() or len(self.who) > LONGEST_NAME:
            raise InvalidInput(f"who: say who writes, in 1 to {LONGEST_NAME} characters.", field="who")
        _check_all({"who": self.who, "why": self.why})
        self.at = self._later_than_all(self.at or clock(self.session.connection()))

    def add(self, row: R, public_id: str | None = None) -> R:
        """Write one new row and give it its public id."""
        self.add_all([row], [public_id or new_public_id(row.__tablename__)])  # type: ignore[arg-type]
        return row

    def add_all(self, rows: Iterable[Record], public_ids: Iterable[str]) -> None:
        """Write many new rows of one table at once; each becomes one entry of the history."""
        written = list(rows)
        for row, public_id in zip(written, public_ids, strict=True):
            _check_all(said(row))
            row.public_id = public_id
            row.recorded_from = self.at
            _narrow(row)
            require_permitted(self.session, row)
        self.session.add_all(written)
        self.session.flush()
        for row in written:
            self._record("created", row, None, said(row))
            self.concerned.add(row)
        for row in written:
            if narrowed_to() is row.visibility is Visibility.NAMED:
                self.add(_mine(row))

    def change(self, row: R, values: Mapping[str, Any]) -> R:
        """Write new values into a row, keeping a copy of what it said; nothing happens if they are the same."""
        before = said(row)
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return row
        self.concerned.shown_otherwise |= "visibility" in changed
        _check_all(changed)
        require_permitted(self.session, row)
        self.concerned.add(row)
        self._keep(row, self.at)
        for name, value in changed.items():
            setattr(row, name, value)
        require_permitted(self.session, row)
        row.recorded_from = self.at
        self.session.flush()
        self._record("changed", row, before, said(row))
        self.concerned.add(row)
        return row

    def change_all(self, rows: Iterable[Record], values: Mapping[str, Any]) -> None:
        """As `change`, for the same values in many rows at once."""
        _check_all(values)
        differing = [row for row in rows if any(getattr(row, name) != value for name, value in values.items())]
        before = [said(row) for row in differing]
        for row in differing:
            require_permitted(self.session, row)
            self.concerned.add(row)
            self.session.add(_earlier(row, self.at))
        self.session.flush()
        for row in differing:
            for name, value in values.items():
                setattr(row, name, value)
            require_permitted(self.session, row)
            row.recorded_from = self.at
        self.session.flush()
        for row, was in zip(differing, before, strict=True):
            self._record("changed", row, was, said(row))
            self.concerned.add(row)

    def restore(self, row: Record) -> None:
        """Let a retired row hold again, as it was; the time in between stays a gap."""
        require_permitted(self.session, row)
        self.concerned.add(row)
        self._keep(row, row.recorded_to or self.at)
        row.recorded_from, row.recorded_to = self.at, None
        self.session.flush()
        self._record("restored", row, None, said(row))
        self.concerned.add(row)

    def retire(self, row: Record) -> None:
        """Let a row hold no longer; it stays in its table."""
        require_permitted(self.session, row)
        row.recorded_to = self.at
        self.session.flush()
        self._record("retired", row, said(row), None)
        self.concerned.add(row)

    def _keep(self, row: Record, until: datetime) -> None:
        self.session.add(_earlier(row, until))
        self.session.flush()

    def _record(self, action: str, row: Record, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
        tell_of_visibility(self.session, self.who, row.public_id, before, after)
        previous = self._last_hash or self._newest_hash()
        noun = str(row.__tablename__)
        salt = token_hex(16)
        sealed = seal(previous, self.at, self.who, self.why, action, noun, row.public_id, before, after, salt)
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
            salt=salt,
        )
        self.session.add(entry)
        self._last_hash = sealed

    def _later_than_all(self, at: datetime) -> datetime:
        # Whoever asks for what was held at a moment must get the same answer for ever, so nothing is ever written
        # with an earlier stamp than what is there, whatever the clocks say.
        newest = self.session.scalar(sa.select(col(History.at)).order_by(col(History.id).desc()).limit(1))
        return at if newest is None or newest < at else newest + timedelta(microseconds=1)

    def _newest_hash(self) -> str:
        newest = self.session.scalar(sa.select(col(History.hash)).order_by(col(History.id).desc()).limit(1))
        return newest or FIRST


def _narrow(row: Record) -> None:
    """Let a new record be seen by no more people than whoever adds it said."""
    wanted = narrowed_to()
    if wanted is not None and not isinstance(row, Merge | Audience | Redaction):
        row.visibility = max(row.visibility, wanted, key=list(Visibility).index)


def _mine(row: Record) -> Audience:
    return Audience(noun=str(row.__tablename__), record=row.public_id, person=who_asks().name)


def said(row: Record) -> dict[str, Any]:
    """What a row says itself, in the plain values of JSON, without the bookkeeping."""
    unsaid = BOOKKEEPING | row.follows
    return {name: plain(getattr(row, name)) for name in type(row).model_fields if name not in unsaid}


def _earlier(row: Record, until: datetime) -> Record:
    """A copy of what a row says, as a state that held until then."""
    table = type(row)
    earlier = table(**{name: getattr(row, name) for name in table.model_fields if name != "id"})
    earlier.version_of, earlier.recorded_to = row.id, until
    return earlier


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case _:
            return value


def _check_all(values: Mapping[str, Any]) -> None:
    # Also where they did not come through a form that checks them.
    for name, value in values.items():
        check_storable(value, name)
