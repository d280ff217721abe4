"""Nonsense is refused by the name of its field, whatever it is sent for."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import ValidationError

from provenance.analysis.recording import recording
from provenance.errors import InvalidInput
from provenance.storage.claim import ClaimCreate
from provenance.storage.document import DocumentChange, DocumentCreate
from provenance.storage.event import CoverageCreate, EventCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.record import Writable
from provenance.storage.report import AttributionCreate, ReportCreate
from provenance.storage.review import EvidenceCreate, ReviewCreate
from provenance.storage.source import SourceCreate
from provenance.storage.writes.reports import create_report
from provenance.storage.writes.reviews import create_review
from tests.records import Desk

UNFIT: list[tuple[type[Writable], dict[str, Any], str]] = [
    (EventCreate, {"title": " \t\n"}, "nothing but white space"),
    (SourceCreate, {"name": "　", "kind": "person"}, "nothing but white space"),
    (ClaimCreate, {"text": "  ", "event": "evt_x"}, "nothing but white space"),
    (DocumentCreate, {"publisher": "src_x", "url": "javascript:alert(1)"}, "no web address"),
    (DocumentCreate, {"publisher": "src_x", "url": "notaurl"}, "no web address"),
    (DocumentCreate, {"publisher": "src_x", "archive_url": "https://"}, "no web address"),
    (
        ReviewCreate,
        {"claim": "clm_x", "author": "a", "rating": "b", "reasons": "c", "url": "ftp://x"},
        "no web address",
    ),
    (EvidenceCreate, {"event": "evt_x", "kind": "video", "title": "t", "archives": ["http://[1"]}, "no web address"),
    (DocumentCreate, {"publisher": "src_x", "text": ""}, "text is not held"),
    (DocumentChange, {"text": ""}, "text is not held"),
    (DocumentCreate, {"publisher": "src_x", "language": "klingon!"}, "no language tag"),
    (CoverageCreate, {"searched_by": "a", "searched_until": "2022-01-01T00:00Z", "languages": ["x"]}, "language tag"),
    (SourceCreate, {"name": "Tass\x1b[31m", "kind": "person"}, r"control character U\+001B"),
    (AttributionCreate, {"downstream": "src_x", "as_named": "a\x9bb"}, r"control character U\+009B"),
    (ReportCreate, {"document": "doc_x", "claim": "clm_x", "hedge": "\x07"}, r"control character U\+0007"),
    (DocumentCreate, {"publisher": "src_x", "text": "a\x00b"}, "NUL"),
]


@pytest.mark.parametrize(("shape", "given", "reason"), UNFIT, ids=lambda one: one if isinstance(one, str) else "")
def test_a_field_that_says_nothing_or_harm_is_refused(
    shape: type[Writable], given: dict[str, Any], reason: str
) -> None:
    with pytest.raises(ValidationError, match=reason):
        shape.model_validate(given)


def test_a_documents_own_words_may_hold_what_the_page_held() -> None:
    said = "Kaz\x1bakh\ttext\r\n"
    assert DocumentCreate(publisher="src_x", text=said).text == said
    assert ReportCreate(document="doc_x", claim="clm_x", quote=said).quote == said


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"qualifier": "exact", "low": 5}, "qualifier"),
        ({"qualifier": "exact", "value": 5, "low": 4, "high": 6}, "qualifier"),
        ({"qualifier": "vague", "value": -5, "low": 12}, "value"),
        ({"qualifier": "at_least", "value": 5, "low": 12}, "value"),
        ({"qualifier": "more_than", "value": 20, "low": 12}, "value"),
        ({"qualifier": "fewer_than", "value": 5, "high": 12}, "value"),
        ({"qualifier": "about", "value": 50, "low": 5, "high": 8}, "value"),
        ({"qualifier": "range", "low": 12}, "qualifier"),
        ({"qualifier": "not_given", "value": 0}, "qualifier"),
        ({"qualifier": "range", "low": 12, "high": 4}, "low"),
    ],
    ids=lambda one: str(one),
)
def test_a_figure_whose_numbers_contradict_each_other_is_refused(
    engine: sa.Engine, given: dict[str, Any], field: str
) -> None:
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim, document = desk.claim().public_id, desk.document("Tass").public_id
    figure = FigureCreate.model_validate({"text": "some", **given})
    with pytest.raises(InvalidInput) as refused, recording(engine, "a test") as writer:
        create_report(writer, ReportCreate(document=document, claim=claim, figures=[figure]))
    assert refused.value.field == f"figures.0.{field}"


@pytest.mark.parametrize(("value", "best", "worst", "fits"), [(6, 5, 1, False), (2, 1, 5, True), (0, 1, 5, False)])
def test_a_rating_lies_on_its_scale_whichever_way_that_runs(
    engine: sa.Engine, value: float, best: float, worst: float, fits: bool
) -> None:
    with recording(engine, "a test") as writer:
        given = ReviewCreate(
            claim=Desk(writer).claim().public_id,
            author="a desk",
            rating="doubtful",
            reasons="No record.",
            rating_value=value,
            best_rating=best,
            worst_rating=worst,
        )
        if fits:
            assert create_review(writer, given).rating_value == value
        else:
            with pytest.raises(InvalidInput, match=r"^rating_value: "):
                create_review(writer, given)
