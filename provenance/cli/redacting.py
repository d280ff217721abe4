"""The command that takes a person's name out of everything, for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened, validated
from provenance.cli.output import note, print_document, print_values, show
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from provenance.answers_redaction import NameHint, Redacted

SHOWN = 8  # samples, and hints of each kind


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(redact)


def redact(
    context: typer.Context,
    source: Annotated[str | None, typer.Argument(metavar="[ID]", help="Id of the person.")] = None,
    also: Annotated[
        list[str] | None,
        typer.Option("--also", metavar="NAME", help="Another spelling, or a part of the name, to go too; repeatable."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="NAME", help="A name of theirs that names nobody, and stays; repeatable."),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", help="The reason; kept in the history, without the name.")] = None,
    who: Annotated[str | None, typer.Option("--who", help="Who does it; kept in the history.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell what would go; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    only_sweep: Annotated[
        bool, typer.Option("--sweep", help="Only overwrite what earlier redactions freed in the database's files.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take the names of a person out of everything that is held, for good.

    Every record in every state, full texts, archived copies and the history: each letter becomes a block. Nothing
    brings it back but a backup. Try it with --dry-run first, which also shows what else may mean the person.
    """
    url = database_url(context, database)
    if only_sweep:
        _sweep(url, as_json)
        return
    from provenance.analysis.redacting import redacted_for_good
    from provenance.storage.redacting import RedactionCreate

    if source is None:
        raise InvalidInput("ID: whom to redact is missing. Search for them: provenance sources --q NAME")
    given = {"source": source, "also": also or [], "keep": keep or [], "why": why or "", "dry_run": dry_run}
    if dry_run and not why:
        given["why"] = "only tried"
    asked = validated(RedactionCreate, given)
    if not dry_run and not yes:
        _agree(source)
    with opened(url) as engine:
        answer = redacted_for_good(engine, f"cli: {who}" if who else "cli", asked)
    if as_json:
        print_document(answer.model_dump_json())
        return
    for line in _told(visible(answer)):
        show(line)
    if answer.swept is False:
        note("Others are using the database, so its files still hold freed places. Run: provenance redact --sweep")


def _agree(source: str) -> None:
    if not sys.stdin.isatty():
        raise InvalidInput("--yes: redacting cannot be undone; add --yes if that is meant, or try it with --dry-run.")
    question = f"Take the names of {source} out of everything? This cannot be undone."
    typer.confirm(question, abort=True, err=True)


def _sweep(url: str, as_json: bool) -> None:
    from provenance.storage.writes.sweeping import sweep

    with opened(url) as engine:
        swept = sweep(engine)
    if as_json:
        print_values({"swept": swept})
    elif swept:
        show("The files of the database were written anew; nothing that was freed is left in them.")
    if not swept:
        note("Others are using the database. Stop them, or try again when nobody does.")
        raise typer.Exit(1)


def _told(answer: Redacted) -> Iterator[str]:
    would = "would be" if answer.dry_run else "is"
    yield (
        f"The name of {answer.source} {would} taken out of {counted(answer.texts, 'text')}; "
        f"{counted(answer.entries, 'entry', 'entries')} of the history {'are' if not answer.dry_run else 'would be'} "
        "vouched for by a tombstone."
    )
    yield from (f"  {place.table}.{place.column}: {place.texts:,}" for place in answer.places)
    if answer.copies_removed:
        yield f"{counted(answer.copies_removed, 'archived copy', 'archived copies')} {would} removed whole."
    yield from (f"  {sample}" for sample in answer.samples[:SHOWN])
    if answer.namesakes:
        yield f"Other sources have the name in theirs, and lose it too: {', '.join(answer.namesakes)}."
    if answer.names:
        yield f"Names that go: {', '.join(f'{one.name} ({one.times:,})' for one in answer.names)}."
    yield from _hinted("Parts of them that stand alone, and stay unless --also names them", answer.parts)
    yield from _hinted("Words much like them, which stay unless --also names them", answer.spellings)
    yield "Nothing was written." if answer.dry_run else f"Done: {answer.redaction}. {answer.remaining}"


def _hinted(what: str, hints: Sequence[NameHint]) -> Iterator[str]:
    if hints:
        yield f"{what}: {', '.join(f'{one.text} ({one.times:,})' for one in hints[:SHOWN])}."
