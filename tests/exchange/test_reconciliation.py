"""Names in a table find the sources that bear them: asked by the client that others wrote, and by hand where it is
about what that client never sends."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import httpx
import numpy
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reconciler import reconcile
from sqlalchemy import Engine

from provenance.errors import InvalidInput
from provenance.exchange.reconciling.asking import Wanted, read_queries
from provenance.exchange.reconciling.matching import candidates, match_of
from provenance.exchange.reconciling.properties import PROPERTIES
from provenance.exchange.reconciling.register import Register
from provenance.storage.reads.registered import Called, Registered, Tied, registered
from provenance.storage.session import reading, writing
from provenance.storage.source import SourceNameCreate
from provenance.storage.writes.sources import add_name
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind, ReportState, SourceKind, TieKind, Visibility
from tests.exchange import worked
from tests.records import Desk

proves = pytest.mark.proves("reconciliation", "writes", by="reconciler")
# Of the client itself, with a pandas that is newer than it.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword")
SPELLINGS = ["Tass", "TASS", "ТАСС", "ITAR-TASS", "itar tass", "ИТАР-ТАСС"]


@proves
def test_every_spelling_of_an_agency_is_matched_with_one_source(january_server: str) -> None:
    found = reconcile(pd.Series(SPELLINGS), reconciliation_endpoint=f"{january_server}/reconcile")

    assert found["input_value"].tolist() == SPELLINGS
    assert found["name"].unique().tolist() == ["TASS"]
    assert found["id"].nunique() == 1
    assert found["match"].all()
    assert found["type_id"].unique().tolist() == ["news_agency"]


@proves
def test_a_kind_asked_for_as_type_leaves_out_all_others(january_server: str) -> None:
    endpoint = f"{january_server}/reconcile"
    found = reconcile(pd.Series(["Khabar 24"]), "broadcaster", top_res="all", reconciliation_endpoint=endpoint)

    assert set(found["type_id"]) == {"broadcaster"}
    assert found.loc[found["match"], "name"].tolist() == ["Khabar 24"]


@proves
def test_a_property_that_disagrees_leaves_the_match_to_a_person(january_server: str) -> None:
    table = pd.DataFrame({"name": ["Khabar 24", "Interior Ministry"], "country": ["KZ", "RU"]})
    endpoint = f"{january_server}/reconcile"
    found = reconcile(table["name"], property_mapping={"country": table["country"]}, reconciliation_endpoint=endpoint)

    assert found["match"].tolist() == [True, False]
    assert found["score"].tolist() == [100.0, 85.0]


@proves
def test_a_name_that_nobody_bears_finds_nothing(january_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(numpy, "NaN"):
        print("reconciler 0.2.2 fills an empty answer with numpy.NaN, which NumPy 2 calls nan; it is lent that name.")
        monkeypatch.setattr(numpy, "NaN", numpy.nan, raising=False)
    found = reconcile(pd.Series(["Zzyzx Gazette"]), reconciliation_endpoint=f"{january_server}/reconcile")

    assert found["id"].isna().tolist() == [True]
    assert found["match"].tolist() == [False]


def test_a_name_in_cyrillic_that_is_not_recorded_is_read_in_latin_letters(january_server: str) -> None:
    [best, *_] = asked(january_server, query="Хабар 24")

    assert best["name"] == "Khabar 24"
    assert best["match"]


def test_an_office_that_every_country_has_is_matched_only_by_who_says_of_which(january_server: str) -> None:
    ministry, health = "Ministry of Internal Affairs of Kazakhstan", "Ministry of Health of Kazakhstan"
    for words, name in (
        *(("Interior Ministry", ministry), ("MVD", ministry), ("МВД", ministry), ("Health Ministry", health)),
        ("Министерство здравоохранения", health),
    ):
        [best, *_] = asked(january_server, query=words)
        assert (words, best["name"], best["match"]) == (words, name, False)

    for country, sure in (("KZ", True), ("RU", False)):
        said = [{"pid": "country", "v": country}]
        assert asked(january_server, query="Interior Ministry", properties=said)[0]["match"] is sure
    assert asked(january_server, query="МВД Казахстана")[0]["match"]


@pytest.mark.parametrize("query", ["TAS", "UN", "新华社"])
def test_what_is_short_or_in_signs_is_no_name_that_only_resembles_it(january_server: str, query: str) -> None:
    assert [each["name"] for each in asked(january_server, query=query) if each["score"] > 75] == []


def test_a_cell_that_is_no_name_leaves_the_others_of_its_batch_answered(january_server: str) -> None:
    queries = {"q0": {"query": "Tass"}, "q1": {"query": "T" * 5000}}
    answer = httpx.post(f"{january_server}/reconcile", data={"queries": json.dumps(queries)}).json()

    assert answer["q0"]["result"][0]["name"] == "TASS"
    assert answer["q1"]["result"] == []
    assert "5,000" in answer["q1"]["error"]


def test_a_batch_may_be_asked_for_with_get_and_from_another_site(january_server: str) -> None:
    queries = json.dumps({"q0": {"query": "Tass"}})
    answer = httpx.get(f"{january_server}/reconcile", params={"queries": queries, "callback": "jsonp123"})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"].startswith("text/javascript")
    called = re.fullmatch(r"/\*\*/jsonp123\((.*)\);", answer.text)
    assert called
    assert json.loads(called[1])["q0"]["result"][0]["name"] == "TASS"


def test_the_manifest_leads_to_everything_else(january_server: str) -> None:
    said = httpx.get(f"{january_server}/reconcile").json()
    [tass, *_] = asked(january_server, query="Tass")
    suggesting = {what: each["service_url"] + each["service_path"] for what, each in said["suggest"].items()}
    proposing = said["extend"]["propose_properties"]

    assert {"0.1", "0.2"} <= set(said["versions"])
    assert {each["id"] for each in said["defaultTypes"]} == {"source", *SourceKind}
    assert httpx.get(said["view"]["url"].replace("{{id}}", tass["id"])).status_code == 200
    assert "TASS" in httpx.get(said["preview"]["url"].replace("{{id}}", tass["id"])).text
    assert first(httpx.get(suggesting["entity"], params={"prefix": "tas"}))["id"] == tass["id"]
    assert first(httpx.get(suggesting["type"], params={"prefix": "news a"}))["id"] == "news_agency"
    assert first(httpx.get(suggesting["property"], params={"prefix": "coun"}))["id"] == "country"
    offered = httpx.get(proposing["service_url"] + proposing["service_path"], params={"type": "source"}).json()
    assert [each["id"] for each in offered["properties"]] == list(PROPERTIES)


def test_a_preview_may_stand_in_the_frame_of_a_client_and_escapes_what_it_shows(empty_server: str) -> None:
    name = "<script>alert(1)</script>"
    made = httpx.post(f"{empty_server}/v1/sources", json={"name": name, "kind": "website"}).json()
    answer = httpx.get(f"{empty_server}/reconcile/preview", params={"id": made["id"]})

    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert name not in answer.text
    assert html.escape(name) in answer.text


def test_further_columns_are_filled_from_what_is_held(january_server: str) -> None:
    [tass, *_] = asked(january_server, query="Tass")
    wanted = {"ids": [tass["id"], "src_nobody"], "properties": [{"id": "country"}, {"id": "name"}]}
    answer = httpx.post(f"{january_server}/reconcile", data={"extend": json.dumps(wanted)}).json()

    assert [each["id"] for each in answer["meta"]] == ["country", "name"]
    assert answer["rows"][tass["id"]]["country"] == [{"str": "RU"}]
    assert {"str": "ИТАР-ТАСС"} in answer["rows"][tass["id"]]["name"]
    assert answer["rows"]["src_nobody"] == {"country": [], "name": []}


@pytest.mark.parametrize(
    ("queries", "place"),
    [
        ('{"q0": {"query": "Ta', "queries"),
        ("[]", "queries"),
        ("null", "queries"),
        ('{"q0": "Tass"}', "queries.q0"),
        ('{"q0": {"type": "news_agency"}}', "queries.q0.query"),
        ('{"q0": {"query": 5}}', "queries.q0.query"),
        ('{"q0": {"query": "\\ud800"}}', "queries.q0.query"),
        ('{"\\ud800": {"query": "Tass"}}', "queries"),
        ('{"q0": {"query": "Tass", "limit": NaN}}', "queries"),
        ('{"q0": {"query": "Tass", "limit": 0}}', "queries.q0.limit"),
        ('{"q0": {"query": "Tass", "limit": true}}', "queries.q0.limit"),
        ('{"q0": {"query": "Tass", "limit": ' + "9" * 5000 + "}}", "queries"),
        ('{"q0": {"query": "Tass", "type": "planet"}}', "queries.q0.type"),
        ('{"q0": {"query": "Tass", "type": [[]]}}', "queries.q0.type"),
        ('{"q0": {"query": "Tass", "properties": {"pid": "country"}}}', "queries.q0.properties"),
        ('{"q0": {"query": "Tass", "properties": [{"pid": "P17", "v": "RU"}]}}', "queries.q0.properties.0.pid"),
        ('{"q0": {"query": "Tass", "properties": [{"pid": "country", "v": [[]]}]}}', "queries.q0.properties.0.v"),
        ('{"q0": {"query": "a"}, "q0": {"query": "b"}}', "queries"),
        ("[" * 100_000, "queries"),
        (json.dumps({f"q{number}": {"query": "Tass"} for number in range(101)}), "queries"),
    ],
    ids=lambda given: given[:50],
)
def test_what_is_malformed_is_refused_with_its_place(january_server: str, queries: str, place: str) -> None:
    answer = httpx.post(f"{january_server}/reconcile", data={"queries": queries})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert [each["field"] for each in answer.json()["errors"]] == [place]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"queries=%FF%FE", "application/x-www-form-urlencoded", 422),
        (b"queries=\xff", "application/x-www-form-urlencoded", 422),
        (b"&".join([b"a=1"] * 50), "application/x-www-form-urlencoded", 422),
        (b"", "application/x-www-form-urlencoded", 422),
        (b'{"queries": {}}', "application/json", 415),
        (b"queries=" + b"a" * 5_000_000, "application/x-www-form-urlencoded", 413),
    ],
    ids=["bad escapes", "not UTF-8", "too many fields", "nothing", "JSON", "huge"],
)
def test_a_form_that_cannot_be_read_is_refused(january_server: str, content: bytes, kind: str, status: int) -> None:
    answer = httpx.post(f"{january_server}/reconcile", content=content, headers={"Content-Type": kind})

    assert answer.status_code == status
    assert answer.json()["detail"]


@pytest.mark.parametrize("callback", ["alert(1)//", "a b", "", "a..b", "é", "x" * 200], ids=ascii)
def test_only_the_name_of_a_function_is_called(january_server: str, callback: str) -> None:
    assert httpx.get(f"{january_server}/reconcile", params={"callback": callback}).status_code == 422


# From here on it is decided without a server.

TASS = Registered("src_a", "TASS", SourceKind.NEWS_AGENCY, "RU", None, (Called("TASS", NameKind.PRIMARY),), ())


def like(source: Registered, **other: Any) -> Registered:
    values = {name: getattr(source, name) for name in Registered.__slots__} | other
    return Registered(**values | {"names": (Called(values["name"], NameKind.PRIMARY), *other.get("names", ()))})


def test_two_sources_of_one_name_are_left_to_a_person() -> None:
    other = like(TASS, id="src_b", kind=SourceKind.COMPANY, country="BE")
    register = Register(1, [TASS, other])

    assert match_of(candidates(register, Wanted("Tass"))) is None
    told_apart = match_of(candidates(register, Wanted("Tass", properties={"country": ("ru",)})))
    assert told_apart is not None
    assert told_apart.source is TASS


def test_words_that_identify_nobody_are_never_matched() -> None:
    somebody = like(TASS, name="the authorities", kind=SourceKind.UNNAMED)
    found = candidates(Register(1, [somebody]), Wanted("the authorities"))

    assert found[0].score == 100
    assert match_of(found) is None


def test_a_misprint_finds_its_source_and_is_no_match() -> None:
    agency = like(TASS, names=(Called("Tasse", NameKind.MISTAKEN),))
    found = candidates(Register(1, [agency]), Wanted("Tasse"))

    assert found[0].source is agency
    assert match_of(found) is None


def test_another_name_with_a_word_in_common_is_offered_and_no_match() -> None:
    ministry = like(TASS, name="Interior Ministry of Kazakhstan", kind=SourceKind.GOVERNMENT_BODY)
    found = candidates(Register(1, [ministry]), Wanted("Interior Ministry"))

    assert [each.source for each in found] == [ministry]
    assert match_of(found) is None


WORDS = st.sampled_from(["query", "type", "limit", "properties", "pid", "v", "id"])
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["country", "police"])
ANYTHING = st.recursive(PLAIN, lambda some: st.lists(some, max_size=3) | st.dictionaries(WORDS, some, max_size=4))


@settings(max_examples=80)
@given(ANYTHING)
def test_whatever_json_is_asked_is_read_or_refused_by_name(said: Any) -> None:
    try:
        wanted = read_queries(json.dumps({"q0": said}))
    except InvalidInput as refused:
        place = refused.field or ""
    else:
        place = "queries"
        candidates(Register(1, [TASS]), wanted["q0"])
    assert place.startswith("queries")


def test_the_register_holds_sources_that_a_person_stands_behind_with_names_and_ties(engine: Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        azirbek, police = desk.source("Saltanat Azirbek"), desk.source("Almaty police")
        desk.tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
        add_name(desk.writer, azirbek.public_id, SourceNameCreate(name="Салтанат Азирбек"))
        desk.source("the authorities").visibility = Visibility.DESK
        desk.source("media reports").state = ReportState.PROPOSED

    with reading(engine) as session:
        held = registered(session)

    assert [each.id for each in held] == [azirbek.public_id, police.public_id]
    assert [called.name for called in held[0].names] == ["Saltanat Azirbek", "Салтанат Азирбек"]
    assert held[0].ties == (Tied(TieKind.SPEAKS_FOR, police.public_id, "Almaty police"),)


def test_what_is_written_is_found_at_once(january_copy: str) -> None:
    httpx.post(f"{january_copy}/reconcile", data={"queries": '{"q": {"query": "Vlast"}}'})
    made = httpx.post(f"{january_copy}/v1/sources", json={"name": "Qwertyuiop Post", "kind": "newspaper"}).json()

    assert asked(january_copy, query="qwertyuiop post")[0]["id"] == made["id"]


def test_the_id_of_a_merged_source_is_answered_with_the_source_that_stands_for_it(empty_server: str) -> None:
    first, second, kept = (
        httpx.post(f"{empty_server}/v1/sources", json={"name": name, "kind": "news_agency", "country": "RU"}).json()[
            "id"
        ]
        for name in ("Itar", "ITAR-TASS", "Tass")
    )
    for gone, into in ((first, second), (second, kept)):
        httpx.post(f"{empty_server}/v1/sources/{gone}/merge", json={"into": into}).raise_for_status()

    wanted = {"ids": [first], "properties": [{"id": "country"}]}
    extended = httpx.post(f"{empty_server}/reconcile", data={"extend": json.dumps(wanted)}).json()
    preview = httpx.get(f"{empty_server}/reconcile/preview", params={"id": first})
    assert extended["rows"] == {first: {"country": [{"str": "RU"}]}}
    assert preview.status_code == 200
    assert f"/sources/{kept}" in preview.text


def test_the_example_for_openrefine_prints_what_it_says(january_server: str) -> None:
    worked.check("openrefine", january_server)


def asked(base: str, **query: Any) -> list[dict[str, Any]]:
    answer = httpx.post(f"{base}/reconcile", data={"queries": json.dumps({"q0": query})})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["q0"]["result"]
    return found


def first(answer: httpx.Response) -> dict[str, Any]:
    found: dict[str, Any] = answer.json()["result"][0]
    return found
