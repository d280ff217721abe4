"""What one record says in full: everything that its item in a list says, and what belongs to it alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from provenance.answers import (
    Answer,
    ClaimItem,
    CorrectionItem,
    DocumentItem,
    EventItem,
    EvidenceItem,
    FigureItem,
    Number,
    ReportItem,
    ReviewItem,
    SourceItem,
    TallyItem,
)
from provenance.vocabulary import (
    Basis,
    Capacity,
    DateBasis,
    DatePrecision,
    Decided,
    DocumentRelationKind,
    HopBasis,
    HopMark,
    Interest,
    Manner,
    NameKind,
    OriginClass,
    RelationState,
    TieKind,
)

RECORDED_FROM = "Since when this database has held it as it says here."


class ClaimDetail(ClaimItem):
    """One claim. Who it is from, and how much of that is independent, is in its trace."""

    happened_at: str | None = Field(description="When what it asserts happened, no more exact than is known.")
    happened_printed: str | None = Field(description="That as it was found.")
    happened_earliest: datetime | None = Field(description="Not before.")
    happened_latest: datetime | None = Field(description="Not after.")
    happened_precision: DatePrecision = Field(description="How exactly that is known.")
    happened_basis: DateBasis = Field(description="Where it was read.")
    note: str | None = Field(description="What a reader must know about the claim.")
    reports: int = Field(description="Accepted reports of it, whatever their stance.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class NameDetail(Answer):
    """One name of a source."""

    id: str = Field(description="Public id.")
    name: str = Field(description="As written, in its own script.")
    kind: NameKind = Field(description="How the name belongs to the source.")
    language: str | None = Field(description="BCP 47 tag; null if not recorded.")


class TieDetail(Answer):
    """A stated relation of two sources, or the signed finding that there is none: read 'source KIND other'."""

    id: str = Field(description="Public id.")
    source: str = Field(description="Name of the one.")
    source_id: str = Field(description="Public id of the one.")
    kind: TieKind = Field(description="What the one is to the other.")
    other: str = Field(description="Name of the other.")
    other_id: str = Field(description="Public id of the other.")
    basis: Basis = Field(description="What the statement rests on.")
    reference: str | None = Field(description="Where a reader can check it.")
    document: str | None = Field(description="Public id of the document that states it.")
    valid_from: datetime | None = Field(description="Null: undated.")
    valid_to: datetime | None = Field(description="Null: undated.")
    undated: bool = Field(description="No date is given at all, so it is read as always.")
    signed_by: str | None = Field(description="Who stands behind it.")
    signed_at: datetime | None = Field(description="When it was signed.")
    note: str | None = Field(description="What the reference says, in our words.")


class InterestDetail(Answer):
    """What a source has at stake in an event."""

    id: str = Field(description="Public id.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    source: str = Field(description="Name of the source.")
    source_id: str = Field(description="Public id of the source.")
    interest: Interest = Field(description="What it has at stake.")
    basis: Basis = Field(description="What that rests on.")
    reference: str | None = Field(description="Where a reader can check it.")


class SourceDetail(SourceItem):
    """One source with its names, ties in both directions, and interests."""

    country: str | None = Field(description="ISO 3166 codes, or INT; null if not known.")
    note: str | None = Field(description="What a reader must know to recognise it.")
    names: list[NameDetail] = Field(description="All its names, the one that is shown first.")
    ties: list[TieDetail] = Field(
        description="Ties in both directions. A missing tie means 'not examined', never 'independent'."
    )
    interests: list[InterestDetail] = Field(description="What it has at stake in which event.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class RelationDetail(Answer):
    """How a document's text depends on another document, or on a supplier whose own copy is not held."""

    id: str = Field(description="Public id.")
    document: str = Field(description="Public id of the dependent document.")
    kind: DocumentRelationKind = Field(description="How its text depends on the other.")
    of_document: str | None = Field(description="Public id of the other document.")
    of_source: str | None = Field(description="Name of the supplier, where its own copy is not held.")
    of_source_id: str | None = Field(description="Public id of the supplier.")
    state: RelationState = Field(description="How sure it is.")
    note: str | None = Field(description="What speaks for it.")


