"""Tells of one report: the passage in a document, the chain that it declares, and the figures that it prints.

The document is derived from what the last carrier is said to have said, that from what the one before said, and so on
to the first, whose statement is a more special one of the claim. Each of these belongs to the one report: what two
reports say of one source is never joined.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from provenance.analysis.picture import FigureView, Published, ReportView
from provenance.chain import Cut, Hop, Path
from provenance.exchange.prov.model import (
    LABEL,
    PRIMARY_SOURCE,
    QUOTATION,
    TYPE,
    VALUE,
    Address,
    Attributes,
    Kind,
    Name,
    Record,
    Value,
)
from provenance.exchange.prov.names import name_of, own, relayed
from provenance.vocabulary import DatePrecision, HopMark, Presence, Stance

PRINTED = ("measure", "measure_printed", "counted", "counted_printed", "place", "place_printed", "as_of")
CLOCKED = frozenset({DatePrecision.SECOND, DatePrecision.MINUTE})


def said(**given: Value | None) -> Attributes:
    """Attributes of our own namespace, those that are given."""
    return tuple((own(term), value) for term, value in given.items() if value is not None)


def dated(term: str, date: Published) -> Attributes:
    """A date with no more digits than are known, and where it was read."""
    if date.interval is None:
        return ()
    return ((own(term), date.interval), (own(f"{term}_basis"), date.basis.value))


def document_of(view: ReportView) -> Iterator[Record]:
    """The document that a report stands in, and when it came out where that is known to the minute."""
    name = name_of(view.document_public_id)
    yield article(name, view.document_title, view.document_url, view.language, view.published)
    span = view.published.span
    if span is not None and view.published.precision in CLOCKED:
        yield Record(Kind.GENERATION, None, (name, None, span.earliest))


def article(name: Name, title: str | None, url: str | None, language: str | None, published: Published) -> Record:
    """The entity that a document is."""
    attributes: Attributes = ((TYPE, own("Document")),)
    attributes += ((LABEL, title),) if title else ()
    attributes += said(url=Address(url) if url else None, language=language) + dated("published", published)
    return Record(Kind.ENTITY, name, (), attributes)


def passage_of(
    view: ReportView, claim: str, supported: bool, classes: tuple[str, ...], asked: bool
) -> Iterator[Record]:
    """The report itself, which was quoted from its document, and what it makes of the claim."""
    attributes: Attributes = ((TYPE, own("Report")),)
    attributes += ((VALUE, view.quote),) if view.quote is not None else ()
    attributes += said(claim=name_of(claim), stance=view.stance.value, hedge=view.hedge, translation=view.translation)
    attributes += dated("said", view.said)
    basis = view.declared.own_basis
    attributes += said(own_basis=basis.value if basis else None, supported=supported)
    attributes += said(presence=view.presence.value if asked or view.presence is Presence.POSSIBLE else None)
    attributes += tuple((own("origin_class"), word) for word in classes) + cut(view.declared.cut)
    name = name_of(view.public_id)
    yield Record(Kind.ENTITY, name, (), attributes)
    yield Record(Kind.DERIVATION, None, (name, name_of(view.document_public_id)), ((TYPE, QUOTATION),))
    if classes and view.stance is Stance.ASSERTS:
        yield Record(Kind.SPECIALIZATION, None, (name, name_of(claim)))


def step_of(report: str, source: str, classes: tuple[str, ...]) -> Record:
    """What a source is said to have said, in one report; with ``classes`` where a path begins with it."""
    beginnings = tuple((own("origin_class"), word) for word in classes)
    attributes: Attributes = ((TYPE, own("Relayed")), (own("report"), name_of(report)), *beginnings)
    return Record(Kind.ENTITY, relayed(report, source), (), attributes)


def hop_of(hop: Hop, report: str, later: Name, earlier: Name, ends: tuple[str, ...], begins: bool) -> Record:
    """A hop: the later entity is derived from the earlier one, and quotes it where that is the statement itself."""
    types: Attributes = ((TYPE, QUOTATION),) if begins else ()
    mark = HopMark.STATED if hop.stated else HopMark.INFERRED
    attributes = said(
        report=name_of(report),
        manner=hop.manner.value,
        as_named=hop.as_named,
        basis=hop.basis.value,
        mark=mark.value,
        access=hop.access,
    )
    return Record(Kind.DERIVATION, relayed(report, *ends), (later, earlier), types + attributes + cut(hop.cut))


def primary_of(report: str, document: Name, source: str) -> Record:
    """That the statement of an established origin is a primary source of the document."""
    attributes: Attributes = ((TYPE, PRIMARY_SOURCE), (own("report"), name_of(report)))
    return Record(Kind.DERIVATION, relayed(report, source, "primary"), (document, relayed(report, source)), attributes)


def cut(given: Cut | None) -> Attributes:
    """Why something supports nothing any more."""
    return () if given is None else said(cut_by=given.by, cut_at=given.at, cut_reason=given.reason)


def figure_of(figure: FigureView, report: str) -> Iterator[Record]:
    """A figure as printed, with the interval that its words allow."""
    quantity = figure.measured.quantity
    attributes: Attributes = ((TYPE, own("Figure")), (VALUE, figure.text))
    attributes += said(
        qualifier=figure.qualifier.value,
        value=_decimal(figure.value),
        low=_decimal(quantity.low),
        high=_decimal(quantity.high),
        unit=figure.measured.unit,
        **{term: getattr(figure.printed, term) for term in PRINTED},
    )
    name = name_of(figure.public_id)
    yield Record(Kind.ENTITY, name, (), attributes)
    yield Record(Kind.DERIVATION, None, (name, name_of(report)), ((TYPE, QUOTATION),))


def _decimal(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def classes_of(paths: tuple[Path, ...], source: int, publisher: bool) -> tuple[str, ...]:
    """Of what class a source is as the beginning of declared paths of one report; empty where none begins with it."""
    begun = {
        path.origin_class.value for path in paths if path.origin.actor == source and (len(path.nodes) == 1) is publisher
    }
    return tuple(sorted(begun))
