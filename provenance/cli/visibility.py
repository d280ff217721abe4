"""The command that says who may see a record."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened, validated
from provenance.cli.output import print_document, show
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.vocabulary import Visibility


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("show-to")(show_to)


def show_to(
    context: typer.Context,
    record: Annotated[str, typer.Argument(metavar="RECORD", help="Id of the record.")],
    desk: Annotated[bool, typer.Option("--desk", help="Those who work here.")] = False,
    public: Annotated[bool, typer.Option("--public", help="Everybody.")] = False,
    people: Annotated[
        str | None, typer.Option("--people", metavar="A,B", help="These alone, as they are named on their keys.")
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="Who does it; kept in the history.")] = None,
    why: Annotated[str | None, typer.Option("--why", help="The reason; kept in the history.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Say who may see a record, and all that belongs to it: a source takes along its names and what it published.

    Narrowing hides all that it ever said. Opening shows what it says from then on.
    """
    from provenance.access import Caller, acting
    from provenance.analysis.recording import recording
    from provenance.answers_visibility import shown_to
    from provenance.storage.reads.still_standing import still_stands
    from provenance.storage.reads.visibility import visibility_detail
    from provenance.storage.session import reading
    from provenance.storage.writes.visibility import ShowTo, show_to_bearers
    from provenance.vocabulary import Role

    if [desk, public, people is not None].count(True) != 1:
        raise InvalidInput("Say who may see it: one of --desk, --public and --people.")
    named = [name.strip() for name in (people or "").split(",") if name.strip()]
    visibility = Visibility.DESK if desk else Visibility.PUBLIC if public else Visibility.NAMED
    given = validated(ShowTo, {"visibility": visibility, "people": named})
    with opened(database_url(context, database)) as engine:
        with recording(engine, f"cli: {who}" if who else "cli", why) as writer:
            show_to_bearers(writer, record, given)
        # As one of those who may see it now; whoever has the database has all of it anyhow.
        reader = Caller(named[0] if named else "cli", Role.ADMIN, "cli")
        with acting(reader), reading(engine) as session:
            answer = visible(visibility_detail(session, record))
            stands = still_stands(session, answer.id, answer.visibility)
    if as_json:
        print_document(shown_to(answer, stands).model_dump_json())
        return
    whom = {Visibility.PUBLIC: "everybody", Visibility.DESK: "those who work here"}.get(answer.visibility)
    show(f"{answer.id} is for {whom or ', '.join(answer.people)}.")
    for whole in answer.narrowed_by:
        show(f"It belongs to {whole.id}, which is for {whole.visibility}: whoever may not see that does not see it.")
    if stands.count:
        places = "one place" if stands.count == 1 else f"{stands.count} places"
        show(f"The name still stands in public, in {places} that others wrote:")
    for place in stands.places:
        show(f"  {place.record}  {place.field} of the {place.noun.replace('_', ' ')}")
    if not stands.all_looked_at:
        show("There was no time to look everywhere for the name.")
