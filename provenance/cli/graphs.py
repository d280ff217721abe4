"""The command that writes how a claim travelled as a graph file."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from provenance.cli.options import AsOf, Database, KnownAt, configured, database_url, opened
from provenance.cli.output import print_document
from provenance.cli.tracing import following, which_claim
from provenance.storage.reads.asked import moment_of


class As(StrEnum):
    """The formats, named here again so that asking for help loads none of what writes them."""

    GRAPHML = "graphml"
    DOT = "dot"
    MERMAID = "mermaid"


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(graph)


def graph(
    context: typer.Context,
    claim: Annotated[list[str], typer.Argument(metavar="CLAIM", help="Public id of a claim, or words from it.")],
    written_as: Annotated[
        As, typer.Option("--as", help="graphml for Gephi, yEd and networkx, dot for Graphviz, mermaid for Markdown.")
    ] = As.GRAPHML,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
) -> None:
    """Write how a claim travelled as a graph file.

    Nodes are sources, edges are hops with how, how often and since when. The file goes to stdout.
    """
    from provenance.exchange.graph import GraphFormat, graph_of, write

    moment = moment_of(as_of, known_at)
    base = (configured().public_address or HERE).rstrip("/")
    with opened(database_url(context, database)) as engine:
        chosen = which_claim(engine, " ".join(claim), moment)
        found = following(lambda one: graph_of(engine, one, moment), chosen)
    print_document(write(found, GraphFormat(written_as.value), base).rstrip())


# Where `provenance serve` answers, unless a public address is set.
HERE = "http://127.0.0.1:8000"
