"""Words and lists for what falls: per claim the reports that lose all support and those that stand, and a sentence.

Sentences are made from the counts of all claims; the list is bounded and says how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.analysis.rules.words import counted, either, listed
from provenance.answers import instant_text
from provenance.answers_impact import (
    Broken,
    ClaimImpact,
    FallenPath,
    FallenReport,
    ImpactSource,
    RestsOn,
    StandingReport,
    Support,
    WhatFalls,
    WithdrawnThings,
)
from provenance.chain import Analysis, HopKey, Path
from provenance.moment import Moment
from provenance.vocabulary import Withdrawn
from provenance.withdrawal import Breach, BrokenPath, Consequence

A = TypeVar("A", bound=WhatFalls)


def answered(
    answer: type[A],
    pictures: Mapping[int, ClaimPicture],
    found: Mapping[int, Consequence],
    limit: int,
    *,
    lead: str,
    moment: Moment,
    **more: Any,
) -> A:
    """The answer for these claims; ``lead`` begins its sentence."""
    touched = {key: one for key, one in found.items() if one.touched}
    order = sorted(touched, key=lambda key: (-len(touched[key].fallen), -len(touched[key].broken), key))
    return answer(
        as_of=instant_text(moment.as_of),
        known_at=instant_text(moment.known_at),
        says=f"{lead} {says(touched.values())}",
        claims=len(touched),
        claims_losing_all_support=sum(one.loses_all_support for one in touched.values()),
        reports_fallen=sum(len(one.fallen) for one in touched.values()),
        reports_standing=sum(len(one.standing) for one in touched.values()),
        items=[claim_impact(pictures[key], touched[key]) for key in order[:limit]],
        more=max(len(order) - limit, 0),
        **more,
    )


def says(found: Iterable[Consequence]) -> str:
    """The end of a sentence that says how much falls and how much stands."""
    every = list(found)
    if not every:
        return "nothing falls: no path that supports a report in what is held leads through it."
    fallen, standing = (sum(len(getattr(one, part)) for one in every) for part in ("fallen", "standing"))
    left = sum(one.loses_all_support for one in every)
    lost = (
        f"{fallen:,} of {counted(fallen + standing, 'supported report')} {either(fallen, 'loses', 'lose')} all support"
    )
    rest = f"{standing:,} still {either(standing, 'stands', 'stand')}"
    none = f", and {counted(left, 'claim')} {either(left, 'is', 'are')} left with none" if left else ""
    return f"{lost}, in {counted(len(every), 'claim')}{none}; {rest}."


def without_words(things: WithdrawnThings) -> str:
    """The beginning of that sentence, for things that somebody distrusts."""
    given = [each.source for each in things.sources if each.given]
    linked = len(things.sources) - len(given)
    joined = f" and {counted(linked, 'source')} that ties join to {either(len(given), 'it', 'them')}" if linked else ""
    parts = [f"{listed(given)}{joined}"] if given else []
    kinds = ((things.claims, "claim"), (things.reports, "report"), (things.documents, "document"))
    parts += [counted(len(ids), noun) for ids, noun in kinds if ids]
    parts += [hop_words(hop.upstream, hop.downstream) for hop in things.hops[:1]]
    parts += [f"{len(things.hops) - 1} more hops"] if len(things.hops) > 1 else []
    return f"Without {', '.join(parts)},"


def hop_words(upstream: str | None, downstream: str | None) -> str:
    """What a hop says.

    >>> hop_words("Interior Ministry", "Khabar 24"), hop_words(None, "Tass")
    ('what Khabar 24 has from Interior Ministry', 'what Tass has from somebody it does not name')
    """
    return f"what {downstream or 'anybody'} has from {upstream or 'somebody it does not name'}"


def claim_impact(picture: ClaimPicture, found: Consequence) -> ClaimImpact:
    """What one claim loses, and what it still rests on."""
    views = {report.id: report for report in picture.reports}
    cut = found.after.support_cut
    return ClaimImpact(
        claim=picture.public_id,
        text=picture.text,
        before=_support(found.before),
        after=_support(found.after),
        loses_all_support=found.loses_all_support,
        fallen=[_fallen(picture, views[key], found.broken[key]) for key in found.fallen],
        standing=[_standing(picture, views[key], paths) for key, paths in found.standing.items()],
        support_cut=RestsOn(size=cut.size, exact=cut.exact, sources=_sources(picture, cut.sources)),
    )


def _support(analysis: Analysis) -> Support:
    supported = [report for report in analysis.reports if report.supported]
    return Support(
        verdict=analysis.verdict,
        established_origins=len(analysis.established_origins),
        parties=len(analysis.established_parties),
        reports=len(supported),
        documents=len({report.document for report in supported}),
    )


def _report(picture: ClaimPicture, view: ReportView) -> dict[str, Any]:
    return {
        "report": view.public_id,
        "document": view.document_public_id,
        "document_title": view.document_title,
        "publisher": view.publisher.name,
        "publisher_id": picture.public_ids[view.publisher.id],
        "published_at": view.published.text,
    }


def _fallen(picture: ClaimPicture, view: ReportView, broken: Iterable[BrokenPath]) -> FallenReport:
    paths = [
        FallenPath(path=_names(picture, one.path), broken_by=[_breach(picture, view, by) for by in one.by])
        for one in broken
    ]
    return FallenReport(**_report(picture, view), paths=paths)


def _standing(picture: ClaimPicture, view: ReportView, paths: Iterable[Path]) -> StandingReport:
    return StandingReport(
        **_report(picture, view),
        paths=[_names(picture, path) for path in paths],
        through=_sources(picture, dict.fromkeys(source for path in paths for source in _through(path))),
    )


def _through(path: Path) -> list[int]:
    """Whoever passes it on before the publisher; the publisher where it is its own origin."""
    return [node.actor for node in path.nodes[:-1] or path.nodes]


def _breach(picture: ClaimPicture, view: ReportView, by: Breach) -> Broken:
    match by.kind:
        case Withdrawn.SOURCE if isinstance(by.key, int):
            return Broken(kind=by.kind, id=picture.public_ids[by.key], says=picture.actors[by.key].name)
        case Withdrawn.HOP if isinstance(by.key, HopKey):
            upstream = None if by.key.upstream is None else picture.actors[by.key.upstream].name
            words = hop_words(upstream, picture.actors[by.key.downstream].name)
            return Broken(kind=by.kind, id=None, says=words)
        case Withdrawn.DOCUMENT:
            return Broken(kind=by.kind, id=view.document_public_id, says=view.document_title or "this document")
        case Withdrawn.REPORT:
            return Broken(kind=by.kind, id=view.public_id, says="this report")
        case _:
            return Broken(kind=by.kind, id=picture.public_id, says=picture.text)


def _names(picture: ClaimPicture, path: Path) -> list[str]:
    return [picture.actors[node.actor].name for node in path.nodes]


def _sources(picture: ClaimPicture, keys: Iterable[int]) -> list[ImpactSource]:
    return [ImpactSource(source=picture.actors[key].name, source_id=picture.public_ids[key]) for key in keys]
