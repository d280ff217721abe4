"""What is answered to the question whether a claim is known already: ranked claims, with reasons."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer
from provenance.vocabulary import Agreement, MatchField, Sameness


class MatchedField(Answer):
    """One field of which both sides say something."""

    field: MatchField = Field(description="In what the two are compared.")
    agreement: Agreement = Field(description="What the comparison gives.")
    reason: str = Field(description="The same in a sentence.")


class MatchItem(Answer):
    """A known claim that may be the one that is looked for."""

    claim: str = Field(description="Public id of the claim.")
    text: str = Field(description="The claim in a sentence.")
    event: str = Field(description="Public id of its event.")
    event_title: str = Field(description="What happened, in a few words.")
    tally: str | None = Field(description="Public id of the tally that it is a count in; null if it is in none.")
    score: float = Field(
        ge=0, le=1, description="How alike they are, for the order of this list; 1 is a word for word repetition."
    )
    same: Sameness = Field(description="Whether it says the same; an editor decides.")
    reasons: list[str] = Field(description="Why, in sentences: first the wording, then what was compared.")
    fields: list[MatchedField] = Field(description="What was compared; a field of which one side says nothing is not.")
