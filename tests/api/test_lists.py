"""What the lists find: each filter lets through what it says, and an unknown one is never ignored."""

from __future__ import annotations

import pytest

from tests.api.telling import Api, Json


def texts(items: list[Json]) -> list[str]:
    return [item["text"] for item in items]


def test_a_claim_in_a_list_says_where_it_stands(api: Api) -> None:
    tally = api.post("/v1/tallies", title="Attackers killed", measure="killed", event=api.event())["id"]
    claim = api.claim(tally=tally)
    api.report(claim, "Interior Ministry", "Khabar 24", "Tass", document={"published": "2022-01-06"})

    [item] = api.items("/v1/claims")

    assert item | {"flags": []} == {
        "id": claim,
        "text": "Dozens of attackers were killed.",
        "kind": "figure",
        "state": "accepted",
        "event": api.event(),
        "event_title": "Unrest in Kazakhstan",
        "tally": tally,
        "tally_title": "Attackers killed",
        "status": "standing",
        "verdict": "single",
        "documents": 1,
        "certain": 1,
        "possible": 0,
        "parties": 1,
        "first_published": "2022-01-06",
        "flags": [],
        "stale": False,
    }
    assert {"unverified_figure", "single_origin"} <= set(item["flags"])


def test_claims_are_found_by_words_in_any_case_and_the_last_one_by_its_beginning(api: Api) -> None:
    api.claim("Dozens of attackers were killed.")
    api.claim("Eight police officers were killed.")

    assert texts(api.items("/v1/claims", q="DOZENS")) == ["Dozens of attackers were killed."]
    assert texts(api.items("/v1/claims", q="killed off")) == ["Eight police officers were killed."]
    assert api.items("/v1/claims", q="killed dozens eight") == []


PARTS = [
    ("Interior Ministry", "origin", ["through two"]),
    ("Interior Ministry", "carrier", []),
    ("Khabar 24", "origin", []),
    ("Khabar 24", "carrier", ["through two", "khabar alone"]),
    ("Tass", "publisher", ["through two", "khabar alone", "nobody named"]),
    ("Tass", "origin", []),
    ("Tass", "carrier", []),
    ("Tass", "any", ["through two", "khabar alone", "nobody named"]),
    ("Khabar 24", "any", ["through two", "khabar alone"]),
    ("Interior Ministry", "any", ["through two"]),
    ("Health Ministry", "origin", ["on its own site"]),
    ("RIA", "origin", ["own count"]),
]


def test_a_source_is_found_by_the_part_it_plays_and_a_carrier_is_never_an_origin(
    api: Api, subtests: pytest.Subtests
) -> None:
    api.report(api.claim("through two"), "Interior Ministry", "Khabar 24", "Tass")
    api.report(api.claim("khabar alone"), "Khabar 24", "Tass")
    api.report(api.claim("nobody named"), "Tass")
    api.report(api.claim("on its own site"), "Health Ministry")
    api.report(api.claim("own count"), "RIA", own_basis="compiled")

    for source, role, found in PARTS:
        with subtests.test(source, role=role):
            whose = api.source(source)
            assert texts(api.items("/v1/claims", source=whose, role=role)) == found
            assert texts(api.items(f"/v1/sources/{whose}/claims", role=role)) == found
            for noun in ("figures", "reports"):
                assert [item["claim_text"] for item in api.items(f"/v1/{noun}", source=whose, role=role)] == found


