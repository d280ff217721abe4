"""Redaction over HTTP: for admins alone, tried first, told without the name; and no address says it afterwards."""

from __future__ import annotations

import pytest

from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.databases import Databases
from tests.keys import new_key

NAME = "Saule Omarova"
WHY = f"{NAME} asked us to."


@pytest.fixture
def witness(api: Api) -> str:
    """The id of a witness who is named in a claim, a document and a report."""
    source: str = api.send("POST", "/v1/sources", json={"name": NAME, "kind": "witness"}).json()["id"]
    tass = api.send("POST", "/v1/sources", json={"name": "Tass", "kind": "news_agency"}).json()["id"]
    event = api.send("POST", "/v1/events", json={"title": f"The night of {NAME}"}).json()["id"]
    claim = api.send("POST", "/v1/claims", json={"text": f"{NAME} was shot at.", "event": event}).json()["id"]
    text = f"I was shot at, {NAME} told Tass."
    document = api.send("POST", "/v1/documents", json={"publisher": tass, "text": text, "title": NAME}).json()["id"]
    hop = {"upstream": source, "downstream": tass, "manner": "told"}
    report = {"claim": claim, "document": document, "quote": f"{NAME} told Tass", "attributions": [hop]}
    assert api.send("POST", "/v1/reports", json=report).status_code == 201
    return source


ADDRESSES = (
    "/v1/sources",
    "/v1/claims",
    "/v1/documents",
    "/v1/reports",
    "/v1/events",
    "/v1/flags",
    "/v1/history",
    "/v1/search?q=saule",
    "/v1/export.jsonl?include=everything",
    "/v1/redactions",
    "/feeds/flags.atom",
    "/feeds/corrections.atom",
    "/",
    "/sources",
    "/claims",
    "/history",
)


def test_no_address_says_the_name_of_whoever_was_redacted(api: Api, witness: str) -> None:
    told = [*ADDRESSES, f"/sources/{witness}", f"/v1/sources/{witness}", f"/v1/sources/{witness}/history"]
    assert sum(NAME in api.send("GET", address).text for address in told) > len(told) / 2
    tried = api.send("POST", "/v1/redactions", json={"source": witness, "why": WHY, "dry_run": True})
    assert (tried.status_code, tried.headers["cache-control"], tried.json()["redaction"]) == (200, "no-store", None)
    done = api.send("POST", "/v1/redactions", json={"source": witness, "why": WHY})
    assert (done.status_code, done.json()["swept"]) == (200, True)
    answers = {address: api.send("GET", address) for address in told}
    assert [one for one, answer in answers.items() if answer.status_code != 200] == []
    assert [one for one, answer in answers.items() if "Saule" in answer.text or "\\u0053aule" in answer.text] == []
    [item] = answers["/v1/redactions"].json()["items"]
    assert (item["id"], item["why"]) == (done.json()["redaction"], "█████ ███████ asked us to.")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"source": "src_nobody", "why": "x"}, 404, None),
        ({"source": "src_nobody"}, 422, "why"),
        ({"source": "src_nobody", "why": "x", "also": ["?"], "all": True}, 422, "all"),
    ],
)
def test_what_cannot_be_done_is_told(api: Api, body: dict[str, object], status: int, field: str | None) -> None:
    answer = api.send("POST", "/v1/redactions", json=body)
    assert answer.status_code == status
    assert field is None or field in {one["field"] for one in answer.json()["errors"]}


@pytest.mark.parametrize(("role", "lists"), [(Role.READER, 403), (Role.CONTRIBUTOR, 200), (Role.EDITOR, 200)])
def test_only_admins_redact_and_only_those_who_work_here_see_that_it_was_done(
    sqlite_databases: Databases, role: Role, lists: int
) -> None:
    with sqlite_databases.fresh() as url, running(url, keyed=False) as api:
        key = {"Authorization": f"Bearer {new_key(url, role)}"}
        body = {"source": "src_x", "why": "x"}
        assert api.send("POST", "/v1/redactions", json=body, headers=key).status_code == 403
        assert api.send("GET", "/v1/redactions", headers=key).status_code == lists
        assert api.send("GET", "/v1/redactions").status_code == 401
