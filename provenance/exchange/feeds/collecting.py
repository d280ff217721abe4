"""Puts a page of a feed together, change by change, the newest first.

Each page looks at a bounded number of changes and derives flags for a bounded number of claims; a change about more is
told in one entry that leads to all flags.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.access import EVERYBODY, acting
from provenance.errors import InvalidInput
from provenance.exchange.feeds.entry import Entry, Feed
from provenance.exchange.feeds.flagging import BY, flags_changed
from provenance.exchange.feeds.keeping import Kept
from provenance.exchange.feeds.telling import told
from provenance.settings import settings
from provenance.storage.history import change_id, change_moment
from provenance.storage.reads.following import Scope, changes_of, claims_seen, claims_touched, keys_of, told_of
from provenance.storage.reads.rows import report, review
from provenance.storage.session import reading

ENTRIES = 50  # of a page
CHANGES = 100  # that a page looks at
PLACE = re.compile(r"(chg_\d{8}t\d{12})\.(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Followed:
    """What a feed tells of: a scope, the records among it that are told, and whether flags are; ``rule``: only its."""

    scope: Scope
    nouns: tuple[str, ...]
    flags: bool
    title: str
    subtitle: str
    page: str
    rule: str | None = None


@acting(EVERYBODY)
def collected(
    engine: Engine, follow: Callable[[Session], Followed], place: str | None, plainly: Callable[[str], str]
) -> Feed:
    """One page of a feed, from ``place`` on, as the page before named it; left out: from the newest change on.

    :raises InvalidInput: if no page ends there; whatever ``follow`` raises.
    """
    until, skip = read_place(place)
    with reading(engine) as session:
        followed = follow(session)
        moments = changes_of(session, followed.scope, until, CHANGES + 1)
    entries: list[Entry] = []
    following: str | None = None
    for at in moments[:CHANGES]:
        already = skip if at == until else 0
        room = ENTRIES - len(entries)
        found = list(islice(_of_change(engine, at, followed, plainly), already, already + room + 1))
        entries += found[:room]
        if len(found) > room:
            following = f"{change_id(at)}.{already + room}"
            break
    else:
        following = f"{change_id(moments[CHANGES])}.0" if len(moments) > CHANGES else None
    with reading(engine) as session:
        led = _lead_somewhere(session, entries)
    return Feed(followed.title, followed.subtitle, followed.page, led, following)


def read_place(place: str | None) -> tuple[datetime | None, int]:
    """The change at which a page begins, and how many of its entries the page before told already.

    >>> read_place("chg_20220106t080000000000.50")[1]
    50
    """
    if place is None:
        return None, 0
    found = PLACE.fullmatch(place)
    at = change_moment(found[1]) if found else None
    if found is None or at is None:
        raise InvalidInput(
            "from: no page of this feed begins there. Take the address of `next` in the page before, or leave it out.",
            field="from",
        )
    return at, int(found[2])


def _of_change(engine: Engine, at: datetime, followed: Followed, plainly: Callable[[str], str]) -> Iterator[Entry]:
    if followed.flags:
        claims = _claims(engine, at, followed.scope.claims)
        if len(claims) > settings().claims_at_a_moment:
            yield _many(at, len(claims))
        else:
            yield from flags_changed(engine, at, claims, followed.rule, plainly)
    with reading(engine) as session:
        written = told_of(session, at, followed.scope, followed.nouns)
    yield from told(engine, at, written, plainly)


def _claims(engine: Engine, at: datetime, followed: frozenset[int] | None) -> list[int]:
    """The claims that are followed, that everybody may see, and whose flags a change may have touched."""
    kept = TOUCHED.setdefault(engine, Kept(MOST_KEPT))
    touched = kept.get(at)
    with reading(engine) as session:
        if touched is None:
            touched = claims_touched(session, at)
            kept.keep(at, touched)
        wanted = touched if followed is None else touched & followed
        return claims_seen(session, wanted) if wanted else []


MOST_KEPT = 5_000  # changes
TOUCHED: WeakKeyDictionary[Engine, Kept[datetime, frozenset[int]]] = WeakKeyDictionary()


def _many(at: datetime, claims: int) -> Entry:
    title = f"{claims:,} claims were touched at once"
    text = "Their flags are not told one by one; the page of all flags shows them as they are now."
    return Entry("many", change_id(at), at, title, text, "/flags", BY)


def _lead_somewhere(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, where the page of a record that was let go since is replaced by its history."""
    pages = {f"/{table.name}s/": table for table in (report, review)}
    led = {entry.page: entry.about for entry in entries if entry.page.endswith(f"s/{entry.about}")}
    held = {
        f"{start}{public_id}"
        for start, table in pages.items()
        for public_id in keys_of(session, table, [about for page, about in led.items() if page.startswith(start)])
    }
    gone = {page for page in led if page.startswith(tuple(pages))} - held
    return [replace(entry, page=f"{entry.page}/history") if entry.page in gone else entry for entry in entries]
