"""The command that serves the API."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import Database, configured, database_url, opened
from provenance.cli.output import show_unbroken
from provenance.cli.upgrading import offer
from provenance.errors import InvalidInput
from provenance.settings import is_loopback
from provenance.vocabulary import Role

if TYPE_CHECKING:
    from sqlalchemy import Engine


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
    migrate: Annotated[
        bool, typer.Option("--migrate", help="First bring an older schema up, after a backup beside the database.")
    ] = False,
    access_log: Annotated[
        bool, typer.Option("--access-log", help="Log every request to stderr, not only what matters.")
    ] = False,
    database: Database = None,
) -> None:
    """Serve the API until Ctrl-C: JSON under /v1, and pages for people at /."""
    url = database_url(context, database)
    port = configured().port if port is None else port
    host, named = (configured().host, "PROVENANCE_HOST") if host is None else (host, "--host")
    if not host.strip():
        raise InvalidInput(f"{named} is empty. Name an address such as 127.0.0.1, or leave it out.", field="host")
    if not demo:
        offer(url, migrate)
        require_keys(url, host)
    with bound(host, port) as listening:
        letting_in = prepare(url, demo)
        # The demonstration makes a key where there never was one.
        require_keys(url, host)
        run(listening, url, access_log, letting_in)


def require_keys(url: str, host: str) -> None:
    """Refuse to be reached by others while nobody could write or manage keys.

    :raises InvalidInput: naming the command that makes a key.
    """
    public = configured().public_address
    if is_loopback(host) and not public:
        return
    from provenance.storage.reads.access import good_keys
    from provenance.storage.session import reading

    with opened(url) as engine, reading(engine) as session:
        if good_keys(session, Role.EDITOR):
            return
    reached = f"PROVENANCE_PUBLIC_ADDRESS is {public}" if is_loopback(host) else f"--host {host}"
    raise InvalidInput(
        f"{reached}: others can reach the server, and no editor or admin has a key that is good. Make one first: "
        "provenance key create --role admin --name NAME",
        field="host",
    )


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


def prepare(url: str, demo: bool) -> LettingIn | None:
    """Make the database ready for the demonstration, or see that it is ready; tells who may write in the former."""
    if demo:
        from provenance.cli.keeping import brought
        from provenance.cli.stories import load_shipped

        brought(url)
        load_shipped(url)
    with opened(url) as engine:
        return first_key(engine) if demo else None


DEMO = "demo"


@dataclass(frozen=True, slots=True)
class LettingIn:
    """How whoever tries the demonstration may write: with the key that was just made, or with none that is known."""

    key: str | None = field(repr=False)

    def said(self, url: str) -> list[str]:
        """Lines for whoever started the server, at a terminal or through a file; the key stands in them once."""
        if self.key is None:
            return ["To write, make a key: provenance key create --role admin --name NAME"]
        return [
            f"To write, a key was made, which is not shown again: {self.key}",
            f'Log in with it at {url}/login, or send it as $KEY: curl -H "Authorization: Bearer $KEY" {url}/v1/me',
        ]


def first_key(engine: Engine) -> LettingIn:
    """The key of an admin, made where none was ever made."""
    from provenance.storage.access import KeyCreate
    from provenance.storage.managing_keys import make_key
    from provenance.storage.reads.access import any_key
    from provenance.storage.session import reading

    with reading(engine) as session:
        if any_key(session):
            return LettingIn(None)
    return LettingIn(make_key(engine, KeyCreate(name=DEMO, role=Role.ADMIN), "provenance serve --demo").text)


def run(listening: socket.socket, url: str, access_log: bool, letting_in: LettingIn | None = None) -> None:
    """Serve on the socket; returns when told to stop and the requests under way are answered."""
    from provenance.cli.running import run as serve_until_told
    from provenance.settings import settings

    # The app is named in words and reads its settings itself, so they are handed to it through the environment.
    os.environ["PROVENANCE_DATABASE_URL"] = url
    # Messages that leave the server by themselves say where it is.
    host, port = listening.getsockname()[:2]
    os.environ["PROVENANCE_HOST"], os.environ["PROVENANCE_PORT"] = host, str(port)
    settings.cache_clear()
    if not serve_until_told(listening, lambda: announce(listening, letting_in), configured().log_format, access_log):
        raise typer.Exit(1)


def announce(listening: socket.socket, letting_in: LettingIn | None = None) -> None:
    """Say where it is and what to try."""
    host, port = listening.getsockname()[:2]
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    show_unbroken(f"Serving on {url} (stop with Ctrl-C). Ask {url}/v1/claims?q=dozens or open {url}/ in a browser")
    for line in letting_in.said(url) if letting_in else ():
        show_unbroken(line)
