"""Through whom a statement came, told by the words around it: whom it was told, whom they cite, whose picture it is."""

from __future__ import annotations

import pytest

from provenance.extraction.reader import read
from provenance.extraction.reading import Span, Zone
from provenance.vocabulary import LinkStatus, Stance, ZoneKind
from tests.extraction.resolved import chain, proposed, statements


def named(text: str, content: str, who: str, cue: str) -> list[str | None]:
    """Whom the chain of a statement names in the words of the page, with only its speaker and cue proposed."""
    [one] = statements(text, proposed(text, content, who, cue=cue))
    return [link.as_named for link in one.chain]


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("Roads are closed, a driver told the portal Kudesh.", "the portal Kudesh"),
        ("Roads are closed, a driver told the business daily Nema on Friday.", "the business daily Nema"),
        ("Roads are closed, a driver told the Valley Herald.", "the Valley Herald"),
        ("Roads are closed, a driver told Khabar 24.", "Khabar 24"),
        ("Roads are closed, a driver said in an interview with the newspaper Dennik.", "the newspaper Dennik"),
    ],
    ids=["a portal", "a daily", "a paper by its name", "a station that is known", "an interview"],
)
def test_an_outlet_that_was_told_stands_behind_the_speaker(text: str, carrier: str) -> None:
    cue = "told" if " told " in text else "said"
    assert named(text, "Roads are closed", "a driver", cue) == ["a driver", carrier]


@pytest.mark.parametrize("told", ["reporters", "a news conference", "our reporter", "parliament", "the council"])
def test_who_passes_nothing_on_is_no_carrier(told: str) -> None:
    assert named(f"Roads are closed, a driver told {told}.", "Roads are closed", "a driver", "told") == ["a driver"]


def test_a_news_conference_that_was_proposed_as_a_carrier_is_taken_out() -> None:
    text = "Roads are closed, a driver told a news conference."
    [one] = statements(text, proposed(text, "Roads are closed", "a driver", "a news conference", cue="told"))

    assert [link.as_named for link in one.chain] == ["a driver"]


def test_what_was_told_to_the_agency_of_the_dateline_has_no_carrier_more() -> None:
    text = "ELSTER, May 3 (Plains Wire) - Roads are closed, a driver told Plains Wire."
    house = Span.of(text, text.rindex("Plains Wire"), len(text) - 1)
    [one] = statements(text, proposed(text, "Roads are closed", "a driver", house, cue="told"))

    assert [link.as_named for link in one.chain] == ["a driver"]


def test_a_name_that_was_cut_short_is_made_whole() -> None:
    text = "Roads are closed, a driver told the business daily Nema."
    [one] = statements(text, proposed(text, "Roads are closed", "a driver", "the business", cue="told"))

    assert [link.as_named for link in one.chain] == ["a driver", "the business daily Nema"]


def test_who_is_cited_between_speaker_and_verb_is_the_origin() -> None:
    text = "The agency Tass, citing the fire service, said two barns had burned."

    assert named(text, "two barns had burned", "The agency Tass", "said") == ["the fire service", "The agency Tass"]


def test_citing_somebody_is_no_part_of_what_is_said() -> None:
    text = "According to the daily Nema, citing two engineers, the bridge will be closed."
    [one] = statements(text, proposed(text, text[text.index("citing") : -1], "the daily Nema", cue="According to"))

    assert one.content.text == "the bridge will be closed"
    assert [link.as_named for link in one.chain] == ["two engineers", "the daily Nema"]


def test_whom_somebody_cites_is_no_statement_of_its_own() -> None:
    text = "Tass said two barns had burned, citing firemen."
    said = proposed(text, "two barns had burned", "firemen", "Tass", cue="said")
    cites = proposed(text, "firemen", "Tass", cue="citing")

    assert [one.content.text for one in statements(text, said, cites)] == ["two barns had burned"]


def test_the_agency_credited_under_a_picture_is_its_last_carrier() -> None:
    text = "The picture by Tass shows men who carry sandbags.\n(Photo: Bildfunk)\nThe rain went on."
    end = text.index("\n")
    credit = end + 1 + len("(Photo: Bildfunk)")
    zones = [Zone(ZoneKind.CAPTION, 0, end), Zone(ZoneKind.CREDIT, end + 1, credit)]
    zones.append(Zone(ZoneKind.BODY, credit + 1, len(text)))
    [one] = statements(text, proposed(text, "men who carry sandbags", "Tass", cue="shows"), zones=zones)

    assert chain(one) == ["TASS", "Bildfunk"]


def test_who_published_the_videos_is_the_source_of_what_they_are_said_to_show() -> None:
    text = "Several local channels posted videos on Friday that are said to show tanks."
    [one] = statements(text, proposed(text, "that are said to show tanks", cue="are said"))

    assert [(link.as_named, link.status) for link in one.chain] == [("Several local channels", LinkStatus.UNRESOLVED)]


def test_people_of_whom_something_is_reported_did_not_report_it() -> None:
    text = "Police met strikers who are said to be drunk."
    [one] = statements(text, proposed(text, "who are said to be drunk", cue="said"))

    assert [link.status for link in one.chain] == [LinkStatus.UNSPECIFIED]


def test_who_declines_to_comment_on_reports_does_not_pass_them_on() -> None:
    text = "A spokeswoman declined to comment on reports that the mill had been sold."
    outer = proposed(
        text, "reports that the mill had been sold", "A spokeswoman", cue="declined to comment", stance=Stance.MENTIONS
    )
    inner = proposed(text, "that the mill had been sold", cue="reports")

    found = {one.content.text: one.chain for one in statements(text, outer, inner)}
    assert [link.status for link in found["that the mill had been sold"]] == [LinkStatus.UNSPECIFIED]


def test_a_source_that_holds_its_own_cue_is_nobody() -> None:
    text = "Reports that thieves had come to the mill could not be confirmed."
    whole = Span.of(text, 0, text.index(" could"))
    [one] = [
        found
        for found in statements(text, proposed(text, "that thieves had come to the mill", whole, cue="Reports"))
        if found.rule == "a rule"
    ]

    assert [link.status for link in one.chain] == [LinkStatus.UNSPECIFIED]


def test_whom_a_source_cites_is_the_origin_and_says_nothing_of_its_own() -> None:
    text = "According to the ministry, which cited hospital data, a third of them were children."
    [one] = read(text, language="en").statements

    assert one.content.text == "a third of them were children"
    assert [link.as_named for link in one.chain] == ["hospital data", "the ministry"]
