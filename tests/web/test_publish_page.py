"""What is made to be copied says what the API's publication says, as of a day if one is chosen; so do our mistakes."""

from __future__ import annotations

from lxml import html

from tests.web.browsing import Leaf, Web

MISTAKE = {
    "said": "Three news agencies confirmed the toll.",
    "says": "Three news agencies carried the toll from the police.",
    "why": "A reader asked who had counted.",
}
ARTICLE = "Nine people were killed in a fire in Astana, the Emergency Ministry said on Thursday, Khabar 24 reported."


def copied(page: Leaf, name: str) -> str:
    """What stands in a text area to be copied, without the line with which it begins."""
    [area] = page.root.xpath(f"//textarea[@id='{name}'][@readonly]")
    return str(area.text).removeprefix("\n")


def test_the_words_to_copy_are_those_of_the_publication(web: Web) -> None:
    claim = web.claim("dozens of attackers")
    page = web.open(f"/claims/{claim}/publish")
    printed = web.api.get(f"/v1/claims/{claim}/publication")

    assert copied(page, "sentence-plain") == printed["sentence"]
    assert copied(page, "methods-plain").split("\n\n") == printed["methods"]
    assert copied(page, "citation-plain") == printed["citation"]
    for name in ("sentence", "methods", "citation"):
        made = html.fragment_fromstring(copied(page, f"{name}-html"), create_parent=True)
        words = " ".join(copied(page, f"{name}-plain").split())
        assert all(sentence in " ".join(made.text_content().split()) for sentence in words.split(". "))
    quoted = html.fragment_fromstring(copied(page, "card-quotation"))
    assert quoted.get("cite") == printed["address"]
    assert printed["sentence"] in quoted.text_content()


def test_a_chosen_day_is_kept_by_everything_that_is_copied(web: Web) -> None:
    claim = web.claim("164 people were killed in a week")
    page = web.open(f"/claims/{claim}/publish?as_of=2022-01-12")

    assert "As of 12 January 2022" in copied(page, "sentence-plain")
    for name in ("sentence-html", "citation-plain", "citation-html", "card-frame", "card-quotation"):
        assert "as_of=2022-01-12" in copied(page, name), name
    frame = html.fragment_fromstring(copied(page, "card-frame"))
    card = web.open(frame.get("src").removeprefix("http://provenance.test"))
    assert "As of 12 January 2022, in the documents held" in card.text
    assert card.links()["How this was traced"].endswith(f"/claims/{claim}?as_of=2022-01-12")


def test_a_frame_to_copy_has_a_title_a_size_and_waits_until_it_is_seen(web: Web) -> None:
    claim = web.claim("dozens of attackers")

    frame = html.fragment_fromstring(copied(web.open(f"/claims/{claim}/publish"), "card-frame"))

    assert frame.get("title").startswith("Where it is from: Dozens of attackers")
    assert (frame.get("width"), frame.get("loading")) == ("480", "lazy")
    assert 400 <= int(frame.get("height")) <= 700


def test_a_card_stands_alone_and_tells_the_counts_of_the_trace(web: Web) -> None:
    claim = web.claim("dozens of attackers")
    card = web.open(f"/claims/{claim}/card")
    trace = web.api.get(f"/v1/claims/{claim}/trace")

    assert card.part("//p[@class='lead']") == "56 documents, one group of linked sources, nothing independent."
    counts = [int(number.text) for number in card.root.xpath("//dd")]
    assert (counts[0], counts[-1]) == (trace["documents"], trace["independence"]["parties"])
    assert "Not taken back" in card.text
    assert not card.root.xpath("//script | //*[@style] | //nav | //form")
    assert len(card.response.content) < 4000


def test_what_was_withdrawn_stands_before_everything_else_on_a_card(web: Web) -> None:
    card = web.open(f"/claims/{web.claim('164 people were killed in a week')}/card")

    assert card.part("//main/*[1]").startswith("Withdrawn on 9 or 10 January 2022 by ")


def test_a_claim_that_nobody_accepted_cannot_be_published(desk: Web) -> None:
    desk.api.send("POST", "/v1/ingest", json={"text": ARTICLE, "publisher": "Courier", "published_at": "2022-01-06"})
    waiting = desk.api.items("/v1/claims", include="proposed", q="fire in Astana")[0]

    page = desk.open(f"/claims/{waiting['id']}/publish")

    assert "Nobody has accepted this claim yet, so there is nothing to publish" in page.text
    assert not page.root.xpath("//textarea | //iframe")
    assert "nothing of it is published" in desk.open(f"/claims/{waiting['id']}/card", 409).text


def test_a_correction_of_ours_is_public_at_once_on_all_pages_of_the_claim(desk: Web) -> None:
    claim = desk.claim("dozens of attackers")
    assert "We have corrected nothing so far" in desk.open("/our-corrections").text

    sent = desk.send("/our-corrections", 303, claim=f"http://desk.test/claims/{claim}", by="Ana", **MISTAKE)

    assert "It is public now" in desk.open(sent.headers["location"]).part("//p[@role='status']")
    [kept] = desk.api.items("/v1/own-corrections")
    listed = desk.open(f"/our-corrections?claim={claim}").part("//ol[@class='corrected']")
    assert all(words in listed for words in (*MISTAKE.values(), "Ana"))
    for address in (f"/claims/{claim}", f"/claims/{claim}/card"):
        assert MISTAKE["says"] in desk.open(address).part("//p[@class='ours']")
        assert "Corrected by us on " in desk.open(address).part("//p[@class='ours']")
    assert f"/our-corrections#{kept['id']}" in desk.open(f"/claims/{claim}").links().values()


def test_a_correction_that_says_the_same_or_nothing_is_refused_and_keeps_what_was_typed(desk: Web) -> None:
    claim = desk.claim("dozens of attackers")
    for wrong, said in (
        ({"says": MISTAKE["said"]}, "say what we say now"),
        ({"why": " "}, "How it came about"),
        ({"claim": "the toll"}, "Paste the address"),
    ):
        again = Leaf(desk.send("/our-corrections", 422, **{"claim": claim, **MISTAKE, **wrong}))
        assert said in again.part("//p[@role='alert']")
        assert again.part("//textarea[@id='said']") == MISTAKE["said"]
    assert desk.api.items("/v1/own-corrections") == []
