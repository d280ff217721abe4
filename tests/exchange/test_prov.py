"""A program that others wrote for W3C PROV reads our five notations as one document, with all that the trace holds."""

from __future__ import annotations

import io
from collections import Counter
from datetime import datetime
from itertools import pairwise
from typing import Any

import httpx
import pytest
from prov.model import ProvDocument

from provenance.exchange.prov.notations import NOTATIONS, Notation
from provenance.exchange.prov.words import ATTRIBUTES, TYPES
from tests.exchange.worked import check

Json = dict[str, Any]
# What rdflib says of itself while it reads.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
READ_AS: dict[Notation, dict[str, str]] = {
    Notation.JSON: {"format": "json"},
    Notation.N: {"format": "provn"},
    Notation.XML: {"format": "xml"},
    Notation.TURTLE: {"format": "rdf", "rdf_format": "turtle"},
    Notation.JSON_LD: {"format": "jsonld"},
}
CLAIMS = {"dozens": 56, "164": 43, "eyewitness": 1}


@pytest.fixture(scope="module")
def ids(january_server: str) -> dict[str, str]:
    """The claims of `CLAIMS` by the words that find them."""
    return {words: claim_of(january_server, words, documents) for words, documents in CLAIMS.items()}


@pytest.fixture(scope="module")
def as_json(january_server: str, ids: dict[str, str]) -> dict[str, ProvDocument]:
    """Each claim as the program reads it from PROV-JSON."""
    return {words: read(january_server, f"claims/{id}", Notation.JSON) for words, id in ids.items()}


@pytest.mark.proves("prov-json", "writes", by="prov")
@pytest.mark.proves("prov-n", "writes", by="prov")
@pytest.mark.proves("prov-xml", "writes", by="prov")
@pytest.mark.proves("prov-turtle", "writes", by="prov")
@pytest.mark.proves("prov-jsonld", "writes", by="prov")
@pytest.mark.parametrize("notation", Notation)
def test_a_program_for_prov_reads_the_same_document_from_each_notation(
    january_server: str, ids: dict[str, str], as_json: dict[str, ProvDocument], notation: Notation
) -> None:
    for words, id in ids.items():
        found = read(january_server, f"claims/{id}", notation)

        assert found == as_json[words], words
        assert found.unified() == as_json[words].unified(), words


@pytest.mark.parametrize("words", CLAIMS)
def test_each_hop_of_the_trace_is_a_derivation(
    january_server: str, ids: dict[str, str], as_json: dict[str, ProvDocument], words: str
) -> None:
    trace = httpx.get(f"{january_server}/v1/claims/{ids[words]}/trace").json()
    counted = {report["id"] for report in trace["reports"] if report["stance"] == "asserts"}
    declared = {
        (report["id"], *hop) for report in trace["reports"] for path in report["paths"] for hop in pairwise(path)
    }

    hops = hops_in(as_json[words])
    assert {(hop["report"], hop["up"], hop["down"]) for hop in hops if hop["up"]} == declared
    edges = Counter((hop["up"], hop["down"]) for hop in hops if hop["report"] in counted and hop["up"])
    drawn = Counter[tuple[str, str]]()
    for edge in trace["edges"]:
        if edge["upstream"]:
            # Words that identify nobody are somebody else in each report, under one name.
            drawn[edge["upstream"], edge["downstream"]] += edge["reports"]
    assert edges == drawn


def test_the_statement_is_attributed_to_its_origins_and_those_act_for_others(
    january_server: str, ids: dict[str, str], as_json: dict[str, ProvDocument]
) -> None:
    trace = httpx.get(f"{january_server}/v1/claims/{ids['dozens']}/trace").json()
    found = as_json["dozens"]
    names = labels(found)
    claim = f"{january_server}/claims/{ids['dozens']}"

    origins = {names[agent] for entity, agent in ends(found, "Attribution") if entity == claim}
    acting = {(names[one], names[other]) for one, other in ends(found, "Delegation")}
    assert origins == {origin["source"] for origin in trace["origins"] if origin["established"]}
    assert ("Almaty city police department", "Ministry of Internal Affairs of Kazakhstan") in acting
    said = attributes(found, claim)
    assert said["verdict"] == [trace["independence"]["verdict"]] == ["single"]
    assert said["established_origins"] == [trace["independence"]["established_origins"]]


