"""Whose key it is that was sent, and which keys there are; no answer holds a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from provenance.access import Caller
from provenance.answers import Page
from provenance.answers_access import KeyItem
from provenance.errors import KeyOpensNothing, NotFound
from provenance.storage.access import AccessKey
from provenance.storage.history import History
from provenance.storage.reads.asked_access import KeysAsked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.record import now
from provenance.vocabulary import Role

# A key is written `prv_`, the part of its public id behind `key_`, and 256 random bits.
FORM = re.compile(r"prv_([a-z0-9]{16})_([A-Za-z0-9_-]{43})", re.ASCII)
ID = re.compile(r"key_[a-z0-9]{16}", re.ASCII)
NOBODYS = "0" * 64


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Who came with a key, and its own limit; ``key_id`` is the integer key of its row."""

    caller: Caller
    key_id: int
    per_minute: int | None


def hash_of(secret: str) -> str:
    """What is kept of a secret. It is random and long, so a fast hash gives nobody a way to guess it."""
    return sha256(secret.encode()).hexdigest()


def holder_of_key(session: Session, key: str) -> KeyHolder:
    """Whose key it is; secrets are compared in the same time whether they fit or not.

    :raises KeyOpensNothing: for a key that is malformed, unknown, revoked or expired.
    """
    form = FORM.fullmatch(key)
    found = None if form is None else _key(session, f"key_{form[1]}")
    fits = compare_digest(found.secret_hash if found else NOBODYS, hash_of(form[2] if form else ""))
    if found is None or not fits:
        raise KeyOpensNothing("The key that was sent opens nothing here. Check that it was copied whole.")
    require_good(found, _until(session, found.expires_at))
    return KeyHolder(Caller(found.name, found.role, found.public_id), found.id or 0, found.per_minute)


def now_at_least(session: Session) -> datetime:
    """This instant, and no earlier than the newest entry of the history: a clock that was set back is not believed."""
    newest = session.scalar(sa.select(col(History.at)).order_by(col(History.id).desc()).limit(1))
    return now() if newest is None else max(now(), newest)


def _until(session: Session, expires: datetime | None) -> datetime:
    # Most keys do not expire, and what time it is need not be asked for them.
    return now() if expires is None else now_at_least(session)


def require_good(key: AccessKey, at: datetime) -> None:
    """Refuse a key that was good once.

    :raises KeyOpensNothing: if it was revoked, or has expired.
    """
    if key.revoked_at is not None:
        _no_longer(key, "was revoked")
    if key.expires_at is not None and key.expires_at <= at:
        _no_longer(key, "has expired")


def _no_longer(key: AccessKey, why: str) -> NoReturn:
    raise KeyOpensNothing(f"The key {key.public_id} {why}. Ask whoever manages keys here for a new one.")


def keys(session: Session, asked: KeysAsked) -> Page[KeyItem]:
    """The keys that were made, those that open nothing any more too."""
    at = now_at_least(session)
    found, following = turn(session, sa.select(*SHOWN).where(*_filters(asked, at)), asked, ORDERS)
    return Page(items=[_item(row, at) for row in found], next=following)


def key_item(session: Session, public_id: str) -> KeyItem:
    """One key, without its secret; raises :class:`NotFound`."""
    return _item(_told(known_key(session, public_id)), now_at_least(session))


def known_key(session: Session, public_id: str) -> AccessKey:
    """The row of a key; raises :class:`NotFound`."""
    found = _key(session, public_id)
    if found is None:
        # Whoever sends a whole key in the place of its id must not read it again in an error.
        named = f"'{public_id}'" if ID.fullmatch(public_id) else "of that id, which is none of a key"
        raise NotFound(f"There is no key {named}. See which there are: GET /v1/keys.", field="key")
    return found


def good_keys(session: Session, role: Role, *, but: str = "") -> int:
    """How many keys open as much as the role may now, ``but`` one left out."""
    enough = [each for each in Role if each.includes(role)]
    there = sa.select(sa.func.count()).where(
        col(AccessKey.role).in_(enough), col(AccessKey.public_id) != but, _good(now_at_least(session))
    )
    found: int = session.execute(there).scalar_one()
    return found


def any_key(session: Session) -> bool:
    """Whether a key was ever made here."""
    return session.execute(sa.select(col(AccessKey.id)).limit(1)).first() is not None


def _key(session: Session, public_id: str) -> AccessKey | None:
    return session.execute(sa.select(AccessKey).where(col(AccessKey.public_id) == public_id)).scalar_one_or_none()


access_key: sa.Table = SQLModel.metadata.tables["access_key"]
SHOWN = tuple(column for column in access_key.c if column.name not in ("id", "secret_hash"))
ORDERS: Mapping[str, Keys] = {"created": (access_key.c.created_at, access_key.c.id)}


def _filters(asked: KeysAsked, at: datetime) -> Iterator[sa.ColumnElement[bool]]:
    if asked.name is not None:
        yield col(AccessKey.name) == asked.name
    if asked.role is not None:
        yield col(AccessKey.role) == asked.role
    if asked.good is not None:
        yield _good(at) if asked.good else sa.not_(_good(at))


def _good(at: datetime) -> sa.ColumnElement[bool]:
    expires = col(AccessKey.expires_at)
    return sa.and_(col(AccessKey.revoked_at).is_(None), sa.or_(expires.is_(None), expires > at))


def _told(key: AccessKey) -> Mapping[str, Any]:
    return {column.name: getattr(key, column.name) for column in SHOWN}


def _item(row: Mapping[str, Any], at: datetime) -> KeyItem:
    good = row["revoked_at"] is None and (row["expires_at"] is None or row["expires_at"] > at)
    told = {name: row[name] for name in KeyItem.model_fields if name not in ("id", "good")}
    return KeyItem(id=row["public_id"], good=good, **told)
