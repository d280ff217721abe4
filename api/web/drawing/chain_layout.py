"""Where everything of a chain stands on the picture: boxes, groups, and bands that meet no label on their way.

A band that passes a column gets a lane of its own there, so it never runs under a box; at each box, bands leave and
arrive in the order of where they go, so that few cross.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.web.drawing.chain_labels import Label, label_of
from api.web.drawing.chain_parts import NOT_ESTABLISHED, Band, Box, ChainGraph, Kind
from api.web.drawing.dot import Item, Link, placed
from api.web.drawing.text_width import wrapped

WIDEST = 1160.0  # of the picture, in pixels
WIDE_BOX, NARROW_BOX = 224.0, 136.0
GAP_SHARE = 0.5  # of a column's width that lies between it and the next
TALL = 400.0  # pixels that all routes side by side may take
THICKEST, THINNEST = 13.0, 1.2  # pixels of one route
BETWEEN = 9.0  # boxes of a column
HEAD = 34.0  # room for the headings
GROUP_SIZE, GROUP_LEADING = 13.0, 16.0
GROUP_ROOM, GROUP_BELOW = 10.0, 8.0  # pixels in the frame around its name and its boxes
GROUP_MARGIN = 18.0
FEW = 6  # boxes in a column, so that each has room to tell how and since when


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its place on the picture, in pixels from the upper left."""

    box: Box
    label: Label
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight stretch of a band: from x to x at the height of its upper edge."""

    left: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Ribbon:
    """A band with its way over the picture; between two pieces it swings from one height to the next."""

    band: Band
    pieces: tuple[Piece, ...]
    thickness: float


@dataclass(frozen=True, slots=True)
class Group:
    """A frame around boxes of the first column, with its name in lines above them."""

    name: str
    lines: tuple[str, ...]
    linked: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Heading:
    """The words over a column."""

    text: str
    x: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A chain with everything in its place; sizes in pixels."""

    graph: ChainGraph
    width: float
    height: float
    boxes: tuple[Placed, ...]
    ribbons: tuple[Ribbon, ...]
    groups: tuple[Group, ...]
    headings: tuple[Heading, ...]


def laid_out(graph: ChainGraph) -> Picture:
    """The picture of a graph: no two boxes overlap, and every label lies within its box."""
    grid = _Grid(graph)
    labels = [_label(box, graph, grid) for box in graph.boxes]
    route = _thickness(graph)
    heights = [max(label.height, len(box.routes) * route + 2) for label, box in zip(labels, graph.boxes, strict=True)]
    lanes = [(place, column) for place, band in enumerate(graph.bands) for column in _passed(graph, band)]
    middles = _middles(graph, heights, lanes, route)
    heads = _heads(graph, grid)
    _set_apart(graph, heights, heads, middles)
    tops = [
        middles[place] - heights[place] / 2 - sum(heads.get(box.group or "", ()))
        for place, box in enumerate(graph.boxes)
    ]
    tops += [
        middle - len(graph.bands[place].routes) * route / 2
        for (place, _), middle in zip(lanes, middles[len(heights) :], strict=True)
    ]
    shift = HEAD - min(tops)
    boxes = tuple(
        Placed(box, label, grid.left(box.column), round(middle + shift - height / 2, 1), grid.box(box.column), height)
        for box, label, middle, height in zip(graph.boxes, labels, middles, heights, strict=False)
    )
    lane_middles = {lane: middle + shift for lane, middle in zip(lanes, middles[len(boxes) :], strict=True)}
    groups = _groups(graph, boxes, grid)
    ribbons = _Ports(graph, boxes, lane_middles, grid, route).ribbons()
    bottom = max(
        [placed.y + placed.height for placed in boxes]
        + [group.y + group.height for group in groups]
        + [piece.top + ribbon.thickness for ribbon in ribbons for piece in ribbon.pieces]
    )
    headings = tuple(Heading(text, grid.left(column)) for column, text in enumerate(graph.columns))
    return Picture(graph, grid.width, round(bottom + 4), boxes, ribbons, groups, headings)


