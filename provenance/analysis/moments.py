"""What is derived about claims, for a moment in the past: computed when it is asked for, and never stored.

Standings and flags are kept for now alone. For any other moment the same pictures are made from the states that held
then, and the same rules look at them. What was computed stays in memory for a while, so that paging through a list does
not compute it again: an answer for a pair of moments never changes.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.access import EVERYBODY, acting
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.picturing import pictures
from provenance.analysis.standing import derive, findings, first_published, flag_of
from provenance.errors import NotFound
from provenance.moment import Moment
from provenance.settings import settings
from provenance.storage.derived import DerivedThen, FlagThen
from provenance.storage.moment import moment_of, reading_at
from provenance.storage.reads.considering import let_derive, newest_entry
from provenance.storage.reads.hot import HotTrace
from provenance.storage.reads.standings import claim_key, flag_values, require_public
from provenance.storage.reads.visibility import visibility_epoch
from provenance.storage.record import now
from provenance.storage.writes.standings import Derived


@contextmanager
def looking(engine: Engine, moment: Moment, *, steady: bool = False) -> Iterator[Session]:
    """A session that changes nothing, whose lists and details tell all of a moment, also what is derived.

    ``steady``: all that it is asked fits together, whatever is written meanwhile.

    :raises InvalidInput: if ``known_at`` has not come yet.
    """
    with reading_at(engine, moment, steady=steady) as session:
        if moment:
            kept = KEPT.setdefault(engine, Kept(ROOM * settings().claims_at_a_moment))
            let_derive(session, lambda asking, claims: _derived_then(asking, claims, kept))
        yield session


def trace_at(engine: Engine, public_id: str, moment: Moment) -> HotTrace:
    """The trace of a claim at a moment.

    :raises NotFound: if this database did not hold the claim then.
    """
    kept = TRACES.setdefault(engine, Kept(MOST_TRACES))
    with reading_at(engine, moment) as session:
        require_public(session, public_id)
        held = moment.known_at or newest_entry(session)
        known = (moment.as_of, held, claim_key(session, public_id) or 0, visibility_epoch(session))
        found = kept.get(known)
        if found is None:
            with acting(EVERYBODY, what_waits=True):
                standing = derived_at(session, public_id).standing
            found = HotTrace(standing.trace.encode(), standing.etag, stale=False)
            if _unchanged(session, moment, held):
                kept.keep(known, found)
    return found


def derived_at(session: Session, public_id: str) -> Derived:
    """All that is derived about a claim at the moment that the session sees."""
    key = claim_key(session, public_id)
    picture = None if key is None else pictures(session, [key]).get(key)
    if picture is None:
        raise NotFound(f"There is no claim '{public_id}'. List what there is with GET /v1/claims.")
    return derive(picture, now())


T = TypeVar("T")

# What decides what is derived about a claim: as of when, known at when or up to which entry of the history; the claim;
# and since which entry nobody may see less than before.
Known = tuple[datetime | None, datetime | int, int, int]


class Kept(Generic[T]):
    """What was derived last, for one database; of more than ``most``, the least recently asked for goes first."""

    def __init__(self, most: int) -> None:
        self._derived: OrderedDict[Known, T] = OrderedDict()
        self._most = most
        self._lock = Lock()

    def get(self, known: Known) -> T | None:
        """What was derived; None if it is not kept."""
        with self._lock:
            if known in self._derived:
                self._derived.move_to_end(known)
            return self._derived.get(known)

    def keep(self, known: Known, derived: T) -> None:
        """Keep this too, and let go of what exceeds the room."""
        with self._lock:
            self._derived[known] = derived
            while len(self._derived) > self._most:
                self._derived.popitem(last=False)


# Answers of the largest size that are kept; a claim takes some seven kilobytes.
ROOM = 8
KEPT: WeakKeyDictionary[Engine, Kept[DerivedThen]] = WeakKeyDictionary()
# Whole traces of moments, up to a hundred kilobytes each; whoever looks at a past day asks for it several times.
MOST_TRACES = 64
TRACES: WeakKeyDictionary[Engine, Kept[HotTrace]] = WeakKeyDictionary()


@acting(EVERYBODY, what_waits=True)
def _derived_then(session: Session, claims: Collection[int], kept: Kept[DerivedThen]) -> list[DerivedThen]:
    moment = moment_of(session)
    held = moment.known_at or newest_entry(session)
    epoch = visibility_epoch(session)
    found = {claim: kept.get((moment.as_of, held, claim, epoch)) for claim in claims}
    missing = [claim for claim, derived in found.items() if derived is None]
    made = {key: _then(picture) for key, picture in pictures(session, missing).items()} if missing else {}
    if _unchanged(session, moment, held):
        for claim, derived in made.items():
            kept.keep((moment.as_of, held, claim, epoch), derived)
    return [derived for derived in (found | made).values() if derived is not None]


def _unchanged(session: Session, moment: Moment, held: datetime | int) -> bool:
    # Somebody may have written while this was read; what was made then is shown, as by any read, and not kept.
    return moment.known_at is not None or newest_entry(session) == held


def _then(picture: ClaimPicture) -> DerivedThen:
    first = first_published(picture)
    return DerivedThen(
        claim=picture.id,
        public_id=picture.public_id,
        status=picture.status,
        verdict=picture.analysis.verdict,
        documents=picture.documents,
        certain=picture.certain_documents,
        parties=len(picture.analysis.established_parties),
        first_published=first.span.earliest if first.span else None,
        first_published_precision=first.precision,
        flags=tuple(
            FlagThen(flag_values(flag_of(picture, rule, finding)), tuple(finding.figures))
            for rule, finding in findings(picture)
        ),
    )
