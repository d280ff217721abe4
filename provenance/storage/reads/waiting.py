"""What waits for an editor, or was rejected, is for the desk: nobody stands behind it, and others are not shown it.

Reports, claims, sources, events and reviews say it themselves. A document waits while reports of it are held and none
is accepted; one in which nothing was read yet is as public as whoever added it made it. Parts wait with their wholes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from provenance.storage import tables as _all_tables  # noqa: F401 - makes every table known
from provenance.storage.reads.belonging import WHOLES, Condition, name_of
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
    of_wholes = (~_waits_at(table.c[column], whole) for column, whole in asked)
    return sa.and_(sa.true(), *([_is_not_only_proposed(table)] if name == "document" else []), *of_wholes)


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
        sa.and_(_is_a(*nouns), _waits_at(_said(column).as_integer(), whole))
        for (column, whole), nouns in _belonging().items()
    )
    return sa.or_(
        sa.and_(_is_a(*STATED), _newest_state(history.c.public_id) != ACCEPTED),
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


def _waits_at(key: sa.ColumnElement[int], whole: str) -> Condition:
    one, waits = _waiting(whole)
    return sa.exists().where(one.c.id == key, waits).correlate_except(one)


@cache
def _waiting(name: str) -> tuple[sa.FromClause, Condition]:
    one = TABLES[name].alias()
    return one, sa.not_(settled(one))


def _is_not_only_proposed(document: sa.FromClause) -> Condition:
    def reported(*conditions: Condition) -> Condition:
        one = READ
        own = (one.c.document_id == document.c.id, one.c.recorded_to.is_(None))
        return sa.exists().where(*own, *conditions).correlate_except(one)

    return sa.or_(~reported(), reported(READ.c.state == ACCEPTED))


READ = report.alias()
