"""The command that takes in ClaimReview markup: files of JSON-LD, whole pages, and feeds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import print_document, show
from provenance.errors import InvalidInput
from provenance.phrases import counted

if TYPE_CHECKING:
    from provenance.answers_claimreview import ClaimReviewsTaken
    from provenance.exchange.claimreview.importing import Entry

WHO = "the command line"
STREAM = Path("-")
TOLD = 50


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(claimreview)


def claimreview(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="JSON-LD, or a whole page; -: from stdin.")],
    event: Annotated[
        str | None, typer.Option("--event", metavar="EVENT", help="Id of the event of claims that are not held.")
    ] = None,
    state: Annotated[str, typer.Option("--state", metavar="STATE", help="proposed or accepted.")] = "proposed",
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Take in what is sound, and tell what is not.")
    ] = False,
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who takes it in.")] = WHO,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take in reviews that fact-checkers published, as ClaimReview markup.

    Each is recorded with the claim that it is about: one that is held and reads the same, or a new one. All files are
    taken in, or nothing if a review in one of them is broken. What was taken in before changes nothing.
    """
    from provenance.exchange.claimreview.importing import Asked, take_in
    from provenance.vocabulary import ReportState

    if state not in (ReportState.PROPOSED, ReportState.ACCEPTED):
        raise InvalidInput(f"--state: '{state[:50]}' is no state of a new review; give proposed or accepted.")
    entries = [entry for file in files for entry in _entries(file, several=len(files) > 1)]
    with opened(database_url(context, database)) as engine:
        answer = take_in(engine, entries, Asked(event, ReportState(state), skip_broken), author)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
    else:
        _tell(answer)


def _entries(file: Path, *, several: bool) -> list[Entry]:
    """What stands in a file; with several files, places begin with the file's name."""
    from provenance.exchange.claimreview.importing import entries_of_json, entries_of_page, within
    from provenance.ingestion.loading.charsets import decode

    content = sys.stdin.buffer.read() if file == STREAM else file.read_bytes()
    is_page = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    try:
        entries = entries_of_page(decode(content, markup=True).text) if is_page else entries_of_json(content)
    except InvalidInput as broken:
        raise InvalidInput(f"{file}: {broken.message}") from broken
    return [within(str(file), entry) for entry in entries] if several else entries


def _tell(answer: ClaimReviewsTaken) -> None:
    parts = {"created": answer.created, "changed": answer.changed, "unchanged": answer.unchanged}
    told = [f"{number} {what}" for what, number in (parts | {"refused": answer.refused}).items() if number]
    show(f"{counted(len(answer.items), 'review')}: {', '.join(told) or 'nothing'}.")
    for item in answer.items[:TOLD]:
        where = f"{item.place}: " if item.place else ""
        show(f"  {item.reason}" if item.reason else f"  {where}{item.outcome.value} {item.review}: {item.claim_text}")
        for warning in item.warnings:
            show(f"    {warning.place}: {warning.message}")
    if len(answer.items) > TOLD:
        show(f"  … and {len(answer.items) - TOLD} more; --json tells all.")
