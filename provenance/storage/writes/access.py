"""Makes keys and takes them back; nothing of it is a fact, so the log of the server tells who did it."""

from __future__ import annotations

from datetime import datetime
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.errors import InvalidInput
from provenance.storage.access import AccessKey, BrowserSession, KeyCreate
from provenance.storage.reads.access import hash_of, known_key
from provenance.storage.record import new_public_id, now


def create_key(session: Session, given: KeyCreate, by: str) -> tuple[AccessKey, str]:
    """A new key and its text, which nobody can find out again: only its hash is kept.

    :raises InvalidInput: if it would open nothing.
    """
    at = now()
    if given.expires_at is not None and given.expires_at <= at:
        raise InvalidInput("expires_at: that is past already. Give a time to come, or none.", field="expires_at")
    secret = token_urlsafe(32)
    key = AccessKey(
        public_id=new_public_id("access_key"),
        name=given.name,
        role=given.role,
        secret_hash=hash_of(secret),
        created_at=at,
        created_by=by,
        expires_at=given.expires_at,
        per_minute=given.per_minute,
    )
    session.add(key)
    session.flush()
    return key, f"prv_{key.public_id.removeprefix('key_')}_{secret}"


def revoke_key(session: Session, public_id: str) -> bool:
    """Let a key open nothing any more, nor any browser that was opened with it; whether it was good until now.

    :raises NotFound: if there is no such key.
    """
    key = known_key(session, public_id)
    session.execute(sa.delete(BrowserSession).where(col(BrowserSession.key_id) == key.id))
    if key.revoked_at is not None:
        return False
    key.revoked_at = now()
    session.flush()
    return True


def note_use(session: Session, public_id: str, at: datetime) -> None:
    """Keep when a key last opened something; a later use that is kept already stays."""
    used = col(AccessKey.last_used_at)
    newer = sa.and_(col(AccessKey.public_id) == public_id, sa.or_(used.is_(None), used < at))
    session.execute(sa.update(AccessKey).where(newer).values(last_used_at=at))
