"""What is answered about a tally: its ledger of competing figures, which of them can be compared, and its series."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer, Number
from provenance.answers_detail import TallyDetail
from provenance.answers_rulings import RulingItem
from provenance.quantity import Answer as Comparable
from provenance.vocabulary import (
    CorrectionKind,
    DatePrecision,
    FigureStatus,
    OriginClass,
    PointDate,
    Presence,
    Qualifier,
    Relation,
)

POLICY = "The policy under which words such as 'dozens' are read."


class LedgerOrigin(Answer):
    """With whom a claim begins."""

    source: str = Field(description="Name of the source.")
    source_id: str = Field(description="Public id of the source.")
    origin_class: OriginClass = Field(
        alias="class", description="What it is; for `not_stated` the source is only the last carrier that is named."
    )
    established: bool = Field(description="Whether it can be established as an origin.")


class LedgerParty(Answer):
    """Sources behind a claim that ties join."""

    name: str = Field(description="The name that is shown for it.")
    established: bool = Field(description="Whether an established origin is among them.")


class Printed(Answer):
    """A figure as some reports of a claim print it."""

    figure: str = Field(description="Public id of the first such figure.")
    text: str = Field(description="The figure as printed.")
    qualifier: Qualifier = Field(description="What the printed words make of the number.")
    value: Number | None = Field(description="The number printed; null for words.")
    low: Number | None = Field(description="The least that the words allow under the policy; null if unbounded.")
    high: Number | None = Field(description="The most that the words allow under the policy; null if unbounded.")
    measure: str | None = Field(description="Killed, injured …; the tally's where the report does not say.")
    counted: str | None = Field(description="Who is counted; the tally's where the report does not say.")
    place: str | None = Field(description="Where; the tally's where the report does not say.")
    period: str | None = Field(description="Over what period, as the tally says; null if that is not known.")
    cumulative: bool | None = Field(description="Whether later figures include earlier ones; null if not known.")
    unit: str | None = Field(description="What the number is of, where not people.")
    printed_in_reports: int = Field(description="Reports that print it so.")
    printed_in_documents: int = Field(description="Documents that print it so.")


class LedgerFigure(Printed):
    """A claim in the ledger, by the figure that most of its reports print."""

    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    status: FigureStatus = Field(description="Where it stands; a later and larger total does not supersede it.")
    origins: list[LedgerOrigin] = Field(description="With whom it begins, most reports first.")
    parties: list[LedgerParty] = Field(description="Those origins, joined where they are tied.")
    published_at: str | None = Field(
        description="When it was first certainly published, no more exact than is known; where nothing is certain, "
        "when it may have been."
    )
    published_precision: DatePrecision = Field(description="How exactly that is known.")
    presence: Presence = Field(description="Whether any document that gives it was certainly published by `as_of`.")
    said_at: str | None = Field(description="When it was first said, as far as a page tells.")
    said_precision: DatePrecision = Field(description="How exactly that is known.")
    given_for: str | None = Field(description="The moment that the figure is given for, as printed; null: not stated.")
    reports: int = Field(description="Reports that state the claim, in whatever figure.")
    certain_reports: int = Field(description="Of these, those certainly published by `as_of`.")
    documents: int = Field(description="Documents that state the claim, in whatever figure.")
    certain: int = Field(description="Of these, those certainly published by `as_of`.")
    possible: int = Field(description="Of these, those that may have been published by `as_of`.")
    variants: list[Printed] = Field(description="What its other reports print, most reports first.")
    scope: int = Field(description="What it counts, by its place in `scopes`.")
    superseded_by: list[str] = Field(description="Public ids of claims of which somebody said that they replace it.")
    updated_by: list[str] = Field(
        description="Public ids of the first ten later and larger totals that it can be compared with. They update it; "
        "nobody need have said that they replace it."
    )
    updates: int = Field(description="How many such totals there are.")
    contradicted_by: list[str] = Field(
        description="Public ids of the first ten claims that stand and give a comparable figure that excludes it under "
        "every policy."
    )
    contradictions: int = Field(description="How many such claims there are.")


class LedgerScope(Answer):
    """What some figures of the ledger count."""

    measure: str | None = Field(description="Killed, injured …; null if that is not known.")
    counted: str | None = Field(description="Who is counted; null if that is not known.")
    place: str | None = Field(description="Where; null if that is not known.")
    period: str | None = Field(description="Over what period; null if that is not known.")
    cumulative: bool | None = Field(description="Whether later figures include earlier ones; null if not known.")
    unit: str | None = Field(description="What the numbers are of, where not people.")
    figures: int = Field(description="Entries of the ledger that count this.")


class LedgerBetween(Answer):
    """Whether the figures of two scopes can be compared; a scope with itself: those within it."""

    one: int = Field(description="A scope, by its place in `scopes`.")
    other: int = Field(description="Another scope, or the same.")
    answer: Comparable = Field(description="Whether they count the same.")
    field: str | None = Field(description="The field that differs (`no`) or is missing (`unknown`); null for `yes`.")
    pairs: int = Field(description="How many pairs of entries that is.")


class LedgerPair(Answer):
    """Two entries of the ledger, the one that was first published first."""

    claim: str = Field(description="Public id of the claim.")
    other: str = Field(description="Public id of the other claim.")
    answer: Comparable = Field(description="Whether the two figures count the same.")
    field: str | None = Field(
        description="The field that differs (`no`) or is missing (`unknown`). `quantity`: they count the same, and one "
        "of the numbers could not be read."
    )
    relation: Relation = Field(description="How the two stand to each other.")


class LedgerClaim(Answer):
    """A claim of the tally for which no document prints a figure."""

    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    status: FigureStatus = Field(description="Where it stands.")


class LedgerPart(Answer):
    """The ledger of a tally that is a part of this one; nothing is added up."""

    tally: str = Field(description="Public id of the part.")
    title: str = Field(description="What the part counts.")
    figures: list[LedgerFigure] = Field(
        description="Its figures; `scope` is the place in `scopes` of the part's own ledger."
    )


class LedgerNote(Answer):
    """Something that a reader of the ledger should look at; it is no mistake until somebody has looked."""

    says: str = Field(description="What is to be seen, in a sentence.")
    claims: list[str] = Field(description="Public ids of the claims that show it.")


class TallyLedger(TallyDetail):
    """One tally with its ledger: the figures that compete in it, no winner picked."""

    policy: str = Field(description=POLICY)
    policy_version: int = Field(description="Its version.")
    as_of: str | None = Field(description="Restricted to what was published by then; null: no restriction.")
    known_at: str | None = Field(description="Restricted to what this database held then; null: what it holds.")
    figures: list[LedgerFigure] = Field(
        description="The claims of the tally, each by the figure that most of its reports print, in the order in which "
        "they were first published."
    )
    without_figure: list[LedgerClaim] = Field(description="Claims of the tally for which no figure is printed.")
    scopes: list[LedgerScope] = Field(description="What the figures count, each once.")
    comparisons: list[LedgerBetween] = Field(
        description="Whether figures can be compared, by what they count: complete however many figures there are."
    )
    pairs: list[LedgerPair] = Field(
        description="Pairs of figures, each once; at most 1,000, those that cannot be compared before the others."
    )
    pairs_total: int = Field(description="How many pairs there are; the rest follows from `comparisons`.")
    figures_of_parts: list[LedgerPart] = Field(description="The ledgers of the tallies that are parts of it.")
    notes: list[LedgerNote] = Field(description="Where a part is larger than its whole.")
    rulings: list[RulingItem] = Field(
        description="Ranges that editors have signed for this tally: beside the figures, never over them."
    )


class SeriesPoint(Answer):
    """What a party gave."""

    at: str | None = Field(description="Where it stands in time, no more exact than is known; null: not known.")
    at_precision: DatePrecision = Field(description="How exactly that is known.")
    dated_by: PointDate = Field(description="Which date that is.")
    published_at: str | None = Field(description="When it was first published, no more exact than is known.")
    low: Number | None = Field(description="The least that the words allow under the policy; null if unbounded.")
    high: Number | None = Field(description="The most that the words allow under the policy; null if unbounded.")
    value: Number | None = Field(description="The number printed; null for words.")
    text: str = Field(description="The figure as printed.")
    claim: str = Field(description="Public id of the claim.")
    status: FigureStatus = Field(description="Where it stands.")
    documents: int = Field(description="Documents that state the claim.")
    scope: int = Field(description="What it counts, by its place in `scopes`; a line joins points of one scope alone.")


class PartySeries(Answer):
    """What one party gave in the course of time."""

    party: str | None = Field(description="Its name; null: claims for which no origin is known at all.")
    established: bool = Field(description="Whether an established origin is among its sources.")
    points: list[SeriesPoint] = Field(description="In order of time; what has no date comes last.")


class SeriesMark(Answer):
    """Something that was done to a claim of the tally."""

    correction: str = Field(description="Public id of the correction.")
    kind: CorrectionKind = Field(description="What was done.")
    by: str = Field(description="Name of the source that did it.")
    by_id: str = Field(description="Public id of that source.")
    claim: str = Field(description="Public id of the claim.")
    at: str | None = Field(description="When it took effect, no more exact than is known; null: not known.")
    at_precision: DatePrecision = Field(description="How exactly that is known.")
    applies: bool = Field(description="Whether it had certainly taken effect by `as_of`.")


class TallySeries(Answer):
    """A tally in the course of time, for plots: a line for each party, and marks for what was taken back."""

    tally: str = Field(description="Public id of the tally.")
    title: str = Field(description="What it counts.")
    policy: str = Field(description=POLICY)
    policy_version: int = Field(description="Its version.")
    as_of: str | None = Field(description="Restricted to what was published by then; null: no restriction.")
    known_at: str | None = Field(description="Restricted to what this database held then; null: what it holds.")
    scopes: list[LedgerScope] = Field(description="What the figures count, each once.")
    series: list[PartySeries] = Field(description="Established parties first, those with most points before others.")
    corrections: list[SeriesMark] = Field(description="What was done to the claims, in order of time.")
