"""Nobody writes over what they have not read: changes name their version, and of two at once one is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import httpx
import psycopg
import pytest
import sqlalchemy as sa

from api.access.policy import addresses
from tests.api.telling import Api, running
from tests.databases import PostgresqlDatabases
from tests.storage.test_sessions_and_locks import COUNTING, held_by_another_program, impatient

ANY = {"If-Match": "*"}
NONE: dict[str, Any] = {"If-Match": None}


def at_once(*sending: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Requests that are sent at the same moment."""
    ready = Barrier(len(sending))

    def sent(send: Callable[[], httpx.Response]) -> httpx.Response:
        ready.wait()
        return send()

    with ThreadPoolExecutor(len(sending)) as pool:
        return list(pool.map(sent, sending))


def read(api: Api, address: str) -> dict[str, str]:
    """The header with the version that is read at an address."""
    return {"If-Match": api.send("GET", address).headers["etag"]}


def test_every_change_without_a_version_is_refused_with_the_remedy(api: Api) -> None:
    changes = [one for one in addresses(api.app) if one.method in ("PATCH", "DELETE") and one.path.startswith("/v1/")]
    answers = {one: api.send(one.method, re.sub(r"{\w+}", "none", one.path), json={}, headers=NONE) for one in changes}

    assert len(changes) > 25
    assert {str(one): answer.status_code for one, answer in answers.items() if answer.status_code != 428} == {}
    assert all("ETag" in answer.json()["detail"] for answer in answers.values())


def test_what_is_put_in_the_place_of_something_needs_its_version_and_what_is_new_does_not(api: Api) -> None:
    address, columns = "/v1/mappings/tolls", {"columns": {"claim_text": "Claim"}}

    made = api.send("PUT", address, json=columns, headers=NONE)
    api.refused("PUT", address, 428, json=columns, headers=NONE)
    api.refused("PUT", address, 412, json=columns, headers={"If-Match": '"another"'})
    replaced = api.send("PUT", address, json=columns, headers={"If-Match": made.headers["etag"]})

    assert (made.status_code, replaced.status_code) == (200, 200)


def test_clients_of_others_change_pages_by_the_rules_that_they_know(api: Api) -> None:
    review = {"claimReviewed": "Dozens were killed.", "rating": {"textualRating": "False"}}
    page = {"pageUrl": "https://desk.example/toll", "claimReviewMarkups": [review]}
    answer = api.send("POST", "/v1alpha1/pages", json=page | {"publishDate": "2022-01-06"})
    assert answer.status_code == 200, answer.text
    made = answer.json()

    put = api.send("PUT", f"/v1alpha1/{made['name']}", json=made, headers=NONE)
    stale = api.send("PUT", f"/v1alpha1/{made['name']}", json=made | {"versionId": "0"}, headers=NONE)

    assert (put.status_code, stale.status_code) == (200, 409)


@pytest.mark.parametrize("other", ["PATCH", "DELETE"])
def test_of_two_changes_at_once_one_is_told_that_the_other_was_faster(api: Api, other: str) -> None:
    claim = api.claim()
    note = f"/v1/notes/{api.post(f'/v1/claims/{claim}/notes', text='asked the ministry')['id']}"
    seen = read(api, note)

    answers = at_once(
        lambda: api.send("PATCH", note, json={"text": "asked twice"}, headers=seen),
        lambda: api.send(other, note, json={"text": "asked the police"}, headers=seen),
    )

    assert sorted(one.status_code for one in answers)[0] in (200, 204)
    assert sorted(one.status_code for one in answers)[1] in (412, 404), [one.text for one in answers]


def test_parts_that_are_added_at_once_are_all_there(api: Api) -> None:
    source = api.source("Tass")

    at_once(
        *(
            lambda name=f"TASS {n}": api.send("POST", f"/v1/sources/{source}/names", json={"name": name})
            for n in range(6)
        )
    )

    assert {f"TASS {n}" for n in range(6)} <= {one["name"] for one in api.get(f"/v1/sources/{source}")["names"]}


def test_one_proposal_is_decided_once_though_two_editors_press_at_once(api: Api) -> None:
    report = api.report(api.claim(), "Almaty police", "Tass", state="proposed")["id"]

    answers = at_once(
        *(lambda act=act: api.send("POST", f"/v1/reports/{report}/{act}") for act in ("accept", "reject"))
    )

    assert sorted(one.status_code for one in answers) == [200, 409], [one.text for one in answers]
    assert len(api.get(f"/v1/reports/{report}")["decisions"]) == 1


def test_of_many_counts_by_several_none_is_lost(api: Api) -> None:
    address = f"/v1/events/{api.event()}"

    def add_one() -> None:
        for _ in range(200):
            seen = api.send("GET", address)
            count = int(seen.json()["place"] or 0) + 1
            headers = {"If-Match": seen.headers["etag"]}
            if api.send("PATCH", address, json={"place": str(count)}, headers=headers).status_code == 200:
                return
        raise AssertionError("never was its turn")

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(add_one) for _ in range(12)]:
            done.result()

    assert api.get(address)["place"] == "12"


