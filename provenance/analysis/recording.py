"""Writing as a user means it: facts and everything derived from them change together, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from provenance.analysis.standing import settle
from provenance.storage.session import writing
from provenance.storage.writes.writer import Writer


@contextmanager
def recording(engine: Engine, who: str, why: str | None = None) -> Iterator[Writer]:
    """One transaction in which somebody writes facts; at its end the standings that they concern are settled."""
    with writing(engine) as session:
        writer = Writer(session, who, why)
        yield writer
        session.flush()
        settle(session, writer.concerned)
