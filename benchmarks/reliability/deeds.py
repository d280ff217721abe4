"""What is asked of a server: something to be read, or a write with what must be there afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.reliability.asking import Json

Entry = tuple[str, str]
"""What was done to what kind of record, as the history says it."""


class Overtaken(Exception):
    """Thrown into a day where an answer says that somebody else was faster: what was begun is given up."""


@dataclass(frozen=True, slots=True)
class Look:
    """Something is read; the day needs its version or what it says."""

    address: str


@dataclass(frozen=True, slots=True)
class Deed:
    """A write. ``token`` is its Idempotency-Key and its reason, by which the history is asked for it.

    ``shape`` are the entries that it must leave, no more and no fewer; ``about`` is the address of the record, or None
    where the answer says it; ``says`` are fields that the record must have afterwards; ``touches`` are addresses that
    may state something else afterwards, too; ``stirs`` says that what is derived from the desk's claims may change;
    ``leads_to`` is where the address leads from then on.
    """

    token: str
    kind: str
    method: str
    address: str
    body: Json | None
    shape: Mapping[Entry, int]
    about: str | None = None
    if_match: str | None = None
    says: Mapping[str, Any] = field(default_factory=dict)
    touches: frozenset[str] = frozenset()
    stirs: bool = True
    leads_to: str | None = None

    @property
    def desk(self) -> str:
        """Whose it is."""
        return self.token.partition(" ")[0]

    @property
    def headers(self) -> dict[str, str]:
        """What is sent beside the body, the same at each attempt."""
        matched = {} if self.if_match is None else {"If-Match": self.if_match}
        return {"Idempotency-Key": self.token, "Provenance-Reason": self.token, **matched}
