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


@contextmanager
def trying(engine: Engine, who: str, why: str | None, dry_run: bool) -> Iterator[Writer]:
    """As `recording`; a dry run does all of it, and at the end takes everything back."""
    try:
        with recording(engine, who, why) as writer:
            yield writer
            if dry_run:
                raise _Undone
    except _Undone:
        return


class _Undone(Exception):
    """Raised to leave a transaction without its writes."""
