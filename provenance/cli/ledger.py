"""A tally as a page for a terminal: tables of figures that count the same, and why they stand apart from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from provenance.analysis.says import FIELDS
from provenance.answers_ledger import (
    LedgerBetween,
    LedgerFigure,
    LedgerScope,
    PartySeries,
    SeriesMark,
    TallyLedger,
    TallySeries,
)
from provenance.answers_rulings import RulingItem
from provenance.cli.layout import Hanging, beneath, item, plain, quoted, title
from provenance.phrases import counted, listed
from provenance.quantity import Answer
from provenance.vocabulary import FigureStatus

MOST_VARIANTS = 6
STYLES = {FigureStatus.STANDING: "green", FigureStatus.CONTRADICTED: "yellow", FigureStatus.DISPUTED: "yellow"}


def page(answer: TallyLedger | TallySeries) -> RenderableType:
    """The whole ledger, no winner picked; or what each party gave in the course of time."""
    return _in_order(answer) if isinstance(answer, TallySeries) else _side_by_side(answer)


def _side_by_side(ledger: TallyLedger) -> RenderableType:
    numbers = {figure.claim: str(number) for number, figure in enumerate(ledger.figures, 1)}
    return Group(
        plain(ledger.title, "bold"),
        plain(f"{ledger.id}: {ledger.event_title}", "dim"),
        *_asked(ledger),
        *_rulings(ledger.rulings),
        *(part for place, _ in enumerate(ledger.scopes) for part in _scope(ledger, place, numbers)),
        *_claims(ledger, numbers),
        *_parts(ledger),
        *_notes(ledger),
    )


def _asked(answer: TallyLedger | TallySeries) -> Iterator[RenderableType]:
    moments = ((answer.as_of, "as published by"), (answer.known_at, "as held at"))
    when = [f"{words} {moment}" for moment, words in moments if moment]
    yield plain(", ".join([f"words read under policy {answer.policy}", *when]), "dim")


def _rulings(rulings: Sequence[RulingItem]) -> Iterator[RenderableType]:
    if rulings:
        yield title("Ranges that editors signed, beside the figures")
    for ruling in rulings:
        grade = f", {ruling.scale}: {ruling.grade}" if ruling.grade else ""
        signed = f"{ruling.signed_by}, {ruling.signed_at:%Y-%m-%d}"
        yield item(Text.assemble((span(ruling.low, ruling.high), "bold"), f"{grade} ({signed}). {ruling.method}"))
        if ruling.inclusions:
            yield beneath(ruling.inclusions)


def _scope(ledger: TallyLedger, place: int, numbers: dict[str, str]) -> Iterator[RenderableType]:
    yield title(_called(ledger.scopes[place]))
    yield from (plain(reason) for reason in _why_apart(ledger, place))
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim", width=None)
    table.add_column("", justify="right", no_wrap=True)
    for name, widest in (("figure", 16), ("interval", 13), ("status", 12), ("first seen", 17), ("docs", 5)):
        table.add_column(name, max_width=widest, overflow="fold")
    table.add_column("party, or origin", overflow="fold")
    for figure in ledger.figures:
        if figure.scope == place:
            table.add_row(*_row(figure, numbers[figure.claim]))
    yield _Unpadded(table)


@dataclass(frozen=True, slots=True)
class _Unpadded:
    """A table of which no line ends in spaces."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segments in console.render_lines(self.table, options, pad=False):
            line = Text.assemble(*((segment.text, segment.style or "") for segment in segments))
            line.rstrip()
            yield line


def _row(figure: LedgerFigure, number: str) -> tuple[str | Text, ...]:
    possible = f"+{figure.possible}?" if figure.possible else ""
    return (
        number,
        Text(figure.text, "bold"),
        span(figure.low, figure.high),
        Text(str(figure.status), STYLES.get(figure.status, "red")),
        figure.published_at or "not known",
        f"{figure.certain}{possible}",
        behind(figure),
    )


def behind(figure: LedgerFigure) -> str:
    """Who stands behind a figure: its parties, or words for what is known where there is none."""
    established = [party.name for party in figure.parties if party.established]
    if established:
        return listed(established)
    if not figure.origins:
        return "origin not stated"
    first = figure.origins[0]
    return f"not established ({first.origin_class.replace('_', ' ')}: {first.source})"


