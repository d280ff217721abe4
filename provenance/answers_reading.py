"""The shape of a reading as it is sent: who is said to have said what, with which figures, when."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from provenance.answers import Answer, Number
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


class SpanShown(Answer):
    """A stretch of the text."""

    start: int = Field(description="Where it begins, in code points of `text`.")
    end: int = Field(description="Where it ends, exclusive.")
    text: str = Field(description="Its words.")


class ContentShown(SpanShown):
    """What is said to have been said."""

    parts: list[tuple[int, int]] = Field(description="The pieces of a content that its cue interrupts; else empty.")


class ZoneShown(Answer):
    """A stretch of the article that is one thing."""

    kind: ZoneKind = Field(description="What it is: see the glossary.")
    start: int = Field(description="Where it begins, in code points of `text`.")
    end: int = Field(description="Where it ends, exclusive.")


class LinkShown(Answer):
    """One link of a chain, the origin first."""

    as_named: str | None = Field(description="The words of the page; null where it names nobody.")
    source: str | None = Field(description="Who is meant, by the fullest name known; null where that is open.")
    status: LinkStatus = Field(description="Whether it is known who is meant.")
    start: int | None = Field(description="Where the words begin; null where there are none.")
    end: int | None = Field(description="Where they end, exclusive.")
    step: int = Field(description="How far from the origin, from 0; parallel carriers share a step.")
    kind: SourceKind | None = Field(description="What kind of source; null if nothing tells.")
    country: str | None = Field(description="ISO 3166 code, or INT; null if nothing tells.")
    manner: Manner = Field(description="How the next link, or the document, relays it.")
    antecedent: SpanShown | None = Field(description="What a pronoun or description was taken to stand for.")


class StatementShown(Answer):
    """Something that the article puts into somebody's mouth."""

    content: ContentShown = Field(description="What is said to have been said.")
    cue: SpanShown | None = Field(description="The words that mark the attribution; null where a quote just goes on.")
    source: SpanShown | None = Field(description="The words for whoever the cue goes with; null where there are none.")
    chain: list[LinkShown] = Field(description="Through whom it came, origin first, without the publisher.")
    kind: ClaimKind = Field(description="What it asserts.")
    stance: Stance = Field(description="What the source does with it.")
    hedge: str | None = Field(description="Words that weaken it; null if there are none.")
    continues: int | None = Field(description="Place, from 0, of the statement whose source goes on speaking here.")
    restates: int | None = Field(description="For a headline: place of the statement of the body that it repeats.")
    rule: str = Field(description="The rule that fired.")
    confidence: float = Field(description="How sure the rule is, from 0 to 1; its own estimate, never of the truth.")
    confidences: dict[str, float] = Field(description="The same for each field.")


class FigureShown(Answer):
    """A quantity that the text prints: an interval with a qualifier."""

    start: int = Field(description="Where it begins, in code points of `text`.")
    end: int = Field(description="Where it ends, exclusive.")
    text: str = Field(description="The figure as printed, with what qualifies it.")
    kind: FigureKind = Field(description="What the number is.")
    number_at: SpanShown | None = Field(description="The number alone, without qualifier and unit; null for words.")
    second_at: SpanShown | None = Field(description="The other end of a range, where it is printed.")
    qualifier: Qualifier = Field(description="What the words make of the number.")
    value: Number | None = Field(description="The number as printed; null for words like 'dozens'.")
    low: Number | None = Field(description="The least that the words allow; null if unbounded.")
    high: Number | None = Field(description="The most that the words allow; null if unbounded.")
    low_open: bool = Field(description="Whether `low` itself is not meant: 'more than half'. Counts are never open.")
    high_open: bool = Field(description="The same for `high`.")
    unit: str | None = Field(description="What the number is of, where it counts no people or things.")
    percent: bool = Field(description="Whether it is a share of a hundred.")
    money: str | None = Field(description="The currency where it is an amount of money; else null.")
    counted: str | None = Field(description="Who or what is counted, as printed.")
    counted_at: SpanShown | None = Field(description="Where that stands.")
    role: str | None = Field(description="Killed, injured, arrested …, normalised.")
    role_at: SpanShown | None = Field(description="The words that say so.")
    place: SpanShown | None = Field(description="Where, as printed.")
    as_of: SpanShown | None = Field(description="The moment it is given for, as printed.")
    total: bool = Field(description="Whether the text calls it a total.")
    part_of: int | None = Field(description="Place, from 0, of the figure of which it is a part.")
    out_of: int | None = Field(description="Place of the figure that is the whole of a rank or fraction.")
    statement: int | None = Field(description="Place of the statement in whose content it stands.")
    rule: str = Field(description="The rule that fired.")
    confidence: float = Field(description="How sure the rule is, from 0 to 1.")


class DateShown(Answer):
    """A date or time in the text, as an interval of instants."""

    start: int = Field(description="Where it begins, in code points of `text`.")
    end: int = Field(description="Where it ends, exclusive.")
    text: str = Field(description="As printed.")
    earliest: datetime | None = Field(description="Not before; null where nothing anchors it.")
    latest: datetime | None = Field(description="Not after.")
    basis: TimeBasis = Field(description="How it was read.")
    rule: str = Field(description="The rule that fired.")


class ReadingAnswer(Answer):
    """All that was read from one text; nothing of it was saved."""

    id: str | None = Field(description="What the caller calls the text; null if nothing was given.")
    text: str = Field(description="The text that the offsets count in.")
    language: str | None = Field(description="BCP 47 tag; null where the text is too short to tell.")
    zones: list[ZoneShown] = Field(description="What each stretch of the text is.")
    statements: list[StatementShown] = Field(description="Attributed statements, in the order of the text.")
    statements_read: bool = Field(description="Whether statements were looked for; `notes` say why they were not.")
    figures: list[FigureShown] = Field(description="Quantities, in the order of the text.")
    dates: list[DateShown] = Field(description="Dates and times, in the order of the text.")
    notes: list[str] = Field(description="What could not be read, and why.")
