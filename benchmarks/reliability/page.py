"""The page of docs/ that shows what the drills found, made from the figures that were kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.reliability.faults import rows

KEPT = Path(__file__).resolve().parent.parent / "results" / "reliability.json"

INTRODUCTION = """# Reliability

Each drill below is a command that anyone can rerun; `make reliability` runs all of them, in a quarter of an hour, and
writes their figures anew. A drill that finds anything exits with 1 and says what. Times depend on the machine and on
what else it does; that nothing is lost does not."""

CRASH = """## Crash

Eight people write claims, reports with hops and figures, changes, corrections, reviews, notes, proposals and merges,
each with an Idempotency-Key, while the server is killed with SIGKILL at random moments, now and then before it is
ready. On PostgreSQL the database crashes as well, under a server that lives. After each restart every change in the
history is held against what was asked: whole, asked for, and there once. Everything that was acknowledged is read
again over HTTP, byte for byte with its version where nothing else may change it, and by all that it states elsewhere.
Whoever got no answer sends the same again. `provenance verify` passes after each restart and in the end."""

LOAD = """## Load

Eight people write and thirty-two read the story of January 2022. Half of the writes add one to a number in the same few
records, each based on the version that was read, so a lost update would be missing from the count. Readers hold the
counts of each trace against its own lists, and what they are told about a moment that is over against what anybody was
told of it before. No other answers than 2xx, 304, 308 and the three that say why nothing was written (409: it is
contradicted, 412: somebody was faster, 429: too many wait) are allowed. All forty ask again as soon as they are
answered, so that the one process that serves them computes without a pause and each waits in a queue: the times are
those of a server that cannot do more. Somebody who asks alone waits 2 to 5 ms for a trace, 5 to 30 ms for a list or a
record, 60 to 160 ms for a page, and a quarter of a second for a change of the claim with most documents."""

BACKUP = """## Backup

Backups are taken while eight people write. The last one is restored into the other kind of database; then both servers
are asked for every list, and for records of each one by one, as of the moment of the backup: each answer must be the
same, byte for byte, and `provenance verify` passes."""

INTERRUPTED = """## Interrupted commands

`provenance migrate` and `provenance restore` are killed with SIGKILL at random moments. What is left must be the old
state or the new one, never anything in between; the same command again must succeed, and leave what it leaves else."""

FAULTS = """## Faults

Each of these is really done to the program: a small disk is filled, a file is moved or damaged, a server is stopped, a
clock is set. A message names the thing and the remedy, nothing that was acknowledged is lost, and nothing half-written
stays."""

FUZZ = """## Fuzz

