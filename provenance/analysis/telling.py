"""Tells hooks what a write did: the flags that it raised and the corrections that it recorded.

Messages are written in the transaction that they tell of, so that a write which fails tells nobody, and one that holds
cannot forget to. Where no hook listens, a write costs one look at an index.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from provenance.analysis.raising import Said, raised
from provenance.analysis.rules import RULES
from provenance.answers_detail import CorrectionDetail
from provenance.errors import Conflict
from provenance.storage.correction import Correction
from provenance.storage.hook import Hook
from provenance.storage.reads.corrections import correction_detail
from provenance.storage.reads.hooks import ClaimTold, Listening, claims_of_documents, claims_told
from provenance.storage.reads.visibility import shown_to_everybody
from provenance.storage.record import now
from provenance.storage.references import TABLES
from provenance.storage.report import Attribution
from provenance.storage.writes.finding import known
from provenance.storage.writes.messages import write_messages
from provenance.vocabulary import Happening, Visibility

Message = tuple[int, Happening, Mapping[str, Any]]
TITLES = {rule.key: rule.title for rule in RULES}


def tell_of_flags(
    session: Session,
    at: datetime,
    hooks: Sequence[Listening],
    before: Mapping[int, Sequence[Said]],
    after: Mapping[int, Sequence[Said]],
) -> None:
    """Tell the hooks that want to hear it which flags these claims have now and had not before."""
    new = {key: found for key, flags in after.items() if (found := raised(before.get(key, ()), flags))}
    messages = [
        (hook.key, Happening.FLAG_RAISED, {"claim": _claim(claim), "flag": _flag(flag)})
        for claim in (claims_told(session, new) if new else ())
        for flag in new[claim.key]
        for hook in hooks
        if hook.hears(Happening.FLAG_RAISED, claim, flag["rule"])
    ]
    if messages:
        write_messages(session, at, messages)


def tell_of_corrections(
    session: Session, at: datetime, hooks: Sequence[Listening], corrections: Collection[Correction]
) -> None:
    """Tell the hooks that want to hear it that somebody did something to an earlier statement."""
    messages: list[Message] = []
    for correction in corrections:
        if correction.visibility is Visibility.PUBLIC and correction.recorded_to is None:
            messages += _of_correction(session, hooks, correction)
    if messages:
        write_messages(session, at, messages)


def _of_correction(session: Session, hooks: Sequence[Listening], correction: Correction) -> list[Message]:
    claims = claims_told(session, _touched(session, correction))
    if not claims or not shown_to_everybody(session, TABLES["correction"], correction.key):
        return []
    said = _correction(correction_detail(session, correction.public_id))
    data: dict[str, Any] = {"claim": _claim(claims[0]) if len(claims) == 1 else None, "correction": said}
    if len(claims) > 1:
        data["claims"] = [_claim(claim) for claim in claims]
    return [
        (hook.key, Happening.CORRECTION_ARRIVED, data)
        for hook in hooks
        if any(hook.hears(Happening.CORRECTION_ARRIVED, claim) for claim in claims)
    ]


def _touched(session: Session, correction: Correction) -> list[int]:
    """The claims that a correction aims at: one, but for a document that states several."""
    if correction.claim_id is not None:
        return [correction.claim_id]
    if correction.attribution_id is not None:
        return [session.get_one(Attribution, correction.attribution_id).claim_id]
    return claims_of_documents(session, correction.target_document_id or 0)


def _claim(claim: ClaimTold) -> dict[str, str]:
    # The address is made whole when it is sent: whoever writes does not know where readers reach the server.
    return {"id": claim.public_id, "text": claim.text, "url": f"/claims/{claim.public_id}"}


def _flag(flag: Said) -> dict[str, Any]:
    said = {name: flag[name] for name in ("rule", "reason", "clears_when")}
    return {"title": TITLES.get(flag["rule"], flag["rule"]), **said}


def _correction(said: CorrectionDetail) -> dict[str, Any]:
    return said.model_dump(mode="json", include=set(TOLD))


TOLD = (
    *("id", "kind", "by", "by_id", "effective", "remains", "upstream", "downstream"),
    *("document", "target_document", "replaced_by", "replaced_by_text"),
)


def tell_to_try(session: Session, public_id: str) -> str:
    """Write a message that says nothing but that it arrived; its public id.

    :raises NotFound: if there is no such hook; :class:`Conflict` if it is switched off.
    """
    row = known(session, Hook, public_id)
    if not row.active:
        raise Conflict(f"active: the hook '{public_id}' is switched off. Switch it on first.", field="active")
    [message] = write_messages(session, now(), [(row.key, Happening.TEST, {"hook": public_id})])
    return message.public_id
