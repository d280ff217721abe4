"""How a reading looks on a terminal: each statement with its chain, then the figures and the dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType

from provenance.cli.layout import beneath, item, plain, quoted, title
from provenance.cli.phrases import NOBODY, marks_of
from provenance.extraction.reading import DateFound, FigureFound, Link, Reading, Statement
from provenance.phrases import counted, interval
from provenance.vocabulary import LinkStatus


def shown(reading: Reading) -> Iterator[RenderableType]:
    """The parts of the picture, top to bottom."""
    found = (
        counted(len(reading.statements), "attributed statement")
        if reading.statements_read
        else "Statements were not read",
        counted(len(reading.figures), "figure"),
        counted(len(reading.dates), "date"),
    )
    yield plain(f"{', '.join(found)}. Proposals of a machine: nobody has checked them.")
    for said in reading.notes:
        yield plain(said, "dim")
    if reading.statements:
        yield title("Statements")
    for statement in reading.statements:
        yield item(quoted(statement.content.text))
        yield beneath(_chain(statement))
        yield beneath(_marks(statement))
    if reading.figures:
        yield title("Figures")
    for figure in reading.figures:
        yield item(_figure(figure))
    if reading.dates:
        yield title("Dates")
    for date in reading.dates:
        yield item(_date(date))


def chain_of(links: Sequence[Link]) -> str:
    """A chain in a line, origin first.

    >>> spokesman = Link("a spokesman", None, LinkStatus.UNRESOLVED, step=0)
    >>> chain_of([spokesman, Link("Tass", "TASS", LinkStatus.RESOLVED, step=1)])
    'a spokesman → TASS'
    """
    steps = [" + ".join(_named(link) for link in step) for _, step in groupby(links, key=lambda link: link.step)]
    return " → ".join(steps) or NOBODY


def _named(link: Link) -> str:
    if link.status is LinkStatus.UNSPECIFIED:
        return NOBODY
    name = link.source or link.as_named or NOBODY
    return f"{name} (“{link.as_named}”)" if link.antecedent and link.as_named else name


def _chain(statement: Statement) -> str:
    return chain_of(statement.chain)


def _marks(statement: Statement) -> str:
    marks = marks_of(statement.rule, statement.confidence, statement.stance, statement.hedge)
    return marks if statement.restates is None else f"{marks}; restates statement {statement.restates + 1}"


def _figure(figure: FigureFound) -> str:
    what = figure.counted.text if figure.counted else figure.unit
    role = f", {figure.role}" if figure.role else ""
    of = f" {what}" if what else ""
    place = f"; in statement {figure.statement + 1}" if figure.statement is not None else ""
    return f"{quoted(figure.text)}: {interval(figure.low, figure.high)}{of}{role} ({figure.kind.value}){place}"


def _date(date: DateFound) -> str:
    if date.earliest is None or date.latest is None:
        return f"{quoted(date.text)}: {date.basis.value}"
    first, last = (
        instant.isoformat(timespec="minutes").replace("+00:00", "Z") for instant in (date.earliest, date.latest)
    )
    return f"{quoted(date.text)}: {first} to {last} ({date.basis.value})"
