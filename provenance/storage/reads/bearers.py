"""Who bears a name: people are told apart by the names on their keys, so what looks like one name must not be two."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import InvalidInput
from provenance.storage.access import AccessKey
from provenance.storage.reads.access import now_at_least
from provenance.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Bearer:
    """A key of somebody who is called alike, and whether it opens anything now."""

    key: str
    name: str
    role: Role
    good: bool


def compared(name: str) -> str:
    """A name as it is compared with others: whichever way its letters are composed, in whichever case.

    >>> compared(" Ana  MÜLLER ") == compared("ana mu\N{COMBINING DIAERESIS}ller")
    True
    """
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold()


def bearers(session: Session, name: str) -> Sequence[Bearer]:
    """The keys of whoever is called alike, the good ones first, the newest first among these."""
    at, wanted = now_at_least(session), compared(name)
    newest_first = session.execute(sa.select(AccessKey).order_by(col(AccessKey.id).desc())).scalars()
    found = [
        Bearer(key.public_id, key.name, key.role, _opens(key, at))
        for key in newest_first
        if compared(key.name) == wanted
    ]
    return sorted(found, key=lambda one: not one.good)


def require_bearers(session: Session, people: Collection[str]) -> None:
    """Refuse to show something to people of whom none has a good key: whoever is given one later would see it.

    :raises InvalidInput: naming them, and how those are called who bear a name like it.
    """
    for name in sorted(people):
        held = [one.name for one in bearers(session, name) if one.good]
        if name not in held:
            meant = f"Did you mean {held[0]}?" if held else "Make a key for them first (provenance key create), or"
            rest = "Names are written as they are on keys." if held else "leave them out."
            raise InvalidInput(f"people: nobody called {name} has a key that is good. {meant} {rest}", field="people")


def _opens(key: AccessKey, at: datetime) -> bool:
    return key.revoked_at is None and (key.expires_at is None or key.expires_at > at)
