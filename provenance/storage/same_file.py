"""Notices when the SQLite file that a program has open is moved away or replaced by another one.

A file that is moved stays open, so whoever writes on writes into something that no one will look into again; and
opening a file that is not there makes an empty one. Both must end in a refusal, until a file stands there again.
"""

from __future__ import annotations

import os
from pathlib import Path

from provenance.errors import DatabaseNotReady

Identity = tuple[int, int]


class SameFile:
    """The file under a path, as one that must stay there once it was seen."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.seen = False

    def identity(self) -> Identity | None:
        """Which file stands there now; None: none."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        self.seen = True
        return found.st_dev, found.st_ino

    def require(self) -> Identity | None:
        """Which file stands there now; None where none ever did.

        :raises DatabaseNotReady: if one was there, and is gone.
        """
        now = self.identity()
        if now is None and self.seen:
            raise DatabaseNotReady(
                f"The database {self.path} was there, and is gone. Put it back, with the files beside it that end in "
                "-wal and -shm; or restore a backup: provenance restore FILE"
            )
        return now
