"""What may be asked of each address, by the names that the server knows.

Made by docs/client_words.py from the description of the API; edit neither by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypeAlias, TypedDict

from provenance import vocabulary

ChainRole: TypeAlias = Literal["origin", "carrier", "publisher", "any"]
ClaimKind: TypeAlias = (
    vocabulary.ClaimKind | Literal["figure", "event", "responsibility", "quotation", "absence", "prediction", "other"]
)
ClaimStatus: TypeAlias = (
    vocabulary.ClaimStatus | Literal["standing", "superseded", "corrected", "retracted", "denied", "disputed"]
)
CorrectionKind: TypeAlias = (
    vocabulary.CorrectionKind | Literal["retraction", "correction", "denial", "disavowal", "supersession"]
)
Decided: TypeAlias = vocabulary.Decided | Literal["accept", "reject", "edit", "merge", "split"]
DeskAct: TypeAlias = (
    vocabulary.DeskAct
    | Literal[
        "find_origin",
        "find_nearer",
        "review",
        "ask",
        "examine_tie",
        "cite_tie",
        "hold_text",
        "compare",
        "decide",
        "read_again",
        "doubt",
    ]
)
DeskState: TypeAlias = vocabulary.DeskState | Literal["to_check", "in_progress", "second_eye", "ready", "published"]
DriftField: TypeAlias = (
    vocabulary.DriftField
    | Literal[
        "figure", "qualifier", "unit", "measure", "counted", "place", "as_of", "source", "wording", "headline", "merged"
    ]
)
DriftKind: TypeAlias = (
    vocabulary.DriftKind
    | Literal[
        "transposed_digits",
        "magnitude",
        "rounding",
        "number",
        "qualifier_dropped",
        "qualifier_added",
        "qualifier_changed",
        "unit",
        "measure",
        "population",
        "place",
        "period",
        "source_organisation",
        "source_title",
        "source_gender",
        "source_name",
        "source_lost",
        "merged_statements",
        "wording",
    ]
)
EvidenceKind: TypeAlias = (
    vocabulary.EvidenceKind | Literal["video", "image", "satellite", "list", "court_file", "other"]
)
GraphFormat: TypeAlias = Literal["graphml", "dot", "mermaid"]
Happening: TypeAlias = vocabulary.Happening | Literal["flag_raised", "correction_arrived", "test"]
Included: TypeAlias = Literal["accepted", "proposed"]
Notation: TypeAlias = Literal["prov-json", "prov-n", "prov-xml", "turtle", "json-ld"]
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
Sureness: TypeAlias = vocabulary.Sureness | Literal["certain", "likely", "possible"]
Verdict: TypeAlias = vocabulary.Verdict | Literal["established", "unexamined", "single", "not_established"]


class MomentAsked(TypedDict, total=False):
    """From which moment."""

    as_of: str
    known_at: str


class ClaimsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"]
    limit: int
    cursor: str
    source: str
    role: ChainRole
    publisher: str
    language: str
    published_from: str
    published_to: str
    include: Included
    q: str
    event: str
    tally: str
    flag: Sequence[str]
    verdict: Verdict
    status: ClaimStatus
    kind: ClaimKind
    measure: str


class DriftAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims/{claim_id}/drift``."""

    as_of: str
    known_at: str
    sort: Literal["published", "-published"]
    limit: int
    cursor: str
    field: DriftField
    kind: DriftKind
    sure: Sureness
    report: str


class ReadGraphAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims/{claim_id}/graph``."""

    as_of: str
    known_at: str
    format: GraphFormat


class FiguresAsked(TypedDict, total=False):
    """What may be asked of ``/v1/figures``."""

    policy: Literal["plain", "acled"]
    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "published", "-published", "low", "-low"]
    limit: int
    cursor: str
    source: str
    role: ChainRole
    publisher: str
    language: str
    published_from: str
    published_to: str
    include: Included
    q: str
    event: str
    tally: str
    flag: Sequence[str]
    verdict: Verdict
    status: ClaimStatus
    kind: ClaimKind
    measure: str
    claim: str
    report: str
    qualifier: Qualifier
    low: float
    high: float


class ReadFigureAsked(TypedDict, total=False):
    """What may be asked of ``/v1/figures/{figure_id}``."""

    as_of: str
    known_at: str
    policy: Literal["plain", "acled"]


class SourcesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/sources``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "name", "-name"]
    limit: int
    cursor: str
    q: str
    kind: SourceKind
    country: str
    include: Included


class ClaimsOfSourceAsked(TypedDict, total=False):
    """What may be asked of ``/v1/sources/{source_id}/claims``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"]
    limit: int
    cursor: str
    role: ChainRole
    include: Included


class DocumentsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "published", "-published"]
    limit: int
    cursor: str
    q: str
    event: str
    claim: str
    publisher: str
    language: str
    published_from: str
    published_to: str
    include: Included


class DecisionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/decisions``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str
    kind: Decided
    report: str
    document: str
    rule: str
    extractor: str
    by: str
    since: str
    until: str


class ReadExtractionStatsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/extraction/stats``."""

    as_of: str
    known_at: str
    since: str
    rule: str
    extractor: str


class ReportsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/reports``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "published", "-published"]
    limit: int
    cursor: str
    source: str
    role: ChainRole
    publisher: str
    language: str
    published_from: str
    published_to: str
    include: Included
    claim: str
    document: str
    event: str
    stance: Stance
    state: ReportState
    extractor: str
    rule: str
    min_confidence: float


class ReadAnnotationAsked(TypedDict, total=False):
    """What may be asked of ``/v1/reports/{report_id}/annotation``."""

    include: Included


class AnnotationsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents/{document_id}/annotations``."""

    include: Included
    page: int


class EventsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "began", "-began"]
    limit: int
    cursor: str
    q: str
    include: Included


class GedAsCsvAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/ged.csv``."""

    as_of: str
    known_at: str
    policy: Literal["plain", "acled"]
    measure: str
    side_a: Sequence[str]
    side_b: Sequence[str]
    bom: bool


class GedAsParquetAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/ged.parquet``."""

    as_of: str
    known_at: str
    policy: Literal["plain", "acled"]
    measure: str
    side_a: Sequence[str]
    side_b: Sequence[str]


class PackageOfEventAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/package.zip``."""

    as_of: str
    known_at: str
    licence: str


class TalliesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/tallies``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "title", "-title"]
    limit: int
    cursor: str
    event: str
    measure: str
    parent: str


class ReadTallyAsked(TypedDict, total=False):
    """What may be asked of ``/v1/tallies/{tally_id}``."""

    as_of: str
    known_at: str
    policy: Literal["plain", "acled"]


class ReadSeriesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/tallies/{tally_id}/series``."""

    as_of: str
    known_at: str
    policy: Literal["plain", "acled"]


class FlagsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/flags``."""

    as_of: str
    known_at: str
    sort: Literal["claim", "-claim"]
    limit: int
    cursor: str
    rule: Sequence[str]
    claim: str
    event: str
    tally: str
    status: ClaimStatus


class ReviewsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/reviews``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "reviewed", "-reviewed"]
    limit: int
    cursor: str
    claim: str
    event: str
    author: str
    upholds: bool
    state: ReportState
    include: Included


class EvidenceAsked(TypedDict, total=False):
    """What may be asked of ``/v1/evidence``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str
    event: str
    kind: EvidenceKind


class CorrectionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/corrections``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str
    claim: str
    source: str
    kind: CorrectionKind


class ReadImpactAsked(TypedDict, total=False):
    """What may be asked of ``/v1/corrections/{correction_id}/impact``."""

    as_of: str
    known_at: str
    limit: int


class RulingsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/rulings``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "signed", "-signed"]
    limit: int
    cursor: str
    tally: str
    claim: str
    source: str
    kind: RulingKind


class DeskAsked(TypedDict, total=False):
    """What may be asked of ``/v1/desk``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "due", "-due", "changed", "-changed"]
    limit: int
    cursor: str
    state: Sequence[DeskState]
    holder: str
    event: str
    watched_by: str


class TasksAsked(TypedDict, total=False):
    """What may be asked of ``/v1/desk/tasks``."""

    as_of: str
    known_at: str
    sort: Literal["rank"]
    limit: int
    cursor: str
    event: str
    claim: str
    rule: Sequence[str]
    act: Sequence[DeskAct]
    state: Sequence[DeskState]
    holder: str
    source: str


class WatchesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/watches``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str
    who: str
    claim: str
    event: str
    source: str
    tally: str


class OwnCorrectionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/own-corrections``."""

    as_of: str
    known_at: str
    sort: Literal["recorded", "-recorded", "at", "-at"]
    limit: int
    cursor: str
    claim: str
    event: str


class RedactionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/redactions``."""

    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str


class HistoryAsked(TypedDict, total=False):
    """What may be asked of ``/v1/history``."""

    sort: Literal["at", "-at"]
    limit: int
    cursor: str
    who: str
    noun: str
    action: Literal["created", "changed", "retired", "restored"]
    since: str
    until: str
    record: str


class ReadChangeAsked(TypedDict, total=False):
    """What may be asked of ``/v1/history/{change_id}``."""

    sort: Literal["at", "-at"]
    limit: int
    cursor: str


class HistoryOfRecordAsked(TypedDict, total=False):
    """What may be asked of ``/v1/{noun}/{record_id}/history``."""

    sort: Literal["at", "-at"]
    limit: int
    cursor: str
    who: str
    noun: str
    action: Literal["created", "changed", "retired", "restored"]
    since: str
    until: str


class HooksAsked(TypedDict, total=False):
    """What may be asked of ``/v1/hooks``."""

    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str
    active: bool


class MessagesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/hooks/{hook_id}/messages``."""

    sort: Literal["created", "-created"]
    limit: int
    cursor: str
    state: Literal["waiting", "delivered", "given_up"]
    happening: Happening


class IngestionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/ingestions``."""

    sort: Literal["started", "-started"]
    limit: int
    cursor: str


class CopiesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents/{document_id}/copies``."""

    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str


class MappingsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/mappings``."""

    sort: Literal["name", "-name", "saved", "-saved"]
    limit: int
    cursor: str


class ReadEverythingAsked(TypedDict, total=False):
    """What may be asked of ``/v1/export.jsonl``."""

    include: Required[Literal["everything"]]


class ReadProvenanceOfClaimAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims/{claim_id}/provenance``."""

    as_of: str
    known_at: str
    format: Notation


class ReadProvenanceOfDocumentAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents/{document_id}/provenance``."""

    as_of: str
    known_at: str
    format: Notation


class ReadProvenanceOfEventAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/provenance``."""

    as_of: str
    known_at: str
    format: Notation


class EverythingAsked(TypedDict, total=False):
    """What may be asked of ``/v1/search``."""

    q: Required[str]
    as_of: str
    known_at: str
    limit: int


class KeysAsked(TypedDict, total=False):
    """What may be asked of ``/v1/keys``."""

    sort: Literal["created", "-created"]
    limit: int
    cursor: str
    name: str
    role: Role
    good: bool
