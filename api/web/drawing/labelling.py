"""Where the words beside marks go, so that none lies on another: each takes the nearest free place, or none at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from api.web.drawing.text_width import width

LINE = 1.15  # height of a line, in font sizes
NARROWER = 0.94  # Source Sans against the widths that are measured with


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap.

        >>> Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20)), Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))
        (True, False)
        """
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        """Whether this one lies inside the other."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that want to stand beside a point."""

    key: str
    text: str
    x: float
    y: float
    size: float
    bold: bool = False

    @property
    def wide(self) -> float:
        """How wide they are."""
        return width(self.text, self.size, self.bold) * NARROWER


@dataclass(frozen=True, slots=True)
class Placed:
    """Words with their place: ``x`` is their left end, middle or right end, as ``align`` says; ``y`` their middle."""

    wanted: Wanted
    x: float
    y: float
    align: str
    away: bool

    @property
    def box(self) -> Box:
        """What they cover."""
        half, wide = self.wanted.size * LINE / 2, self.wanted.wide
        left = self.x - wide * {"left": 0, "center": 0.5, "right": 1}[self.align]
        return Box(left - 2, self.y - half, left + wide + 2, self.y + half)


def placed(wanted: Sequence[Wanted], taken: Iterable[Box], room: Box) -> list[Placed]:
    """The words that found a place, those first in ``wanted`` before the others.

    >>> two = [Wanted("a", "225", 50, 50, 14), Wanted("b", "230", 54, 52, 14)]
    >>> found = placed(two, [], Box(0, 0, 200, 100))
    >>> [one.wanted.key for one in found], found[0].box.meets(found[1].box)
    (['a', 'b'], False)
    """
    covered, found = list(taken), []
    for one in wanted:
        for place in _places(one):
            if place.box.within(room) and not any(place.box.meets(other) for other in covered):
                found.append(place)
                covered.append(place.box)
                break
    return found


def _places(wanted: Wanted) -> Iterator[Placed]:
    for near in (0.0, 10.0, 20.0, 32.0, 46.0, 62.0, 80.0):
        above, below = wanted.y - 15 - near, wanted.y + 15 + near
        right, left = wanted.x + 9, wanted.x - 9
        for x, y, align in (
            (right, wanted.y - near, "left"),
            (left, wanted.y - near, "right"),
            (wanted.x, above, "center"),
            (wanted.x, below, "center"),
            (right + near / 2, above, "left"),
            (left - near / 2, above, "right"),
            (right + near / 2, below, "left"),
            (left - near / 2, below, "right"),
        ):
            yield Placed(wanted, x, y, align, away=near > 12)
