"""Saved mappings of sheets, by their names."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session

from provenance.answers import Page
from provenance.answers_sheets import MappingItem
from provenance.errors import NotFound
from provenance.storage.intake import ColumnMapping
from provenance.storage.reads.asked_sheets import MappingsAsked
from provenance.storage.reads.paging import turn

saved = ColumnMapping.__table__  # type: ignore[attr-defined]


def mapping_held(session: Session, name: str) -> ColumnMapping:
    """The mapping of this name.

    :raises NotFound: if there is none.
    """
    found = session.get(ColumnMapping, name) if "\x00" not in name else None
    if found is None:
        raise NotFound(f"There is no mapping {name[:100]!r}. List what there is with GET /v1/mappings.")
    return found


def is_held(session: Session, name: str) -> bool:
    """Whether a mapping of this name is saved."""
    return "\x00" not in name and session.get(ColumnMapping, name) is not None


def mapping_detail(session: Session, name: str) -> MappingItem:
    """One mapping; raises :class:`NotFound`."""
    found = mapping_held(session, name)
    return MappingItem(**found.model_dump())


def mappings(session: Session, asked: MappingsAsked) -> Page[MappingItem]:
    """A page of mappings: one query."""
    found, following = turn(session, sa.select(saved), asked, {"name": (saved.c.name,), "saved": ORDER})
    items = [MappingItem(**{name: row[name] for name in MappingItem.model_fields}) for row in found]
    return Page[MappingItem](items=items, next=following)


ORDER = (saved.c.saved_at, saved.c.name)
