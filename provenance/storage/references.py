"""Which columns of facts refer to which records: read from the tables, so that a new one is known at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import sqlalchemy as sa

from provenance.storage.tables import FACTS

TABLES: Mapping[str, sa.Table] = {
    str(model.__tablename__): model.__table__  # type: ignore[attr-defined]
    for model in FACTS
}
MODELS = {str(model.__tablename__): model for model in FACTS}


def _references(table: sa.Table) -> Iterator[tuple[str, str]]:
    # A key that only holds two rows together has further columns; the one that leads to the other row's id refers.
    for key in table.foreign_key_constraints:
        for element in key.elements:
            if element.column.name == "id" and element.parent.name != "version_of":
                yield element.parent.name, element.column.table.name


REFERENCES: Mapping[str, Mapping[str, str]] = {
    name: dict(sorted(_references(table), key=lambda found: list(table.c.keys()).index(found[0])))
    for name, table in TABLES.items()
}
"""For each table, which table each of its referring columns leads to."""

REFERRERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    target: tuple((name, column) for name in TABLES for column, to in REFERENCES[name].items() if to == target)
    for target in TABLES
}
"""For each table, the tables and columns that refer to it."""
