"""What is given to be written, field by field.

Made by docs/client_words.py from the description of the API; edit neither by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Required, TypeAlias, TypedDict

from provenance import vocabulary
from provenance.client.request import Attachment

Basis: TypeAlias = vocabulary.Basis | Literal["cited", "commonly_known"]
Capacity: TypeAlias = vocabulary.Capacity | Literal["official", "personal", "against_interest"]
ClaimKind: TypeAlias = (
    vocabulary.ClaimKind | Literal["figure", "event", "responsibility", "quotation", "absence", "prediction", "other"]
)
ContactMeans: TypeAlias = vocabulary.ContactMeans | Literal["phone", "mail", "in_person", "message", "other"]
ContactOutcome: TypeAlias = vocabulary.ContactOutcome | Literal["no_reply", "answered", "declined", "promised"]
CorrectionKind: TypeAlias = (
    vocabulary.CorrectionKind | Literal["retraction", "correction", "denial", "disavowal", "supersession"]
)
DateBasis: TypeAlias = vocabulary.DateBasis | Literal["printed", "in_url", "index", "inferred", "unknown"]
DatePrecision: TypeAlias = vocabulary.DatePrecision | Literal["second", "minute", "day", "month", "year", "unknown"]
DeskState: TypeAlias = vocabulary.DeskState | Literal["to_check", "in_progress", "second_eye", "ready", "published"]
EvidenceKind: TypeAlias = (
    vocabulary.EvidenceKind | Literal["video", "image", "satellite", "list", "court_file", "other"]
)
HopBasis: TypeAlias = (
    vocabulary.HopBasis | Literal["witnessed", "told", "compiled", "induced", "deduced", "material", "unknown"]
)
HopMark: TypeAlias = vocabulary.HopMark | Literal["stated", "inferred"]
Included: TypeAlias = Literal["accepted", "proposed"]
Interest: TypeAlias = vocabulary.Interest | Literal["party", "aligned"]
Manner: TypeAlias = (
    vocabulary.Manner
    | Literal[
        "said",
        "told",
        "quoted",
        "cited",
        "according_to",
        "announced",
        "confirmed",
        "denied",
        "posted",
        "published",
        "reported",
        "via",
    ]
)
Qualifier: TypeAlias = (
    vocabulary.Qualifier
    | Literal[
        "exact", "at_least", "more_than", "about", "up_to", "fewer_than", "range", "vague", "unreadable", "not_given"
    ]
)
ReportState: TypeAlias = vocabulary.ReportState | Literal["proposed", "accepted", "rejected"]
Role: TypeAlias = vocabulary.Role | Literal["reader", "contributor", "editor", "admin"]
RulingKind: TypeAlias = vocabulary.RulingKind | Literal["range", "cut", "zombie"]
SourceKind: TypeAlias = (
    vocabulary.SourceKind
    | Literal[
        "person",
        "spokesperson",
        "government_body",
        "police",
        "military",
        "news_agency",
        "broadcaster",
        "newspaper",
        "website",
        "channel",
        "international_body",
        "ngo",
        "company",
        "witness",
        "unnamed",
        "collective",
    ]
)
Stance: TypeAlias = vocabulary.Stance | Literal["asserts", "denies", "questions", "retracts", "mentions"]
TieKind: TypeAlias = (
    vocabulary.TieKind | Literal["speaks_for", "part_of", "owned_by", "controlled_by", "examined_no_tie"]
)
Visibility: TypeAlias = vocabulary.Visibility | Literal["public", "desk", "named"]


class ClaimCreate(TypedDict, total=False):
    """What a writer sends to add a claim."""

    text: Required[str]
    event: Required[str]
    kind: ClaimKind
    happened_printed: str | None
    happened_earliest: datetime | str | None
    happened_latest: datetime | str | None
    happened_precision: DatePrecision
    happened_basis: DateBasis
    note: str | None
    tally: str | None
    happened: str | None


class ClaimChange(TypedDict, total=False):
    """What a writer sends to change a claim."""

    text: str
    kind: ClaimKind
    happened_printed: str | None
    happened_earliest: datetime | str | None
    happened_latest: datetime | str | None
    happened_precision: DatePrecision
    happened_basis: DateBasis
    note: str | None
    tally: str | None
    happened: str | None


class SourceNameCreate(TypedDict, total=False):
    """What a writer sends to add a name."""

    name: Required[str]
    kind: Literal["alias", "mistaken"]
    language: str | None


class SourceCreate(TypedDict, total=False):
    """What a writer sends to add a source."""

    name: Required[str]
    kind: Required[SourceKind]
    country: str | None
    note: str | None
    names: Sequence[SourceNameCreate]


class SourceChange(TypedDict, total=False):
    """What a writer sends to change a source; its old name stays as an alias."""

    name: str
    kind: SourceKind
    country: str | None
    note: str | None


class TieCreate(TypedDict, total=False):
    """What a writer sends to state a tie."""

    kind: Required[TieKind]
    basis: Required[Basis]
    other: Required[str]
    valid_from: datetime | str | None
    valid_to: datetime | str | None
    reference: str | None
    signed_by: str | None
    signed_at: datetime | str | None
    note: str | None
    document: str | None


class InterestCreate(TypedDict, total=False):
    """What a writer sends to say what a source has at stake."""

    interest: Required[Interest]
    basis: Required[Basis]
    event: Required[str]
    reference: str | None


class TieChange(TypedDict, total=False):
    """What a writer sends to change a tie between the same two sources."""

    kind: TieKind
    valid_from: datetime | str | None
    valid_to: datetime | str | None
    basis: Basis
    reference: str | None
    signed_by: str | None
    signed_at: datetime | str | None
    note: str | None
    document: str | None


class InterestChange(TypedDict, total=False):
    """What a writer sends to change what a source has at stake in the same event."""

    interest: Interest
    basis: Basis
    reference: str | None


class DocumentCreate(TypedDict, total=False):
    """What a writer sends to add a document; length and hash are computed from the text."""

    publisher: Required[str]
    url: str | None
    title: str | None
    author: str | None
    canonical_url: str | None
    language: str | None
    text: str | None
    archive_url: str | None
    retrieved_at: datetime | str | None
    published_printed: str | None
    published_earliest: datetime | str | None
    published_latest: datetime | str | None
    published_precision: DatePrecision
    published_basis: DateBasis
    translated_from: str | None
    note: str | None
    published: str | None


class DocumentChange(TypedDict, total=False):
    """What a writer sends to change what is known about a document."""

    url: str | None
    title: str | None
    author: str | None
    canonical_url: str | None
    language: str | None
    text: str | None
    archive_url: str | None
    retrieved_at: datetime | str | None
    published_printed: str | None
    published_earliest: datetime | str | None
    published_latest: datetime | str | None
    published_precision: DatePrecision
    published_basis: DateBasis
    translated_from: str | None
    note: str | None
    publisher: str
    published: str | None


class ProposalFilter(TypedDict, total=False):
    """Which proposals a decision is about; what is given must all apply."""

    rule: str | None
    extractor: str | None
    min_confidence: float | None
    document: str | None
    event: str | None


class DecisionsCreate(TypedDict, total=False):
    """What a writer sends to accept or reject many proposals: those named, or all that a filter finds."""

    decision: Required[Literal["accept", "reject"]]
    why: str | None
    reports: Sequence[str]
    filter: ProposalFilter | None
    dry_run: bool


class DecisionCreate(TypedDict, total=False):
    """What a writer sends to accept or reject a proposal."""

    why: str | None


class ProposalMerge(TypedDict, total=False):
    """What a writer sends to say that a proposal states a claim that is known."""

    into: Required[str]
    why: str | None


class ProposalPart(TypedDict, total=False):
    """One of the claims that a proposal states together with others, and the words that state it."""

    quote: str | None
    quote_start: int | None
    quote_end: int | None
    text: str | None
    claim: str | None


class ProposalSplit(TypedDict, total=False):
    """What a writer sends to say that a proposal states several claims."""

    parts: Required[Sequence[ProposalPart]]
    why: str | None


class AttributionCreate(TypedDict, total=False):
    """What a writer sends for one hop."""

    downstream: Required[str]
    as_named: str | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    manner: Manner
    basis: HopBasis
    capacity: Capacity | None
    mark: HopMark
    access: str | None
    upstream: str | None


class FigureCreate(TypedDict, total=False):
    """What a writer sends for a figure; interval and qualifier are read from the text where they are left out."""

    text: Required[str]
    text_start: int | None
    text_end: int | None
    qualifier: Qualifier | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    as_of: str | None
    measure: str | None
    measure_printed: str | None
    counted: str | None
    counted_printed: str | None
    place: str | None
    place_printed: str | None


class ReportCreate(TypedDict, total=False):
    """What a writer sends to say that a document states a claim."""

    document: Required[str]
    claim: Required[str]
    quote: str | None
    quote_prefix: str | None
    quote_suffix: str | None
    quote_start: int | None
    quote_end: int | None
    translation: str | None
    translated_by: str | None
    stance: Stance
    hedge: str | None
    said_printed: str | None
    said_earliest: datetime | str | None
    said_latest: datetime | str | None
    said_precision: DatePrecision
    said_basis: DateBasis
    own_basis: HopBasis | None
    state: ReportState
    extractor: str | None
    rule: str | None
    confidence: float | None
    grounds: Mapping[str, Any] | None
    note: str | None
    attributions: Sequence[AttributionCreate]
    figures: Sequence[FigureCreate]
    said: str | None


class ReportChange(TypedDict, total=False):
    """What a writer sends to change a reading; hops and figures are replaced as a whole where they are given."""

    quote: str | None
    quote_prefix: str | None
    quote_suffix: str | None
    quote_start: int | None
    quote_end: int | None
    translation: str | None
    translated_by: str | None
    stance: Stance
    hedge: str | None
    said_printed: str | None
    said_earliest: datetime | str | None
    said_latest: datetime | str | None
    said_precision: DatePrecision
    said_basis: DateBasis
    own_basis: HopBasis | None
    state: ReportState
    extractor: str | None
    rule: str | None
    confidence: float | None
    grounds: Mapping[str, Any] | None
    note: str | None
    attributions: Sequence[AttributionCreate]
    figures: Sequence[FigureCreate]
    said: str | None


class EventCreate(TypedDict, total=False):
    """What a writer sends to open an event; `began` and `ended` may also be days, such as 2022-01-05."""

    title: Required[str]
    description: str | None
    place: str | None
    began: datetime | str | None
    ended: datetime | str | None


class EventChange(TypedDict, total=False):
    """What a writer sends to change an event; `began` and `ended` may also be days, such as 2022-01-05."""

    title: str
    description: str | None
    place: str | None
    began: datetime | str | None
    ended: datetime | str | None


class CoverageCreate(TypedDict, total=False):
    """What a writer sends to log a search."""

    searched_by: Required[str]
    searched_until: Required[datetime | str]
    languages: Sequence[str]
    outlets: Sequence[str]
    queries: Sequence[str]
    note: str | None


class TallyCreate(TypedDict, total=False):
    """What a writer sends to open a tally."""

    title: Required[str]
    measure: Required[str]
    event: Required[str]
    counted: str | None
    place: str | None
    period: str | None
    cumulative: bool | None
    parent: str | None


class TallyChange(TypedDict, total=False):
    """What a writer sends to change a tally."""

    title: str
    measure: str
    counted: str | None
    place: str | None
    period: str | None
    cumulative: bool | None
    parent: str | None


class ReviewCreate(TypedDict, total=False):
    """What a writer sends to record a review."""

    author: Required[str]
    rating: Required[str]
    reasons: Required[str]
    claim: Required[str]
    title: str | None
    upholds: bool | None
    url: str | None
    language: str | None
    reviewed_at: datetime | str | None
    rating_value: float | None
    best_rating: float | None
    worst_rating: float | None
    claim_reviewed: str | None
    claimant: str | None
    claimed_on: str | None
    first_appearance: str | None
    appearances: Sequence[str]
    markup: Mapping[str, Any]
    state: ReportState
    evidence: Sequence[str]


class ReviewChange(TypedDict, total=False):
    """What a writer sends to change a review."""

    title: str | None
    author: str
    rating: str
    upholds: bool | None
    reasons: str | None
    url: str | None
    language: str | None
    reviewed_at: datetime | str | None
    rating_value: float | None
    best_rating: float | None
    worst_rating: float | None
    claim_reviewed: str | None
    claimant: str | None
    claimed_on: str | None
    first_appearance: str | None
    appearances: Sequence[str]
    markup: Mapping[str, Any]
    state: ReportState
    evidence: Sequence[str]


class EvidenceCreate(TypedDict, total=False):
    """What a writer sends to record material."""

    kind: Required[EvidenceKind]
    title: Required[str]
    event: Required[str]
    url: str | None
    file_hash: str | None
    perceptual_hash: str | None
    archives: Sequence[str]
    note: str | None
    uploader: str | None


class EvidenceChange(TypedDict, total=False):
    """What a writer sends to change what is known about material."""

    kind: EvidenceKind
    title: str
    url: str | None
    file_hash: str | None
    perceptual_hash: str | None
    archives: Sequence[str]
    note: str | None
    uploader: str | None


class VerificationCreate(TypedDict, total=False):
    """What a writer sends to record a step of verification."""

    step: Required[str]
    outcome: Required[str]
    by: Required[str]
    at: Required[datetime | str]


class CorrectionCreate(TypedDict, total=False):
    """What a writer sends to record what somebody did to an earlier statement; it has exactly one target."""

    kind: Required[CorrectionKind]
    by: Required[str]
    effective_printed: str | None
    effective_earliest: datetime | str | None
    effective_latest: datetime | str | None
    effective_precision: DatePrecision
    effective_basis: DateBasis
    remains: str | None
    reference: str | None
    note: str | None
    document: str | None
    claim: str | None
    upstream: str | None
    downstream: str | None
    target_document: str | None
    attribution: str | None
    replaced_by: str | None
    effective: str | None


class CorrectionChange(TypedDict, total=False):
    """What a writer sends to change a correction."""

    kind: CorrectionKind
    effective_printed: str | None
    effective_earliest: datetime | str | None
    effective_latest: datetime | str | None
    effective_precision: DatePrecision
    effective_basis: DateBasis
    remains: str | None
    reference: str | None
    note: str | None
    by: str
    document: str | None
    claim: str | None
    upstream: str | None
    downstream: str | None
    target_document: str | None
    attribution: str | None
    replaced_by: str | None
    effective: str | None


class HopAsked(TypedDict, total=False):
    """A hop that is distrusted: what one source is said to have from another, in all reports or in some."""

    downstream: Required[str]
    upstream: str | None
    claim: str | None
    report: str | None


class WhatIfAsked(TypedDict, total=False):
    """What is withdrawn or distrusted; at least one thing is named."""

    as_of: str | None
    known_at: str | None
    sources: Sequence[str]
    with_linked: bool
    claims: Sequence[str]
    reports: Sequence[str]
    documents: Sequence[str]
    hops: Sequence[HopAsked]
    event: str | None
    limit: int


class RulingCreate(TypedDict, total=False):
    """What a writer sends to sign a decision; each kind has fields of its own, and takes no others."""

    method: Required[str]
    signed_by: Required[str]
    signed_at: Required[datetime | str]
    kind: Required[RulingKind]
    upholds: bool | None
    low: float | None
    high: float | None
    inclusions: str | None
    scale: str | None
    grade: str | None
    tally: str | None
    claim: str | None
    upstream: str | None
    downstream: str | None
    attribution: str | None
    report: str | None


class RulingChange(TypedDict, total=False):
    """What a writer sends to change a decision; about another thing, or of another kind, it is another decision."""

    upholds: bool | None
    low: float | None
    high: float | None
    inclusions: str | None
    scale: str | None
    grade: str | None
    method: str
    signed_by: str
    signed_at: datetime | str


class DeskItemChange(TypedDict, total=False):
    """What a writer sends to put a claim on the desk, move it on, or hand it over."""

    state: DeskState
    holder: str | None
    due: datetime | str | None


class DeskNoteCreate(TypedDict, total=False):
    """What a writer sends to add a note."""

    text: Required[str]
    author: str | None


class DeskNoteChange(TypedDict, total=False):
    """What a writer sends to change a note."""

    text: str


class ContactCreate(TypedDict, total=False):
    """What a writer sends to log that somebody was asked."""

    asked: Required[str]
    how: Required[ContactMeans]
    outcome: Required[ContactOutcome]
    at: datetime | str | None
    words: str | None
    source: str | None
    author: str | None


class ContactChange(TypedDict, total=False):
    """What a writer sends to change an entry of the contact log, such as when an answer came after all."""

    asked: str
    how: ContactMeans
    at: datetime | str
    outcome: ContactOutcome
    words: str | None
    source: str | None


class WatchCreate(TypedDict, total=False):
    """What a writer sends to watch something: exactly one of the four."""

    claim: str | None
    event: str | None
    source: str | None
    tally: str | None
    who: str | None


class OwnCorrectionCreate(TypedDict, total=False):
    """What a writer sends to correct what this desk published."""

    said: Required[str]
    says: Required[str]
    why: Required[str]
    claim: Required[str]
    at: datetime | str | None
    author: str | None


class OwnCorrectionChange(TypedDict, total=False):
    """What a writer sends to put the wording of a correction of ours right."""

    said: str
    says: str
    why: str
    at: datetime | str


class MergeCreate(TypedDict, total=False):
    """What a writer sends to merge a record into another."""

    into: Required[str]


class ClaimSplit(TypedDict, total=False):
    """What a writer sends to split a claim: an earlier merge to be taken back, or reports for a new claim."""

    claim: str | None
    reports: Sequence[str]
    text: str | None
    tally: str | None
    note: str | None


class SourceSplit(TypedDict, total=False):
    """What a writer sends to split a source: an earlier merge to be taken back, or what belongs to another source."""

    source: str | None
    name: str | None
    kind: SourceKind | None
    country: str | None
    note: str | None
    hops: Sequence[str]
    documents: Sequence[str]
    names: Sequence[str]
    ties: Sequence[str]


class RedactionCreate(TypedDict, total=False):
    """What an admin sends to redact a person."""

    source: Required[str]
    why: Required[str]
    also: Sequence[str]
    keep: Sequence[str]
    dry_run: bool


class UndoCreate(TypedDict, total=False):
    """What a writer may send to undo a change."""

    why: str | None


class HookCreate(TypedDict, total=False):
    """What a writer sends to be told."""

    url: Required[str]
    about: Sequence[Literal["flag_raised", "correction_arrived"]]
    rules: Sequence[str]
    note: str | None
    active: bool
    event: str | None
    claim: str | None


class HookChange(TypedDict, total=False):
    """What a writer sends to change a hook."""

    url: str
    about: Sequence[Literal["flag_raised", "correction_arrived"]]
    rules: Sequence[str]
    note: str | None
    active: bool


class ReadAsked(TypedDict, total=False):
    """A text to be read: its words, or a page's HTML."""

    id: str | None
    text: str | None
    html: str | None
    published_at: str | None
    language: str | None


