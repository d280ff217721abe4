"""What a feed says: one thing that happened, in words that a reader knows, with an id that no other thing ever has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

OURS = UUID("6a0bd0a4-6f0e-5a62-9a35-7a4a1d3c7f10")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; ``page`` is the address of its page, from the root of the server."""

    what: str
    about: str
    at: datetime
    title: str
    text: str
    page: str
    author: str

    @property
    def id(self) -> str:
        """A name that stays the same wherever and whenever the feed is read.

        >>> from datetime import UTC
        >>> at = datetime(2022, 1, 6, 8, tzinfo=UTC)
        >>> Entry("report", "rep_tass", at, "Tass reports", "", "/reports/rep_tass", "Ana").id
        'urn:uuid:7bd0f5a2-57cf-5b3f-ab9d-f9a1797304e3'
        """
        return f"urn:uuid:{uuid5(OURS, f'{self.what} {self.about} {self.at.isoformat()}')}"


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed: what it is called, what it is about, and where the next older page begins; None: nowhere."""

    title: str
    subtitle: str
    page: str
    entries: Sequence[Entry]
    next: str | None
