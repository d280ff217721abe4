"""The page of a claim, where a reader sees at once who it is really from; and the list of claims."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session

from api.dependencies import Held, PublicId, Reads, check_rules
from api.marking_up import all_in_page, publisher_of
from api.web import folding
from api.web.choosing import PageAsked, PageMoment
from api.web.drawing.chain import draw_chain
from api.web.links import asked, json_link, link
from api.web.reading import trace_of
from api.web.rendering import canonical, page
from api.web.taking_along import alternates, taking_along
from api.web.tongues import language, tongue
from api.web.withheld import withheld_claim
from api.web.words import plainly, shortened
from provenance.access import sees_what_waits
from provenance.analysis.drifting import whole_drift
from provenance.analysis.plain_answer import PlainAnswer, by_cited_links, plain_answer
from provenance.analysis.publishing import citation
from provenance.analysis.rules import RULES
from provenance.analysis.says import FIELDS
from provenance.answers import ClaimItem, EventItem, ReportItem
from provenance.answers_detail import ClaimDetail, ReviewDetail
from provenance.answers_rulings import RulingItem
from provenance.answers_trace import Trace
from provenance.exchange.claimreview.publishing import markup_on_claim
from provenance.moment import NOW
from provenance.storage.reads.asked import (
    ClaimsAsked,
    EventsAsked,
    ReportsAsked,
    RulingsAsked,
    moment_of,
)
from provenance.storage.reads.claims import claim_detail, claims
from provenance.storage.reads.desk import own_corrections_of
from provenance.storage.reads.events import events
from provenance.storage.reads.figures import figures_printed
from provenance.storage.reads.reports import reports
from provenance.storage.reads.reviews import review_detail
from provenance.storage.reads.rulings import rulings
from provenance.vocabulary import ClaimStatus, ReportState, Verdict

router = APIRouter()

MOST = 200  # records of a page of a list, the most that one may ask for
SHOWN = 12  # reports that stand open; the rest is folded, and in the page all the same


class ClaimsPageAsked(PageAsked, ClaimsAsked):
    """What the list of claims takes; fields of its form may be left empty, most documents come first."""

    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"] = "-documents"


@router.get("/claims")
def list_claims(asked_for: Annotated[ClaimsPageAsked, Query()], request: Request, session: Reads) -> Response:
    """Claims, filtered and sorted by a form."""
    check_rules(asked_for.flag, "flag")
    chosen = asked_for.chosen
    return page(
        request,
        "claims.html",
        title="Claims",
        description="What was put into the world, by whom, and how much of it is independent.",
        json=f"/v1/claims{asked(**{'sort': asked_for.sort, **chosen})}",
        here="claims",
        found=claims(session, asked_for),
        asked_for=asked_for,
        more=f"/claims{asked(**chosen)}",
        filtered=bool(set(chosen) - {"sort", "as_of", "known_at"}),
        events=_all_events(session),
        rules=RULES,
        verdicts=list(Verdict),
        statuses=list(ClaimStatus),
        titles_of=_flag_titles,
    )


TITLES = {rule.key: plainly(rule.title) for rule in RULES}


def _flag_titles(claim: ClaimItem) -> list[str]:
    return [title for key, title in TITLES.items() if key in claim.flags]


@router.get("/claims/{claim_id}")
def read_claim(
    claim_id: PublicId, at: Annotated[PageMoment, Query()], request: Request, session: Reads, engine: Held
) -> Response:
    """One claim: the answer, the chain, and everything that they rest on."""
    if at.as_of and len(at.as_of) == 10 and (clock := request.query_params.get("clock")):
        return RedirectResponse(link(claim_id, as_of=f"{at.as_of}T{clock}Z", known_at=at.known_at), 303)
    if (withheld := withheld_claim(request, session, claim_id)) is not None:
        return withheld
    asked_for = at.moment.as_of
    trace = trace_of(engine, claim_id, moment_of(at.as_of, at.known_at))
    whole = trace_of(engine, claim_id, NOW) if at.as_of or at.known_at else trace
    claim = claim_detail(session, claim_id)
    answer = plain_answer(trace)
    moment = {"as_of": at.as_of, "known_at": at.known_at}
    along = taking_along(claim_id, **moment)
    # A search engine is told what holds now, and not what was known once.
    moment_asked = any(moment.values())
    return page(
        request,
        "claim.html",
        title=claim.text,
        description=description(answer),
        crumbs=_crumbs(claim, at.as_of),
        json=json_link(claim_id, "trace", **moment),
        feed=f"/feeds/claims/{claim_id}.atom",
        here="claims",
        along=along,
        alternates=alternates(along),
        claim=claim,
        trace=trace,
        answer=answer,
        chain=draw_chain(trace),
        at=at,
        asked_day=f"{asked_for:%Y-%m-%d}" if asked_for else None,
        asked_clock=f"{asked_for:%H:%M}" if asked_for and at.as_of and "T" in at.as_of else None,
        ahead=asked_for is not None and asked_for.date() > datetime.now(UTC).date(),
        choices=folding.choices(whole),
        days=folding.story_days(whole),
        today=f"{datetime.now(UTC):%Y-%m-%d}",
        ids=folding.source_ids(trace),
        linked_names={name for party in trace.parties if len(party.members) > 1 for name in party.members},
        ways=folding.ways,
        origins_folded=folding.origins(trace),
        by_cited_links=by_cited_links(trace),
        fall=folding.fall(trace),
        supported=sum(report.supported for report in trace.reports),
        speaking=len({report.document for report in trace.reports}),
        cut_reports=folding.cut_reports(trace),
        shown=SHOWN,
        **_beside(session, claim_id),
        reviews=_reviews(session, trace),
        marked_up=[] if moment_asked else all_in_page(markup_on_claim(session, trace, publisher_of(request))),
        flags=folding.found_by_rules(trace.flags),
        language=language,
        tongue=tongue,
        fields=FIELDS,
        asked=asked,
        cited=citation(trace, canonical(request), datetime.now(UTC).date()),
    )


def description(answer: PlainAnswer) -> str:
    """What a shared link says of a claim: what was taken back, and the answer."""
    return shortened(" ".join([*answer.taken_back[:1], answer.lead, *answer.sentences[:1]]), 300)


def _beside(session: Session, claim_id: str) -> dict[str, Any]:
    """What the trace does not hold: figures, drift, editors' decisions and what waits for somebody to look at it."""
    printed = figures_printed(session, claim_id)
    folded = folding.printed(printed)
    return {
        "printed": folded,
        "printed_as": [f"“{one.text}”" for one in folded],
        "no_words": {one.report: one.no_quote_reason for one in printed if one.no_quote_reason},
        "changed": folding.changed(whole_drift(session, claim_id)),
        "rulings": _rulings(session, claim_id),
        "proposed": _proposed(session, claim_id),
        "ours": own_corrections_of(session, claim_id),
    }


def _rulings(session: Session, claim_id: str) -> list[RulingItem]:
    return rulings(session, RulingsAsked(claim=claim_id, limit=MOST)).items


def _proposed(session: Session, claim_id: str) -> list[ReportItem]:
    if not sees_what_waits():
        return []
    return reports(session, ReportsAsked(claim=claim_id, state=ReportState.PROPOSED, limit=MOST)).items


def _reviews(session: Session, trace: Trace) -> list[ReviewDetail]:
    return [review_detail(session, review.id) for review in trace.reviews]


def _crumbs(claim: ClaimDetail, as_of: str | None) -> list[tuple[str, str]]:
    event = (claim.event_title, link(claim.event, as_of=as_of))
    return [event] if not claim.tally else [event, (claim.tally_title or "Tally", link(claim.tally, as_of=as_of))]


def _all_events(session: Session) -> list[EventItem]:
    return events(session, EventsAsked(limit=MOST)).items
