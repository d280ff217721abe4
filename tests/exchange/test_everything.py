"""Everything that is held leaves one database and stands again in another: every row, every state, every answer."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences, recompute
from provenance.exchange.everything.exporting import export
from provenance.exchange.everything.importing import import_from
from provenance.storage.hook import Hook, HookMessage
from provenance.storage.kept import KEPT, LEFT_OUT, Holds
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.replaying import mismatches
from provenance.storage.session import reading
from tests.api.telling import the_app
from tests.databases import PostgresqlDatabases, SqliteDatabases, opened
from tests.exchange.worked import check
from tests.records import Desk, every_kind
from tests.serving import PATIENCE, served

DOCS = Path(__file__).parent.parent.parent / "docs"


@dataclass(frozen=True)
class Journey:
    """The story with a row of every kind, as it began on SQLite, then on PostgreSQL, and on SQLite again."""

    urls: tuple[str, str, str]
    copies: tuple[bytes, bytes, bytes]


@pytest.fixture(scope="session")
def journey(
    january_file: SqliteDatabases, sqlite_databases: SqliteDatabases, postgresql_databases: PostgresqlDatabases
) -> Iterator[Journey]:
    with january_file.fresh() as first, postgresql_databases.fresh() as second, sqlite_databases.fresh() as third:
        with opened(first) as engine:
            add_every_kind(engine)
        copies = [exported(first)]
        for url in (second, third):
            imported(url, copies[-1])
            copies.append(exported(url))
        yield Journey((first, second, third), (copies[0], copies[1], copies[2]))


def add_every_kind(engine: sa.Engine) -> None:
    """A row in every table, and nothing that waits: neither letters nor claims to be derived when they are read."""
    with recording(engine, "a tester", "a row of every kind") as writer:
        every_kind(writer)
        writer.change(writer.session.execute(sa.select(Hook)).scalar_one(), {"active": False})
        writer.session.execute(sa.delete(HookMessage))
    recompute(engine, only_stale=True)


def exported(url: str) -> bytes:
    """The whole copy of a database."""
    with opened(url) as engine:
        return exported_from(engine)


def exported_from(engine: sa.Engine) -> bytes:
    """The whole copy of an open database."""
    return b"".join(export(engine))


def imported(url: str, copy: bytes, **more: Any) -> None:
    """Fill a database with a whole copy."""
    with opened(url) as engine:
        import_from(engine, io.BytesIO(copy), **more)


def test_sqlite_to_postgresql_to_sqlite_gives_the_same_bytes(journey: Journey) -> None:
    assert journey.copies[0] == journey.copies[1] == journey.copies[2]


def test_a_copy_is_proven_by_its_own_history_and_derived_as_it_was(journey: Journey) -> None:
    with opened(journey.urls[1]) as engine, reading(engine) as session:
        assert unbroken(session).breaks == ()
        assert list(mismatches(session)) == []
        assert list(differences(session)) == []


def test_every_answer_is_the_same_byte_for_byte_after_both_journeys(journey: Journey) -> None:
    with asking(journey.urls[0]) as client:
        asked = list(questions(client))
        told = {address: answer(client, address) for address in asked}
    assert len(told) > 100
    with asking(journey.urls[1]) as client:
        # Which of many hits comes first, each kind of database decides by itself; keys never travel.
        own = ("/search?", "/v1/keys", "/v1/me")
        compared = [one for one in asked if not any(each in one for each in own)]
        assert [one for one in compared if answer(client, one) != told[one]] == []
    # The third holds the same rows as the first, on the same kind of database: what was derived anew is left.
    with asking(journey.urls[2]) as client:
        derived = [one for one in asked if re.search(r"/search\?|/trace|/flags|/claims\?as_of", one)]
        assert len(derived) > 5
        assert [one for one in derived if answer(client, one) != told[one]] == []


def test_a_copy_is_of_one_moment_whatever_is_written_meanwhile(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.exchange.everything.exporting.PORTION", 1)
    add_every_kind(engine)
    before, portions = exported_from(engine), export(engine)
    begun = next(portions)
    with recording(engine, "somebody else") as writer:
        Desk(writer).claim("Ten people were killed.")
    assert begun + b"".join(portions) == before != exported_from(engine)


def test_every_table_with_facts_of_its_own_is_kept(journey: Journey) -> None:
    head = json.loads(journey.copies[0].partition(b"\n")[0])["head"]
    assert [table for table, count in head["rows"].items() if not count] == []
    assert (
        *("standing", "flag", "flagged_figure", "hook_secret", "hook_message"),
        *("access_key", "browser_session", "taken_request"),
    ) == LEFT_OUT


@pytest.mark.proves("json-lines", "writes", by="duckdb")
def test_another_program_reads_the_lines_as_they_are_served(january_server: str, tmp_path: Path) -> None:
    file = tmp_path / "everything.jsonl"
    file.write_bytes(httpx.get(f"{january_server}/v1/export.jsonl", params={"include": "everything"}).content)
    lines = f"read_json('{file}', format = 'newline_delimited', columns = {{\"table\": 'VARCHAR', \"row\": 'JSON'}})"
    counted = found(f'SELECT "table", count(*) FROM {lines} WHERE "table" IS NOT NULL GROUP BY 1 ORDER BY 1')
    claims = found(
        f"SELECT \"row\"->>'public_id', \"row\"->>'text' FROM {lines} WHERE \"table\" = 'claim' "
        "AND \"row\"->>'recorded_to' IS NULL AND \"row\"->>'state' = 'accepted' ORDER BY 1"
    )
    head = json.loads(file.read_bytes().partition(b"\n")[0])["head"]
    assert counted == sorted((table, count) for table, count in head["rows"].items() if count)
    listed = httpx.get(f"{january_server}/v1/claims", params={"limit": 100}).json()["items"]
    assert claims == sorted((each["id"], each["text"]) for each in listed)


def found(statement: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers."""
    answered = duckdb.sql(statement)
    assert answered is not None
    return answered.fetchall()


