"""What may be asked of each list: its filters, its orders, and how much of it.

The API takes these as query parameters, the command line as options; both show the descriptions that stand here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from provenance.access import require, sees_what_waits
from provenance.errors import InvalidInput
from provenance.moment import Moment
from provenance.storage.dates import read_date
from provenance.vocabulary import (
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DriftField,
    DriftKind,
    EvidenceKind,
    Qualifier,
    ReportState,
    Role,
    RulingKind,
    SourceKind,
    Stance,
    Sureness,
    Term,
    Verdict,
)

WORDS = "Words that must all occur, the last one also as a beginning; case and accents do not matter."
# What is never asked of the database as it was given.
CUT = frozenset({"q", "cursor"})
REPEATABLE = "May be given several times: all must apply."
ALSO_PROPOSED = "`proposed`: also what only proposals speak of."


class ChainRole(Term):
    """What a source is in a report's declared chain."""

    ORIGIN = "origin", "It is the first node of a declared path; an outlet that only relays never is."
    CARRIER = "carrier", "It relays between the origin and the publisher, or is the last carrier that is named."
    PUBLISHER = "publisher", "It published the document."
    ANY = "any", "It stands anywhere in the chain."


class Included(Term):
    """Which readings of documents count in an answer."""

    ACCEPTED = "accepted", "Those that a person has accepted."
    PROPOSED = "proposed", "Also those that are proposed; never those that were rejected."

    @property
    def states(self) -> tuple[ReportState, ...]:
        """The states of reports that count."""
        return (ReportState.ACCEPTED, ReportState.PROPOSED) if self is Included.PROPOSED else (ReportState.ACCEPTED,)


WAITING: frozenset[Term] = frozenset({Included.PROPOSED, ReportState.PROPOSED, ReportState.REJECTED})


