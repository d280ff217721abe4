"""Notices when the SQLite file that a program has open is moved away or replaced by another one.

A file that is moved stays open, so whoever writes on writes into something that no one will look into again; and
opening a file that is not there makes an empty one. Both must end in a refusal, until a file stands there again, with
nothing beside it that belongs to another.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from provenance.errors import DatabaseNotReady
from provenance.storage.own_log import missing, require_none_left, require_own

Identity = tuple[int, int]


class SameFile:
    """The file under a path; one that may be ``new`` is made by opening it, until it was seen."""

    def __init__(self, path: Path, new: bool = False) -> None:
        self.path = path
        self.new = new
        self.seen: Identity | None = None
        self._log: Identity | None = None

    def identity(self) -> Identity | None:
        """Which file stands there now; None: none.

        :raises DatabaseNotReady: if what lies beside it belongs to another one.
        """
        now = _identity(self.path)
        if now is None:
            return None
        if now != self.seen:
            self._require_own_log()
        self.seen = now
        self._log = _identity(f"{self.path}-wal")
        return now

    def require(self) -> Identity | None:
        """Which file stands there now; None where one is to be made.

        :raises DatabaseNotReady: if there is none, and none is to be made, or what lies beside it belongs to another.
        """
        now = self.identity()
        if now is not None:
            return now
        if self.seen or not self.new:
            raise DatabaseNotReady(
                missing(
                    self.path,
                    "If it was moved, put it back, with the files beside it that end in -wal and -shm; else restore a "
                    "backup (provenance restore FILE) or make a new one (provenance migrate).",
                )
            )
        require_none_left(self.path)
        return None

    def make(self) -> None:
        """Make an empty file that only its owner may read; SQLite gives what it lays beside it the same permissions."""
        # Where it cannot be made, SQLite says why in its own words, with what is to be done.
        with suppress(OSError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))

    def _require_own_log(self) -> None:
        """Look at a file that was not seen before."""
        log = Path(f"{self.path}-wal")
        if self._log is not None and _identity(log) == self._log and log.stat().st_size:
            raise DatabaseNotReady(
                f"Another file was put in the place of {self.path}, and {log} of the one before still lies beside it. "
                f"Stop the server, and move {log.name} and -shm to where the one before is now, each named like it."
            )
        require_own(self.path)


def _identity(path: Path | str) -> Identity | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
