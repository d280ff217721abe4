"""What is told of why a report was proposed.

Whose name was read where, and which claims it was compared with, is for those who work here; and of these, for whoever
may see all that its chain names, and those claims. A name that a page only hints at may be spelled out there.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import at_the_machine, who_asks
from provenance.storage.reads.belonging import open_to
from provenance.storage.references import TABLES

Grounds = Mapping[str, Any]

SOURCES, MATCHES = "sources", "matches"
claim = TABLES["claim"]


def told_to_all(grounds: Grounds | None) -> dict[str, Any] | None:
    """What everybody is told."""
    if grounds is None:
        return None
    return {name: said for name, said in grounds.items() if name not in (SOURCES, MATCHES)}


def told(grounds: Grounds | None, claims: Collection[str], *, whole_chain: bool) -> dict[str, Any] | None:
    """What whoever asks is told, who may see ``claims`` (their public ids), and ``whole_chain``: all that it names."""
    if grounds is None or not _works_here():
        return told_to_all(grounds)
    shown = {name: said for name, said in grounds.items() if name != SOURCES or whole_chain}
    if MATCHES in shown:
        shown[MATCHES] = [one for one in shown[MATCHES] if one["claim"] in claims]
    return shown


def claims_compared(session: Session, several: Collection[Grounds | None]) -> set[str]:
    """The claims that these were compared with and whoever asks may see."""
    ids = {one["claim"] for grounds in several if grounds is not None for one in grounds.get(MATCHES, ())}
    if not ids or not _works_here():
        return set()
    lasting = sa.select(claim.c.public_id).where(claim.c.public_id.in_(ids), claim.c.version_of.is_(None))
    return set(session.scalars(lasting if at_the_machine() else lasting.where(open_to(who_asks(), claim))))


def _works_here() -> bool:
    return at_the_machine() or who_asks().at_the_desk