class Question(BaseModel):
    """What may be asked: an unknown word is refused, because ignoring a filter answers another question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="after")
    def _text_has_no_nul(self) -> Question:
        # PostgreSQL cannot be asked for such a text, and no record holds one.
        for name, value in self:
            texts = value if isinstance(value, list) else [value]
            if name not in CUT and any("\x00" in text for text in texts if isinstance(text, str)):
                raise InvalidInput(f"{name}: it holds a NUL character, which no record has. Leave it out.", field=name)
        return self

    @model_validator(mode="after")
    def _what_waits_is_for_the_desk(self) -> Question:
        # A filter that is answered as if there were nothing would say that nothing waits.
        if not sees_what_waits() and any(value in WAITING for _, value in self if isinstance(value, Term)):
            require(Role.CONTRIBUTOR)
        return self


AS_OF = (
    "ISO date or time: restrict the answer to what was published by then; a day means its end. What has too coarse a "
    "date to tell is possible, and counted apart."
)
KNOWN_AT = (
    "ISO date or time that has passed: restrict the answer to what this database held then. With `as_of` too, the "
    "answer never changes."
)


PolicyName = Literal["plain", "acled"]
READ_UNDER = (
    "How words such as 'dozens' are read. `plain`: 24 and more, several 3 and more; `acled`: one low number for each "
    "(12, 3). Figures that give a number are the same under each."
)


class MomentAsked(Question):
    """From which moment the answer is given."""

    as_of: str | None = Field(default=None, description=AS_OF)
    known_at: str | None = Field(default=None, description=KNOWN_AT)

    @property
    def moment(self) -> Moment:
        """The moment; raises :class:`InvalidInput` where a date cannot be read."""
        return moment_of(self.as_of, self.known_at)

    @model_validator(mode="after")
    def _can_be_read(self) -> MomentAsked:
        moment_of(self.as_of, self.known_at)
        return self


class PolicyAsked(Question):
    """Under which policy words that give no number are read."""

    policy: PolicyName = Field(default="plain", description=READ_UNDER)


class LedgerAsked(PolicyAsked, MomentAsked):
    """What the ledger and the series of a tally take, and one figure."""


class Paged(Question):
    """What turns the pages of a list."""

    sort: str = "recorded"
    limit: int = Field(default=50, ge=1, le=200, description="How many records a page holds at most.")
    cursor: str | None = Field(default=None, description="`next` of the page before, with the same parameters.")


class Asked(Paged, MomentAsked):
    """What every list of records takes."""


class SearchAsked(MomentAsked):
    """What the search takes."""

    q: str = Field(description=f"Words to look for in claims, sources, documents and events. {WORDS}")
    limit: int = Field(default=10, ge=1, le=50, description="How many records of each kind there are at most.")


class AboutReports(Asked):
    """Filters on the reports behind a record; where several are given, one report must meet all of them."""

    source: str | None = Field(default=None, description="Public id of a source in the declared chain of a report.")
    role: ChainRole = Field(default=ChainRole.ANY, description="What `source` is in that chain.")
    publisher: str | None = Field(default=None, description="Public id of the source that published the document.")
    language: str | None = Field(
        default=None, max_length=35, description="BCP 47 tag of the document; `en` also finds `en-GB`."
    )
    published_from: str | None = Field(
        default=None, description="ISO date or time: the document may have been published then or later."
    )
    published_to: str | None = Field(
        default=None, description="ISO date or time: the document may have been published then or earlier."
    )
    include: Included = Field(default=Included.ACCEPTED, description="Which readings of documents count.")

    @model_validator(mode="after")
    def _makes_sense(self) -> AboutReports:
        if self.source is None and self.role is not ChainRole.ANY:
            raise InvalidInput("role: it says what `source` is in a chain. Give `source` too.", field="role")
        _check_dates(self.published_from, self.published_to)
        return self

    @property
    def states(self) -> tuple[ReportState, ...]:
        """The states of the reports that count."""
        return self.include.states

    @property
    def about_reports(self) -> bool:
        """Whether anything is asked of reports at all."""
        return any((self.source, self.publisher, self.language, self.published_from, self.published_to))


class AboutClaims(AboutReports):
    """Filters on claims."""

    q: str | None = Field(default=None, description=f"Search the claim's words. {WORDS}")
    event: str | None = Field(default=None, description="Public id of the event.")
    tally: str | None = Field(default=None, description="Public id of the tally.")
    flag: list[str] = Field(default_factory=list, description=f"Key of a rule that found something. {REPEATABLE}")
    verdict: Verdict | None = Field(default=None, description="How independent the claim's origins are.")
    status: ClaimStatus | None = Field(default=None, description="Where the claim stands after corrections.")
    kind: ClaimKind | None = Field(default=None, description="What the claim asserts.")
    measure: str | None = Field(default=None, description="What is counted: killed, injured, detained …")


class ClaimsAsked(AboutClaims):
    """What the list of claims takes."""

    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"] = Field(
        default="recorded",
        description="By when the claim was recorded, first published, or by how many documents state it.",
    )


class FiguresAsked(AboutClaims, PolicyAsked):
    """What the list of figures takes; the filters on reports are about the report that prints the figure."""

    sort: Literal["recorded", "-recorded", "published", "-published", "low", "-low"] = Field(
        default="recorded", description="By when it was recorded, when its document was published, or by its least."
    )
    claim: str | None = Field(default=None, description="Public id of the claim.")
    report: str | None = Field(default=None, description="Public id of the report.")
    qualifier: Qualifier | None = Field(default=None, description="What the printed words make of the number.")
    low: float | None = Field(default=None, allow_inf_nan=False, description="The words allow no less than this.")
    high: float | None = Field(default=None, allow_inf_nan=False, description="The words allow no more than this.")

    @model_validator(mode="after")
    def _low_is_not_above_high(self) -> FiguresAsked:
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InvalidInput("low: it is above `high`, so nothing can lie between. Swap low and high.", field="low")
        return self


class SourceClaimsAsked(Asked):
    """What the list of a source's claims takes."""

    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"] = Field(
        default="recorded",
        description="By when the claim was recorded, first published, or by how many documents state it.",
    )
    role: ChainRole = Field(default=ChainRole.ANY, description="What the source is in the declared chain of a report.")
    include: Included = Field(default=Included.ACCEPTED, description="Which readings of documents count.")


