"""Writes what was planned, in one transaction: what is held already stays as it is, all else is proposed.

A document has no proposed state: it is what it is, and what it states is proposed. A tie is stated only where one of
its two sources is new here, for between two that are held it would change what counts as one party.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlmodel import SQLModel

from provenance.analysis.recording import recording
from provenance.answers_prov import ProvAnswer, ProvReceived
from provenance.errors import Conflict, InvalidInput, ProvenanceError
from provenance.exchange.prov.names import base_in
from provenance.exchange.prov.taking.ours import Ours
from provenance.exchange.prov.taking.planned import Plan, PlannedHop, PlannedReport, PlannedSource, PlannedTie
from provenance.exchange.prov.taking.reading import read, refused
from provenance.exchange.prov.taking.theirs import Theirs
from provenance.storage.claim import Claim, ClaimBase
from provenance.storage.correction import Correction
from provenance.storage.document import Document
from provenance.storage.event import Event, EventBase
from provenance.storage.figure import FigureBase
from provenance.storage.reads.intake import versions_at
from provenance.storage.reads.named import sources_named, tied
from provenance.storage.reads.recognising import claim_worded, recognised
from provenance.storage.record import Record
from provenance.storage.report import AttributionBase, Report, ReportBase
from provenance.storage.source import Source, SourceBase, SourceNameBase, TieCreate
from provenance.storage.writes.documents import create_document
from provenance.storage.writes.finding import PUBLIC_ID, referred
from provenance.storage.writes.proposals import (
    ProposedHop,
    ProposedReport,
    propose_claims,
    propose_event,
    propose_reports,
    propose_source,
)
from provenance.storage.writes.ties import state_tie
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Received, ReportState
from provenance.web_addresses import addresses

B = TypeVar("B", bound=SQLModel)
R = TypeVar("R", bound=Record)
PROPOSED = {"state": ReportState.PROPOSED, "extractor": "PROV-JSON", "rule": "prov"}
SAME_NAME = "It bears the same name."
GONE = "It was held here, and somebody let it go. Restore it on the page of its history, if that was wrong."
TIED = "A tie between the two is held here, or it is signed that there is none."
# Writing all of it in one transaction keeps everybody else from writing.
MOST_REPORTS = 2_000
BOTH_HELD = (
    "Both sources are held here, and a tie between them would change what counts as one party. State it with "
    "POST /v1/sources/ID/ties, with where a reader can check it."
)


def take(engine: Engine, given: Any, event: str | None, who: str, why: str | None = None) -> ProvAnswer:
    """Take a PROV-JSON document in, and say of each record what became of it.

    :param given: the document, parsed as JSON.
    :param event: public id of the event that new claims are about, where the document tells none of ours.
    :raises InvalidInput: where it is no such document, or something in it cannot be so; it names the place, and
        nothing was written.
    """
    plan = planned(given)
    with recording(engine, who, why) as writer:
        taking = _Taking(writer, plan, event)
        taking.run()
    return _answer(taking.records)


def planned(given: Any) -> Plan:
    """What a document would have us hold."""
    found = read(given)
    plan, base = Plan(), base_in(found.declared)
    taken = Ours(found, base, plan).run() if base is not None else set()
    rest = [one for number, one in enumerate(found.statements) if number not in taken]
    if rest:
        Theirs(rest, plan).run()
    if len(plan.reports) > MOST_REPORTS:
        raise refused("body", f"it makes more than {MOST_REPORTS:,} reports. Send it in parts, a claim in each.")
    return plan


def _answer(records: list[ProvReceived]) -> ProvAnswer:
    counts = {word.value: sum(one.became is word for one in records) for word in Received}
    return ProvAnswer(**counts, records=records)


class _Taking:
    """One plan on its way into the database."""

    def __init__(self, writer: Writer, plan: Plan, event: str | None) -> None:
        self.writer, self.plan = writer, plan
        self.given = None if event is None else referred(writer.session, Event, event, "event")
        self.records: list[ProvReceived] = []
        self.sources: dict[str, Source] = {}
        self.new_sources: set[int] = set()
        self.events: dict[str, Event] = {}
        self.documents: dict[str, Document] = {}
        self.claims: dict[str, Claim] = {}
        self.known: set[str] = set()

    def run(self) -> None:
        """Write all of it, sources first."""
        self._sources()
        self._documents()
        self._claims()
        self._reports()
        for tie in self.plan.ties:
            self._tie(tie)
        corrections, _ = self._held(Correction, (one.of for one in self.plan.left))
        for one in self.plan.left:
            correction = corrections.get(one.of or "")
            if correction is not None:
                self.tell(one.place, Received.KNOWN, correction)
            elif one.of is None or one.of not in self.known:
                self.leave(one.place, one.why)

    def tell(self, place: str, became: Received, row: Record, why: str | None = None) -> None:
        """Note what became of a record."""
        noun = str(row.__tablename__)
        if became is Received.KNOWN:
            self.known.add(row.public_id)
        self.records.append(ProvReceived(place=place, became=became, noun=noun, id=row.public_id, why=why))

    def leave(self, place: str, why: str) -> None:
        """Note that a record was left."""
        self.records.append(ProvReceived(place=place, became=Received.LEFT, noun=None, id=None, why=why))

    def _sources(self) -> None:
        held, _ = self._held(Source, (one.public_id for one in self.plan.sources.values()))
        for uri, one in self.plan.sources.items():
            known = held.get(one.public_id or "")
            why = None
            if known is None:
                known, why = self._namesake(one.said.name, one.said.kind.placeholder), SAME_NAME
            if known is None:
                known, why = self._new_source(one), one.why
                self.new_sources.add(known.key)
                self.tell(one.place, Received.PROPOSED, known, why)
            else:
                self.tell(one.place, Received.KNOWN, known, why)
            self.sources[uri] = known

    def _new_source(self, one: PlannedSource) -> Source:
        names = [_base(SourceNameBase, name) for name in one.said.names]
        return propose_source(self.writer, _base(SourceBase, one.said), names, one.public_id)

    def _namesake(self, name: str, placeholder: bool) -> Source | None:
        found = [one for one in sources_named(self.writer.session, name) if one.kind.placeholder is placeholder]
        countries = {one.country for one in found}
        # Two ministries of one name are two, and nothing here tells which one is meant.
        return found[0] if found and len(countries) == 1 else None

    def _documents(self) -> None:
        held, _ = self._held(Document, (one.public_id for one in self.plan.documents.values()))
        for uri, one in self.plan.documents.items():
            publisher = self._source(one.publisher, one.place)
            known = held.get(one.public_id or "") or self._at(one.said.url, publisher)
            if known is not None:
                self.tell(one.place, Received.KNOWN, known)
            else:
                said = one.said.model_copy(update={"publisher": publisher.public_id})
                known = _placed(one.place, lambda said=said, id=one.public_id: create_document(self.writer, said, id))
                self.tell(one.place, Received.ADDED, known, one.why)
            self.documents[uri] = known

    def _at(self, url: str | None, publisher: Source) -> Document | None:
        found = versions_at(self.writer.session, addresses(url)) if url is not None else []
        return next((one for one in found if one.publisher_id == publisher.key), None)

    def _claims(self) -> None:
        held, _ = self._held(Claim, (one.public_id for one in self.plan.claims.values()))
        for uri, one in self.plan.claims.items():
            known = held.get(one.public_id or "")
            if known is None:
                event = self._event(one.event, one.place)
                known = claim_worded(self.writer.session, event.key, one.said.text)
                if known is None:
                    [known] = propose_claims(self.writer, event, [_base(ClaimBase, one.said)], [one.public_id])
                    self.tell(one.place, Received.PROPOSED, known)
                    self.claims[uri] = known
                    continue
            self.tell(one.place, Received.KNOWN, known)
            self.claims[uri] = known

    def _event(self, uri: str | None, place: str) -> Event:
        """The event of a new claim: the one that was given, or that of the document, which may be new too."""
        if self.given is not None:
            return self.given
        if uri is None or uri not in self.plan.events:
            raise InvalidInput(
                f"event: the claim at {place} is new, and nothing says what event it is about. Give its id as `event`.",
                field="event",
            )
        if uri not in self.events:
            one = self.plan.events[uri]
            held, _ = self._held(Event, [one.public_id])
            known = held.get(one.public_id or "")
            if known is None:
                known = propose_event(self.writer, _base(EventBase, one.said), one.public_id)
                self.tell(one.place, Received.PROPOSED, known)
            else:
                self.tell(one.place, Received.KNOWN, known)
            self.events[uri] = known
        return self.events[uri]

    def _reports(self) -> None:
        held, gone = self._held(Report, (one.public_id for one in self.plan.reports))
        for one in self.plan.reports:
            id = one.public_id or ""
            if id in held:
                self.tell(one.place, Received.KNOWN, held[id])
            elif id in gone:
                self.leave(one.place, GONE)
            else:
                self._propose(one)

    def _propose(self, one: PlannedReport) -> None:
        document, planned = self.documents[one.document], self.plan.documents[one.document]
        publisher = self._source(planned.publisher, one.place)
        if document.publisher_id != publisher.key:
            self.leave(one.place, "The document is held with another publisher. Correct one of the two.")
            return
        given = ProposedReport(
            self.claims[one.claim],
            _base(ReportBase, one.said).model_copy(update={**PROPOSED, "grounds": {"place": one.place}}),
            tuple(self._hop(hop) for hop in one.hops),
            tuple(_base(FigureBase, figure.said) for figure in one.figures),
            one.public_id,
            tuple(figure.public_id for figure in one.figures),
        )
        [report] = _placed(one.place, lambda: propose_reports(self.writer, document, publisher, [given]))
        self.tell(one.place, Received.PROPOSED, report)

    def _hop(self, hop: PlannedHop) -> ProposedHop:
        upstream = None if hop.upstream is None else self._source(hop.upstream, hop.place)
        return ProposedHop(upstream, self._source(hop.downstream, hop.place), _base(AttributionBase, hop.said))

    def _source(self, uri: str, place: str) -> Source:
        if uri not in self.sources:
            raise refused(place, f"there is no agent {uri[-200:]} in the document. Add it, with its prov:label.")
        return self.sources[uri]

    def _tie(self, one: PlannedTie) -> None:
        source, other = self._source(one.source, one.place), self._source(one.other, one.place)
        if source.key not in self.new_sources and other.key not in self.new_sources:
            if tied(self.writer.session, source.key, other.key):
                told = ProvReceived(place=one.place, became=Received.KNOWN, noun="tie", id=None, why=TIED)
                self.records.append(told)
            else:
                self.leave(one.place, BOTH_HELD)
            return
        said: TieCreate = one.said.model_copy(update={"other": other.public_id})
        try:
            tie = _placed(one.place, lambda: state_tie(self.writer, source.public_id, said))
        except Conflict as contradicting:
            self.leave(one.place, contradicting.message)
            return
        self.tell(one.place, Received.ADDED, tie)

    def _held(self, table: type[R], ids: Iterable[str | None]) -> tuple[Mapping[str, R], set[str]]:
        brought = {id for id in ids if id is not None}
        unfit = next((id for id in sorted(brought) if not PUBLIC_ID.fullmatch(id)), None)
        if unfit is not None:
            raise refused(f"{table.__tablename__}.{unfit[:100]}", "it is no id of ours. Give the record another name.")
        return recognised(self.writer.session, table, brought)


def _base(base: type[B], said: SQLModel) -> B:
    """What is said of a record, without what refers to others."""
    values = {name: value for name, value in said.model_dump().items() if name in base.model_fields}
    return base(**values)


def _placed(place: str, write: Any) -> Any:
    """What ``write`` answers; what it refuses is told with its place."""
    try:
        return write()
    except Conflict:
        raise
    except ProvenanceError as unfit:
        raise refused(place, unfit.message) from unfit
