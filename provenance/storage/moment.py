"""The record as it was: a session that sees what this database held at one moment, and what was published by another.

Facts are never overwritten, so each table holds all its states. For a session with a moment, every table of facts in a
question is replaced by those of its states that held then; the questions themselves stay the same. Whatever is derived
(standings, flags) is not kept for the past: ``analysis/moments.py`` computes it, and until then there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql.selectable import AliasedReturnsRows
from sqlalchemy.sql.visitors import iterate
from sqlmodel import Session, SQLModel

from provenance.errors import InvalidInput
from provenance.moment import NOW, Moment
from provenance.storage.access import Audience
from provenance.storage.claim import Claim
from provenance.storage.derived import DerivedThen, laid_under
from provenance.storage.history import History
from provenance.storage.merge import Merge
from provenance.storage.record import NOT_PUBLIC, clock
from provenance.storage.report import Report
from provenance.storage.session import of_one_moment
from provenance.storage.source import Source
from provenance.storage.tables import FACTS
from provenance.vocabulary import Mergeable, RulingKind, Visibility

WRITING = "SELECT {}(hashtext('provenance.writing'))"


@contextmanager
def reading_at(engine: sa.Engine, moment: Moment, *, steady: bool = False) -> Iterator[Session]:
    """A session that changes nothing and sees the record as it was at a moment.

    ``steady``: all its questions see the same, whatever is written meanwhile.

    :raises InvalidInput: if ``known_at`` has not come yet, for what we shall hold then is not known.
    """
    if moment.known_at is not None:
        _await_writers(engine, moment.known_at)
    with Session(of_one_moment(engine) if steady else engine) as session:
        if moment:
            look_from(session, moment)
        yield session


def look_from(session: Session, moment: Moment) -> None:
    """Let a session see the record as it was at a moment, from its next question on."""
    state = _states(session, moment)

    def replaced(asked: ORMExecuteState) -> None:
        if asked.is_select:
            # Each has a cost, so a question is given those alone that it names.
            named = tables_in(asked.statement)
            # Who may see something is what it is now, whatever moment is asked for.
            laid = [state(table) for table in FACTS if table.__tablename__ in named and table is not Audience]
            laid += [derived for derived in session.info["derived"] if derived.name in named]
            asked.statement = asked.statement.add_cte(*laid)  # type: ignore[attr-defined]

    session.info["moment"] = moment
    lay_under(session, ())
    sa.event.listen(session, "do_orm_execute", replaced)


def tables_in(statement: Any) -> set[str]:
    """The names of all tables that a question names, wherever in it.

    >>> inner = sa.select(_table(Report).c.claim_id).alias("stated")
    >>> sorted(tables_in(sa.select(sa.func.count()).select_from(inner).where(sa.exists().where(History.id == 1))))
    ['history', 'report']
    """
    return {name for part in iterate(statement) for name in _names(part)}


def _names(part: Any) -> Iterator[str]:
    match part:
        case sa.TableClause():
            yield part.name
        case sa.ColumnClause(table=sa.FromClause() as table):
            while isinstance(table, AliasedReturnsRows):
                table = table.element  # type: ignore[assignment]
            if isinstance(table, sa.TableClause):
                yield table.name


def lay_under(session: Session, derived: Iterable[DerivedThen]) -> None:
    """Let a session at a moment see this as all that is derived then."""
    session.info["derived"] = laid_under(derived, session.get_bind().dialect.name)


def moment_of(session: Session) -> Moment:
    """The moment that a session sees."""
    moment: Moment = session.info.get("moment", NOW)
    return moment


def _await_writers(engine: sa.Engine, known_at: datetime) -> None:
    """Wait for whoever is writing, where what they write may count as held by then.

    Writers stamp what they write when they begin, one after another, each later than the one before. What is stamped
    up to the newest entry is therefore all there; beyond it, somebody may be about to commit.
    """
    with engine.connect() as connection:
        newest = connection.execute(sa.select(sa.func.max(_table(History).c.at))).scalar()
        settled = newest is not None and known_at <= newest
        # What has a stamp is over, whatever a clock says that was set back since.
        if not settled and known_at > clock(connection):
            raise InvalidInput(
                f"known_at: {known_at.isoformat()} is not over yet, and what this database will hold then is not "
                "known. Give a moment that has passed, or leave it out for what is held now.",
                field="known_at",
            )
    if settled:
        return
    with engine.execution_options(writes=True).connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text(WRITING.format("pg_advisory_xact_lock_shared")))
        else:
            connection.exec_driver_sql("SELECT 1")  # the transaction begins, which waits for its turn to write
        connection.rollback()


def _states(session: Session, moment: Moment) -> Callable[[type[SQLModel]], sa.CTE]:
    """The states of each table at a moment, put together when it is first named: most questions name few."""
    moved = _moved_since(session, moment.known_at) if moment.known_at is not None else {}
    schema = "main" if session.get_bind().dialect.name == "sqlite" else None
    passed_on = _merged_away(session) if moment.known_at is not None else {}
    return cache(lambda table: _state(_table(table), schema, moment, moved, passed_on))


def _state(
    table: sa.Table, schema: str | None, moment: Moment, moved: Mapping[int, int], passed_on: Mapping[str, Visibility]
) -> sa.CTE:
    """The states of a table that held at a moment, under the table's own name.

    SQLite would take the name for the answer itself and refuse a circle, so there the stored table goes by its schema.
    """
    stored = sa.table(table.name, *(sa.column(column.name, column.type) for column in table.c), schema=schema)
    columns: list[sa.ColumnElement[Any]] = [stored.c[column.name] for column in table.c]
    conditions: list[sa.ColumnElement[bool]] = [stored.c.recorded_to.is_(None)]
    if table.name in NAMED_EVER_AFTER:
        columns, conditions = _last_states(stored, table, moment.known_at)
    elif moment.known_at is not None:
        columns = [_as_it_was(stored, column, moved) for column in table.c]
        conditions = [stored.c.recorded_from <= moment.known_at, _held_on(stored, moment.known_at)]
    if moment.as_of is not None:
        conditions += _published_by(stored, moment.as_of)
    if passed_on and table.name in MERGEABLE:
        place = list(table.c).index(table.c.visibility)
        columns[place] = _as_the_one_that_stands(stored, columns[place], passed_on)
    # Named more than once in a question, it would be computed as a whole.
    return sa.select(*columns).where(*conditions).cte(table.name).prefix_with("NOT MATERIALIZED")


MERGEABLE = frozenset(noun.value for noun in Mergeable)
# What is retired here stays in the chains that name it, and whoever draws them asks for its last state.
NAMED_EVER_AFTER = frozenset({"source"})


def _last_states(
    stored: sa.TableClause, table: sa.Table, known_at: datetime | None
) -> tuple[list[sa.ColumnElement[Any]], list[sa.ColumnElement[bool]]]:
    """The last state of each row up to a moment; ``recorded_to`` tells of those that held no longer then."""
    if known_at is None:
        return [stored.c[column.name] for column in table.c], [stored.c.version_of.is_(None)]
    later = stored.alias("later")
    followed = sa.exists().where(
        _lasting(later) == _lasting(stored),
        later.c.recorded_from > stored.c.recorded_from,
        later.c.recorded_from <= known_at,
    )
    columns = [_as_it_was(stored, column, {}) for column in table.c]
    ended = sa.case((_held_on(stored, known_at), sa.null()), else_=stored.c.recorded_to)
    columns[list(table.c).index(table.c.recorded_to)] = ended.label("recorded_to")
    # What was changed again in the same transaction never held.
    lasted = sa.or_(stored.c.version_of.is_(None), stored.c.recorded_to > stored.c.recorded_from)
    return columns, [stored.c.recorded_from <= known_at, lasted, ~followed]


def _lasting(stored: sa.FromClause) -> sa.ColumnElement[int]:
    # As the index has it; PostgreSQL sees through the cast.
    return sa.cast(sa.func.coalesce(stored.c.version_of, stored.c.id), sa.Integer)


def _held_on(stored: sa.TableClause, known_at: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(stored.c.recorded_to.is_(None), stored.c.recorded_to > known_at)


def _as_it_was(stored: sa.TableClause, column: sa.Column[Any], moved: Mapping[int, int]) -> sa.ColumnElement[Any]:
    own: sa.ColumnElement[Any] = stored.c[column.name]
    match column.name:
        case "id":
            return _lasting(stored).label("id")
        case "visibility":
            return _narrower(stored, own)
        case "version_of" | "recorded_to":
            # Whatever held then is, to whoever asks from then, what holds.
            return sa.null().cast(column.type).label(column.name)
        case "claim_id" if moved and "report_id" in stored.c and stored.name in FOLLOWING:
            # The column follows the report, also in states that are past.
            return sa.case(moved, value=stored.c.report_id, else_=own).label("claim_id")
        case _ if column.foreign_keys and stored.schema is not None:
            compared = sa.type_coerce(own, sa.String()).collate(PLAIN)
            return sa.type_coerce(compared, column.type).label(column.name)
        case _:
            return own


def _narrower(stored: sa.TableClause, own: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """Who may see a state: who could see it when it held, as far as they may see the record now.

    Narrowing a record hides all that it ever said; opening it shows what it says from then on.
    """
    now = stored.alias("now")
    also = sa.case((now.c.visibility == Visibility.PUBLIC, own), else_=now.c.visibility)
    of_now = sa.select(also).where(now.c.id == stored.c.version_of).scalar_subquery()
    earlier = sa.and_(stored.c.version_of.is_not(None), own != Visibility.NAMED)
    return sa.case((earlier, of_now), else_=own).label("visibility")


def _as_the_one_that_stands(
    stored: sa.TableClause, own: sa.ColumnElement[Any], passed_on: Mapping[str, Visibility]
) -> sa.ColumnElement[Any]:
    """Who may see a record that was merged away since: nobody who may not see the one that stands for it.

    Whoever is named there is not named here, so what is for named people is shown to nobody as it was before.
    """
    narrowed = sa.case({gone: visibility.value for gone, visibility in passed_on.items()}, value=stored.c.public_id)
    return sa.case((own == Visibility.PUBLIC, sa.func.coalesce(narrowed, own)), else_=own).label("visibility")


def _merged_away(session: Session) -> dict[str, Visibility]:
    """The ids that lead to a record which not everybody may see now, with who may; there are few, if any."""
    merge = _table(Merge)
    standing = [
        sa.select(table.c.public_id.label("id"), table.c.visibility.label("visibility")).where(
            sa.text(f"{table.name}.{NOT_PUBLIC}"), table.c.version_of.is_(None)
        )
        for table in (_table(Claim), _table(Source))
    ]
    narrowed = sa.select(sa.union_all(*standing).subquery()).cte("narrowed", recursive=True)
    further = sa.select(merge.c.gone, narrowed.c.visibility).where(
        merge.c.kept == narrowed.c.id, merge.c.recorded_to.is_(None)
    )
    found = narrowed.union(further)
    gone = sa.select(found.c.id, found.c.visibility).where(found.c.id.in_(sa.select(merge.c.gone)))
    return {row.id: Visibility(row.visibility) for row in session.execute(gone)}


# SQLite 3.40 loses rows where it may put a constant in the place of a key that refers to a table with few rows: it
# sieves that table first, and looks for the key in an index that it has not opened yet. It puts no constant in the
# place of a column that says how it is compared, and uses its index all the same.
PLAIN = "BINARY"


# The tables whose ``claim_id`` only repeats that of their report.
FOLLOWING = frozenset(str(table.__tablename__) for table in FACTS if "claim_id" in table.follows)


def _moved_since(session: Session, known_at: datetime) -> dict[int, int]:
    """The reports that were of another claim then than now, with that claim."""
    then, now = _table(Report).alias("then"), _table(Report).alias("now")
    statement = sa.select(then.c.version_of, then.c.claim_id).where(
        then.c.version_of == now.c.id,
        then.c.claim_id != now.c.claim_id,
        then.c.recorded_from <= known_at,
        then.c.recorded_to > known_at,
    )
    return {row.version_of: row.claim_id for row in session.execute(statement)}


def _published_by(stored: sa.TableClause, as_of: datetime) -> list[sa.ColumnElement[bool]]:
    """What a row must be so that what it tells may have been public by then."""
    match stored.name:
        case "document":
            return [sa.or_(stored.c.published_earliest.is_(None), stored.c.published_earliest <= as_of)]
        case "correction":
            return [sa.or_(stored.c.effective_earliest.is_(None), stored.c.effective_earliest <= as_of)]
        case "review":
            return [stored.c.reviewed_at <= as_of]
        case "verification":
            return [stored.c.at <= as_of]
        case "ruling":
            # A cut rests on a page that was there to be read, whenever that was seen; a range on all that was published
            # up to its signature.
            return [sa.or_(stored.c.kind != RulingKind.RANGE, stored.c.signed_at <= as_of)]
        case _:
            return []


def _table(model: type[SQLModel]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[attr-defined]
    return table
