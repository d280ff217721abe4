"""Lists as tables: duckdb counts and sums what the API counts and sums, nothing is run, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from pydantic import BaseModel

from provenance.exchange.tables.as_csv import BOM, csv_of, guarded, joined, line, unguarded
from provenance.exchange.tables.as_parquet import GROUP, parquet_of
from provenance.exchange.tables.columns import columns_of
from provenance.exchange.tables.lists import LISTS, Listed

as_csv = pytest.mark.proves("csv", "writes", by="duckdb")
as_parquet = pytest.mark.proves("parquet", "writes", by="duckdb")
named = pytest.mark.parametrize("listed", LISTS, ids=lambda listed: str(listed.key))


@dataclass(frozen=True)
class Server:
    """Where the story is, with the ids that some lists belong to."""

    base: str
    ids: dict[str, str]

    def path(self, listed: Listed) -> str:
        return f"{self.base}/v1/{listed.path.format(**self.ids)}"


@pytest.fixture(scope="module")
def server(january_server: str) -> Server:
    claim = httpx.get(f"{january_server}/v1/claims", params={"q": "dozens eliminated"}).json()["items"][0]["id"]
    source = httpx.get(f"{january_server}/v1/sources", params={"q": "tass"}).json()["items"][0]["id"]
    return Server(january_server, {"claim_id": claim, "source_id": source})


@named
@as_csv
@as_parquet
def test_a_table_has_every_record_of_its_list(server: Server, listed: Listed, tmp_path: Path) -> None:
    # The whole history has thousands of entries, each with all that a record said.
    most = 150 if listed.name in ("history", "flags") else None
    held = items(server.path(listed), most)
    question = {} if most is None else {"limit": most}
    (tmp_path / "t.csv").write_bytes(got(f"{server.path(listed)}.csv", **question))
    (tmp_path / "t.parquet").write_bytes(got(f"{server.path(listed)}.parquet", **question))
    told = duckdb.read_csv(str(tmp_path / "t.csv"), all_varchar=True)
    typed = duckdb.read_parquet(str(tmp_path / "t.parquet"))

    assert told.columns == typed.columns == [column.name for column in listed.columns]
    first = listed.columns[0].name
    assert [row[0] for row in told.fetchall()] == [row[0] for row in typed.fetchall()] == [one[first] for one in held]


@as_parquet
def test_sums_and_lists_of_figures_are_those_of_the_api(server: Server, tmp_path: Path) -> None:
    question: dict[str, Any] = {"measure": "killed", "sort": "published"}
    file = tmp_path / "figures.parquet"
    file.write_bytes(got(f"{server.base}/v1/figures.parquet", **question))
    held = items(f"{server.base}/v1/figures", **question)
    flagged = "unverified_figure"

    [told] = sql(
        f"SELECT count(*), sum(low), sum(len(chain)), count(*) FILTER (list_contains(flags_rule, '{flagged}')), "
        f"count(DISTINCT publisher) FROM '{file}'"
    )
    assert told == (
        len(held),
        sum(one["low"] or 0 for one in held),
        sum(len(one["chain"]) for one in held),
        sum(flagged in [flag["rule"] for flag in one["flags"]] for one in held),
        len({one["publisher"] for one in held}),
    )


@as_csv
def test_a_filter_and_an_order_are_those_of_the_list(server: Server, tmp_path: Path) -> None:
    question: dict[str, Any] = {
        "flag": "unverified_figure",
        "verdict": "single",
        "as_of": "2022-01-07",
        "sort": "-documents",
    }
    (tmp_path / "claims.csv").write_bytes(got(f"{server.base}/v1/claims.csv", **question, bom=True))
    held = items(f"{server.base}/v1/claims", **question)

    found = duckdb.read_csv(str(tmp_path / "claims.csv")).project("id, documents, possible").fetchall()
    assert found == [(one["id"], one["documents"], one["possible"]) for one in held]
    assert (tmp_path / "claims.csv").read_text(encoding="utf-8").startswith(BOM)


def test_the_file_has_a_name_and_a_kind(server: Server) -> None:
    answer = httpx.get(f"{server.path(LISTS[1])}.csv")

    assert answer.headers["content-disposition"] == 'attachment; filename="claim-drift.csv"'
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("claims.csv?cursor=abc", 422, "cursor"),
        ("claims.csv?limit=0", 422, "limit"),
        ("claims.parquet?bom=true", 422, "bom"),
        ("claims.csv?publisher=a%00b", 422, "publisher"),
        ("claims.csv?colour=red", 422, "colour"),
        ("claims.csv?event=evt_nothing", 422, "event"),
        ("claims.csv?as_of=yesterday", 422, "as_of"),
        ("claims.csv?flag=nothing", 422, "flag"),
        ("figures.parquet?low=9&high=1", 422, "low"),
        ("claims/clm_nothing/drift.csv", 404, None),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_before_anything_is_sent(
    server: Server, address: str, status: int, field: str | None
) -> None:
    answer = httpx.get(f"{server.base}/v1/{address}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["field"] for each in answer.json()["errors"]] == ([field] if field else [])


def test_a_name_that_is_a_formula_is_not_run_and_can_be_had_back(empty_server: str) -> None:
    name = '=HYPERLINK("http://evil.example","Tass")'
    httpx.post(f"{empty_server}/v1/sources", json={"name": name, "kind": "website"}).raise_for_status()

    [heading, row] = csv.reader(io.StringIO(got(f"{empty_server}/v1/sources.csv").decode(), newline=""))
    cell = row[heading.index("name")]
    assert cell.startswith("'=")
    assert unguarded(cell) == name


def test_what_only_proposals_speak_of_stays_out_unless_it_is_asked_for(empty_server: str) -> None:
    sheet = "Claim,Event,Outlet,Date\nEight officers were killed in Almaty.,A night,Tass,2022-01-06\n"
    form = {"file": ("tolls.csv", sheet.encode()), "state": (None, b"proposed")}
    httpx.post(f"{empty_server}/v1/sheets", files=form).raise_for_status()

    rows = {
        (name, include): got(f"{empty_server}/v1/{name}.csv", include=include).count(b"\r\n") - 1
        for name in ("claims", "sources", "reports")
        for include in ("accepted", "proposed")
    }
    assert [rows[name, "accepted"] for name in ("claims", "sources", "reports")] == [0, 0, 0]
    assert [rows[name, "proposed"] for name in ("claims", "sources", "reports")] == [1, 1, 1]


# From here on without a server.


class Line(BaseModel):
    """A row of one text, one list and one path."""

    text: str | None
    words: list[str]
    paths: list[list[str]]


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6) | st.sampled_from(
    ["=1+1", "'", "-", "a|b", "a > b", "\\|", '"', "\r\n", " x "]
)


@given(TEXT | st.none(), st.lists(TEXT, max_size=3))
def test_every_text_comes_back_from_its_cell(text: str | None, values: list[str]) -> None:
    written = b"".join(csv_of(columns_of(Line), [[Line(text=text, words=values, paths=[])]])).decode()
    [_, [cell, words, _]] = csv.reader(io.StringIO(written, newline=""))

    assert unguarded(cell) == (text or "")
    assert split(unguarded(words)) == values or (not unguarded(words) and values in ([], [""]))
    assert not cell.startswith(("=", "+", "-", "@"))


def test_a_missing_text_and_an_empty_one_are_written_differently() -> None:
    assert line([None, ""]) == ',""\r\n'
    assert guarded("") == ""


def test_the_first_rows_are_sent_before_the_last_are_read() -> None:
    read: list[int] = []

    def pages() -> Iterator[list[Line]]:
        for number in range(3):
            read.append(number)
            yield [Line(text=str(number), words=[], paths=[])]

    parts = csv_of(columns_of(Line), pages())
    assert next(parts) == b"text,words,paths\r\n0,,\r\n"
    assert read == [0]


def test_parquet_is_sent_group_by_group_and_keeps_its_types() -> None:
    records = [Line(text=None, words=["a", "b"], paths=[["Ministry", "Tass"]]) for _ in range(GROUP + 1)]
    parts = list(parquet_of(columns_of(Line), (records[start : start + 200] for start in range(0, GROUP + 1, 200))))
    table = parquet.ParquetFile(io.BytesIO(b"".join(parts)))

    assert len([part for part in parts if part]) > 1
    assert table.num_row_groups == 2
    assert table.metadata.num_rows == GROUP + 1
    assert table.read().to_pylist()[-1] == {"text": None, "words": ["a", "b"], "paths": [["Ministry", "Tass"]]}


def split(cell: str) -> list[str]:
    """The values of a list, as the documentation tells to read them."""
    values, escaped = [""], False
    for position, sign in enumerate(cell):
        if escaped or sign not in "\\|":
            values[-1] += sign
            escaped = False
        elif sign == "\\":
            escaped = True
        elif cell[position - 1 : position + 2] == " | ":
            values[-1] = values[-1][:-1]
            values.append("")
    first, *rest = values
    return [first, *(value[1:] for value in rest)] if cell else []


def test_a_list_with_bars_in_it_comes_back() -> None:
    values = ["A|B", "C \\ D", "", "E > F"]

    assert split(joined(values)) == values


def sql(question: str) -> list[Any]:
    """The rows that duckdb answers."""
    relation = duckdb.sql(question)
    assert relation is not None
    return relation.fetchall()


def got(address: str, **question: Any) -> bytes:
    answer = httpx.get(address, params=question, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.content


def items(address: str, most: int | None = None, **question: Any) -> list[dict[str, Any]]:
    """All records of a list, or the first ones."""
    found: list[dict[str, Any]] = []
    asked: dict[str, Any] = {**question, "limit": 200 if most is None else most}
    while True:
        page = json.loads(got(address, **asked))
        found += page["items"]
        if page["next"] is None or most is not None:
            return found
        asked["cursor"] = page["next"]
