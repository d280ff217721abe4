"""What undoing a change would do, and what stands in its way: read from the history and from who refers to whom.

A change may be undone while every field that it wrote still says what it wrote, nothing that it brought is referred to
by others, and whatever would hold again refers to nothing that is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.storage.history import History, change_id
from provenance.storage.reads.depending import Gone, Referrer, no_longer, portions, referrers, with_places
from provenance.storage.reads.seals import TOMBSTONE
from provenance.storage.reads.stored import same
from provenance.storage.references import REFERENCES, TABLES

Said = Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a change, to be taken back: what was said of a record before it, and after."""

    noun: str
    public_id: str
    action: str
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a change cannot be undone now: at which record, at which field where it is one, and what to do first."""

    noun: str
    public_id: str
    field: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken back, last things first, and what stands in the way of that."""

    steps: Sequence[Step]
    obstacles: Sequence[Obstacle]


@dataclass(slots=True)
class _Record:
    """What a change did to one record altogether, and what was written about the record since."""

    noun: str
    public_id: str
    before: Said
    after: Said
    newest: int
    last_at: datetime
    now: Said
    since: list[tuple[datetime, Said, Said]] = field(default_factory=list)

    @property
    def comes(self) -> bool:
        """Whether undoing lets it hold again."""
        return self.after is None and self.before is not None

    @property
    def goes(self) -> bool:
        """Whether undoing lets it hold no longer."""
        return self.after is not None and self.before is None

    @property
    def vain(self) -> bool:
        """Whether it came and went within the change, so that nothing is to be undone."""
        return self.after is None and self.before is None

    def restored(self) -> dict[str, Any]:
        """The fields that undoing brings back, with what they will say."""
        if self.before is None:
            return {}
        return {name: value for name, value in self.before.items() if self.after is None or name in self._changed()}

    def _changed(self) -> set[str]:
        return differing(self.noun, self.before, self.after)


def plans(session: Session, moments: Collection[datetime]) -> dict[datetime, Plan]:
    """The plan for undoing each change, by its stamp; in a number of queries that does not grow with the changes."""
    entries: dict[datetime, list[sa.Row[Any]]] = defaultdict(list)
    for row in _entries(session, col(History.at).in_(moments)):
        entries[row.at].append(row)
    later = _later(session, [row for rows in entries.values() for row in rows])
    records = {at: _records(rows, later) for at, rows in entries.items()}
    every = [record for found in records.values() for record in found.values()]
    referring = referrers(session, _going(every))
    gone = no_longer(session, _referred_again(every))
    placed = with_places(session, _losing_text(every))
    return {
        at: Plan(_steps(rows, records[at]), list(_obstacles(records[at], referring, gone, placed)))
        for at, rows in entries.items()
    }


def differing(noun: str, before: Said, after: Said) -> set[str]:
    """The fields in which two states of a record differ; a field that one of them does not know is not compared."""
    if before is None or after is None:
        return set()
    columns = TABLES[noun].c
    known = [name for name in before.keys() & after.keys() if name in columns]
    return {name for name in known if not same(columns[name].type, before[name], after[name])}


