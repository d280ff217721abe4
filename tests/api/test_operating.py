"""What whoever runs the server sees: a log that names requests and keeps secrets, figures, and true readiness."""

from __future__ import annotations

import json
import logging
import logging.config
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.access.guard import ROUTE
from api.access.policy import STATED, Address
from api.operating import logs, readiness
from api.operating.auditing import DONE, LOG_IN, Auditing
from api.operating.figures import METHODS, Board
from api.operating.observed import Observed
from provenance.analysis.recording import recording, trying
from provenance.cli.running import logging_of
from provenance.storage.claim import ClaimCreate
from provenance.storage.event import EventCreate
from provenance.storage.session import writing
from provenance.storage.writes.access import revoke_key
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.events import create_event
from provenance.vocabulary import Role, Visibility
from tests.api.telling import Api, running
from tests.databases import SqliteDatabases, opened
from tests.keys import new_key

KEY = "prv_abcdefghijklmnop_" + "S3cret" * 7 + "x"
WITNESS = "Aigerim Nurlanova"
SECRETS = {
    "a key": KEY,
    "a cookie": "session-of-the-editor-0123456789",
    "a query": "the-query-says-Karlygash",
    "a body": f"{WITNESS} saw it",
    "a password": "hunter2-of-the-database",
    "a hook": "whsec_c2VjcmV0LW9mLWEtaG9vay0wMTIzNDU2Nzg5",
}


@pytest.fixture
def told() -> Iterator[Callable[[str], StringIO]]:
    """Lets everything be logged as `provenance serve --access-log` does, into what it returns."""
    root = logging.getLogger()
    kept = (root.level, list(root.handlers))
    levels = {name: logging.getLogger(name).level for name in ("provenance", "provenance.requests", "uvicorn")}

    def begun(kind: str) -> StringIO:
        written = StringIO()
        config = logging_of("json" if kind == "json" else "text", True)
        config["handlers"]["stderr"]["stream"] = written
        logging.config.dictConfig(config)
        return written

    yield begun
    root.handlers[:] = kept[1]
    root.setLevel(kept[0])
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def sqlite_api(sqlite_databases: SqliteDatabases) -> Iterator[Api]:
    """For what no database changes: the app on an SQLite file, for people without keys."""
    with sqlite_databases.fresh() as url, running(url, keyed=False) as api:
        yield api


class _Breaking:
    """Stands where ready traces are looked up, and fails with everything that must not be told."""

    async def trace(self, claim: str) -> None:
        try:
            raise sa.exc.OperationalError(
                f"SELECT '{WITNESS} saw it'", {"q": KEY}, Exception(" ".join(SECRETS.values()))
            )
        except sa.exc.OperationalError as failed:
            raise LookupError(" ".join(SECRETS.values())) from failed

    async def close(self) -> None:
        return None


@contextmanager
def breaking(api: Api) -> Iterator[None]:
    """Every trace fails until the end."""
    whole, api.app.state.traces = api.app.state.traces, _Breaking()
    try:
        yield
    finally:
        api.app.state.traces = whole


@pytest.mark.parametrize("kind", ["text", "json"])
def test_no_secret_and_no_word_of_a_witness_reaches_the_log(
    sqlite_api: Api, told: Callable[[str], StringIO], kind: str
) -> None:
    log = told(kind)
    carried = {"Authorization": f"Bearer {KEY}", "Cookie": f"prv_session={SECRETS['a cookie']}"}

    refused = sqlite_api.send("POST", "/v1/claims", json={"text": SECRETS["a body"]}, headers=carried)
    asked = sqlite_api.send("GET", "/v1/claims", params={"q": SECRETS["a query"], WITNESS: KEY})
    with breaking(sqlite_api):
        failed = sqlite_api.send("GET", "/v1/claims/clm_x/trace", headers={"X-Note": SECRETS["a body"]})
    logging.getLogger("provenance.api").warning(
        "postgresql://desk:%s@db.example/claims was given up by %s", SECRETS["a password"], SECRETS["a hook"]
    )

    assert (refused.status_code, asked.status_code, failed.status_code) == (401, 422, 500)
    written = log.getvalue()
    assert {what for what, secret in SECRETS.items() if secret in written or secret[4:] in written} == set()
    assert WITNESS not in written
    # It is told all the same: that it failed, of which kind that was, where, and what was asked.
    for word in ("LookupError", "OperationalError", "test_operating.py", "/v1/claims/{claim_id}/trace", "db.example"):
        assert word in written


