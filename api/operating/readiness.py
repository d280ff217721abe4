"""Whether the server can answer now: told by looking, in a bounded time, and never by what was true a minute ago."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import FastAPI
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from provenance.errors import DatabaseNotReady, ProvenanceError
from provenance.settings import Settings
from provenance.storage.reads.upkeep import Upkeep, file_of, upkeep
from provenance.storage.session import require_ready

A = TypeVar("A")
LOG = logging.getLogger("provenance.api")
PATIENCE = 2.0  # seconds that the database has to answer a watchman
LEAST_SPACE = 50_000_000  # bytes that must be free where the database's file lies: some hundred thousand reports


class CannotAnswer(DatabaseNotReady):
    """The server says of itself that it cannot answer now, and why; its words name no address and may be sent."""


@dataclass
class Watchman:
    """Looks at the database for watchmen, one look at a time and in a thread of its own kind.

    However busy all other threads are, and however long the database hangs, it answers within `PATIENCE`.
    """

    _one: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))

    async def require_ready(self, app: FastAPI) -> None:
        """Refuse while the server cannot answer.

        :raises CannotAnswer: saying what is wrong, without an address or a password.
        """
        state = app.state
        if state.stopping:
            raise CannotAnswer("The server is stopping: it answers what is under way, and nothing new.")
        if state.delivery.has_died:
            raise CannotAnswer("Messages to hooks are delivered no more. Start the server again.")
        await self._look(state.engine, state.settings)

    async def upkeep(self, engine: Engine) -> Upkeep | None:
        """How the database is; None if it does not say so in time."""
        try:
            return await self._within(lambda: upkeep(engine))
        except (SQLAlchemyError, ProvenanceError) as away:
            LOG.error("The database does not say how it is: %s", str(away).partition("\n")[0])
            return None

    async def _look(self, engine: Engine, settings: Settings) -> None:
        await self._within(lambda: _usable(engine))

    async def _within(self, look: Callable[[], A]) -> A:
        with move_on_after(PATIENCE):
            return await to_thread.run_sync(look, abandon_on_cancel=True, limiter=self._one)
        raise CannotAnswer(f"The database did not answer within {PATIENCE:.0f} seconds.")


def _usable(engine: Engine) -> None:
    try:
        require_ready(engine)
    except DatabaseNotReady as unfit:
        LOG.error("The database is not ready: %s", unfit.message)
        what = "cannot be reached" if isinstance(unfit.__cause__, SQLAlchemyError) else "is not the one that is needed"
        raise CannotAnswer(f"The database {what}; the server's log says more.") from unfit
    file = file_of(engine)
    if file is None:
        return
    if not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
        raise CannotAnswer("The database's file or its folder may not be written to. Give back the permission.")
    if shutil.disk_usage(file.parent).free < LEAST_SPACE:
        raise CannotAnswer(
            f"Less than {LEAST_SPACE // 1_000_000} MB are free where the database lies. Make room there."
        )
