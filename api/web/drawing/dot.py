"""Where boxes in columns stand so that few bands cross: asked of Graphviz, in process.

Graphviz only orders and places along the columns; sizes, words and bands are ours, so no font has to be measured there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from pygraphviz import AGraph  # type: ignore[import-untyped]

INCH = 72.0
# Graphviz keeps state in the process, and two threads in it at once crash.
ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Item:
    """Something that takes room in a column: its height in pixels, and the group that must stand together."""

    height: float
    column: int
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Two items of neighbouring columns, by their places; a heavier link is drawn straighter."""

    source: int
    target: int
    weight: int = 1


def placed(items: Sequence[Item], links: Sequence[Link], gap: float, margin: float) -> list[float]:
    """The middle of each item along its column, in pixels from the top, at least ``gap`` apart; groups keep ``margin``.

    >>> up, down = placed([Item(20, 0), Item(20, 0), Item(30, 1)], [Link(0, 2), Link(1, 2)], 10, 20)[:2]
    >>> abs(up - down) >= 30
    True
    """
    if not items:
        return []
    lines = [
        "digraph {",
        f'nodesep={gap / INCH:.4f}; ranksep=1; splines=false; node [shape=box fixedsize=true label=""];',
    ]
    for column in sorted({item.column for item in items}):
        members = [place for place, item in enumerate(items) if item.column == column and not item.group]
        lines += [_node(place, items[place]) for place in members]
    for number, group in enumerate(dict.fromkeys(item.group for item in items if item.group)):
        inside = [_node(place, item) for place, item in enumerate(items) if item.group == group]
        lines.append(f"subgraph cluster_{number} {{ margin={margin:.0f}; {' '.join(inside)} }}")
    lines += [f"n{link.source} -> n{link.target} [weight={link.weight}];" for link in links]
    return _read("\n".join([*lines, "}"]), len(items))


def _node(place: int, item: Item) -> str:
    # The columns are rows to Graphviz: our height is its width.
    return f"n{place} [width={item.height / INCH:.4f} height=0.5];"


def _read(text: str, count: int) -> list[float]:
    with ONE_AT_A_TIME:
        graph = AGraph(string=text)
        told = graph.draw(format="plain", prog="dot").decode()
        graph.close()
    found = [0.0] * count
    for line in told.splitlines():
        if line.startswith("node n"):
            _, name, middle, *_ = line.split()
            found[int(name[1:])] = float(middle) * INCH
    return found
