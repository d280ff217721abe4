"""The commands of a desk: what to do next, how far it is with each claim, and what it notes of whom it asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import BaseModel

from provenance.cli.lists import list_of
from provenance.cli.options import AsJson, Database, asking, database_url, opened, validated
from provenance.cli.output import print_document, show
from provenance.cli.visible import visible
from provenance.storage.reads.asked_desk import DeskAsked, TasksAsked
from provenance.vocabulary import ContactMeans, ContactOutcome, DeskState

if TYPE_CHECKING:
    from sqlmodel import Session

    from provenance.storage.record import Record
    from provenance.storage.writes.writer import Writer

ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="Id of the claim.")]
Who = Annotated[str, typer.Option("--who", help="Who does it; kept with it and in the history.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason; kept in the history.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    for command in (tasks, desk, take, note, contact):
        app.command()(command)


@asking(TasksAsked)
def tasks(context: typer.Context, asked: TasksAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List what to do next: what one call, page or reference would settle most.

    First comes what clears most flags alone, last what helps only if the record turns out to be wrong.
    """
    from provenance.analysis.tasking import tasks

    list_of(context, asked, database, as_json, tasks)


@asking(DeskAsked)
def desk(context: typer.Context, asked: DeskAsked, database: Database = None, as_json: AsJson = False) -> None:
    """List the claims on the desk: how far it is, who has them, and whom it asked last."""
    from provenance.storage.reads.desk import desk

    list_of(context, asked, database, as_json, desk)


def take(
    context: typer.Context,
    claim: ClaimId,
    who: Who,
    state: Annotated[DeskState | None, typer.Option("--state", help="How far the desk is with it.")] = None,
    holder: Annotated[str | None, typer.Option("--holder", help="Who has it from now on.")] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="TEXT", help="By when: a time with zone.")] = None,
    why: Why = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Put a claim on the desk, move it on, or hand it over."""
    from provenance.storage.desk import DeskItemChange
    from provenance.storage.reads.desk import claim_desk
    from provenance.storage.writes.desk import change_desk

    given = {"state": state, "holder": holder, "due": due}
    change = validated(DeskItemChange, {name: value for name, value in given.items() if value is not None})
    _written(
        (context, database, as_json),
        (who, why),
        lambda writer: change_desk(writer, claim, change),
        lambda session, _: claim_desk(session, claim),
    )


def note(
    context: typer.Context,
    claim: ClaimId,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note.")],
    who: Who,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Add a private note to a claim."""
    from provenance.storage.desk import DeskNoteCreate
    from provenance.storage.reads.desk import note_item
    from provenance.storage.writes.desk import add_note

    given = validated(DeskNoteCreate, {"text": text})
    _written((context, database, as_json), (who, None), lambda writer: add_note(writer, claim, given), note_item)


def contact(
    context: typer.Context,
    claim: ClaimId,
    asked: Annotated[str, typer.Argument(metavar="ASKED", help="Who was asked: a name, an office, a number.")],
    who: Who,
    how: Annotated[ContactMeans, typer.Option("--how", help="How.")] = ContactMeans.PHONE,
    outcome: Annotated[ContactOutcome, typer.Option("--outcome", help="What came of it.")] = ContactOutcome.NO_REPLY,
    words: Annotated[str | None, typer.Option("--words", help="What was said.")] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="TEXT", help="The source that was asked: its id, or its name.")
    ] = None,
    at: Annotated[
        datetime | None,
        typer.Option("--at", metavar="TIME", formats=["%Y-%m-%dT%H:%M%z"], help="When, with zone; else now."),
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Log that somebody was asked about a claim, and what came of it."""
    from provenance.cli.naming import id_of
    from provenance.storage.desk import ContactCreate
    from provenance.storage.reads.desk import contact_item
    from provenance.storage.writes.desk import log_contact

    given = {"asked": asked, "how": how, "outcome": outcome, "words": words, "at": at}

    def log(writer: Writer) -> Record:
        named = None if source is None else id_of(writer.session, "source", source)
        return log_contact(writer, claim, validated(ContactCreate, {**given, "source": named}))

    _written((context, database, as_json), (who, None), log, contact_item)


def _written(
    asked: tuple[typer.Context, str | None, bool],
    by: tuple[str, str | None],
    write: Callable[[Writer], Record],
    read: Callable[[Session, str], BaseModel],
) -> None:
    """Write something for somebody, and show what it is then."""
    from provenance.analysis.recording import recording
    from provenance.cli.desk_shown import shown
    from provenance.storage.session import reading

    (context, database, as_json), (who, why) = asked, by
    with opened(database_url(context, database)) as engine:
        with recording(engine, f"cli: {who}", why) as writer:
            row = write(writer)
        with reading(engine) as session:
            answer = read(session, row.public_id)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
    else:
        show(shown(visible(answer)))
