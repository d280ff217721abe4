"""What reading an article yields: zones, attributed statements with their chains, figures and dates.

Everything points into the text by code points, end exclusive, and everything that a machine concluded says by which
rule and how surely. These are proposals: nothing here has been accepted by a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from provenance.numerals import Number
from provenance.vocabulary import (
    ClaimKind,
    FigureKind,
    LinkStatus,
    Manner,
    Qualifier,
    SourceKind,
    Stance,
    TimeBasis,
    ZoneKind,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, in code points, end exclusive, with its words."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The stretch of a text between two places.

        >>> Span.of("as Tass reported", 3, 7)
        Span(start=3, end=7, text='Tass')
        """
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the article that is one thing: its headline, a caption, a paragraph of its body."""

    kind: ZoneKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a chain: who, in the words of the page, and who that is as far as we can tell.

    ``step`` counts from the origin; parallel carriers share one. ``source`` is the name of whoever is meant, in the
    registry's or the text's own fullest form; None where the words lead to nobody. ``antecedent`` is the stretch of
    text that a pronoun or description was taken to stand for. ``manner`` is how this link was relayed by the next.
    """

    as_named: str | None
    source: str | None
    status: LinkStatus
    start: int | None = None
    end: int | None = None
    step: int = 0
    kind: SourceKind | None = None
    country: str | None = None
    manner: Manner = Manner.VIA
    antecedent: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Something that the article puts into somebody's mouth, or says was said.

    ``content``, ``cue`` and ``source`` are as narrow as the words allow; ``parts`` are the pieces of a content that
    its cue interrupts. ``continues`` and ``restates`` are places in the list of statements: the one whose source goes
    on speaking here, and the body's statement that a headline repeats. ``confidence`` is that of the whole,
    ``confidences`` that of each field by its name.
    """

    content: Span
    cue: Span | None
    source: Span | None
    chain: tuple[Link, ...]
    stance: Stance
    hedge: str | None
    rule: str
    confidence: float
    kind: ClaimKind = ClaimKind.OTHER
    parts: tuple[tuple[int, int], ...] = ()
    continues: int | None = None
    restates: int | None = None
    said: int | None = None
    confidences: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureFound:
    """A quantity that the text prints: its words, the interval they assert, and what is counted in which role.

    ``value`` is the number as printed, None for words like "dozens". ``statement`` is the place of the statement in
    whose content it stands, ``part_of`` that of the figure of which it is a subset, ``out_of`` that of the figure
    which is the whole of a rank or fraction. ``currency`` is an ISO 4217 code or the sign as printed.
    ``number_start`` to ``number_end`` is the number without what qualifies it and without its unit, ``second_start`` to
    ``second_end`` the other end of a range. ``low_open`` and ``high_open``: that end itself is not meant ("more than
    half"); of whole counts it never is open, for "more than 1,000" begins at 1,001.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    qualifier: Qualifier
    value: Number | None
    low: Number | None
    high: Number | None
    rule: str
    unit: str | None = None
    currency: str | None = None
    counted: Span | None = None
    role: str | None = None
    role_printed: Span | None = None
    place: Span | None = None
    as_of: Span | None = None
    total: bool = False
    part_of: int | None = None
    out_of: int | None = None
    statement: int | None = None
    confidence: float = 1.0
    number_start: int | None = None
    number_end: int | None = None
    second_start: int | None = None
    second_end: int | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date or time in the text as an interval of UTC instants; both ends None where nothing anchors it."""

    start: int
    end: int
    text: str
    earliest: datetime | None
    latest: datetime | None
    basis: TimeBasis
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one article. ``notes`` say in sentences what could not be read, and why.

    ``statements_read`` says whether statements were looked for: where they were not, nothing is known of who says what.
    """

    text: str
    language: str | None
    zones: tuple[Zone, ...]
    statements: tuple[Statement, ...]
    figures: tuple[FigureFound, ...]
    dates: tuple[DateFound, ...]
    notes: tuple[str, ...] = ()
    statements_read: bool = True