class DocumentDetail(DocumentItem):
    """One document with its text, what its text depends on, and what it reports."""

    author: str | None = Field(description="Who signed it, as printed; null if not recorded.")
    canonical_url: str | None = Field(description="The address that the page gives itself; null if not recorded.")
    text: str | None = Field(
        description="The text as retrieved; null if it is not held, and where there is a hash, if it is for those who "
        "work here. Spans count code points."
    )
    content_hash: str | None = Field(
        description="SHA-256 of the text in UTF-8, so that whoever has the page can check it; null if no text is held."
    )
    archive_url: str | None = Field(description="Address of an archived copy.")
    retrieved_at: datetime | None = Field(description="When it was retrieved.")
    published_printed: str | None = Field(description="The date as it was found.")
    published_earliest: datetime | None = Field(description="Not before.")
    published_latest: datetime | None = Field(description="Not after.")
    translated_from: str | None = Field(description="Language it was machine-translated from, where known.")
    note: str | None = Field(description="What a reader must know about this copy.")
    relations: list[RelationDetail] = Field(description="Relations to other texts, in both directions.")
    reports: list[ReportItem] = Field(description="Its accepted reports, in the order they were recorded.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class CoverageDetail(Answer):
    """One entry of an event's coverage log: the ground on which every negative answer stands."""

    id: str = Field(description="Public id.")
    languages: list[str] = Field(description="Languages searched, as BCP 47 tags.")
    outlets: list[str] = Field(description="Outlets or collections searched.")
    queries: list[str] = Field(description="What was searched for.")
    searched_by: str = Field(description="Who searched.")
    searched_until: datetime = Field(description="Up to when.")
    note: str | None = Field(description="Limits of the search that a reader must know.")


class EventDetail(EventItem):
    """One event with what was searched about it, what is counted in it, and who has something at stake."""

    description: str | None = Field(description="What happened, in sentences.")
    coverage: list[CoverageDetail] = Field(description="What was searched, by whom, until when.")
    tallies: list[TallyItem] = Field(description="What is being counted in it.")
    interests: list[InterestDetail] = Field(description="Which sources have something at stake in it.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class TallyDetail(TallyItem):
    """One tally."""

    parent: str | None = Field(description="Public id of the tally that it is a part of.")
    parent_title: str | None = Field(description="What that one counts.")
    parts: list[TallyItem] = Field(description="Tallies that are parts of it.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class AttributionDetail(Answer):
    """One hop inside a report: the upstream source was relayed by the downstream one."""

    id: str = Field(description="Public id.")
    upstream: str | None = Field(description="Name of the source that was relayed; null if the page does not say.")
    upstream_id: str | None = Field(description="Public id of that source.")
    downstream: str = Field(description="Name of the source that relayed it.")
    downstream_id: str = Field(description="Public id of that source.")
    as_named: str | None = Field(description="The upstream source as the page names it.")
    cue: str | None = Field(description="The words that mark the hop.")
    cue_start: int | None = Field(description="Where they begin, in code points.")
    cue_end: int | None = Field(description="Where they end, exclusive.")
    manner: Manner = Field(description="How it was relayed.")
    basis: HopBasis = Field(description="On what the upstream source rests.")
    capacity: Capacity | None = Field(description="In what role it speaks; null if not noted.")
    mark: HopMark = Field(description="Whether the page states the hop or an editor concluded it.")
    access: str | None = Field(description="Why an outlet vouches for unnamed people.")


class FigureDetail(FigureItem):
    """One figure, with what it measures also as printed, and where it stands in the text."""

    text_start: int | None = Field(description="Where it stands in the document, in code points.")
    text_end: int | None = Field(description="Where it ends, exclusive.")
    measure_printed: str | None = Field(description="As printed, where it differs.")
    counted_printed: str | None = Field(description="As printed, where it differs.")
    place_printed: str | None = Field(description="As printed, where it differs.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class DecisionNote(Answer):
    """What somebody decided about a proposal, where it is shown beside the report."""

    id: str = Field(description="Public id.")
    kind: Decided = Field(description="What was decided.")
    by: str = Field(description="Who decided.")
    why: str | None = Field(description="The reason given.")
    changed: list[str] = Field(description="The fields that differed from the proposal.")
    at: datetime = Field(description="When.")
    change: str = Field(description="Id of the change in the history, with which it can be undone.")


class ReportDetail(ReportItem):
    """One report: where exactly the document says so, through which hops, and the figures it prints."""

    url: str | None = Field(description="Where the document was found.")
    archive_url: str | None = Field(description="Address of an archived copy.")
    content_hash: str | None = Field(description="SHA-256 of the document's text; null if the text is not held.")
    quote_prefix: str | None = Field(description="Text just before the quote.")
    quote_suffix: str | None = Field(description="Text just after the quote.")
    quote_start: int | None = Field(description="Where the quote begins in the text, in code points.")
    quote_end: int | None = Field(description="Where it ends, exclusive.")
    translation: str | None = Field(description="The quote in the language of this database.")
    translated_by: str | None = Field(description="By whom or by what.")
    said_at: str | None = Field(description="When it was said, as far as the page tells; no more exact than is known.")
    said_printed: str | None = Field(description="That as it was printed.")
    said_earliest: datetime | None = Field(description="Not before.")
    said_latest: datetime | None = Field(description="Not after.")
    said_precision: DatePrecision = Field(description="How exactly that is known.")
    said_basis: DateBasis = Field(description="Where it was read.")
    own_basis: HopBasis | None = Field(description="Where the document marks its own observation or count.")
    origin_classes: list[OriginClass] = Field(description="What the first node of each of `chains` is.")
    grounds: dict[str, Any] | None = Field(
        description="Why it was proposed: how sure each field is, what stands for whom, claims it was compared with."
    )
    decisions: list[DecisionNote] = Field(description="What people decided about it, in that order.")
    note: str | None = Field(description="What a reader must know about this reading.")
    attributions: list[AttributionDetail] = Field(description="The hops.")
    figures: list[FigureItem] = Field(description="The figures that it prints.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class VerificationDetail(Answer):
    """One step of verifying material."""

    id: str = Field(description="Public id.")
    step: str = Field(description="What was done.")
    outcome: str = Field(description="What it showed.")
    by: str = Field(description="Who did it.")
    at: datetime = Field(description="When.")


class EvidenceDetail(EvidenceItem):
    """One piece of material with the steps of verifying it, and the reviews that rest on it."""

    file_hash: str | None = Field(description="SHA-256 of the file.")
    perceptual_hash: str | None = Field(description="Hash that survives re-encoding.")
    archives: list[str] = Field(description="Addresses of archived copies.")
    note: str | None = Field(description="What a reader must know about it.")
    verifications: list[VerificationDetail] = Field(description="The steps, in the order they were recorded.")
    reviews: list[str] = Field(description="Public ids of the reviews that rest on it.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class CorrectionDetail(CorrectionItem):
    """One correction; it deletes nothing."""

    effective_printed: str | None = Field(description="When it took effect, as it was found.")
    effective_earliest: datetime | None = Field(description="Not before; null if not known.")
    effective_latest: datetime | None = Field(description="Not after; from then on it counts. Null if not known.")
    effective_precision: DatePrecision = Field(description="How exactly that is known.")
    effective_basis: DateBasis = Field(description="Where the date was read.")
    reference: str | None = Field(description="Where a reader can check it.")
    note: str | None = Field(description="What a reader must know about it.")
    recorded_from: datetime = Field(description=RECORDED_FROM)


class ReviewDetail(ReviewItem):
    """One review with the material that it rests on."""

    rating_value: Number | None = Field(description="ClaimReview ratingValue, where there is one.")
    best_rating: Number | None = Field(description="ClaimReview bestRating.")
    worst_rating: Number | None = Field(description="ClaimReview worstRating.")
    claim_reviewed: str | None = Field(description="The claim in the reviewer's words; null: in ours.")
    claimant: str | None = Field(description="Who made the claim, as the reviewer names it; null: not said.")
    claimed_on: str | None = Field(description="When the claim was made, as the reviewer dates it.")
    first_appearance: str | None = Field(description="Address of the first known place of the claim, by the reviewer.")
    appearances: list[str] = Field(description="Addresses of further places of the claim, by the reviewer.")
    markup: dict[str, Any] = Field(description="What else its published markup says.")
    evidence: list[EvidenceItem] = Field(description="Recorded material that it rests on.")
    recorded_from: datetime = Field(description=RECORDED_FROM)
