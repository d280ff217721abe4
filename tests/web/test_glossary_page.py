"""The glossary shows every term of the API, its key beside the words that pages use for it."""

from __future__ import annotations

from api.web.words import plainly
from tests.web.browsing import Web


def test_every_term_of_the_interface_has_its_row_with_the_same_meaning(web: Web) -> None:
    page = web.open("/glossary")

    for vocabulary in web.api.send("GET", "/v1/vocabulary").json():
        for term in vocabulary["terms"]:
            row = page.part(f"//tr[@id='{vocabulary['name']}.{term['term']}']")
            assert term["term"] in row
            assert " ".join(plainly(term["meaning"]).split()) in row


def test_keys_that_a_reader_would_not_know_stand_beside_plain_words(web: Web) -> None:
    page = web.open("/glossary")

    for anchor, said in {
        "flag.zombie": "Repeated after withdrawal",
        "trace.chokepoints": "all routes pass through",
        "trace.parties": "linked sources",
        "Verdict.single": "counts as one source",
    }.items():
        assert page.part(f"//tr[@id='{anchor}']/th") == said


def test_all_groups_are_reached_from_the_top_and_no_anchor_stands_twice(web: Web) -> None:
    page = web.open("/glossary")

    ids = page.root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(address[1:] in ids for address in page.links("//ul[@class='contents']//a").values())


def test_readers_find_first_the_words_that_they_meet_and_nouns_in_the_singular(web: Web) -> None:
    page = web.open("/glossary")

    assert page.links("//section[@aria-labelledby='met']//a")["Linked sources"] == "#trace.parties"
    assert "Figures that rest on no two" in page.part("//section[@aria-labelledby='met']")
    assert page.root.xpath("//tr[@id='noun.tallies']/@data-also") == ["tally count"]
