"""What is answered about who may see a record."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import Visibility


class NarrowedBy(Answer):
    """Something that a record belongs to, and that not everybody may see."""

    id: str = Field(description="Public id.")
    noun: str = Field(description="What kind of record, as its table is called.")
    visibility: Visibility = Field(description="Who may see it.")


class VisibilityDetail(Answer):
    """Who may see a record: whoever may see all that it belongs to, and is among those named here."""

    id: str = Field(description="Public id of the record.")
    noun: str = Field(description="What kind of record, as its table is called.")
    visibility: Visibility = Field(description="Who may see it, by what it says itself.")
    people: list[str] = Field(description="The owners of keys who may see it, where it is for named people; else none.")
    narrowed_by: list[NarrowedBy] = Field(
        description="What it belongs to that not everybody may see: it is seen by nobody who may not see these, too."
    )


class NameStands(Answer):
    """A place in public that says the name of somebody who was narrowed."""

    noun: str = Field(description="What kind of record, as its table is called.")
    record: str = Field(description="Public id of the record.")
    field: str = Field(description="Which of its fields.")


class StillStands(Answer):
    """Where the names of a person who was narrowed stand in what everybody may see, since others wrote it."""

    places: list[NameStands] = Field(default_factory=list, description="The first 50.")
    count: int = Field(default=0, description="How many there are.")
    all_looked_at: bool = Field(default=True, description="Whether there was time to look everywhere.")

    def with_another(self, noun: str, record: str, field: str, *, most: int) -> StillStands:
        """The same with one more place, which is listed if there are fewer than ``most``."""
        another = [NameStands(noun=noun, record=record, field=field)] if self.count < most else []
        return self.model_copy(update={"places": [*self.places, *another], "count": self.count + 1})


class ShownTo(VisibilityDetail):
    """Who may see a record from now on, and where what was narrowed still shows."""

    still_stands: list[NameStands] = Field(
        description="For a person who not everybody may see: the public records, 50 at most, that say one of their "
        "names. They are what others wrote, and stay as they are: narrow or change them one by one, or redact the "
        "person. Empty for other records."
    )
    still_stands_count: int = Field(description="In how many fields of public records the names were found.")
    still_stands_complete: bool = Field(
        description="Whether there was time to look everywhere; if not, there may be more than were found."
    )


def shown_to(detail: VisibilityDetail, stands: StillStands) -> ShownTo:
    """Both in one answer."""
    return ShownTo(
        **detail.model_dump(),
        still_stands=stands.places,
        still_stands_count=stands.count,
        still_stands_complete=stands.all_looked_at,
    )
