"""Holds hops that are to be written to what the pure core accepts as a declared chain."""

from __future__ import annotations

import re
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.declared import Actor, Declared, Hop, check_declared
from provenance.errors import InvalidInput
from provenance.storage.document import Document
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source
from provenance.vocabulary import Manner

PLACE = re.compile(r"hops\[(\d+)\]")


def check_chain(
    session: Session,
    document: Document,
    report: Report,
    hops: Sequence[Attribution],
    downstream: Sequence[int],
    field: str | None = None,
) -> None:
    """Refuse a chain that contradicts itself or does not lead to the document's publisher.

    ``downstream`` is where each hop is to end. The error names ``field``, or else the hop by its place in the input.
    """
    declared = Declared(
        report=report.key,
        document=document.key,
        publisher=document.publisher_id,
        hops=tuple(Hop(hop.upstream_id, end, Manner(hop.manner)) for hop, end in zip(hops, downstream, strict=True)),
    )
    try:
        check_declared(declared, _actors(session, declared))
    except InvalidInput as refused:
        named = field or PLACE.sub(r"attributions.\1", refused.field or "attributions").replace("hops", "attributions")
        # The core speaks of reports by their keys, which stay inside.
        reason = refused.message.removeprefix(f"Report {report.key}: ")
        raise InvalidInput(f"{named}: {reason}", field=named) from refused


def _actors(session: Session, declared: Declared) -> dict[int, Actor]:
    keys = {declared.publisher} | {hop.downstream for hop in declared.hops}
    keys |= {hop.upstream for hop in declared.hops if hop.upstream is not None}
    found = session.execute(sa.select(Source).where(col(Source.id).in_(keys))).scalars()
    return {source.key: Actor(source.key, source.name, source.kind) for source in found}
