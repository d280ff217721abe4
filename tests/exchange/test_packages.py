"""A whole event as a data package: a validator finds no error, and a database counts what the API counts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import duckdb
import httpx
import pytest
from frictionless import Package
from sqlalchemy import Engine
from sqlmodel import col, select

from provenance.analysis.moments import looking
from provenance.analysis.recording import recording
from provenance.exchange.tables.package import PackageAsked, write_package
from provenance.moment import NOW
from provenance.storage.merge import MergeCreate
from provenance.storage.reads.asked import ClaimsAsked, Included
from provenance.storage.reads.claims import claims
from provenance.storage.reads.of_event import happenings, hops_of_event, named_with_ties
from provenance.storage.report import Attribution
from provenance.storage.session import reading, writing
from provenance.storage.writes.merging import merge_sources
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import CorrectionKind, ReportState, TieKind, Visibility
from tests.exchange import worked
from tests.records import Desk, every_kind

by_frictionless = pytest.mark.proves("package", "writes", by="frictionless")
by_duckdb = pytest.mark.proves("package", "writes", by="duckdb")
TABLES = {
    *(
        "event",
        "interests",
        "coverage",
        "tallies",
        "claims",
        "sources",
        "names",
        "ties",
        "documents",
        "reports",
        "attributions",
    ),
    *("figures", "flags", "corrections", "rulings", "reviews", "evidence", "verifications", "review_evidence"),
    *("merged_claims", "merged_sources"),
}
# Of January nobody ruled, reviewed or merged anything.
EMPTY = {
    *("rulings", "reviews", "evidence", "verifications", "review_evidence", "merged_claims", "merged_sources"),
}


@pytest.fixture(scope="module")
def packed(january_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of January 2022."""
    answer = httpx.get(f"{january_server}/v1/events/{event_of(january_server)}/package.zip?licence=CC-BY-4.0")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    file = tmp_path_factory.mktemp("package") / "january.zip"
    file.write_bytes(answer.content)
    return file


@by_frictionless
def test_a_validator_finds_no_error_in_any_table(packed: Path) -> None:
    package = Package(str(packed))
    found = package.validate()

    assert found.valid, found.flatten(["title", "message"])
    assert {table.name for table in package.resources} == TABLES
    assert {name for task in found.tasks for name in [task.name] if task.stats.get("rows")} == TABLES - EMPTY


@by_frictionless
@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("claims.csv", lambda text: "\r\n".join(text.split("\r\n")[:-5]) + "\r\n", "foreign-key"),
        ("figures.csv", lambda text: text.replace(",exact,", ",exact,x", 1), "type-error"),
        ("names.csv", lambda text: text + text.split("\r\n")[1] + "\r\n", "primary-key"),
    ],
    ids=["claims are missing", "a number is none", "a name stands twice"],
)
def test_a_package_that_was_damaged_is_found_out(
    packed: Path, tmp_path: Path, table: str, change: Callable[[str], str], told: str
) -> None:
    with ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    (tmp_path / table).write_bytes(change((tmp_path / table).read_bytes().decode()).encode())

    errors = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])
    assert [told] in errors


@by_duckdb
def test_a_database_counts_what_the_api_counts(packed: Path, january_server: str, tmp_path: Path) -> None:
    with ZipFile(packed) as archive:
        archive.extractall(tmp_path)
    shared = "Khabar 24"
    relation = duckdb.sql(
        f"SELECT (SELECT count(*) FROM '{tmp_path}/claims.csv'), (SELECT sum(documents) FROM '{tmp_path}/claims.csv'), "
        f"(SELECT count(*) FROM '{tmp_path}/flags.csv'), (SELECT count(DISTINCT report) FROM "
        f"'{tmp_path}/attributions.csv' WHERE upstream = '{shared}' OR downstream = '{shared}')"
    )
    assert relation is not None
    [told] = relation.fetchall()
    event = event_of(january_server)
    claims = httpx.get(f"{january_server}/v1/claims", params={"event": event, "limit": 200}).json()["items"]
    source = httpx.get(f"{january_server}/v1/sources", params={"q": shared}).json()["items"][0]["id"]
    through = rows_of(f"{january_server}/v1/reports.csv?event={event}&source={source}")

    assert told[:2] == (len(claims), sum(each["documents"] for each in claims))
    assert told[2] == rows_of(f"{january_server}/v1/flags.csv?event={event}")
    # What the source published itself from nobody has no hop.
    assert 0 < told[3] <= through


