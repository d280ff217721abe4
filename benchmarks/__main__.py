"""What is compared: the trace of a claim with an empty endpoint, Datasette and an ORM, in one run on one machine.

All servers run at once, each alone under load in its turn; short rounds go A B C D, A B C D, so that what else the
machine does falls on all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from textwrap import shorten
from typing import Any

from benchmarks.data import ClaimAsked, prepare
from benchmarks.load import Target, Unexpected, ask, fetch
from benchmarks.results import Comparison, Measured, faster, table
from benchmarks.servers import NotServing, Server, ours, peer, pin_client, serving

TRACE, UNCHANGED, EMPTY, FILLED = "trace", "trace, unchanged (304)", "empty", "empty, as long"
STORED, ROWS, ORM = "datasette, stored", "datasette, rows", "orm"
AT_LEAST = {EMPTY: 0.8, "datasette": 4.0}
WARM_UP = 0.4  # seconds on each target before the first round
BUSY = 1.0  # load average from which on a run is worth little: client and server need a core each
# What is compared with each other follows each other; the ORM comes last, for its answers are the slowest to finish.
ORDER = (EMPTY, TRACE, STORED, ROWS, FILLED, UNCHANGED, ORM)


@dataclass(frozen=True)
class Case:
    """One thing to ask, of one server, and where the results go."""

    server: Server
    target: Target
    measured: Measured


def main() -> int:
    """Run the benchmark; 1 only if something could not be measured, for slow is not broken."""
    options = _options()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        file, claims = prepare(Path(folder))
        for claim in claims:
            size = f"{claim.nodes} nodes, {claim.reports} reports, {len(claim.trace)} bytes"
            print(f"{claim.label} ({size}): {shorten(claim.text, 60, placeholder=' ...')}")
        pinned = pin_client()
        print(f"{pinned}; {options.connections} connections, {options.rounds} rounds of {options.seconds:g} s each")
        load = os.getloadavg()[0]
        cases, missing = _cases(running, file, claims, options.datasette)
        cases.sort(key=lambda case: ORDER.index(case.measured.endpoint))
        _measure(cases, options)
    measured = [case.measured for case in cases]
    comparisons = _comparisons(measured, missing)
    print(*_table(measured), "", *comparisons, sep="\n")
    print(f"\nload before the servers started {load:.2f}; took {time.perf_counter() - started:.0f} s")
    if load > BUSY:
        print(
            "The machine was busy with something else: rates are too low and ratios uncertain. Repeat when it is quiet."
        )
    if options.out is not None:
        options.out.write_text(
            json.dumps(_kept(measured, comparisons, load, pinned), indent=2) + "\n", encoding="utf-8"
        )
    return 1 if missing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="rounds on each target (11)")
    parser.add_argument("--seconds", type=float, default=0.6, help="length of a round (0.6)")
    parser.add_argument("--connections", type=int, default=32, help="open connections (32)")
    parser.add_argument("--out", type=Path, help="write the results to this file, as JSON")
    parser.add_argument(
        "--datasette",
        type=Path,
        default=Path(".venv-bench", "bin", "python"),
        help="the Python that has Datasette (.venv-bench/bin/python, which `make bench` makes)",
    )
    return parser.parse_args()


def _cases(
    running: ExitStack, file: Path, claims: list[ClaimAsked], datasette: Path
) -> tuple[list[Case], dict[str, str]]:
    """Start the servers and check what they answer; also says which comparison cannot be made, and why."""
    product = running.enter_context(serving("our API", ours(file)))
    sizes = [str(len(claim.trace)) for claim in claims]
    empty = running.enter_context(serving("the empty endpoint", peer("empty", *sizes)))
    orm = running.enter_context(serving("the ORM endpoint", peer("orm", file)))
    cases = [_case(empty, EMPTY, "", "/empty")]
    for claim in claims:
        traced = _case(product, TRACE, claim.label, f"/v1/claims/{claim.public_id}/trace", expected=claim.trace)
        mapped = _case(orm, ORM, claim.label, f"/claims/{claim.public_id}")
        found = len(json.loads(fetch(mapped.target))["reports"])
        if found != claim.reports:
            raise Unexpected(f"the ORM endpoint shows {found} reports, the trace {claim.reports}")
        filled = _case(empty, FILLED, claim.label, f"/filled/{len(claim.trace)}")
        cases += [traced, _unchanged(product, claim), filled, mapped]
    try:
        return cases + _canned(running, file, claims, datasette), {}
    except (NotServing, OSError) as absent:
        return cases, {"datasette": f"{absent}. Run `make bench`, which installs it."}


def _canned(running: ExitStack, file: Path, claims: list[ClaimAsked], python: Path) -> list[Case]:
    server = running.enter_context(serving("Datasette", peer("canned_query", file, python=python.absolute())))
    cases = []
    for claim in claims:
        base = f"/{file.stem}/{{}}.json?id={claim.public_id}&_shape="
        stored = _case(server, STORED, claim.label, base.format("trace") + "arrayfirst")
        rows = _case(server, ROWS, claim.label, base.format("rows") + "array")
        if json.loads(fetch(stored.target))[0].encode() != claim.trace:
            raise Unexpected("Datasette's canned query does not send the trace that is stored")
        found = len({row["report"] for row in json.loads(fetch(rows.target))})
        if found != claim.reports:
            raise Unexpected(f"Datasette's rows show {found} reports, the trace {claim.reports}")
        cases += [stored, rows]
    return cases


def _case(server: Server, endpoint: str, claim: str, path: str, expected: bytes | None = None) -> Case:
    body = fetch(Target(server.port, path))
    if expected is not None and body != expected:
        raise Unexpected(f"{server.name} does not answer {path} with what is stored")
    return Case(server, Target(server.port, path, length=len(body)), Measured(endpoint, claim, len(body)))


def _unchanged(server: Server, claim: ClaimAsked) -> Case:
    path = f"/v1/claims/{claim.public_id}/trace"
    target = Target(server.port, path, status=304, length=0, headers=("If-None-Match: *",))
    return Case(server, target, Measured(UNCHANGED, claim.label, 0))


def _measure(cases: list[Case], options: argparse.Namespace) -> None:
    for case in cases:
        ask(case.target, seconds=WARM_UP, connections=options.connections)
    for number in range(1, options.rounds + 1):
        print(f"round {number} of {options.rounds}", file=sys.stderr)
        for case in cases:
            before = case.server.cpu_seconds()
            one = ask(case.target, seconds=options.seconds, connections=options.connections)
            after = case.server.cpu_seconds()
            case.measured.rounds.append(one)
            if before is not None and after is not None:
                case.measured.cpu.append((after - before) / len(one.latencies))


def _comparisons(measured: list[Measured], missing: dict[str, str]) -> list[Comparison]:
    traces = {one.claim: one for one in measured if one.endpoint == TRACE}
    [empty] = [one for one in measured if one.endpoint == EMPTY]
    others = {EMPTY: dict.fromkeys(traces, empty), "datasette": _datasette(measured)}
    others[ORM] = {one.claim: one for one in measured if one.endpoint == ORM}
    return [
        Comparison(
            other,
            AT_LEAST.get(other),
            {claim: traces[claim].ratio(its) for claim, its in per_claim.items()},
            {claim: times for claim, its in per_claim.items() if (times := traces[claim].cpu_ratio(its)) is not None},
            missing.get(other),
        )
        for other, per_claim in others.items()
    ]


def _datasette(measured: list[Measured]) -> dict[str, Measured]:
    """For each claim the faster of the two canned queries: what is compared is the best that Datasette does."""
    stored = {one.claim: one for one in measured if one.endpoint == STORED}
    rows = {one.claim: one for one in measured if one.endpoint == ROWS}
    return {claim: faster(stored[claim], rows[claim]) for claim in stored}


def _table(measured: list[Measured]) -> list[str]:
    [empty] = [one for one in measured if one.endpoint == EMPTY]
    return table(measured, empty, _datasette(measured))


def _kept(measured: list[Measured], comparisons: list[Comparison], load: float, pinned: str) -> dict[str, Any]:
    packages = ("fastapi", "starlette", "uvicorn", "uvloop", "httptools", "sqlmodel", "sqlalchemy")
    return {
        "machine": {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()},
        "load_before": round(load, 2),
        "cores": pinned,
        "versions": {name: version(name) for name in packages},
        "comparisons": [one.as_json() for one in comparisons],
        "measured": [one.as_json() for one in measured],
    }


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (NotServing, Unexpected) as failed:
        sys.exit(f"The benchmark cannot be run: {failed}")
