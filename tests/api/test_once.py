"""A write that is sent twice under one key is written once, whatever happens in between."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.access import TakenRequest
from provenance.storage.history import History
from tests.api.telling import Api

NAMED = {"Idempotency-Key": "7d0c9d0e-first"}
EVENT = {"title": "Unrest in Kazakhstan"}
TOLLS = (
    "Claim,Killed,Date,Source,Newspaper,Event\n"
    "18 officers were killed.,18,2022-01-06,Interior Ministry,Tass,Unrest in Kazakhstan\n"
)


def sent(api: Api, method: str = "POST", address: str = "/v1/events", **options: Any) -> httpx.Response:
    options.setdefault("headers", NAMED)
    return api.send(method, address, **options)


def entries(api: Api) -> int:
    with Session(api.app.state.engine) as session:
        return session.scalar(sa.select(sa.func.count(col(History.id)))) or 0


def as_answered(answer: httpx.Response) -> tuple[int, bytes, str | None, str | None]:
    return answer.status_code, answer.content, answer.headers.get("location"), answer.headers.get("etag")


def test_a_write_that_comes_again_is_answered_the_same_and_written_once(api: Api) -> None:
    first = sent(api, json=EVENT)
    written = entries(api)

    again = sent(api, json=EVENT)

    assert first.status_code == 201
    assert as_answered(again) == as_answered(first)
    assert (first.headers.get("idempotent-replayed"), again.headers["idempotent-replayed"]) == (None, "true")
    assert entries(api) == written


def test_something_else_under_the_same_key_is_refused(api: Api) -> None:
    sent(api, json=EVENT)

    problem = api.refused("POST", "/v1/events", 422, json={"title": "Another"}, headers=NAMED)
    api.refused("POST", "/v1/sources", 422, json=EVENT, headers=NAMED)

    assert problem["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.parametrize("beside", [{"Provenance-Visibility": "desk"}, {"Provenance-Reason": "They asked for it"}])
def test_what_others_may_not_see_or_is_written_for_another_reason_is_something_else(
    api: Api, beside: dict[str, str]
) -> None:
    sent(api, json=EVENT)

    problem = api.refused("POST", "/v1/events", 422, json=EVENT, headers=NAMED | beside)

    assert problem["errors"][0]["field"] == "Idempotency-Key"


def test_a_key_is_that_of_its_sender_alone(api: Api) -> None:
    first = sent(api, json=EVENT, headers=NAMED | {"Provenance-Author": "Ana"})
    other = sent(api, json=EVENT, headers=NAMED | {"Provenance-Author": "Bek"})

    assert first.json()["id"] != other.json()["id"]


@pytest.mark.parametrize("name", ["", "x" * 256, "tab\there", "caf\u00e9"], ids=["empty", "long", "tab", "accent"])
def test_a_key_that_cannot_be_one_is_refused(api: Api, name: str) -> None:
    api.refused("POST", "/v1/events", 422, json=EVENT, headers={"Idempotency-Key": name.encode()})


def test_a_write_that_was_refused_may_be_sent_again_under_its_key(api: Api) -> None:
    assert sent(api, json={"title": ""}).status_code == 422

    assert sent(api, json=EVENT).status_code == 201


def test_a_question_needs_no_key_and_takes_none(api: Api) -> None:
    claim = api.claim()

    asked = [sent(api, address="/v1/match", json={"text": text}) for text in ("Dozens were killed.", "Others")]

    assert [answer.status_code for answer in asked] == [200, 200]
    assert asked[0].json()["items"][0]["claim"] == claim


def test_a_dry_run_leaves_its_key_free(api: Api) -> None:
    form: dict[str, Any] = {"files": {"file": ("tolls.csv", TOLLS)}}

    tried = sent(api, address="/v1/sheets", data={"dry_run": "true"}, **form)
    done = sent(api, address="/v1/sheets", data={"dry_run": "false"}, **form)

    assert (tried.json()["written"], done.json()["written"]) == (False, True)


def test_a_form_that_comes_again_with_other_marks_between_its_parts_is_the_same(api: Api) -> None:
    first, again = (sent(api, address="/v1/sheets", files={"file": ("tolls.csv", TOLLS)}) for _ in range(2))

    assert first.request.headers["content-type"] != again.request.headers["content-type"]
    assert first.json()["written"]
    assert as_answered(again) == as_answered(first)
    assert again.headers["idempotent-replayed"] == "true"


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_a_change_that_comes_again_is_not_refused_for_the_version_that_it_made(api: Api, method: str) -> None:
    ruling = api.post("/v1/sources", name="Tass", kind="news_agency")
    address = f"/v1/sources/{ruling['id']}"
    if method == "DELETE":
        address = f"/v1/watches/{api.post('/v1/watches', claim=api.claim())['id']}"
    etag = api.send("GET", address).headers["etag"]
    options: dict[str, Any] = {"headers": NAMED | {"If-Match": etag}}
    options |= {"json": {"country": "RU"}} if method == "PATCH" else {}

    first, again = (sent(api, method, address, **options) for _ in range(2))

    assert first.status_code in (200, 204), first.text
    assert as_answered(again) == as_answered(first)


def test_a_change_of_another_version_is_another_write(api: Api) -> None:
    event = api.event()
    at, named = f"/v1/events/{event}", {"Idempotency-Key": "a"}
    assert api.send("PATCH", at, json={"title": "A fire"}, headers={**named, "If-Match": "*"}).status_code == 200
    for version in ('"b"', "no tag"):
        again = api.send("PATCH", at, json={"title": "A fire"}, headers={**named, "If-Match": version})
        assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "Idempotency-Key")


def test_a_form_of_a_page_that_comes_again_leads_to_the_same_place(api: Api) -> None:
    report = api.report(api.claim(), "Almaty police", "Tass", state="proposed")
    address, fields = f"/documents/{report['document']}/decide", {"accept": report["id"], "by": "Ana"}

    first, again = (sent(api, address=address, data=fields) for _ in range(2))

    assert first.status_code == 303, first.text
    assert as_answered(again) == as_answered(first)


def test_a_secret_that_is_shown_once_is_kept_nowhere(api: Api) -> None:
    hook = {"url": "https://newsroom.example/told", "about": ["flag_raised"]}
    first = sent(api, address="/v1/hooks", json=hook)
    assert first.status_code == 201, first.text

    problem = api.refused("POST", "/v1/hooks", 409, json=hook, headers=NAMED)

    assert "written, once" in problem["detail"]
    with Session(api.app.state.engine) as session:
        assert session.scalars(sa.select(col(TakenRequest.body))).all() == [None]


@contextmanager
def killed_before_it_answers(api: Api) -> Iterator[None]:
    """Answers that are kept after the transaction are lost, as they are with the process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.undertaking.keep", lambda *given: None)
        yield


