"""Delivers messages to hooks while the server runs, in a thread beside those that answer."""

from __future__ import annotations

import logging
from threading import Event, Thread

from sqlalchemy.exc import OperationalError

from provenance.errors import ProvenanceError
from provenance.exchange.hooks.delivering import Deliverer
from provenance.exchange.hooks.reached import base_address
from provenance.ingestion.fetching.posting import Poster
from provenance.settings import Settings
from provenance.storage.session import make_engine

LOG = logging.getLogger("provenance.api")
PAUSE = 1.0  # seconds before it begins, and before it begins again after it failed
UNDELIVERED = "Messages to hooks could not be delivered; it is tried again."
PATIENCE = 20.0  # seconds that the attempts under way may take after the server was told to stop


class Delivery:
    """Looks for messages that are due until it is stopped; one look at an index while there are none.

    It has an engine of its own, so that delivering never takes a connection from those who are answered.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="delivery", daemon=True)

    def start(self) -> None:
        """Begin; the first look is taken after the first pause."""
        self._thread.start()

    @property
    def has_died(self) -> bool:
        """Whether it was begun, never told to stop, and yet runs no more."""
        return self._thread.ident is not None and not self._stopped.is_set() and not self._thread.is_alive()

    def stop(self) -> None:
        """Finish the attempts under way and end; nothing happens if it was never begun."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(PATIENCE)

    def _run(self) -> None:
        engine = make_engine(self._settings.database_url)
        try:
            poster = Poster(inside=self._settings.hooks_may_stay_inside)
            deliverer = Deliverer(engine, poster, base_address(self._settings), self._settings.hook_attempts)
            while not self._stopped.wait(PAUSE):
                self._deliver(deliverer)
        finally:
            engine.dispose()

    def _deliver(self, deliverer: Deliverer) -> None:
        try:
            for _ in deliverer.watch(self._stopped):
                pass
        except (OperationalError, ProvenanceError) as away:
            # The database may be away for a while. Whoever is told must not stay untold because of it.
            LOG.error("%s %s", UNDELIVERED, str(away).partition("\n")[0])
        except Exception:
            LOG.exception(UNDELIVERED)