def span(low: float | None, high: float | None) -> str:
    """An interval in a few characters.

    >>> span(24, None), span(None, 49), span(164, 164), span(9, 11), span(None, None)
    ('24 or more', '49 or fewer', '164', '9 to 11', 'not read')
    """
    match low, high:
        case None, None:
            return "not read"
        case None, _:
            return f"{high:,} or fewer"
        case _, None:
            return f"{low:,} or more"
        case _:
            return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _called(scope: LedgerScope) -> str:
    runs = {True: "running total", False: "not a running total", None: None}[scope.cumulative]
    facts = (scope.measure, scope.counted, scope.place, scope.period, runs, scope.unit)
    return ", ".join(fact for fact in facts if fact) or "What is counted is not known"


def _why_apart(ledger: TallyLedger, place: int) -> Iterator[str]:
    for found in ledger.comparisons:
        if place in (found.one, found.other) and found.answer != Answer.YES:
            other = found.one if found.other == place else found.other
            if other == place:
                yield f"Not formally comparable with each other: {_reason(found)}."
            elif other < place:
                yield f"Not comparable with “{_called(ledger.scopes[other])}”: {_reason(found)}."


def _reason(found: LedgerBetween) -> str:
    field = FIELDS.get(found.field or "", found.field or "")
    return f"they differ in {field}" if found.answer == Answer.NO else f"{field} is missing"


def _claims(ledger: TallyLedger, numbers: dict[str, str]) -> Iterator[RenderableType]:
    if not ledger.figures and not ledger.without_figure:
        yield plain("No document held gives a figure for it.")
        return
    yield title("The claims")
    widest = max(map(len, numbers.values()), default=1)
    for figure in ledger.figures:
        yield Hanging(f"{numbers[figure.claim]:>{widest}} ", Text(figure.claim_text))
        facts = [figure.claim, *_borne_on(figure, numbers), *_variants(figure)]
        yield Hanging(" " * (widest + 1), Text("; ".join(facts), "dim"))
    for claim in ledger.without_figure:
        yield Hanging(" " * (widest + 1), Text(f"{claim.claim_text} (no figure is printed; {claim.claim})"))


def _borne_on(figure: LedgerFigure, numbers: dict[str, str]) -> Iterator[str]:
    for word, claims, total in (
        ("superseded by", figure.superseded_by, len(figure.superseded_by)),
        ("updated by", figure.updated_by, figure.updates),
        ("contradicted by", figure.contradicted_by, figure.contradictions),
    ):
        if claims:
            more = f" and {total - len(claims)} more" if total > len(claims) else ""
            yield f"{word} {', '.join(numbers.get(claim, claim) for claim in claims)}{more}"


def _variants(figure: LedgerFigure) -> Iterator[str]:
    shown = figure.variants[:MOST_VARIANTS]
    if shown:
        more = len(figure.variants) - len(shown)
        printed = ", ".join(f"{quoted(one.text)} ({one.printed_in_documents})" for one in shown)
        yield f"also printed: {printed}{f' and {more} more' if more else ''}"


def _parts(ledger: TallyLedger) -> Iterator[RenderableType]:
    if ledger.figures_of_parts:
        yield title("Parts, counted apart and not added up")
    for part in ledger.figures_of_parts:
        yield item(part.title)
        given = [f"{figure.text} ({figure.status})" for figure in part.figures]
        yield beneath(f"{part.tally}: {', '.join(given) or 'no figure'}")


def _notes(ledger: TallyLedger) -> Iterator[RenderableType]:
    if ledger.notes:
        yield title("To look at")
    for note in ledger.notes:
        yield item(note.says)


def _in_order(series: TallySeries) -> RenderableType:
    return Group(
        plain(series.title, "bold"),
        plain(series.tally, "dim"),
        *_asked(series),
        *(part for one in series.series for part in _party(one)),
        *_marks(series.corrections),
    )


def _party(series: PartySeries) -> Iterator[RenderableType]:
    known = "" if series.established else " (not established)"
    yield title(f"{series.party or 'No origin is known'}{known}: {counted(len(series.points), 'figure')}")
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="dim")
    for name, widest in (("when", 17), ("figure", 16), ("interval", 13), ("status", 12), ("claim", 20)):
        table.add_column(name, max_width=widest, overflow="fold")
    for point in series.points:
        status = Text(str(point.status), STYLES.get(point.status, "red"))
        table.add_row(
            point.at or "not known", Text(point.text, "bold"), span(point.low, point.high), status, point.claim
        )
    yield _Unpadded(table)


def _marks(marks: Sequence[SeriesMark]) -> Iterator[RenderableType]:
    if marks:
        yield title("What was done to them")
    for mark in marks:
        applies = "" if mark.applies else ", not certain to have taken effect by then"
        yield item(f"{mark.at or 'not known when'}: {mark.kind} by {mark.by}, of {mark.claim}{applies}")
