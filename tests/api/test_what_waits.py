"""What waits for an editor, or was rejected, is for the desk: nobody else is told of it, wherever they ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.keys import new_key

TEXT = "Zqpolice said zqdozens of attackers were killed in Almaty, Zqtass reports."
WORD = re.compile("(?<![a-z0-9_])zq[a-z]")  # begins all words of what was proposed, and no part of a random id
OUTSIDE, DESK = ("nobody", "reader"), ("contributor", "editor", "admin")


@dataclass(frozen=True)
class Newsroom:
    """An app in which a contributor proposed a report with all that it needs, and the keys of all who may ask."""

    api: Api
    keys: dict[str, str]
    ids: dict[str, str]

    def told(self, who: str, address: str) -> tuple[int, str]:
        """What somebody is answered."""
        answer = self.api.send("GET", address, headers=self._known(who))
        return answer.status_code, answer.text.lower()

    def sent(self, who: str, address: str, **given: object) -> dict[str, str]:
        """What somebody is answered who writes."""
        answer = self.api.send("POST", address, json=given, headers=self._known(who))
        assert answer.is_success, answer.text
        found: dict[str, str] = answer.json()
        return found

    def propose(self) -> None:
        """A report of a contributor, with the claim, event, sources and document that it brings."""

        def made(noun: str, address: str, **given: object) -> str:
            self.ids[noun] = self.sent("contributor", address, **given)["id"]
            return self.ids[noun]

        event = made("event", "/v1/events", title="Zqunrest in Almaty")
        claim = made("claim", "/v1/claims", event=event, text="Zqdozens of attackers were killed.")
        police = made("source", "/v1/sources", name="Zqpolice", kind="police", names=[{"name": "Zqpolisia"}])
        tass = made("publisher", "/v1/sources", name="Zqtass", kind="news_agency")
        page = made("document", "/v1/documents", publisher=tass, text=TEXT, title="Zqnight")
        hop = {"upstream": police, "downstream": tass, "as_named": "Zqpolice"}
        quote, figures = "zqdozens of attackers were killed", [{"text": "dozens", "measure": "killed"}]
        made("report", "/v1/reports", claim=claim, document=page, quote=quote, attributions=[hop], figures=figures)

    def _known(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.keys[who]}"} if who in self.keys else {}


@pytest.fixture
def newsroom(database_url: str) -> Iterator[Newsroom]:
    with running(database_url, keyed=False, requests_per_minute=0, key_requests_per_minute=0) as api:
        room = Newsroom(api, {role.value: new_key(database_url, role, f"the {role}") for role in Role}, {})
        room.propose()
        yield room


def asking_for_what_waits(api: Api) -> list[str]:
    """All addresses of lists that take `include` or the state of readings, asked for what waits or was rejected."""
    told = api.app.openapi()
    found = []
    for path, operations in told["paths"].items():
        for parameter in operations.get("get", {}).get("parameters", []) if "{" not in path else ():
            said = repr(_resolved(parameter["schema"], told["components"]["schemas"]))
            if parameter["name"] in ("include", "state") and "'proposed'" in said:
                words = [word for word in ("proposed", "rejected") if f"'{word}'" in said]
                found += [f"{path}?{parameter['name']}={word}" for word in words]
    return found


def _resolved(schema: Any, schemas: dict[str, Any]) -> list[Any]:
    """A schema with those that it refers to."""
    return [schema, *(schemas[name] for name in re.findall(r"#/components/schemas/(\w+)", repr(schema)))]


NEEDED = re.compile("(key|that) of a contributor or more")


def test_whoever_asks_for_what_waits_is_told_whose_key_that_needs(newsroom: Newsroom) -> None:
    addresses = asking_for_what_waits(newsroom.api)
    assert {"/v1/claims?include=proposed", "/v1/reports?state=rejected", "/v1/reviews?state=proposed"} <= {*addresses}
    for address in addresses:
        for who, status in (("nobody", 401), ("reader", 403)):
            code, said = newsroom.told(who, address)
            assert (code, bool(NEEDED.search(said))) == (status, True), (who, address, said)
        for who in DESK:
            assert newsroom.told(who, address)[0] == 200, (who, address)


RECORDS = ("event", "claim", "source", "document", "report")
PLACES = (
    *(
        "/v1/claims",
        "/v1/sources",
        "/v1/documents",
        "/v1/events",
        "/v1/reports",
        "/v1/figures",
        "/v1/history?limit=200",
    ),
    *("/v1/search?q=zq", "/search?q=zq", "/", "/claims", "/sources", "/documents", "/events"),
)


def _of_records(ids: dict[str, str]) -> Iterator[str]:
    for noun in RECORDS:
        yield from (f"/v1/{noun}s/{ids[noun]}", f"/v1/{noun}s/{ids[noun]}/history")
        yield from (f"/{noun}s/{ids[noun]}",) if noun != "report" else ()
    yield f"/v1/claims/{ids['claim']}/trace"
    yield f"/v1/reports/{ids['report']}/annotation"
    yield f"/v1/documents/{ids['document']}/annotations"


@pytest.mark.parametrize("rejected", [False, True], ids=["proposed", "rejected"])
def test_nobody_outside_is_told_a_word_of_it(newsroom: Newsroom, rejected: bool) -> None:
    if rejected:
        newsroom.sent("editor", f"/v1/reports/{newsroom.ids['report']}/reject", why="Zqno.")
    for who in OUTSIDE:
        for place in PLACES:
            status, said = newsroom.told(who, place)
            assert not WORD.search(said), (who, place)
            assert status == 200, (who, place)
            assert "1 proposal" not in said, (who, place)
        for address in _of_records(newsroom.ids):
            status, said = newsroom.told(who, address)
            assert (status, WORD.search(said)) == (404, None), (who, address, said)
    assert newsroom.told("contributor", f"/v1/reports/{newsroom.ids['report']}")[0] == 200


def test_once_it_is_accepted_everybody_is_told(newsroom: Newsroom) -> None:
    newsroom.sent("editor", f"/v1/reports/{newsroom.ids['report']}/accept")
    for who in OUTSIDE:
        for address in _of_records(newsroom.ids):
            assert newsroom.told(who, address)[0] == 200, (who, address)
        assert "zqpolice" in newsroom.told(who, f"/v1/claims/{newsroom.ids['claim']}/trace")[1]


def test_a_document_that_was_added_without_any_reading_is_public(newsroom: Newsroom) -> None:
    source = newsroom.sent("editor", "/v1/sources", name="Interfax", kind="news_agency")["id"]
    page = newsroom.sent("editor", "/v1/documents", publisher=source, title="A night")["id"]
    assert newsroom.told("nobody", f"/v1/documents/{page}")[0] == 200
    claim, given = newsroom.ids["claim"], {"document": page, "stance": "asserts"}
    newsroom.sent("contributor", "/v1/reports", claim=claim, **given)
    assert [newsroom.told(who, f"/v1/documents/{page}")[0] for who in ("nobody", "contributor")] == [404, 200]
