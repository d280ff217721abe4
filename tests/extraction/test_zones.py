"""An article falls into zones, and only its own text is read for claims."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.extraction.datelines import dateline_end
from provenance.extraction.zones import find_zones
from provenance.vocabulary import ZoneKind

STORY = """Dozens hurt in Almaty – parliament meets

Almaty Fighting in the largest city of Kazakhstan has left many people hurt, the health ministry said.

A broadcaster said on Thursday that the town hall was burning. The news agency Tass reported the same.

What set it off: the price of gas

The price had doubled at the turn of the year. People in the west of the country were the first to protest.

A night in Almaty

The picture shows soldiers near the town hall.

(Photo: dpa)

The president spoke on television.

More: How the price of gas is made

***
source example-7
"""


def zones(text: str) -> list[tuple[str, str]]:
    return [(str(zone.kind), text[zone.start : zone.end]) for zone in find_zones(text)]


def kinds(text: str) -> list[str]:
    return [kind for kind, _ in zones(text)]


def test_each_line_of_a_newspaper_article_is_known_for_what_it_is() -> None:
    assert [(kind, words.split()[0]) for kind, words in zones(STORY)] == [
        ("headline", "Dozens"),
        ("dateline", "Almaty"),
        ("body", "Fighting"),
        ("body", "A"),
        ("subheading", "What"),
        ("body", "The"),
        ("caption", "A"),
        ("caption", "The"),
        ("credit", "(Photo:"),
        ("body", "The"),
        ("teaser", "More:"),
        ("boilerplate", "***"),
        ("boilerplate", "source"),
    ]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_a_line_may_end_as_on_any_system(newline: str) -> None:
    assert kinds(STORY.replace("\n", newline)) == kinds(STORY)


@pytest.mark.parametrize(
    "dateline",
    [
        "ALMATY, Jan 6 (Reuters) -",
        "ALMATY, Kazakhstan, Jan. 6, 2022 (AFP) —",
        "ALMATY/MOSCOW (Reuters) –",
        "(AP) —",
        "NUR-SULTAN —",
        "Nur-Sultan (dpa) -",
        "MOSCOW. Jan 7. INTERFAX -",
        "MOSCOW, January 6. /TASS/.",
        "ST. LOUIS, Mo. --",
        "Port-au-Prince, 6 January 2022 (AFP) –",
        "Алматы. 7 января. ИНТЕРФАКС -",
        "МОСКВА, 6 янв - РИА Новости.",
        "Kyiv –",
        "Frankfurt am Main",
    ],
)
def test_place_date_and_agency_are_cut_off_the_first_paragraph(dateline: str) -> None:
    text = f"{dateline} The ministry said that dozens were hurt. It gave no names."
    assert zones(text) == [("dateline", dateline), ("body", text[len(dateline) + 1 :])]


@pytest.mark.parametrize(
    "text",
    [
        "London Mayor Sadiq Khan said so. He left.",
        "Moscow said on Thursday that it would send troops.",
        "Berlin police said so. They did not say why.",
        "U.S. - Russian talks began on Monday.",
        "The talks – the first in years – began on Monday.",
        "Paris Hilton In Almaty",
    ],
)
def test_a_town_that_belongs_to_the_sentence_is_no_dateline(text: str) -> None:
    assert kinds(text) == ["body"]


@pytest.mark.parametrize("text", ["Dozens killed", "Eight police officers were killed.", "One. Two. Three.", "8", "a"])
def test_a_text_of_one_line_is_running_text(text: str) -> None:
    assert zones(text) == [("body", text)]


@pytest.mark.parametrize("text", ["", " ", "\n\n \t\n", "\ufeff", "\u200b\n"])
def test_a_blank_text_has_no_zones(text: str) -> None:
    assert find_zones(text) == ()


@pytest.mark.parametrize(
    "headline",
    [
        "Riots in Almaty",
        "Riots in Almaty.",
        "“Dozens eliminated” in Almaty",
        "Minister Said To Have Fled. What Happens Next?",
        "Бои в Алма-Ате",
        "اشتباكات في ألماتي",
        "阿拉木图发生骚乱",
    ],
)
def test_a_short_first_line_is_the_headline(headline: str) -> None:
    assert kinds(f"{headline}\n\nDozens were hurt in the riots. Police gave no names.") == ["headline", "body"]


def test_a_first_paragraph_that_tells_who_said_it_is_no_headline() -> None:
    assert kinds("Eight officers were killed, police said.\n\nIt was a long night for all.") == ["body", "body"]


def test_author_and_date_stand_between_headline_and_text() -> None:
    text = "Riots in Almaty\nBy Aigerim Bekova\nJanuary 6, 2022 5:14 PM GMT\nDozens were hurt on Thursday. It is calm."
    assert kinds(text) == ["headline", "dateline", "dateline", "body"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Photo by Ivan Petrov", ZoneKind.CREDIT),
        ("Image: AFP/Getty", ZoneKind.CREDIT),
        ("REUTERS/Pavel Example", ZoneKind.CREDIT),
        ("FILE PHOTO: The town hall of Almaty on a quiet day in the year before the riots", ZoneKind.CAPTION),
        ("Read more: How it began", ZoneKind.TEASER),
        ("Also read", ZoneKind.TEASER),
        ("Subscribe to our channel", ZoneKind.TEASER),
        ("Читайте также: Что известно", ZoneKind.TEASER),
        ("All rights reserved.", ZoneKind.BOILERPLATE),
        ("© 2022 Example Media", ZoneKind.BOILERPLATE),
        ("Follow us on Telegram", ZoneKind.BOILERPLATE),
        ("12 comments", ZoneKind.BOILERPLATE),
        ("Share Facebook Twitter WhatsApp", ZoneKind.BOILERPLATE),
        ("Sent every morning: our newsletter", ZoneKind.BOILERPLATE),
        ("(Reporting by A. Bekova; editing by B. Petrov)", ZoneKind.BOILERPLATE),
        ("* * *", ZoneKind.BOILERPLATE),
    ],
)
def test_a_line_that_is_no_text_of_the_article_is_known_by_its_words(line: str, kind: ZoneKind) -> None:
    text = f"Riots in Almaty\n\n{'The town hall burned. ' * 20}\n\n{line}\n\nSoldiers came. They stayed."
    assert kinds(text) == ["headline", "body", str(kind), "body"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright law was changed on Thursday, the ministry said.",
        "More people were hurt on Thursday than on any day before.",
        "Share prices fell in Almaty by a tenth on the same day.",
        "Comments by the minister caused anger in the west of the country.",
        "Photos of the burning town hall were seen around the world.",
        "Sources close to the president said that he had left.",
        "Related protests were seen in Aktau.",
        "By Thursday evening the square was empty.",
        "Gov. Jane Doe (R) said that she would not come.",
    ],
)
def test_a_sentence_that_begins_with_such_a_word_stays_text(sentence: str) -> None:
    text = f"Riots in Almaty\n\nThe town hall burned. It burned for hours.\n\n{sentence}\n\nSoldiers came. They stayed."
    assert kinds(text) == ["headline", "body", "body", "body"]


def test_a_credit_behind_the_words_of_a_caption_is_cut_off() -> None:
    text = "Riots\n\nSoldiers in Almaty on Thursday. (Photo by Ivan Petrov/AFP)\n\nThe town hall burned. It was late."
    assert zones(text)[1:3] == [
        ("caption", "Soldiers in Almaty on Thursday."),
        ("credit", "(Photo by Ivan Petrov/AFP)"),
    ]


def test_the_only_paragraph_of_a_text_is_no_caption() -> None:
    assert kinds("Riots in Almaty\n\nDozens were hurt.\n\n(Photo: dpa)") == ["headline", "body", "credit"]


def test_links_under_their_heading_are_teasers_until_text_follows() -> None:
    text = "Riots\n\nThe town hall burned.\n\nRelated articles\nGas doubles\nBanks shut\n\nIt was empty. It was late."
    assert kinds(text) == ["headline", "body", "teaser", "teaser", "teaser", "body"]


def test_a_paragraph_that_was_wrapped_at_a_fixed_width_is_one_zone() -> None:
    wrapped = (
        "The town hall of the city burned in the night to Thursday, and the\n"
        "square in front of it was empty by the morning. Nobody was seen in\nthe streets."
    )
    assert zones(f"Riots in Almaty\n\n{wrapped}\n\nIt was quiet.")[1] == ("body", wrapped)


@pytest.mark.parametrize(
    "text",
    [
        "What they ask for:\n\n- lower prices\n- new elections\n- no troops",
        "1. Almaty\n2. Aktau\n3. Oral",
        "Apples are red,\n\npears are green,\n\nplums are blue,\n\nand so am I.",
    ],
)
def test_the_lines_of_a_list_and_a_poem_head_nothing(text: str) -> None:
    assert set(kinds(text)) == {"body"}


PIECES = [
    "Riots",
    "(Photo: dpa)",
    "ALMATY (AP) - A man fell.",
    "More: a",
    "12 comments",
    "\u2028",
    "\n",
    " ",
    "صورة: أ",
    "a.",
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=20).map("".join))
def test_zones_cover_all_that_is_not_blank_in_order_and_without_overlap(text: str) -> None:
    found = find_zones(text)
    assert all(zone.start < zone.end <= len(text) for zone in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    between = [text[one.end : other.start] for one, other in pairwise(found)]
    outside = [*between, text[found[-1].end :], text[: found[0].start]] if found else [text]
    assert not any(char.isalnum() for stretch in outside for char in stretch)


def test_a_date_and_a_dash_before_the_first_sentence_are_no_part_of_it() -> None:
    text = "Fire in a mine\n\nMay 7, 2024 - At least nine miners died in a fire at the pit on Monday."
    dated = [text[zone.start : zone.end] for zone in find_zones(text) if zone.kind is ZoneKind.DATELINE]
    assert dated == ["May 7, 2024 -"]
    assert dateline_end("May 7 - June 3 was the longest dry spell.") == 0


LONG = {
    "menu": "Line of a menu\n" * 50_000,
    "sentences": "A sentence, said he.\n\n" * 50_000,
    "blank": "\n" * 200_000,
    "dashes": "A-" * 100_000,
    "dashed lines": ("A-" * 54 + "\n") * 2_000,
    "initials": "A. " * 100_000,
    "numbers": "1.1.1 " * 50_000,
    "hours": ("1:11" * 24 + "x\n") * 1_000,
    "brackets": "(Photo: " * 50_000 + "\n" + "(Photo: " * 12,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_takes_no_more_than_its_share_of_time(text: str) -> None:
    began = time.process_time()
    find_zones(text)
    assert time.process_time() - began < 5
