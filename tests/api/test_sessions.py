"""Browsers: somebody logs in with a key, keeps a session that ends with it, and writes only from pages of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from api.access.sessions import COOKIE, SECURE_COOKIE
from provenance.storage.access import AccessKey, BrowserSession
from provenance.storage.record import now
from provenance.storage.session import writing
from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.databases import SqliteDatabases
from tests.keys import new_key

HERE = "http://provenance.test"
OURS = {"Origin": HERE}


@dataclass
class Browser:
    """Keeps the cookies that it is given, and tells with each form where it stood."""

    api: Api
    url: str
    jar: dict[str, str] = field(default_factory=dict)
    said: SimpleCookie = field(default_factory=SimpleCookie)

    def key(self, role: Role = Role.EDITOR, name: str = "Ana") -> str:
        """A new key."""
        return new_key(self.url, role, name)

    def get(self, address: str, **headers: str) -> httpx.Response:
        """A page."""
        return self._asked("GET", address, headers)

    def post(self, address: str, came: dict[str, str] | None = None, **fields: str) -> httpx.Response:
        """A form that was sent; ``came``: what the browser says about where it stood."""
        return self._asked("POST", address, OURS if came is None else came, data=fields)

    def log_in(self, key: str, **fields: str) -> httpx.Response:
        """Log in with a key."""
        return self.post("/login", None, key=key, **fields)

    def _asked(self, method: str, address: str, headers: dict[str, str], **more: Any) -> httpx.Response:
        kept = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}
        answer = self.api.send(method, address, headers={**kept, **headers}, **more)
        for line in answer.headers.get_list("set-cookie"):
            self.said = SimpleCookie(line)
            self.jar |= {name: morsel.value for name, morsel in self.said.items()}
        self.api.client.cookies.clear()
        return answer


@pytest.fixture
def browser(database_url: str) -> Iterator[Browser]:
    """A browser in which nobody is logged in."""
    with running(database_url, keyed=False) as api:
        yield Browser(api, database_url)


@pytest.fixture
def logged_in(browser: Browser) -> Browser:
    """A browser in which an editor is logged in."""
    browser.log_in(browser.key())
    return browser


def test_whoever_logs_in_with_a_key_does_in_a_browser_what_the_key_may_until_they_log_out(browser: Browser) -> None:
    led = browser.get("/desk?state=ready")
    assert (led.status_code, led.headers["location"]) == (303, "/login?next=/desk%3Fstate%3Dready")

    came = browser.log_in(browser.key(), next="/desk?state=ready")

    assert (came.status_code, came.headers["location"]) == (303, "/desk?state=ready")
    page = browser.get("/desk")
    assert page.status_code == 200
    assert "Ana" in page.text
    assert page.headers["cache-control"] == "private, no-cache"
    kept = dict(browser.jar)
    left = browser.post("/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/login?done=left")
    assert browser.jar[COOKIE] == ""
    browser.jar = kept
    assert browser.get("/desk").status_code == 303, "the cookie that was kept aside opens nothing any more"
    assert "Log out" not in browser.get("/claims").text


def test_a_browser_holds_a_token_that_no_script_or_other_site_reaches_and_the_database_only_its_hash(
    logged_in: Browser,
) -> None:
    morsel = logged_in.said[COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["max-age"]) == (True, "lax", "/", "43200")
    assert not morsel["secure"]
    assert not morsel["domain"]
    with writing(logged_in.api.app.state.engine) as session:
        [kept] = session.execute(sa.select(BrowserSession)).scalars()
    assert len(morsel.value) == 43
    assert morsel.value not in str(kept)
    assert kept.expires_at - kept.created_at == timedelta(hours=12)


@pytest.mark.parametrize(
    "settings",
    [{"public_address": "https://claims.example"}, {"trusted_proxies": "127.0.0.1", "host_names": ""}],
    ids=["the public address", "a trusted proxy"],
)
def test_by_https_the_cookie_is_for_this_host_and_https_alone(database_url: str, settings: dict[str, str]) -> None:
    with running(database_url, keyed=False, **settings) as api:
        browser = Browser(api, database_url)
        # What a proxy says counts only if it is trusted.
        by_https = {"X-Forwarded-Proto": "https", "Host": "claims.example"}
        answer = browser.post("/login", {**by_https, "Origin": "https://claims.example"}, key=browser.key())

        assert answer.status_code == 303
        assert browser.said[SECURE_COOKIE]["secure"]
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert browser.get("/desk", **by_https).status_code == 200
        browser.jar = {COOKIE: browser.jar[SECURE_COOKIE]}
        assert browser.get("/desk", **by_https).status_code == 303, "a cookie that http could have set is not read"
        plain = browser.post("/logout", {**by_https, "Origin": "http://claims.example"})
        assert plain.status_code == 303, "nobody is logged in, so nothing is done in anybody's name"


def test_a_token_that_somebody_put_into_the_browser_beforehand_is_not_the_one_that_opens(browser: Browser) -> None:
    planted = "A" * 43
    browser.jar[COOKIE] = planted
    browser.log_in(browser.key())
    first = browser.jar[COOKIE]
    assert first != planted

    browser.log_in(browser.key(name="Ben"))

    assert browser.jar[COOKIE] not in (planted, first)
    assert "Ben" in browser.get("/desk").text
    browser.jar[COOKIE] = first
    assert browser.get("/desk").status_code == 303, "logging in again ends the session before"


@pytest.mark.parametrize("change", [{"revoked_at": now()}, {"expires_at": now()}], ids=["revoked", "expired"])
def test_a_session_ends_with_its_key(logged_in: Browser, change: dict[str, Any]) -> None:
    assert logged_in.get("/desk").status_code == 200
    with writing(logged_in.api.app.state.engine) as session:
        session.execute(sa.update(AccessKey).values(**change))

    assert logged_in.get("/desk").status_code == 303
    assert logged_in.get("/claims").status_code == 200, "what is public is still to be read"


def test_a_session_ends_after_its_hours_and_is_swept_when_somebody_logs_in(logged_in: Browser) -> None:
    engine = logged_in.api.app.state.engine
    with writing(engine) as session:
        session.execute(sa.update(BrowserSession).values(expires_at=now()))
    assert logged_in.get("/desk").status_code == 303

    logged_in.jar.clear()
    logged_in.log_in(logged_in.key())

    with writing(engine) as session:
        assert session.execute(sa.select(sa.func.count()).select_from(BrowserSession)).scalar_one() == 1


@pytest.mark.parametrize("key", ["", "prv_", "prv_aaaaaaaaaaaaaaaa_" + "A" * 43, "' OR 1=1 --", "ключ"])
def test_a_key_that_opens_nothing_is_refused_in_the_same_words_whatever_is_wrong_with_it(
    browser: Browser, key: str
) -> None:
    refused = browser.log_in(key)

    assert (refused.status_code, browser.jar) == (401, {})
    assert "opens nothing here" in refused.text
    assert not key or key not in refused.text.replace("prv_…", "")


def test_whoever_tries_key_after_key_has_to_wait(browser: Browser) -> None:
    refused = [browser.log_in("prv_guess") for _ in range(21)]

    assert [answer.status_code for answer in refused] == [401] * 20 + [429]
    assert int(refused[-1].headers["retry-after"]) > 0
    assert browser.log_in(browser.key()).status_code == 303, "a good key still opens"


FOREIGN = [
    {"Origin": "https://elsewhere.example"},
    {"Origin": "null"},
    {"Origin": f"{HERE}.elsewhere.example"},
    {"Origin": "https://provenance.test"},
    {"Origin": f"{HERE}:8080"},
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://elsewhere.example"},
]


@pytest.mark.parametrize("came", FOREIGN, ids=str)
def test_what_another_site_sends_in_the_name_of_whoever_is_logged_in_does_nothing(
    logged_in: Browser, came: dict[str, str]
) -> None:
    """Pages and programs' addresses alike, and whatever the method."""
    assert logged_in.post("/logout", came).status_code == 403
    assert logged_in.post("/our-corrections", came, said="x").status_code == 403
    for method, address in (("POST", "/v1/sources"), ("PATCH", "/v1/claims/clm_x"), ("DELETE", "/v1/ties/tie_x")):
        cookie = {"Cookie": f"{COOKIE}={logged_in.jar[COOKIE]}"}
        problem = logged_in.api.refused(method, address, 403, json={}, headers={**cookie, **came})
        assert "not sent from a page of this site" in problem["detail"]
    assert logged_in.get("/desk", **came).status_code == 200, "to look is harmless, and still logged in"


