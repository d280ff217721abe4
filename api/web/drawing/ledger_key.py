"""Which sign of the plot is whose: beside the plot, for where its words find no room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from api.web.drawing.ledger_measures import PAPER, colour_of, shape_of
from api.web.drawing.ledger_scene import parties_of
from provenance.answers_ledger import TallySeries

PATHS: Mapping[str, str] = {
    "circle": "M5.5,0A5.5,5.5,0,1,1,-5.5,0A5.5,5.5,0,1,1,5.5,0Z",
    "square": "M-5,-5h10v10h-10Z",
    "diamond": "M0,-6.5L6,0L0,6.5L-6,0Z",
    "triangle-up": "M0,-6L6,5H-6Z",
    "triangle-right": "M6,0L-5,6V-6Z",
    "triangle-left": "M-6,0L5,6V-6Z",
    "triangle-down": "M0,6L6,-5H-6Z",
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign, whose it is, and how many figures it marks."""

    picture: Markup
    name: str
    established: bool
    figures: int


def key_of(series: TallySeries) -> list[Sign]:
    """The signs of a plot, in the order in which the series tells the parties."""
    parties = parties_of(series.series)
    return [
        Sign(
            picture=_picture(shape_of(party), colour_of(party), filled=party.established),
            name=party.name,
            established=party.established,
            figures=len(series.series[number].points),
        )
        for number, party in parties.items()
    ]


def _picture(shape: str, colour: str, filled: bool) -> Markup:
    return Markup(
        '<svg class="sign" viewBox="-8 -8 16 16" width="16" height="16" aria-hidden="true" focusable="false">'
        '<path d="{}" fill="{}" stroke="{}" stroke-width="2"/></svg>'
    ).format(PATHS[shape], colour if filled else PAPER, colour)
