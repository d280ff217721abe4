"""The trace of a claim: who it is really from, and how much of that is independent, with the paths that prove it.

``analysis/trace.py`` builds this document when something it depends on is written, and it is sent as it was built;
this model is its contract, checked in tests and shown in OpenAPI, never run on a hot read.
"""

from __future__ import annotations

from pydantic import Field, model_validator

from provenance.answers import Answer, EvidenceRow
from provenance.vocabulary import (
    Basis,
    ClaimKind,
    ClaimStatus,
    CorrectionKind,
    DateBasis,
    DatePrecision,
    Manner,
    OriginClass,
    Presence,
    Relation,
    Stance,
    TieKind,
    Verdict,
)


class TracedClaim(Answer):
    """The claim that is traced."""

    id: str = Field(description="Public id.")
    text: str = Field(description="The assertion, in a sentence that stands alone.")
    kind: ClaimKind = Field(description="What it asserts.")
    event: str = Field(description="Public id of the event.")
    event_title: str = Field(description="What happened, in a few words.")
    tally: str | None = Field(description="Public id of the tally that it is a count in.")
    tally_title: str | None = Field(description="What that tally counts.")
    status: ClaimStatus = Field(description="Where it stands in the record of corrections.")
    happened_at: str | None = Field(description="When what it asserts happened, no more exact than is known.")
    happened_precision: DatePrecision = Field(description="How exactly that is known.")


class CertainOnly(Answer):
    """The same, counted only from reports that were certainly published by the moment."""

    verdict: Verdict = Field(description="The verdict.")
    established_origins: int = Field(description="Origins that can be established.")
    parties: int = Field(description="Parties among them.")


class Independence(Answer):
    """How independent its origins are; it says nothing about truth."""

    verdict: Verdict = Field(description="The verdict.")
    established_origins: int = Field(description="Origins that can be established.")
    parties: int = Field(description="Parties among them, joined by all ties valid then.")
    parties_cited_ties_only: int = Field(description="Parties among them, joined only by ties with a reference.")
    parties_across_accounts: int = Field(description="Parties of this claim and of all other accounts together.")
    why: str = Field(description="The reason, in a sentence.")
    certain_only: CertainOnly | None = Field(
        description="Counted without the reports that are only possible at `as_of`; null where there are none."
    )


class TracedOrigin(Answer):
    """The first node of declared paths."""

    source: str = Field(description="Name of the source.")
    source_id: str = Field(description="Public id of the source.")
    origin_class: OriginClass = Field(alias="class", description="What kind of first node it is.")
    established: bool = Field(description="Whether it counts towards independence.")
    party: str | None = Field(description="Name of the party that it belongs to.")
    reports: int = Field(description="Reports with a path that begins here.")
    disowned: bool = Field(
        description="The source itself denies the claim or says that it never said so; both readings stay."
    )
    withdrawn: bool = Field(description="Every path from it has a hop that was taken back.")


class JoiningTie(Answer):
    """A tie that joins two sources into one party: read 'source KIND other'."""

    source: str = Field(description="Name of the one.")
    source_id: str = Field(description="Public id of the one.")
    kind: TieKind = Field(description="What the one is to the other.")
    other: str = Field(description="Name of the other.")
    other_id: str = Field(description="Public id of the other.")
    basis: Basis = Field(description="Whether a reference is given or it is only commonly known.")
    reference: str | None = Field(description="Where a reader can check it.")
    undated: bool = Field(description="No date is given, so it is read as always.")
    says: str = Field(description="The tie in a sentence.")


class TracedParty(Answer):
    """Origins that are joined by ties, and so count once."""

    name: str = Field(description="What the party is called here.")
    established: bool = Field(description="Whether it counts towards the verdict.")
    origins: list[str] = Field(description="Names of its origins.")
    members: list[str] = Field(description="Names of all that the ties join, origins or not.")
    ties: list[JoiningTie] = Field(description="The ties that join them: just enough to connect all of them.")
    further_ties: list[JoiningTie] = Field(
        description="Other ties between the same members; the party would hold together without them.",
    )


