"""The commands together, what holds for all of them, and how their errors are told.

What a user can mend is one line on stderr and exit code 2; what went wrong in here is a traceback and exit code 1.
Commands import what they need when they run, so that asking for help takes no time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from provenance.cli import (
    assisting,
    backing_up,
    claimreview,
    counting,
    desk,
    drifting,
    extracting,
    falling,
    graphs,
    history,
    hooks,
    ingesting,
    keeping,
    keys,
    lists,
    matching,
    merging,
    packages,
    proposals,
    prov,
    reading,
    redacting,
    serving,
    sheets,
    stories,
    tables,
    tracing,
    visibility,
    web_annotations,
    whole_copies,
)
from provenance.cli.options import DATABASE_NAMED, SHORT, Database
from provenance.cli.output import fail
from provenance.errors import ProvenanceError

VARIABLE = "PROVENANCE_DATABASE_URL"

HELP = """A database that knows where a claim came from: who said it first, how it travelled, and how many independent
origins it has. It measures reporting, never truth.

\b
Try:
  provenance serve --demo                      a server with two stories
  provenance load kazakhstan-2022              one of them, and no server
  provenance trace dozens                      who is this really from?
  provenance figures --flag unverified_figure  which figures are unverified?
  provenance claims --source "Khabar 24"       what came through them?
  provenance trace dozens --json               the documents of the API
"""


class Shell(TyperGroup):
    """The group of all commands, which tells errors as their meaning asks."""

    def invoke(self, ctx: Any) -> Any:
        with telling_errors(ctx):
            return super().invoke(ctx)


@contextmanager
def telling_errors(ctx: Any) -> Iterator[None]:
    """Turn the errors that a user can mend into one line and exit code 2."""
    try:
        yield
    except ProvenanceError as error:
        fail(spoken(error, ctx.meta.get(DATABASE_NAMED)))
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        fail(f"{error.strerror or error}: {error.filename}" if error.filename else error.strerror or str(error))
    except Exception as error:
        known = database_trouble(error)
        if known is None:
            raise
        fail(known.replace(VARIABLE, ctx.meta.get(DATABASE_NAMED, VARIABLE)))


def spoken(error: ProvenanceError, database: str | None = None) -> str:
    """The message, with the names of options where it has those of parameters or of a variable that was not used."""
    option = SHORT.get(error.field or "")
    message = error.message.replace(f"{error.field}:", f"{option}:", 1) if option else error.message
    return message.replace(VARIABLE, database or VARIABLE)


def database_trouble(error: Exception) -> str | None:
    """What a user is told when the database cannot be used; None where something else went wrong."""
    try:
        from sqlalchemy.exc import DBAPIError, OperationalError

        from provenance.storage.trouble import Trouble, trouble_of
    except ImportError:  # pragma: no cover - it is a dependency
        return None
    if not isinstance(error, DBAPIError):
        return None
    trouble = trouble_of(error)
    if trouble is None and not isinstance(error, OperationalError):
        return None
    reason = str(error.orig).strip().splitlines()[0]
    return f"the database cannot be used: {reason}. {(trouble or Trouble.GONE).meaning}"


app = typer.Typer(
    cls=Shell,
    help=HELP,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"provenance {version('claim-provenance')}")
        raise typer.Exit


@app.callback()
def everything(
    context: typer.Context,
    database: Database = None,
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    """Hold what is given before the command's name."""
    context.obj = database


for commands in (
    serving,
    assisting,
    tracing,
    graphs,
    prov,
    drifting,
    falling,
    counting,
    desk,
    lists,
    matching,
    reading,
    ingesting,
    proposals,
    extracting,
    sheets,
    claimreview,
    web_annotations,
    tables,
    packages,
    stories,
    merging,
    history,
    redacting,
    hooks,
    keys,
    visibility,
    keeping,
    backing_up,
    whole_copies,
):
    commands.add_to(app)
