"""Who wants to be told gets messages that prove where they come from, by the verifier of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from provenance.ingestion.fetching.posting import Poster
from tests.api.telling import running
from tests.databases import SqliteDatabases
from tests.exchange.receiving import Clock, Receiver, deliverer, receiving
from tests.exchange.worked import check
from tests.serving import served


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def told(receiver: Receiver) -> Receiver:
    """The receiver, to whom nothing was sent yet."""
    receiver.came.clear()
    receiver.answers.clear()
    return receiver


@pytest.fixture
def inside_server(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """A server that may send messages within this machine."""
    with sqlite_databases.fresh() as url, served(url, hooks_may_stay_inside=True) as base:
        yield base


@pytest.mark.proves("webhooks", "writes", by="standardwebhooks")
def test_a_receiver_can_verify_what_happened_and_nobody_without_the_key_can_forge_it(
    inside_server: str, told: Receiver
) -> None:
    with httpx.Client(base_url=inside_server) as client:
        secret = client.post("/v1/hooks", json={"url": told.url, "rules": ["single_origin"]}).json()["secret"]
        claim = figure_of_a_ministry(client)
        denied = {"kind": "denial", "by": source(client, "Health Ministry"), "claim": claim}
        client.post("/v1/corrections", json=denied).raise_for_status()

    raised, corrected = told.wait_for(2)

    flag = Webhook(secret).verify(raised.body, dict(raised.headers))
    assert (flag["type"], flag["data"]["flag"]["rule"]) == ("flag_raised", "single_origin")
    assert flag["data"]["claim"] == {
        "id": claim,
        "text": "Dozens of attackers were killed.",
        "url": f"http://127.0.0.1:8000/claims/{claim}",
    }
    correction = Webhook(secret).verify(corrected.body, dict(corrected.headers))
    assert correction["data"]["correction"]["kind"] == "denial"
    assert correction["data"]["correction"]["by"] == "Health Ministry"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "c29tZWJvZHkgZWxzZSdzIGtleQ==").verify(raised.body, dict(raised.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(raised.body.replace(b"Dozens", b"Three"), dict(raised.headers))


@pytest.mark.proves("webhooks", "writes", by="standardwebhooks")
def test_a_message_that_failed_is_tried_again_under_the_same_id(
    sqlite_databases: SqliteDatabases, told: Receiver
) -> None:
    told.answers += [(500, {}), (302, {"Location": told.url}), (204, {})]
    clock = Clock()
    with sqlite_databases.fresh() as url, running(url) as api:
        api.app.state.settings = api.app.state.settings.model_copy(update={"hooks_may_stay_inside": True})
        hooked = api.post("/v1/hooks", url=told.url)
        api.send("POST", f"/v1/hooks/{hooked['id']}/test")
        delivering = deliverer(api, Poster(inside=True), clock)

        assert delivering.deliver().waiting == 1
        assert delivering.deliver().sent == 0, "it is not due again yet"
        clock.ahead += timedelta(seconds=10)
        assert delivering.deliver().waiting == 1, "no redirect is followed"
        clock.ahead += timedelta(seconds=60)
        assert delivering.deliver().taken == 1
        [message] = api.items(f"/v1/hooks/{hooked['id']}/messages")

    first, second, last = told.wait_for(3)
    assert {each.headers["webhook-id"] for each in (first, second, last)} == {message["id"]}
    assert {each.body for each in (first, second, last)} == {first.body}
    assert Webhook(hooked["secret"]).verify(last.body, dict(last.headers))["type"] == "test"
    assert (message["attempts"], message["answer"], message["delivered_at"] is not None) == (3, "204", True)


def test_the_worked_example_is_true(inside_server: str) -> None:
    check("webhooks", inside_server)


def source(client: httpx.Client, name: str, kind: str = "government_body") -> str:
    identity: str = client.post("/v1/sources", json={"name": name, "kind": kind}).json()["id"]
    return identity


def figure_of_a_ministry(client: httpx.Client) -> str:
    """A claim that one report states, from the Interior Ministry through Tass."""
    event = client.post("/v1/events", json={"title": "Unrest in Kazakhstan"}).json()["id"]
    claim: str = client.post("/v1/claims", json={"text": "Dozens of attackers were killed.", "event": event}).json()[
        "id"
    ]
    ministry, tass = source(client, "Interior Ministry"), source(client, "Tass", "news_agency")
    document = client.post("/v1/documents", json={"publisher": tass}).json()["id"]
    stated = {
        "claim": claim,
        "document": document,
        "attributions": [{"upstream": ministry, "downstream": tass}],
        "figures": [{"text": "dozens", "measure": "killed"}],
    }
    client.post("/v1/reports", json=stated).raise_for_status()
    return claim
