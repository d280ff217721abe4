"""The backup drill: backups are taken while eight people write, and each is restored elsewhere, into either kind of
database; the restored server must answer everything as the original does for the moment of the backup.

``python -m benchmarks.reliability.backup_drill`` prints the figures of both databases as JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from benchmarks.reliability.asking import Answer, Client, NoAnswer
from benchmarks.reliability.days import Desk
from benchmarks.reliability.deeds import Deed, Overtaken
from benchmarks.reliability.figures import Times, spread
from benchmarks.reliability.servers import ColdServer, Server, postgresql

if TYPE_CHECKING:
    from provenance.storage.backup.taking import Taken

WRITERS = 8
STORY = Path(__file__).resolve().parent.parent.parent / "fixtures" / "stories" / "kazakhstan-2022"
FINE = frozenset({200, 201, 204, 304, 308})
OVERTAKEN = frozenset({409, 412})
DATABASES = ("sqlite", "postgresql")
LISTS = ("claims", "figures", "sources", "documents", "reports", "events", "tallies", "corrections", "reviews", "flags")
DETAILS = ("claims", "sources", "documents", "reports", "events", "corrections", "reviews")
SHOWN = 20


@dataclass
class Drilled:
    """What a drill found: of how many backups which took how long, how many answers were compared, what differed."""

    database: str
    restored_into: str
    writers: int
    seconds: float
    writes_while_backing_up: int = 0
    backups: int = 0
    backup_seconds: Times | None = None
    write_milliseconds: Times | None = None
    restore_seconds: float = 0.0
    entries: int = 0
    bytes: int = 0
    answers_compared: int = 0
    trouble: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """Run the drill on both databases, or one; 1 if anything differed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability.backup_drill", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, help="left out: both, each restored into the other kind")
    parser.add_argument("--seconds", type=float, default=20.0, help="for how long people write (20)")
    parser.add_argument("--seed", type=int, default=7, help="what chance begins with")
    parser.add_argument("--details", type=int, help="of each list, ask for so many records singly; left out: for all")
    chosen = parser.parse_args(arguments)
    found = []
    for kind in [chosen.database] if chosen.database else DATABASES:
        other = DATABASES[1 - DATABASES.index(kind)]
        with tempfile.TemporaryDirectory(prefix="backup-drill-") as folder:
            found.append(drill(Path(folder), kind, other, chosen.seconds, chosen.seed, chosen.details))
    print(json.dumps([asdict(one) for one in found], indent=2))
    return 1 if any(one.trouble for one in found) else 0


def drill(
    folder: Path, kind: str, other: str, seconds: float, seed: int, details: int | None = None, writers: int = WRITERS
) -> Drilled:
    """Write, back up meanwhile, restore the last backup into the other kind, and compare all answers."""
    from provenance.ingestion.stories import load_story
    from provenance.storage.backup.restoring import restore
    from provenance.storage.session import migrate

    found = Drilled(kind, other, writers, seconds)
    with _place(folder / "original", kind) as url, _place(folder / "restored", other) as elsewhere:
        migrate(url)
        load_story(url, STORY)
        key = _key(url)
        with _running(url, folder / "original.log", key) as server:
            taken = _written_and_backed_up(server, url, folder, key, seconds, seed, found)
            last = taken[-1]
            started = time.perf_counter()
            restore(last.file, elsewhere)
            found.restore_seconds = round(time.perf_counter() - started, 2)
            found.backups, found.entries, found.bytes = len(taken), last.manifest.entries, last.size
            with _running(elsewhere, folder / "restored.log", key) as restored:
                assert last.manifest.up_to is not None
                _compare(Client(server.port, key), Client(restored.port, key), last.manifest.up_to, details, found)
        found.trouble += _verified(elsewhere)
    return found


def _written_and_backed_up(
    server: Server, url: str, folder: Path, key: str, seconds: float, seed: int, found: Drilled
) -> list[Taken]:
    from provenance.storage.backup.taking import back_up
    from provenance.storage.session import make_engine

    times: list[float] = []
    over = threading.Event()
    threads = [
        threading.Thread(target=_write, args=(server.port, key, f"w{one}", seed + one, over, times, found.trouble))
        for one in range(found.writers)
    ]
    for thread in threads:
        thread.start()
    engine, end = make_engine(url), time.monotonic() + seconds
    taken: list[Taken] = []
    took: list[float] = []
    try:
        while time.monotonic() < end or not taken:
            time.sleep(min(2.0, seconds / 4))
            started, before = time.perf_counter(), len(times)
            taken.append(back_up(engine, folder / f"{len(taken)}.backup"))
            took.append(time.perf_counter() - started)
            found.writes_while_backing_up += len(times) - before
        # There must be more after the last backup, or its moment would be the present.
        time.sleep(1.0)
    finally:
        over.set()
        for thread in threads:
            thread.join()
        engine.dispose()
    found.backup_seconds, found.write_milliseconds = spread(took), spread(times)
    return taken


