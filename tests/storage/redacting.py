"""A witness who is named all over a database, in every way that a name is written, and whoever looks for them there.

The looking is done apart from the program: whatever stands in any column, unpacked and folded, is searched.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from provenance.analysis.recording import recording
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.proposal import ArchivedCopy, Blob
from provenance.storage.record import Record
from provenance.storage.redacting import SPEAKING
from provenance.storage.source import Source, SourceCreate, SourceNameCreate
from provenance.storage.tables import FACTS
from provenance.storage.writes.redacting_values import EXCERPTS
from provenance.storage.writes.searching import index
from provenance.storage.writes.sources import create_source
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import SourceKind
from tests.records import every_kind

BLOCK = "█"
PLAINLY, LOUDLY, APART, DECOMPOSED, IN_ADDRESSES, IN_BRACKETS = range(6)


@dataclass(frozen=True)
class Mention:
    """A name as it stands somewhere, and what is to stand there afterwards."""

    said: str
    blanked: str


def mention(name: str, way: int) -> Mention:
    """A name in one of the ways in which texts write it."""
    match way:
        case 1:
            said = name.upper()
        case 2:
            said = name.replace(" ", " \n ")
        case 3:
            said = unicodedata.normalize("NFD", name)
        case 4:
            return Mention(quote(name), "%20".join(BLOCK * len(quote(word)) for word in name.split(" ")))
        case 5:
            said = f"({name})’s"
            return Mention(said, f"({_blanked(name)})’s")
        case _:
            said = name
    return Mention(said, _blanked(said))


def _blanked(text: str) -> str:
    return "".join(BLOCK if one.isalnum() or unicodedata.combining(one) else one for one in text)


def name_everywhere(engine: sa.Engine, names: Sequence[str], mentions: Sequence[Mention], decoy: str) -> str:
    """Fill a database with rows of every kind, let every text in it mention a person, and some say so no longer; the
    public id of the person.
    """
    with recording(engine, "ana") as writer:
        every_kind(writer)
        others = [SourceNameCreate(name=name) for name in names[1:]]
        person = create_source(writer, SourceCreate(name=names[0], kind=SourceKind.WITNESS, names=others))
        _archive(writer, mentions[0])
        number = 0
        for model in FACTS:
            for row in writer.session.execute(sa.select(model).where(col(model.version_of).is_(None))).scalars().all():
                mine = (model, row.id) == (Source, person.id) or model.__tablename__ == "source_name"
                if not mine and row.recorded_to is None:
                    number += 1
                    _let_mention(writer, row, mentions[number % len(mentions)], decoy)
        _mention_past_the_history(writer.session, mentions[0])
    with recording(engine, "ben", f"{mentions[0].said} said so") as writer:
        # Earlier states go on saying it.
        claim = writer.session.execute(sa.select(Claim).where(col(Claim.recorded_to).is_(None))).scalars().first()
        assert claim is not None
        writer.change(claim, {"text": f"Nobody was killed, said {mentions[0].said}.", "note": None})
        index(writer.session, claim)
    return person.public_id


def _archive(writer: Writer, said: Mention) -> None:
    document = writer.session.execute(sa.select(Document).where(col(Document.text).is_not(None))).scalars().first()
    assert document is not None
    pages = {
        "text/html": f"<p>said {said.said}</p>".encode(),
        "text/html; charset=utf-16": f"<p>{said.said}</p>".encode("utf-16"),
        "application/pdf": b"%PDF\xff\x00" + said.said.encode(),
        "image/png": b"\x89PNG\x00 a picture of the page",
    }
    for media_type, content in pages.items():
        address = hashlib.sha256(content).hexdigest()
        writer.session.add(Blob(sha256=address, size=len(content), body=zlib.compress(content)))
        writer.session.flush()
        writer.add(ArchivedCopy(document_id=document.key, sha256=address, media_type=media_type))


def _let_mention(writer: Writer, row: Record, said: Mention, decoy: str) -> None:
    table = str(row.__tablename__)
    values: dict[str, Any] = {}
    for name in SPEAKING[table]:
        column, now = SQLModel.metadata.tables[table].c[name], getattr(row, name)
        if name in _spanned(row) or name in ("language", "country", "translated_from", "media_type"):
            continue
        if isinstance(column.type, sa.JSON):
            values[name] = [*now, said.said] if isinstance(now, list) else {**(now or {}), said.said: [said.said]}
        else:
            text = f"{now or ''} {said.said} {decoy}"
            if len(text) <= (getattr(column.type, "length", None) or len(text)):
                values[name] = text
    if "text" in values and table == "document":
        values["content_hash"] = hashlib.sha256(values["text"].encode()).hexdigest()
        values["text_length"] = len(values["text"])
    writer.change(row, values)
    if isinstance(row, Claim | Source | Document) or table == "event":
        index(writer.session, row)


def _spanned(row: Record) -> set[str]:
    excerpt = EXCERPTS.get(str(row.__tablename__))
    return {excerpt.words} if excerpt and getattr(row, excerpt.start) is not None else set()


def _mention_past_the_history(session: Session, said: Mention) -> None:
    """In what has no history: runs, pages, mappings, letters, answers."""
    session.flush()
    as_json = json.dumps({"by": said.said})
    unrecorded: dict[str, dict[str, Any]] = {
        "ingestion_run": {"origin": f"articles/{said.said}", "options": {"by": said.said}},
        "ingestion_item": {"key": f"{said.said}.txt", "reason": f"{said.said}: unreadable"},
        "fetched_page": {"url": f"https://t.test/{said.said}"},
        "column_mapping": {"name": said.said, "columns": {said.said: "Killed"}},
        "hook_message": {"body": {"text": [said.said]}, "answer": said.said},
        "taken_request": {"headers": {"location": said.said}, "body": as_json.encode()},
    }
    for table, values in unrecorded.items():
        session.execute(sa.update(SQLModel.metadata.tables[table]).values(values))


def found(engine: sa.Engine, names: Sequence[str], *, in_files: bool = False) -> list[str]:
    """Where any of the names still stands: in which table and column, or also in the file of the database itself."""
    sought = {_folded(name) for name in names}
    everything = [*_everything(engine), *(_files(engine) if in_files else ())]
    return [where for where, text in everything if any(name in _read(text) for name in sought)]


def _everything(engine: sa.Engine) -> Iterator[tuple[str, str]]:
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        for table in inspector.get_table_names():
            for row in connection.execute(sa.text(f'SELECT * FROM "{table}"')).mappings():
                for name, value in row.items():
                    for text in _texts(value):
                        yield f"{table}.{name}", text


def _files(engine: sa.Engine) -> Iterator[tuple[str, str]]:
    if engine.dialect.name == "sqlite":
        for file in (Path(f"{engine.url.database}{suffix}") for suffix in ("", "-wal")):
            if file.exists():
                yield file.suffix, file.read_bytes().decode("utf-8", "replace")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, bytes | memoryview):
        content = bytes(value)
        try:
            content = zlib.decompress(content)
        except zlib.error:
            yield content.decode("utf-8", "replace")
        for encoding in ("utf-8", "utf-16"):
            yield content.decode(encoding, "replace")
    elif value is not None:
        yield str(value) if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)


def _read(text: str) -> str:
    """A text in all the ways in which it may be meant, folded."""
    if "\\u" in text:
        text += re.sub(r"\\u([0-9a-fA-F]{4})", lambda one: chr(int(one[1], 16)), text)
    return _folded(f"{text} {unquote(text)}")


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().replace("\\n", " ").split())


def everything_said(engine: sa.Engine) -> dict[tuple[str, Any], dict[str, Any]]:
    """What every row of every table of facts and of the history says, by table and key."""
    with engine.connect() as connection:
        return {
            (table.name, row["id"]): dict(row)
            for table in (*(model.__table__ for model in FACTS), SQLModel.metadata.tables["history"])  # type: ignore[attr-defined]
            for row in connection.execute(sa.select(table)).mappings()
        }