@pytest.mark.parametrize("came", FOREIGN, ids=str)
def test_nobody_is_logged_in_from_another_site_under_a_name_that_is_not_theirs(
    browser: Browser, came: dict[str, str]
) -> None:
    assert browser.post("/login", came, key=browser.key()).status_code == 403
    assert browser.jar == {}


@pytest.mark.parametrize(
    "came",
    [OURS, {"Origin": f"{HERE}:80"}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}],
    ids=str,
)
def test_what_a_page_of_ours_sends_is_written_under_the_name_of_whoever_is_logged_in(
    logged_in: Browser, came: dict[str, str]
) -> None:
    if came.get("Origin", "").endswith(":80"):
        came = {**came, "Origin": HERE, "Host": "provenance.test:80"}
    cookie = {"Cookie": f"{COOKIE}={logged_in.jar[COOKIE]}"}
    made = logged_in.api.send(
        "POST", "/v1/sources", json={"name": "Tass", "kind": "news_agency"}, headers={**cookie, **came}
    )

    assert made.status_code == 201, made.text
    [entry, *_] = logged_in.api.items("/v1/history", record=made.json()["id"])
    assert entry["who"] == "api: Ana"


def test_behind_a_proxy_our_pages_stand_at_the_public_address(database_url: str) -> None:
    with running(database_url, keyed=False, public_address="https://claims.example/desk") as api:
        browser = Browser(api, database_url)
        inside = {"Host": "127.0.0.1:8000"}

        assert browser.post("/login", {**inside, "Origin": "https://claims.example"}, key=browser.key()).is_redirect
        assert browser.post("/logout", {**inside, "Origin": "https://elsewhere.example"}).status_code == 403


