"""Exact spans on PolNeAR: the set of (start, end) per document, source, cue and content apart.

A span in several pieces is compared by its hull. At half overlap, spans that share half of their union count, each
once. Attributions whose role is empty have no span of that role.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.extraction.scoring import share
from provenance.extraction.parallel import read_many
from provenance.extraction.reader import Unread
from provenance.extraction.reading import Reading, Span

ROLES = ("source", "cue", "content")
Places = frozenset[tuple[int, int]]


@dataclass(slots=True)
class Counts:
    """How many spans were wanted, proposed and right."""

    wanted: int = 0
    proposed: int = 0
    right: int = 0
    half: int = 0

    def f1(self, right: int | None = None) -> float:
        """The harmonic mean of precision and recall."""
        return share(2 * (self.right if right is None else right), self.wanted + self.proposed)


def score_polnear(file: Path) -> dict[str, Counts]:
    """The counts of each role over all documents of a part."""
    documents = list(_documents(file))
    counts = {role: Counts() for role in ROLES}
    readings = read_many((Unread(document["text"], language="en") for document in documents), shown=spans)
    for document, proposed in zip(documents, readings, strict=True):
        for role in ROLES:
            _count(counts[role], _gold(document, role), proposed[role])
    return counts


def spans(reading: Reading) -> dict[str, Places]:
    """The proposed spans of each role."""
    return {
        "source": _places(statement.source for statement in reading.statements),
        "cue": _places(statement.cue for statement in reading.statements),
        # A content without a cue goes on from, or restates, another one; the corpus marks none of these.
        "content": _places(statement.content for statement in reading.statements if statement.cue),
    }


def _places(found: Iterable[Span | None]) -> Places:
    return frozenset((span.start, span.end) for span in found if span is not None)


def _gold(document: dict[str, Any], role: str) -> Places:
    named = [one for found in document["attributions"] for one in found.get(role.capitalize()) or []]
    pieces = [one["offsets"] for one in named if one["offsets"]]
    return frozenset((min(start for start, _ in one), max(end for _, end in one)) for one in pieces)


def _count(counts: Counts, wanted: Places, proposed: Places) -> None:
    counts.wanted += len(wanted)
    counts.proposed += len(proposed)
    counts.right += len(wanted & proposed)
    free = set(proposed)
    for one in sorted(wanted):
        best = max(free, key=lambda other: _shared(one, other), default=None)
        if best is not None and _shared(one, best) >= 0.5:
            counts.half += 1
            free.discard(best)


def _shared(a: tuple[int, int], b: tuple[int, int]) -> float:
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(both, 0) / (a[1] - a[0] + b[1] - b[0] - both)


def _documents(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
