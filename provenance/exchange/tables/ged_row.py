"""One row of the table of an event's figures, as recorders of casualties keep them.

The names of columns that UCDP GED has mean here what they mean there, as far as what is held can say so; the others
tell how the row came about. A value that nothing held can give stays empty.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from provenance.answers import Answer, Number
from provenance.vocabulary import ClaimStatus, FigureStatus, Verdict


class RowOf(StrEnum):
    """What a row tells of."""

    RULING = "ruling"
    CLAIM = "claim"


class BestBasis(StrEnum):
    """Why there is a best number."""

    RULING = "ruling"
    ONE_FIGURE = "one_figure"


class GedRow(Answer):
    """A ruling on a tally, or the figures of one claim that count the same people in the same place."""

    row: RowOf = Field(
        description="ruling: what an editor of this desk decided for a tally. claim: what was reported. Claims of one "
        "tally compete, so only rows of one kind may ever be added up, and claims hardly ever."
    )
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    tally: str | None = Field(description="Public id of the tally; empty where the claim is in none.")
    tally_title: str | None = Field(description="What that tally counts.")
    claim: str | None = Field(description="Public id of the claim; empty for a ruling.")
    claim_text: str | None = Field(description="The claim in a sentence.")
    ruling: str | None = Field(description="Public id of the ruling; empty for a claim.")
    measure: str = Field(description="What is counted: killed, unless another measure was asked for.")
    counted: str | None = Field(description="Who is counted, as the figure says, else as its tally; empty: not known.")
    place: str | None = Field(description="Where, as the figure says, else as its tally; empty: not known.")
    unit: str | None = Field(description="What the number is of, where not people.")
    status: ClaimStatus | None = Field(
        description="Where the claim stands after corrections; `ledger_status` looks at the figures of others, too."
    )
    ledger_status: FigureStatus | None = Field(
        description="The word that the ledger of the tally has for this figure: also `contradicted`, where another "
        "account excludes it. Empty: the claim is in no tally, or most of its reports print the figure of another row, "
        "which is the one that the ledger compares."
    )
    verdict: Verdict | None = Field(description="How independent the origins of the claim are.")
    parties: int | None = Field(description="Independent parties among the established origins of the claim.")
    date_start: str | None = Field(description="Not before: when what the claim asserts happened; empty: not known.")
    date_end: str | None = Field(description="Not after; empty: not known.")
    date_prec: int | None = Field(
        description="1: within a day, 2: within six days, 3: within a week, 4: within a month, 5: longer. Empty: the "
        "date is not known. It is the length of the time between `date_start` and `date_end`."
    )
    where_prec: int | None = Field(description="Always empty: places are held in words, and not on a map.")
    event_clarity: int | None = Field(
        description="1: the tally is of one occurrence; 2: it is cumulative, so that its figures sum up several. "
        "Empty: that is not known."
    )
    number_of_sources: int | None = Field(
        description="Documents that assert the claim with such a figure; each names its outlet, date and headline in "
        "the lists that follow. Independent sources are `parties`."
    )
    possible_sources: int | None = Field(
        description="Those of them of which the date is too coarse to tell whether they were published by `as_of`."
    )
    source_article: list[str] = Field(description="Outlet, date and headline of each document, by date.")
    source_office: list[str] = Field(description="The outlet of each.")
    source_date: list[str] = Field(description="The date of each, with no more digits than are known.")
    source_headline: list[str] = Field(description="The headline of each, as printed.")
    source_original: list[str] = Field(
        description="Who the figure is from in the first place: each origin that a document names, once. An outlet "
        "that only relays is never among them, so the list is empty where no origin is stated."
    )
    deaths_a: Number | None = Field(
        description="`best`, where those who are counted were given as `side_a`. Nothing held says who a side is."
    )
    deaths_b: Number | None = Field(description="`best`, where those who are counted were given as `side_b`.")
    deaths_civilians: Number | None = Field(description="`best`, where civilians are counted.")
    deaths_unknown: Number | None = Field(description="`best`, where nobody says who is counted.")
    best: Number | None = Field(
        description="The number that an editor's ruling names, where its range is one number; for a claim that stands, "
        "the number that all its documents print alike and exactly. Empty elsewhere; nothing is averaged."
    )
    high: Number | None = Field(
        description="For a ruling the most of its range; for a claim the most that any of its figures allows. Empty "
        "where nothing bounds it, as with 'dozens' or 'at least eight'."
    )
    low: Number | None = Field(
        description="For a ruling the least of its range; for a claim the least that any of its figures allows."
    )
    low_from: int | None = Field(
        description="How many of the documents have a figure with that `low`: one alone may be a slip of the pen."
    )
    high_from: int | None = Field(description="How many of the documents have a figure with that `high`.")
    best_basis: BestBasis | None = Field(description="ruling or one_figure: why there is a `best`.")
    figures: list[str] = Field(description="Public ids of the figures, in the order of the documents.")
