"""The command that reads an article and saves nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson
from provenance.cli.output import note, print_document, print_values, show
from provenance.errors import InvalidInput

if TYPE_CHECKING:
    from provenance.ingestion.loading import LoadedDocument

STDIN = "-"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("read")(read)


def read(
    article: Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A file, an address, or - for standard input.")],
    published: Annotated[
        str | None,
        typer.Option("--published", metavar="DATE", help="When it was published; 'yesterday' is read from there."),
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="TAG", help="Its language, such as en; else it is found out.")
    ] = None,
    lines: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Take lines of {"id", "text", "published_at"?}; answer each with a line of JSON, on all processors.',
        ),
    ] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="With --jsonl: how many processes; else all processors.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read an article: attributed statements with their chains, figures as intervals, dates. Nothing is saved."""
    if lines:
        _answer_lines(article, workers)
        return
    from provenance.cli.reading_shown import shown
    from provenance.extraction.reader import read as read_text
    from provenance.extraction.showing import as_json as plain
    from provenance.ingestion.reading_lines import published as moment
    from provenance.storage.dates import read_date

    if published is not None:
        read_date(published, "--published")
    document = _the_one(article)
    reading = read_text(
        document.text,
        published_at=moment(published) if published else document.published.earliest,
        language=language or document.language,
        zones=document.zones or None,
    )
    for said in document.notes:
        note(said)
    if as_json:
        print_values(plain(reading, document.id or (None if article == STDIN else document.key)))
        return
    show(*shown(reading))


def _the_one(article: str) -> LoadedDocument:
    from provenance.ingestion.loading import LoadFailure, load

    if not article.strip():
        raise InvalidInput("There is nothing to read; give a file, an address, or - for standard input.")
    if Path(article).is_dir():
        raise InvalidInput(f"{article} is a folder; take it in with: provenance ingest {article}")
    found = load(article)
    first = next(found, None)
    if first is None:
        raise InvalidInput(f"{article}: there is nothing to read in it.")
    if isinstance(first, LoadFailure):
        raise InvalidInput(first.reason if first.origin in first.reason else f"{first.origin}: {first.reason}")
    if next(found, None) is not None:
        raise InvalidInput(f"{article}: it holds several documents. Take them in with: provenance ingest {article}")
    return first


def _answer_lines(article: str, workers: int | None) -> None:
    from provenance.ingestion.reading_lines import answer_lines

    refused = 0
    for answer in answer_lines(_lines_of(article), workers=workers):
        refused += "error" in answer
        print_document(json.dumps(answer, ensure_ascii=False))
    if refused:
        note(f"{refused:,} lines could not be read; their answers say why.")
        raise typer.Exit(1)


def _lines_of(article: str) -> Iterator[str]:
    """Lines as they come; bytes that are no UTF-8 are replaced, so that one line does not lose the others."""
    if article == STDIN:
        yield from (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
        return
    with open(article, encoding="utf-8", errors="replace") as file:
        yield from file
