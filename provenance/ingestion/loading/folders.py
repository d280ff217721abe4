"""Walks a folder in an order that is the same on each run, and never out of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from provenance.ingestion.loading.loaded import LoadFailure


def files_in(folder: Path, inside: Path | None = None) -> Iterator[Path | LoadFailure]:
    """Every file below a folder, folder by folder, by name, without hidden ones; a failure for what cannot be listed.

    A link is followed only to a file inside the topmost folder (``inside``); a link to a folder never is, so that no
    walk goes round in circles.
    """
    top = inside or folder.resolve()
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as refused:
        yield LoadFailure(str(folder), f"it cannot be listed ({refused.strerror}); allow it to be read.")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(Path(entry.path), top)
        elif _is_file_inside(entry, top):
            yield Path(entry.path)


def _is_file_inside(entry: os.DirEntry[str], top: Path) -> bool:
    # Pipes, sockets and devices are no files: they would hang whoever reads them.
    if not entry.is_file():
        return False
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(top)
