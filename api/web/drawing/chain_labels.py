"""The words in a box: its name in as many lines as it needs, its count, and what must be read with the name.

The box is as high as its words or its bands, whichever is more, so that a label lies neither under a band nor outside.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.web.drawing.chain_parts import Box, Kind
from api.web.drawing.text_width import width, wrapped
from api.web.words import counted, plain, short_date

NAME, NOTE, BIG = 15.0, 12.5, 30.0  # sizes in pixels
LEADING, NOTE_LEADING = 18.0, 15.5
INSIDE, ABOVE = 9.0, 6.0  # room between the frame and the words, at the sides and above
LEAST = 28.0  # height of a box, so that a finger hits it
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label: its words, what kind of words they are, their size and the height that they take."""

    text: str
    kind: str
    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Label:
    """The lines of a box and the count beside the first."""

    lines: tuple[Line, ...]
    count: str | None = None

    @property
    def height(self) -> float:
        """Pixels that the lines need, with room above and below."""
        return max(LEAST, sum(line.leading for line in self.lines) + 2 * ABOVE)


def label_of(box: Box, room: float, roomy: bool, counting: bool = True) -> Label:
    """The label of a box that is ``room`` pixels wide; ``roomy`` boxes also tell how and since when."""
    inside = room - 2 * INSIDE
    if box.kind is Kind.DOCUMENTS:
        return _documents(box, inside)
    count = None if box.kind is Kind.DOCUMENT or not counting else f"{box.documents:,}"
    beside = inside - (width(count, NAME, bold=True) + 8 if count else 0)
    names = [*_names(box, beside)]
    told = [*box.notes, *([since(box)] if roomy and since(box) else [])]
    notes = [Line(row, "s", NOTE, NOTE_LEADING) for note in told for row in wrapped(note, inside, NOTE, lines=4)]
    return Label((*names, *notes), count)


def since(box: Box) -> str:
    """How a box has it, and the earliest date on which it did: "told, first 6 Jan 2022"."""
    if box.kind is Kind.DOCUMENT:
        return short_date(box.first_seen)
    how = [plain(box.manners[0])] if len(box.manners) == 1 and box.manners[0].value != "via" else []
    return ", ".join([*how, *([f"first {short_date(box.first_seen)}"] if box.first_seen else [])])


def _names(box: Box, room: float) -> list[Line]:
    if box.kind is Kind.MORE:
        noun = "source" if box.column == 0 else "carrier"
        told = f"{len(box.names):,} more {noun}s"
        return [Line(row, "n", NAME, LEADING) for row in wrapped(told, room, NAME, bold=True)]
    shown = box.names[:MOST_NAMES]
    rows = 3 if len(shown) == 1 else 1
    lines = [Line(row, "n", NAME, LEADING) for name in shown for row in wrapped(name, room, NAME, rows, bold=True)]
    rest = len(box.names) - len(shown)
    return [*lines, *([Line(f"and {rest} more", "n", NAME, LEADING)] if rest else [])]


def _documents(box: Box, room: float) -> Label:
    noun = "document" if box.documents == 1 else "documents"
    publishers = f"of {counted(len(box.names), 'publisher')}"
    lines = [Line(f"{box.documents:,}", "b", BIG, 31.0), Line(noun, "n", NAME, LEADING)]
    lines += [Line(row, "s", NOTE, NOTE_LEADING) for row in wrapped(publishers, room, NOTE)]
    lines += [Line(row, "s", NOTE, NOTE_LEADING) for row in wrapped(f"first {short_date(box.first_seen)}", room, NOTE)]
    lines += [Line(row, "s p", NOTE, NOTE_LEADING) for note in box.notes for row in wrapped(note, room, NOTE)]
    return Label(tuple(lines))
