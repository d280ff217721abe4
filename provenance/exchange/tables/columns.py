"""The columns of a table, made from the model of an answer: the same names, in the same order, with its descriptions.

A record inside a record is drawn out into columns of its own (``before_report``), and a list of records into lists side
by side (``flags_rule``, ``flags_reason``): what stands first in each belongs together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo


class Cells(StrEnum):
    """What stands in a column; any of it may be missing."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    TRUTH = "truth"
    INSTANT = "instant"
    JSON = "json"
    TEXTS = "texts"
    PATHS = "paths"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name and meaning, what stands in it, and how that is taken from a record."""

    name: str
    cells: Cells
    description: str
    value: Callable[[Any], Any]


@lru_cache
def columns_of(model: type[BaseModel]) -> tuple[Column, ...]:
    """The columns in which records of a model are told.

    >>> from provenance.answers import FigureItem
    >>> [column.name for column in columns_of(FigureItem)][-3:]
    ['flags_rule', 'flags_reason', 'flags_clears_when']
    """
    return tuple(_columns(model))


def _columns(model: type[BaseModel]) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        shown, taken = field.alias or name, attrgetter(name)
        inner = _plain(field.annotation)
        if is_model(inner):
            for column in _columns(inner):
                yield _inside(shown, field, taken, column)
        elif is_model(_listed(inner)):
            for column in _columns(_listed(inner)):
                yield _beside(shown, field, taken, column)
        else:
            cells = cells_of(inner)
            yield Column(shown, cells, _said(field), _as_json(taken) if cells is Cells.JSON else taken)


def cells_of(annotation: Any) -> Cells:
    """What stands in the column of a field that is no record.

    >>> cells_of(list[str]), cells_of(int | float), cells_of(dict[str, int])
    (<Cells.TEXTS: 'texts'>, <Cells.NUMBER: 'number'>, <Cells.JSON: 'json'>)
    """
    inner = _listed(annotation)
    if inner is not None:
        return Cells.PATHS if _is_text(_listed(inner)) else Cells.TEXTS if _is_text(inner) else Cells.JSON
    kinds = _kinds(annotation)
    if kinds <= {int, float} and kinds:
        return Cells.INTEGER if kinds == {int} else Cells.NUMBER
    for kind, cells in ((bool, Cells.TRUTH), (datetime, Cells.INSTANT)):
        if kinds == {kind}:
            return cells
    return Cells.TEXT if kinds and all(map(_is_text, kinds)) else Cells.JSON


def is_model(annotation: Any) -> bool:
    """Whether a field holds a record."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _inside(shown: str, field: FieldInfo, taken: Callable[[Any], Any], column: Column) -> Column:
    def value(record: Any) -> Any:
        inner = taken(record)
        return None if inner is None else column.value(inner)

    return Column(f"{shown}_{column.name}", column.cells, _of(field, column), value)


def _beside(shown: str, field: FieldInfo, taken: Callable[[Any], Any], column: Column) -> Column:
    # What is neither a text nor JSON stands in a list of texts as JSON does.
    one = column.value if column.cells in (Cells.TEXT, Cells.JSON) else _as_json(column.value)

    def value(record: Any) -> list[Any]:
        return [one(inner) for inner in taken(record)]

    return Column(f"{shown}_{column.name}", Cells.TEXTS, _of(field, column), value)


def _of(field: FieldInfo, column: Column) -> str:
    return f"{_said(field)} Of it: {column.description}"


def _as_json(taken: Callable[[Any], Any]) -> Callable[[Any], str | None]:
    def value(record: Any) -> str | None:
        held = taken(record)
        return None if held is None else json.dumps(ANYTHING.dump_python(held, mode="json"), ensure_ascii=False)

    return value


ANYTHING: TypeAdapter[Any] = TypeAdapter(Any)


def _said(field: FieldInfo) -> str:
    return field.description or ""


def _plain(annotation: Any) -> Any:
    """The annotation without its metadata, and without None where that is all that may stand beside it."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        rest = [each for each in get_args(annotation) if each is not NoneType]
        return _plain(rest[0]) if len(rest) == 1 else annotation
    return annotation


def _listed(annotation: Any) -> Any:
    return _plain(get_args(annotation)[0]) if get_origin(annotation) is list else None


def _kinds(annotation: Any) -> set[Any]:
    if get_origin(annotation) in (Union, UnionType, Annotated):
        first = get_args(annotation)[:1] if get_origin(annotation) is Annotated else get_args(annotation)
        return {kind for each in first for kind in _kinds(each)} - {NoneType}
    return {annotation}


def _is_text(kind: Any) -> bool:
    return (isinstance(kind, type) and issubclass(kind, str)) or str(get_origin(kind)) == "typing.Literal"
