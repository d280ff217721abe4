"""The commands that take everything that is held out of one database and into another."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import note, print_values, progress, show
from provenance.errors import InvalidInput
from provenance.phrases import counted

if TYPE_CHECKING:
    from provenance.exchange.everything.exporting import Exported
    from provenance.exchange.everything.importing import Imported

STREAM = Path("-")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("export")(export)
    app.command("import")(take_over)


def export(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="[FILE|-]", help="Where to; a name in .gz packs it. Left out or -: to stdout.")
    ] = STREAM,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write everything that is held, as JSON Lines.

    The file holds all records in every state that they ever had, with full texts, proposals and desk notes, whoever may
    see them: keep it as you keep the database. Only the keys of hooks stay behind.
    """
    from provenance.exchange.everything.exporting import export_to, export_to_file

    if as_json and file == STREAM:
        raise InvalidInput("--json says what was written, and the lines go to stdout already; name a file.")
    with opened(database_url(context, database)) as engine, progress("Writing rows") as heard:
        if file == STREAM:
            exported = export_to(engine, sys.stdout.buffer, heard)
            sys.stdout.buffer.flush()
        else:
            exported = export_to_file(engine, file, heard)
    if as_json:
        print_values({"file": str(file), **_sums(exported)})
    elif file != STREAM:
        show(f"Wrote {_rows(exported)} to {file}; the newest hash of the history is {exported.head.history}.")


def take_over(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE|-", help="What `provenance export` wrote, packed or not; -: from stdin.")
    ],
    unproven: Annotated[
        bool,
        typer.Option("--unproven", help="Take it even if its records and its history do not agree; verify says where."),
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Fill an empty database with everything that another one held.

    Ids, earlier states and the sealed history stay as they were, so every answer is the same afterwards, on SQLite and
    on PostgreSQL alike. All of it is taken over, or nothing if a line is wrong.
    """
    from provenance.exchange.everything.importing import import_from

    with opened(database_url(context, database)) as engine, progress("Taking over rows") as bar:

        def heard(_: str, done: int, total: int) -> None:
            bar(done, total)

        if file == STREAM:
            imported = import_from(engine, sys.stdin.buffer, unproven=unproven, heard=heard)
        else:
            with file.open("rb") as stream:
                imported = import_from(engine, stream, unproven=unproven, heard=heard)
    if as_json:
        print_values({"file": str(file), **_sums(imported), "claims": imported.claims, "indexed": imported.indexed})
        return
    show(f"Took over {_rows(imported)}; derived {counted(imported.claims, 'claim')} anew.")
    if imported.head.rows["hook"]:
        note("Hooks came without the keys that their messages are signed with; give each a new one.")


def _rows(done: Exported | Imported) -> str:
    return counted(sum(done.head.rows.values()), "row")


def _sums(done: Exported | Imported) -> dict[str, Any]:
    head = done.head
    return {"lines": done.lines, "sha256": done.sha256, "history": head.history, "rows": dict(head.rows)}
