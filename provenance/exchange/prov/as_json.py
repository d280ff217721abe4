"""Writes a document as PROV-JSON: an object for each kind of record, keyed by identifier, a record a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from provenance.exchange.prov.model import Document, Name, Record, Value, datatype, lexical

Json = dict[str, Any]


def prov_json(document: Document) -> str:
    """The document in PROV-JSON; relations without an identifier get one that holds in this text alone."""
    written: Json = {"prefix": dict(document.namespaces)}
    unnamed = 0
    for record in document.records:
        if record.id is None:
            unnamed += 1
        key = f"_:r{unnamed}" if record.id is None else str(record.id)
        written.setdefault(record.kind.value, {})[key] = _record(record)
    kinds = (f"{_line(kind)}: {{\n{_lines(records)}\n}}" for kind, records in written.items())
    return "{\n" + ",\n".join(kinds) + "\n}\n"


def _lines(records: Json) -> str:
    return ",\n".join(f" {_line(key)}: {_line(record)}" for key, record in records.items())


def _line(value: Any) -> str:
    # Python writes JSON on one line several times as fast as indented, and an event has seven thousand records.
    return json.dumps(value, ensure_ascii=False)


def _record(record: Record) -> Json:
    written: Json = {f"prov:{called}": _argument(value) for called, value in record.named_arguments}
    for name, values in grouped(record.attributes):
        encoded = [_value(value) for value in values]
        written[str(name)] = encoded[0] if len(encoded) == 1 else encoded
    return written


def _argument(value: Name | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _value(value: Value) -> str | bool | Json:
    if isinstance(value, str | bool):
        return value
    kind = "QName" if isinstance(value, Name) else datatype(value)
    return {"$": lexical(value), "type": f"xsd:{kind}"}


def grouped(attributes: Iterable[tuple[Name, Value]]) -> list[tuple[Name, list[Value]]]:
    """The values of each attribute, in the order in which the attributes first stand."""
    found: dict[Name, list[Value]] = {}
    for name, value in attributes:
        found.setdefault(name, []).append(value)
    return list(found.items())
