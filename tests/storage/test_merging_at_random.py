"""Whatever is merged and split: standings equal a recomputation, and taking all of it back loses nothing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.errors import Conflict, InvalidInput, Moved
from provenance.storage.claim import Claim
from provenance.storage.merge import ClaimSplit, MergeCreate, SourceSplit
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.replaying import mismatches
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.storage.tables import FACTS
from provenance.storage.writes.merging import merge_claims, merge_sources
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.splitting import split_claim, split_source
from provenance.storage.writes.writer import said
from provenance.vocabulary import CorrectionKind, TieKind
from tests.records import Desk

NAMES = ("Almaty police", "Interior Ministry", "Khabar 24", "Tass", "Interfax", "Die Welt")
CLAIMS = 3
Told = list[tuple[int, list[str]]]
Tied = list[tuple[str, str]]
PLACES = range(len(NAMES))

chains = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)
reports = st.lists(st.tuples(st.integers(0, CLAIMS - 1), chains), min_size=2, max_size=6)
ties = st.lists(st.permutations(NAMES).map(lambda names: tuple(names[:2])), max_size=3, unique_by=frozenset)
merges = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), st.integers(0, CLAIMS - 1), st.integers(0, CLAIMS - 1)),
        st.tuples(st.just("source"), st.sampled_from(PLACES), st.sampled_from(PLACES)),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(told=reports, tied=ties, wanted=merges)
@example(
    told=[(0, ["Almaty police", "Interior Ministry"]), (0, [*NAMES[:4]])],
    tied=[],
    wanted=[("claim", 0, 0), ("source", 3, 2)],
)
def test_taking_back_every_merge_restores_all_that_was_said(
    engine: sa.Engine,
    told: list[tuple[int, list[str]]],
    tied: list[tuple[str, str]],
    wanted: list[tuple[str, int, int]],
) -> None:
    ids = tell(engine, told, tied)
    before = facts(engine)
    done: list[tuple[str, str, str]] = []
    for noun, one, other in wanted:
        gone, kept = ids[noun][one], ids[noun][other]
        try:
            with recording(engine, "a tester") as writer:
                change = merge_claims if noun == "claim" else merge_sources
                kept = change(writer, gone, MergeCreate(into=kept)).kept
        except (Conflict, InvalidInput, Moved):
            continue
        done.append((noun, gone, kept))
        sound(engine)
    event(f"{len(done)} merged, {len(wanted) - len(done)} refused")
    for noun, gone, kept in reversed(done):
        with recording(engine, "a tester") as writer:
            if noun == "claim":
                split_claim(writer, kept, ClaimSplit(claim=gone))
            else:
                split_source(writer, kept, SourceSplit(source=gone))
        sound(engine)
    assert facts(engine) == before


def tell(engine: sa.Engine, told: Told, tied: Tied) -> dict[str, list[str]]:
    """Claims of one tally with these reports, and sources that nobody else's story shares."""
    with recording(engine, "a tester") as writer:
        for source in current_rows(writer.session, Source):
            writer.change(source, {"name": f"{source.name} of an earlier story"})
        desk = Desk(writer)
        tally = desk.tally()
        claims: list[Claim] = [desk.claim(f"Claim {number}.", tally) for number in range(CLAIMS)]
        for claim, chain in told:
            desk.report(claims[claim], *chain, figures=["dozens"])
        for one, other in tied:
            desk.tie(one, TieKind.PART_OF, other)
        desk.correction(CorrectionKind.DENIAL, NAMES[0], claim_id=claims[0].key, upstream_id=desk.source(NAMES[1]).key)
        sources = [desk.source(name).public_id for name in NAMES]
        return {"claim": [claim.public_id for claim in claims], "source": sources}


def facts(engine: sa.Engine) -> dict[str, Any]:
    """What every row says that holds now."""
    with reading(engine) as session:
        return {row.public_id: said(row) for table in FACTS for row in current_rows(session, table)}


def sound(engine: sa.Engine) -> None:
    """The history is whole, records say what it tells, and standings are what a recomputation gives."""
    with reading(engine) as session:
        assert unbroken(session).broken_at is None
        assert list(mismatches(session)) == []
        assert [found for found in differences(session) if not found.stale] == []
