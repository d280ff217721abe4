"""Tells several hooks at the same time, and each of them one thing at a time.

A receiver that takes its time must hold up nobody but itself. Each hook stands in line once: with more hooks than can
be told at the same time, those that wait take turns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime


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


# Sends the next message to the hook with this key that was due by then.
Attempt = Callable[[int, datetime], Round]


@dataclass(slots=True)
class Lanes:
    """The hooks that are told something just now."""

    attempt: Attempt
    pool: ThreadPoolExecutor
    under_way: dict[int, Future[Round]] = field(default_factory=dict)

    @property
    def busy(self) -> bool:
        """Whether any is."""
        return bool(self.under_way)

    def begin(self, hooks: Collection[int], by: datetime) -> None:
        """Begin an attempt for each of these hooks that is not told something already."""
        for hook in hooks:
            if hook not in self.under_way:
                self.under_way[hook] = self.pool.submit(self.attempt, hook, by)

    def ended(self, patience: float | None) -> Round:
        """What was done by the attempts that ended: as soon as one has, or after so many seconds; None: however long.

        :raises Exception: what an attempt raised.
        """
        ended = wait(self.under_way.values(), patience, FIRST_COMPLETED).done
        self.under_way = {hook: one for hook, one in self.under_way.items() if one not in ended}
        return sum((one.result() for one in ended), Round())


@contextmanager
def lanes(attempt: Attempt, most: int) -> Iterator[Lanes]:
    """Lanes for at most so many hooks at the same time; at the end, attempts under way are finished and no other is
    begun.
    """
    with ThreadPoolExecutor(most, thread_name_prefix="hooks") as pool:
        try:
            yield Lanes(attempt, pool)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
