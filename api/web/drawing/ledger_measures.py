"""Measures a panel of the plot out: how high it is, which scale it takes, where lines, arrows and words go.

Everything is told in the panel's own units, instants and numbers, so that the charting library draws axes and marks
from the same values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.web.drawing.labelling import Box, Placed, Wanted, placed
from api.web.drawing.ledger_scale import Form, Row, Scale, ends_of, place_of, round_numbers, scale_of, x_of
from api.web.drawing.ledger_scene import Act, Dot, Panel, Party, Repeat
from api.web.drawing.text_width import wrapped
from api.web.drawing.time_axis import Span
from api.web.drawing.vega import local
from api.web.links import link
from api.web.words import counted

SHAPES = ("circle", "square", "diamond", "triangle-up", "triangle-right", "triangle-left", "triangle-down")
COLOURS = tuple(f"var(--ledger-{number})" for number in range(1, len(SHAPES) + 1))
PAPER = "var(--paper)"
STEM = 14  # pixels by which an open end reaches on
NAME = 44  # letters of a name beside a mark


@dataclass(frozen=True, slots=True)
class Line:
    """What joins the figures that a party stood by, in order of time."""

    colour: str
    points: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A panel, ready to be drawn: rows of `t` (milliseconds) and `v` (number) for each kind of mark."""

    panel: Panel
    title: str
    width: int
    height: int
    times: tuple[int, int]
    least: float
    most: float
    log: bool
    numbers: tuple[float, ...]
    dots: list[Row]
    ranges: list[Row]
    tails: list[Row]
    heads: list[Row]
    lines: list[Line]
    acts: list[Row]
    echoes: list[Row]
    afterlives: list[list[Row]]
    words: list[Row]
    leaders: list[Row]


def measured(panel: Panel, axis: Span, form: Form) -> Measured:
    """The panel in a form, on an axis of time that it shares with the others."""
    scale = scale_of(panel, axis, form)
    words = _words(panel, scale, form)
    return Measured(
        panel=panel,
        title=_title(panel, scale, form),
        width=scale.width,
        height=scale.height,
        times=(scale.t(0), scale.t(scale.width)),
        least=scale.least,
        most=scale.most,
        log=scale.log,
        numbers=round_numbers(scale) if scale.log else (),
        dots=[_dot(dot, scale) for dot in panel.dots],
        ranges=[_range(dot, scale) for dot in panel.dots if dot.low != dot.high],
        tails=[row for dot in panel.dots for row in _tails(dot, scale)],
        heads=[row for dot in panel.dots for row in _heads(dot, scale)],
        lines=list(_lines(panel, scale)),
        acts=[{**place_of(act.span, act.value, scale), "title": act.title} for act in panel.acts if act.withdraws],
        echoes=[{**place_of(echo.span, echo.value, scale), "title": echo.title} for echo in panel.echoes],
        afterlives=list(_afterlives(panel, scale)),
        words=[_word(one, scale) for one in words],
        leaders=[_leader(one, scale) for one in words if one.away],
    )


def colour_of(party: Party) -> str:
    """The colour of a party's marks; after the last they begin again, for shapes and words tell parties apart too."""
    return COLOURS[party.place % len(COLOURS)]


