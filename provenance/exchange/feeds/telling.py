"""Tells what a change wrote in words for a feed: reports, corrections, rulings, reviews, and our own corrections.

Records are read as they were when the change was made. What is changed or let go later is told by an entry of its own,
and the older one keeps its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.answers import ReportItem
from provenance.answers_detail import CorrectionDetail
from provenance.answers_rulings import RulingItem
from provenance.errors import NotFound
from provenance.exchange.feeds.entry import Entry
from provenance.exchange.feeds.keeping import Kept
from provenance.moment import Moment
from provenance.phrases import interval
from provenance.storage.moment import reading_at
from provenance.storage.reads.corrections import correction_detail
from provenance.storage.reads.desk import own_correction_item
from provenance.storage.reads.following import Done, Written, keys_of, recorded_at
from provenance.storage.reads.reports import report_items
from provenance.storage.reads.reviews import review_detail
from provenance.storage.reads.rows import asked_for, claim, report
from provenance.storage.reads.rulings import ruling_detail
from provenance.storage.reads.visibility import visibility_epoch
from provenance.storage.session import reading
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


@dataclass(frozen=True, slots=True)
class Words:
    """What a record says, in the words of a feed; ``by`` where it names who speaks."""

    title: str
    text: str
    page: str
    by: str | None = None


def told(engine: Engine, at: datetime, written: Sequence[Written], plainly: Plainly) -> Iterator[Entry]:
    """Entries for what a change did to these records, in their order, as everything was just then.

    What is told of a change never changes while all may see what they saw, so it is kept. ``plainly`` puts dates into
    the words of pages.
    """
    kept = KEPT.setdefault(engine, Kept(MOST_KEPT))
    with reading(engine) as session:
        epoch = visibility_epoch(session)
    for start in range(0, len(written), AT_ONCE):
        some = written[start : start + AT_ONCE]
        missing = [one for one in some if kept.get((epoch, at, one.public_id)) is None]
        for one, entries in _told(engine, at, missing, plainly) if missing else ():
            kept.keep((epoch, at, one.public_id), entries)
        for one in some:
            yield from kept.get((epoch, at, one.public_id)) or ()


AT_ONCE = 50  # records
MOST_KEPT = 10_000
KEPT: WeakKeyDictionary[Engine, Kept[tuple[int, datetime, str], Sequence[Entry]]] = WeakKeyDictionary()


def _told(
    engine: Engine, at: datetime, written: Sequence[Written], plainly: Plainly
) -> Iterator[tuple[Written, Sequence[Entry]]]:
    past = [one for one in written if one.done is not Done.RECORDED]
    before = _words(engine, at - INSTANT, past, plainly)
    after = _words(engine, at, [one for one in written if one.done is not Done.LET_GO], plainly)
    with reading(engine) as session:
        for one in written:
            since = recorded_at(session, one.public_id) if one.done is Done.LET_GO else None
            entry = _entry(at, one, before.get(one.public_id), after.get(one.public_id), since, plainly)
            yield one, () if entry is None else (entry,)


INSTANT = timedelta(microseconds=1)  # no two changes are closer


def _entry(
    at: datetime, one: Written, was: Words | None, now: Words | None, since: datetime | None, plainly: Plainly
) -> Entry | None:
    match one.done:
        case Done.RECORDED if now is not None and one.noun != "claim":
            return Entry(one.noun, one.public_id, at, now.title, now.text, now.page, now.by or _who(one.who))
        case Done.CHANGED if now is not None and was is not None and now != was:
            title = f"{'Reworded' if one.noun == 'claim' else 'Changed'}: {now.title}"
            text = " ".join(filter(None, (now.text, f"Before: {was.title}", was.text)))
            return Entry(f"{one.noun} changed", one.public_id, at, title, text, now.page, _who(one.who))
        case Done.LET_GO if was is not None and one.noun != "claim":
            title = f"Taken out of the record: {was.title}"
            recorded = f", recorded on {_day(since, plainly)}," if since else ""
            text = f"This{recorded} was taken out of the record on {_day(at, plainly)}: {one.why or NO_REASON}"
            page = was.page if one.noun == "own_correction" else f"/{one.noun}s/{one.public_id}/history"
            return Entry(f"{one.noun} let go", one.public_id, at, title, f"{text} {was.text}", page, _who(one.who))
        case _:
            return None


NO_REASON = "no reason was given."


def _day(at: datetime, plainly: Plainly) -> str:
    return plainly(f"{at.astimezone(UTC):%Y-%m-%d}")


def _words(engine: Engine, at: datetime, written: Sequence[Written], plainly: Plainly) -> dict[str, Words]:
    """What these records said at a moment; what was not held then, or not counted, says nothing."""
    if not written:
        return {}
    with reading_at(engine, Moment(known_at=at)) as session:
        found = _reports(session, [one.public_id for one in written if one.noun == report.name], plainly)
        for one in written:
            try:
                words = _of(session, one, plainly)
            except NotFound:
                # What it is about is not for everybody, or was let go just then.
                continue
            if words is not None:
                found[one.public_id] = words
    return found


def _of(session: Session, one: Written, plainly: Plainly) -> Words | None:
    match one.noun:
        case "correction":
            return _correction(correction_detail(session, one.public_id), plainly)
        case "ruling":
            return _ruling(session, one.public_id)
        case "review":
            return _review(session, one.public_id)
        case "own_correction":
            return _own_correction(session, one.public_id)
        case "claim":
            return Words(asked_for(session, claim, one.public_id)["text"], "", f"/claims/{one.public_id}")
        case _:
            return None


def _reports(session: Session, public_ids: Sequence[str], plainly: Plainly) -> dict[str, Words]:
    keys = keys_of(session, report, public_ids) if public_ids else {}
    found = report_items(session, list(keys.values())) if keys else []
    return {item.id: _report(item, plainly) for item in found if item.state is ReportState.ACCEPTED}


def _report(item: ReportItem, plainly: Plainly) -> Words:
    quote = f"“{item.quote}” " if item.quote else ""
    ways = [" → ".join(chain) for chain in item.chains if len(chain) > 1]
    way = f"As told: {'; '.join(ways)}. " if ways else ""
    published = f"Published {plainly(item.published_at or 'at a time that is not known')}."
    title = f"{item.publisher} {SAYS[item.stance]}: {item.claim_text}"
    return Words(title, f"{quote}{way}{published}", f"/reports/{item.id}")


def _correction(item: CorrectionDetail, plainly: Plainly) -> Words:
    parts = [
        f"Replaced by: {item.replaced_by_text}" if item.replaced_by_text else "",
        f"What still stands: {item.remains}" if item.remains else "",
        f"In effect since {plainly(item.effective)}." if item.effective else "When it took effect is not known.",
    ]
    about = item.claim_text or "a whole document"
    if item.attribution:
        about = f"whom one report names as its source: {about}"
    page = f"/claims/{item.claim}" if item.claim else f"/documents/{item.document}" if item.document else "/claims"
    return Words(f"{DID[item.kind]} by {item.by}: {about}", " ".join(filter(None, parts)), page)


def _ruling(session: Session, public_id: str) -> Words:
    item: RulingItem = ruling_detail(session, public_id)
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
    return Words(title, f"{item.method} Signed by {item.signed_by}.", page)


def _review(session: Session, public_id: str) -> Words | None:
    item = review_detail(session, public_id)
    title = f"Review by {item.author}: {item.rating}: {item.claim_text}"
    return (
        Words(title, item.reasons or "It gives no reasons.", f"/reviews/{item.id}")
        if item.state is ReportState.ACCEPTED
        else None
    )


def _own_correction(session: Session, public_id: str) -> Words:
    item = own_correction_item(session, public_id)
    said = f"We had said: {item.said} We say now: {item.says} Why: {item.why}"
    return Words(f"We correct ourselves: {item.claim_text}", said, f"/claims/{item.claim}", item.author)


def _who(who: str) -> str:
    """The name under which somebody wrote; what wrote, where no name was given.

    >>> _who("page: Aigerim"), _who("the command line")
    ('Aigerim', 'the command line')
    """
    return who.partition(": ")[2].strip() or who
