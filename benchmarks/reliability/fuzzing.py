"""One operation of the API, asked what its description allows and what it forbids, in process; what it answered that it
must not is told.

Schemathesis makes the requests from the OpenAPI of the app and holds each answer against it: every check that it has is
on. Where one is narrowed, the reason stands beside it.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any

from benchmarks.reliability.ground import MEANT, Ground, app_on
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
    phases: tuple[str, ...] = PHASES

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
    GROUND[:] = [ground]
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


GROUND: list[Ground] = []  # what the process asks about; what Schemathesis calls is the process's, too


@cache
def _hold_to_our_manners() -> None:
    """Let requests that are about something else get past the door and find what they refer to, and know a refusal
    that nobody could foretell.
    """
    import schemathesis
    from schemathesis.core.parameters import ParameterLocation

    told = count()

    @schemathesis.hook
    def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
        if case.meta is None:
            return
        turn, ground = next(told), GROUND[-1]
        if not case.meta.is_negative_at(ParameterLocation.BODY) and turn % 4:
            case.body = referring(case.body, ground.ids, turn)
        if not case.meta.is_negative_at(ParameterLocation.QUERY) and "cursor" in case.query and turn % 8:
            del case.query["cursor"]
        if not case.meta.is_negative_at(ParameterLocation.HEADER):
            case.headers.pop("Provenance-Author", None)
            if "Idempotency-Key" in case.headers:
                case.headers["Idempotency-Key"] = f"{os.getpid()} {turn}"
            if "If-Match" in case.headers and turn % 3:
                case.headers["If-Match"] = _version(case, ground) if turn % 3 == 1 else "*"

    @schemathesis.hook
    def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
        match type(failure).__name__, response.status_code:
            case "RejectedPositiveData", 422:
                return not is_beyond_a_schema(response.text)
            case "IgnoredAuth", 429:
                # Whoever tries one key after the other is told to wait, and no longer whether one of them opens.
                return False
            case _:
                return True


def referring(said: Any, ids: Mapping[str, tuple[str, ...]], turn: int, kind: str = "") -> Any:
    """A body whose references lead to records that are there; which ones, each turn says anew."""
    match said:
        case dict():
            return {name: referring(one, ids, turn, MEANT.get(name, "")) for name, one in said.items()}
        case list():
            return (
                list(dict.fromkeys(referring(one, ids, turn + place, kind) for place, one in enumerate(said)))
                if (kind and all(isinstance(one, str) for one in said))
                else [referring(one, ids, turn, kind) for one in said]
            )
        case str() if ids.get(f"{kind}_id"):
            some = ids[f"{kind}_id"]
            return some[turn % len(some)]
        case _:
            return said


def _version(case: Any, ground: Ground) -> str:
    """The ETag of what a change is about, or the star where there is none."""
    from starlette.testclient import TestClient

    headers = {"Authorization": f"Bearer {ground.keys['admin']}"}
    client = TestClient(app_on(ground.database), headers=headers, raise_server_exceptions=False)
    return str(client.get(case.formatted_path, follow_redirects=False).headers.get("ETag", "*"))


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
                    f"query.{word}": {"dictionary": f"{kind}_id", "probability": GIVEN}
                    for word, kind in MEANT.items()
                    if f"{kind}_id" in lists
                },
            },
            "generation": {"max-examples": task.examples, "database": "none", "no-shrink": True},
            "checks": {name: {"expected-statuses": list(statuses)} for name, statuses in EXPECTED.items()},
            "phases": {
                **{name: {"enabled": not chained and name in task.phases} for name in PHASES},
                "stateful": {"enabled": chained, "max-steps": AT_ONCE},
            },
        }
    )
