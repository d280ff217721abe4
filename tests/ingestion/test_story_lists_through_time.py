"""What lists say of the story of January 2022 at each moment: the 164 dead appear, are denied, and are taken back."""

from __future__ import annotations

from itertools import pairwise

from sqlalchemy import Engine

from provenance.analysis.moments import looking
from provenance.answers import ClaimItem, FigureItem
from provenance.storage.reads.asked import ClaimsAsked, FiguresAsked, FlagsAsked, SourceClaimsAsked, moment_of
from provenance.storage.reads.claims import claims, claims_of_source
from provenance.storage.reads.figures import figures
from provenance.storage.reads.flags import flags
from provenance.storage.record import derived_public_id
from provenance.vocabulary import ClaimStatus, Presence

DEAD = derived_public_id("claim", "kazakhstan-2022", "killed-164")
BEFORE, SOON, NOON, EVENING, NEXT = (
    "2022-01-07",
    "2022-01-08",
    "2022-01-09T12:00Z",
    "2022-01-09T20:00Z",
    "2022-01-10T20:00Z",
)


def listed(story: Engine, as_of: str, **more: str) -> list[ClaimItem]:
    with looking(story, moment_of(as_of, None)) as session:
        return claims(session, ClaimsAsked(as_of=as_of, limit=200, **more)).items  # type: ignore[arg-type]


def the_164(story: Engine, as_of: str) -> ClaimItem | None:
    return next((item for item in listed(story, as_of) if item.id == DEAD), None)


def figures_flagged(story: Engine, as_of: str, rule: str) -> list[FigureItem]:
    with looking(story, moment_of(as_of, None)) as session:
        return figures(session, FiguresAsked(as_of=as_of, claim=DEAD, flag=[rule], limit=200)).items


def test_the_claim_appears_is_denied_and_is_taken_back(story: Engine) -> None:
    seen = [the_164(story, as_of) for as_of in (BEFORE, NOON, EVENING, NEXT)]
    assert [item and (item.status, item.certain, item.possible) for item in seen] == [
        None,
        (ClaimStatus.STANDING, 0, 17),
        (ClaimStatus.DENIED, 2, 17),
        (ClaimStatus.RETRACTED, 22, 6),
    ]


def test_its_findings_come_with_what_was_known(story: Engine) -> None:
    rules = {}
    for as_of in (NOON, EVENING, NEXT):
        with looking(story, moment_of(as_of, None)) as session:
            rules[as_of] = {item.rule for item in flags(session, FlagsAsked(as_of=as_of, claim=DEAD, limit=200)).items}
    expected = {"retracted": [False, False, True], "disputed_attribution": [False, True, True]}
    assert {rule: [rule in rules[at] for at in rules] for rule in expected} == expected
    assert all("unverified_figure" in found for found in rules.values())


def test_figures_are_flagged_by_what_had_been_published(story: Engine) -> None:
    counts = [len(figures_flagged(story, as_of, "unverified_figure")) for as_of in (BEFORE, NOON, EVENING, NEXT)]
    assert counts[0] == 0
    assert counts == sorted(counts)
    presences = {item.presence for item in figures_flagged(story, NOON, "unverified_figure")}
    assert presences == {Presence.POSSIBLE}


def test_claims_come_one_after_the_other(story: Engine) -> None:
    seen = [{item.id for item in listed(story, as_of)} for as_of in (BEFORE, SOON, NOON, EVENING, NEXT, "2022-12-31")]
    assert all(earlier <= later for earlier, later in pairwise(seen))
    assert len(seen[0]) < len(seen[-1]) <= 70


def test_a_source_is_not_charged_with_what_it_had_not_said(story: Engine) -> None:
    ministry = derived_public_id("source", "kazakhstan-2022", "kz_minzdrav")
    found = []
    for as_of in (BEFORE, EVENING):
        with looking(story, moment_of(as_of, None)) as session:
            page = claims_of_source(session, ministry, SourceClaimsAsked(as_of=as_of, limit=200))
            found.append({item.id for item in page.items})
    assert [DEAD in ids for ids in found] == [False, True]
