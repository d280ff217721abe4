"""Answers those who watch the server also while the database is away, and nobody can look up whose key they send.

Whether it is well is told to everybody. Its figures are for whoever has a key where others reach the server, so a key
that opened something within the last hour opens them still; nothing else, and only while it cannot be looked up.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from time import monotonic

from anyio import move_on_after
from fastapi import Request
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.access.behind import client_of
from api.access.identifying import Came, identified
from provenance.access import EVERYBODY
from provenance.errors import Busy, DatabaseNotReady
from provenance.settings import Settings
from provenance.storage.failing import OF_DRIVERS
from provenance.storage.reads.access import hash_of

WELL = frozenset({"/healthz", "/readyz"})
FIGURES = "/metrics"
WATCHED = WELL | {FIGURES}
PATIENCE = 2.0  # seconds that looking up a key may take, so that a watchman hears that the database hangs
KEPT = 3600.0  # seconds
MOST_KNOWN = 100  # keys
AWAY: tuple[type[Exception], ...] = (SQLAlchemyError, DatabaseNotReady, Busy, *OF_DRIVERS)


@dataclass
class Watchers:
    """Who asked for the figures lately, by the hash of what they sent."""

    _known: OrderedDict[str, tuple[float, Came]] = field(default_factory=OrderedDict)

    async def identified(self, request: Request, engine: Engine, settings: Settings) -> Came:
        """Who watches; raises what `api.access.identifying.identified` raises, unless the database is away."""
        sent = hash_of(request.headers.get("authorization", ""))
        failed: Exception = DatabaseNotReady("The database did not say in time whose key it is.")
        with move_on_after(PATIENCE):
            try:
                came = await identified(request, engine, settings)
            except AWAY as away:
                failed = away
            except Exception:
                # Looked up, and no longer good.
                self._known.pop(sent, None)
                raise
            else:
                self._keep(sent, came)
                return came
        address = client_of(request, settings)
        if request.scope["path"] in WELL:
            return Came(EVERYBODY, address)
        seen, known = self._known.get(sent, (0.0, None))
        if known is None or monotonic() - seen > KEPT:
            raise failed
        return replace(known, address=address)

    def _keep(self, sent: str, came: Came) -> None:
        if not came.caller.key or came.by_page:
            return
        self._known[sent] = (monotonic(), came)
        self._known.move_to_end(sent)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)
