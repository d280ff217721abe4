"""What is answered to the question what falls: per claim what it loses and what it still rests on, with the paths."""

from __future__ import annotations

from pydantic import Field

from provenance.answers import Answer, CorrectionItem
from provenance.vocabulary import Verdict, Withdrawn


class ImpactSource(Answer):
    """A source in an answer about what falls."""

    source: str = Field(description="Name of the source.")
    source_id: str = Field(description="Public id of that source.")


class WithdrawnSource(ImpactSource):
    """A source that is withdrawn."""

    given: bool = Field(description="Whether it was named; false: a tie joins it to one that was.")


class WithdrawnHop(Answer):
    """A hop that is withdrawn."""

    upstream: str | None = Field(description="Name of the source that is relayed; null: the page does not say.")
    upstream_id: str | None = Field(description="Public id of that source.")
    downstream: str | None = Field(description="Name of the source that relays it; null: anybody who does.")
    downstream_id: str | None = Field(description="Public id of that source.")
    claim: str | None = Field(description="Public id of the only claim in whose reports it is; null: in all.")
    report: str | None = Field(description="Public id of the only report in which it is; null: in all.")


class WithdrawnThings(Answer):
    """All that is withdrawn or distrusted for the question."""

    sources: list[WithdrawnSource] = Field(description="Sources; those that ties join to them after those named.")
    claims: list[str] = Field(description="Public ids of claims.")
    reports: list[str] = Field(description="Public ids of reports.")
    documents: list[str] = Field(description="Public ids of documents.")
    hops: list[WithdrawnHop] = Field(description="Hops.")


class Support(Answer):
    """How well a claim is supported."""

    verdict: Verdict = Field(description="How independent its established origins are.")
    established_origins: int = Field(description="Established origins.")
    parties: int = Field(description="Independent parties among them.")
    reports: int = Field(description="Reports with a declared path that supports them.")
    documents: int = Field(description="Documents of these reports.")


class RestsOn(Answer):
    """The smallest set of sources that stands on every path that is left: without them nothing would stand."""

    size: int = Field(description="How many they are; 0 where nothing is left.")
    exact: bool = Field(description="Whether no smaller set does it; false: the size is a bound from above.")
    sources: list[ImpactSource] = Field(description="One such set.")


class Broken(Answer):
    """What breaks a path."""

    kind: Withdrawn = Field(description="What it is.")
    id: str | None = Field(description="Public id of the source, report, document or claim; null for a hop.")
    says: str = Field(description="The same in words.")


class FallenPath(Answer):
    """A declared path that supported its report and is broken."""

    path: list[str] = Field(description="Names of its sources, origin first, publisher last.")
    broken_by: list[Broken] = Field(description="Everything withdrawn that stands on it.")


class ImpactReport(Answer):
    """A report in an answer about what falls."""

    report: str = Field(description="Public id of the report.")
    document: str = Field(description="Public id of its document.")
    document_title: str | None = Field(description="Its title as printed.")
    publisher: str = Field(description="Name of the source that published it.")
    publisher_id: str = Field(description="Public id of that source.")
    published_at: str | None = Field(description="When, no more exact than is known.")


class FallenReport(ImpactReport):
    """A report that loses all support."""

    paths: list[FallenPath] = Field(description="Each path that supported it, and what breaks it.")


class StandingReport(ImpactReport):
    """A report that still stands."""

    paths: list[list[str]] = Field(description="The declared paths that still support it, as source names.")
    through: list[ImpactSource] = Field(description="Through whom: the sources on those paths before the publisher.")


class ClaimImpact(Answer):
    """What one claim loses, and what it still rests on."""

    claim: str = Field(description="Public id of the claim.")
    text: str = Field(description="The claim in a sentence.")
    before: Support = Field(description="With everything.")
    after: Support = Field(description="Without what is withdrawn.")
    loses_all_support: bool = Field(description="Whether no report of it is supported any more.")
    fallen: list[FallenReport] = Field(description="Reports that lose all support.")
    standing: list[StandingReport] = Field(description="Reports that still stand.")
    support_cut: RestsOn = Field(description="On whom the rest rests.")


class WhatFalls(Answer):
    """What falls if something is withdrawn or distrusted; nothing is changed by asking."""

    withdrawn: WithdrawnThings = Field(description="What is taken as withdrawn.")
    event: str | None = Field(description="Public id of the only event that was looked at; null: all.")
    as_of: str | None = Field(description="The moment by which things were published; null: now.")
    known_at: str | None = Field(description="The moment by which this database held them; null: now.")
    says: str = Field(description="What falls, in a sentence made from the counts.")
    claims: int = Field(description="Claims with a supporting path that breaks.")
    claims_losing_all_support: int = Field(description="Those of them that are left with none.")
    reports_fallen: int = Field(description="Reports of theirs that lose all support.")
    reports_standing: int = Field(description="Reports of theirs that still stand.")
    items: list[ClaimImpact] = Field(description="The claims, those that lose most reports first.")
    more: int = Field(description="Claims that are counted and not listed.")


class CorrectionImpact(WhatFalls):
    """What falls with a correction: what it cuts, or what it would cut if it were a withdrawal."""

    correction: CorrectionItem = Field(description="The correction.")
    cuts: bool = Field(description="Whether it is a withdrawal; false: it disputes, and all this is only supposed.")
    applies: bool = Field(description="Whether it has certainly taken effect by the moment that is asked for.")
    also_cut_by: list[str] = Field(
        description="Public ids of other corrections in effect that cut some of the same paths; they are left out of "
        "`before`, so that it is seen what this one cuts."
    )
