"""Sends the messages that are due, each by one process alone, and notes what became of them.

How a message travels is handed in: to reach only public addresses is the business of whoever knows networks, which this
part does not see.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import Engine

from provenance.analysis.standing import catch_up
from provenance.errors import ProvenanceError
from provenance.exchange.hooks.signing import signed_headers
from provenance.exchange.hooks.waiting import asked_to_wait, wait_after
from provenance.storage.reads.hooks import Due, messages_due
from provenance.storage.record import now
from provenance.storage.session import reading, writing
from provenance.storage.writes.hooks import switch_off
from provenance.storage.writes.messages import delivered, give_up, take, try_again
from provenance.storage.writes.writer import Writer

AT_ONCE = 50  # messages that one round looks at
CAUGHT_UP = 25  # claims that one round computes
LEASE = timedelta(minutes=2)  # longer than any attempt takes
GONE = 410
WHO = "hooks"


class Answered(Protocol):
    """What a receiver answers: its status and, by lower-case name, its headers."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


# Posts a body with headers to an address; raises a ProvenanceError where it does not arrive.
Post = Callable[[str, Mapping[str, str], bytes], Answered]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of delivering did: messages that were taken, that wait for another attempt, that were given up."""

    taken: int = 0
    waiting: int = 0
    given_up: int = 0

    def __add__(self, other: Round) -> Round:
        return Round(self.taken + other.taken, self.waiting + other.waiting, self.given_up + other.given_up)

    @property
    def sent(self) -> int:
        """How many attempts were made."""
        return self.taken + self.waiting + self.given_up


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Delivers what is due in a database.

    ``base`` is the address at which readers reach the server, without a slash behind it; ``most`` is how often a
    message is tried; ``clock`` tells the time.
    """

    engine: Engine
    post: Post = field(repr=False)
    base: str
    most: int
    clock: Callable[[], datetime] = now

    def deliver(self, stopped: Callable[[], bool] = bool) -> Round:
        """One round: the messages that are due now, the longest waiting first; it ends early once it is ``stopped``."""
        catch_up(self.engine, CAUGHT_UP)
        with reading(self.engine) as session:
            due = messages_due(session, self.clock(), AT_ONCE)
        done = Round()
        for message in due:
            if stopped():
                break
            done += self._attempt(message)
        return done

    def _attempt(self, due: Due) -> Round:
        with writing(self.engine) as session:
            mine = take(session, due, self.clock() + LEASE)
        if not mine:
            return Round()
        at = self.clock()
        body = sendable(due.body, self.base)
        try:
            answer = self.post(due.url, {**HEADERS, **signed_headers(due.secret, due.public_id, at, body)}, body)
        except ProvenanceError as failed:
            return self._not_taken(due, failed.message, None)
        if 200 <= answer.status < 300:
            with writing(self.engine) as session:
                delivered(session, due, self.clock(), str(answer.status))
            return Round(taken=1)
        if answer.status == GONE:
            return self._gone(due)
        asked = asked_to_wait(answer.headers.get("retry-after"), self.clock())
        return self._not_taken(due, f"It answered {answer.status}.", asked)

    def _not_taken(self, due: Due, why: str, asked: timedelta | None) -> Round:
        attempts = due.attempts + 1
        with writing(self.engine) as session:
            if attempts >= self.most:
                give_up(session, due, self.clock(), f"{why} Given up after {attempts} attempts.")
                return Round(given_up=1)
            try_again(session, due, self.clock(), wait_after(attempts, asked), why)
        return Round(waiting=1)

    def _gone(self, due: Due) -> Round:
        why = "the receiver answered 410, which means that it wants no more messages"
        with writing(self.engine) as session:
            switch_off(Writer(session, WHO, why), due.hook)
            give_up(session, due, self.clock(), "It answered 410; the hook was switched off.")
        return Round(given_up=1)


HEADERS = {"content-type": "application/json"}


def sendable(body: Mapping[str, Any], base: str) -> bytes:
    """A message as it is sent: with whole addresses, and the same bytes in every attempt.

    >>> said = {"type": "test", "data": {"claim": {"id": "clm_dozens", "url": "/claims/clm_dozens"}}}
    >>> sendable(said, "https://claims.example").decode()
    '{"type":"test","data":{"claim":{"id":"clm_dozens","url":"https://claims.example/claims/clm_dozens"}}}'
    """
    return json.dumps(_whole(body, base), ensure_ascii=False, separators=(",", ":")).encode()


def _whole(value: Any, base: str) -> Any:
    match value:
        case dict():
            return {
                name: f"{base}{one}" if name == "url" and str(one).startswith("/") else _whole(one, base)
                for name, one in value.items()
            }
        case list():
            return [_whole(one, base) for one in value]
        case _:
            return value
