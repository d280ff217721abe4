"""The lists that can be had as tables: for each, what may be asked of it, and the read that the API answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from pydantic import BaseModel, Field, create_model
from sqlalchemy import Engine

from provenance import answers, answers_decisions, answers_desk, answers_drift, answers_history, answers_rulings
from provenance.analysis.drifting import claim_drift
from provenance.analysis.moments import looking
from provenance.exchange.tables.columns import Column, columns_of
from provenance.moment import NOW
from provenance.storage.reads import (
    asked,
    changes,
    claims,
    corrections,
    decisions,
    desk,
    documents,
    events,
    evidence,
    figures,
    flags,
    reports,
    reviews,
    rulings,
    sources,
)
from provenance.storage.reads.asked_decisions import DecisionsAsked
from provenance.storage.reads.asked_desk import OwnCorrectionsAsked
from provenance.storage.reads.asked_history import WholeHistoryAsked

# Of a list that is read page by page; more would hold a connection longer at a time.
A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A list: its name, under which heading the API tells of it, one record, what may be asked, and its read.

    ``within``: the noun of the record that a list belongs to, whose public id the read takes first.
    """

    name: str
    heading: str
    item: type[BaseModel]
    asked: type[asked.Paged]
    read: Callable[..., answers.Page[Any]]
    within: str | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of its table."""
        return columns_of(self.item)

    @property
    def path(self) -> str:
        """Its address below /v1, with the place of the id where it belongs to one record."""
        return f"{self.within}s/{{{self.within}_id}}/{self.name}" if self.within else self.name

    @property
    def key(self) -> str:
        """What tells it from other lists, fit for a file."""
        return f"{self.within}-{self.name}" if self.within else self.name


LISTS: tuple[Listed, ...] = (
    Listed("claims", "claims", answers.ClaimItem, asked.ClaimsAsked, claims.claims),
    Listed("drift", "claims", answers_drift.DriftItem, asked.DriftAsked, claim_drift, within="claim"),
    Listed("figures", "figures", answers.FigureItem, asked.FiguresAsked, figures.figures),
    Listed("sources", "sources", answers.SourceItem, asked.SourcesAsked, sources.sources),
    Listed("claims", "sources", answers.ClaimItem, asked.SourceClaimsAsked, claims.claims_of_source, within="source"),
    Listed("documents", "documents", answers.DocumentItem, asked.DocumentsAsked, documents.documents),
    Listed("reports", "reports", answers.ReportItem, asked.ReportsAsked, reports.reports),
    Listed("events", "events", answers.EventItem, asked.EventsAsked, events.events),
    Listed("tallies", "tallies", answers.TallyItem, asked.TalliesAsked, events.tallies),
    Listed("flags", "flags", answers.FlagItem, asked.FlagsAsked, flags.flags),
    Listed("reviews", "reviews", answers.ReviewItem, asked.ReviewsAsked, reviews.reviews),
    Listed("evidence", "evidence", answers.EvidenceItem, asked.EvidenceAsked, evidence.evidence_held),
    Listed("corrections", "corrections", answers.CorrectionItem, asked.CorrectionsAsked, corrections.corrections),
    Listed("rulings", "rulings", answers_rulings.RulingItem, asked.RulingsAsked, rulings.rulings),
    Listed("decisions", "proposals", answers_decisions.DecisionItem, DecisionsAsked, decisions.decisions),
    Listed("own-corrections", "desk", answers_desk.OwnCorrectionItem, OwnCorrectionsAsked, desk.own_corrections),
    Listed("history", "history", answers_history.HistoryItem, WholeHistoryAsked, changes.whole_history),
)


def whole(listed: Listed, **more: Any) -> type[asked.Paged]:
    """What may be asked of a list as a table: the same filters and orders, how many rows at most, and no cursor.

    ``more`` are further questions, each an annotation with its field.
    """
    limit: Any = (int | None, Field(default=None, ge=1, description="How many rows at most; left out: all."))
    name = f"{listed.key.title().replace('-', '')}{''.join(more).title()}Table"
    doc = f"What the table of {listed.name} takes."
    fields: dict[str, Any] = {"limit": limit, **more}
    made = cast("Any", create_model)(name, __base__=listed.asked, __doc__=doc, **fields)
    # A table has all pages, so nobody can be on one of them.
    del made.__pydantic_fields__["cursor"]
    made.model_rebuild(force=True)
    question: type[asked.Paged] = made
    return question


def pages(engine: Engine, listed: Listed, question: BaseModel, of: str | None = None) -> Iterator[list[Any]]:
    """The records that answer a question, page by page, each page in a read of its own: whoever reads slowly keeps
    nobody from writing.

    :raises InvalidInput: if a filter names what there is not; before the first page.
    :raises NotFound: if ``of``, the record that the list belongs to, is not there.
    """
    filters = {name: getattr(question, name) for name in listed.asked.model_fields if name not in ("limit", "cursor")}
    left = getattr(question, "limit", None)
    cursor = None
    while True:
        some = A_PAGE if left is None else min(A_PAGE, left)
        one = listed.asked(**filters, limit=some, cursor=cursor)
        # The history is always read whole: it has no moments.
        with looking(engine, getattr(one, "moment", NOW)) as session:
            page = listed.read(session, of, one) if listed.within else listed.read(session, one)
        yield page.items
        left = None if left is None else left - len(page.items)
        cursor = page.next
        if cursor is None or left == 0:
            return
