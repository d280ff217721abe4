"""What may be printed about a claim, as it is answered: the trace of a moment in a reader's words, and our mistakes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine

from provenance.analysis.moments import looking, trace_at
from provenance.analysis.publishing import citable_sentence, citation, methods_box
from provenance.analysis.standing import fresh_trace
from provenance.answers_desk import Publication
from provenance.answers_trace import Trace
from provenance.moment import Moment
from provenance.storage.reads.claims import require_claim
from provenance.storage.reads.desk import own_corrections_of


def publication(engine: Engine, claim_id: str, moment: Moment, address: str, on: date) -> Publication:
    """All of it, said on the day ``on`` and cited from ``address``.

    :raises NotFound: if there is no such claim at the moment; :class:`Moved` if it was merged into another.
    """
    with looking(engine, moment) as session:
        require_claim(session, claim_id)
        ours = own_corrections_of(session, claim_id)
    found = trace_at(engine, claim_id, moment) if moment else fresh_trace(engine, claim_id)
    trace = Trace.model_validate_json(found.body)
    return Publication(
        claim=trace.claim.id,
        as_of=trace.as_of,
        known_at=trace.known_at,
        sentence=citable_sentence(trace, on),
        methods=methods_box(trace),
        citation=citation(trace, address, on),
        address=address,
        own_corrections=ours,
    )
