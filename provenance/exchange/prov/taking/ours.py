"""Plans what we wrote ourselves, here or on another server: each record with the id that it had.

What is derived (verdicts, counts, primary sources) is read past, for it follows from the rest; what a person answers
for (corrections, cuts, tallies, texts that depend on others) is left and listed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from provenance.exchange.prov.model import PROV
from provenance.exchange.prov.names import OURS, Known, known
from provenance.exchange.prov.taking.planned import (
    LATER,
    Plan,
    PlannedClaim,
    PlannedDocument,
    PlannedEvent,
    PlannedFigure,
    PlannedHop,
    PlannedReport,
    PlannedSource,
    PlannedTie,
    checked,
)
from provenance.exchange.prov.taking.reading import Read, Statement, refused
from provenance.storage.claim import ClaimCreate
from provenance.storage.dates import read_date
from provenance.storage.document import DocumentCreate
from provenance.storage.event import EventCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.report import AttributionCreate, ReportCreate
from provenance.storage.source import SourceCreate, SourceNameCreate, TieCreate
from provenance.vocabulary import Basis, TieKind

FIGURE_WORDS = (
    *("qualifier", "unit", "as_of", "measure", "measure_printed", "counted", "counted_printed", "place"),
    "place_printed",
)
CORRECTION = (
    "What somebody took back is recorded by a person. Record it with POST /v1/corrections, once you have checked it."
)
UNTIED = "That there is no tie is signed by whoever looked. Sign it with POST /v1/sources/ID/ties."
TALLY = "A tally says what is comparable, which a person decides. Set it with PATCH /v1/claims/ID."
TEXTS = "How texts depend on each other is confirmed by a person. Propose it on the page of the document."


class Ours:
    """Reads the statements of a server of ours at ``base`` into a plan."""

    def __init__(self, read: Read, base: str, plan: Plan) -> None:
        self.read, self.base, self.plan = read, base, plan
        self.own = base + OURS
        self._entities = {one.uri: one for one in read.of("entity") if one.uri}
        self._agents = {one.uri: one for one in read.of("agent") if one.uri}
        self._by: dict[str, str] = {}
        self._events: dict[str, str] = {}

    def run(self) -> set[int]:
        """Plan all that is ours; answers which statements that was, by their order."""
        taken: set[int] = set()
        for number, one in enumerate(self.read.statements):
            if self._is_ours(one):
                taken.add(number)
        ours = [one for number, one in enumerate(self.read.statements) if number in taken]
        for one in ours:
            self._relate(one)
        for one in ours:
            self._element(one)
        for one in ours:
            self._leave(one)
        self._reports(ours)
        return taken

    def _is_ours(self, one: Statement) -> bool:
        names = [one.uri] if one.kind in ("entity", "agent", "activity") else list(one.ends.values())
        return bool(names) and all(name is not None and self._known(name) is not None for name in names)

    def _known(self, uri: str) -> Known | None:
        return known(uri, self.base)

    def _id(self, uri: str, plural: str) -> str | None:
        found = self._known(uri)
        return found.local if found is not None and found.plural == plural else None

    def _said(self, one: Statement, term: str) -> str | None:
        return one.text(self.own + term)

    def _relate(self, one: Statement) -> None:
        if one.kind == "wasAttributedTo" and not one.attributes:
            self._by.setdefault(one.ends["entity"], self._source_behind(one.ends["agent"]))
        elif one.kind == "hadMember":
            self._events[one.ends["entity"]] = one.ends["collection"]
        elif one.kind in ("actedOnBehalfOf", "wasInfluencedBy") and (tie := self._said(one, "tie")) is not None:
            self._tie(one, tie)

    def _source_behind(self, agent: str) -> str:
        # An agent that stands for words in one report leads to the row of these words.
        found = self._agents.get(agent)
        words = found.uris(self.own + "words") if found is not None else []
        return words[0] if words else agent

    def _tie(self, one: Statement, kind: str) -> None:
        source, other = list(one.ends.values())[:2]
        values: dict[str, Any] = {
            name: self._bound(one, name, last=name == "valid_to") for name in ("valid_from", "valid_to")
        }
        basis, reference = self._said(one, "basis") or Basis.COMMONLY_KNOWN.value, self._said(one, "reference")
        if basis == Basis.CITED and reference is None:
            reference = f"As told by {self.base}: {source}"
        said = checked(TieCreate, one.place, kind=kind, basis=basis, reference=reference, other=LATER, **values)
        if said.kind is TieKind.EXAMINED_NO_TIE:
            raise refused(f"{one.place}.cp:tie", "that there is no tie is signed by whoever looked. Leave it out.")
        self.plan.ties.append(PlannedTie(one.place, source, other, said))

    def _bound(self, one: Statement, term: str, *, last: bool) -> Any:
        written = self._said(one, term)
        if written is None:
            return None
        date = read_date(written, f"{one.place}.cp:{term}")
        # The bound of an interval is written as a day where it is the first or last moment of one.
        return date.latest if last and "T" not in written else date.earliest

    def _element(self, one: Statement) -> None:
        found = self._known(one.uri or "")
        if found is None or one.kind == "activity":
            return
        match one.kind, found.plural:
            case "agent", _:
                self._agent(one)
            case _, "events":
                said = checked(EventCreate, one.place, title=one.label)
                self.plan.events[one.uri or ""] = PlannedEvent(one.place, found.local, said)
            case _, "claims" if one.value is not None:
                self._claim(one, found.local)
            case _, "documents":
                self._document(one, found.local)

    def _agent(self, one: Statement) -> None:
        uri = self._source_behind(one.uri or "")
        public_id = self._id(uri, "sources")
        if uri not in self.plan.sources and public_id is not None:
            aliases = [
                checked(SourceNameCreate, f"{one.place}.cp:alias", name=alias)
                for alias in dict.fromkeys(one.texts(self.own + "alias"))
            ]
            said = checked(
                SourceCreate,
                one.place,
                name=one.label,
                kind=self._said(one, "kind"),
                country=self._said(one, "country"),
                names=aliases,
            )
            self.plan.sources[uri] = PlannedSource(one.place, public_id, said)
        if one.uris(self.own + "examined_no_tie"):
            at = f"{one.place}.cp:examined_no_tie"
            self.plan.leave(at, UNTIED, public_id)

    def _claim(self, one: Statement, public_id: str) -> None:
        said = checked(
            ClaimCreate,
            one.place,
            event=LATER,
            text=one.value,
            kind=self._said(one, "kind"),
            **self._date(one, "happened"),
        )
        event = self._events.get(one.uri or "") or next(iter(one.uris(self.own + "event")), None)
        self.plan.claims[one.uri or ""] = PlannedClaim(one.place, public_id, event, said)
        if one.uris(self.own + "tally"):
            at = f"{one.place}.cp:tally"
            self.plan.leave(at, TALLY, public_id)

    def _document(self, one: Statement, public_id: str) -> None:
        publisher = self._by.get(one.uri or "")
        if publisher is None:
            self.plan.leave(one.place, "Nothing says who published it. Add a wasAttributedTo with its publisher.")
            return
        urls = one.uris(self.own + "url")
        said = checked(
            DocumentCreate,
            one.place,
            publisher=LATER,
            title=one.label,
            url=urls[0] if urls else None,
            language=self._said(one, "language"),
            **self._date(one, "published"),
        )
        self.plan.documents[one.uri or ""] = PlannedDocument(one.place, public_id, publisher, said)

    def _date(self, one: Statement, term: str) -> dict[str, Any]:
        written = self._said(one, term)
        if written is None:
            return {}
        at = f"{one.place}.cp:{term}"
        first, _, last = written.partition("/")
        begin, end = read_date(first, at), read_date(last or first, at)
        if end.latest < begin.earliest:
            raise refused(at, "it ends before it begins. Swap the two.")
        return {
            f"{term}_earliest": begin.earliest,
            f"{term}_latest": end.latest,
            f"{term}_precision": begin.precision,
            f"{term}_basis": self._said(one, f"{term}_basis"),
        }

    def _leave(self, one: Statement) -> None:
        if one.kind == "activity":
            self.plan.leave(one.place, CORRECTION, self._id(one.uri or "", "corrections"))
        elif one.kind == "wasDerivedFrom" and self._said(one, "relation") is not None:
            self.plan.leave(one.place, TEXTS, self._id(one.ends["generatedEntity"], "documents"))

    def _reports(self, ours: Iterable[Statement]) -> None:
        hops: dict[str, list[Statement]] = {}
        figures: dict[str, list[Statement]] = {}
        documents: dict[str, str] = {}
        for one in ours:
            if one.kind != "wasDerivedFrom":
                continue
            later, earlier = one.ends["generatedEntity"], one.ends["usedEntity"]
            if self._said(one, "manner") is not None:
                for report in one.uris(self.own + "report"):
                    hops.setdefault(report, []).append(one)
            elif self._id(later, "reports") is not None and self._id(earlier, "documents") is not None:
                documents[later] = earlier
            elif self._id(later, "figures") is not None and later in self._entities:
                figures.setdefault(earlier, []).append(self._entities[later])
        for one in ours:
            if one.kind == "entity" and one.uri and (public_id := self._id(one.uri, "reports")) is not None:
                document = documents.get(one.uri)
                self._report(one, public_id, document, hops.get(one.uri, []), figures.get(one.uri, []))

    def _report(
        self, one: Statement, public_id: str, document: str | None, hops: list[Statement], figures: list[Statement]
    ) -> None:
        claims = one.uris(self.own + "claim")
        if document not in self.plan.documents or not claims or claims[0] not in self.plan.claims:
            self.plan.leave(one.place, "Its document or its claim is not in the file. Add both, with their publisher.")
            return
        said = checked(
            ReportCreate,
            one.place,
            document=LATER,
            claim=LATER,
            quote=one.value,
            **{name: self._said(one, name) for name in ("stance", "hedge", "translation", "own_basis")},
            **self._date(one, "said"),
        )
        publisher = self.plan.documents[document].publisher
        planned = tuple(self._hop(hop, document, publisher) for hop in hops)
        self.plan.reports.append(
            PlannedReport(
                one.place,
                public_id,
                document,
                claims[0],
                said,
                tuple(sorted(planned, key=lambda hop: (hop.upstream or "", hop.downstream))),
                tuple(self._figure(figure) for figure in figures),
            )
        )
        for cut in (one, *hops):
            if self._said(cut, "cut_by") is not None:
                self.plan.leave(f"{cut.place}.cp:cut_by", CORRECTION, public_id)

    def _hop(self, one: Statement, document: str, publisher: str) -> PlannedHop:
        later, earlier = one.ends["generatedEntity"], one.ends["usedEntity"]
        said = checked(
            AttributionCreate,
            one.place,
            downstream=LATER,
            **{name: self._said(one, name) for name in ("manner", "as_named", "basis", "mark", "access")},
        )
        downstream = publisher if later == document else self._teller(one, later)
        unstated = PROV + "type"
        found = self._entities.get(earlier)
        if found is not None and self.own + "NotStated" in found.uris(unstated):
            return PlannedHop(one.place, None, downstream, said)
        return PlannedHop(one.place, self._teller(one, earlier), downstream, said)

    def _teller(self, one: Statement, entity: str) -> str:
        if entity not in self._by:
            raise refused(one.place, f"nothing says who {entity[-200:]} is attributed to. Add a wasAttributedTo.")
        return self._by[entity]

    def _figure(self, one: Statement) -> PlannedFigure:
        numbers = {name: _float(one.number(self.own + name)) for name in ("value", "low", "high")}
        words = {name: self._said(one, name) for name in FIGURE_WORDS}
        said = checked(FigureCreate, one.place, text=one.value, **numbers, **words)
        if said.qualifier is None:
            raise refused(f"{one.place}.cp:qualifier", "it is missing. Say what the words make of the number.")
        return PlannedFigure(one.place, self._id(one.uri or "", "figures"), said)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
