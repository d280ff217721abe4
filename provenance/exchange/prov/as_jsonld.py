"""Writes a document as PROV-JSONLD: an object a line for each record, in the terms of its published context."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from provenance.exchange.prov.as_json import grouped
from provenance.exchange.prov.model import LABEL, TYPE, VALUE, Document, Kind, Name, Record, Value, datatype, lexical

Json = dict[str, Any]
CONTEXT = "https://openprovenance.org/prov-jsonld/context.jsonld"
TERMS: Mapping[Kind, str] = {
    Kind.ENTITY: "Entity",
    Kind.AGENT: "Agent",
    Kind.ACTIVITY: "Activity",
    Kind.MEMBER: "Membership",
    Kind.SPECIALIZATION: "Specialization",
    Kind.ATTRIBUTION: "Attribution",
    Kind.DELEGATION: "Delegation",
    Kind.DERIVATION: "Derivation",
    Kind.GENERATION: "Generation",
    Kind.ASSOCIATION: "Association",
    Kind.INVALIDATION: "Invalidation",
    Kind.INFLUENCE: "Influence",
}
BARE = {TYPE: "type", LABEL: "label", VALUE: "value"}


def prov_jsonld(document: Document) -> str:
    """The document in PROV-JSONLD."""
    context = [{**dict(document.namespaces), "prov": document.prefixes["prov"]}, CONTEXT]
    records = ",\n".join(json.dumps(_record(record), ensure_ascii=False) for record in document.records)
    return f'{{"@context": {json.dumps(context)},\n"@graph": [\n{records}\n]}}\n'


def _record(record: Record) -> Json:
    written: Json = {"@type": TERMS[record.kind]}
    if record.id is not None:
        written["@id"] = str(record.id)
    for called, given in record.named_arguments:
        written[called] = given.isoformat() if isinstance(given, datetime) else str(given)
    for name, values in grouped(record.attributes):
        written[BARE.get(name, str(name))] = [_value(name, value) for value in values]
    return written


def _value(name: Name, value: Value) -> str | Json:
    if isinstance(value, Name):
        return str(value) if name == TYPE else {"@value": str(value), "@type": "xsd:QName"}
    kind = datatype(value)
    return {"@value": lexical(value)} | ({} if kind is None else {"@type": f"xsd:{kind}"})
