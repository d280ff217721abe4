"""Makes keys."""

from __future__ import annotations

from secrets import token_urlsafe

from sqlmodel import Session

from provenance.storage.access import AccessKey, KeyCreate
from provenance.storage.reads.access import hash_of
from provenance.storage.record import new_public_id, now


def create_key(session: Session, given: KeyCreate, by: str) -> tuple[AccessKey, str]:
    """A new key and its text, which nobody can find out again: only its hash is kept."""
    secret = token_urlsafe(32)
    key = AccessKey(
        public_id=new_public_id("access_key"),
        name=given.name.strip(),
        role=given.role,
        secret_hash=hash_of(secret),
        created_at=now(),
        created_by=by,
        expires_at=given.expires_at,
        per_minute=given.per_minute,
    )
    session.add(key)
    session.flush()
    return key, f"prv_{key.public_id.removeprefix('key_')}_{secret}"
