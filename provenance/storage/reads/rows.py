"""The tables by their names, and what makes a row visible: it holds now, and whoever asks may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from provenance.access import EVERYBODY, Caller, at_the_machine, sees_what_waits, who_asks
from provenance.errors import InvalidInput, Moved, NotFound
from provenance.storage import tables as _all_tables  # noqa: F401 - makes every table known
from provenance.storage.reads.belonging import open_to
from provenance.storage.reads.merges import leads_to, moved
from provenance.storage.reads.waiting import settled
from provenance.storage.record import PREFIXES, Instant

TABLES = dict(SQLModel.metadata.tables)

event = TABLES["event"]
coverage = TABLES["coverage"]
interest = TABLES["interest"]
source = TABLES["source"]
source_name = TABLES["source_name"]
tie = TABLES["tie"]
document = TABLES["document"]
document_relation = TABLES["document_relation"]
tally = TABLES["tally"]
claim = TABLES["claim"]
report = TABLES["report"]
attribution = TABLES["attribution"]
figure = TABLES["figure"]
evidence = TABLES["evidence"]
verification = TABLES["verification"]
correction = TABLES["correction"]
ruling = TABLES["ruling"]
review = TABLES["review"]
review_evidence = TABLES["review_evidence"]
decision = TABLES["decision"]
desk_item = TABLES["desk_item"]
desk_note = TABLES["desk_note"]
contact = TABLES["contact"]
watch = TABLES["watch"]
own_correction = TABLES["own_correction"]
audience = TABLES["audience"]
standing = TABLES["standing"]
flag = TABLES["flag"]
flagged_figure = TABLES["flagged_figure"]

# The publisher of a document, where the same query also looks at other sources.
publisher = source.alias("publisher")

T = TypeVar("T")
Condition = sa.ColumnElement[bool]
Found = Mapping[str, Any]

# Names, ties and interests are listed with their source, hops with their report, notes and contacts with their claim.
ADDRESSES = {
    "tally": "tallies",
    "evidence": "evidence",
    "source_name": "sources/{id}",
    "tie": "sources/{id}",
    "interest": "sources/{id}",
    "attribution": "reports/{id}",
    "desk_item": "desk",
    "desk_note": "claims/{id}/desk",
    "contact": "claims/{id}/desk",
    "watch": "watches",
    "own_correction": "own-corrections",
}


def held(*of: sa.FromClause) -> Condition:
    """Whether the rows hold now and are public: what everybody is shown, and all that anything is derived from.

    A row is public only if all that it belongs to is. Tables that are given together are joined by what belongs to
    what.
    """
    return _shown_to(EVERYBODY, of)


def seen(*of: sa.FromClause) -> Condition:
    """Whether the rows hold now and whoever asks may see them: for somebody without a key, what is public and does not
    wait for an editor.

    Nothing that is derived, and no statement that is kept for others, may be made of it: it differs between readers.
    """
    return sa.and_(_shown_to(who_asks(), of), nothing_waits_in(*of))


def nothing_waits_in(*of: sa.FromClause) -> Condition:
    """Whether the rows are accepted, with all that they are a part of; at the desk it does not matter."""
    if sees_what_waits():
        return sa.true()
    joined = {str(table.name) for table in of if isinstance(table, sa.Table)}
    return sa.and_(*(settled(table, joined if isinstance(table, sa.Table) else ()) for table in of))


def within_reach(table: sa.FromClause) -> Condition:
    """Whether whoever writes may come upon the rows, which hold now: all of them, where nobody was let in."""
    return table.c.recorded_to.is_(None) if at_the_machine() else seen(table)


def _shown_to(caller: Caller, of: Sequence[sa.FromClause]) -> Condition:
    joined = {str(table.name) for table in of if isinstance(table, sa.Table)}
    return sa.and_(
        *(
            sa.and_(
                table.c.recorded_to.is_(None),
                open_to(caller, table, joined if isinstance(table, sa.Table) else ()),
            )
            for table in of
        )
    )


def asked_for(session: Session, table: sa.Table, public_id: str) -> Found:
    """The row that somebody asks for by its id.

    :raises NotFound: if there is none that they may see.
    :raises Moved: if it was merged into another.
    """
    row = _by_public_id(session, table, public_id)
    if row is None:
        raise not_there(session, table, public_id)
    return row


def last_retired(session: Session, table: sa.Table, public_id: str) -> Found | None:
    """The row under this id that held last and holds no longer, if whoever asks may see it."""
    if not public_id.isascii() or not public_id.isprintable():
        return None
    of_it = sa.select(table).where(table.c.public_id == public_id, table.c.version_of.is_(None))
    last = session.execute(of_it.order_by(table.c.recorded_to.is_(None).desc(), table.c.id.desc()).limit(1))
    row = last.mappings().first()
    if row is None or row["recorded_to"] is None:
        return None
    shown = at_the_machine() or session.scalar(
        sa.select(table.c.id).where(table.c.id == row["id"], open_to(who_asks(), table))
    )
    return dict(row) if shown else None


def the_one(found: Sequence[T], table: sa.Table, public_id: str) -> T:
    """What was found of a row that is asked for; raises :class:`NotFound` if what it belongs to may not be seen."""
    if not found:
        raise _not_there(table, public_id)
    return found[0]


def referred(session: Session, table: sa.Table, public_id: str, parameter: str) -> Found:
    """The row that a filter names, or the one that it was merged into.

    :raises InvalidInput: naming the filter, if there is none.
    """
    row = _by_public_id(session, table, public_id) or _merged_into(session, table, public_id)
    if row is None:
        raise InvalidInput(
            f"{parameter}: there is no {spoken(table)} '{public_id}'. List what there is with GET {address(table)}.",
            field=parameter,
        )
    return row


def lock(session: Session, public_id: str) -> None:
    """Let nobody else change a record until the transaction ends; SQLite has one writer at a time anyhow."""
    table = next((TABLES[name] for name, prefix in PREFIXES.items() if public_id.startswith(f"{prefix}_")), None)
    if table is not None and public_id.isprintable():
        session.execute(
            sa.select(table.c.id).where(table.c.public_id == public_id, table.c.recorded_to.is_(None)).with_for_update()
        )


def spoken(table: sa.Table) -> str:
    """What people call a row of the table."""
    return table.name.replace("_", " ")


def address(table: sa.Table) -> str:
    """Where the API lists the rows of the table."""
    return f"/v1/{ADDRESSES.get(table.name, table.name + 's')}"


def rows(session: Session, statement: sa.Select[Any]) -> list[Found]:
    """All rows of an answer, by column name."""
    return [dict(row) for row in session.execute(statement).mappings()]


def grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    """What belongs to each key, in the order given."""
    found: dict[int, list[T]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return found


def instant(value: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A computed value that is read as an instant."""
    return sa.type_coerce(value, Instant)


