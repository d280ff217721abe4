"""Tells of a claim, a document or an event as a PROV document, from the same pictures that the trace is made from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.answers import instant_text
from provenance.chain import Hop, ReportFinding
from provenance.exchange.prov import corrections, reports, sources
from provenance.exchange.prov.model import (
    COLLECTION,
    ELEMENTS,
    LABEL,
    REVISION,
    TYPE,
    VALUE,
    Attributes,
    Document,
    Kind,
    Name,
    Record,
    document,
)
from provenance.exchange.prov.names import name_of, namespaces, own, relayed
from provenance.storage.reads.sources import KnownAs
from provenance.vocabulary import DocumentRelationKind, RelationState, ReportState, Stance

SOURCES = "sources"


class Telling:
    """Collects the records of one PROV document, claim after claim; what is told twice stands there once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._elements: dict[Name, Record] = {}
        self._mentioned: dict[Name, Record] = {}
        self._relations: set[Record] = set()

    def document(self) -> Document:
        """All that was told."""
        elements = {**self._mentioned, **self._elements}
        return document(namespaces(self.base), [*elements.values(), *self._relations])

    def event(self, public_id: str, title: str) -> None:
        """Tell of an event, which collects the claims about it."""
        types: Attributes = ((TYPE, own("Event")), (TYPE, COLLECTION))
        self.add(Record(Kind.ENTITY, name_of(public_id), (), (*types, (LABEL, title))))

    def claim(self, picture: ClaimPicture, within: str | None = None, replacing: dict[int, str] | None = None) -> None:
        """Tell of a claim with its reports; ``within``: of those that stand in this document alone, and then nothing
        that is derived from all of them. ``replacing``: public ids of claims that took its place, by their keys.
        """
        told = [report for report in picture.reports if within in (None, report.document_public_id)]
        name = name_of(picture.public_id)
        self.event(picture.event, picture.event_title)
        self.add(Record(Kind.ENTITY, name, (), _claim(picture, whole=within is None)))
        if picture.state is ReportState.ACCEPTED:
            self.add(Record(Kind.MEMBER, None, (name_of(picture.event), name)))
        for report in told:
            self._report(picture, report)
        if within is None:
            self._origins(picture)
        for record in corrections.told(picture, told, replacing or {}):
            self.add(record)
        for newer in (replacing or {}).values():
            self.mention(name_of(newer), "Claim")
        by = [correction.by.id for correction in picture.corrections]
        self._sources(picture, [*by, *(source for report in told for source in _sources_of(report))])

    def add(self, *records: Record) -> None:
        """Add elements and relations; of two that tell of one element, the first counts."""
        for record in records:
            if record.id is not None and record.kind in ELEMENTS:
                self._elements.setdefault(record.id, record)
            else:
                self._relations.add(record)

    def mention(self, name: Name, type: str) -> None:
        """Add an entity of which only others tell here, unless more is told of it."""
        self._mentioned[name] = Record(Kind.ENTITY, name, (), ((TYPE, own(type)),))

    def describe(self, known: Mapping[str, KnownAs]) -> None:
        """Add to the sources that were told of what they are known by, by their public ids."""
        for public_id, source in known.items():
            name = name_of(public_id)
            if name in self._elements:
                aliases = tuple((own("alias"), alias) for alias in source.aliases)
                self._say_more(name, reports.said(country=source.country) + aliases)

    @property
    def sources(self) -> list[str]:
        """The public ids of the sources that were told of; words that stand for nobody are none."""
        return [name.local for name, one in self._elements.items() if one.kind is Kind.AGENT and name.prefix == SOURCES]

    def _report(self, picture: ClaimPicture, view: ReportView) -> None:
        found = next(finding for finding in picture.analysis.reports if finding.report == view.id)
        declared, publisher = view.declared, self._agent(picture, view.declared.publisher, view.public_id)
        name = name_of(view.document_public_id)
        self.add(*reports.document_of(view), Record(Kind.ATTRIBUTION, None, (name, publisher)))
        alone = reports.classes_of(found.paths, declared.publisher, publisher=True)
        asked = picture.moment.as_of is not None
        self.add(*reports.passage_of(view, picture.public_id, found.supported, alone, asked))
        for figure in view.figures:
            self.add(*reports.figure_of(figure, view.public_id))
        for source in sorted(_relaying(view)):
            self._step(picture, view, found, source)
        for hop in declared.hops:
            self.add(*_hop(picture, view, hop))
        self.add(*_primaries(picture, view, found))
        self._depends(picture, view)

    def _step(self, picture: ClaimPicture, view: ReportView, found: ReportFinding, source: int) -> None:
        public_id = picture.public_ids[source]
        classes = reports.classes_of(found.paths, source, publisher=False)
        step = reports.step_of(view.public_id, public_id, classes)
        agent = self._agent(picture, source, view.public_id)
        self.add(step, Record(Kind.ATTRIBUTION, None, (step.id, agent)))
        begins = all(hop.downstream != source or hop.upstream is None for hop in view.declared.hops)
        if begins and view.stance is Stance.ASSERTS:
            self.add(Record(Kind.SPECIALIZATION, None, (step.id, name_of(picture.public_id))))

    def _agent(self, picture: ClaimPicture, source: int, report: str | None = None) -> Name:
        actor, public_id = picture.actors[source], picture.public_ids[source]
        if actor.kind.placeholder and report is not None:
            agent = sources.nobody_of(actor, public_id, report)
        else:
            agent = sources.agent_of(actor, public_id)
        self.add(agent)
        return agent.id or name_of(public_id)

    def _depends(self, picture: ClaimPicture, view: ReportView) -> None:
        name = name_of(view.document_public_id)
        # Of a document without a report here the picture does not tell whether everybody may know of it.
        public = {report.document_public_id for report in picture.reports}
        for one in view.depends_on:
            if one.state is RelationState.CONFIRMED and one.document_public_id in public:
                other = name_of(one.document_public_id)
                self.mention(other, "Document")
                types: Attributes = ((TYPE, REVISION),) if one.kind is DocumentRelationKind.SUPERSEDES else ()
                said = types + reports.said(relation=one.kind.value)
                way = relayed(view.document_public_id, one.kind.value, one.document_public_id)
                self.add(Record(Kind.DERIVATION, way, (name, other), said))

    def _origins(self, picture: ClaimPicture) -> None:
        for finding in picture.analysis.origins:
            if finding.established:
                public_id = picture.public_ids[finding.source]
                agent = self._agent(picture, finding.source)
                said = reports.said(origin_class=finding.cls.value, reports=len(finding.reports))
                way = relayed(picture.public_id, finding.cls.value, public_id)
                self.add(Record(Kind.ATTRIBUTION, way, (name_of(picture.public_id), agent), said))

    def _sources(self, picture: ClaimPicture, named: Collection[int]) -> None:
        def id_of(source: int) -> str:
            return picture.public_ids[source]

        ties = list(sources.around(picture.ties, named))
        for tie in ties:
            self._agent(picture, tie.source)
            self._agent(picture, tie.other)
            self.add(sources.tie_of(tie, id_of(tie.source), id_of(tie.other)))
        told = {*named, *(end for tie in ties for end in (tie.source, tie.other))}
        none = sources.unties(picture.ties, told.__contains__, lambda source: name_of(id_of(source)))
        for source, said in none.items():
            self._say_more(self._agent(picture, source), said)
            for _, other in said:
                if isinstance(other, Name):
                    key = next(key for key in told if name_of(id_of(key)) == other)
                    self._agent(picture, key)

    def _say_more(self, name: Name, said: Attributes) -> None:
        agent = self._elements[name]
        new = tuple(sorted(set(said) - set(agent.attributes), key=str))
        self._elements[name] = replace(agent, attributes=agent.attributes + new)


