"""What falls if something is withdrawn or distrusted, asked by people: by names, in an address to pass on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field
from sqlalchemy import Engine
from sqlmodel import Session

from api.dependencies import Held, Reads
from api.web.choosing import PageAsked, ids_in, sources_meant
from api.web.falling_words import Falls, grouped, through
from api.web.links import asked as parameters
from api.web.problem_pages import said_to_people
from api.web.reading import trace_of
from api.web.rendering import page
from provenance.analysis.impact import what_if
from provenance.answers import SourceItem
from provenance.answers_impact import ClaimImpact
from provenance.answers_trace import Trace
from provenance.errors import InvalidInput, NotFound
from provenance.storage.moment import moment_of
from provenance.storage.reads.asked import ClaimsAsked, EventsAsked
from provenance.storage.reads.asked_impact import HopAsked, WhatIfAsked
from provenance.storage.reads.claims import claims
from provenance.storage.reads.events import events
from provenance.storage.reads.sources import source_detail

router = APIRouter()

MOST_LISTED = 30


class WhatIfPage(PageAsked):
    """What is taken away: sources, documents, reports, or one hop; and where the answer is looked for."""

    source: list[str] = Field(default_factory=list, max_length=50)
    q: str | None = None
    linked: str | None = None
    document: list[str] = Field(default_factory=list, max_length=50)
    report: list[str] = Field(default_factory=list, max_length=50)
    upstream: str | None = None
    downstream: str | None = None
    claim: str | None = None
    event: str | None = None
    as_of: str | None = None
    known_at: str | None = None

    @property
    def names_something(self) -> bool:
        """Whether there is a question to answer."""
        return bool(self.source or self.document or self.report or self.downstream)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may mean several sources, or none, in one field of the form."""

    field: str
    words: str
    among: Sequence[SourceItem]


@router.get("/what-if")
def ask_what_if(request: Request, asked: Annotated[WhatIfPage, Query()], session: Reads, engine: Held) -> Response:
    """The form, and the answer below it once something is named."""
    meant, doubts = _resolved(session, asked)
    permanent = address(meant)
    if not doubts and request.url.query != permanent.partition("?")[2]:
        return RedirectResponse(permanent, 303)
    question = _question(meant) if meant.names_something and not doubts else None
    falls, fault = _answer(session, question)
    return page(
        request,
        "what_if.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK,
        title=_title(falls),
        description=falls.lead if falls else DESCRIPTION,
        here="sources",
        asked=meant,
        doubts=doubts,
        taken=[source_detail(session, each) for each in meant.source],
        ends={
            field: source_detail(session, each).name
            for field in ("upstream", "downstream")
            if (each := getattr(meant, field)) and each.startswith("src_")
        },
        falls=falls,
        fault=fault,
        body=question.model_dump_json(exclude_defaults=True) if question else None,
        without_moment=address(meant.model_copy(update={"as_of": None, "known_at": None})),
        through=_through,
        events=events(session, EventsAsked(limit=100)).items,
        begin=_suggested(engine, session, asked) if not meant.names_something else [],
    )


DESCRIPTION = "What would lose all support if a source, a document or one step of a chain could not be relied on."


def address(asked: WhatIfPage) -> str:
    """The permanent address of a question.

    >>> address(WhatIfPage(source=["src_u2zuowcok7aoqsvy", "src_zjtcr2v7aeopd7zg"], linked="1"))
    '/what-if?source=src_u2zuowcok7aoqsvy&source=src_zjtcr2v7aeopd7zg&linked=1'
    """
    single = {name: value for name, value in asked.model_dump().items() if not isinstance(value, list)}
    several = [
        parameters(**{name: value})[1:] for name in ("source", "document", "report") for value in getattr(asked, name)
    ]
    query = "&".join([part for part in (*several, parameters(**single)[1:]) if part])
    return f"/what-if?{query}" if query else "/what-if"


