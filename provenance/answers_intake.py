"""What is answered when documents are taken in: what became of each, and what was proposed from it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from provenance.answers import Answer, DocumentItem, Number
from provenance.answers_reading import LinkShown
from provenance.vocabulary import ClaimKind, Qualifier, Sameness, Stance, TakenIn


class ComparedClaim(Answer):
    """A known claim that a proposal was compared with."""

    claim: str = Field(description="Public id of the claim.")
    text: str = Field(description="The claim in a sentence.")
    score: float = Field(description="How alike they are; 1 is a word for word repetition.")
    same: Sameness = Field(description="Whether it says the same; an editor decides.")
    reasons: list[str] = Field(description="Why, in sentences.")


class ProposedFigure(Answer):
    """A figure of a proposed report, as an interval."""

    text: str = Field(description="As printed.")
    start: int | None = Field(description="Where it stands in the document, in code points.")
    end: int | None = Field(description="Where it ends, exclusive.")
    qualifier: Qualifier = Field(description="What the printed words make of the number.")
    value: Number | None = Field(description="The number printed; null for words.")
    low: Number | None = Field(description="The least that the words allow; null if unbounded.")
    high: Number | None = Field(description="The most that the words allow; null if unbounded.")
    unit: str | None = Field(description="What the number is of, where not people.")
    measure: str | None = Field(description="Killed, injured …; null if that is not clear.")
    counted: str | None = Field(description="Who is counted; null if that is not clear.")


class ProposedReportShown(Answer):
    """One report that was proposed; it counts for nothing until somebody accepts it."""

    id: str = Field(description="Public id of the report.")
    claim: str = Field(description="Public id of the claim that it is proposed for.")
    claim_text: str = Field(description="That claim in a sentence.")
    kind: ClaimKind = Field(description="What the claim asserts.")
    known: bool = Field(description="Whether the claim was known before; else it is proposed itself.")
    quote: str = Field(description="The words of the document.")
    start: int = Field(description="Where they stand, in code points of its text.")
    end: int = Field(description="Where they end, exclusive.")
    stance: Stance = Field(description="What the document does with the claim.")
    hedge: str | None = Field(description="Words that weaken it; null if there are none.")
    chain: list[LinkShown] = Field(description="From whom the document has it, origin first; empty: in its own voice.")
    figures: list[ProposedFigure] = Field(description="The figures that it prints.")
    rule: str = Field(description="The rule that fired.")
    confidence: float = Field(description="The extractor's own estimate, from 0 to 1.")
    matches: list[ComparedClaim] = Field(description="Known claims that it was compared with, best first.")


class Ingested(Answer):
    """What became of one document."""

    outcome: TakenIn = Field(description="What became of it.")
    document: DocumentItem = Field(description="The document that is held.")
    supersedes: str | None = Field(description="Public id of the version that it replaces; null if there is none.")
    event: str | None = Field(description="Public id of the event that it is about; null if nothing was proposed.")
    event_title: str | None = Field(description="What happened, in a few words.")
    suspected_copies: int = Field(description="How many documents were offered as copies, rewrites or translations.")
    reports: list[ProposedReportShown] = Field(description="What is proposed from it, in the order of its text.")
    notes: list[str] = Field(description="What could not be read, in sentences.")
    dry_run: bool = Field(description="Whether nothing was written: then ids mean nothing.")


class NotTaken(Answer):
    """Something that could not be taken in."""

    key: str = Field(description="Which file, record or address.")
    reason: str = Field(description="What is wrong, with the remedy.")


class IngestionItemShown(Answer):
    """A run: one bulk ingest of one origin."""

    id: str = Field(description="Id of the run.")
    origin: str = Field(description="The folder, file or address.")
    who: str = Field(description="Who started it.")
    started_at: datetime = Field(description="When.")
    finished_at: datetime | None = Field(description="When it was through; null: it was not, and goes on if started.")
    added: int = Field(description="Documents that are held now and were not before.")
    known: int = Field(description="Documents that were held already.")
    changed: int = Field(description="Documents that are later versions of what was held.")
    failed: int = Field(description="Things that could not be read.")
    reports: int = Field(description="Reports that were proposed.")


class IngestionDetail(IngestionItemShown):
    """A run in full."""

    options: dict[str, str | float | None] = Field(description="What was said of all its documents.")
    failures: list[NotTaken] = Field(description="What could not be read and why; the first 200.")
