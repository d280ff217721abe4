"""Runs the drills and keeps their figures: ``python -m benchmarks.reliability crash`` and its sisters."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.reliability import fuzz
from benchmarks.reliability.crash import LONGEST, Drill, Survived
from benchmarks.reliability.interrupted import Interrupted, interrupt
from benchmarks.reliability.ledger import Ledger
from benchmarks.reliability.load import STORY, Borne, bear
from benchmarks.reliability.page import KEPT
from benchmarks.reliability.servers import ColdServer, Postgresql, Server, WarmServer, postgresql

if TYPE_CHECKING:
    from benchmarks.reliability.backup_drill import Drilled

    Drills = Survived | Borne | Drilled | Interrupted

SHOWN = 20  # troubles that are told; more say the same
BACKED_UP = 20.0  # seconds for which people write while backups are taken
SINGLY = 20  # records of each list that are asked for singly, of both servers; and all lists, page by page
DRILLS = ("crash", "load", "backup", "interrupted")
INTERRUPTIONS = 10  # of migrations, and as many of restorations
DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str] | None = None) -> int:
    """Run one kind of drill or all, on one database or both; 1 if anything was not as it must be."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["fuzz"]:
        return fuzz.main(given[1:])
    chosen = _options(given)
    trouble = False
    for drill in DRILLS if chosen.drill == "all" else (chosen.drill,):
        for database in [chosen.database] if chosen.database else DATABASES:
            print(f"{drill} on {database} ...", file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(prefix="drill-") as folder:
                figures = asdict(_drilled(drill, database, Path(folder), chosen))
            trouble = trouble or bool(figures["trouble"])
            told = [f"{one:.600}" for one in figures["trouble"][:SHOWN]]
            more = len(figures["trouble"]) - SHOWN
            figures["trouble"] = [*told, f"and {more:,} more"] if more > 0 else told
            print(json.dumps({"drill": drill, **figures}, indent=2), flush=True)
            if chosen.keep:
                keep(f"{drill}, {database}", figures)
    return 1 if trouble else 0


def _drilled(drill: str, database: str, folder: Path, chosen: argparse.Namespace) -> Drills:
    if drill == "backup":
        from benchmarks.reliability.backup_drill import drill as backed_up

        # Restored into the other kind, which must answer the same.
        other = next(kind for kind in DATABASES if kind != database)
        return backed_up(folder, database, other, BACKED_UP, chosen.seed, SINGLY)
    with _database(database, folder) as (url, server):
        if drill == "crash":
            return crash(url, folder, server, chosen.kills, chosen.seed, chosen.warm, chosen.life)
        if drill == "interrupted":
            return interrupt(url, folder, server, min(INTERRUPTIONS, chosen.kills), chosen.seed, STORY)
        return load(url, folder, chosen.seconds, chosen.seed, chosen.warm)


def crash(
    url: str,
    folder: Path,
    postgresql: Postgresql | None,
    kills: int,
    seed: int,
    warm: bool = False,
    life: float = LONGEST,
) -> Survived:
    """A crash drill on a fresh migrated database."""
    key = new_key(url)
    server = started(url, folder, warm)
    try:
        return Drill(server, Ledger(url), key, seed, postgresql).run(kills, life)
    finally:
        server.kill()


def load(
    url: str, folder: Path, seconds: float, seed: int, warm: bool = False, story: Path = STORY, **crowd: int
) -> Borne:
    """A load drill on a fresh migrated database, into which a story is loaded first."""
    from provenance.ingestion.stories import load_story

    load_story(url, story)
    key = new_key(url)
    server = started(url, folder, warm)
    server.start()
    try:
        server.ready(key)
        return bear(server, url, key, seconds, seed, **crowd)
    finally:
        server.kill()


def started(url: str, folder: Path, warm: bool) -> Server:
    """A server to start, with its log in the folder."""
    return (WarmServer if warm else ColdServer)(url, folder / "server.log")


def new_key(url: str) -> str:
    """The key of an admin."""
    from provenance.storage.access import KeyCreate
    from provenance.storage.session import make_engine, writing
    from provenance.storage.writes.access import create_key
    from provenance.vocabulary import Role

    engine = make_engine(url)
    try:
        with writing(engine) as session:
            return create_key(session, KeyCreate(name="A drill", role=Role.ADMIN), "a drill")[1]
    finally:
        engine.dispose()


def keep(name: str, figures: dict[str, Any]) -> None:
    """Put the figures of one drill into the file that docs/reliability.md is made from."""
    held = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    made = {"on": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine(), "command": command(), **figures}
    held[name] = made
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(dict(sorted(held.items())), indent=2) + "\n", encoding="utf-8")


def machine() -> str:
    """What it ran on, in words."""
    load = f", load average {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}{load}"


def command() -> str:
    """What was typed."""
    return " ".join(["python -m benchmarks.reliability", *sys.argv[1:]])


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[tuple[str, Postgresql | None]]:
    from provenance.storage.session import migrate

    if kind == "sqlite":
        url = f"sqlite:///{folder / 'drill.db'}"
        migrate(url)
        yield url, None
    else:
        with postgresql(folder) as server:
            migrate(server.url)
            yield server.url, server


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reliability", description=__doc__)
    parser.add_argument(
        "drill", choices=(*DRILLS, "all"), help="kill the server, crowd it, back it up meanwhile, or interrupt it"
    )
    parser.add_argument("--database", choices=DATABASES, help="on one of them; left out: on both, one after the other")
    parser.add_argument("--kills", type=int, default=50, help="how often it is killed (50)")
    parser.add_argument(
        "--life",
        type=float,
        default=LONGEST,
        help=f"seconds that a server lives at most before it is killed ({LONGEST})",
    )
    parser.add_argument("--seconds", type=float, default=60.0, help="for how long it is crowded (60)")
    parser.add_argument("--seed", type=int, default=int(time.time()) % 100_000, help="what chance begins with")
    parser.add_argument("--warm", action="store_true", help="start servers from a process that is warm already")
    parser.add_argument("--keep", action="store_true", help="write the figures to benchmarks/results/reliability.json")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
