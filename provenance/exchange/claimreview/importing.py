"""Takes in ClaimReview markup of others, or our own again: first everything is read, then all is written, or nothing.

A review that we hold and that says what we would say of it ourselves is left as it is, so that importing what was
exported changes nothing: what our markup tells from a trace is not taken for the words of the reviewer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_claimreview import ClaimReviewsTaken, ReviewWarning, TakenReview
from provenance.errors import Conflict, InvalidInput, NotFound, ProvenanceError
from provenance.exchange.claimreview.nodes import Node, reviews_in
from provenance.exchange.claimreview.pages import Block, blocks_of
from provenance.exchange.claimreview.plain import at, from_json, plain, wrong
from provenance.exchange.claimreview.publishing import marked_up, told
from provenance.exchange.claimreview.reading import read_review
from provenance.exchange.claimreview.reviewed import Noticed, ReviewedClaim
from provenance.exchange.claimreview.taking import HeldReviews, says, take_review, values_of
from provenance.storage.claim import Claim
from provenance.storage.event import Event
from provenance.storage.reads.review_markup import HeldReview
from provenance.storage.session import reading
from provenance.storage.writes.finding import referred
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState, ReviewTaken


@dataclass(frozen=True, slots=True)
class Asked:
    """How markup is taken in; ``event`` is a public id, ``skip_broken`` leaves out what is broken, writing the rest."""

    event: str | None = None
    state: ReportState = ReportState.PROPOSED
    skip_broken: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One verdict that was found, or why what stands at its place is none."""

    place: str
    reviewed: ReviewedClaim | None = None
    broken: ProvenanceError | None = None
    noticed: tuple[Noticed, ...] = ()


def entries_of_json(body: str | bytes) -> list[Entry]:
    """The verdicts in a JSON document: one review, a list, a graph or a feed.

    :raises InvalidInput: if it is no JSON, or holds no review although it is no empty feed.
    """
    document = from_json(body)
    found = list(_entries([Block("", document)]))
    return found or _nothing(document)


def entries_of_page(page: str) -> list[Entry]:
    """The verdicts in the HTML of a whole page.

    :raises InvalidInput: if it is no page, or holds no review.
    """
    return list(_entries(blocks_of(page))) or _nothing(None)


def take_in(
    engine: Engine, entries: Sequence[Entry], asked: Asked, who: str, why: str | None = None
) -> ClaimReviewsTaken:
    """Write what was found: each review that is new or says something else.

    :raises InvalidInput: naming the place, if one is broken and is not to be skipped; then nothing is written.
    :raises Conflict: if a proposal would change a review that the desk accepted.
    """
    ready = _settled(engine, entries)
    broken = [entry for entry in ready if entry.broken is not None]
    if broken and not asked.skip_broken:
        _refuse(broken)
    with recording(engine, who, why) as writer:
        event = referred(writer.session, Event, asked.event, "event") if asked.event is not None else None
        held = HeldReviews(writer.session, _read_in(ready))
        items = [_taken(writer, entry, asked, event, held) for entry in ready]
    counts = {outcome.value: sum(item.outcome is outcome for item in items) for outcome in ReviewTaken}
    return ClaimReviewsTaken(**counts, items=items)


def within(file: str, entry: Entry) -> Entry:
    """An entry whose place begins with the name of the file in which it stands."""
    broken = entry.broken and type(entry.broken)(f"{file}: {entry.broken.message}", field=file)
    noticed = tuple(replace(each, place=at(file, each.place)) for each in entry.noticed)
    return replace(entry, place=at(file, entry.place) if entry.place else file, broken=broken, noticed=noticed)


def _entries(blocks: Iterable[Block]) -> Iterator[Entry]:
    for block in blocks:
        if block.broken is not None:
            yield Entry(block.place, broken=block.broken)
            continue
        for node in reviews_in(plain(block.found, block.place), block.place, block.base):
            yield from _of(node)


def _of(node: Node) -> Iterator[Entry]:
    try:
        found = read_review(node)
    except InvalidInput as broken:
        yield Entry(node.place, broken=broken)
        return
    for position, reviewed in enumerate(found):
        place = node.place if len(found) == 1 else at(at(node.place, "itemReviewed"), position)
        try:
            values_of(reviewed)
            yield Entry(place, reviewed, noticed=reviewed.noticed)
        except InvalidInput as unfit:
            yield Entry(place, broken=_placed(unfit, node.place))