class Chokepoint(Answer):
    """A source, or a party, on every declared path of every supported report."""

    source: str | None = Field(default=None, description="Name of the source, where it is one.")
    source_id: str | None = Field(default=None, description="Public id of the source.")
    party: str | None = Field(default=None, description="Name of the party, where it is one.")
    paths: int = Field(description="How many paths run through it: all of them.")

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Chokepoint:
        if (self.source is None) == (self.party is None):
            raise ValueError("a chokepoint is a source or a party")
        return self


class SupportCutAnswer(Answer):
    """The smallest set of sources that hits every declared path."""

    size: int = Field(description="How many sources; 0 if no path supports the claim.")
    exact: bool = Field(description="Whether no smaller set exists; false: a bound.")
    sources: list[str] = Field(description="Their names.")


class CutAnswer(Answer):
    """Why a hop supports nothing any more."""

    by: str = Field(description="Who cut it.")
    at: str | None = Field(description="When, if known.")
    reason: str = Field(description="Why, in words.")


class TracedEdge(Answer):
    """One hop as the reports together declare it, for drawing; the union of edges proves nothing."""

    upstream: str | None = Field(description="Name of the source that was relayed; null: not stated.")
    upstream_id: str | None = Field(description="Public id of that source.")
    downstream: str = Field(description="Name of the source that relayed it.")
    downstream_id: str = Field(description="Public id of that source.")
    manners: list[Manner] = Field(description="How it was relayed.")
    reports: int = Field(description="Reports that declare it.")
    first_seen: str | None = Field(description="When the earliest of them was published.")
    stated: bool = Field(description="Whether a page states it; false: an editor concluded it.")
    cut: CutAnswer | None = Field(description="Given where the hop is cut in every one of them.")


class TracedReport(Answer):
    """One document's statement of the claim."""

    id: str = Field(description="Public id.")
    document: str = Field(description="Public id of the document.")
    document_title: str | None = Field(description="Its title as printed.")
    url: str | None = Field(description="Where it was found.")
    publisher: str = Field(description="Name of the source that published it.")
    publisher_id: str = Field(description="Public id of that source.")
    published_at: str | None = Field(description="When, no more exact than is known.")
    published_precision: DatePrecision = Field(description="How exactly the date is known.")
    published_basis: DateBasis = Field(description="Where the date was read.")
    presence: Presence = Field(
        description="Whether it was certainly or only possibly published by `as_of`; without it, certain."
    )
    said_at: str | None = Field(description="When it was said, as far as the page tells; no more exact than is known.")
    said_precision: DatePrecision = Field(description="How exactly that is known.")
    language: str | None = Field(description="BCP 47 tag of the document.")
    stance: Stance = Field(description="What the document does with the claim.")
    hedge: str | None = Field(description="Words that weaken it.")
    quote: str | None = Field(description="The words of the document, exactly.")
    figure: str | None = Field(description="The first figure as printed; null if it prints none.")
    figures: list[str] = Field(description="Public ids of all figures that it prints.")
    paths: list[list[str]] = Field(description="Its declared paths, origin first, publisher last.")
    origin_classes: list[OriginClass] = Field(description="What the first node of each of `paths` is.")
    supported: bool = Field(description="Whether a path that it declares itself supports it.")


class OtherAccount(Answer):
    """Another claim of the same tally: a second witness, or a competitor; not a repetition."""

    claim: str = Field(description="Public id of the other claim.")
    text: str = Field(description="What it says.")
    relation: Relation = Field(description="How its figures stand to this claim's.")
    field: str | None = Field(description="The field that decides or is missing, where there is one.")
    status: ClaimStatus = Field(description="Where it stands in the record of corrections.")
    verdict: Verdict = Field(description="How independent its origins are.")
    documents: int = Field(description="Documents that state it.")
    parties: int = Field(description="Independent parties among its established origins.")
    adds_parties: int = Field(description="Those of them that are not linked to any origin of this claim.")
    party_names: list[str] = Field(description="Names of those parties.")


