"""What of January 2022 falls without Khabar 24, and without the whole state of Kazakhstan.

The documents were picked out by hand from the chains in ``documents.yaml``; every claim is also held to its own paths.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine

from provenance.analysis.correction_impact import impact_of
from provenance.analysis.impact import what_if
from provenance.analysis.picturing import lone_pictures
from provenance.answers_impact import ClaimImpact, WhatFalls
from provenance.moment import NOW
from provenance.storage.moment import reading_at
from provenance.storage.reads.asked_impact import WhatIfAsked
from provenance.storage.reads.picture import current_claims
from provenance.storage.record import derived_public_id
from provenance.vocabulary import Verdict

STORY = Path(__file__).parent.parent.parent / "fixtures/stories/kazakhstan-2022"

# These pages have the dozens through Khabar 24; k001 gives the same of another wording, "several", through Interfax.
THROUGH_KHABAR = ["k001", "k020", "k024", "k031", "k032", "k040", "k041", "k042", "k043", "k044", "k053"]
OTHERWISE_TOO = {"k001"}
# One names nobody, one only unnamed witnesses and agencies, so neither was supported to begin with.
UNSUPPORTED = {"k054", "k097"}


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """The story's key of each document, by its public id."""
    pages = yaml.load((STORY / "documents.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["documents"]
    return {id_of("document", page["key"]): page["key"] for page in pages}


def id_of(noun: str, key: str) -> str:
    return derived_public_id(noun, "kazakhstan-2022", key)


def without(story: Engine, source: str, linked: bool = False) -> WhatFalls:
    """What falls without a source of the story."""
    with reading_at(story, NOW) as session:
        asked = WhatIfAsked(sources=[id_of("source", source)], with_linked=linked, limit=200)
        return what_if(session, asked)


def on(answer: WhatFalls, claim: str) -> ClaimImpact:
    return next(item for item in answer.items if item.claim == id_of("claim", claim))


def test_without_khabar_24_eleven_reports_of_the_dozens_fall_and_the_others_stand(
    story: Engine, keys: dict[str, str]
) -> None:
    dozens = on(without(story, "khabar24"), "dozens-killed")

    assert sorted(keys[report.document] for report in dozens.fallen) == THROUGH_KHABAR
    standing = {keys[report.document] for report in dozens.standing}
    assert (dozens.before.reports, dozens.before.documents) == (55, 56 - len(UNSUPPORTED))
    assert (dozens.after.reports, dozens.after.documents) == (55 - len(THROUGH_KHABAR), len(standing))
    assert standing & set(THROUGH_KHABAR) == OTHERWISE_TOO
    assert len(standing) == 56 - len(UNSUPPORTED) - len(THROUGH_KHABAR) + len(OTHERWISE_TOO)
    assert not standing & UNSUPPORTED
    assert (dozens.before.verdict, dozens.after.verdict) == (Verdict.SINGLE, Verdict.SINGLE)
    assert all("Khabar 24" in path.path for report in dozens.fallen for path in report.paths)
    assert not any("Khabar 24" in path for report in dozens.standing for path in report.paths)


def test_without_the_whole_state_nothing_is_left_of_the_dozens(story: Engine, keys: dict[str, str]) -> None:
    answer = without(story, "kz_state", linked=True)
    dozens = on(answer, "dozens-killed")

    assert dozens.loses_all_support
    assert (dozens.after.reports, dozens.after.established_origins) == (0, 0)
    assert dozens.after.verdict is Verdict.NOT_ESTABLISHED
    assert len({keys[report.document] for report in dozens.fallen}) == 56 - len(UNSUPPORTED)
    linked = {source.source for source in answer.withdrawn.sources if not source.given}
    assert {"Saltanat Azirbek", "Almaty city police department", "Khabar 24", "Kazinform"} <= linked
    assert not linked & {"TASS", "Interfax", "Associated Press", "UN High Commissioner for Human Rights"}


def test_without_the_whole_state_the_164_still_rests_on_carriers_who_do_not_say_from_whom(story: Engine) -> None:
    total = on(without(story, "kz_state", linked=True), "killed-164")

    named = {(report.publisher, report.through[0].source) for report in total.standing}
    assert {
        ("Rights Corridor", "UN High Commissioner for Human Rights"),
        ("Business Standard", "Associated Press"),
    } <= named
    assert total.after.established_origins <= total.before.established_origins
    assert {source.source for source in total.support_cut.sources} == {source for _, source in named}


def test_the_eyewitness_does_not_fall_with_the_state(story: Engine) -> None:
    answer = without(story, "kz_state", linked=True)

    assert id_of("claim", "eyewitness-ten-killed") not in {item.claim for item in answer.items}


@pytest.mark.parametrize(
    ("source", "linked"), [("khabar24", False), ("kz_state", True)], ids=["Khabar 24", "the state"]
)
def test_in_every_claim_exactly_the_reports_fall_of_which_no_declared_path_avoids_them(
    story: Engine, source: str, linked: bool
) -> None:
    answer = without(story, source, linked)
    gone = {each.source_id for each in answer.withdrawn.sources}
    expected: dict[str, set[str]] = {}
    with reading_at(story, NOW) as session:
        for picture in lone_pictures(session, current_claims(session)).values():
            views = {view.id: view.public_id for view in picture.reports}
            for report in picture.analysis.reports:
                ways = [
                    [picture.public_ids[node.actor] for node in path.nodes] for path in report.paths if path.supports
                ]
                if report.supported and all(set(way) & gone for way in ways):
                    expected.setdefault(picture.public_id, set()).add(views[report.report])

    told = {item.claim: {report.report for report in item.fallen} for item in answer.items if item.fallen}
    assert told == expected
    assert answer.reports_fallen == sum(map(len, expected.values()))
    assert answer.more == 0


def test_the_two_withdrawals_of_the_164_cut_the_same_and_each_names_the_other(story: Engine) -> None:
    ids = [id_of("correction", key) for key in ("164-retracted", "164-post-deleted")]
    with reading_at(story, NOW) as session:
        first, second = (impact_of(session, public_id, 50) for public_id in ids)

    assert (first.also_cut_by, second.also_cut_by) == ([ids[1]], [ids[0]])
    assert first.items == second.items
    assert first.reports_fallen > 0
    paths = [path.path for report in first.items[0].fallen for path in report.paths]
    assert all(any(name.startswith("Operational headquarters Telegram channel") for name in path) for path in paths)


def test_the_disavowal_of_the_164_cuts_nothing_and_says_what_it_would_cut(story: Engine) -> None:
    with reading_at(story, NOW) as session:
        answer = impact_of(session, id_of("correction", "164-disavowed"), 50)

    assert not answer.cuts
    assert answer.says.startswith("The disavowal by Ministry of Health of Kazakhstan disputes and cuts nothing.")
    paths = [path.path for report in answer.items[0].fallen for path in report.paths]
    assert paths
    assert all("Ministry of Health of Kazakhstan" in path for path in paths)
