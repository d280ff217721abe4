"""Our annotations are what the W3C's model asks, and annotations of others become proposals and nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import iiif_prezi3 as prezi
import jsonschema
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from provenance.cli.app import app
from provenance.exchange.annotation import collecting
from provenance.exchange.annotation.placing import Words, anchored
from provenance.exchange.annotation.reading import read_annotations
from provenance.storage.quoting import Span
from tests.api.telling import Api, running
from tests.databases import SqliteDatabases
from tests.exchange import annotation_musts as musts
from tests.exchange.worked import check
from tests.serving import served

URL = "https://tass.com/world/1385415"
TEXT = "In the night dozens of attackers 😀 were eliminated, the police said.\nLater dozens were detained, it said."
CLAIM = "Dozens of attackers were eliminated in Almaty in the night of 5 to 6 January 2022."
WORDS = "dozens of attackers 😀 were eliminated"
HEADERS = {"Provenance-Author": "Aigul"}


@dataclass(frozen=True)
class Story:
    """One document that is held with its text, one claim, and one accepted report of it."""

    base: str
    url: str
    source: str
    event: str
    claim: str
    document: str
    report: str
    # Where no client of others needs a server, the app answers without one.
    api: Api | None = None

    def send(self, method: str, address: str, **options: Any) -> httpx.Response:
        """One request, to a path of the server or to an address that it gave."""
        whole = address if address.startswith("http") else f"{self.base}{address}"
        return httpx.request(method, whole, **options) if self.api is None else self.api.send(method, whole, **options)

    def post(self, path: str, body: Any, **parameters: str) -> dict[str, Any]:
        answer = self.send("POST", path, json=body, params=parameters or None, headers=HEADERS)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def get(self, address: str, **parameters: str) -> dict[str, Any]:
        answer = self.send("GET", address, params=parameters or None)
        assert answer.is_success, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def take(self, sent: Any, **parameters: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.post("/v1/annotations", sent, **parameters)["items"]
        return items

    def entries(self) -> int:
        """How many changes the history tells."""
        return len(self.get("/v1/history", limit="200")["items"])


def told(base: str, url: str) -> Story:
    def post(path: str, body: dict[str, Any]) -> str:
        answer = httpx.post(f"{base}/v1/{path}", json=body)
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    source = post("sources", {"name": "Tass", "kind": "news_agency"})
    event = post("events", {"title": "Attack on the police of Almaty", "place": "Almaty"})
    claim = post("claims", {"text": CLAIM, "event": event, "kind": "figure"})
    held = {"publisher": source, "url": URL, "text": TEXT, "archive_url": f"https://archive.example/{URL}"}
    document = post("documents", {**held, "retrieved_at": "2022-01-06T12:38:00Z"})
    said = {"quote": WORDS, "hedge": "reportedly", "note": "The word is the police's."}
    report = post("reports", {"document": document, "claim": claim, **said})
    return Story(base, url, source, event, claim, document, report)


@pytest.fixture(scope="module")
def stories(sqlite_databases: SqliteDatabases) -> Iterator[tuple[SqliteDatabases, Story]]:
    """Databases that hold the story, and its ids."""
    with sqlite_databases.fresh() as url:
        with served(url) as base:
            story = told(base, url)
        yield sqlite_databases.like(url), story


@pytest.fixture(scope="module")
def shown(stories: tuple[SqliteDatabases, Story]) -> Iterator[Story]:
    """A story that no test may change."""
    databases, story = stories
    with databases.fresh() as url, served(url) as base:
        yield replace(story, base=base, url=url)


@pytest.fixture
def desk(stories: tuple[SqliteDatabases, Story]) -> Iterator[Story]:
    """A story of one's own."""
    databases, story = stories
    with databases.fresh() as url, running(url) as api:
        yield replace(story, base="http://provenance.test", url=url, api=api)


def test_the_worked_example_prints_what_it_says(january_copy: str) -> None:
    check("annotations", january_copy)


@pytest.mark.proves("annotation", "writes", by="jsonschema")
def test_each_annotation_is_what_the_model_says_that_it_must_be(shown: Story, january_server: str) -> None:
    document = httpx.get(f"{january_server}/v1/documents?limit=1").json()["items"][0]["id"]
    for base, held in ((shown.base, shown.document), (january_server, document)):
        whole = httpx.get(f"{base}/v1/documents/{held}/annotations").json()
        page = httpx.get(whole["first"]).json()
        alone = httpx.get(page["items"][0]["id"]).json()

        for found, schema in ((whole, musts.COLLECTION), (page, musts.PAGE), (alone, musts.ALONE)):
            jsonschema.Draft202012Validator(schema).validate(found)
        assert alone == {"@context": musts.CONTEXT} | page["items"][0]