class TracedCorrection(Answer):
    """What somebody did to the claim or to a hop of it."""

    id: str = Field(description="Public id.")
    kind: CorrectionKind = Field(description="What was done.")
    by: str = Field(description="Name of the source that did it.")
    document: str | None = Field(description="Public id of the document that carries it.")
    effective: str | None = Field(description="When it took effect, no more exact than is known.")
    effective_earliest: str | None = Field(description="Not before; null if not known.")
    effective_latest: str | None = Field(description="Not after; from then on it counts. Null if not known.")
    effective_precision: DatePrecision = Field(description="How exactly that is known.")
    applies: bool = Field(
        description="Whether it had certainly taken effect by `as_of`, at its latest possible time; where that is not "
        "known, when the document that carries it was published. Only then does it change the status or cut a hop."
    )
    upstream: str | None = Field(description="Name of the source whose statement it is about; null: the whole claim.")
    downstream: str | None = Field(description="Name of the only source whose relaying it is about.")
    replaced_by: str | None = Field(description="Public id of the claim that takes its place; null: none was named.")
    replaced_by_text: str | None = Field(description="What that claim says; null: none was named.")
    remains: str | None = Field(description="What still stands, in words.")
    note: str | None = Field(description="What a reader must know about it.")


class TracedFlag(Answer):
    """What a rule found about the claim."""

    rule: str = Field(description="Key of the rule.")
    version: int = Field(description="Version of the rule.")
    title: str = Field(description="What pages call it.")
    reason: str = Field(description="What was found, in a sentence.")
    clears_when: str = Field(description="What would clear it, in a sentence.")
    evidence: list[EvidenceRow] = Field(description="The rows that show it.")


class TracedReview(Answer):
    """An accepted review of the claim."""

    id: str = Field(description="Public id.")
    author: str = Field(description="Who reviewed: a person or an organisation.")
    rating: str = Field(description="The reviewer's own rating words.")
    upholds: bool | None = Field(description="Whether it upholds the claim; null: it decides neither.")
    reasons: str | None = Field(description="Why, in words; null where what was published gives none.")
    url: str | None = Field(description="Where it is published.")


class Trace(Answer):
    """Who a claim is really from."""

    claim: TracedClaim = Field(description="The claim.")
    as_of: str | None = Field(
        description="The moment that the answer is restricted to: what was published by then. Null: no restriction, "
        "so everything that is held now counts."
    )
    known_at: str | None = Field(
        description="The moment that the answer is restricted to: what this database held then. Null: what it holds."
    )
    independence: Independence = Field(description="How independent its origins are.")
    documents: int = Field(
        description="Documents that state it: with `as_of`, those that were certainly or possibly published by then."
    )
    write_ups: int | None = Field(
        description="Separate write-ups among the documents, where copies, translations and rewrites count once. "
        "Null: not computed; copies may be suspected, and none was confirmed. Null never means that all are separate."
    )
    certain: int = Field(
        description="Of `documents`, how many were certainly published by `as_of`: the latest instant that their date "
        "may mean is not after it. Where `as_of` is null, all of them."
    )
    possible: int = Field(
        description="Of `documents`, how many may have been published by `as_of`: their date is too coarse to tell, or "
        "not known. Where `as_of` is null, 0. What was published later is in neither count."
    )
    origins: list[TracedOrigin] = Field(description="The first nodes of the declared paths, most reports first.")
    parties: list[TracedParty] = Field(description="Those origins, joined where they are tied.")
    chokepoints: list[Chokepoint] = Field(description="What every path runs through.")
    support_cut: SupportCutAnswer = Field(description="The fewest sources without which nothing is left.")
    circular: list[list[str]] = Field(description="Directed circles in the union of the hops.")
    edges: list[TracedEdge] = Field(description="The union of the hops, for drawing.")
    reports: list[TracedReport] = Field(description="The accepted reports.")
    other_accounts: list[OtherAccount] = Field(description="Other claims of the same tally.")
    corrections: list[TracedCorrection] = Field(description="What was done to it.")
    reviews: list[TracedReview] = Field(description="Accepted reviews of it.")
    flags: list[TracedFlag] = Field(description="What the rules found.")
    says: list[str] = Field(description="Sentences made from the counts.")
    searched: list[str] = Field(description="What was searched, by whom, until when: the ground of negative answers.")
