"""The language of answers: what each list says of a claim, a figure, a source and every other noun.

The API and the command line send these documents and no others. Sources are shown by name with ``<key>_id`` beside
(``publisher``, ``publisher_id``); every other record by its public id with a readable label beside (``event``,
``event_title``). One record in full is in ``answers_detail``, the trace of a claim in ``answers_trace``.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema

from provenance.vocabulary import (
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DateBasis,
    DatePrecision,
    EvidenceKind,
    OriginClass,
    Presence,
    Qualifier,
    ReportState,
    SourceKind,
    Stance,
    Verdict,
)

T = TypeVar("T")

# Beyond this a float no longer tells neighbouring whole numbers apart, so its digits would be invented.
EXACT = 2**53


def whole(value: float) -> float:
    """A number without a fraction as an integer, so that 56 people are never printed as 56.0.

    >>> whole(56.0), whole(0.5)
    (56, 0.5)
    """
    return int(value) if abs(value) <= EXACT and value == int(value) else value


Number = Annotated[int | float, AfterValidator(whole), WithJsonSchema({"type": "number"})]


def published_text(earliest: datetime | None, precision: DatePrecision) -> str | None:
    """ISO 8601 with no more digits than are known.

    >>> from datetime import UTC
    >>> published_text(datetime(2022, 1, 6, 6, 38, tzinfo=UTC), DatePrecision.MINUTE)
    '2022-01-06T06:38Z'
    >>> published_text(datetime(2022, 1, 1, tzinfo=UTC), DatePrecision.MONTH)
    '2022-01'
    """
    if earliest is None or precision is DatePrecision.UNKNOWN:
        return None
    return earliest.strftime(FORMS[precision])


def interval_text(earliest: datetime | None, latest: datetime | None, precision: DatePrecision) -> str | None:
    """The same for an interval; where its ends read differently, both, as ISO 8601 writes intervals.

    >>> from datetime import UTC
    >>> interval_text(datetime(2022, 1, 9, 15, tzinfo=UTC), datetime(2022, 1, 10, 8, tzinfo=UTC), DatePrecision.DAY)
    '2022-01-09/2022-01-10'
    """
    first, last = published_text(earliest, precision), published_text(latest, precision)
    return first if first == last or last is None else f"{first}/{last}"


def bound_text(instant: datetime | None) -> str | None:
    """The bound of an interval as ISO 8601: a day where it is the first or the last moment of one.

    >>> from datetime import UTC
    >>> bound_text(datetime(2022, 1, 5, tzinfo=UTC)), bound_text(datetime(2022, 1, 5, 12, 38, tzinfo=UTC))
    ('2022-01-05', '2022-01-05T12:38:00Z')
    """
    if instant is None:
        return None
    utc = instant.astimezone(UTC)
    if utc.time() in (time.min, time.max):
        return utc.date().isoformat()
    return f"{utc.replace(tzinfo=None).isoformat()}Z"


def instant_text(instant: datetime | None) -> str | None:
    """An instant as ISO 8601 in UTC, to the microsecond only where it has any.

    >>> from datetime import UTC
    >>> instant_text(datetime(2022, 1, 9, 12, tzinfo=UTC))
    '2022-01-09T12:00:00Z'
    """
    return None if instant is None else f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat()}Z"


FORMS = {
    DatePrecision.SECOND: "%Y-%m-%dT%H:%M:%SZ",
    DatePrecision.MINUTE: "%Y-%m-%dT%H:%MZ",
    DatePrecision.DAY: "%Y-%m-%d",
    DatePrecision.MONTH: "%Y-%m",
    DatePrecision.YEAR: "%Y",
}


class Answer(BaseModel):
    """What all answers have in common: a key that the model does not know is a mistake, never an extra."""

    model_config = ConfigDict(extra="forbid")


class Page(Answer, Generic[T]):
    """One page of a list."""

    items: list[T] = Field(description="The records of this page, in the order asked for.")
    next: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")


class ClaimItem(Answer):
    """A claim in a list."""

    id: str = Field(description="Public id.")
    text: str = Field(description="The assertion, in a sentence that stands alone.")
    kind: ClaimKind = Field(description="What it asserts.")
    state: ReportState = Field(description="Whether a person stands behind it, or only proposals speak of it.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    tally: str | None = Field(description="Public id of the tally that it is a count in; null if it is in none.")
    tally_title: str | None = Field(description="What that tally counts.")
    status: ClaimStatus | None = Field(description="Where it stands after corrections; null: not computed yet.")
    verdict: Verdict | None = Field(description="How independent its origins are; null: not computed yet.")
    documents: int = Field(description="Documents held that state it; with `as_of`, possibly or certainly by then.")
    certain: int = Field(description="Those of them that were certainly published by `as_of`; without it, all.")
    possible: int = Field(description="Those of them whose date is too coarse to tell; without `as_of`, none.")
    parties: int = Field(description="Independent parties among its established origins.")
    first_published: str | None = Field(
        description="When the first document held that states it was published, with no more digits than are known."
    )
    flags: list[str] = Field(description="Keys of the rules that found something.")
    stale: bool = Field(
        description="Something it depends on changed since status, verdict, counts and flags were computed; reading "
        "the claim or its trace computes them anew."
    )


class FlagNote(Answer):
    """What a rule found, where it is shown beside the record that it is about."""

    rule: str = Field(description="Key of the rule.")
    reason: str = Field(description="What was found, in a sentence.")
    clears_when: str = Field(description="What would clear it, in a sentence.")


class FigureItem(Answer):
    """A figure that a report prints, with the chain it came through."""

    id: str = Field(description="Public id.")
    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    report: str = Field(description="Public id of the report that prints it.")
    document: str = Field(description="Public id of the document.")
    document_url: str | None = Field(description="Where the document was found; null if not recorded.")
    content_hash: str | None = Field(
        description="SHA-256 of the document's text in UTF-8, the text that `quote_start` counts in; null if not held."
    )
    publisher: str = Field(description="Name of the source that published the document.")
    publisher_id: str = Field(description="Public id of that source.")
    text: str = Field(description="The figure as printed.")
    qualifier: Qualifier = Field(description="What the printed words make of the number.")
    value: Number | None = Field(description="The number printed; null for words.")
    low: Number | None = Field(description="The least that the words allow; null if unbounded.")
    high: Number | None = Field(description="The most that the words allow; null if unbounded.")
    unit: str | None = Field(description="What the number is of, where not people.")
    measure: str | None = Field(description="Killed, injured …, normalised; null if not stated.")
    counted: str | None = Field(description="Who is counted, normalised; null if not stated.")
    place: str | None = Field(description="Where, normalised; null if not stated.")
    as_of: str | None = Field(description="The moment it is given for, as printed; null if not stated.")
    published_at: str | None = Field(description="When the document was published, no more exact than is known.")
    presence: Presence = Field(
        description="Whether it was certainly, or only possibly, published by `as_of`; always certain without it."
    )
    chain: list[str] = Field(description="Source names of the first declared path, origin first, publisher last.")
    chains: list[list[str]] = Field(description="All declared paths; more than one where carriers are parallel.")
    origin_class: OriginClass | None = Field(description="What the first node of `chain` is.")
    quote: str | None = Field(description="The words of the document, exactly.")
    quote_start: int | None = Field(description="Where the quote begins in the text, in code points; null: not marked.")
    quote_end: int | None = Field(description="Where it ends, exclusive.")
    no_quote_reason: str | None = Field(description="Why there is no quote; null where there is one.")
    flags: list[FlagNote] = Field(description="What the rules found about this figure.")


class SourceItem(Answer):
    """A source in a list."""

    id: str = Field(description="Public id.")
    name: str = Field(description="The name that is shown.")
    kind: SourceKind = Field(description="Who can speak or publish.")


class DocumentItem(Answer):
    """A document in a list."""

    id: str = Field(description="Public id.")
    url: str | None = Field(description="Where it was found; null if not recorded.")
    title: str | None = Field(description="As printed; null if not recorded.")
    publisher: str = Field(description="Name of the source that published it.")
    publisher_id: str = Field(description="Public id of that source.")
    language: str | None = Field(description="BCP 47 tag of the text.")
    published_at: str | None = Field(description="When, no more exact than is known; null if nothing is known.")
    presence: Presence = Field(
        description="Whether it was certainly, or only possibly, published by `as_of`; always certain without it."
    )
    published_precision: DatePrecision = Field(description="How exactly the date is known.")
    published_basis: DateBasis = Field(description="Where the date was read.")


class EventItem(Answer):
    """An event in a list."""

    id: str = Field(description="Public id.")
    title: str = Field(description="What happened, in a few words.")
    place: str | None = Field(description="Where; null if not recorded.")
    began: str | None = Field(description="Its first day, or its earliest instant; null if not recorded.")
    ended: str | None = Field(description="Its last day, or its latest instant; null if not recorded.")
    claims: int = Field(description="Claims that are held about it.")


class TallyItem(Answer):
    """A tally in a list."""

    id: str = Field(description="Public id.")
    title: str = Field(description="What is being counted, in a few words.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    measure: str = Field(description="Killed, injured, detained …")
    counted: str | None = Field(description="Who is counted; null if that is not known.")
    place: str | None = Field(description="Where; null if that is not known.")
    period: str | None = Field(description="Over what period; null if that is not known.")
    cumulative: bool | None = Field(description="Whether later figures include earlier ones; null if not known.")
    claims: int = Field(description="Claims that are counts in it.")


class ReportItem(Answer):
    """A report in a list: a document states a claim."""

    id: str = Field(description="Public id.")
    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    document: str = Field(description="Public id of the document.")
    document_title: str | None = Field(description="Its title as printed.")
    publisher: str = Field(description="Name of the source that published the document.")
    publisher_id: str = Field(description="Public id of that source.")
    published_at: str | None = Field(description="When the document was published, no more exact than is known.")
    presence: Presence = Field(
        description="Whether it was certainly, or only possibly, published by `as_of`; always certain without it."
    )
    language: str | None = Field(description="BCP 47 tag of the document.")
    stance: Stance = Field(description="What the document does with the claim.")
    state: ReportState = Field(description="Whether a person stands behind this reading.")
    hedge: str | None = Field(description="Words that weaken it; null if none were noted.")
    quote: str | None = Field(description="The words of the document, exactly; null if none were recorded.")
    chains: list[list[str]] = Field(description="Its declared paths as source names, origin first, publisher last.")
    extractor: str | None = Field(description="What proposed it; null for a person.")
    rule: str | None = Field(description="The extractor's rule that fired.")
    confidence: float | None = Field(description="The extractor's own estimate, 0 to 1.")


class ReviewItem(Answer):
    """A person's or fact-checker's verdict on a claim, with reasons."""

    id: str = Field(description="Public id.")
    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    title: str | None = Field(description="The headline under which it is published; null if not known.")
    author: str = Field(description="Who reviewed: a person or an organisation.")
    rating: str = Field(description="The reviewer's own rating words.")
    upholds: bool | None = Field(description="Whether it upholds the claim; null: it decides neither.")
    reasons: str | None = Field(description="Why, in words; null where what was published gives none.")
    url: str | None = Field(description="Where it is published.")
    language: str | None = Field(description="BCP 47 tag.")
    reviewed_at: datetime | None = Field(description="When it was published; null if not known.")
    state: ReportState = Field(description="Whether the desk accepts it.")


class EvidenceItem(Answer):
    """Material that does not speak, in a list."""

    id: str = Field(description="Public id.")
    kind: EvidenceKind = Field(description="What it is.")
    title: str = Field(description="What it shows, in a few words.")
    url: str | None = Field(description="Where it was found; null if not recorded.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    uploader: str | None = Field(description="Name of the source that first posted it; null if not known.")
    uploader_id: str | None = Field(description="Public id of that source.")


class CorrectionItem(Answer):
    """What somebody did to an earlier statement, in a list."""

    id: str = Field(description="Public id.")
    kind: CorrectionKind = Field(description="What was done.")
    by: str = Field(description="Name of the source that did it.")
    by_id: str = Field(description="Public id of that source.")
    claim: str | None = Field(
        description="Public id of the claim that it is about, or whose hop it is about; null: it is about "
        "`target_document`, with all that it states."
    )
    claim_text: str | None = Field(description="The claim in a sentence.")
    upstream: str | None = Field(
        description="Name of the source whose statement it is about; for a hop, who is named there. Null: of anybody."
    )
    upstream_id: str | None = Field(description="Public id of that source.")
    downstream: str | None = Field(
        description="Name of the only source whose relaying it is about; of a hop, who relays. Null: of anybody."
    )
    downstream_id: str | None = Field(description="Public id of that source.")
    attribution: str | None = Field(description="Public id of the only hop that it is about, where it is one.")
    report: str | None = Field(description="Public id of the report that this hop is of.")
    target_document: str | None = Field(description="Public id of the document that it is about, where it is one.")
    document: str | None = Field(description="Public id of the document that carries it; null if not held.")
    effective: str | None = Field(description="When it took effect, no more exact than is known; null if not known.")
    replaced_by: str | None = Field(description="Public id of the claim that takes its place; null: none was named.")
    replaced_by_text: str | None = Field(description="What that claim says.")
    remains: str | None = Field(description="What still stands, in words.")


class FlagRule(Answer):
    """A rule of the catalogue; `docs/` explains it in the same words."""

    key: str = Field(description="The word by which filters and findings name it.")
    version: int = Field(description="Rises when the rule changes what it finds.")
    title: str = Field(description="What pages call it.")
    finds: str = Field(description="What it finds.")
    why: str = Field(description="Why that matters to a reader.")
    example: str = Field(description="A case that it finds.")
    clears_when: str = Field(description="What clears it.")


class EvidenceRow(Answer):
    """A row that shows what a rule found."""

    noun: str = Field(description="What kind of record it is.")
    id: str = Field(description="Its public id.")
    shows: str = Field(description="What is to be seen there.")


class FlagItem(Answer):
    """What one rule found about one claim."""

    rule: str = Field(description="Key of the rule.")
    version: int = Field(description="Version of the rule that found it.")
    claim: str = Field(description="Public id of the claim.")
    claim_text: str = Field(description="The claim in a sentence.")
    reason: str = Field(description="What was found, in a sentence.")
    clears_when: str = Field(description="What would clear it, in a sentence.")
    evidence: list[EvidenceRow] = Field(description="The rows that show it.")
    figures: int = Field(description="How many figures it is about.")


class SearchAnswer(Answer):
    """The best matches for some words, by kind of record; not a page: narrow the words for others."""

    q: str = Field(description="What was asked.")
    words: list[str] = Field(description="The words that were looked for; the last one also as a beginning.")
    claims: list[ClaimItem] = Field(description="Claims, best match first.")
    sources: list[SourceItem] = Field(description="Sources, by any of their names in any script.")
    documents: list[DocumentItem] = Field(description="Documents.")
    events: list[EventItem] = Field(description="Events.")
    more: list[str] = Field(
        description="Of which of these kinds more matched than `limit` lets through; their own lists hold all, with "
        "the same `q`."
    )