def _resolved(session: Session, asked: WhatIfPage) -> tuple[WhatIfPage, list[Doubt]]:
    """The same question by ids, and the names that do not tell which source is meant."""
    given = asked.model_dump()
    found, doubts = _sources_named(session, [*asked.source, *([asked.q] if asked.q else [])])
    given["source"] = found
    given["q"] = doubts[0].words if doubts else None
    for field in ("upstream", "downstream"):
        if words := given[field]:
            among = _meant(session, words)
            if len(among) == 1:
                given[field] = among[0].id
            else:
                doubts.append(Doubt(field, words, among))
    for field, prefix in (("document", "doc"), ("report", "rep")):
        given[field] = [found for text in given[field] for found in ids_in(text, prefix) or [text]]
    if not given["source"] and not given["q"]:
        given["linked"] = None
    return WhatIfPage(**given), doubts


def _sources_named(session: Session, named: Sequence[str]) -> tuple[list[str], list[Doubt]]:
    """The ids of sources that are named in any way, and what does not tell which one is meant."""
    meant = {words: _meant(session, words) for words in named}
    doubts = [Doubt("q", words, among) for words, among in meant.items() if len(among) != 1]
    return list(dict.fromkeys(among[0].id for among in meant.values() if len(among) == 1)), doubts


def _meant(session: Session, words: str) -> Sequence[SourceItem]:
    """The sources that a name, an id or the address of a page may mean."""
    ids = ids_in(words, "src")
    if not ids:
        return sources_meant(session, words)
    try:
        return [source_detail(session, ids[0])]
    except NotFound:
        return []


def _question(asked: WhatIfPage) -> WhatIfAsked:
    hop = HopAsked(upstream=asked.upstream, downstream=asked.downstream) if asked.downstream else None
    return WhatIfAsked(
        sources=asked.source,
        with_linked=asked.linked is not None and bool(asked.source),
        documents=asked.document,
        reports=asked.report,
        hops=[hop] if hop else [],
        event=asked.event,
        limit=MOST_LISTED,
    )


def _answer(session: Session, question: WhatIfAsked | None) -> tuple[Falls | None, str | None]:
    """What falls; or, in words that the form shows, why this cannot be answered as it is asked."""
    if question is None:
        return None, None
    try:
        return grouped(what_if(session, question)), None
    except (InvalidInput, NotFound) as fault:
        return None, said_to_people(fault.message)


def _title(falls: Falls | None) -> str:
    named = falls.answer.says.partition(",")[0].removeprefix("Without ") if falls else "something"
    if falls is None or len(named) > LONGEST_TITLE:
        return "What falls without it?"
    return f"What if {named} falls?" if falls.answer.withdrawn.sources else f"What falls without {named}?"


LONGEST_TITLE = 90


def _through(item: ClaimImpact) -> list[object]:
    return list(through([item]))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A source on which much of a claim rests: in how many reports it is named first, or passes on."""

    source: str
    source_id: str
    first: int
    passing: int
    of_reports: int
    claim: str
    text: str


def _suggested(engine: Engine, session: Session, asked: WhatIfPage) -> list[Suggestion]:
    """Who to begin with: all on the ways of one claim; or whom the claims with most documents mostly begin with."""
    moment = moment_of(session)
    if asked.claim:
        return _of_claim(trace_of(engine, asked.claim, moment))[:MOST_OF_CLAIM]
    most = claims(session, ClaimsAsked(sort="-documents", limit=12)).items
    first = [each for claim in most for each in _of_claim(trace_of(engine, claim.id, moment))[:1]]
    return list({each.source_id: each for each in reversed(first)}.values())[::-1]


MOST_OF_CLAIM = 15


def _of_claim(trace: Trace) -> list[Suggestion]:
    ids = {edge.downstream: edge.downstream_id for edge in trace.edges}
    ids |= {origin.source: origin.source_id for origin in trace.origins}
    first, passing = Counter[str](), Counter[str]()
    for report in trace.reports:
        first.update({path[0] for path in report.paths})
        passing.update({name for path in report.paths for name in path[1:-1]})
    return [
        Suggestion(name, ids[name], first[name], passing[name], len(trace.reports), trace.claim.id, trace.claim.text)
        for name, _ in (first + passing).most_common()
        if name in ids
    ]
