"""The load drill: many write and read the real story at once, and every answer and every number must still be right.

Writers count in the notes of the same few records, each number based on the version that was read, so that an update
that was lost would be missing from the count; beside it they do what a desk does all day. Readers ask for traces, lists,
search, pages, moments and exports, and hold each answer against itself and against what they were told before.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Thread
from urllib.parse import quote

from benchmarks.reliability.asking import Answer, Client, Json, NoAnswer
from benchmarks.reliability.deeds import Day, Deed, Desk, Look, Overtaken
from benchmarks.reliability.figures import Times, spread
from benchmarks.reliability.invariants import contradictions, verified
from benchmarks.reliability.ledger import Ledger
from benchmarks.reliability.servers import Server

STORY = Path(__file__).resolve().parent.parent.parent / "fixtures" / "stories" / "kazakhstan-2022"
WRITERS, READERS = 8, 32
COUNTED = 0.5  # share of writes that count
FINE = frozenset({200, 201, 204, 304, 308})
# What somebody may be told who was too late, or too many: nothing was written, and they know what to do.
OVERTAKEN = frozenset({409, 412})
TOLD = OVERTAKEN | {429}
WORDS = ("dozens", "police", "Tokayev", "Interior Ministry", "killed in Almaty", "ликвидированы", "164")


@dataclass(frozen=True, slots=True)
class Held:
    """What the story holds, to be asked for."""

    claims: Sequence[str]
    sources: Sequence[str]
    documents: Sequence[str]
    reports: Sequence[str]
    event: str
    moment: str


@dataclass
class Crowd:
    """What all threads of a drill share: until when, what came back, and what was wrong."""

    until: float
    statuses: Counter[int] = field(default_factory=Counter)
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    trouble: list[str] = field(default_factory=list)
    remembered: dict[str, bytes] = field(default_factory=dict)
    compared: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def over(self) -> bool:
        """Whether it is time to go."""
        return time.monotonic() > self.until

    def heard(self, kind: str, answer: Answer, asked: str) -> None:
        """Count an answer, and note it if nobody should ever get it."""
        with self._lock:
            self.statuses[answer.status] += 1
            self.times[kind].append(answer.seconds)
            if answer.status not in FINE | TOLD:
                self.trouble.append(f"{asked}: {answer}")

    def wrong(self, what: str) -> None:
        """Note something that must not be."""
        with self._lock:
            self.trouble.append(what)

    def same_as_ever(self, asked: str, body: bytes) -> None:
        """Hold an answer about a moment that is over against what anybody was told of it before."""
        with self._lock:
            before = self.remembered.setdefault(asked, body)
            self.compared += before is not body
        if before != body:
            self.wrong(f"{asked} answered otherwise than before: {body[:200]!r}, not {before[:200]!r}")


@dataclass
class LoadedWriter:
    """Counts in shared records, and does a day's work beside it."""

    name: str
    client: Client
    ledger: Ledger
    crowd: Crowd
    counted_in: Sequence[tuple[str, str]]
    event: str
    seed: int
    counts: Counter[str] = field(default_factory=Counter)
    written: int = 0

    def run(self) -> None:
        """Write until it is time to go."""
        chance = random.Random(self.seed)
        day = Desk(self.name, random.Random(self.seed), event=self.event).day()
        asking = next(day)
        numbers = count(1)
        try:
            while not self.crowd.over:
                if chance.random() < COUNTED:
                    self._count(*chance.choice(self.counted_in), f"{self.name} +{next(numbers)}")
                else:
                    asking = self._work(day, asking)
        except NoAnswer as broken:
            self.crowd.wrong(f"{self.name} got no answer: {broken}")
        finally:
            self.client.close()

    def _work(self, day: Day, asking: Look | Deed) -> Look | Deed:
        if isinstance(asking, Look):
            answer = self.client.get(asking.address)
            self.crowd.heard("read before a write", answer, asking.address)
        else:
            answer = self._done(asking, asking.kind)
        if answer.status in FINE:
            return day.send(answer)
        if answer.status in OVERTAKEN:
            return day.throw(Overtaken())
        time.sleep(min(answer.wait, 1.0))
        return asking

    def _count(self, address: str, name: str, token: str) -> None:
        """Add one to the number in a field of a record, based on the version that was read."""
        held = self.client.get(address)
        self.crowd.heard("read before a write", held, address)
        if held.status != 200:
            return
        number = number_in(held.json[name])
        deed = Deed(
            token,
            "count",
            "PATCH",
            address,
            {name: f"Counted {number + 1}"},
            {("changed", NOUNS[address.split("/")[2]]): 1},
            address,
            held.etag,
        )
        if self._done(deed, "count").status == 200:
            self.counts[address] += 1

    def _done(self, deed: Deed, kind: str) -> Answer:
        self.ledger.asks(deed)
        answer = self.client.ask(deed.method, deed.address, deed.body, deed.headers)
        self.crowd.heard(f"write: {kind}", answer, f"{deed.method} {deed.address} for {deed.token}")
        if answer.status in FINE:
            self.written += 1
            self.ledger.acknowledges(deed, answer)
        return answer


