"""Which figures compete in a tally, over HTTP: the ledger, its series, and words read under another policy."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.telling import Api, Json

POLICE = ("Saltanat Azirbek", "Khabar 24", "Tass")
WITNESS = ("Eyewitness", "Die Welt")


def tally(api: Api, title: str = "Attackers killed", **more: Any) -> str:
    given = {"measure": "killed", "counted": "attackers", "place": "Almaty", "period": "night", "cumulative": True}
    identity: str = api.post("/v1/tallies", title=title, event=api.event(), **{**given, **more})["id"]
    return identity


def told(api: Api, tally: str, figure: str, on: str, *chain: str) -> str:
    """A claim of the tally that one document states."""
    claim = api.claim(f"{figure} were killed.", tally=tally)
    api.report(claim, *(chain or POLICE), figure=figure, document={"published": on})
    return claim


def entry(ledger: Json, claim: str) -> Json:
    found: Json = next(figure for figure in ledger["figures"] if figure["claim"] == claim)
    return found


def test_a_tally_keeps_what_it_said_and_shows_its_ledger(api: Api) -> None:
    whole = tally(api)
    part = tally(api, "Attackers killed at the airport", parent=whole)
    dozens, ten = told(api, whole, "dozens", "2022-01-06"), told(api, whole, "about ten", "2022-01-07", *WITNESS)
    told(api, part, "2", "2022-01-06")
    ledger = api.get(f"/v1/tallies/{whole}")
    assert ledger["title"] == "Attackers killed"
    assert [one["id"] for one in ledger["parts"]] == [part]
    assert [(one["text"], one["low"], one["high"], one["status"]) for one in ledger["figures"]] == [
        ("dozens", 24, None, "contradicted"),
        ("about ten", 9, 11, "contradicted"),
    ]
    assert [one["figures"][0]["text"] for one in ledger["figures_of_parts"]] == ["2"]
    assert entry(ledger, ten)["origins"] == [
        {"source": "Eyewitness", "source_id": api.source("Eyewitness"), "class": "first_hand", "established": True}
    ]
    assert ledger["pairs"] == [
        {"claim": dozens, "other": ten, "answer": "yes", "field": None, "relation": "conflicting"}
    ]
    assert (ledger["policy"], ledger["as_of"], ledger["known_at"]) == ("plain", None, None)


def test_a_later_and_larger_total_updates_the_earlier_one_which_stands(api: Api) -> None:
    whole = tally(api)
    first, second = told(api, whole, "18", "2022-01-06"), told(api, whole, "26", "2022-01-08")
    ledger = api.get(f"/v1/tallies/{whole}")
    assert [(one["status"], one["updated_by"], one["superseded_by"]) for one in ledger["figures"]] == [
        ("standing", [second], []),
        ("standing", [], []),
    ]
    assert entry(ledger, first)["parties"] == [{"name": "Saltanat Azirbek", "established": True}]


def test_a_part_that_is_larger_than_its_later_whole_is_something_to_look_at(api: Api) -> None:
    whole = tally(api, counted=None)
    part = tally(api, "At the airport", parent=whole, counted=None)
    larger, smaller = told(api, part, "30", "2022-01-06"), told(api, whole, "20", "2022-01-08", *WITNESS)
    told(api, part, "40", "2022-01-09")
    [note] = api.get(f"/v1/tallies/{whole}")["notes"]
    assert note["claims"] == [larger, smaller]
    assert note["says"] == "“30” in the part “At the airport” is larger than the later “20” for the whole."


def test_a_moment_leaves_out_what_was_published_later_and_counts_what_may_have_been(api: Api) -> None:
    whole = tally(api)
    first = told(api, whole, "18", "2022-01-06")
    told(api, whole, "26", "2022-01-08")
    api.report(first, *WITNESS, figure="18", document={"published": "2022-01"})
    ledger = api.get(f"/v1/tallies/{whole}", as_of="2022-01-07")
    [one] = ledger["figures"]
    assert (one["documents"], one["certain"], one["possible"], one["updated_by"]) == (2, 1, 1, [])
    assert ledger["as_of"].startswith("2022-01-07T23:59")


def test_a_signed_range_stands_beside_the_figures_and_changes_none(api: Api) -> None:
    whole = tally(api)
    told(api, whole, "dozens", "2022-01-06")
    before = api.get(f"/v1/tallies/{whole}")["figures"]
    api.post(
        "/v1/rulings",
        kind="range",
        tally=whole,
        low=10,
        high=26,
        method="Both accounts, no words.",
        signed_by="Desk",
        signed_at="2026-11-22T12:00:00Z",
    )
    ledger = api.get(f"/v1/tallies/{whole}")
    assert [(one["low"], one["high"], one["signed_by"]) for one in ledger["rulings"]] == [(10, 26, "Desk")]
    assert ledger["figures"] == before


def test_a_tally_is_changed_by_the_tag_of_the_ledger_that_was_read(api: Api) -> None:
    whole = tally(api)
    tag = api.send("GET", f"/v1/tallies/{whole}").headers["etag"]
    told(api, whole, "18", "2022-01-06")
    stale = {"json": {"title": "Killed"}, "headers": {"If-Match": tag}}
    api.refused("PATCH", f"/v1/tallies/{whole}", 412, **stale)
    tag = api.send("GET", f"/v1/tallies/{whole}").headers["etag"]
    changed = api.send("PATCH", f"/v1/tallies/{whole}", json={"title": "Killed"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["title"], len(changed.json()["figures"])) == (200, "Killed", 1)


def test_the_series_has_a_line_for_each_party_and_marks_for_what_was_taken_back(api: Api) -> None:
    whole = tally(api)
    first = told(api, whole, "18", "2022-01-06")
    told(api, whole, "26", "2022-01-08")
    told(api, whole, "dozens", "2022-01-07", *WITNESS)
    api.post("/v1/corrections", kind="denial", by=api.source("Health Ministry"), claim=first, effective="2022-01-07")
    series = api.get(f"/v1/tallies/{whole}/series", policy="acled")
    assert [
        (line["party"], line["established"], [(point["at"], point["low"], point["high"]) for point in line["points"]])
        for line in series["series"]
    ] == [
        ("Saltanat Azirbek", True, [("2022-01-06", 18, 18), ("2022-01-08", 26, 26)]),
        ("Eyewitness", True, [("2022-01-07", 12, 12)]),
    ]
    assert [(mark["kind"], mark["by"], mark["claim"], mark["at"]) for mark in series["corrections"]] == [
        ("denial", "Health Ministry", first, "2022-01-07")
    ]


@pytest.mark.parametrize("address", ["/v1/tallies/{tally}", "/v1/tallies/{tally}/series", "/v1/figures"])
def test_an_unknown_policy_is_refused_with_those_there_are(api: Api, address: str) -> None:
    problem = api.refused("GET", address.format(tally=tally(api)), 422, params={"policy": "mine"})
    [error] = problem["errors"]
    assert error["field"] == "policy"
    assert "plain" in error["remedy"]
    assert "acled" in error["remedy"]


@pytest.mark.parametrize("address", ["/v1/tallies/tal_nothing", "/v1/tallies/tal_nothing/series"])
def test_a_tally_that_is_not_there_is_not_found(api: Api, address: str) -> None:
    api.refused("GET", address, 404)


class TestFiguresUnderAPolicy:
    @pytest.fixture
    def figures(self, api: Api) -> dict[str, str]:
        """Public ids of figures by what they print, in documents of several languages."""
        claim = api.claim()
        printed = [("dozens", "en"), ("десятки", "ru"), ("des dizaines", "fr"), ("hundreds", "en"), ("26", "en")]
        reports = [
            api.report(claim, "Interior Ministry", f"Paper {language}", figure=text, document={"language": language})
            for text, language in printed
        ]
        return {report["figures"][0]["text"]: report["figures"][0]["id"] for report in reports}

    def test_words_are_read_anew_and_numbers_stay(self, api: Api, figures: dict[str, str]) -> None:
        read = {
            policy: {one["text"]: (one["low"], one["high"]) for one in api.items("/v1/figures", policy=policy)}
            for policy in ("plain", "acled")
        }
        assert read["plain"]["dozens"] == (24, None)
        assert read["acled"] == {
            "dozens": (12, 12),
            "десятки": (10, 10),
            "des dizaines": (10, 10),
            "hundreds": (100, 100),
            "26": (26, 26),
        }
        assert read["plain"]["26"] == read["acled"]["26"]

    def test_the_default_is_plain(self, api: Api, figures: dict[str, str]) -> None:
        assert api.items("/v1/figures") == api.items("/v1/figures", policy="plain")

    @pytest.mark.parametrize(
        ("policy", "found"),
        [("plain", {"26"}), ("acled", {"dozens", "26"})],
        ids=["no word is bounded", "dozens are 12"],
    )
    def test_filters_hold_for_the_policy_that_is_asked_for(
        self, api: Api, figures: dict[str, str], policy: str, found: set[str]
    ) -> None:
        assert {one["text"] for one in api.items("/v1/figures", low=11, high=90, policy=policy)} == found

    def test_pages_in_the_order_of_a_policy_hold_each_figure_once(self, api: Api, figures: dict[str, str]) -> None:
        first = api.get("/v1/figures", sort="-low", policy="acled", limit=2)
        second = api.get("/v1/figures", sort="-low", policy="acled", limit=3, cursor=first["next"])
        assert [one["low"] for one in (*first["items"], *second["items"])] == [100, 26, 12, 10, 10]
        api.refused("GET", "/v1/figures", 422, params={"sort": "-low", "cursor": first["next"]})

    def test_one_figure_is_read_under_it_too(self, api: Api, figures: dict[str, str]) -> None:
        one = api.get(f"/v1/figures/{figures['десятки']}", policy="acled")
        assert (one["low"], one["high"]) == (10, 10)
        assert api.get(f"/v1/figures/{figures['десятки']}")["low"] == 20
