"""The bytes behind documents, so that a reading can be checked against what was retrieved."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session

from provenance.answers import Page
from provenance.answers_copies import CopyItem
from provenance.errors import NotFound
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.paging import turn
from provenance.storage.reads.rows import TABLES, asked_for, document, rows, seen

copy, blob = TABLES["archived_copy"], TABLES["blob"]


class CopiesAsked(Paged):
    """The list of a document's copies."""

    sort: Literal["recorded", "-recorded"] = Field(
        default="recorded", description="By when it was kept; with a leading `-` the newest comes first."
    )


@dataclass(frozen=True, slots=True)
class Copied:
    """The bytes of a copy, and what they are."""

    content: bytes
    media_type: str
    sha256: str


def copies(session: Session, document_id: str, asked: CopiesAsked) -> Page[CopyItem]:
    """A page of the copies that are kept of a document; raises :class:`NotFound`."""
    found, following = turn(session, _items(session, document_id), asked, {"recorded": (copy.c.id,)})
    items = [CopyItem(**{name: row[name] for name in CopyItem.model_fields}) for row in found]
    return Page[CopyItem](items=items, next=following)


def copies_of(session: Session, document_id: str) -> list[CopyItem]:
    """All copies of a document, the first one first; raises :class:`NotFound`."""
    return [CopyItem(**row) for row in rows(session, _items(session, document_id).order_by(copy.c.id))]


def copy_of(session: Session, document_id: str, copy_id: str) -> Copied:
    """The bytes of one copy; raises :class:`NotFound`."""
    item = next((one for one in copies_of(session, document_id) if one.id == copy_id), None)
    if item is None:
        raise NotFound(
            f"There is no copy '{copy_id[:100]}' of this document. List what there is with "
            f"GET /v1/documents/{document_id}/copies."
        )
    packed = session.execute(sa.select(blob.c.body).where(blob.c.sha256 == item.sha256)).scalar_one()
    return Copied(zlib.decompress(packed), item.media_type, item.sha256)


def _items(session: Session, document_id: str) -> sa.Select[Any]:
    key = asked_for(session, document, document_id)["id"]
    return (
        sa.select(
            copy.c.public_id.label("id"),
            document.c.public_id.label("document"),
            copy.c.media_type,
            blob.c.size,
            copy.c.sha256,
            copy.c.url,
            copy.c.recorded_from,
        )
        .select_from(
            copy.join(document, document.c.id == copy.c.document_id).join(blob, blob.c.sha256 == copy.c.sha256)
        )
        .where(copy.c.document_id == key, seen(copy))
    )
