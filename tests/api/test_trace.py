"""The hot read: the stored trace as bytes, true to its model, never sent twice, and computed anew when it is stale."""

from __future__ import annotations

from provenance.analysis.standing import fresh_trace
from provenance.answers_trace import Trace
from tests.api.telling import Api


def test_the_trace_says_who_a_claim_is_really_from(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Khabar 24", "Tass", document={"published": "2022-01-06"})
    api.report(claim, "Khabar 24", "RIA")

    trace = Trace.model_validate(api.get(f"/v1/claims/{claim}/trace"))

    assert trace.documents == 2
    assert {(origin.source, origin.origin_class.value) for origin in trace.origins} == {
        ("Interior Ministry", "named"),
        ("Khabar 24", "not_stated"),
    }
    assert trace.independence.verdict.value == "single"
    assert [report.paths for report in trace.reports] == [
        [["Interior Ministry", "Khabar 24", "Tass"]],
        [["Khabar 24", "RIA"]],
    ]


def test_the_trace_is_sent_as_it_is_stored(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")

    answer = api.send("GET", f"/v1/claims/{claim}/trace")

    stored = fresh_trace(api.app.state.engine, claim)
    assert answer.content == stored.body
    assert answer.headers["etag"] == stored.etag
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-length"] == str(len(stored.body))


def test_who_has_the_current_trace_is_not_sent_it_again(api: Api) -> None:
    claim = api.claim()
    address = f"/v1/claims/{claim}/trace"
    etag = api.send("GET", address).headers["etag"]

    again = api.send("GET", address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)

    api.report(claim, "Interior Ministry", "Tass")
    changed = api.send("GET", address, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != etag


def test_a_stale_trace_is_computed_anew_and_so_are_the_claim_and_its_list_entry(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")
    with api.app.state.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE standing SET stale = true, documents = 7, trace = '{}'")

    assert [(item["stale"], item["documents"]) for item in api.items("/v1/claims")] == [(True, 7)]
    read = api.get(f"/v1/claims/{claim}")
    assert (read["stale"], read["documents"]) == (False, 1)
    assert api.get(f"/v1/claims/{claim}/trace")["documents"] == 1
    assert [(item["stale"], item["documents"]) for item in api.items("/v1/claims")] == [(False, 1)]


def test_a_trace_takes_no_parameters_that_it_would_ignore(api: Api) -> None:
    problem = api.refused("GET", f"/v1/claims/{api.claim()}/trace?as_off=2022", 422)

    assert problem["errors"][0]["field"] == "as_off"


def test_the_trace_of_an_unknown_claim_is_not_found(api: Api) -> None:
    for identity in ("clm_unknown", "%00", "src_" + "a" * 16, "'", "%F0%9F%98%80"):
        api.refused("GET", f"/v1/claims/{identity}/trace", 404)
