"""The crash drill: clients write while the server is killed at random moments, and all that it promised must be there.

Each life of the server ends with SIGKILL: in the midst of answers, of a checkpoint, or of its own start; on PostgreSQL
the database crashes now and then, or ends single connections, under a server that lives. Then everything that was
acknowledged is read again, every change in the history is held against what was asked, and whoever got no answer asks
the same once more.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from statistics import median
from threading import Thread

from benchmarks.reliability.asking import Answer, Client, NoAnswer
from benchmarks.reliability.days import Day, Desk
from benchmarks.reliability.deeds import Deed, Look
from benchmarks.reliability.invariants import verified
from benchmarks.reliability.ledger import Ledger
from benchmarks.reliability.servers import Postgresql, Server

WRITERS = 8
LONGEST = 2.0  # seconds that a server lives at most after it was ready
AT_START = 0.15  # share of lives that end before the server is ready
DATABASE_TOO = 0.2  # share of lives in which the database crashes as well, where it is a server
CONNECTIONS_TOO = 0.4  # share of lives in which it loses connections, most of them in the midst of their work


class Refused(Exception):
    """A write was refused that had to be taken."""


@dataclass
class Writer:
    """Goes through a day, and asks again whatever got no answer."""

    day: Day
    client: Client
    ledger: Ledger
    asking: Look | Deed | None = None
    statuses: Counter[int] = field(default_factory=Counter)
    retried: int = 0
    replayed: int = 0
    told: int = 0
    refused: str | None = None
    cut_off: bool = False

    def write(self) -> None:
        """Write until the server is gone."""
        self.cut_off = False
        again = isinstance(self.asking, Deed)
        try:
            while True:
                if self.asking is None:
                    self.asking = next(self.day)
                answer = self._asked(self.asking, again)
                if answer is None:
                    again = True
                    continue
                self.asking, again = self.day.send(answer), False
        except NoAnswer as broken:
            self.cut_off = broken.sent and isinstance(self.asking, Deed)
        except Refused as refused:
            self.refused = str(refused)

    def _told(self, deed: Deed, answer: Answer) -> Answer:
        """The change that a write made, where its own answer was lost with the server and only the change is known."""
        change = self.client.get(answer.headers["location"])
        if deed.about is None or change.status != 200 or change.json["why"] != deed.token:
            return answer
        self.told += 1
        return change

    def finish(self) -> None:
        """Have the answer to what is still asked, and ask nothing more."""
        try:
            while isinstance(self.asking, Deed):
                if self._asked(self.asking, again=True) is not None:
                    self.asking = None
        except Refused as refused:
            self.refused = str(refused)

    def _asked(self, asking: Look | Deed, again: bool) -> Answer | None:
        if isinstance(asking, Look):
            answer = self.client.get(asking.address)
        else:
            self.retried += again
            self.ledger.asks(asking)
            answer = self.client.ask(asking.method, asking.address, asking.body, asking.headers)
        self.statuses[answer.status] += 1
        if isinstance(asking, Deed) and answer.status == 409 and "location" in answer.headers:
            answer = self._told(asking, answer)
        if answer.status in (429, 503) or (answer.status == 409 and "retry-after" in answer.headers):
            # Nothing is promised yet: the same is asked again, with the same key.
            time.sleep(min(answer.wait, 1.0))
            return None
        if answer.status >= 300:
            named = asking.token if isinstance(asking, Deed) else asking.address
            raise Refused(f"{named}{', asked again' if again else ''}: {answer}")
        if isinstance(asking, Deed):
            self.replayed += answer.headers.get("idempotent-replayed") == "true"
            self.ledger.acknowledges(asking, answer)
        return answer


@dataclass(frozen=True, slots=True)
class Survived:
    """What a crash drill found; ``trouble`` is empty where every promise was kept. Times are in seconds."""

    database: str
    kills: int
    kills_at_start: int
    database_crashes: int
    connections_ended: int
    writers: int
    acknowledged: int
    in_flight_at_kills: int
    written_but_unanswered: int
    retried: int
    replayed: int
    told_of_the_change: int
    double: int
    lost: int
    half_written: int
    answers_read_again: int
    history_entries: int
    statuses: dict[int, int]
    verifications: int
    restart_p50: float
    restart_max: float
    duration: float
    seed: int
    trouble: list[str]


@dataclass
class Drill:
    """One crash drill, under way."""

    server: Server
    ledger: Ledger
    key: str
    seed: int
    postgresql: Postgresql | None = None
    restarts: list[float] = field(default_factory=list)
    kills: int = 0
    at_start: int = 0
    in_flight: int = 0
    landed: int = 0
    verifications: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.writers = [
            Writer(
                Desk(f"w{number}-{self.seed}", random.Random(self.seed * 1000 + number)).day(),
                Client(self.server.port, self.key),
                self.ledger,
            )
            for number in range(WRITERS)
        ]

    def run(self, kills: int, longest: float = LONGEST) -> Survived:
        """Kill the server so many times, and see each time what is left."""
        started = time.perf_counter()
        while self.kills < kills:
            self._start()
            self._look()
            self._verify()
            self._live(self.random.uniform(0, longest))
        self._start()
        self._look()
        self._let_finish()
        self._look(everything=True)
        self.server.stop()
        self._verify()
        return self._survived(time.perf_counter() - started)

    def _start(self) -> None:
        """Start the server until it is ready; now and then it is killed before."""
        while True:
            self.server.start()
            if self.restarts and self.random.random() < AT_START:
                time.sleep(self.random.uniform(0, 1.1 * median(self.restarts)))
                self.server.kill()
                self.kills += 1
                self.at_start += 1
                continue
            self.restarts.append(self.server.ready(self.key))
            return

    def _live(self, seconds: float) -> None:
        threads = [Thread(target=writer.write) for writer in self.writers if writer.refused is None]
        for thread in threads:
            thread.start()
        if self.postgresql is not None:
            self._disturb(self.postgresql, seconds / 2)
        time.sleep(seconds)
        self.server.kill()
        self.kills += 1
        for thread in threads:
            thread.join()
        self.in_flight += sum(writer.cut_off for writer in self.writers)

    def _disturb(self, database: Postgresql, after: float) -> None:
        chance = self.random.random()
        if chance < DATABASE_TOO:
            time.sleep(after)
            database.crash()
        elif chance < DATABASE_TOO + CONNECTIONS_TOO:
            time.sleep(after)
            database.end_connections(self.random.randint(1, 4))

    def _let_finish(self) -> None:
        """Let everybody have the answer to what they still ask, and stop."""
        for writer in self.writers:
            if writer.refused is None:
                writer.finish()

    def _look(self, everything: bool = False) -> None:
        unanswered = [writer.asking for writer in self.writers if isinstance(writer.asking, Deed)]
        landed = self.ledger.check_history(unanswered)
        self.landed += len(landed)
        client = Client(self.server.port, self.key)
        self.ledger.read_again(client, landed, None if everything else self.random)
        client.close()

    def _verify(self) -> None:
        self.verifications += 1
        self.ledger.trouble += verified(self.ledger.database_url)

    def _survived(self, seconds: float) -> Survived:
        statuses: Counter[int] = Counter()
        for writer in self.writers:
            statuses += writer.statuses
            writer.client.close()
            if writer.refused is not None:
                self.ledger.trouble.append(f"refused: {writer.refused}")
        return Survived(
            database="sqlite" if self.ledger.database_url.startswith("sqlite") else "postgresql",
            kills=self.kills,
            kills_at_start=self.at_start,
            database_crashes=0 if self.postgresql is None else self.postgresql.crashes,
            connections_ended=0 if self.postgresql is None else self.postgresql.ended,
            writers=len(self.writers),
            acknowledged=len(self.ledger.acknowledged),
            in_flight_at_kills=self.in_flight,
            written_but_unanswered=self.landed,
            retried=sum(writer.retried for writer in self.writers),
            replayed=sum(writer.replayed for writer in self.writers),
            told_of_the_change=sum(writer.told for writer in self.writers),
            double=self.ledger.double,
            lost=self.ledger.lost,
            half_written=self.ledger.half,
            answers_read_again=self.ledger.read_back,
            history_entries=self.ledger.entries,
            statuses=dict(sorted(statuses.items())),
            verifications=self.verifications,
            restart_p50=round(median(self.restarts), 2),
            restart_max=round(max(self.restarts), 2),
            duration=round(seconds, 1),
            seed=self.seed,
            trouble=self.ledger.trouble,
        )
