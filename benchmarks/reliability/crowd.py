"""The people of the load drill: writers who count in shared records beside their day's work, and readers who hold each
answer against itself and against what they were told before.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import quote

from benchmarks.reliability.asking import Answer, Client, Json, NoAnswer
from benchmarks.reliability.days import Day, Desk
from benchmarks.reliability.deeds import Deed, Look, Overtaken
from benchmarks.reliability.invariants import contradictions
from benchmarks.reliability.ledger import Ledger

COUNTED = 0.5  # share of writes that count
FINE = frozenset({200, 201, 204, 304, 308})
# What somebody may be told who was too late, or too many: nothing was written, and they know what to do.
OVERTAKEN = frozenset({409, 412})
TOLD = OVERTAKEN | {429}
WORDS = ("dozens", "police", "Tokayev", "Interior Ministry", "killed in Almaty", "ликвидированы", "164")
NOUNS = {"claims": "claim", "sources": "source", "events": "event"}


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
            ("/v1/claims.csv", "/v1/figures.csv", f"/v1/claims/{claim}/provenance", "/v1/tallies.parquet")
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


def number_in(note: str | None) -> int:
    """What was counted to so far.

    >>> number_in("Counted 12"), number_in("Read with care."), number_in(None)
    (12, 0, 0)
    """
    first, _, number = (note or "").partition(" ")
    return int(number) if first == "Counted" else 0
