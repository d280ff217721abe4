"""Which reports repeat a claim of a tally after its withdrawal, with their dates: what the rule found, as reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlmodel import Session

from api.web.drawing.ledger_scene import Repeat
from provenance.answers import FlagItem, ReportItem
from provenance.storage.reads.asked import FlagsAsked, ReportsAsked
from provenance.storage.reads.flags import flags
from provenance.storage.reads.reports import reports

RULE = "zombie"


def repeats(session: Session, tally: str) -> list[Repeat]:
    """The reports that repeat a figure of the tally after its withdrawal, at the moment that the session sees."""
    found: dict[str, set[str]] = defaultdict(set)
    for finding in _findings(session, tally):
        found[finding.claim].update(row.id for row in finding.evidence if row.noun == "report")
    return [
        Repeat(claim, report.id, report.publisher, report.published_at)
        for claim, named in found.items()
        for report in _reports(session, claim)
        if report.id in named
    ]


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
