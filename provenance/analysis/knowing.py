"""Answers whether a claim is known already: candidates by their words, then what they and their reports say of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlmodel import Session

from provenance.analysis.matching.answering import page_of
from provenance.analysis.matching.comparing import Known
from provenance.analysis.matching.judging import Match, judge, ranked
from provenance.analysis.matching.likeness import likenesses, rarity
from provenance.analysis.matching.terms import sought, stem
from provenance.analysis.matching.wanted import Counted, Wanted, tell, wanted_from
from provenance.answers import Page
from provenance.answers_match import MatchItem
from provenance.errors import InvalidInput
from provenance.numerals import whole
from provenance.quantity import Quantity, language_of_words
from provenance.storage.reads.asked import Included
from provenance.storage.reads.asked_match import MatchAsked
from provenance.storage.reads.candidates import (
    MOST_WORDS,
    Sought,
    Worded,
    candidates,
    frequencies,
    having_all,
    newest_claim,
)
from provenance.storage.reads.known import HeldClaim, HeldFigure, holds, known_claims, reported
from provenance.storage.reads.rows import event, referred, report
from provenance.storage.words import fold
from provenance.vocabulary import Qualifier

# By words alone a hundred claims are looked at, and the best of them also by what their reports say.
BY_WORDS, BY_FIELDS = 100, 20


def match(session: Session, asked: MatchAsked) -> Page[MatchItem]:
    """The answer to a question as somebody asks it.

    :raises InvalidInput: naming the field, if there is no such event or report.
    """
    if asked.report is not None:
        wanted, own = wanted_of(session, asked.report)
        return page_of(matches(session, wanted, asked.limit, asked.include, besides=own))
    wanted = wanted_from(asked.text or "", asked.event, asked.published)
    return page_of(matches(session, wanted, asked.limit, asked.include))


def matches(
    session: Session,
    wanted: Wanted,
    limit: int = 5,
    include: Included = Included.ACCEPTED,
    besides: str | None = None,
) -> list[Match]:
    """The known claims that are most like what is wanted, best first, each with reasons; nothing is changed.

    Nothing is decided either: even a likely match waits for somebody to say that it is the same. ``besides`` is the
    public id of a claim that is left out: the one that a proposal stands under itself.

    :raises InvalidInput: if there is no event of the id that is wanted.
    """
    terms = sought(wanted.text)[:MOST_WORDS]
    asked = [Sought(term.words, term.text if term.beginning else None) for term in terms]
    frequent = dict(zip(asked, frequencies(session, asked), strict=True))
    records = newest_claim(session)
    rarities = {term.text: rarity(records, frequent[one].claims) for term, one in zip(terms, asked, strict=True)}
    weights = {one: rarities[term.text] for term, one in zip(terms, asked, strict=True)}
    found = candidates(session, weights, frequent, BY_WORDS)
    if wanted.event is not None:
        key = referred(session, event, wanted.event, "event")["id"]
        found = _distinct([*candidates(session, weights, frequent, BY_FIELDS, event_id=key), *found])
    alike = likenesses(fold(wanted.text), [one.words for one in found], rarities)
    best = sorted(zip(found, alike, strict=True), key=lambda pair: -pair[1].score)[: max(BY_FIELDS, limit + 1)]
    likeness = {one.key: likeness for one, likeness in best}
    held = known_claims(session, [one.key for one, _ in best], include)
    return ranked([judge(wanted, known(one), likeness[one.key]) for one in held if one.id != besides])[:limit]


def worded_alike(session: Session, text: str, include: Included = Included.ACCEPTED) -> list[Match]:
    """The known claims that have all words of a text, whatever their endings and order, compared with it as by
    :func:`matches`, at a fraction of the cost: most texts are no claim's, and that is known after one question.
    """
    terms = sought(text)[:MOST_WORDS]
    longest = sorted(terms, key=lambda term: -len(term.text))[:TELLING]
    asked = [Sought(term.words, term.text if term.beginning else None) for term in longest]
    stems = {term.text for term in terms}
    found = [one for one in having_all(session, asked, BY_WORDS) if stems <= set(map(stem, one.words.split()))]
    if not found:
        return []
    wanted = wanted_from(text)
    alike = likenesses(fold(text), [one.words for one in found], {term.text: 1.0 for term in terms})
    likeness = {one.key: each for one, each in zip(found, alike, strict=True)}
    held = known_claims(session, list(likeness), include)
    return ranked([judge(wanted, known(one), likeness[one.key]) for one in held])


# Words by which a sentence is looked for as a whole; the others are compared with what is found.
TELLING = 12


def wanted_of(session: Session, report_id: str) -> tuple[Wanted, str]:
    """What a report says, proposed or accepted, to be looked for among other claims; and the id of its own claim.

    :raises InvalidInput: if there is no such report, or its claim is not public or went when it was rejected.
    """
    key = referred(session, report, report_id, "report")["claim_id"]
    own_claim = known_claims(session, [key], Included.PROPOSED)
    if not own_claim:
        why = "is not public, and what is public is compared" if holds(session, key) else "went when it was rejected"
        raise InvalidInput(
            f"report: the claim of the report '{report_id}' {why}. Give the words instead.", field="report"
        )
    [held] = own_claim
    said = reported(session, report_id)
    own = known(held)
    printed = tuple(_counted(figure, held) for figure in said.figures)
    told = tell(held.text)
    return Wanted(
        text=held.text if said.quote is None else f"{held.text} {said.quote}",
        figures=printed or own.figures,
        stance=said.stance,
        chain=said.chain,
        event=held.event,
        place=held.tally_place,
        happened=held.happened if None not in held.happened else told.happened,
    ), held.id


def known(held: HeldClaim) -> Known:
    """A claim as it is compared: what its own sentence tells, what its tally counts, what its reports print."""
    told = tell(held.text)
    printed = [_counted(figure, held) for figure in held.figures]
    own = [_in_tally(figure, held) for figure in told.figures]
    happened = held.happened if None not in held.happened else told.happened
    places = (held.tally_place, held.place, *(figure.place for figure in printed))
    return Known(
        held.id,
        held.text,
        held.event,
        held.event_title,
        held.tally,
        tuple(dict.fromkeys([*own, *printed])),
        told.stance,
        held.sources,
        tuple(dict.fromkeys(place for place in places if place)),
        happened if None not in happened else (held.began, held.ended),
    )


def _in_tally(figure: Counted, held: HeldClaim) -> Counted:
    measure = figure.measure or held.measure
    return Counted(figure.quantity, measure, figure.counted or held.counted, figure.place)


def _counted(figure: HeldFigure, held: HeldClaim) -> Counted:
    quantity = Quantity(
        figure.text,
        Qualifier(figure.qualifier),
        _number(figure.value),
        _number(figure.low),
        _number(figure.high),
        figure.unit,
        language_of_words(figure.text, Qualifier(figure.qualifier), figure.language),
    )
    return Counted(quantity, figure.measure or held.measure, figure.counted or held.counted, figure.place)


def _number(value: float | None) -> int | Decimal | None:
    return None if value is None else whole(Decimal(repr(value)))


def _distinct(found: Iterable[Worded]) -> list[Worded]:
    return list({one.key: one for one in found}.values())
