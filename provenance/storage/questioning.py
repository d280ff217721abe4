"""Bounds how long a database may work on one question, so that none can hold a thread for ever.

PostgreSQL counts by itself. SQLite works on the thread that asks and looks at the clock now and then. Writes are not
bounded, nor is what is read little by little as somebody takes it: the time between two portions is theirs.
"""

from __future__ import annotations

from math import inf
from time import monotonic
from typing import Any

import sqlalchemy as sa

OFTEN = 100_000  # instructions of SQLite between two looks at the clock, about a millisecond
CLOCK = "provenance.clock"


class Clock:
    """Until when a connection may work on its question."""

    __slots__ = ("until",)

    def __init__(self) -> None:
        self.until = inf

    def over(self) -> bool:
        """Whether it has to give up; SQLite asks this and stops."""
        return monotonic() > self.until


def bound_questions(engine: sa.Engine, seconds: float) -> None:
    """Let no question of an engine take longer; one that does is :class:`TooCostly`."""
    if engine.dialect.name == "postgresql":
        sa.event.listen(engine, "connect", _counted_by_postgresql(seconds))
        return
    sa.event.listen(engine, "connect", _watched)

    def begins(connection: sa.Connection, _cursor: Any, _sql: str, _given: Any, context: Any, _many: bool) -> None:
        options = context.execution_options if context is not None else connection.get_execution_options()
        unbounded = options.get("writes") or options.get("yield_per")
        connection.info[CLOCK].until = inf if unbounded else monotonic() + seconds

    sa.event.listen(engine, "before_cursor_execute", begins)


def _watched(connection: Any, record: Any) -> None:
    clock = record.info[CLOCK] = Clock()
    connection.set_progress_handler(clock.over, OFTEN)


def _counted_by_postgresql(seconds: float) -> Any:
    def prepare(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {max(1, round(seconds * 1000))}")
        connection.commit()

    return prepare
