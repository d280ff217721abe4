"""One table of a data package, and columns for records that are rows of a query and no answers of the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from provenance.exchange.tables.columns import Cells, Column, columns_of


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name and title, its columns and records, the columns of its key, and whose ids its columns hold."""

    name: str
    title: str
    columns: Sequence[Column]
    records: Iterable[Any]
    key: Sequence[str] = ("id",)
    refers: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Its file in the package."""
        return f"{self.name}.csv"


def columns_with(model: type[BaseModel], extra: Sequence[str], of: type[BaseModel]) -> list[Column]:
    """The columns of a model, and some of another one that says more of the same record."""
    more = [column for column in columns_of(of) if column.name in extra]
    return [*columns_of(model), *more]


def rows_of(model: type[BaseModel], fields: Sequence[str], *first: str) -> list[Column]:
    """The columns of rows that are called as fields of a model; ``first`` lead to the record that a row is part of."""
    leading = [reference(each) for each in first]
    meant = {column.name: column for column in columns_of(model)}
    told = [meant[name] for name in fields]
    return [*leading, *(Column(each.name, each.cells, each.description, itemgetter(each.name)) for each in told)]


def reference(name: str, description: str | None = None) -> Column:
    """The column of a row that holds the id of the record that it belongs to."""
    return Column(name, Cells.TEXT, description or f"Public id of the {name} that it belongs to.", itemgetter(name))