def test_the_package_says_what_it_is_and_under_which_licence(packed: Path) -> None:
    with ZipFile(packed) as archive:
        described = json.loads(archive.read("datapackage.json"))
        told = archive.read("README.md").decode()
        documents = archive.read("documents.csv").decode()

    assert described["licenses"] == [{"name": "CC-BY-4.0"}]
    assert all(field["description"] for table in described["resources"] for field in table["schema"]["fields"])
    assert all(f"## {name}.csv" in told for name in TABLES)
    assert "CC-BY-4.0" in told
    assert "text" not in documents.split("\r\n")[0].split(",")


def test_who_has_the_package_is_not_sent_it_again_and_who_asks_for_headers_gets_headers(empty_server: str) -> None:
    event = httpx.post(f"{empty_server}/v1/events", json={"title": "A quiet night"}).json()["id"]
    address = f"{empty_server}/v1/events/{event}/package.zip"
    first, again, head = httpx.get(address), httpx.get(address), httpx.head(address)
    known = {"If-None-Match": first.headers["etag"]}

    assert again.content == first.content
    assert head.headers["etag"] == first.headers["etag"]
    assert head.content == b""
    assert "content-length" not in head.headers
    assert httpx.get(address, headers=known).status_code == 304
    licensed = httpx.get(f"{address}?licence=https://desk.test/licence", headers=known)
    assert licensed.status_code == 200
    with ZipFile(io.BytesIO(licensed.content)) as archive:
        assert json.loads(archive.read("datapackage.json"))["licenses"] == [{"path": "https://desk.test/licence"}]
    httpx.patch(
        f"{empty_server}/v1/events/{event}", json={"title": "A night"}, headers={"If-Match": "*"}
    ).raise_for_status()
    assert httpx.get(address, headers=known).status_code == 200
    assert httpx.head(address.replace(event, "evt_nothing")).status_code == 404


@by_frictionless
def test_a_package_holds_what_people_made_of_an_event_and_nothing_that_is_hidden(
    engine: Engine, tmp_path: Path
) -> None:
    with recording(engine, "a tester") as writer:
        desk, claim = Desk(writer), every_kind(writer)
        shown = desk.evidence("Eyewitness")
        writer.change(desk.evidence("Interfax"), {"visibility": Visibility.DESK})
        writer.change(desk.review(claim, shown), {"state": ReportState.PROPOSED})
        twin = desk.source("ITAR-TASS")
        merge_sources(writer, twin.public_id, MergeCreate(into=desk.source("Tass").public_id))
        proposed = desk.report(claim, "Eyewitness", "RIA", state=ReportState.PROPOSED)
        hop = writer.session.scalars(select(Attribution.id).where(col(Attribution.report_id) == proposed.key)).one()
        desk.correction(CorrectionKind.RETRACTION, "RIA", attribution_id=hop)
        event = desk.event().public_id
    file = packed_into(tmp_path / "night.zip", engine, event)
    written = file.read_bytes()
    package = Package(str(file))
    rows = {name: package.get_table_resource(name).read_rows() for name in package.resource_names}

    assert package.validate().valid, package.validate().flatten(["title", "message"])
    assert {name for name in EMPTY if not rows[name]} == set()
    assert [row["rating"] for row in rows["reviews"]] == [
        row["rating"] for row in rows["reviews"] if row["upholds"] is None
    ]
    assert len(rows["evidence"]) == 3
    assert [(row["downstream"], row["cut_by"], row["cut_reason"]) for row in rows["attributions"]] == [
        ("Khabar 24", "an editor", "The broadcast does not have it."),
        ("Tass", None, None),
        ("Interfax", None, None),
    ]
    assert [(row["source"], row["interest"]) for row in rows["interests"]] == [("Almaty police", "party")]
    # What was done to a hop that is only proposed is no more public than the hop.
    assert [row["kind"] for row in rows["corrections"]] == ["denial"]
    assert [row["gone"] for row in rows["merged_sources"]] == [twin.public_id]
    assert package.created == writer.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert packed_into(tmp_path / "again.zip", engine, event).read_bytes() == written


