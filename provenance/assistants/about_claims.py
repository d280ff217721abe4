"""Questions about one claim: who it is from, how independent that is, what was known when, what changed, and where it
stands in the documents.
"""

from __future__ import annotations

from dataclasses import dataclass

from provenance.analysis.drifting import whole_drift
from provenance.answers_detail import ReportDetail
from provenance.answers_trace import Trace, TracedOrigin, TracedReport
from provenance.assistants.arguments import AsOf, Claim, ClaimOrReport, KnownAt, Limit, Then
from provenance.assistants.library import Library, following
from provenance.assistants.told import Citation, Point, Told, by_then, counted, in_marks, listed, rest, short, spoken
from provenance.storage.reads.asked import moment_of
from provenance.storage.reads.reports import report_detail
from provenance.vocabulary import OriginClass, ReportState, Stance

CITED = 5  # reports; the whole list is behind the page of the claim


@dataclass(frozen=True, slots=True)
class AboutClaims:
    """The questions about one claim."""

    library: Library

    def who_is_it_from(self, claim: Claim, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = 10) -> Told:
        """Q1. Who is a claim really from? Its origins, or that none is stated; an outlet that only relays is never made
        an origin. Each origin with how many reports begin there.
        """
        trace = self.library.trace(claim, moment_of(as_of, known_at))
        points = [self._origin(origin) for origin in trace.origins[:limit]]
        cited = [report for origin in trace.origins[:limit] if (report := _first_from(trace, origin))]
        said = [*self._not_yet(trace, as_of, known_at), *trace.says]
        return self._about(trace, said, points, len(trace.origins), cited, as_of, known_at)

    def independent_origins(
        self, claim: Claim, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = 10
    ) -> Told:
        """Q2. How many independent origins has a claim, and who else says so? The verdict with the linked sources and
        the ties that prove it, what all routes pass through, and other accounts of the same thing beside it.
        """
        trace = self.library.trace(claim, moment_of(as_of, known_at))
        parties = [
            Point(says=f"{party.name}: {listed(party.origins)}{_joined([tie.says for tie in party.ties])}")
            for party in trace.parties
            if party.established
        ]
        through = [
            Point(says=f"All {each.paths} routes pass through {each.source or each.party}.", id=each.source_id)
            for each in trace.chokepoints
        ]
        accounts = [
            Point(
                says=f"Another account ({spoken(account.relation)}), in "
                f"{counted(account.documents, 'document')}: {short(account.text)}",
                id=account.claim,
                page=self.library.page(account.claim),
            )
            for account in trace.other_accounts
        ]
        points = [*parties, *through, *accounts]
        said = [
            *self._not_yet(trace, as_of, known_at),
            f"Independence: {trace.independence.verdict.value}. {trace.independence.why}",
        ]
        return self._about(trace, said, points[:limit], len(points), _asserting(trace), as_of, known_at)

    def as_of(self, claim: Claim, as_of: Then, known_at: KnownAt = None, limit: Limit = 10) -> Told:
        """Q4. What was known about a claim at a moment? The same answer, from what was published by then; documents
        whose date is too coarse to tell are counted apart.
        """
        trace = self.library.trace(claim, moment_of(as_of, known_at))
        said = [
            *self._not_yet(trace, as_of, known_at),
            f"By {as_of}, {counted(trace.certain, 'document')} had certainly stated it and {trace.possible} "
            f"possibly. Independence then: {trace.independence.verdict.value}. {trace.independence.why}",
            *trace.says,
        ]
        points = [self._origin(each) for each in trace.origins[:limit]]
        return self._about(trace, said, points, len(trace.origins), _asserting(trace), as_of, known_at)

    def what_changed(self, claim: Claim, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = 10) -> Told:
        """Q6. What changed on the way of a claim? Numbers, qualifiers, scope, sources and words that differ from one
        report to the next; that they differ, never which is right.
        """
        moment = moment_of(as_of, known_at)
        named = self.library.claim(claim, moment)
        with self.library.at(moment) as session:
            found = following(lambda one: whole_drift(session, one), named)
        points = [
            Point(says=drift.reason, id=drift.after.report, page=self.library.page(drift.after.report))
            for drift in found[:limit]
        ]
        every = self.library.call(f"claims/{named}/drift", as_of=as_of, known_at=known_at)
        return Told(
            answer=[f"{counted(len(found), 'difference')} between reports of this claim{by_then(as_of)}."],
            facts={"claim": named, "differences": len(found)},
            points=points,
            total=len(found),
            more=rest(len(found), len(points), f"{every} lists all, page by page."),
            citations=[Citation(id=named, page=str(self.library.page(named)), says="The claim, with its reports:")],
        )

    def where_exactly(
        self, claim: ClaimOrReport, as_of: AsOf = None, known_at: KnownAt = None, limit: Limit = 5
    ) -> Told:
        """Q9. Where exactly does it say so? For a report, or the earliest reports of a claim: the quote, its offsets,
        the hash of the text, and where the document and its archived copy are.
        """
        moment = moment_of(as_of, known_at)
        if claim.startswith("rep_"):
            found, every, said = [claim], "", f"Report {claim}."
        else:
            trace = self.library.trace(claim, moment)
            found = [report.id for report in trace.reports]
            every = self.library.call("reports", claim=trace.claim.id, as_of=as_of, known_at=known_at)
            said = f"{counted(len(found), 'report')} of {trace.claim.id}{by_then(as_of)}, the earliest first."
        with self.library.at(moment) as session:
            reports = [report_detail(session, one) for one in found[:limit]]
        points = [Point(says=_place(report), id=report.id, page=self.library.page(report.id)) for report in reports]
        return Told(
            answer=[said],
            points=points,
            total=len(found),
            more=rest(len(found), limit, f"{every} lists all, page by page."),
            citations=[self.library.cited(report) for report in reports],
        )

    def _not_yet(self, trace: Trace, as_of: str | None, known_at: str | None) -> list[str]:
        """Where nothing had stated it by then, that this was before its time, which is not that nobody knows it."""
        if as_of is None or trace.documents:
            return []
        whole = self.library.claim_detail(trace.claim.id, moment_of(None, known_at))
        first = f"first published {whole.first_published}" if whole.first_published else "when first is not known"
        return [f"0 documents had stated it by {as_of}; {counted(whole.documents, 'document')} did in all, {first}."]

    def _origin(self, origin: TracedOrigin) -> Point:
        begins = f"{counted(origin.reports, 'report')} {'begins' if origin.reports == 1 else 'begin'} there"
        if origin.origin_class is OriginClass.NOT_STATED:
            said = f"Origin not stated; the last carrier that is named is {origin.source}: {begins}"
        else:
            said = f"{origin.source} ({spoken(origin.origin_class)}): {begins}"
        marks = [
            f"of {origin.party}" if origin.party and origin.established else "",
            "" if origin.established else "not counted as an origin",
            "disowned by itself" if origin.disowned else "",
            "taken back" if origin.withdrawn else "",
        ]
        return Point(
            says="; ".join([said, *filter(None, marks)]), id=origin.source_id, page=self.library.page(origin.source_id)
        )

    def _about(
        self,
        trace: Trace,
        said: list[str],
        points: list[Point],
        total: int,
        cited: list[TracedReport],
        as_of: str | None,
        known_at: str | None,
    ) -> Told:
        claim = trace.claim
        page = str(self.library.page(claim.id))
        every = self.library.call(f"claims/{claim.id}/trace", as_of=as_of, known_at=known_at)
        return Told(
            answer=[f"Claim {claim.id}: {short(claim.text)}", *map(short, said), *map(short, trace.searched[:2])],
            facts={
                "claim": claim.id,
                "event": claim.event,
                "tally": claim.tally,
                "status": claim.status.value,
                "verdict": trace.independence.verdict.value,
                "established_origins": trace.independence.established_origins,
                "parties": trace.independence.parties,
                "parties_cited_ties_only": trace.independence.parties_cited_ties_only,
                "documents": trace.documents,
                "certain": trace.certain,
                "possible": trace.possible,
                "reports": len(trace.reports),
                "flags": ", ".join(flag.rule for flag in trace.flags) or None,
            },
            points=points,
            total=total,
            more=rest(total, len(points), f"Raise `limit`; {every} has all."),
            citations=[
                Citation(id=claim.id, page=page, says="The claim with its whole trace:"),
                *(self.library.cited(report) for report in cited[:CITED]),
            ],
        )


def _first_from(trace: Trace, origin: TracedOrigin) -> TracedReport | None:
    from_here = (report for report in trace.reports if any(path and path[0] == origin.source for path in report.paths))
    return next(from_here, None)


def _asserting(trace: Trace) -> list[TracedReport]:
    return [report for report in trace.reports if report.stance is Stance.ASSERTS]


def _joined(ties: list[str]) -> str:
    return f", joined by ties: {' '.join(ties[:5])}" if ties else ""


def _place(report: ReportDetail) -> str:
    said = in_marks(short(report.quote)) if report.quote else "No words of the document are held"
    parts = [
        f"{said}, in {report.publisher}",
        f"code points {report.quote_start} to {report.quote_end}" if report.quote_start is not None else "",
        f"text with SHA-256 {report.content_hash}" if report.content_hash else "text not held",
        f"archived at {report.archive_url}" if report.archive_url else "no archived copy",
        f"prints {listed(f'“{figure.text}”' for figure in report.figures)}" if report.figures else "",
        "" if report.state is ReportState.ACCEPTED else f"{report.state.value}, so it counts for nothing",
    ]
    return "; ".join(filter(None, parts))
