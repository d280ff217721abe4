"""A name is found however it is written, and nothing else is; a text keeps its length."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.blanking import BLOCK, Names

PERSON = Names(
    ["Saltanat Azirbek", "Салтанат Азирбек", "萨尔塔纳特·阿齐尔别克", "سلطانات أزيربك", "José Núñez", "O'Brien"]
)


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("said Saltanat Azirbek.", "said ████████ ███████."),
        ("SALTANAT AZIRBEK, saltanat azirbek", "████████ ███████, ████████ ███████"),
        ("Saltanat\n   Azirbek's words", "████████\n   ███████'s words"),
        ("(Saltanat\u00a0Azir\u00adbek)", "(████████\u00a0████\u00ad███)"),
        ("САЛТАНАТ АЗИРБЕК", "████████ ███████"),
        ("发言人萨尔塔纳特・阿齐尔别克说", "发言人█████・█████说"),
        ("قالت وسلطانات أزيربك", "قالت و███████ ██████"),
        (unicodedata.normalize("NFD", "José Núñez"), "█████ ███████"),
        ("O’BRIEN and o'brien", "█’█████ and █'█████"),
        ("https://t.test/saltanat-azirbek/", "https://t.test/████████-███████/"),
        ("https://t.test/?q=Saltanat+Azirbek", "https://t.test/?q=████████+███████"),
        ("?q=%53altanat%20Azirbek", "?q=██████████%20███████"),
        ("?q=Jos%C3%A9_N%C3%BA%C3%B1ez", "?q=█████████_███████████████"),
        ("Jos&eacute; N&#250;&#xF1;ez", "███████████ ███████████████"),
        (r"{\"by\": \"Jos\u00e9 N\u00fa\u00f1ez\"}", r"{\"by\": \"█████████ ███████████████\"}"),
        (r'{"by": "Saltanat\n  Azirbek"}', r'{"by": "████████\n  ███████"}'),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, blanked: str) -> None:
    assert PERSON.blank(text).text == blanked


@pytest.mark.parametrize(
    "text",
    [
        "Saltanat Azirbekova",
        "Nursaltanat Azirbek",
        "Saltanat. Azirbek",
        "Saltanat, Azirbek",
        "Azirbek Saltanat",
        "Салтанат Азирбеков",
        "José Núñeza",
        "Jose Nunez",
        "O'Briens",
        "Saltanat Azirbek\u0301",
    ],
)
def test_what_only_begins_or_ends_like_a_name_stays(text: str) -> None:
    assert PERSON.blank(text).text == text


def test_a_name_across_tags_of_a_page_is_found_and_the_tags_stay() -> None:
    page = "<p>Saltanat <b>Azir</b>bek</p><img alt='Saltanat Azirbek'>"
    assert PERSON.blank(page, markup=True).text == "<p>████████ <b>████</b>███</p><img alt='████████ ███████'>"


def test_two_fields_of_json_that_had_names_of_one_length_stay_two() -> None:
    names = Names(["Anna Bell", "Anne Ball"])
    assert names.value({"Anna Bell": 1, "Anne Ball": [{"by": "Anna Bell"}]}) == {
        "████ ████": 1,
        "████ █████": [{"by": "████ ████"}],
    }


@given(
    st.text(max_size=60),
    st.lists(st.text(st.characters(categories=["L", "M", "N", "P", "Zs"]), min_size=2, max_size=12), max_size=3),
)
def test_any_text_keeps_its_length_and_whatever_was_no_letter_of_a_name(text: str, names: list[str]) -> None:
    now = Names(names).blank(text).text
    assert len(now) == len(text)
    assert all(one in (other, BLOCK) for one, other in zip(now, text, strict=True))
    assert Names(names).blank(now).text == now
