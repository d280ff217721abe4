"""The command that takes in annotations: Web Annotations, or what Hypothesis exports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, configured, database_url, opened
from provenance.cli.output import note, print_document, show
from provenance.errors import InvalidInput

if TYPE_CHECKING:
    from provenance.answers_annotations import AnnotationsTaken

WHO = "the command line"
MOST_BYTES = 20_000_000
HERE = "http://127.0.0.1:8000"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("annotations")(take_in)


def take_in(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A JSON file of annotations.")],
    event: Annotated[
        str | None, typer.Option("--event", metavar="EVENT", help="The event of claims that are new: id or title.")
    ] = None,
    publisher: Annotated[
        str | None,
        typer.Option("--publisher", metavar="SOURCE", help="Who published documents that are not held: id or name."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be proposed.")] = False,
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who takes them in.")] = WHO,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take in annotations of documents as proposals.

    Web Annotations alone, in lists and pages, and what Hypothesis exports. What is held already changes nothing; what
    cannot be settled is told with the reason.
    """
    from provenance.cli.naming import id_of
    from provenance.exchange.annotation.importing import AnnotationsGiven, take_annotations
    from provenance.storage.session import reading

    sent = _content(file)
    base = (configured().public_address or HERE).rstrip("/")
    with opened(database_url(context, database)) as engine:
        with reading(engine) as session:
            given = AnnotationsGiven(
                None if event is None else id_of(session, "event", event),
                None if publisher is None else id_of(session, "publisher", publisher),
                dry_run,
            )
        taken = take_annotations(engine, sent, given, base, who=author)
    if as_json:
        print_document(taken.model_dump_json())
    else:
        _tell(taken)
    if taken.refused:
        raise typer.Exit(1)


def _content(file: Path) -> Any:
    if not file.is_file():
        raise InvalidInput(f"FILE: there is no file {file}; check the path.", field="file")
    if file.stat().st_size > MOST_BYTES:
        raise InvalidInput(f"FILE: it has more than {MOST_BYTES:,} bytes. Send parts.", field="file")
    try:
        return json.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as broken:
        raise InvalidInput(f"FILE: it is not UTF-8 at byte {broken.start}. Save it as UTF-8.", field="file") from broken
    except json.JSONDecodeError as broken:
        raise InvalidInput(
            f"FILE: line {broken.lineno}, column {broken.colno} is no JSON ({broken.msg}). Correct it.", field="file"
        ) from broken
    except RecursionError as deep:
        raise InvalidInput("FILE: it is nested too deeply. Send flat JSON.", field="file") from deep


def _tell(taken: AnnotationsTaken) -> None:
    from provenance.cli.layout import beneath, plain
    from provenance.cli.visible import visible

    said = "would be proposed" if taken.dry_run else "proposed"
    show(plain(f"{taken.proposed} {said}, {taken.known} known, {taken.refused} refused", "bold"))
    for one in visible(taken).items:
        show(plain(f"{one.place}: {one.outcome}" + (f" {one.report}" if one.report else "")))
        for reason in one.reasons:
            show(beneath(reason))
    if taken.proposed and not taken.dry_run:
        note("They count for nothing until somebody accepts them: provenance proposals")
