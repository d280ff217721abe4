"""A contributor proposes, whichever address they use; what counts is for editors to accept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from provenance.vocabulary import Role
from tests.api.telling import Api, Json, running
from tests.keys import new_key

TEXT = "Police said dozens of attackers were killed in Almaty."


@dataclass(frozen=True)
class Newsroom:
    """Somebody who proposes and somebody who accepts, at one app."""

    api: Api
    contributor: str
    editor: str

    def propose(self, method: str, address: str, given: Json | None = None, **options: Any) -> httpx.Response:
        """A request of the contributor."""
        return self._send(self.contributor, method, address, given, **options)

    def decide(self, method: str, address: str, given: Json | None = None) -> Json:
        """What the editor is answered."""
        answer = self._send(self.editor, method, address, given)
        assert answer.is_success, answer.text
        told: Json = answer.json()
        return told

    def _send(self, key: str, method: str, address: str, given: Json | None, **options: Any) -> httpx.Response:
        beside = {} if given is None else {"json": given}
        return self.api.send(method, address, headers={"Authorization": f"Bearer {key}"}, **beside, **options)

    def proposed(self, address: str, **given: Any) -> str:
        """The id of what the contributor added."""
        answer = self.propose("POST", address, given)
        assert answer.status_code == 201, answer.text
        identity: str = answer.json()["id"]
        return identity


@pytest.fixture
def newsroom(database_url: str) -> Iterator[Newsroom]:
    with running(database_url, keyed=False) as api:
        keys = [new_key(database_url, role, f"{role} somebody") for role in (Role.CONTRIBUTOR, Role.EDITOR)]
        yield Newsroom(api, *keys)


@dataclass(frozen=True)
class Proposed:
    """What a contributor proposed, by ids."""

    event: str
    claim: str
    police: str
    tass: str
    document: str
    report: str


@pytest.fixture
def told(newsroom: Newsroom) -> Proposed:
    """A report with all that it needs, by a contributor alone."""
    event = newsroom.proposed("/v1/events", title="Unrest in Almaty")
    claim = newsroom.proposed("/v1/claims", event=event, text="Dozens of attackers were killed.")
    police = newsroom.proposed("/v1/sources", name="Almaty police", kind="police", names=[{"name": "Polisia"}])
    tass = newsroom.proposed("/v1/sources", name="Tass", kind="news_agency")
    document = newsroom.proposed("/v1/documents", publisher=tass, text=TEXT)
    report = newsroom.proposed(
        "/v1/reports",
        claim=claim,
        document=document,
        quote="Police said dozens of attackers were killed",
        attributions=[{"upstream": police, "downstream": tass}],
        figures=[{"text": "dozens", "measure": "killed"}],
    )
    return Proposed(event, claim, police, tass, document, report)


def test_what_a_contributor_sends_waits_and_counts_for_nothing(newsroom: Newsroom, told: Proposed) -> None:
    for noun in ("claims", "sources", "events", "reports", "figures"):
        assert newsroom.decide("GET", f"/v1/{noun}")["items"] == [], noun
    waiting = newsroom.decide("GET", "/v1/reports?state=proposed")["items"]
    assert [one["id"] for one in waiting] == [told.report]
    report = newsroom.decide("GET", f"/v1/reports/{told.report}")
    assert (report["state"], report["extractor"]) == ("proposed", None)
    assert newsroom.decide("GET", "/v1/extraction/stats")["rules"] == []


def test_an_editor_accepts_it_with_all_that_it_rests_on(newsroom: Newsroom, told: Proposed) -> None:
    newsroom.decide("POST", f"/v1/reports/{told.report}/accept", {})
    [claim] = newsroom.decide("GET", "/v1/claims")["items"]
    assert (claim["id"], claim["documents"]) == (told.claim, 1)
    trace = newsroom.decide("GET", f"/v1/claims/{told.claim}/trace")
    assert [one["source"] for one in trace["origins"]] == ["Almaty police"]
    assert {one["name"] for one in newsroom.decide("GET", "/v1/sources")["items"]} == {"Almaty police", "Tass"}
    [entry] = newsroom.decide("GET", f"/v1/reports/{told.report}/history")["items"][-1:]
    assert entry["who"] == "api: contributor somebody"


@pytest.mark.parametrize("state", ["accepted", "rejected"])
def test_a_state_that_an_editor_decides_is_refused(newsroom: Newsroom, told: Proposed, state: str) -> None:
    given = {"claim": told.claim, "document": told.document, "state": state}
    refused = newsroom.propose("POST", "/v1/reports", given)
    assert refused.status_code == 403
    detail = refused.json()["detail"]
    assert f"state: '{state}' is decided by an editor. Leave it out" in detail
    assert "that of a contributor, who proposes" in detail


def test_a_claim_in_a_tally_is_for_editors(newsroom: Newsroom, told: Proposed) -> None:
    event = newsroom.decide("POST", "/v1/events", {"title": "A night"})["id"]
    tally = {"event": event, "measure": "killed", "title": "Killed that night"}
    made = newsroom._send(newsroom.editor, "POST", "/v1/tallies", tally)
    tally_id = made.json().get("id", "tal_nothing")
    given = {"event": event, "text": "Ten.", "tally": tally_id}
    assert made.status_code == 201, made.text
    assert newsroom.propose("POST", "/v1/claims", given).status_code == 403


def test_nothing_that_counts_is_a_contributors_to_change(newsroom: Newsroom, told: Proposed) -> None:
    newsroom.decide("POST", f"/v1/reports/{told.report}/accept", {})
    before = newsroom.decide("GET", "/v1/history")["items"]
    attempts = [
        ("PATCH", f"/v1/reports/{told.report}", {"note": "mine"}),
        ("POST", f"/v1/reports/{told.report}/reject", {}),
        ("PATCH", f"/v1/claims/{told.claim}", {"text": "Mine."}),
        ("PATCH", f"/v1/documents/{told.document}", {"title": "Mine"}),
        ("POST", f"/v1/sources/{told.tass}/names", {"name": "Mine"}),
        ("POST", "/v1/corrections", {"kind": "retraction", "claim": told.claim, "by": told.tass}),
        ("POST", "/v1/reviews", {"claim": told.claim, "verdict": "false", "by": "me"}),
        ("POST", "/v1/rulings", {"claim": told.claim, "method": "mine"}),
        ("POST", f"/v1/claims/{told.claim}/merge", {"into": told.claim}),
        ("POST", f"/v1/history/{before[0]['change']}/undo", {}),
    ]
    for method, address, given in attempts:
        assert newsroom.propose(method, address, given).status_code == 403, address
    assert newsroom.decide("GET", "/v1/history")["items"] == before


def test_an_article_that_a_contributor_takes_in_is_proposed(newsroom: Newsroom) -> None:
    documents = []
    for text in (TEXT, f"{TEXT} It was night."):
        given = {"text": text, "url": "https://tass.example/a", "publisher": "Tass", "published_at": "2022-01-06"}
        taken = newsroom.propose("POST", "/v1/ingest", given)
        assert taken.status_code == 200, taken.text
        documents.append(taken.json()["document"]["id"])
    states = {one["state"] for one in newsroom.decide("GET", "/v1/reports?include=proposed")["items"]}
    assert states <= {"proposed"}
    assert newsroom.decide("GET", "/v1/claims")["items"] == []
    # That a page was changed is a fact about what others state, so from a contributor it is a suspicion.
    related = newsroom.decide("GET", f"/v1/documents/{documents[1]}")["relations"]
    assert [(one["kind"], one["state"]) for one in related] == [("supersedes", "suspected")]


def test_what_a_desk_keeps_about_its_work_a_contributor_keeps_too(newsroom: Newsroom, told: Proposed) -> None:
    note = newsroom.propose("POST", f"/v1/claims/{told.claim}/notes", {"text": "Called them."})
    assert note.status_code == 201, note.text
    assert note.json()["id"] in str(newsroom.decide("GET", f"/v1/claims/{told.claim}/desk"))