Schemathesis makes requests from the description of the interface, well-formed ones and broken ones, for every operation
and for chains of them: without a key, with a contributor's and with an admin's. Most references lead to records that
are there, and a third of the changes name the version that is. Every check that Schemathesis has is on: no answer is a
5xx, each has a status, a type and a form that are described, what is broken is refused, what needs a key is refused
without one, and what was deleted is gone. A well-formed request may be refused only in the words, and for the fields,
that `benchmarks/reliability/wanted.py` lists with why no description could foretell it. `make fuzz` runs it, in half an
hour to two, and goes on where it was interrupted."""

CRASHES: Mapping[str, str] = {
    "kills": "kills",
    "kills_at_start": "of them before it was ready",
    "database_crashes": "crashes of the database beside",
    "connections_ended": "connections to it that were ended",
    "acknowledged": "writes acknowledged",
    "in_flight_at_kills": "requests cut off",
    "written_but_unanswered": "writes done and never answered",
    "retried": "writes sent again",
    "replayed": "of them answered as before",
    "told_of_the_change": "of them told where it was written",
    "lost": "lost",
    "double": "there twice",
    "half_written": "half written",
    "answers_read_again": "answers read again",
    "history_entries": "entries of the history",
    "verifications": "verifications",
    "restart_p50": "seconds to restart, median",
    "restart_max": "seconds to restart, longest",
    "duration": "seconds in all",
}
LOADS: Mapping[str, str] = {
    "writers": "writers",
    "readers": "readers",
    "seconds": "seconds",
    "requests": "requests",
    "requests_per_second": "requests a second",
    "writes": "writes",
    "writes_per_second": "writes a second",
    "counted": "counts in shared records",
    "lost_updates": "lost updates",
    "double": "there twice",
    "half_written": "half written",
    "answers_compared": "answers about a moment compared",
    "answers_read_again": "answers read again",
    "server_cores": "processors that the server kept busy",
    "client_cores": "processors that all clients kept busy",
}


BACKUPS: Mapping[str, str] = {
    "restored_into": "restored into",
    "writers": "writers",
    "backups": "backups",
    "writes_while_backing_up": "writes while a backup was taken",
    "restore_seconds": "seconds to restore",
    "entries": "entries of the history",
    "bytes": "bytes of the backup",
    "answers_compared": "answers compared",
}
INTERRUPTIONS: Mapping[str, str] = {
    "migrations_killed": "migrations killed",
    "restorations_killed": "restorations killed",
    "left_as_it_was": "left as it was",
    "done_all_the_same": "done all the same",
    "too_late_to_kill": "done before the kill came",
    "migration_p50": "seconds to migrate, median",
    "restoration_p50": "seconds to restore, median",
}
FUZZED: Mapping[str, str] = {
    "operations": "operations",
    "examples": "requests made up for each, at least",
    "requests": "requests",
    "checks": "checks of their answers",
    "untried": "operations left untried",
    "cut_short": "operations cut short",
    "failures": "answered otherwise than described",
    "minutes": "minutes",
}
DRILLS = (
    ("crash", CRASH, CRASHES),
    ("load", LOAD, LOADS),
    ("backup", BACKUP, BACKUPS),
    ("interrupted", INTERRUPTED, INTERRUPTIONS),
    ("fuzz", FUZZ, FUZZED),
)


def page(kept: Path = KEPT) -> str:
    """The page, from the figures in a file."""
    found: dict[str, dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
    parts = [
        INTRODUCTION,
        _table(
            ("drill", "command", "on", "machine", "found wrong"),
            (
                (name, f"`{one['command']}`", one["on"], one["machine"], len(one["trouble"]))
                for name, one in found.items()
            ),
        ),
        *(part for drill, words, figures in DRILLS for part in _drill(drill, words, figures, found)),
        FAULTS,
        _table(("fault", "a command", "a server", "test"), rows()),
        *(_told(name, one) for name, one in found.items() if one["trouble"]),
        *(_plain(name, one) for name, one in found.items() if name.partition(", ")[0] not in KNOWN),
    ]
    return "\n\n".join(parts)


KNOWN = {drill for drill, _, _ in DRILLS}


def _drill(drill: str, words: str, figures: Mapping[str, str], found: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    drills = _of(found, drill)
    if drills:
        yield words
        yield _side_by_side(figures, drills)
        yield from (_times(name, one) for name, one in drills.items() if "times" in one)


def _of(found: Mapping[str, dict[str, Any]], drill: str) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in found.items() if name.startswith(f"{drill}, ")}


def _side_by_side(rows: Mapping[str, str], drills: Mapping[str, dict[str, Any]]) -> str:
    figures = [(words, *(_shown(one.get(key, "")) for one in drills.values())) for key, words in rows.items()]
    if any("statuses" in one for one in drills.values()):
        figures.append(("answers by status", *(_statuses(one.get("statuses", {})) for one in drills.values())))
    return _table(("", *drills), figures)


def _times(name: str, drill: Mapping[str, Any]) -> str:
    rows = (
        (kind, one["answers"], *(_shown(one[key]) for key in ("p50", "p99", "longest")))
        for kind, one in drill["times"].items()
    )
    return f"{name}, in milliseconds:\n\n" + _table(("", "answers", "p50", "p99", "longest"), rows)


def _told(name: str, drill: Mapping[str, Any]) -> str:
    return "\n".join([f"Wrong in {name}:", "", *(f"- {one}" for one in drill["trouble"])])


def _plain(name: str, drill: Mapping[str, Any]) -> str:
    """A drill of its own kind, by its figures."""
    shown = {key: value for key, value in drill.items() if isinstance(value, (int, float, bool))}
    return f"## {name[:1].upper()}{name[1:]}\n\n" + _table(
        ("figure", ""), ((key.replace("_", " "), _shown(value)) for key, value in shown.items())
    )


def _statuses(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{status}: {number:,}" for status, number in counted.items())


def _shown(value: Any) -> str:
    return f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def _table(heads: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)
