"""The fuzz drill: every operation of the API is asked what its description allows and what it forbids, by everybody
from nobody to an admin.

``python -m benchmarks.reliability fuzz`` tries each operation for each role, some at once in processes of their own,
each on a database of its own. What was found is written down task by task (``--journal``), so a drill that was
interrupted, or that ran out of ``--minutes``, goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.reliability.fuzzing import EVERYTHING, NOBODY, Found, Task, fuzz, nowhere
from benchmarks.reliability.ground import Ground, prepared

STORY = Path(__file__).resolve().parent.parent.parent / "fixtures" / "stories" / "almaty-night"
ROLES = (NOBODY, "contributor", "admin")
IN_A_ROW = 32  # tasks of one process; then another goes on with a fresh database, for what is written makes it slower


@dataclass
class Fuzzed:
    """What the drill found: how much was asked of how many operations, what was answered, and what was wrong."""

    operations: int
    roles: list[str]
    examples: int
    seed: int
    tried: int = 0
    untried: int = 0
    cut_short: int = 0
    requests: int = 0
    checks: int = 0
    failures: int = 0
    minutes: float = 0.0
    statuses: dict[str, int] = field(default_factory=dict)
    trouble: list[str] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the drill; 1 if anything was answered otherwise than it is described, or was not tried."""
    chosen = _options(arguments)
    found = drill(
        chosen.role or ROLES,
        chosen.operation,
        chosen.examples,
        chosen.seed,
        chosen.workers,
        chosen.minutes,
        chosen.journal,
    )
    for each in found.trouble:
        print(each)
    print(json.dumps({**asdict(found), "trouble": len(found.trouble)}, indent=2), flush=True)
    if chosen.keep:
        from benchmarks.reliability.__main__ import SHOWN, keep

        keep("fuzz, sqlite", {**asdict(found), "trouble": [f"{one:.600}" for one in found.trouble[:SHOWN]]})
    return 1 if found.trouble or found.untried else 0


def drill(
    roles: Sequence[str],
    pattern: str,
    examples: int,
    seed: int,
    workers: int = 2,
    minutes: float = 60.0,
    journal: Path | None = None,
) -> Fuzzed:
    """Try the operations whose method and address a pattern finds, for each role."""
    started = time.monotonic()
    operations = [one for one in operations_there() if re.search(pattern, one)]
    tasks = [Task(one, role, examples, seed) for role in roles for one in operations]
    done = _read(journal, tasks)
    left = [one for one in tasks if one.name not in done]
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        ground = prepared(Path(folder), STORY) if left else None
        for task in _tried(left, ground, Path(folder), workers, started + 60 * minutes) if ground else ():
            done[task.task] = task
            _write(journal, examples, seed, task)
            print(f"{len(done)} of {len(tasks)}: {task}", file=sys.stderr, flush=True)
    return _summed(Fuzzed(len(operations), list(roles), examples, seed), tasks, done, time.monotonic() - started)


def operations_there() -> list[str]:
    """Every operation that is described, and all of them one after the other."""
    from api.app import create_app
    from provenance.settings import Settings

    return [*operations_in(create_app(Settings())), EVERYTHING]


def operations_in(app: Any) -> list[str]:
    """Every operation that an app describes, such as ``GET /v1/claims``."""
    paths = app.openapi()["paths"]
    return [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]


def _tried(tasks: Sequence[Task], ground: Ground, folder: Path, workers: int, end: float) -> Iterator[Found]:
    at_once = workers * IN_A_ROW
    for first in range(0, len(tasks), at_once):
        if time.monotonic() > end:
            return
        places = folder / str(first)
        # Forked processes would share the locks of threads that they do not have.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, context, _begin, (ground, places)) as pool:
            asked: dict[Future[Found], Task] = {pool.submit(_try, one): one for one in tasks[first : first + at_once]}
            for future in as_completed(asked):
                if not future.cancelled():
                    yield _result(future, asked[future])
                if time.monotonic() > end:
                    pool.shutdown(wait=False, cancel_futures=True)


def _result(future: Future[Found], task: Task) -> Found:
    error = future.exception()
    return (
        future.result() if error is None else Found(task.name, trouble=[f"{task.name}: could not be tried: {error!r}"])
    )


GROUND: list[Ground] = []


def _begin(ground: Ground, places: Path) -> None:
    """Get a process ready: with a database of its own, and without a log of what it is made to refuse."""
    logging.disable(logging.CRITICAL)
    # Addresses are made up, and nobody may be knocked at.
    socket.getaddrinfo = nowhere  # type: ignore[assignment]
    GROUND.append(ground.again(places / str(multiprocessing.current_process().pid)))


def _try(task: Task) -> Found:
    return fuzz(task, GROUND[0])


def _summed(found: Fuzzed, tasks: Sequence[Task], done: dict[str, Found], seconds: float) -> Fuzzed:
    statuses: Counter[int] = Counter()
    for each in done.values():
        statuses.update(each.statuses)
        found.requests += each.requests
        found.checks += sum(each.checks.values())
        found.cut_short += each.cut_short
        found.trouble += [f"{each.task}: {one}" for one in each.trouble]
    found.tried, found.untried, found.failures = len(done), len(tasks) - len(done), len(found.trouble)
    found.statuses = {str(status): number for status, number in sorted(statuses.items())}
    # A drill that went on where another stopped took as long as all its tasks one after the other, at the least.
    found.minutes = round(max(seconds, sum(each.seconds for each in done.values()) / 2) / 60, 1)
    return found


def _read(journal: Path | None, tasks: Sequence[Task]) -> dict[str, Found]:
    """What was tried before in the same way, by the names of the tasks."""
    if journal is None or not journal.exists():
        return {}
    same = {(one.name, one.examples, one.seed) for one in tasks}
    lines = [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]
    return {
        line["found"]["task"]: Found.read(line["found"])
        for line in lines
        if (line["found"]["task"], line["examples"], line["seed"]) in same
    }


def _write(journal: Path | None, examples: int, seed: int, found: Found) -> None:
    if journal is not None:
        journal.parent.mkdir(parents=True, exist_ok=True)
        with journal.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"examples": examples, "seed": seed, "found": asdict(found)}) + "\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="requests that are made up for each operation (200)")
    parser.add_argument("--role", action="append", help=f"who asks; may be given several times ({', '.join(ROLES)})")
    parser.add_argument("--operation", default="", help="only those whose method and address this pattern finds")
    parser.add_argument("--workers", type=int, default=2, help="processes at once (2)")
    parser.add_argument("--minutes", type=float, default=60.0, help="after how long no other operation is begun (60)")
    parser.add_argument("--seed", type=int, default=7, help="what chance begins with (7)")
    parser.add_argument("--journal", type=Path, help="a file that keeps what was tried, to go on from")
    parser.add_argument("--keep", action="store_true", help="write the figures to benchmarks/results/reliability.json")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
