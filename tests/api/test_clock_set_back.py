"""A clock that jumps backwards: stamps only grow, what was told stays told, and what was over stays over.

The machine's clock is set ahead by a day, something is done, and it is set back. PostgreSQL tells its own time, which
no test can set; there what is done in between is stamped a day ahead, which is what such a clock leaves behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Engine

from api.access.limiting import Shares
from provenance.errors import KeyNeeded, TooMany
from provenance.storage import record
from provenance.storage.access import KeyCreate
from provenance.storage.event import EventCreate
from provenance.storage.reads.access import holder_of_key
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.replaying import mismatches
from provenance.storage.reads.sessions import holder_of_session
from provenance.storage.session import reading, writing
from provenance.storage.writes.access import create_key
from provenance.storage.writes.events import create_event
from provenance.storage.writes.sessions import open_session
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Role
from tests.api.telling import running
from tests.databases import opened

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
Set = Callable[[timedelta], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Set:
    """Sets the clock of this machine ahead by so much; less than before: back."""

    def ahead(by: timedelta) -> None:
        told = SimpleNamespace(now=lambda zone: datetime.now(zone) + by, fromisoformat=datetime.fromisoformat)
        monkeypatch.setattr(record, "datetime", told)
        monkeypatch.setattr(time, "time", lambda: (datetime.now(UTC) + by).timestamp())

    return ahead


@contextmanager
def a_day_ahead(engine: Engine, clock: Set) -> Iterator[Writer]:
    """Write while the clock is a day ahead."""
    clock(DAY)
    with writing(engine) as session:
        yield Writer(session, "a test", at=datetime.now(UTC) + DAY)
    clock(timedelta())


def test_stamps_only_grow_and_each_moment_that_was_acknowledged_may_be_asked_for(database_url: str, clock: Set) -> None:
    with opened(database_url) as engine, a_day_ahead(engine, clock) as writer:
        create_event(writer, EventCreate(title="Written ahead"))
        ahead = writer.at
    with running(database_url) as api:
        event = api.items("/v1/events")[0]["id"]
        before = api.send("GET", f"/v1/events/{event}")
        based_on = {"headers": {"If-Match": before.headers["etag"]}}
        changed = api.send("PATCH", f"/v1/events/{event}", json={"title": "Set back"}, **based_on)
        late = api.send("PATCH", f"/v1/events/{event}", json={"title": "Lost"}, **based_on)
        then = api.get(f"/v1/events/{event}", known_at=ahead.isoformat())
        newest, *_, oldest = api.items("/v1/history", record=event)
        now = api.get(f"/v1/events/{event}", known_at=newest["at"])
        beyond = api.send("GET", f"/v1/events/{event}", params={"known_at": (ahead + HOUR).isoformat()})
    with opened(database_url) as engine, reading(engine) as session:
        assert unbroken(session)
        assert list(mismatches(session)) == []
    assert (changed.status_code, late.status_code) == (200, 412)
    assert changed.headers["etag"] != before.headers["etag"]
    assert (then["title"], now["title"], beyond.status_code) == ("Written ahead", "Set back", 422)
    assert datetime.fromisoformat(newest["at"]) > datetime.fromisoformat(oldest["at"]) == ahead


def test_a_key_and_a_session_that_were_over_when_something_was_written_stay_over(engine: Engine, clock: Set) -> None:
    with writing(engine) as session:
        expires = KeyCreate(name="Aigerim", role=Role.EDITOR, expires_at=datetime.now(UTC) + HOUR)
        short = create_key(session, expires, "a test")[1]
        lasting = create_key(session, KeyCreate(name="Dana", role=Role.EDITOR), "a test")[1]
        token = open_session(session, holder_of_key(session, lasting), hours=12)
        assert holder_of_key(session, short).caller.name == "Aigerim"
        assert holder_of_session(session, token) is not None
    with a_day_ahead(engine, clock) as writer:
        create_event(writer, EventCreate(title="Written ahead"))
    with reading(engine) as session:
        with pytest.raises(KeyNeeded, match="has expired"):
            holder_of_key(session, short)
        assert holder_of_session(session, token) is None
        assert holder_of_key(session, lasting).caller.name == "Dana"


def test_a_write_that_was_sent_before_is_answered_as_before(database_url: str, clock: Set) -> None:
    again = {"json": {"title": "Night in Almaty"}, "headers": {"Idempotency-Key": "one"}}
    with running(database_url) as api:
        first = api.send("POST", "/v1/events", **again)
        clock(-3 * DAY)
        other = api.send("POST", "/v1/events", json={"title": "Another"}, headers={"Idempotency-Key": "two"})
        second = api.send("POST", "/v1/events", **again)
        assert len(api.items("/v1/events")) == 2
    assert (first.status_code, other.status_code, second.status_code) == (201, 201, 201)
    assert (second.content, second.headers["idempotent-replayed"]) == (first.content, "true")


@pytest.mark.parametrize("jump", [-DAY, DAY], ids=["back", "ahead"])
def test_shares_are_counted_by_a_clock_that_nobody_sets(clock: Set, jump: timedelta) -> None:
    shares = Shares()
    shares.take_one("somebody", 1)
    clock(jump)
    with pytest.raises(TooMany) as refused:
        shares.take_one("somebody", 1)
    assert 0 < refused.value.again_in <= 60
