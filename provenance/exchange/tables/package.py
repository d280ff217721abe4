"""A whole event as a data package (Frictionless): its tables with what each column means, and which refers to which.

Everything is read in one session, so that no row refers to one that is not there. Texts of documents stay out, for they
belong to their publishers; the words that reports quote are in.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pydantic import Field, field_validator
from sqlmodel import Session

from provenance.answers import instant_text
from provenance.exchange.tables.as_csv import line, row
from provenance.exchange.tables.columns import Cells, Column
from provenance.exchange.tables.package_readme import readme
from provenance.exchange.tables.package_table import Table
from provenance.exchange.tables.package_tables import tables_of
from provenance.storage.reads.asked import MomentAsked
from provenance.storage.reads.events import event_detail
from provenance.storage.reads.exporting import newest_hash
from provenance.storage.reads.of_event import recorded_last

DESCRIPTOR = "datapackage.json"
LICENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,99}", re.ASCII)
ADDRESS = re.compile(r"https?://[!-~]+", re.ASCII)
# Files in an archive carry a time; one for all keeps two archives of the same content alike.
SAME_TIME = (1980, 1, 1, 0, 0, 0)


class PackageAsked(MomentAsked):
    """What the data package of an event takes."""

    licence: str | None = Field(
        default=None,
        max_length=300,
        description="Under which licence you pass it on: its SPDX name, such as CC-BY-4.0, or the address (https://…) "
        "of its text. It is named in the package as you write it; nobody looks it up. Left out: none is named. What is "
        "quoted belongs to those who published it.",
    )

    @field_validator("licence")
    @classmethod
    def _is_a_name(cls, licence: str | None) -> str | None:
        if licence is not None and not (LICENCE.fullmatch(licence) or ADDRESS.fullmatch(licence)):
            raise ValueError(
                "it is neither an SPDX name of a licence nor an address; send one such as CC-BY-4.0 or https://…"
            )
        return licence


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the package: the ids of its rows if they have any, how many rows and bytes it has, and their hash."""

    table: Table
    ids: Sequence[str]
    rows: int
    bytes: int
    sha256: str


def write_package(session: Session, event_id: str, asked: PackageAsked, file: IO[bytes]) -> None:
    """Write the package of an event into a file; the same record always gives the same bytes.

    :raises NotFound: if there is no such event; before anything is written.
    """
    event = event_detail(session, event_id)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        written = [_write(archive, table) for table in tables_of(session, event)]
        newest = recorded_last(session, (id for one in written for id in one.ids)) or event.recorded_from
        described = _descriptor(event.id, event.title, asked, newest, written)
        _put(archive, DESCRIPTOR, json.dumps(described, ensure_ascii=False, indent=2))
        _put(archive, "README.md", readme(event.title, described))


def version_of(session: Session, event_id: str, asked: PackageAsked) -> str:
    """What tells one state of a package from others, without packing it: it changes with whatever is written.

    :raises NotFound: if there is no such event.
    """
    event = event_detail(session, event_id)
    said = (version("claim-provenance"), newest_hash(session.connection()), event.id, asked.model_dump_json())
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


def _write(archive: ZipFile, table: Table) -> Written:
    count, size, digest = 0, 0, hashlib.sha256()
    ids: list[str] = []
    with archive.open(_entry(table.path), "w") as file:
        for number, part in enumerate(_lines(table.columns, _noting(table, ids))):
            file.write(part)
            digest.update(part)
            count, size = number, size + len(part)
    return Written(table, ids, count, size, digest.hexdigest())


def _noting(table: Table, ids: list[str]) -> Iterator[Any]:
    identity = next((column for column in table.columns if (column.name,) == tuple(table.key)), None)
    for record in table.records:
        if identity is not None:
            ids.append(identity.value(record))
        yield record


def _lines(columns: Sequence[Column], records: Iterable[Any]) -> Iterator[bytes]:
    yield line(column.name for column in columns).encode()
    for record in records:
        yield row(columns, record).encode()


def _put(archive: ZipFile, name: str, text: str) -> None:
    archive.writestr(_entry(name), text.encode())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, SAME_TIME)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _descriptor(
    event_id: str, title: str, asked: PackageAsked, newest: datetime, written: Sequence[Written]
) -> dict[str, Any]:
    moments = {name: value for name in ("as_of", "known_at") if (value := getattr(asked, name))}
    return {
        "profile": "tabular-data-package",
        "name": event_id.replace("_", "-"),
        "title": title,
        "description": "What is reported of an event: claims with the documents that state them, the chains they came "
        "through, and their figures. It measures reporting, never truth. Texts of documents are not in it; quotes are, "
        "and belong to those who published them.",
        # When its newest record was recorded: whoever packs the same records again gets the same bytes.
        "created": instant_text(newest.replace(microsecond=0)),
        **moments,
        **({"licenses": [_licence(asked.licence)]} if asked.licence else {}),
        "resources": [_resource(one) for one in written],
    }


def _licence(licence: str) -> dict[str, str]:
    return {"path" if ADDRESS.fullmatch(licence) else "name": licence}


def _resource(written: Written) -> dict[str, Any]:
    table = written.table
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written.bytes,
        "rows": written.rows,
        "hash": f"sha256:{written.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(table, column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": [field], "reference": {"resource": to, "fields": ["id"]}} for field, to in table.refers.items()
        ]
    return schema


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": TYPES[column.cells], "description": told(column)}
    if column.cells is Cells.INSTANT:
        field["format"] = "any"
    return field | {"constraints": {"required": True}} if column.name in table.key else field


def told(column: Column) -> str:
    """What a column means, and how a list stands in it."""
    return f"{column.description}{LISTS.get(column.cells, '')}"


LISTS = {
    Cells.TEXTS: " A list; its values are parted by ` | `.",
    Cells.PATHS: " A list of paths, parted by ` | `; the sources of a path are parted by ` > `.",
}
TYPES = {
    Cells.TEXT: "string",
    Cells.INTEGER: "integer",
    Cells.NUMBER: "number",
    Cells.TRUTH: "boolean",
    Cells.INSTANT: "datetime",
    Cells.JSON: "string",
    Cells.TEXTS: "string",
    Cells.PATHS: "string",
}
