"""The plot of a tally: which figures were given when and by whom, as intervals, what was taken back and what was
repeated all the same. Nothing is added up and no figure is preferred; what counts something else has its own panel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from api.web.drawing.ledger_measures import Measured, measured
from api.web.drawing.ledger_scale import Form, Row
from api.web.drawing.ledger_scene import Panel, Repeat, panels, scope_titles, told_of
from api.web.drawing.time_axis import Span, domain, ticks
from api.web.drawing.vega import drawn
from api.web.words import counted, date, listed
from provenance.answers_ledger import LedgerScope, PartySeries, TallyLedger, TallySeries

WIDE = Form("wide", width=880, left=44, right=18, size=14, dates=9)
NARROW = Form("narrow", width=350, left=40, right=10, size=13, dates=4)
INK, QUIET, RULE, PAPER, GONE = (f"var(--{name})" for name in ("ink", "muted", "line", "paper", "cut"))


def draw_ledger(ledger: TallyLedger, series: TallySeries, repeats: Sequence[Repeat] = ()) -> Markup:
    """The plot in two forms, of which a stylesheet shows one: for wide screens and for phones.

    ``repeats`` are the reports that repeat a figure after its withdrawal. Empty where no claim of the tally has a
    figure. Dots link to the page of their claim.
    """
    scene = panels(ledger.figures, series, repeats)
    if not scene:
        return Markup("")
    said = described(ledger, series, repeats)
    return Markup("").join(
        drawn(_specification(scene, form), f"ledger-plot ledger-plot-{form.name}", said) for form in (WIDE, NARROW)
    )


def described(ledger: TallyLedger, series: TallySeries, repeats: Sequence[Repeat] = ()) -> str:
    """What the plot shows, in sentences: who gave what when, what was taken back, what was repeated."""
    given = [
        f"{one.party or 'origin not known'}{'' if one.established else ' (origin not established)'}: "
        f"{'; '.join(_given(one, series.scopes))}."
        for one in series.series
    ]
    printed = {figure.claim: figure.text for figure in ledger.figures}
    back = [
        f"{printed[act.claim]} was {act.says} ({date(_day(act.span))})."
        for panel in panels(ledger.figures, series, repeats)
        for act in panel.acts
    ]
    again = [
        f"{printed[claim]} was repeated in {counted(len(of), 'report')} {told_of(of)}."
        for claim in dict.fromkeys(repeat.claim for repeat in repeats)
        if claim in printed and (of := [repeat for repeat in repeats if repeat.claim == claim])
    ]
    return " ".join([f"{counted(len(ledger.figures), 'figure')} in the course of time.", *given, *back, *again])


def _given(one: PartySeries, scopes: Sequence[LedgerScope]) -> Iterator[str]:
    """What a party gave, in order of time; what counts something else is told apart, with what it counts."""
    titles = scope_titles(scopes)
    for place in sorted({point.scope for point in one.points}, key=lambda place: -scopes[place].figures):
        told = [f"{point.text} ({date(point.at)})" for point in one.points if point.scope == place]
        yield f"{f'{titles[place]}: ' if titles[place] else ''}{listed(told, most=8)}"


def _day(span: Span | None) -> str | None:
    return span.first.date().isoformat() if span else None


def _specification(scene: Sequence[Panel], form: Form) -> dict[str, Any]:
    axis = _axis(scene)
    plots = [measured(panel, axis, form) for panel in scene]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "background": None,
        "padding": {"left": 2, "right": 2, "top": 4, "bottom": 2},
        "spacing": 26,
        "config": {"view": {"stroke": None}, "font": "inherit"},
        "vconcat": [_plot(plot, axis, form, last=plot is plots[-1]) for plot in plots],
    }


def _axis(scene: Sequence[Panel]) -> Span:
    spans: list[Span | None] = []
    for panel in scene:
        spans += [dot.span for dot in panel.dots]
        spans += [act.span for act in panel.acts]
        spans += [echo.span for echo in panel.echoes]
    return domain(span for span in spans if span is not None)


def _plot(plot: Measured, axis: Span, form: Form, last: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "width": plot.width,
        "height": plot.height,
        "encoding": {
            "x": {"type": "temporal", "scale": {"type": "utc", "domain": plot.times}, "axis": _days(axis, form, last)},
            "y": {"type": "quantitative", "scale": _scale(plot), "axis": _numbers(plot, form)},
        },
        "layer": [layer for layer in _marks(plot, form) if layer["data"]["values"]],
    }
    if plot.title:
        made["title"] = {
            "text": plot.title.split("\n"),
            "anchor": "start",
            "frame": "group",
            "fontSize": form.size,
            "fontWeight": 600,
            "color": INK,
            "offset": 14,
            "dx": -form.left if form is NARROW else 0,
        }
    return made


def _scale(plot: Measured) -> dict[str, Any]:
    kind = {"type": "log"} if plot.log else {"type": "linear", "zero": True}
    return {**kind, "domain": [plot.least, plot.most], "nice": False}


def _numbers(plot: Measured, form: Form) -> dict[str, Any]:
    """Lines across at round numbers."""
    values: dict[str, Any] = (
        {"values": list(plot.numbers)} if plot.log else {"tickCount": 4 if plot.height > 200 else 2}
    )
    return {
        "grid": True,
        "gridColor": RULE,
        "domain": False,
        "ticks": False,
        "labelColor": QUIET,
        "labelFontSize": form.size - 1,
        "labelPadding": 8,
        "minExtent": form.left,
        "maxExtent": form.left,
        "format": ",~r",
        "tickMinStep": 1,
        "title": None,
        **values,
    }


def _days(axis: Span, form: Form, last: bool) -> dict[str, Any]:
    """Which day it is, below the last panel; all stand on one axis."""
    return {
        "grid": False,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labels": last,
        "ticks": last,
        "tickSize": 5,
        "labelColor": QUIET,
        "labelFontSize": form.size - 1,
        "labelOverlap": False,
        "labelFlush": False,
        "title": None,
        "values": [_instant(day) for day in ticks(axis, form.dates)],
        "labelExpr": _day_words(axis, form),
    }


def _day_words(axis: Span, form: Form) -> str:
    """Days, or months; the year below the first and below each January."""
    shown = ticks(axis, form.dates)
    months = all(day.day == 1 for day in shown) and len(shown) > 1
    years = months and all(day.month == 1 for day in shown)
    if years:
        return "utcFormat(datum.value, '%Y')"
    first = _instant(shown[0]) if shown else 0
    form_of = "%b" if months else "%-d %b"
    turn = "utcmonth(datum.value) == 0" + ("" if months else " && utcdate(datum.value) == 1")
    return (
        f"(+datum.value == {first} || ({turn})) ? [utcFormat(datum.value, '{form_of}'), utcFormat(datum.value, '%Y')]"
        f" : utcFormat(datum.value, '{form_of}')"
    )


def _instant(moment: Any) -> int:
    return int(moment.timestamp() * 1000)


def _marks(plot: Measured, form: Form) -> Iterator[dict[str, Any]]:
    yield from _lines(plot)
    yield _layer(plot.ranges, {"type": "rule", "strokeWidth": 2}, x2="t2", y2="v2", color="colour")
    yield _layer(plot.tails, {"type": "rule", "strokeWidth": 1.5, "strokeDash": [3, 2]}, x2="t2", color="colour")
    yield _layer(plot.heads, {"type": "point", "filled": True, "size": 34, "opacity": 1}, shape="shape", color="colour")
    yield _layer(plot.leaders, {"type": "rule", "strokeWidth": 0.75, "stroke": QUIET, "opacity": 0.7}, x2="t2", y2="v2")
    yield _layer(plot.echoes, {"type": "tick", "orient": "vertical", "thickness": 2, "size": 13, "color": GONE})
    yield _layer(
        plot.dots,
        {"type": "point", "size": 95, "opacity": 1, "strokeWidth": 2},
        shape="shape",
        fill="fill",
        stroke="colour",
    )
    yield _layer(
        plot.acts,
        {
            "type": "point",
            "shape": "M-1,-1L1,1M1,-1L-1,1",
            "size": 55,
            "strokeWidth": 2.2,
            "stroke": GONE,
            "opacity": 1,
        },
    )
    for align in ("left", "center", "right"):
        yield from _words([one for one in plot.words if one["align"] == align], align, form)


def _words(words: list[Row], align: str, form: Form) -> Iterator[dict[str, Any]]:
    """Words on a rim of paper, so that a line behind them does not cross them."""
    mark = {"type": "text", "align": align, "baseline": "middle", "fontSize": form.size}
    rim = {"stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round", "color": PAPER}
    for bold, more in ((False, {"color": QUIET, "fontSize": form.size - 1}), (True, {"color": INK, "fontWeight": 600})):
        same = [one for one in words if one["bold"] is bold]
        if same:
            yield _layer(same, {**mark, **more, **rim}, text="text")
            yield _layer(same, {**mark, **more}, text="text")


def _lines(plot: Measured) -> Iterator[dict[str, Any]]:
    for line in plot.lines:
        mark = {"type": "line", "interpolate": "step-after", "strokeWidth": 1.5, "color": line.colour, "opacity": 0.75}
        yield _layer(list(line.points), mark)
    for echo in plot.afterlives:
        yield _layer(
            list(echo), {"type": "line", "strokeDash": [2, 3], "strokeWidth": 1.5, "color": GONE, "opacity": 0.9}
        )


def _layer(values: Sequence[dict[str, Any]], mark: dict[str, Any], **channels: str) -> dict[str, Any]:
    """A layer of marks at ``t`` and ``v``; colours and shapes stand in the data as they are."""
    plain = {"color": None, "shape": None, "fill": None, "stroke": None}
    encoding: dict[str, Any] = {
        "x": {"field": "t", "type": "temporal"},
        "y": {"field": "v", "type": "quantitative"},
    }
    for channel, field in channels.items():
        encoding[channel] = {"field": field, **({"type": "nominal", "scale": None} if channel in plain else {})}
    if any("title" in value for value in values):
        encoding["description"] = {"field": "title"}
    if any("href" in value for value in values):
        encoding["href"] = {"field": "href"}
    if mark["type"] == "line":
        encoding["order"] = {"field": "place"}
    return {
        "data": {"values": list(values)},
        "mark": {"aria": "title" in str(values[:1]), **mark},
        "encoding": encoding,
    }
