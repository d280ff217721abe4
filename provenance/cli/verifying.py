"""The command that proves a database to be what this program wrote: its pages, its schema, what its rows lead to, the
history, the records, whatever is derived, the search index, and the texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import print_values, progress
from provenance.cli.verified import Verified, say

if TYPE_CHECKING:
    from sqlalchemy import Engine


def verify(
    context: typer.Context,
    noted: Annotated[
        str | None,
        typer.Option(
            "--noted",
            metavar="HASH",
            help="The newest hash as it was noted elsewhere: prove that nothing before it went.",
        ),
    ] = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Check that nothing was lost or damaged, and nothing written past this program.

    Pages must be whole, the schema ours, and every reference lead somewhere. Each entry of the history must be sealed
    with the one before; each record must say what its entries tell, now and earlier; what is derived must equal a
    recomputation, or be marked for one; the search index must hold what the records say, and texts and archived bytes
    must be those that their hashes name. Exit code 1 if not.
    """
    with opened(database_url(context, database)) as engine:
        found = verified(engine, noted)
    if as_json:
        print_values(found.document())
    else:
        say(found)
    if found.is_wrong:
        raise typer.Exit(1)


def verified(engine: Engine, noted: str | None = None) -> Verified:
    """Check every part; a part that cannot even be read is wrong for that reason, and the others are checked still."""
    from provenance.storage.session import of_one_moment, reading

    found = Verified()
    found.check_pages(engine)
    with reading(of_one_moment(engine)) as session:
        found.check_rows(session)
        with progress("Reading the history") as heard:
            found.check_history(session, noted, heard)
        with progress("Replaying it") as heard:
            found.check_records(session, heard)
        found.check_derived(session)
        found.check_index(session)
    found.check_words_of_index(engine)
    return found
