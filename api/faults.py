"""Says in our own words what is wrong with a field, and what to send instead, where pydantic found the fault.

Its own messages speak of inputs, dictionaries and attributes; whoever sends a request speaks of fields and JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from provenance.storage.reads.asked import Question

Fault = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explained:
    """A fault in words: what is wrong, and what to do about it."""

    field: str
    message: str
    remedy: str


def explained(fault: Fault, endpoint: Callable[..., Any] | None) -> Explained:
    """A fault in a request for an endpoint, in words.

    >>> fault = {"type": "timezone_aware", "loc": ("body", "began"), "input": "2022-01-06T12:00:00"}
    >>> explained(fault, None).remedy
    'Add a zone, such as Z or +06:00.'
    """
    where, *path = fault["loc"]
    # What may stand in the address is no help for the body, and the other way round.
    models = [model for model in _models_at(endpoint, path[:-1]) if issubclass(model, Question) is (where == "query")]
    message, remedy = _said(fault, where, models)
    return Explained(".".join(map(str, path)) or str(where), message, remedy)


def sentence(text: str) -> str:
    """Words as a sentence: a capital letter, and a full stop.

    >>> sentence("swap the two dates")
    'Swap the two dates.'
    """
    stripped = text.strip()
    return stripped[:1].upper() + stripped[1:] + ("" if stripped.endswith((".", "!", "?")) else ".")


def _said(fault: Fault, where: str, models: Sequence[type[BaseModel]]) -> tuple[str, str]:
    limits = fault.get("ctx", {})
    match fault["type"]:
        case "missing" if where == "body" and len(fault["loc"]) == 1:
            return "There is no body.", 'Send one JSON object, such as {"title": "…"}.'
        case "missing":
            return "It is required and missing.", f"Add `{fault['loc'][-1]}`{_meaning(fault['loc'][-1], models)}."
        case "extra_forbidden":
            return "There is no such field.", f"Remove it, or correct its spelling. Known here: {_fields(models)}."
        case "enum" | "literal_error":
            words = str(limits.get("expected")).replace("'", "")
            return f"{_shown(fault['input'])} is none of the words that may stand here.", f"Use one of: {words}."
        case "value_error":
            wrong, _, remedy = str(limits.get("error", fault["msg"])).partition("; ")
            return sentence(wrong), sentence(remedy or "Send another value")
        case kind if kind in LIMITS:
            name, wrong, remedy = LIMITS[kind]
            return wrong.format(limits[name]), remedy.format(limits[name])
        case kind if kind in TYPES:
            return TYPES[kind]
        case kind:
            return _of_a_family(kind, fault)


def _of_a_family(kind: str, fault: Fault) -> tuple[str, str]:
    for family, (wanted, example) in FAMILIES.items():
        if kind.startswith(family):
            return f"{_shown(fault['input'])} is not {wanted}.", f"Send {wanted}, such as {example}."
    return sentence(str(fault["msg"])), "Send what /openapi.json describes for this field."


LIMITS = {
    "string_too_short": ("min_length", "It is too short.", "Send at least {} character."),
    "string_too_long": ("max_length", "It is too long.", "Send at most {} characters."),
    "greater_than_equal": ("ge", "It is too small.", "Send {} or more."),
    "less_than_equal": ("le", "It is too large.", "Send {} or less."),
    "greater_than": ("gt", "It is too small.", "Send more than {}."),
    "less_than": ("lt", "It is too large.", "Send less than {}."),
}
TYPES = {
    "timezone_aware": ("The time has no zone.", "Add a zone, such as Z or +06:00."),
    "finite_number": ("It is not a finite number.", "Send a number such as 8, or null."),
    "string_unicode": ("It holds half a character.", "Decode the text as UTF-8 first."),
}
OBJECT = ("a JSON object", '{"name": "value"}')
FAMILIES = {
    "string": ("a text", '"Tass"'),
    "int": ("a whole number", "8"),
    "float": ("a number", "8 or 0.5"),
    "bool": ("a truth value", "true or false"),
    "datetime": ("a time with a zone", '"2022-01-06T12:38:00+06:00"'),
    "list": ("a list", '["…"]'),
    "model": OBJECT,
    "dict": OBJECT,
}


def _shown(given: Any) -> str:
    match given:
        case str() if len(given) <= 60:
            return f"'{given}'"
        case str():
            return f"'{given[:60]}…'"
        case bool() | int() | float():
            return str(given).lower()
        case None:
            return "null"
        case list():
            return "A list"
        case dict():
            return "An object"
        case _:
            return "It"


def _fields(models: Sequence[type[BaseModel]]) -> str:
    return ", ".join(dict.fromkeys(name for model in models for name in model.model_fields)) or "none"


def _meaning(name: object, models: Sequence[type[BaseModel]]) -> str:
    said = next((model.model_fields[name].description for model in models if name in model.model_fields), None)
    return f": {said.rstrip('.')}" if said else ""


def _models_at(endpoint: Callable[..., Any] | None, path: Sequence[str | int]) -> list[type[BaseModel]]:
    """The models whose fields may stand at this place of what an endpoint takes."""
    if endpoint is None:
        return []
    hints = [hint for name, hint in get_type_hints(endpoint).items() if name != "return"]
    found = [model for hint in hints for model in _models_in(hint)]
    for part in path:
        if isinstance(part, str):
            fields = [model.model_fields[part] for model in found if part in model.model_fields]
            found = [model for field in fields for model in _models_in(field.annotation)]
    return found


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
