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
    """The file under a path; one that may be ``new`` is made by opening it, until it was seen."""

    def __init__(self, path: Path, new: bool = False) -> None:
        self.path = path
        self.new = new
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
        """Which file stands there now; None where one is to be made.

        :raises DatabaseNotReady: if there is none, and none is to be made.
        """
        now = self.identity()
        if now is None and (self.seen or not self.new):
            raise DatabaseNotReady(
                f"There is no database {self.path}. If it was moved, put it back, with the files beside it that end in "
                "-wal and -shm; else restore a backup (provenance restore FILE) or make a new one (provenance migrate)."
            )
        return now
