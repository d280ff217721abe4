"""Who may see a record, and when that was last changed for any: what was kept before is not shown after."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.pool import Pool
from sqlmodel import Session

from provenance.access import who_asks
from provenance.answers_visibility import NarrowedBy, VisibilityDetail
from provenance.errors import NotFound
from provenance.storage.reads.belonging import WHOLES, audience, open_to, public
from provenance.storage.reads.merges import leads_to
from provenance.storage.reads.rows import TABLES, asked_for, last_retired, rows
from provenance.storage.record import PREFIXES
from provenance.vocabulary import Visibility

history = TABLES["history"]
# What is about the visibility of others has none of its own to set.
SHOWN = {prefix: noun for noun, prefix in PREFIXES.items() if noun not in ("access_key", "audience", "redaction")}


def table_of(public_id: str) -> sa.Table:
    """The table of the record with this id; raises :class:`NotFound` if no record could have it."""
    noun = SHOWN.get(public_id.partition("_")[0])
    if noun is None:
        raise NotFound(f"There is no record '{public_id[:100]}'. Give the public id of one, such as clm_….")
    return TABLES[noun]


def visibility_detail(session: Session, public_id: str) -> VisibilityDetail:
    """Who may see one record; raises :class:`NotFound` if whoever asks may not, :class:`Moved` if it was merged."""
    table = table_of(public_id)
    retired = None if merged_away(session, table, public_id) else last_retired(session, table, public_id)
    row = retired or asked_for(session, table, public_id)
    return VisibilityDetail(
        id=row["public_id"],
        noun=table.name,
        visibility=row["visibility"],
        people=people_of(session, public_id) if row["visibility"] is Visibility.NAMED else [],
        narrowed_by=_narrowing(session, table, row["id"]),
    )


def merged_away(session: Session, table: sa.Table, public_id: str) -> bool:
    """Whether another record stands for this one."""
    return leads_to(session, table.name, public_id) is not None


def people_of(session: Session, public_id: str) -> list[str]:
    """The people who may see a record that is for named people, in the order of the alphabet."""
    among = sa.select(audience.c.person).where(audience.c.record == public_id, audience.c.recorded_to.is_(None))
    return list(session.scalars(among.order_by(audience.c.person)))


def shown_to_everybody(session: Session, table: sa.Table, key: int) -> bool:
    """Whether everybody may see the row with this key, whether it holds or not."""
    return session.execute(sa.select(table.c.id).where(table.c.id == key, public(table))).first() is not None


def _narrowing(session: Session, table: sa.Table, key: int) -> list[NarrowedBy]:
    """What a row belongs to, directly or not, that not everybody may see."""
    found: dict[str, NarrowedBy] = {}
    for column, name in WHOLES.get(table.name, ()):
        whole = TABLES[name].alias("whole")
        statement = (
            sa.select(whole.c.id, whole.c.public_id, whole.c.visibility)
            .select_from(table.join(whole, whole.c.id == table.c[column]))
            .where(table.c.id == key, open_to(who_asks(), whole))
        )
        for row in rows(session, statement):
            if row["visibility"] is not Visibility.PUBLIC:
                found[row["public_id"]] = NarrowedBy(id=row["public_id"], noun=name, visibility=row["visibility"])
            found |= {one.id: one for one in _narrowing(session, TABLES[name], row["id"])}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Looked:
    """Up to which entry of the history was looked, and the last one that changed who may see something."""

    up_to: int
    epoch: int


def visibility_epoch(session: Session) -> int:
    """A number that is another one as soon as anybody may see less or more than before, whichever process wrote it.

    Whatever is kept in memory is kept under it. Each look reads only the entries that were written since the last.
    """
    bind = session.get_bind()
    pool = (bind.engine if isinstance(bind, sa.Connection) else bind).pool
    newest: int = session.execute(sa.select(sa.func.coalesce(sa.func.max(history.c.id), 0))).scalar_one()
    with _lock:
        known = _looked.get(pool)
    if known is None:
        known = _Looked(newest, newest)
    elif newest > known.up_to:
        since = sa.select(sa.func.max(history.c.id)).where(history.c.id > known.up_to, history.c.id <= newest, _CHANGES)
        known = _Looked(newest, session.execute(since).scalar() or known.epoch)
    elif newest < known.epoch:
        # This session sees an older state than was looked at; what it finds is of no use to anybody else.
        return -newest
    with _lock:
        held = _looked.get(pool)
        if held is None or held.up_to < known.up_to:
            _looked[pool] = known
    return known.epoch


_looked: WeakKeyDictionary[Pool, _Looked] = WeakKeyDictionary()
_lock = Lock()
_CHANGES = sa.or_(
    history.c.noun.in_(("audience", "redaction")),
    history.c.before["visibility"].as_string() != history.c.after["visibility"].as_string(),
)
