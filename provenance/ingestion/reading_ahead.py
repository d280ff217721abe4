"""Reads documents on several cores ahead of whoever writes them, in their order, and never more than a few ahead.

Parsing is what costs; a worker loads the grammar once. What fails in one document is told of that one alone, also
where reading it ends the worker.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from threading import Thread

from sqlalchemy import Engine

from provenance.errors import ProvenanceError
from provenance.ingestion.loading import LoadFailure, Piece, read
from provenance.ingestion.same_documents import content_hash
from provenance.ingestion.taking_in import Extracted, Given, complete, extract
from provenance.storage.reads.intake import documents_with_text
from provenance.storage.session import make_engine, reading

TOGETHER = 4  # pieces that a worker is given at once
AHEAD = 3  # portions for each worker that wait, or are being read
# With fewer pieces, starting workers takes longer than reading.
WORTH_WORKERS = 4

Outcome = tuple[str, Extracted | LoadFailure]
Portion = Sequence[Piece | LoadFailure]


@dataclass(frozen=True, slots=True)
class Task:
    """Pieces that are read together."""

    pieces: tuple[Piece, ...]
    given: Given


def extracted(
    found: Iterable[Piece | LoadFailure], given: Given, url: str, workers: int | None = None
) -> Iterator[Outcome]:
    """Each piece's key with what was read from it, or why nothing was; in their order, and memory stays flat.

    :param url: the database, in which workers look whether a text is held already.
    :param workers: how many processes; by default one for each core. 1: none but this one.
    """
    several = iter(found)
    first = list(islice(several, WORTH_WORKERS))
    count = workers or os.cpu_count() or 1
    if count == 1 or len(first) < WORTH_WORKERS:
        yield from _here([*first], given, url)
        yield from _here(several, given, url)
        return
    yield from _elsewhere(_portions(first, several), given, url, count)


def _portions(
    first: Sequence[Piece | LoadFailure], rest: Iterator[Piece | LoadFailure]
) -> Iterator[Sequence[Piece | LoadFailure]]:
    yield first
    while portion := list(islice(rest, TOGETHER)):
        yield portion


def _here(found: Iterable[Piece | LoadFailure], given: Given, url: str) -> Iterator[Outcome]:
    held = _Held(url)
    try:
        for piece in found:
            yield (piece.origin, piece) if isinstance(piece, LoadFailure) else _read(piece, given, held)
    finally:
        held.close()


def _elsewhere(portions: Iterator[Portion], given: Given, url: str, workers: int) -> Iterator[Outcome]:
    pool = _pool(workers, url)
    waiting: deque[tuple[Portion, Future[list[Outcome]]]] = deque()
    try:
        for portion in portions:
            waiting.append((portion, pool.submit(_read_all, Task(_whole(portion), given))))
            if len(waiting) >= workers * AHEAD:
                pool, outcomes = _next(pool, waiting, given, url, workers)
                yield from outcomes
        while waiting:
            pool, outcomes = _next(pool, waiting, given, url, workers)
            yield from outcomes
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _next(
    pool: ProcessPoolExecutor,
    waiting: deque[tuple[Portion, Future[list[Outcome]]]],
    given: Given,
    url: str,
    workers: int,
) -> tuple[ProcessPoolExecutor, list[Outcome]]:
    """The outcomes of the portion that waits longest; with another pool where a worker came to its end."""
    portion, future = waiting.popleft()
    try:
        return pool, _in_order(portion, future.result())
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
    outcomes = _in_order(portion, [_alone(piece, given, url) for piece in _whole(portion)])
    pool = _pool(workers, url)
    for place, (later, _) in enumerate(waiting):
        waiting[place] = (later, pool.submit(_read_all, Task(_whole(later), given)))
    return pool, outcomes


def _alone(piece: Piece, given: Given, url: str) -> Outcome:
    """Read a piece in a process of its own, so that it harms no other."""
    with _pool(1, url) as pool:
        try:
            [outcome] = pool.submit(_read_all, Task((piece,), given)).result()
        except BrokenProcessPool:
            reason = f"{piece.key}: reading it ended the process, most likely for want of memory; split it."
            return piece.key, LoadFailure(piece.key, reason)
    return outcome


def _in_order(portion: Portion, outcomes: Sequence[Outcome]) -> list[Outcome]:
    read_ones = iter(outcomes)
    return [(one.origin, one) if isinstance(one, LoadFailure) else next(read_ones) for one in portion]


def _whole(portion: Portion) -> tuple[Piece, ...]:
    return tuple(piece for piece in portion if isinstance(piece, Piece))


def _pool(workers: int, url: str) -> ProcessPoolExecutor:
    # Spawned and not forked: a fork would share the database's connections with this process.
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _start, (url,))


class _Held:
    """Says of a text whether it is held, so that it is not read again; opened when it is first asked."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None

    def __call__(self, text: str) -> bool:
        self._engine = self._engine or make_engine(self._url)
        with reading(self._engine) as session:
            return bool(documents_with_text(session, content_hash(text)))

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()


# What a worker keeps from task to task.
_held: list[_Held] = []


def _start(url: str) -> None:
    _held[:] = [_Held(url)]
    Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this worker when whoever started it is killed: nobody would ever give it work again, nor end it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read_all(task: Task) -> list[Outcome]:
    return [_read(piece, task.given, _held[0]) for piece in task.pieces]


def _read(piece: Piece, given: Given, held: _Held) -> Outcome:
    loaded = read(piece)
    if isinstance(loaded, LoadFailure):
        return piece.key, loaded
    try:
        return piece.key, extract(complete(loaded, given), held)
    except ProvenanceError as refused:
        return piece.key, LoadFailure(piece.key, refused.message)
    except Exception as failed:  # one bad file must not cost the thousand behind it; which one, and why, is kept
        reason = f"{piece.key}: reading it failed ({type(failed).__name__}: {failed}); please report this."
        return piece.key, LoadFailure(piece.key, reason)
