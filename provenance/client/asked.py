"""What may be asked of each address, by the names that the server knows.

Made by docs/client_words.py from the description of the API; edit neither by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Required, TypeAlias, TypedDict

from provenance import vocabulary

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
Role: TypeAlias = Literal["origin", "carrier", "publisher", "any"]
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

    as_of: str | None
    known_at: str | None


class ClaimsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"]
    limit: int
    cursor: str | None
    source: str | None
    role: Role
    publisher: str | None
    language: str | None
    published_from: str | None
    published_to: str | None
    include: Included
    q: str | None
    event: str | None
    tally: str | None
    flag: Sequence[str]
    verdict: Verdict | None
    status: ClaimStatus | None
    kind: ClaimKind | None
    measure: str | None


class DriftAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims/{claim_id}/drift``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["published", "-published"]
    limit: int
    cursor: str | None
    field: DriftField | None
    kind: DriftKind | None
    sure: Sureness | None
    report: str | None


class ReadGraphAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims/{claim_id}/graph``."""

    as_of: str | None
    known_at: str | None
    format: GraphFormat | None


class FiguresAsked(TypedDict, total=False):
    """What may be asked of ``/v1/figures``."""

    policy: Literal["plain", "acled"]
    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "published", "-published", "low", "-low"]
    limit: int
    cursor: str | None
    source: str | None
    role: Role
    publisher: str | None
    language: str | None
    published_from: str | None
    published_to: str | None
    include: Included
    q: str | None
    event: str | None
    tally: str | None
    flag: Sequence[str]
    verdict: Verdict | None
    status: ClaimStatus | None
    kind: ClaimKind | None
    measure: str | None
    claim: str | None
    report: str | None
    qualifier: Qualifier | None
    low: float | None
    high: float | None


class ReadFigureAsked(TypedDict, total=False):
    """What may be asked of ``/v1/figures/{figure_id}``."""

    as_of: str | None
    known_at: str | None
    policy: Literal["plain", "acled"]


class SourcesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/sources``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "name", "-name"]
    limit: int
    cursor: str | None
    q: str | None
    kind: SourceKind | None
    country: str | None
    include: Included


class ClaimsOfSourceAsked(TypedDict, total=False):
    """What may be asked of ``/v1/sources/{source_id}/claims``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "published", "-published", "documents", "-documents"]
    limit: int
    cursor: str | None
    role: Role
    include: Included


class DocumentsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "published", "-published"]
    limit: int
    cursor: str | None
    q: str | None
    event: str | None
    claim: str | None
    publisher: str | None
    language: str | None
    published_from: str | None
    published_to: str | None
    include: Included


class DecisionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/decisions``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str | None
    kind: Decided | None
    report: str | None
    document: str | None
    rule: str | None
    extractor: str | None
    by: str | None
    since: str | None
    until: str | None


class ReadExtractionStatsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/extraction/stats``."""

    as_of: str | None
    known_at: str | None
    since: str | None
    rule: str | None
    extractor: str | None


class ReportsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/reports``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "published", "-published"]
    limit: int
    cursor: str | None
    source: str | None
    role: Role
    publisher: str | None
    language: str | None
    published_from: str | None
    published_to: str | None
    include: Included
    claim: str | None
    document: str | None
    event: str | None
    stance: Stance | None
    state: ReportState | None
    extractor: str | None
    rule: str | None
    min_confidence: float | None


class ReadAnnotationAsked(TypedDict, total=False):
    """What may be asked of ``/v1/reports/{report_id}/annotation``."""

    include: Included


class AnnotationsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents/{document_id}/annotations``."""

    include: Included
    page: int | None


class EventsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "began", "-began"]
    limit: int
    cursor: str | None
    q: str | None
    include: Included


class GedAsCsvAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/ged.csv``."""

    as_of: str | None
    known_at: str | None
    policy: Literal["plain", "acled"]
    measure: str
    side_a: Sequence[str]
    side_b: Sequence[str]
    bom: bool


class GedAsParquetAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/ged.parquet``."""

    as_of: str | None
    known_at: str | None
    policy: Literal["plain", "acled"]
    measure: str
    side_a: Sequence[str]
    side_b: Sequence[str]


class PackageOfEventAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/package.zip``."""

    as_of: str | None
    known_at: str | None
    licence: str | None


class TalliesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/tallies``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "title", "-title"]
    limit: int
    cursor: str | None
    event: str | None
    measure: str | None
    parent: str | None


class ReadTallyAsked(TypedDict, total=False):
    """What may be asked of ``/v1/tallies/{tally_id}``."""

    as_of: str | None
    known_at: str | None
    policy: Literal["plain", "acled"]


class ReadSeriesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/tallies/{tally_id}/series``."""

    as_of: str | None
    known_at: str | None
    policy: Literal["plain", "acled"]


class FlagsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/flags``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["claim", "-claim"]
    limit: int
    cursor: str | None
    rule: Sequence[str]
    claim: str | None
    event: str | None
    tally: str | None
    status: ClaimStatus | None


class ReviewsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/reviews``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "reviewed", "-reviewed"]
    limit: int
    cursor: str | None
    claim: str | None
    event: str | None
    author: str | None
    upholds: bool | None
    state: ReportState | None
    include: Included


class EvidenceAsked(TypedDict, total=False):
    """What may be asked of ``/v1/evidence``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str | None
    event: str | None
    kind: EvidenceKind | None


class CorrectionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/corrections``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str | None
    claim: str | None
    source: str | None
    kind: CorrectionKind | None


class ReadImpactAsked(TypedDict, total=False):
    """What may be asked of ``/v1/corrections/{correction_id}/impact``."""

    as_of: str | None
    known_at: str | None
    limit: int


class RulingsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/rulings``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "signed", "-signed"]
    limit: int
    cursor: str | None
    tally: str | None
    claim: str | None
    source: str | None
    kind: RulingKind | None


class DeskAsked(TypedDict, total=False):
    """What may be asked of ``/v1/desk``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "due", "-due", "changed", "-changed"]
    limit: int
    cursor: str | None
    state: Sequence[DeskState]
    holder: str | None
    event: str | None
    watched_by: str | None


class TasksAsked(TypedDict, total=False):
    """What may be asked of ``/v1/desk/tasks``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["rank"]
    limit: int
    cursor: str | None
    event: str | None
    claim: str | None
    rule: Sequence[str]
    act: Sequence[DeskAct]
    state: Sequence[DeskState]
    holder: str | None
    source: str | None


class WatchesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/watches``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str | None
    who: str | None
    claim: str | None
    event: str | None
    source: str | None
    tally: str | None


class OwnCorrectionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/own-corrections``."""

    as_of: str | None
    known_at: str | None
    sort: Literal["recorded", "-recorded", "at", "-at"]
    limit: int
    cursor: str | None
    claim: str | None
    event: str | None


class HistoryAsked(TypedDict, total=False):
    """What may be asked of ``/v1/history``."""

    sort: Literal["at", "-at"]
    limit: int
    cursor: str | None
    who: str | None
    noun: str | None
    action: Literal["created", "changed", "retired", "restored"] | None
    since: str | None
    until: str | None
    record: str | None


class ReadChangeAsked(TypedDict, total=False):
    """What may be asked of ``/v1/history/{change_id}``."""

    sort: Literal["at", "-at"]
    limit: int
    cursor: str | None


class HistoryOfRecordAsked(TypedDict, total=False):
    """What may be asked of ``/v1/{noun}/{record_id}/history``."""

    sort: Literal["at", "-at"]
    limit: int
    cursor: str | None
    who: str | None
    noun: str | None
    action: Literal["created", "changed", "retired", "restored"] | None
    since: str | None
    until: str | None


class HooksAsked(TypedDict, total=False):
    """What may be asked of ``/v1/hooks``."""

    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str | None
    active: bool | None


class MessagesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/hooks/{hook_id}/messages``."""

    sort: Literal["created", "-created"]
    limit: int
    cursor: str | None
    state: Literal["waiting", "delivered", "given_up"] | None
    happening: Happening | None


class IngestionsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/ingestions``."""

    sort: Literal["started", "-started"]
    limit: int
    cursor: str | None


class CopiesAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents/{document_id}/copies``."""

    sort: Literal["recorded", "-recorded"]
    limit: int
    cursor: str | None


class MappingsAsked(TypedDict, total=False):
    """What may be asked of ``/v1/mappings``."""

    sort: Literal["name", "-name", "saved", "-saved"]
    limit: int
    cursor: str | None


class ReadEverythingAsked(TypedDict, total=False):
    """What may be asked of ``/v1/export.jsonl``."""

    include: Required[Literal["everything"]]


class ReadProvenanceOfClaimAsked(TypedDict, total=False):
    """What may be asked of ``/v1/claims/{claim_id}/provenance``."""

    as_of: str | None
    known_at: str | None
    format: Notation | None


class ReadProvenanceOfDocumentAsked(TypedDict, total=False):
    """What may be asked of ``/v1/documents/{document_id}/provenance``."""

    as_of: str | None
    known_at: str | None
    format: Notation | None


class ReadProvenanceOfEventAsked(TypedDict, total=False):
    """What may be asked of ``/v1/events/{event_id}/provenance``."""

    as_of: str | None
    known_at: str | None
    format: Notation | None


class EverythingAsked(TypedDict, total=False):
    """What may be asked of ``/v1/search``."""

    q: Required[str]
    as_of: str | None
    known_at: str | None
    limit: int
