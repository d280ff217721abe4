"""Reads many texts on all processors, in order, holding only a few of them at a time."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.context import BaseContext
from typing import TypeVar

from provenance.extraction.parsing import parse
from provenance.extraction.reader import AT_ONCE, Unread, read_all
from provenance.extraction.reading import Reading

T = TypeVar("T")

# Batches that are handed out before the first is waited for: enough to keep every process busy, and memory flat.
AHEAD = 3


def read_many(texts: Iterable[Unread], shown: Callable[[Reading], T], *, workers: int | None = None) -> Iterator[T]:
    """What ``shown`` makes of the reading of each text, in their order; it is made where the text was read.

    ``shown`` must be a function of a module. One worker, or as many texts as one batch holds, needs no other process.

    :raises NotInstalled: if the language model that the settings name is not installed.
    """
    waiting = iter(texts)
    first = list(islice(waiting, AT_ONCE))
    processes = workers or processors()
    if processes == 1 or len(first) < AT_ONCE:
        yield from _shown(first, shown)
        while several := list(islice(waiting, AT_ONCE)):
            yield from _shown(several, shown)
        return
    parse("")  # a process that is forked from here has the model already
    with ProcessPoolExecutor(processes, mp_context=_context()) as pool:
        handed: deque[Future[list[T]]] = deque([pool.submit(_shown, first, shown)])
        while handed:
            while len(handed) < processes * AHEAD and (several := list(islice(waiting, AT_ONCE))):
                handed.append(pool.submit(_shown, several, shown))
            yield from handed.popleft().result()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _shown(texts: list[Unread], shown: Callable[[Reading], T]) -> list[T]:
    return [shown(reading) for reading in read_all(texts)]


def _context() -> BaseContext:
    # A spawned process loads the model anew, which takes longer than most inputs; only Linux forks safely.
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
