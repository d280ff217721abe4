"""Reads how a claim travelled from the database, for a moment."""

from __future__ import annotations

from sqlalchemy import Engine

from provenance.analysis.moments import looking, trace_at
from provenance.analysis.standing import fresh_trace
from provenance.answers_trace import Trace
from provenance.exchange.graph.travelled import Travelled, source_ids, travelled
from provenance.moment import Moment
from provenance.storage.reads.rows import asked_for, claim
from provenance.storage.reads.sources import sources_called
from provenance.vocabulary import ReportState


def graph_of(engine: Engine, claim_id: str, moment: Moment) -> Travelled:
    """The graph of a claim's trace at a moment.

    :raises NotFound: if there is no such claim then.
    :raises Moved: if it was merged into another.
    """
    with looking(engine, moment) as session:
        state: ReportState = asked_for(session, claim, claim_id)["state"]
    found = trace_at(engine, claim_id, moment) if moment else fresh_trace(engine, claim_id)
    trace = Trace.model_validate_json(found.body)
    with looking(engine, moment) as session:
        kinds = {public_id: one.kind for public_id, one in sources_called(session, source_ids(trace)).items()}
    return travelled(trace, kinds, state)
