"""What every fact has in common: a public id, who may see it, and from when to when we held it to be so.

A row keeps its integer key for life, so that others can refer to it. When it changes, a copy of what it said
before stays in the same table with ``version_of`` and ``recorded_to`` set: nothing is overwritten. What holds now
has ``recorded_to`` NULL.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b32encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, get_args

import sqlalchemy as sa
from pydantic import AwareDatetime, ConfigDict, ValidationInfo, field_validator
from sqlmodel import Field, SQLModel

from provenance.errors import InvalidInput
from provenance.storage.texts import check_field, is_required
from provenance.vocabulary import Term, Visibility

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


LONGEST = 2**31 - 1


class Instant(sa.types.TypeDecorator[datetime]):
    """A UTC instant. SQLite has no time zones, so there it is text in one sortable form."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.String(27))
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise InvalidInput(f"The time {value.isoformat()} has no time zone; give one, such as +00:00.")
        try:
            utc = value.astimezone(UTC)
        except OverflowError as outside:
            raise InvalidInput(f"The time {value.isoformat()} lies outside the years 1 to 9999 in UTC.") from outside
        # isoformat pads the year to four digits, which strftime does not; without them texts would not sort as times.
        return f"{utc.isoformat(timespec='microseconds')[:26]}Z" if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        result: datetime = value.astimezone(UTC)
        return result


class Word(sa.types.TypeDecorator[Term]):
    """A term of the vocabulary, stored as the word itself; unknown words are refused, new ones need no migration."""

    impl = sa.String
    cache_ok = True

    def __init__(self, terms: type[Term]) -> None:
        super().__init__(40)
        self.terms = terms

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        try:
            return self.terms(value).value
        except ValueError as unknown:
            known = ", ".join(term.value for term in self.terms)
            raise InvalidInput(f"'{value}' is no {self.terms.__name__}; use one of: {known}.") from unknown

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Term | None:
        return None if value is None else self.terms(value)


def word(terms: type[Term], **options: Any) -> Any:
    """A column that holds one term of the given vocabulary."""
    return Field(sa_type=Word(terms), **options)


def instant(**options: Any) -> Any:
    """A column that holds a UTC instant."""
    return Field(sa_type=Instant, **options)


def words(**options: Any) -> Any:
    """A column that holds a list or mapping as JSON."""
    return Field(sa_type=sa.JSON(none_as_null=True), **options)


def now() -> datetime:
    """This instant in UTC."""
    return datetime.now(UTC)


def clock(connection: sa.Connection) -> datetime:
    """This instant in UTC by the clock that all who write to this database share."""
    if connection.dialect.name != "postgresql":
        return now()
    at: datetime = connection.execute(sa.select(sa.func.clock_timestamp(type_=Instant))).scalar_one()
    return at


class Record(SQLModel):
    """The columns of every fact."""

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(
        default="", max_length=40, description="The opaque id that the world sees; it never changes."
    )
    visibility: Visibility = word(Visibility, default=Visibility.PUBLIC, description="Who may see this row.")
    recorded_from: datetime = instant(default_factory=now, description="Since when this database has held it so.")
    recorded_to: datetime | None = instant(
        default=None, description="Until when it was held so; null while it holds.", nullable=True
    )
    version_of: int | None = Field(default=None, description="For an earlier state: the row that it is a state of.")

    # Columns that only repeat what another row says, so that the database can hold the two together.
    follows: ClassVar[frozenset[str]] = frozenset()

    @property
    def key(self) -> int:
        """The integer key of a row that was written."""
        if self.id is None:
            raise ValueError("the row was not written yet")
        return self.id


