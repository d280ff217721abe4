"""Writes a review that was published elsewhere: the claim that it is about, and what it says of it.

A rating word of others is kept as it is and never turned into a verdict of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlmodel import Session

from provenance.analysis.knowing import worded_alike
from provenance.analysis.matching.judging import Match
from provenance.analysis.matching.terms import stem
from provenance.analysis.matching.wanted import wanted_from
from provenance.errors import Conflict, InvalidInput
from provenance.exchange.claimreview.reviewed import ReviewedClaim, words_for
from provenance.exchange.claimreview.wording import as_read
from provenance.storage.claim import Claim
from provenance.storage.event import Event
from provenance.storage.reads.asked import Included
from provenance.storage.reads.review_markup import HeldReview, reviews_at
from provenance.storage.record import derived_public_id
from provenance.storage.review import Review, ReviewBase
from provenance.storage.texts import check_field, is_required
from provenance.storage.words import fold
from provenance.storage.writes.finding import current
from provenance.storage.writes.reviews import check_rating, stand_behind_claim
from provenance.storage.writes.searching import index, index_new
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Agreement, ClaimKind, ReportState, Sameness

# Where claims go that nobody put into an event.
CATCH_ALL = "Claims that others reviewed"
CATCH_ALL_ID = derived_public_id("event", CATCH_ALL)
ARTICLES = frozenset({"a", "an", "the"})
LONGEST_CLAIM = 2000


class HeldReviews:
    """The reviews that are held already, found at once for many that were read.

    It is the same review if its address and the words of its claim are, or, without an address, its author and those.
    """

    def __init__(self, session: Session, reviewed: Iterable[ReviewedClaim]) -> None:
        """Find those that these may be."""
        self._found: dict[tuple[str | None, str], list[HeldReview]] = {}
        self.catch_all: Event | None = None  # kept here so that it is looked for once
        every = list(reviewed)
        urls = {each.url for each in every if each.url is not None}
        for held in reviews_at(session, urls, {each.author for each in every if each.url is None}):
            self.add(held)

    def add(self, held: HeldReview) -> None:
        """Count one as held from now on."""
        self._found.setdefault(_published(held.review.url, held.review.author), []).append(held)

    def find(self, reviewed: ReviewedClaim) -> HeldReview | None:
        """The one that this is, whatever its state."""
        words = fold(reviewed.claim)
        there = self._found.get(_published(reviewed.url, reviewed.author), [])
        # Our own markup may hold what looks like a tag of HTML, which is not read as such where it was written.
        return next((each for each in there if words in (fold(each.said), fold(as_read(each.said)))), None)


def take_review(
    writer: Writer,
    reviewed: ReviewedClaim,
    *,
    state: ReportState,
    event: Event | None = None,
    among: HeldReviews | None = None,
) -> Review:
    """Record a review as its markup tells it; the same one again changes nothing, a changed one changes the row.

    It is the same review if its address and the words of its claim are. The claim is one that is held and reads the
    same (of ``event``, where one is given; else only if a single one does); else a new one in ``event``, or in one
    event for all claims that only others reviewed. What is new is in ``state`` itself. ``among`` are the reviews that
    are held, where they were found for many at once.

    :raises InvalidInput: naming the field of a review that may not hold this.
    :raises Conflict: if a proposal would change a review that the desk accepted.
    """
    values = values_of(reviewed)
    among = among or HeldReviews(writer.session, [reviewed])
    held = among.find(reviewed)
    if held is not None:
        return _changed(writer, held, values, state)
    claim = known_claim(writer.session, reviewed.claim, event) or _new_claim(
        writer, reviewed.claim, state, event or _catch_all(writer, state, among)
    )
    review = writer.add(Review(**values, claim_id=claim.key, state=state))
    among.add(HeldReview(review, claim))
    if state is ReportState.ACCEPTED:
        stand_behind_claim(writer, review)
    return review


def known_claim(session: Session, text: str, event: Event | None = None) -> Claim | None:
    """The one claim that is held and surely is this one: the same words, or the same but for endings and articles.

    Where several are, nobody can tell which is meant, and it is None.
    """
    found = [one for one in worded_alike(session, text, Included.PROPOSED) if _within(one, event)]
    for is_same in (_same_words, _surely_same):
        same = [claim for one in found if is_same(text, one) and (claim := current(session, Claim, one.known.id))]
        accepted = [claim for claim in same if claim.state is ReportState.ACCEPTED]
        only = accepted or same
        if only:
            return only[0] if len(only) == 1 else None
    return None


def values_of(reviewed: ReviewedClaim) -> dict[str, Any]:
    """What the columns of a review are to hold.

    :raises InvalidInput: naming the column that may not hold it.
    """
    values = {
        "title": reviewed.title,
        "author": reviewed.author,
        "rating": reviewed.rating or words_for(reviewed.rating_value, reviewed.best, reviewed.worst) or "",
        "reasons": reviewed.reasons,
        "url": reviewed.url,
        "language": reviewed.language,
        "reviewed_at": reviewed.reviewed_at,
        "rating_value": reviewed.rating_value,
        "best_rating": reviewed.best,
        "worst_rating": reviewed.worst,
        "claim_reviewed": reviewed.claim,
        "claimant": reviewed.claimant,
        "claimed_on": reviewed.claimed_on,
        "first_appearance": reviewed.first_appearance,
        "appearances": list(reviewed.appearances),
        "markup": dict(reviewed.markup) | ({"author_url": reviewed.author_url} if reviewed.author_url else {}),
    }
    _check(values)
    return values


def says(review: Review, values: dict[str, Any]) -> bool:
    """Whether a review says all this already; the words of its claim may differ in case and accents."""
    return not _differing(review, values)


def _differing(review: Review, values: dict[str, Any]) -> list[str]:
    return [name for name, value in values.items() if name != "claim_reviewed" and getattr(review, name) != value]


def _changed(writer: Writer, held: HeldReview, values: dict[str, Any], state: ReportState) -> Review:
    review = held.review
    # The words of the claim differ at most in case and accents; the row keeps its own.
    values = values | {"claim_reviewed": review.claim_reviewed}
    differing = _differing(review, values)
    if differing and review.state is ReportState.ACCEPTED and state is not ReportState.ACCEPTED:
        raise Conflict(
            f"{differing[0]}: the desk accepted this review as {review.public_id}, and it says otherwise here. "
            "Send it as accepted to change it.",
            field=differing[0],
        )
    if state is ReportState.ACCEPTED:
        values["state"] = state
    writer.change(review, values)
    if review.state is ReportState.ACCEPTED and held.claim.state is ReportState.PROPOSED:
        stand_behind_claim(writer, review)
    return review


def _new_claim(writer: Writer, text: str, state: ReportState, event: Event) -> Claim:
    if len(text) > LONGEST_CLAIM:
        raise InvalidInput(
            f"claim_reviewed: it has {len(text):,} characters. Send at most {LONGEST_CLAIM:,}.",
            field="claim_reviewed",
        )
    kind = ClaimKind.FIGURE if wanted_from(text).figures else ClaimKind.OTHER
    claim = writer.add(Claim(text=text, kind=kind, event_id=event.key, state=state))
    index_new(writer.session, claim)
    return claim


def _catch_all(writer: Writer, state: ReportState, among: HeldReviews) -> Event:
    among.catch_all = among.catch_all or current(writer.session, Event, CATCH_ALL_ID)
    if among.catch_all is None:
        among.catch_all = writer.add(Event(title=CATCH_ALL, state=state), CATCH_ALL_ID)
        index(writer.session, among.catch_all)
    return among.catch_all


def _published(url: str | None, author: str) -> tuple[str | None, str]:
    return url, author if url is None else ""


def _within(match: Match, event: Event | None) -> bool:
    return event is None or match.known.event == event.public_id


def _same_words(text: str, match: Match) -> bool:
    return fold(text) == fold(match.known.text)


def _surely_same(text: str, match: Match) -> bool:
    differs = any(field.agreement is Agreement.DIFFER for field in match.fields)
    return match.same is Sameness.LIKELY and not differs and _stems(text) == _stems(match.known.text)


def _stems(text: str) -> Sequence[str]:
    return [stem(word) for word in fold(text).split() if word not in ARTICLES]


def _check(values: dict[str, Any]) -> None:
    check_rating(values)
    for name, value in values.items():
        field = ReviewBase.model_fields[name]
        longest = next((limit.max_length for limit in field.metadata if hasattr(limit, "max_length")), None)
        for text in _texts(value):
            try:
                check_field(name, text, required=name != "markup" and is_required(field), verbatim=False)
            except ValueError as unfit:
                raise InvalidInput(f"{name}: {unfit}.", field=name) from unfit
            if longest is not None and len(text) > longest and isinstance(value, str):
                most = LONGEST_CLAIM if name == "claim_reviewed" else longest
                raise InvalidInput(f"{name}: it has {len(text):,} characters. Send at most {most:,}.", field=name)
        if value is None and field.is_required():
            raise InvalidInput(f"{name}: it is missing. Add it.", field=name)
    for position, address in enumerate(values["appearances"]):
        if len(address) > LONGEST_ADDRESS or not ADDRESS.fullmatch(address):
            raise InvalidInput(f"appearances.{position}: it is no web address.", field=f"appearances.{position}")


LONGEST_ADDRESS = 2000
ADDRESS = re.compile(r"https?://\S+")


def _texts(value: Any) -> list[str]:
    match value:
        case str():
            return [value]
        case list():
            return [text for one in value for text in _texts(one)]
        case dict():
            return [text for key, one in value.items() for text in (str(key), *_texts(one))]
        case _:
            return []
