"""The commands that list one kind of record each, and the search over several of them."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, asking, database_url, opened
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.storage.reads.asked import (
    Asked,
    ClaimsAsked,
    CorrectionsAsked,
    DocumentsAsked,
    EventsAsked,
    FiguresAsked,
    FlagsAsked,
    ReportsAsked,
    ReviewsAsked,
    RulingsAsked,
    SearchAsked,
    SourcesAsked,
    TalliesAsked,
)

if TYPE_CHECKING:
    from sqlmodel import Session

    from provenance.answers import Page, SearchAnswer

Read = Callable[["Session", Any], "Page[Any]"]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (
        claims,
        figures,
        flags,
        sources,
        events,
        tallies,
        documents,
        reports,
        reviews,
        corrections,
        rulings,
        search,
    ):
        app.command()(command)


@asking(ClaimsAsked, words="q")
def claims(context: typer.Context, asked: ClaimsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List claims with verdict and flags."""
    from provenance.storage.reads.claims import claims

    list_of(context, asked, database, as_json, claims)


@asking(FiguresAsked, words="q")
def figures(context: typer.Context, asked: FiguresAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List figures with their chains and quotes.

    Where a flag is asked for, each figure says why it has it and what would clear it.
    """
    from provenance.storage.reads.figures import figures

    list_of(context, asked, database, as_json, figures)


@asking(SourcesAsked, words="q")
def sources(context: typer.Context, asked: SourcesAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List sources, by any of their names."""
    from provenance.storage.reads.sources import sources

    list_of(context, asked, database, as_json, sources)


@asking(EventsAsked, words="q")
def events(context: typer.Context, asked: EventsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List events."""
    from provenance.storage.reads.events import events

    list_of(context, asked, database, as_json, events)


@asking(TalliesAsked)
def tallies(context: typer.Context, asked: TalliesAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List tallies: what is being counted."""
    from provenance.storage.reads.events import tallies

    list_of(context, asked, database, as_json, tallies)


@asking(DocumentsAsked, words="q")
def documents(
    context: typer.Context, asked: DocumentsAsked, database: Database = None, as_json: AsJson = False
) -> None:
    """List documents, by words of their titles and texts."""
    from provenance.storage.reads.documents import documents

    list_of(context, asked, database, as_json, documents)


@asking(ReportsAsked)
def reports(context: typer.Context, asked: ReportsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List reports: which document states which claim, and through whom."""
    from provenance.storage.reads.reports import reports

    list_of(context, asked, database, as_json, reports)


@asking(ReviewsAsked)
def reviews(context: typer.Context, asked: ReviewsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List reviews: verdicts of people and fact-checkers."""
    from provenance.storage.reads.reviews import reviews

    list_of(context, asked, database, as_json, reviews)


@asking(CorrectionsAsked)
def corrections(
    context: typer.Context, asked: CorrectionsAsked, database: Database = None, as_json: AsJson = False
) -> None:
    """List corrections: what somebody took back, replaced, denied or disowned."""
    from provenance.storage.reads.corrections import corrections

    list_of(context, asked, database, as_json, corrections)


@asking(RulingsAsked)
def rulings(context: typer.Context, asked: RulingsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List rulings: what editors decided and signed."""
    from provenance.storage.reads.rulings import rulings

    list_of(context, asked, database, as_json, rulings)


def list_of(context: typer.Context, asked: Asked, database: str | None, as_json: bool, read: Read) -> None:
    """Read a page and print it, as the document of the API or for people."""
    from provenance.analysis.moments import looking
    from provenance.cli.naming import with_ids

    with opened(database_url(context, database)) as engine, looking(engine, asked.moment) as session:
        page = read(session, with_ids(session, asked))
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
    else:
        _show_page(visible(page), getattr(asked, "flag", ()))


def _show_page(page: Page[Any], explained: Collection[str]) -> None:
    from provenance.answers import FigureItem
    from provenance.cli.items import figure, item

    for one in page.items:
        show(figure(one, explained) if isinstance(one, FigureItem) else item(one))
    if not page.items:
        note("Nothing that is held answers to that.")
    if page.next is not None:
        note(f"There are more. For the next page, repeat the command with: --cursor {page.next}")


@asking(FlagsAsked)
def flags(
    context: typer.Context,
    asked: FlagsAsked,
    rules: Annotated[bool, typer.Option("--rules", help="Explain the rules instead of listing findings.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List what the rules found, and what clears it."""
    from provenance.storage.reads.flags import flags

    if rules:
        _catalogue(as_json)
        return
    list_of(context, asked, database, as_json, flags)


def _catalogue(as_json: bool) -> None:
    from pydantic import TypeAdapter

    from provenance.analysis.rules import RULES
    from provenance.answers import FlagRule
    from provenance.cli.items import item

    catalogue = [FlagRule(**{name: getattr(rule, name) for name in FlagRule.model_fields}) for rule in RULES]
    if as_json:
        print_document(TypeAdapter(list[FlagRule]).dump_json(catalogue))
        return
    show(*map(item, catalogue))


@asking(SearchAsked, words="q")
def search(context: typer.Context, asked: SearchAsked, database: Database = None, as_json: AsJson = False) -> None:
    """Search claims, sources, documents and events at once."""
    from provenance.analysis.moments import looking
    from provenance.storage.reads.everything import search

    # For people one more of each kind is looked for, so that the answer can say that there are others.
    sought = asked.limit + (not as_json)
    with opened(database_url(context, database)) as engine, looking(engine, asked.moment) as session:
        found = search(session, asked.q, sought)
    if as_json:
        print_document(found.model_dump_json(by_alias=True))
    else:
        _show_found(visible(found), asked)


def _show_found(found: SearchAnswer, asked: SearchAsked) -> None:
    from provenance.cli.items import item, title

    kinds = {kind: getattr(found, kind) for kind in ("claims", "sources", "documents", "events")}
    for kind, of_kind in kinds.items():
        shown = of_kind[: asked.limit]
        more = f" of more; for the rest: provenance {kind} {shlex.quote(asked.q)}" if len(of_kind) > len(shown) else ""
        if shown:
            show(title(f"{kind.capitalize()}: {len(shown)}{more}"), *map(item, shown))
    if not any(kinds.values()):
        note("Nothing that is held has all these words. Use fewer or other ones.")
