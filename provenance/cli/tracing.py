"""The command that answers who a claim is really from."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from provenance.cli.options import AsJson, AsOf, Database, KnownAt, database_url, opened
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.errors import Moved, NotFound
from provenance.moment import NOW, Moment
from provenance.storage.reads.asked import moment_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from provenance.answers import ClaimItem

T = TypeVar("T")
CLAIM_ID = re.compile(r"clm_[a-z0-9]+")
LOOKED_AT = 200  # matches with most documents among which one may stand out
LISTED = 10  # of which so many are named; the rest is a number
TWICE = 2  # how many times as many documents as any other make a match stand out

LINE = 48  # characters of a claim that fit beside its id


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(trace)


def trace(
    context: typer.Context,
    claim: Annotated[list[str], typer.Argument(metavar="CLAIM", help="Public id of a claim, or words from it.")],
    every: Annotated[bool, typer.Option("--all", help="Fold nothing: every carrier, publisher and account.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Answer who a claim is really from.

    The trace names who is named first, how the claim travelled, how many independent origins it has, and what is open.
    """
    import json

    from provenance.analysis.moments import trace_at
    from provenance.analysis.standing import fresh_trace

    moment = moment_of(as_of, known_at)
    with opened(database_url(context, database)) as engine:
        chosen = which_claim(engine, " ".join(claim), moment)
        body = following(lambda one: trace_at(engine, one, moment) if moment else fresh_trace(engine, one), chosen).body
    if as_json:
        print_document(body)
        return
    from provenance.cli.traced import page

    show(page(visible(json.loads(body)), every))


def following(read: Callable[[str], T], public_id: str) -> T:
    """What is read of a record, or of the one that it was merged into, which is said."""
    try:
        return read(public_id)
    except Moved as moved:
        why = f" ({moved.why})" if moved.why else ""
        note(f"{moved.gone} was merged into {moved.kept}{why}; that one is shown.")
        return read(moved.kept)


def which_claim(engine: Engine, given: str, moment: Moment = NOW) -> str:
    """The public id that was given, or that of the claim that the words meant then; raises :class:`NotFound`."""
    if CLAIM_ID.fullmatch(given):
        return given
    from provenance.analysis.moments import looking
    from provenance.storage.reads.asked import ClaimsAsked
    from provenance.storage.reads.claims import claims

    with looking(engine, moment) as session:
        matches = claims(session, ClaimsAsked(q=given, sort="-documents", limit=LOOKED_AT))
    chosen = choose(matches.items)
    if chosen.claim is not None and chosen.others:
        note(f"Tracing {chosen.claim.id}, {chosen.why}. The others:")
    for other in chosen.others[:LISTED]:
        note(f"  {_line(other)}")
    hidden = len(chosen.others[LISTED:])
    if hidden:
        least = "at least " if matches.next else ""
        note(f"  … and {least}{hidden} more: provenance claims {shlex.quote(given)} --sort=-documents")
    if chosen.claim is None:
        raise NotFound(chosen.why)
    return chosen.claim.id


@dataclass(frozen=True, slots=True)
class Choice:
    """The claim that words mean, the reason, and what else they match; no claim where none stands out."""

    claim: ClaimItem | None
    why: str
    others: tuple[ClaimItem, ...] = ()


def choose(hits: Sequence[ClaimItem]) -> Choice:
    """The only match, or the one with at least twice as many documents as any other."""
    if not hits:
        return Choice(None, "No claim has all these words. Use fewer or other ones, or list all: provenance claims")
    if len(hits) == 1:
        return Choice(hits[0], "the only match")
    ranked = sorted(hits, key=lambda hit: -hit.documents)
    first, second = ranked[:2]
    if first.documents >= TWICE * max(second.documents, 1):
        why = f"which {first.documents} documents state, at least twice as many as any other match"
        return Choice(first, why, tuple(ranked[1:]))
    why = "Several claims have these words and none stands out. Add words, or name one by its id."
    return Choice(None, why, tuple(ranked))


def _line(hit: ClaimItem) -> str:
    said = visible(hit.text)
    text = said if len(said) <= LINE else f"{said[: LINE - 2]}…"
    return f"{hit.id} ({hit.documents}) {text}"
