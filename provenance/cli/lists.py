"""The commands that list: claims, figures, flags, sources, and the search over all of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, asking, database_url, opened
from provenance.cli.output import note, print_document, show, show_unbroken
from provenance.storage.reads.asked import Asked, ClaimsAsked, FiguresAsked, FlagsAsked, SearchAsked, SourcesAsked

if TYPE_CHECKING:
    from sqlmodel import Session

    from provenance.answers import Page

Read = Callable[["Session", Any], "Page[Any]"]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (claims, figures, flags, sources, search):
        app.command()(command)


@asking(ClaimsAsked, words="q")
def claims(context: typer.Context, asked: ClaimsAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List claims with verdict and flags."""
    from provenance.storage.reads.claims import claims

    _list(context, asked, database, as_json, claims)


@asking(FiguresAsked, words="q")
def figures(context: typer.Context, asked: FiguresAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List figures with their chains and quotes.

    Where a flag is asked for, each figure says why it has it and what would clear it.
    """
    from provenance.storage.reads.figures import figures

    _list(context, asked, database, as_json, figures)


@asking(SourcesAsked, words="q")
def sources(context: typer.Context, asked: SourcesAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List sources, by any of their names."""
    from provenance.storage.reads.sources import sources

    _list(context, asked, database, as_json, sources)


def _list(context: typer.Context, asked: Asked, database: str | None, as_json: bool, read: Read) -> None:
    from provenance.cli.naming import with_ids
    from provenance.storage.session import reading

    with opened(database_url(context, database)) as engine, reading(engine) as session:
        page = read(session, with_ids(session, asked))
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
    else:
        _show_page(page, getattr(asked, "flag", ()))


def _show_page(page: Page[Any], explained: Collection[str]) -> None:
    from provenance.answers import FigureItem
    from provenance.cli.items import figure, item

    for one in page.items:
        show(figure(one, explained) if isinstance(one, FigureItem) else item(one))
    if not page.items:
        note("Nothing that is held answers to that.")
    if page.next is not None:
        note("There are more. For the next page, repeat the command with:")
        show_unbroken(f"--cursor {page.next}")


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
    _list(context, asked, database, as_json, flags)


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
    from provenance.storage.reads.everything import search
    from provenance.storage.session import reading

    with opened(database_url(context, database)) as engine, reading(engine) as session:
        found = search(session, asked.q, asked.limit)
    if as_json:
        print_document(found.model_dump_json(by_alias=True))
        return
    from provenance.cli.items import item, title

    for kind in ("claims", "sources", "documents", "events"):
        of_kind = getattr(found, kind)
        if of_kind:
            show(title(f"{kind.capitalize()}: {len(of_kind)}"), *map(item, of_kind))
    if not any((found.claims, found.sources, found.documents, found.events)):
        note("Nothing that is held has all these words. Use fewer or other ones.")
