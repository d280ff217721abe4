"""Says on the page of a record that is not for everybody who sees it, and shows what is held of such a claim."""

from __future__ import annotations

from contextlib import suppress

from fastapi import Request, Response
from sqlmodel import Session

from api.dependencies import Held
from api.web.rendering import page
from provenance.access import who_asks
from provenance.answers_visibility import VisibilityDetail
from provenance.errors import Moved, NotFound
from provenance.storage.reads.asked import ReportsAsked
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.reports import reports
from provenance.storage.reads.standings import claim_key
from provenance.storage.reads.visibility import visibility_detail
from provenance.storage.session import reading
from provenance.vocabulary import Visibility

MOST = 200  # reports that the page lists


def withheld_claim(request: Request, session: Session, claim_id: str) -> Response | None:
    """The page, if the claim is not for everybody; None if it is, so that its own page is drawn.

    :raises NotFound: if there is none that whoever asks may see; :class:`Moved` if it was merged into another.
    """
    if claim_key(session, claim_id) is not None:
        return None
    claim = claim_detail(session, claim_id)
    return page(
        request,
        "claim_withheld.html",
        title=claim.text,
        here="claims",
        claim=claim,
        reports=reports(session, ReportsAsked(claim=claim_id, limit=MOST)).items,
    )


def note_who_sees(request: Request, engine: Held) -> None:
    """Let the page of a record say who sees it, where that is not everybody; nothing is looked up for the public."""
    # Of `/{noun}/{record_id}/history`, the last one.
    record = next(reversed(request.path_params.values()), None)
    if not who_asks().name or record is None or request.method not in ("GET", "HEAD"):
        return
    # What is not there, or has gone into another, is told by the page itself.
    with reading(engine) as session, suppress(NotFound, Moved):
        request.state.seen_by = _who_sees(visibility_detail(session, record))


def _who_sees(shown: VisibilityDetail) -> str:
    if shown.visibility is not Visibility.PUBLIC:
        return who_sees(shown.visibility, shown.people)
    return next((who_sees(one.visibility, []) for one in shown.narrowed_by), "")


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
