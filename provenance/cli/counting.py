"""The command that answers which figures compete in a tally."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, AsOf, Database, KnownAt, database_url, opened, validated
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.errors import NotFound
from provenance.storage.reads.asked import READ_UNDER, LedgerAsked

if TYPE_CHECKING:
    from sqlmodel import Session

    from provenance.answers import TallyItem

TALLY_ID = re.compile(r"tal_[a-z0-9]+")
LISTED = 10  # tallies that a title may mean; the rest is a number

Policy = Annotated[str, typer.Option("--policy", metavar="plain|acled", help=READ_UNDER.replace("`", ""))]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(tally)


def tally(
    context: typer.Context,
    tally: Annotated[list[str], typer.Argument(metavar="TALLY", help="Public id of a tally, or words of its title.")],
    policy: Policy = "plain",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    in_time: Annotated[bool, typer.Option("--series", help="What each party gave in the course of time.")] = False,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Answer which figures compete in a tally.

    Figures that count the same stand together; what cannot be compared stands apart, with the field that forbids it.
    """
    from provenance.analysis.tallying import tally_ledger, tally_series
    from provenance.cli.ledger import page
    from provenance.storage.moment import reading_at

    given = {"policy": policy, "as_of": as_of, "known_at": known_at}
    asked = validated(LedgerAsked, {name: value for name, value in given.items() if value is not None})
    with opened(database_url(context, database)) as engine, reading_at(engine, asked.moment) as session:
        public_id = which_tally(session, " ".join(tally))
        answer = (tally_series if in_time else tally_ledger)(session, public_id, asked.policy)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
    else:
        show(page(visible(answer)))


def which_tally(session: Session, given: str) -> str:
    """The public id that was given, or that of the one tally whose title has the words; raises :class:`NotFound`."""
    if TALLY_ID.fullmatch(given):
        return given
    matches = _titled(session, given)
    if len(matches) == 1:
        return matches[0].id
    for match in matches[:LISTED]:
        note(f"  {match.id} {visible(match.title)}")
    if hidden := len(matches[LISTED:]):
        note(f"  … and {hidden} more: provenance tallies")
    if matches:
        raise NotFound("Several tallies have these words in their titles. Add words, or name one by its id.")
    raise NotFound(
        "No tally has all these words in its title. Use fewer or other ones, or list all: provenance tallies"
    )


def _titled(session: Session, given: str) -> list[TallyItem]:
    """Tallies by their titles: the one that is called so, else all that have the words."""
    from provenance.storage.reads.asked import TalliesAsked
    from provenance.storage.reads.events import tallies

    words = given.casefold().split()
    found: list[TallyItem] = []
    cursor = None
    while True:
        seen = tallies(session, TalliesAsked(limit=200, cursor=cursor))
        found += [item for item in seen.items if all(word in item.title.casefold() for word in words)]
        if (cursor := seen.next) is None:
            break
    exact = [item for item in found if item.title.casefold() == given.casefold()]
    return exact or found
