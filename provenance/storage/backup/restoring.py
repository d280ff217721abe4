"""Fills an empty place with a backup: all of it, proven row by row, or nothing.

On SQLite a file beside it is filled and gets the name at the end; on PostgreSQL it is one transaction, schema and all.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from provenance.errors import Conflict, InvalidInput
from provenance.storage.backup.file import checked, read_backup
from provenance.storage.backup.lines import Manifest
from provenance.storage.backup.rows import count_on, dangling, digest, fill, holds_rows, read, without_references
from provenance.storage.backup.taking import flushed
from provenance.storage.session import (
    database_url,
    known_versions,
    make_engine,
    migrate_within,
    shown,
    unreachable,
)
from provenance.storage.writes.searching import index_all

Progress = Callable[[int, int], None]
BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and how many records were indexed to be found; None for an older schema, which must be
    migrated first.
    """

    manifest: Manifest
    indexed: int | None


def restore(file: Path, url: str, progress: Progress | None = None) -> Restored:
    """Fill the database at ``url``, which must be empty; of SQLite there must be no file.

    The schema becomes that of the backup. ``progress`` hears how many rows of how many.

    :raises InvalidInput: if the backup is damaged, cut off, foreign, or from a newer version of the program.
    :raises Conflict: if the place is not empty.
    :raises DatabaseNotReady: if the place cannot be reached.
    """
    manifest = checked(file)
    if manifest.schema not in known_versions():
        raise InvalidInput(
            f"{file} has schema version {manifest.schema}, which this program does not know: a newer version "
            f"({manifest.program}) wrote it. Install that one.",
            field="file",
        )
    place = database_url(url)
    with _new_file(place) if place.get_backend_name() == "sqlite" else _one_transaction(place) as connection:
        return _filled(connection, file, progress)


def _filled(connection: sa.Connection, file: Path, progress: Progress | None) -> Restored:
    with read_backup(file) as reading:
        manifest = reading.manifest
        migrate_within(connection, manifest.schema)
        references = without_references(connection) if connection.dialect.name == "postgresql" else []
        known, done = set(sa.inspect(connection).get_table_names()), 0
        for held, rows in reading.tables():
            if held.name not in known:
                raise Conflict(f"{file} has a table {held.name}, which its schema has not: it was changed.")
            strange = set(held.columns) - {one["name"] for one in sa.inspect(connection).get_columns(held.name)}
            if strange:
                raise Conflict(
                    f"{file} has a column {held.name}.{min(strange)}, which its schema has not: it was changed."
                )
            fill(connection, held, rows)
            count_on(connection, held)
            done += held.rows
            if progress is not None:
                progress(done, manifest.rows)
    _require_all_lead_somewhere(connection, references, file)
    _require_all_there(connection, file)
    indexed = _indexed(connection) if manifest.schema == known_versions()[-1] else None
    connection.exec_driver_sql("ANALYZE")
    return Restored(manifest, indexed)


def _indexed(connection: sa.Connection) -> int:
    # The session takes part in the transaction and does not end it.
    with Session(connection, join_transaction_mode="rollback_only") as session:
        count = index_all(session)
        session.flush()
        session.expunge_all()
        return count


def _require_all_lead_somewhere(connection: sa.Connection, references: list[str], file: Path) -> None:
    why = "that lead to no row: it was taken from a database that `provenance verify` finds broken"
    if loose := dangling(connection):
        raise Conflict(f"{file} has rows of {', '.join(loose)} {why}.")
    for statement in references:
        try:
            connection.exec_driver_sql(statement)
        except sa.exc.IntegrityError as refused:
            raise Conflict(f"{file} has rows {why}: {str(refused.orig).partition(chr(10))[0]}.") from refused


def _require_all_there(connection: sa.Connection, file: Path) -> None:
    with read_backup(file) as reading:
        for held, rows in reading.tables():
            if digest(rows) != digest(read(connection, held)):
                raise Conflict(
                    f"The rows of {held.name} read back as something else than {file} holds. Check that disk."
                )


@contextmanager
def _new_file(place: sa.URL) -> Iterator[sa.Connection]:
    target = Path(place.database or "")
    _require_no_file(target)
    try:
        descriptor, name = tempfile.mkstemp(".part", f"{target.name}.", target.parent)
    except OSError as failed:
        failed.filename = str(target)
        raise
    os.close(descriptor)
    half = Path(name)
    engine = make_engine(place.set(database=name).render_as_string(hide_password=False))
    try:
        with engine.execution_options(writes=True).connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            with connection.begin():
                yield connection
        # The last to leave folds the write-ahead log in.
        engine.dispose()
        flushed(half)
        _require_no_file(target)
        half.rename(target)
        flushed(target.parent)
    finally:
        engine.dispose()
        for left in (half, *(half.with_name(half.name + beside) for beside in BESIDE)):
            left.unlink(missing_ok=True)


def _require_no_file(target: Path) -> None:
    for file in (target, *(target.with_name(target.name + beside) for beside in BESIDE)):
        if file.exists():
            raise Conflict(
                f"There is {file} already, and a backup goes into an empty place. Name a file that is not there: "
                "provenance restore FILE --database sqlite:///restored.db"
            )


@contextmanager
def _one_transaction(place: sa.URL) -> Iterator[sa.Connection]:
    engine = make_engine(place.render_as_string(hide_password=False))
    try:
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('provenance.writing'))"))
            if holds_rows(connection):
                raise Conflict(
                    f"The database {shown(place)} holds rows, and a backup goes into an empty one. Make one "
                    "with CREATE DATABASE, and name it with --database."
                )
            # Tables without rows would have the schema of today; the backup brings its own.
            migrate_within(connection, "base")
            yield connection
    except sa.exc.OperationalError as failed:
        raise unreachable(place, failed) from failed
    finally:
        engine.dispose()
