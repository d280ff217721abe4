"""One source, or one group of linked sources, through which every route of the claim passes."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.analysis.beginnings import paths_of
from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.rule import Finding, Row, Rule
from provenance.analysis.rules.words import (
    MOST_ROWS,
    chain,
    counted,
    keys,
    listed,
    name_of,
    printed,
    report_rows,
    source_row,
)
from provenance.chain import Chokepoint


def find(picture: ClaimPicture) -> Iterator[Finding]:
    """One finding where at least two outlets' supported reports share a source, or failing that a party.

    A single outlet shares everything with itself, so it says nothing. The source nearest to the origin leads.
    """
    supported = set(picture.analysis.supported)
    reports = [report for report in picture.reports if report.id in supported]
    outlets = len({report.publisher.id for report in reports})
    sources = [point for point in picture.analysis.chokepoints if point.source is not None]
    points = sources or list(picture.analysis.chokepoints)[:1]
    if outlets < 2 or not points:
        return
    many = f"{counted(points[0].paths, 'route')} of {counted(len(reports), 'supported report')} from {outlets} outlets"
    yield Finding(
        reason=f"All {many} pass through {through(picture, points)}.",
        clears_when=f"A supported report is recorded that has a route around {name(picture, points[0])}.",
        rows=rows(picture, points, reports),
        figures=keys(printed(picture.asserting)),
    )


def through(picture: ClaimPicture, points: list[Chokepoint]) -> str:
    names = [name(picture, point) for point in points]
    if points[0].source is None:
        return f"one group of linked sources, {names[0]}, though through no single source"
    return names[0] if len(names) == 1 else f"{names[0]}, and also through {listed(names[1:])}"


def name(picture: ClaimPicture, point: Chokepoint) -> str:
    if point.source is not None:
        return name_of(picture, point.source)
    assert point.party is not None  # a chokepoint is the one or the other
    return picture.analysis.parties[point.party].name


def rows(picture: ClaimPicture, points: list[Chokepoint], reports: list[ReportView]) -> tuple[Row, ...]:
    """The sources themselves, then routes that show them."""
    members = [point.source for point in points if point.source is not None]
    if not members and points[0].party is not None:
        members = list(picture.analysis.parties[points[0].party].members)
    on = f"on all {counted(points[0].paths, 'route')}" if points[0].source is not None else "one of the linked sources"
    sources = tuple(source_row(picture, source, on) for source in members[: MOST_ROWS // 2])
    paths = paths_of(picture)
    ways = [chain(picture, next(p for p in paths[report.id] if not p.withdrawn)) for report in reports]
    return (*sources, *report_rows(reports, ways)[: MOST_ROWS - len(sources)])


RULE = Rule(
    key="chokepoint",
    version=1,
    title="All routes pass through one source",
    finds=(
        "A source, or a group of linked sources, that stands on every declared route of every supported report, where "
        "at least two outlets report the claim. The source nearest to the origin is named first."
    ),
    why=(
        "Whatever goes wrong there goes wrong everywhere: a misheard number, a translation, a false post. Many outlets "
        "behind one such point are one reading of the event."
    ),
    example=(
        "Tass, Interfax and AP each had what the police spokeswoman said from Khabar 24. Had the broadcaster misheard "
        "her, all three would carry the mistake."
    ),
    clears_when="A supported report with a route around that source.",
    find=find,
)
