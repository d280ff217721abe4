"""Lets those who write in one process take turns, first come first served, before any of them asks the database.

A database knows no order among those who wait for its lock, and SQLite makes them look for it again and again; somebody
who is unlucky would wait for ever. Here nobody does, and only so many wait.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from provenance.errors import TooMany

MOST_WAITING = 32
PATIENCE = 30.0  # seconds that somebody waits for their turn
AGAIN_IN = 2  # seconds after which one who was refused may come again


@dataclass
class Turns:
    """Whose turn it is to write, and who waits for it."""

    _lock: Lock = field(default_factory=Lock)
    _waiting: deque[Event] = field(default_factory=deque)
    _taken: bool = False

    @property
    def waiting(self) -> int:
        """How many wait for their turn now."""
        return len(self._waiting)

    @contextmanager
    def turn(self, most: int = MOST_WAITING, patience: float = PATIENCE) -> Iterator[None]:
        """Wait for one's turn, have it, and give it to whoever has waited longest.

        :raises TooMany: if so many wait already, or it did not come in time.
        """
        self._wait(most, patience)
        try:
            yield
        finally:
            self._pass_on()

    def _wait(self, most: int, patience: float) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            if len(self._waiting) >= most:
                raise TooMany(f"{most} writes wait already. Send it again when Retry-After says.", again_in=AGAIN_IN)
            mine = Event()
            self._waiting.append(mine)
        try:
            came = mine.wait(patience)
        except BaseException:
            self._leave(mine)
            raise
        if not came and self._gone(mine):
            raise TooMany(
                f"Another write took longer than {patience:.0f} seconds. Send it again when Retry-After says; nothing "
                "was written.",
                again_in=AGAIN_IN,
            )

    def _gone(self, mine: Event) -> bool:
        """Whether the queue was left without a turn; it may have come at the last moment."""
        with self._lock:
            if mine.is_set():
                return False
            self._waiting.remove(mine)
            return True

    def _leave(self, mine: Event) -> None:
        if not self._gone(mine):
            self._pass_on()

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


_by_address: dict[str, Turns] = {}
_in_memory: WeakKeyDictionary[sa.Pool, Turns] = WeakKeyDictionary()
_finding = Lock()


def turns_of(engine: sa.Engine) -> Turns:
    """The turns of all engines of this process on the same database; one in memory is that of its engine alone."""
    url = engine.url
    with _finding:
        if url.get_backend_name() == "sqlite" and (url.database in (None, "", ":memory:") or "uri" in url.query):
            return _in_memory.setdefault(engine.pool, Turns())
        return _by_address.setdefault(url.render_as_string(hide_password=False), Turns())
