"""Writing as a user means it: facts and everything derived from them change together, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from provenance.analysis.standing import settle
from provenance.storage.session import writing
from provenance.storage.undertaking import undertaken
from provenance.storage.writes.concerns import Concerned
from provenance.storage.writes.taken import stamp
from provenance.storage.writes.writer import Writer


@contextmanager
def recording(engine: Engine, who: str, why: str | None = None) -> Iterator[Writer]:
    """One transaction in which somebody writes facts; at its end the standings that they concern are settled."""
    with writing(engine) as session:
        writer = Writer(session, who, why)
        yield writer
        settled(writer)
        work = undertaken()
        if work is not None and work.name is not None and not work.lasting:
            stamp(session, work.name, writer.at)


def settled(writer: Writer) -> None:
    """Bring up to date what depends on what was written so far; for whoever answers while the transaction is open."""
    writer.session.flush()
    concerned, writer.concerned = writer.concerned, Concerned()
    settle(writer.session, concerned)


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
