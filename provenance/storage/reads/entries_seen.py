"""Which entries of the history somebody may see: a record that is narrowed takes along all that was written about it.

So does the one that stands for others which were merged into it: what is known of it is known of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.visitors import InternalTraversal
from sqlmodel import SQLModel

from provenance.access import at_the_machine, who_asks
from provenance.storage import tables as _all_tables  # noqa: F401 - makes every table known
from provenance.storage.reads.belonging import (
    WHOLES,
    Closed,
    Condition,
    Eyes,
    eyes_of,
    in_audience,
    keys_withheld,
    open_for,
    shut,
)
from provenance.storage.reads.merges import MERGEABLE
from provenance.storage.reads.waiting import about_what_waits
from provenance.storage.references import MODELS
from provenance.storage.references import TABLES as RECORDS
from provenance.vocabulary import Visibility

history: sa.Table = SQLModel.metadata.tables["history"]
merge = RECORDS["merge"]

PEOPLE = 100  # people whose question is kept; it says nothing but who they are


class Visible(sa.ColumnElement[bool]):
    """Whether somebody may see an entry: what it said then, its record as it is now, and all that this belongs to.

    A record that is opened shows what was written from then on.
    """

    _traverse_internals = [  # noqa: RUF012 - as SQLAlchemy reads it
        ("levels", InternalTraversal.dp_plain_obj),
        ("person", InternalTraversal.dp_clauseelement),
        ("what_waits", InternalTraversal.dp_boolean),
    ]
    type = sa.Boolean()

    def __init__(self, eyes: Eyes, what_waits: bool) -> None:
        self.levels, self.person = eyes
        self.what_waits = what_waits

    @property
    def eyes(self) -> Eyes:
        """Whose eyes. A copy has a copy of the name, which must be the one that is asked for."""
        return Eyes(self.levels, self.person)

    def get_children(self, **_: Any) -> Iterable[ClauseElement]:
        """All that is asked, so that whoever looks from a moment finds the tables."""
        return (*_asked(self.eyes), _about_what_waits())


def visible() -> Condition:
    """Whether whoever asks may see an entry of the history."""
    # Nobody asks a history for what waits, so a file that is made to be passed on has none, whoever fetches it.
    works_here = at_the_machine() or who_asks().at_the_desk
    shown = Visible(eyes_of(who_asks()), works_here)
    return shown if works_here else sa.and_(shown, sa.not_(ABOUT_THE_WORK))


@compiles(Visible)
def _as_sql(element: Visible, compiler: SQLCompiler, **kw: Any) -> str:
    plain, one_by_one = _asked(element.eyes)
    from_a_moment = not {cte.name for cte in compiler.ctes or ()}.isdisjoint(RECORDS)
    shown = one_by_one if from_a_moment else sa.or_(plain, one_by_one)
    if not element.what_waits:
        shown = sa.and_(shown, sa.not_(_about_what_waits()))
    return f"({compiler.process(shown, **kw)})"


_about_what_waits = cache(about_what_waits)


@lru_cache(PEOPLE)
def _asked(eyes: Eyes) -> tuple[Condition, Condition]:
    """Most entries are about what was public all along; the others are looked at one by one."""
    plain = sa.and_(
        _one_of(history.c.noun, PLAIN),
        sa.literal_column(f"history.public_id NOT IN ({_ever_withheld()})", sa.Boolean()),
    )
    said = (_open(eyes, side["visibility"].as_string(), history.c.public_id) for side in SIDES)
    one_by_one = sa.and_(
        *said,
        _open_now(eyes, history.c.public_id),
        sa.not_(_of_an_audience(eyes)),
        sa.not_(_into_hidden(eyes)),
    )
    return plain, one_by_one


SIDES = (history.c.before, history.c.after)
# Desks and audiences are looked at one by one, since they are for few; so are merges, of which two records are told.
PLAIN = sorted(
    noun
    for noun, model in MODELS.items()
    if noun != "merge" and model.model_fields["visibility"].default is Visibility.PUBLIC
)


@cache
def _ever_withheld() -> str:
    """The ids of all records that not everybody may see, or of which a state was not for everybody.

    So are those that were merged into one of them.
    """
    wholes = {whole for noun in PLAIN for _, whole in WHOLES.get(noun, ())}
    shared = [f"shut_{noun} (id) AS ({_withheld(noun, 'id')})" for noun in PLAIN if noun in wholes]
    every = " UNION ALL ".join(_withheld(noun, "public_id") for noun in PLAIN)
    merged = "SELECT merge.gone FROM shut JOIN merge ON merge.kept = shut.id WHERE merge.recorded_to IS NULL"
    return f"WITH RECURSIVE {', '.join(shared)}, shut (id) AS ({every} UNION {merged}) SELECT id FROM shut"


def _withheld(noun: str, column: str) -> str:
    return shut(noun, column, {whole: f"shut_{whole}" for _, whole in WHOLES.get(noun, ())})


def _into_hidden(eyes: Eyes) -> Condition:
    """Whether an entry is about a record that was merged into one that somebody may not see, or about that merge."""
    standing = (
        sa.select(table.c.public_id.label("id")).where(
            sa.literal_column(f"{noun}.id IN ({keys_withheld(noun)})", sa.Boolean()),
            table.c.version_of.is_(None),
            sa.not_(open_for(eyes, table)),
        )
        for noun, table in ((noun, RECORDS[noun]) for noun in sorted(MERGEABLE))
    )
    hidden = sa.select(sa.union_all(*standing).subquery()).cte("hidden", recursive=True, nesting=True)
    further = sa.select(merge.c.gone).join(hidden, merge.c.kept == hidden.c.id).where(merge.c.recorded_to.is_(None))
    hidden = hidden.union(further)
    among = sa.select(hidden.c.id)
    gone = _Said(history, "gone").as_string()
    kept = _Said(history, "kept").as_string()
    of_merge = sa.and_(history.c.noun == "merge", sa.or_(gone.in_(among), kept.in_(among)))
    return sa.or_(history.c.public_id.in_(among), of_merge)


def _of_an_audience(eyes: Eyes) -> Condition:
    """Whether an entry is about who may see a record that somebody is not among those to see."""
    record = _Said(history, "record").as_string()
    among = sa.false() if eyes.person is None else in_audience(eyes.person, record)
    return sa.and_(history.c.noun == "audience", sa.not_(among))


NEWEST, OTHER = history.alias("newest"), history.alias("other")


def _open_now(eyes: Eyes, subject: sa.ColumnElement[str]) -> Condition:
    """Whether somebody may see a record, whether it holds or not, by the newest entry about it."""
    newest, other = NEWEST, OTHER
    of_it = sa.select(sa.func.max(other.c.id)).where(other.c.public_id == subject)
    last = of_it.correlate_except(other).scalar_subquery()
    visibility = sa.func.coalesce(newest.c.after["visibility"].as_string(), newest.c.before["visibility"].as_string())
    return sa.exists().where(
        newest.c.id == last,
        _open(eyes, visibility, subject),
        *(
            sa.not_(sa.and_(_one_of(newest.c.noun, nouns), Closed(eyes, _Said(newest, column).as_integer(), whole)))
            for (column, whole), nouns in BELONGING.items()
        ),
    )


def _belonging() -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for noun, wholes in WHOLES.items():
        for whole in wholes:
            found[whole].append(noun)
    return found


BELONGING = _belonging()


class _Said:
    """What the later side of entries says in a field; the earlier one, of what was let go."""

    def __init__(self, entries: sa.FromClause, field: str) -> None:
        self.sides = (entries.c.after[field], entries.c.before[field])

    def as_string(self) -> sa.ColumnElement[str]:
        """As text."""
        return sa.func.coalesce(*(side.as_string() for side in self.sides))

    def as_integer(self) -> sa.ColumnElement[int]:
        """As a key."""
        return sa.func.coalesce(*(side.as_integer() for side in self.sides))


def _open(eyes: Eyes, visibility: sa.ColumnElement[str], record: sa.ColumnElement[str]) -> Condition:
    levels = _one_of(sa.func.coalesce(visibility, PUBLIC), [level.value for level in eyes.levels])
    if eyes.person is None:
        return levels
    return sa.or_(levels, sa.and_(visibility == Visibility.NAMED.value, in_audience(eyes.person, record)))


def _one_of(said: sa.ColumnElement[Any], words: Iterable[str]) -> Condition:
    # Words of ours stand in the question itself, which is long, and would be put together anew for a list of values.
    return said.in_([sa.literal_column(f"'{word}'", sa.String()) for word in words])


PUBLIC = Visibility.PUBLIC.value
# Pages as they were retrieved, and who decided what about a proposal: their lists are for the desk, so is their past.
ABOUT_THE_WORK = _one_of(history.c.noun, ("archived_copy", "decision"))