def test_a_request_is_named_in_its_answer_and_in_every_line_about_it(
    sqlite_api: Api, told: Callable[[str], StringIO]
) -> None:
    log = told("json")
    with breaking(sqlite_api):
        answer = sqlite_api.send("GET", "/v1/claims/clm_x/trace", headers={"X-Request-Id": "edge-7f.3_a"})

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert answer.headers["x-request-id"] == "edge-7f.3_a"
    assert [(line["message"], line["request"]) for line in lines] == [
        ("Unforeseen failure", "edge-7f.3_a"),
        ("answered", "edge-7f.3_a"),
    ]
    assert answer.json()["detail"] == "The server failed; its log says why. Nothing was written."
    last = lines[-1]
    assert (last["method"], last["route"], last["status"]) == ("GET", "/v1/claims/{claim_id}/trace", 500)


@pytest.mark.parametrize("strange", ["", "two words", "a" * 65, 'x"y', "Ы".encode(), "a\x1b[31m"])
def test_a_request_that_brings_no_sane_name_is_given_one(sqlite_api: Api, strange: str | bytes) -> None:
    names = {
        sqlite_api.send("GET", "/healthz", headers=[(b"X-Request-Id", _bytes(strange))]).headers["x-request-id"]
        for _ in range(3)
    }
    assert len(names) == 3
    assert strange not in names


def test_the_names_of_known_parameters_are_logged_and_never_what_they_say(
    sqlite_api: Api, told: Callable[[str], StringIO]
) -> None:
    log = told("json")
    sqlite_api.get("/v1/claims", q="Aigerim", limit=5)
    line = json.loads(log.getvalue())
    assert (line["parameters"], line["status"]) == ("limit,q", 200)
    assert "Aigerim" not in log.getvalue()


