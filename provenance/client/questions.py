"""The ten questions, each as one call that reads like it; a claim may be named by its words.

=======================  ================================================================================
who_is_it_from           the origins of a claim, or that none is stated; a carrier is never made one
independent_origins      how many of them are independent, with the proof, and who else says so
unverified_figures       figures that nothing corroborates, each with what would clear it
as_of                    the same as the first two, restricted to what was published by a moment
what_falls               reports left without support if somebody is withdrawn or distrusted
what_changed             how numbers, qualifiers, scope, sources and words differ from hop to hop
competing_figures        the ledger of what is being counted; no winner is picked
known_already            claims that a sentence may be, with the reasons
where_exactly            the quote of a report, its offsets, and the document with hash and archived address
who_changed              the history of a record
=======================  ================================================================================
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Unpack

from provenance.answers import ClaimItem, FigureItem, Page, SourceItem
from provenance.answers_detail import DocumentDetail, ReportDetail
from provenance.answers_drift import DriftItem
from provenance.answers_history import HistoryItem
from provenance.answers_impact import WhatFalls
from provenance.answers_ledger import TallyLedger
from provenance.answers_match import MatchItem
from provenance.answers_server import Problem
from provenance.answers_trace import Trace, TracedOrigin
from provenance.client import asked, given
from provenance.client.claims import Claims, Documents, Figures, Reports
from provenance.client.deciding import Corrections
from provenance.client.errors import NotAsked, NotFound
from provenance.client.events import Tallies
from provenance.client.looking import Finding, History
from provenance.client.operation import Resource, S, planned
from provenance.client.request import identifying
from provenance.client.sources import Sources
from provenance.client.talking import Plan

PUBLIC_ID = re.compile(r"[a-z]{3}_[a-z0-9_]+")
BY_WORDS = "Give its id, or words of it."
NAMED = 8  # sources, in a message


class Questions(Resource[S]):
    """What people come to ask.

    A claim is named by its id or by words of it; where several claims have the words, the one that most documents
    state is meant, and its id is in the answer. Sources of :meth:`what_falls` are named by id or by name, if one alone
    is called so. Reports, documents, events and records are named by their ids.
    """

    @planned
    def who_is_it_from(self, claim: str, /, **moment: Unpack[asked.MomentAsked]) -> Plan[list[TracedOrigin]]:
        """The origins, most reports first; where a page names none, the origin is not stated."""
        trace = yield from _traced(claim, moment)
        return trace.origins

    @planned
    def independent_origins(self, claim: str, /, **moment: Unpack[asked.MomentAsked]) -> Plan[Trace]:
        """The verdict with the paths and ties that prove it, and other accounts beside it."""
        return (yield from _traced(claim, moment))

    @planned
    def unverified_figures(self, **filters: Unpack[asked.FiguresAsked]) -> Plan[Page[FigureItem]]:
        """A page of figures that nothing corroborates; each flag says why, and what clears it."""
        if filters.get("claim") is not None:
            filters["claim"] = yield from _claim(filters["claim"])
        filters["flag"] = [*filters.get("flag", ()), "unverified_figure"]
        answer: Page[FigureItem] = yield Figures.list.described.request(**filters)
        return answer

    @planned
    def as_of(self, claim: str, published_by: str, /, *, known_at: str | None = None) -> Plan[Trace]:
        """The proof, restricted to what was published by a moment, and to what was held by another."""
        if not published_by:
            raise NotAsked(f"published_by: {published_by!r} is no moment. Give a date or a time.", field="published_by")
        moment: asked.MomentAsked = {"as_of": published_by}
        if known_at is not None:
            moment["known_at"] = known_at
        return (yield from _traced(claim, moment))

    @planned
    def what_falls(self, **withdrawn: Unpack[given.WhatIfAsked]) -> Plan[WhatFalls]:
        """Reports that are left without support, and those that still stand otherwise; nothing is written.

        ``sources`` are ids or names; a name is refused where none or several sources bear it.
        """
        if "sources" in withdrawn:
            withdrawn["sources"] = yield from _sources(withdrawn["sources"])
        answer: WhatFalls = yield Corrections.what_if.described.request(**withdrawn)
        return answer

    @planned
    def what_changed(self, claim: str, /, **filters: Unpack[asked.DriftAsked]) -> Plan[Page[DriftItem]]:
        """A page of differences from hop to hop."""
        named = yield from _claim(claim)
        answer: Page[DriftItem] = yield Claims.drift.described.request(named, **filters)
        return answer

    @planned
    def competing_figures(self, of: str, /, **how: Unpack[asked.ReadTallyAsked]) -> Plan[TallyLedger]:
        """The ledger of a tally, named by its id or by a claim that counts in it."""
        tally = yield from _tally(of)
        answer: TallyLedger = yield Tallies.get.described.request(tally, **how)
        return answer

    @planned
    def known_already(self, **sentence: Unpack[given.MatchAsked]) -> Plan[list[MatchItem]]:
        """Claims that the sentence may be, the likeliest first."""
        page: Page[MatchItem] = yield Finding.match.described.request(**sentence)
        return page.items

    @planned
    def where_exactly(self, report: str, /) -> Plan[Place]:
        """The quote with its offsets, and the document that holds it."""
        read: ReportDetail = yield Reports.get.described.request(_id("report", report))
        document: DocumentDetail = yield Documents.get.described.request(read.document)
        return Place(read, document)

    @planned
    def who_changed(self, record: str, /, **filters: Unpack[asked.HistoryAsked]) -> Plan[Page[HistoryItem]]:
        """A page of the history of a record of any noun."""
        filters["record"] = _id("record", record)
        answer: Page[HistoryItem] = yield History.list.described.request(**filters)
        return answer


@dataclass(frozen=True, slots=True)
class Place:
    """Where exactly a document says what a report says."""

    report: ReportDetail
    document: DocumentDetail


def _traced(claim: str, moment: asked.MomentAsked) -> Plan[Trace]:
    named = yield from _claim(claim)
    trace: Trace = yield Claims.trace.described.request(named, **moment)
    return trace


def _claim(named: object) -> Plan[str]:
    # An empty variable would mean every claim, and the answer would be about the largest.
    words = identifying("claim", named, BY_WORDS)
    if PUBLIC_ID.fullmatch(words):
        return words
    return (yield from _found(words)).id


def _tally(named: object) -> Plan[str]:
    words = identifying("of", named, BY_WORDS)
    if words.startswith("tal_"):
        return words
    if PUBLIC_ID.fullmatch(words):
        claim: ClaimItem = yield Claims.get.described.request(words)
    else:
        claim = yield from _found(words)
    if claim.tally is None:
        raise _nothing(f"{claim.id} counts in no tally, so no figure competes with it. Name a tally, or another claim.")
    return claim.tally


def _sources(named: Sequence[str]) -> Plan[list[str]]:
    if isinstance(named, str) or not isinstance(named, Sequence):
        raise NotAsked(f"sources: {named!r} is no list. Give a list of ids or names.", field="sources")
    found = []
    for each in named:
        found.append((yield from _source(each)))
    return found


def _source(named: object) -> Plan[str]:
    name = identifying("sources", named, "Give its id or its name.")
    if PUBLIC_ID.fullmatch(name):
        return name
    page: Page[SourceItem] = yield Sources.list.described.request(q=name, limit=50)
    called = [each for each in page.items if each.name.casefold() == name.casefold()] or page.items
    if len(called) == 1:
        return called[0].id
    if not called:
        raise NotAsked(f"sources: no source is called '{name}'. Use fewer words of it, or give an id.", field="sources")
    several = "; ".join(f"{each.id} {each.name}" for each in called[:NAMED])
    raise NotAsked(f"sources: '{name}' may mean several. Give the id of one: {several}", field="sources")


def _id(name: str, given: object) -> str:
    public_id = identifying(name, given)
    if not PUBLIC_ID.fullmatch(public_id):
        raise NotAsked(f"{name}: '{public_id}' is no id. Words stand for claims alone; give a public id.", field=name)
    return public_id


def _found(words: str) -> Plan[ClaimItem]:
    page: Page[ClaimItem] = yield Claims.list.described.request(q=words, sort="-documents", limit=1)
    if not page.items:
        raise _nothing(f"No claim has the words '{words}'. Use fewer of them, or ask known_already with a sentence.")
    return page.items[0]


def _nothing(detail: str) -> NotFound:
    kind, title = "urn:provenance:problem:not-found", "There is no such record"
    return NotFound(Problem(type=kind, title=title, status=HTTPStatus.NOT_FOUND, detail=detail, instance="/v1/claims"))
