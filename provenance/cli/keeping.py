"""The commands that keep a database in order: migrate, recompute and reindex; verify stands beside."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import note, print_values, progress, show
from provenance.cli.verifying import verify
from provenance.errors import InvalidInput
from provenance.phrases import counted


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(migrate)
    app.command()(recompute)
    app.command()(reindex)
    app.command()(verify)


def migrate(
    context: typer.Context,
    revision: Annotated[str, typer.Option(metavar="REVISION", help="The schema version to go up to.")] = "head",
    down: Annotated[
        str | None, typer.Option(metavar="REVISION", help="Go back to an earlier version; base: to no tables at all.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Go down without asking.")] = False,
    no_backup: Annotated[
        bool, typer.Option("--no-backup", help="Go down without taking a backup of what will be gone.")
    ] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Bring the database to the schema that is needed.

    An SQLite file is made where there is none. Where claims are held and the search index is empty, it is made anew.
    Going down says first what will be gone, and takes a backup of it beside the database.
    """
    url = database_url(context, database)
    _check_version(*(("--revision", revision) if down is None else ("--down", down)))
    gone = {} if down is None else _given_up(url, down, yes, no_backup)
    before, after, indexed = brought(url, revision) if down is None else taken_down(url, down)
    if as_json:
        print_values({"before": before, "after": after, "indexed": indexed, **gone})
        return
    show(f"Schema: {before or 'none'} -> {after or 'none'}." if before != after else f"Schema: {after}; nothing to do.")
    if indexed:
        show(f"Search index: made anew from {indexed:,} records.")


def brought(url: str, revision: str = "head") -> tuple[str | None, str | None, int]:
    """Migrate up: the version before and after, and how many records were indexed because none was."""
    from provenance.storage.reads.upkeep import lacks_index
    from provenance.storage.session import make_engine, migrate, schema_versions, writing
    from provenance.storage.writes.searching import index_all

    engine = make_engine(url, new=True)
    try:
        before, _ = schema_versions(engine)
        _moved(lambda: migrate(url, revision))
        after, needed = schema_versions(engine)
        indexed = 0
        if after == needed:
            with writing(engine) as session:
                indexed = index_all(session) if lacks_index(session) else 0
    finally:
        engine.dispose()
    return before, after, indexed


def taken_down(url: str, revision: str) -> tuple[str | None, str | None, int]:
    """Migrate down: the version before and after, and that nothing was indexed."""
    from provenance.storage.session import make_engine, schema_versions, unmigrate

    engine = make_engine(url)
    try:
        before, _ = schema_versions(engine)
        _moved(lambda: unmigrate(url, revision))
        after, _ = schema_versions(engine)
    finally:
        engine.dispose()
    return before, after, 0


def recompute(
    context: typer.Context,
    stale: Annotated[bool, typer.Option("--stale", help="Only claims whose ground has changed since.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Derive verdicts, flags and traces of all claims anew."""
    from provenance.analysis.standing import recompute

    with opened(database_url(context, database)) as engine, progress("Deriving claims") as heard:
        done = recompute(engine, only_stale=stale, progress=heard)
    if as_json:
        print_values({"claims": done})
    else:
        show(f"Derived {done:,} {'claim' if done == 1 else 'claims'} anew.")


def reindex(context: typer.Context, database: Database = None, as_json: AsJson = False) -> None:
    """Make the search index anew from what the records say."""
    from provenance.storage.session import writing
    from provenance.storage.writes.searching import index_anew

    with opened(database_url(context, database)) as engine, writing(engine) as session:
        indexed = index_anew(session)
    if as_json:
        print_values({"indexed": indexed})
    else:
        show(f"Search index: made anew from {counted(indexed, 'record')}.")


def _check_version(option: str, given: str) -> None:
    from provenance.storage.session import known_versions

    known = known_versions()
    if given not in ("head", "base", *known) and not re.fullmatch(r"[+-]\d+", given):
        raise InvalidInput(
            f"{option}: there is no schema version '{given}'. Known are, oldest first: {', '.join(known)}; or say "
            f"{'head' if option == '--revision' else 'base'}."
        )


def _given_up(url: str, revision: str, yes: bool, no_backup: bool) -> dict[str, Any]:
    """Say what will be gone, see that it is meant, and keep it: what was lost, and in which backup it is."""
    from provenance.cli.backing_up import taken_of, used
    from provenance.cli.upgrading import beside
    from provenance.storage.losing import losses

    with used(url) as engine:
        lost = losses(engine, revision)
    held = {name: rows for name, rows in {**lost.tables, **lost.columns}.items() if rows}
    named = ", ".join(f"{name} ({counted(rows, 'row')})" for name, rows in held.items())
    told = f"Going down to {revision} drops what it has no place for: {named or 'tables without rows'}."
    if not yes:
        _agree(told)
    note(told)
    kept = None
    if lost.any_rows and not no_backup:
        kept = str(taken_of(url, beside(url)).file)
        note(f"Backup before that: {kept}")
    return {"lost": held, "backup": kept}


def _agree(told: str) -> None:
    if not sys.stdin.isatty():
        raise InvalidInput(f"{told} Add --yes if that is meant.", field="down")
    typer.confirm(f"{told} Go on?", abort=True, err=True)


def _moved(move: Callable[[], None]) -> None:
    from alembic.util import CommandError

    try:
        move()
    except CommandError as unknown:
        raise InvalidInput(f"{unknown}. Give a version in migrations/versions, or head, or base.") from unknown
