"""Remembers when keys were last used, and writes it down now and then: reading never waits for a write."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from threading import Event, Lock, Thread

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from provenance.errors import ProvenanceError
from provenance.storage.managing_keys import note_uses

LOG = logging.getLogger("provenance.api")
PAUSE = 20.0  # seconds between two looks; a server that is killed forgets no more than these
PATIENCE = 12.0  # seconds that the last writing may take: as long as SQLite waits for another writer


class Uses:
    """The last minute in which each key opened something, until it is written down."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._seen: dict[str, datetime] = {}
        self._unwritten: dict[str, datetime] = {}
        self._lock = Lock()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="uses of keys", daemon=True)

    def start(self) -> None:
        """Begin to write down what is noted."""
        self._thread.start()

    def stop(self) -> None:
        """Write down what is left, and end."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def note(self, key: str) -> None:
        """A key opened something now."""
        minute = datetime.now(UTC).replace(second=0, microsecond=0)
        if self._seen.get(key) != minute:
            with self._lock:
                self._seen[key] = self._unwritten[key] = minute

    def write(self) -> None:
        """Write down what was noted; what cannot be written now is kept for the next time."""
        with self._lock:
            uses, self._unwritten = self._unwritten, {}
        if not uses:
            return
        try:
            note_uses(self._engine, uses)
        except (SQLAlchemyError, ProvenanceError) as failed:
            LOG.warning("When keys were last used cannot be written down now: %s", type(failed).__name__)
            with self._lock:
                self._unwritten = uses | self._unwritten

    def _run(self) -> None:
        while not self._stopped.wait(PAUSE):
            self.write()
        self.write()
