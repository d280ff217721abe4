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
