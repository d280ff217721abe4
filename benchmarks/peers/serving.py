"""How every peer is served: one worker, with the settings that `provenance serve` gives to the same server program."""

from __future__ import annotations

import socket
from typing import Any

import uvicorn


class Announcing(uvicorn.Server):
    """Says where it is once it answers."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so as `provenance serve` does."""
        await super().startup(sockets=sockets)
        for listening in sockets or ():
            print("Serving on http://{}:{}".format(*listening.getsockname()[:2]), flush=True)


def serve(app: Any) -> None:
    """Serve an ASGI app on a free port of this machine until told to stop."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, http="httptools", access_log=False, log_level="warning", server_header=False)
    Announcing(config).run(sockets=[listening])