class IngestAsked(TypedDict, total=False):
    """An article to be taken in: its words, a page's HTML, or an address that is fetched."""

    text: str | None
    html: str | None
    url: str | None
    title: str | None
    publisher: str | None
    published_at: str | None
    language: str | None
    event: str | None
    dry_run: bool


class TakeInForm(TypedDict, total=False):
    """An article, and what is known of it."""

    url: str
    text: str
    title: str
    publisher: str
    author: str
    published_at: str
    language: str
    event: str
    note: str
    dry_run: Literal["", "true", "1", "yes", "on", "false", "0", "no", "off"]
    screenshot: Attachment


class AddSheet(TypedDict, total=False):
    """A table and how it is read."""

    file: Required[Attachment]
    mapping: str
    save_mapping: str
    sheet: str
    event: str
    state: Literal["", "accepted", "proposed"]
    dry_run: Literal["", "true", "1", "yes", "on", "false", "0", "no", "off"]
    skip_bad: Literal["", "true", "1", "yes", "on", "false", "0", "no", "off"]


class MappingGiven(TypedDict, total=False):
    """What a writer sends to save a mapping."""

    columns: Required[Mapping[str, Any]]


class MatchAsked(TypedDict, total=False):
    """A sentence, or a report that was proposed; exactly one of the two."""

    text: str | None
    report: str | None
    event: str | None
    published_at: str | None
    limit: int
    include: Included


class KeyCreate(TypedDict, total=False):
    """What an admin sends to make a key."""

    name: Required[str]
    role: Required[Role]
    expires_at: datetime | str | None
    per_minute: int | None
    same_person: bool


class ShowTo(TypedDict, total=False):
    """What a writer sends to say who may see a record."""

    visibility: Required[Visibility]
    people: Sequence[str]
    why: str | None
