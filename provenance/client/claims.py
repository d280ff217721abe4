"""Claims and what stands in their chains: figures, reports with the proposals among them, and documents."""

from __future__ import annotations

from typing import Unpack

from provenance import answers, answers_decisions, answers_detail, answers_drift, answers_merge, answers_trace
from provenance.answers_copies import CopyItem
from provenance.answers_desk import Publication
from provenance.client import asked, given
from provenance.client.files import downloads
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, gets, patches, posts


class Claims(Resource[S]):
    """Checkable assertions as they were put into the world, and who they are really from."""

    @lists("/v1/claims", answers.ClaimItem)
    def list(self, **asked: Unpack[asked.ClaimsAsked]) -> None:
        """Claims with where they stand."""

    @gets("/v1/claims/{claim_id}", answers_detail.ClaimDetail)
    def get(self, claim: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One claim with where it stands."""

    @gets("/v1/claims/{claim_id}/trace", answers_trace.Trace)
    def trace(self, claim: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """Who it is really from: the whole proof."""

    @lists("/v1/claims/{claim_id}/drift", answers_drift.DriftItem)
    def drift(self, claim: str, /, **asked: Unpack[asked.DriftAsked]) -> None:
        """What changed on the way."""

    @gets("/v1/claims/{claim_id}/publication", Publication)
    def publication(self, claim: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """What stands between the claim and its publication."""

    @posts("/v1/claims", answers_detail.ClaimDetail)
    def create(self, **given: Unpack[given.ClaimCreate]) -> None:
        """Add a claim to an event."""

    @patches("/v1/claims/{claim_id}", answers_detail.ClaimDetail)
    def change(self, claim: str, /, *, etag: str | None = None, **given: Unpack[given.ClaimChange]) -> None:
        """Change the fields that are given."""

    @posts("/v1/claims/{claim_id}/merge", answers_merge.Regrouping, parameters=["dry_run"])
    def merge(self, claim: str, /, *, dry_run: bool = False, **given: Unpack[given.MergeCreate]) -> None:
        """Say that two records are one claim."""

    @posts("/v1/claims/{claim_id}/split", answers_merge.Regrouping, parameters=["dry_run"])
    def split(self, claim: str, /, *, dry_run: bool = False, **given: Unpack[given.ClaimSplit]) -> None:
        """Say that one record is two claims."""


class Figures(Resource[S]):
    """The quantities that reports print."""

    @lists("/v1/figures", answers.FigureItem)
    def list(self, **asked: Unpack[asked.FiguresAsked]) -> None:
        """Figures with their chains and flags."""

    @gets("/v1/figures/{figure_id}", answers_detail.FigureDetail)
    def get(self, figure: str, /, **asked: Unpack[asked.ReadFigureAsked]) -> None:
        """One figure."""


class Reports(Resource[S]):
    """A document states a claim: with which words, and through which chain."""

    @lists("/v1/reports", answers.ReportItem)
    def list(self, **asked: Unpack[asked.ReportsAsked]) -> None:
        """Reports with their quotes."""

    @gets("/v1/reports/{report_id}", answers_detail.ReportDetail)
    def get(self, report: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One report: the quote, where it stands, its figures and its hops."""

    @posts("/v1/reports", answers_detail.ReportDetail)
    def create(self, **given: Unpack[given.ReportCreate]) -> None:
        """Say that a document states a claim, with its figures and hops."""

    @patches("/v1/reports/{report_id}", answers_detail.ReportDetail)
    def change(self, report: str, /, *, etag: str | None = None, **given: Unpack[given.ReportChange]) -> None:
        """Change the fields that are given."""

    @posts("/v1/reports/{report_id}/accept", answers_detail.ReportDetail)
    def accept(self, report: str, /, *, etag: str | None = None, **given: Unpack[given.DecisionCreate]) -> None:
        """Stand behind a proposal."""

    @posts("/v1/reports/{report_id}/reject", answers_detail.ReportDetail)
    def reject(self, report: str, /, *, etag: str | None = None, **given: Unpack[given.DecisionCreate]) -> None:
        """Say that a proposal is wrong."""

    @posts("/v1/reports/{report_id}/merge", answers_detail.ReportDetail)
    def merge(self, report: str, /, *, etag: str | None = None, **given: Unpack[given.ProposalMerge]) -> None:
        """Say that a proposal states another claim."""

    @posts("/v1/reports/{report_id}/split", answers_decisions.ProposalParts)
    def split(self, report: str, /, *, etag: str | None = None, **given: Unpack[given.ProposalSplit]) -> None:
        """Say that a proposal holds several statements."""

    @posts("/v1/reports/decide", answers_decisions.DecisionsAnswer)
    def decide(self, **given: Unpack[given.DecisionsCreate]) -> None:
        """Decide about many proposals at once."""

    @lists("/v1/decisions", answers_decisions.DecisionItem)
    def decisions(self, **asked: Unpack[asked.DecisionsAsked]) -> None:
        """What was decided about proposals, by whom."""

    @gets("/v1/extraction/stats", answers_decisions.ExtractionStats)
    def stats(self, **asked: Unpack[asked.ReadExtractionStatsAsked]) -> None:
        """How often each rule of extraction was right."""


class Documents(Resource[S]):
    """Published artefacts as they were retrieved."""

    @lists("/v1/documents", answers.DocumentItem)
    def list(self, **asked: Unpack[asked.DocumentsAsked]) -> None:
        """Documents with their dates."""

    @gets("/v1/documents/{document_id}", answers_detail.DocumentDetail)
    def get(self, document: str, /, **asked: Unpack[asked.MomentAsked]) -> None:
        """One document with its text, hash and archived addresses."""

    @posts("/v1/documents", answers_detail.DocumentDetail)
    def create(self, **given: Unpack[given.DocumentCreate]) -> None:
        """Add a document."""

    @patches("/v1/documents/{document_id}", answers_detail.DocumentDetail)
    def change(self, document: str, /, *, etag: str | None = None, **given: Unpack[given.DocumentChange]) -> None:
        """Change the fields that are given."""

    @lists("/v1/documents/{document_id}/copies", CopyItem)
    def copies(self, document: str, /, **asked: Unpack[asked.CopiesAsked]) -> None:
        """The files that were kept of it."""

    @downloads("/v1/documents/{document_id}/copies/{copy_id}")
    def copy(self, document: str, copy: str, /) -> None:
        """One of those files."""