def test_filters_on_reports_must_be_met_by_one_report(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass", document={"language": "ru", "published": "2022-01-06"})
    api.report(claim, "Interior Ministry", "Die Welt", document={"language": "de", "published": "2022-01-08"})

    tass = api.source("Tass")

    assert len(api.items("/v1/claims", publisher=tass, language="ru")) == 1
    assert api.items("/v1/claims", publisher=tass, language="de") == []
    assert api.items("/v1/claims", publisher=tass, published_from="2022-01-07") == []
    assert len(api.items("/v1/figures", published_from="2022-01-07")) == 1


def test_a_document_of_a_month_may_have_been_published_on_each_of_its_days(api: Api) -> None:
    api.document("Tass", published="2022-01", title="month")
    api.document("Tass", published="2022-02-01", title="later")
    api.document("Tass", title="unknown")

    found = api.items("/v1/documents", published_from="2022-01-10", published_to="2022-01-20")

    assert [(item["title"], item["published_at"]) for item in found] == [("month", "2022-01")]


def test_a_language_finds_its_regional_forms_and_no_other_language(api: Api) -> None:
    for language in ("en", "en-GB", "enm", "de"):
        api.document("Tass", language=language)

    found = api.items("/v1/documents", language="EN")

    assert [item["language"] for item in found] == ["en", "en-GB"]


def test_a_figure_has_its_chain_origin_first_and_what_would_clear_it(api: Api) -> None:
    api.report(api.claim(), "Interior Ministry", "Khabar 24", "Tass")

    [figure] = api.items("/v1/figures", flag="unverified_figure")

    assert figure["chain"] == ["Interior Ministry", "Khabar 24", "Tass"]
    assert figure["chains"] == [figure["chain"]]
    assert figure["origin_class"] == "named"
    assert (figure["text"], figure["qualifier"], figure["value"], figure["low"]) == ("dozens", "vague", None, 24)
    assert figure["quote"] is None
    assert "not held" in figure["no_quote_reason"]
    [flag] = [flag for flag in figure["flags"] if flag["rule"] == "unverified_figure"]
    assert flag["clears_when"]
    assert flag["reason"]


def test_parallel_carriers_are_several_chains(api: Api) -> None:
    ministry, tass, ria, welt = (api.source(name) for name in ("Interior Ministry", "Tass", "RIA", "Die Welt"))
    hops = [
        {"upstream": ministry, "downstream": tass},
        {"upstream": ministry, "downstream": ria},
        {"upstream": tass, "downstream": welt},
        {"upstream": ria, "downstream": welt},
    ]
    api.report(api.claim(), "Die Welt", attributions=hops)

    [figure] = api.items("/v1/figures")

    assert figure["chains"] == [["Interior Ministry", "Tass", "Die Welt"], ["Interior Ministry", "RIA", "Die Welt"]]


def test_figures_are_bounded_by_what_their_words_allow(api: Api) -> None:
    claim = api.claim()
    for printed in ("8", "164", "more than 1,000"):
        api.report(claim, "Tass", figure=printed)

    assert [item["text"] for item in api.items("/v1/figures", low=100)] == ["164", "more than 1,000"]
    assert [item["text"] for item in api.items("/v1/figures", high=200)] == ["8", "164"]
    assert [item["text"] for item in api.items("/v1/figures", qualifier="more_than")] == ["more than 1,000"]
    assert [item["value"] for item in api.items("/v1/figures", sort="-low")] == [1000, 164, 8]


def test_proposed_readings_count_only_where_they_are_asked_for(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Tass", state="proposed")
    api.report(claim, "RIA", state="rejected")

    assert api.items("/v1/reports") == []
    assert api.items("/v1/figures") == []
    assert [item["state"] for item in api.items("/v1/reports", include="proposed")] == ["proposed"]
    assert len(api.items("/v1/figures", include="proposed")) == 1
    assert len(api.items("/v1/claims", publisher=api.source("Tass"), include="proposed")) == 1
    assert api.items("/v1/claims", publisher=api.source("Tass")) == []


def test_several_flags_must_all_have_been_found(api: Api) -> None:
    api.report(api.claim("vague"), "Interior Ministry", "Tass", figure="dozens")
    api.report(api.claim("exact"), "Interior Ministry", "Tass", figure="8")

    assert texts(api.items("/v1/claims", flag=["unverified_figure", "vague_figure"])) == ["vague"]
    assert texts(api.items("/v1/claims", flag=["unverified_figure"])) == ["vague", "exact"]
    assert [item["text"] for item in api.items("/v1/figures", flag=["unverified_figure", "vague_figure"])] == ["dozens"]


def test_claims_and_figures_are_found_by_measure_verdict_status_and_kind(api: Api) -> None:
    api.report(api.claim("killed"), "Interior Ministry", "Tass")
    api.claim("that it happened", kind="event")

    assert texts(api.items("/v1/claims", measure="killed")) == ["killed"]
    assert texts(api.items("/v1/claims", verdict="not_established")) == ["that it happened"]
    assert texts(api.items("/v1/claims", kind="event", status="standing")) == ["that it happened"]
    assert api.items("/v1/figures", measure="injured") == []


def test_sources_are_found_by_any_name_in_any_script(api: Api) -> None:
    tass = api.source("Tass", names=[{"name": "ТАСС", "language": "ru"}, {"name": "塔斯社", "language": "zh"}])
    api.source("Khabar 24", country="KZ")

    for q in ("tass", "тас", "塔斯", "塔斯社"):
        assert [item["id"] for item in api.items("/v1/sources", q=q)] == [tass], q
    assert [item["name"] for item in api.items("/v1/sources", country="kz")] == ["Khabar 24"]
    assert [item["name"] for item in api.items("/v1/sources", kind="news_agency")] == ["Tass"]
    assert [item["name"] for item in api.items("/v1/sources", sort="name")] == ["Khabar 24", "Tass"]


def test_a_source_of_two_countries_is_found_by_each(api: Api) -> None:
    api.source("Masa Media", country="KZ/US")

    assert len(api.items("/v1/sources", country="US")) == len(api.items("/v1/sources", country="KZ")) == 1
    assert api.items("/v1/sources", country="K") == []


def test_documents_are_found_by_what_they_report(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass", document={"title": "Night in Almaty"})
    api.document("Tass", title="Weather")

    for parameters in ({"claim": claim}, {"event": api.event()}, {"q": "night almaty"}):
        assert [item["title"] for item in api.items("/v1/documents", **parameters)] == ["Night in Almaty"]
    assert len(api.items("/v1/documents", publisher=api.source("Tass"))) == 2


def test_findings_are_listed_by_rule_claim_and_event(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")

    [finding] = api.items("/v1/flags", rule="unverified_figure", claim=claim)

    assert (finding["claim"], finding["figures"]) == (claim, 1)
    assert finding["evidence"]
    both = api.items("/v1/flags", rule=["unverified_figure", "vague_figure"], event=api.event())
    assert {item["rule"] for item in both} == {"unverified_figure", "vague_figure"}


def test_events_tallies_and_reviews_are_found_by_what_they_are_about(api: Api) -> None:
    other = api.event("Floods in Spain")
    tally = api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())["id"]
    part = api.post("/v1/tallies", title="Police killed", measure="killed", event=api.event(), parent=tally)["id"]
    api.post("/v1/tallies", title="Missing", measure="missing", event=other)
    review = api.post("/v1/reviews", claim=api.claim(), author="Desk", rating="open", reasons="One origin.")["id"]

    assert [item["title"] for item in api.items("/v1/events", q="floods")] == ["Floods in Spain"]
    assert [item["id"] for item in api.items("/v1/tallies", event=api.event())] == [tally, part]
    assert [item["id"] for item in api.items("/v1/tallies", parent=tally)] == [part]
    assert [item["title"] for item in api.items("/v1/tallies", measure="missing")] == ["Missing"]
    assert [item["id"] for item in api.items("/v1/reviews", event=api.event(), author="Desk")] == [review]
    assert api.items("/v1/reviews", upholds="true") == []


NOT_APPLICABLE = [
    ("/v1/claims", "publshed_from", "2022"),
    ("/v1/claims", "event", "evt_unknown"),
    ("/v1/claims", "event", "clm_wrongkind"),
    ("/v1/claims", "source", "src_\x00"),
    ("/v1/claims", "flag", "unverified"),
    ("/v1/claims", "measure", "kil\x00led"),
    ("/v1/claims", "published_from", "yesterday"),
    ("/v1/claims", "published_to", "2022-02-30"),
    ("/v1/claims", "verdict", "true"),
    ("/v1/claims", "limit", "0"),
    ("/v1/claims", "limit", "201"),
    ("/v1/claims", "sort", "title"),
    ("/v1/figures", "low", "inf"),
    ("/v1/figures", "report", "rep_unknown"),
    ("/v1/flags", "rule", "unverified"),
    ("/v1/flags/rules", "key", "unverified_figure"),
    ("/v1/search", "query", "dozens"),
    ("/v1/reviews", "upholds", "perhaps"),
    ("/v1/vocabulary", "x", "y"),
]


def test_a_filter_that_cannot_be_applied_is_refused_by_name(api: Api, subtests: pytest.Subtests) -> None:
    for address, parameter, value in NOT_APPLICABLE:
        with subtests.test(address, parameter=parameter, value=value):
            problem = api.refused("GET", address, 422, params={parameter: value})
            assert any(parameter in error["field"] for error in problem["errors"]), problem
            assert all(error["remedy"] for error in problem["errors"])


def test_a_misspelt_filter_is_answered_with_those_there_are(api: Api) -> None:
    problem = api.refused("GET", "/v1/claims?evnet=evt_a", 422)

    assert problem["errors"] == [
        {
            "field": "evnet",
            "message": "evnet: there is no such parameter.",
            "remedy": "Known here: as_of, cursor, event, flag, include, kind, known_at, language, limit, measure, "
            "published_from, published_to, publisher, q, role, sort, source, status, tally, verdict.",
        }
    ]


@pytest.mark.parametrize("parameter", ["event", "published_to", "as_of", "flag"])
def test_a_filter_that_is_empty_is_neither_left_out_nor_looked_for(api: Api, parameter: str) -> None:
    problem = api.refused("GET", f"/v1/claims?q=&{parameter}=", 422)

    assert problem["errors"] == [
        {
            "field": parameter,
            "message": f"{parameter}: it is empty.",
            "remedy": "Give it a value, or leave it out.",
        }
    ]


@pytest.mark.parametrize("address", ["/v1/figures?measure", "/v1/claims?source", "/claims?source"])
def test_a_filter_that_is_not_in_utf_8_is_refused_by_its_name(api: Api, address: str) -> None:
    answer = api.send("GET", f"{address}=%FF%FE", headers={"Accept": "application/json"})

    assert answer.status_code == 422
    assert "it is not in UTF-8" in answer.text.replace("It is", "it is")


def test_a_filter_that_is_given_twice_and_counts_once_is_refused(api: Api) -> None:
    problem = api.refused("GET", "/v1/claims?language=en&language=ru", 422)

    assert problem["errors"][0]["field"] == "language"
