"""Reads the documents of a story with their reports: quotes, hops and figures, held to the text where there is one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from provenance.declared import Actor, Declared, Hop, check_declared
from provenance.errors import InvalidInput
from provenance.ingestion.story_rows import Pool, Reference, Wanted, instant_of, moment_of
from provenance.ingestion.yaml_fields import Fields
from provenance.storage.claim import Claim
from provenance.storage.document import Document, DocumentBase, DocumentRelation
from provenance.storage.figure import Figure, FigureBase
from provenance.storage.quoting import Span, Unplaced, place
from provenance.storage.report import Attribution, AttributionBase, Report, ReportBase
from provenance.storage.source import Source
from provenance.storage.writes.figures import check_figure, read_figure
from provenance.vocabulary import (
    Capacity,
    DocumentRelationKind,
    HopBasis,
    HopMark,
    Manner,
    Qualifier,
    RelationState,
    ReportState,
    SourceKind,
    Stance,
)

# How much text beside a quote is kept, so that it is found again in a page that has changed around it.
BESIDE = 32


@dataclass(frozen=True)
class _Page:
    """The document that reports are read from."""

    row: Wanted
    publisher: Reference
    text: str | None

    @property
    def held(self) -> dict[str, int]:
        """The text's length, to which spans are held."""
        return {"text_length": len(self.text or "")}


def read_documents(entries: list[Fields], pool: Pool) -> None:
    """Want all documents, then how they relate, then their reports: a document may refer to a later one."""
    pages = [(fields, _document(fields, pool)) for fields in entries]
    for fields, page in pages:
        for relation in fields.entries("relations"):
            _relation(relation, page, pool)
    for fields, page in pages:
        for report in fields.entries("reports"):
            _report(report, page, pool)


def _document(fields: Fields, pool: Pool) -> _Page:
    key = fields.text("key")
    fields = fields.at(f"document {key}")
    fields.only(
        "key", "url", "title", "publisher", "language", "published", "retrieved_at", "archive_url", "text",
        "machine_translated_from", "note", "gist", "relations", "reports",
    )  # fmt: skip
    text, publisher = fields.optional("text"), pool.refer(fields, "publisher", Source)
    gist = fields.optional("gist")
    values: dict[str, Any] = {
        **{name: fields.optional(name) for name in ("url", "title", "language", "archive_url")},
        "text": text,
        "retrieved_at": instant_of(fields, "retrieved_at"),
        **moment_of(fields.entry("published"), "published"),
        "translated_from": fields.optional("machine_translated_from"),
        "note": " ".join(filter(None, (fields.optional("note"), gist and f"In short: {gist}"))) or None,
    }
    measured = {"text_length": len(text or ""), "content_hash": text and hashlib.sha256(text.encode()).hexdigest()}
    public_id, references = pool.public_id(Document, key), {"publisher_id": publisher}
    row = pool.add(fields, Document, public_id, values, references, key=key, shape=DocumentBase, derived=measured)
    return _Page(row, publisher, text)


def _relation(fields: Fields, page: _Page, pool: Pool) -> None:
    fields.only("kind", "of_source", "of_document", "state", "note")
    source, document = pool.may_refer(fields, "of_source", Source), pool.may_refer(fields, "of_document", Document)
    if (source is None) == (document is None):
        raise fields.refusal("of_source", "and 'of_document' are both given or both missing", "give one of them")
    target = source or document
    if target is not None and target.public_id == page.row.public_id:
        raise fields.refusal("of_document", "is the document itself", "name another one")
    kind = fields.term("kind", DocumentRelationKind)
    values = {
        "kind": kind,
        "state": fields.term("state", RelationState, RelationState.SUSPECTED),
        "note": fields.optional("note"),
    }
    key = f"{kind.value} {target.public_id if target else ''}"
    references = {
        "document_id": Reference(Document, page.row.public_id), "of_source_id": source, "of_document_id": document,
    }  # fmt: skip
    pool.add(fields, DocumentRelation, pool.public_id(DocumentRelation, key, page.row.public_id), values, references)


