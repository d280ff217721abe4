"""What becomes of annotations that are taken in: each with its outcome and the reasons for it."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import AnnotationOutcome


class AnnotationTaken(Answer):
    """What became of one annotation, or of one target of it."""

    place: str = Field(description="Where it stands in what was sent, such as `items.0`.")
    id: str | None = Field(description="The address that it gives itself.")
    outcome: AnnotationOutcome = Field(description="What became of it.")
    report: str | None = Field(
        description="Public id of the report that says so now; null if it was refused, or a dry run did not write it."
    )
    claim: str | None = Field(description="Public id of the claim; null as with the report.")
    document: str | None = Field(description="Public id of the document; null as with the report.")
    reasons: list[str] = Field(
        description="Why, in sentences: how document, words and claim were found, or what to do."
    )


class AnnotationsTaken(Answer):
    """What became of all annotations that were sent, in their order."""

    dry_run: bool = Field(description="Whether nothing was written, and this says what would have been.")
    proposed: int = Field(description="How many reports were proposed.")
    known: int = Field(description="How many were held already.")
    refused: int = Field(description="How many were refused.")
    items: list[AnnotationTaken] = Field(description="Each of them.")
