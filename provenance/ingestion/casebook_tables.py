"""The reviewed tables beside a story: how its editors read the casebook. Each is a CSV file; any may be absent.

A table that is there must cover what it is about: a row that it lacks is an error that names the row to add, since
a default in the middle of a reviewed table would pass for a decision.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from provenance.errors import UnreadableStory
from provenance.ingestion.yaml_fields import Fields, read_mapping


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table; an empty cell is None."""

    file: str
    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str | None:
        """A cell, or None where it is empty."""
        return self.cells.get(column) or None

    def need(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.get(column)
        if value is None:
            raise self.refusal(column, "is empty", "fill it in")
        return value

    def split(self, column: str) -> tuple[str, ...]:
        """The parts of a cell between semicolons."""
        return tuple(part.strip() for part in self.cells.get(column, "").split(";") if part.strip())

    def refusal(self, column: str, problem: str, remedy: str) -> UnreadableStory:
        """The error for one cell."""
        return UnreadableStory(f"{self.file}, line {self.number}: column '{column}' {problem}; {remedy}.", field=column)


# Every table with its columns; a table without one of them, or with another, is refused.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tallies": ("key", "title", "measure", "counted", "place", "period", "cumulative", "parent"),
    "claims": ("key", "origin_key", "templates", "tally", "kind", "measure", "counted", "place", "text", "note"),
    "stances": ("origin_key", "template", "claim", "stance"),
    "times": ("claim", "said", "happened", "precision", "basis", "note"),
    "printed": ("field", "casebook", "printed", "note"),
    "figures": ("casebook", "text", "qualifier", "value", "low", "high", "note"),
    "bases": ("claim_id", "basis", "note"),
    "inferred": ("claim_id", "from", "to", "note"),
    "hedges": ("casebook", "hedge", "note"),
    "zones": ("document", "zone", "basis"),
    "interests": ("party_to_conflict", "interest", "note"),
    "kinds": ("type", "kind"),
    "sources": ("key", "name", "kind", "country", "note"),
    "publishers": ("outlet", "source", "name", "kind", "country", "supplier", "note"),
    "ties": (
        "source", "kind", "other", "valid_from", "valid_to", "basis", "document", "reference", "note",
    ),
    "corrections": (
        "key", "kind", "by", "document", "effective", "earliest", "latest", "precision", "basis",
        "claim", "upstream", "downstream", "replaced_by", "remains", "note", "reference",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Tables:
    """The tables of one story; ``story`` holds its title, event and coverage."""

    folder: str | None = None
    story: Fields | None = None
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    def has(self, table: str) -> bool:
        """Whether this table was written."""
        return table in self.lines

    def all(self, table: str) -> tuple[Line, ...]:
        """The lines of a table; none if it was not written."""
        return self.lines.get(table, ())

    def by(self, table: str, *columns: str) -> dict[tuple[str, ...], Line]:
        """The lines of a table by the values of some columns, which may occur once."""
        found: dict[tuple[str, ...], Line] = {}
        for line in self.all(table):
            key = tuple(line.need(column) for column in columns)
            if key in found:
                raise line.refusal(columns[0], f"has {' / '.join(key)} a second time", "keep one line")
            found[key] = line
        return found

    def path(self, table: str) -> str:
        """The file of a table, for messages."""
        return f"{self.folder}/{table}.csv"


def read_tables(folder: Path | None) -> Tables:
    """Read all tables in a folder; raises UnreadableStory naming the file, the line and the column."""
    if folder is None:
        return Tables()
    if not folder.is_dir():
        raise UnreadableStory(f"{folder}: there is no such folder of tables; check the path.")
    story = folder / "story.yaml"
    lines = {name: _read(folder / f"{name}.csv", columns) for name, columns in COLUMNS.items() if _has(folder, name)}
    return Tables(str(folder), read_mapping(story) if story.exists() else None, lines)


def _has(folder: Path, table: str) -> bool:
    return (folder / f"{table}.csv").exists()


def _read(path: Path, columns: tuple[str, ...]) -> tuple[Line, ...]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if tuple(reader.fieldnames or ()) != columns:
                raise UnreadableStory(f"{path}: its first line should be: {','.join(columns)}")
            return tuple(_line(path, reader.line_num, row) for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        raise UnreadableStory(f"{path}: cannot be read as CSV in UTF-8 ({broken}); correct or remove it.") from broken


def _line(path: Path, number: int, row: dict[str | None, str | None]) -> Line:
    if None in row or None in row.values():
        raise UnreadableStory(f"{path}, line {number}: has not as many cells as the first line; count its commas.")
    return Line(str(path), number, {str(column): str(cell).strip() for column, cell in row.items()})
