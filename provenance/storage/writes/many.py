"""Writes many rows at once, as a table of claims brings them: each is an entry of the history, as any other."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.record import Record, new_public_id
from provenance.storage.source import Source
from provenance.storage.writes.concerns import Concerned
from provenance.storage.writes.searching import index_new
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState


def add_many(writer: Writer, rows: Sequence[Record], *, counting: bool = True) -> None:
    """Write new rows of one table, and let them be found.

    What is only proposed concerns no standing, and nor do its parts, which the caller knows: they are not ``counting``.
    """
    if not rows:
        return
    heard, writer.concerned = writer.concerned, Concerned()
    writer.add_all(rows, [new_public_id(str(row.__tablename__)) for row in rows])
    writer.concerned = heard
    for row in rows:
        if counting and getattr(row, "state", ReportState.ACCEPTED) is ReportState.ACCEPTED:
            writer.concerned.add(row)
    index_new(writer.session, *(row for row in rows if isinstance(row, Claim | Document | Event | Source)))
