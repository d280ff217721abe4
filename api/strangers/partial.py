"""Partial answers: a mask such as ``claims(text,claimReview/url),nextPageToken`` names the fields that are sent.

``a/b`` is the field b of a; ``a(b,c)`` are several of them; ``*`` is any field. A list is looked into as its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from provenance.errors import InvalidInput

# What is kept below each name; nothing below it means all of it.
Mask = dict[str, "Mask"]
TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|[*/(),])")
DEEPEST = 20


def masked(said: BaseModel, fields: str) -> dict[str, Any]:
    """What was said without all that the mask does not name, and without what is None.

    :raises InvalidInput: if the mask cannot be read, or names a field that there is not.
    """
    shown: dict[str, Any] = _only(said.model_dump(exclude_none=True), known(type(said), read(fields)))
    return shown


def read(fields: str) -> Mask:
    """A mask from its words.

    >>> read("claims(text,claimReview/url),nextPageToken")
    {'claims': {'text': {}, 'claimReview': {'url': {}}}, 'nextPageToken': {}}
    """
    tokens = list(_tokens(fields))
    mask, rest = _list(tokens, 0, 0)
    if rest != len(tokens):
        raise _refused(f"it cannot be read from '{tokens[rest]}' on")
    return mask


def known(model: type[BaseModel], mask: Mask, path: str = "") -> Mask:
    """The mask with all its names spelt out; raises :class:`InvalidInput` for a name that the answer has not."""
    found: Mask = {}
    for name, below in mask.items():
        names = list(model.model_fields) if name == "*" else [name]
        for one in names:
            if one not in model.model_fields:
                raise _refused(f"there is no field '{path}{one}'; there are {', '.join(model.model_fields)}")
            part = _part_of(model.model_fields[one].annotation)
            if below and part is None and name != "*":
                raise _refused(f"'{path}{one}' has no fields of its own")
            if below and part is None:
                continue
            _join(found, {one: known(part, below, f"{path}{one}/") if below and part else {}})
    return found


def _only(said: Any, mask: Mask) -> Any:
    match said:
        case list():
            return [_only(each, mask) for each in said]
        case dict() if mask:
            return {name: _only(value, mask[name]) for name, value in said.items() if name in mask}
        case _:
            return said


def _list(tokens: list[str], start: int, depth: int) -> tuple[Mask, int]:
    mask: Mask = {}
    while True:
        one, start = _path(tokens, start, depth)
        _join(mask, one)
        if start == len(tokens) or tokens[start] != ",":
            return mask, start
        start += 1


def _path(tokens: list[str], start: int, depth: int) -> tuple[Mask, int]:
    if depth > DEEPEST:
        raise _refused(f"it is nested deeper than {DEEPEST} fields")
    if start == len(tokens) or tokens[start] in "/(),":
        raise _refused("a name is missing" + (f" before '{tokens[start]}'" if start < len(tokens) else " at the end"))
    name, following = tokens[start], tokens[start + 1] if start + 1 < len(tokens) else ""
    match following:
        case "/":
            below, start = _path(tokens, start + 2, depth + 1)
        case "(":
            below, start = _list(tokens, start + 2, depth + 1)
            if start == len(tokens) or tokens[start] != ")":
                raise _refused("a bracket is not closed")
            start += 1
        case _:
            below, start = {}, start + 1
    return {name: below}, start


def _join(mask: Mask, more: Mask) -> None:
    """Let a mask keep more; a name without anything below it keeps all of it."""
    for name, below in more.items():
        if name not in mask:
            mask[name] = below
        elif not mask[name] or not below:
            mask[name] = {}
        else:
            _join(mask[name], below)


def _tokens(fields: str) -> Iterator[str]:
    start, whole = 0, fields.rstrip()
    while start < len(whole):
        found = TOKEN.match(whole, start)
        if found is None:
            raise _refused(f"it cannot be read from '{whole[start : start + 20]}' on")
        yield found[1]
        start = found.end()


def _part_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((part for argument in get_args(annotation) if (part := _part_of(argument))), None)


def _refused(why: str) -> InvalidInput:
    return InvalidInput(f"fields: {why}. Write it like claims(text,claimReview/url),nextPageToken.", field="fields")
