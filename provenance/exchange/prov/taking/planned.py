"""What a document that was read would have us hold, before anything is looked up or written.

Records refer to each other by their full names in the document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from provenance.exchange.prov.taking.reading import refused
from provenance.storage.claim import ClaimCreate
from provenance.storage.document import DocumentCreate
from provenance.storage.event import EventCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.report import AttributionCreate, ReportCreate
from provenance.storage.source import SourceCreate, TieCreate

T = TypeVar("T", bound=BaseModel)
# Stands where a model wants the id of a record that is not looked up yet.
LATER = "later"


@dataclass(frozen=True, slots=True)
class PlannedSource:
    """Somebody who speaks or publishes; ``why`` tells what a reader must know of how its kind was chosen."""

    place: str
    public_id: str | None
    said: SourceCreate
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """What claims are about."""

    place: str
    public_id: str | None
    said: EventCreate


@dataclass(frozen=True, slots=True)
class PlannedDocument:
    """A published artefact and who published it; ``why`` tells what a reader must know of how its date was read."""

    place: str
    public_id: str | None
    publisher: str
    said: DocumentCreate
    why: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedClaim:
    """An assertion; no event where the document tells none."""

    place: str
    public_id: str | None
    event: str | None
    said: ClaimCreate


@dataclass(frozen=True, slots=True)
class PlannedHop:
    """One hop of a report; no upstream where nobody says from whom."""

    place: str
    upstream: str | None
    downstream: str
    said: AttributionCreate


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """A figure that a report prints."""

    place: str
    public_id: str | None
    said: FigureCreate


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """That a document states a claim, through which hops."""

    place: str
    public_id: str | None
    document: str
    claim: str
    said: ReportCreate
    hops: tuple[PlannedHop, ...]
    figures: tuple[PlannedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedTie:
    """What one source is to another."""

    place: str
    source: str
    other: str
    said: TieCreate


@dataclass(frozen=True, slots=True)
class Left:
    """A record for which there is no place here, or that a person must decide about.

    ``of`` is the id of a record of ours that it belongs to: where that is held, it was decided here already.
    """

    place: str
    why: str
    of: str | None = None


@dataclass(slots=True)
class Plan:
    """All of it, by full names; ties and what is left in their order."""

    sources: dict[str, PlannedSource] = field(default_factory=dict)
    events: dict[str, PlannedEvent] = field(default_factory=dict)
    documents: dict[str, PlannedDocument] = field(default_factory=dict)
    claims: dict[str, PlannedClaim] = field(default_factory=dict)
    reports: list[PlannedReport] = field(default_factory=list)
    ties: list[PlannedTie] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    def leave(self, place: str, why: str, of: str | None = None) -> None:
        """Note that a record is left."""
        self.left.append(Left(place, why, of))


# What the fields of a model are called in the document, for the words of an error.
CALLED: Mapping[str, str] = {"text": "prov:value", "quote": "prov:value", "name": "prov:label", "title": "prov:label"}


def checked(model: type[T], place: str, /, **values: Any) -> T:
    """A record as a writer may send it.

    :raises InvalidInput: naming the place, where it may not be so.
    """
    given = {name: value for name, value in values.items() if value is not None}
    try:
        return model(**given)
    except ValidationError as unfit:
        first = unfit.errors()[0]
        name = ".".join(map(str, first["loc"]))
        said = first["msg"].removeprefix("Value error, ").rstrip(".")
        raise refused(f"{place}.{CALLED.get(name, name)}", f"{said}. Correct it, or leave it out.") from unfit
