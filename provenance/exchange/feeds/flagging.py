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

from provenance.analysis.moments import Kept
from provenance.analysis.picturing import pictures
from provenance.analysis.raising import Said, raised
from provenance.analysis.rules import RULES
from provenance.analysis.standing import derive
from provenance.exchange.feeds.entry import Entry
from provenance.moment import Moment
from provenance.storage.moment import reading_at
from provenance.storage.reads.hooks import ClaimTold
from provenance.storage.reads.standings import flag_values

INSTANT = timedelta(microseconds=1)  # no two changes are closer
AT_ONCE = 50  # claims: putting the questions for a moment together takes as long as deriving thirty
BY = "The rules of this database"
TITLES = {rule.key: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class Changed:
    """The flags of a claim that a change raised, and those that it cleared."""

    raised: Sequence[Said]
    cleared: Sequence[Said]


# What a change did to a claim stays the same for ever, so a feed that is read again derives only what is new.
KEPT: WeakKeyDictionary[Engine, Kept[Changed]] = WeakKeyDictionary()
MOST_KEPT = 5_000


def flags_changed(
    engine: Engine, at: datetime, claims: Sequence[ClaimTold], rule: str | None, plainly: Callable[[str], str]
) -> Iterator[Entry]:
    """Entries for the flags that a change raised or cleared in these claims; ``rule``: of this one alone.

    ``plainly`` puts a sentence of the rules into the words of pages.
    """
    kept = KEPT.setdefault(engine, Kept(MOST_KEPT))
    for start in range(0, len(claims), AT_ONCE):
        some = claims[start : start + AT_ONCE]
        found = {claim.key: kept.get((None, at, claim.key)) for claim in some}
        missing = [key for key, changed in found.items() if changed is None]
        for key, changed in _derived(engine, at, missing).items():
            kept.keep((None, at, key), changed)
            found[key] = changed
        for claim in some:
            yield from _entries(found[claim.key] or Changed((), ()), claim, at, rule, plainly)


def _derived(engine: Engine, at: datetime, claims: Collection[int]) -> dict[int, Changed]:
    if not claims:
        return {}
    before, after = _flags(engine, at - INSTANT, claims), _flags(engine, at, claims)
    sides = {key: (before.get(key, []), after.get(key, [])) for key in claims}
    return {key: Changed(raised(was, now), raised(now, was)) for key, (was, now) in sides.items()}


def _flags(engine: Engine, at: datetime, claims: Collection[int]) -> dict[int, list[Said]]:
    with reading_at(engine, Moment(known_at=at)) as session:
        made = pictures(session, claims)
        return {key: [flag_values(flag) for flag, _ in derive(picture, at).flags] for key, picture in made.items()}


def _entries(
    changed: Changed, claim: ClaimTold, at: datetime, rule: str | None, plainly: Callable[[str], str]
) -> Iterator[Entry]:
    for flag in changed.raised:
        if rule in (None, flag["rule"]):
            text = plainly(f"{flag['reason']} It clears when: {flag['clears_when']}")
            yield _entry("flag raised", flag, claim, at, plainly(TITLES[flag["rule"]]), text)
    for flag in changed.cleared:
        if rule in (None, flag["rule"]):
            title = f"No longer flagged ({plainly(TITLES[flag['rule']])})"
            yield _entry("flag cleared", flag, claim, at, title, plainly(f"Until then: {flag['reason']}"))


def _entry(what: str, flag: Said, claim: ClaimTold, at: datetime, title: str, text: str) -> Entry:
    # A rule may find several things in one claim, which the rows that show them tell apart.
    rows = sorted(row["id"] for row in flag["evidence"])
    named = " ".join([what, flag["rule"], *rows])
    return Entry(named, claim.public_id, at, f"{title}: {claim.text}", text, f"/claims/{claim.public_id}#flags", BY)