@pytest.mark.parametrize("kind", ["text", "json"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", "\x0b", "\x1b[2J"])
def test_nobody_can_write_a_line_of_their_own_into_the_log(
    told: Callable[[str], StringIO], kind: str, end: str
) -> None:
    log = told(kind)
    forged = f"10.0.0.1{end}2026-01-01T00:00:00.000Z INFO provenance.audit: key made key=key_mine"

    logging.getLogger("provenance.audit").warning("refused %s", forged, extra={"address": forged})

    assert len(log.getvalue().splitlines()) == 1
    assert "\x1b" not in log.getvalue()


def test_an_exception_in_the_text_log_follows_on_lines_that_no_event_begins_with(
    told: Callable[[str], StringIO],
) -> None:
    log = told("text")
    try:
        raise OSError(28, "No space left on device", "/srv/desk/of/Aigerim.db")
    except OSError as full:
        logging.getLogger("provenance.api").error("It failed", exc_info=full)
    first, *rest = log.getvalue().splitlines()
    assert first.endswith("ERROR provenance.api: It failed")
    assert rest[0] == "    | OSError (No space left on device)"
    assert all(line.startswith("    | ") for line in rest)
    assert "Aigerim" not in log.getvalue()


@pytest.mark.parametrize("line", ["", "x" * 200_000, "prv_" * 50_000, "a://" * 30_000, "bearer " * 30_000])
def test_looking_for_secrets_takes_no_time_worth_mentioning(line: str) -> None:
    began = time.process_time()
    logs.without_secrets(line)
    assert time.process_time() - began < 1


def test_prometheus_reads_the_figures_and_nobody_makes_them_grow(sqlite_api: Api) -> None:
    before = figures(sqlite_api)
    for number in range(30):
        sqlite_api.send("GET", f"/nothing/{number}/here", headers={"Accept": "application/json"})
        sqlite_api.send("GET", f"/v1/claims/clm_{number}")
        sqlite_api.send(f"ODD{number}", "/v1/claims")
    sqlite_api.send("POST", "/v1/claims", json={})

    after = figures(sqlite_api)

    def risen(name: str, **labels: str) -> float:
        place = (name, tuple(sorted(labels.items())))
        return after.get(place, 0) - before.get(place, 0)

    asked = "provenance_requests_total"
    assert risen(asked, method="GET", route="none", status="404") == 30
    assert risen(asked, method="GET", route="/v1/claims/{claim_id}", status="404") == 30
    assert risen("provenance_request_seconds_count", method="GET", route="/v1/claims/{claim_id}") == 30
    assert risen("provenance_refusals_total", kind="key needed") == 1
    routes = {dict(labels)["route"] for name, labels in after if name == asked}
    assert routes <= {address.path for address in STATED} | {"none"}
    assert {dict(labels)["method"] for name, labels in after if name == asked} <= METHODS | {"other"}
    assert after["provenance_requests_in_flight", ()] == 1


def test_the_figures_tell_of_the_database(api: Api) -> None:
    api.claim()
    seen = figures(api)
    assert seen["provenance_database_up", ()] == 1
    assert seen["provenance_history_entries", ()] >= 2
    assert seen["provenance_hook_messages_waiting", ()] == 0
    assert seen["provenance_stale_claims", ()] == 0
    assert seen["provenance_writers_waiting", ()] == 0
    assert [dict(labels)["version"] for name, labels in seen if name == "provenance_schema_info"] != ["none"]


def test_the_figures_say_so_when_the_database_does_not_answer(sqlite_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 0.05)
    monkeypatch.setattr(readiness, "upkeep", lambda _: time.sleep(0.4))
    assert figures(sqlite_api)["provenance_database_up", ()] == 0


@pytest.mark.parametrize(
    ("chosen", "without", "with_key"),
    [({}, 200, 200), ({"reading": "keys"}, 401, 200), ({"public_address": "https://claims.example"}, 401, 200)],
    ids=["this machine alone", "reading with keys", "reached by others"],
)
def test_the_figures_are_for_this_machine_or_for_whoever_has_a_key(
    sqlite_databases: SqliteDatabases, chosen: dict[str, Any], without: int, with_key: int
) -> None:
    with sqlite_databases.fresh() as url, running(url, keyed=False, **chosen) as api:
        carried = {"Authorization": f"Bearer {new_key(url, Role.READER)}"}
        statuses = [api.send("GET", "/metrics", headers=one).status_code for one in ({}, carried)]
    assert statuses == [without, with_key]


def test_it_is_ready_while_the_database_answers_and_says_what_is_wrong_when_not(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert api.get("/readyz") == {"status": "ready"}
    with api.app.state.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'from_the_future'"))

    problem = api.refused("GET", "/readyz", 503)

    assert problem["detail"] == "The database is not the one that is needed; the server's log says more."
    assert api.get("/healthz") == {"status": "up"}


def test_a_database_that_hangs_keeps_no_watchman_waiting(sqlite_api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = threading.Event()
    monkeypatch.setattr(readiness, "PATIENCE", 0.05)
    monkeypatch.setattr(readiness, "require_ready", lambda _: answers.wait(60))

    problems = [sqlite_api.refused("GET", "/readyz", 503)["detail"] for _ in range(3)]
    answers.set()

    assert problems == ["The database did not answer within 0 seconds."] * 3
    assert sqlite_api.get("/healthz") == {"status": "up"}


def test_it_is_not_ready_without_room_on_the_disk_nor_while_it_stops(
    sqlite_api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "LEAST_SPACE", 2**80)
    assert "Make room there." in sqlite_api.refused("GET", "/readyz", 503)["detail"]
    monkeypatch.undo()
    assert sqlite_api.get("/readyz") == {"status": "ready"}

    sqlite_api.app.state.stopping = True
    assert sqlite_api.refused("GET", "/readyz", 503)["detail"].startswith("The server is stopping")


def test_what_was_done_and_who_was_turned_away_is_told(told: Callable[[str], StringIO]) -> None:
    log, auditing = told("json"), Auditing()
    made, _ = next(iter(DONE.items()))

    auditing.told(_scope(*made), 201)
    auditing.told(_scope("GET", "/v1/claims"), 200)
    auditing.told(_scope(*LOG_IN), 303)
    auditing.told(_scope(*LOG_IN), 401)
    for _ in range(5):
        auditing.told(_scope("POST", "/v1/claims"), 401)
    auditing.told(_scope("POST", "/v1/claims", address="192.0.2.8"), 401)

    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    assert [(line["message"], line["address"]) for line in lines] == [
        ("key made", "192.0.2.7"),
        ("logged in", "192.0.2.7"),
        ("log-in refused", "192.0.2.7"),
        ("key needed", "192.0.2.7"),
        ("key needed", "192.0.2.8"),
    ]


def test_refusals_that_were_not_told_are_counted_in_the_next_line(
    told: Callable[[str], StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    log, auditing, now = told("json"), Auditing(), [1000.0]
    monkeypatch.setattr("api.operating.auditing.monotonic", lambda: now[0])
    for _ in range(4):
        auditing.told(_scope("GET", "/v1/claims"), 429)
    now[0] += 61
    auditing.told(_scope("GET", "/v1/claims"), 429)
    assert [json.loads(line).get("before") for line in log.getvalue().splitlines()] == [None, 3]


@pytest.mark.parametrize("asked", list(DONE), ids=" ".join)
def test_what_is_told_of_is_an_address_of_the_app(asked: tuple[str, str]) -> None:
    assert Address(*asked) in STATED


def test_a_record_that_is_shown_to_others_than_before_is_told_of_once_it_is_lasting(
    engine: sa.Engine, told: Callable[[str], StringIO]
) -> None:
    log = told("json")
    with recording(engine, "api: Ana") as writer:
        event = create_event(writer, EventCreate(title="Unrest in Kazakhstan"))
        claim = create_claim(writer, ClaimCreate(text="Dozens were killed.", event=event.public_id))
    with trying(engine, "api: Ana", None, dry_run=True) as writer:
        writer.change(writer.session.get_one(type(claim), claim.id), {"visibility": Visibility.DESK})
    assert log.getvalue() == ""

    with recording(engine, "api: Ana") as writer:
        writer.change(writer.session.get_one(type(claim), claim.id), {"visibility": Visibility.DESK})

    line = json.loads(log.getvalue())
    assert (line["message"], line["record"], line["was"], line["now"], line["who"]) == (
        "visibility changed", claim.public_id, "public", "desk", "api: Ana",
    )  # fmt: skip


def test_a_key_that_opens_nothing_and_another_site_are_told_from_those_who_merely_lack_a_key(
    sqlite_api: Api, told: Callable[[str], StringIO]
) -> None:
    key = new_key(sqlite_api.app.state.settings.database_url, Role.EDITOR, "Ana")
    ours = {"Origin": "http://provenance.test"}
    before, log = figures(sqlite_api), told("json")

    sqlite_api.send("POST", "/v1/claims", json={})
    sqlite_api.send("GET", "/v1/claims", headers={"Authorization": f"Bearer {KEY}"})
    sqlite_api.send("POST", "/login", data={"key": KEY}, headers=ours)
    opened = sqlite_api.send("POST", "/login", data={"key": key}, headers=ours)
    cookie = {"Cookie": opened.headers["set-cookie"].partition(";")[0]}
    sqlite_api.client.cookies.clear()
    crossed = sqlite_api.send("POST", "/logout", headers={**cookie, "Origin": "https://elsewhere.example"})

    after = figures(sqlite_api)
    kinds = ("key needed", "key opens nothing", "sent from another site", "not allowed")
    places = [("provenance_refusals_total", (("kind", kind),)) for kind in kinds]
    assert [after[place] - before[place] for place in places] == [1, 2, 1, 0]
    assert crossed.status_code == 403
    public_id = f"key_{key.split('_')[1]}"
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    audit = [(line["message"], line.get("key")) for line in lines if line["logger"] == "provenance.audit"]
    # One line for the log-in, and it names the key; refusals of an address that were told a moment ago are not.
    assert audit[-2:] == [("logged in", public_id), ("sent from another site", public_id)]


def test_the_figures_say_that_the_database_is_away_to_whoever_had_a_good_key_while_it_was_there(
    sqlite_databases: SqliteDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        sqlite_databases.fresh() as url,
        running(url, keyed=False, public_address="https://claims.example") as api,
    ):
        good, other, revoked = (
            {"Authorization": f"Bearer {new_key(url, Role.READER, name)}"} for name in ("Rea", "Bo", "Gone")
        )
        assert [api.send("GET", "/metrics", headers=one).status_code for one in (good, revoked)] == [200, 200]
        revoke(url, revoked)
        assert api.send("GET", "/metrics", headers=revoked).status_code == 401
        file, away = Path(url.removeprefix("sqlite:///")), Path(f"{url.removeprefix('sqlite:///')}.away")
        file.rename(away)
        told = api.send("GET", "/metrics", headers=good)
        others = [api.send("GET", "/metrics", headers=one).status_code for one in ({}, other, revoked)]
        elsewhere = api.send("GET", "/v1/keys", headers=good).status_code
        well = [api.send("GET", path, headers=good).status_code for path in ("/healthz", "/readyz")]
        monkeypatch.setattr("api.access.watching.KEPT", -1.0)
        later = api.send("GET", "/metrics", headers=good).status_code
        away.rename(file)
    assert "provenance_database_up 0.0" in told.text
    assert others == [401, 503, 503]
    assert (elsewhere, well, later) == (503, [200, 503], 503)


def revoke(url: str, carried: dict[str, str]) -> None:
    with opened(url) as engine, writing(engine) as session:
        revoke_key(session, f"key_{carried['Authorization'].split('_')[1]}")


def test_whoever_watches_is_answered_when_the_share_of_their_address_is_used_up(
    sqlite_databases: SqliteDatabases,
) -> None:
    with sqlite_databases.fresh() as url, running(url, keyed=False, requests_per_minute=2) as api:
        used = [api.send("GET", "/v1/claims").status_code for _ in range(3)]
        well = [api.send("GET", path).status_code for path in ("/healthz", "/readyz", "/healthz")]
    assert used == [200, 200, 429]
    assert well == [200, 200, 429], "they have a share of their own, so that nobody keeps the database busy with it"


def test_more_than_so_many_at_once_are_asked_to_come_again_but_for_watchmen(sqlite_api: Api) -> None:
    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("answered")(scope, receive, send)

    full = Observed(answered, Board(), Auditing(), most_at_once=0)

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        await full({**scope, "app": sqlite_api.app}, receive, send)

    async def asked() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(within), base_url="http://desk.test") as client:
            return [await client.get(address) for address in ("/v1/claims", "/healthz", "/readyz", "/metrics")]

    refused, *watched = sqlite_api.portal.call(asked)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert [one.text for one in watched] == ["answered"] * 3


def figures(api: Api) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """All figures, by their names and labels, as Prometheus's own parser reads them."""
    answer = api.send("GET", "/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def _scope(method: str, route: str, address: str = "192.0.2.7") -> dict[str, Any]:
    settings = SimpleNamespace(trusted_proxies="")
    app = SimpleNamespace(state=SimpleNamespace(settings=settings))
    return {"type": "http", "method": method, ROUTE: route, "client": (address, 1), "headers": [], "app": app}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
