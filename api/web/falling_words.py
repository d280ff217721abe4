"""What falls without something, in words and groups for a reader; made from the answer that programs get."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from api.web.words import counted, listed
from provenance.answers_impact import ClaimImpact, ImpactSource, WhatFalls


@dataclass(frozen=True, slots=True)
class Carried:
    """A source through which reports still stand, and how many."""

    source: ImpactSource
    reports: int


@dataclass(frozen=True, slots=True)
class Falls:
    """An answer in groups: claims that lose everything, that lose something, and of which only a second path breaks."""

    answer: WhatFalls
    lead: str
    lost: Sequence[ClaimImpact]
    weakened: Sequence[ClaimImpact]
    unharmed: Sequence[ClaimImpact]
    through: Sequence[Carried]

    @property
    def reports(self) -> int:
        """Supported reports of all claims that are touched."""
        return self.answer.reports_fallen + self.answer.reports_standing

    @property
    def standing(self) -> int:
        """Claims that still stand."""
        return self.answer.claims - self.answer.claims_losing_all_support


def grouped(answer: WhatFalls) -> Falls:
    """The answer as pages show it."""
    items = answer.items
    return Falls(
        answer=answer,
        lead=lead(answer),
        lost=[one for one in items if one.loses_all_support],
        weakened=[one for one in items if one.fallen and not one.loses_all_support],
        unharmed=[one for one in items if not one.fallen],
        through=through(items),
    )


def lead(answer: WhatFalls) -> str:
    """What falls, in a sentence or two made from the counts."""
    if not answer.claims:
        return answer.says
    without, _, _ = answer.says.partition(",")
    named = f"Without {listed(_names(answer), most=4)}" if answer.withdrawn.sources else without
    total, fallen = answer.reports_fallen + answer.reports_standing, answer.reports_fallen
    of_claims = "of 1 claim" if answer.claims == 1 else f"of {answer.claims:,} claims"
    told = f"{named}, {fallen:,} of the {counted(total, 'report')} {of_claims} {'falls' if fallen == 1 else 'fall'}."
    return f"{told} {_claims(answer)}"


def _names(answer: WhatFalls) -> list[str]:
    given = [each.source for each in answer.withdrawn.sources if each.given]
    linked = len(answer.withdrawn.sources) - len(given)
    return [*given, counted(linked, "source linked with it", "sources linked with it")] if linked else given


def _claims(answer: WhatFalls) -> str:
    lost, standing = answer.claims_losing_all_support, answer.claims - answer.claims_losing_all_support
    losing = f"{counted(lost, 'claim')} {'loses' if lost == 1 else 'lose'} all support" if lost else ""
    still = f"{standing:,} still {'stands' if standing == 1 else 'stand'}" if standing else ""
    if not losing:
        return "It still stands." if standing == 1 else f"All {standing:,} claims still stand."
    return f"{losing}; {still}." if still else f"{losing}, and none of those touched still stands."


def through(claims: Sequence[ClaimImpact]) -> list[Carried]:
    """Through whom reports still stand, most reports first."""
    reports: Counter[str] = Counter()
    sources: dict[str, ImpactSource] = {}
    for claim in claims:
        for report in claim.standing:
            for source in report.through:
                sources[source.source_id] = source
                reports[source.source_id] += 1
    return [Carried(sources[each], count) for each, count in reports.most_common()]
