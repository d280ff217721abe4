"""Time, as fetching sees it: a clock that tests can replace, and a deadline for the whole of a fetch.

A server that sends one byte every few seconds keeps every single wait short; only the whole can be too long.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol, TypeVar

Result = TypeVar("Result")


class TooLate(Exception):
    """The time for a fetch is over."""


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def monotonic(self) -> float:
        """Seconds since some moment."""
        ...

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        ...

    def now(self) -> datetime:
        """The moment, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def now(self) -> datetime:
        return datetime.now(UTC)


class Deadline:
    """The moment by which all of a fetch is done."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock = clock
        self.seconds = seconds
        self.end = clock.monotonic() + seconds

    def left(self, most: float | None = None) -> float:
        """The seconds that are left, at most ``most``.

        :raises TooLate: if none are.
        """
        left = self.end - self.clock.monotonic()
        if left <= 0:
            raise TooLate
        return left if most is None else min(left, most)


def in_time(work: Callable[[], Result], seconds: float) -> Result:
    """The result of work that cannot be told to stop, such as looking up a name; it is left behind when time is over.

    :raises TooLate: if it is not done by then.
    """
    done: queue.SimpleQueue[tuple[Result | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as failed:  # it is raised again where somebody waits for it
            done.put((None, failed))

    threading.Thread(target=run, daemon=True).start()
    try:
        result, failed = done.get(timeout=seconds)
    except queue.Empty as late:
        raise TooLate from late
    if failed is not None:
        raise failed
    return result  # type: ignore[return-value]  # without a failure it is what the work returned
