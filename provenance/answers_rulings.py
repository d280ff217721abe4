"""What is answered about editors' decisions, and about the scales that they may grade by."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from provenance.answers import Answer, Number
from provenance.answers_detail import RECORDED_FROM
from provenance.vocabulary import RulingKind


class RulingItem(Answer):
    """An editor's signed decision, in a list; it stands beside what is reported, never over it."""

    id: str = Field(description="Public id.")
    kind: RulingKind = Field(description="What was decided.")
    tally: str | None = Field(description="For a range: public id of the tally.")
    tally_title: str | None = Field(description="What that tally counts.")
    low: Number | None = Field(description="The least of the desk's range; null if unbounded, or no range.")
    high: Number | None = Field(description="The most of the desk's range; null if unbounded, or no range.")
    inclusions: str | None = Field(description="Which accounts and figures the range takes in, or leaves out.")
    scale: str | None = Field(description="The scale that the grade is taken from.")
    grade: str | None = Field(description="The grade, in the words of its scale.")
    claim: str | None = Field(description="For a cut across reports: public id of the claim.")
    claim_text: str | None = Field(description="The claim in a sentence.")
    upstream: str | None = Field(description="Name of the source that is relayed on the hop; null: anybody.")
    upstream_id: str | None = Field(description="Public id of that source.")
    downstream: str | None = Field(description="Name of the source that relays it; null: anybody.")
    downstream_id: str | None = Field(description="Public id of that source.")
    attribution: str | None = Field(description="For a cut in one report: public id of the hop.")
    report: str | None = Field(description="For a zombie: public id of the report.")
    upholds: bool | None = Field(description="For a zombie: whether the report is one.")
    method: str = Field(description="How the decision was reached.")
    signed_by: str = Field(description="The editor who answers for it.")
    signed_at: datetime = Field(description="When it was signed.")


class RulingDetail(RulingItem):
    """One decision in full."""

    recorded_from: datetime = Field(description=RECORDED_FROM)


class GradeItem(Answer):
    """One step of a scale."""

    grade: str = Field(description="The word as rulings spell it.")
    meaning: str = Field(description="What whoever gives it says with it.")


class ScaleItem(Answer):
    """A scale that a ruling may grade by."""

    name: str = Field(description="The name as rulings spell it.")
    meaning: str = Field(description="What it grades.")
    grades: list[GradeItem] = Field(description="Its steps; none where any word may stand.")
