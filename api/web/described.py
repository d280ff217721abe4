"""The app's own description of its operations (OpenAPI), as the explorer shows it: by noun, with fields in a row."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup, escape

Json = Mapping[str, Any]
Where = Literal["path", "query", "header"]
# Below this, fields of fields of fields: whoever wants those reads the description itself.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body or an answer; ``name`` leads to it, as in `hops[].upstream`."""

    name: str
    kind: str
    required: bool
    meaning: str
    choices: tuple[str, ...] = ()
    preset: str = ""
    where: Where | None = None
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """What an operation takes: an example as JSON, or a form where ``example`` is None."""

    fields: tuple[Field, ...]
    example: str | None


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked or written."""

    method: str
    path: str
    title: str
    meaning: str
    fields: tuple[Field, ...]
    body: Body | None
    answer: str | None
    example: str | None
    outcomes: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return re.sub(r"\W+", "-", self.title.lower()).strip("-")

    @property
    def writes(self) -> bool:
        """Whether it changes what is held: those that sign with a name do."""
        return any(field.where == "header" for field in self.fields)

    def taking(self, *where: Where) -> list[Field]:
        """Its parameters that stand there, what must be given first."""
        return sorted((each for each in self.fields if each.where in where), key=_turn)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a group of operations is about."""

    name: str
    meaning: str
    operations: tuple[Operation, ...]
    answers: tuple[tuple[str, tuple[Field, ...]], ...]

    @property
    def headers(self) -> list[Field]:
        """The headers that its operations take."""
        return list({field.name: field for each in self.operations for field in each.taking("header")}.values())

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """The statuses of its answers, each with what it means wherever it is sent."""
        return sorted({status: meaning for each in self.operations for status, meaning in each.outcomes}.items())


def nouns(document: Json) -> list[tuple[str, str, int]]:
    """The nouns of a description in its order: name, meaning, and how many operations each has."""
    counts: dict[str, int] = {}
    for _, _, operation in _operations(document):
        counts[operation["tags"][0]] = counts.get(operation["tags"][0], 0) + 1
    return [(tag["name"], tag["description"], counts[tag["name"]]) for tag in document["tags"] if tag["name"] in counts]


def noun(document: Json, name: str) -> Noun | None:
    """Everything about one noun; None if there is no such noun."""
    meaning = next((tag["description"] for tag in document["tags"] if tag["name"] == name), None)
    if meaning is None:
        return None
    found = tuple(_operation(document, *each) for each in _operations(document) if each[2]["tags"][0] == name)
    answers = dict.fromkeys(each.answer for each in found if each.answer)
    return Noun(name, meaning, found, tuple((each, tuple(_of_schema(document, _named(each)))) for each in answers))


def asking(document: Json, path: str) -> Operation | None:
    """The operation that reads an address; None if none does."""
    described = document["paths"].get(path, {}).get("get")
    return _operation(document, "GET", path, described) if described else None


def ticked(text: str) -> Markup:
    """Text of a description as paragraphs, with what stands between backticks as code and between stars as strong.

    >>> str(ticked("Send `next` as `cursor`."))
    '<p>Send <code>next</code> as <code>cursor</code>.</p>'
    """
    paragraphs = (" ".join(each.split()) for each in text.split("\n\n"))
    return Markup("").join(Markup("<p>{}</p>").format(coded(each)) for each in paragraphs if each)


def coded(text: str) -> Markup:
    """As `ticked`, without paragraphs."""
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    return Markup(re.sub(r"\*\*([^*]+)\*\*", r"<strong>\1</strong>", code))


def _turn(field: Field) -> tuple[bool, bool, bool, bool]:
    return field.where != "path", not field.required, field.name != "q", field.name in EVERYWHERE


# What nearly every address takes; whoever asks looks for the others first.
EVERYWHERE = frozenset({"as_of", "known_at", "sort", "limit", "cursor"})