# rdflib's own reader uses a class that rdflib is about to drop.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.proves("annotation", "writes", by="rdflib")
def test_a_processor_of_json_ld_finds_the_words_and_the_claim(shown: Story) -> None:
    sent = shown.get(f"/v1/reports/{shown.report}/annotation") | {"@context": musts.TERMS}
    graph = rdflib.Graph().parse(data=json.dumps(sent), format="json-ld")
    oa = rdflib.Namespace(musts.OA)

    found = graph.query(
        "SELECT ?claim ?source ?exact ?start ?cached { ?a a oa:Annotation; oa:motivatedBy oa:identifying;"
        " oa:hasBody [ oa:hasPurpose oa:identifying; oa:hasSource ?claim ]; oa:hasTarget ?t. ?t oa:hasSource ?source;"
        " oa:hasSelector [ a oa:TextQuoteSelector; oa:exact ?exact ], [ a oa:TextPositionSelector; oa:start ?start ];"
        " oa:hasState [ oa:cachedSource ?cached ] }",
        initNs={"oa": oa},
    )

    assert [{str(name): str(value) for name, value in row.items()} for row in found.bindings] == [
        {
            "claim": f"{shown.base}/claims/{shown.claim}",
            "source": URL,
            "exact": WORDS,
            "start": str(TEXT.index(WORDS)),
            "cached": f"https://archive.example/{URL}",
        }
    ]


@pytest.mark.proves("annotation", "writes", by="iiif-prezi3")
def test_a_typed_reader_of_annotations_takes_ours(shown: Story) -> None:
    read = prezi.Annotation(**shown.get(f"/v1/reports/{shown.report}/annotation"))

    quote, position = read.target.selector
    assert (quote.root.exact, position.root.start) == (WORDS, TEXT.index(WORDS))


@pytest.mark.proves("annotation", "reads", by="iiif-prezi3")
def test_what_a_typed_writer_of_annotations_writes_is_proposed(stories: tuple[SqliteDatabases, Story]) -> None:
    of_others = prezi.Annotation(
        id="https://elsewhere.example/7",
        motivation="describing",
        body=prezi.TextualBody(value=CLAIM),
        target=prezi.SpecificResource(
            source=URL, selector=prezi.TextQuoteSelector(exact="dozens", prefix="Later ", suffix=" were detained")
        ),
    )
    databases, story = stories
    with databases.fresh() as url, served(url) as base:
        desk = replace(story, base=base, url=url)
        [taken] = desk.take(json.loads(of_others.json()))
        report = desk.get(f"/v1/reports/{taken['report']}")

    assert taken["outcome"] == "proposed", taken
    assert report["quote_start"] == TEXT.index("dozens were detained")