@dataclass
class LoadedReader:
    """Asks one thing after the other, and holds each answer against itself and against earlier ones."""

    client: Client
    crowd: Crowd
    held: Held
    seed: int
    tags: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        """Read until it is time to go."""
        chance = random.Random(self.seed)
        kinds: dict[Callable[[random.Random], None], int] = {
            self._trace: 30,
            self._list: 20,
            self._detail: 15,
            self._search: 8,
            self._page: 12,
            self._as_of: 4,
            self._known_at: 8,
            self._match: 2,
            self._export: 1,
        }
        try:
            while not self.crowd.over:
                chance.choices(list(kinds), list(kinds.values()))[0](chance)
        except NoAnswer as broken:
            self.crowd.wrong(f"a reader got no answer: {broken}")
        finally:
            self.client.close()

    def _trace(self, chance: random.Random) -> None:
        address = f"/v1/claims/{chance.choice(self.held.claims)}/trace"
        known = {"If-None-Match": self.tags[address]} if address in self.tags else {}
        answer = self._asked("trace", address, known)
        if answer.status == 200:
            self.tags[address] = answer.etag or ""
            for found in contradictions(answer.json):
                self.crowd.wrong(f"{address} contradicts itself: {found}")

    def _list(self, chance: random.Random) -> None:
        claim = chance.choice(self.held.claims)
        address = chance.choice(
            (
                "/v1/claims?limit=50",
                "/v1/figures?limit=50&flag=unverified_figure",
                f"/v1/reports?claim={claim}&limit=50",
                "/v1/sources?limit=50",
                "/v1/documents?limit=50",
                "/v1/history?limit=20",
                f"/v1/flags?claim={claim}",
            )
        )
        answer = self._asked("list", address)
        if answer.status == 200:
            ids = [item["id"] for item in answer.json["items"] if "id" in item]
            if len(ids) != len(set(ids)):
                self.crowd.wrong(f"{address} names a record twice on one page")

    def _detail(self, chance: random.Random) -> None:
        noun = chance.choice(("claims", "sources", "documents", "reports"))
        self._asked("detail", f"/v1/{noun}/{chance.choice(getattr(self.held, noun))}")

    def _search(self, chance: random.Random) -> None:
        self._asked("search", f"/v1/search?q={quote(chance.choice(WORDS))}")

    def _page(self, chance: random.Random) -> None:
        claim, source = chance.choice(self.held.claims), chance.choice(self.held.sources)
        words = quote(chance.choice(WORDS))
        pages = ("/", f"/claims/{claim}", f"/sources/{source}", f"/search?q={words}", "/flags", "/claims", "/history")
        self._asked("page", chance.choice(pages))

    def _as_of(self, chance: random.Random) -> None:
        day = chance.randint(5, 20)
        self._asked("as_of", f"/v1/claims/{chance.choice(self.held.claims)}/trace?as_of=2022-01-{day:02}")

    def _known_at(self, chance: random.Random) -> None:
        # Few addresses, so that many ask the same.
        claim = chance.choice(self.held.claims[:5])
        moment = self.held.moment
        address = chance.choice(
            (
                f"/v1/claims/{claim}/trace?known_at={moment}",
                f"/v1/claims/{claim}/trace?known_at={moment}&as_of=2022-01-08",
                f"/v1/claims/{claim}?known_at={moment}",
                f"/v1/reports?claim={claim}&known_at={moment}",
            )
        )
        answer = self._asked("known_at", address)
        if answer.status == 200:
            self.crowd.same_as_ever(address, answer.body)

    def _match(self, chance: random.Random) -> None:
        self._asked("match", "/v1/match", method="POST", body={"text": "Dozens of attackers were killed in Almaty."})

    def _export(self, chance: random.Random) -> None:
        claim = chance.choice(self.held.claims)
        address = chance.choice(
            ("/v1/claims.csv", "/v1/figures.csv", f"/v1/claims/{claim}/provenance", f"/v1/tallies.parquet")
        )
        self._asked("export", address)

    def _asked(
        self,
        kind: str,
        address: str,
        headers: Mapping[str, str] | None = None,
        method: str = "GET",
        body: Json | None = None,
    ) -> Answer:
        answer = self.client.ask(method, address, body, headers)
        self.crowd.heard(kind, answer, f"{method} {address}")
        if answer.status == 429:
            time.sleep(min(answer.wait, 1.0))
        return answer


@dataclass(frozen=True, slots=True)
class Borne:
    """What a load drill found; ``trouble`` is empty where every answer was right. Seconds, unless it says otherwise."""

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
    threads = [Thread(target=one.run) for one in (*writing, *reading)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    own, its = time.process_time() - own, server.cpu_seconds() - its
    lost = _lost(asking, counted_in, before, writing, crowd)
    ledger.check_history([])
    ledger.read_again(asking)
    for address, body in crowd.remembered.items():
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


def number_in(note: str | None) -> int:
    """What was counted to so far.

    >>> number_in("Counted 12"), number_in("Read with care."), number_in(None)
    (12, 0, 0)
    """
    first, _, number = (note or "").partition(" ")
    return int(number) if first == "Counted" else 0


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


NOUNS = {"claims": "claim", "sources": "source", "events": "event"}
