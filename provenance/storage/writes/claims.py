"""Writes claims."""

from __future__ import annotations

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim, ClaimChange, ClaimCreate
from provenance.storage.event import Event, Tally
from provenance.storage.writes.dating import dated, redated
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.permitted import not_for_contributors, only_proposes
from provenance.storage.writes.proposals import concerning_nothing
from provenance.storage.writes.searching import index, index_new
from provenance.storage.writes.speaking import accept_all
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState


def create_claim(writer: Writer, given: ClaimCreate) -> Claim:
    """Add a claim to an event, and to a tally where it is a count in one; by a contributor, it is proposed."""
    event = referred(writer.session, Event, given.event, "event")
    tally = _tally(writer, given.tally, event.id)
    values = dated("happened", given.model_dump(exclude={"event", "tally"}))
    claim = Claim(**values, event_id=event.key, tally_id=tally.key if tally else None)
    if only_proposes():
        if tally is not None:
            not_for_contributors("in which tally it counts", "tally")
        claim.state = ReportState.PROPOSED
        with concerning_nothing(writer):
            writer.add(claim)
    else:
        if event.state is ReportState.PROPOSED:
            accept_all(writer, [event])
        writer.add(claim)
    index_new(writer.session, claim)
    return claim


def change_claim(writer: Writer, public_id: str, change: ClaimChange) -> Claim:
    """Change a claim's wording, kind, tally or when it happened."""
    claim = known(writer.session, Claim, public_id)
    values = redated("happened", claim, change.values())
    if "tally" in values:
        tally = _tally(writer, values.pop("tally"), claim.event_id)
        values["tally_id"] = tally.id if tally else None
    writer.change(claim, values)
    index(writer.session, claim)
    return claim


def _tally(writer: Writer, public_id: str | None, event_id: int | None) -> Tally | None:
    if public_id is None:
        return None
    tally = referred(writer.session, Tally, public_id, field="tally")
    if tally.event_id != event_id:
        raise InvalidInput(
            "tally: that tally belongs to another event; name a tally of the claim's event.", field="tally"
        )
    return tally