class Writable(SQLModel):
    """What a writer may send: unknown fields are refused, so that a typing slip never loses a value silently.

    ``verbatim`` names the fields that repeat a document exactly, whatever characters it holds.
    """

    model_config = ConfigDict(extra="forbid")  # type: ignore[assignment]
    verbatim: ClassVar[frozenset[str]] = frozenset()

    @field_validator("*", mode="before")
    @classmethod
    def _is_no_count_of_seconds(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse a number for a time: it would be read as seconds since 1970, and a year would become that day."""
        number = isinstance(value, (int, float)) or (isinstance(value, str) and NUMBER.fullmatch(value))
        if number and not isinstance(value, bool) and _is_time(cls.model_fields[info.field_name or ""].annotation):
            raise ValueError("it is a number; write a time with its zone, such as 2022-01-06T12:38:00Z")
        return value

    @field_validator("*", mode="before")
    @classmethod
    def _is_true_or_false(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse a number for yes or no: whether 0 was meant, or the wrong field, nobody can tell."""
        annotation = cls.model_fields[info.field_name or ""].annotation
        if bool in {annotation, *get_args(annotation)} and type(value) in (int, float):
            raise ValueError("it is a number; send true or false")
        return value

    @field_validator("*", mode="after")
    @classmethod
    def _is_fit(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse text that no database can hold, no terminal should show or no link can open."""
        name = info.field_name or ""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str):
                required = is_required(cls.model_fields[name])
                check_field(name, text, required=required, verbatim=name in cls.verbatim)
        return value


NUMBER = re.compile(r"\s*[-+]?[0-9]*\.?[0-9]+\s*")


def _is_time(annotation: Any) -> bool:
    return not {datetime, AwareDatetime}.isdisjoint({annotation, *get_args(annotation)})


class Change(Writable):
    """What a writer sends to change a record: only the fields that are given change, and null means null.

    A subclass names the same fields as the record; none of them is required here.
    """

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        for field in cls.model_fields.values():
            field.default, field.default_factory = None, None
        cls.model_rebuild(force=True)

    def values(self) -> dict[str, Any]:
        """The fields that were given."""
        return self.model_dump(exclude_unset=True)


# What somebody may not see is little, and asked for with every question.
NOT_PUBLIC = "visibility <> 'public'"
# So is what waits for an editor or was rejected; of what was accepted since, an earlier state is left that says it.
WAITING = "state <> 'accepted'"
NOT_SETTLED = f"{WAITING} AND version_of IS NULL"
# The key under which others refer to a row, whichever of its states this is.
LASTING = "coalesce(version_of, id)"


def fact(table: str, *more: Any, unique: Sequence[Sequence[str]] = ()) -> tuple[Any, ...]:
    """The constraints that every table of facts has, and its own ones.

    ``unique`` names groups of columns that may occur once among the rows that hold now.
    """
    current = [sole(table, *columns) for columns in (["public_id"], *unique)]
    return (
        sa.ForeignKeyConstraint(["version_of"], [f"{table}.id"]),
        sa.Index(f"ix_{table}_version_of", "version_of"),
        sa.Index(f"ix_{table}_lasting", sa.text(LASTING)),
        sa.Index(
            f"ix_{table}_withheld", "public_id", sqlite_where=sa.text(NOT_PUBLIC), postgresql_where=sa.text(NOT_PUBLIC)
        ),
        sa.CheckConstraint("recorded_to IS NULL OR recorded_to >= recorded_from", name="recorded_in_order"),
        sa.CheckConstraint("version_of IS NULL OR recorded_to IS NOT NULL", name="earlier_states_are_closed"),
        *current,
        *more,
    )


def unsettled(table: str, *more: str) -> sa.Index:
    """What finds the rows of a table behind which nobody stands.

    It has all columns that are asked for and asked about: otherwise SQLite would take the one of earlier states.
    """
    where, columns = sa.text(WAITING), ("version_of", "state", "public_id", *more)
    return sa.Index(f"ix_{table}_unsettled", *columns, sqlite_where=where, postgresql_where=where)


def sole(table: str, *columns: str, among: str = "") -> sa.Index:
    """At most one row that holds now for these columns, among the rows for which the condition is true."""
    where = sa.text("recorded_to IS NULL" + (f" AND {among}" if among else ""))
    name = f"uq_{table}_{'_'.join(columns)}" + ("_some" if among else "")
    return sa.Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


def span_inside(column: str, of: str = "text_length") -> tuple[sa.CheckConstraint, ...]:
    """A half-open span of code points that is given wholly or not at all and lies inside the text."""
    start, end = f"{column}_start", f"{column}_end"
    return (
        sa.CheckConstraint(f"({start} IS NULL) = ({end} IS NULL)", name=f"{column}_whole"),
        sa.CheckConstraint(f"{start} >= 0 AND {end} > {start} AND {end} <= {of}", name=f"{column}_inside_text"),
    )


def interval_whole(name: str) -> tuple[sa.CheckConstraint, ...]:
    """An interval of instants that is given wholly or not at all, in order, and with a precision where it is given."""
    earliest, latest = f"{name}_earliest", f"{name}_latest"
    return (
        sa.CheckConstraint(f"({earliest} IS NULL) = ({latest} IS NULL)", name=f"{name}_whole"),
        sa.CheckConstraint(f"{earliest} <= {latest}", name=f"{name}_in_order"),
        sa.CheckConstraint(f"({name}_precision = 'unknown') = ({earliest} IS NULL)", name=f"{name}_precision_fits"),
    )


PREFIXES = {
    "event": "evt",
    "coverage": "cov",
    "source": "src",
    "source_name": "nam",
    "tie": "tie",
    "interest": "int",
    "document": "doc",
    "document_relation": "rel",
    "tally": "tal",
    "claim": "clm",
    "report": "rep",
    "attribution": "hop",
    "figure": "fig",
    "evidence": "evi",
    "verification": "ver",
    "correction": "cor",
    "review": "rev",
    "ruling": "rul",
    "review_evidence": "rve",
    "merge": "mrg",
    "decision": "dec",
    "archived_copy": "cpy",
    "desk_item": "dsk",
    "desk_note": "nte",
    "contact": "con",
    "watch": "wat",
    "own_correction": "own",
    "review_page": "pag",
    "hook": "hok",
    "audience": "aud",
    "redaction": "red",
    "access_key": "key",
}


def new_public_id(table: str) -> str:
    """A fresh opaque id, such as ``clm_k3v7…``."""
    return f"{PREFIXES[table]}_{b32encode(secrets.token_bytes(10)).decode().lower()}"


def derived_public_id(table: str, *parts: str) -> str:
    """The id of a row that a story names: the same names give the same id, so loading twice finds the same rows.

    >>> first, second = (derived_public_id("claim", "kazakhstan-2022", "dozens") for _ in range(2))
    >>> first == second
    True
    """
    digest = hashlib.sha256("\x1f".join((table, *parts)).encode()).digest()
    return f"{PREFIXES[table]}_{b32encode(digest[:10]).decode().lower()}"
