"""Receivers of messages: one as somebody else would run it, a small HTTP server in a thread, and one in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Condition, Thread
from typing import Any

from sqlalchemy import Engine

from provenance.exchange.hooks.delivering import Deliverer
from provenance.ingestion.fetching.posting import Posted
from provenance.storage.record import now
from tests.api.telling import Api, Json

PATIENCE = 20.0  # seconds


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """What came, in order, and what the next requests are answered with: status and headers; then 204."""

    url: str = ""
    came: list[Received] = field(default_factory=list)
    answers: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    changed: Condition = field(default_factory=Condition)

    def wait_for(self, number: int) -> list[Received]:
        """What came, once it is this many; the test fails if it takes too long."""
        with self.changed:
            arrived = self.changed.wait_for(lambda: len(self.came) >= number, PATIENCE)
            assert arrived, f"{len(self.came)} of {number} messages came"
            return list(self.came)


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver on a free port of this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            with receiver.changed:
                status, headers = receiver.answers.pop(0) if receiver.answers else (204, {})
                receiver.came.append(Received(self.path, dict(self.headers), body))
                receiver.changed.notify_all()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *told: object) -> None:
            """Nobody reads it."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join(PATIENCE)


@dataclass
class Post:
    """A receiver in memory: what was posted, and what it answers; then 204."""

    answers: list[int | Posted] = field(default_factory=list)
    posted: list[tuple[Mapping[str, str], Json]] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    meanwhile: list[Callable[[], object]] = field(default_factory=list)  # what happens before it answers

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        self.posted.append((headers, json.loads(body)))
        self.urls.append(url)
        self.bodies.append(body)
        if self.meanwhile:
            self.meanwhile.pop(0)()
        answer = self.answers.pop(0) if self.answers else 204
        return Posted(answer, {}) if isinstance(answer, int) else answer

    @property
    def types(self) -> list[str]:
        return [body["type"] for _, body in self.posted]

    @property
    def rules(self) -> list[str]:
        return [body["data"]["flag"]["rule"] for _, body in self.posted if "flag" in body["data"]]


@dataclass
class Clock:
    """A clock that is put forward by hand."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return now() + self.ahead


def deliverer(api: Api, post: Any, clock: Clock | None = None, most: int = 8) -> Deliverer:
    return Deliverer(engine_of(api), post, "https://claims.example", most, clock or Clock())


def engine_of(api: Api) -> Engine:
    engine: Engine = api.app.state.engine
    return engine
