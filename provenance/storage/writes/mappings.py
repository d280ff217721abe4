"""Saves and forgets which columns of a kind of sheet mean what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from provenance.storage.intake import ColumnMapping
from provenance.storage.reads.mappings import mapping_held
from provenance.storage.record import now
from provenance.storage.texts import check_storable


def save_mapping(session: Session, name: str, columns: Mapping[str, Any], who: str) -> ColumnMapping:
    """Keep a mapping under a name, in the place of what was kept under it.

    :raises InvalidInput: naming the place in it that no database can hold.
    """
    check_storable(dict(columns), "columns")
    saved = session.merge(ColumnMapping(name=name, columns=dict(columns), saved_by=who, saved_at=now()))
    session.flush()
    return saved


def forget_mapping(session: Session, name: str) -> None:
    """Keep a mapping no longer.

    :raises NotFound: if there is none of this name.
    """
    session.delete(mapping_held(session, name))