def not_there(session: Session, table: sa.Table, public_id: str) -> NotFound | Moved:
    """What to tell whoever asks for a row that is not there: that it was merged into another, or that there is none."""
    if _merged_into(session, table, public_id) is not None:
        elsewhere = moved(session, table.name, public_id)
        if elsewhere is not None:
            return elsewhere
    return _not_there(table, public_id)


def _merged_into(session: Session, table: sa.Table, public_id: str) -> Found | None:
    # PostgreSQL refuses to be asked for some ids that cannot exist (a NUL character).
    kept = leads_to(session, table.name, public_id) if public_id.isascii() and public_id.isprintable() else None
    return None if kept is None else _by_public_id(session, table, kept)


def _not_there(table: sa.Table, public_id: str) -> NotFound:
    return NotFound(f"There is no {spoken(table)} '{public_id}'. List what there is with GET {address(table)}.")


def _by_public_id(session: Session, table: sa.Table, public_id: str) -> Found | None:
    # An id of another shape cannot exist, and PostgreSQL refuses to be asked for some of them (a NUL character).
    prefix, _, rest = public_id.partition("_")
    if prefix != PREFIXES[table.name] or not rest.isascii() or not rest.isalnum():
        return None
    found = session.execute(sa.select(table).where(table.c.public_id == public_id, seen(table))).mappings().first()
    return None if found is None else dict(found)