def test_a_whole_copy_is_sent_only_to_whoever_asks_for_everything(january_server: str) -> None:
    refused = httpx.get(f"{january_server}/v1/export.jsonl")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "include")


def test_what_is_served_is_what_the_command_writes(january_file: SqliteDatabases) -> None:
    with january_file.fresh() as url, asking(url) as client:
        served_copy = client.get("/v1/export.jsonl", params={"include": "everything"}).content
        assert served_copy == exported(url)


def test_the_worked_example_prints_what_it_says(
    january_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check("json-lines", january_server)


def test_the_page_on_the_form_names_every_table_that_is_kept_and_every_one_that_is_not() -> None:
    text = (DOCS / "json-lines.md").read_text(encoding="utf-8")
    kept = re.findall(r"^\| `(\w+)` \|", text.partition("## Which tables")[2].partition("## ")[0], re.MULTILINE)
    left = re.findall(r"^- `(\w+)`", text.partition("## What is left out")[2].partition("## ")[0], re.MULTILINE)
    assert kept == list(KEPT)
    assert left == list(LEFT_OUT)


def test_the_page_on_the_form_tells_how_each_kind_of_value_is_written() -> None:
    text = (DOCS / "json-lines.md").read_text(encoding="utf-8")
    section = text.partition("## How values are written")[2].partition("## ")[0]
    assert re.findall(r"^\| (.+?) \|", section, re.MULTILINE)[2:] == list(Holds)


@contextmanager
def asking(url: str) -> Iterator[httpx.Client]:
    """A client of a server on a database; all servers have one name, since answers hold links."""
    with (
        served(url, public_address="https://claims.example") as base,
        httpx.Client(base_url=base, timeout=PATIENCE) as client,
    ):
        yield client


def questions(client: httpx.Client) -> Iterator[str]:
    """Every address of the description that is read, for a record of each kind, also for a pair of moments."""
    paths = the_app().openapi()["paths"]
    ids = dict(known_ids(client))
    [first] = client.get("/v1/history", params={"limit": 1, "sort": "at"}).json()["items"]
    moments = f"?as_of=2022-01-09&known_at={first['at']}"
    for path, operations in paths.items():
        if "get" not in operations or path in UNCOMPARED or (path.endswith(TABLES) and "{" not in path):
            continue
        taken = {parameter["name"] for parameter in operations["get"].get("parameters", ())}
        for address in addresses(path, ids):
            yield address + NEEDED.get(path, "")
            if "as_of" in taken and ("{" in path or path == "/v1/claims") and not path.endswith(TABLES):
                yield address + moments
        if "cursor" in taken and "{" not in path:
            yield from second_page(client, path)
    [of_every_kind] = client.get("/v1/claims", params={"limit": 1, "sort": "-recorded"}).json()["items"]
    for what in ("", "/trace", "/history"):
        yield f"/v1/claims/{of_every_kind['id']}{what}"


# What tells of the server and not of the record, or when it was made; whole copies are compared by themselves.
UNCOMPARED = frozenset({"/readyz", "/healthz", "/metrics", "/v1/events/{event_id}/package.zip", "/v1/export.jsonl"})
TABLES = (".csv", ".parquet")  # the same rows as in a list, and the whole of it; of a moment, too
NEEDED = {"/v1/search": "?q=dozens"}


def known_ids(client: httpx.Client) -> Iterator[tuple[str, list[str]]]:
    """For each name that stands in an address, the id of the last record, and of claims that of the first."""
    for name, noun in NOUNS.items():
        items = client.get(f"/v1/{noun}").json()["items"]
        one = items[0 if noun == "claims" else -1]
        yield name, [one.get("id") or one["name"]]
    entries = client.get("/v1/history", params={"limit": 1}).json()["items"]
    yield "change_id", [each["change"] for each in entries]


NOUNS = {
    "claim_id": "claims",
    "report_id": "reports",
    "document_id": "documents",
    "figure_id": "figures",
    "event_id": "events",
    "source_id": "sources",
    "tally_id": "tallies",
    "review_id": "reviews",
    "evidence_id": "evidence",
    "correction_id": "corrections",
    "ruling_id": "rulings",
    "ingestion_id": "ingestions",
    "watch_id": "watches",
    "own_correction_id": "own-corrections",
    "name": "mappings",
}


def addresses(path: str, ids: dict[str, list[str]]) -> Iterator[str]:
    """The address, with some records in the place of each name; none where such a record has no list of its own."""
    if path.startswith("/v1/{noun}"):
        for noun in ("claims", "sources", "reports"):
            yield from addresses(path.replace("{noun}", noun).replace("{record_id}", f"{{{noun[:-1]}_id}}"), ids)
        return
    name = re.search(r"{(\w+)}", path)
    if name is None:
        yield path
        return
    for one in ids.get(name[1], ()):
        yield from addresses(path.replace(name[0], one), ids)


def second_page(client: httpx.Client, path: str) -> Iterator[str]:
    """The second page of a list: a cursor must lead on in the copy as well."""
    following = client.get(path, params={"limit": 2}).json()["next"]
    if following is not None:
        yield f"{path}?limit=2&cursor={following}"


def answer(client: httpx.Client, address: str) -> tuple[int, str | None, bytes]:
    """The status, the version tag and the body."""
    got = client.get(address)
    body = got.content
    if address.startswith("/v1/flags"):
        # A finding is derived anew and has no lasting key, so a cursor into the list of them has another one.
        body = re.sub(rb'"next":"[^"]+"', b"", body)
    return got.status_code, got.headers.get("etag"), body
