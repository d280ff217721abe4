"""The commands that take in tables of claims, and keep what their columns mean."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened, validated
from provenance.cli.output import note, print_document, print_values, show
from provenance.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from provenance.answers_sheets import SheetAnswer, SheetRowShown

WHO = "the command line"
TOLD_ROWS, TOLD_FAULTS, TOLD_NOTES = 20, 50, 10


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("import-sheet")(import_sheet)
    app.command()(mappings)


def import_sheet(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file.")],
    mapping: Annotated[
        str | None, typer.Option("--mapping", metavar="NAME", help="A saved mapping; else headings are guessed.")
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column holds what, such as claim_text=Claim."),
    ] = None,
    save: Annotated[
        str | None, typer.Option("--save-mapping", metavar="NAME", help="Save the mapping that is used.")
    ] = None,
    worksheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook; else the first.")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--event", metavar="EVENT", help="The event of rows that name none: id or title.")
    ] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="Propose the rows, and accept none.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing; show what would be written.")] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help="Write the good rows where some are bad.")] = False,
    author: Annotated[str, typer.Option("--author", metavar="NAME", help="Who takes it in.")] = WHO,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take in a table of claims, with their figures, documents and chains.

    Rows become accepted reports, because a person wrote them; nothing is written while a row is wrong. A sheet that
    was taken in before changes nothing.
    """
    from provenance.ingestion.sheets import SheetAsked
    from provenance.ingestion.sheets import import_sheet as take_in
    from provenance.ingestion.sheets.mapping import mapping_of
    from provenance.vocabulary import ReportState

    asked = SheetAsked(
        mapping=mapping_of(columns) if columns else None,
        saved=mapping,
        worksheet=worksheet,
        event=event,
        state=ReportState.PROPOSED if proposed else ReportState.ACCEPTED,
        dry_run=dry_run,
        skip_bad=skip_bad,
        save_as=save,
    )
    content = _content(file)
    with opened(database_url(context, database)) as engine:
        answer = take_in(engine, content, file.name, asked, who=author)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
    else:
        show(*_page(answer))
        _tell_faults(answer)
    if answer.bad and not (answer.written or (dry_run and skip_bad)):
        raise typer.Exit(1)


def mappings(
    context: typer.Context,
    delete: Annotated[str | None, typer.Option("--delete", metavar="NAME", help="Forget this mapping.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="How many are listed at most.")] = 50,
    cursor: Annotated[str | None, typer.Option("--cursor", help="`next` of the page before.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List the saved mappings of columns, or forget one."""
    from provenance.cli.layout import beneath, plain
    from provenance.cli.visible import visible
    from provenance.storage.reads.asked_sheets import MappingsAsked
    from provenance.storage.reads.mappings import mappings as held
    from provenance.storage.session import reading, writing
    from provenance.storage.writes.mappings import forget_mapping

    with opened(database_url(context, database)) as engine:
        if delete is not None:
            with writing(engine) as session:
                forget_mapping(session, delete)
            if as_json:
                print_values({"deleted": delete})
            else:
                note(f"Forgotten: {delete}")
            return
        with reading(engine) as session:
            page = held(session, validated(MappingsAsked, {"limit": limit, "cursor": cursor}))
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
        return
    for one in visible(page).items:
        show(plain(one.name, "bold"), beneath(_columns(one.columns)))
    if not page.items:
        note("No mapping is saved. Save one with: provenance import-sheet FILE --save-mapping NAME")


def _content(file: Path) -> bytes:
    from provenance.ingestion.sheets.table import MOST_BYTES

    if not file.is_file():
        raise InvalidInput(f"FILE: there is no file {file}; check the path.", field="file")
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _page(answer: SheetAnswer) -> Iterator[RenderableType]:
    from provenance.cli.layout import beneath, plain, title
    from provenance.cli.visible import visible

    answer = visible(answer)
    yield title("Columns")
    for field, column in answer.mapping.items():
        how = " (guessed from its heading)" if field in answer.guessed else ""
        yield beneath(_columns({field: column}) + how)
    if answer.unread:
        yield beneath(f"not read: {', '.join(answer.unread)}")
    yield title(_outcome(answer))
    for row in [row for row in answer.items if row.creates or row.notes][:TOLD_ROWS]:
        yield from _row(row)
    hidden = sum(bool(row.creates or row.notes) for row in answer.items) - TOLD_ROWS
    if hidden > 0:
        yield beneath(f"… and {hidden:,} more rows; --json shows all.")
    for said in answer.notes[:TOLD_NOTES]:
        yield plain(said, "dim")


def _outcome(answer: SheetAnswer) -> str:
    if not answer.bad and not answer.creates:
        return f"Nothing new: all {answer.rows:,} rows are held"
    did = "Written" if answer.written else "Would be written" if answer.dry_run and not answer.bad else "Not written"
    brought = ", ".join(f"{count:,} {_plural(noun, count)}" for noun, count in answer.creates.items())
    rows = f"{answer.good:,} of {answer.rows:,} rows are good"
    return f"{did}: {brought or 'nothing new'}; {rows}"


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else {"tally": "tallies"}.get(noun, f"{noun}s")


def _row(row: SheetRowShown) -> Iterator[RenderableType]:
    from provenance.cli.layout import beneath, plain

    if row.creates:
        yield plain(f"row {row.row}: " + "; ".join(f"{one.noun} “{one.says}”" for one in row.creates))
    else:
        yield plain(f"row {row.row}: all held")
    for said in row.notes:
        yield beneath(said)


def _columns(columns: dict[str, object]) -> str:
    told = []
    for field, said in columns.items():
        if isinstance(said, dict):
            beside = ", ".join(f"{name} {value}" for name, value in said.items() if name != "column")
            told.append(f"{field} = {said.get('column')} ({beside})")
        else:
            told.append(f"{field} = {said}")
    return "; ".join(told)


def _tell_faults(answer: SheetAnswer) -> None:
    for one in answer.errors[:TOLD_FAULTS]:
        column = f", column {one.column}" if one.column else ""
        value = f" “{one.value}”:" if one.value else ""
        note(f"row {one.row}{column}:{value} {one.message} {one.remedy}")
    if hidden := len(answer.errors[TOLD_FAULTS:]):
        note(f"… and {hidden:,} more; --json shows all.")
