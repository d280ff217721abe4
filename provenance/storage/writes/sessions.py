"""Opens and ends sessions of browsers."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.access import BrowserSession
from provenance.storage.reads.access import KeyHolder, hash_of
from provenance.storage.record import now


def open_session(session: Session, holder: KeyHolder, hours: int) -> str:
    """A new session of whoever came with a key, and what its cookie holds: only the hash of that is kept.

    Sessions that are over are swept away on this occasion.
    """
    token, at = token_urlsafe(32), now()
    session.execute(sa.delete(BrowserSession).where(col(BrowserSession.expires_at) <= at))
    session.add(
        BrowserSession(
            token_hash=hash_of(token), key_id=holder.key_id, created_at=at, expires_at=at + timedelta(hours=hours)
        )
    )
    return token


def end_session(session: Session, token: str) -> None:
    """Let a session end; one that is over already stays so."""
    session.execute(sa.delete(BrowserSession).where(col(BrowserSession.token_hash) == hash_of(token)))