def test_places_count_code_points_and_surroundings_come_from_the_text(shown: Story) -> None:
    answer = httpx.get(f"{shown.base}/v1/reports/{shown.report}/annotation")
    quote, position = answer.json()["target"]["selector"]

    assert TEXT[position["start"] : position["end"]] == quote["exact"] == WORDS
    assert (quote["prefix"], quote["suffix"]) == ("In the night ", ", the police said.\nLater dozens ")
    assert answer.headers["content-type"] == f'application/ld+json; profile="{musts.CONTEXT}"'
    assert 'rel="type"' in answer.headers["link"]
    again = httpx.get(str(answer.url), headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_collection_leads_from_page_to_page(desk: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("the police said", "dozens were detained"):
        desk.post("/v1/reports", {"document": desk.document, "claim": desk.claim, "quote": words})
    monkeypatch.setattr(collecting, "PAGE", 2)

    whole = desk.get(f"/v1/documents/{desk.document}/annotations")
    first = desk.get(whole["first"])
    second = desk.get(first["next"])

    assert (whole["total"], len(first["items"]), len(second["items"])) == (3, 2, 1)
    assert (second["id"], second["prev"], second["startIndex"]) == (whole["last"], first["id"], 2)
    assert "next" not in second
    assert desk.send("GET", f"{whole['id']}?page=2").status_code == 404


def test_a_proposal_gives_no_annotation_unless_it_is_asked_for(desk: Story) -> None:
    [taken] = desk.take(of_hypothesis("it said"))
    address = f"/v1/reports/{taken['report']}/annotation"

    assert desk.send("GET", address).status_code == 404
    assert "include=proposed" in desk.send("GET", address).json()["detail"]
    assert desk.get(f"{address}?include=proposed")["creator"] == {"type": "Software", "name": "Hypothesis"}
    assert desk.get(f"/v1/documents/{desk.document}/annotations")["total"] == 1
    whole = desk.get(f"/v1/documents/{desk.document}/annotations", include="proposed")
    assert (whole["total"], len(desk.get(whole["first"])["items"])) == (2, 2)


@pytest.mark.proves("annotation", "reads", by="ours")
def test_taking_in_what_we_gave_changes_nothing_here_and_proposes_it_elsewhere(
    desk: Story, sqlite_databases: SqliteDatabases
) -> None:
    page = desk.get(f"/v1/documents/{desk.document}/annotations", page="0")
    before = desk.entries()
    [here] = desk.take(page)
    with sqlite_databases.fresh() as url, served(url) as base:
        other = told(base, url)
        httpx.patch(
            f"{base}/v1/reports/{other.report}", json={"state": "rejected"}, headers={"If-Match": "*"}
        ).raise_for_status()
        other.post("/v1/reports", {"document": other.document, "claim": other.claim, "quote": "it said"})
        [rejected] = other.take(page)
        page["items"][0]["target"]["selector"] = [{"type": "TextQuoteSelector", "exact": "the police said"}]
        [elsewhere] = other.take(page)
        given = other.get(f"/v1/reports/{elsewhere['report']}/annotation", include="proposed")

    assert (here["outcome"], desk.entries()) == ("known", before)
    # What a desk rejected is not put before it again.
    assert (rejected["outcome"], rejected["report"]) == ("known", other.report)
    assert (elsewhere["outcome"], elsewhere["claim"]) == ("proposed", other.claim)
    assert [each["value"] for each in given["body"][1:]] == [each["value"] for each in page["items"][0]["body"][1:]]


def test_what_hypothesis_exports_becomes_proposals_once(desk: Story) -> None:
    export = {"rows": [of_hypothesis("the police said", id="aB1"), of_hypothesis("it said", tags=["denies"], id="aB2")]}

    first, again = desk.take(export), desk.take(export)

    assert [item["outcome"] for item in first] == ["proposed", "proposed"]
    assert [(item["outcome"], item["report"]) for item in again] == [("known", item["report"]) for item in first]
    report = desk.get(f"/v1/reports/{first[1]['report']}")
    told_of = (report["state"], report["stance"], report["extractor"], report["rule"], report["claim"])
    assert told_of == ("proposed", "denies", "Hypothesis", "hypothesis", desk.claim)
    assert report["grounds"]["annotation"]["creator"] == "acct:checker@hypothes.is"
    assert desk.get("/v1/reports")["items"][0]["id"] == desk.report
    assert len(desk.get("/v1/reports")["items"]) == 1


def test_a_claim_may_be_named_by_its_page_its_id_or_a_tag(desk: Story) -> None:
    page = {"body": f"{desk.base}/claims/{desk.claim}", "target": target("the police said")}
    by_id = {"body": {"type": "TextualBody", "value": desk.claim}, "target": target("it said")}
    by_tag = of_hypothesis("night", text="See this.", tags=[desk.claim])

    taken = desk.take([{"type": "Annotation", **page}, {"type": "Annotation", **by_id}, by_tag])

    assert [item["claim"] for item in taken] == [desk.claim] * 3
    assert desk.get(f"/v1/reports/{taken[2]['report']}")["note"] == "See this."


def test_a_claim_that_is_not_known_is_proposed_in_the_event_that_is_given(desk: Story) -> None:
    sent = of_hypothesis(
        "dozens were detained", text="Dozens were detained in Almaty after the attack.", tags=["claim"]
    )

    [refused] = desk.take(sent)
    [taken] = desk.take(sent, event=desk.event)

    assert (refused["outcome"], refused["report"]) == ("refused", None)
    assert "event" in refused["reasons"][0]
    claim = desk.get(f"/v1/claims/{taken['claim']}")
    assert (claim["state"], claim["text"], claim["event"]) == ("proposed", sent["text"], desk.event)
    assert desk.get("/v1/claims", event=desk.event)["items"][0]["id"] == desk.claim


def test_words_that_stand_twice_are_settled_by_what_stands_beside_them_or_refused(desk: Story) -> None:
    [twice] = desk.take(of_hypothesis("dozens"))
    [spaced] = desk.take(of_hypothesis("police said. Later dozens"))
    [beside] = desk.take(of_hypothesis("dozens", prefix="  Later   ", suffix="\twere detained"))
    [nowhere] = desk.take(of_hypothesis("hundreds"))

    assert (twice["outcome"], nowhere["outcome"]) == ("refused", "refused")
    assert "stands in the text 2 times, at 13 and 75" in twice["reasons"][0]
    assert "does not stand in the text" in nowhere["reasons"][0]
    assert desk.get(f"/v1/reports/{spaced['report']}")["quote"] == "police said.\nLater dozens"
    assert desk.get(f"/v1/reports/{beside['report']}")["quote_start"] == 75


def test_a_document_that_is_not_held_is_refused_or_added_for_its_publisher(desk: Story) -> None:
    sent = of_hypothesis("Dozens of attackers", uri="https://interfax.example/1#c", prefix="said: ")
    before = desk.entries()

    [refused] = desk.take(sent)
    assert (refused["outcome"], desk.entries()) == ("refused", before)
    assert "/v1/ingest" in refused["reasons"][0]
    [nobody] = desk.take(sent | {"text": "Nobody knows this."}, publisher=desk.source)
    assert (nobody["outcome"], desk.entries()) == ("refused", before)
    [taken] = desk.take(sent, publisher=desk.source)

    report = desk.get(f"/v1/reports/{taken['report']}")
    assert (report["url"], report["quote"], report["quote_prefix"], report["quote_start"]) == (
        "https://interfax.example/1",
        "Dozens of attackers",
        "said: ",
        None,
    )


def test_a_dry_run_writes_nothing(desk: Story) -> None:
    before = desk.entries()
    [taken] = desk.take(of_hypothesis("it said"), dry_run="true")

    assert (taken["outcome"], desk.entries()) == ("proposed", before)
    assert (taken["report"], taken["claim"], taken["document"]) == (None, desk.claim, desk.document)
    new = of_hypothesis("it said again", uri="https://interfax.example/2", text="It was night.", tags=["claim"])
    [new_too] = desk.take(new, dry_run="true", publisher=desk.source, event=desk.event)
    assert (new_too["report"], new_too["claim"], new_too["document"]) == (None, None, None)


SKIPPED: dict[str, tuple[dict[str, Any], str]] = {
    "a reply": ({"references": ["aB1"]}, "reply"),
    "hidden": ({"hidden": True}, "hidden"),
    "private": ({"permissions": {"read": ["acct:checker@hypothes.is"]}}, "private"),
    "of a group": ({"permissions": {"read": ["group:aB1"]}}, "group"),
}


@pytest.mark.parametrize(("more", "reason"), SKIPPED.values(), ids=SKIPPED.keys())
def test_what_is_not_everybody_s_is_skipped(desk: Story, more: dict[str, Any], reason: str) -> None:
    [taken] = desk.take(of_hypothesis("it said", **more), event=desk.event, publisher=desk.source)

    assert (taken["outcome"], taken["report"]) == ("refused", None)
    assert taken["reasons"][0].startswith("It is skipped")
    assert reason in taken["reasons"][0]


def test_a_reply_in_the_model_of_the_w3c_is_skipped_and_a_public_row_is_not(desk: Story) -> None:
    [reply] = desk.take(annotation(motivation="replying"))
    [public] = desk.take(of_hypothesis("it said", hidden=False, permissions={"read": ["group:__world__"]}))

    assert (reply["outcome"], public["outcome"]) == ("refused", "proposed")


def test_a_comment_never_becomes_a_claim_unless_the_annotation_says_so(desk: Story) -> None:
    whole_page = {"uri": URL, "text": "lol"}
    word, sentence = of_hypothesis("night", text="lol"), of_hypothesis("Later dozens were detained", text="lol")

    for sent in (whole_page, word):
        [refused] = desk.take(sent, event=desk.event)
        assert (refused["outcome"], refused["claim"]) == ("refused", None)
        assert "`claim`" in refused["reasons"][0]
    [taken] = desk.take(sentence, event=desk.event)
    report = desk.get(f"/v1/reports/{taken['report']}")
    assert (desk.get(f"/v1/claims/{taken['claim']}")["text"], report["note"]) == ("Later dozens were detained", "lol")


def test_a_tag_that_is_no_stance_is_reported(desk: Story) -> None:
    [taken] = desk.take(of_hypothesis("it said", tags=["Questions", "to do"]))

    assert desk.get(f"/v1/reports/{taken['report']}")["stance"] == "questions"
    assert [reason for reason in taken["reasons"] if "not understood" in reason] == [taken["reasons"][-1]]
    assert "'to do'" in taken["reasons"][-1]


SPELLINGS = [
    "https://WWW.Tass.COM/world/1385415",
    "http://tass.com/world/1385415/?utm_source=x&fbclid=IwAR0#top",
    "https://web.archive.org/web/20220106123800/https://tass.com/world/1385415",
    "https://web.archive.org/web/20220106123800id_/http://www.tass.com/world/1385415",
]


@pytest.mark.parametrize("spelt", SPELLINGS)
def test_a_page_is_known_by_whatever_address_leads_to_it(desk: Story, spelt: str) -> None:
    [taken] = desk.take(of_hypothesis("it said", uri=spelt))

    assert (taken["outcome"], taken["document"]) == ("proposed", desk.document)


def test_an_address_that_was_recorded_with_additions_is_known_without_them(desk: Story) -> None:
    recorded = "https://www.tass.com/world/7?id=3&utm_medium=social#comments"
    held = desk.post("/v1/documents", {"publisher": desk.source, "url": recorded, "text": "Later it said so."})
    [taken] = desk.take(of_hypothesis("it said", uri="https://tass.com/world/7?id=3"))
    [other] = desk.take(of_hypothesis("it said", uri="https://tass.com/world/7?id=4"))

    assert (taken["outcome"], taken["document"]) == ("proposed", held["id"])
    assert other["outcome"] == "refused"


def test_a_place_without_words_is_not_trusted(desk: Story) -> None:
    bare = {
        "type": "SpecificResource",
        "source": URL,
        "selector": {"type": "TextPositionSelector", "start": 1, "end": 5},
    }
    whole = {"type": "Annotation", "bodyValue": CLAIM, "target": URL}
    by_place, of_all = desk.take([{"type": "Annotation", "bodyValue": CLAIM, "target": bare}, whole])

    assert (by_place["outcome"], of_all["outcome"]) == ("refused", "proposed")
    assert "TextQuoteSelector" in by_place["reasons"][0]
    assert desk.get(f"/v1/reports/{of_all['report']}")["quote"] is None


def of_hypothesis(exact: str, uri: str = URL, **more: Any) -> dict[str, Any]:
    beside: dict[str, Any] = {name: more.pop(name) for name in ("prefix", "suffix") if name in more}
    selector: list[dict[str, Any]] = [
        {"type": "RangeSelector", "startContainer": "/div[1]", "startOffset": 3, "endContainer": "/p", "endOffset": 9},
        {"type": "TextQuoteSelector", "exact": exact, **beside},
    ]
    row: dict[str, Any] = {
        "uri": uri,
        "user": "acct:checker@hypothes.is",
        "text": CLAIM,
        "tags": [],
        "created": "2022-01-07T08:00:00Z",
    }
    return row | {"target": [{"source": uri, "selector": selector}]} | more


def target(exact: str) -> dict[str, Any]:
    return {"source": URL, "selector": {"type": "TextQuoteSelector", "exact": exact}}


def annotation(**parts: Any) -> dict[str, Any]:
    return {"type": "Annotation", "bodyValue": CLAIM, "target": URL} | parts


MALFORMED: dict[str, tuple[Any, str]] = {
    "nothing": ([], "items"),
    "a number": ([7], "0"),
    "no annotation": ([annotation(), {"type": "Note"}], "1.type"),
    "no target": ([annotation(target=None)], "0.target"),
    "a target of a wrong type": ([annotation(target=5)], "0.target"),
    "a source of a wrong type": ({"items": [annotation(target={"source": 5})]}, "items.0.target.source"),
    "a selector that is a number": ([annotation(target={"source": URL, "selector": [3]})], "0.target.selector.0"),
    "no words in a quote": (
        {"rows": [{"uri": URL, "target": [{"selector": [{"type": "TextQuoteSelector"}]}]}]},
        "rows.0.target.0.selector.0.exact",
    ),
    "a place that is no number": (
        [annotation(target={"source": URL, "selector": {"type": "TextPositionSelector", "start": "1", "end": 2}})],
        "0.target.selector.start",
    ),
    "a place that ends before it begins": (
        [annotation(target={"source": URL, "selector": {"type": "TextPositionSelector", "start": 3, "end": 2}})],
        "0.target.selector.end",
    ),
    "half a character": ([annotation(bodyValue="\ud800")], "0.bodyValue"),
    "a NUL character": ([of_hypothesis("a\x00b")], "0.target.0.selector.1.exact"),
    "a control character": ([annotation(bodyValue="a\x1bb")], "0.bodyValue"),
    "a huge quote": ([of_hypothesis("x" * 30_000)], "0.target.0.selector.1.exact"),
    "too many": ([annotation()] * 501, "body"),
    "pages that stand elsewhere": ({"type": "AnnotationCollection", "first": "https://x.example/1"}, "first"),
    "tags that are no list of texts": ([of_hypothesis("it said", tags=[{"a": 1}])], "0.tags.0"),
    "NaN": ([annotation(bodyValue=float("nan"))], "0.bodyValue"),
}


@pytest.mark.parametrize(("sent", "place"), MALFORMED.values(), ids=MALFORMED.keys())
def test_what_is_malformed_is_refused_with_its_place(shown: Story, sent: Any, place: str) -> None:
    answer = httpx.post(f"{shown.base}/v1/annotations", content=json.dumps(sent), headers=AS_JSON)

    assert answer.status_code == 422, answer.text
    assert answer.json()["detail"].startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"type": "Annotation", "target"', 400),
        (b"\xff\xfe{}", 400),
        (b"[" * 100_000, 400),
        (b"7", 422),
        (b'{"type": "Annotation", "type": "Note"}', 422),
        (json.dumps("x" * 4_100_000).encode(), 413),
    ],
    ids=["truncated", "UTF-16", "nested too deeply", "a number", "a key twice", "huge"],
)
def test_what_is_no_json_object_or_list_is_refused(shown: Story, body: bytes, status: int) -> None:
    assert httpx.post(f"{shown.base}/v1/annotations", content=body, headers=AS_JSON).status_code == status


