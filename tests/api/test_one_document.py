"""All that one document states, read in one go: the same as each report and figure tells of itself."""

from __future__ import annotations

import sqlalchemy as sa

from provenance.storage.reads.documents import documents_called
from provenance.storage.reads.figures import figure_details_in
from provenance.storage.reads.reports import details_in
from provenance.storage.session import reading
from tests.api.telling import Api


def test_all_reports_and_figures_of_a_document_are_read_as_each_is_read_alone(api: Api) -> None:
    document = api.document("Die Welt", text="Dozens were killed, Tass said. Eight were hurt. Nobody knows.")
    claim = api.claim()
    hops = [{"upstream": api.source("Tass"), "downstream": api.source("Die Welt")}]
    for words, state in (
        ("Dozens were killed", "accepted"),
        ("Eight were hurt", "proposed"),
        ("Nobody knows", "rejected"),
    ):
        figures = [{"text": words.split()[0]}] if state != "rejected" else []
        given = {"claim": claim, "document": document, "quote": words, "state": state, "attributions": hops}
        api.post("/v1/reports", **given, figures=figures)
    other = api.report(claim, "Tass", "Die Welt")
    ids = [one["id"] for one in api.items("/v1/reports", document=document, include="proposed")]
    rejected = [one["id"] for one in api.items("/v1/reports", document=document, state="rejected")]

    with reading(api.app.state.engine) as session:
        told = details_in(session, document)
        printed = figure_details_in(session, document)
        called = documents_called(session, [document, "doc_aaaaaaaaaaaaaaaa"])

    assert [one.id for one in told] == [*ids, *rejected]
    assert [one.model_dump(mode="json") for one in told] == [api.get(f"/v1/reports/{one.id}") for one in told]
    assert [one.text for one in printed] == ["Dozens", "Eight"]
    assert [one.model_dump(mode="json") for one in printed] == [api.get(f"/v1/figures/{one.id}") for one in printed]
    assert list(called) == [document]
    assert other["id"] not in {one.id for one in told}


def test_ten_reports_cost_as_many_queries_as_one(api: Api) -> None:
    document = api.document("Die Welt", text="Dozens were killed, Tass said.")
    counts = []
    for number in (1, 9):
        for _ in range(number):
            api.post("/v1/reports", claim=api.claim(), document=document, figures=[{"text": "Dozens"}])
        counts.append(_queries(api, document))

    assert counts[0] == counts[1]


def _queries(api: Api, document: str) -> int:
    asked: list[str] = []

    def hear(*said: object) -> None:
        asked.append(str(said[2]))

    engine = api.app.state.engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    try:
        with reading(engine) as session:
            details_in(session, document)
            figure_details_in(session, document)
    finally:
        sa.event.remove(engine, "before_cursor_execute", hear)
    return len(asked)
