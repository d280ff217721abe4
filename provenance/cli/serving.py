"""The command that serves the API."""

from __future__ import annotations

import os
import socket
from typing import Annotated

import typer

from provenance.cli.options import Database, configured, database_url, opened
from provenance.cli.output import note, show_unbroken
from provenance.errors import InvalidInput
from provenance.settings import is_loopback

APP = "api.app:create_app"
PATIENCE = 10  # seconds that requests under way may take after the server was told to stop

NO_KEYS = "This version has no keys: anybody who reaches this address may read and write everything."


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(serve)


def serve(
    context: typer.Context,
    demo: Annotated[bool, typer.Option("--demo", help="First migrate, and load the stories that are shipped.")] = False,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="The address to bind to; PROVENANCE_HOST, or 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="PORT", min=0, max=65535, help="The port; PROVENANCE_PORT, or 8000. 0: any free one."),
    ] = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Let others than this machine reach it, although there are no keys.")
    ] = False,
    access_log: Annotated[bool, typer.Option("--access-log", help="Log every request to stderr.")] = False,
    database: Database = None,
) -> None:
    """Serve the API until Ctrl-C: JSON under /v1, and pages for people at /."""
    url = database_url(context, database)
    port = configured().port if port is None else port
    host, named = (configured().host, "PROVENANCE_HOST") if host is None else (host, "--host")
    if not host.strip():
        raise InvalidInput(f"{named} is empty. Name an address such as 127.0.0.1, or leave it out.", field="host")
    refuse_strangers(host, allow_remote)
    with bound(host, port) as listening:
        prepare(url, demo)
        run(listening, url, access_log)


def refuse_strangers(host: str, allow_remote: bool) -> None:
    """Refuse to be reached from outside unless that is asked for; raises :class:`InvalidInput`."""
    if is_loopback(host):
        return
    if not allow_remote:
        raise InvalidInput(
            f"--host {host} can be reached from other machines. {NO_KEYS} Add --allow-remote if that is meant, or "
            "leave --host out.",
            field="host",
        )
    note(f"warning: {NO_KEYS}")


def bound(host: str, port: int, command: str = "provenance serve --port") -> socket.socket:
    """A socket on the address, taken before anything else is done.

    :raises InvalidInput: if it is not free; the remedy is ``command`` with another port.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror as unknown:
        raise InvalidInput(f"--host {host}: {unknown.strerror}; use 127.0.0.1.", field="host") from unknown
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
    except OSError as taken:
        listening.close()
        raise InvalidInput(
            f"port {port} on {host} cannot be used: {(taken.strerror or str(taken)).lower()}. Stop what runs there, or "
            f"choose another one: {command} {port + 1 if 1024 <= port < 65535 else 8001}",
            field="port",
        ) from taken
    return listening


def prepare(url: str, demo: bool) -> None:
    """Make the database ready for the demonstration, or see that it is ready."""
    if demo:
        from provenance.cli.keeping import brought
        from provenance.cli.stories import load_shipped

        brought(url)
        load_shipped(url)
    with opened(url):
        pass


def run(listening: socket.socket, url: str, access_log: bool) -> None:
    """Serve on the socket; returns when told to stop and the requests under way are answered."""
    import uvicorn

    from provenance.settings import settings

    # The app is named in words and reads its settings itself, so they are handed to it through the environment.
    os.environ["PROVENANCE_DATABASE_URL"] = url
    # Messages that leave the server by themselves say where it is.
    host, port = listening.getsockname()[:2]
    os.environ["PROVENANCE_HOST"], os.environ["PROVENANCE_PORT"] = host, str(port)
    settings.cache_clear()

    class Announcing(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                announce(listening)

    config = uvicorn.Config(
        APP,
        factory=True,
        http="httptools",
        access_log=access_log,
        log_level="info" if access_log else "warning",
        timeout_graceful_shutdown=PATIENCE,
        server_header=False,
    )
    server = Announcing(config)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        # Ctrl-C is how a server is meant to be stopped; it has answered what was under way.
        note("Stopped.")
    if not server.started:
        raise typer.Exit(1)


def announce(listening: socket.socket) -> None:
    """Say where it is and what to try."""
    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    show_unbroken(f"Serving on {url} (stop with Ctrl-C). Ask {url}/v1/claims?q=dozens or open {url}/ in a browser")
