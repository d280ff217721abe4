"""Tallies: which figures compete, drawn over time and as a table, with what cannot be compared kept apart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import Session

from api.dependencies import PublicId, Reads
from api.web.choosing import PageAsked
from api.web.drawing.ledger_key import key_of
from api.web.drawing.ledger_plot import described, draw_ledger
from api.web.drawing.ledger_scene import after_what
from api.web.links import asked, json_link, link
from api.web.rendering import page
from api.web.repeats import repeats
from api.web.tally_words import RUNS, counts_what, given_for, groups, lead, reason, scope_titles, sentences, whose
from api.web.words import interval, plainly
from provenance.analysis.rules import RULES
from provenance.analysis.tallying import ledger_and_series
from provenance.answers import ClaimItem
from provenance.answers_ledger import LedgerPair, TallyLedger
from provenance.storage.reads.asked import ClaimsAsked, PolicyName, TalliesAsked
from provenance.storage.reads.claims import claims
from provenance.storage.reads.events import tallies
from provenance.vocabulary import Relation

router = APIRouter()

TITLES = {rule.key: plainly(rule.title) for rule in RULES}


class TalliesPage(PageAsked):
    """What the list of tallies takes."""

    event: str | None = None
    measure: str | None = None
    parent: str | None = None
    as_of: str | None = None
    known_at: str | None = None
    cursor: str | None = None


class TallyPage(PageAsked):
    """What the page of one tally takes."""

    policy: PolicyName = "plain"
    as_of: str | None = None
    known_at: str | None = None


@router.get("/tallies")
def list_tallies(question: Annotated[TalliesPage, Query()], request: Request, session: Reads) -> Response:
    """What is being counted."""
    given = question.model_dump(exclude={"cursor"})
    found = tallies(session, TalliesAsked(**given, sort="title", cursor=question.cursor))
    return page(
        request,
        "tallies.html",
        title="What is being counted",
        description="Tolls and other counts, each with all figures that were given for it.",
        json=f"/v1/tallies{asked(**given, sort='title')}",
        here="events",
        tallies=found,
        counts_what=counts_what,
        more=f"/tallies{asked(**given)}",
    )


@router.get("/tallies/{tally_id}")
def read_tally(
    tally_id: PublicId, question: Annotated[TallyPage, Query()], request: Request, session: Reads
) -> Response:
    """One tally: plot, ledger, what cannot be compared, what editors signed."""
    ledger, series = ledger_and_series(session, tally_id, question.policy)
    again = repeats(session, tally_id, series.corrections)
    chosen: dict[str, str | None] = {
        "as_of": question.as_of,
        "known_at": question.known_at,
        "policy": question.policy if question.policy != "plain" else None,
    }
    texts = {figure.claim: figure for figure in ledger.figures}
    return page(
        request,
        "tally.html",
        title=ledger.title,
        description=lead(ledger, series),
        crumbs=_crumbs(ledger),
        json=json_link(tally_id, "", **chosen),
        here="events",
        ledger=ledger,
        lead=lead(ledger, series),
        sentences=list(sentences(ledger, again)),
        counts_what=f"{counts_what(ledger)}; {RUNS[ledger.cumulative]}",
        plot=draw_ledger(ledger, series, again),
        signs=key_of(series),
        plot_says=described(ledger, series, again),
        groups=groups(ledger),
        scope_titles=scope_titles(ledger.scopes),
        interval=interval,
        again={claim: [one for one in again if one.claim == claim] for claim in texts},
        after_what=after_what,
        claims=_claims(session, tally_id),
        titles=TITLES,
        conflicts=[(texts[pair.claim], texts[pair.other]) for pair in ledger.pairs if _excludes(pair)],
        reason=reason,
        whose=whose,
        given_for=given_for,
        question=question,
        series_json=json_link(tally_id, "series", **chosen),
        moment={"as_of": question.as_of, "known_at": question.known_at},
    )


def _excludes(pair: LedgerPair) -> bool:
    return pair.relation is Relation.CONFLICTING


def _crumbs(ledger: TallyLedger) -> list[tuple[str, str]]:
    above = [(ledger.parent_title or "The whole", link(ledger.parent))] if ledger.parent else []
    return [("Events", "/events"), (ledger.event_title, link(ledger.event)), *above]


def _claims(session: Session, tally: str) -> dict[str, ClaimItem]:
    found: dict[str, ClaimItem] = {}
    cursor: str | None = None
    while True:
        seen = claims(session, ClaimsAsked(tally=tally, limit=200, cursor=cursor))
        found.update({one.id: one for one in seen.items})
        cursor = seen.next
        if cursor is None:
            return found