class _Grid:
    """Where the columns stand, as wide as their number allows; the first has room for the frame of a group."""

    inset = 10.0

    def __init__(self, graph: ChainGraph) -> None:
        self.count = len(graph.columns)
        wide = (WIDEST - 2 * self.inset) / (self.count + (self.count - 1) * GAP_SHARE)
        self.wide = round(max(NARROW_BOX, min(WIDE_BOX, wide)))
        self.gap = round(self.wide * GAP_SHARE) + (28 if graph.plain and self.count < 4 else 0)
        self.many = any(box.kind is Kind.DOCUMENTS for box in graph.boxes)
        self.width = self.left(self.count - 1) + self.box(self.count - 1) + 2

    def left(self, column: int) -> float:
        return self.inset + column * (self.wide + self.gap)

    def box(self, column: int) -> float:
        return min(self.wide, 150.0) if self.many and column == self.count - 1 else self.wide


def _label(box: Box, graph: ChainGraph, grid: _Grid) -> Label:
    crowd = sum(other.column == box.column for other in graph.boxes)
    roomy = box.kind is Kind.DOCUMENT or (
        not graph.plain and (crowd <= FEW or len(box.routes) * _thickness(graph) > 44)
    )
    return label_of(box, grid.box(box.column), roomy, counting=not graph.plain or box.documents > 1)


def _thickness(graph: ChainGraph) -> float:
    return round(max(THINNEST, min(THICKEST, TALL / max(1, len(graph.routes)))), 2)


def _passed(graph: ChainGraph, band: Band) -> range:
    """The columns that a band passes between its ends."""
    return range(graph.boxes[band.source].column + 1, graph.boxes[band.target].column)


def _middles(
    graph: ChainGraph, heights: Sequence[float], lanes: Sequence[tuple[int, int]], route: float
) -> list[float]:
    """The middle of each box along its column, and then of each lane."""
    items = [Item(height, box.column, box.group) for height, box in zip(heights, graph.boxes, strict=True)]
    items += [Item(len(graph.bands[place].routes) * route, column) for place, column in lanes]
    at = {lane: len(heights) + place for place, lane in enumerate(lanes)}
    links = []
    for place, band in enumerate(graph.bands):
        way = [band.source, *(at[(place, column)] for column in _passed(graph, band)), band.target]
        # A band with a lane is heavier, so that it runs straight rather than around.
        weight = len(band.routes) * (3 if len(way) > 2 else 1)
        links += [Link(up, down, weight) for up, down in pairwise(way)]
    return _upright(graph, placed(items, links, BETWEEN, GROUP_MARGIN))


def _upright(graph: ChainGraph, middles: list[float]) -> list[float]:
    """The same, upside down where what is not established would stand above what is: a mirror crosses no more bands."""
    known, unknown = (
        [
            middles[at]
            for at, box in enumerate(graph.boxes)
            if not box.column and (box.group == NOT_ESTABLISHED) is apart
        ]
        for apart in (False, True)
    )
    above = known and unknown and sum(unknown) / len(unknown) < sum(known) / len(known)
    return [-middle for middle in middles] if above else middles


def _heads(graph: ChainGraph, grid: _Grid) -> dict[str, tuple[float, ...]]:
    """The heights of what stands above the first box of each group: its name, line by line, and some room."""
    return {name: (*(GROUP_LEADING for _ in _lines(name, grid)), GROUP_ROOM) for name in graph.groups}


def _lines(name: str, grid: _Grid) -> tuple[str, ...]:
    return tuple(row for part in name.split("\n") for row in wrapped(part, grid.wide, GROUP_SIZE, bold=True))


