"""How a document that was taken in looks on a terminal: each proposal with its chain, figures and what is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType

from provenance.answers_intake import Ingested, ProposedFigure, ProposedReportShown
from provenance.answers_reading import LinkShown
from provenance.cli.layout import beneath, item, plain, quoted, title
from provenance.cli.phrases import NOBODY, marks_of
from provenance.phrases import interval
from provenance.vocabulary import LinkStatus, Sameness, TakenIn

OUTCOMES = {
    TakenIn.ADDED: "Added",
    TakenIn.KNOWN: "Held already",
    TakenIn.CHANGED: "A later version of what was held at its address",
    TakenIn.FAILED: "Failed",
}


def page(answer: Ingested) -> Iterator[RenderableType]:
    """The parts of the picture, top to bottom."""
    document = answer.document
    when = f", {document.published_at}" if document.published_at else ""
    would = "Would be: " if answer.dry_run else ""
    named = f"{would}{OUTCOMES[answer.outcome]}: {document.title or 'an untitled text'} ({document.publisher}{when})"
    yield plain(named if answer.dry_run else f"{named} {document.id}", "bold")
    for said in answer.notes:
        yield plain(said, "dim")
    if answer.suspected_copies:
        yield plain(f"Suspected copies, rewrites or translations: {answer.suspected_copies}.")
    if answer.event_title is not None:
        yield plain(f"Event: {answer.event_title}" + ("" if answer.dry_run else f" {answer.event}"))
    if answer.reports:
        yield title(f"Proposed: {len(answer.reports)}; they count for nothing until somebody accepts them")
    for report in answer.reports:
        yield item(quoted(report.quote))
        yield beneath(chain_of(report.chain))
        for figure in report.figures:
            yield beneath(figure_of(figure))
        yield beneath(_claim(report))
        yield beneath(_marks(report))


def chain_of(links: Sequence[LinkShown]) -> str:
    """A chain in a line, origin first."""
    steps = [" + ".join(map(_named, step)) for _, step in groupby(links, key=lambda link: link.step)]
    return " → ".join(steps) or "in the document's own voice"


def figure_of(figure: ProposedFigure) -> str:
    """A figure as an interval, in words."""
    counted = " ".join(filter(None, (figure.unit, figure.counted)))
    what = f" {counted}" if counted else ""
    role = f", {figure.measure}" if figure.measure else ""
    return f"{quoted(figure.text)}: {interval(figure.low, figure.high)}{what}{role}"


def _named(link: LinkShown) -> str:
    if link.status is LinkStatus.UNSPECIFIED:
        return NOBODY
    return link.source or link.as_named or NOBODY


def _claim(report: ProposedReportShown) -> str:
    if report.known:
        return f"Known claim: {report.claim_text} ({report.claim})"
    near = [match for match in report.matches if match.same is not Sameness.DIFFERENT]
    if not near:
        return f"New claim: {report.claim_text}"
    return f"New claim: {report.claim_text} Perhaps the known one: {near[0].text} ({near[0].claim})"


def _marks(report: ProposedReportShown) -> str:
    return marks_of(report.rule, report.confidence, report.stance, report.hedge)
