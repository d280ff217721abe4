"""Plans what others wrote down in PROV, as far as it says who stated what and through whom it came.

An entity with ``prov:value`` that is derived from nothing is a claim, and whoever it is attributed to said it first.
An entity that is derived from it, at whatever distance, and attributed to somebody is a document; its report has every
hop on the way. Since no page was read, each hop is marked as inferred, and the reports are proposals like any other.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from provenance.errors import InvalidInput
from provenance.exchange.prov.taking.planned import (
    LATER,
    Plan,
    PlannedClaim,
    PlannedDocument,
    PlannedHop,
    PlannedReport,
    PlannedSource,
    PlannedTie,
    checked,
)
from provenance.exchange.prov.taking.reading import Statement, Time, refused
from provenance.storage.claim import ClaimCreate
from provenance.storage.document import DocumentCreate
from provenance.storage.record import derived_public_id
from provenance.storage.report import AttributionCreate, ReportCreate
from provenance.storage.source import SourceCreate, TieCreate
from provenance.vocabulary import Basis, ClaimKind, DateBasis, HopMark, Manner, SourceKind, TieKind

KIND_UNSAID = "PROV does not say what kind of source it is: it is proposed as {kind}. Correct that when you review."
ZONELESS = (
    "The time '{written}' has no zone, so only its day is known. Send it with one, such as +06:00 or Z, or correct it."
)
PLACELESS = "There is no place for this relation here, so it is left."
WHY_LEFT = {
    "activity": "Activities have no place here, only what came of them.",
    "wasInvalidatedBy": "What somebody took back is recorded by a person. Record it with POST /v1/corrections.",
    "hadMember": "Only the claims of an event are collected here. Give `event` for new claims.",
}
MOST_STEPS = 100  # between a claim and a document; a page that somebody wrote has a handful
MOST_CLAIMS = 500  # behind one document
MOST_HOPS = 200  # of one document on one claim


class Theirs:
    """Reads statements into a plan."""

    def __init__(self, statements: list[Statement], plan: Plan) -> None:
        self.plan = plan
        self._statements = statements
        self._entities = {one.uri: one for one in statements if one.kind == "entity" and one.uri}
        self._agents = {one.uri: one for one in statements if one.kind == "agent" and one.uri}
        self._earlier: dict[str, list[Statement]] = defaultdict(list)
        self._by: dict[str, list[Statement]] = defaultdict(list)
        self._times: dict[str, Time] = {}
        self._behind: dict[str, frozenset[str]] = {}
        self._depth: dict[str, int] = {}
        self._named = {end for one in statements for end in one.ends.values()}
        self._acting = {end for one in statements if one.kind == "actedOnBehalfOf" for end in one.ends.values()}
        for one in statements:
            if one.kind == "wasDerivedFrom":
                self._earlier[one.ends["generatedEntity"]].append(one)
            elif one.kind == "wasAttributedTo":
                self._by[one.ends["entity"]].append(one)
            elif one.kind == "wasGeneratedBy" and "time" in one.times:
                self._times[one.ends["entity"]] = one.times["time"]

    def run(self) -> None:
        """Plan all of it."""
        self._walk()
        for one in self._entities.values():
            self._entity(one)
        for one in self._statements:
            self._rest(one)

    def _entity(self, one: Statement) -> None:
        uri = one.uri or ""
        if uri not in self._earlier:
            if one.value is not None:
                self._claim(one)
            elif uri not in self._named:
                self.plan.leave(one.place, "Nothing is said of it that could be held: no prov:value, no derivation.")
            else:
                self.plan.leave(one.place, "It has no prov:value, so nothing tells what it states. Add its words.")
            return
        claims = sorted(self._behind.get(uri, ()))
        if claims:
            self._document(one, claims)
        else:
            self.plan.leave(one.place, "It is derived from no entity that has a prov:value, so it reports nothing.")

    def _claim(self, one: Statement) -> None:
        said = checked(ClaimCreate, one.place, event=LATER, text=one.value, kind=ClaimKind.OTHER)
        self.plan.claims[one.uri or ""] = PlannedClaim(one.place, None, None, said)
        for attribution in self._by.get(one.uri or "", ()):
            self._source(attribution.ends["agent"], carries=False)

    def _look_behind(self, uri: str) -> None:
        """Note which claims an entity is derived from, at whatever distance; what lies behind it was looked at."""
        found: set[str] = set()
        for way in self._earlier.get(uri, ()):
            earlier = way.ends["usedEntity"]
            found |= self._behind[earlier]
            entity = self._entities.get(earlier)
            if earlier not in self._earlier and entity is not None and entity.value is not None:
                found.add(earlier)
            self._depth[uri] = max(self._depth.get(uri, 0), self._depth.get(earlier, 0) + 1)
            if len(found) > MOST_CLAIMS:
                raise refused(way.place, f"more than {MOST_CLAIMS} claims lie behind it. Send it in parts.")
            if self._depth[uri] > MOST_STEPS:
                text = f"more than {MOST_STEPS} derivations lie behind each other. Send shorter chains."
                raise refused(way.place, text)
        self._behind[uri] = frozenset(found)

    def _document(self, one: Statement, claims: list[str]) -> None:
        uri = one.uri or ""
        publisher, author = self._publisher(one)
        if publisher is None:
            return
        time = self._times.get(uri)
        said = checked(
            DocumentCreate,
            one.place,
            publisher=LATER,
            title=one.label,
            author=author,
            url=uri if urlsplit(uri).scheme in ("http", "https") and urlsplit(uri).hostname else None,
            **_published(time),
        )
        own = derived_public_id("document", "prov", uri, one.label or "", publisher)
        unzoned = ZONELESS.format(written=time.written) if time is not None and not time.zoned else None
        self.plan.documents[uri] = PlannedDocument(one.place, own, publisher, said, unzoned)
        for claim in claims:
            self._report(one, own, publisher, claim)

    def _publisher(self, one: Statement) -> tuple[str | None, str | None]:
        """Who published a document, and who signed it: a person beside an organisation is the author."""
        agents = list(dict.fromkeys(way.ends["agent"] for way in self._by.get(one.uri or "", ())))
        if not agents:
            why = "Nothing says who published it, so it is only a step on the way. Add a wasAttributedTo."
            self.plan.leave(one.place, why)
            return None, None
        publishers = [agent for agent in agents if not self._is_person(agent)] or agents
        if len(publishers) > 1:
            self.plan.leave(one.place, "It is attributed to several who may have published it. Keep one of them.")
            return None, None
        authors = [self._name(agent) for agent in agents if agent not in publishers]
        self._source(publishers[0], carries=True)
        return publishers[0], ", ".join(authors) or None

    def _report(self, one: Statement, document: str, publisher: str, claim: str) -> None:
        hops = self._hops(one.uri or "", publisher, claim)
        said = checked(ReportCreate, one.place, document=LATER, claim=LATER, quote=one.value)
        chain = hashlib.sha256(repr([(hop.upstream, hop.downstream) for hop in hops]).encode()).hexdigest()
        text = self._entities[claim].value or ""
        own = derived_public_id("report", "prov", document, claim, text, chain)
        self.plan.reports.append(PlannedReport(one.place, own, one.uri or "", claim, said, tuple(hops)))

    def _hops(self, uri: str, publisher: str, claim: str) -> list[PlannedHop]:
        """The hops from a claim to a document: from whoever a step is attributed to, to the next one further on."""
        found: dict[tuple[str, str], PlannedHop] = {}
        visited: set[tuple[str, str]] = set()
        waiting = [(uri, publisher)]
        while waiting:
            entity, downstream = waiting.pop()
            for way in self._earlier.get(entity, ()):
                earlier = way.ends["usedEntity"]
                if earlier != claim and claim not in self._behind[earlier]:
                    continue
                tellers = self._tellers(earlier, earlier == claim) or [downstream]
                for teller in tellers:
                    if teller != downstream:
                        self._add_hop(found, way, teller, downstream)
                    if (earlier, teller) not in visited:
                        visited.add((earlier, teller))
                        waiting.append((earlier, teller))
        return [found[key] for key in sorted(found)]

    def _add_hop(
        self, found: dict[tuple[str, str], PlannedHop], way: Statement, upstream: str, downstream: str
    ) -> None:
        manner = Manner.QUOTED if way.typed("Quotation") else Manner.VIA
        said = checked(AttributionCreate, way.place, downstream=LATER, manner=manner, mark=HopMark.INFERRED)
        if len(found) > MOST_HOPS:
            raise refused(way.place, f"more than {MOST_HOPS} hops lead to one document. Send fewer derivations.")
        found.setdefault((upstream, downstream), PlannedHop(way.place, upstream, downstream, said))

    def _tellers(self, entity: str, is_claim: bool) -> list[str]:
        agents = list(dict.fromkeys(way.ends["agent"] for way in self._by.get(entity, ())))
        if not is_claim:
            agents = [agent for agent in agents if not self._is_person(agent)] or agents
        for agent in agents:
            self._source(agent, carries=not is_claim)
        return agents

    def _is_person(self, agent: str) -> bool:
        return agent in self._agents and self._agents[agent].typed("Person")

    def _name(self, agent: str) -> str:
        found = self._agents.get(agent)
        name = found.label if found is not None else None
        return name or agent.rstrip("/#").rpartition("/")[2].rpartition("#")[2] or agent

    def _source(self, agent: str, *, carries: bool) -> None:
        known = self.plan.sources.get(agent)
        if known is not None and (not carries or known.why is None or known.said.kind.carries):
            return
        place = self._agents[agent].place if agent in self._agents else f"agent.{agent}"
        kind = SourceKind.PERSON if self._is_person(agent) else SourceKind.WEBSITE if carries else SourceKind.NGO
        said = checked(SourceCreate, place, name=self._name(agent), kind=kind)
        why = None if self._is_person(agent) else KIND_UNSAID.format(kind=kind.value)
        self.plan.sources[agent] = PlannedSource(place, None, said, why)

    def _rest(self, one: Statement) -> None:
        match one.kind:
            case "entity" | "wasDerivedFrom" | "wasAttributedTo":
                return
            case "agent":
                if one.uri not in self.plan.sources and one.uri not in self._acting:
                    self.plan.leave(one.place, "Nothing that is taken is attributed to it.")
            case "actedOnBehalfOf":
                self._tie(one)
            case "wasGeneratedBy" if one.ends["entity"] in self.plan.documents and "time" in one.times:
                return
            case _:
                self.plan.leave(one.place, WHY_LEFT.get(one.kind, PLACELESS))

    def _tie(self, one: Statement) -> None:
        source, other = one.ends["delegate"], one.ends["responsible"]
        if source == other:
            raise refused(f"{one.place}.prov:responsible", "nobody acts for themselves. Name somebody else.")
        self._source(source, carries=False)
        self._source(other, carries=False)
        said = checked(
            TieCreate,
            one.place,
            kind=TieKind.SPEAKS_FOR,
            basis=Basis.COMMONLY_KNOWN,
            other=LATER,
            note="Read from a PROV document, in which it acts on the other's behalf.",
        )
        self.plan.ties.append(PlannedTie(one.place, source, other, said))

    def _walk(self) -> None:
        """Look behind each entity, the earliest first.

        :raises InvalidInput: where derivations run in a circle, at a place on it.
        """
        for start in list(self._earlier):
            on_way: dict[str, Iterator[Statement]] = {}
            waiting = [] if start in self._behind else [start]
            while waiting:
                entity = waiting[-1]
                ways = on_way.setdefault(entity, iter(self._earlier.get(entity, ())))
                way = next((one for one in ways if one.ends["usedEntity"] not in self._behind), None)
                if way is None:
                    self._look_behind(entity)
                    del on_way[entity]
                    waiting.pop()
                elif way.ends["usedEntity"] in on_way:
                    raise _circle(way)
                else:
                    waiting.append(way.ends["usedEntity"])


def _published(time: Time | None) -> dict[str, Any]:
    if time is None:
        return {}
    return {
        "published_printed": time.written,
        "published_earliest": time.date.earliest,
        "published_latest": time.date.latest,
        "published_precision": time.date.precision,
        "published_basis": DateBasis.INDEX,
    }


def _circle(way: Statement) -> InvalidInput:
    text = "these derivations run in a circle, and nothing can come from itself. Leave out one of them."
    return refused(f"{way.place}.prov:usedEntity", text)
