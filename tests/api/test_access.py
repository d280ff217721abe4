"""Whoever comes is let in to what their key opens and to nothing else, whichever way the address is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from api.access.guard import CAME, NEEDS, Guard, held_to_its_rule
from api.access.limiting import Shares
from api.access.policy import GROUPS, Address, Needs, addresses, rules_of
from provenance.storage.session import make_engine, writing
from provenance.storage.writes.access import revoke_key
from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.databases import Databases, SqliteDatabases
from tests.keys import new_key

NOBODY, REVOKED = "nobody", "revoked"
WHO = (NOBODY, REVOKED, *Role)
Keys = Mapping[str, str]


def bearing(key: str | None) -> dict[str, str]:
    """What a page of ours sends, with a key or without one."""
    ours = {"Origin": "http://provenance.test", "Sec-Fetch-Site": "same-origin"}
    return ours if key is None else {**ours, "Authorization": f"Bearer {key}"}


def as_bearer(api: Api, key: str | None, method: str, address: str, **options: Any) -> httpx.Response:
    """One request with a key, or without one."""
    return api.send(method, address, headers=bearing(key), **options)


def keys_of(url: str) -> Keys:
    """One key of each role, and one that was revoked."""
    made = {str(role): new_key(url, role, f"{role} somebody") for role in Role}
    made[REVOKED] = new_key(url, Role.ADMIN, "gone")
    engine = make_engine(url)
    with writing(engine) as session:
        revoke_key(session, f"key_{made[REVOKED].split('_')[1]}")
    engine.dispose()
    return made


@pytest.fixture(scope="module", params=["open", "keys"])
def desk(request: pytest.FixtureRequest, sqlite_databases: SqliteDatabases) -> Iterator[tuple[Api, Keys, str]]:
    """An app with nothing in it, a key of each kind, and who may read; that is decided before a database is asked."""
    with sqlite_databases.fresh() as url, running(url, keyed=False, reading=request.param) as api:
        yield api, keys_of(url), request.param


def expected(needs: Needs, who: str, reading: str) -> int | None:
    """The status of a refusal; None for whoever is let in."""
    if who == REVOKED:
        return 401
    if needs is Needs.NOTHING or (needs is Needs.TO_READ and (reading == "open" or who != NOBODY)):
        return None
    if who == NOBODY:
        return 401
    assert isinstance(needs.value, Role)
    return None if Role(who).includes(needs.value) else 403


def filled(path: str) -> str:
    """An address of the shape at which nothing is held."""
    return re.sub(r"\{[^}]*\}", "nothing_there", path)


def refusal(answer: httpx.Response) -> int | None:
    """The status of a refusal; None for an answer of any other kind. A page leads to the log-in and back."""
    if answer.status_code == 303 and answer.headers["location"].startswith("/login?next="):
        return 401
    return answer.status_code if answer.status_code in (401, 403, 429) else None


@contextmanager
def nothing_behind(api: Api) -> Iterator[None]:
    """The guard with an empty room behind it: whom it lets in, without what a route then does."""
    inner: Any = api.app.middleware_stack
    while not isinstance(inner, Guard):
        inner = inner.app
    behind, inner.app = inner.app, Response("let in", 200)
    try:
        yield
    finally:
        inner.app = behind


@pytest.mark.parametrize("who", WHO)
def test_every_route_lets_in_whom_its_rule_names_and_nobody_else(desk: tuple[Api, Keys, str], who: str) -> None:
    api, keys, reading = desk
    api.get("/healthz")
    wrong = []
    with nothing_behind(api):
        for address, needs in rules_of(api.app).items():
            api.app.state.shares = Shares()
            answer = as_bearer(api, keys.get(who), address.method, filled(address.path))
            if refusal(answer) != expected(needs, who, reading) or (answer.text == "let in") is bool(refusal(answer)):
                wrong.append((str(address), answer.status_code))
            if answer.status_code == 401 and address.path.startswith("/v1"):
                assert answer.headers["www-authenticate"].startswith("Bearer")
    assert wrong == []


def test_every_route_answers_the_least_who_may_come_in(desk: tuple[Api, Keys, str]) -> None:
    api, keys, reading = desk
    wrong = []
    for address, needs in rules_of(api.app).items():
        least = next(who for who in (NOBODY, *Role) if expected(needs, who, reading) is None)
        answer = as_bearer(api, keys.get(least), address.method, filled(address.path))
        # The log-in lets everybody in, and refuses what is no key by itself.
        if (refusal(answer) and address.path != "/login") or answer.status_code >= 500:
            wrong.append((str(address), least, answer.status_code))
    assert wrong == []


def test_no_route_is_named_twice_and_each_group_says_why() -> None:
    named = [route for group in GROUPS for route in group.routes]
    assert len(named) == len(set(named))
    assert all(group.why.endswith(".") for group in GROUPS)


def test_a_route_without_a_rule_keeps_the_app_from_starting(desk: tuple[Api, Keys, str]) -> None:
    api, _, _ = desk
    grown = FastAPI()
    grown.router.routes = [*api.app.router.routes]
    grown.add_api_route("/v1/novelties", lambda: None, methods=["PUT"])
    with pytest.raises(RuntimeError, match="no rule for PUT /v1/novelties, and a rule without a route for none"):
        rules_of(grown)


def test_a_rule_without_a_route_keeps_the_app_from_starting() -> None:
    with pytest.raises(RuntimeError, match=r"a rule without a route for .*GET /v1/claims,"):
        rules_of(FastAPI(openapi_url=None, docs_url=None, redoc_url=None))


def test_what_the_guard_did_not_see_is_not_answered(desk: tuple[Api, Keys, str]) -> None:
    api, _, _ = desk
    route = next(one for one in api.app.router.routes if getattr(one, "path", "") == "/v1/claims/{claim_id}/trace")
    seen = {"type": "http", "method": "GET", "route": route, CAME: None, NEEDS: Needs.TO_READ}
    api.portal.call(held_to_its_rule, Request(seen))
    for unlike in ({NEEDS: Needs.NOTHING}, {NEEDS: None}, {"method": "DELETE"}):
        with pytest.raises(RuntimeError, match="past the guard"):
            api.portal.call(held_to_its_rule, Request({**seen, **unlike}))
    with pytest.raises(RuntimeError, match="past the guard"):
        api.portal.call(held_to_its_rule, Request({name: seen[name] for name in seen if name != CAME}))


WAYS = [
    ("HEAD", "/v1/keys"),
    ("OPTIONS", "/v1/keys"),
    ("get", "/v1/keys"),
    ("PROPFIND", "/v1/keys"),
    ("GET", "/v1/keys/"),
    ("GET", "//v1/keys"),
    ("GET", "/v1//keys"),
    ("GET", "/V1/KEYS"),
    ("GET", "/v1/%6beys"),
    ("GET", "/v1%2fkeys"),
    ("GET", "/v1/%2e/keys"),
    ("GET", "/v1/claims/%2e%2e/keys"),
    ("GET", "/v1/claims/..%2f..%2fv1%2fkeys/trace"),
    ("GET", "/static/%2e%2e/v1/keys"),
    ("GET", "/static/..%2f..%2fpyproject.toml"),
    ("GET", "/v1/keys;/trace"),
    ("GET", "/v1/keys%0a"),
    ("GET", "/v1/keys%00"),
    ("GET", "/v1/me/../keys"),
]


@pytest.mark.parametrize(("method", "address"), WAYS)
def test_no_way_of_writing_an_address_gets_around_the_guard(
    desk: tuple[Api, Keys, str], method: str, address: str
) -> None:
    api, keys, _ = desk
    raw = f"http://provenance.test{address}"
    for key in (None, keys[Role.EDITOR]):
        headers = {**bearing(key), "X-HTTP-Method-Override": "GET", "X-Original-URL": "/healthz"}
        answer = api.portal.call(lambda: api.client.request(method, httpx.URL(raw), headers=headers))  # noqa: B023
        assert refusal(answer) or answer.status_code in (204, 307, 404, 405), answer.text
        assert "key_" not in answer.text.replace(f"{'key'}_id", "")


@pytest.mark.parametrize("method", ["POST", "PATCH", "PUT", "DELETE"])
def test_a_write_needs_a_key_at_every_address_that_takes_it(desk: tuple[Api, Keys, str], method: str) -> None:
    api, _, _ = desk
    open_to_all = {one for one, needs in rules_of(api.app).items() if needs in (Needs.NOTHING, Needs.TO_READ)}
    asks = "/v1/what-if /v1/read /v1/match /reconcile /read /read/proposals /login /logout"
    assert {one.path for one in open_to_all if one.method == method} == (
        set(asks.split()) if method == "POST" else set()
    )


def test_where_reading_needs_a_key_a_trace_that_lies_ready_does_too(databases: Databases) -> None:
    with databases.fresh() as url, running(url, keyed=False, reading="keys") as api:
        editor, reader = new_key(url, Role.EDITOR, "Ed"), new_key(url, Role.READER, "Rea")
        event = as_bearer(api, editor, "POST", "/v1/events", json={"title": "Unrest"}).json()["id"]
        claim = as_bearer(api, editor, "POST", "/v1/claims", json={"event": event, "text": "Dozens."}).json()["id"]
        trace = f"/v1/claims/{claim}/trace"
        assert [as_bearer(api, key, "GET", trace).status_code for key in (None, reader)] == [401, 200]
        assert as_bearer(api, None, "GET", "/openapi.json").status_code == 401
        assert as_bearer(api, None, "GET", "/healthz").status_code == 200


def test_addresses_of_the_app_are_all_there(desk: tuple[Api, Keys, str]) -> None:
    api, _, _ = desk
    there = set(addresses(api.app))
    paths = {Address(method.upper(), path) for path, said in api.app.openapi()["paths"].items() for method in said}
    assert paths <= there
    assert {Address("GET", "/static/{path:path}"), Address("GET", "/"), Address("GET", "/reconcile")} <= there
