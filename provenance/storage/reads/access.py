"""Whose key it is that was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from typing import NoReturn

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import Caller
from provenance.errors import KeyNeeded
from provenance.storage.access import AccessKey
from provenance.storage.record import now

# A key is written `prv_`, the part of its public id behind `key_`, and 256 random bits.
FORM = re.compile(r"prv_([a-z0-9]{16})_([A-Za-z0-9_-]{43})", re.ASCII)
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

    :raises KeyNeeded: for a key that is malformed, unknown, revoked or expired.
    """
    form = FORM.fullmatch(key)
    found = None if form is None else _key(session, f"key_{form[1]}")
    fits = compare_digest(found.secret_hash if found else NOBODYS, hash_of(form[2] if form else ""))
    if found is None or not fits:
        raise KeyNeeded("The key that was sent opens nothing here. Check that it was copied whole.")
    require_good(found, now())
    return KeyHolder(Caller(found.name, found.role, found.public_id), found.id or 0, found.per_minute)


def require_good(key: AccessKey, at: datetime) -> None:
    """Refuse a key that was good once.

    :raises KeyNeeded: if it was revoked, or has expired.
    """
    if key.revoked_at is not None:
        _no_longer(key, "was revoked")
    if key.expires_at is not None and key.expires_at <= at:
        _no_longer(key, "has expired")


def _no_longer(key: AccessKey, why: str) -> NoReturn:
    raise KeyNeeded(f"The key {key.public_id} {why}. Ask whoever manages keys here for a new one.")


def _key(session: Session, public_id: str) -> AccessKey | None:
    return session.execute(sa.select(AccessKey).where(col(AccessKey.public_id) == public_id)).scalar_one_or_none()
