"""Which flags a change raised and cleared: what the rules found just before it, and what they found just after.

Nothing says since when a flag is there, since flags are derived anew whenever something they depend on is written. But
what they depend on is kept in all its states, so both sides of a change can be derived at any time, and never change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from provenance.analysis.picturing import pictures
from provenance.analysis.raising import Said, raised
from provenance.analysis.rules import RULES
from provenance.analysis.standing import findings, flag_of
from provenance.exchange.feeds.entry import Entry
from provenance.exchange.feeds.keeping import Kept
from provenance.moment import Moment
from provenance.storage.moment import reading_at
from provenance.storage.reads.following import keys_held
from provenance.storage.reads.standings import flag_values
from provenance.storage.reads.visibility import visibility_epoch
from provenance.storage.session import reading

INSTANT = timedelta(microseconds=1)  # no two changes are closer
FIRST = 12  # claims: they have as many flags as a page has entries, if many were raised
AT_ONCE = 50  # claims: putting the questions for a moment together takes as long as deriving thirty
BY = "The rules of this database"
TITLES = {rule.key: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class Changed:
    """The flags of a claim that a change raised, and those that it cleared; what the claim said then."""

    public_id: str
    text: str
    raised: Sequence[Said]
    cleared: Sequence[Said]


NOTHING = Changed("", "", (), ())
# What a change did to a claim stays the same while all may see what they saw, so a feed that is read again derives
# only what is new. Most
# changes do nothing to most claims that they touch, and of those hardly more than a key is kept.
KEPT: WeakKeyDictionary[Engine, Kept[tuple[int, datetime, int], Changed]] = WeakKeyDictionary()
MOST_KEPT = 20_000


def flags_changed(
    engine: Engine, at: datetime, claims: Sequence[int], rule: str | None, plainly: Callable[[str], str]
) -> Iterator[Entry]:
    """Entries for the flags that a change raised or cleared in these claims; ``rule``: of this one alone.

    ``plainly`` puts a sentence of the rules into the words of pages.
    """
    kept = KEPT.setdefault(engine, Kept(MOST_KEPT))
    with reading(engine) as session:
        epoch = visibility_epoch(session)
    start, number = 0, FIRST
    while start < len(claims):
        some = claims[start : start + number]
        start, number = start + number, AT_ONCE
        found = {key: changed for key in some if (changed := kept.get((epoch, at, key))) is not None}
        missing = [key for key in some if key not in found]
        for key, changed in _derived(engine, at, missing).items():
            kept.keep((epoch, at, key), changed)
            found[key] = changed
        for key in some:
            yield from _entries(found[key], at, rule, plainly)


def _derived(engine: Engine, at: datetime, claims: Collection[int]) -> dict[int, Changed]:
    if not claims:
        return {}
    before, after = _found(engine, at - INSTANT, claims), _found(engine, at, claims)
    return {key: _changed(before.get(key), after.get(key)) for key in claims}


def _changed(before: Found | None, after: Found | None) -> Changed:
    was, now = before.flags if before else [], after.flags if after else []
    new, gone = raised(was, now), raised(now, was)
    said = after or before
    return NOTHING if said is None or not (new or gone) else Changed(said.public_id, said.text, new, gone)


@dataclass(frozen=True, slots=True)
class Found:
    """What a claim said at a moment, and what the rules find of it."""

    public_id: str
    text: str
    flags: list[Said]


def _found(engine: Engine, at: datetime, claims: Collection[int]) -> dict[int, Found]:
    with reading_at(engine, Moment(known_at=at)) as session:
        held = keys_held(session, claims)
        return {
            key: Found(made.public_id, made.text, [flag_values(flag_of(made, *found)) for found in findings(made)])
            for key, made in (pictures(session, held) if held else {}).items()
        }


def _entries(changed: Changed, at: datetime, rule: str | None, plainly: Callable[[str], str]) -> Iterator[Entry]:
    for flag in changed.raised:
        if rule in (None, flag["rule"]):
            text = plainly(f"{flag['reason']} It clears when: {flag['clears_when']}")
            yield _entry("flag raised", flag, changed, at, plainly(TITLES[flag["rule"]]), text)
    for flag in changed.cleared:
        if rule in (None, flag["rule"]):
            title = f"No longer flagged ({plainly(TITLES[flag['rule']])})"
            yield _entry("flag cleared", flag, changed, at, title, plainly(f"Until then: {flag['reason']}"))


def _entry(what: str, flag: Said, claim: Changed, at: datetime, title: str, text: str) -> Entry:
    # A rule may find several things in one claim, which the rows that show them tell apart.
    rows = sorted(row["id"] for row in flag["evidence"])
    named = " ".join([what, flag["rule"], *rows])
    return Entry(named, claim.public_id, at, f"{title}: {claim.text}", text, f"/claims/{claim.public_id}#flags", BY)
