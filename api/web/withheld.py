"""The page of a claim that is not for everybody: what is held of it, and why no more is told."""

from __future__ import annotations

from fastapi import Request, Response
from sqlmodel import Session

from api.web.rendering import page
from provenance.storage.reads.asked import ReportsAsked
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.reports import reports
from provenance.storage.reads.standings import claim_key
from provenance.storage.reads.visibility import visibility_detail
from provenance.vocabulary import Visibility

MOST = 200  # reports that the page lists


def withheld_claim(request: Request, session: Session, claim_id: str) -> Response | None:
    """The page, if the claim is not for everybody; None if it is, so that its own page is drawn.

    :raises NotFound: if there is none that whoever asks may see; :class:`Moved` if it was merged into another.
    """
    if claim_key(session, claim_id) is not None:
        return None
    claim = claim_detail(session, claim_id)
    shown = visibility_detail(session, claim_id)
    told = [who_sees(one.visibility, []) for one in shown.narrowed_by]
    return page(
        request,
        "claim_withheld.html",
        title=claim.text,
        here="claims",
        claim=claim,
        who=told[0] if shown.visibility is Visibility.PUBLIC and told else who_sees(shown.visibility, shown.people),
        reports=reports(session, ReportsAsked(claim=claim_id, limit=MOST)).items,
    )


def who_sees(visibility: Visibility, people: list[str]) -> str:
    """Who may see a record, in words.

    >>> who_sees(Visibility.DESK, [])
    'Only those who work here see this.'
    >>> who_sees(Visibility.NAMED, ["Ana", "Ben"])
    'Only Ana and Ben see this.'
    """
    if visibility is Visibility.PUBLIC:
        return "Everybody sees this."
    if visibility is Visibility.DESK:
        return "Only those who work here see this."
    named = " and ".join(filter(None, [", ".join(people[:-1]), *people[-1:]]))
    return f"Only {named or 'named people'} {'sees' if len(people) == 1 else 'see'} this."
