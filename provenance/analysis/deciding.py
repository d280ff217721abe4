"""Decisions about many proposals, done or only tried: what is accepted with them, and what goes with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Engine

from provenance.analysis.regrouping import doing
from provenance.answers_decisions import DecisionsAnswer
from provenance.storage.deciding import DecisionsCreate
from provenance.storage.history import change_id
from provenance.storage.record import Record
from provenance.storage.writes.deciding import decide
from provenance.vocabulary import Decided


def decide_many(engine: Engine, who: str, why: str | None, given: DecisionsCreate) -> DecisionsAnswer:
    """Accept or reject many proposals, all or none, and tell what that writes; with ``dry_run``, write nothing.

    Both go the same way up to the end of the transaction, so what is foretold is what happens.
    """
    with doing(engine, who, given.why or why, dry_run=given.dry_run) as writer:
        settled = decide(writer, given)
        return DecisionsAnswer(
            dry_run=given.dry_run,
            decision=Decided(given.decision),
            reports=[report.public_id for report in settled.reports],
            accepted=_counted(settled.accepted),
            retired=_counted(settled.retired),
            claims=list(settled.claims),
            change=None if given.dry_run else change_id(writer.at),
        )


def _counted(rows: Iterable[Record]) -> dict[str, int]:
    return dict(sorted(Counter(str(row.__tablename__) for row in rows).items()))
