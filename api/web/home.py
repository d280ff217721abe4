"""The first page: what this is, one chain as an example, what is flagged and why, and what came in lately."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from fastapi import APIRouter, Request, Response
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import Held, Reads
from api.web.drawing.miniature import Miniature, miniature
from api.web.links import link
from api.web.reading import trace_of
from api.web.rendering import page
from api.web.repeats import confirmed_repeats
from api.web.words import date, plain
from provenance.analysis.naming_first import NamedFirst, named_first
from provenance.analysis.plain_answer import PlainAnswer, plain_answer
from provenance.analysis.rule import Rule
from provenance.analysis.rules import RULES
from provenance.answers import ClaimItem, CorrectionItem, DocumentItem
from provenance.answers_detail import EventDetail
from provenance.answers_trace import Trace
from provenance.storage.moment import moment_of
from provenance.storage.reads import claims, corrections, documents, events, flags
from provenance.storage.reads.asked import (
    Asked,
    ClaimsAsked,
    CorrectionsAsked,
    DocumentsAsked,
    EventsAsked,
    FlagsAsked,
    TalliesAsked,
)
from provenance.storage.reads.flags import RuleCount
from provenance.storage.reads.front import holdings, marked_words
from provenance.storage.reads.latest import latest_changes
from provenance.vocabulary import CorrectionKind, Verdict

router = APIRouter()

TITLE = "Who is this really from?"
DESCRIPTION = (
    "Which source stands behind a claim, through whom it travelled, and how many independent sources there are, in the "
    "documents that were collected. It measures reporting, not truth."
)
MOST = 5  # of each list


# Of what is flagged, what tells most about reporting comes first; what is found most often follows.
TELLING = (
    "unverified_figure",
    "chokepoint",
    "zombie",
    "contradicted_figure",
    "figure_drift",
    "source_drift",
)


@dataclass(frozen=True, slots=True)
class Example:
    """The claim that is told on the first page, with a picture of its chain."""

    claim: ClaimItem
    trace: Trace
    told: PlainAnswer
    named: NamedFirst | None
    small: Miniature


@dataclass(frozen=True, slots=True)
class Corrected:
    """A claim, or a document where `claim` is None, and what was done to it."""

    claim: str | None
    text: str | None
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that is asked here, and the page that answers it."""

    question: str
    address: str
    where: str


@router.get("/")
def home(request: Request, session: Reads, engine: Held) -> Response:
    """The first page."""
    example = _example(session, engine)
    reported = [events.event_detail(session, each.id) for each in events.events(session, _newest(EventsAsked)).items]
    return page(
        request,
        "home.html",
        title=TITLE,
        description=DESCRIPTION,
        json="/v1",
        held=holdings(session),
        example=example,
        questions=_questions(session, example),
        found=_telling(flags.found_by_rule(session, FlagsAsked())),
        confirmed=len(confirmed_repeats(session)),
        events=reported,
        searched_until=max((log.searched_until for each in reported for log in each.coverage), default=None),
        claims=_claims(session, reported),
        documents=_documents(session, reported),
        changes=latest_changes(session, 3),
        corrections=_corrections(session),
    )


Q = TypeVar("Q", bound=Asked)
T = TypeVar("T")


def _newest(question: type[Q], **about: str) -> Q:
    return question.model_validate({"sort": "-recorded", "limit": MOST, **about})


def _claims(session: Session, reported: Sequence[EventDetail]) -> list[ClaimItem]:
    """The claims that came in last, and those of each event."""
    of_events = [_newest(ClaimsAsked, event=each.id) for each in reported]
    lists = [claims.claims(session, asked).items for asked in (_newest(ClaimsAsked), *of_events)]
    return _in_turn([[(claim.id, claim) for claim in found] for found in lists])


def _documents(session: Session, reported: Sequence[EventDetail]) -> list[tuple[DocumentItem, str | None]]:
    """The documents that came in last, and those of each event, each with an event that it reports on."""
    of_events = [
        (each.title, documents.documents(session, _newest(DocumentsAsked, event=each.id)).items) for each in reported
    ]
    titles = {one.id: title for title, found in of_events for one in found}
    lists = [documents.documents(session, _newest(DocumentsAsked)).items, *(found for _, found in of_events)]
    return _in_turn([[(one.id, (one, titles.get(one.id))) for one in found] for found in lists])


def _in_turn(lists: Sequence[Sequence[tuple[str, T]]]) -> list[T]:
    """The first of each list, then the second of each, once by its id: one event alone would fill all the places.

    >>> _in_turn([[("a", "A"), ("b", "B")], [("a", "A"), ("b", "B")], [("x", "X"), ("y", "Y")]])
    ['A', 'X', 'B', 'Y']
    """
    turns = zip_longest(*lists)
    return list(dict(pair for turn in turns for pair in turn if pair is not None).values())[:MOST]


