"""What the story of January 2022 says of the 164 dead at each moment, and who repeats them after the withdrawal.

The numbers were counted by hand from the dates in ``documents.yaml``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine

from provenance.analysis.picture import ClaimPicture
from provenance.analysis.picturing import pictures
from provenance.analysis.rules import zombie
from provenance.analysis.standing import findings
from provenance.moment import Moment
from provenance.storage.moment import reading_at
from provenance.storage.reads.standings import claim_key
from provenance.storage.record import derived_public_id
from provenance.vocabulary import ClaimStatus, Presence

STORY = Path(__file__).parent.parent.parent / "fixtures/stories/kazakhstan-2022"

# Pages of 9 January that print no hour: each may have been there at noon, and was by midnight.
THAT_DAY = [
    f"k{number}" for number in (120, 124, 125, 127, 128, 129, 135, 136, 137, 139, 140, 141, 142, 144, 146, 149, 153)
]

# The casebook's own list of who repeats the 164 after the denial without a word of it.
LISTED = [f"k{number}" for number in (123, 145, 147, 148, 150, 151, 152, 162, 166, 167, 168, 170, 171, 173, 185, 186)]
DEFENSIBLE = ["k143", "k172"]


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """The story's key of each document, by its public id."""
    pages = yaml.load((STORY / "documents.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["documents"]
    return {derived_public_id("document", "kazakhstan-2022", page["key"]): page["key"] for page in pages}


def seen(story: Engine, claim: str, as_of: datetime | None = None) -> ClaimPicture:
    """A claim as it was seen at a moment."""
    with reading_at(story, Moment(as_of=as_of)) as session:
        key = claim_key(session, derived_public_id("claim", "kazakhstan-2022", claim))
        assert key is not None
        return pictures(session, [key])[key]


def at(day: int, hour: int) -> datetime:
    """An hour in January 2022, in UTC."""
    return datetime(2022, 1, day, hour, tzinfo=UTC)


def pages(claim: ClaimPicture, keys: dict[str, str], presence: Presence) -> list[str]:
    """The documents that certainly, or possibly, stated the claim by then."""
    return sorted({keys[one.document_public_id] for one in claim.asserting if one.presence is presence})


def test_at_noon_the_164_stands_and_no_page_is_certain_to_be_out(story: Engine, keys: dict[str, str]) -> None:
    claim = seen(story, "killed-164", at(9, 12))
    assert claim.status is ClaimStatus.STANDING
    assert pages(claim, keys, Presence.CERTAIN) == []
    assert pages(claim, keys, Presence.POSSIBLE) == THAT_DAY
    assert (claim.certain_documents, claim.documents) == (0, 17)


def test_in_the_evening_the_ministry_has_disowned_it_and_two_pages_are_certain(
    story: Engine, keys: dict[str, str]
) -> None:
    claim = seen(story, "killed-164", at(9, 20))
    assert claim.status is ClaimStatus.DENIED
    assert pages(claim, keys, Presence.CERTAIN) == ["k121", "k131"]
    assert pages(claim, keys, Presence.POSSIBLE) == THAT_DAY
    assert (claim.certain_documents, claim.documents) == (2, 19)


def test_a_day_later_it_is_taken_back_and_the_pages_of_the_day_before_are_certain(
    story: Engine, keys: dict[str, str]
) -> None:
    claim = seen(story, "killed-164", at(10, 20))
    assert claim.status is ClaimStatus.RETRACTED
    assert pages(claim, keys, Presence.CERTAIN) == sorted([*THAT_DAY, "k121", "k131", "k123", "k102", "k147"])
    assert pages(claim, keys, Presence.POSSIBLE) == ["k122", "k130", "k134", "k143", "k145", "k148"]
    assert (claim.certain_documents, claim.documents) == (22, 28)


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        pytest.param(datetime(2022, 1, 9, 15, 32, 59, tzinfo=UTC), ClaimStatus.STANDING, id="before the stamp of k131"),
        pytest.param(datetime(2022, 1, 9, 15, 33, 59, tzinfo=UTC), ClaimStatus.STANDING, id="within its minute"),
        pytest.param(datetime(2022, 1, 9, 15, 34, tzinfo=UTC), ClaimStatus.DENIED, id="once the minute is over"),
        pytest.param(datetime(2022, 1, 10, 8, 29, tzinfo=UTC), ClaimStatus.DENIED, id="within the minute of k102"),
        pytest.param(datetime(2022, 1, 10, 8, 30, tzinfo=UTC), ClaimStatus.RETRACTED, id="once that is over"),
    ],
)
def test_the_status_changes_at_the_latest_possible_instant(
    story: Engine, moment: datetime, status: ClaimStatus
) -> None:
    assert seen(story, "killed-164", moment).status is status


def test_on_the_15th_the_225_stands_beside_the_164_which_is_retracted_and_not_superseded(story: Engine) -> None:
    later = seen(story, "killed-225", at(15, 23))
    assert later.status is ClaimStatus.STANDING
    assert {account.status for account in later.accounts if account.text.startswith("164 ")} == {ClaimStatus.RETRACTED}


def test_the_zombies_of_the_164_are_those_of_the_casebook_and_two_that_can_be_defended(
    story: Engine, keys: dict[str, str]
) -> None:
    claim = seen(story, "killed-164")
    document = {report.public_id: keys[report.document_public_id] for report in claim.reports}
    found = [document[finding.rows[0].id] for finding in zombie.find(claim)]
    assert sorted(found) == sorted([*LISTED, *DEFENSIBLE])
    assert not {"k122", "k165", "k169"} & set(found)


def test_each_zombie_says_when_it_was_retrieved_and_waits_for_an_editor(story: Engine) -> None:
    for finding in zombie.find(seen(story, "killed-164")):
        assert "as retrieved at 20" in finding.reason
        assert finding.reason.endswith("It awaits an editor's confirmation.")


def test_before_the_denial_nobody_repeats_anything(story: Engine) -> None:
    assert not list(zombie.find(seen(story, "killed-164", at(9, 20))))


def test_what_the_channel_took_back_leaves_the_reports_that_have_it_from_the_ministry(
    story: Engine, keys: dict[str, str]
) -> None:
    claim = seen(story, "killed-164")
    by_rule = {rule.key: finding for rule, finding in findings(claim)}
    reports = {report.public_id: keys[report.document_public_id] for report in claim.reports}
    fallen = [reports[row.id] for row in by_rule["retracted"].rows if row.noun == "report"]
    assert sorted(fallen) == ["k102", "k122", "k127", "k129", "k131", "k139"]
    assert "20 of 43 reports have it from Ministry of Health of Kazakhstan" in by_rule["disputed_attribution"].reason