class SourcesAsked(Asked):
    """What the list of sources takes."""

    sort: Literal["recorded", "-recorded", "name", "-name"] = Field(
        default="recorded", description="By when it was recorded, or by the name that is shown."
    )
    q: str | None = Field(default=None, description=f"Search all names, in any script. {WORDS}")
    kind: SourceKind | None = Field(default=None, description="Who can speak or publish.")
    country: str | None = Field(default=None, max_length=20, description="ISO 3166 code, or INT.")
    include: Included = Field(default=Included.ACCEPTED, description=ALSO_PROPOSED)


class DocumentsAsked(Asked):
    """What the list of documents takes."""

    sort: Literal["recorded", "-recorded", "published", "-published"] = Field(
        default="recorded", description="By when it was recorded, or when it was published."
    )
    q: str | None = Field(default=None, description=f"Search titles and texts. {WORDS}")
    event: str | None = Field(default=None, description="Public id of an event that it reports on.")
    claim: str | None = Field(default=None, description="Public id of a claim that it reports.")
    publisher: str | None = Field(default=None, description="Public id of the source that published it.")
    language: str | None = Field(default=None, max_length=35, description="BCP 47 tag; `en` also finds `en-GB`.")
    published_from: str | None = Field(
        default=None, description="ISO date or time: it may have been published then or later."
    )
    published_to: str | None = Field(
        default=None, description="ISO date or time: it may have been published then or earlier."
    )
    include: Included = Field(default=Included.ACCEPTED, description="Which readings count for `event` and `claim`.")

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> DocumentsAsked:
        _check_dates(self.published_from, self.published_to)
        return self


class ReportsAsked(AboutReports):
    """What the list of reports takes."""

    sort: Literal["recorded", "-recorded", "published", "-published"] = Field(
        default="recorded", description="By when it was recorded, or when its document was published."
    )
    claim: str | None = Field(default=None, description="Public id of the claim.")
    document: str | None = Field(default=None, description="Public id of the document.")
    event: str | None = Field(default=None, description="Public id of the event.")
    stance: Stance | None = Field(default=None, description="What the document does with the claim.")
    state: ReportState | None = Field(
        default=None, description="Whether a person stands behind it. Given, it counts instead of `include`."
    )
    extractor: str | None = Field(default=None, max_length=200, description="What proposed it.")
    rule: str | None = Field(default=None, max_length=100, description="The extractor's rule that fired.")
    min_confidence: float | None = Field(
        default=None, ge=0, le=1, description="The extractor's own estimate is at least this."
    )

    @property
    def states(self) -> tuple[ReportState, ...]:
        """The states of the reports that are asked for."""
        return self.include.states if self.state is None else (self.state,)


class EventsAsked(Asked):
    """What the list of events takes."""

    sort: Literal["recorded", "-recorded", "began", "-began"] = Field(
        default="recorded", description="By when it was recorded, or when it began."
    )
    q: str | None = Field(default=None, description=f"Search titles and descriptions. {WORDS}")
    include: Included = Field(default=Included.ACCEPTED, description=ALSO_PROPOSED)


class TalliesAsked(Asked):
    """What the list of tallies takes."""

    sort: Literal["recorded", "-recorded", "title", "-title"] = Field(
        default="recorded", description="By when it was recorded, or by its title."
    )
    event: str | None = Field(default=None, description="Public id of the event.")
    measure: str | None = Field(default=None, description="What is counted: killed, injured, detained …")
    parent: str | None = Field(default=None, description="Public id of the tally that they are parts of.")


class FlagsAsked(Asked):
    """What the list of findings takes."""

    sort: Literal["claim", "-claim"] = Field(default="claim", description="By when the claim was recorded.")
    rule: list[str] = Field(default_factory=list, description="Key of a rule. May be given several times: any of them.")
    claim: str | None = Field(default=None, description="Public id of the claim.")
    event: str | None = Field(default=None, description="Public id of the event.")
    tally: str | None = Field(default=None, description="Public id of the tally.")
    status: ClaimStatus | None = Field(default=None, description="Where the claim stands after corrections.")


