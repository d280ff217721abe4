"""Tells the log what whoever runs the server wants to hear of at once: who may see a record was changed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

LOG = logging.getLogger("provenance.audit")


def tell_of_visibility(
    session: Session, who: str, public_id: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> None:
    """Tell, once it is lasting, that a record is shown to others than before; nothing is told of what is undone."""
    was, now = ((said or {}).get("visibility") for said in (before, after))
    if before is None or after is None or was == now:
        return

    def told(_: Session) -> None:
        LOG.info("visibility changed", extra={"record": public_id, "was": str(was), "now": str(now), "who": who})

    sa.event.listen(session, "after_commit", told, once=True)