def _write(
    port: int, key: str, name: str, seed: int, over: threading.Event, times: list[float], trouble: list[str]
) -> None:
    client, day = Client(port, key), Desk(name, random.Random(seed)).day()
    asking = next(day)
    try:
        while not over.is_set():
            is_deed = isinstance(asking, Deed)
            answer = _asked(client, asking) if is_deed else client.get(asking.address)  # type: ignore[arg-type]
            if is_deed:
                times.append(answer.seconds)
            if answer.status in FINE:
                asking = day.send(answer)
            elif answer.status in OVERTAKEN:
                asking = day.throw(Overtaken())
            elif answer.status in (429, 503):
                time.sleep(min(answer.wait, 1.0))
            else:
                trouble.append(f"{asking.address}: {answer}")
                return
    except NoAnswer as broken:
        trouble.append(f"{name}: {broken}")
    finally:
        client.close()


def _asked(client: Client, deed: Deed) -> Answer:
    return client.ask(deed.method, deed.address, deed.body, deed.headers)


def _compare(original: Client, restored: Client, up_to: datetime, details: int | None, found: Drilled) -> None:
    """What the original knew at the moment of the backup, asked of both."""
    moment = quote(up_to.astimezone(UTC).isoformat().replace("+00:00", "Z"))
    for noun in LISTS:
        every = list(_compared_list(original, restored, noun, moment, found))
        # The newest were written while the backup was taken.
        ids = every if details is None else [*every[: details // 2], *every[len(every) - details // 2 :]]
        if noun in DETAILS:
            for one in ids:
                _same(original, restored, f"/v1/{noun}/{one}?known_at={moment}", found)
        if noun == "claims":
            for one in ids:
                _same(original, restored, f"/v1/claims/{one}/trace?known_at={moment}", found)


def _compared_list(original: Client, restored: Client, noun: str, moment: str, found: Drilled) -> Iterator[str]:
    cursor = ""
    while True:
        page = f"/v1/{noun}?known_at={moment}&limit=100{cursor}"
        body = _same(original, restored, page, found)
        if body is None:
            return
        yield from (str(item["id"]) for item in body["items"] if "id" in item)
        if body["next"] is None:
            return
        cursor = f"&cursor={quote(body['next'])}"


def _same(original: Client, restored: Client, asked: str, found: Drilled) -> dict[str, Any] | None:
    one, other = original.get(asked), restored.get(asked)
    found.answers_compared += 1
    if (one.status, one.body) != (other.status, other.body):
        if len(found.trouble) < SHOWN:
            found.trouble.append(f"{asked}: {parted(_whole(one), _whole(other))}")
        return None
    return one.json if one.status == 200 else None


def _whole(answer: Answer) -> str:
    return f"{answer.status} {answer.body.decode(errors='replace')}"


def parted(one: str, other: str) -> str:
    """Two texts from shortly before the first place where they differ.

    >>> parted("the same, and one", "the same, and other")
    "'the same, and one' but restored 'the same, and other'"
    """
    same = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    start = max(0, same - 60)
    return f"{one[start : same + 100]!r} but restored {other[start : same + 100]!r}"


def _verified(url: str) -> list[str]:
    from provenance.cli.verifying import verified
    from provenance.storage.session import make_engine

    engine = make_engine(url)
    try:
        return ["verify finds the restored database wrong"] if verified(engine).is_wrong else []
    finally:
        engine.dispose()


def _key(url: str) -> str:
    from benchmarks.reliability.__main__ import new_key

    return new_key(url)


@contextmanager
def _place(folder: Path, kind: str) -> Iterator[str]:
    folder.mkdir()
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'p.db'}"
    else:
        with postgresql(folder) as server:
            yield server.url


@contextmanager
def _running(url: str, log: Path, key: str) -> Iterator[Server]:
    server = ColdServer(url, log, PROVENANCE_KEY_REQUESTS_PER_MINUTE="1000000")
    server.start()
    try:
        server.ready(key)
        yield server
    finally:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
