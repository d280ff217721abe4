"""A casebook as its coder wrote it: documents with coded rows, a registry of sources, a timeline.

Nothing is interpreted here. Sources and timeline may stand beside the casebook or inside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from provenance.errors import UnreadableStory
from provenance.ingestion.yaml_fields import Fields, read_mapping

SELF = "self"


@dataclass(frozen=True, slots=True)
class Node:
    """One place in a chain: a source, or several parallel ones, as the page names them, and the verb that follows."""

    sources: tuple[str, ...]
    as_named: str | None = None
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One coded row: what one document says about one statement."""

    claim_id: str
    origin_key: str
    template: str
    claim: str
    figure: str | None
    low: float | None
    high: float | None
    modifier: str | None
    measure: str | None
    counted: str | None
    place: str | None
    as_of: str | None
    chain: tuple[Node, ...]
    hedge: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """One document with its rows."""

    id: str
    url: str | None
    outlet: str
    country: str | None
    outlet_kind: str
    published: str | None
    published_basis: str | None
    language: str | None
    carries_text_of: str | None
    translated_from: str | None
    note: str | None
    gist: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of the registry."""

    id: str
    name: str
    type: str
    country: str | None
    interest: str | None
    aliases: tuple[str, ...]
    basis: str | None
    seen_in: tuple[str, ...]
    note: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One official statement of the timeline."""

    origin_key: str
    time: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Casebook:
    """Everything that a casebook holds."""

    file: str
    event: str
    made: str | None
    pages: tuple[Page, ...]
    registry: tuple[Entry, ...]
    timeline: tuple[Stage, ...]

    @property
    def rows(self) -> tuple[tuple[Page, Row], ...]:
        """All coded rows, each with its document."""
        return tuple((page, row) for page in self.pages for row in page.rows)


def read_casebook(path: Path) -> Casebook:
    """Read a casebook; raises UnreadableStory naming the file, the document or row, the field and the remedy."""
    fields = read_mapping(path)
    meta = fields.entry("meta")
    pages = tuple(_page(entry) for entry in fields.entries("documents"))
    if not pages:
        raise fields.refusal("documents", "is missing or empty", "list the documents that were coded")
    book = Casebook(
        file=str(path),
        event=fields.text("event"),
        made=meta.optional("made") if meta else None,
        pages=pages,
        registry=tuple(_entry(entry) for entry in _beside(path, fields, "sources")),
        timeline=tuple(_stage(entry) for entry in _beside(path, fields, "timeline")),
    )
    _check_keys(book)
    return book


def _beside(path: Path, fields: Fields, name: str) -> list[Fields]:
    inside = fields.entries(name)
    beside = path.with_name(f"{name}.yaml")
    if inside or not beside.exists() or beside == path:
        return inside
    other = read_mapping(beside)
    return other.entries(name)


def _page(fields: Fields) -> Page:
    page = fields.text("id")
    fields = fields.at(f"document {page}")
    return Page(
        id=page,
        url=fields.optional("url"),
        outlet=fields.text("outlet"),
        country=fields.optional("outlet_country"),
        outlet_kind=fields.text("outlet_kind"),
        published=fields.optional("published"),
        published_basis=fields.optional("published_basis"),
        language=fields.optional("language"),
        carries_text_of=fields.optional("carries_text_of"),
        translated_from=fields.optional("machine_translated_from"),
        note=fields.optional("note"),
        gist=fields.optional("gist_own_words"),
        rows=tuple(_row(entry) for entry in fields.entries("claims")),
    )


def _row(fields: Fields) -> Row:
    claim_id = fields.text("claim_id")
    fields = fields.at(f"claim {claim_id}")
    chain = tuple(_node(entry) for entry in fields.entries("chain"))
    if not chain or chain[-1].sources != (SELF,) or any(SELF in node.sources for node in chain[:-1]):
        raise fields.refusal("chain", "does not end in 'self', once", "put the outlet itself last, and only last")
    return Row(
        claim_id=claim_id,
        origin_key=fields.text("origin_key"),
        template=fields.text("template"),
        claim=fields.text("claim"),
        figure=fields.optional("figure_as_printed"),
        low=fields.number("low"),
        high=fields.number("high"),
        modifier=fields.optional("modifier"),
        measure=fields.optional("measure"),
        counted=fields.optional("counted"),
        place=fields.optional("place"),
        as_of=fields.optional("as_of"),
        chain=chain,
        hedge=fields.optional("hedge"),
        note=fields.optional("note"),
    )


def _node(fields: Fields) -> Node:
    parallel = isinstance(fields.data.get("source"), list)
    sources = fields.texts("source") if parallel else (fields.text("source"),)
    if not sources:
        raise fields.refusal("source", "is an empty list", "name at least one source")
    return Node(sources, fields.optional("as_named"), fields.optional("cue_to_next"))


def _entry(fields: Fields) -> Entry:
    source = fields.text("id")
    fields = fields.at(f"source {source}")
    interest = fields.data.get("party_to_conflict")
    return Entry(
        id=source,
        name=fields.text("name"),
        type=fields.text("type"),
        country=fields.optional("country"),
        # YAML reads a bare yes or no as a truth value; the coder's word is meant.
        interest=("no", "true")[interest] if isinstance(interest, bool) else fields.optional("party_to_conflict"),
        aliases=fields.texts("aliases"),
        basis=fields.optional("basis"),
        seen_in=fields.texts("seen_in"),
        note=fields.optional("note"),
    )


def _stage(fields: Fields) -> Stage:
    return Stage(fields.text("origin_key"), fields.optional("time"), fields.optional("status"))


def _check_keys(book: Casebook) -> None:
    _unique(book.file, "document", [page.id for page in book.pages])
    _unique(book.file, "claim", [row.claim_id for _, row in book.rows])
    _unique(book.file, "source", [entry.id for entry in book.registry])
    known = {entry.id for entry in book.registry} | {SELF}
    for page, row in book.rows:
        for number, node in enumerate(row.chain):
            for source in node.sources:
                if known != {SELF} and source not in known:
                    place = f"document {page.id}, claim {row.claim_id}, chain[{number}]"
                    problem = f"names the source {source!r}, which the registry does not have"
                    raise UnreadableStory(
                        f"{book.file}, {place}: field 'source' {problem}; add it to the sources or correct it.",
                        field="source",
                    )


def _unique(file: str, noun: str, keys: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise UnreadableStory(f"{file}, {noun} {key}: stands there twice; give each its own id.", field="id")
        seen.add(key)
