"""One operation of the API, asked what its description allows and what it forbids, in process; what it answered that it
must not is told.

Schemathesis makes the requests from the OpenAPI of the app and holds each answer against it: every check that it has is
on. Where one is narrowed, the reason stands beside it.
"""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.reliability.wanted import AT_ONCE, EXPECTED, is_beyond_a_schema

EVERYTHING = "one after the other"  # the operation that stands for all of them, chained by what each answers
NOBODY = "nobody"
PHASES = ("examples", "coverage", "fuzzing")
LONGEST = 600.0  # seconds for one operation; then the rest of it is left out, and that is told
GIVEN = 0.5  # share of ids in addresses that lead to something


@dataclass(frozen=True, slots=True)
class Task:
    """One operation (``GET /v1/claims``), asked by whoever has the key of a role, or none."""

    operation: str
    role: str
    examples: int
    seed: int

    @property
    def name(self) -> str:
        """What it is called among others."""
        return f"{self.role}: {self.operation}"


@dataclass
class Found:
    """What came of it: how many requests, their answers by status, and what was wrong with which."""

    task: str
    requests: int = 0
    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)
    cut_short: bool = False
    trouble: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Found:
        """What was kept as JSON, in which every key is a text."""
        return cls(**{**kept, "statuses": {int(status): number for status, number in kept["statuses"].items()}})

    def __str__(self) -> str:
        wrong = f"{len(self.trouble)} wrong" if self.trouble else "sound"
        return f"{self.task}: {self.requests} requests in {self.seconds} s, {wrong}"