def test_what_is_written_while_a_package_is_made_is_not_in_it(engine: Engine) -> None:
    with recording(engine, "a tester") as writer:
        Desk(writer).claim()
    with looking(engine, NOW, steady=True) as session:
        before = len(claims(session, ClaimsAsked(include=Included.PROPOSED)).items)
        with recording(engine, "another") as writer:
            Desk(writer).claim("Others were killed.")
        assert len(claims(session, ClaimsAsked(include=Included.PROPOSED)).items) == before
    with looking(engine, NOW, steady=True) as session:
        assert len(claims(session, ClaimsAsked(include=Included.PROPOSED)).items) == before + 1


def packed_into(file: Path, engine: Engine, event: str) -> Path:
    with looking(engine, NOW, steady=True) as session, file.open("wb") as stream:
        write_package(session, event, PackageAsked(), stream)
    return file


@pytest.mark.parametrize("question", ["licence=a%20b", "licence=%0a", "licence=javascript:x", "as_of=x", "limit=3"])
def test_a_question_that_cannot_be_answered_is_refused(january_server: str, question: str) -> None:
    answer = httpx.get(f"{january_server}/v1/events/{event_of(january_server)}/package.zip?{question}")

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == question.partition("=")[0]


def test_an_event_with_nothing_in_it_is_a_package_all_the_same(empty_server: str) -> None:
    event = httpx.post(f"{empty_server}/v1/events", json={"title": "=A quiet night"}).json()["id"]
    answer = httpx.get(f"{empty_server}/v1/events/{event}/package.zip")

    with ZipFile(io.BytesIO(answer.content)) as archive:
        assert "'=A quiet night" in archive.read("event.csv").decode()
        assert archive.read("claims.csv").count(b"\r\n") == 1


def test_what_belongs_to_an_event_is_read_with_the_ties_above_its_sources(engine: Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        claim = desk.claim()
        report = desk.report(claim, "Saltanat Azirbek", "Khabar 24", "Tass")
        desk.tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
        desk.tie("Almaty police", TieKind.PART_OF, "State of Kazakhstan")
        desk.tie("Interfax", TieKind.OWNED_BY, "State of Kazakhstan")
        desk.source("Khabar 24").visibility = Visibility.DESK
        event, azirbek = desk.event().public_id, desk.source("Saltanat Azirbek").public_id

    with reading(engine) as session:
        hops = hops_of_event(session, event)
        named = named_with_ties(session, [azirbek])
        happened = happenings(session, event)

    assert [(hop["report"], hop["upstream"], hop["downstream"]) for hop in hops] == [
        (report.public_id, "Saltanat Azirbek", None),
        (report.public_id, None, "Tass"),
    ]
    assert {row["name"] for row in named.sources} == {"Saltanat Azirbek", "Almaty police", "State of Kazakhstan"}
    assert {(row["source"], row["other"]) for row in named.ties} == {
        ("Saltanat Azirbek", "Almaty police"),
        ("Almaty police", "State of Kazakhstan"),
    }
    assert happened == {}


def test_the_example_for_tables_prints_what_it_says(january_server: str) -> None:
    worked.check("tables", january_server)


def event_of(base: str) -> str:
    identity: str = httpx.get(f"{base}/v1/events").json()["items"][0]["id"]
    return identity


def rows_of(address: str) -> int:
    return len(list(csv.reader(io.StringIO(httpx.get(address).text, newline="")))) - 1
