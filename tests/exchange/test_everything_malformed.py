"""A whole copy that is not as it was written is refused with its line and place, and leaves the database empty."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from provenance.analysis.recording import recording
from provenance.errors import Conflict, InvalidInput
from provenance.exchange.everything.exporting import export_to
from provenance.exchange.everything.importing import import_from
from provenance.storage.reads.exporting import is_empty
from provenance.storage.reads.replaying import mismatches
from provenance.storage.session import reading
from tests.databases import Databases, SqliteDatabases, opened
from tests.records import every_kind

Lines = list[bytes]
Change = Callable[[Lines], Lines]
LONGEST = 100_000  # bytes of a line, so that a test of long ones is short


@pytest.fixture(scope="session")
def lines(sqlite_databases: SqliteDatabases) -> Lines:
    """A whole copy with a row in every table."""
    with sqlite_databases.fresh() as url, opened(url) as engine:
        with recording(engine, "a tester") as writer:
            every_kind(writer)
        stream = io.BytesIO()
        export_to(engine, stream)
        return stream.getvalue().splitlines(keepends=True)


@pytest.fixture(scope="session")
def nothing(databases: Databases) -> Iterator[sa.Engine]:
    """An empty database of each kind, which no refused copy fills."""
    with databases.fresh() as url, opened(url) as engine:
        yield engine


def refused(engine: sa.Engine, copy: bytes) -> str:
    """Why a copy is refused; the test fails if it is not, or if it leaves anything behind."""
    with pytest.raises(InvalidInput) as told:
        import_from(engine, io.BytesIO(copy), longest=LONGEST)
    with engine.connect() as connection:
        assert is_empty(connection)
    assert "\n" not in told.value.message
    return told.value.message


def sealed(lines: Lines) -> Lines:
    """The lines with an end that fits them: what somebody would send who means to deceive."""
    body = lines[:-1]
    end = {"lines": len(body), "sha256": hashlib.sha256(b"".join(body)).hexdigest()}
    return [*body, json.dumps({"end": end}).encode() + b"\n"]


def number_of(lines: Lines, table: str) -> int:
    """The number of the first line of a table."""
    return next(number for number, line in enumerate(lines, 1) if line.startswith(f'{{"table":"{table}"'.encode()))


def row(table: str, **values: Any) -> Change:
    """Other values in the first row of a table; what is ... is left out."""

    def change(lines: Lines) -> Lines:
        at = number_of(lines, table) - 1
        said = json.loads(lines[at])
        said["row"] = {name: value for name, value in (said["row"] | values).items() if value is not ...}
        return sealed([*lines[:at], json.dumps(said).encode() + b"\n", *lines[at + 1 :]])

    return change


def raw(table: str, old: bytes, new: bytes) -> Change:
    """Other bytes in the first row of a table."""

    def change(lines: Lines) -> Lines:
        at = number_of(lines, table) - 1
        assert old in lines[at]
        return sealed([*lines[:at], lines[at].replace(old, new, 1), *lines[at + 1 :]])

    return change


def head(**values: Any) -> Change:
    """Other values in the head."""

    def change(lines: Lines) -> Lines:
        said = json.loads(lines[0])
        said["head"] |= values
        return sealed([json.dumps(said).encode() + b"\n", *lines[1:]])

    return change


def twice(table: str, **values: Any) -> Change:
    """The first row of a table once more, with other values, and counted."""

    def change(lines: Lines) -> Lines:
        at = number_of(lines, table) - 1
        said, top = json.loads(lines[at]), json.loads(lines[0])
        said["row"] |= values
        top["head"]["rows"][table] += 1
        following = next(n for n, line in enumerate(lines) if n > at and f'"table":"{table}"'.encode() not in line)
        changed = [*lines[:following], json.dumps(said).encode() + b"\n", *lines[following:]]
        return sealed([json.dumps(top).encode() + b"\n", *changed[1:]])

    return change


VALUES: dict[str, tuple[str, Change, str]] = {
    "unknown column": ("claim", row("claim", truth=1), "claim.truth: the table claim has no such column"),
    "missing column": ("claim", row("claim", text=...), "claim.text: it is missing"),
    "number for text": ("claim", row("claim", text=5), "claim.text: 5 is not a text"),
    "text for integer": ("claim", row("claim", event_id="1"), "claim.event_id: '1' is not an integer"),
    "truth for integer": ("claim", row("claim", event_id=True), "claim.event_id: True is not an integer"),
    "integer for truth": ("tally", row("tally", cumulative=1), "tally.cumulative: 1 is not true or false"),
    "text for number": ("figure", row("figure", low="24"), "figure.low: '24' is not a number"),
    "null": ("claim", row("claim", text=None), "claim.text: it is null, and must be a text"),
    "unknown word": ("claim", row("claim", kind="rumour"), "claim.kind: 'rumour' is no word for it; use one of: "),
    "no zone": ("claim", row("claim", recorded_from="2026-01-01"), "claim.recorded_from: '2026-01-01' is not"),
    "no such day": ("claim", row("claim", recorded_from="2026-02-30T00:00:00.000000Z"), "claim.recorded_from: "),
    "too long": ("claim", row("claim", text="x" * 2001), "claim.text: it has 2,001 characters, and 2,000 fit"),
    "too large": ("claim", row("claim", event_id=2**31), "claim.event_id: 2147483648 is larger than"),
    "text for a list": ("coverage", row("coverage", languages="ru"), "coverage.languages: input should be"),
    "number in a list": ("coverage", row("coverage", languages=["ru", 5]), "coverage.languages: 1: input should be"),
    "NaN": ("figure", raw("figure", b'"low":24.0', b'"low":NaN'), "NaN is no number of JSON"),
    "infinite": ("figure", raw("figure", b'"low":24.0', b'"low":1e999'), "1e999 is larger than any number"),
    "endless digits": ("figure", raw("figure", b'"low":24.0', b'"low":' + b"9" * 5000), "take the file as it was"),
    "large as a number": ("figure", raw("figure", b'"low":24.0', b'"low":1' + b"0" * 400), "figure.low: it is larger"),
    "half a character": ("claim", row("claim", text="\ud800"), "claim.text: it holds half a character"),
    "half a character in a list": ("coverage", row("coverage", languages=["\udfff"]), "it holds half a"),
    "NUL": ("claim", row("claim", text="a\x00b"), "claim.text: it holds a NUL character"),
    "deep": ("review", row("review", markup={"a": json.loads("[" * 150 + "]" * 150)}), "review.markup: it is nested"),
    "deeper": ("review", raw("review", b'"markup":{}', b'"markup":' + b"[" * 40_000), "it is nested too deeply"),
    "key twice": ("claim", raw("claim", b'"id":', b'"id":7,"id":'), "'id' stands twice in one object"),
    "not JSON": ("claim", raw("claim", b'"id":', b"id:"), "column 25: it is no JSON"),
    "not UTF-8": ("claim", raw("claim", b"Dozens", b"D\xe9z"), "is not UTF-8"),
    "huge line": ("claim", raw("claim", b"Dozens", b"D" * LONGEST), "it has more than 100,000 bytes"),
    "unknown table": ("claim", raw("claim", b'"claim"', b'"rumour"'), "table: there is no table 'rumour'"),
    "derived table": ("claim", raw("claim", b'"claim"', b'"standing"'), "the table standing is made anew"),
    "another shape": ("claim", raw("claim", b'"row"', b'"line"'), "it is neither"),
    "no packed bytes": ("blob", row("blob", body="!!"), "blob.body: '!!' is not bytes in base64"),
    "damaged bytes": ("blob", row("blob", body=b64encode(b"hi").decode()), "blob.body: it is not packed with zlib"),
    "other bytes": (
        "blob",
        row("blob", body=b64encode(zlib.compress(b"ho")).decode()),
        "blob.sha256: it is not the hash of the bytes",
    ),
    "bytes that swell": (
        "blob",
        row("blob", body=b64encode(zlib.compress(bytes(10_000_000))).decode()),
        "blob.size: it is not the number of bytes that were packed",
    ),
}


@pytest.mark.parametrize("case", VALUES)
def test_a_wrong_value_is_told_with_its_line_and_column(
    sqlite_databases: SqliteDatabases, empty_sqlite: sa.Engine, lines: Lines, case: str
) -> None:
    table, change, told = VALUES[case]
    message = refused(empty_sqlite, b"".join(change(lines)))
    assert message.startswith(f"line {number_of(lines, table)}"), message
    assert told in message


@pytest.fixture(scope="session")
def empty_sqlite(sqlite_databases: SqliteDatabases) -> Iterator[sa.Engine]:
    with sqlite_databases.fresh() as url, opened(url) as engine:
        yield engine


ROWS: dict[str, tuple[Change, str]] = {
    "reference to nothing": (row("claim", event_id=99), "claim.event_id: id 99 leads to no row of event"),
    "later reference to nothing": (row("tally", parent_id=99), "tally.parent_id: 99 leads to no row of tally"),
    "span of another text": (row("figure", text_length=5), "figure.report_id: "),
    "key twice": (twice("event"), "event.id: there is a row with id 1 already"),
    "id twice": (twice("event", id=77), "event.public_id: another row holds under the id 'evt_"),
    "against a rule": (row("claim", recorded_to="2001-01-01T00:00:00.000000Z"), "claim: the database refuses it: "),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_row_that_no_database_takes_is_told_with_its_line(nothing: sa.Engine, lines: Lines, case: str) -> None:
    change, told = ROWS[case]
    message = refused(nothing, b"".join(change(lines)))
    assert message.startswith("line ")
    assert told in message


def without(table: str) -> Change:
    return lambda lines: sealed([line for n, line in enumerate(lines, 1) if n != number_of(lines, table)])


FILES: dict[str, tuple[Callable[[Lines], bytes], str]] = {
    "empty": (lambda lines: b"", "line 1: the file is empty"),
    "cut off between lines": (lambda lines: b"".join(lines[:-1]), "the file ends without its last line"),
    "cut off in a line": (lambda lines: b"".join(lines)[:-200], "it is no JSON"),
    "without a head": (lambda lines: b"".join(lines[1:]), "line 1: the file does not begin with its head"),
    "two files": (lambda lines: b"".join(lines[:-1]) + lines[0], "a second head"),
    "something after the end": (lambda lines: b"".join([*lines, lines[1]]), "something follows the last line"),
    "a line changed": (lambda lines: b"".join(lines).replace(b"were eliminated", b"were demolished", 1), "sha256: the"),
    "a line removed": (lambda lines: b"".join([*lines[:-2], lines[-1]]), "lines stand before it"),
    "a row removed": (lambda lines: b"".join(without("watch")(lines)), "of watch there are 0 rows, and the head"),
    "another program": (lambda lines: b'{"a": 1}\n', 'line 1: it is neither {"head"'),
    "other encoding": (lambda lines: b"".join(lines).decode().encode("utf-16"), "line 1: byte 1 is not UTF-8"),
    "byte order mark": (lambda lines: b"\xef\xbb\xbf" + b"".join(lines), "line 1, column 1: it is no JSON"),
    "another form": (lambda lines: b"".join(head(version=2)(lines)), "line 1, version: the form is version 2"),
    "another name": (lambda lines: b"".join(head(format="csv")(lines)), "line 1, format: it is a file of 'csv'"),
    "older schema": (
        lambda lines: b"".join(head(schema="20261122_create_the_record")(lines)),
        "with the program that wrote it (0.1.0), and run `provenance migrate` on that database",
    ),
    "newer schema": (lambda lines: b"".join(head(schema="20991231_tell_all")(lines)), "a newer version of this"),
    "unknown schema": (lambda lines: b"".join(head(schema="2020_old")(lines)), "known here has that schema"),
    "negative count": (lambda lines: b"".join(head(rows={"claim": -1})(lines)), "line 1, rows.claim: it is no number"),
    "no counts": (lambda lines: b"".join(head(rows={})(lines)), "the head counts no rows of it"),
    "entry removed": (lambda lines: b"".join(without("history")(lines)), "history.previous: it is not the hash"),
    "entry changed": (lambda lines: b"".join(row("history", who="nobody")(lines)), "history.hash: the seal does"),
    "newest entry unknown": (lambda lines: b"".join(head(history="0" * 64)(lines)), "line 1, history: it is not the"),
    "record changed": (
        lambda lines: b"".join(row("event", place="Almaty")(lines)),
        "`place` of the event",
    ),
    "packed and cut off": (lambda lines: gzip.compress(b"".join(lines))[:-9], "the packed file is damaged or cut off"),
    "packed and damaged": (lambda lines: gzip.compress(b"".join(lines))[:-8] + b"12345678", "damaged or cut off"),
    "a packed line that swells": (lambda lines: gzip.compress(b" " * 50_000_000), "it has more than 100,000 bytes"),
}


@pytest.mark.parametrize("case", FILES)
def test_a_file_that_is_not_whole_is_told_where_it_is_not(empty_sqlite: sa.Engine, lines: Lines, case: str) -> None:
    change, told = FILES[case]
    assert told in refused(empty_sqlite, change(lines))


def test_a_copy_goes_into_an_empty_database_alone(database_url: str, lines: Lines) -> None:
    with opened(database_url) as engine:
        import_from(engine, io.BytesIO(b"".join(lines)))
        before = copy_of(engine)
        with pytest.raises(Conflict, match="holds records, and a whole copy goes into an empty one"):
            import_from(engine, io.BytesIO(b"".join(lines)))
        assert copy_of(engine) == before == b"".join(lines)


def test_what_somebody_wrote_past_the_program_is_taken_if_that_is_asked_for(
    sqlite_databases: SqliteDatabases, lines: Lines
) -> None:
    changed = b"".join(row("event", place="Almaty")(lines))
    with sqlite_databases.fresh() as url, opened(url) as engine:
        import_from(engine, io.BytesIO(changed), unproven=True)
        with reading(engine) as session:
            assert [one.field for one in mismatches(session)] == ["place"]


def copy_of(engine: sa.Engine) -> bytes:
    stream = io.BytesIO()
    export_to(engine, stream)
    return stream.getvalue()