def shape_of(party: Party) -> str:
    """The shape of a party's marks."""
    return SHAPES[(party.place + party.place // len(SHAPES)) % len(SHAPES)]


def _title(panel: Panel, scale: Scale, form: Form) -> str:
    told = ", ".join(part for part in (panel.title, TENFOLD if scale.log else None) if part)
    return "\n".join(wrapped(told[:1].upper() + told[1:], form.width - 20, form.size, lines=2, bold=True))


TENFOLD = "each line is ten times the one below"


def _dot(dot: Dot, scale: Scale) -> Row:
    colour = colour_of(dot.party)
    hollow = not dot.party.established or dot.withdrawn
    return {
        **scale.at(scale.places[dot], scale.y(dot.value)),
        "title": dot.title,
        "href": local(link(dot.claim)),
        "shape": shape_of(dot.party),
        "colour": colour,
        "fill": PAPER if hollow else colour,
    }


def _range(dot: Dot, scale: Scale) -> Row:
    """From the least to the most that a figure allows; where it is open, a stem that ends in an arrow."""
    x, y = scale.places[dot], scale.y(dot.value)
    low = scale.y(dot.low) if dot.low is not None else y + STEM
    high = scale.y(dot.high) if dot.high is not None else y - STEM
    start, end = scale.at(x, low), scale.at(x, high)
    return {**start, "t2": end["t"], "v2": end["v"], "colour": colour_of(dot.party)}


def _tails(dot: Dot, scale: Scale) -> Iterator[Row]:
    """The days that a coarse date may mean."""
    if dot.span is not None and not dot.span.fine:
        first, last = ends_of(dot.span, scale)
        row = scale.at(first, scale.y(dot.value))
        yield {**row, "t2": scale.t(last), "colour": colour_of(dot.party)}


def _open_ends(dot: Dot) -> Iterator[int]:
    """In which directions a figure is open: 1 is down, -1 is up; what has no number at all is no interval."""
    if dot.low is None and dot.high is not None:
        yield 1
    if dot.high is None and dot.low is not None:
        yield -1


def _heads(dot: Dot, scale: Scale) -> Iterator[Row]:
    for way in _open_ends(dot):
        x, y = scale.places[dot], scale.y(dot.value) + way * (STEM + 3)
        shape = "M-0.9,0.7L0,-0.7L0.9,0.7Z" if way < 0 else "M-0.9,-0.7L0,0.7L0.9,-0.7Z"
        yield {**scale.at(x, y), "shape": shape, "colour": colour_of(dot.party)}


def _lines(panel: Panel, scale: Scale) -> Iterator[Line]:
    for party, dots in _joined(panel).items():
        rows = [{**scale.at(scale.places[dot], scale.y(dot.value)), "place": place} for place, dot in enumerate(dots)]
        yield Line(colour_of(party), tuple(rows))


def _joined(panel: Panel) -> dict[Party, list[Dot]]:
    """The figures that a line joins: of one party, at a date that is known well enough, and not withdrawn.

    Those of officials whom nobody names are not joined: they may be different ones each time.
    """
    by_party: dict[Party, list[Dot]] = defaultdict(list)
    for dot in panel.dots:
        if dot.party.established and dot.span is not None and dot.span.fine and not dot.withdrawn:
            by_party[dot.party].append(dot)
    return {party: dots for party, dots in by_party.items() if len(dots) > 1}


def _afterlives(panel: Panel, scale: Scale) -> Iterator[list[Row]]:
    """From the day on which a figure was withdrawn to the last day on which it was printed as it was."""
    last = {echo.claim: echo.span for echo in panel.echoes}
    first = {act.claim: act.span for act in reversed(panel.acts) if act.withdraws}
    for claim in last.keys() & first.keys():
        value = next(dot.value for dot in panel.dots if dot.claim == claim)
        ends = enumerate((first[claim], last[claim]))
        yield [{**place_of(span, value, scale), "place": place} for place, span in ends]


def _words(panel: Panel, scale: Scale, form: Form) -> list[Placed]:
    wanted = list(_wanted(panel, scale, form))
    room = Box(-2, -14, scale.width + form.right - 2, scale.height - 2)
    return placed(wanted, _taken(panel, scale), room)


def _taken(panel: Panel, scale: Scale) -> Iterator[Box]:
    dots = [(scale.places[dot], dot.value) for dot in panel.dots]
    acts = [(x_of(act.span, scale), act.value) for act in panel.acts]
    echoes = [(x_of(echo.span, scale), echo.value) for echo in panel.echoes]
    for x, value in (*dots, *acts, *echoes):
        y = scale.y(value)
        yield Box(x - 7, y - 7, x + 7, y + 7)
    for dot in panel.dots:
        for way in _open_ends(dot):
            x, y = scale.places[dot], scale.y(dot.value)
            yield Box(x - 5, min(y, y + way * (STEM + 8)), x + 5, max(y, y + way * (STEM + 8)))
    for line in _joined(panel).values():
        for one, other in pairwise((scale.places[dot], scale.y(dot.value)) for dot in line):
            yield Box(one[0], one[1] - 2, other[0], one[1] + 2)
            yield Box(other[0] - 2, min(one[1], other[1]), other[0] + 2, max(one[1], other[1]))
    for claim in {echo.claim for echo in panel.echoes}:
        same = [echo for echo in panel.echoes if echo.claim == claim]
        y = scale.y(same[0].value)
        yield Box(x_of(same[0].span, scale), y - 6, x_of(same[-1].span, scale), y + 6)


def _wanted(panel: Panel, scale: Scale, form: Form) -> Iterator[Wanted]:
    """The figures as printed; what became of them; whose they are, once for each party."""
    for dot in panel.dots:
        yield Wanted(dot.claim, dot.text, scale.places[dot], scale.y(dot.value), form.size, bold=True)
    for act in panel.acts:
        if act.withdraws:
            told = _what_became(act, [repeat for repeat in panel.repeats if repeat.claim == act.claim], form)
            last = max((x_of(echo.span, scale) for echo in panel.echoes if echo.claim == act.claim), default=0.0)
            x = max(x_of(act.span, scale), last)
            yield Wanted(act.claim, told, x, scale.y(act.value), form.size - 1)
    named: set[Party] = set()
    for dot in sorted(panel.dots, key=lambda dot: -scale.places[dot]):
        if dot.party not in named:
            named.add(dot.party)
            told = dot.party.name if dot.party.established else f"{dot.party.name}: nobody named"
            yield Wanted(dot.claim, _fitting(told, form), scale.places[dot], scale.y(dot.value), form.size - 1)


def _what_became(act: Act, repeats: Sequence[Repeat], form: Form) -> str:
    """What was done to a figure, and by how many reports it was repeated all the same."""
    if not repeats:
        return act.says
    alike = act.says in DENIED or all(repeat.withdrawn for repeat in repeats)
    done = act.says if alike else f"denied or {act.says}"
    unsure = "" if all(repeat.confirmed for repeat in repeats) else ", not confirmed"
    told = f"repeated by {counted(len(repeats), 'report')}{unsure}"
    return f"{done}, {told}" if form.width > 500 else told  # a phone has no room for what the cross says as well


DENIED = frozenset({"denied", "disowned"})


def _fitting(name: str, form: Form) -> str:
    most = NAME if form.width > 500 else NAME * 2 // 3
    if len(name) <= most:
        return name
    head = name.partition(",")[0].partition(" (")[0]
    return head if len(head) <= most else head[: most - 1].rstrip() + "…"


def _word(one: Placed, scale: Scale) -> Row:
    return {**scale.at(one.x, one.y), "text": one.wanted.text, "bold": one.wanted.bold, "align": one.align}


def _leader(one: Placed, scale: Scale) -> Row:
    """A thin line from a mark to words that found their place only away from it."""
    x = min(max(one.wanted.x, one.box.left), one.box.right)
    y = one.y + (8 if one.y < one.wanted.y else -8)
    start, end = scale.at(one.wanted.x, one.wanted.y), scale.at(x, y)
    return {**start, "t2": end["t"], "v2": end["v"]}