def _operations(document: Json) -> Iterator[tuple[str, str, Json]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def _operation(document: Json, method: str, path: str, described: Json) -> Operation:
    answer: Json = next((described["responses"][each] for each in ("200", "201") if each in described["responses"]), {})
    content = answer.get("content", {}).get("application/json", {})
    return Operation(
        method=method,
        path=path,
        title=described["summary"],
        meaning=described.get("description", ""),
        fields=tuple(_parameter(document, each) for each in described.get("parameters", ())),
        body=_body(document, described.get("requestBody", {}).get("content", {})),
        answer=_answered(document, content.get("schema", {})),
        example=_shown(content["example"]) if "example" in content else None,
        outcomes=tuple((status, each["description"]) for status, each in described["responses"].items()),
    )


def _parameter(document: Json, given: Json) -> Field:
    preset = _resolved(document, given["schema"]).get("default", given["schema"].get("default"))
    shown = "" if preset is None or preset == [] else json.dumps(preset).strip('"')
    kind, choices = _kind(document, given["schema"])
    return Field(
        given["name"], kind, given.get("required", False), given.get("description", ""), choices, shown, given["in"]
    )


def _body(document: Json, content: Json) -> Body | None:
    for kind, described in content.items():
        fields = tuple(_of_schema(document, described["schema"]))
        examples = list(described.get("examples", {}).values())
        shown = _shown(examples[0]["value"]) if examples else "{}"
        return Body(fields, shown if kind == "application/json" else None)
    return None


def _of_schema(document: Json, schema: Json, before: str = "", depth: int = 1) -> Iterator[Field]:
    whole = _resolved(document, schema)
    for name, part in whole.get("properties", {}).items():
        kind, choices = _kind(document, part)
        meaning = part.get("description", "")
        is_file = "binary" in (part.get("format"), part.get("items", {}).get("format"))
        yield Field(before + name, kind, name in whole.get("required", ()), meaning, choices, is_file=is_file)
        inner = _inner(document, part)
        if inner is not None and depth < DEEPEST:
            is_list = _without_null(part).get("type") == "array"
            yield from _of_schema(document, inner, f"{before}{name}{'[]' if is_list else ''}.", depth + 1)


def _inner(document: Json, schema: Json) -> Json | None:
    plain = _without_null(schema)
    whole = _resolved(document, plain.get("items", plain))
    return whole if "properties" in whole else None


def _kind(document: Json, schema: Json) -> tuple[str, tuple[str, ...]]:
    """What may stand there, in words, and the words to choose from where there are only some.

    >>> _kind({}, {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]})
    ('list of text, or null', ())
    """
    plain = _without_null(schema)
    null = ", or null" if plain is not schema and "anyOf" in schema else ""
    if plain.get("type") == "array":
        inner, choices = _kind(document, plain.get("items", {}))
        return f"list of {inner}{null}", choices
    whole = _resolved(document, plain)
    if "enum" in whole:
        return f"one of {len(whole['enum'])} words{null}", tuple(whole["enum"])
    kind = KINDS.get(whole.get("format", ""), KINDS.get(whole.get("type", ""), "any value"))
    return kind + null, ()


KINDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "date-time": "time with zone",
    "date": "date",
    "binary": "file",
    "uri": "address",
}


def _without_null(schema: Json) -> Json:
    some = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return some[0] if some else schema


def _resolved(document: Json, schema: Json) -> Json:
    reference = schema.get("$ref")
    return document["components"]["schemas"][reference.rpartition("/")[2]] if reference else schema


def _answered(document: Json, schema: Json) -> str | None:
    inner = schema.get("items", schema)
    name = inner.get("$ref", "").rpartition("/")[2]
    return name if name and "properties" in document["components"]["schemas"][name] else None


def _named(schema: str) -> Json:
    return {"$ref": f"#/components/schemas/{schema}"}


def _shown(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