def _example(session: Session, engine: Engine) -> Example | None:
    """The claim with the most documents that goes back to one source, or to linked ones; else the one with the most."""
    for verdict in (Verdict.SINGLE, None):
        found = claims.claims(session, ClaimsAsked(sort="-documents", verdict=verdict, limit=1)).items
        if found and found[0].documents:
            trace = trace_of(engine, found[0].id, moment_of(session))
            named = [one for one in named_first(trace) if one.established]
            return Example(found[0], trace, plain_answer(trace), named[0] if named else None, miniature(trace))
    return None


def _corrections(session: Session) -> list[Corrected]:
    """The latest of what was taken back; what was only replaced by something later comes after that."""
    latest = corrections.corrections(session, CorrectionsAsked(sort="-recorded", limit=100)).items
    found: dict[str | None, list[CorrectionItem]] = {}
    for each in sorted(latest, key=lambda one: one.kind is CorrectionKind.SUPERSESSION):
        found.setdefault(each.claim, []).append(each)
    told = [Corrected(of[0].claim, of[0].claim_text, tuple(map(_done, of))) for of in found.values()]
    return told[:MOST]


def _done(correction: CorrectionItem) -> str:
    """What was done, by whom and when.

    >>> retraction = {"kind": CorrectionKind.RETRACTION, "by": "Tass", "effective": "2022-01-09"}
    >>> _done(CorrectionItem.model_construct(**retraction, attribution=None))
    'taken back by Tass, 9 January 2022'
    >>> _done(CorrectionItem.model_construct(**retraction, attribution="hop_khabarasaysaaaa"))
    'taken back by Tass in one report alone, 9 January 2022'
    """
    alone = " in one report alone" if correction.attribution else ""
    return f"{plain(correction.kind).partition(':')[0]} by {correction.by}{alone}, {date(correction.effective)}"


def _telling(counts: list[RuleCount]) -> list[tuple[Rule, RuleCount]]:
    """What is flagged, for somebody who has never seen a flag."""
    turn = {key: place for place, key in enumerate(TELLING)}
    rules = {rule.key: rule for rule in RULES}
    first = sorted(counts, key=lambda count: turn.get(count.rule, len(turn)))[: len(TELLING)]
    return [(rules[count.rule], count) for count in first]


def _questions(session: Session, example: Example | None) -> list[Asking]:
    """What people come to ask, each with a page that answers it: of the example where it is asked of one claim."""
    claim = link(example.claim.id) if example else "/claims"
    tally = _contested_tally(session)
    words, shown = _where_it_says_so(session, example)
    return [
        Asking("Who is this really from?", claim, "the chain of a claim"),
        Asking("How many independent sources are there, and who else says so?", claim, "the answer on its page"),
        Asking(
            "Which figures has nobody corroborated?", "/flags?rule=unverified_figure", "flags, with what clears them"
        ),
        Asking("What was known at a moment?", "/compare", "two dates side by side"),
        Asking("What falls if somebody withdraws it?", "/what-if", "what if a source falls"),
        Asking("What changed on the way?", f"{claim}#drift", "words and figures, hop by hop"),
        Asking("Which figures compete?", link(tally) if tally else "/tallies", "a tally, no winner picked"),
        Asking("Do we know this claim already?", "/search", "paste a sentence into the search"),
        Asking("Where exactly does it say so?", words, shown),
        Asking("Who changed this record, when and why?", "/history", "the history, nothing left out"),
    ]


def _contested_tally(session: Session) -> str | None:
    """The tally in which most figures are excluded by another; where none is, the one with most claims."""
    asked = ClaimsAsked(flag=["contradicted_figure"], limit=200)
    contested = Counter(claim.tally for claim in claims.claims(session, asked).items if claim.tally)
    if contested:
        return contested.most_common(1)[0][0]
    found = events.tallies(session, TalliesAsked(limit=200)).items
    return max(found, key=lambda tally: tally.claims).id if found else None


def _where_it_says_so(session: Session, example: Example | None) -> tuple[str, str]:
    """A document in whose text words are marked, and what is to be seen there; where none is held, any document."""
    marked = marked_words(session)
    if marked is not None:
        return f"{link(marked.document)}#{marked.report}", "a document with its words marked"
    if example is None or not example.trace.reports:
        return "/documents", "the documents, each with what it states"
    report = example.trace.reports[0]
    return f"{link(report.document)}#{report.id}", "a document with what it states; its text is not held"
