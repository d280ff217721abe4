"""A database in which each kind of record has a row for everybody, one for the desk and one for named people, each with
a word of its own in all its texts: wherever such a word turns up, it tells whose row was shown."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

import pyarrow.parquet as pq
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import Caller
from provenance.storage.claim import Claim
from provenance.storage.correction import Correction, Ruling
from provenance.storage.desk import Contact, DeskItem, DeskNote, OwnCorrection, Watch
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import CoverageCreate, InterestCreate
from provenance.storage.figure import Figure, FigureCreate
from provenance.storage.hook import Hook
from provenance.storage.intake import IngestionItem, IngestionRun
from provenance.storage.proposal import ArchivedCopy, Blob, Decision
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report, ReportCreate
from provenance.storage.source import SourceNameCreate, TieCreate
from provenance.storage.writes.events import log_coverage
from provenance.storage.writes.reports import create_report
from provenance.storage.writes.sources import add_name, state_interest, state_tie
from provenance.storage.writes.visibility import ShowTo, show_to
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import (
    Basis,
    ContactMeans,
    ContactOutcome,
    CorrectionKind,
    Decided,
    DocumentRelationKind,
    Interest,
    ReportState,
    RulingKind,
    TakenIn,
    TieKind,
    Visibility,
)
from tests.records import NOON, Desk

LEVELS = (Visibility.PUBLIC, Visibility.DESK, Visibility.NAMED)
AMONG_THEM = "Ana"
QUOTE, LONG = "Police counted 26 of them.", "It went on and on." * 9
CANARY = re.compile(r"zq(x?)([a-z]+?)(public|desk|named)z")


def word(kind: str, level: Visibility, *, work: bool = False) -> str:
    """The word in all texts of a row; ``work``: those outside see none of its kind, however public it is.

    >>> word("claim", Visibility.DESK), word("note", Visibility.PUBLIC, work=True)
    ('zqclaimdeskz', 'zqxnotepublicz')
    """
    return f"zq{'x' if work else ''}{kind.replace('_', '')}{level.value}z"


def waits(canary: str) -> bool:
    """Whether the word is of a report that waits for an editor or was rejected, which is for the desk.

    >>> waits("zqproposedreportpublicz"), waits("zqacceptedreportpublicz")
    (True, False)
    """
    return canary.startswith(("zqproposedreport", "zqrejectedreport"))


def may_see(caller: Caller, canary: str) -> bool:
    """Whether somebody may see the row whose word this is."""
    found = CANARY.fullmatch(canary)
    assert found is not None
    work, _, level = found.groups()
    if (work or level == Visibility.DESK.value or waits(canary)) and not caller.at_the_desk:
        return False
    return level != Visibility.NAMED.value or caller.name == AMONG_THEM


def words_in(body: bytes) -> set[str]:
    """The words of rows in an answer, whatever it is packed in."""
    if body[:2] == b"\x1f\x8b":
        return words_in(gzip.decompress(body))
    if body[:4] == b"PAR1":
        return words_in(repr(pq.read_table(io.BytesIO(body)).to_pylist()).encode())
    if is_zipfile(io.BytesIO(body)):
        with ZipFile(io.BytesIO(body)) as archive:
            return set().union(*(words_in(name.encode()) | words_in(archive.read(name)) for name in archive.namelist()))
    return {found.group() for found in CANARY.finditer(unquote(body.decode(errors="replace")).lower())}


@dataclass
class Rows:
    """What was written, by kind and by who is to see it."""

    ids: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def add(self, row: Record, level: Visibility) -> None:
        """Remember that a row is to be narrowed so."""
        self.ids[str(row.__tablename__)][level].append(row.public_id)

    def every(self, noun: str) -> list[str]:
        """The ids of all rows of a kind."""
        return [public_id for held in self.ids[noun].values() for public_id in held]


def write(writer: Writer) -> Rows:
    """A row of every kind for everybody, for the desk and for named people; all are public until `narrow`."""
    desk, rows = Desk(writer), Rows()
    common = desk.claim("Dozens were killed.", desk.tally())
    for level in LEVELS:
        _strand(desk, rows, level, common)
    return rows


def narrow(writer: Writer, rows: Rows) -> None:
    """Show each row to whom it is for."""
    for held in rows.ids.values():
        for level in (Visibility.DESK, Visibility.NAMED):
            for public_id in held[level]:
                people = [AMONG_THEM] if level is Visibility.NAMED else []
                show_to(writer, public_id, ShowTo(visibility=level, people=people))


def _strand(desk: Desk, rows: Rows, level: Visibility, common: Claim) -> None:
    """A row of each kind. What it belongs to is public, so that nothing else hides it."""
    writer, session = desk.writer, desk.session

    def say(noun: str) -> str:
        return word(noun, level)

    def kept(row: Any) -> Any:
        rows.add(row, level)
        return row

    event = desk.event()
    whole = kept(desk.event(say("event")))
    writer.change(whole, {"description": say("event"), "place": say("event")})
    source = kept(desk.source(say("source")))
    writer.change(source, {"note": say("source")})
    tally = kept(desk.tally(say("tally")))
    claim = kept(desk.claim(f"Some say {say('claim')}.", tally))
    writer.change(claim, {"note": say("claim"), "happened_printed": say("claim")})
    document = _document(desk, "Tass", level, "document")
    kept(document)
    kept(_document(desk, say("source"), level, "hispage"))
    for state in (ReportState.ACCEPTED, ReportState.PROPOSED, ReportState.REJECTED):
        page = desk.document("Interfax", title=f"{state.value} {level.value}", published="2022-01-07")
        kept(_report(desk, common.public_id, page, f"{state.value}report", level, state))
    # Two of one row's parts are narrowed by themselves, and a public chain leads to a source that is.
    page = _document(desk, "Interfax", Visibility.PUBLIC, f"open{level.value}")
    public = _report(desk, common.public_id, page, "openreport", Visibility.PUBLIC, ReportState.ACCEPTED, say("source"))
    of_report = sa.select(Figure).where(col(Figure.report_id) == public.key)
    figure = session.execute(of_report).scalars().one()
    kept(writer.change(figure, {"measure_printed": say("figure"), "place_printed": say("figure")}))
    hops = sa.select(Attribution).where(col(Attribution.report_id) == public.key).order_by(col(Attribution.id))
    hop = session.execute(hops).scalars().first()
    assert hop is not None
    evidence = desk.evidence("Eyewitness")
    writer.change(evidence, {"title": say("evidence"), "note": say("evidence")})
    kept(evidence)
    step = desk.verification(desk.evidence("Tass"))
    writer.change(step, {"step": say("verification"), "outcome": say("verification")})
    kept(step)
    review = desk.review(common)
    writer.change(review, {"reasons": say("review"), "title": say("review"), "claim_reviewed": say("review")})
    kept(review)
    denial: dict[str, Any] = {"claim_id": common.key, "upstream_id": desk.source("Health Ministry").key}
    text: dict[str, Any] = {"note": say("correction"), "reference": say("correction"), "remains": say("correction")}
    kept(writer.add(Correction(kind=CorrectionKind.DENIAL, by_id=desk.source("Health Ministry").key, **denial, **text)))
    signed: dict[str, Any] = {"signed_by": "an editor", "signed_at": NOON, "method": say("ruling")}
    kept(writer.add(Ruling(kind=RulingKind.CUT, attribution_id=hop.key, **signed)))
    tie = TieCreate(
        kind=TieKind.PART_OF,
        basis=Basis.CITED,
        other=desk.source(f"Owner {level.value}").public_id,
        reference=say("tie"),
        note=say("tie"),
    )
    kept(state_tie(writer, desk.source("Khabar 24").public_id, tie))
    kept(add_name(writer, desk.source("Khabar 24").public_id, SourceNameCreate(name=say("name"))))
    stake = InterestCreate(event=event.public_id, interest=Interest.PARTY, basis=Basis.CITED, reference=say("interest"))
    kept(state_interest(writer, desk.source(f"Owner {level.value}").public_id, stake))
    searched = CoverageCreate(
        languages=["ru"],
        searched_by=say("coverage"),
        note=say("coverage"),
        searched_until=NOON,
        queries=[say("coverage")],
    )
    kept(log_coverage(writer, event.public_id, searched))
    relation = DocumentRelation(
        document_id=page.key,
        kind=DocumentRelationKind.REWRITE_OF,
        of_source_id=desk.source("Interfax").key,
        note=say("relation"),
    )
    kept(writer.add(relation))
    own: dict[str, Any] = {"claim_id": common.key, "author": "Ana", "at": NOON}
    stated: dict[str, Any] = {"said": say("own"), "says": say("own"), "why": say("own")}
    kept(writer.add(OwnCorrection(**own, **stated)))
    _at_work(desk, rows, level, claim.key, own)
    _taken_in(desk, level, document)


def _at_work(desk: Desk, rows: Rows, level: Visibility, claim: int, own: dict[str, Any]) -> None:
    """What the desk keeps of its own work: about one public claim, and about one of this level."""
    writer = desk.writer

    def say(noun: str) -> str:
        return word(noun, level, work=True)

    kinds: dict[str, Any] = {"asked": say("contact"), "words": say("contact")}
    how: dict[str, Any] = {"how": ContactMeans.PHONE, "outcome": ContactOutcome.NO_REPLY}
    for row in (DeskNote(**own, text=say("note")), Contact(**own, **kinds, **how)):
        rows.add(writer.add(row), level)
    rows.add(writer.add(DeskItem(claim_id=claim, holder=say("item"))), level)
    rows.add(writer.add(Watch(who=say("watch"), since=NOON, claim_id=claim)), level)
    rows.add(writer.add(Hook(url=f"https://{say('hook')}.test/", note=say("hook"), claim_id=claim)), level)


def _taken_in(desk: Desk, level: Visibility, document: Document) -> None:
    """A copy of a page as it was retrieved, and what taking it in remembers."""
    content = word("copied", level, work=True).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    desk.session.add(Blob(sha256=sha256, size=len(content), body=zlib.compress(content)))
    run = IngestionRun(origin="articles", who="an editor")
    desk.session.add(run)
    desk.session.flush()
    address = f"https://t.test/{word('copy', level, work=True)}"
    desk.writer.add(ArchivedCopy(document_id=document.key, sha256=sha256, media_type="text/plain", url=address))
    item: dict[str, Any] = {
        "key": word("item", level, work=True),
        "outcome": TakenIn.ADDED,
        "document": document.public_id,
    }
    desk.session.add(IngestionItem(run_id=run.id or 0, **item))
    desk.session.flush()


def _document(desk: Desk, publisher: str, level: Visibility, kind: str) -> Document:
    """A page whose text has a word that those outside never see, far from the words that are quoted."""
    said = word(kind, level)
    return desk.document(
        publisher,
        title=said,
        url=f"https://t.test/{said}",
        author=said,
        note=said,
        text=f"{word(f'whole{kind}', level, work=True)} {LONG}\n\n{QUOTE} {LONG}",
        published="2022-01-06",
        language="en",
    )


def _report(
    desk: Desk, claim: str, document: Document, kind: str, level: Visibility, state: ReportState, *first: str
) -> Report:
    # Nobody stands behind what waits or was rejected, so it is for the desk.
    said = word(kind, level, work=state is not ReportState.ACCEPTED)
    chain = desk.hops(*first, "Tass", "Interfax")
    given = ReportCreate(
        document=document.public_id,
        claim=claim,
        quote=QUOTE if document.text else f"{said} counted 26 of them.",
        attributions=[hop.model_copy(update={"as_named": said} if document.text is None else {}) for hop in chain],
        figures=[FigureCreate(text="26", measure="killed", counted="attackers", measure_printed=said)],
        note=said,
        translation=said,
        state=ReportState.PROPOSED if state is ReportState.REJECTED else state,
    )
    report = create_report(desk.writer, given)
    if state is ReportState.REJECTED:
        desk.writer.change(report, {"state": state})
        desk.writer.add(Decision(report_id=report.key, kind=Decided.REJECT, by="an editor", why=said))
    return report


def every_word(session: Session) -> set[str]:
    """The words of all rows that there are."""
    said = session.execute(sa.text("SELECT CAST(after AS TEXT) FROM history WHERE after IS NOT NULL")).scalars()
    return set().union(*(words_in(one.encode()) for one in said))
