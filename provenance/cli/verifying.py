"""The command that proves a database to be what this program wrote: history, records and whatever is derived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, Database, database_url, opened
from provenance.cli.output import note, print_values, progress, show
from provenance.cli.visible import visible

if TYPE_CHECKING:
    from sqlmodel import Session

    from provenance.storage.reads.history import Chain
    from provenance.storage.reads.replaying import Mismatch

NAMED = 5  # places that are named to people; the rest is a number
LISTED = 1_000  # places that the document names; the rest is a number


@dataclass(slots=True)
class Derived:
    """Whose standing differs from a recomputation, in what; who is marked; and why nothing could be recomputed."""

    wrong: dict[str, dict[str, None]] = field(default_factory=dict)
    stale: dict[str, None] = field(default_factory=dict)
    unreadable: str | None = None


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
    """Check that nothing was written past this program.

    Each entry of the history must be sealed with the one before; each record must say what its entries tell, now and
    earlier; what is derived must equal a recomputation, or be marked for one. Exit code 1 if not.
    """
    from provenance.storage.reads.history import sealed_up_to, unbroken
    from provenance.storage.reads.replaying import mismatches, records_held
    from provenance.storage.session import reading

    with opened(database_url(context, database)) as engine, reading(engine) as session:
        with progress("Reading the history") as heard:
            chain = unbroken(session, heard)
        kept = None if noted is None else sealed_up_to(session, noted)
        records = records_held(session)
        with progress("Replaying it") as heard:
            wrong, listed = _first(mismatches(session, heard))
        derived = _derived(session, trusting=not wrong)
    if as_json:
        print_values(_document(chain, kept, records, wrong, listed, derived))
    else:
        _say_history(chain, kept)
        _say_records(records, wrong, listed)
        _say_derived(derived)
    if chain.breaks or kept is False or wrong or derived.wrong or derived.unreadable:
        raise typer.Exit(1)


def _first(found: Iterable[Mismatch]) -> tuple[int, list[Mismatch]]:
    every = iter(found)
    listed = list(islice(every, LISTED))
    return len(listed) + sum(1 for _ in every), listed


def _derived(session: Session, trusting: bool) -> Derived:
    from provenance.analysis.standing import differences

    derived = Derived()
    try:
        for difference in differences(session):
            if difference.stale:
                derived.stale[difference.claim] = None
            else:
                derived.wrong.setdefault(difference.claim, {})[difference.what] = None
    except (ValueError, LookupError, TypeError) as unreadable:
        # Somebody may have written into a record what no rule can read; without such a record it is our own fault.
        if trusting:
            raise
        derived.unreadable = str(unreadable)
    return derived


def _document(
    chain: Chain, kept: bool | None, records: int, wrong: int, listed: list[Mismatch], derived: Derived
) -> dict[str, Any]:
    return {
        "history": {
            "entries": chain.entries,
            "newest": chain.newest,
            "noted_is_there": kept,
            "broken_at": chain.broken_at,
            "breaks": [{"entry": one.entry, "what": one.what} for one in chain.breaks],
        },
        "records": {
            "checked": records,
            "wrong": wrong,
            "mismatches": [
                {
                    "trouble": one.trouble,
                    "noun": one.noun,
                    "record": one.record,
                    "field": one.field,
                    "entry": one.entry,
                    "what": one.what,
                }
                for one in listed
            ],
        },
        "wrong": list(derived.wrong),
        "derived": [{"claim": claim, "what": list(what)} for claim, what in derived.wrong.items()],
        "not_recomputed": derived.unreadable,
        "stale": list(derived.stale),
    }


def _say_history(chain: Chain, kept: bool | None) -> None:
    if not chain.breaks:
        show(f"History: {chain.entries:,} entries, each sealed with the one before; unbroken.")
    else:
        show(f"History: broken at entry {chain.broken_at}: something else than this program wrote or removed it.")
        for one in chain.breaks[:NAMED]:
            show(f"  Entry {one.entry}: {visible(one.what)}.")
    if kept is not None:
        show(f"The hash that was noted is {'in it' if kept else 'not in it: entries were removed or written anew'}.")


def _say_records(records: int, wrong: int, listed: list[Mismatch]) -> None:
    if not wrong:
        show(f"Records: {records:,}, each as its entries tell, now and earlier.")
        return
    show(f"Records: {wrong:,} {'place' if wrong == 1 else 'places'} where they are not as their entries tell.")
    for one in listed[:NAMED]:
        show(f"  {visible(one.what)}")
    if wrong > NAMED:
        show(f"  And {wrong - NAMED:,} more; --json names them.")


def _say_derived(derived: Derived) -> None:
    if derived.unreadable is not None:
        show(f"Claims: not recomputed, because a record cannot be read: {visible(derived.unreadable)}.")
        return
    if derived.stale:
        show(f"Claims: {len(derived.stale):,} marked, to be derived anew when they are read.")
    if not derived.wrong:
        show("Claims: what is derived equals a recomputation.")
        return
    wrong = [f"{claim} ({', '.join(what)})" for claim, what in derived.wrong.items()]
    more = f" and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
    show(f"Claims: {len(wrong):,} differ from a recomputation: {', '.join(wrong[:NAMED])}{more}.")
    note("Run `provenance recompute` to derive them anew.")