def _claim(picture: ClaimPicture, *, whole: bool) -> Attributes:
    analysis, moment = picture.analysis, picture.moment
    accepted = picture.state is ReportState.ACCEPTED
    attributes: Attributes = ((TYPE, own("Claim")), (VALUE, picture.text))
    attributes += reports.said(kind=picture.kind.value, state=picture.state.value)
    attributes += reports.dated("happened", picture.happened)
    attributes += reports.said(
        event=None if accepted else name_of(picture.event),
        tally=name_of(picture.tally.public_id) if picture.tally else None,
        as_of=instant_text(moment.as_of),
        known_at=instant_text(moment.known_at),
    )
    if not whole:
        return attributes
    return attributes + reports.said(
        status=picture.status.value if accepted else None,
        verdict=analysis.verdict.value,
        established_origins=len(analysis.established_origins),
        parties=len(analysis.established_parties),
        documents=picture.documents,
    )


def _sources_of(view: ReportView) -> Iterator[int]:
    yield view.declared.publisher
    yield from _relaying(view)


def _relaying(view: ReportView) -> set[int]:
    ends = {end for hop in view.declared.hops for end in (hop.upstream, hop.downstream) if end is not None}
    return ends - {view.declared.publisher}


def _hop(picture: ClaimPicture, view: ReportView, hop: Hop) -> Iterator[Record]:
    report, declared = view.public_id, view.declared
    downstream = picture.public_ids[hop.downstream]
    last = hop.downstream == declared.publisher
    later = name_of(view.document_public_id) if last else relayed(report, downstream)
    if hop.upstream is None:
        # One report may leave open from whom two carriers have it: these are two beginnings.
        earlier = relayed(report, "unstated", downstream)
        types: Attributes = ((TYPE, own("NotStated")), (own("report"), name_of(report)))
        yield Record(Kind.ENTITY, earlier, (), types)
        yield reports.hop_of(hop, report, later, earlier, ("unstated", downstream, "hop"), begins=False)
        return
    upstream = picture.public_ids[hop.upstream]
    begins = all(other.downstream != hop.upstream for other in declared.hops)
    yield reports.hop_of(hop, report, later, relayed(report, upstream), (upstream, downstream), begins)


def _primaries(picture: ClaimPicture, view: ReportView, found: ReportFinding) -> Iterable[Record]:
    established = {(finding.source, finding.cls) for finding in picture.analysis.origins if finding.established}
    begun = {
        path.origin.actor
        for path in found.paths
        if path.supports and len(path.nodes) > 1 and (path.origin.actor, path.origin_class) in established
    }
    document = name_of(view.document_public_id)
    return [reports.primary_of(view.public_id, document, picture.public_ids[source]) for source in sorted(begun)]
