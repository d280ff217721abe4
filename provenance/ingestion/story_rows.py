"""What a story says, as rows that are wanted: each with its public id, its values and the rows that it refers to.

Public ids are made of the story's slug and the entry's key, so that loading twice finds the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from pydantic import ValidationError
from sqlmodel import SQLModel

from provenance.errors import InvalidInput
from provenance.ingestion.yaml_fields import Fields
from provenance.storage.dates import Date, read_date
from provenance.storage.document import DocumentBase
from provenance.storage.record import Record, derived_public_id
from provenance.storage.report import VERBATIM as QUOTED_WORDS
from provenance.storage.report import ReportBase
from provenance.storage.texts import check_field, is_required
from provenance.storage.writes.dating import undated
from provenance.vocabulary import Basis, DateBasis, DatePrecision

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Reference:
    """A row that another one refers to."""

    table: type[Record]
    public_id: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row that a story says should be; ``references`` become the integer keys of other rows.

    ``lender`` is the story that the row belongs to, where it is another one.
    """

    table: type[Record]
    public_id: str
    values: Mapping[str, Any]
    references: Mapping[str, Reference] = field(default_factory=dict)
    lender: str | None = None


@dataclass
class Pool:
    """The rows wanted so far, and which keys of the story stand for which of them."""

    slug: str
    by_id: dict[str, Wanted] = field(default_factory=dict)
    named: dict[tuple[type[Record], str], str] = field(default_factory=dict)

    def public_id(self, table: type[Record], key: str, owner: str | None = None) -> str:
        """The public id of an entry of this story, or of the story that it belongs to."""
        return derived_public_id(str(table.__tablename__), owner or self.slug, key)

    def add(
        self,
        fields: Fields,
        table: type[Record],
        public_id: str,
        values: Mapping[str, Any],
        references: Mapping[str, Reference | None] | None = None,
        *,
        key: str | None = None,
        shape: type[SQLModel] | None = None,
        derived: Mapping[str, Any] | None = None,
        lender: str | None = None,
    ) -> Wanted:
        """Want a row; refuses a key or a row that stands there twice, and values that break the table's limits.

        ``derived`` are values that follow from the others.
        """
        if public_id in self.by_id:
            raise fields.refusal("key", f"stands there twice ({key or table.__tablename__})", "keep one of them")
        checked = _checked(fields, shape, values)
        kept = {column: found for column, found in (references or {}).items() if found is not None}
        row = Wanted(table, public_id, {**checked, **(derived or {})}, kept, lender)
        self.by_id[public_id] = row
        if key is not None:
            self.named[table, key] = public_id
        return row

    def refer(self, fields: Fields, name: str, table: type[Record]) -> Reference:
        """The row that a field names by its key."""
        found = self.may_refer(fields, name, table)
        if found is None:
            raise fields.refusal(name, "is missing", f"name a {_noun(table)} by its key")
        return found

    def may_refer(self, fields: Fields, name: str, table: type[Record]) -> Reference | None:
        """The row that a field names by its key, or None where the field is empty."""
        key = fields.optional(name)
        if key is None:
            return None
        if (table, key) not in self.named:
            known = sorted(other for kind, other in self.named if kind is table)
            listed = f": {', '.join(known[:12])}{' …' if len(known) > 12 else ''}" if known else " none"
            near = f"; this story has{listed}"
            raise fields.refusal(name, f"names the {_noun(table)} {key!r}, which is not in this story", f"add it{near}")
        return Reference(table, self.named[table, key])


def instant_of(fields: Fields, name: str) -> datetime | None:
    """The earliest instant that a date field allows, or None."""
    date = date_of(fields, name)
    return date.earliest if date else None


def end_of(fields: Fields, name: str) -> datetime | None:
    """The latest instant that a date field allows, or None."""
    date = date_of(fields, name)
    return date.latest if date else None


def date_of(fields: Fields, name: str) -> Date | None:
    """A date field, or None; a range of two dates with a slash between them is one interval."""
    written = fields.optional(name)
    return None if written is None else _read(fields, name, written)