def test_a_withdrawal_invalidates_what_was_withdrawn_from_when_it_took_effect(
    january_server: str, ids: dict[str, str]
) -> None:
    trace = httpx.get(f"{january_server}/v1/claims/{ids['164']}/trace").json()
    withdrawn = {one["id"]: one for one in trace["corrections"] if one["kind"] == "retraction"}
    found = read(january_server, f"claims/{ids['164']}", Notation.N)
    invalid = [one for one in found.records if type(one).__name__ == "ProvInvalidation"]
    cut = [hop for hop in hops_in(found) if hop["cut_by"]]

    assert len(withdrawn) == 2
    assert {one.args[1].localpart for one in invalid} == withdrawn.keys()
    for one in invalid:
        at = withdrawn[one.args[1].localpart]["effective_latest"].replace("Z", "+00:00")
        assert one.args[2] == datetime.fromisoformat(at)
    assert f"{january_server}/claims/{ids['164']}" in {one.args[0].uri for one in invalid}
    assert cut, "a cut hop stays visible"
    assert {hop["cut_by"] for hop in cut} <= {one["by"] for one in withdrawn.values()}


def test_a_document_is_told_alike_in_each_notation(january_server: str) -> None:
    [one] = httpx.get(f"{january_server}/v1/documents", params={"limit": 1}).json()["items"]
    first, *others = (read(january_server, f"documents/{one['id']}", notation) for notation in Notation)

    assert all(other == first for other in others)
    assert f"{january_server}/documents/{one['id']}" in {str(record.identifier.uri) for record in elements(first)}


def test_an_event_collects_its_claims_and_tells_of_each_what_the_claim_tells(
    january_server: str, ids: dict[str, str]
) -> None:
    [event] = httpx.get(f"{january_server}/v1/events").json()["items"]
    whole = httpx.get(f"{january_server}/v1/events/{event['id']}/provenance", timeout=30).json()
    part = httpx.get(f"{january_server}/v1/claims/{ids['dozens']}/provenance").json()

    assert len(whole["hadMember"]) == event["claims"]
    for kind in ("entity", "activity"):
        assert part.get(kind, {}).items() <= whole[kind].items()
    named = {key: hop for key, hop in part["wasDerivedFrom"].items() if not key.startswith("_:")}
    assert named.items() <= whole["wasDerivedFrom"].items()


def test_a_document_tells_of_no_other_document(january_server: str) -> None:
    [one] = httpx.get(f"{january_server}/v1/documents", params={"limit": 1}).json()["items"]
    told = httpx.get(f"{january_server}/v1/documents/{one['id']}/provenance").json()

    documents = {id for id, said in told["entity"].items() if said["prov:type"] == {"$": "cp:Document", **QNAME}}
    assert documents == {f"documents:{one['id']}"}
    assert not any("cp:verdict" in said for said in told["entity"].values())


def test_a_moment_in_the_past_tells_only_what_was_published_by_then(january_server: str, ids: dict[str, str]) -> None:
    then = {"as_of": "2022-01-06T05:00Z"}
    told = httpx.get(f"{january_server}/v1/claims/{ids['dozens']}/provenance", params=then).json()
    trace = httpx.get(f"{january_server}/v1/claims/{ids['dozens']}/trace", params=then).json()

    reports = {id for id in told["entity"] if id.startswith("reports:")}
    assert reports == {f"reports:{report['id']}" for report in trace["reports"]}
    assert 0 < len(reports) < 56
    assert told["entity"][f"claims:{ids['dozens']}"]["cp:as_of"] == trace["as_of"]


