"""Takes a person's name out of everything that is held, for good: of every state of every record, of the history, of
archived bytes and of letters on their way.

All of it happens in the writer's transaction. Rows and the entries that tell of them are rewritten by the same rules,
so they still agree; the entries' seals do not fit any more, and a tombstone says so (see `reads.seals`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.blanking import BLOCK, Names
from provenance.storage.access import Redaction
from provenance.storage.reads.seals import TOMBSTONE, Entry, content_hash
from provenance.storage.reads.stored import stored
from provenance.storage.record import Record
from provenance.storage.redacting import DERIVED, SPEAKING, TABLES
from provenance.storage.references import MODELS
from provenance.storage.source import SourceName
from provenance.storage.writes.redacting_copies import forget_copies, rewrite_copies
from provenance.storage.writes.redacting_values import Unnamed
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind

AT_ONCE = 500
SAMPLES = 12
AROUND = 40  # characters on either side of a sample

Row = Mapping[str, Any]


class Listener(Protocol):
    """Hears what the records that hold now say, with the names and without them."""

    def hear(self, was: str, now: str) -> None:
        """Hear one text."""


@dataclass
class Taken:
    """What was taken out, and what has to follow: which claims' standings said the name, which records are changed."""

    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: dict[str, None] = field(default_factory=dict)
    claims: set[int] = field(default_factory=set)
    changed: dict[str, set[int]] = field(default_factory=dict)
    sealed: dict[str, str] = field(default_factory=dict)
    copies_removed: int = 0
    tombstone: Redaction | None = None

    @property
    def places(self) -> int:
        """How many texts had the name."""
        return self.texts.total()

    def note(self, table: str, was: Row, changes: Row) -> None:
        """Note what a row says otherwise."""
        for name, now in changes.items():
            self.texts[table, name] += 1
            if table in MODELS and isinstance(now, str) and isinstance(was[name], str) and len(self.samples) < SAMPLES:
                self.samples[_sample(was[name], now)] = None


def redact(writer: Writer, names: Names, key: int, public_id: str, listener: Listener | None = None) -> Taken:
    """Take the names of the source with this key out of everything, and leave a tombstone.

    Standings and the index are not brought up to date here. Whoever calls commits all of it, or nothing.
    """
    session, taken, unnamed = writer.session, Taken(), Unnamed(names)
    session.flush()
    _let_go_of_names(writer, names, key)
    _note_texts(session, unnamed)
    rewritten, taken.copies_removed = rewrite_copies(session, unnamed)
    taken.texts["blob", "body"] += rewritten + taken.copies_removed
    for table in TABLES.values():
        if SPEAKING[table.name] and table.name not in {"blob", "history"}:
            _rewrite(session, table, unnamed, taken, listener)
    forget_copies(session, unnamed)
    _rewrite_history(session, unnamed, taken)
    session.expire_all()
    tombstone = Redaction(noun="source", record=public_id, places=taken.places, sealed=taken.sealed)
    taken.tombstone = writer.add(tombstone)
    return taken


def _let_go_of_names(writer: Writer, names: Names, key: int) -> None:
    """Retire names that would say the same as another one of their source; the person keeps one."""
    held = sa.select(SourceName).where(col(SourceName.recorded_to).is_(None)).order_by(col(SourceName.id))
    kept: set[tuple[int, str]] = set()
    rows = list(writer.session.execute(held).scalars())
    for row in sorted(rows, key=lambda one: one.kind != NameKind.PRIMARY):
        blanked = names.blank(row.name)
        own = row.source_id == key and row.kind != NameKind.PRIMARY
        if blanked.times and (own or (row.source_id, blanked.text) in kept):
            writer.retire(row)
        else:
            kept.add((row.source_id, blanked.text))


def _note_texts(session: Session, unnamed: Unnamed) -> None:
    """Note which documents say the names, and which reports quote them."""
    document, report = TABLES["document"], TABLES["report"]
    for row in _rows(session, document, ("id", "version_of", "text")):
        now = unnamed.value(row["text"])
        if now != row["text"]:
            unnamed.texts[row["version_of"] or row["id"]].append((row["text"], now))
    lasting = sa.func.coalesce(report.c.version_of, report.c.id)
    for some in _portions(sorted(unnamed.texts)):
        found = sa.select(lasting.label("report"), report.c.document_id).where(report.c.document_id.in_(some))
        for quoting in session.execute(found):
            unnamed.reports[quoting.report].add(quoting.document_id)