def _nothing(document: Any) -> list[Entry]:
    feed = plain(document) if isinstance(document, dict) else document
    if not (isinstance(feed, dict) and feed.get("@type") == "DataFeed"):
        raise wrong("body", "there is no ClaimReview in it", "Send markup with an object of the type ClaimReview.")
    return []


def _read_in(entries: Iterable[Entry]) -> list[ReviewedClaim]:
    return [entry.reviewed for entry in entries if entry.reviewed is not None]


def _settled(engine: Engine, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with what we hold in the place of what we would say ourselves."""
    with reading(engine) as session:
        known = HeldReviews(session, _read_in(entries))
    settled = []
    for entry in entries:
        held = known.find(entry.reviewed) if entry.reviewed is not None else None
        if entry.reviewed is not None and held is not None:
            entry = replace(entry, reviewed=_as_held(engine, held, entry.reviewed))
        settled.append(entry)
    return settled


def _as_held(engine: Engine, held: HeldReview, given: ReviewedClaim) -> ReviewedClaim:
    """What was given, but for values that are those which our own markup of the held review shows."""
    if says(held.review, values_of(given)):
        return given
    try:
        shown = read_review(Node(plain(marked_up(engine, held)), ""))
    except (InvalidInput, NotFound):
        return given
    own = told(held)
    same = [each.name for each in fields(ReviewedClaim) if getattr(given, each.name) == getattr(shown[0], each.name)]
    return replace(given, **{name: getattr(own, name) for name in same})


def _taken(writer: Writer, entry: Entry, asked: Asked, event: Event | None, held: HeldReviews) -> TakenReview:
    if entry.reviewed is None:
        return _refused(entry.place, entry.broken)
    before = held.find(entry.reviewed)
    stamp = before.review.recorded_from if before else None
    try:
        review = take_review(writer, entry.reviewed, state=asked.state, event=event, among=held)
    except (InvalidInput, Conflict) as refused:
        told = _placed(refused, entry.place)
        if not asked.skip_broken:
            raise told from refused
        return _refused(entry.place, told)
    claim = writer.session.get_one(Claim, review.claim_id)
    outcome = (
        ReviewTaken.CREATED
        if before is None
        else ReviewTaken.UNCHANGED
        if review.recorded_from == stamp
        else ReviewTaken.CHANGED
    )
    return TakenReview(
        place=entry.place,
        outcome=outcome,
        review=review.public_id,
        claim=claim.public_id,
        claim_text=claim.text,
        reason=None,
        warnings=[ReviewWarning(place=each.place, message=each.message) for each in entry.noticed],
    )


def _refused(place: str, broken: ProvenanceError | None) -> TakenReview:
    reason = broken.message if broken else None
    return TakenReview(
        place=place, outcome=ReviewTaken.REFUSED, review=None, claim=None, claim_text=None, reason=reason, warnings=[]
    )


def _refuse(broken: Sequence[Entry]) -> None:
    first = broken[0].broken
    if first is None:
        return
    others = len(broken) - 1
    more = (
        f" {others} more cannot be taken in either."
        if others > 1
        else " Another one cannot be either."
        if others
        else ""
    )
    raise type(first)(
        f"{first.message}{more} Nothing was written; send skip_broken=true to take in the rest.", field=first.field
    )


# Where our columns stand in markup.
PLACES = {
    "title": "headline",
    "author": "author.name",
    "rating": "reviewRating.alternateName",
    "reasons": "reviewRating.ratingExplanation",
    "language": "inLanguage",
    "reviewed_at": "datePublished",
    "rating_value": "reviewRating.ratingValue",
    "best_rating": "reviewRating.bestRating",
    "worst_rating": "reviewRating.worstRating",
    "claim_reviewed": "claimReviewed",
    "claimant": "itemReviewed.author",
    "claimed_on": "itemReviewed.datePublished",
    "first_appearance": "itemReviewed.firstAppearance",
    "appearances": "itemReviewed.appearance",
}


def _placed(unfit: ProvenanceError, place: str) -> ProvenanceError:
    """The same, with the place in the markup instead of our column."""
    column, _, rest = (unfit.field or "").partition(".")
    where = at(place, PLACES.get(column, column)) + (f".{rest}" if rest else "")
    message = unfit.message.removeprefix(f"{unfit.field}: ")
    return type(unfit)(f"{where}: {message}", field=where)
