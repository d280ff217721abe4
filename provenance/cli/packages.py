"""The command that writes a whole event as a data package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from provenance.cli.options import AsOf, Database, KnownAt, database_url, opened, validated
from provenance.cli.output import note
from provenance.files import written_whole

Event = Annotated[str, typer.Argument(metavar="EVENT", help="Public id of the event, or its title.")]
Output = Annotated[
    Path, typer.Option("--output", "-o", metavar="FILE", help="The archive to write, such as event.zip.")
]
Licence = Annotated[
    str | None, typer.Option("--licence", help="Under which licence you pass it on, such as CC-BY-4.0; named in it.")
]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(package)


def package(
    context: typer.Context,
    event: Event,
    output: Output,
    licence: Licence = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
) -> None:
    """Write a whole event as a data package: tables with types, keys and meanings in one archive."""
    from provenance.analysis.moments import looking
    from provenance.cli.naming import id_of
    from provenance.exchange.tables.package import PackageAsked, write_package
    from provenance.storage.reads.events import event_detail

    given = {"licence": licence, "as_of": as_of, "known_at": known_at}
    asked = validated(PackageAsked, {name: value for name, value in given.items() if value is not None})
    with opened(database_url(context, database)) as engine, looking(engine, asked.moment, steady=True) as session:
        found = event_detail(session, id_of(session, "event", event))
        with written_whole(output) as file:
            write_package(session, found.id, asked, file)
    note(f"Wrote {found.title} to {output}.")
