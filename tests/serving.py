"""A real server on a free port of this machine, for browsers and the clients of others: in a thread, since starting a
process takes seconds."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from api.app import create_app
from provenance.settings import Settings
from tests.keys import Keyed

PATIENCE = 30  # seconds
IDLE: list[FastAPI] = []
"""Apps whose servers have stopped: one that is put together anew takes a third of a second to serve its first page, and
an app holds nothing of its own between two servers."""


@contextmanager
def served(database_url: str, port: int = 0, *, keyed: bool = True, **chosen: Any) -> Iterator[str]:
    """The address under which the app on a database is served until the end, without a slash behind it.

    Port 0: any that is free. ``keyed``: whoever asks without a key is given one. ``chosen`` are further settings.

    :raises OSError: if the port is taken.
    :raises RuntimeError: if the server does not start.
    """
    app = _app(Settings(database_url=database_url, **chosen))
    asked: ASGIApp = Keyed(app, database_url) if keyed else app
    server = uvicorn.Server(uvicorn.Config(asked, http="httptools", log_level="warning", server_header=False))
    with socket.create_server(("127.0.0.1", port)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            _wait_for(server, thread)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            if not thread.is_alive():
                IDLE.append(app)


def _app(settings: Settings) -> FastAPI:
    app = IDLE.pop() if IDLE else create_app(settings)
    app.state.settings = settings
    return app


def _wait_for(server: uvicorn.Server, thread: Thread) -> None:
    end = monotonic() + PATIENCE
    while not server.started:
        if monotonic() > end or not thread.is_alive():
            raise RuntimeError("The server for the tests did not start.")
        sleep(0.01)
