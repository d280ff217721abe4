"""What the tools take, each described once: a model reads these sentences before it asks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

MOST = 50  # points in one answer; an assistant that needs all of them is better served by the API

Claim = Annotated[
    str, Field(min_length=1, max_length=500, description="Public id of a claim (clm_…), or words that occur in it.")
]
ClaimOrAll = Annotated[
    str | None,
    Field(min_length=1, max_length=500, description="Public id of a claim (clm_…), or words from it. Null: of all."),
]
ClaimOrTally = Annotated[
    str,
    Field(
        min_length=1,
        max_length=500,
        description="A claim that is a count, by its public id (clm_…) or by words that occur in it; or the tally that "
        "it counts in, by its public id (tal_…).",
    ),
]
ClaimOrReport = Annotated[
    str,
    Field(
        min_length=1,
        max_length=500,
        description="A claim, by its public id (clm_…) or by words that occur in it, for all its reports; or one "
        "report, by its public id (rep_…).",
    ),
]
Words = Annotated[str, Field(min_length=1, max_length=500, description="Words that must all occur, in any order.")]
Sentence = Annotated[
    str, Field(min_length=3, max_length=4000, description="A sentence or a post, in any language that is held.")
]
Event = Annotated[str | None, Field(max_length=100, description="Public id of an event (evt_…), to look only there.")]
Record = Annotated[str, Field(max_length=100, description="Public id of any record, such as clm_…, src_… or rep_….")]
Sources = Annotated[
    list[str], Field(min_length=1, max_length=20, description="Sources, each by its public id (src_…) or its name.")
]
Limit = Annotated[int, Field(ge=1, le=MOST, description="How many points the answer lists at most.")]
AsOf = Annotated[
    str | None,
    Field(description="ISO date or time: only what was published by then; a day means its end. Null: everything."),
]
Then = Annotated[
    str,
    Field(
        description="The moment, as an ISO date or time such as 2022-01-06T07:00Z: only what was published by then "
        "counts; a day means its end."
    ),
]
KnownAt = Annotated[
    str | None, Field(description="ISO date or time that has passed: what this database held then. Null: now.")
]
