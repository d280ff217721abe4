"""Who wants to be told is told once, of what is new, by one of those who deliver, and never within our own network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.errors import Unfetchable
from provenance.ingestion.fetching.posting import Posted, Poster
from provenance.storage.correction import CorrectionCreate
from provenance.storage.session import reading, writing
from provenance.storage.writes.corrections import create_correction
from provenance.storage.writes.standings import mark_stale
from provenance.vocabulary import CorrectionKind
from tests.api.telling import Api, Json
from tests.exchange.receiving import Clock, Post, deliverer, engine_of

PUBLIC = "https://receiver.example/hooks"


def hook(api: Api, **more: Any) -> Json:
    return api.post("/v1/hooks", **{"url": PUBLIC, **more})


def messages(api: Api, hooked: Json, **asked: Any) -> list[Json]:
    return api.items(f"/v1/hooks/{hooked['id']}/messages", **asked)


def test_messages_come_in_the_order_in_which_things_happened(api: Api) -> None:
    hook(api)
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")
    api.post("/v1/corrections", kind="denial", by=api.source("RIA"), claim=claim)

    post = Post()
    deliverer(api, post).deliver()

    moments = [body["timestamp"] for _, body in post.posted]
    assert moments == sorted(moments)
    assert "correction_arrived" in post.types
    assert set(post.types) == {"correction_arrived", "flag_raised"}


def test_only_what_is_new_is_told(api: Api) -> None:
    hook(api, about=["flag_raised"])
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")
    first = Post()
    deliverer(api, first).deliver()

    api.report(claim, "Interior Ministry", "Khabar 24", "RIA")
    second = Post()
    deliverer(api, second).deliver()

    assert "single_origin" in first.rules
    assert "single_origin" not in second.rules, "its words count two reports now, but it is the same flag"
    assert not set(first.rules) & set(second.rules)


def test_a_hook_hears_of_what_it_asked_for_alone(api: Api) -> None:
    mine, other = api.claim(), api.claim("Eight police were killed.", event=api.event("Almaty"))
    wanted = {
        "one rule": hook(api, rules=["unverified_figure"], about=["flag_raised"]),
        "another event": hook(api, event=api.event("Almaty")),
        "one claim": hook(api, claim=mine),
        "corrections": hook(api, about=["correction_arrived"]),
        "nothing": hook(api, active=False),
    }
    api.report(mine, "Interior Ministry", "Tass")
    api.post("/v1/corrections", kind="denial", by=api.source("RIA"), claim=other)

    heard = {name: messages(api, each, limit=200) for name, each in wanted.items()}

    assert [each["body"]["data"]["flag"]["rule"] for each in heard["one rule"]] == ["unverified_figure"]
    assert {each["body"]["data"]["claim"]["id"] for each in heard["another event"]} == {other}
    assert {each["body"]["data"]["claim"]["id"] for each in heard["one claim"]} == {mine}
    assert [each["happening"] for each in heard["corrections"]] == ["correction_arrived"]
    assert heard["nothing"] == []


def test_a_write_that_fails_tells_nobody(api: Api) -> None:
    hooked = hook(api)
    claim = api.claim()
    denied = CorrectionCreate(kind=CorrectionKind.DENIAL, by=api.source("RIA"), claim=claim)
    before = len(messages(api, hooked))

    def write() -> None:
        with recording(engine_of(api), "a test") as writer:
            create_correction(writer, denied)
            raise RuntimeError("the plug was pulled")

    with pytest.raises(RuntimeError):
        write()
    assert len(messages(api, hooked)) == before


def test_flags_of_claims_that_waited_to_be_computed_are_told_all_the_same(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")
    hook(api, rules=["single_origin"])
    with writing(engine_of(api)) as session:
        session.execute(sa.text("DELETE FROM flagged_figure"))
        session.execute(sa.text("DELETE FROM flag"))
        mark_stale(session, list(session.scalars(sa.text("SELECT id FROM claim"))))

    post = Post()
    deliverer(api, post).deliver()

    assert post.rules == ["single_origin"]


def test_two_that_deliver_send_each_message_once(api: Api) -> None:
    hooked = hook(api)
    for _ in range(6):
        api.post(f"/v1/hooks/{hooked['id']}/test")
    post, begun = Post(), Barrier(2)

    def deliver() -> int:
        begun.wait()
        return deliverer(api, post).deliver().taken

    with ThreadPoolExecutor(2) as both:
        taken = [each.result() for each in (both.submit(deliver), both.submit(deliver))]

    assert sum(taken) == 6
    assert len({headers["webhook-id"] for headers, _ in post.posted}) == len(post.posted) == 6


def test_a_message_whose_sender_died_is_sent_by_the_next(api: Api) -> None:
    hooked = hook(api)
    api.post(f"/v1/hooks/{hooked['id']}/test")

    def die(url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliverer(api, die).deliver()
    clock, post = Clock(), Post()
    assert deliverer(api, post, clock).deliver().sent == 0, "it may still be on its way"
    clock.ahead = timedelta(minutes=5)
    assert deliverer(api, post, clock).deliver().taken == 1


def test_after_the_last_attempt_a_message_is_given_up_and_says_why(api: Api) -> None:
    hooked, clock = hook(api), Clock()
    api.post(f"/v1/hooks/{hooked['id']}/test")
    delivering = deliverer(api, Post([500, 500]), clock, most=2)
    delivering.deliver()
    clock.ahead = timedelta(hours=1)

    assert delivering.deliver().given_up == 1
    [message] = messages(api, hooked, state="given_up")
    assert message["answer"] == "It answered 500. Given up after 2 attempts."
    clock.ahead = timedelta(days=9)
    assert delivering.deliver().sent == 0


def test_a_receiver_that_asks_for_time_gets_it(api: Api) -> None:
    hooked, clock = hook(api), Clock()
    api.post(f"/v1/hooks/{hooked['id']}/test")
    delivering = deliverer(api, Post([Posted(429, {"retry-after": "600"})]), clock)
    delivering.deliver()
    clock.ahead = timedelta(seconds=500)
    assert delivering.deliver().sent == 0
    clock.ahead = timedelta(seconds=700)
    assert delivering.deliver().taken == 1


def test_a_receiver_that_is_gone_is_switched_off(api: Api) -> None:
    hooked = hook(api)
    for _ in range(2):
        api.post(f"/v1/hooks/{hooked['id']}/test")

    post = Post([410])
    deliverer(api, post).deliver()

    assert api.get(f"/v1/hooks/{hooked['id']}")["active"] is False
    assert [each["answer"] for each in messages(api, hooked, state="given_up")] == [
        "It answered 410; the hook was switched off."
    ]
    assert "switched off" in api.refused("POST", f"/v1/hooks/{hooked['id']}/test", 409)["detail"]
    assert deliverer(api, Post()).deliver().sent == 0, "what waits is kept until it is switched on again"


def test_a_hook_that_was_let_go_is_sent_nothing(api: Api) -> None:
    hooked = hook(api)
    api.post(f"/v1/hooks/{hooked['id']}/test")
    assert api.send("DELETE", f"/v1/hooks/{hooked['id']}").status_code == 204
    assert deliverer(api, Post()).deliver().sent == 0
    api.refused("GET", f"/v1/hooks/{hooked['id']}/messages", 404)


def test_a_name_that_leads_into_our_own_network_is_never_reached(api: Api) -> None:
    hooked = hook(api)
    api.post(f"/v1/hooks/{hooked['id']}/test")
    deliverer(api, Poster(resolver=lambda host: ["10.0.0.7"])).deliver()
    [message] = messages(api, hooked)
    assert message["answer"] == "receiver.example leads to no public address; give another receiver."


def test_a_receiver_that_cannot_be_reached_is_tried_again(api: Api) -> None:
    hooked = hook(api)
    api.post(f"/v1/hooks/{hooked['id']}/test")

    def unreachable(url: str, headers: Mapping[str, str], body: bytes) -> Posted:
        raise Unfetchable("receiver.example cannot be reached.")

    assert deliverer(api, unreachable).deliver().waiting == 1
    assert messages(api, hooked)[0]["answer"] == "receiver.example cannot be reached."


REFUSED: dict[str, Json] = {
    "a private address": {"url": "https://192.168.1.4/hooks"},
    "this machine, written as a number": {"url": "https://2130706433/hooks"},
    "the metadata of a cloud": {"url": "https://169.254.169.254/latest"},
    "without https": {"url": "http://receiver.example/hooks"},
    "another scheme": {"url": "file:///etc/passwd"},
    "a password": {"url": "https://me:secret@receiver.example/"},
    "another port": {"url": "https://receiver.example:22/"},
    "a port that there is not": {"url": "https://receiver.example:99999/"},
    "a line break": {"url": "https://receiver.example/\r\nHost: other"},
    "no host": {"url": "https:///hooks"},
    "too long": {"url": "https://receiver.example/" + "a" * 3000},
    "a happening that there is not": {"url": PUBLIC, "about": ["weather"]},
    "a happening that nobody can ask for": {"url": PUBLIC, "about": ["test"]},
    "a rule that there is not": {"url": PUBLIC, "rules": ["lies"]},
    "an event that there is not": {"url": PUBLIC, "event": "evt_aaaa"},
    "a key of one's own": {"url": PUBLIC, "secret": "whsec_aaaa"},
    "half a character": {"url": PUBLIC, "note": "\ud800"},
}


def test_what_cannot_be_a_hook_is_refused_by_name_and_changes_nothing(api: Api) -> None:
    for why, given in REFUSED.items():
        problem = api.refused("POST", "/v1/hooks", 422, json=given)
        named = next(name for name in given if name != "url") if given.get("url") == PUBLIC else "url"
        assert [each["field"].partition(".")[0] for each in problem["errors"]] == [named], why
    assert api.items("/v1/hooks") == []
    assert api.items("/v1/history") == []


def test_the_key_is_shown_once_and_kept_out_of_everything_else(api: Api) -> None:
    hooked = hook(api, note="night desk")
    key = hooked["secret"]
    answer = api.send("POST", f"/v1/hooks/{hooked['id']}/secret")

    renewed = answer.json()["secret"]
    assert answer.headers["cache-control"] == "no-store"
    assert renewed != key
    with reading(engine_of(api)) as session:
        [sealed] = session.execute(sa.text("SELECT after FROM history WHERE noun = 'hook'")).scalars()
    shown = [api.get("/v1/hooks"), api.get(f"/v1/hooks/{hooked['id']}"), api.get("/v1/history"), sealed]
    assert not any(each in json.dumps(shown) for each in (key, renewed))
    nobody = api.send("GET", "/v1/history", headers={"Cookie": "of=nobody"}).json()
    assert nobody["items"] == [], "hooks are the desk's own business"


def test_a_write_with_no_hook_about_costs_one_look(api: Api) -> None:
    claim, document = api.claim(), api.document("Tass")
    asked: list[str] = []
    sa.event.listen(engine_of(api), "before_cursor_execute", lambda *call: asked.append(call[2]))
    api.post("/v1/reports", claim=claim, document=document)
    assert len([each for each in asked if "hook" in each]) == 1
