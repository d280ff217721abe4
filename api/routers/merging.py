"""Merges of records that turned out to be one, and splits of those that turned out to be two; each with a preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlmodel import Session

from api import examples_merging as examples
from api.dependencies import PublicId, Recorder, Writes
from api.documented import REGROUP, given, shows
from provenance.analysis.regrouping import regroup
from provenance.answers_merge import Regrouping
from provenance.storage.merge import ClaimSplit, MergeCreate, SourceSplit
from provenance.storage.reads.asked import Question
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.sources import source_detail
from provenance.storage.record import Writable
from provenance.storage.writes.merging import merge_claims, merge_sources
from provenance.storage.writes.moving import Regrouped
from provenance.storage.writes.splitting import split_claim, split_source
from provenance.storage.writes.writer import Writer

G = TypeVar("G", bound=Writable)

router = APIRouter()


class Tried(Question):
    """Whether to do it or only to try it."""

    dry_run: bool = Field(default=False, description="Only tell what would change in counts and flags; write nothing.")


Asked = Annotated[Tried, Query()]


@router.post(
    "/claims/{claim_id}/merge",
    tags=["claims"],
    summary="Merge a claim into another",
    responses=shows(examples.MERGED_CLAIM, problems=REGROUP),
)
def merge_claim(
    claim_id: PublicId, body: Annotated[MergeCreate, given("merge_claim")], asked: Asked, write: Writes
) -> Regrouping:
    """Two wordings of one assertion: the reports, corrections, rulings and reviews of this claim become the other's.
    Its id leads there from then on (308), and a split gives everything back.
    """
    return _done(write, claim_id, claim_detail, merge_claims, body, asked)


@router.post(
    "/claims/{claim_id}/split",
    tags=["claims"],
    summary="Split a claim",
    responses=shows(examples.SPLIT_CLAIM, problems=REGROUP),
)
def split_off_claim(
    claim_id: PublicId, body: Annotated[ClaimSplit, given("split_claim")], asked: Asked, write: Writes
) -> Regrouping:
    """Take a merge back by naming the `claim` that was merged into this one: it gets what it brought, except what was
    moved or retired since. Or give some `reports` to a new claim with a `text` of its own.
    """
    return _done(write, claim_id, claim_detail, split_claim, body, asked)


@router.post(
    "/sources/{source_id}/merge",
    tags=["sources"],
    summary="Merge a source into another",
    responses=shows(examples.MERGED_SOURCE, problems=REGROUP),
)
def merge_source(
    source_id: PublicId, body: Annotated[MergeCreate, given("merge_source")], asked: Asked, write: Writes
) -> Regrouping:
    """Two rows for one source: whatever refers to this one refers to the other, and its names become further names.
    What one relayed from the other says nothing any more and is let go. Its id leads there from then on (308).
    """
    return _done(write, source_id, source_detail, merge_sources, body, asked)


@router.post(
    "/sources/{source_id}/split",
    tags=["sources"],
    summary="Split a source",
    responses=shows(examples.SPLIT_SOURCE, problems=REGROUP),
)
def split_off_source(
    source_id: PublicId, body: Annotated[SourceSplit, given("split_source")], asked: Asked, write: Writes
) -> Regrouping:
    """Take a merge back by naming the `source` that was merged into this one. Or, where one row stands for two offices,
    give the hops, documents, names and ties of the one to a new source.
    """
    return _done(write, source_id, source_detail, split_source, body, asked)


def _done(
    write: Recorder,
    public_id: str,
    read: Callable[[Session, str], BaseModel],
    change: Callable[[Writer, str, G], Regrouped],
    body: G,
    asked: Tried,
) -> Regrouping:
    def act(writer: Writer) -> Regrouped:
        write.hold(writer, public_id, read)
        return change(writer, public_id, body)

    return regroup(write.engine, write.who, write.why, act, dry_run=asked.dry_run)