class Once:
    """Does something the first so many times that a statement begins so."""

    def __init__(self, api: Api, statement: str, times: int, act: Callable[[sa.Connection], object]) -> None:
        self.left, self.statement, self.act, self.engine = times, statement, act, api.app.state.engine
        sa.event.listen(self.engine, "before_cursor_execute", self.before)

    def before(self, connection: sa.Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(self.statement) and self.left:
            self.left -= 1
            self.act(connection)


@pytest.fixture
def on_server(postgresql_databases: PostgresqlDatabases) -> Any:
    """The app on PostgreSQL alone."""
    with postgresql_databases.fresh() as url, running(url) as api:
        yield api


def undo(connection: sa.Connection) -> None:
    connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION 'forced' USING ERRCODE = '40001'; END $$")


def end(connection: sa.Connection) -> None:
    mine = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    with psycopg.connect(
        connection.engine.url.render_as_string(False).replace("+psycopg", ""), autocommit=True
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (mine,))


@pytest.mark.parametrize("act", [undo, end], ids=["undone by the server", "its connection was ended"])
def test_a_write_that_the_database_gave_up_is_done_again_and_its_sender_sees_nothing_of_it(
    on_server: Api, act: Callable[[sa.Connection], object]
) -> None:
    given_up = Once(on_server, "INSERT INTO event", 2, act)

    made = on_server.send("POST", "/v1/events", json={"title": "Unrest"}, headers={"Idempotency-Key": "a"})
    again = on_server.send("POST", "/v1/events", json={"title": "Unrest"}, headers={"Idempotency-Key": "a"})

    assert (made.status_code, given_up.left) == (201, 0)
    assert again.content == made.content
    assert len(on_server.items("/v1/events")) == 1


def test_what_the_database_gives_up_again_and_again_is_refused_with_when_to_come_again(
    on_server: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.undertaking.PAUSES", (0.01, 0.01, 0.01))
    given_up = Once(on_server, "INSERT INTO event", 99, undo)

    refused = on_server.send("POST", "/v1/events", json={"title": "Unrest"})
    given_up.left = 0

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert refused.json()["type"] == "urn:provenance:problem:given-up"
    assert on_server.items("/v1/events") == []


def test_a_server_whose_connections_all_ended_answers_again_by_itself(on_server: Api) -> None:
    claim = on_server.claim()
    address = f"/v1/claims/{claim}/trace"
    assert on_server.send("GET", address).status_code == 200
    url = on_server.app.state.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    answers = [on_server.send("GET", one) for one in (address, "/v1/events", f"/v1/claims/{claim}", "/readyz")]

    assert [one.status_code for one in answers] == [200, 200, 200, 200], [one.text for one in answers]
    assert on_server.post("/v1/events", title="afterwards")


def test_a_lock_that_another_program_holds_is_told_with_when_to_come_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.storage.session.SQLITE_PRAGMAS", ("PRAGMA busy_timeout = 50",))
    monkeypatch.setattr("provenance.storage.session.POSTGRESQL_TURN", impatient())
    with running(database_url) as api:
        api.event("before")
        with held_by_another_program(database_url):
            refused = api.send("POST", "/v1/events", json={"title": "Unrest"})
            asked = api.send("GET", "/v1/events")

    assert (refused.status_code, refused.headers["retry-after"], asked.status_code) == (503, "5", 200)


def test_more_writes_than_may_wait_are_refused_with_when_to_come_again(database_url: str) -> None:
    with running(database_url, writers_waiting=1) as api:
        api.source("Tass")
        answers = at_once(*(lambda n=n: api.send("POST", "/v1/events", json={"title": str(n)}) for n in range(12)))

    statuses = {one.status_code for one in answers}
    assert statuses == {201, 429}
    assert all(one.headers["retry-after"] for one in answers if one.status_code == 429)


def test_a_question_that_takes_too_long_is_refused_with_how_to_narrow_it(database_url: str) -> None:
    with running(database_url, question_seconds=0.05) as api:
        claim = api.claim()
        api.get("/v1/claims")

        def count_for_ever(*given: Any) -> tuple[str, Any]:
            return (COUNTING, ()) if "FROM claim" in given[2] else given[2:4]

        sa.event.listen(api.app.state.engine, "before_cursor_execute", count_for_ever, retval=True)
        refused = [api.send("GET", address) for address in ("/v1/claims", "/claims", f"/v1/claims/{claim}")]
        sa.event.remove(api.app.state.engine, "before_cursor_execute", count_for_ever)

        assert api.get("/v1/claims")["items"]
    assert [one.status_code for one in refused] == [422, 422, 422]
    assert all("Narrow it" in one.text for one in refused)
