"""Which reports repeat a claim of a tally after its withdrawal, with their dates: what the rule found, as reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sqlmodel import Session

from api.web.drawing.ledger_scene import Repeat
from provenance.answers import FlagItem, ReportItem
from provenance.answers_ledger import SeriesMark
from provenance.storage.reads.asked import FlagsAsked, ReportsAsked, RulingsAsked
from provenance.storage.reads.flags import flags
from provenance.storage.reads.reports import reports
from provenance.storage.reads.rulings import rulings
from provenance.vocabulary import CorrectionKind, RulingKind

RULE = "zombie"
TAKEN_BACK = frozenset({CorrectionKind.RETRACTION, CorrectionKind.CORRECTION})


def repeats(session: Session, tally: str, done: Iterable[SeriesMark]) -> list[Repeat]:
    """The reports that repeat a figure of the tally after its withdrawal or denial, at the moment of the session.

    ``done`` is what was done to the figures: by it a denial is told from a withdrawal.
    """
    kinds = {mark.correction: mark.kind for mark in done}
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    for finding in _findings(session, tally):
        withdrawn = any(kinds.get(row.id) in TAKEN_BACK for row in finding.evidence)
        found[finding.claim].update({row.id: withdrawn for row in finding.evidence if row.noun == "report"})
    confirmed = confirmed_repeats(session) if found else set()
    return [
        Repeat(
            claim,
            report.id,
            report.publisher,
            report.published_at,
            withdrawn=named[report.id],
            confirmed=report.id in confirmed,
        )
        for claim, named in found.items()
        for report in _reports(session, claim)
        if report.id in named
    ]


def confirmed_repeats(session: Session) -> set[str]:
    """The reports of which an editor's last word is that they repeat a claim after its withdrawal."""
    last: dict[str | None, bool] = {}
    cursor: str | None = None
    while True:
        seen = rulings(session, RulingsAsked(kind=RulingKind.ZOMBIE, sort="signed", limit=200, cursor=cursor))
        last.update({ruling.report: bool(ruling.upholds) for ruling in seen.items})
        cursor = seen.next
        if cursor is None:
            return {report for report, upheld in last.items() if report is not None and upheld}


def _findings(session: Session, tally: str) -> Iterator[FlagItem]:
    cursor: str | None = None
    while True:
        seen = flags(session, FlagsAsked(tally=tally, rule=[RULE], limit=200, cursor=cursor))
        yield from seen.items
        cursor = seen.next
        if cursor is None:
            return


def _reports(session: Session, claim: str) -> Iterator[ReportItem]:
    cursor: str | None = None
    while True:
        seen = reports(session, ReportsAsked(claim=claim, limit=200, cursor=cursor))
        yield from seen.items
        cursor = seen.next
        if cursor is None:
            return
