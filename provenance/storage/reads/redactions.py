"""Who is to be redacted, under which names, and which tombstones there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session, col

from provenance.answers import Page
from provenance.answers_redaction import RedactionItem
from provenance.blanking import Names, is_blank
from provenance.storage.access import Redaction
from provenance.storage.history import History, change_id
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.merges import leads_to, merged
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import TABLES, claim, document, not_there, seen, source, source_name
from provenance.storage.record import Record
from provenance.storage.references import MODELS
from provenance.storage.words import SEARCHED
from provenance.vocabulary import Mergeable, SourceKind

redaction, history = TABLES["redaction"], TABLES["history"]
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: the row that stands for them, the rows that were merged into it, and all their names."""

    key: int
    public_id: str
    kind: SourceKind
    keys: frozenset[int]
    names: tuple[str, ...]


class RedactionsAsked(Paged):
    """A question for tombstones."""

    sort: Literal["recorded", "-recorded"] = Field(default="-recorded", description="By when; the newest first.")


def person(session: Session, public_id: str) -> Person:
    """A person with the names that they are and were held under, whoever may see them.

    One who was merged into another is that other. :raises NotFound: if there is no such source.
    """
    own = leads_to(session, source.name, public_id) or public_id
    found = _source(session, own)
    if found is None:
        raise not_there(session, source, public_id)
    gone = [one.gone for one in merged(session, Mergeable.SOURCE) if one.kept == own]
    keys = frozenset([found.id, *(row.id for one in gone if (row := _source(session, one)) is not None)])
    names = [*_said(session, keys), *_called(session, keys)]
    listed = tuple(dict.fromkeys(name for name in names if not is_blank(name)))
    return Person(found.id, own, found.kind, keys, listed)


def redactions(session: Session, asked: RedactionsAsked) -> Page[RedactionItem]:
    """A page of tombstones, as far as whoever asks may see them: of what, how much, when, by whom and why."""
    statement = (
        sa.select(
            redaction.c.public_id.label("id"),
            redaction.c.noun,
            redaction.c.record,
            redaction.c.places,
            history.c.at,
            history.c.who,
            history.c.why,
        )
        .join(
            history,
            sa.and_(
                history.c.public_id == redaction.c.public_id,
                history.c.noun == redaction.name,
                history.c.action == "created",
            ),
        )
        .where(seen(redaction))
    )
    found, following = turn(session, statement, asked, ORDERS)
    items = [RedactionItem(**row, change=change_id(row["at"])) for row in found]
    return Page[RedactionItem](items=items, next=following)


ORDERS: dict[str, Keys] = {"recorded": (redaction.c.id,)}


def redacted_records(session: Session, public_ids: Sequence[str]) -> set[str]:
    """Those of these records from which something was taken out, in whichever of their states."""
    named = {hash for sealed in session.scalars(sa.select(col(Redaction.sealed))) for hash in sealed}
    found: set[str] = set()
    if named:
        for some in _portions(public_ids):
            statement = sa.select(col(History.public_id), col(History.hash)).where(
                col(History.public_id).in_(some), col(History.salt).is_(None)
            )
            found.update(row.public_id for row in session.execute(statement) if row.hash in named)
    return found


def namesakes(session: Session, names: Names, found: Person) -> list[str]:
    """Public ids of the other sources whose names have one of these names in them."""
    statement = (
        sa.select(source.c.public_id, source_name.c.name)
        .join(source_name, sa.and_(source_name.c.source_id == source.c.id, source_name.c.recorded_to.is_(None)))
        .where(source.c.recorded_to.is_(None), source.c.id.not_in(found.keys))
        .order_by(source.c.id)
    )
    return list(dict.fromkeys(row.public_id for row in session.execute(statement) if names.blank(row.name).times))


def ordinary_uses(session: Session, word: str) -> tuple[int, int]:
    """How often a word stands in the texts that are held in lower case, and how often otherwise."""
    pattern, lower = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE), word.lower()
    found: Counter[bool] = Counter()
    for text in session.scalars(sa.select(document.c.text).where(document.c.text.is_not(None))):
        found.update(use == lower for use in pattern.findall(text))
    return found[True], found[False]


def searched_again(session: Session, changed: Mapping[str, set[int]]) -> list[Record]:
    """The records whose words in the search index are others now: ``changed`` holds keys by the table.

    A source is found by its names, a claim by the wordings of those that were merged into it.
    """
    keys = {name: set(changed.get(name, ())) for name in SEARCHED}
    keys[source.name] |= set(_values(session, source_name.c.source_id, source_name.c.id, changed.get("source_name")))
    gone = set(_values(session, claim.c.public_id, claim.c.id, changed.get("claim")))
    kept = {one.kept for one in merged(session, Mergeable.CLAIM) if one.gone in gone}
    keys[claim.name] |= set(_values(session, claim.c.id, claim.c.public_id, kept))
    return [row for name, wanted in keys.items() for row in _held(session, MODELS[name], wanted)]


def _values(session: Session, column: sa.Column[Any], by: sa.Column[Any], wanted: Collection[Any] | None) -> list[Any]:
    some = _portions(wanted or ())
    return [value for one in some for value in session.scalars(sa.select(column).where(by.in_(one)))]


def _held(session: Session, model: type[Record], wanted: Collection[int]) -> Iterator[Record]:
    for some in _portions(wanted):
        held = sa.select(model).where(col(model.id).in_(some), col(model.recorded_to).is_(None))
        yield from session.execute(held).scalars()


def _portions(wanted: Collection[Any]) -> Iterator[list[Any]]:
    ordered = sorted(wanted)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _source(session: Session, public_id: str) -> sa.Row[Any] | None:
    # The row itself, also where it holds no longer; its earlier states bear the same id.
    if not public_id.isascii() or not public_id.isprintable():
        return None
    own = sa.select(source.c.id, source.c.kind).where(source.c.public_id == public_id, source.c.version_of.is_(None))
    return session.execute(own).first()


def _said(session: Session, keys: frozenset[int]) -> Sequence[str]:
    lasting = sa.func.coalesce(source.c.version_of, source.c.id)
    return session.scalars(sa.select(source.c.name).where(lasting.in_(keys)).order_by(source.c.id)).all()


def _called(session: Session, keys: frozenset[int]) -> Sequence[str]:
    """The names of these sources in every state, but for those that belong to somebody else by now."""
    now, state = source_name.alias("now"), source_name
    statement = (
        sa.select(state.c.name)
        .join(now, now.c.id == sa.func.coalesce(state.c.version_of, state.c.id))
        .where(state.c.source_id.in_(keys), now.c.source_id.in_(keys))
        .order_by(state.c.id)
    )
    return session.scalars(statement).all()
