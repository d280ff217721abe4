"""Writes a document in PROV-N, the notation of the PROV data model that people read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from provenance.exchange.prov.model import ELEMENTS, Document, Kind, Name, Record, Value, datatype, lexical

# How many arguments behind ours PROV-N wants a place for: nothing is said of plans, usages and generations here.
UNSAID = {Kind.DERIVATION: 3, Kind.ASSOCIATION: 1, Kind.DELEGATION: 1}
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\n": "\\n", "\b": "\\b", "\f": "\\f"})


def prov_n(document: Document) -> str:
    """The document in PROV-N, one record a line."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    yield "document"
    for prefix, uri in document.namespaces:
        yield f"  prefix {prefix} <{uri}>"
    for record in document.records:
        yield f"  {_record(record)}"
    yield "endDocument"


def _record(record: Record) -> str:
    given = [_argument(argument) for argument in record.arguments]
    if record.kind in ELEMENTS:
        given.insert(0, str(record.id))
    given += ["-"] * UNSAID.get(record.kind, 0)
    if record.attributes:
        given.append(f"[{', '.join(f'{name}={_value(value)}' for name, value in record.attributes)}]")
    named = f"{record.id}; " if record.id is not None and record.kind not in ELEMENTS else ""
    return f"{record.kind.value}({named}{', '.join(given)})"


def _argument(value: Name | datetime | None) -> str:
    if value is None:
        return "-"
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _value(value: Value) -> str:
    if isinstance(value, Name):
        return f"'{value}'"
    kind = datatype(value)
    return _text(lexical(value)) + ("" if kind is None else f" %% xsd:{kind}")


def _text(text: str) -> str:
    r"""A string that stays on its line.

    >>> print(_text('He said "dozens".'))
    "He said \"dozens\"."
    """
    return f'"{text.translate(ESCAPES)}"'