def test_a_key_in_a_header_needs_no_proof_for_no_other_site_can_send_it(browser: Browser) -> None:
    carried = {"Authorization": f"Bearer {browser.key()}", "Origin": "https://elsewhere.example"}

    made = browser.api.send("POST", "/v1/sources", json={"name": "Tass", "kind": "news_agency"}, headers=carried)

    assert made.status_code == 201


def test_what_is_meant_for_other_sites_knows_nobody_by_a_cookie(logged_in: Browser) -> None:
    asked = logged_in.get("/reconcile", Origin="https://elsewhere.example")

    assert asked.status_code == 200
    assert "private" not in asked.headers.get("cache-control", "")


@pytest.mark.parametrize(
    "wanted",
    [
        *("//evil.example", "/\\evil.example", "https://evil.example", "https:evil.example", "evil.example", ""),
        *("/%2fevil.example", "/%5cevil.example", "/\t/evil.example", "/%09/evil.example", "/%0d%0aSet-Cookie:a=b"),
        *("\\\\evil.example", "javascript:alert(1)", " //evil.example", "/" + "x" * 3000),
    ],
)
def test_after_logging_in_nobody_is_led_to_another_site(browser: Browser, wanted: str) -> None:
    led = browser.log_in(browser.key(), next=wanted)

    assert led.headers["location"] == "/"
    assert list(browser.said) == [COOKIE]


def test_a_form_that_is_sent_after_the_session_ended_keeps_what_was_typed(logged_in: Browser) -> None:
    logged_in.jar.clear()
    typed = {"claim": "clm_x", "said": "Three agencies\r\nconfirmed <it>.", "says": "", "why": "“A reader”"}

    page = logged_in.post("/our-corrections", None, **typed)

    assert page.status_code == 401
    assert "Three agencies\r\nconfirmed &lt;it&gt;." in page.text
    assert 'action="/our-corrections"' in page.text
    foreign = logged_in.post("/our-corrections", {"Origin": "https://elsewhere.example"}, **typed)
    assert foreign.status_code == 401
    assert "Three agencies" not in foreign.text, "another site could lay words into a form of ours"


