"""Servers under test: each a process of its own on a free port of this machine, kept off the client's core."""

from __future__ import annotations

import os
import re
import selectors
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds that a server may take to answer for the first time
ANNOUNCED = re.compile(rb"Serving on http://127\.0\.0\.1:(\d+)")

ALLOWED = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER_CORE, CLIENT_CORE = ALLOWED[:2] if len(ALLOWED) > 1 else (None, None)


class NotServing(Exception):
    """A server did not start; the message says what it wrote."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    name: str
    pid: int
    port: int

    def cpu_seconds(self) -> float | None:
        """What its threads have computed so far; None where the system does not tell (it is Linux that does)."""
        try:
            used = [thread.read_text().split()[0] for thread in Path(f"/proc/{self.pid}/task").glob("*/schedstat")]
        except OSError:
            return None
        return sum(map(int, used)) / 1e9 if used else None


@contextmanager
def serving(name: str, command: Sequence[str | Path]) -> Iterator[Server]:
    """The server that this command starts, until the block is left.

    :raises NotServing: if it does not say within a minute where it listens.
    """
    with tempfile.TemporaryFile() as said:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
        process = subprocess.Popen(
            [str(word) for word in command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=said
        )
        try:
            _pin(process.pid, SERVER_CORE)
            yield Server(name, process.pid, _port(name, process, said))
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def peer(module: str, *arguments: str | Path, python: str | Path = sys.executable) -> list[str | Path]:
    """The command that serves one of the peers."""
    return [python, "-m", f"benchmarks.peers.{module}", *arguments]


def ours(file: Path) -> list[str | Path]:
    """The command that serves our API over a file, as a user does."""
    return [sys.executable, "-m", "provenance", "serve", "--port", "0", "--database", f"sqlite:///{file}"]


def pin_client() -> str:
    """Keep this process on one core and the servers on another; says in words what was done."""
    if CLIENT_CORE is None:
        return "client and servers share the cores as the system likes"
    _pin(0, CLIENT_CORE)
    return f"client on core {CLIENT_CORE}, servers on core {SERVER_CORE}"


def _pin(pid: int, core: int | None) -> None:
    if core is not None:
        os.sched_setaffinity(pid, {core})


def _port(name: str, process: subprocess.Popen[bytes], said: IO[bytes]) -> int:
    heard = b""
    until = time.monotonic() + PATIENCE
    assert process.stdout is not None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < until and selector.select(until - time.monotonic()):
            piece = os.read(process.stdout.fileno(), 4096)
            heard += piece
            if found := ANNOUNCED.search(heard):
                return int(found[1])
            if not piece:
                break
    said.seek(0)
    raise NotServing(
        f"{name} did not start: {said.read().decode(errors='replace').strip()[-500:] or 'it said nothing'}"
    )
