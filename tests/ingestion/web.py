"""A Web of our own for tests of fetching: hosts, their addresses and what they answer; nothing leaves the process.

Each attempt to connect is written down, so that a test can say which addresses were ever asked.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpcore

from provenance.ingestion.fetching import Fetcher
from provenance.settings import Settings

PUBLIC = "93.184.215.14"
NO_ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
Served = bytes | Iterable[bytes] | Callable[[], Iterable[bytes]]


class FakeClock:
    """A clock that stands still until somebody sleeps or waits for bytes."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return datetime(2022, 1, 6, 12, tzinfo=UTC) + timedelta(seconds=self.seconds)


class FakeStream(httpcore.NetworkStream):
    """A connection: reads the request, then gives what is served at its path."""

    def __init__(self, web: FakeWeb) -> None:
        self.web = web
        self.sent = b""
        self.answers: Iterator[bytes] = iter(())
        self.rest = b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.sent += buffer
        if self.sent.endswith(b"\r\n\r\n"):
            self.web.requests.append(self.sent)
            self.answers, self.sent = self.web.served_for(self.sent), b""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self.rest:
            self.web.clock.seconds += self.web.seconds_a_read
            if timeout is not None and self.web.seconds_a_read > timeout:
                raise httpcore.ReadTimeout("timed out")
            self.rest = next(self.answers, b"")
        part, self.rest = self.rest[:max_bytes], self.rest[max_bytes:]
        return part

    def close(self) -> None:
        self.answers = iter(())

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self.web.secured.append(server_hostname)
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


class FakeWeb(httpcore.NetworkBackend):
    """Hosts with their addresses, and pages by ``host/path``; it is resolver and transport at once."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.hosts: dict[str, list[list[str]]] = {}
        self.pages: dict[str, Served] = {}
        self.connected: list[str] = []
        self.looked_up: list[str] = []
        self.requests: list[bytes] = []
        self.secured: list[str | None] = []
        self.seconds_a_read = 0.0

    def host(self, name: str, *answers: Sequence[str]) -> None:
        """A host; each look-up gets the next of its answers, and the last one ever after."""
        self.hosts[name] = [list(answer) for answer in answers] or [[PUBLIC]]

    def page(self, where: str, content: Served, content_type: str = "text/html", *headers: str) -> None:
        """A page at ``host/path`` that is answered whole, with its true length."""
        self.host_unless_known(where.partition("/")[0])
        assert isinstance(content, bytes)
        self.pages[where] = answer(content, f"Content-Type: {content_type}", *headers)

    def raw(self, where: str, served: Served) -> None:
        """What is answered at ``host/path``, byte for byte; an iterable comes piece by piece."""
        self.host_unless_known(where.partition("/")[0])
        self.pages[where] = served

    def redirect(self, where: str, to: str) -> None:
        self.raw(where, f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())

    def host_unless_known(self, name: str) -> None:
        if name not in self.hosts:
            self.host(name)

    def resolve(self, host: str) -> list[str]:
        self.looked_up.append(host)
        if host not in self.hosts:
            raise OSError("Name or service not known")
        answers = self.hosts[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def fetcher(self, **settings: Any) -> Fetcher:
        return Fetcher(Settings(**settings), resolver=self.resolve, transport=self, clock=self.clock)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append(host)
        return FakeStream(self)

    def served_for(self, request: bytes) -> Iterator[bytes]:
        line, _, rest = request.partition(b"\r\n")
        path = line.split(b" ")[1].decode()
        host = next(each[6:] for each in rest.decode().split("\r\n") if each.lower().startswith("host: "))
        served = self.pages.get(host + path, NO_ROBOTS)
        found = served() if callable(served) else served
        return iter([found] if isinstance(found, bytes) else found)

    def asked(self) -> list[str]:
        """What was asked for, as ``path``, robots.txt left out."""
        paths = [request.split(b" ")[1].decode() for request in self.requests]
        return [path for path in paths if path != "/robots.txt"]


def answer(content: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """A whole answer with its true length."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content
