"""Writes a document in Turtle, in the terms of PROV-O.

A relation of which nothing more is said is one triple. Any other is a node of its own behind a qualified property, and
is not repeated as a triple: whoever reads both would find two relations where one was told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime

from provenance.exchange.prov.model import (
    ELEMENTS,
    LABEL,
    PRIMARY_SOURCE,
    QUOTATION,
    REVISION,
    TYPE,
    Document,
    Kind,
    Name,
    Record,
    Value,
    datatype,
    lexical,
)

CLASSES: Mapping[Kind, str] = {
    Kind.ENTITY: "Entity",
    Kind.AGENT: "Agent",
    Kind.ACTIVITY: "Activity",
    Kind.ATTRIBUTION: "Attribution",
    Kind.DELEGATION: "Delegation",
    Kind.DERIVATION: "Derivation",
    Kind.GENERATION: "Generation",
    Kind.ASSOCIATION: "Association",
    Kind.INVALIDATION: "Invalidation",
    Kind.INFLUENCE: "Influence",
}
SUBCLASSES = (QUOTATION, REVISION, PRIMARY_SOURCE)
# By what PROV-O leads from a qualified relation to its other end, and to the rest.
PREDICATES: Mapping[str, str] = {
    "startTime": "startedAtTime",
    "endTime": "endedAtTime",
    "usedEntity": "entity",
    "responsible": "agent",
    "time": "atTime",
}
PLAIN = {TYPE: "a", LABEL: "rdfs:label"}
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r", "\n": "\\n", "\b": "\\b", "\f": "\\f"})


def turtle(document: Document) -> str:
    """The document in Turtle, one subject after another."""
    said: dict[str, list[str]] = defaultdict(list)
    for record in document.records:
        _say(record, said)
    prefixes = {**document.prefixes, "rdfs": RDFS}
    head = [f"@prefix {prefix}: <{uri}> ." for prefix, uri in sorted(prefixes.items())]
    return "\n".join([*head, "", *_subjects(said)]) + "\n"


def _subjects(said: Mapping[str, list[str]]) -> Iterator[str]:
    for subject, statements in said.items():
        yield f"{subject} " + " ;\n    ".join(statements) + " .\n"


def _say(record: Record, said: dict[str, list[str]]) -> None:
    if record.kind in ELEMENTS:
        said[str(record.id)] += [f"a prov:{CLASSES[record.kind]}", *_arguments(record), *_attributes(record)]
        return
    subject, other = str(record.arguments[0]), record.arguments[1]
    if record.id is None and not record.attributes and all(one is None for one in record.arguments[2:]):
        said[subject].append(f"prov:{record.kind.value} {other}")
        return
    name = next((one.local for one in record.types if one in SUBCLASSES), CLASSES[record.kind])
    node = [f"a prov:{name}", *_arguments(record), *_attributes(record)]
    if record.id is None:
        said[subject].append(f"prov:qualified{name} [ {' ; '.join(node)} ]")
    else:
        said[subject].append(f"prov:qualified{name} {record.id}")
        said[str(record.id)] += node


def _arguments(record: Record) -> Iterator[str]:
    given = record.named_arguments
    for called, argument in given if record.kind in ELEMENTS else given[1:]:
        written = f'"{argument.isoformat()}"^^xsd:dateTime' if isinstance(argument, datetime) else str(argument)
        yield f"prov:{PREDICATES.get(called, called)} {written}"


def _attributes(record: Record) -> Iterator[str]:
    for name, value in record.attributes:
        if record.kind is not Kind.DERIVATION or value not in SUBCLASSES:
            yield f"{PLAIN.get(name, name)} {_value(value)}"


def _value(value: Value) -> str:
    if isinstance(value, Name):
        return str(value)
    kind = datatype(value)
    return f'"{lexical(value).translate(ESCAPES)}"' + ("" if kind is None else f"^^xsd:{kind}")
