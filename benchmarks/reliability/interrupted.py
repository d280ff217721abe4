"""The drill of interruptions: `provenance migrate` and `provenance restore` are killed with SIGKILL in their midst.

Afterwards the database is as it was or as it becomes, whole, never in between; and the same command again succeeds.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from benchmarks.reliability.invariants import verified
from benchmarks.reliability.servers import Postgresql, WarmServer

OLDEST = "20261122_sign_ranges_and_merge"  # the schema from which it is migrated again and again
ATTEMPTS = 4  # times as many tries as kills are wanted: some come too late
PATIENCE = 120.0
DONE = 0
# The name of each table, with its rows: what a migration or a restoration changes, and cannot change by half.
State = Mapping[str, int]


@dataclass
class Interrupted:
    """What the drill found. ``left_as_it_was`` and ``done_all_the_same`` together are the kills."""

    database: str
    kills: int = 0
    migrations_killed: int = 0
    restorations_killed: int = 0
    left_as_it_was: int = 0
    done_all_the_same: int = 0
    too_late_to_kill: int = 0
    migration_p50: float = 0.0
    restoration_p50: float = 0.0
    seed: int = 0
    trouble: list[str] = field(default_factory=list)


class Command(WarmServer):
    """One command of `provenance`, in a process of its own, started as often as it takes."""

    def __init__(self, url: str, log: Path, *words: str) -> None:
        super().__init__(url, log)
        self.words = [*words]
        self.times: list[float] = []

    @property
    def command(self) -> list[str]:
        """The words behind `provenance`."""
        return self.words

    def whole(self) -> int | None:
        """Run it to its end; its exit code."""
        began = time.perf_counter()
        self.start()
        self._process.join(PATIENCE)
        self.times.append(time.perf_counter() - began)
        code: int | None = self._process.exitcode
        return code

    def cut_off(self, after: float) -> bool:
        """Kill it after so many seconds; whether it was still at work."""
        self.start()
        time.sleep(after)
        at_work = self.running()
        self.kill()
        return at_work


@dataclass
class Interruption:
    """A command, the database that it works on, and how that is made as it was before."""

    command: Command
    url: str
    prepare: Callable[[], None]
    found: Interrupted
    chance: random.Random

    def run(self, kills: int) -> int:
        """Kill the command so many times, and look each time what is left; how often it was killed."""
        self.prepare()
        before = state(self.url)
        self._must_succeed()
        after, flaws = state(self.url), verified(self.url)
        self._again(before)
        killed = tries = 0
        while killed < kills and tries < kills * ATTEMPTS:
            tries += 1
            self._prepare_unless(before)
            if self.command.cut_off(self.chance.uniform(0.1, 0.95) * min(self.command.times)):
                killed += 1
                self._look(before, after)
            else:
                self.found.too_late_to_kill += 1
        self._again(before)
        if (state(self.url), verified(self.url)) != (after, flaws):
            self.found.trouble.append(f"{self.command.words}: what it makes after kills is not what it makes else")
        return killed

    def _again(self, before: State) -> None:
        self._prepare_unless(before)
        self._must_succeed()

    def _prepare_unless(self, before: State) -> None:
        if state(self.url) != before:
            self.prepare()

    def _look(self, before: State, after: State) -> None:
        left = state(self.url)
        if left == before:
            self.found.left_as_it_was += 1
        elif left == after:
            self.found.done_all_the_same += 1
        else:
            odd = dict(sorted(set(left.items()) - set(before.items()) - set(after.items())))
            self.found.trouble.append(f"{self.command.words}: what is left is neither old nor new: {odd}")

    def _must_succeed(self) -> None:
        code = self.command.whole()
        if code != DONE:
            said = self.command.log.read_text(errors="replace")[-500:]
            self.found.trouble.append(f"{self.command.words} ended with {code}: {said}")


def interrupt(url: str, folder: Path, postgresql: Postgresql | None, kills: int, seed: int, story: Path) -> Interrupted:
    """Kill migrations of a database that holds a story, and restorations of its backup into another one."""
    from provenance.ingestion.stories import load_story
    from provenance.storage.backup.taking import back_up
    from provenance.storage.session import make_engine, unmigrate

    found, chance = Interrupted("sqlite" if postgresql is None else "postgresql", seed=seed), random.Random(seed)
    load_story(url, story)
    engine = make_engine(url)
    back_up(engine, folder / "whole.backup")
    engine.dispose()
    elsewhere = _place(folder, postgresql)
    migrating = Command(url, folder / "migrate.log", "migrate")
    found.migrations_killed = Interruption(migrating, url, lambda: unmigrate(url, OLDEST), found, chance).run(kills)
    restoring = Command(elsewhere, folder / "restore.log", "restore", str(folder / "whole.backup"))
    found.restorations_killed = Interruption(restoring, elsewhere, lambda: _empty(elsewhere), found, chance).run(kills)
    found.kills = found.migrations_killed + found.restorations_killed
    found.migration_p50, found.restoration_p50 = (round(median(one.times), 2) for one in (migrating, restoring))
    if found.kills < kills:
        found.trouble.append(f"only {found.kills} kills came in time, so hardly anything was tried")
    return found


def state(url: str) -> State:
    """Each table with the number of its rows, and the version of the schema; empty where there is no database."""
    from provenance.storage.session import database_url

    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").exists():
        return {}
    engine = sa.create_engine(parsed, poolclass=sa.NullPool)
    with engine.connect() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        counted = {name: connection.scalar(sa.text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}
        if "alembic_version" in counted:
            version = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
            counted[f"version {version}"] = 1
    return counted


def _place(folder: Path, postgresql: Postgresql | None) -> str:
    return f"sqlite:///{folder / 'restored.db'}" if postgresql is None else postgresql.new_database("restored")


def _empty(url: str) -> None:
    from provenance.storage.session import database_url

    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        file = Path(parsed.database or "")
        for beside in ("", "-wal", "-shm"):
            file.with_name(file.name + beside).unlink(missing_ok=True)
        return
    engine = sa.create_engine(parsed, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
