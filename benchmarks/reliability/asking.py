"""A client that knows only HTTP: one connection that stays open, one answer at a time, and no opinion about either."""

from __future__ import annotations

import http.client
import json
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

IDLE = 2.0  # seconds after which a connection is opened anew, for the server closes one on which nothing is asked
PATIENCE = 60.0  # seconds that one answer may take before it counts as none


class NoAnswer(Exception):
    """The connection broke before an answer was complete; ``sent``: the server may have read the request."""

    def __init__(self, why: str, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and after how many seconds. The names of its headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float = 0.0

    @property
    def json(self) -> Json:
        """The body of a JSON answer."""
        read: Json = json.loads(self.body)
        return read

    @property
    def etag(self) -> str | None:
        """The version that it is of."""
        return self.headers.get("etag")

    @property
    def wait(self) -> float:
        """After how many seconds to come again, where it says so."""
        return float(self.headers.get("retry-after", "0.1"))

    def __str__(self) -> str:
        return f"{self.status} {self.body[:300].decode(errors='replace')}"


class Client:
    """Asks one server, on one connection that is opened when it is needed."""

    def __init__(self, port: int, key: str | None = None) -> None:
        self.port = port
        self.key = key
        self._connection: http.client.HTTPConnection | None = None
        self._used = 0.0

    def ask(
        self, method: str, address: str, body: Json | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request and its answer.

        :raises NoAnswer: if the connection is refused or breaks.
        """
        sent = False
        given = {**({"Authorization": f"Bearer {self.key}"} if self.key else {}), **(headers or {})}
        content = None
        if body is not None:
            content = json.dumps(body).encode()
            given["Content-Type"] = "application/json"
        started = time.perf_counter()
        try:
            connection = self._connected()
            sent = True
            connection.request(method, address, content, given)
            response = connection.getresponse()
            read = response.read()
        except (OSError, http.client.HTTPException) as broken:
            self.close()
            raise NoAnswer(f"{method} {address}: {broken!r}", sent) from broken
        seconds = time.perf_counter() - started
        self._used = time.monotonic()
        found = {name.lower(): value for name, value in response.getheaders()}
        if response.will_close:
            self.close()
        return Answer(response.status, found, read, seconds)

    def get(self, address: str) -> Answer:
        """What is read there."""
        return self.ask("GET", address)

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> http.client.HTTPConnection:
        if time.monotonic() - self._used > IDLE:
            self.close()
        if self._connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connection = connection
        return self._connection