def _set_apart(
    graph: ChainGraph, heights: Sequence[float], heads: dict[str, tuple[float, ...]], middles: list[float]
) -> None:
    """Moves the boxes of the first column, as little as possible, so that the names of groups have room.

    Graphviz knows no names above groups. The order stays; where two are too near, both move (least squares, by pooling
    neighbours that violate their distance).
    """
    order = sorted(
        (place for place, box in enumerate(graph.boxes) if box.column == 0), key=lambda place: middles[place]
    )
    offsets = [0.0]
    for above, below in pairwise(order):
        same = graph.boxes[above].group == graph.boxes[below].group
        head = 0.0 if same else sum(heads.get(graph.boxes[below].group or "", ())) + GROUP_BELOW + BETWEEN
        offsets.append(offsets[-1] + (heights[above] + heights[below]) / 2 + BETWEEN + head)
    pools: list[tuple[float, int]] = []
    for place, offset in zip(order, offsets, strict=True):
        mean, count = middles[place] - offset, 1
        while pools and pools[-1][0] > mean:
            before, many = pools.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    settled = (mean for mean, count in pools for _ in range(count))
    for place, offset, mean in zip(order, offsets, settled, strict=True):
        middles[place] = mean + offset


def _groups(graph: ChainGraph, boxes: Sequence[Placed], grid: _Grid) -> tuple[Group, ...]:
    found = []
    for name in graph.groups:
        inside = [placed for placed in boxes if placed.box.group == name]
        lines = _lines(name, grid)
        top = min(placed.y for placed in inside) - GROUP_LEADING * len(lines) - GROUP_ROOM
        low = max(placed.y + placed.height for placed in inside) + GROUP_BELOW
        left, wide = inside[0].x - 9, inside[0].width + 18
        found.append(Group(name, lines, name != NOT_ESTABLISHED, left, top, wide, low - top))
    return tuple(found)


class _Ports:
    """Where bands leave and reach their boxes: ordered by where they go, and together in the middle of the side."""

    def __init__(
        self, graph: ChainGraph, boxes: Sequence[Placed], lanes: dict[tuple[int, int], float], grid: _Grid, route: float
    ) -> None:
        self.graph, self.boxes, self.lanes, self.grid, self.route = graph, boxes, lanes, grid, route

    def ribbons(self) -> tuple[Ribbon, ...]:
        leaving, arriving = self._tops(out=True), self._tops(out=False)
        return tuple(
            Ribbon(band, self._pieces(place, band, leaving[place], arriving[place]), len(band.routes) * self.route)
            for place, band in enumerate(self.graph.bands)
        )

    def _tops(self, out: bool) -> dict[int, float]:
        found: dict[int, float] = {}
        for at, box in enumerate(self.boxes):
            here = [place for place, band in enumerate(self.graph.bands) if (band.source if out else band.target) == at]
            here.sort(key=lambda place: self._next(place, out))
            total = sum(len(self.graph.bands[place].routes) for place in here) * self.route
            top = box.y + box.height / 2 - total / 2
            for place in here:
                found[place] = top
                top += len(self.graph.bands[place].routes) * self.route
        return found

    def _next(self, place: int, out: bool) -> tuple[float, float]:
        """How high the band is in the next column on its way, and at its end."""
        band = self.graph.bands[place]
        end = self.boxes[band.target if out else band.source]
        passed = _passed(self.graph, band)
        middle = end.y + end.height / 2
        return (self.lanes[(place, passed[0] if out else passed[-1])] if passed else middle), middle

    def _pieces(self, place: int, band: Band, leaving: float, arriving: float) -> tuple[Piece, ...]:
        source, target = self.boxes[band.source], self.boxes[band.target]
        half = len(band.routes) * self.route / 2
        between = tuple(
            Piece(self.grid.left(column), self.grid.left(column) + self.grid.wide, self.lanes[(place, column)] - half)
            for column in _passed(self.graph, band)
        )
        start, end = source.x + source.width, target.x
        return (Piece(start, start, leaving), *between, Piece(end, end, arriving))
