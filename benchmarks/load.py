"""A client that asks one address as fast as the server answers, so small that the server is what is measured.

It speaks just enough HTTP/1.1: one request at a time on each of a few connections that stay open. Of each answer it
checks the status and the size, having read it whole; what answers say is compared once, before the rounds.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import Protocol, cast

import uvloop

# The largest answers fit, so that most arrive in one piece and cost the client little.
BUFFER = 256 * 1024
LONGEST_HEAD = 4096
PATIENCE = 30.0  # seconds that answers under way may take after the round is over
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)


class Unexpected(Exception):
    """A server answered otherwise than it must, or not at all."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked, and the answer that is expected; ``length`` is the size of the body in bytes."""

    port: int
    path: str
    status: int = 200
    length: int | None = None
    headers: tuple[str, ...] = ()

    @property
    def request(self) -> bytes:
        """The request as it is sent."""
        lines = (f"GET {self.path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept: application/json", *self.headers)
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True, slots=True)
class Round:
    """What one round on one target gave: the seconds it took, and each answer's latency in nanoseconds."""

    seconds: float
    latencies: list[int]

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.latencies) / self.seconds


def ask(target: Target, *, seconds: float, connections: int = 8, most: int = 100_000) -> Round:
    """Ask on so many connections for so many seconds, but about so many times at most.

    :raises Unexpected: if any answer is not the expected one.
    """
    return uvloop.run(_asked(Asking(target, seconds, most), connections))


def fetch(target: Target) -> bytes:
    """The body of one answer; raises as :func:`ask` does."""
    asking = Asking(target, seconds=PATIENCE, most=1, keep=True)
    uvloop.run(_asked(asking, 1))
    return asking.body


@dataclass(slots=True)
class Asking:
    """One round under way: what its connections share."""

    target: Target
    seconds: float
    most: int
    keep: bool = False
    until: float = 0.0
    latencies: list[int] = field(default_factory=list)
    body: bytes = b""

    def more(self) -> bool:
        """Whether another request may be sent."""
        return len(self.latencies) < self.most and time.perf_counter() < self.until


async def _asked(asking: Asking, connections: int) -> Round:
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    asking.until = start + asking.seconds
    over = [loop.create_future() for _ in range(connections)]
    try:
        async with asyncio.timeout(asking.seconds + PATIENCE):
            for done in over:
                connection = Connection(asking, done)
                await loop.create_connection(lambda made=connection: made, "127.0.0.1", asking.target.port)  # type: ignore[misc]
            await asyncio.gather(*over)
    except (OSError, TimeoutError) as failed:
        raise Unexpected(f"{asking.target.path}: no answer ({failed or 'timeout'})") from failed
    return Round(time.perf_counter() - start, asking.latencies)


class Body(Protocol):
    """Reads a body as it arrives."""

    size: int

    def feed(self, data: bytes | memoryview) -> bool:
        """Take what has arrived; True when the body is complete."""


class Announced:
    """A body whose size stands in the head; it is counted and not copied."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.missing = size

    def feed(self, data: bytes | memoryview) -> bool:
        """Take what has arrived; True when the body is complete."""
        self.missing -= len(data)
        if self.missing < 0:
            raise Unexpected("more bytes arrived than were announced")
        return self.missing == 0


class Chunked:
    """A body in chunks, each preceded by its size."""

    def __init__(self) -> None:
        self.size = 0
        self.pending = bytearray()

    def feed(self, data: bytes | memoryview) -> bool:
        """Take what has arrived; True when the body is complete."""
        self.pending += data
        while (line := self.pending.find(b"\r\n")) >= 0:
            chunk = int(self.pending[:line], 16)
            end = line + 2 + chunk + 2
            if len(self.pending) < end:
                return False
            del self.pending[:end]
            self.size += chunk
            if chunk == 0:
                return True
        return False


class Connection(asyncio.BufferedProtocol):
    """One open connection: as soon as an answer is complete the next request goes out."""

    def __init__(self, asking: Asking, done: asyncio.Future[None]) -> None:
        self.asking = asking
        self.done = done
        self.request = asking.target.request
        self.buffer = memoryview(bytearray(BUFFER))
        self.head = b""
        self.body: Body | None = None
        self.sent = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first request."""
        # uvloop's transport is one in deed, not by class.
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def get_buffer(self, _: int) -> memoryview:
        """Where what arrives is put."""
        return self.buffer

    def buffer_updated(self, count: int) -> None:
        """Read what has arrived."""
        try:
            self._arrived(self.buffer[:count])
        except (Unexpected, ValueError) as wrong:
            self._finish(Unexpected(f"{self.asking.target.path}: {wrong}"))

    def connection_lost(self, error: Exception | None) -> None:
        """A server that hangs up before the end has failed."""
        self._finish(Unexpected(f"{self.asking.target.path}: the connection was lost ({error or 'closed'})"))

    def _ask(self) -> None:
        self.head, self.body = b"", None
        self.sent = time.perf_counter_ns()
        self.transport.write(self.request)

    def _arrived(self, data: memoryview) -> None:
        if self.body is None:
            before = len(self.head)
            self.head += bytes(data[:LONGEST_HEAD])
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                if len(self.head) >= LONGEST_HEAD:
                    raise Unexpected("the head of the answer does not end")
                return
            self.body = self._begin(self.head[:end])
            data = data[end + 4 - before :]
        if self.asking.keep:
            self.asking.body += data
        if self.body.feed(data):
            self._answered(self.body.size)

    def _begin(self, head: bytes) -> Body:
        if not head.startswith(b"HTTP/1.1 %d " % self.asking.target.status):
            raise Unexpected(f"expected status {self.asking.target.status}, got {head[:60]!r}")
        named = LENGTH.search(head)
        if named is not None:
            return Announced(int(named[1]))
        return Chunked() if CHUNKED.search(head) else Announced(0)

    def _answered(self, size: int) -> None:
        expected = self.asking.target.length
        if expected is not None and size != expected:
            raise Unexpected(f"expected {expected} bytes, got {size}")
        self.asking.latencies.append(time.perf_counter_ns() - self.sent)
        if self.asking.more():
            self._ask()
        else:
            if isinstance(self.body, Chunked):
                self.asking.body = _joined(self.asking.body)
            self._finish(None)

    def _finish(self, wrong: Unexpected | None) -> None:
        if self.done.done():
            return
        if wrong is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(wrong)
        self.transport.close()


def _joined(chunks: bytes) -> bytes:
    body = b""
    while chunks:
        size, _, rest = chunks.partition(b"\r\n")
        length = int(size, 16)
        body, chunks = body + rest[:length], rest[length + 2 :]
    return body
