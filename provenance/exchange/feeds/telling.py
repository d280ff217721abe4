"""Tells what a change wrote in words for a feed: reports, corrections, rulings, reviews, and our own corrections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from provenance.answers import ReportItem
from provenance.answers_detail import CorrectionDetail
from provenance.answers_rulings import RulingItem
from provenance.errors import NotFound
from provenance.exchange.feeds.entry import Entry
from provenance.phrases import interval
from provenance.storage.reads.corrections import correction_detail
from provenance.storage.reads.desk import own_correction_item
from provenance.storage.reads.following import Written, keys_of
from provenance.storage.reads.reports import report_items
from provenance.storage.reads.reviews import review_detail
from provenance.storage.reads.rows import report
from provenance.storage.reads.rulings import ruling_detail
from provenance.vocabulary import CorrectionKind, ReportState, RulingKind, Stance

Plainly = Callable[[str], str]
SAYS: Mapping[Stance, str] = {
    Stance.ASSERTS: "reports",
    Stance.DENIES: "denies",
    Stance.QUESTIONS: "doubts",
    Stance.RETRACTS: "takes back",
    Stance.MENTIONS: "mentions",
}
DID: Mapping[CorrectionKind, str] = {
    CorrectionKind.RETRACTION: "Taken back",
    CorrectionKind.CORRECTION: "Corrected",
    CorrectionKind.DENIAL: "Denied",
    CorrectionKind.DISAVOWAL: "Disowned",
    CorrectionKind.SUPERSESSION: "Replaced",
}


def told(session: Session, at: datetime, written: Sequence[Written], plainly: Plainly) -> list[Entry]:
    """Entries for these records, in their order; what holds no longer, or not yet, has none.

    ``plainly`` puts dates into the words of pages.
    """
    reports = _reports(session, [one.public_id for one in written if one.noun == report.name and one.first])
    entries = []
    for one in written:
        try:
            entries += list(_of(session, at, one, reports, plainly))
        except NotFound:
            # It was let go since, so there is no page to read it on.
            continue
    return entries


def _of(
    session: Session, at: datetime, one: Written, reports: Mapping[str, ReportItem], plainly: Plainly
) -> Iterator[Entry]:
    match one.noun:
        case "report" if one.public_id in reports:
            yield _report(reports[one.public_id], at, one, plainly)
        case "correction":
            yield _correction(correction_detail(session, one.public_id), at, one, plainly)
        case "ruling":
            yield _ruling(session, at, one)
        case "review":
            yield from _review(session, at, one)
        case "own_correction":
            yield _own_correction(session, at, one)


def _reports(session: Session, public_ids: Sequence[str]) -> dict[str, ReportItem]:
    keys = keys_of(session, report, public_ids) if public_ids else {}
    found = report_items(session, list(keys.values())) if keys else []
    return {item.id: item for item in found if item.state is ReportState.ACCEPTED}


def _report(item: ReportItem, at: datetime, one: Written, plainly: Plainly) -> Entry:
    quote = f"“{item.quote}” " if item.quote else ""
    ways = [" → ".join(chain) for chain in item.chains if len(chain) > 1]
    way = f"As told: {'; '.join(ways)}. " if ways else ""
    return Entry(
        "report",
        item.id,
        at,
        f"{item.publisher} {SAYS[item.stance]}: {item.claim_text}",
        f"{quote}{way}Published {plainly(item.published_at or 'at a time that is not known')}.",
        f"/reports/{item.id}",
        _who(one.who),
    )


def _correction(item: CorrectionDetail, at: datetime, one: Written, plainly: Plainly) -> Entry:
    parts = [
        f"Replaced by: {item.replaced_by_text}" if item.replaced_by_text else "",
        f"What still stands: {item.remains}" if item.remains else "",
        f"In effect since {plainly(item.effective)}." if item.effective else "When it took effect is not known.",
    ]
    about = item.claim_text or "a whole document"
    if item.attribution:
        about = f"whom one report names as its source: {about}"
    page = f"/claims/{item.claim}" if item.claim else f"/documents/{item.document}" if item.document else "/claims"
    text = " ".join(filter(None, parts))
    return Entry(
        _said("correction", one), item.id, at, f"{DID[item.kind]} by {item.by}: {about}", text, page, _who(one.who)
    )


def _ruling(session: Session, at: datetime, one: Written) -> Entry:
    item: RulingItem = ruling_detail(session, one.public_id)
    match item.kind:
        case RulingKind.RANGE:
            title = f"This desk uses {interval(item.low, item.high)} for {item.tally_title or 'a tally'}"
            page = f"/tallies/{item.tally}"
        case RulingKind.CUT:
            title = f"A step of the chain supports nothing by an editor's decision: {item.claim_text or 'one report'}"
            page = f"/claims/{item.claim}" if item.claim else "/claims"
        case RulingKind.ZOMBIE:
            decided = "repeats" if item.upholds else "does not repeat"
            title = f"An editor decided that a report {decided} what was taken back"
            page = f"/reports/{item.report}"
    return Entry(
        _said("ruling", one), item.id, at, title, f"{item.method} Signed by {item.signed_by}.", page, _who(one.who)
    )


def _review(session: Session, at: datetime, one: Written) -> Iterator[Entry]:
    item = review_detail(session, one.public_id)
    if item.state is ReportState.ACCEPTED:
        title = f"Review by {item.author}: {item.rating}: {item.claim_text}"
        yield Entry(_said("review", one), item.id, at, title, item.reasons, f"/reviews/{item.id}", _who(one.who))


def _own_correction(session: Session, at: datetime, one: Written) -> Entry:
    item = own_correction_item(session, one.public_id)
    return Entry(
        _said("own_correction", one),
        item.id,
        at,
        f"We correct ourselves: {item.claim_text}",
        f"We had said: {item.said} We say now: {item.says} Why: {item.why}",
        f"/claims/{item.claim}",
        item.author,
    )


def _said(what: str, one: Written) -> str:
    return what if one.first else f"{what} changed"


def _who(who: str) -> str:
    """The name under which somebody wrote; what wrote, where no name was given.

    >>> _who("page: Aigerim"), _who("the command line")
    ('Aigerim', 'the command line')
    """
    return who.partition(": ")[2].strip() or who