def _entries(session: Session, condition: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    columns = (History.id, History.at, History.action, History.noun, History.public_id, History.before, History.after)
    statement = sa.select(*(col(column) for column in columns)).where(condition).order_by(col(History.id))
    return list(session.execute(statement))


def _later(session: Session, entries: Sequence[sa.Row[Any]]) -> dict[str, list[sa.Row[Any]]]:
    """What was written about the records of these entries, from the first of them on."""
    found: dict[str, list[sa.Row[Any]]] = defaultdict(list)
    first = min((row.id for row in entries), default=0)
    for some in portions({row.public_id for row in entries}):
        for row in _entries(session, sa.and_(col(History.public_id).in_(some), col(History.id) >= first)):
            found[row.public_id].append(row)
    return found


def _records(entries: Sequence[sa.Row[Any]], later: Mapping[str, Sequence[sa.Row[Any]]]) -> dict[str, _Record]:
    records: dict[str, _Record] = {}
    for row in entries:
        if row.public_id in records:
            records[row.public_id].after, records[row.public_id].newest = row.after, row.id
        else:
            records[row.public_id] = _Record(
                row.noun, row.public_id, row.before, row.after, row.id, row.at, now=row.after
            )
    for record in records.values():
        for row in later[record.public_id]:
            if row.id > record.newest:
                record.since.append((row.at, row.before, row.after))
                record.now, record.last_at = row.after, row.at
    return records


def _steps(entries: Sequence[sa.Row[Any]], records: Mapping[str, _Record]) -> list[Step]:
    return [
        Step(row.noun, row.public_id, row.action, row.before, row.after)
        for row in reversed(entries)
        if not records[row.public_id].vain
    ]


def _obstacles(
    records: Mapping[str, _Record],
    referring: Mapping[tuple[str, str], Sequence[Referrer]],
    gone: Mapping[tuple[str, int], Gone],
    placed: Collection[str],
) -> Iterator[Obstacle]:
    for record in records.values():
        if record.vain:
            continue
        if record.noun == TOMBSTONE:
            yield Obstacle(
                record.noun,
                record.public_id,
                None,
                "It took a name out of everything, and the name is held nowhere any more. Write it anew where it is to "
                "stand.",
            )
            continue
        yield from _changed_since(record)
        if record.goes:
            yield from _needed(record, referring.get((record.noun, record.public_id), ()), records)
        yield from _leading_nowhere(record, gone, records)
        if record.public_id in placed:
            yield Obstacle(
                record.noun,
                record.public_id,
                "text",
                f"The document '{record.public_id}' got its text by it, and words were found in their places there, "
                "which the history keeps. Add the right text as a new document instead.",
            )


def _changed_since(record: _Record) -> Iterator[Obstacle]:
    """Each field that no longer says what the change wrote."""
    if (record.now is None) != (record.after is None):
        became = "let go" if record.now is None else "brought back"
        yield _obstacle(record, None, f"was {became} since by {change_id(record.last_at)}", record.last_at)
        return
    wrote = record.after if record.goes else {name: (record.after or {}).get(name) for name in record.restored()}
    if record.comes:
        return
    for name in sorted(differing(record.noun, wrote, record.now)):
        touched = (at for at, before, after in reversed(record.since) if name in differing(record.noun, before, after))
        by = next(touched, record.last_at)
        yield _obstacle(record, name, f"was changed since in `{name}` by {change_id(by)}", by)


def _needed(record: _Record, referrers: Sequence[Referrer], records: Mapping[str, _Record]) -> Iterator[Obstacle]:
    """Whoever would refer to a record that is to go."""
    for referrer in referrers:
        own = records.get(referrer.public_id)
        if own is not None and (own.goes or referrer.column in own.restored()):
            continue
        spoken, other = record.noun.replace("_", " "), referrer.noun.replace("_", " ")
        yield Obstacle(
            record.noun,
            record.public_id,
            None,
            f"The {spoken} '{record.public_id}' is referred to by the {other} '{referrer.public_id}' in its "
            f"`{referrer.column}`. Let that go or refer elsewhere first.",
        )


def _leading_nowhere(
    record: _Record, gone: Mapping[tuple[str, int], Gone], records: Mapping[str, _Record]
) -> Iterator[Obstacle]:
    """Whatever a record that is to hold again would refer to and that holds no longer."""
    for name, key in record.restored().items():
        target = REFERENCES[record.noun].get(name)
        missing = gone.get((target, key)) if target is not None else None
        if missing is None or (missing.public_id in records and records[missing.public_id].comes):
            continue
        spoken, other = record.noun.replace("_", " "), str(target).replace("_", " ")
        yield Obstacle(
            record.noun,
            record.public_id,
            name,
            f"The {spoken} '{record.public_id}' would refer in `{name}` to the {other} '{missing.public_id}', which "
            f"holds no longer. Bring that back first: undo {change_id(missing.at)}.",
        )


def _obstacle(record: _Record, name: str | None, what: str, by: datetime) -> Obstacle:
    spoken = record.noun.replace("_", " ")
    return Obstacle(
        record.noun,
        record.public_id,
        name,
        f"The {spoken} '{record.public_id}' {what}. Undo {change_id(by)} first.",
    )


def _going(records: Sequence[_Record]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.goes:
            found[record.noun].add(record.public_id)
    return found


def _referred_again(records: Sequence[_Record]) -> dict[str, set[int]]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for name, key in record.restored().items():
            if key is not None and name in REFERENCES[record.noun]:
                wanted[REFERENCES[record.noun][name]].add(key)
    return wanted


def _losing_text(records: Sequence[_Record]) -> set[str]:
    return {record.public_id for record in records if record.restored().get("text", "") is None}
