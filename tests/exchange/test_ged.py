"""Figures in the columns that recorders of casualties keep: nothing is averaged, guessed or counted twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from tests.api.telling import Api, Json, Story, story
from tests.databases import Databases

proves = pytest.mark.proves("ged", "writes", by="duckdb")
MINISTRY, HEALTH, KHABAR, TASS = "Interior Ministry", "Health Ministry", "Khabar 24", "Tass"
SIGNED = {"method": "Two editors read both pages.", "signed_by": "Desk", "signed_at": "2022-02-01T12:00:00Z"}


@pytest.fixture(scope="module")
def told_once(databases: Databases) -> Iterator[Story]:
    """Three tolls of one night, told once on each kind of database and cloned for every test."""
    with story(databases, tell) as told:
        yield told


@pytest.fixture
def api(told_once: Story) -> Iterator[Api]:
    """The app on a database that holds them."""
    with told_once.running() as api:
        yield api


@pytest.fixture
def told(told_once: Story) -> Json:
    """Their ids."""
    return told_once.told


def tell(api: Api) -> Json:
    event, given = api.event(), {"measure": "killed", "place": "Almaty"}
    attackers = api.post("/v1/tallies", title="Attackers", event=event, counted="attackers", cumulative=True, **given)
    civilians = api.post("/v1/tallies", title="Civilians", event=event, counted="civilians", cumulative=False, **given)
    dozens = api.claim("Dozens of attackers were killed.", tally=attackers["id"], happened="2022-01-06")
    api.report(dozens, MINISTRY, KHABAR, TASS, document={"published": "2022-01-06", "title": "Dozens, Tass says"})
    api.report(dozens, KHABAR, "Die Welt", figure="26", document={"published": "2022-01-07", "title": "26 | at least"})
    api.report(dozens, TASS, "RIA", figure="3", stance="denies", document={"published": "2022-01-07"})
    four = api.claim("Four civilians were killed.", tally=civilians["id"])
    for outlet in ("Interfax", TASS):
        api.report(four, HEALTH, outlet, figure="4", document={"published": "2022-01-08"})
    return {"event": event, "attackers": attackers["id"], "civilians": civilians["id"], "dozens": dozens, "four": four}


def test_a_claim_has_the_widest_bounds_of_its_figures_and_no_best_where_they_differ(api: Api, told: Json) -> None:
    dozens = row(api, told, claim=told["dozens"])

    assert (dozens["low"], dozens["high"], dozens["best"], dozens["best_basis"]) == ("24", None, None, None)
    assert (dozens["counted"], dozens["place"], dozens["verdict"], dozens["parties"]) == (
        *("attackers", "Almaty"),
        *("single", "1"),
    )
    assert (dozens["date_start"], dozens["date_end"], dozens["date_prec"], dozens["event_clarity"]) == (
        *("2022-01-06", "2022-01-06"),
        *("1", "2"),
    )
    assert dozens["where_prec"] is None


def test_sources_are_the_documents_that_assert_it_and_an_outlet_is_never_the_original(api: Api, told: Json) -> None:
    dozens = row(api, told, claim=told["dozens"])

    assert dozens["number_of_sources"] == "2"
    assert dozens["source_office"] == "Tass | Die Welt"
    assert dozens["source_headline"] == "Dozens, Tass says | 26 \\| at least"
    assert dozens["source_article"].startswith("Tass, 2022-01-06, Dozens, Tass says | Die Welt, 2022-01-07, ")
    assert dozens["source_original"] == MINISTRY


def test_one_figure_that_all_print_alike_is_best_until_its_claim_is_taken_back(api: Api, told: Json) -> None:
    before = row(api, told, claim=told["four"])
    api.post("/v1/corrections", kind="retraction", by=api.source(HEALTH), claim=told["four"], effective="2022-01-09")
    after = row(api, told, claim=told["four"])

    assert (before["best"], before["best_basis"], before["deaths_civilians"]) == ("4", "one_figure", "4")
    assert (after["best"], after["low"], after["status"], after["deaths_civilians"]) == (None, "4", "retracted", None)


def test_the_last_ruling_of_a_tally_has_a_row_of_its_own(api: Api, told: Json) -> None:
    of = {"kind": "range", "tally": told["attackers"], **SIGNED}
    api.post("/v1/rulings", **of | {"low": 10, "high": 30, "signed_at": "2022-01-20T12:00:00Z"})
    api.post("/v1/rulings", **of | {"low": 26, "high": 26})
    [ruled] = [one for one in table(api, told, side_b="attackers") if one["row"] == "ruling"]

    assert (ruled["low"], ruled["best"], ruled["high"], ruled["best_basis"]) == ("26", "26", "26", "ruling")
    assert (ruled["deaths_b"], ruled["deaths_a"], ruled["claim"], ruled["number_of_sources"]) == (
        "26",
        None,
        None,
        None,
    )


def test_a_range_that_is_no_single_number_has_no_best(api: Api, told: Json) -> None:
    api.post("/v1/rulings", kind="range", tally=told["attackers"], low=10, high=30, **SIGNED)
    [ruled] = [one for one in table(api, told) if one["row"] == "ruling"]

    assert (ruled["low"], ruled["best"], ruled["high"], ruled["best_basis"]) == ("10", None, "30", None)


def test_what_was_published_later_is_in_no_row_as_of_a_day(api: Api, told: Json) -> None:
    dozens = row(api, told, claim=told["dozens"], as_of="2022-01-06")
    few = row(api, told, claim=told["dozens"], as_of="2022-01-06", policy="acled")

    assert (dozens["number_of_sources"], dozens["source_office"], dozens["low"]) == ("1", TASS, "24")
    assert few["low"] == "12"
    assert told["four"] not in [one["claim"] for one in table(api, told, as_of="2022-01-06")]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"side_a": "martians"}, "side_a"),
        ({"side_a": "attackers", "side_b": "attackers"}, "side_b"),
        ({"policy": "mine"}, "policy"),
        ({"limit": "5"}, "limit"),
        ({"as_of": "yesterday"}, "as_of"),
    ],
    ids=str,
)
def test_a_side_that_nobody_counts_is_refused(january_server: str, question: dict[str, str], field: str) -> None:
    answer = httpx.get(f"{january_server}/v1/events/{january(january_server)}/ged.csv", params=question)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_an_event_that_is_not_there_is_a_404(january_server: str) -> None:
    assert httpx.get(f"{january_server}/v1/events/evt_nothing/ged.csv").status_code == 404


@proves
def test_a_recorder_sums_up_what_stands(january_server: str, tmp_path: Path) -> None:
    base = f"{january_server}/v1/events/{january(january_server)}/ged"
    question = {"side_a": ["security forces", "National Guard", "armed forces"], "side_b": "attackers"}
    for form in ("csv", "parquet"):
        (tmp_path / f"ged.{form}").write_bytes(httpx.get(f"{base}.{form}", params=question).content)
    told, typed = (
        duckdb.sql(
            "SELECT claim, counted, best, low, high, number_of_sources, deaths_a, deaths_b, deaths_civilians "
            f"FROM '{tmp_path}/ged.{form}' ORDER BY claim, counted, place"
        )
        for form in ("csv", "parquet")
    )
    assert told is not None
    assert typed is not None
    rows = told.fetchall()

    assert rows == typed.fetchall()
    [killed_by_stray_fire] = [each for each in rows if each[8] is not None and each[2] == 20]
    assert killed_by_stray_fire[1] == "civilians"
    claims = {each["id"]: each for each in httpx.get(f"{january_server}/v1/claims?limit=200").json()["items"]}
    assert {each[0] for each in rows} <= set(claims)
    assert all(claims[each[0]]["status"] == "standing" for each in rows if each[2] is not None)
    assert any(each[6] for each in rows)


def january(base: str) -> str:
    identity: str = httpx.get(f"{base}/v1/events").json()["items"][0]["id"]
    return identity


def table(api: Api, told: Json, **question: Any) -> list[Json]:
    """The rows of the table as texts; what is empty is None."""
    answer = api.send("GET", f"/v1/events/{told['event']}/ged.csv", params=question)
    assert answer.status_code == 200, answer.text
    [heading, *lines] = csv.reader(io.StringIO(answer.text, newline=""))
    return [{name: cell or None for name, cell in zip(heading, cells, strict=True)} for cells in lines]


def row(api: Api, told: Json, claim: str, **question: Any) -> Json:
    [found] = [one for one in table(api, told, **question) if one["claim"] == claim]
    return found
