"""The commands that answer what falls: what-if, and the impact of a correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from provenance.cli.options import AsJson, AsOf, Database, KnownAt, database_url, opened, validated
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.storage.reads.asked_impact import ImpactAsked, WhatIfAsked

if TYPE_CHECKING:
    from rich.console import RenderableType
    from sqlmodel import Session

    from provenance.answers_impact import ClaimImpact, FallenReport, StandingReport, WhatFalls

SHOWN = 5  # reports that fall or stand that are shown of one claim; the rest is a number
Limit = Annotated[int, typer.Option("--limit", help="How many claims are listed at most; the totals count all.")]
Several = list[str] | None


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("what-if")(what_if)
    app.command()(impact)


def what_if(
    context: typer.Context,
    source: Annotated[Several, typer.Option("--source", help="A source, by id or name; repeatable.")] = None,
    linked: Annotated[bool, typer.Option("--linked", help="Also everybody whom ties join to these sources.")] = False,
    claim: Annotated[Several, typer.Option("--claim", help="A claim, by its id; repeatable.")] = None,
    report: Annotated[Several, typer.Option("--report", help="A report, by its id; repeatable.")] = None,
    document: Annotated[Several, typer.Option("--document", help="A document, by its id; repeatable.")] = None,
    hop: Annotated[
        Several,
        typer.Option("--hop", metavar="'FROM > BY'", help="What one source has from another, by ids or names."),
    ] = None,
    event: Annotated[str | None, typer.Option("--event", help="Look only at this event, by id or title.")] = None,
    limit: Limit = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Answer what falls if something is withdrawn or distrusted; nothing is changed.

    It lists the reports that lose all support, those that still stand and through whom, and on whom the rest rests.
    """
    from provenance.analysis.impact import what_if as ask
    from provenance.cli.naming import id_of
    from provenance.storage.moment import reading_at

    moment = validated(ImpactAsked, _given(as_of=as_of, known_at=known_at)).moment
    if not any((source, claim, report, document, hop)):
        raise InvalidInput("Nothing is withdrawn. Name a --source, --claim, --report, --document or --hop.")
    if linked and not source:
        raise InvalidInput("--linked: it is about --source, and there is none. Name one.")
    with opened(database_url(context, database)) as engine, reading_at(engine, moment) as session:
        given = _given(
            sources=[id_of(session, "source", name) for name in source or ()],
            hops=[_hop(session, one) for one in hop or ()],
            event=id_of(session, "event", event) if event else None,
            as_of=as_of,
            known_at=known_at,
        )
        named = {"claims": claim or [], "reports": report or [], "documents": document or []}
        answer = ask(session, validated(WhatIfAsked, {**given, **named, "with_linked": linked, "limit": limit}))
    _print(answer, as_json)


def impact(
    context: typer.Context,
    correction: Annotated[str, typer.Argument(metavar="CORRECTION", help="Public id of a correction.")],
    limit: Limit = 50,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Answer what falls with a correction.

    For a withdrawal that is what it cuts; for a denial, which only disputes, what would fall if it were one.
    """
    from provenance.analysis.correction_impact import impact_of
    from provenance.storage.moment import reading_at

    asked = validated(ImpactAsked, _given(limit=limit, as_of=as_of, known_at=known_at))
    with opened(database_url(context, database)) as engine, reading_at(engine, asked.moment) as session:
        answer = impact_of(session, correction, asked.limit)
    _print(answer, as_json)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _hop(session: Session, given: str) -> dict[str, str]:
    from provenance.cli.naming import id_of

    upstream, parted, downstream = (part.strip() for part in given.partition(">"))
    if not (upstream and parted and downstream):
        raise InvalidInput(f"--hop: '{given}' names no two sources; write 'Interior Ministry > Khabar 24'.")
    return {"upstream": id_of(session, "source", upstream), "downstream": id_of(session, "source", downstream)}


def _print(answer: WhatFalls, as_json: bool) -> None:
    if as_json:
        print_document(answer.model_dump_json(by_alias=True))
        return
    from provenance.cli.layout import plain

    shown = visible(answer)
    show(plain(shown.says, "bold"))
    for claim in shown.items:
        show(*_claim(claim))
    if shown.more:
        note(f"{shown.more} more claims are touched; list them with --limit, up to 200.")


def _claim(claim: ClaimImpact) -> list[RenderableType]:
    from provenance.analysis.rules.words import counted, listed
    from provenance.cli.layout import beneath, plain, title

    verdicts = [side.verdict.replace("_", " ") for side in (claim.before, claim.after)]
    rests = listed(source.source for source in claim.support_cut.sources)
    bound = "" if claim.support_cut.exact else "at most "
    lines: list[RenderableType] = [title(claim.text)]
    lines.append(
        plain(
            f"{claim.claim}: {counted(claim.before.reports, 'supported report')}, then {claim.after.reports}; "
            f"verdict {verdicts[0]}, then {verdicts[1]}"
        )
    )
    lines += [line for report in claim.fallen[:SHOWN] for line in _fallen(report)]
    lines += _rest(len(claim.fallen), "fall")
    lines += [line for report in claim.standing[:SHOWN] for line in _standing(report)]
    lines += _rest(len(claim.standing), "stand")
    lines.append(
        beneath(f"What is left rests on {bound}{claim.support_cut.size}: {rests}")
        if claim.standing
        else beneath("Nothing is left to rest on.")
    )
    return lines


def _fallen(report: FallenReport) -> list[RenderableType]:
    from provenance.cli.layout import beneath, item

    lines: list[RenderableType] = [item(f"falls: {_published(report)}")]
    for path in report.paths:
        broken = ", ".join(dict.fromkeys(by.says for by in path.broken_by))
        lines.append(beneath(f"{' -> '.join(path.path)}; broken by: {broken}"))
    return lines


def _standing(report: StandingReport) -> list[RenderableType]:
    from provenance.cli.layout import beneath, item

    return [item(f"stands: {_published(report)}"), *(beneath(" -> ".join(path)) for path in report.paths)]


def _published(report: FallenReport | StandingReport) -> str:
    return ", ".join(filter(None, (report.publisher, report.published_at, report.document_title, report.report)))


def _rest(count: int, verb: str) -> list[RenderableType]:
    from provenance.cli.layout import beneath

    return [beneath(f"… and {count - SHOWN} more that {verb}: see --json")] if count > SHOWN else []
