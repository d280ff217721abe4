"""The command that writes a list as a table: CSV or Parquet, with the filters of the list."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from provenance.cli.options import Database, asking, database_url, opened
from provenance.cli.output import note
from provenance.errors import InvalidInput
from provenance.files import written_whole

if TYPE_CHECKING:
    from provenance.exchange.tables.columns import Column
    from provenance.exchange.tables.lists import Listed


class As(StrEnum):
    """In which form a table is written."""

    CSV = "csv"
    PARQUET = "parquet"


Form = Annotated[As, typer.Option("--format", help="In which form.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; left out: CSV goes to stdout.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV with the mark by which some spreadsheets know UTF-8.")]
Of = Annotated[str, typer.Argument(metavar="ID", help="Public id of the record whose list it is.")]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    tables = typer.Typer(cls=Tables, no_args_is_help=True, rich_markup_mode=None)
    app.add_typer(tables, name="table", help="Write a list as a table: CSV or Parquet, with the filters of the list.")


class Tables(TyperGroup):
    """A command for each list, made when somebody asks for one: what may be asked of all of them takes time to load."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_lists())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _lists().get(cmd_name)


@cache
def _lists() -> dict[str, Any]:
    from provenance.exchange.tables.lists import LISTS

    lists = typer.Typer(rich_markup_mode=None)
    for listed in LISTS:
        lists.command(listed.key, help=f"The list of {_called(listed)} as a table.")(_command(listed))
    lists.command("ged")(_ged())
    return dict(get_group(lists).commands)


def _called(listed: Listed) -> str:
    what = listed.name.replace("-", " ")
    return f"{what} of a {listed.within}" if listed.within else what


def _command(listed: Listed) -> Callable[..., None]:
    from provenance.exchange.tables.lists import whole

    def command(
        context: typer.Context,
        asked: Any,
        form: Form = As.CSV,
        output: Output = None,
        bom: Bom = False,
        database: Database = None,
    ) -> None:
        _write(context, listed, asked, None, form, output, bom, database)

    def command_of(
        context: typer.Context,
        asked: Any,
        of: Of,
        form: Form = As.CSV,
        output: Output = None,
        bom: Bom = False,
        database: Database = None,
    ) -> None:
        _write(context, listed, asked, of, form, output, bom, database)

    return asking(whole(listed))(command_of if listed.within else command)


def _ged() -> Callable[..., None]:
    from provenance.exchange.tables.ged_asked import GedAsked

    @asking(GedAsked)
    def ged(
        context: typer.Context,
        asked: Any,
        event: Annotated[str, typer.Argument(metavar="EVENT", help="Public id of the event, or its title.")],
        form: Form = As.CSV,
        output: Output = None,
        bom: Bom = False,
        database: Database = None,
    ) -> None:
        """An event's figures in the columns that UCDP GED has."""
        from provenance.analysis.moments import looking
        from provenance.cli.naming import id_of
        from provenance.exchange.tables.columns import columns_of
        from provenance.exchange.tables.ged import ged_rows
        from provenance.exchange.tables.ged_row import GedRow

        _check(form, output)
        with opened(database_url(context, database)) as engine, looking(engine, asked.moment) as session:
            rows = ged_rows(session, id_of(session, "event", event), asked)
        _put(columns_of(GedRow), iter([rows]), form, output, bom)

    return ged


def _write(
    context: typer.Context,
    listed: Listed,
    asked: Any,
    of: str | None,
    form: As,
    output: Path | None,
    bom: bool,
    database: str | None,
) -> None:
    from provenance.cli.naming import with_ids
    from provenance.exchange.tables.lists import pages
    from provenance.storage.session import reading

    _check(form, output)
    with opened(database_url(context, database)) as engine:
        with reading(engine) as session:
            named = with_ids(session, asked)
        found = pages(engine, listed, named, of)
        # What is wrong with the question shows now, before a file is begun.
        _put(listed.columns, chain([next(found)], found), form, output, bom)


def _check(form: As, output: Path | None) -> None:
    if form is As.PARQUET and output is None:
        raise InvalidInput("--output: Parquet is no text for a terminal. Give a file with -o FILE.", field="output")


def _put(columns: Sequence[Column], found: Iterator[Sequence[Any]], form: As, output: Path | None, bom: bool) -> None:
    from provenance.exchange.tables.as_csv import csv_of
    from provenance.exchange.tables.as_parquet import parquet_of

    parts = csv_of(columns, found, bom=bom) if form is As.CSV else parquet_of(columns, found)
    written = _written(parts, output)
    if output is not None:
        note(f"Wrote {written:,} bytes to {output}.")


def _written(parts: Iterator[bytes], output: Path | None) -> int:
    with _opened(output) as file:
        return sum(file.write(part) for part in parts)


@contextmanager
def _opened(output: Path | None) -> Iterator[IO[bytes]]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        # Whoever holds the database is shown what waits for an editor, too, and some lists are for the desk alone.
        with written_whole(output, private=True) as file:
            yield file
