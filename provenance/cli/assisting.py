"""The command that lets language models ask, over the Model Context Protocol."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import Database, configured, database_url, opened
from provenance.cli.output import note
from provenance.cli.serving import bound

if TYPE_CHECKING:
    from provenance.assistants.answering import AnsweringServer

LOOPBACK = "127.0.0.1"
VARIABLE = "PROVENANCE_KEY"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(mcp)


def mcp(
    context: typer.Context,
    http: Annotated[
        int | None,
        typer.Option(metavar="PORT", min=0, max=65535, help="Answer at http://127.0.0.1:PORT/mcp; 0: any."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Let whoever has the key of a contributor or more make proposals, too.")
    ] = False,
    pages: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where the pages are that answers cite; else where `serve` serves them."),
    ] = None,
    database: Database = None,
) -> None:
    """Let language models ask the ten questions, with citations (Model Context Protocol).

    Over standard input and output, as desktop assistants start it. It reads what everybody sees, or what whoever owns
    the key in PROVENANCE_KEY does; over HTTP each request brings its own.
    """
    # What goes wrong in here is told on stderr; stdout carries the protocol and nothing else.
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    with ExitStack() as held:
        engine = held.enter_context(opened(database_url(context, database)))
        listening = None if http is None else held.enter_context(listening_on(http))
        # What it takes to answer takes seconds to load; whoever asks meanwhile waits, and is not turned away.
        from provenance.assistants.server import assistant_server

        # Whoever starts it answers for what it writes; those who come over HTTP bring keys of their own.
        key = os.environ.get(VARIABLE) if listening is None else None
        where, open_to_all = (pages or _where_pages_are()).rstrip("/"), configured().reading == "open"
        server = assistant_server(engine, where, write=write, key=key, open_to_all=open_to_all)
        if listening is None:
            server.run("stdio")
        else:
            _serve(server, listening)


def listening_on(port: int) -> socket.socket:
    """A socket on which whoever asks can wait for an answer from now on; where, is said beside the answers."""
    listening = bound(LOOPBACK, port, "provenance mcp --http")
    listening.listen()
    note(f"Listening to assistants at http://{LOOPBACK}:{listening.getsockname()[1]}/mcp (stop with Ctrl-C).")
    return listening


def _where_pages_are() -> str:
    chosen = configured()
    return chosen.public_address or f"http://{chosen.host}:{chosen.port}"


def _serve(server: AnsweringServer, listening: socket.socket) -> None:
    import uvicorn

    from provenance.assistants.server import over_http

    app = over_http(server, LOOPBACK)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listening])
