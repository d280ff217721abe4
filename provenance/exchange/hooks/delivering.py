"""Sends the messages that are due, each by one process alone, and notes what became of them.

Where a message goes and how it is signed is read when it is taken: a hook may change while its messages wait.
How a message travels is handed in: to reach only public addresses is the business of whoever knows networks, which this
part does not see.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any, Protocol

from sqlalchemy import Engine

from provenance.analysis.standing import catch_up
from provenance.errors import ProvenanceError
from provenance.exchange.hooks.lanes import Lanes, Round, lanes
from provenance.exchange.hooks.signing import signed_headers
from provenance.exchange.hooks.waiting import asked_to_wait, wait_after
from provenance.storage.reads.hooks import Due, hooks_due
from provenance.storage.record import now
from provenance.storage.session import reading, writing
from provenance.storage.writes.hooks import switch_off
from provenance.storage.writes.messages import delivered, give_up, take, try_again
from provenance.storage.writes.writer import Writer

AT_ONCE = 16  # hooks that are told at the same time
CAUGHT_UP = 25  # claims that are computed between two looks
LEASE = timedelta(minutes=2)  # longer than any attempt takes
PAUSE = 0.5  # seconds between two looks for messages that are due
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

    def deliver(self) -> Round:
        """Send each message that is due now, once: to each hook one after another, the longest waiting first, and to
        several hooks at the same time.
        """
        catch_up(self.engine, CAUGHT_UP)
        at, done = self.clock(), Round()
        with lanes(self._attempt, AT_ONCE) as told:
            while self._begin(told, at):
                done += told.ended(None)
        return done

    def watch(self, stopped: Event) -> Iterator[Round]:
        """Send what becomes due until it is ``stopped``: what was done, each time somebody looks.

        Attempts under way are finished at the end. One that takes long holds up no other hook.
        """
        with lanes(self._attempt, AT_ONCE) as told:
            while not stopped.is_set():
                catch_up(self.engine, CAUGHT_UP)
                if self._begin(told, self.clock()):
                    yield told.ended(PAUSE)
                else:
                    stopped.wait(PAUSE)

    def _begin(self, told: Lanes, at: datetime) -> bool:
        """Begin to tell each hook that is told nothing yet and has a message due by then; whether any is told now."""
        with reading(self.engine) as session:
            told.begin(hooks_due(session, at), at)
        return told.busy

    def _attempt(self, hook: int, by: datetime) -> Round:
        with writing(self.engine) as session:
            due = take(session, hook, by, self.clock() + LEASE)
        return Round() if due is None else self._sent(due)

    def _sent(self, due: Due) -> Round:
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
            off = switch_off(Writer(session, WHO, why), due.hook, due.url)
            said = "It answered 410; the hook was switched off." if off else "It answered 410."
            give_up(session, due, self.clock(), said)
        return Round(given_up=1)


HEADERS = {"content-type": "application/json"}


def sendable(body: Mapping[str, Any], base: str) -> bytes:
    """A message as it is sent: with whole addresses, and the same bytes in every attempt.

    >>> said = {"type": "test", "data": {"claim": {"id": "clm_dozens", "url": "/claims/clm_dozens"}}}
    >>> sendable(said, "https://claims.example").decode()
    '{"type":"test","data":{"claim":{"id":"clm_dozens","url":"https://claims.example/claims/clm_dozens"}}}'
    """
    return json.dumps(whole(body, base), ensure_ascii=False, separators=(",", ":")).encode()


def whole(body: Mapping[str, Any], base: str) -> dict[str, Any]:
    """What a message says, with whole addresses."""
    return {name: _whole(name, one, base) for name, one in body.items()}


def _whole(name: str, value: Any, base: str) -> Any:
    match value:
        case dict():
            return whole(value, base)
        case list():
            return [_whole(name, one, base) for one in value]
        case str() if name == "url" and value.startswith("/"):
            return f"{base}{value}"
        case _:
            return value