def moment_of(fields: Fields | None, prefix: str) -> dict[str, Any]:
    """The columns of a moment: its printed words, the interval in UTC that they and the precision allow, its basis.

    ``earliest`` and ``latest`` may be given instead, where something else than the words bounds the moment; ``zone``
    is the offset of a time that is printed without one.
    """
    if fields is None:
        return undated(prefix)
    fields.only("printed", "zone", "earliest", "latest", "precision", "basis")
    printed, earliest, latest = fields.text("printed"), instant_of(fields, "earliest"), end_of(fields, "latest")
    if (earliest is None) != (latest is None):
        raise fields.refusal("latest" if earliest else "earliest", "is missing", "give both ends or neither")
    if earliest is not None and latest is not None:
        if earliest > latest:
            raise fields.refusal("latest", "lies before the earliest", "swap the two")
        date = Date(earliest, latest, fields.term("precision", DatePrecision))
    else:
        date = _as_printed(fields, printed)
    return {
        f"{prefix}_printed": printed,
        f"{prefix}_earliest": date.earliest,
        f"{prefix}_latest": date.latest,
        f"{prefix}_precision": date.precision,
        f"{prefix}_basis": fields.term("basis", DateBasis, DateBasis.UNKNOWN),
    }


def _as_printed(fields: Fields, printed: str) -> Date:
    precision = fields.term("precision", DatePrecision) if fields.optional("precision") else None
    # A time on an unknown clock may be marked as known to its day only, and is then read as that day.
    length = _LENGTHS.get(precision) if precision else None
    written = printed[:length] if length and "/" not in printed else printed + (fields.optional("zone") or "")
    date = _read(fields, "printed", written)
    if precision is None or precision is date.precision:
        return date
    if _ORDER.index(precision) < _ORDER.index(date.precision):
        problem = f"says {precision.value}, and {printed!r} is known to the {date.precision.value} only"
        raise fields.refusal("precision", problem, f"write {date.precision.value}")
    return Date(date.earliest, date.latest, precision)


def _read(fields: Fields, name: str, written: str) -> Date:
    try:
        ends = [read_date(part, name) for part in written.split("/", 1)]
    except InvalidInput as unreadable:
        problem = f"cannot be read ({unreadable.message.partition(': ')[2].rstrip('.')})"
        raise fields.refusal(name, problem, "correct the date") from unreadable
    if ends[0].earliest > ends[-1].latest:
        raise fields.refusal(name, "ends before it begins", "swap the two dates")
    return Date(ends[0].earliest, ends[-1].latest, ends[-1].precision)


def basis_of(fields: Fields, document: str | None = None) -> Basis:
    """On what a statement about sources rests; a cited one must say where it can be read."""
    basis = fields.term("basis", Basis)
    if basis is Basis.CITED and not fields.optional("reference") and not document:
        raise fields.refusal("reference", "is missing though the basis is cited", "give it, or write commonly_known")
    return basis


def _checked(fields: Fields, shape: type[SQLModel] | None, values: Mapping[str, Any]) -> dict[str, Any]:
    for name, value in values.items():
        for text in value if isinstance(value, list | tuple) else [value]:
            if isinstance(text, str):
                required = shape is not None and is_required(shape.model_fields[name])
                try:
                    check_field(name, text, required=required, verbatim=(shape, name) in VERBATIM)
                except ValueError as unfit:
                    raise fields.refusal(name, f"is not usable: {unfit}", "mend the text") from unfit
    if shape is None:
        return dict(values)
    try:
        checked = shape.model_validate(dict(values))
    except ValidationError as invalid:
        first = invalid.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "?"
        raise fields.refusal(name, f"is not usable: {first['msg']}", "correct it") from invalid
    return {name: getattr(checked, name) for name in values}


# Fields that repeat a document exactly, whatever characters it holds.
VERBATIM = {(DocumentBase, "text"), *((ReportBase, name) for name in QUOTED_WORDS)}


def _noun(table: type[Record]) -> str:
    return str(table.__tablename__).replace("_", " ")


_ORDER = tuple(DatePrecision)
_LENGTHS = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
