"""Says of each parameter and date exactly what is taken, where FastAPI cannot know it: a program that keeps to the
description is never refused for a form that the description allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from api.dependencies import SEARCHED
from api.documented import problem
from provenance.storage.dates import ISO, takes_a_date
from provenance.storage.texts import PATTERNS
from provenance.storage.writes.hooks import ASKABLE
from provenance.vocabulary import NameKind

# What a writer sends; what is answered may be older than its form.
GIVEN = ("Create", "Change", "ReadAsked", "IngestAsked")
HEADERS = {
    # As `api.once` reads it.
    "Idempotency-Key": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$"},
}


def with_exact_parameters(document: dict[str, Any]) -> dict[str, Any]:
    """The description in which parameters are left out, and never null, and dates have the form of dates."""
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if "{" in path:
                operation["responses"].setdefault("404", problem(404))
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _never_null(parameter["schema"]) | HEADERS.get(parameter["name"], {})
                _date(parameter["schema"])
                if parameter["in"] == "query" and parameter["name"] not in SEARCHED:
                    _filled(parameter["schema"])
    for noun, schema in document["components"]["schemas"].items():
        for name, field in schema.get("properties", {}).items():
            _date(field)
            if noun.endswith(GIVEN) and name in PATTERNS:
                _formed(field, PATTERNS[name])
    # The primary name is the source's own, and is no part of the list of its names.
    kind = document["components"]["schemas"]["SourceNameCreate"]["properties"]["kind"]
    kind |= {"type": "string", "enum": [one.value for one in NameKind if one is not NameKind.PRIMARY]}
    del kind["$ref"]
    for noun in ("HookCreate", "HookChange"):
        for kind in _texts(document["components"]["schemas"][noun]["properties"]["about"]):
            kind["enum"] = [*ASKABLE]
    return document


def _never_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without null: nothing that stands in an address or a header is null, whatever its letters are."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == len(schema.get("anyOf", ())):
        return schema
    rest = {name: said for name, said in schema.items() if name != "anyOf"}
    return {**kinds[0], **rest} if len(kinds) == 1 else {**rest, "anyOf": kinds}


def _date(field: dict[str, Any]) -> None:
    if takes_a_date(field.get("description", "")):
        _formed(field, ISO)


def _formed(field: dict[str, Any], pattern: str) -> None:
    for kind in _texts(field):
        kind["pattern"] = pattern


def _filled(field: dict[str, Any]) -> None:
    for kind in _texts(field):
        if not {"enum", "const", "pattern"} & kind.keys():
            kind.setdefault("minLength", 1)


def _texts(field: dict[str, Any]) -> Iterator[dict[str, Any]]:
    several = [field, *field.get("anyOf", ())]
    for kind in [*several, *(one["items"] for one in several if "items" in one)]:
        if kind.get("type") == "string" and "format" not in kind:
            yield kind
