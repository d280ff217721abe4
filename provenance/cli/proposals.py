"""The commands for what a machine proposes: list it, accept it, reject it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from provenance.cli.options import AsJson, Database, asking, database_url, opened, validated
from provenance.cli.output import note, print_document, show
from provenance.cli.visible import visible
from provenance.errors import InvalidInput
from provenance.storage.reads.asked_decisions import ProposalsAsked
from provenance.vocabulary import Sameness, Stance

if TYPE_CHECKING:
    from rich.console import RenderableType

    from provenance.answers_decisions import DecisionsAnswer
    from provenance.answers_detail import ReportDetail

Ids = Annotated[list[str] | None, typer.Argument(metavar="ID", help="Reports that wait; or give a filter.")]
Rule = Annotated[str | None, typer.Option("--rule", metavar="TEXT", help="All that this rule proposed.")]
Extractor = Annotated[str | None, typer.Option("--extractor", metavar="TEXT", help="All that it proposed.")]
Confidence = Annotated[
    float | None, typer.Option("--min-confidence", help="All of which the extractor is at least so sure.")
]
Document = Annotated[str | None, typer.Option("--document", metavar="TEXT", help="All of this document, by its id.")]
Event = Annotated[str | None, typer.Option("--event", metavar="TEXT", help="All about this event: its id or title.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would be written; write nothing.")]
Who = Annotated[str | None, typer.Option("--who", help="Who decides; kept with the decision.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason; kept with the decision.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(proposals)
    app.command()(accept)
    app.command()(reject)


@asking(ProposalsAsked)
def proposals(
    context: typer.Context, asked: ProposalsAsked, database: Database = None, as_json: AsJson = False
) -> None:
    """List what waits for a decision, by document: the words, their chain, the figures, and why it is proposed."""
    from provenance.analysis.moments import looking
    from provenance.cli.naming import with_ids
    from provenance.storage.reads.reports import report_detail, reports

    with opened(database_url(context, database)) as engine, looking(engine, asked.moment) as session:
        page = reports(session, with_ids(session, asked).reports)
        details = [] if as_json else [report_detail(session, one.id) for one in page.items]
    if as_json:
        print_document(page.model_dump_json(by_alias=True))
        return
    for _, several in groupby(map(visible, details), key=lambda one: one.document):
        show(*_document(list(several)))
    if not page.items:
        note("Nothing that waits answers to that.")
    if page.next is not None:
        note(f"There are more. For the next page, repeat the command with: --cursor {page.next}")


def accept(
    context: typer.Context,
    reports: Ids = None,
    rule: Rule = None,
    extractor: Extractor = None,
    min_confidence: Confidence = None,
    document: Document = None,
    event: Event = None,
    dry_run: DryRun = False,
    who: Who = None,
    why: Why = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Accept proposals, all that are named or found, or none.

    They count from then on, and so do the claims, events and sources that they speak of.
    """
    found = _filter(rule, extractor, min_confidence, document, event)
    _decide(context, database, "accept", reports, found, dry_run, who, why, as_json)


def reject(
    context: typer.Context,
    reports: Ids = None,
    rule: Rule = None,
    extractor: Extractor = None,
    min_confidence: Confidence = None,
    document: Document = None,
    event: Event = None,
    dry_run: DryRun = False,
    who: Who = None,
    why: Why = None,
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Reject proposals, all that are named or found, or none.

    They stay, marked as rejected; claims, events and sources that only they spoke of go.
    """
    found = _filter(rule, extractor, min_confidence, document, event)
    _decide(context, database, "reject", reports, found, dry_run, who, why, as_json)


Given = dict[str, Any]


def _filter(
    rule: str | None, extractor: str | None, min_confidence: float | None, document: str | None, event: str | None
) -> Given:
    given = {
        "rule": rule,
        "extractor": extractor,
        "min_confidence": min_confidence,
        "document": document,
        "event": event,
    }
    return {name: value for name, value in given.items() if value is not None}


def _decide(
    context: typer.Context,
    database: str | None,
    decision: Literal["accept", "reject"],
    reports: list[str] | None,
    found: Given,
    dry_run: bool,
    who: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    from provenance.analysis.deciding import decide_many
    from provenance.cli.naming import id_of
    from provenance.storage.deciding import DecisionsCreate, ProposalFilter
    from provenance.storage.session import reading

    for one in reports or []:
        if one.startswith("doc_"):
            raise InvalidInput(f"{one} is a document. For all that waits of it: provenance {decision} --document {one}")
    with opened(database_url(context, database)) as engine:
        if "event" in found:
            with reading(engine) as session:
                found["event"] = id_of(session, "event", str(found["event"]))
        given: dict[str, object] = {"decision": decision, "reports": reports or [], "dry_run": dry_run, "why": why}
        asked = validated(ProposalFilter, found) if found else None
        body = validated(DecisionsCreate, given | {"filter": asked})
        answer = decide_many(engine, f"cli: {who}" if who else "cli", why, body)
    if as_json:
        print_document(answer.model_dump_json())
        return
    show(*_told(answer))


def _told(answer: DecisionsAnswer) -> Iterator[RenderableType]:
    from provenance.phrases import counted

    done = f"{'would be ' if answer.dry_run else ''}{answer.decision}ed"
    yield f"{counted(len(answer.reports), 'proposal')} {done}."
    for verb, rows in (("accepted with them", answer.accepted), ("gone, as nothing speaks of it", answer.retired)):
        if rows:
            yield f"  {verb}: {', '.join(counted(number, noun) for noun, number in rows.items())}"
    if answer.dry_run:
        yield "Nothing was written."
    elif answer.change:
        yield f"To take it back: provenance undo {answer.change} --why REASON"


def _document(reports: list[ReportDetail]) -> Iterator[RenderableType]:
    from provenance.cli.layout import beneath, item, quoted, title
    from provenance.phrases import interval

    first = reports[0]
    when = f", {first.published_at}" if first.published_at else ""
    yield title(f"{first.document_title or 'An untitled text'} ({first.publisher}{when}) {first.document}")
    for report in reports:
        yield item(quoted(report.quote) if report.quote else report.claim_text)
        for chain in report.chains:
            yield beneath(" → ".join(chain))
        for figure in report.figures:
            what = " ".join(filter(None, (figure.unit, figure.counted)))
            role = f", {figure.measure}" if figure.measure else ""
            between = interval(figure.low, figure.high)
            yield beneath(f"{quoted(figure.text)}: {between}{f' {what}' if what else ''}{role}")
        yield beneath(_claim(report))
        yield beneath(_marks(report))


def _claim(report: ReportDetail) -> str:
    matches = (report.grounds or {}).get("matches") or []
    if any(match["claim"] == report.claim for match in matches):
        return f"Known claim: {report.claim_text} ({report.claim})"
    near = next((match for match in matches if match["same"] != Sameness.DIFFERENT), None)
    perhaps = f" Perhaps the known one: {near['text']} ({near['claim']})" if near else ""
    return f"Claim: {report.claim_text} ({report.claim}){perhaps}"


def _marks(report: ReportDetail) -> str:
    sure = "" if report.confidence is None else f", {report.confidence:.0%}"
    marks = [f"{report.id}: {report.rule or 'by a person'}{sure}"]
    if report.stance is not Stance.ASSERTS:
        marks.append(report.stance.value)
    if report.hedge:
        marks.append(f"hedged: {report.hedge}")
    return "; ".join(marks)
