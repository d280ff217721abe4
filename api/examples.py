"""The examples that the API's description shows, all from the founding case: a toll that one police service gave out.

They are answers like any other, so a key that an answer lacks or does not know fails when this file is read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from provenance.answers import (
    ClaimItem,
    CorrectionItem,
    DocumentItem,
    EventItem,
    EvidenceItem,
    EvidenceRow,
    FigureItem,
    FlagItem,
    FlagNote,
    ReportItem,
    ReviewItem,
    SearchAnswer,
    SourceItem,
    TallyItem,
)
from provenance.answers_detail import (
    AttributionDetail,
    ClaimDetail,
    CorrectionDetail,
    CoverageDetail,
    DocumentDetail,
    EventDetail,
    EvidenceDetail,
    FigureDetail,
    InterestDetail,
    NameDetail,
    ReportDetail,
    ReviewDetail,
    SourceDetail,
    TallyDetail,
    TieDetail,
    VerificationDetail,
)
from provenance.answers_ledger import (
    LedgerBetween,
    LedgerFigure,
    LedgerOrigin,
    LedgerPair,
    LedgerParty,
    LedgerScope,
    PartySeries,
    SeriesMark,
    SeriesPoint,
    TallyLedger,
    TallySeries,
)
from provenance.answers_rulings import GradeItem, RulingDetail, RulingItem, ScaleItem
from provenance.answers_trace import Trace
from provenance.quantity import Answer as Comparable
from provenance.vocabulary import (
    Basis,
    Capacity,
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DateBasis,
    DatePrecision,
    EvidenceKind,
    FigureStatus,
    HopBasis,
    HopMark,
    Interest,
    Manner,
    NameKind,
    OriginClass,
    PointDate,
    Presence,
    Qualifier,
    Relation,
    ReportState,
    RulingKind,
    SourceKind,
    Stance,
    TieKind,
    Verdict,
)

RECORDED = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = "Dozens of attackers were killed in Almaty overnight."
PRINTED = "Dozens of attackers were eliminated, a police spokeswoman said, Tass reported."
UNVERIFIED = {
    "rule": "unverified_figure",
    "reason": "All who give this figure belong to one party.",
    "clears_when": "A review upholds the figure on recorded evidence, or an untied party gives it too.",
}

CLAIM = ClaimItem(
    id="clm_w5k3dozensalmaty",
    text=TEXT,
    kind=ClaimKind.FIGURE,
    event="evt_kz2022unrestaaa",
    event_title="Unrest in Kazakhstan",
    tally="tal_attackerskilled",
    tally_title="Attackers killed in Almaty",
    status=ClaimStatus.STANDING,
    verdict=Verdict.SINGLE,
    documents=56,
    parties=1,
    first_published="2022-01-06T06:38Z",
    flags=["one_party", "unverified_figure"],
    stale=False,
)
CLAIM_DETAIL = ClaimDetail(**CLAIM.model_dump(), note=None, reports=57, recorded_from=RECORDED)
SOURCE = SourceItem(id="src_almatypolicesps", name="Saltanat Azirbek", kind=SourceKind.SPOKESPERSON)
TIE = TieDetail(
    id="tie_spokeswomanserv",
    source=SOURCE.name,
    source_id=SOURCE.id,
    kind=TieKind.SPEAKS_FOR,
    other="Almaty police",
    other_id="src_almatypoliceaaa",
    basis=Basis.COMMONLY_KNOWN,
    reference=None,
    document=None,
    valid_from=None,
    valid_to=None,
    undated=True,
    signed_by=None,
    signed_at=None,
    note=None,
)
INTEREST = InterestDetail(
    id="int_policeinunrest",
    event=CLAIM.event,
    event_title=CLAIM.event_title,
    source="Almaty police",
    source_id="src_almatypoliceaaa",
    interest=Interest.PARTY,
    basis=Basis.COMMONLY_KNOWN,
    reference=None,
)
NAME = NameDetail(id="nam_azirbekcyrillic", name="Салтанат Азирбек", kind=NameKind.ALIAS, language="ru")
SOURCE_DETAIL = SourceDetail(
    **SOURCE.model_dump(),
    country="KZ",
    note="Head of the press service of the Almaty police in January 2022.",
    names=[
        NameDetail(id="nam_azirbeklatinaaa", name=SOURCE.name, kind=NameKind.PRIMARY, language="en"),
        NAME,
    ],
    ties=[TIE],
    interests=[],
    recorded_from=RECORDED,
)
DOCUMENT = DocumentItem(
    id="doc_tassdozensaaaaa",
    url="https://tass.example/2022/01/06/almaty",
    title="Dozens of attackers killed in Almaty, police say",
    publisher="Tass",
    publisher_id="src_tassaaaaaaaaaaa",
    language="en",
    published_at="2022-01-06T06:38Z",
    published_precision=DatePrecision.MINUTE,
    published_basis=DateBasis.PRINTED,
)
REPORT = ReportItem(
    id="rep_tassdozensaaaaa",
    claim=CLAIM.id,
    claim_text=TEXT,
    document=DOCUMENT.id,
    document_title=DOCUMENT.title,
    publisher=DOCUMENT.publisher,
    publisher_id=DOCUMENT.publisher_id,
    published_at=DOCUMENT.published_at,
    language="en",
    stance=Stance.ASSERTS,
    state=ReportState.ACCEPTED,
    hedge=None,
    quote=PRINTED,
    chains=[["Saltanat Azirbek", "Khabar 24", "Tass"]],
)
DOCUMENT_DETAIL = DocumentDetail(
    **DOCUMENT.model_dump(),
    text=PRINTED,
    content_hash="0" * 64,
    archive_url=None,
    retrieved_at=RECORDED,
    published_printed="6 January 2022, 12:38",
    published_earliest=datetime(2022, 1, 6, 6, 38, tzinfo=UTC),
    published_latest=datetime(2022, 1, 6, 6, 38, 59, 999999, tzinfo=UTC),
    translated_from=None,
    note=None,
    relations=[],
    reports=[REPORT],
    recorded_from=RECORDED,
)
FIGURE = FigureItem(
    id="fig_tassdozensaaaaa",
    claim=CLAIM.id,
    claim_text=TEXT,
    report=REPORT.id,
    document=DOCUMENT.id,
    document_url=DOCUMENT.url,
    content_hash="0" * 64,
    publisher=DOCUMENT.publisher,
    publisher_id=DOCUMENT.publisher_id,
    text="Dozens",
    qualifier=Qualifier.VAGUE,
    value=None,
    low=24,
    high=None,
    unit=None,
    measure="killed",
    counted="attackers",
    place="Almaty",
    as_of=None,
    published_at=DOCUMENT.published_at,
    chain=REPORT.chains[0],
    chains=REPORT.chains,
    origin_class=OriginClass.NAMED,
    quote=PRINTED,
    quote_start=0,
    quote_end=len(PRINTED),
    no_quote_reason=None,
    flags=[FlagNote(**UNVERIFIED)],
)
FIGURE_DETAIL = FigureDetail(
    **FIGURE.model_dump(),
    text_start=0,
    text_end=6,
    measure_printed="eliminated",
    counted_printed=None,
    place_printed=None,
    recorded_from=RECORDED,
)
ATTRIBUTION = AttributionDetail(
    id="hop_azirbekkhabaraa",
    upstream=SOURCE.name,
    upstream_id=SOURCE.id,
    downstream="Khabar 24",
    downstream_id="src_khabar24aaaaaaa",
    as_named="a police spokeswoman",
    cue="said",
    cue_start=59,
    cue_end=63,
    manner=Manner.SAID,
    basis=HopBasis.UNKNOWN,
    capacity=Capacity.OFFICIAL,
    mark=HopMark.STATED,
    access=None,
)
REPORT_DETAIL = ReportDetail(
    **REPORT.model_dump(),
    url=DOCUMENT.url,
    archive_url=None,
    content_hash="0" * 64,
    quote_prefix=None,
    quote_suffix=None,
    quote_start=0,
    quote_end=len(PRINTED),
    translation=None,
    translated_by=None,
    own_basis=None,
    origin_classes=[OriginClass.NAMED],
    extractor=None,
    confidence=None,
    note=None,
    attributions=[ATTRIBUTION],
    figures=[FIGURE],
    recorded_from=RECORDED,
)
EVENT = EventItem(
    id=CLAIM.event,
    title=CLAIM.event_title,
    place="Kazakhstan",
    began="2022-01-02",
    ended="2022-01-11",
    claims=97,
)
TALLY = TallyItem(
    id="tal_attackerskilled",
    title="Attackers killed in Almaty",
    event=EVENT.id,
    event_title=EVENT.title,
    measure="killed",
    counted="attackers",
    place="Almaty",
    period=None,
    cumulative=True,
    claims=4,
)
TALLY_DETAIL = TallyDetail(**TALLY.model_dump(), parent=None, parent_title=None, parts=[], recorded_from=RECORDED)
EVENT_DETAIL = EventDetail(
    **EVENT.model_dump(),
    description="Protests over fuel prices, then unrest in Almaty and other cities.",
    coverage=[
        CoverageDetail(
LEDGER_FIGURE = LedgerFigure(
    figure="fig_tassdozensaaaaa",
    text="Dozens",
    qualifier=Qualifier.VAGUE,
    value=None,
    low=24,
    high=None,
    measure="killed",
    counted="attackers",
    place="Almaty",
    period=None,
    cumulative=True,
    unit=None,
    printed_in_reports=48,
    printed_in_documents=48,
    claim=CLAIM.id,
    claim_text=TEXT,
    status=FigureStatus.STANDING,
    origins=[LedgerOrigin(source=SOURCE.name, source_id=SOURCE.id, established=True, **{"class": OriginClass.NAMED})],
    parties=[LedgerParty(name="Almaty police", established=True)],
    published_at="2022-01-06T06:38Z",
    published_precision=DatePrecision.MINUTE,
    presence=Presence.CERTAIN,
    said_at=None,
    said_precision=DatePrecision.UNKNOWN,
    given_for=None,
    reports=57,
    certain_reports=57,
    documents=56,
    certain=56,
    possible=0,
    variants=[],
    scope=0,
    superseded_by=[],
    updated_by=[],
    updates=0,
    contradicted_by=[],
    contradictions=0,
)
EYEWITNESS_FIGURE = LEDGER_FIGURE.model_copy(
    update={
        "figure": "fig_zeittenpeopleaa",
        "text": "about ten",
        "qualifier": Qualifier.ABOUT,
        "value": 10,
        "low": 9,
        "high": 11,
        "printed_in_reports": 1,
        "printed_in_documents": 1,
        "claim": "clm_tenpeoplealmaty",
        "claim_text": "About ten people were killed in Almaty.",
        "origins": [
            LedgerOrigin(
                source="Eyewitness",
                source_id="src_eyewitnessaaaaa",
                established=True,
                **{"class": OriginClass.FIRST_HAND},
            )
        ],
        "parties": [LedgerParty(name="Eyewitness", established=True)],
        "published_at": "2022-01-07",
        "published_precision": DatePrecision.DAY,
        "reports": 1,
        "certain_reports": 1,
        "documents": 1,
        "certain": 1,
    }
)
LEDGER_SCOPE = LedgerScope(
    measure="killed", counted="attackers", place="Almaty", period=None, cumulative=True, unit=None, figures=2
)
TALLY_LEDGER = TallyLedger(
    **TALLY_DETAIL.model_dump(),
    policy="plain",
    policy_version=1,
    as_of="2022-01-15T23:59:59.999999Z",
    known_at=None,
    figures=[LEDGER_FIGURE, EYEWITNESS_FIGURE],
    without_figure=[],
    scopes=[LEDGER_SCOPE],
    comparisons=[LedgerBetween(one=0, other=0, answer=Comparable.UNKNOWN, field="period", pairs=1)],
    pairs=[
        LedgerPair(
            claim=CLAIM.id,
            other=EYEWITNESS_FIGURE.claim,
            answer=Comparable.UNKNOWN,
            field="period",
            relation=Relation.UNKNOWN,
        )
    ],
    pairs_total=1,
    figures_of_parts=[],
    notes=[],
    rulings=[],
)
TALLY_SERIES = TallySeries(
    tally=TALLY.id,
    title=TALLY.title,
    policy="plain",
    policy_version=1,
    as_of=None,
    known_at=None,
    scopes=[LEDGER_SCOPE],
    series=[
        PartySeries(
            party="Almaty police",
            established=True,
            points=[
                SeriesPoint(
                    at="2022-01-06T06:38Z",
                    at_precision=DatePrecision.MINUTE,
                    dated_by=PointDate.PUBLISHED,
                    published_at="2022-01-06T06:38Z",
                    low=24,
                    high=None,
                    value=None,
                    text="Dozens",
                    claim=CLAIM.id,
                    status=FigureStatus.STANDING,
                    documents=56,
                    scope=0,
                )
            ],
        )
    ],
    corrections=[
        SeriesMark(
            correction="cor_ministrydisavow",
            kind=CorrectionKind.DISAVOWAL,
            by="Health Ministry",
            by_id="src_healthministryaa",
            claim=CLAIM.id,
            at="2022-01-09T15:33Z",
            at_precision=DatePrecision.MINUTE,
            applies=True,
        )
    ],
)
            id="cov_firstsearchaaaa",
            languages=["en", "ru", "kk"],
            outlets=["Tass", "Interfax", "Khabar 24"],
            queries=["Almaty police killed"],
            searched_by="desk",
            searched_until=RECORDED,
            note=None,
        )
    ],
    tallies=[TALLY],
    interests=[INTEREST],
    recorded_from=RECORDED,
)
REVIEW = ReviewItem(
    id="rev_deskreviewaaaaa",
    claim=CLAIM.id,
    claim_text=TEXT,
    author="Desk",
    rating="not corroborated",
    upholds=None,
    reasons="Every named origin belongs to the state whose police gave the figure.",
    url=None,
    language="en",
    reviewed_at=RECORDED,
    state=ReportState.ACCEPTED,
)
REVIEW_DETAIL = ReviewDetail(
    **REVIEW.model_dump(), rating_value=None, best_rating=None, worst_rating=None, evidence=[], recorded_from=RECORDED
)
EVIDENCE = EvidenceItem(
    id="evi_morguelistaaaaa",
    kind=EvidenceKind.LIST,
    title="List of the dead that a morgue in Almaty kept",
    url="https://archive.example/morgue-list",
    event=EVENT.id,
    event_title=EVENT.title,
    uploader=None,
    uploader_id=None,
)
EVIDENCE_DETAIL = EvidenceDetail(
    **EVIDENCE.model_dump(),
    file_hash=None,
    perceptual_hash=None,
    archives=[],
    note=None,
    verifications=[
        VerificationDetail(
            id="ver_namescheckedaaa",
            step="Names compared with death notices.",
            outcome="No name is listed twice.",
            by="Desk",
            at=RECORDED,
        )
    ],
    reviews=[REVIEW.id],
    recorded_from=RECORDED,
)
CORRECTION = CorrectionItem(
    id="cor_childretracteda",
    kind=CorrectionKind.RETRACTION,
    by="Health Ministry",
    by_id="src_healthministrya",
    claim="clm_164deadaaaaaaaa",
    claim_text="164 people were killed in the unrest.",
    upstream=None,
    upstream_id=None,
    downstream=None,
    downstream_id=None,
    document=None,
    effective="2022-01-10",
    replaced_by=None,
    replaced_by_text=None,
    remains=None,
)
CORRECTION_DETAIL = CorrectionDetail(
    **CORRECTION.model_dump(),
    target_document=None,
    attribution=None,
    effective_printed="10 January 2022",
    reference="https://news.example/retraction",
    note=None,
    recorded_from=RECORDED,
)
RULING = RulingItem(
    id="rul_deskrangeaaaaaa",
    kind=RulingKind.RANGE,
    tally=TALLY.id,
    tally_title=TALLY.title,
    low=10,
    high=26,
    inclusions="The police's own count and the eyewitness; no word figures.",
    scale="Airwars",
    grade="Weak",
    claim=None,
    claim_text=None,
    upstream=None,
    upstream_id=None,
    downstream=None,
    downstream_id=None,
    attribution=None,
    report=None,
    upholds=None,
    method="The least and the most that an established origin gave as a number.",
    signed_by="Desk",
    signed_at=RECORDED,
)
RULING_DETAIL = RulingDetail(**RULING.model_dump(), recorded_from=RECORDED)
SCALE = ScaleItem(
    name="Iraq Body Count",
    meaning="Whether a count of deaths rests on two sources that do not depend on each other.",
    grades=[GradeItem(grade="Provisional", meaning="Only one source reports the deaths.")],
)
FLAG = FlagItem(
    **UNVERIFIED,
    version=1,
    claim=CLAIM.id,
    claim_text=TEXT,
    evidence=[EvidenceRow(noun="source", id=SOURCE.id, shows="The only established origin.")],
    figures=51,
)
FOUND = SearchAnswer(q="dozens", words=["dozens"], claims=[CLAIM], sources=[], documents=[DOCUMENT], events=[], more=[])
TRACE = Trace.model_validate(
    {
        "claim": {
            "id": CLAIM.id,
            "text": TEXT,
            "kind": "figure",
            "event": EVENT.id,
            "event_title": EVENT.title,
            "tally": TALLY.id,
            "tally_title": TALLY.title,
            "status": "standing",
            "happened_at": None,
            "happened_precision": "unknown",
        },
        "as_of": None,
        "known_at": None,
        "independence": {
            "verdict": "single",
            "established_origins": 1,
            "parties": 1,
            "parties_cited_ties_only": 1,
            "parties_across_accounts": 1,
            "why": "One established origin.",
            "certain_only": None,
        },
        "documents": 1,
        "write_ups": None,
        "certain": 1,
        "possible": 0,
        "says": ["1 document states it; it names Saltanat Azirbek."],
        "searched": ["Searched by desk in 3 languages until 22 November 2026."],
        "origins": [
            {
                "source": SOURCE.name,
                "source_id": SOURCE.id,
                "class": "named",
                "established": True,
                "party": "Almaty police",
                "reports": 1,
                "withdrawn": False,
                "disowned": False,
            }
        ],
        "parties": [
            {
                "name": "Almaty police",
                "established": True,
                "origins": [SOURCE.name],
                "members": [SOURCE.name, "Almaty police"],
                "ties": [
                    {
                        "source": TIE.source,
                        "source_id": TIE.source_id,
                        "kind": TIE.kind,
                        "other": TIE.other,
                        "other_id": TIE.other_id,
                        "basis": TIE.basis,
                        "reference": None,
                        "undated": True,
                        "says": "Saltanat Azirbek speaks for Almaty police (commonly known)",
                    }
                ],
                "further_ties": [],
            }
        ],
        "chokepoints": [{"source": "Khabar 24", "source_id": "src_khabar24aaaaaaa", "paths": 1}],
        "support_cut": {"size": 1, "exact": True, "sources": ["Khabar 24"]},
        "circular": [],
        "edges": [
            {
                "upstream": SOURCE.name,
                "upstream_id": SOURCE.id,
                "downstream": "Khabar 24",
                "downstream_id": "src_khabar24aaaaaaa",
                "manners": ["said"],
                "reports": 1,
                "first_seen": "2022-01-06T06:38:00Z",
                "stated": True,
                "cut": None,
            }
        ],
        "reports": [
            {
                "id": REPORT.id,
                "document": DOCUMENT.id,
                "document_title": DOCUMENT.title,
                "url": DOCUMENT.url,
                "publisher": "Tass",
                "publisher_id": DOCUMENT.publisher_id,
                "published_at": DOCUMENT.published_at,
                "published_precision": "minute",
                "published_basis": "printed",
                "presence": "certain",
                "said_at": None,
                "said_precision": "unknown",
                "language": "en",
                "stance": "asserts",
                "hedge": None,
                "quote": PRINTED,
                "figure": "Dozens",
                "figures": [FIGURE.id],
                "paths": REPORT.chains,
                "origin_classes": ["named"],
                "supported": True,
            }
        ],
        "other_accounts": [],
        "corrections": [],
        "reviews": [],
        "flags": [
            {
                **FLAG.model_dump(include={"rule", "version", "reason", "clears_when", "evidence"}),
                "title": "Not independently corroborated",
            }
        ],
    }
)

# What a writer sends, by operation.
GIVEN: dict[str, dict[str, Any]] = {
    "event": {"title": EVENT.title, "place": EVENT.place, "began": "2022-01-02T00:00:00Z"},
    "tally": {"title": TALLY.title, "measure": "killed", "counted": "attackers", "event": EVENT.id},
    "source": {
        "name": "Khabar 24",
        "kind": "broadcaster",
        "country": "KZ",
        "names": [{"name": "Хабар 24", "language": "ru"}],
    },
    "name": {"name": "Салтанат Азирбек", "kind": "alias", "language": "ru"},
    "tie": {"kind": "speaks_for", "other": TIE.other_id, "basis": "commonly_known"},
    "interest": {"event": EVENT.id, "interest": "party", "basis": "commonly_known"},
    "coverage": {"languages": ["en", "ru"], "searched_by": "desk", "searched_until": "2026-11-22T12:00:00Z"},
    "document": {
        "publisher": DOCUMENT.publisher_id,
        "url": DOCUMENT.url,
        "title": DOCUMENT.title,
        "language": "en",
        "text": PRINTED,
        "published": "2022-01-06T12:38+06:00",
        "published_basis": "printed",
    },
    "claim": {"text": TEXT, "kind": "figure", "event": EVENT.id, "tally": TALLY.id},
    "report": {
        "document": DOCUMENT.id,
        "claim": CLAIM.id,
        "quote": PRINTED,
        "quote_start": 0,
        "quote_end": len(PRINTED),
        "attributions": [
            {"upstream": SOURCE.id, "downstream": "src_khabar24aaaaaaa", "manner": "said"},
            {"upstream": "src_khabar24aaaaaaa", "downstream": DOCUMENT.publisher_id, "manner": "quoted"},
        ],
        "figures": [{"text": "Dozens", "text_start": 0, "text_end": 6, "measure": "killed", "counted": "attackers"}],
    },
    "review": {
        "claim": CLAIM.id,
        "author": REVIEW.author,
        "rating": REVIEW.rating,
        "reasons": REVIEW.reasons,
        "reviewed_at": "2026-11-22T12:00:00Z",
    },
    "evidence": {"event": EVENT.id, "kind": EVIDENCE.kind, "title": EVIDENCE.title, "url": EVIDENCE.url},
    "verification": {
        "step": "Names compared with death notices.",
        "outcome": "No name is listed twice.",
        "by": "Desk",
        "at": "2026-11-22T12:00:00Z",
    },
    "correction": {
        "kind": "retraction",
        "by": CORRECTION.by_id,
        "claim": CORRECTION.claim,
        "effective": "2022-01-10",
        "effective_basis": "printed",
        "reference": "https://news.example/retraction",
    },
    "ruling": {
        "kind": "range",
        "tally": TALLY.id,
        "low": 10,
        "high": 26,
        "inclusions": RULING.inclusions,
        "scale": RULING.scale,
        "grade": RULING.grade,
        "method": RULING.method,
        "signed_by": "Desk",
        "signed_at": "2026-11-22T12:00:00Z",
    },
    "change_correction": {"remains": "The 21 dead of Almaty were not taken back."},
    "change_ruling": {"high": 28},
    "change_evidence": {"note": "The list was begun on 6 January."},
    "change_tie": {"basis": "cited", "reference": "https://police.example/press-service"},
    "change_interest": {"basis": "cited", "reference": "https://police.example/statement"},
    "change_event": {"description": EVENT_DETAIL.description},
    "change_tally": {"cumulative": True},
    "change_source": {"country": "KZ"},
    "change_document": {"archive_url": "https://archive.example/almaty"},
    "change_claim": {"note": "The same police gave 'several' to another agency."},
    "change_report": {"hedge": "reportedly"},
    "change_review": {"upholds": False},
}
