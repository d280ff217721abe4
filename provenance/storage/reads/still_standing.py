"""Where the name of a person who was narrowed still stands for everybody to read: in what others wrote.

Narrowing a witness hides what belongs to them. A claim, a title or a quote that says the name is somebody else's, and
stays; whoever narrows is told of it, since only they can tell what is to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import EVERYBODY, acting
from provenance.answers_visibility import StillStands
from provenance.blanking import Names
from provenance.storage.reads.grounds import told_to_all
from provenance.storage.reads.redactions import person
from provenance.storage.reads.rows import TABLES, seen, source
from provenance.storage.record import PREFIXES
from provenance.storage.redacting import PEOPLE, SPEAKING
from provenance.storage.tables import FACTS
from provenance.vocabulary import Visibility

MOST = 50
SECONDS = 2.0
AT_ONCE = 500


def still_stands(session: Session, public_id: str, visibility: Visibility, *, seconds: float = SECONDS) -> StillStands:
    """Where the names of a person stand in public, who may be seen as ``visibility`` says; nowhere for other records.

    Looks for at most this long, and says whether that was enough.
    """
    if visibility is Visibility.PUBLIC or not public_id.startswith(f"{PREFIXES[source.name]}_"):
        return StillStands()
    found = person(session, public_id)
    names = Names(found.names)
    if found.kind not in PEOPLE or not names:
        return StillStands()
    told, until = StillStands(), monotonic() + seconds
    with acting(EVERYBODY):
        for noun, record, field, value in _said(session):
            if monotonic() > until:
                return told.model_copy(update={"all_looked_at": False})
            if names.times(value):
                told = told.with_another(noun, record, field, most=MOST)
    return told


def _said(session: Session) -> Iterator[tuple[str, str, str, Any]]:
    """What the records say that everybody may see, field by field, the long texts of documents last."""
    for noun in NOUNS:
        fields = [name for name in SPEAKING[noun] if name != "text" or noun != "document"]
        yield from _of_table(session, TABLES[noun], fields)
    yield from _of_table(session, TABLES["document"], ["text"])


NOUNS = [name for model in FACTS if (name := str(model.__tablename__)) in PREFIXES and SPEAKING[name]]


def _of_table(session: Session, table: sa.Table, fields: list[str]) -> Iterator[tuple[str, str, str, Any]]:
    after = 0
    while fields:
        chosen = (table.c.id, table.c.public_id, *(table.c[name] for name in fields))
        some = sa.select(*chosen).where(seen(table), table.c.id > after).order_by(table.c.id).limit(AT_ONCE)
        rows = session.execute(some).mappings().all()
        if not rows:
            return
        after = rows[-1]["id"]
        for row in rows:
            for name in fields:
                value = told_to_all(row[name]) if (table.name, name) == ("report", "grounds") else row[name]
                if value is not None:
                    yield table.name, row["public_id"], name, value
