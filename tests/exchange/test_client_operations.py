"""The Python client knows every operation of the API by the names of the API: a route without a method fails here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from docs import client_words
from provenance.client import asked, given
from provenance.client.files import Download
from provenance.client.listing import Listing
from provenance.client.nouns import Nouns
from provenance.client.operation import Described, Operation


@dataclass(frozen=True)
class Known:
    """An operation of the client: where it is found, and what it says of itself."""

    name: str
    described: Described[Any, Any]
    kind: type

    @property
    def at(self) -> tuple[str, str]:
        return self.described.method, self.described.template


def known() -> Iterator[Known]:
    nouns: Nouns[Any] = Nouns(None)
    for noun, resource in vars(nouns).items():
        for name, method in vars(type(resource)).items():
            if isinstance(method, Operation | Listing | Download):
                yield Known(f"{noun}.{name}", method.described, type(method))


@pytest.fixture(scope="module")
def description() -> Any:
    return client_words.description()


def test_every_operation_of_the_api_has_one_method(description: Any) -> None:
    ours = [each.at for each in known()]
    tables = {
        ("GET", f"{each.at[1]}.{kind}") for each in known() if each.kind is Listing for kind in ("csv", "parquet")
    }
    theirs = {(method, path) for method, path, _ in client_words.operations(description)}
    assert len(ours) == len(set(ours)), "an operation has two methods"
    assert set(ours) - theirs == set(), "a method asks an address that there is not"
    assert theirs - set(ours) - tables == set(), "an operation has no method in provenance/client"


def test_every_method_takes_what_the_api_takes_and_answers_what_it_answers(description: Any) -> None:
    operations = {(method, path): told for method, path, told in client_words.operations(description)}
    unlike = [
        (each.name, said, told)
        for each in known()
        for said, told in zip(says(each), tells(operations[each.at], description, each.kind is Download), strict=True)
        if said != told
    ]
    assert unlike == []


def test_the_types_of_what_is_sent_are_those_of_the_api(description: Any) -> None:
    for name, text in client_words.written(description).items():
        assert (client_words.FOLDER / name).read_text(encoding="utf-8") == text, "run `python -m docs.client_words`"


def says(operation: Known) -> Iterator[object]:
    """The answer, the parameters and the fields that a method of the client has."""
    described = operation.described
    answer = described.answer
    plain = isinstance(answer, type) and not hasattr(answer, "__origin__")
    yield None if answer in (None, bytes) else answer.__name__ if plain else re.sub(r"[\w.]+\.", "", str(answer))
    names = set(parameters(operation))
    writes = {name for name in names if described.method in {"POST", "PUT", "PATCH"}} - described.parameters
    yield names - writes
    yield set() if described.sent_as_file else writes


def parameters(operation: Known) -> Iterator[str]:
    for name, parameter in operation.described.signature.parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            module, _, words = parameter.annotation.removeprefix("Unpack[").removesuffix("]").partition(".")
            yield from getattr(SAID[module], words).__annotations__
        elif parameter.kind is parameter.KEYWORD_ONLY and name != "etag":
            yield name


SAID: dict[str, ModuleType] = {"asked": asked, "given": given}


def tells(operation: Any, description: Any, as_file: bool) -> Iterator[object]:
    """The same, as the API describes it."""
    [answer] = [said for status, said in operation["responses"].items() if status.startswith("2")]
    content = answer.get("content", {})
    json = next((each["schema"] for kind, each in content.items() if kind.endswith(("/json", "+json"))), None)
    yield None if json is None or as_file else named(json)
    yield {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    bodies = operation.get("requestBody", {}).get("content", {})
    yield {field for each in bodies.values() for field in fields(each["schema"], description)}


def fields(schema: Any, description: Any) -> Iterator[str]:
    for each in schema.get("anyOf", [schema]):
        whole = description["components"]["schemas"][each["$ref"].rsplit("/", 1)[-1]] if "$ref" in each else each
        yield from whole.get("properties", ())


def named(schema: Any) -> str:
    if "$ref" in schema:
        return re.sub(r"Page_(\w+)_", r"Page[\1]", schema["$ref"].rsplit("/", 1)[-1])
    return f"list[{named(schema['items'])}]" if schema["type"] == "array" else "dict[str, Any]"
