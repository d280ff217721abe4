"""Writes the rows of a sheet: each leads to the event, tally, claim, document and report that are held, or to new ones.

Rows of one kind are written together, after all rows were led to theirs. What a row contradicts is kept as a fault;
whoever asked decides what becomes of the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from provenance.errors import InvalidInput
from provenance.ingestion.sheets.faults import Unfit, unfit
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.likely import near_claims
from provenance.ingestion.sheets.naming import publisher_of, source_named
from provenance.ingestion.sheets.stating import Hops, figure_of, hops_of, report_of
from provenance.ingestion.sheets.wanted import WantedDocument, WantedRow, WantedTally
from provenance.ingestion.speakers import Speakers
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event, Tally
from provenance.storage.figure import Figure
from provenance.storage.reads.sheets import (
    claims_worded,
    documents_at,
    documents_without_address,
    events_titled,
    stated_in,
    tallies_of,
)
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report
from provenance.storage.source import Source
from provenance.storage.writes.dating import dated
from provenance.storage.writes.finding import referred
from provenance.storage.writes.many import add_many
from provenance.storage.writes.speaking import accept_all
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DateBasis, Qualifier, ReportState
from provenance.web_addresses import addresses


@dataclass
class Placed:
    """Where a row leads; ``new`` are the records that it is the first to bring."""

    row: WantedRow
    event: Event | None = None
    tally: Tally | None = None
    claim: Claim | None = None
    document: Document | None = None
    publisher: Source | None = None
    report: Report | None = None
    hops: Hops = ()
    figure: Figure | None = None
    new: list[Record] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fault: Unfit | None = None


def put_rows(writer: Writer, rows: Sequence[WantedRow], speakers: Speakers) -> list[Placed]:
    """Write rows, and say where each leads; a row with a fault leads nowhere, and the caller must undo it all."""
    put = _Putting(writer, speakers, [Placed(row) for row in rows])
    for step in (put.events, put.tallies, put.claims, put.publishers, put.documents, put.reports):
        step()
    return put.placed


@dataclass
class _Putting:
    writer: Writer
    speakers: Speakers
    placed: list[Placed]
    met: set[int] = field(default_factory=set)  # keys of sources

    @property
    def sound(self) -> Iterator[Placed]:
        """The rows in which nothing was found wrong so far."""
        return (one for one in self.placed if one.fault is None)

    def each(self, rows: Iterator[Placed], of: SheetField, does: Callable[[Placed], None]) -> None:
        """Do something for each row; what it refuses is the row's fault."""
        for one in list(rows):
            try:
                does(one)
            except Unfit as wrong:
                one.fault = wrong
            except InvalidInput as wrong:
                one.fault = unfit(wrong, of)

    def events(self) -> None:
        """Lead each row to its event."""
        titles = {one.row.event for one in self.sound if not one.row.event.startswith("evt_")}
        known = events_titled(self.writer.session, titles)

        def lead(one: Placed) -> None:
            named = one.row.event
            if named not in known and named.startswith("evt_"):
                known[named] = referred(self.writer.session, Event, named, "event")
            if named not in known:
                known[named] = Event(title=named, state=one.row.state)
                one.new.append(known[named])
            one.event = known[named]

        self.each(self.sound, SheetField.EVENT, lead)
        self._write(Event)

    def tallies(self) -> None:
        """Lead each figure to what it is a count in."""
        counted = [one for one in self.sound if one.row.tally is not None]
        events = {one.event.key for one in counted if one.event}
        known = {_counted(tally): tally for tally in tallies_of(self.writer.session, events)}
        for one in counted:
            wanted, event = one.row.tally, one.event
            if wanted is None or event is None:
                continue
            same = (event.key, wanted.title, wanted.measure, wanted.counted, wanted.place, wanted.period)
            if same not in known:
                known[same] = _tally(wanted, event)
                one.new.append(known[same])
            one.tally = known[same]
        self._write(Tally)

    def claims(self) -> None:
        """Lead each row to the claim of its event with the same words."""
        by_event: dict[int, list[Placed]] = defaultdict(list)
        for one in self.sound:
            if one.event is not None:
                by_event[one.event.key].append(one)
        for key, rows in by_event.items():
            known = claims_worded(self.writer.session, key, {one.row.claim["text"] for one in rows})
            for one in rows:
                self._lead_to_claim(one, key, known)
        near_claims(self.writer.session, [one for one in self.sound if one.claim in one.new])
        self._write(Claim)

    def _lead_to_claim(self, one: Placed, event: int, known: dict[str, Claim]) -> None:
        text = one.row.claim["text"]
        tally = one.tally.key if one.tally else None
        if text not in known:
            known[text] = Claim(**one.row.claim, event_id=event, tally_id=tally, state=one.row.state)
            one.new.append(known[text])
        one.claim = known[text]
        if tally is not None and one.claim.tally_id != tally:
            one.notes.append("The claim is held already, and not as a count in this tally; it was left as it is.")

    def publishers(self) -> None:
        """Lead each cited document to who published it, and each chain to its sources."""

        def lead(one: Placed) -> None:
            one.publisher = publisher_of(self.writer, self.speakers, one.row)
            sources = [
                [source_named(self.writer, self.speakers, named, carries=place > 0) for named in step]
                for place, step in enumerate(one.row.steps)
            ]
            for source in (one.publisher, *(source for step in sources for source in step)):
                if source.key not in self.met:
                    self.met.add(source.key)
                    one.new += [source] if source.recorded_from == self.writer.at else []
            one.hops = hops_of(sources, one.publisher)

        self.each((one for one in self.sound if one.row.document), SheetField.CHAIN, lead)
        self._accept()

    def _accept(self) -> None:
        """Let hold what was only proposed, where a person's row rests on it."""
        speaking = [one for one in self.sound if one.row.state is ReportState.ACCEPTED]
        spoken_of: list[Claim | Event | Source] = [one.event for one in speaking if one.event]
        spoken_of += [one.claim for one in speaking if one.claim]
        spoken_of += [one.publisher for one in speaking if one.publisher]
        spoken_of += [source for one in speaking for hop in one.hops for source in hop if source is not None]
        distinct = {id(row): row for row in spoken_of if row.state is not ReportState.ACCEPTED}
        accept_all(self.writer, distinct.values())

    def documents(self) -> None:
        """Lead each row to the document at its address, or of its publisher, title and date."""
        cited = [one for one in self.sound if one.row.document]
        at = _by_address(documents_at(self.writer.session, self._addresses(cited)))
        without = {
            one.publisher.key for one in cited if one.publisher and one.row.document and not one.row.document.url
        }
        called = {_called(document): document for document in documents_without_address(self.writer.session, without)}

        def lead(one: Placed) -> None:
            wanted, publisher = one.row.document, one.publisher
            if wanted is None or publisher is None:
                return
            made = _document(wanted, publisher)
            found = at.get(wanted.url) if wanted.url else called.get(_called(made))
            if found is None:
                found = made
                one.new.append(made)
                at.update((spelt, made) for spelt in addresses(wanted.url))
                if not wanted.url:
                    called[_called(made)] = made
            _check_same(found, made, one)
            one.document = found

        self.each(iter(cited), SheetField.URL, lead)
        self._write(Document)

    def _addresses(self, cited: Sequence[Placed]) -> set[str]:
        return addresses(*(one.row.document.url for one in cited if one.row.document))

    def reports(self) -> None:
        """Say that each document states its claim, unless it is said already."""
        stating = [one for one in self.sound if one.document and one.claim]
        new = {id(record) for one in stating for record in one.new if isinstance(record, Document)}
        old = {one.document.key for one in stating if one.document and id(one.document) not in new}
        known: dict[tuple[Any, ...], Report] = {}
        stated: set[tuple[int, int]] = set()
        for several in stated_in(self.writer.session, old).values():
            for said in several:
                known[_says(said.report, said.hops, said.figures)] = said.report
                stated.add((said.report.document_id, said.report.claim_id))

        def lead(one: Placed) -> None:
            report = report_of(one.row, one.document, one.claim)
            one.figure = figure_of(one.row, one.document, report)
            hops = frozenset((up.key if up else None, down.key) for up, down in one.hops)
            same = _says(report, hops, (one.figure.text,) if one.figure else ())
            one.report = known.get(same)
            if one.report is not None:
                one.figure = None
                return
            if one.figure is not None and one.figure.qualifier is Qualifier.UNREADABLE:
                one.notes.append(f"The figure “{one.figure.text}” could not be read, and is held as it is printed.")
            if (report.document_id, report.claim_id) in stated:
                one.notes.append("The document is held with another report of this claim; both are kept.")
            stated.add((report.document_id, report.claim_id))
            known[same] = one.report = report
            one.new.append(report)

        self.each(iter(stating), SheetField.QUOTE, lead)
        self._write(Report)
        self._write_parts()

    def _write_parts(self) -> None:
        made = [one for one in self.sound if one.report in one.new and one.report is not None]
        hops = [hop for one in made for hop in _hops(one)]
        figures = [one.figure for one in made if one.figure is not None]
        for one in made:
            if one.figure is not None and one.report is not None:
                one.figure.report_id = one.report.key
        accepted = {one.report.key for one in made if one.report and one.report.state is ReportState.ACCEPTED}
        for parts in (hops, figures):
            add_many(self.writer, [part for part in parts if part.report_id in accepted])
            add_many(self.writer, [part for part in parts if part.report_id not in accepted], counting=False)
        for one in made:
            one.new += [one.figure] if one.figure else []

    def _write(self, table: type[Record]) -> None:
        add_many(self.writer, [row for one in self.sound for row in one.new if isinstance(row, table)])


