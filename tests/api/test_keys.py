"""Keys are shown once, open what they are for, and open nothing once they expired or were taken back."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
import sqlalchemy as sa

from api.access.uses import Uses
from provenance.errors import KeyNeeded
from provenance.storage.access import KeyCreate
from provenance.storage.reads import access as reads
from provenance.storage.record import now
from provenance.storage.session import make_engine, reading, writing
from provenance.storage.writes.access import create_key
from provenance.vocabulary import Role
from tests.api.telling import Api, Json, running
from tests.keys import new_key

NOBODYS = f"prv_{'a' * 16}_{'b' * 43}"


@dataclass(frozen=True)
class Door:
    """An app, its database, and the key of the admin who manages the others."""

    api: Api
    url: str
    admin: str

    def send(self, key: str | None, method: str, address: str, **options: Any) -> httpx.Response:
        """A request with a key, or without one."""
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        if method == "DELETE":
            headers["If-Match"] = "*"
        return self.api.send(method, address, headers={**headers, **options.pop("headers", {})}, **options)

    def make(self, **given: Any) -> Json:
        """A key that the admin makes; those of one name are for one person."""
        wanted = {"name": "Ana", "role": "editor", "same_person": True, **given}
        answer = self.send(self.admin, "POST", "/v1/keys", json=wanted)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def status(self, key: str | None, address: str = "/v1/me") -> int:
        """What a key is answered with."""
        return self.send(key, "GET", address).status_code


@pytest.fixture
def door(database_url: str) -> Iterator[Door]:
    """An app in which nobody is given a key unasked."""
    with running(database_url, keyed=False) as api:
        yield Door(api, database_url, new_key(database_url, Role.ADMIN, "Bea"))


def expired_key(url: str) -> str:
    engine = make_engine(url)
    with writing(engine) as session:
        key, text = create_key(session, KeyCreate(name="Old", role=Role.ADMIN), "a test")
        key.expires_at = now() - timedelta(seconds=1)
    engine.dispose()
    return text


@pytest.mark.parametrize(
    ("name", "status"), [("\u0410na", 422), ("Ana \u0410\u0439\u0433\u04af\u043b", 201), ("Ana-\u0416.", 201)]
)
def test_a_name_that_looks_like_another_because_its_letters_are_of_two_alphabets_is_refused(
    door: Door, name: str, status: int
) -> None:
    answer = door.send(door.admin, "POST", "/v1/keys", json={"name": name, "role": "editor"})
    assert answer.status_code == status, answer.text
    assert status == 201 or "several alphabets" in answer.json()["errors"][0]["message"]


def test_a_key_is_shown_once_and_opens_what_its_role_may(door: Door) -> None:
    made = door.make(role="contributor", expires_at="2999-01-01T00:00:00Z", per_minute=120)
    shown = {name: value for name, value in made.items() if name != "key"}
    assert (made["created_by"], made["good"], made["per_minute"]) == ("api: Bea", True, 120)
    assert door.send(door.admin, "GET", f"/v1/keys/{made['id']}").json() == shown
    assert shown in door.send(door.admin, "GET", "/v1/keys").json()["items"]
    me = {"name": "Ana", "role": "contributor", "key": made["id"], "may": ["read", "propose"]}
    assert door.send(made["key"], "GET", "/v1/me").json() == me
    assert door.send(None, "GET", "/v1/me").json() == {"name": None, "role": None, "key": None, "may": ["read"]}


def test_no_answer_history_log_or_database_holds_a_secret(
    door: Door, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    made = door.make()
    secret = made["key"].split("_", 2)[2]
    door.send(made["key"], "POST", "/v1/events", json={"title": "Unrest"})
    door.send(f"{made['key']}x", "GET", "/v1/me")
    told = [
        door.send(door.admin, "GET", address).text
        for address in ("/v1/keys", "/v1/history", "/v1/export.jsonl?include=everything")
    ]
    told += [door.send(door.admin, method, f"/v1/keys/{made['key']}").json()["detail"] for method in ("GET", "DELETE")]
    logged = [str(vars(record)) for record in caplog.records if record.name.startswith("provenance")]
    assert not [text for text in [*told, *logged] if secret in text]
    engine = make_engine(database_url)
    with reading(engine) as session:
        [row] = session.execute(sa.select(*reads.SHOWN).where(sa.text("name = 'Ana'"))).mappings()
        assert secret not in str(dict(row))
        assert "secret" not in str(row.keys())
    engine.dispose()


def test_making_and_revoking_a_key_leaves_a_line_in_the_log(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "provenance.keys")
    made = door.make()
    door.send(door.admin, "DELETE", f"/v1/keys/{made['id']}")
    door.send(door.admin, "DELETE", f"/v1/keys/{made['id']}")
    named = f"The key {made['id']} (editor Ana)"
    lines = [one.getMessage() for one in caplog.records if one.name == "provenance.keys"]
    assert lines == [f"{named} was made by api: Bea", f"{named} was revoked by api: Bea"]


def test_what_opens_nothing_is_refused_with_the_remedy(door: Door) -> None:
    revoked = door.make()
    assert door.send(door.admin, "DELETE", f"/v1/keys/{revoked['id']}").status_code == 204
    good = door.make()["key"]
    expired = expired_key(door.url)
    sent = {
        f"Bearer {NOBODYS}": "Check that it was copied whole",
        f"Bearer {good[:-1]}": "Check that it was copied whole",
        f"Bearer {good} x": "Check that it was copied whole",
        "Bearer": "Send it as `Authorization: Bearer prv_…`",
        "Bearer \t": "Send it as `Authorization: Bearer prv_…`",
        f"Basic {good}": "Send it as `Authorization: Bearer prv_…`",
        good: "Send it as `Authorization: Bearer prv_…`",
        f"Bearer {revoked['key']}": f"{revoked['id']} was revoked. Ask whoever manages keys",
        f"Bearer {expired}": f"key_{expired.split('_')[1]} has expired. Ask whoever manages keys",
    }
    for header, remedy in sent.items():
        answer = door.api.send("GET", "/v1/me", headers={"Authorization": header})
        assert answer.status_code == 401, header
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert remedy in answer.json()["detail"]
        assert good not in answer.text
    assert door.send(good, "GET", "/v1/me", headers={"Authorization": f"bEARER  {good}"}).status_code == 200


def test_a_role_that_does_not_reach_so_far_is_told_which_does(door: Door) -> None:
    editor = door.make()["key"]
    told = door.send(editor, "GET", "/v1/keys").json()
    assert told["status"] == 403
    assert "that of an editor, and this needs that of an admin or more. Ask whoever manages keys" in told["detail"]
    needed = door.send(None, "POST", "/v1/claims", json={}).json()
    assert needed["status"] == 401
    assert "needs the key of a contributor or more. Send it as `Authorization: Bearer prv_…`" in needed["detail"]


def test_a_key_in_the_address_is_never_taken(door: Door) -> None:
    assert door.status(None, f"/v1/keys?key={door.admin}") == 401
    # Clients of Google's interface send one of theirs there, and it has never meant anything here.
    found = door.send(None, "GET", f"/v1alpha1/claims:search?query=dozens&key={door.admin}")
    assert (found.status_code, found.json().get("claims", [])) == (200, [])


def test_the_last_good_key_of_an_admin_is_not_revoked_over_http(door: Door) -> None:
    own = f"/v1/keys/key_{door.admin.split('_')[1]}"
    expired_key(door.url)
    refused = door.send(door.admin, "DELETE", own).json()
    assert refused["status"] == 409
    assert "Make another one first" in refused["detail"]
    other = door.make(role="admin", name="Cem")["key"]
    assert door.send(door.admin, "DELETE", own).status_code == 204
    assert (door.status(door.admin), door.status(other)) == (401, 200)


def test_a_key_that_changed_since_it_was_read_is_not_revoked(door: Door) -> None:
    made = door.make()
    stale = {"If-Match": '"of an earlier version"'}
    assert door.send(door.admin, "DELETE", f"/v1/keys/{made['id']}", headers=stale).status_code == 412
    assert door.status(made["key"]) == 200


@pytest.mark.parametrize(
    "given",
    [
        {"name": " "},
        {"name": "a\u202eb"},
        {"name": "x" * 101},
        {"role": "owner"},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "tomorrow"},
        {"per_minute": 0},
        {"secret": "chosen"},
    ],
)
def test_a_key_that_cannot_be_is_not_made(door: Door, given: Json) -> None:
    answer = door.send(door.admin, "POST", "/v1/keys", json={"name": "Ana", "role": "editor", **given})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["remedy"]
    assert len(door.send(door.admin, "GET", "/v1/keys").json()["items"]) == 1


def test_keys_are_listed_by_owner_role_and_whether_they_are_good(door: Door) -> None:
    first, second = door.make(name="Ana"), door.make(name="Cem", role="reader")
    door.send(door.admin, "DELETE", f"/v1/keys/{first['id']}")

    def listed(asked: str) -> list[str]:
        return [one["name"] for one in door.send(door.admin, "GET", f"/v1/keys?{asked}").json()["items"]]

    assert listed("sort=created") == ["Bea", "Ana", "Cem"]
    assert (listed("name=Cem"), listed("role=admin"), listed("good=false")) == (["Cem"], ["Bea"], ["Ana"])
    page = door.send(door.admin, "GET", "/v1/keys?limit=1").json()
    assert page["items"][0]["id"] == second["id"]
    following = door.send(door.admin, "GET", f"/v1/keys?limit=1&cursor={page['next']}").json()
    assert following["items"][0]["id"] == first["id"]


def test_keys_that_fail_are_limited_for_each_address_and_good_ones_go_on(door: Door) -> None:
    statuses = [door.status(NOBODYS) for _ in range(22)]
    assert statuses[:20] == [401] * 20
    assert statuses[20:] == [429] * 2
    assert int(door.send(NOBODYS, "GET", "/v1/me").headers["retry-after"]) >= 1
    assert (door.status(door.admin), door.status(None)) == (200, 200)


def test_when_a_key_was_last_used_is_kept_to_the_minute(door: Door) -> None:
    made = door.make()
    listed = f"/v1/keys/{made['id']}"
    assert door.status(made["key"]) == 200
    before = door.send(door.admin, "GET", listed).json()["last_used_at"]
    door.api.app.state.uses.write()
    used = door.send(door.admin, "GET", listed).json()["last_used_at"]
    assert before is None
    assert used[:10] == now().isoformat()[:10]
    assert used.endswith(":00Z")


def test_a_database_that_cannot_be_written_now_costs_no_use_and_no_answer(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    key = f"key_{new_key(database_url, Role.READER, 'Rea').split('_')[1]}"
    engine, gone = make_engine(database_url), make_engine("sqlite:////nowhere/at/all.db")
    uses = Uses(gone)
    uses.note(key)
    uses.write()
    assert "last used cannot be written down now" in caplog.text
    uses._engine = engine
    uses.write()
    with reading(engine) as session:
        assert reads.key_item(session, key).last_used_at is not None
    engine.dispose()


@pytest.mark.parametrize("sent", [NOBODYS, "prv_short", "", "prv_" + "ü" * 60])
def test_secrets_are_compared_whether_there_is_such_a_key_or_not(
    database_url: str, sent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[int, int]] = []

    def compare(held: str, given: str) -> bool:
        compared.append((len(held), len(given)))
        return False

    monkeypatch.setattr(reads, "compare_digest", compare)
    engine = make_engine(database_url)
    known = new_key(database_url)
    with reading(engine) as session:
        for key in (sent, known):
            with pytest.raises(KeyNeeded, match="opens nothing here"):
                reads.holder_of_key(session, key)
    engine.dispose()
    assert compared == [(64, 64), (64, 64)]
