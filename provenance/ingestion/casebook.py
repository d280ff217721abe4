"""Turns a casebook, coded by a reader, into a story that this database loads.

A casebook lists documents with coded rows; a story lists claims, documents with reports, sources and ties. What lies
between is decided in reviewed tables beside the story; where a table is absent, the plainest default holds. The
file ``fixtures/stories/kazakhstan-2022/README.md`` tells how it was done for the first story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from provenance.ingestion.casebook_claims import Reading, read_claims
from provenance.ingestion.casebook_documents import Written, made_on, write_documents
from provenance.ingestion.casebook_figures import Difference
from provenance.ingestion.casebook_reading import Casebook, read_casebook
from provenance.ingestion.casebook_sources import Cast, cast_of, sentences
from provenance.ingestion.casebook_tables import Line, Tables, read_tables
from provenance.ingestion.story_writing import Flow, Tree, as_csv, as_yaml, compact, write_whole
from provenance.ingestion.yaml_fields import Fields


@dataclass(frozen=True, slots=True)
class Converted:
    """What a conversion wrote."""

    slug: str
    documents: int
    reports: int
    claims: int
    sources: int
    ties: int
    corrections: int
    differences: int


def convert(casebook: Path, tables: Path | None, out: Path) -> Converted:
    """Write the story of a casebook into the folder ``out``, beside what else is there.

    ``tables`` is the folder of reviewed tables, or None. Equal input gives equal bytes. Raises UnreadableStory,
    naming the file, the place, the field and the remedy, and then nothing was written.
    """
    book, reviewed = read_casebook(casebook), read_tables(tables)
    head = _head(book, reviewed, out)
    event = head["events"][0]["key"]
    cast, reading = cast_of(book, reviewed, event), read_claims(book, reviewed, event)
    written = write_documents(book, reviewed, cast, reading)
    corrections = [_correction(line, book, reading, cast) for line in reviewed.all("corrections")]
    write_whole(out, _files(head, cast, reading, written, corrections, book))
    return Converted(
        slug=head["slug"],
        documents=len(written.documents),
        reports=len(book.rows),
        claims=len(reading.claims),
        sources=len(cast.sources),
        ties=len(cast.ties),
        corrections=len(corrections),
        differences=len(written.differences),
    )


def _files(
    head: Tree, cast: Cast, reading: Reading, written: Written, corrections: list[Tree], book: Casebook
) -> dict[str, str]:
    trees: dict[str, Tree] = {
        "story": head,
        "sources": {"sources": list(cast.sources.values()), "interests": list(cast.interests)},
        "ties": {"ties": list(cast.ties)},
        "tallies": {"tallies": list(reading.tallies)},
        "claims": {"claims": list(reading.claims)},
        "documents": {"documents": list(written.documents)},
        "corrections": {"corrections": corrections},
    }
    files = {f"{name}.yaml": as_yaml(tree) for name, tree in trees.items()}
    files["differences.csv"] = as_csv(DIFFERENCES, map(_difference, written.differences))
    return files


def _head(book: Casebook, tables: Tables, out: Path) -> Tree:
    story = tables.story or Fields({}, str(out))
    event = story.entry("event") or Fields({}, str(out))
    return compact(
        slug=story.optional("slug") or out.name,
        title=story.optional("title") or book.event,
        events=[
            compact(
                key=event.optional("key") or "event",
                title=event.optional("title") or book.event,
                description=event.optional("description"),
                place=event.optional("place"),
                period=event.optional("period"),
            )
        ],
        coverage=[_coverage(book, story, event.optional("key") or "event")],
    )


def _coverage(book: Casebook, story: Fields, event: str) -> Tree:
    log = story.entry("coverage") or Fields({}, story.file)
    languages = Counter(page.language for page in book.pages if page.language)
    known = [page.published[:10] for page in book.pages if page.published]
    until = log.optional("searched_until") or made_on(book) or max(known, default="1970-01-01")
    return compact(
        event=event,
        languages=[language for language, _ in sorted(languages.items(), key=lambda pair: (-pair[1], pair[0]))],
        outlets=list(log.texts("outlets")),
        queries=list(log.texts("queries")),
        searched_by=log.optional("searched_by") or "not recorded",
        searched_until=until,
        note=sentences(log.optional("note"), None if story.data else book.made),
    )


def _correction(line: Line, book: Casebook, reading: Reading, cast: Cast) -> Tree:
    _known(line, "document", {page.id for page in book.pages})
    for column in ("claim", "replaced_by"):
        _known(line, column, {str(claim["key"]) for claim in reading.claims})
    for column in ("by", "upstream", "downstream"):
        _known(line, column, set(cast.sources))
    return compact(
        key=line.need("key"),
        kind=line.need("kind"),
        by=line.need("by"),
        document=line.get("document"),
        effective=Flow(**compact(
            printed=line.need("effective"),
            earliest=line.get("earliest"),
            latest=line.get("latest"),
            precision=line.need("precision"),
            basis=line.need("basis"),
        )),
        target=Flow(**compact(
            claim=line.need("claim"), upstream=line.get("upstream"), downstream=line.get("downstream")
        )),
        replaced_by=line.get("replaced_by"),
        remains=line.get("remains"),
        note=line.get("note"),
        reference=line.get("reference"),
    )  # fmt: skip


def _known(line: Line, column: str, keys: set[str]) -> None:
    value = line.get(column)
    if value is not None and value not in keys:
        raise line.refusal(column, f"names {value!r}, which the story does not have", "correct it")


DIFFERENCES = (
    "claim_id", "text", "coded_modifier", "coded_low", "coded_high", "qualifier", "low", "high", "note",
)  # fmt: skip


def _difference(found: Difference) -> Sequence[object]:
    return (found.claim_id, found.text, *found.coded, *found.derived, found.note)
