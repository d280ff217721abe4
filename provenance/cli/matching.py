"""The command that answers whether a claim is known already."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened, validated
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.storage.reads.asked_match import MatchAsked
from provenance.vocabulary import Sameness

if TYPE_CHECKING:
    from rich.console import RenderableType

    from provenance.answers_match import MatchItem

STDIN = "-"
SAID = {
    Sameness.LIKELY: "likely the same",
    Sameness.POSSIBLE: "possibly the same",
    Sameness.DIFFERENT: "different",
}


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("match")(match)


def match(
    context: typer.Context,
    text: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXT|-", help="A sentence or a post, or - for standard input.", show_default=False),
    ] = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="ID", help="A report instead, proposed or accepted.")
    ] = None,
    event: Annotated[str | None, typer.Option("--event", help="The event that it is about, by id or title.")] = None,
    published: Annotated[str | None, typer.Option("--published", metavar="DATE", help="When it was published.")] = None,
    include: Annotated[
        str, typer.Option("--include", metavar="accepted|proposed", help="Which reports of known claims count.")
    ] = "accepted",
    limit: Annotated[int, typer.Option("--limit", help="How many claims are listed at most.")] = 5,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Answer whether a claim is known already: ranked claims, each with reasons. Nothing is changed."""
    from provenance.analysis.knowing import match as ask
    from provenance.cli.naming import id_of
    from provenance.storage.session import reading

    words = " ".join(text or ()) or None
    sentence = sys.stdin.read() if words == STDIN else words
    with opened(database_url(context, database)) as engine, reading(engine) as session:
        given = {
            "text": sentence,
            "report": report,
            "event": id_of(session, "event", event) if event else None,
            "published_at": published,
        }
        named = {name: value for name, value in given.items() if value is not None}
        page = ask(session, validated(MatchAsked, {**named, "include": include, "limit": limit}))
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
        return
    for one in visible(page).items:
        show(*_lines(one))
    if not page.items:
        note("No claim that is held shares a telling word with it.")


def _lines(found: MatchItem) -> list[RenderableType]:
    from provenance.cli.layout import beneath, plain

    about = f"{found.claim}: {SAID[found.same]} ({found.score:.2f}), in {found.event_title}"
    return [plain(found.text, "bold"), beneath(about), *(beneath(reason) for reason in found.reasons)]