def test_a_key_that_does_not_reach_so_far_is_told_whose_it_is_and_what_is_needed(browser: Browser) -> None:
    browser.log_in(browser.key(Role.READER, "Rana"))

    refused = browser.get("/desk")

    assert refused.status_code == 403
    for said in ("The key of Rana is that of a reader", "a contributor or more", "Log in with another key", "Log out"):
        assert said in refused.text


def test_where_reading_needs_a_key_a_browser_is_led_to_the_log_in_and_a_program_told(database_url: str) -> None:
    with running(database_url, keyed=False, reading="keys") as api:
        browser = Browser(api, database_url)
        assert browser.get("/claims").headers["location"] == "/login?next=/claims"
        assert browser.get("/v1/claims").status_code == 401
        assert browser.get("/login").status_code == 200
        assert browser.get("/static/base.css").status_code == 200

        browser.log_in(browser.key(Role.READER))

        assert browser.get("/claims").status_code == 200
        assert browser.get("/v1/claims").status_code == 200


@pytest.mark.parametrize(
    ("settings", "asked", "status"),
    [
        ({"host_names": ""}, "rebound.example", 403),
        ({"host_names": ""}, "rebound.example:8000", 403),
        ({"host_names": ""}, "localhost.rebound.example", 403),
        ({"host_names": ""}, "127.0.0.1:8000", 303),
        ({"host_names": ""}, "localhost:8000", 303),
        ({"host_names": ""}, "[::1]:8000", 303),
        ({"host_names": "desk.local, other.local"}, "Other.Local:8000", 303),
        ({"host_names": "", "public_address": "https://claims.example"}, "rebound.example", 403),
        ({"host_names": "", "public_address": "https://claims.example"}, "claims.example", 303),
        ({"host_names": "", "host": "0.0.0.0"}, "whatever.example", 303),
    ],
    ids=str,
)
def test_nobody_is_logged_in_by_a_name_that_somebody_else_points_at_this_machine(
    sqlite_databases: SqliteDatabases, settings: dict[str, str], asked: str, status: int
) -> None:
    with sqlite_databases.fresh() as url, running(url, keyed=False, **settings) as api:
        browser = Browser(api, url)
        came = {"Host": asked, "Origin": f"http://{asked.lower()}", "Sec-Fetch-Site": "same-origin"}
        if "public_address" in settings:
            came["Origin"] = settings["public_address"]
        answer = browser.post("/login", came, key=browser.key())
    assert answer.status_code == status
    if status == 403:
        assert "PROVENANCE_HOST_NAMES" in answer.text


def test_whoever_is_logged_in_writes_by_a_name_of_ours_alone(logged_in: Browser) -> None:
    cookie = {"Cookie": f"{COOKIE}={logged_in.jar[COOKIE]}"}
    came = {"Host": "rebound.example", "Origin": "http://rebound.example", "Sec-Fetch-Site": "same-origin"}
    problem = logged_in.api.refused("POST", "/v1/sources", 403, json={}, headers={**cookie, **came})
    assert problem["title"] == "It was not sent from a page of this site"


def test_an_answer_names_the_public_address_and_never_the_host_that_was_asked(
    sqlite_databases: SqliteDatabases,
) -> None:
    elsewhere = {"Host": "evil.example"}
    with (
        sqlite_databases.fresh() as url,
        running(url, keyed=False, public_address="https://claims.example") as api,
    ):
        pages = [api.send("GET", path, headers=elsewhere) for path in ("/", "/claims?q=x", "/bookmarklet", "/explorer")]
        led = [
            api.send("GET", path, headers=elsewhere).headers["location"]
            for path in ("/v1/claims/", "/claims/?q=%22x", "/healthz/")
        ]
    assert [one.status_code for one in pages] == [200] * 4
    assert all("evil.example" not in one.text for one in pages)
    assert '<meta property="og:url" content="https://claims.example/claims?q=x">' in pages[1].text
    assert led == ["/v1/claims", "/claims?q=%22x", "/healthz"]
