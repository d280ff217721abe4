"""Tables of claims over HTTP: a dry run, errors by row, mappings that are kept, and forms that are refused."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.api.telling import Api, Json

TOLLS = (
    "Claim,Figure,Outlet,Link,Date,Source chain\n"
    "Dozens of attackers were eliminated in Almaty.,dozens,Tass,https://tass.example/1,2022-01-06,"
    "Interior Ministry > Khabar 24 > Tass\n"
    "Eighteen officers were killed.,18,Interfax,https://interfax.example/2,2022-01-06,Interior Ministry\n"
)
EVENT = "Unrest in Kazakhstan"


def sent(api: Api, content: str | bytes, name: str = "tolls.csv", **parts: str) -> httpx.Response:
    return api.send("POST", "/v1/sheets", files={"file": (name, content)}, data={"event": EVENT, **parts})


def imported(api: Api, content: str | bytes, **parts: str) -> Json:
    answer = sent(api, content, **parts)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_each_row_becomes_a_report_with_its_chain_and_figure(api: Api) -> None:
    answer = imported(api, TOLLS)

    assert (answer["written"], answer["good"], answer["bad"]) == (True, 2, 0)
    [dozens, _] = answer["items"]
    trace = api.get(f"/v1/claims/{dozens['claim']}/trace")
    assert trace["reports"][0]["paths"] == [["Interior Ministry", "Khabar 24", "TASS"]]
    assert trace["independence"]["verdict"] == "single"
    [figure] = api.items("/v1/figures", claim=dozens["claim"])
    assert (figure["text"], figure["low"], figure["published_at"]) == ("dozens", 24, "2022-01-06")


def test_a_dry_run_says_what_would_be_created_and_holds_nothing(api: Api) -> None:
    answer = imported(api, TOLLS, dry_run="true")

    assert (answer["written"], answer["dry_run"], answer["items"][0]["claim"]) == (False, True, None)
    assert answer["creates"] == {"claim": 2, "document": 2, "event": 1, "figure": 2, "report": 2, "source": 4}
    assert api.items("/v1/claims") == api.items("/v1/events") == api.items("/v1/sources") == []


def test_the_same_table_twice_changes_nothing(api: Api) -> None:
    first = imported(api, TOLLS)
    before = len(api.items("/v1/history", limit=200))

    again = imported(api, TOLLS)

    assert again["creates"] == {}
    assert [row["report"] for row in again["items"]] == [row["report"] for row in first["items"]]
    assert len(api.items("/v1/history", limit=200)) == before


def test_nothing_is_written_while_a_row_is_wrong_unless_bad_ones_are_skipped(api: Api) -> None:
    table = TOLLS + "Nine were killed.,9,Tass,no address,31.02.2022,\n"

    refused = imported(api, table)
    assert (refused["written"], refused["good"], refused["bad"]) == (False, 2, 1)
    assert [(error["row"], error["column"], error["value"]) for error in refused["errors"]] == [
        (4, "Date", "31.02.2022"),
        (4, "Link", "no address"),
    ]
    assert api.items("/v1/claims") == []

    skipped = imported(api, table, skip_bad="true")
    assert (skipped["written"], skipped["bad"]) == (True, 1)
    assert len(api.items("/v1/claims")) == 2


def test_a_mapping_is_saved_listed_used_and_forgotten(api: Api) -> None:
    table = TOLLS.replace("Claim,", "What they said,", 1)
    columns = {"claim_text": "What they said", "figure": "Figure", "publisher": "Outlet"}
    assert sent(api, table).status_code == 422

    saved = api.send("PUT", "/v1/mappings/tolls", json={"columns": columns})

    assert saved.status_code == 200, saved.text
    assert api.get("/v1/mappings/tolls")["columns"] == columns
    assert [item["name"] for item in api.items("/v1/mappings")] == ["tolls"]
    assert imported(api, table, mapping="tolls")["mapping"] == columns
    assert api.send("DELETE", "/v1/mappings/tolls").status_code == 204
    assert api.refused("GET", "/v1/mappings/tolls", 404)["detail"].startswith("There is no mapping 'tolls'")
    assert sent(api, table, mapping="tolls").status_code == 404


def test_a_mapping_is_sent_with_the_table_and_saved_under_a_name(api: Api) -> None:
    table = "A,B\nDozens were killed.,nothing\n"

    answer = imported(api, table, mapping=json.dumps({"claim_text": "A"}), save_mapping="two columns")

    assert answer["unread"] == ["B"]
    assert api.get("/v1/mappings/two columns")["columns"] == {"claim_text": "A"}


def test_rows_may_be_proposed_and_then_count_for_nothing(api: Api) -> None:
    imported(api, TOLLS, state="proposed")

    assert api.items("/v1/claims") == []
    assert len(api.items("/v1/reports", state="proposed")) == 2


def test_who_imports_stands_in_the_history(api: Api) -> None:
    api.send(
        "POST",
        "/v1/sheets",
        files={"file": ("tolls.csv", TOLLS)},
        data={"event": EVENT},
        headers={"Provenance-Author": "A recorder"},
    )

    assert {item["who"] for item in api.items("/v1/history")} == {"api: A recorder"}


FORMS: list[tuple[str, dict[str, Any], str]] = [
    ("no file", {"data": {"event": "x"}, "files": {"other": ("a", b"b")}}, "other"),
    ("nothing", {"files": {"event": (None, "x")}}, "file"),
    ("an unknown part", {"files": {"file": ("a.csv", TOLLS)}, "data": {"colour": "red"}}, "colour"),
    ("a part twice", {"files": [("file", ("a", TOLLS)), ("file", ("b", TOLLS))]}, "file"),
    ("a file as text", {"files": {"file": (None, "claim\nx")}}, "file"),
    ("no yes and no no", {"files": {"file": ("a.csv", TOLLS)}, "data": {"dry_run": "perhaps"}}, "dry_run"),
    ("an unknown state", {"files": {"file": ("a.csv", TOLLS)}, "data": {"state": "rejected"}}, "state"),
    ("broken JSON", {"files": {"file": ("a.csv", TOLLS)}, "data": {"mapping": "{"}}, "mapping"),
    ("an unknown field", {"files": {"file": ("a.csv", TOLLS)}, "data": {"mapping": '{"weather": "A"}'}}, "mapping"),
    ("many parts", {"files": [(f"part{n}", (None, "x")) for n in range(200)]}, "body"),
]


@pytest.mark.parametrize(("what", "form", "field"), FORMS, ids=[what for what, _, _ in FORMS])
def test_a_form_that_is_wrong_is_refused_by_the_name_of_its_part(
    api: Api, what: str, form: dict[str, Any], field: str
) -> None:
    problem = api.refused("POST", "/v1/sheets", 422, **form)

    assert problem["errors"][0]["field"] == field, what


@pytest.mark.parametrize(
    "content", [b"", b"--b\r\n", b"no form at all", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n"]
)
def test_a_broken_form_is_refused_and_never_fails(api: Api, content: bytes) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=b"}

    api.refused("POST", "/v1/sheets", 422, content=content, headers=kind)


def test_a_table_is_sent_as_a_form_and_everything_else_as_json(api: Api) -> None:
    api.refused("POST", "/v1/sheets", 415, json={"file": TOLLS})
    api.refused("POST", "/v1/claims", 415, files={"file": ("a.csv", TOLLS)})


def test_a_table_may_be_larger_than_other_bodies_and_not_without_bound(api: Api) -> None:
    large = "claim\n" + ("Dozens of people were seen in the square that night. " * 35 + "\n") * 2_500
    assert len(large) > 4_500_000

    assert imported(api, large, dry_run="true")["good"] == 2_500
    api.refused("POST", "/v1/sheets", 413, files={"file": ("a.csv", b"x" * 12_500_000)})
