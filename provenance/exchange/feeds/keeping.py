"""Keeps what was worked out about changes that are past: it never changes, and feeds are asked for again and again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")


class Kept(Generic[Key, Found]):
    """What was asked for last, for one database; of more than ``most``, the least recently asked for goes first.

    >>> kept = Kept(2)
    >>> for change in ("report", "retraction", "denial"):
    ...     kept.keep(change, change.upper())
    >>> kept.get("report"), kept.get("retraction")
    (None, 'RETRACTION')
    """

    def __init__(self, most: int) -> None:
        self._found: OrderedDict[Key, Found] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, key: Key) -> Found | None:
        """What was found; None if it is not kept."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def keep(self, key: Key, found: Found) -> None:
        """Keep this too, and let go of what exceeds the room."""
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)
