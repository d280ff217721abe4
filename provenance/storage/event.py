"""What happened, what was searched about it, and what is counted in it."""

from __future__ import annotations

import re

import sqlalchemy as sa
from pydantic import AwareDatetime, ValidationInfo, field_validator
from sqlmodel import Field, SQLModel

from provenance.storage.dates import read_date
from provenance.storage.record import Change, Record, Writable, fact, instant, unsettled, word, words
from provenance.vocabulary import Basis, Interest, ReportState


class EventBase(SQLModel):
    """What is said of an event."""

    title: str = Field(min_length=1, max_length=500, description="What happened, in a few words.")
    description: str | None = Field(default=None, description="What happened, in sentences.")
    place: str | None = Field(default=None, max_length=500, description="Where.")
    began: AwareDatetime | None = instant(default=None, nullable=True, description="Earliest instant of the event.")
    ended: AwareDatetime | None = instant(default=None, nullable=True, description="Latest instant of the event.")


class Event(EventBase, Record, table=True):
    """What happened, where, when."""

    __table_args__ = fact("event", sa.CheckConstraint("began <= ended", name="began_before_ended"), unsettled("event"))
    state: ReportState = word(
        ReportState,
        default=ReportState.ACCEPTED,
        sa_column_kwargs={"server_default": "accepted"},
        description="Whether a person stands behind it; what only proposals speak of is proposed itself.",
    )


class DaysAllowed(SQLModel):
    """Lets an event begin and end on a day, a month or a year: it began with its first instant, ended with its last."""

    @field_validator("began", "ended", mode="before", check_fields=False)
    @classmethod
    def _bound(cls, given: object, info: ValidationInfo) -> object:
        if not isinstance(given, str) or not CALENDAR.fullmatch(given):
            return given
        name = info.field_name or ""
        date = read_date(given, name)
        return date.earliest if name == "began" else date.latest


CALENDAR = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)


class EventCreate(DaysAllowed, EventBase, Writable):
    """What a writer sends to open an event; `began` and `ended` may also be days, such as 2022-01-05."""


class EventChange(DaysAllowed, EventBase, Change):
    """What a writer sends to change an event; `began` and `ended` may also be days, such as 2022-01-05."""


class CoverageBase(SQLModel):
    """What is said of a search."""

    languages: list[str] = words(default_factory=list, description="Languages searched, as BCP 47 tags.")
    outlets: list[str] = words(default_factory=list, description="Outlets or collections searched.")
    queries: list[str] = words(default_factory=list, description="What was searched for.")
    searched_by: str = Field(min_length=1, max_length=200, description="Who searched.")
    searched_until: AwareDatetime = instant(description="Up to when.")
    note: str | None = Field(default=None, description="Limits of the search that a reader must know.")


class Coverage(CoverageBase, Record, table=True):
    """One entry of an event's coverage log: the ground on which every negative answer stands."""

    __table_args__ = fact("coverage")
    event_id: int = Field(foreign_key="event.id", index=True)


class CoverageCreate(CoverageBase, Writable):
    """What a writer sends to log a search."""


class InterestBase(SQLModel):
    """What is said of an interest."""

    interest: Interest = word(Interest, description="What the source has at stake.")
    basis: Basis = word(Basis, description="What that rests on.")
    reference: str | None = Field(default=None, description="Where a reader can check it.")


class SourceInterest(InterestBase, Record, table=True):
    """A source that has something at stake in an event."""

    __tablename__ = "interest"
    __table_args__ = fact(
        "interest",
        sa.CheckConstraint("basis <> 'cited' OR reference IS NOT NULL", name="cited_has_reference"),
        unique=[["event_id", "source_id"]],
    )
    event_id: int = Field(foreign_key="event.id")
    source_id: int = Field(foreign_key="source.id", index=True)


class InterestCreate(InterestBase, Writable):
    """What a writer sends to say what a source has at stake."""

    event: str = Field(description="Public id of the event.")


class InterestChange(InterestBase, Change):
    """What a writer sends to change what a source has at stake in the same event."""


class TallyBase(SQLModel):
    """What is said of a tally."""

    title: str = Field(min_length=1, max_length=500, description="What is being counted, in a few words.")
    measure: str = Field(min_length=1, max_length=100, description="Killed, injured, detained …")
    counted: str | None = Field(default=None, max_length=200, description="Who is counted; null if that is not known.")
    place: str | None = Field(default=None, max_length=200, description="Where; null if that is not known.")
    period: str | None = Field(default=None, max_length=200, description="Over what period; null if not known.")
    cumulative: bool | None = Field(default=None, description="Whether later figures include earlier ones.")


class Tally(TallyBase, Record, table=True):
    """Something that is being counted; two figures in it are not comparable for that reason alone."""

    __table_args__ = fact("tally", sa.CheckConstraint("parent_id <> id", name="not_its_own_parent"))
    event_id: int = Field(foreign_key="event.id", index=True)
    parent_id: int | None = Field(default=None, foreign_key="tally.id", index=True)


class TallyCreate(TallyBase, Writable):
    """What a writer sends to open a tally."""

    event: str = Field(description="Public id of the event.")
    parent: str | None = Field(default=None, description="Public id of the tally that this one is a part of.")


class TallyChange(TallyBase, Change):
    """What a writer sends to change a tally."""

    parent: str | None = Field(description="Public id of the tally that this one is a part of; null for none.")
