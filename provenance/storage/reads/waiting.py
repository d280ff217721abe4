"""What waits for an editor, or was rejected, is for the desk: nobody stands behind it, and others are not shown it.

Reports, claims, sources, events and reviews say it themselves. A document waits while reports of it are held and none
is accepted; one in which nothing was read yet is as public as whoever added it made it. Parts wait with their wholes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import InternalTraversal
from sqlmodel import SQLModel

from provenance.storage import tables as _all_tables  # noqa: F401 - makes every table known
from provenance.storage.reads.belonging import WHOLES, Condition, name_of, within
from provenance.storage.record import NOT_SETTLED
from provenance.storage.references import MODELS, TABLES
from provenance.vocabulary import ReportState


def _of_an_editor(model: type[SQLModel]) -> bool:
    return "state" in model.model_fields and model.model_fields["state"].annotation is ReportState


# The tables whose rows say themselves whether somebody stands behind them.
STATED = frozenset(name for name, model in MODELS.items() if _of_an_editor(model))
ACCEPTED = sa.literal_column(f"'{ReportState.ACCEPTED.value}'", sa.String())
report = TABLES["report"]
history: sa.Table = SQLModel.metadata.tables["history"]


def settled(table: sa.FromClause, joined: Collection[str] = ()) -> Condition:
    """Whether rows of a table are accepted, and all that they are a part of.

    What is accepted rests on what is accepted, so nothing further is looked at for a row that says so itself.
    ``joined`` are tables whose rows are asked about beside.
    """
    name = name_of(table)
    if name in STATED:
        return table.c.state == ACCEPTED
    wholes = WHOLES.get(name, ())
    named = [whole for _, whole in wholes]
    asked = [(column, whole) for column, whole in wholes if whole not in joined or named.count(whole) > 1]
    of_wholes = (~AmongFew(table.c[column], whole) for column, whole in asked)
    own = [~AmongFew(table.c.id, ONLY_PROPOSED)] if name == "document" else []
    return sa.and_(sa.true(), *own, *of_wholes)


def about_what_waits() -> Condition:
    """Whether an entry of the history is about a record that waits or was rejected, by what the record says at last.

    So its own words from before it was accepted are part of its history from then on. A document that holds no longer
    has no reports by which it could be told, and is left to the desk.
    """
    document = DOCUMENT
    there = sa.exists().where(
        document.c.public_id == history.c.public_id, document.c.recorded_to.is_(None), settled(document)
    )
    merged = sa.or_(*(_newest_state(_said(end).as_string()) != ACCEPTED for end in ("gone", "kept")))
    parts = (
        sa.and_(_is_a(*nouns), AmongFew(_said(column).as_integer(), whole))
        for (column, whole), nouns in _belonging().items()
    )
    return sa.or_(
        sa.and_(_is_a(*STATED), AmongFew(history.c.public_id, RECORD)),
        sa.and_(_is_a("document"), sa.not_(there.correlate_except(document))),
        sa.and_(_is_a("merge"), merged),
        *parts,
    )


DOCUMENT = TABLES["document"].alias()


def _belonging() -> dict[tuple[str, str], list[str]]:
    found = defaultdict(list)
    for noun, wholes in WHOLES.items():
        for whole in wholes if noun not in STATED and noun != "document" else ():
            found[whole].append(noun)
    return found


def _is_a(*nouns: str) -> Condition:
    return history.c.noun.in_([sa.literal_column(f"'{noun}'", sa.String()) for noun in sorted(nouns)])


def _newest_state(record: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """What the newest entry about a record says of who stands behind it; of what does not say so, nobody need to."""
    newest, last = NEWEST, LAST
    of_it = sa.select(sa.func.max(last.c.id)).where(last.c.public_id == record).correlate_except(last)
    found = sa.select(_said("state", newest).as_string()).where(newest.c.id == of_it.scalar_subquery())
    return sa.func.coalesce(found.correlate_except(newest).scalar_subquery(), ACCEPTED)


NEWEST, LAST = history.alias("newest_state"), history.alias("last_entry")


def _said(field: str, entries: sa.FromClause = history) -> _Said:
    return _Said(entries.c.after[field], entries.c.before[field])


@dataclass(frozen=True, slots=True)
class _Said:
    """What the later side of an entry says in a field; the earlier one, of what was let go."""

    after: Any
    before: Any

    def as_string(self) -> sa.ColumnElement[str]:
        """As text."""
        return sa.func.coalesce(self.after.as_string(), self.before.as_string())

    def as_integer(self) -> sa.ColumnElement[int]:
        """As a key."""
        return sa.func.coalesce(self.after.as_integer(), self.before.as_integer())


class AmongFew(sa.ColumnElement[bool]):
    """Whether a row waits: of a table, by its key; a document, by what was read in it; a record, by its public id.

    What waits is little beside all that was accepted, so it is gathered once for a question, from an index of its own,
    and no row that was accepted costs more than a look into that. Where a question is asked from a moment, rows are
    states of then, which no index has; so each is looked up.
    """

    _traverse_internals = [  # noqa: RUF012 - as SQLAlchemy reads it
        ("subject", InternalTraversal.dp_clauseelement),
        ("of", InternalTraversal.dp_string),
    ]
    type = sa.Boolean()

    def __init__(self, subject: sa.ColumnElement[Any], of: str) -> None:
        self.subject, self.of = subject, of

    def get_children(self, **_: Any) -> Iterable[ClauseElement]:
        """Also what is looked up, so that whoever looks from a moment lays the states of then under it."""
        return (self.subject, *(TABLES[name] for name in _asked(self.of)))


ONLY_PROPOSED, RECORD = "only proposed", "record"


@compiles(AmongFew)
def _as_sql(element: AmongFew, compiler: SQLCompiler, **kw: Any) -> str:
    subject, of = element.subject, element.of
    from_a_moment = not {cte.name for cte in compiler.ctes or ()}.isdisjoint(TABLES)
    among = "" if from_a_moment else f"(({compiler.process(subject, **kw)} IN ({_few(of)})) IS TRUE)"
    if among and (of in STATED or of == RECORD):
        return among
    exactly = f"({compiler.process(_looked_up(subject, of), **kw)})"
    return within(among, exactly) if among else exactly


@cache
def _asked(of: str) -> frozenset[str]:
    if of in STATED or of == RECORD:
        return frozenset({of} - {RECORD})
    own = {"report"} if of in ("document", ONLY_PROPOSED) else set()
    return frozenset(own | {of} - {ONLY_PROPOSED}).union(*(_asked(whole) for _, whole in WHOLES.get(of, ())))


@cache
def _few(of: str) -> str:
    """A question for the keys of all that waits, and perhaps of some documents of which something was accepted, too."""
    if of == RECORD:
        return " UNION ALL ".join(f"SELECT public_id FROM {name} WHERE {NOT_SETTLED}" for name in sorted(STATED))
    if of == ONLY_PROPOSED:
        return f"SELECT document_id FROM report WHERE {NOT_SETTLED}"
    if of in STATED:
        return f"SELECT id FROM {of} WHERE {NOT_SETTLED}"
    # A join that is crossed is made in the order in which it stands: from the few.
    of_wholes = [
        f"SELECT {of}.id FROM ({_few(whole)}) AS of_{whole} CROSS JOIN {of} WHERE {of}.{column} = of_{whole}.id"
        for column, whole in WHOLES.get(of, ())
    ]
    return " UNION ALL ".join([_few(ONLY_PROPOSED)] * (of == "document") + of_wholes)


def _looked_up(subject: sa.ColumnElement[Any], of: str) -> Condition:
    if of == RECORD:
        return _newest_state(subject) != ACCEPTED
    if of == ONLY_PROPOSED:
        return sa.and_(_reported(subject), ~_reported(subject, READ.c.state == ACCEPTED))
    one, waits = _waiting(of)
    return sa.exists().where(one.c.id == subject, waits).correlate_except(one)


@cache
def _waiting(name: str) -> tuple[sa.FromClause, Condition]:
    one = TABLES[name].alias()
    return one, sa.not_(settled(one))


def _reported(document: sa.ColumnElement[int], *conditions: Condition) -> Condition:
    own = (READ.c.document_id == document, READ.c.recorded_to.is_(None))
    return sa.exists().where(*own, *conditions).correlate_except(READ)


READ = report.alias()
