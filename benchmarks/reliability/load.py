"""The load drill: many write and read the real story at once, and every answer and every number must still be right.

Writers count in the notes of the same few records, each number based on the version that was read, so that an update
that was lost would be missing from the count; beside it they do what a desk does all day. Readers ask for traces,
lists, search, pages, moments and exports. In the end it is counted, verified, and read again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

from benchmarks.reliability.asking import Client
from benchmarks.reliability.crowd import Crowd, Held, LoadedReader, LoadedWriter, number_in
from benchmarks.reliability.figures import Times, spread
from benchmarks.reliability.invariants import verified
from benchmarks.reliability.ledger import Ledger
from benchmarks.reliability.servers import Server

STORY = Path(__file__).resolve().parent.parent.parent / "fixtures" / "stories" / "kazakhstan-2022"
WRITERS, READERS = 8, 32


@dataclass(frozen=True, slots=True)
class Borne:
    """What a load drill found; ``trouble`` is empty where every answer was right."""

    database: str
    writers: int
    readers: int
    seconds: float
    requests: int
    requests_per_second: float
    writes: int
    writes_per_second: float
    statuses: dict[int, int]
    counted: int
    lost_updates: int
    double: int
    half_written: int
    answers_compared: int
    answers_read_again: int
    times: dict[str, Times]
    client_cores: float
    server_cores: float
    seed: int
    trouble: list[str]


def bear(
    server: Server,
    url: str,
    key: str,
    seconds: float,
    seed: int,
    writers: int = WRITERS,
    readers: int = READERS,
) -> Borne:
    """Let them all loose on a server that is ready, over a database that holds the story; then count."""
    asking = Client(server.port, key)
    held = _held(asking)
    counted_in = _counted_in(held)
    before = {address: number_in(asking.get(address).json[name]) for address, name in counted_in}
    ledger = Ledger(url)
    crowd = Crowd(time.monotonic() + seconds)
    writing = [
        LoadedWriter(f"l{n}-{seed}", Client(server.port, key), ledger, crowd, counted_in, held.event, seed * 100 + n)
        for n in range(writers)
    ]
    # Every other reader is nobody in particular.
    reading = [
        LoadedReader(Client(server.port, key if n % 2 else None), crowd, held, seed * 1000 + n) for n in range(readers)
    ]
    started, own, its = time.perf_counter(), time.process_time(), server.cpu_seconds()
    threads = [Thread(target=one.run) for one in writing] + [Thread(target=one.run) for one in reading]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    own, its = time.process_time() - own, server.cpu_seconds() - its
    lost = _lost(asking, counted_in, before, writing, crowd)
    ledger.check_history([])
    ledger.read_again(asking)
    for address in crowd.remembered:
        crowd.same_as_ever(address, asking.get(address).body)
    asking.close()
    server.stop()
    answers = sum(crowd.statuses.values())
    written = sum(one.written for one in writing)
    return Borne(
        database="sqlite" if url.startswith("sqlite") else "postgresql",
        writers=writers,
        readers=readers,
        seconds=round(took, 1),
        requests=answers,
        requests_per_second=round(answers / took, 1),
        writes=written,
        writes_per_second=round(written / took, 1),
        statuses=dict(sorted(crowd.statuses.items())),
        counted=sum(sum(one.counts.values()) for one in writing),
        lost_updates=lost,
        double=ledger.double,
        half_written=ledger.half,
        answers_compared=crowd.compared,
        answers_read_again=ledger.read_back,
        times={kind: spread(found) for kind, found in sorted(_grouped(crowd.times).items())},
        client_cores=round(own / took, 2),
        server_cores=round(its / took, 2),
        seed=seed,
        trouble=[*crowd.trouble, *ledger.trouble, *verified(url)],
    )


def _lost(
    asking: Client,
    counted_in: Sequence[tuple[str, str]],
    before: Mapping[str, int],
    writing: Sequence[LoadedWriter],
    crowd: Crowd,
) -> int:
    lost = 0
    for address, name in counted_in:
        acknowledged = sum(one.counts[address] for one in writing)
        reached = number_in(asking.get(address).json[name]) - before[address]
        if reached != acknowledged:
            lost += abs(acknowledged - reached)
            crowd.wrong(f"{address}: {acknowledged} counts were acknowledged, and {reached} are there")
    return lost


def _grouped(times: Mapping[str, list[float]]) -> dict[str, list[float]]:
    """Each kind, and all reads and all writes together."""
    every: dict[str, list[float]] = {"all reads": [], "all writes": []}
    for kind, found in times.items():
        every["all writes" if kind.startswith("write:") else "all reads"] += found
    return {**times, **{kind: found for kind, found in every.items() if found}}


def _held(asking: Client) -> Held:
    def ids(address: str) -> list[str]:
        return [item["id"] for item in asking.get(address).json["items"]]

    largest = asking.get("/v1/claims?sort=-documents&limit=50").json["items"]
    return Held(
        claims=[item["id"] for item in largest],
        sources=ids("/v1/sources?limit=50"),
        documents=ids("/v1/documents?limit=50"),
        reports=ids("/v1/reports?limit=50"),
        event=largest[0]["event"],
        moment=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
    )


def _counted_in(held: Held) -> list[tuple[str, str]]:
    return [
        (f"/v1/claims/{held.claims[0]}", "note"),
        (f"/v1/claims/{held.claims[1]}", "note"),
        (f"/v1/sources/{held.sources[0]}", "note"),
        (f"/v1/events/{held.event}", "description"),
    ]
