"""The command that answers what changed on the way of a claim."""

from __future__ import annotations

from typing import Annotated

import typer

from provenance.cli.options import AsJson, AsOf, Database, KnownAt, database_url, opened, validated
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.storage.reads.asked import DriftAsked


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(drift)


def drift(
    context: typer.Context,
    claim: Annotated[list[str], typer.Argument(metavar="CLAIM", help="Public id of a claim, or words from it.")],
    field: Annotated[str | None, typer.Option(metavar="TEXT", help="In what the two reports differ.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="TEXT", help="What became of it.")] = None,
    sure: Annotated[
        str | None, typer.Option(metavar="certain|likely|possible", help="At least so sure; possible finds all.")
    ] = None,
    report: Annotated[str | None, typer.Option(metavar="TEXT", help="Public id of the report that differs.")] = None,
    sort: Annotated[str, typer.Option(metavar="published|-published", help="By when it was published.")] = "published",
    limit: Annotated[int, typer.Option(help="How many a page holds at most.")] = 50,
    cursor: Annotated[str | None, typer.Option(metavar="TEXT", help="next of the page before.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Answer what changed on the way of a claim.

    Each report is held against the one upstream of it, else against the earliest one; each headline against its text.
    """
    from provenance.analysis.drifting import claim_drift
    from provenance.analysis.moments import looking
    from provenance.cli.items import item
    from provenance.cli.tracing import which_claim

    filters = {"field": field, "kind": kind, "sure": sure, "report": report}
    turned = {"sort": sort, "limit": limit, "cursor": cursor, "as_of": as_of, "known_at": known_at}
    given = {name: value for name, value in (filters | turned).items() if value is not None}
    asked = validated(DriftAsked, given)
    with opened(database_url(context, database)) as engine:
        chosen = which_claim(engine, " ".join(claim), asked.moment)
        with looking(engine, asked.moment) as session:
            page = claim_drift(session, chosen, asked)
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
        return
    for one in visible(page).items:
        show(item(one))
    if not page.items:
        note("Nothing is found to have changed, in the documents held.")
    if page.next is not None:
        note(f"There is more. For the next page, repeat the command with: --cursor {page.next}")