def _report(fields: Fields, page: _Page, pool: Pool) -> None:
    key = fields.text("key")
    fields = fields.at(f"report {key}")
    fields.only(
        "key", "claim", "stance", "quote", "span", "translation", "translated_by", "hedge", "state", "extractor",
        "confidence", "note", "own_basis", "said", "hops", "figure", "figures",
    )  # fmt: skip
    claim = pool.refer(fields, "claim", Claim)
    own_basis = fields.term("own_basis", HopBasis) if fields.optional("own_basis") else None
    values: dict[str, Any] = {
        **_quoted(fields, page),
        **{name: fields.optional(name) for name in ("translation", "translated_by", "hedge", "extractor", "note")},
        "stance": fields.term("stance", Stance, Stance.ASSERTS),
        **moment_of(fields.entry("said"), "said"),
        "own_basis": own_basis,
        "state": fields.term("state", ReportState, ReportState.ACCEPTED),
        "confidence": fields.number("confidence"),
    }
    public_id = pool.public_id(Report, key)
    references = {"document_id": Reference(Document, page.row.public_id), "claim_id": claim}
    pool.add(fields, Report, public_id, values, references, key=key, shape=ReportBase, derived=page.held)
    quote = Span(values["quote_start"], values["quote_end"]) if values["quote_start"] is not None else None
    hops = [_hop(hop, page, pool, public_id, claim, quote) for hop in fields.entries("hops")]
    _check_chain(fields, page, pool, hops, own_basis)
    one = fields.entry("figure")
    for number, figure in enumerate([*([one] if one else []), *fields.entries("figures")]):
        figure_id = pool.public_id(Figure, str(number), public_id)
        _figure(figure, page, pool, figure_id, Reference(Report, public_id), claim, quote)


def _quoted(fields: Fields, page: _Page) -> dict[str, Any]:
    quote = fields.optional("quote")
    span = _span(fields, "span", page, "quote", quote)
    start, end = span or (None, None)
    text = page.text or ""
    return {
        "quote": quote,
        "quote_start": start,
        "quote_end": end,
        "quote_prefix": text[max(0, start - BESIDE) : start] or None if start is not None else None,
        "quote_suffix": text[end : end + BESIDE] or None if end is not None else None,
    }


def _hop(fields: Fields, page: _Page, pool: Pool, report: str, claim: Reference, quote: Span | None) -> Wanted:
    fields.only("from", "to", "as_named", "cue", "cue_span", "manner", "basis", "capacity", "mark", "access")
    upstream, downstream = pool.may_refer(fields, "from", Source), pool.refer(fields, "to", Source)
    if upstream == downstream:
        raise fields.refusal("to", "is the source that it has it from", "leave this hop out")
    cue = fields.optional("cue")
    start, end = _span(fields, "cue_span", page, "cue", cue, quote) or (None, None)
    values: dict[str, Any] = {
        "as_named": fields.optional("as_named"),
        "cue": cue,
        "cue_start": start,
        "cue_end": end,
        "manner": fields.term("manner", Manner, Manner.VIA),
        "basis": fields.term("basis", HopBasis, HopBasis.UNKNOWN),
        "capacity": fields.term("capacity", Capacity) if fields.optional("capacity") else None,
        "mark": fields.term("mark", HopMark, HopMark.STATED),
        "access": fields.optional("access"),
    }
    key = f"{upstream.public_id if upstream else None} {downstream.public_id}"
    references = {
        "report_id": Reference(Report, report), "claim_id": claim, "upstream_id": upstream, "downstream_id": downstream,
    }  # fmt: skip
    public_id = pool.public_id(Attribution, key, report)
    return pool.add(fields, Attribution, public_id, values, references, shape=AttributionBase, derived=page.held)


