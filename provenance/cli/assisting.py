"""The command that lets language models ask, over the Model Context Protocol."""

from __future__ import annotations

import logging
import socket
from contextlib import ExitStack
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import Database, configured, database_url, opened
from provenance.cli.output import note
from provenance.cli.serving import bound

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

LOOPBACK = "127.0.0.1"


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
        bool, typer.Option("--write", help="Let them make proposals, too, which a person accepts or rejects.")
    ] = False,
    pages: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Where the pages are that answers cite; else where `serve` serves them."),
    ] = None,
    database: Database = None,
) -> None:
    """Let language models ask the ten questions, with citations (Model Context Protocol).

    Over standard input and output, as desktop assistants start it; it only reads.
    """
    # What goes wrong in here is told on stderr; stdout carries the protocol and nothing else.
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    with ExitStack() as held:
        engine = held.enter_context(opened(database_url(context, database)))
        listening = None if http is None else held.enter_context(listening_on(http))
        # What it takes to answer takes seconds to load; whoever asks meanwhile waits, and is not turned away.
        from provenance.assistants.server import assistant_server

        server = assistant_server(engine, (pages or _where_pages_are()).rstrip("/"), write=write)
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


def _serve(server: MCPServer[Any], listening: socket.socket) -> None:
    import uvicorn

    app = server.streamable_http_app(host=LOOPBACK)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listening])
