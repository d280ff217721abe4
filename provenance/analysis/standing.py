"""Derives what is said of a claim and keeps it ready to send; a stored standing always equals a recomputation.

A write recomputes the few claims that it is about and marks the many that merely depend on it as stale; those are
computed when somebody reads them, or all at once by ``provenance recompute``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.access import EVERYBODY, acting
from provenance.analysis.picture import ClaimPicture, Published
from provenance.analysis.picturing import pictures
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules import RULES
from provenance.analysis.telling import tell_of_corrections, tell_of_flags
from provenance.analysis.trace import flag_item, trace
from provenance.errors import Busy, NotFound, TooMany
from provenance.settings import settings
from provenance.storage.reads.claims import no_claim
from provenance.storage.reads.hooks import listening
from provenance.storage.reads.hot import HotTrace
from provenance.storage.reads.picture import claims_concerned, current_claims
from provenance.storage.reads.standings import (
    FlagHeld,
    claim_key,
    claims_with_standing,
    flag_values,
    marked_claims,
    public_ids_of,
    stale_claims,
    stored_flags,
    stored_standings,
    stored_trace,
)
from provenance.storage.record import now
from provenance.storage.session import of_one_moment, reading, writing
from provenance.storage.standing import Flag, Standing
from provenance.storage.writes.concerns import Concerned
from provenance.storage.writes.messages import withdraw_messages
from provenance.storage.writes.standings import Derived, mark_stale, replace_standings, tidy
from provenance.vocabulary import DatePrecision

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """Something derived about a claim that is not stored as a recomputation gives it.

    ``stale`` says that it is marked, or missing, and computed before anybody is answered; else it is served wrongly.
    """

    claim: str
    what: str
    stored: Any
    computed: Any
    stale: bool


def findings(picture: ClaimPicture) -> list[tuple[Rule, Finding]]:
    """What all rules find in a claim, in the order of the catalogue."""
    return [(rule, finding) for rule in RULES for finding in rule.find(picture)]


def derive(picture: ClaimPicture, at: datetime) -> Derived:
    """All that is derived about a claim."""
    found = findings(picture)
    document = json.dumps(trace(picture, found), ensure_ascii=False, separators=(",", ":"))
    first = first_published(picture)
    standing = Standing(
        claim_id=picture.id,
        public_id=picture.public_id,
        status=picture.status,
        verdict=picture.analysis.verdict,
        documents=picture.documents,
        parties=len(picture.analysis.established_parties),
        first_published=first.span.earliest if first.span else None,
        first_published_precision=first.precision,
        trace=document,
        etag=f'"{hashlib.sha256(document.encode()).hexdigest()[:32]}"',
        computed_at=at,
    )
    return Derived(standing, [(flag_of(picture, rule, finding), finding.figures) for rule, finding in found])


def first_published(picture: ClaimPicture) -> Published:
    """When the claim was first certainly published, in what is held: by the date that was over first.

    A page that is dated by no more than its year may be older than all others, and may be younger than most.
    """
    dated = [(report.published.span, report.published) for report in picture.asserting]
    spans = [(span.latest, span.earliest, date) for span, date in dated if span is not None]
    return min(spans, key=lambda found: found[:2])[2] if spans else Published(None, DatePrecision.UNKNOWN)


@acting(EVERYBODY, what_waits=True)
def settle(session: Session, concerned: Concerned) -> None:
    """Bring what depends on written rows up to date, and tell hooks: the few at once, the many when they are read.

    Who writes about more claims at once than are recomputed brings along a file or a story, and that is no news.
    """
    direct, wider = claims_concerned(session, concerned)
    few = len(direct) <= settings().recompute_at_once
    if concerned.shown_otherwise:
        # What was derived says what not everybody may see any more, so none of it may wait until it is read.
        withdraw_messages(session, now(), public_ids_of(session, direct | wider))
        for some in _portions(direct | wider):
            compute(session, some)
        return
    at_once = direct | wider if len(direct) + len(wider) <= settings().recompute_at_once else direct
    if len(at_once) > settings().recompute_at_once:
        at_once = set(sorted(at_once)[: settings().recompute_at_once])
    compute(session, at_once, tell=at_once if few else ())
    mark_stale(session, (direct | wider) - at_once)
    if concerned.arrived and (hooks := listening(session)):
        tell_of_corrections(session, now(), hooks, concerned.arrived)


@acting(EVERYBODY, what_waits=True)
def compute(session: Session, claims: Collection[int], tell: Collection[int] = ()) -> None:
    """Derive these claims anew; what was derived about claims that no longer hold is removed.

    ``tell``: those of them of which hooks are told what flags they have now and had not before.
    """
    session.flush()
    made = pictures(session, claims)
    at = now()
    derived = [derive(picture, at) for picture in made.values()]
    told = made.keys() & set(tell)
    hooks = listening(session) if told else []
    before = stored_flags(session, told) if hooks else {}
    replace_standings(session, derived, set(claims) - set(made))
    if hooks:
        after = {one.standing.claim_id: [flag_values(flag) for flag, _ in one.flags] for one in derived}
        tell_of_flags(
            session,
            at,
            hooks,
            {key: [said for said, _ in flags] for key, flags in before.items()},
            {key: flags for key, flags in after.items() if key in told},
        )


@acting(EVERYBODY, what_waits=True)
def catch_up(engine: Engine, most: int) -> int:
    """Compute claims that a write marked as stale, where a hook waits to hear of their flags; how many there were."""
    with reading(engine) as session:
        waiting = marked_claims(session, most) if listening(session) else []
    if not waiting:
        return 0
    with writing(engine, derived=True) as session:
        # Somebody else may have computed them meanwhile.
        still = set(waiting) & set(marked_claims(session, among=waiting))
        compute(session, still, tell=still)
    return len(waiting)


@acting(EVERYBODY, what_waits=True)
def recompute(engine: Engine, *, only_stale: bool = False, progress: Callable[[int, int], None] | None = None) -> int:
    """Derive every claim anew, some at a time; the number of claims. ``progress`` hears how many of how many.

    Hooks are told of flags where something was written, and not where a new version of a rule finds more than before.
    """
    with reading(engine) as session:
        claims = stale_claims(session) if only_stale else current_claims(session)
        marked = set(marked_claims(session))
    done = 0
    for some in _portions(claims):
        with writing(engine, derived=True) as session:
            compute(session, some, tell=marked & set(some))
        done += len(some)
        if progress is not None:
            progress(done, len(claims))
    with writing(engine, derived=True) as session:
        tidy(session)
    return done


def differences(session: Session) -> Iterator[Difference]:
    """Whatever is stored about claims and differs from a recomputation; what is not ``stale`` among it is an error."""
    claims = sorted({*current_claims(session), *claims_with_standing(session)})
    for some in _portions(claims):
        stored, flags = stored_standings(session, some), stored_flags(session, some)
        with acting(EVERYBODY, what_waits=True):
            made = pictures(session, some)
        for key in some:
            held, picture = stored.get(key), made.get(key)
            if picture is not None:
                yield from _compared(held, flags.get(key, []), derive(picture, now()))
            elif held is not None:
                yield Difference(held.public_id, "claim", held.trace, None, held.stale)


COMPARED = (
    "status",
    "verdict",
    "documents",
    "parties",
    "first_published",
    "first_published_precision",
    "trace",
    "etag",
)


def _compared(held: Standing | None, flags: Sequence[FlagHeld], derived: Derived) -> Iterator[Difference]:
    standing = derived.standing
    if held is None:
        yield Difference(standing.public_id, "standing", None, standing.trace, True)
        return
    computed = [(flag_values(flag), sorted(set(figures))) for flag, figures in derived.flags]
    pairs = [(name, getattr(held, name), getattr(standing, name)) for name in COMPARED]
    for name, stored, now_computed in [*pairs, ("flags", list(flags), computed)]:
        if stored != now_computed:
            yield Difference(standing.public_id, name, stored, now_computed, held.stale)


@acting(EVERYBODY, what_waits=True)
def fresh_trace(engine: Engine, public_id: str) -> HotTrace:
    """The trace of a claim, computed first if something that it depends on has changed.

    Who reads never waits for those who write: while somebody does, what is computed is answered and not stored.
    """
    with reading(engine) as session:
        held = stored_trace(session, _key_of(session, public_id))
    if held is not None and not held.stale:
        return held
    try:
        return _stored_anew(engine, public_id)
    except (TooMany, Busy):
        return _only_computed(engine, public_id)


def _stored_anew(engine: Engine, public_id: str) -> HotTrace:
    with writing(engine, derived=True, waits=False) as session:
        key = _key_of(session, public_id)
        held = stored_trace(session, key)
        # Somebody else may have computed it while this one waited for its turn to write.
        if held is None or held.stale:
            compute(session, [key], tell=[key] if held is not None else [])
            held = stored_trace(session, key)
    if held is None:
        raise _not_public(public_id)
    return held


def _only_computed(engine: Engine, public_id: str) -> HotTrace:
    with reading(of_one_moment(engine)) as session:
        key = _key_of(session, public_id)
        picture = pictures(session, [key]).get(key)
    if picture is None:
        raise _not_public(public_id)
    standing = derive(picture, now()).standing
    return HotTrace(standing.trace.encode(), standing.etag, stale=False)


def _not_public(public_id: str) -> NotFound:
    return NotFound(f"The claim '{public_id}' is not public.")


def _key_of(session: Session, public_id: str) -> int:
    key = claim_key(session, public_id)
    if key is None:
        raise no_claim(session, public_id)
    return key


def flag_of(picture: ClaimPicture, rule: Rule, finding: Finding) -> Flag:
    """What a finding says, as it is stored."""
    item: dict[str, Any] = flag_item(rule, finding)
    return Flag(
        claim_id=picture.id,
        rule=rule.key,
        version=rule.version,
        reason=finding.reason,
        clears_when=finding.clears_when,
        evidence=item["evidence"],
    )


def _portions(claims: Sequence[int] | Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(claims)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]
