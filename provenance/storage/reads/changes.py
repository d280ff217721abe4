"""The history as people read it: of one record with its parts, of everything, and of one change.

What is sealed holds the integer keys by which rows refer to each other; readers are shown ids and names in their place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import at_the_machine, reads_whole_texts, who_asks
from provenance.answers import Page
from provenance.answers_history import ChangeDetail, FieldChange, HistoryItem
from provenance.errors import InvalidInput, NotFound
from provenance.storage.history import change_id, change_moment
from provenance.storage.reads.asked import earliest, latest
from provenance.storage.reads.asked_history import ChangeAsked, HistoryAsked, WholeHistoryAsked
from provenance.storage.reads.belonging import open_to
from provenance.storage.reads.chains import BY_NAME
from provenance.storage.reads.entries_seen import history, visible
from provenance.storage.reads.grounds import told_to_all
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import TABLES, Condition, Found, address, spoken
from provenance.storage.reads.undoing import plans
from provenance.storage.record import PREFIXES
from provenance.storage.references import REFERENCES

LARGE = 500  # entries of a change from which on a list does not work out whether it can be undone
TOLD = 10  # obstacles that a change names


class RecordNoun(StrEnum):
    """The records that have an address, by the word in it."""

    CLAIMS = "claims"
    SOURCES = "sources"
    DOCUMENTS = "documents"
    REPORTS = "reports"
    FIGURES = "figures"
    EVENTS = "events"
    TALLIES = "tallies"
    REVIEWS = "reviews"
    EVIDENCE = "evidence"
    CORRECTIONS = "corrections"
    RULINGS = "rulings"
    NAMES = "names"
    TIES = "ties"
    INTERESTS = "interests"

    @property
    def table(self) -> sa.Table:
        """The table that the records are in."""
        return TABLES[IRREGULAR.get(self, self.removesuffix("s"))]


IRREGULAR: Mapping[str, str] = {"tallies": "tally", "evidence": "evidence", "names": "source_name"}


# What belongs to a record and is shown with it: the tables of its parts, and by which columns they are its own.
PARTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "source": (("source_name", "source_id"), ("tie", "source_id"), ("tie", "other_id"), ("interest", "source_id")),
    "document": (("document_relation", "document_id"),),
    "report": (("attribution", "report_id"), ("figure", "report_id")),
    "event": (("coverage", "event_id"),),
    "evidence": (("verification", "evidence_id"),),
    "review": (("review_evidence", "review_id"),),
}


def history_of(session: Session, noun: RecordNoun, public_id: str, asked: HistoryAsked) -> Page[HistoryItem]:
    """A page of what was written about one record, its parts and its merges, also where it holds no longer.

    :raises NotFound: if nothing that may be seen was ever written about it.
    """
    table = noun.table
    if not _was_written(session, table, public_id):
        raise NotFound(f"There is no {spoken(table)} '{public_id}'. List what there is with GET {address(table)}.")
    belonging = {*_parts(session, table, public_id), *session.scalars(_merges_of(public_id))}
    return _page(session, asked, [history.c.public_id.in_([public_id, *sorted(belonging)])])


def whole_history(session: Session, asked: WholeHistoryAsked) -> Page[HistoryItem]:
    """A page of everything that was written."""
    if asked.record is None:
        return _page(session, asked, [])
    named = sa.select(history.c.id).where(history.c.public_id == asked.record).limit(1)
    if not asked.record.isprintable() or session.execute(named).first() is None:
        raise InvalidInput(
            f"record: nothing was ever written about '{asked.record}'. Give the public id of a record.", field="record"
        )
    return _page(session, asked, [history.c.public_id == asked.record])


def change_detail(session: Session, change: str, asked: ChangeAsked | None = None) -> ChangeDetail:
    """One change with a page of its entries; raises :class:`NotFound`."""
    at = change_moment(change)
    of_change = history.c.at == at
    entries = 0 if at is None else session.scalar(sa.select(sa.func.count()).where(of_change, visible())) or 0
    if at is None or not entries:
        raise NotFound(f"There is no change '{change}'. List what there is with GET /v1/history.")
    plan = plans(session, [at])[at]
    obstacles = _tellable(session, [obstacle.message for obstacle in plan.obstacles[:TOLD]])
    obstacles += [NOT_ALL_SEEN] if hidden_in(session, [at]) else []
    found, following = turn(session, _entries().where(of_change, visible()), asked or ChangeAsked(), ORDERS)
    undoable = not obstacles and bool(plan.steps)
    items = _items(session, found, {at: undoable})
    first = found[0]
    return ChangeDetail(
        id=change,
        at=at,
        who=first["who"],
        why=first["why"],
        entries=entries,
        undoable=undoable,
        obstacles=obstacles[:TOLD],
        items=items,
        next=following,
    )


ORDERS: dict[str, Keys] = {"at": (history.c.id,)}


def _entries() -> sa.Select[Any]:
    return sa.select(history)


def _page(session: Session, asked: HistoryAsked, conditions: list[Condition]) -> Page[HistoryItem]:
    for name in ("who", "noun", "action"):
        if (wanted := getattr(asked, name)) is not None:
            conditions.append(history.c[name] == wanted)
    if asked.since is not None:
        conditions.append(history.c.at >= earliest(asked.since, "since"))
    if asked.until is not None:
        conditions.append(history.c.at <= latest(asked.until, "until"))
    found, following = turn(session, _entries().where(visible(), *conditions), asked, ORDERS)
    undoable = _undoable(session, {row["at"] for row in found})
    return Page[HistoryItem](items=_items(session, found, undoable), next=following)


def _undoable(session: Session, moments: Collection[datetime]) -> dict[datetime, bool]:
    """Which of these changes can be undone now; the large ones are left out."""
    counted = sa.select(history.c.at).where(history.c.at.in_(moments)).group_by(history.c.at)
    small = list(session.scalars(counted.having(sa.func.count() <= LARGE)))
    hidden = hidden_in(session, small)
    return {
        at: not plan.obstacles and bool(plan.steps) and at not in hidden for at, plan in plans(session, small).items()
    }


def hidden_in(session: Session, moments: Collection[datetime]) -> set[datetime]:
    """Those of these changes, by their stamps, of which whoever asks may not see all."""
    statement = sa.select(history.c.at).where(history.c.at.in_(moments), sa.not_(visible())).distinct()
    return set(session.scalars(statement))


NOT_ALL_SEEN = "It wrote something that you may not see. Ask somebody who may."


def _tellable(session: Session, messages: Sequence[str]) -> list[str]:
    """What stands in the way, but for what would tell of a record that whoever asks may not see."""
    named = {message: set(PUBLIC_ID.findall(message)) for message in messages}
    wanted = sorted(set().union(*named.values()))
    written = sa.select(history.c.public_id).where(history.c.public_id.in_(wanted)).distinct()
    hidden = set(session.scalars(written)) - set(session.scalars(written.where(visible())))
    return list(dict.fromkeys(ELSEWHERE if found & hidden else message for message, found in named.items()))


ELSEWHERE = "Something that you may not see stands in the way."
PUBLIC_ID = re.compile(r"(?<=')[a-z]{3}_[a-z0-9]{1,36}(?=')", re.ASCII)


def _was_written(session: Session, table: sa.Table, public_id: str) -> bool:
    if not public_id.startswith(f"{PREFIXES[table.name]}_") or not public_id.isprintable():
        return False
    about = sa.select(history.c.id).where(history.c.public_id == public_id, history.c.noun == table.name, visible())
    return session.execute(about.limit(1)).first() is not None


def _parts(session: Session, table: sa.Table, public_id: str) -> set[str]:
    """The public ids of what belongs to a record, or once belonged to it."""
    if table.name not in PARTS:
        return set()
    own = sa.select(table.c.id).where(table.c.public_id == public_id)
    # Only what holds is found by an index, so what was let go is looked for only where nothing holds.
    key = session.scalar(own.where(table.c.recorded_to.is_(None)))
    key = session.scalar(own.where(table.c.version_of.is_(None))) if key is None else key
    return {
        part
        for name, column in PARTS[table.name]
        for part in session.scalars(sa.select(TABLES[name].c.public_id).where(TABLES[name].c[column] == key).distinct())
    }


def _merges_of(public_id: str) -> sa.Select[Any]:
    """The merges of a record into another, and of others into it."""
    merge = TABLES["merge"]
    return sa.select(merge.c.public_id).where(sa.or_(merge.c.gone == public_id, merge.c.kept == public_id))


def _items(session: Session, found: Sequence[Found], undoable: Mapping[datetime, bool]) -> list[HistoryItem]:
    names = _names(session, found)
    return [_item(row, names, undoable.get(row["at"])) for row in found]


def _item(row: Found, names: Mapping[tuple[str, int], Found], undoable: bool | None) -> HistoryItem:
    before, after = (_shown(row["noun"], row[side], names) for side in ("before", "after"))
    changes = []
    if before is not None and after is not None:
        fields = dict.fromkeys([*after, *before])
        changes = [FieldChange(field=name, before=before.get(name), after=after.get(name)) for name in fields]
    return HistoryItem(
        id=f"ent_{row['hash'][:20]}",
        change=change_id(row["at"]),
        record=row["public_id"],
        changes=[change for change in changes if change.before != change.after],
        before=before,
        after=after,
        undoable=undoable,
        **{name: row[name] for name in ("at", "who", "why", "action", "noun", "previous", "hash")},
    )


# What is given whole to those alone who may read archived texts; the hash beside tells others that one is held.
WHOLE_TEXTS = {("document", "text")}
# Fields that the rest of the API calls otherwise than their columns.
SPOKEN = {"superseded_by": "replaced_by"}


def _shown(noun: str, said: Mapping[str, Any] | None, names: Mapping[tuple[str, int], Found]) -> dict[str, Any] | None:
    if said is None:
        return None
    shown: dict[str, Any] = {}
    for name, value in said.items():
        target = REFERENCES[noun].get(name) if noun in REFERENCES else None
        if target is None:
            shown[name] = _told(noun, name, value)
            continue
        referred: Found = names.get((target, value), {})
        stem = SPOKEN.get(name.removesuffix("_id"), name.removesuffix("_id"))
        if target == "source":
            shown |= {stem: referred.get("name"), f"{stem}_id": referred.get("public_id")}
        else:
            shown[stem] = referred.get("public_id")
    if noun == "attribution" and said.get("upstream_id") is not None and shown["upstream_id"] is None:
        shown |= dict.fromkeys(BY_NAME)
    return shown


def _told(noun: str, name: str, value: Any) -> Any:
    if (noun, name) in WHOLE_TEXTS and not reads_whole_texts():
        return None
    # What a proposal was compared with is not told of then: who may see which of it was not written down.
    return told_to_all(value) if (noun, name) == ("report", "grounds") and not at_the_machine() else value


def _names(session: Session, found: Sequence[Found]) -> dict[tuple[str, int], Found]:
    """Id, and for sources the name, of every row that these entries refer to: one query for each table."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for target, key in _referred(found):
        wanted[target].add(key)
    named: dict[tuple[str, int], Found] = {}
    for target, keys in wanted.items():
        table = TABLES[target]
        columns = [table.c.id, table.c.public_id, *([table.c.name] if target == "source" else [])]
        shown = open_to(who_asks(), table)
        for row in session.execute(sa.select(*columns).where(table.c.id.in_(keys), shown)).mappings():
            named[target, row["id"]] = dict(row)
    return named


def _referred(found: Sequence[Found]) -> Iterator[tuple[str, int]]:
    for row in found:
        for said in (row["before"], row["after"]):
            for name, target in REFERENCES.get(row["noun"], {}).items():
                if said is not None and said.get(name) is not None:
                    yield target, said[name]