def _check_chain(fields: Fields, page: _Page, pool: Pool, hops: list[Wanted], own_basis: HopBasis | None) -> None:
    ids: dict[str, int] = {}
    for reference in (
        page.publisher,
        *(hop.references.get(end) for hop in hops for end in ("upstream_id", "downstream_id")),
    ):
        if reference is not None:
            ids.setdefault(reference.public_id, len(ids))
    actors = {
        number: Actor(number, str(values["name"]), SourceKind(values["kind"]))
        for public_id, number in ids.items()
        if (values := pool.by_id[public_id].values)
    }
    chain = tuple(
        Hop(
            ids[up.public_id] if (up := hop.references.get("upstream_id")) else None,
            ids[hop.references["downstream_id"].public_id],
            Manner(hop.values["manner"]),
        )
        for hop in hops
    )
    try:
        check_declared(Declared(0, 0, ids[page.publisher.public_id], chain, own_basis=own_basis), actors)
    except InvalidInput as contradiction:
        problem = contradiction.message.removeprefix("Report 0: ").rstrip(".")
        raise fields.refusal("hops", f"contradict themselves: {problem}", "correct the chain") from contradiction


def _figure(
    fields: Fields,
    page: _Page,
    pool: Pool,
    public_id: str,
    report: Reference,
    claim: Reference,
    quote: Span | None,
) -> None:
    fields.only(
        "text", "span", "qualifier", "value", "low", "high", "unit", "as_of", "measure", "measure_printed", "counted",
        "counted_printed", "place", "place_printed",
    )  # fmt: skip
    text = fields.text("text")
    start, end = _span(fields, "span", page, "text", text, quote) or (None, None)
    given: dict[str, Any] = {
        "text": text,
        "text_start": start,
        "text_end": end,
        "qualifier": fields.term("qualifier", Qualifier) if fields.optional("qualifier") else None,
        **{name: fields.number(name) for name in ("value", "low", "high")},
        **{name: fields.optional(name) for name in _DESCRIBED},
    }
    try:
        values = read_figure(given, page.row.values.get("language"))
        check_figure(values, "figure")
    except InvalidInput as contradiction:
        named, _, problem = contradiction.message.partition(": ")
        field = (contradiction.field or named).rpartition(".")[2]
        raise fields.refusal(field, f"cannot be: {problem.rstrip('.')}", "correct the figure") from contradiction
    references = {"report_id": report, "claim_id": claim}
    pool.add(fields, Figure, public_id, values, references, shape=FigureBase, derived=page.held)


_DESCRIBED = (
    "unit", "as_of", "measure", "measure_printed", "counted", "counted_printed", "place", "place_printed",
)  # fmt: skip


def _span(
    fields: Fields, name: str, page: _Page, column: str, words: str | None, quote: Span | None = None
) -> tuple[int, int] | None:
    """The span that is given, or that of the words, held to the text; None where no text is held or no words given."""
    span, text = fields.span(name), page.text
    if span is None:
        return _found(fields, name, column, text, words, quote) if text is not None and words is not None else None
    start, end = span
    if text is None:
        raise fields.refusal(name, "is given though the document has no text", "add the text, or leave the span out")
    if not 0 <= start < end <= len(text):
        problem = f"[{start}, {end}] is outside the text, which has {len(text)} code points"
        raise fields.refusal(name, problem, "count from 0, the end exclusive")
    if words is None:
        raise fields.refusal(name, "is given without the words that stand there", "add them")
    if text[start:end] != words:
        found = f"; they stand at [{text.index(words)}, {text.index(words) + len(words)}]" if words in text else ""
        problem = f"[{start}, {end}] holds {text[start:end][:60]!r}, not {words[:60]!r}"
        raise fields.refusal(name, problem, f"count code points from 0, the end exclusive{found}")
    return span


def _found(fields: Fields, name: str, column: str, text: str, words: str, quote: Span | None) -> tuple[int, int]:
    found = place(text, words, quote)
    if isinstance(found, Unplaced):
        remedy = found.remedy.replace("the start and the end", f"'{name}' as [start, end]")
        raise fields.refusal(column, f"holds {words[:60]!r}, which {found.problem}", remedy)
    return found.start, found.end
