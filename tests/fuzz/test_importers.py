"""Whatever a file of others holds, it is taken in or refused with a reason, and a refusal leaves nothing behind."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from api.examples_prov import THEIRS
from provenance.analysis.recording import recording
from provenance.errors import ProvenanceError
from provenance.exchange.annotation.importing import AnnotationsGiven, take_annotations
from provenance.exchange.claimreview.importing import Asked, entries_of_json, entries_of_page, take_in
from provenance.exchange.everything.exporting import export_to
from provenance.exchange.everything.importing import import_from
from provenance.exchange.prov.taking.take import take
from provenance.ingestion.sheets.asked import SheetAsked
from provenance.ingestion.sheets.importing import import_sheet
from provenance.storage.backup.restoring import restore
from provenance.storage.backup.taking import back_up
from provenance.storage.reads.exporting import is_empty
from provenance.storage.tables import ALL
from tests.databases import SqliteDatabases, opened
from tests.exchange.reviewing import html_page, markup
from tests.fuzz.shaken import ending, odd, shaken, tried
from tests.records import Desk, every_kind

Importer = Callable[[sa.Engine, str, Any], object]


@pytest.fixture(scope="module")
def held(sqlite_databases: SqliteDatabases) -> Iterator[tuple[sa.Engine, str]]:
    """A database with a row of every kind, and the id of an event in it."""
    with sqlite_databases.fresh() as url, opened(url) as engine:
        with recording(engine, "a test") as writer:
            every_kind(writer)
            event = Desk(writer).event().public_id
        yield engine, event


def rows(engine: sa.Engine) -> dict[str, int]:
    """How many rows each table has."""
    count = sa.select(sa.func.count())
    with engine.connect() as connection:
        return {str(one.__tablename__): connection.scalar(count.select_from(one)) or 0 for one in ALL}


ANNOTATIONS: list[dict[str, Any]] = [
    {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://notes.example/1",
        "type": "Annotation",
        "motivation": ["describing", "tagging"],
        "created": "2022-01-07T10:00:00Z",
        "creator": {"id": "https://notes.example/ana", "name": "Ana"},
        "body": [
            {"type": "TextualBody", "value": "Dozens died.", "purpose": "describing"},
            {"type": "TextualBody", "value": "stance:denies", "purpose": "tagging"},
        ],
        "target": {
            "source": "https://tass.example/1",
            "selector": [
                {"type": "TextQuoteSelector", "exact": "dozens", "prefix": "night ", "suffix": " of"},
                {"type": "TextPositionSelector", "start": 3, "end": 9},
            ],
        },
    },
    {
        "uri": "https://tass.example/2",
        "text": "Eight died.",
        "tags": ["claim"],
        "user": "acct:ana@notes.example",
        "permissions": {"read": ["group:__world__"]},
        "target": [{"source": "https://tass.example/2", "selector": [{"type": "TextQuoteSelector", "exact": "8"}]}],
    },
]
SHEET = b"claim;published;figure;source chain;publisher\nDozens;06.01.2022;dozens;Police > Tass;RIA\nEight died;;8;;\n"


def reviews(engine: sa.Engine, event: str, given_: Any) -> object:
    return take_in(engine, entries_of_json(json.dumps(given_)), Asked(event), "a test")


def page(engine: sa.Engine, event: str, given_: Any) -> object:
    return take_in(engine, entries_of_page(html_page(given_)), Asked(event), "a test")


def notes(engine: sa.Engine, event: str, given_: Any) -> object:
    return take_annotations(engine, given_, AnnotationsGiven(event), "https://ours.example", who="a test")


def prov(engine: sa.Engine, event: str, given_: Any) -> object:
    return take(engine, given_, event, "a test")


READS: dict[str, tuple[Importer, Any]] = {
    "ClaimReview": (
        reviews,
        [markup(), {"@type": "DataFeed", "dataFeedElement": [{"item": [markup(url="https://b.example/2")]}]}],
    ),
    "ClaimReview in a page": (page, markup()),
    "annotations": (notes, ANNOTATIONS),
    "PROV": (prov, THEIRS),
}


@pytest.mark.parametrize("what", READS)
@tried(35, 3_000)
@given(data=st.data())
def test_odd_json_of_others_is_taken_in_or_refused_and_then_nothing_is_written(
    held: tuple[sa.Engine, str], what: str, data: st.DataObject
) -> None:
    engine, event = held
    importer, sound = READS[what]
    sent = data.draw(odd(sound))
    before = rows(engine)
    try:
        with ending():
            importer(engine, event, sent)
    except ProvenanceError:
        assert rows(engine) == before


@pytest.mark.parametrize("what", READS)
def test_what_is_sound_is_taken_in(sqlite_databases: SqliteDatabases, what: str) -> None:
    importer, sound = READS[what]
    with sqlite_databases.fresh() as url, opened(url) as engine:
        with recording(engine, "a test") as writer:
            event = Desk(writer).event().public_id
        importer(engine, event, deepcopy(sound))


@tried(20, 3_000)
@given(data=st.data())
def test_a_shaken_sheet_is_taken_in_or_refused_and_then_nothing_is_written(
    held: tuple[sa.Engine, str], data: st.DataObject
) -> None:
    engine, event = held
    before = rows(engine)
    content = data.draw(shaken(SHEET))
    try:
        with ending():
            written = import_sheet(engine, content, "tolls.csv", SheetAsked(event=event), who="a test").written
    except ProvenanceError:
        written = False
    assert written or rows(engine) == before


# Files of our own, changed on their way


@pytest.fixture(scope="module")
def copy(held: tuple[sa.Engine, str]) -> list[bytes]:
    stream = io.BytesIO()
    export_to(held[0], stream)
    return stream.getvalue().splitlines(keepends=True)


@pytest.fixture(scope="module")
def empty(sqlite_databases: SqliteDatabases) -> Iterator[sa.Engine]:
    with sqlite_databases.fresh() as url, opened(url) as engine:
        yield engine


@tried(8, 2_000)
@given(data=st.data())
def test_a_whole_copy_with_an_odd_value_is_refused_and_the_database_stays_empty(
    copy: list[bytes], empty: sa.Engine, data: st.DataObject
) -> None:
    lines = changed(copy[:-1], data)
    end = {"lines": len(lines), "sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    sent = b"".join(lines) + json.dumps({"end": end}).encode() + b"\n"
    if json.loads(sent.splitlines()[0]) == json.loads(copy[0]) and [*map(json.loads, lines)] == [
        *map(json.loads, copy[:-1])
    ]:
        return
    with ending(), pytest.raises(ProvenanceError):
        import_from(empty, io.BytesIO(sent))
    with empty.connect() as connection:
        assert is_empty(connection)


@pytest.fixture(scope="module")
def backup(held: tuple[sa.Engine, str], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return back_up(held[0], tmp_path_factory.mktemp("backups")).file.read_bytes()


@tried(5, 1_000)
@given(data=st.data())
def test_a_backup_that_was_changed_and_sealed_again_is_restored_whole_or_not_at_all(
    backup: bytes, scratch: Path, data: st.DataObject
) -> None:
    lines = changed(gzip.decompress(backup).splitlines(keepends=True)[:-1], data)
    end = {"lines": len(lines), "sha256": hashlib.sha256(b"".join(lines)).hexdigest()}
    restored_or_refused(gzip.compress(b"".join(lines) + json.dumps({"end": end}).encode() + b"\n", 1), scratch)


@tried(15, 3_000)
@given(data=st.data())
def test_a_shaken_backup_is_refused(backup: bytes, scratch: Path, data: st.DataObject) -> None:
    packed = data.draw(st.booleans())
    sent = data.draw(shaken(backup if packed else gzip.decompress(backup)))
    restored_or_refused(sent if packed else gzip.compress(sent, 1), scratch)


def changed(lines: list[bytes], data: st.DataObject) -> list[bytes]:
    """The lines, with odd values in one of them; every other time in the first, which says what follows."""
    at = 0 if data.draw(st.booleans()) else data.draw(st.integers(0, len(lines) - 1))
    made = data.draw(odd(json.loads(lines[at])))
    return [*lines[:at], json.dumps(made).encode() + b"\n", *lines[at + 1 :]]


def restored_or_refused(content: bytes, folder: Path) -> None:
    """Restore it; if it is refused, no file stays behind."""
    file, place = folder / "shaken.backup", folder / "restored.db"
    file.write_bytes(content)
    place.unlink(missing_ok=True)
    restored = False
    with ending(), suppress(ProvenanceError):
        restore(file, f"sqlite:///{place}")
        restored = True
    assert place.exists() == restored
