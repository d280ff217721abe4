"""Runs the server that answers: what it bounds, how it logs, and how it stops."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any, Literal

import uvicorn

from provenance.cli.output import note

# The app and what it brings along are named in words, for nothing here imports them.
APP = "api.app:create_app"
WIRE = "api.operating.wire:Wire"
FORMATTER = "api.operating.logs.formatter"
NAMED = "api.operating.logs.Named"

# Seconds that requests under way may take after the server was told to stop: longer than a write waits for its turn and
# than a question to the database may take by default, so that nobody is cut off without an answer.
PATIENCE = 35
# Connections, idle ones included; one more is told to come again. Systems allow 1,024 open files by default.
MOST_CONNECTIONS = 850


class Server(uvicorn.Server):
    """Says when it is ready; stops at one signal when all is answered, and at a second one at once."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            # A million objects that stay to the end would else be searched for garbage while somebody waits.
            gc.collect()
            gc.freeze()
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop.

        The signal is not raised again afterwards, as it would be otherwise: having stopped as told is success.
        """
        if self.should_exit:
            os.write(2, b"Stopped at once; what was under way was not answered.\n")
            os._exit(128 + sig)
        self.should_exit = True
        if self.started:
            # Whoever asks whether it is ready is told at once, and not only when the socket is closed.
            self.config.loaded_app.state.stopping = True


def run(
    listening: socket.socket, ready: Callable[[], None], log_format: Literal["text", "json"], access_log: bool
) -> bool:
    """Serve on a socket until told to stop and what was under way is answered; whether it was ever ready."""
    config = uvicorn.Config(
        APP,
        factory=True,
        http=WIRE,
        log_config=logging_of(log_format, access_log),
        log_level=None,
        access_log=False,
        # Who is believed about addresses is a setting of ours; uvicorn would believe whoever is on this machine.
        proxy_headers=False,
        timeout_graceful_shutdown=PATIENCE,
        limit_concurrency=MOST_CONNECTIONS,
        server_header=False,
    )
    server = Server(config, ready)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        # It came before there was anything to stop.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    note("Stopped.")
    return server.started


def logging_of(log_format: Literal["text", "json"], access_log: bool) -> dict[str, Any]:
    """How all that runs in the server writes its log: to stderr, in one shape; each request, too, if asked for."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": FORMATTER, "kind": log_format}},
        "filters": {"named": {"()": NAMED}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "ours",
                "filters": ["named"],
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "provenance": {"level": "INFO"},
            "provenance.requests": {"level": "INFO" if access_log else "WARNING"},
            "uvicorn": {"level": "INFO" if access_log else "WARNING"},
        },
    }