class ReviewsAsked(Asked):
    """What the list of reviews takes."""

    sort: Literal["recorded", "-recorded", "reviewed", "-reviewed"] = Field(
        default="recorded", description="By when it was recorded here, or by `reviewed_at`."
    )
    claim: str | None = Field(default=None, description="Public id of the claim.")
    event: str | None = Field(default=None, description="Public id of the event.")
    author: str | None = Field(default=None, max_length=200, description="Who reviewed, exactly as recorded.")
    upholds: bool | None = Field(default=None, description="Whether it upholds the claim.")
    state: ReportState | None = Field(
        default=None, description="Whether the desk accepts it. Given, it counts instead of `include`."
    )
    include: Included = Field(default=Included.ACCEPTED, description="Which reviews count.")

    @property
    def states(self) -> tuple[ReportState, ...]:
        """The states of the reviews that are asked for."""
        return self.include.states if self.state is None else (self.state,)


class EvidenceAsked(Asked):
    """What the list of evidence takes."""

    sort: Literal["recorded", "-recorded"] = Field(default="recorded", description="By when it was recorded.")
    event: str | None = Field(default=None, description="Public id of the event.")
    kind: EvidenceKind | None = Field(default=None, description="What it is.")


class CorrectionsAsked(Asked):
    """What the list of corrections takes."""

    sort: Literal["recorded", "-recorded"] = Field(default="recorded", description="By when it was recorded.")
    claim: str | None = Field(
        default=None, description="Public id of a claim: what was done to it, to a hop of it, or to a document of it."
    )
    source: str | None = Field(
        default=None, description="Public id of a source: what it did, and what was done to statements or hops of it."
    )
    kind: CorrectionKind | None = Field(default=None, description="What was done.")


class RulingsAsked(Asked):
    """What the list of editors' decisions takes."""

    sort: Literal["recorded", "-recorded", "signed", "-signed"] = Field(
        default="recorded", description="By when it was recorded here, or by when it was signed."
    )
    tally: str | None = Field(default=None, description="Public id of the tally that a range is for.")
    claim: str | None = Field(
        default=None, description="Public id of a claim: decisions on it, its hops, its reports, or its tally."
    )
    source: str | None = Field(default=None, description="Public id of a source: decisions on its hops.")
    kind: RulingKind | None = Field(default=None, description="What was decided.")


class DriftAsked(Asked):
    """What the list of a claim's drifts takes."""

    sort: Literal["published", "-published"] = Field(
        default="published", description="By when the document that differs was published."
    )
    field: DriftField | None = Field(default=None, description="In what the two reports differ.")
    kind: DriftKind | None = Field(default=None, description="What became of it.")
    sure: Sureness | None = Field(
        default=None, description="At least so sure: `likely` also finds what is certain, `possible` finds all."
    )
    report: str | None = Field(default=None, description="Public id of the report that differs.")


def moment_of(as_of: str | None, known_at: str | None) -> Moment:
    """The moment that two parameters name; a day, a month or a year means its last instant.

    A time with a fraction of a second is that instant and no other: the history stamps what is written like that, and
    two changes may lie in one second.

    >>> moment_of(None, "2022-01-09T12:00:00.25Z").known_at.isoformat()
    '2022-01-09T12:00:00.250000+00:00'
    """
    return Moment(
        None if as_of is None else _instant(as_of, "as_of"),
        None if known_at is None else _instant(known_at, "known_at"),
    )


def _instant(given: str, parameter: str) -> datetime:
    last = latest(given, parameter)
    return datetime.fromisoformat(_plus_restored(given).strip()).astimezone(UTC) if "." in given else last


def earliest(given: str, parameter: str) -> datetime:
    """The first instant that a date in a filter may mean."""
    return read_date(_plus_restored(given), parameter).earliest


def latest(given: str, parameter: str) -> datetime:
    """The last instant that a date in a filter may mean."""
    return read_date(_plus_restored(given), parameter).latest


def _check_dates(since: str | None, until: str | None) -> None:
    if since and until and earliest(since, "published_from") > latest(until, "published_to"):
        raise InvalidInput(
            "published_from: it is later than `published_to`, so nothing can lie between. "
            "Swap published_from and published_to.",
            field="published_from",
        )


def _plus_restored(given: str) -> str:
    # In an address a plus sign means a space, and nobody thinks of that when writing +06:00.
    # No hour is longer than that; without an end to it, a long run of the letter T would be gone through once for each.
    return re.sub(r"(?<=T)(\S{1,20}) (\d{2}:?\d{2})$", r"\1+\2", given)