def _rewrite(session: Session, table: sa.Table, unnamed: Unnamed, taken: Taken, listener: Listener | None) -> None:
    own = _own_key(table)
    for row in _rows(session, table, tuple(table.c.keys())):
        changes = unnamed.changes(table.name, row)
        if listener is not None and table.name in MODELS and row["recorded_to"] is None:
            _let_hear(listener, table.name, row, changes)
        if not changes:
            continue
        taken.note(table.name, row, changes)
        if table.name in DERIVED:
            taken.claims.add(row["claim_id"])
        elif table.name == "fetched_page" and own in changes:
            # What a server said last about an address is of no use without the address.
            session.execute(sa.delete(table).where(table.c[own] == row[own]))
        else:
            session.execute(sa.update(table).where(table.c[own] == row[own]).values(_apart(session, table, changes)))
        if table.name in MODELS:
            taken.changed.setdefault(table.name, set()).add(row["version_of"] or row["id"])


def _apart(session: Session, table: sa.Table, changes: Row) -> Row:
    """The changes, with a block more where another row has the same name already: of what a run took in, of columns."""
    name = {"ingestion_item": "key", "column_mapping": "name", "taken_request": "name"}.get(table.name)
    if name is None or name not in changes:
        return changes
    said = changes[name]
    while session.execute(sa.select(sa.literal(1)).where(table.c[name] == said)).first() is not None:
        said += BLOCK
    return {**changes, name: said}


def _rewrite_history(session: Session, unnamed: Unnamed, taken: Taken) -> None:
    history = TABLES["history"]
    for row in _rows(session, history, tuple(history.c.keys())):
        changes = dict(_said_otherwise(row, unnamed))
        if not changes:
            continue
        taken.note("history", row, changes)
        # Without its salt nobody who knows the hash can try whether a guess of what it said is right.
        session.execute(sa.update(history).where(history.c.id == row["id"]).values(**changes, salt=None))
        now = content_hash(Entry(**{**row, **changes, "salt": None}))
        if now is not None:
            taken.sealed[row["hash"]] = now


def _said_otherwise(row: Row, unnamed: Unnamed) -> Iterator[tuple[str, Any]]:
    if isinstance(row["why"], str) and (why := unnamed.value(row["why"])) != row["why"]:
        yield "why", why
    for side in ("before", "after"):
        if isinstance(row[side], dict) and row["noun"] != TOMBSTONE:
            changes = unnamed.changes(row["noun"], row[side])
            if changes:
                yield side, {**row[side], **changes}


def _rows(session: Session, table: sa.Table, columns: tuple[str, ...]) -> Iterator[Row]:
    """All rows of a table, some at a time, so that they may be written meanwhile."""
    own, after = table.c[_own_key(table)], None
    chosen = [stored(table.c[name]).label(name) for name in columns]
    while True:
        statement = sa.select(*chosen, own.label("own_key")).order_by(own).limit(AT_ONCE)
        found = session.execute(statement if after is None else statement.where(own > after)).mappings().all()
        if not found:
            return
        after = found[-1]["own_key"]
        yield from ({name: row[name] for name in columns} for row in found)


def _own_key(table: sa.Table) -> str:
    (key,) = table.primary_key.columns
    return key.name


def _let_hear(listener: Listener, table: str, row: Row, changes: Row) -> None:
    for name in SPEAKING[table]:
        if isinstance(row[name], str):
            listener.hear(row[name], changes.get(name, row[name]))


def _sample(was: str, now: str) -> str:
    at = next((at for at, (one, other) in enumerate(zip(was, now, strict=False)) if one != other), 0)
    start, end = max(0, at - AROUND), at + AROUND
    shown = " ".join(now[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(now) else ''}"


def changed_records(session: Session, taken: Taken) -> Iterator[Record]:
    """The records that hold now and say something else than before."""
    for table, keys in taken.changed.items():
        model = MODELS[table]
        for some in _portions(sorted(keys)):
            held = sa.select(model).where(col(model.id).in_(some), col(model.recorded_to).is_(None))
            yield from session.execute(held).scalars()


def _portions(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
