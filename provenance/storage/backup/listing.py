"""What backups there are in a folder, whether each is whole, and which to keep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from provenance.errors import InvalidInput
from provenance.storage.backup.file import checked, read_backup
from provenance.storage.backup.lines import Manifest
from provenance.storage.backup.taking import PREFIX, SUFFIX
from provenance.storage.reads.history import sealed_up_to
from provenance.storage.session import reading


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in the folder: its size in bytes, what it says of itself, and what is wrong with it; None: nothing is."""

    file: Path
    size: int
    manifest: Manifest | None
    wrong: str | None


def backups_in(folder: Path) -> list[Listed]:
    """Every backup in a folder, newest first, each read to its end; those that tell no time come last.

    :raises InvalidInput: if it is no folder.
    """
    if not folder.is_dir():
        raise InvalidInput(f"{folder} is no folder. Name one that holds backups.", field="folder")
    found = [_listed(file) for file in sorted(folder.glob(f"*{SUFFIX}"))]
    told = [one for one in found if one.manifest is not None]
    told.sort(key=lambda one: one.manifest.taken_at if one.manifest else None, reverse=True)  # type: ignore[arg-type, return-value]
    return [*told, *(one for one in found if one.manifest is None)]


def keep_newest(engine: sa.Engine, folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest backups of this database that are whole and have a name that this program gave them;
    the files that went.

    What is damaged stays, for somebody to look at, and so does what holds entries that this history has not.
    """
    with reading(engine) as session:
        own = [
            one.file
            for one in backups_in(folder)
            if one.wrong is None
            and one.manifest is not None
            and one.file.name.startswith(PREFIX)
            and sealed_up_to(session, one.manifest.newest)
        ]
    for file in own[keep:]:
        file.unlink()
    return own[keep:]


def _listed(file: Path) -> Listed:
    manifest, size = None, file.stat().st_size
    try:
        with read_backup(file) as reading:
            manifest = reading.manifest
        checked(file)
    except InvalidInput as damaged:
        return Listed(file, size, manifest, damaged.message)
    return Listed(file, size, manifest, None)
