"""Takes in whole folders, archives and feeds: on all cores, with progress, and resumed where it stopped.

What became of a document is noted in the transaction that writes it, so a run that is killed at any moment has lost
nothing and done nothing twice: started again, it goes on with what is not noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic
from typing import BinaryIO

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from provenance.analysis.recording import recording
from provenance.errors import Busy, OutcomeUnknown, ProvenanceError, TooMany
from provenance.ingestion.fetching import Fetcher
from provenance.ingestion.fetching_again import RememberingFetcher, Unchanged, remember
from provenance.ingestion.loading import LoadFailure, Piece, pieces
from provenance.ingestion.reading_ahead import Outcome, extracted
from provenance.ingestion.speakers import Speakers
from provenance.ingestion.taking_in import NOTHING, Given, Taken, put
from provenance.settings import settings
from provenance.storage.reads.intake import failures, keys_done, outcomes, run_to_continue
from provenance.storage.session import reading, writing
from provenance.storage.writes.intake import finish_run, note_item, start_run
from provenance.storage.writes.standings import tidy
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import TakenIn

STDIN = "-"
LONGEST_KEY = 2_000
TOLD = 200  # failures
WORTH_TIDYING = 50  # documents after which the database looks anew at what it holds
# How many have been dealt with, and of how many: None where that is not known.
Heard = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run came to, with those before it that it went on from; ``seconds`` are those of this one."""

    run: int
    resumed: int
    counts: dict[TakenIn, int]
    reports: int
    failures: tuple[LoadFailure, ...]
    seconds: float
    here: int


@dataclass
class _Run:
    engine: Engine
    key: int
    given: Given
    who: str
    speakers: Speakers = field(default_factory=Speakers)
    unchanged: Unchanged = field(default_factory=Unchanged)


def ingest(
    engine: Engine,
    origin: str,
    given: Given = NOTHING,
    *,
    who: str,
    workers: int | None = None,
    heard: Heard | None = None,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    show: Callable[[Writer, Taken], None] | None = None,
) -> Summary:
    """Take in all that is at an origin: a file, a folder, an address, or ``-`` for standard input.

    A run of the same origin, with the same things given, that was not through is gone on with.

    :param workers: processes that read; by default one for each core.
    :param heard: hears how far it is.
    :param show: hears of each document while its transaction is open.
    :raises InvalidInput: where what is given is wrong for every document, such as an event that is not held.
    """
    began = monotonic()
    place = _lasting(origin)
    run, done = _begin(engine, place, given, who)
    state = _Run(engine, run, given, who)
    again = RememberingFetcher(engine, fetcher or Fetcher(settings())) if "://" in place else None
    state.unchanged = again.unchanged if again else state.unchanged
    found = pieces(place, stdin=stdin, skip=done.__contains__, fetcher=again or fetcher)
    total = None if heard is None else count(place)
    url = engine.url.render_as_string(hide_password=False)
    resumed, here, written = len(done), 0, 0
    for outcome in extracted(_new(found, done), given, url, workers):
        written += _write(state, outcome, show)
        here += 1
        if heard is not None:
            heard(resumed + here, total)
    return _end(state, resumed, here, written, monotonic() - began)


def count(origin: str) -> int | None:
    """How many things a folder or file of lines holds, roughly and quickly; None where only reading it would tell."""
    path = Path(origin)
    if path.is_dir():
        return sum(1 for one in path.rglob("*") if one.is_file() and not one.name.startswith("."))
    if path.is_file() and path.suffix in (".jsonl", ".ndjson"):
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    return None


def _lasting(origin: str) -> str:
    """The origin as it is called from any folder, so that a run that is started again is known."""
    if origin == STDIN or "://" in origin:
        return origin
    return str(Path(origin).resolve())


def _begin(engine: Engine, origin: str, given: Given, who: str) -> tuple[int, set[str]]:
    options = asdict(given)
    with writing(engine) as session:
        # What comes through a pipe is another thing each time, though it has the same name.
        run = None if origin == STDIN else run_to_continue(session, origin, options)
        if run is not None and run.id is not None:
            return run.id, keys_done(session, run.id)
        return start_run(session, origin, options, who).id or 0, set()


def _new(found: Iterator[Piece | LoadFailure], done: set[str]) -> Iterator[Piece | LoadFailure]:
    """What is not noted yet, each key once: an archive may hold two captures of one address under one key."""
    seen = set(done)
    for piece in found:
        key = piece.origin if isinstance(piece, LoadFailure) else piece.key
        if key not in seen:
            seen.add(key)
            yield piece


def _write(run: _Run, outcome: Outcome, show: Callable[[Writer, Taken], None] | None) -> bool:
    """Write one document with the note of it; whether it was added."""
    key, read_one = outcome
    if key in run.unchanged.documents:
        with writing(run.engine) as session:
            note_item(session, run.key, key[:LONGEST_KEY], TakenIn.KNOWN, document=run.unchanged.documents[key])
        return False
    if isinstance(read_one, LoadFailure):
        _note_failure(run, key, read_one.reason)
        return False
    try:
        with recording(run.engine, run.who) as writer:
            taken = put(writer, read_one, run.given, run.speakers)
            reports = len(taken.proposals.made)
            note_item(
                writer.session,
                run.key,
                key[:LONGEST_KEY],
                taken.outcome,
                document=taken.document.public_id,
                reports=reports,
            )
            remember(writer, read_one.loaded, taken.document.public_id)
            if show is not None:
                show(writer, taken)
    except (Busy, TooMany, OutcomeUnknown):
        # Somebody else has the database, or it went away: that is no fault of this document.
        raise
    except ProvenanceError as refused:
        _note_failure(run, key, refused.message)
        return False
    except SQLAlchemyError:
        # The database is away, or full: that is no fault of this document.
        raise
    except Exception as failed:
        _note_failure(run, key, f"{key}: writing it failed ({type(failed).__name__}: {failed}); please report this.")
        return False
    return taken.outcome is not TakenIn.KNOWN


def _note_failure(run: _Run, key: str, reason: str) -> None:
    with writing(run.engine) as session:
        note_item(session, run.key, key[:LONGEST_KEY], TakenIn.FAILED, reason=reason)


def _end(run: _Run, resumed: int, here: int, written: int, seconds: float) -> Summary:
    with writing(run.engine) as session:
        finish_run(session, run.key)
        if written >= WORTH_TIDYING:
            tidy(session)
    with reading(run.engine) as session:
        counts, reports = outcomes(session, run.key)
        failed = tuple(LoadFailure(item.key, item.reason or "") for item in failures(session, run.key, TOLD))
    return Summary(run.key, resumed, counts, reports, failed, seconds, here)
