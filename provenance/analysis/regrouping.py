"""Merges and splits, done or only tried: what they change in the counts and flags of the claims that depend on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.picturing import pictures
from provenance.analysis.recording import recording
from provenance.analysis.standing import findings
from provenance.answers_merge import ClaimEffect, ClaimState, FlagChange, Regrouping
from provenance.storage.history import change_id
from provenance.storage.reads.picture import claims_concerned
from provenance.storage.session import reading
from provenance.storage.writes.moving import Regrouped
from provenance.storage.writes.writer import Writer

COMPARED = 100  # claims; a picture takes some milliseconds, and nobody reads through thousands


class _OnlyTried(Exception):
    """Ends a transaction whose result was looked at and is not wanted."""


def regroup(
    engine: Engine, who: str, why: str | None, act: Callable[[Writer], Regrouped], *, dry_run: bool = False
) -> Regrouping:
    """Do a merge or a split and tell what it changes; with ``dry_run``, tell the same and write nothing.

    Both go the same way up to the end of the transaction, so what is foretold is what happens.
    """
    with doing(engine, who, why, dry_run=dry_run) as writer:
        done = act(writer)
        writer.session.flush()
        effects, concerned, compared = _effects(engine, writer, done, dry_run)
        return Regrouping(
            dry_run=dry_run,
            kept=done.kept,
            gone=done.gone,
            split_off=None if dry_run and done.made else done.split_off,
            moved=dict(done.rows.moved),
            dropped=dict(done.rows.dropped),
            restored=dict(done.rows.restored),
            claims=effects,
            concerned=concerned,
            compared=compared,
            change=None if dry_run else change_id(writer.at),
        )


@contextmanager
def doing(engine: Engine, who: str, why: str | None, *, dry_run: bool) -> Iterator[Writer]:
    """As `recording`; where it is only tried, nothing of it is kept."""
    with suppress(_OnlyTried), recording(engine, who, why) as writer:
        yield writer
        if dry_run:
            raise _OnlyTried


def _effects(engine: Engine, writer: Writer, done: Regrouped, dry_run: bool) -> tuple[list[ClaimEffect], int, int]:
    direct, wider = claims_concerned(writer.session, writer.concerned)
    keys = [*sorted(direct), *sorted(wider)]
    some = keys[:COMPARED]
    # Writers take turns, so what another session sees meanwhile is what this one began with.
    with reading(engine) as untouched:
        before = _seen(untouched, some)
    after = _seen(writer.session, some)
    pairs = [(before.get(key), after.get(key)) for key in some]
    unwritten = done.split_off if dry_run and done.made else None
    effects = [_effect(one, other, unwritten) for one, other in pairs if _differs(one, other)]
    return effects, len(keys), len(some)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is derived about a claim, and why the rules found what they found."""

    claim: str
    text: str
    state: ClaimState
    reasons: Sequence[FlagChange]


def _seen(session: Session, keys: Sequence[int]) -> dict[int, _Seen]:
    return {key: _state(picture) for key, picture in pictures(session, keys).items()}


def _state(picture: ClaimPicture) -> _Seen:
    found = [FlagChange(rule=rule.key, reason=finding.reason) for rule, finding in findings(picture)]
    state = ClaimState(
        status=picture.status,
        verdict=picture.analysis.verdict,
        parties=len(picture.analysis.established_parties),
        established_origins=sum(origin.established for origin in picture.analysis.origins),
        documents=picture.documents,
        reports=len(picture.reports),
        flags=list(dict.fromkeys(one.rule for one in found)),
    )
    return _Seen(picture.public_id, picture.text, state, found)


def _differs(before: _Seen | None, after: _Seen | None) -> bool:
    return (before.state if before else None) != (after.state if after else None)


def _effect(before: _Seen | None, after: _Seen | None, unwritten: str | None) -> ClaimEffect:
    seen = after or before
    if seen is None:
        raise ValueError("nothing is known of the claim, before or after")
    return ClaimEffect(
        claim=None if seen.claim == unwritten else seen.claim,
        text=seen.text,
        before=before.state if before else None,
        after=after.state if after else None,
        flags_gained=_only_in(after, before),
        flags_lost=_only_in(before, after),
    )


def _only_in(one: _Seen | None, other: _Seen | None) -> list[FlagChange]:
    known = set(other.state.flags) if other else set()
    return [flag for flag in (one.reasons if one else ()) if flag.rule not in known]
