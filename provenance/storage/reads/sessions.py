"""Whose browser it is: the session that somebody opened in it with a key."""

from __future__ import annotations

from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import Caller
from provenance.errors import KeyNeeded
from provenance.storage.access import AccessKey, BrowserSession
from provenance.storage.reads.access import KeyHolder, hash_of, now_at_least, require_good


class _Opened(NamedTuple):
    opened: BrowserSession
    key: AccessKey


def holder_of_session(session: Session, token: str) -> KeyHolder | None:
    """Who logged in, with the key's own limit; None if the session ended, or its key opens nothing any more.

    A browser that kept a cookie for too long is nobody in particular, and no mistake of anybody's.
    """
    found = _opened(session, token)
    at = now_at_least(session)
    if found is None or found.opened.expires_at <= at:
        return None
    key = found.key
    try:
        require_good(key, at)
    except KeyNeeded:
        return None
    return KeyHolder(Caller(key.name, key.role, key.public_id), key.id or 0, key.per_minute)


def _opened(session: Session, token: str) -> _Opened | None:
    # What is looked up is the hash of 256 random bits: how long that takes tells nobody anything about another one.
    asked = (
        sa.select(BrowserSession, AccessKey)
        .join(AccessKey, col(AccessKey.id) == col(BrowserSession.key_id))
        .where(col(BrowserSession.token_hash) == hash_of(token))
    )
    row = session.execute(asked).first()
    return None if row is None else _Opened(*row)
