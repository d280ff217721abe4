"""The documents of a casebook with their reports, as a story holds them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from provenance.errors import UnreadableStory
from provenance.ingestion.casebook_chains import hops_of
from provenance.ingestion.casebook_claims import Reading
from provenance.ingestion.casebook_figures import Difference, difference_of, figure_of
from provenance.ingestion.casebook_reading import Casebook, Page, Row
from provenance.ingestion.casebook_sources import Cast, sentences, supplier_keys
from provenance.ingestion.casebook_tables import Tables
from provenance.ingestion.story_writing import Flow, Tree, compact
from provenance.vocabulary import (
    DateBasis,
    DatePrecision,
    DocumentRelationKind,
    HopBasis,
    HopMark,
    Manner,
    RelationState,
    ReportState,
    SourceKind,
    Stance,
)

BASES = {
    "printed on the page": DateBasis.PRINTED,
    "in the URL": DateBasis.IN_URL,
    "date field of a page index": DateBasis.INDEX,
    "inferred from content": DateBasis.INFERRED,
}
SHAPES = (
    (re.compile(r"\d{4}"), DatePrecision.YEAR),
    (re.compile(r"\d{4}-\d{2}"), DatePrecision.MONTH),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), DatePrecision.DAY),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})?"), DatePrecision.MINUTE),
    (re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?"), DatePrecision.SECOND),
)
ZONED = re.compile(r"(?:Z|[+-]\d{2}:?\d{2})$")
LANGUAGE = re.compile(r"(?P<tag>[a-zA-Z-]+)(?: \((?P<remark>[^)]*)\))?")


@dataclass(frozen=True)
class Written:
    """The documents of a story, and where figures were read otherwise than they were coded."""

    documents: tuple[Tree, ...]
    differences: tuple[Difference, ...]


def write_documents(book: Casebook, tables: Tables, cast: Cast, reading: Reading) -> Written:
    """Every page with every row as a report."""
    _check_inferred(book, tables)
    differences: list[Difference] = []
    documents = []
    for page in book.pages:
        reports = []
        for row in page.rows:
            report, difference = _report(page, row, book, tables, cast, reading)
            reports.append(report)
            differences += [difference] if difference else []
        documents.append(_document(page, book, tables, cast, reports))
    return Written(tuple(documents), tuple(differences))


def _document(page: Page, book: Casebook, tables: Tables, cast: Cast, reports: list[Tree]) -> Tree:
    publisher = cast.publishers[page.outlet]
    held = page.url is None or page.url.startswith(("http://", "https://"))
    tongue, doubt = _tongue(page, book)
    return compact(
        key=page.id,
        url=page.url if held else None,
        publisher=publisher.source,
        language=page.language,
        published=_published(page, book, tables),
        retrieved_at=made_on(book),
        machine_translated_from=tongue,
        note=sentences(
            publisher.note,
            doubt,
            None if held else "No public address was recorded",
            "The index that listed it gave no address" if page.url is None else None,
            page.note,
        ),
        gist=page.gist,
        relations=_relations(page, cast),
        reports=reports,
    )


def _published(page: Page, book: Casebook, tables: Tables) -> Flow | None:
    if page.published is None:
        return None
    printed = page.published
    precision = next((precision for shape, precision in SHAPES if shape.fullmatch(printed)), None)
    if precision is None:
        raise _refusal(
            book, page, "published", f"is no date: {printed!r}", "write 2022-01-06 or 2022-01-06T12:38+06:00"
        )
    zone = tables.by("zones", "document").get((page.id,))
    timed = precision in (DatePrecision.MINUTE, DatePrecision.SECOND)
    if timed and zone is None and not ZONED.search(printed):
        # A time on an unknown clock says no more than its day.
        timed, precision = False, DatePrecision.DAY
    return Flow(**compact(
        printed=printed,
        zone=zone.need("zone") if zone and timed and not ZONED.search(printed) else None,
        precision=precision.value,
        basis=_date_basis(page, book).value,
    ))  # fmt: skip


def _date_basis(page: Page, book: Casebook) -> DateBasis:
    if page.published_basis is None:
        return DateBasis.UNKNOWN
    if page.published_basis in BASES:
        return BASES[page.published_basis]
    known = ", ".join(repr(words) for words in BASES)
    raise _refusal(book, page, "published_basis", f"has unknown words {page.published_basis!r}", f"use one of: {known}")


def made_on(book: Casebook) -> str | None:
    """The day on which the pages were read, if the casebook says so."""
    found = re.search(r"\d{4}-\d{2}-\d{2}", book.made or "")
    return found.group() if found else None


def _tongue(page: Page, book: Casebook) -> tuple[str | None, str | None]:
    if page.translated_from is None:
        return None, None
    found = LANGUAGE.fullmatch(page.translated_from)
    if found is None:
        problem = f"is no language: {page.translated_from!r}"
        raise _refusal(book, page, "machine_translated_from", problem, "write a tag such as de")
    remark = found["remark"]
    return found["tag"], f"That it was machine-translated from {found['tag']} is {remark}" if remark else None


def _relations(page: Page, cast: Cast) -> list[Flow]:
    publisher = cast.publishers[page.outlet]
    coded = page.carries_text_of
    notes: dict[str, str] = {}
    for source in supplier_keys(coded, cast) if coded else ():
        if not source:
            raise UnreadableStory(
                f"document {page.id}: field 'carries_text_of' names {coded!r}, which is no source; add it to the "
                "sources under that name.",
                field="carries_text_of",
            )
        notes[source] = "The page does not mark it" if "unmarked" in str(coded) else "The page credits it"
    for source in publisher.suppliers:
        notes.setdefault(source, "The casebook names it beside the outlet")
    return [
        Flow(
            kind=DocumentRelationKind.COPY_OF.value,
            of_source=source,
            state=RelationState.SUSPECTED.value,
            note=f"{note}.",
        )
        for source, note in notes.items()
        if source != publisher.source
    ]


def _report(
    page: Page, row: Row, book: Casebook, tables: Tables, cast: Cast, reading: Reading
) -> tuple[Tree, Difference | None]:
    statement = (row.origin_key, row.template)
    claim, stance = reading.claim_of[statement], reading.stance_of.get(statement, Stance.ASSERTS)
    line = tables.by("bases", "claim_id").get((row.claim_id,))
    basis = HopBasis(line.need("basis")) if line else None
    publisher = cast.publishers[page.outlet].source
    hops = hops_of(row, publisher, basis, book.file)
    inferred = _inferred(row, hops, tables, cast)
    hops = [*(hop for hop, _ in inferred), *hops]
    hedge, remark = _hedge(row, tables)
    if not hops and basis is None and not SourceKind(cast.sources[publisher]["kind"]).carries:
        # A publisher that is no carrier by trade would pass for the origin of what it prints without a source.
        hops = [Flow(**{"from": None, "to": publisher, "manner": Manner.VIA.value})]
    figure = figure_of(row, reading.scope_of[claim], tables) if stance is Stance.ASSERTS else None
    report = compact(
        key=row.claim_id,
        claim=claim,
        stance=stance.value,
        hedge=hedge,
        state=ReportState.ACCEPTED.value,
        note=sentences(row.note, line.get("note") if line else None, remark, *(note for _, note in inferred)),
        own_basis=basis.value if basis and not hops else None,
        said=reading.said_of.get(claim) if stance is Stance.ASSERTS else None,
        hops=hops,
        figure=figure,
    )
    return report, difference_of(row, figure, tables)


def _inferred(row: Row, hops: list[Flow], tables: Tables, cast: Cast) -> list[tuple[Flow, str]]:
    """The hops that an editor concluded, each with the ground; one from nobody makes a carrier of the first named."""
    lines = [line for line in tables.all("inferred") if line.need("claim_id") == row.claim_id]
    nodes = {hop[end] for hop in hops for end in ("from", "to")}
    found = []
    for line in lines:
        source, target = line.get("from"), line.need("to")
        if source is not None and source not in cast.sources:
            raise line.refusal("from", f"names {source!r}, which the story does not have", "correct it")
        if target not in nodes:
            raise line.refusal("to", f"names {target!r}, which the chain of {row.claim_id} does not pass", "correct it")
        ends = {"from": source, "to": target, "manner": Manner.VIA.value, "mark": HopMark.INFERRED.value}
        found.append((Flow(**ends), line.need("note")))
    return found


def _check_inferred(book: Casebook, tables: Tables) -> None:
    coded = {row.claim_id for _, row in book.rows}
    for line in tables.all("inferred"):
        if line.need("claim_id") not in coded:
            raise line.refusal("claim_id", f"names {line.need('claim_id')!r}, which no document has", "correct it")


def _hedge(row: Row, tables: Tables) -> tuple[str | None, str | None]:
    """The words that weaken the claim, and what else the coder remarked in that place."""
    if row.hedge is None or not tables.has("hedges"):
        return row.hedge, None
    line = tables.by("hedges", "casebook").get((row.hedge,))
    if line is None:
        raise UnreadableStory(
            f"{tables.path('hedges')}: has no line for {row.hedge!r}, which claim {row.claim_id} has; add one.",
            field="casebook",
        )
    return line.get("hedge"), line.get("note")


def _refusal(book: Casebook, page: Page, field: str, problem: str, remedy: str) -> UnreadableStory:
    return UnreadableStory(f"{book.file}, document {page.id}: field '{field}' {problem}; {remedy}.", field=field)
