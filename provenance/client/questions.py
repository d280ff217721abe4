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
from dataclasses import dataclass
from http import HTTPStatus
from typing import Unpack

from provenance.answers import ClaimItem, FigureItem, Page
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
from provenance.client.errors import NotFound
from provenance.client.events import Tallies
from provenance.client.looking import Finding, History
from provenance.client.operation import Resource, S, planned
from provenance.client.talking import Plan

PUBLIC_ID = re.compile(r"[a-z]{3}_[a-z0-9_]+")


class Questions(Resource[S]):
    """What people come to ask.

    A claim is named by its id or by words of it; where several claims have the words, the one that most documents
    state is meant, and its id is in the answer.
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
        filters["flag"] = [*filters.get("flag", ()), "unverified_figure"]
        answer: Page[FigureItem] = yield Figures.list.described.request(**filters)
        return answer

    @planned
    def as_of(self, claim: str, published_by: str, /, *, known_at: str | None = None) -> Plan[Trace]:
        """The proof, restricted to what was published by a moment, and to what was held by another."""
        return (yield from _traced(claim, {"as_of": published_by, "known_at": known_at}))

    @planned
    def what_falls(self, **withdrawn: Unpack[given.WhatIfAsked]) -> Plan[WhatFalls]:
        """Reports that are left without support, and those that still stand otherwise; nothing is written."""
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
        read: ReportDetail = yield Reports.get.described.request(report)
        document: DocumentDetail = yield Documents.get.described.request(read.document)
        return Place(read, document)

    @planned
    def who_changed(self, record: str, /, **filters: Unpack[asked.HistoryAsked]) -> Plan[Page[HistoryItem]]:
        """A page of the history of a record of any noun."""
        filters["record"] = record
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


def _claim(named: str) -> Plan[str]:
    if PUBLIC_ID.fullmatch(named):
        return named
    return (yield from _found(named)).id


def _tally(named: str) -> Plan[str]:
    if named.startswith("tal_"):
        return named
    if PUBLIC_ID.fullmatch(named):
        claim: ClaimItem = yield Claims.get.described.request(named)
    else:
        claim = yield from _found(named)
    if claim.tally is None:
        raise _nothing(f"{claim.id} counts in no tally, so no figure competes with it. Name a tally, or another claim.")
    return claim.tally


def _found(words: str) -> Plan[ClaimItem]:
    page: Page[ClaimItem] = yield Claims.list.described.request(q=words, sort="-documents", limit=1)
    if not page.items:
        raise _nothing(f"No claim has the words '{words}'. Use fewer of them, or ask known_already with a sentence.")
    return page.items[0]


def _nothing(detail: str) -> NotFound:
    kind, title = "urn:provenance:problem:not-found", "There is no such record"
    return NotFound(Problem(type=kind, title=title, status=HTTPStatus.NOT_FOUND, detail=detail, instance="/v1/claims"))
