"""PROV-JSON is taken in: what we wrote is known again, all else is proposed, and what is broken changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from prov.constants import PROV
from prov.model import ProvDocument

from api.examples_prov import THEIRS
from provenance.exchange.graph import GraphFormat
from provenance.exchange.prov.notations import Notation
from tests.api.telling import KINDS, Api, running
from tests.databases import SqliteDatabases

Json = dict[str, Any]
BASES = ("http://one.example", "http://two.example")


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    """An app with nothing in it, once on each kind of database."""
    with running(database_url) as api:
        yield api


@pytest.mark.proves("prov-json", "reads", by="prov")
def test_what_a_program_for_prov_wrote_becomes_a_claim_with_proposed_reports(api: Api) -> None:
    tass = api.source("Tass")
    story = ProvDocument()
    story.add_namespace("ex", "https://research.example/")
    story.entity("ex:statement", {PROV["value"]: "26 armed criminals were eliminated."})
    story.entity("ex:khabar", {PROV["label"]: "26 eliminated", PROV["value"]: "The ministry says: 26 eliminated."})
    story.entity("ex:tass")
    story.agent("ex:ministry", {PROV["label"]: "Interior Ministry", PROV["type"]: PROV["Organization"]})
    story.agent("ex:k24", {PROV["label"]: "Khabar 24"})
    story.agent("ex:ta", {PROV["label"]: "TASS"})
    story.wasAttributedTo("ex:statement", "ex:ministry")
    story.wasAttributedTo("ex:khabar", "ex:k24")
    story.wasAttributedTo("ex:tass", "ex:ta")
    story.wasQuotedFrom("ex:khabar", "ex:statement")
    story.wasDerivedFrom("ex:tass", "ex:khabar")
    story.wasGeneratedBy("ex:khabar", time="2022-01-06T06:38:00Z")
    story.activity("ex:editing")
    story.wasGeneratedBy("ex:tass", "ex:editing")

    answer = taken(api, json.loads(story.serialize(format="json") or ""), event=api.event())

    proposed = api.items("/v1/reports", state="proposed")
    hops = {report["publisher"]: hops_of(api, report["id"]) for report in proposed}
    assert hops == {
        "Khabar 24": {("Interior Ministry", "Khabar 24")},
        "Tass": {("Interior Ministry", "Khabar 24"), ("Khabar 24", "Tass")},
    }
    [khabar] = [report for report in proposed if report["publisher"] == "Khabar 24"]
    assert khabar["published_at"] == "2022-01-06T06:38:00Z"
    detail = api.get(f"/v1/reports/{khabar['id']}")
    assert detail["quote"] == "The ministry says: 26 eliminated."
    assert [(hop["manner"], hop["mark"]) for hop in detail["attributions"]] == [("quoted", "inferred")]
    assert became(answer, "source")["agent.ex:ta"] == ("known", tass)
    assert {one["place"]: one["became"] for one in answer["records"] if one["became"] == "left"} == {
        "activity.ex:editing": "left",
        "wasGeneratedBy._:id7": "left",
    }
    assert api.items("/v1/claims") == [], "nothing counts before somebody accepts it"


def test_a_stranger_s_document_taken_in_twice_is_held_once(api: Api) -> None:
    first = taken(api, THEIRS, event=api.event())
    before = newest(api)
    second = taken(api, THEIRS, event=api.event())

    assert (first["added"], first["proposed"], first["known"]) == (2, 6, 0)
    assert (second["added"], second["proposed"], second["known"]) == (0, 0, 8)
    assert newest(api) == before


def test_nobody_s_file_ties_two_sources_that_are_held(api: Api) -> None:
    api.source("Khabar 24")
    api.source("Tass")
    acting = {"actedOnBehalfOf": {"_:t": {"prov:delegate": "ex:khabar24", "prov:responsible": "ex:tass-agency"}}}
    new = {"actedOnBehalfOf": {"_:t": {"prov:delegate": "ex:ministry", "prov:responsible": "ex:tass-agency"}}}

    held = taken(api, THEIRS | acting, event=api.event())
    assert [one["place"] for one in held["records"] if one["became"] == "left"] == ["actedOnBehalfOf._:t"]
    other = {**THEIRS["agent"], "ex:ministry": {"prov:label": "Ministry of Truth"}}
    with_new = taken(api, THEIRS | new | {"agent": other}, event=api.event())
    assert became(with_new, "tie")["actedOnBehalfOf._:t"][0] == "added"


def test_our_own_document_is_known_again_and_changes_nothing(january_copy: str) -> None:
    for words in ("dozens", "164"):
        [claim] = httpx.get(f"{january_copy}/v1/claims?sort=-documents&limit=1", params={"q": words}).json()["items"]
        told = httpx.get(f"{january_copy}/v1/claims/{claim['id']}/provenance").json()
        before = httpx.get(f"{january_copy}/v1/history?limit=1").json()
        answer = httpx.post(f"{january_copy}/v1/provenance", json=told, timeout=60).json()

        assert {word: answer[word] for word in ("added", "proposed", "left")} == dict.fromkeys(
            ("added", "proposed", "left"), 0
        )
        assert answer["known"] > 200
        assert httpx.get(f"{january_copy}/v1/history?limit=1").json() == before


names = st.sampled_from(sorted(KINDS))
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12).filter(
    str.strip
)
stories = st.lists(
    st.fixed_dictionaries(
        {
            "chain": st.lists(names, max_size=3, unique=True),
            "publisher": st.sampled_from(["Die Welt", "RIA"]),
            "published": st.sampled_from([None, "2022", "2022-01-06", "2022-01-06T12:38Z"]),
            "figure": st.sampled_from([None, "dozens", "more than 26", "164", "between 7 and 9"]),
            "stance": st.sampled_from(["asserts", "denies", "mentions"]),
            "quote": st.none() | texts,
            "hedge": st.none() | texts,
            "own_basis": st.sampled_from([None, "witnessed"]),
        }
    ),
    min_size=1,
    max_size=3,
)


@given(story=stories, tie=st.sampled_from(["speaks_for", "part_of", "owned_by"]), text=texts)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_another_database_tells_the_same_after_taking_it_in_and_accepting_it(
    sqlite_databases: SqliteDatabases, story: list[Json], tie: str, text: str
) -> None:
    with sqlite_databases.fresh() as one, sqlite_databases.fresh() as two:
        with running(one) as first:
            claim = told(first, story, tie, text)
            written = exported(first, claim, BASES[0])
        with running(two) as second:
            taken(second, written)
            for report in second.items("/v1/reports", state="proposed"):
                assert second.send("POST", f"/v1/reports/{report['id']}/accept", json={}).status_code == 200
            again = exported(second, claim, BASES[1])

    assert json.loads(json.dumps(again).replace(BASES[1], BASES[0])) == written


BROKEN: dict[str, tuple[Any, str]] = {
    "a bundle": ({"bundle": {}}, "bundle"),
    "an unknown kind": ({"wasTold": {}}, "wasTold"),
    "an unknown prefix": ({"entity": {"no:e": {}}}, "entity.no:e"),
    "no prefix at all": ({"entity": {"e": {}}}, "entity.e"),
    "a blank entity": ({"entity": {"_:e": {}}}, "entity._:e"),
    "prefixes as a list": ({"prefix": []}, "prefix"),
    "a prefix that is a number": ({"prefix": {"ex": 7}}, "prefix.ex"),
    "records as a list": ({"entity": []}, "entity"),
    "a record that is a text": ({"entity": {"prov:e": "x"}}, "entity.prov:e"),
    "a value that is null": ({"entity": {"prov:e": {"prov:value": None}}}, "entity.prov:e.prov:value"),
    "deep values": ({"entity": {"prov:e": {"prov:value": {"$": [[[]]]}}}}, "entity.prov:e.prov:value.$"),
    "a NUL": ({"entity": {"prov:e": {"prov:value": "a\0b"}}}, "entity.prov:e.prov:value"),
    "half a character": ({"entity": {"prov:e": {"prov:value": "\ud83d"}}}, "entity.prov:e.prov:value"),
    "no number": (
        {"entity": {"prov:e": {"prov:value": {"$": "NaN", "type": "xsd:double"}}}},
        "entity.prov:e.prov:value.$",
    ),
    "a name of an unknown prefix as value": (
        {"entity": {"prov:e": {"prov:type": {"$": "no:x", "type": "xsd:QName"}}}},
        "entity.prov:e.prov:type.$",
    ),
    "a missing end": (
        {"wasDerivedFrom": {"_:d": {"prov:generatedEntity": "prov:a"}}},
        "wasDerivedFrom._:d.prov:usedEntity",
    ),
    "an end that is a number": (
        {"wasAttributedTo": {"_:a": {"prov:entity": 1, "prov:agent": "prov:b"}}},
        "wasAttributedTo._:a.prov:entity",
    ),
    "a time that is none": (
        {"wasGeneratedBy": {"_:g": {"prov:entity": "prov:a", "prov:time": "soon"}}},
        "wasGeneratedBy._:g.prov:time",
    ),
    "a claim that says nothing": ({"entity": {"prov:e": {"prov:value": " "}}}, "entity.prov:e.prov:value"),
    "a claim that is too long": ({"entity": {"prov:e": {"prov:value": "x" * 2001}}}, "entity.prov:e.prov:value"),
    "somebody who acts for themselves": (
        {"actedOnBehalfOf": {"_:t": {"prov:delegate": "prov:a", "prov:responsible": "prov:a"}}},
        "actedOnBehalfOf._:t.prov:responsible",
    ),
    "a quotation of the old kind without an end": (
        {"wasQuotedFrom": {"_:q1": {"prov:generatedEntity": "prov:a"}}},
        "wasQuotedFrom._:q1.prov:usedEntity",
    ),
}


def test_what_is_no_prov_json_is_refused_with_its_place_and_changes_nothing(api: Api) -> None:
    event, before = api.event(), newest(api)
    for what, (body, place) in BROKEN.items():
        problem = api.refused("POST", "/v1/provenance", 422, params={"event": event}, json=body)

        assert problem["errors"][0]["field"] == place, what
        assert problem["errors"][0]["remedy"], what
    for text in ('{"entity": ', "[" * 100_000, '{"entity": {}, "entity": {}}', '{"prefix": {"ex": NaN}}', "\xff"):
        headers = {"Content-Type": "application/json"}
        answer = api.send("POST", "/v1/provenance", content=text.encode("latin-1"), headers=headers)
        assert answer.status_code in (400, 422), text[:40]
    assert newest(api) == before


@pytest.mark.parametrize("length", [1, 2, 5])
def test_derivations_in_a_circle_are_refused_at_a_place_on_it(api: Api, length: int) -> None:
    circle = {
        f"_:d{step}": {"prov:generatedEntity": f"ex:e{step}", "prov:usedEntity": f"ex:e{(step + 1) % length}"}
        for step in range(length)
    }
    before = newest(api)
    problem = api.refused("POST", "/v1/provenance", 422, json=THEIRS | {"wasDerivedFrom": circle})

    assert problem["errors"][0]["field"] == f"wasDerivedFrom._:d{length - 1}.prov:usedEntity"
    assert "circle" in problem["detail"]
    assert newest(api) == before


@pytest.mark.parametrize("backwards", [False, True])
def test_derivations_behind_each_other_without_end_are_refused(api: Api, backwards: bool) -> None:
    steps = sorted(range(5_000), reverse=backwards)
    chain = {f"_:d{n}": {"prov:generatedEntity": f"ex:e{n}", "prov:usedEntity": f"ex:e{n + 1}"} for n in steps}
    problem = api.refused("POST", "/v1/provenance", 422, json=THEIRS | {"wasDerivedFrom": chain})

    assert "100 derivations lie behind each other" in problem["detail"]


def test_nothing_is_told_of_what_only_a_proposal_states(api: Api) -> None:
    claim = api.claim("26 armed criminals were eliminated.")
    api.report(claim, "Interior Ministry", "Khabar 24")
    accepted = api.get(f"/v1/claims/{claim}/provenance")
    taken(api, THEIRS | {"entity": {**THEIRS["entity"], "ex:statement": {"prov:value": STATEMENT}}}, event=api.event())

    assert api.items("/v1/reports", state="proposed", claim=claim)
    assert api.get(f"/v1/claims/{claim}/provenance") == accepted
    told = api.get(f"/v1/events/{api.event()}/provenance")
    assert len([id for id in told["entity"] if id.startswith("reports:")]) == 1


def test_a_claim_that_is_only_proposed_says_so_wherever_it_is_told(api: Api) -> None:
    event = api.event()
    claim = became(taken(api, THEIRS, event=event), "claim")["entity.ex:statement"][1]
    told = api.get(f"/v1/claims/{claim}/provenance")
    said = told["entity"][f"claims:{claim}"]

    assert (said["cp:state"], said["cp:event"]["$"]) == ("proposed", f"events:{event}")
    assert "cp:status" not in said
    assert "hadMember" not in told
    for notation in Notation:
        text = api.send("GET", f"/v1/claims/{claim}/provenance", params={"format": notation.value}).text
        assert "proposed" in text, notation
    for graph in GraphFormat:
        text = api.send("GET", f"/v1/claims/{claim}/graph", params={"format": graph.value}).text
        assert "proposed" in text, graph
    document = api.items("/v1/reports", state="proposed")[0]["document"]
    assert f"claims:{claim}" not in api.get(f"/v1/documents/{document}/provenance")["entity"]


def test_a_time_without_a_zone_is_a_day_and_its_words_are_kept(api: Api) -> None:
    dated = {"wasGeneratedBy": {"_:g": {"prov:entity": "ex:khabar", "prov:time": "2022-01-06T01:00:00"}}}
    answer = taken(api, THEIRS | dated, event=api.event())

    [record] = [one for one in answer["records"] if (one["place"], one["noun"]) == ("entity.ex:khabar", "document")]
    document = api.get(f"/v1/documents/{record['id']}")
    assert (document["published_at"], document["published_precision"]) == ("2022-01-06", "day")
    assert document["published_printed"] == "2022-01-06T01:00:00"
    assert "no zone" in record["why"]


def test_other_names_and_the_country_of_a_source_travel_along(sqlite_databases: SqliteDatabases) -> None:
    names = [{"name": "ТАСС"}, {"name": "Itar Tass", "kind": "mistaken"}]
    with sqlite_databases.fresh() as one, sqlite_databases.fresh() as two:
        with running(one) as api:
            tass = api.post("/v1/sources", name="Tass agency", kind="news_agency", country="RU", names=names)["id"]
            claim = api.claim("26 armed criminals were eliminated.")
            page = api.post("/v1/documents", publisher=tass, url="https://tass.example/26")["id"]
            api.post("/v1/reports", claim=claim, document=page)
            told = api.get(f"/v1/claims/{claim}/provenance")
        with running(two) as other:
            found = became(taken(other, told), "source")[f"agent.sources:{tass}"]
            there = other.get(f"/v1/sources/{found[1]}")

    agent = told["agent"][f"sources:{tass}"]
    assert (agent["cp:alias"], agent["cp:country"]) == ("ТАСС", "RU")
    assert (there["country"], {name["name"] for name in there["names"]}) == ("RU", {"Tass agency", "ТАСС"})


def test_a_new_publisher_of_a_document_is_listed_among_the_proposed_sources(api: Api) -> None:
    event = api.event()
    answer = taken(api, THEIRS, event=event)
    proposed = {one["id"] for one in answer["records"] if (one["noun"], one["became"]) == ("source", "proposed")}
    publishers = {document["publisher_id"] for document in api.items("/v1/documents")}
    listed = {source["id"] for source in api.items("/v1/sources", include="proposed")}

    assert publishers <= listed
    assert publishers & proposed


STATEMENT = "26 armed criminals were eliminated."


def test_a_new_claim_needs_an_event(api: Api) -> None:
    before = newest(api)
    problem = api.refused("POST", "/v1/provenance", 422, json=THEIRS)

    assert problem["errors"][0]["field"] == "event"
    assert "entity.ex:statement" in problem["detail"]
    assert newest(api) == before


def taken(api: Api, body: Json, **asked: str) -> Json:
    answer = api.send("POST", "/v1/provenance", params=asked, json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    assert sum(found[word] for word in ("added", "proposed", "known", "left")) == len(found["records"])
    return found


def hops_of(api: Api, report: str) -> set[tuple[str, str]]:
    found = api.get(f"/v1/reports/{report}")["attributions"]
    return {(hop["upstream"], hop["downstream"]) for hop in found}


def became(answer: Json, noun: str) -> dict[str, tuple[str, str]]:
    return {one["place"]: (one["became"], one["id"]) for one in answer["records"] if one["noun"] == noun}


def newest(api: Api) -> list[Json]:
    return api.items("/v1/history", limit=1)


def told(api: Api, story: list[Json], tie: str, text: str) -> str:
    """A claim with a report for each line of the story, and a tie between two sources."""
    claim = api.claim(text, happened="2022-01-06")
    api.post(
        f"/v1/sources/{api.source('Saltanat Azirbek')}/ties",
        kind=tie,
        other=api.source("Almaty police"),
        basis="commonly_known",
    )
    for line in story:
        chain = [name for name in line["chain"] if name != line["publisher"]]
        given = {name: line[name] for name in ("stance", "quote", "hedge") if line[name] is not None}
        if line["own_basis"] and not chain:
            given["own_basis"] = line["own_basis"]
        document = {"published": line["published"]} if line["published"] else {}
        api.report(claim, *chain, line["publisher"], figure=line["figure"], document=document, **given)
    return claim


def exported(api: Api, claim: str, base: str) -> Json:
    """The claim in PROV-JSON, as a server at an address of its own tells it."""
    settings = api.app.state.settings
    api.app.state.settings = settings.model_copy(update={"public_address": base})
    try:
        return api.get(f"/v1/claims/{claim}/provenance")
    finally:
        api.app.state.settings = settings
