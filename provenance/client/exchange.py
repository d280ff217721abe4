"""What leaves and enters in formats of others, and what is told to programs of others."""

from __future__ import annotations

from typing import Any, Unpack

from provenance import answers_annotations, answers_claimreview, answers_hooks, answers_prov
from provenance.client import asked, given
from provenance.client.files import downloads
from provenance.client.listing import lists
from provenance.client.operation import Resource, S, deletes, gets, patches, posts
from provenance.client.request import Content

LINKED_DATA = dict[str, Any]


class Exchange(Resource[S]):
    """Files in formats of others; a file that is given is bytes, text or a path."""

    @downloads("/v1/export.jsonl")
    def export(self, **asked: Unpack[asked.ReadEverythingAsked]) -> None:
        """Everything, a record a line."""

    @downloads("/v1/events/{event_id}/package.zip")
    def package(self, event: str, /, **asked: Unpack[asked.PackageOfEventAsked]) -> None:
        """A whole event as a data package."""

    @downloads("/v1/events/{event_id}/ged.csv")
    def ged_csv(self, event: str, /, **asked: Unpack[asked.GedAsCsvAsked]) -> None:
        """The figures of an event as conflict researchers keep them."""

    @downloads("/v1/events/{event_id}/ged.parquet")
    def ged_parquet(self, event: str, /, **asked: Unpack[asked.GedAsParquetAsked]) -> None:
        """The same with types for its columns."""

    @downloads("/v1/claims/{claim_id}/graph")
    def graph(self, claim: str, /, **asked: Unpack[asked.ReadGraphAsked]) -> None:
        """The trace of a claim as a graph."""

    @downloads("/v1/claims/{claim_id}/provenance")
    def claim_in_prov(self, claim: str, /, **asked: Unpack[asked.ReadProvenanceOfClaimAsked]) -> None:
        """A claim in W3C PROV."""

    @downloads("/v1/documents/{document_id}/provenance")
    def document_in_prov(self, document: str, /, **asked: Unpack[asked.ReadProvenanceOfDocumentAsked]) -> None:
        """A document in W3C PROV."""

    @downloads("/v1/events/{event_id}/provenance")
    def event_in_prov(self, event: str, /, **asked: Unpack[asked.ReadProvenanceOfEventAsked]) -> None:
        """An event in W3C PROV."""

    @posts("/v1/provenance", answers_prov.ProvAnswer, parameters=["event"], file=True)
    def take_prov(self, *, content: Content, kind: str = "application/json", event: str | None = None) -> None:
        """Take a PROV document in as proposals."""

    @gets("/v1/provenance", answers_prov.ProvTerms)
    def words_in_prov(self) -> None:
        """The words of ours that stand in PROV documents."""

    @gets("/v1/reports/{report_id}/annotation", LINKED_DATA)
    def annotation(self, report: str, /, **asked: Unpack[asked.ReadAnnotationAsked]) -> None:
        """A report as a Web Annotation."""

    @gets("/v1/documents/{document_id}/annotations", LINKED_DATA)
    def annotations(self, document: str, /, **asked: Unpack[asked.AnnotationsAsked]) -> None:
        """What a document reports as Web Annotations."""

    @posts(
        "/v1/annotations",
        answers_annotations.AnnotationsTaken,
        parameters=["event", "publisher", "dry_run"],
        file=True,
    )
    def take_annotations(
        self,
        *,
        content: Content,
        kind: str = "application/json",
        event: str | None = None,
        publisher: str | None = None,
        dry_run: bool | None = None,
    ) -> None:
        """Take annotations in as proposals."""

    @gets("/v1/reviews/{review_id}/claimreview", LINKED_DATA)
    def claim_review(self, review: str, /) -> None:
        """A published review as ClaimReview."""

    @posts(
        "/v1/claimreview",
        answers_claimreview.ClaimReviewsTaken,
        parameters=["event", "state", "skip_broken"],
        file=True,
    )
    def take_claim_reviews(
        self,
        *,
        content: Content,
        kind: str = "application/ld+json",
        event: str | None = None,
        state: str | None = None,
        skip_broken: bool | None = None,
    ) -> None:
        """Take in reviews that others published; ``kind`` is ``text/html`` for a whole page."""


class Hooks(Resource[S]):
    """Programs of others that are told when something happens."""

    @lists("/v1/hooks", answers_hooks.HookItem)
    def list(self, **asked: Unpack[asked.HooksAsked]) -> None:
        """Hooks."""

    @gets("/v1/hooks/{hook_id}", answers_hooks.HookItem)
    def get(self, hook: str, /) -> None:
        """One hook."""

    @posts("/v1/hooks", answers_hooks.NewHook)
    def create(self, **given: Unpack[given.HookCreate]) -> None:
        """Add a hook; its secret is told this once."""

    @patches("/v1/hooks/{hook_id}", answers_hooks.HookItem)
    def change(self, hook: str, /, *, etag: str | None = None, **given: Unpack[given.HookChange]) -> None:
        """Change the fields that are given."""

    @deletes("/v1/hooks/{hook_id}")
    def retire(self, hook: str, /, *, etag: str | None = None) -> None:
        """Tell it nothing any longer."""

    @posts("/v1/hooks/{hook_id}/secret", answers_hooks.HookSecretItem)
    def renew_secret(self, hook: str, /) -> None:
        """Give it a new secret, told this once."""

    @posts("/v1/hooks/{hook_id}/test", answers_hooks.HookMessageItem)
    def test(self, hook: str, /) -> None:
        """Send it a message that says nothing."""

    @lists("/v1/hooks/{hook_id}/messages", answers_hooks.HookMessageItem)
    def messages(self, hook: str, /, **asked: Unpack[asked.MessagesAsked]) -> None:
        """What it was told, and whether that arrived."""
