"""The parts of a drawn chain: boxes in columns, the bands between them, and the graph that holds both."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from api.web.drawing.chain_routes import Names, Route
from provenance.answers_trace import CutAnswer
from provenance.vocabulary import Manner

NOBODY = "no source named"
NOT_ESTABLISHED = "Origin not established"


class Kind(Enum):
    """What a box stands for."""

    FIRST = auto()
    CARRIER = auto()
    MORE = auto()
    DOCUMENT = auto()
    DOCUMENTS = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """Sources that stand in one place of the routes, or the documents at their end.

    ``routes`` are places in ``ChainGraph.routes``; ``documents`` counts the different documents among them. ``notes``
    are words that a reader must see with the name. ``linked`` says that a party has it as a member; ``doubtful``, that
    nobody is identified by it.
    """

    column: int
    kind: Kind
    names: Names
    routes: tuple[int, ...]
    documents: int
    group: str | None = None
    linked: bool = False
    doubtful: bool = False
    notes: Names = ()
    manners: tuple[Manner, ...] = ()
    first_seen: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """The routes that go from one box to the next; ends are places in ``ChainGraph.boxes``.

    ``party`` is that of who is named first; ``withdrawn`` routes have a hop that was taken back, and ``cut`` is given
    where this is the hop.
    """

    source: int
    target: int
    routes: tuple[int, ...]
    documents: int
    party: str | None
    withdrawn: bool
    manners: tuple[Manner, ...]
    first_seen: str | None
    cut: CutAnswer | None


@dataclass(frozen=True, slots=True)
class ChainGraph:
    """What is drawn of a claim: its routes, and the boxes and bands that they make."""

    routes: tuple[Route, ...]
    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    columns: Names  # headings, from left to right
    plain: bool  # few routes: a chain with arrows and words on them
    documents: int
    beside: Names  # what is not drawn, in parts of a sentence
    narrow: str | None  # who all routes pass through, in a sentence

    @property
    def groups(self) -> Names:
        """The groups of the first column, in the order in which they stand."""
        return tuple(dict.fromkeys(box.group for box in self.boxes if box.group))
