"""What one row of a sheet says, once each of its cells was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from provenance.storage.dates import Date
from provenance.vocabulary import ReportState, SourceKind


@dataclass(frozen=True, slots=True)
class Named:
    """A source as a sheet names it; ``kind`` where the sheet says it, as in ``Ivanov (witness)``."""

    name: str
    kind: SourceKind | None = None


# The sources at one place of a chain; several relay side by side, and none means that it is not said from whom.
Step = tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class WantedTally:
    """What a row's figure is a count in."""

    title: str
    measure: str
    counted: str | None
    place: str | None
    period: str | None


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """The document that a row cites. With an address it is known by that, else by publisher, title and date."""

    publisher: Named | None
    url: str | None
    title: str | None
    published: Date | None
    printed: str | None
    language: str | None
    author: str | None


@dataclass(frozen=True, slots=True)
class WantedRow:
    """One row: the claim, and where the sheet says who published it, the report, its chain and its figure.

    ``event`` is an id or a title. ``steps`` are the chain, origin first; ``whole``: its last may be the publisher.
    """

    row: int
    id: str | None
    event: str
    claim: Mapping[str, Any]
    tally: WantedTally | None
    document: WantedDocument | None
    report: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    whole: bool = False
    figure: Mapping[str, Any] | None = None
    state: ReportState = ReportState.ACCEPTED