def test_each_word_of_our_namespace_is_explained_at_its_address(
    january_server: str, as_json: dict[str, ProvDocument]
) -> None:
    terms = httpx.get(f"{january_server}/v1/provenance").json()
    [event] = httpx.get(f"{january_server}/v1/events").json()["items"]
    told = httpx.get(f"{january_server}/v1/events/{event['id']}/provenance").text
    used = {word.rstrip('"') for word in told.split('"') if word.startswith("cp:")}

    assert terms["namespace"] == f"{january_server}/v1/provenance#"
    assert {term["term"] for term in terms["terms"]} == {*TYPES, *ATTRIBUTES}
    assert {word.removeprefix("cp:") for word in used} <= {*TYPES, *ATTRIBUTES}


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        ("*/*", "application/json"),
        ("application/provenance+json", "application/provenance+json"),
        ("text/turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json;q=0.5, application/provenance+xml", "application/provenance+xml"),
        ("text/*;q=0.1, application/ld+json;q=0.9", "application/ld+json"),
        ("text/provenance-notation, text/turtle;q=0.9", "text/provenance-notation; charset=utf-8"),
    ],
)
def test_the_accept_header_chooses_the_notation(
    january_server: str, ids: dict[str, str], accept: str, sent: str
) -> None:
    address = f"{january_server}/v1/claims/{ids['eyewitness']}/provenance"
    answer = httpx.get(address, headers={"Accept": accept})

    assert answer.headers["content-type"] == sent
    assert answer.headers["vary"] == "Accept"
    again = httpx.get(address, headers={"Accept": accept, "If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    by_name = httpx.get(address, params={"format": "prov-n"}, headers={"Accept": accept})
    assert by_name.text.startswith("document\n"), "what is asked for by name wins"


def test_what_is_not_sent_is_refused_with_what_is(january_server: str, ids: dict[str, str]) -> None:
    address = f"{january_server}/v1/claims/{ids['eyewitness']}/provenance"
    refused = httpx.get(address, headers={"Accept": "image/png"})

    assert refused.status_code == 406
    assert all(f"?format={notation.value}" in refused.json()["detail"] for notation in NOTATIONS)
    assert httpx.get(address, params={"format": "rdf"}).json()["errors"][0]["field"] == "format"
    assert httpx.get(f"{january_server}/v1/claims/clm_none/provenance").status_code == 404


def test_the_worked_example_prints_what_it_says(january_copy: str) -> None:
    check("prov", january_copy)


QNAME = {"type": "xsd:QName"}


def claim_of(server: str, words: str, documents: int) -> str:
    found = httpx.get(f"{server}/v1/claims", params={"q": words, "sort": "-documents", "limit": 200}).json()["items"]
    [claim] = [one["id"] for one in found if one["documents"] == documents][:1]
    return str(claim)


def read(server: str, record: str, notation: Notation) -> ProvDocument:
    """The document as the program reads it from the server."""
    answer = httpx.get(f"{server}/v1/{record}/provenance", params={"format": notation.value}, timeout=30)
    assert answer.status_code == 200, answer.text
    found: ProvDocument = ProvDocument.deserialize(io.BytesIO(answer.content), **READ_AS[notation])
    return found


def elements(found: ProvDocument) -> list[Any]:
    return [record for record in found.records if record.is_element()]


def labels(found: ProvDocument) -> dict[str, str]:
    return {record.identifier.uri: str(record.label) for record in elements(found)}


def ends(found: ProvDocument, kind: str) -> list[tuple[str, str]]:
    """The two ends of each relation of a kind."""
    relations = [record for record in found.records if type(record).__name__ == f"Prov{kind}"]
    return [(one.args[0].uri, one.args[1].uri) for one in relations]


def attributes(found: ProvDocument, uri: str) -> Json:
    """What our namespace says of an element."""
    [record] = [record for record in elements(found) if record.identifier.uri == uri]
    said: Json = {}
    for name, value in record.extra_attributes:
        said.setdefault(name.localpart, []).append(value)
    return said


def hops_in(found: ProvDocument) -> list[Json]:
    """Each hop by the names of its two ends, through who the two entities are attributed to."""
    who: dict[str, str] = {}
    names = labels(found)
    for entity, agent in ends(found, "Attribution"):
        who[entity] = names[agent]
    hops = []
    for record in found.records:
        said = {name.localpart: value for name, value in record.extra_attributes}
        if type(record).__name__ == "ProvDerivation" and "manner" in said:
            later, earlier = (value.uri for value in record.args[:2])
            report = str(said["report"].localpart)
            hops.append({"report": report, "up": who.get(earlier), "down": who[later], "cut_by": said.get("cut_by")})
    return hops
