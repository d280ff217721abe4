"""Hints at claims that are held in other words, for the first new ones of a sheet; nothing follows from a hint."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import Session

from provenance.analysis.knowing import matches
from provenance.analysis.matching.wanted import wanted_from
from provenance.storage.claim import Claim
from provenance.storage.event import Event
from provenance.storage.reads.asked import Included
from provenance.vocabulary import Sameness

# Each takes some ten milliseconds, and nobody reads more hints than that.
MOST_HINTED = 50


class Hinted(Protocol):
    """A row whose claim is new."""

    claim: Claim | None
    event: Event | None
    notes: list[str]


def near_claims(session: Session, rows: Sequence[Hinted]) -> None:
    """Note at the first rows which held claim theirs may be; asked before theirs are written."""
    for one in rows[:MOST_HINTED]:
        if one.claim is None or one.event is None:
            continue
        found = matches(session, wanted_from(one.claim.text, one.event.public_id), 1, Included.PROPOSED)
        if found and found[0].same is Sameness.LIKELY:
            known = found[0].known
            one.notes.append(f"It may be the known claim {known.id}: {known.text} ({'; '.join(found[0].reasons)})")