def test_after_a_crash_between_writing_and_answering_a_record_is_answered_as_it_was_written(api: Api) -> None:
    with killed_before_it_answers(api):
        first = sent(api, json=EVENT)

    assert as_answered(sent(api, json=EVENT)) == as_answered(first)


def test_after_a_crash_in_between_the_change_is_named_where_its_answer_is_not_known(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.storage.reads.taken.ANSWERED_WITHIN", 0)
    file = {"file": ("tolls.csv", TOLLS)}
    with killed_before_it_answers(api):
        sent(api, address="/v1/sheets", files=file)
    written = entries(api)

    again = sent(api, address="/v1/sheets", files=file)

    assert again.status_code == 409
    assert again.json()["type"] == "urn:provenance:problem:taken-already"
    assert api.get(again.headers["location"])["entries"]
    assert entries(api) == written


def test_of_many_that_come_at_once_one_is_written(api: Api) -> None:
    api.source("Tass")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: sent(api, json=EVENT), range(6)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert all(answer.headers["retry-after"] for answer in answers if answer.status_code == 409)
    assert len(api.items("/v1/events")) == 1


def test_names_of_days_ago_are_forgotten(api: Api) -> None:
    sent(api, json=EVENT)
    with Session(api.app.state.engine) as session:
        session.execute(sa.update(TakenRequest).values(taken_at=sa.text("'2020-01-01T00:00:00.000000Z'")))
        session.commit()

    sent(api, json=EVENT, headers={"Idempotency-Key": "another"})

    with Session(api.app.state.engine) as session:
        assert session.scalars(sa.select(col(TakenRequest.name))).all() == ["another"]