def test_nothing_malformed_changed_anything(shown: Story) -> None:
    assert len(shown.get("/v1/reports", include="proposed")["items"]) == 1
    good_and_bad = [of_hypothesis("it said"), annotation(target=None)]
    before = shown.entries()

    assert httpx.post(f"{shown.base}/v1/annotations", json=good_and_bad).status_code == 422
    assert shown.entries() == before


AS_JSON = {"Content-Type": "application/ld+json"}


WHATEVER = st.characters(codec="utf-8", exclude_characters="\x00")


@given(st.text(WHATEVER, max_size=60), st.text(WHATEVER, min_size=1, max_size=30), st.text(WHATEVER, max_size=60))
@settings(max_examples=60, deadline=None)
def test_words_that_stand_once_are_found_where_they_stood(before: str, exact: str, after: str) -> None:
    text = f"{before}<{exact}>{after}"
    start = len(before) + 1
    if exact.strip() and text.count(exact) == 1:
        sent = annotation(target={"source": URL, "selector": {"type": "TextQuoteSelector", "exact": exact}})
        [read] = read_annotations(sent)
        assert read.words == Words(exact)
        assert anchored(text, read.words) == Span(start, start + len(exact))


def test_the_command_tells_what_became_of_each(desk: Story, tmp_path: Path) -> None:
    file = tmp_path / "export.json"
    file.write_text(json.dumps({"rows": [of_hypothesis("it said"), of_hypothesis("dozens")]}), encoding="utf-8")

    first = CliRunner().invoke(app, ["--database", desk.url, "annotations", str(file)])
    again = CliRunner().invoke(app, ["--database", desk.url, "annotations", str(file), "--json"])
    file.write_text('{"rows": [', encoding="utf-8")
    broken = CliRunner().invoke(app, ["--database", desk.url, "annotations", str(file)])

    assert (first.exit_code, again.exit_code, broken.exit_code) == (1, 1, 2)
    assert "1 proposed, 0 known, 1 refused" in first.output
    assert [item["outcome"] for item in json.loads(again.stdout)["items"]] == ["known", "refused"]
    assert "line 1, column 11" in broken.output
