"""Offers to bring a database of an older version up, after a backup, to whoever starts a server on it."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from provenance.cli.backing_up import taken_of, used
from provenance.cli.output import note


def offer(url: str, agreed: bool) -> None:
    """Back up and migrate a database of an older schema, if that was agreed to or is when asked at a terminal.

    The backup goes beside an SQLite file, else into the working folder. Without an agreement nothing happens, and
    whoever needs the schema says what is to be done.
    """
    from provenance.cli.keeping import brought

    has = _older(url)
    if has is None or not (agreed or _asked(has)):
        return
    taken = taken_of(url, beside(url))
    note(f"Backup before the migration: {taken.file}")
    before, after, _ = brought(url)
    note(f"Schema: {before} -> {after}.")


def _older(url: str) -> str | None:
    """The schema version, if this program knows it as an earlier one."""
    from provenance.storage.session import known_versions, schema_versions

    with used(url) as engine:
        has, needs = schema_versions(engine)
    return has if has != needs and has in known_versions() else None


def _asked(has: str) -> bool:
    if not sys.stdin.isatty():
        return False
    return typer.confirm(f"The database has the older schema {has}. Take a backup and migrate it?", err=True)


def beside(url: str) -> Path:
    """Where a backup is kept that nobody named a place for: beside an SQLite file, else in the working folder."""
    from provenance.storage.session import database_url

    place = database_url(url)
    return Path(place.database or "").parent if place.get_backend_name() == "sqlite" else Path.cwd()
