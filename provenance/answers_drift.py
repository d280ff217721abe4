"""What is answered about a claim's drift: what changed between two reports of it."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import ComparedWith, DriftField, DriftKind, Sureness


class DriftSide(Answer):
    """One of the two rows that are compared."""

    report: str = Field(description="Public id of the report.")
    document: str = Field(description="Public id of its document.")
    publisher: str = Field(description="Name of the source that published it.")
    publisher_id: str = Field(description="Public id of that source.")
    published_at: str | None = Field(description="When, with no more digits than are known.")
    figure: str | None = Field(description="Public id of the figure, where it is about one.")


class DriftItem(Answer):
    """What one report has and another has not; it says that they differ, never which of them is right."""

    field: DriftField = Field(description="In what the two differ.")
    kind: DriftKind = Field(description="What became of it.")
    from_: str = Field(alias="from", description="What the first has, as printed or as named.")
    to: str = Field(description="What the second has, as printed or as named.")
    sure: Sureness = Field(description="How sure it is that they differ.")
    against: ComparedWith = Field(description="What the first one is to the second.")
    stronger: bool = Field(description="Whether the second asserts more: a larger number, or less reserve.")
    reason: str = Field(description="All of that in a sentence.")
    before: DriftSide = Field(description="The row that it is compared with; that of the text, for a headline.")
    after: DriftSide = Field(description="The row that differs.")
