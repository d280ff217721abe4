"""Proposals over HTTP: what waits is seen by nobody who does not ask for it; how it is decided about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.references import MODELS
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.writer import Writer
from tests.api.telling import Api, Json
from tests.api.test_openapi import DESCRIPTION
from tests.proposals import CHAIN, DOZENS, EVENT, FOUR, Machine
from tests.records import every_kind

READ = sorted(path for path, methods in DESCRIPTION["paths"].items() if "get" in methods and path.startswith("/v1/"))
# What tells of writing itself, or of extraction itself, or holds proposals by its nature.
ABOUT_WRITING = ("/history", "/ingestions", "/mappings", "/extraction", "/copies", "/vocabulary", "/export")
LISTS = [path for path in READ if "{" not in path and path != "/v1/search"]
DETAILS = [path for path in READ if path.count("{") == 1]
NOUNS = {"name": "source_name"}
ASKED: list[tuple[str, Json]] = [
    ("/v1/search", {"q": "attackers"}),
    ("/v1/search", {"q": "khabar"}),
    ("/v1/search", {"q": "night"}),
    ("/v1/claims", {"q": "eliminated", "sort": "-documents"}),
    ("/v1/claims", {"as_of": "2022-01-07"}),
    ("/v1/claims", {"measure": "killed"}),
    ("/v1/figures", {"as_of": "2022-01-07"}),
    ("/v1/events", {"as_of": "2022-01-07"}),
    ("/v1/sources", {"q": "police", "sort": "name"}),
    ("/v1/tallies", {"sort": "title"}),
    ("/v1/claims", {"flag": "single_origin"}),
]


@pytest.fixture
def told(engine: Engine) -> str:
    """A record of every kind."""
    with recording(engine, "an editor") as writer:
        return every_kind(writer).public_id


def machine(engine: Engine, act: Callable[[Machine], Any]) -> Any:
    """What a machine writes in one transaction."""
    with recording(engine, "a machine") as writer:
        return act(Machine(writer))


def waiting(engine: Engine, *texts: str, **more: Any) -> list[str]:
    """Reports that wait, of one document, one for each claim; their ids."""

    def propose(reader: Machine) -> list[str]:
        document = reader.document()
        made = [reader.report(reader.claim(text), document=document, **more) for text in texts or (f"{DOZENS}.",)]
        return [report.public_id for report in made]

    found: list[str] = machine(engine, propose)
    return found


def answers(api: Api, engine: Engine, but: tuple[str, ...] = ()) -> Json:
    """What all addresses answer: the lists, each record by its id, some questions; body and version, byte for byte."""
    found: Json = {}
    with reading(engine) as session:
        ids = {name: [row.public_id for row in current_rows(session, model)] for name, model in MODELS.items()}
    for path in LISTS:
        if not path.startswith(tuple(f"/v1{part}" for part in (*ABOUT_WRITING, *but))):
            found[path] = _sent(api, path)
    for path in DETAILS:
        noun = path.partition("{")[2].partition("_id}")[0]
        for public_id in ids.get(NOUNS.get(noun, noun), ()):
            if not any(part in path for part in ABOUT_WRITING):
                found[f"{path} {public_id}"] = _sent(api, path.replace(f"{{{noun}_id}}", public_id))
    for path, asked in ASKED:
        if not path.startswith(tuple(f"/v1{part}" for part in but)):
            found[f"{path} {asked}"] = _sent(api, path, **asked)
    for rest in ids["source"]:
        found[f"what if {rest}"] = api.send("POST", "/v1/what-if", json={"sources": [rest]}).text
    return found


def _sent(api: Api, path: str, **asked: Any) -> tuple[int, str, str | None]:
    answer = api.send("GET", path, params=asked)
    # The tag of a package changes with every write anywhere, so that a reader who holds one is told without packing.
    version = None if path.endswith("/package.zip") else answer.headers.get("etag")
    return answer.status_code, answer.text, version


def crowd(writer: Writer) -> None:
    """Proposals of every sort: for known claims and new ones, in known and new events, of known and new sources."""
    reader = Machine(writer)
    [document] = current_rows(writer.session, Document, Document.text.is_not(None))  # type: ignore[union-attr]
    known = current_rows(writer.session, Claim)[0]
    for place, chain in enumerate(
        (CHAIN, ("Interior Ministry", "Interfax", "Tass"), ("a hospital", "Reuters", "Tass"))
    ):
        reader.report(known, *chain, document=document)
        reader.report(
            reader.claim(f"New claim {place} of attackers.", "Night of 5 January 2022 in Almaty"),
            *chain,
            document=document,
        )
        reader.report(reader.claim(f"Newer claim {place} of attackers."), *chain, document=document)


def test_a_database_full_of_proposals_answers_as_it_did_without_them(api: Api, engine: Engine, told: str) -> None:
    before = answers(api, engine)
    assert len(before) > 60
    sent = {name: one[0] for name, one in before.items() if isinstance(one, tuple)}
    # A review that the desk has published nowhere has no markup, and its address says so.
    assert {status for name, status in sent.items() if "/claimreview" not in name} == {200}
    with recording(engine, "a machine") as writer:
        crowd(writer)
    after = answers(api, engine)

    assert {name: after.get(name) for name in before} == before
    with reading(engine) as session:
        assert [one for one in differences(session) if not one.stale] == []


def test_a_database_with_nothing_but_proposals_answers_as_an_empty_one(api: Api, engine: Engine) -> None:
    before = answers(api, engine, but=("/documents", "/search"))
    waiting(engine, f"{DOZENS}.", "Attackers were eliminated.")
    after = answers(api, engine, but=("/documents", "/search"))

    assert {name: after[name] for name in before} == before
    found = api.get("/v1/search", q="attackers")
    assert found["claims"] == found["sources"] == found["events"] == []
    [document] = api.items("/v1/documents")
    assert api.get(f"/v1/documents/{document['id']}")["reports"] == []


@pytest.mark.parametrize("text", [f"{DOZENS} in Almaty.", "Attackers eliminated"])
def test_what_only_proposals_say_is_known_to_nobody_who_does_not_ask(api: Api, engine: Engine, text: str) -> None:
    waiting(engine)

    def known(**more: Any) -> list[Json]:
        items: list[Json] = api.send("POST", "/v1/match", json={"text": text, **more}).json()["items"]
        return items

    assert known() == []
    assert len(known(include="proposed")) == 1


def test_a_rejected_or_proposed_claim_in_a_tally_is_no_other_account(api: Api, engine: Engine, told: str) -> None:
    tally = api.get(f"/v1/claims/{told}")["tally"]
    before = [_sent(api, f"/v1/claims/{told}/trace"), _sent(api, f"/v1/tallies/{tally}/series")]

    def counted(reader: Machine) -> str:
        claim = reader.claim("Ninety attackers died.", "Night of 5 January 2022 in Almaty")
        reader.report(claim, figures=("four",), quote=FOUR)
        return claim.public_id

    claim = machine(engine, counted)
    assert api.send("PATCH", f"/v1/claims/{claim}", json={"tally": tally}).status_code == 200
    assert [_sent(api, f"/v1/claims/{told}/trace"), _sent(api, f"/v1/tallies/{tally}/series")] == before
    [report] = api.items("/v1/reports", state="proposed")
    api.send("POST", f"/v1/reports/{report['id']}/accept")
    assert [one["claim"] for one in api.get(f"/v1/claims/{told}/trace")["other_accounts"]] == [claim]


def test_what_waits_is_listed_with_the_rule_that_fired_and_how_sure_it_is(api: Api, engine: Engine) -> None:
    [report] = waiting(engine, confidence=0.8)

    [item] = api.items("/v1/reports", state="proposed")
    assert item["id"] == report
    assert (item["rule"], item["extractor"], item["confidence"]) == ("told_outlet", "rules 1", 0.8)
    assert item["chains"] == [list(CHAIN)]
    detail = api.get(f"/v1/reports/{report}")
    assert (detail["grounds"], detail["decisions"]) == ({"zone": "body", "matches": []}, [])
    assert api.items("/v1/reports") == api.items("/v1/reports", state="rejected") == []
    assert [one["id"] for one in api.items("/v1/reports", include="proposed")] == [report]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"rule": "told_outlet"}, 1),
        ({"rule": "said_that"}, 0),
        ({"extractor": "rules 1"}, 1),
        ({"extractor": "others"}, 0),
        ({"min_confidence": 0.8}, 1),
        ({"min_confidence": 0.81}, 0),
    ],
    ids=str,
)
def test_what_waits_is_found_by_what_proposed_it(api: Api, engine: Engine, asked: Json, count: int) -> None:
    waiting(engine)
    assert len(api.items("/v1/reports", state="proposed", **asked)) == count


def test_an_accepted_proposal_counts_and_so_does_what_it_speaks_of(api: Api, engine: Engine) -> None:
    [report] = waiting(engine)
    answer = api.send(
        "POST",
        f"/v1/reports/{report}/accept",
        json={"why": "it stands there"},
        headers={"Provenance-Author": "Anna"},
    )

    assert answer.status_code == 200
    accepted = answer.json()
    assert accepted["state"] == "accepted"
    [decision] = accepted["decisions"]
    assert (decision["kind"], decision["by"], decision["why"]) == ("accept", "api: Anna", "it stands there")
    assert [item["id"] for item in api.items("/v1/claims")] == [accepted["claim"]]
    assert {item["name"] for item in api.items("/v1/sources")} == set(CHAIN)
    assert [item["title"] for item in api.items("/v1/events")] == [EVENT]
    assert api.get(f"/v1/claims/{accepted['claim']}/trace")["documents"] == 1
    undone = api.send("POST", f"/v1/history/{decision['change']}/undo")
    assert undone.status_code == 201
    assert api.items("/v1/claims") == api.items("/v1/decisions") == []


def test_a_decision_is_about_the_version_that_was_read(api: Api, engine: Engine) -> None:
    [report] = waiting(engine)
    read = api.send("GET", f"/v1/reports/{report}").headers["etag"]
    assert api.send("PATCH", f"/v1/reports/{report}", json={"hedge": "reportedly"}).status_code == 200

    for act in ("accept", "reject"):
        api.refused("POST", f"/v1/reports/{report}/{act}", 412, headers={"If-Match": read})
    body = {"parts": [{"quote": DOZENS}, {"quote": FOUR}]}
    api.refused("POST", f"/v1/reports/{report}/split", 412, headers={"If-Match": read}, json=body)
    now = api.send("GET", f"/v1/reports/{report}").headers["etag"]
    assert api.send("POST", f"/v1/reports/{report}/accept", headers={"If-Match": now}).status_code == 200


@pytest.mark.parametrize(
    ("address", "body", "status", "field"),
    [
        ("accept", {"because": "x"}, 422, "because"),
        ("merge", {}, 422, "into"),
        ("merge", {"into": "clm_nobody"}, 422, "into"),
        ("split", {"parts": [{"quote": DOZENS}]}, 422, "parts"),
        ("split", {"parts": [{"quote": DOZENS}, {"quote": "x y z"}]}, 422, "parts.1.quote"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_decision_that_cannot_be_names_the_field(
    api: Api, engine: Engine, address: str, body: Json, status: int, field: str
) -> None:
    [report] = waiting(engine)
    problem = api.refused("POST", f"/v1/reports/{report}/{address}", status, json=body)
    assert problem["errors"][0]["field"] == field


@pytest.mark.parametrize("act", ["accept", "reject", "merge", "split"])
def test_what_was_decided_is_not_decided_again_and_what_is_not_there_not_at_all(
    api: Api, engine: Engine, act: str
) -> None:
    [report] = waiting(engine)
    api.send("POST", f"/v1/reports/{report}/accept")
    bodies: Json = {"merge": {"into": "clm_x"}, "split": {"parts": [{"quote": DOZENS}, {"quote": FOUR}]}}

    problem = api.refused("POST", f"/v1/reports/{report}/{act}", 409, json=bodies.get(act, {}))
    assert "accepted already, decided by api" in problem["detail"]
    api.refused("POST", f"/v1/reports/rep_nobody/{act}", 404, json=bodies.get(act, {}))


def test_a_merged_proposal_leads_from_its_own_claim_to_the_known_one(api: Api, engine: Engine, told: str) -> None:
    [report] = waiting(engine, "Attackers were eliminated by the dozen.")
    own = api.get(f"/v1/reports/{report}")["claim"]
    merged = api.send("POST", f"/v1/reports/{report}/merge", json={"into": told}).json()

    assert (merged["claim"], merged["state"], merged["decisions"][0]["changed"]) == (told, "proposed", ["claim"])
    gone = api.send("GET", f"/v1/claims/{own}")
    assert (gone.status_code, gone.json()["merged_into"]) == (308, told)


def test_a_split_proposal_becomes_one_for_each_part(api: Api, engine: Engine, told: str) -> None:
    [report] = waiting(engine, figures=("Dozens", "four"))
    parts = [{"quote": DOZENS, "claim": told}, {"quote": FOUR, "text": "Four policemen were injured in Almaty."}]
    answer = api.send("POST", f"/v1/reports/{report}/split", json={"parts": parts, "why": "two tolls"})

    assert answer.status_code == 201, answer.text
    assert [part["quote"] for part in answer.json()["parts"]] == [DOZENS, FOUR]
    assert [part["claim"] == told for part in answer.json()["parts"]] == [True, False]
    assert api.get(f"/v1/reports/{report}")["state"] == "rejected"


def test_many_are_decided_about_at_once(api: Api, engine: Engine) -> None:
    ids = waiting(engine, f"{DOZENS}.", "Attackers were eliminated.")
    body = {"decision": "accept", "filter": {"rule": "told_outlet"}, "why": "read through"}
    tried = api.send("POST", "/v1/reports/decide", json={**body, "dry_run": True}).json()
    assert (tried["reports"], tried["change"], api.items("/v1/reports")) == (ids, None, [])
    done = api.send("POST", "/v1/reports/decide", json=body).json()

    assert {name for name in done if done[name] != tried[name]} == {"dry_run", "change"}
    assert [item["id"] for item in api.items("/v1/reports")] == ids
    assert [item["report"] for item in api.items("/v1/decisions", rule="told_outlet")] == ids
    api.refused("POST", "/v1/reports/decide", 409, json={"decision": "reject", "reports": ids})


def test_decisions_are_turned_page_by_page(api: Api, engine: Engine) -> None:
    ids = waiting(engine, "One.", "Two.", "Three.")
    for report in ids:
        api.send("POST", f"/v1/reports/{report}/reject")
    first = api.get("/v1/decisions", limit=2)
    second = api.get("/v1/decisions", limit=2, cursor=first["next"])

    assert [item["report"] for item in (*first["items"], *second["items"])] == ids
    assert second["next"] is None
    api.refused("GET", "/v1/decisions?since=2030&until=2020", 422)
    api.refused("GET", "/v1/extraction/stats?since=yesterday", 422)


def test_the_statistics_tell_which_fields_a_rule_gets_wrong(api: Api, engine: Engine) -> None:
    first, second, third = waiting(engine, "One.", "Two.", "Three.")
    api.send("PATCH", f"/v1/reports/{first}", json={"stance": "denies"})
    api.send("POST", f"/v1/reports/{first}/accept")
    api.send("POST", f"/v1/reports/{second}/accept")
    api.send("POST", f"/v1/reports/{third}/reject")

    [rule] = api.get("/v1/extraction/stats", rule="told_outlet")["rules"]
    assert (rule["accepted_as_proposed"], rule["accepted_after_edits"], rule["rejected"]) == (1, 1, 1)
    assert rule["right"] == 0.3333
    assert rule["fields"] == [{"field": "stance", "corrected": 1, "right": 0.5}]


def test_a_rejected_proposal_answers_and_what_it_brought_does_not(api: Api, engine: Engine) -> None:
    [report] = waiting(engine)
    before = api.get(f"/v1/reports/{report}")
    [event] = api.items("/v1/events", include="proposed")
    answer = api.send("POST", f"/v1/reports/{report}/reject", json={"why": "nobody says so"})

    assert answer.status_code == 200
    assert answer.json()["state"] == "rejected"
    assert [item["id"] for item in api.items("/v1/reports", state="rejected")] == [report]
    api.refused("GET", f"/v1/claims/{before['claim']}", 404)
    api.refused("GET", f"/v1/events/{event['id']}", 404)
    api.refused("GET", f"/v1/figures/{before['figures'][0]['id']}", 404)
    api.refused("POST", "/v1/match", 422, json={"report": report})
    with reading(engine) as session:
        assert [source.name for source in current_rows(session, Source)] == ["Tass"]
