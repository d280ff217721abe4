"""Which reviews are published by this desk, and their markup: nobody marks up what others published, or nobody did.

The claim's author is its origin, never a carrier. Where the reviewer names nobody, it is who the trace establishes;
where that is nobody, there is no author.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.analysis.standing import fresh_trace
from provenance.answers_trace import Trace, TracedOrigin, TracedReport
from provenance.errors import Conflict
from provenance.exchange.claimreview.dates import date_text
from provenance.exchange.claimreview.plain import Fields
from provenance.exchange.claimreview.reading import as_kept
from provenance.exchange.claimreview.reviewed import ReviewedClaim
from provenance.exchange.claimreview.writing import CONTEXT, Claimed, document, markup
from provenance.storage.reads.review_markup import (
    HeldReview,
    PublishedAsked,
    kinds_of,
    published_reviews,
    review_held,
    reviews_of_claim,
    spelled,
)
from provenance.storage.session import reading
from provenance.storage.words import fold
from provenance.vocabulary import OriginClass, ReportState, SourceKind, Stance, Visibility

# Of one origin, the first ones; a reader of markup takes no more than it can compare.
MOST_PLACES = 900
PEOPLE = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON, SourceKind.WITNESS})


@dataclass(frozen=True, slots=True)
class Publisher:
    """Under which name, and on which domain, this desk publishes; empty: not set."""

    name: str
    site: str


@dataclass(frozen=True, slots=True)
class FeedPage:
    """Some of the published reviews as a feed, newest first, and the cursor of the next page."""

    body: Fields
    next: str | None


def review_markup(engine: Engine, review_id: str, publisher: Publisher) -> Fields:
    """The markup of one published review.

    :raises NotFound: if there is no such review.
    :raises Conflict: if it is not published by this desk, with each condition that is missing.
    """
    with reading(engine) as session:
        held = review_held(session, review_id)
        lacking = missing(held, publisher)
        if lacking:
            raise Conflict(
                f"The review {review_id} is not marked up as ClaimReview: {'; '.join(lacking)}. "
                "Only reviews that this desk has published are."
            )
    return document(marked_up(engine, held))


def feed(engine: Engine, publisher: Publisher, asked: PublishedAsked) -> FeedPage:
    """A page of all published reviews; an empty feed where no desk is set."""
    with reading(engine) as session:
        found, following = published_reviews(session, asked, publisher.name, publisher.site)
    ours = [held for held in found if not missing(held, publisher)]
    body = {
        "@context": CONTEXT,
        "@type": "DataFeed",
        "name": f"Reviews by {publisher.name or 'no desk'}",
        "dataFeedElement": [_element(held, marked_up(engine, held)) for held in ours],
    }
    return FeedPage(body, following)


def _element(held: HeldReview, body: Fields) -> Fields:
    return {"@type": "DataFeedItem", "dateModified": date_text(held.review.recorded_from), "item": body}


def markup_on_claim(session: Session, trace: Trace, publisher: Publisher) -> list[Fields]:
    """The markup of all published reviews of a claim, for its page."""
    found = [held for held in reviews_of_claim(session, trace.claim.id) if not missing(held, publisher)]
    return [document(as_told(session, held, trace)) for held in found]


def missing(held: HeldReview, publisher: Publisher) -> list[str]:
    """What a review lacks to be one that this desk has published; nothing, if it is."""
    review, claim = held.review, held.claim
    public = review.visibility is Visibility.PUBLIC and claim.visibility is Visibility.PUBLIC
    accepted = review.state is ReportState.ACCEPTED and claim.state is ReportState.ACCEPTED
    conditions = (
        (bool(publisher.name), "no name of a desk is set (PROVENANCE_DESK_NAME)"),
        (bool(publisher.site), "no domain of a desk is set (PROVENANCE_DESK_SITE)"),
        (accepted, "it is not accepted, or its claim is not"),
        (public, "it is not public, or its claim is not"),
        (review.url is not None, "it has no url"),
        (review.reviewed_at is not None, "it has no reviewed_at"),
        (
            not publisher.name or spelled(review.author) == spelled(publisher.name),
            f"its author is not {publisher.name}",
        ),
        (
            not publisher.site or review.url is None or on_site(review.url, publisher.site),
            f"its url is not on {publisher.site}",
        ),
    )
    return [said for holds, said in conditions if not holds]


def on_site(url: str, site: str) -> bool:
    """Whether an address lies on a domain or one below it.

    >>> on_site("https://www.desk.example/checks/1", "desk.example"), on_site("https://mydesk.example/", "desk.example")
    (True, False)
    """
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return False
    return host == site.lower() or host.endswith(f".{site.lower()}")


def marked_up(engine: Engine, held: HeldReview) -> Fields:
    """The markup of a review, with its claim as its trace is now."""
    trace = Trace.model_validate_json(fresh_trace(engine, held.claim.public_id).body)
    with reading(engine) as session:
        return as_told(session, held, trace)


def as_told(session: Session, held: HeldReview, trace: Trace) -> Fields:
    """The markup of a review of a claim with this trace."""
    reviewed = told(held)
    own = (reviewed.claimant, reviewed.claimed_on, reviewed.first_appearance, *reviewed.appearances)
    traced = list(claimed_in(session, trace))
    if not any(own):
        return as_kept(reviewed, traced)
    as_it_came = as_kept(reviewed)
    if as_it_came["itemReviewed"] != markup(reviewed)["itemReviewed"]:
        return as_it_came
    return as_kept(reviewed, [_filled(reviewed, traced)])


def told(held: HeldReview) -> ReviewedClaim:
    """What the columns of a review say."""
    review = held.review
    return ReviewedClaim(
        claim=held.said,
        author=review.author,
        rating=review.rating,
        claimant=review.claimant,
        claimed_on=review.claimed_on,
        first_appearance=review.first_appearance,
        appearances=tuple(review.appearances),
        title=review.title,
        author_url=review.markup.get("author_url"),
        url=review.url,
        reviewed_at=review.reviewed_at,
        language=review.language,
        rating_value=review.rating_value,
        best=review.best_rating,
        worst=review.worst_rating,
        reasons=review.reasons,
        markup=review.markup,
    )


def claimed_in(session: Session, trace: Trace) -> Iterator[Claimed]:
    """Who made a claim by its trace: each established origin that stands by it, with where it stood; else nobody."""
    asserting = [report for report in trace.reports if report.stance is Stance.ASSERTS]
    origins = [one for one in trace.origins if one.established and not (one.disowned or one.withdrawn)]
    kinds = kinds_of(session, _sources(origins, asserting))
    for origin in origins:
        through = [report for report in asserting if _begins(report, origin)]
        if origin.origin_class is OriginClass.MATERIAL:
            interpreter = _interpreter(through, origin)
            yield _placed(through, interpreter=interpreter, interpreter_kind=_type(kinds, interpreter))
        else:
            yield _placed(through, by=origin.source, kind=_type(kinds, origin.source))
    if not origins:
        yield _placed(asserting)


def _placed(reports: Sequence[TracedReport], **by: Any) -> Claimed:
    """Where it stood: the first place is the first one whose date is known; others without a date come after it."""
    dated = [report for report in reports if report.published_at is not None]
    places = list(dict.fromkeys(report.url for report in reports if report.url is not None))
    first = next((report.url for report in dated if report.url is not None), None)
    on = next((report.said_at or report.published_at for report in dated), None)
    further = tuple(each for each in places if each != first)[:MOST_PLACES]
    return Claimed(on=on, first=first, appearances=further, **by)


def _filled(reviewed: ReviewedClaim, traced: Sequence[Claimed]) -> Claimed:
    """What the reviewer says of who made the claim, and what the trace knows of the same one beside it."""
    name = fold(reviewed.claimant or "")
    same = next((each for each in traced if fold(each.by or "") == name), Claimed())
    first = reviewed.first_appearance or same.first
    further = (*reviewed.appearances, *filter(None, [same.first]), *same.appearances)
    return Claimed(
        by=reviewed.claimant,
        kind=same.kind if reviewed.claimant else None,
        on=reviewed.claimed_on or same.on,
        first=first,
        appearances=tuple(each for each in dict.fromkeys(further) if each != first),
    )


def _begins(report: TracedReport, origin: TracedOrigin) -> bool:
    return any(path and path[0] == origin.source for path in report.paths)


def _interpreter(reports: Sequence[TracedReport], origin: TracedOrigin) -> str | None:
    """Who says what material shows: the next on the path from it."""
    paths = (path for report in reports for path in report.paths if path[:1] == [origin.source])
    return next((path[1] for path in paths if len(path) > 1), None)


def _sources(origins: Sequence[TracedOrigin], reports: Sequence[TracedReport]) -> set[str]:
    return {origin.source for origin in origins} | {
        name for report in reports for path in report.paths for name in path[1:2]
    }


def _type(kinds: dict[str, SourceKind], name: str | None) -> str | None:
    kind = kinds.get(name or "")
    return None if kind is None else "Person" if kind in PEOPLE else "Organization"