def _counted(tally: Tally) -> tuple[Any, ...]:
    return tally.event_id, tally.title, tally.measure, tally.counted, tally.place, tally.period


def _tally(wanted: WantedTally, event: Event) -> Tally:
    return Tally(
        event_id=event.key,
        title=wanted.title,
        measure=wanted.measure,
        counted=wanted.counted,
        place=wanted.place,
        period=wanted.period,
    )


def _by_address(held: Sequence[Document]) -> dict[str, Document]:
    """Documents by each spelling of their addresses; of several versions, the newest."""
    found: dict[str, Document] = {}
    for document in held:
        for spelt in addresses(document.url, document.canonical_url):
            found.setdefault(spelt, document)
    return found


def _called(document: Document) -> tuple[Any, ...]:
    return document.publisher_id, document.title, document.published_earliest, document.published_latest


def _document(wanted: WantedDocument, publisher: Source) -> Document:
    date = wanted.published
    values = {
        "published_printed": wanted.printed if date else None,
        "published_earliest": date.earliest if date else None,
        "published_latest": date.latest if date else None,
        "published_basis": DateBasis.UNKNOWN,
    }
    if date is not None:
        values["published_precision"] = date.precision
    return Document(
        **dated("published", values),
        publisher_id=publisher.key,
        url=wanted.url,
        title=wanted.title,
        language=wanted.language,
        author=wanted.author,
    )


def _check_same(found: Document, made: Document, one: Placed) -> None:
    """Whether the document at an address is the one that the row speaks of."""
    if found.publisher_id != made.publisher_id:
        raise Unfit(
            SheetField.PUBLISHER,
            "The document at this address was published by somebody else, by what is held or by a row above.",
            "Name the same publisher, or correct the address.",
        )
    for name, said in (("title", "title"), ("published_earliest", "date")):
        given, held = getattr(made, name), getattr(found, name)
        if given is not None and given != held:
            one.notes.append(f"The document is held with another {said}; it was left as it is.")


def _says(report: Report, hops: frozenset[tuple[int | None, int]], figures: tuple[str, ...]) -> tuple[Any, ...]:
    """What tells one report from another."""
    return report.document_id, report.claim_id, report.stance, report.quote, hops, figures


def _hops(one: Placed) -> Iterator[Attribution]:
    if one.report is not None:
        for upstream, downstream in one.hops:
            yield Attribution(
                as_named=None,
                report_id=one.report.key,
                claim_id=one.report.claim_id,
                text_length=one.report.text_length,
                upstream_id=upstream.key if upstream else None,
                downstream_id=downstream.key,
            )
