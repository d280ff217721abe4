"""Lets nobody ask more than their share: so many requests a minute for each key, and for each address without one."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from math import ceil
from threading import Lock
from time import monotonic

from api.access.behind import counted_as
from api.access.identifying import Came
from provenance.errors import TooMany
from provenance.settings import Settings

WITHOUT_KEY, WITH_KEY = 600, 3_000  # requests a minute, where others than this machine can reach the server
MOST_KNOWN = 50_000  # keys and addresses that are remembered at once


@dataclass
class Shares:
    """What is left to each: it fills evenly over a minute, up to a minute's share."""

    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, came: Came, settings: Settings, *, apart: bool = False) -> None:
        """Take one request from the share of whoever asks; ``apart``: from another one of the same size.

        :raises TooMany: if nothing is left, with when there will be.
        """
        share = _share(came, settings)
        if share:
            whose = came.caller.key or counted_as(came.address)
            self.take_one(f"watching {whose}" if apart else whose, share)

    def take_one(self, whose: str, share: int) -> None:
        """Take one of so many a minute."""
        with self._lock:
            now = monotonic()
            left, since = self._left.pop(whose, (float(share), now))
            left = min(float(share), left + (now - since) * share / 60)
            self._left[whose] = (max(left - 1, 0.0) if left >= 1 else left, now)
            if len(self._left) > MOST_KNOWN:
                self._left.popitem(last=False)
        if left < 1:
            raise TooMany(
                f"More than {share} requests a minute were made. Come again when Retry-After says.",
                again_in=ceil((1 - left) * 60 / share),
            )


def _share(came: Came, settings: Settings) -> int:
    if came.per_minute is not None:
        return came.per_minute
    with_key = bool(came.caller.key)
    stated = settings.key_requests_per_minute if with_key else settings.requests_per_minute
    if stated is not None:
        return stated
    return (WITH_KEY if with_key else WITHOUT_KEY) if settings.reachable_by_others else 0
