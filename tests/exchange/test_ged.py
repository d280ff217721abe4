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
        ({"measure": "unicorns"}, "measure"),
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


def test_a_ruling_on_a_page_holds_on_every_day_and_a_range_from_its_signature(api: Api, told: Json) -> None:
    [hop, *_] = api.get(f"/v1/claims/{told['four']}/trace")["edges"]
    ends = {"upstream": hop["upstream_id"], "downstream": hop["downstream_id"]}
    api.post("/v1/rulings", kind="cut", claim=told["four"], **ends, **SIGNED)
    api.post("/v1/rulings", kind="range", tally=told["civilians"], low=4, high=4, **SIGNED)

    for day, ranges in (("2022-01-09", 0), ("2022-02-02", 1)):
        at = {"as_of": day}
        ledger = api.get(f"/v1/tallies/{told['civilians']}", **at)
        trace = api.get(f"/v1/claims/{told['four']}/trace", **at)
        drawn = api.send("GET", f"/v1/claims/{told['four']}/graph", params={"format": "graphml", **at})
        told_so = api.send("GET", f"/v1/claims/{told['four']}/provenance", params={"format": "prov-n", **at})
        assert [one["row"] for one in table(api, told, **at)].count("ruling") == ranges
        assert len(ledger["rulings"]) == len(api.items("/v1/rulings", kind="range", **at)) == ranges
        assert len(api.items("/v1/rulings", kind="cut", **at)) == 1
        assert any(edge["cut"] for edge in trace["edges"])
        assert "Two editors read both pages." in drawn.text, drawn.text
        assert "Two editors read both pages." in told_so.text, told_so.text


def test_rows_say_what_the_ledger_says_and_none_that_is_contradicted_has_a_best(january_server: str) -> None:
    rows = list(csv.DictReader(io.StringIO(httpx.get(ged(january_server)).text, newline="")))
    tallies = {each["tally"] for each in rows if each["tally"]}
    ledgers = [httpx.get(f"{january_server}/v1/tallies/{tally}").json() for tally in tallies]
    words = {figure["figure"]: figure["status"] for ledger in ledgers for figure in ledger["figures"]}

    compared = [row for row in rows if set(row["figures"].split(" | ")) & set(words)]
    assert {row["ledger_status"] for row in rows if row not in compared} <= {""}
    assert all(row["ledger_status"] in {words.get(id) for id in row["figures"].split(" | ")} for row in compared)
    assert {"standing", "contradicted"} <= {row["ledger_status"] for row in compared}
    assert {row["ledger_status"] for row in rows if row["best"] and row["tally"] and row["claim"]} == {"standing"}


def test_the_page_on_the_table_tells_the_truth_of_its_examples(january_server: str) -> None:
    page = " ".join((Path(__file__).parents[2] / "docs" / "ged-table.md").read_text(encoding="utf-8").split())
    [plain], [acled], [protesters] = (
        [
            row
            for row in csv.DictReader(io.StringIO(httpx.get(ged(january_server), params=asked).text, newline=""))
            if row["claim_text"].startswith(claim)
        ]
        for asked, claim in (
            ({}, "Dozens of attackers"),
            ({"policy": "acled"}, "Dozens of attackers"),
            ({}, "208 protesters"),
        )
    )

    assert f"`number_of_sources` {plain['number_of_sources']}," in page
    assert f"`low` {plain['low']} with `low_from` {plain['low_from']}:" in page
    assert f"`low` is {acled['low']} and `high` {acled['high']} with `high_from` {acled['high_from']}," in page
    assert (plain["high"], plain["best"]) == ("", "")
    assert "TASS" not in plain["source_original"]
    assert "Almaty city police department" in plain["source_original"]
    assert f"`status` `{protesters['status']}`," in page
    assert f"`ledger_status` `{protesters['ledger_status']}`," in page
    assert protesters["best"] == ""


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


def ged(base: str) -> str:
    return f"{base}/v1/events/{january(base)}/ged.csv"


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
