"""Keys are made and taken back, each time in one transaction and with a line in the log that says who did it.

No line, answer or error holds a secret: a new key is handed to whoever asked for it, once.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers_access import KeyItem, NewKey
from provenance.errors import Conflict, NotFound
from provenance.storage.access import KeyCreate
from provenance.storage.reads.access import good_keys, key_item, keys
from provenance.storage.reads.asked_access import KeysAsked
from provenance.storage.reads.bearers import bearers
from provenance.storage.session import reading, writing
from provenance.storage.writes.access import create_key, note_use, revoke_key
from provenance.vocabulary import Role

LOG = logging.getLogger("provenance.keys")


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A new key and its text, which is not shown again."""

    item: KeyItem
    text: str = field(repr=False)

    @property
    def told(self) -> NewKey:
        """What whoever made it is answered, this once."""
        return NewKey(**self.item.model_dump(), key=self.text)


def make_key(engine: sa.Engine, given: KeyCreate, by: str) -> MadeKey:
    """Make a key for somebody.

    :raises InvalidInput: if it would open nothing.
    :raises Conflict: if somebody bears the name, or bore it, and it is not said that they are the same person.
    """
    with writing(engine) as session:
        given = _as_named(session, given)
        row, text = create_key(session, given, by)
        made = MadeKey(key_item(session, row.public_id), text)
    LOG.info("%s was made by %s", _named(made.item), by)
    return made


def take_back(engine: sa.Engine, public_id: str, by: str, *, last_admin: bool = False) -> KeyItem:
    """Revoke a key, and end the sessions of browsers that were opened with it; one that was revoked stays so.

    ``last_admin``: also if nobody could manage keys any more.

    :raises NotFound: if there is no such key.
    :raises Conflict: for the last good key of an admin.
    """
    with writing(engine) as session:
        if not last_admin:
            _leave_an_admin(session, key_item(session, public_id))
        was_good = revoke_key(session, public_id)
        taken = key_item(session, public_id)
    if was_good:
        LOG.info("%s was revoked by %s", _named(taken), by)
    return taken


def take_back_all_of(engine: sa.Engine, name: str, by: str) -> list[KeyItem]:
    """Revoke all keys of somebody, those of admins too.

    :raises NotFound: if they have none that is good.
    """
    with reading(engine) as session:
        theirs = keys(session, KeysAsked(name=name, good=True, limit=200)).items
    if not theirs:
        raise NotFound(f"{name} has no key that is good. See which there are: provenance key list", field="name")
    return [take_back(engine, one.id, by, last_admin=True) for one in theirs]


def note_uses(engine: sa.Engine, uses: Mapping[str, datetime]) -> None:
    """Keep when these keys last opened something."""
    with writing(engine) as session:
        for public_id, at in uses.items():
            note_use(session, public_id, at)


def _as_named(session: Session, given: KeyCreate) -> KeyCreate:
    """The key under the name that its bearer has here already."""
    before = bearers(session, given.name)
    if not before:
        return given
    one = before[0]
    if not given.same_person:
        role = f"{one.role.one}, good" if one.good else f"{one.role.one}, which opens nothing any more"
        raise Conflict(
            f"name: {one.name} is on {one.key} already (the key of {role}). Whoever has another key of that name sees "
            f"what is for {one.name} by name, and writes as {one.name}. If it is the same person, say so: same_person "
            "(--same-person). Otherwise give a name that tells them apart.",
            field="same_person",
        )
    return given.model_copy(update={"name": one.name})


def _leave_an_admin(session: Session, key: KeyItem) -> None:
    if key.good and key.role is Role.ADMIN and not good_keys(session, Role.ADMIN, but=key.id):
        raise Conflict(
            f"{key.id} is the last key of an admin that is good, and without one nobody could manage keys here. Make "
            "another one first, or revoke it on the server itself: provenance key revoke.",
            field="key",
        )


def _named(key: KeyItem) -> str:
    return f"The key {key.id} ({key.role} {key.name})"
