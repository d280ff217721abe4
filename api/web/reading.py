"""What pages read: the same functions as the API's routers, called in the same way."""

from __future__ import annotations

from sqlalchemy import Engine

from provenance.analysis.moments import trace_at
from provenance.analysis.standing import fresh_trace
from provenance.answers_trace import Trace
from provenance.moment import Moment
from provenance.storage.reads.claims import require_claim
from provenance.storage.reads.hot import HotTrace
from provenance.storage.session import reading


def trace_of(engine: Engine, claim_id: str, moment: Moment) -> Trace:
    """The trace of a claim, as `GET /v1/claims/{id}/trace` sends it.

    :raises NotFound: if there is no such claim at the moment.
    :raises Moved: if it was merged into another.
    """
    return Trace.model_validate_json(_sent(engine, claim_id, moment).body)


def _sent(engine: Engine, claim_id: str, moment: Moment) -> HotTrace:
    if moment:
        return trace_at(engine, claim_id, moment)
    with reading(engine) as session:
        require_claim(session, claim_id)
    return fresh_trace(engine, claim_id)
