"""Lists and details at a moment: which claims an answer depends on, and that what is derived about them is computed.

Nothing derived is stored for the past, so it is computed for the claims of a page, or, where the answer is filtered or
sorted by it, for all claims that the rest of the question leaves. For now alone nothing needs computing here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.errors import InvalidInput
from provenance.settings import settings
from provenance.storage.derived import DerivedThen
from provenance.storage.moment import lay_under, moment_of
from provenance.storage.reads.asked import Asked
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import TABLES, Found, standing
from provenance.vocabulary import Presence

Derive = Callable[[Session, Collection[int]], Iterable[DerivedThen]]


def let_derive(session: Session, derive: Derive) -> None:
    """Say how a session computes what is derived about claims at its moment."""
    session.info["derive"] = derive


def consider(session: Session, claims: Collection[int]) -> None:
    """Compute what is derived about these claims at the moment that the session sees; it sees no other's then."""
    if moment_of(session) and "derive" in session.info:
        lay_under(session, session.info["derive"](session, claims))


def consider_all(session: Session, claims: sa.Select[Any]) -> None:
    """Do so for all claims whose keys a question finds.

    :raises InvalidInput: if they are more than may be computed for one answer.
    """
    moment = moment_of(session)
    if not moment:
        return
    most = settings().claims_at_a_moment
    keys = set(session.execute(claims.distinct().limit(most + 1)).scalars())
    if len(keys) > most:
        parameter = "as_of" if moment.as_of else "known_at"
        raise InvalidInput(
            f"{parameter}: what is derived about a claim is computed for a moment when it is asked for, and this "
            f"question needs it of more than {most:,} claims. Narrow it by event, tally, claim or q; or list by "
            "`recorded`, without verdict, status and flag.",
            field=parameter,
        )
    consider(session, keys)


def turn_at(
    session: Session,
    statement: sa.Select[Any],
    asked: Asked,
    orders: dict[str, Keys],
    *,
    key: str,
    among: sa.Select[Any] | None,
) -> tuple[list[Found], str | None]:
    """As :func:`turn`, with what is derived about the claims of the answer at the moment that the session sees.

    ``key`` is the column that names a row's claim. ``among`` finds the claims that the answer may be about, where it is
    filtered or sorted by what is derived about them; without it only those of the page matter.
    """
    if not moment_of(session):
        return turn(session, statement, asked, orders)
    if among is None:
        page, _ = turn(session, statement, asked, orders)
        consider(session, {row[key] for row in page})
    else:
        consider_all(session, among)
    return turn(session, statement, asked, orders)


def number_at(session: Session, statement: sa.Select[Any], among: sa.Select[Any] | None) -> int:
    """How many rows a list has on all its pages, with the arguments that :func:`turn_at` takes.

    :raises InvalidInput: if that needs what is derived about more claims than may be computed for one answer.
    """
    if among is not None:
        consider_all(session, among)
    return int(session.scalar(statement.with_only_columns(sa.func.count(), maintain_column_froms=True)) or 0)


def certain(session: Session) -> sa.ColumnElement[int]:
    """How many of a claim's documents were certainly published by then; all, where nobody asks as of a moment."""
    column: sa.ColumnElement[int] = standing.c.documents
    if moment_of(session):
        column = sa.literal_column("standing.certain", sa.Integer)
    return sa.func.coalesce(column, 0)


def presences_of(session: Session, found: Iterable[Found]) -> list[Presence]:
    """Whether the document of each row was certainly or possibly published by the moment that the session sees."""
    moment = moment_of(session)
    dates = ((row["published_earliest"], row["published_latest"]) for row in found)
    return [moment.presence(*date) or Presence.POSSIBLE for date in dates]


def newest_entry(session: Session) -> int:
    """The key of the newest entry of the history; 0 if there is none. Nothing is written without one."""
    history = TABLES["history"]
    newest: int = session.execute(sa.select(sa.func.coalesce(sa.func.max(history.c.id), 0))).scalar_one()
    return newest
