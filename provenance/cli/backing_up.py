"""The commands that keep a database safe: take a backup, list backups, and restore one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, database_url
from provenance.cli.output import note, print_values, progress, show
from provenance.errors import InvalidInput
from provenance.phrases import counted

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.storage.backup.lines import Manifest
    from provenance.storage.backup.listing import Listed
    from provenance.storage.backup.taking import Taken

HERE = Path()
KIB = 1024


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(backup)
    app.command()(backups)
    app.command()(restore)


def backup(
    context: typer.Context,
    to: Annotated[
        Path,
        typer.Argument(
            metavar="[FILE|FOLDER]", help="A file that is not there yet, or a folder, where the moment names it."
        ),
    ] = HERE,
    keep: Annotated[
        int | None,
        typer.Option(
            "--keep", metavar="N", min=1, help="In a folder: remove all but the newest N that are whole, once it is."
        ),
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Write all that is held into one file, while others read and write, and read it back.

    It holds the database as it was at one moment, of either kind and of any schema: keep it as you keep the database,
    for it says all that is for the desk alone, and how messages to hooks are signed. Only the hashes of keys are in it.
    """
    if keep is not None and not to.is_dir():
        raise InvalidInput("--keep is for a folder; name one that is there.", field="keep")
    url = database_url(context, database)
    taken = taken_of(url, to)
    gone = [] if keep is None else _removed(url, to, keep)
    if as_json:
        told = {"file": str(taken.file), "bytes": taken.size, "sha256": taken.sha256, **_told(taken.manifest)}
        print_values({**told, "removed": [str(file) for file in gone]})
        return
    show(f"Backup: {_sums(taken.manifest)}, in {_size(taken.size)}; read back, and whole.")
    show(f"File: {taken.file}")
    show(f"SHA-256: {taken.sha256}")
    if gone:
        show(f"Removed {counted(len(gone), 'older backup')}.")


def taken_of(url: str, to: Path) -> Taken:
    """Take a backup of the database at ``url``, whichever schema it has; raises as `back_up` does."""
    from provenance.storage.backup.taking import back_up

    with used(url) as engine, progress("Writing rows") as heard:
        return back_up(engine, to, heard)


@contextmanager
def used(url: str) -> Iterator[Engine]:
    """The database, whichever schema it has; raises `DatabaseNotReady` and never makes a file."""
    from provenance.storage.session import make_engine, require_there

    engine = make_engine(url)
    try:
        require_there(engine)
        yield engine
    finally:
        engine.dispose()


def backups(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]", help="Where they are; left out: here.")] = HERE,
    as_json: AsJson = False,
) -> None:
    """List the backups in a folder, newest first, each read to its end.

    Exit code 1 if one of them is damaged. Nothing of what they hold is shown but how much it is.
    """
    from provenance.storage.backup.listing import backups_in

    found = backups_in(folder)
    if as_json:
        print_values({"folder": str(folder), "backups": [_told_listed(one) for one in found]})
    elif not found:
        show(f"There are no backups in {folder.resolve()}.")
    else:
        for one in found:
            _say_listed(one)
    if any(one.wrong for one in found):
        raise typer.Exit(1)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `provenance backup` wrote.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Fill an empty place with a backup: a file that is not there yet, or a PostgreSQL database without rows.

    The backup is read to its end first. All of it is restored, or nothing, and then verified; exit code 1 if what was
    backed up was not in order. The kinds of database may differ.
    """
    from provenance.cli.verified import say
    from provenance.cli.verifying import verified
    from provenance.storage.backup.restoring import restore as restored_from

    url = database_url(context, database)
    with progress("Restoring rows") as heard:
        restored = restored_from(file, url, heard)
    found = None
    if restored.indexed is not None:
        with used(url) as engine:
            found = verified(engine)
    if as_json:
        told = {"file": str(file), **_told(restored.manifest), "indexed": restored.indexed}
        print_values({**told, "verified": found and found.document()})
    else:
        show(f"Restored {_sums(restored.manifest)}.")
        if found is not None:
            say(found)
    if found is None:
        note(
            f"The backup has schema version {restored.manifest.schema}, of an earlier program. Run: provenance migrate"
        )
    elif waiting := _waiting(restored.manifest):
        note(f"{counted(waiting, 'message')} to hooks came with it; what was not delivered is sent once it is served.")
    if found is not None and found.is_wrong:
        raise typer.Exit(1)


def _removed(url: str, folder: Path, keep: int) -> list[Path]:
    from provenance.storage.backup.listing import keep_newest

    with used(url) as engine:
        return keep_newest(engine, folder, keep)


def _waiting(manifest: Manifest) -> int:
    return next((table.rows for table in manifest.tables if table.name == "hook_message"), 0)


def _told(manifest: Manifest) -> dict[str, Any]:
    return {
        "taken_at": manifest.taken_at.isoformat(),
        "program": manifest.program,
        "schema": manifest.schema,
        "database": manifest.database,
        "entries": manifest.entries,
        "history": manifest.newest,
        "up_to": manifest.up_to and manifest.up_to.isoformat(),
        "rows": {table.name: table.rows for table in manifest.tables},
    }


def _told_listed(one: Listed) -> dict[str, Any]:
    told = {} if one.manifest is None else _told(one.manifest)
    return {"file": str(one.file), "bytes": one.size, "whole": one.wrong is None, "wrong": one.wrong, **told}


def _say_listed(one: Listed) -> None:
    if one.manifest is not None and one.wrong is None:
        show(f"{one.manifest.taken_at:%Y-%m-%d %H:%M:%S} UTC  {one.file.name}")
        show(f"  {_sums(one.manifest)}, schema {one.manifest.schema}, {_size(one.size)}, whole")
    else:
        show(f"{one.file.name}  DAMAGED")
        show(f"  {one.wrong}")


def _sums(manifest: Manifest) -> str:
    return f"{counted(manifest.rows, 'row')} with {counted(manifest.entries, 'entry', 'entries')} of history"


def _size(size: int) -> str:
    return f"{size / KIB**2:,.1f} MiB" if size >= KIB**2 else f"{size / KIB:,.1f} KiB"
