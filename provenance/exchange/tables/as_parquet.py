"""Writes a table as Parquet, group of rows by group, each sent before the next is read.

Instants are timestamps in UTC, numbers are numbers and lists are lists; each column carries its meaning as metadata.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from provenance.exchange.tables.columns import Cells, Column

if TYPE_CHECKING:
    import pyarrow as pa

# Small groups cost a reader time, large ones memory here: some ten megabytes of figures with their chains.
GROUP = 5_000


def parquet_of(columns: Sequence[Column], pages: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The bytes of a table, one group of rows after the other; a table without rows has its columns all the same."""
    # Loaded only where somebody asks: it takes as long as everything else that the server loads.
    import pyarrow as pa
    from pyarrow import parquet

    schema = schema_of(columns)
    sink = Sink()
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        for group in _groups(pages):
            arrays = [
                pa.array(_values(column, group), type=field.type) for column, field in zip(columns, schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The columns with their types."""
    import pyarrow as pa

    text = pa.string()
    types: Mapping[Cells, pa.DataType] = {
        Cells.TEXT: text,
        Cells.INTEGER: pa.int64(),
        Cells.NUMBER: pa.float64(),
        Cells.TRUTH: pa.bool_(),
        Cells.INSTANT: pa.timestamp("us", tz="UTC"),
        Cells.JSON: text,
        Cells.TEXTS: pa.list_(text),
        Cells.PATHS: pa.list_(pa.list_(text)),
    }
    return pa.schema(
        [pa.field(each.name, types[each.cells], metadata={"description": each.description}) for each in columns]
    )


class Sink(io.RawIOBase):
    """Where a writer writes, from which what is written can be taken at any time."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._written = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        part = bytes(data)
        self._parts.append(part)
        self._written += len(part)
        return len(part)

    def tell(self) -> int:
        return self._written

    def taken(self) -> bytes:
        """What was written since this was last asked."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _groups(pages: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    group: list[Any] = []
    for page in pages:
        group.extend(page)
        if len(group) >= GROUP:
            yield group
            group = []
    yield group


def _values(column: Column, group: Sequence[Any]) -> list[Any]:
    values = [column.value(record) for record in group]
    return [None if value is None else float(value) for value in values] if column.cells is Cells.NUMBER else values
