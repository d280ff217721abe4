"""What a whole copy of a database holds: which tables, in which order, and what each of their columns may hold.

Left out is what can be made anew from the rest, and what must not travel: the keys that messages are signed with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlmodel import SQLModel

from provenance.storage.history import History
from provenance.storage.proposal import Blob
from provenance.storage.record import LONGEST, Instant, Word
from provenance.storage.tables import ALL, FACTS, INTAKE
from provenance.vocabulary import Term

LONGEST_BIG = 2**63 - 1


class Holds(StrEnum):
    """What a column holds, whichever database it is in."""

    INTEGER = "integer"
    NUMBER = "number"
    TRUTH = "true or false"
    TEXT = "text"
    WORD = "word"
    INSTANT = "instant"
    JSON = "JSON"
    BYTES = "bytes"


@dataclass(frozen=True)
class KeptColumn:
    """A column: what it holds, whether it may be null, and its limits.

    ``longest`` is the most characters of a text; ``most`` the largest integer, and with a minus the least one.
    """

    name: str
    holds: Holds
    optional: bool
    longest: int | None = None
    most: int | None = None
    terms: type[Term] | None = None
    shape: Any = None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that may stand in it."""
        return frozenset(term.value for term in self.terms or ())

    @cached_property
    def fits(self) -> TypeAdapter[Any]:
        """What lists and mappings in it look like."""
        return TypeAdapter(self.shape)


@dataclass(frozen=True)
class KeptTable:
    """A table whose rows are kept, with its columns in their order."""

    name: str
    columns: tuple[KeptColumn, ...]
    model: type[SQLModel]

    @property
    def table(self) -> sa.Table:
        """The table itself."""
        found: sa.Table = self.model.__table__  # type: ignore[attr-defined]
        return found

    @property
    def has_own_keys(self) -> bool:
        """Whether the database counts the keys of its rows."""
        return "id" in self.table.c

    @cached_property
    def leads_to_itself(self) -> tuple[str, ...]:
        """The columns by which its rows refer to rows of the same table."""
        keys = (key for key in self.table.foreign_keys if key.column.table is self.table)
        return tuple(sorted(key.parent.name for key in keys))


def _column(column: sa.Column[Any], model: type[SQLModel]) -> KeptColumn:
    name, optional = column.name, bool(column.nullable)
    match column.type:
        case Word(terms=terms):
            return KeptColumn(name, Holds.WORD, optional, terms=terms)
        case Instant():
            return KeptColumn(name, Holds.INSTANT, optional)
        case sa.JSON():
            return KeptColumn(name, Holds.JSON, optional, shape=model.model_fields[name].annotation)
        case sa.LargeBinary():
            return KeptColumn(name, Holds.BYTES, optional)
        case sa.Boolean():
            return KeptColumn(name, Holds.TRUTH, optional)
        case sa.Float():
            return KeptColumn(name, Holds.NUMBER, optional)
        case sa.BigInteger():
            return KeptColumn(name, Holds.INTEGER, optional, most=LONGEST_BIG)
        case sa.Integer():
            return KeptColumn(name, Holds.INTEGER, optional, most=LONGEST)
        case sa.String(length=length) | sa.types.TypeDecorator(impl=sa.String(length=length)):
            return KeptColumn(name, Holds.TEXT, optional, longest=length)
        case other:
            raise TypeError(f"{model.__name__}.{name} holds {other!r}, of which a copy knows nothing")


def _table(model: type[SQLModel]) -> KeptTable:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return KeptTable(table.name, tuple(_column(column, model) for column in table.c), model)


MODELS: tuple[type[SQLModel], ...] = (Blob, *FACTS, History, *INTAKE)
KEPT: Mapping[str, KeptTable] = {kept.name: kept for kept in map(_table, MODELS)}
"""The tables of a whole copy by their names, in an order in which their rows can be written."""

LEFT_OUT: tuple[str, ...] = tuple(name for model in ALL if (name := str(model.__tablename__)) not in KEPT)
"""The tables that a whole copy does not hold."""
