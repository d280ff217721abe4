"""The scales of a panel of the plot: from instants and numbers to pixels and back, and which suit its figures."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil, floor, log10
from typing import Any

from api.web.drawing.ledger_scene import Dot, Panel
from api.web.drawing.time_axis import Span

ORDERS = 2  # of magnitude that the values must span before the scale is logarithmic
SIDE = 14  # pixels between marks at the same place

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """One of the forms of a plot: its width, margins and letters in pixels, and the most dates on its axis."""

    name: str
    width: int
    left: int
    right: int
    size: int
    dates: int


@dataclass(frozen=True, slots=True)
class Scale:
    """From instants and numbers to pixels and back."""

    axis: Span
    width: int
    height: int
    least: float
    most: float
    log: bool
    places: dict[Dot, float] = field(default_factory=dict)

    def x(self, moment: datetime) -> float:
        """Pixels from the left."""
        return self.width * ((moment - self.axis.first) / (self.axis.last - self.axis.first))

    def y(self, value: float) -> float:
        """Pixels from the top."""
        if self.log:
            share = (log10(max(value, self.least)) - log10(self.least)) / (log10(self.most) - log10(self.least))
        else:
            share = (value - self.least) / (self.most - self.least)
        return self.height * (1 - share)

    def t(self, x: float) -> int:
        """The instant at so many pixels, in milliseconds."""
        return int((self.axis.first + (self.axis.last - self.axis.first) * (x / self.width)).timestamp() * 1000)

    def v(self, y: float) -> float:
        """The number at so many pixels."""
        share = 1 - y / self.height
        if self.log:
            return float(10 ** (log10(self.least) + share * (log10(self.most) - log10(self.least))))
        return self.least + share * (self.most - self.least)

    def at(self, x: float, y: float) -> Row:
        """A place as a row."""
        return {"t": self.t(x), "v": self.v(y)}


def scale_of(panel: Panel, axis: Span, form: Form) -> Scale:
    """The scale on which a panel's figures can be told apart, with the places of its dots.

    It begins at zero; where figures span more than two orders of magnitude it is logarithmic, and begins at a power of
    ten.
    """
    ends = [end for dot in panel.dots for end in (dot.low, dot.high, dot.value) if end is not None]
    above = [end for end in ends if end > 0]
    log = bool(above) and max(above) > min(above) * 10**ORDERS
    least = float(10 ** floor(log10(min(above)))) if log else 0.0
    most = max(above) * 1.6 if log else (max(ends, default=1) or 1) * 1.14
    scale = Scale(axis, form.width - form.left - form.right, _height(len(panel.dots)), least, most, log)
    return replace(scale, places=_spread(panel, scale))


def _height(dots: int) -> int:
    return 96 if dots == 1 else 130 if dots == 2 else 210 if dots < 6 else 300 if dots < 14 else 400


def round_numbers(scale: Scale) -> tuple[float, ...]:
    """The powers of ten on a logarithmic scale."""
    powers = range(floor(log10(scale.least)), ceil(log10(scale.most)) + 1)
    return tuple(float(10**power) for power in powers if scale.least <= 10**power <= scale.most)


def x_of(span: Span | None, scale: Scale) -> float:
    """Where a date stands: in the middle of what it may mean, as far as the axis goes; without one, at the left end."""
    if span is None:
        return 5.0
    first, last = ends_of(span, scale)
    return (first + last) / 2


def ends_of(span: Span, scale: Scale) -> tuple[float, float]:
    """From where to where a date may mean, as far as the axis goes."""
    return max(4.0, scale.x(span.first)), min(scale.width - 4.0, scale.x(span.last))


def _spread(panel: Panel, scale: Scale) -> dict[Dot, float]:
    """Pixels from the left of each dot; those that would lie on each other stand side by side."""
    found: dict[Dot, float] = {}
    for dot in panel.dots:
        x, y = x_of(dot.span, scale), scale.y(dot.value)
        near = [other for one, other in found.items() if abs(y - scale.y(one.value)) < SIDE]
        while x < scale.width - SIDE and any(abs(x - other) < SIDE for other in near):
            x += SIDE
        found[dot] = x
    return found


def place_of(span: Span | None, value: float, scale: Scale) -> Row:
    """Where a number stands at a date."""
    return scale.at(x_of(span, scale), scale.y(value))
