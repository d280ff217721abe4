"""The commands about what was written: who changed which record, when and why; and taking a change back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, asking, database_url, opened
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.errors import InvalidInput, NotFound
from provenance.storage.reads.asked_history import ChangeAsked, HistoryAsked

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import RenderableType
    from sqlmodel import Session

    from provenance.answers_history import HistoryItem

LONGEST = 200  # characters of a value that a line shows


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(history)
    app.command()(undo)


@asking(HistoryAsked)
def history(
    context: typer.Context,
    asked: HistoryAsked,
    record: Annotated[
        str | None, typer.Argument(metavar="ID", help="Id of a record, or of a change; all that was written without.")
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """List who changed what, when and why: of a record with its parts, of one change, or of everything."""
    from provenance.storage.session import reading

    with opened(database_url(context, database)) as engine, reading(engine) as session:
        answer = _found(session, record, asked)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
        return
    items: list[HistoryItem] = answer.items  # type: ignore[attr-defined]
    for one in items:
        show(_item(visible(one)))
    for obstacle in getattr(answer, "obstacles", ()):
        note(f"Cannot be undone now: {obstacle}")
    if not items:
        note("Nothing that was written answers to that.")
    if (following := answer.next) is not None:  # type: ignore[attr-defined]
        note(f"There are more. For the next page, repeat the command with: --cursor {following}")


def _found(session: Session, record: str | None, asked: HistoryAsked) -> BaseModel:
    from provenance.storage.reads.asked_history import WholeHistoryAsked
    from provenance.storage.reads.changes import RecordNoun, change_detail, history_of, whole_history
    from provenance.storage.record import PREFIXES

    if record is None:
        return whole_history(session, WholeHistoryAsked(**asked.model_dump()))
    if record.startswith("chg_"):
        return change_detail(session, record, _of_change(asked))
    table = next((table for table, prefix in PREFIXES.items() if record.startswith(f"{prefix}_")), None)
    noun = next((noun for noun in RecordNoun if noun.table.name == table), None)
    if noun is not None:
        return history_of(session, noun, record, asked)
    if table is not None:
        return whole_history(session, WholeHistoryAsked(**asked.model_dump(), record=record))
    raise NotFound(f"'{record}' is no id of a record or a change. List what was written with: provenance history")


def _of_change(asked: HistoryAsked) -> ChangeAsked:
    given = [name for name in ("who", "noun", "action", "since", "until") if getattr(asked, name) is not None]
    if given:
        raise InvalidInput(f"--{given[0]}: a change is shown whole. Leave it out, or give no id of a change.")
    newest_first = "sort" in asked.model_fields_set and asked.sort == "-at"
    return ChangeAsked(sort="-at" if newest_first else "at", limit=asked.limit, cursor=asked.cursor)


def undo(
    context: typer.Context,
    change: Annotated[str, typer.Argument(metavar="CHANGE", help="Id of the change, as the history names it.")],
    why: Annotated[str, typer.Option("--why", help="The reason; kept in the history.")],
    who: Annotated[str | None, typer.Option("--who", help="Who undoes it; kept in the history.")] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Take a change back by a new one; refused, saying what stands in the way, where that would lose something."""
    from provenance.analysis.recording import recording
    from provenance.storage.reads.changes import change_detail
    from provenance.storage.session import reading
    from provenance.storage.writes import undoing

    with opened(database_url(context, database)) as engine:
        with recording(engine, f"cli: {who}" if who else "cli", why) as writer:
            undone = undoing.undo(writer, change)
        with reading(engine) as session:
            answer = change_detail(session, undone)
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
        return
    for one in answer.items:
        show(_item(visible(one)))
    show(f"{change} is undone. To bring it back: provenance undo {undone} --why REASON")


def _item(entry: HistoryItem) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    from provenance.cli.layout import beneath, plain

    spoken = entry.noun.replace("_", " ")
    title = Text.assemble((f"{entry.action} {spoken} {entry.record}", "bold"), f" at {entry.at:%Y-%m-%d %H:%M:%S} UTC")
    by = f"By {entry.who}{f': {entry.why}' if entry.why else ''}"
    undoable = {True: "", False: ", cannot be undone now", None: ""}[entry.undoable]
    changes = [f"{one.field}: {_value(one.before)} -> {_value(one.after)}" for one in entry.changes]
    return Group(plain(title), *map(beneath, [by, *changes, f"{entry.change}{undoable}"]))


def _value(value: object) -> str:
    if value is None:
        return "nothing"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