@dataclass(frozen=True, slots=True)
class Ground:
    """A database to ask about, with a key for each role and the ids of what is there by the name of a parameter."""

    database: Path
    keys: Mapping[str, str]
    ids: Mapping[str, tuple[str, ...]]

    def again(self, folder: Path) -> Ground:
        """The same, on a database of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        return Ground(Path(shutil.copy(self.database, folder / "fuzzed.db")), self.keys, self.ids)


def fuzz(task: Task, ground: Ground) -> Found:
    """Ask one operation, or all of them one after the other."""
    import schemathesis
    from schemathesis.engine import events, from_schema

    found, started = Found(task.name), time.monotonic()
    schema: Any = schemathesis.openapi.from_asgi("/openapi.json", app_on(ground.database), config=_config(task, ground))
    if task.operation != EVERYTHING:
        method, path = task.operation.split(" ", 1)
        schema = schema.include(path=path, method=method)
    _hold_to_our_manners()
    stream = from_schema(schema).execute()
    for event in stream:
        if time.monotonic() - started > LONGEST:
            found.cut_short = True
            stream.stop()
        match event:
            case events.ScenarioFinished(recorder=recorder):
                _count(recorder, found)
            case events.NonFatalError(value=error) | events.FatalError(exception=error):
                found.trouble.append(f"{task.operation}: could not be tried: {error}")
    found.trouble = list(dict.fromkeys(found.trouble))
    found.seconds = round(time.monotonic() - started, 1)
    return found


@cache
def _hold_to_our_manners() -> None:
    """Let requests that are about something else get past the door, and know a refusal that nobody could foretell."""
    import schemathesis
    from schemathesis.core.parameters import ParameterLocation

    told = count()

    @schemathesis.hook
    def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        if case.meta is None or case.meta.is_negative_at(ParameterLocation.HEADER):
            return
        case.headers.pop("Provenance-Author", None)
        if "Idempotency-Key" in case.headers:
            case.headers["Idempotency-Key"] = f"{os.getpid()} {next(told)}"
        if "If-Match" in case.headers and next(told) % 3:
            case.headers["If-Match"] = "*"
        if "cursor" in case.query and not case.meta.is_negative_at(ParameterLocation.QUERY) and next(told) % 8:
            del case.query["cursor"]

    @schemathesis.hook
    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        if type(failure).__name__ != "RejectedPositiveData" or response.status_code != 422:
            return True
        return not is_beyond_a_schema(response.text)


APPS: dict[Path, Any] = {}


def app_on(database: Path) -> Any:
    """The app on a database, once in each process; it delivers no message."""
    from api.app import create_app
    from provenance.settings import Settings

    if database not in APPS:
        APPS[database] = create_app(Settings(database_url=f"sqlite:///{database}", hooks_delivered_here=False))
    return APPS[database]


def nowhere(host: str, *_: object, **__: object) -> list[Any]:
    """What a name leads to while addresses are made up: to nothing.

    :raises OSError: always.
    """
    raise socket.gaierror(socket.EAI_NONAME, f"{host} leads nowhere here.")


def _count(recorder: Any, found: Found) -> None:
    for case, interaction in recorder.interactions.items():
        found.requests += 1
        if interaction.response is not None:
            status = int(interaction.response.status_code)
            found.statuses[status] = found.statuses.get(status, 0) + 1
        for check in recorder.checks.get(case, ()):
            found.checks[check.name] = found.checks.get(check.name, 0) + 1
            if check.failure_info is not None:
                found.trouble.append(_told(check, interaction))


def _told(check: Any, interaction: Any) -> str:
    failure, request, response = check.failure_info.failure, interaction.request, interaction.response
    body = (request.body or b"")[:600].decode(errors="replace")
    answered = "" if response is None else f"{response.status_code} {response.content[:500].decode(errors='replace')}"
    said = " ".join(failure.message.split())[:500]
    return f"{check.name}: {request.method} {request.uri[:600]} {body} → {answered} · {failure.title}: {said}"


def _config(task: Task, ground: Ground) -> Any:
    from schemathesis.config import SchemathesisConfig

    chained = task.operation == EVERYTHING
    lists = {name: list(ids) for name, ids in ground.ids.items()}
    return SchemathesisConfig.from_dict(
        {
            "seed": task.seed,
            "suppress-health-check": ["all"],
            "continue-on-failure": True,
            "headers": {"Authorization": f"Bearer {ground.keys[task.role]}"} if task.role != NOBODY else {},
            "dictionaries": {name: {"values": values} for name, values in lists.items()},
            "parameters": {
                **{f"path.{name}": {"dictionary": name, "probability": GIVEN} for name in lists},
                **{
                    f"{where}.{word}": {"dictionary": f"{word}_id", "probability": GIVEN}
                    for word in REFERENCES
                    for where in ("query", "body")
                },
            },
            "generation": {"max-examples": task.examples, "database": "none", "no-shrink": True},
            "checks": {name: {"expected-statuses": list(statuses)} for name, statuses in EXPECTED.items()},
            "phases": {
                **{name: {"enabled": not chained} for name in PHASES},
                "stateful": {"enabled": chained, "max-steps": AT_ONCE},
            },
        }
    )


def prepared(folder: Path, story: Path) -> Ground:
    """A database with a story, one record of each kind that the story lacks, and a key for each role."""
    from starlette.testclient import TestClient

    from provenance.ingestion.stories import load_story
    from provenance.storage.session import migrate
    from provenance.vocabulary import Role

    database = folder / "prepared.db"
    url = f"sqlite:///{database}"
    migrate(url)
    load_story(url, story)
    keys = {role.value: _key(url, role) for role in Role}
    with TestClient(app_on(database), headers={"Authorization": f"Bearer {keys[Role.ADMIN.value]}"}) as client:
        ids: dict[str, list[str]] = defaultdict(list)
        for entry in _history(client):
            if len(ids[entry["noun"]]) < SOME:
                ids[entry["noun"]].append(entry["record"])
    del APPS[database]
    given = {f"{PARAMETERS.get(noun, noun)}_id": tuple(some) for noun, some in ids.items()}
    return Ground(database, keys, {**given, "record_id": tuple(one for some in given.values() for one in some)})


REFERENCES = ("claim", "source", "document", "event", "tally", "report", "figure")
SOME = 8  # records of each kind that addresses lead to
PARAMETERS = {"source_name": "name"}


def _history(client: Any) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = client.get(f"/v1/history?limit=100{cursor}").json()
        yield from page["items"]
        if page["next"] is None:
            return
        cursor = f"&cursor={page['next']}"


def _key(url: str, role: Any) -> str:
    from provenance.storage.access import KeyCreate
    from provenance.storage.session import make_engine, writing
    from provenance.storage.writes.access import create_key

    engine = make_engine(url)
    try:
        with writing(engine) as session:
            return create_key(session, KeyCreate(name=f"One {role.value}", role=role), "a drill")[1]
    finally:
        engine.dispose()
