"""What belongs to what, and so who sees what: a row is seen only by whoever may see all that it is a part of.

Nothing of this is copied into the parts. A source that is narrowed takes its names, its ties and what it published out
of sight, and all of them come back with it, each as far as it says itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import InternalTraversal

from provenance.access import EVERYBODY, Caller
from provenance.storage.record import NOT_PUBLIC
from provenance.storage.references import TABLES
from provenance.vocabulary import Visibility

Condition = sa.ColumnElement[bool]

# The columns by which a row belongs to others. What it merely mentions (who is quoted, which page a tie is taken from)
# is withheld in it where that may not be seen, and it stays.
WHOLES: Mapping[str, Sequence[tuple[str, str]]] = {
    "coverage": (("event_id", "event"),),
    "interest": (("source_id", "source"), ("event_id", "event")),
    "source_name": (("source_id", "source"),),
    "tie": (("source_id", "source"), ("other_id", "source")),
    # The address of a page says whose it is.
    "document": (("publisher_id", "source"),),
    "document_relation": (("document_id", "document"), ("of_document_id", "document"), ("of_source_id", "source")),
    "tally": (("event_id", "event"),),
    "claim": (("event_id", "event"),),
    "report": (("claim_id", "claim"), ("document_id", "document")),
    "attribution": (("report_id", "report"),),
    "figure": (("report_id", "report"),),
    "evidence": (("event_id", "event"),),
    "verification": (("evidence_id", "evidence"),),
    "correction": (("claim_id", "claim"), ("target_document_id", "document"), ("attribution_id", "attribution")),
    "ruling": (
        ("tally_id", "tally"),
        ("claim_id", "claim"),
        ("attribution_id", "attribution"),
        ("report_id", "report"),
    ),
    "review": (("claim_id", "claim"),),
    "review_evidence": (("review_id", "review"), ("evidence_id", "evidence")),
    "decision": (("report_id", "report"),),
    "archived_copy": (("document_id", "document"),),
    "desk_item": (("claim_id", "claim"),),
    "desk_note": (("claim_id", "claim"),),
    "contact": (("claim_id", "claim"),),
    "own_correction": (("claim_id", "claim"),),
    "watch": (("claim_id", "claim"), ("event_id", "event"), ("source_id", "source"), ("tally_id", "tally")),
    "hook": (("event_id", "event"), ("claim_id", "claim")),
}
audience = TABLES["audience"]

PEOPLE = 1000  # people whose eyes are kept; they hold little


class Eyes(NamedTuple):
    """What decides which rows somebody sees: the levels that they see whole, and their name, if they have one.

    The name is a value that goes along with a question and no word of it, so what is compiled for one serves all.
    """

    levels: tuple[Visibility, ...]
    person: sa.BindParameter[str] | None

    @property
    def are_everybodys(self) -> bool:
        """Whether they see what is public, and no more."""
        return self.person is None and self.levels == EVERYBODY.levels


def eyes_of(caller: Caller) -> Eyes:
    """With which eyes somebody looks."""
    return _eyes(caller.levels, caller.name)


@lru_cache(PEOPLE)
def _eyes(levels: tuple[Visibility, ...], name: str) -> Eyes:
    return Eyes(levels, sa.bindparam(None, name, audience.c.person.type, unique=True) if name else None)


def open_to(caller: Caller, table: sa.FromClause, joined: Collection[str] = ()) -> Condition:
    """Whether somebody may see rows of a table, and all that they belong to.

    ``joined`` are tables whose rows are asked about beside, so that they need not be looked at twice; a table to which
    rows belong by more than one column is looked at all the same.
    """
    return open_for(eyes_of(caller), table, joined)


def open_for(eyes: Eyes, table: sa.FromClause, joined: Collection[str] = ()) -> Condition:
    """As `open_to`, for whoever looks with these eyes."""
    wholes = WHOLES.get(name_of(table), ())
    named = [whole for _, whole in wholes]
    asked = [(column, whole) for column, whole in wholes if whole not in joined or named.count(whole) > 1]
    return sa.and_(_own_open(eyes, table), *(~Closed(eyes, table.c[column], whole) for column, whole in asked))


def own_open_to(caller: Caller, table: sa.FromClause) -> Condition:
    """Whether somebody may see rows of a table by what these say themselves."""
    return _own_open(eyes_of(caller), table)


def _own_open(eyes: Eyes, table: sa.FromClause) -> Condition:
    own: Condition = sa.or_(*(table.c.visibility == WORDS[level] for level in eyes.levels))
    return own if eyes.person is None else sa.or_(own, _named(eyes.person, table))


# Written out: SQLite prepares a question anew for each value that might decide which partial index is of use.
WORDS = {level: sa.literal_column(f"'{level.value}'", sa.String()) for level in Visibility}


def public(table: sa.FromClause, joined: Collection[str] = ()) -> Condition:
    """Whether everybody may see rows of a table, and all that they belong to."""
    return open_to(EVERYBODY, table, joined)


def name_of(table: sa.FromClause) -> str:
    """The name of a table, also of one under another name."""
    while isinstance(table, sa.Alias):
        table = table.element
    return str(table.name)  # type: ignore[attr-defined]


def in_audience(person: sa.ColumnElement[str], record: sa.ColumnElement[str]) -> Condition:
    """Whether somebody of this name is among the people who may see the record with this public id."""
    mine = sa.select(audience.c.record).where(audience.c.person == person, audience.c.recorded_to.is_(None))
    return record.in_(mine)


class Closed(sa.ColumnElement[bool]):
    """Whether there is a row of a table under a key that somebody may not see, by itself or by what it belongs to."""

    _traverse_internals = [  # noqa: RUF012 - as SQLAlchemy reads it
        ("subject", InternalTraversal.dp_clauseelement),
        ("whole", InternalTraversal.dp_string),
        ("levels", InternalTraversal.dp_plain_obj),
        ("person", InternalTraversal.dp_clauseelement),
    ]
    type = sa.Boolean()

    def __init__(self, eyes: Eyes, subject: sa.ColumnElement[int], whole: str) -> None:
        self.levels, self.person = eyes
        self.subject, self.whole = subject, whole

    @property
    def eyes(self) -> Eyes:
        """Whose eyes. A copy has a copy of the name, which must be the one that is asked for."""
        return Eyes(self.levels, self.person)

    def get_children(self, **_: Any) -> Iterable[ClauseElement]:
        """Also the tables that are asked, so that whoever looks from a moment lays their states under them."""
        named = () if self.person is None else (self.person,)
        return (self.subject, *named, *(TABLES[name] for name in _asked(self.whole)), audience)


@compiles(Closed)
def _as_sql(element: Closed, compiler: SQLCompiler, **kw: Any) -> str:
    """What is withheld from anybody is little, so it is gathered once for a question, and keys are held against that.

    Who may see some of it is looked up for those rows alone. Where a question is asked from a moment, rows are states
    of then, which are found by their keys and not by an index of what is withheld; so each is looked up.
    """
    subject, whole = element.subject, element.whole
    if {cte.name for cte in compiler.ctes or ()}.isdisjoint(_asked(whole)):
        among = f"(({compiler.process(subject, **kw)} IN ({keys_withheld(whole)})) IS TRUE)"
        return among if element.eyes.are_everybodys else within(among, _looked_up(element, compiler, kw))
    return _looked_up(element, compiler, kw)


def within(few: str, looked_up: str) -> str:
    """Whether a row is among few and, if so, what is found when it is looked up; SQLite would look up every row."""
    return f"(CASE WHEN {few} THEN {looked_up} ELSE false END)"


def _looked_up(element: Closed, compiler: SQLCompiler, kw: Mapping[str, Any]) -> str:
    joined, tables = _with_wholes(element.whole)
    shut = sa.or_(*(sa.not_(_own_open(element.eyes, table)) for table in tables))
    found = sa.exists().select_from(joined).where(tables[0].c.id == element.subject, shut)
    return compiler.process(found.correlate_except(*tables), **kw)


@cache
def keys_withheld(name: str) -> str:
    """The keys of all rows of a table that not everybody may see."""
    return shut(name, "id", {whole: f"({keys_withheld(whole)})" for _, whole in WHOLES.get(name, ())})


def shut(name: str, column: str, wholes: Mapping[str, str]) -> str:
    """A question for a column of all rows of a table that not everybody may see, or of which a state was so.

    ``wholes`` are those that are asked for the keys of the rows to which these belong. The index of what is withheld
    has these very words, and a join that is crossed is made in the order in which it stands: from the few.
    """
    own = f"SELECT {column} FROM {name} WHERE {NOT_PUBLIC}"
    joined = (
        f"SELECT {name}.{column} FROM {wholes[whole]} AS of_{whole} CROSS JOIN {name} "
        f"WHERE {name}.{part} = of_{whole}.id"
        for part, whole in WHOLES.get(name, ())
    )
    return " UNION ALL ".join([own, *joined])


@cache
def _asked(name: str) -> frozenset[str]:
    return frozenset({name}).union(*(_asked(whole) for _, whole in WHOLES.get(name, ())))


@cache
def _with_wholes(name: str) -> tuple[sa.FromClause, Sequence[sa.FromClause]]:
    """A table joined with all that its rows belong to, and each of these. It is put together once: every question
    needs some, and it says nothing of who asks.
    """
    tables = [TABLES[name].alias()]
    joined: sa.FromClause = tables[0]
    for table in tables:
        for column, whole in WHOLES.get(name_of(table), ()):
            further = TABLES[whole].alias()
            joined = joined.join(further, further.c.id == table.c[column])
            tables.append(further)
    return joined, tuple(tables)


def _named(person: sa.ColumnElement[str], table: sa.FromClause) -> Condition:
    return sa.and_(table.c.visibility == WORDS[Visibility.NAMED], in_audience(person, table.c.public_id))
