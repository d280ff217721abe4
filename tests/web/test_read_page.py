"""Reading an article: proposals while it is pasted, saving it, and the bookmarklet that sends pages there."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from urllib.parse import unquote

import pytest

from api.dependencies import MOST_READING, turn_to_read
from provenance.ingestion import taking_one
from provenance.ingestion.loading import LoadedDocument
from provenance.ingestion.sniff import Media
from tests.web.browsing import Leaf, Web

TEXT = (
    "Toll rises\n\nDozens of attackers were killed, police spokeswoman Saltanat Azirbek said on Thursday, Tass wrote."
)


def test_what_is_read_is_what_the_interface_reads(web: Web) -> None:
    read = web.api.send("POST", "/v1/read", json={"text": TEXT, "published_at": "2022-01-07"}).json()

    page = Leaf(web.send("/read", 200, text=TEXT, date="2022-01-07", url=""))

    quotes = [" ".join(one.text_content().split()) for one in page.root.xpath("//ol[@class='stated']//blockquote")]
    assert quotes == [" ".join(one["content"]["text"].split()) for one in read["statements"]]
    assert [one.text_content() for one in page.root.xpath("//ol[@class='stated']//span[@class='printed']")] == [
        "Dozens"
    ]
    assert [one.text_content() for one in page.root.xpath("//*[@class='paper']//span[contains(@class,'m-date')]")] == [
        one["text"] for one in read["dates"]
    ]
    assert page.part("//textarea[@name='text']").startswith("Toll rises")


def test_a_script_is_sent_the_part_of_the_page_that_changes(web: Web) -> None:
    part = Leaf(web.send("/read/proposals", 200, text=TEXT))

    assert "attributed statement" in part.text
    assert not part.root.xpath("//header")
    assert "There is nothing to read" in web.send("/read/proposals", 422, text=" ").text


def test_a_language_without_grammar_is_told_and_can_be_saved_all_the_same(web: Web) -> None:
    page = Leaf(web.send("/read", 200, text="Полиция сообщила о гибели десятков нападавших в ночь на шестое января."))

    assert "Mark statements by hand" in page.part("//p[@class='note']")
    assert "No statements were looked for. You can save the article all the same" in page.text
    assert "Statements were not read, " in page.text
    assert "nobody is quoted for" not in page.text


def test_an_article_from_which_nothing_is_proposed_does_not_say_that_something_waits(desk: Web) -> None:
    fields = {
        "text": "Bürgermeister Brandt bestritt, dass es 45 Verletzte gegeben habe.",
        "publisher": "The Steppe Post",
    }

    page = desk.open(desk.send("/read/save", 303, by="Aigerim", **fields).headers["location"])

    assert "Nothing is proposed from it" in page.part("//*[@role='status']")
    assert not page.root.xpath("//button[@name='accept']")


def test_an_article_that_is_saved_waits_on_its_own_page_for_decisions(desk: Web) -> None:
    fields = {"text": TEXT, "publisher": "The Steppe Post", "date": "2022-01-07"}

    answer = desk.send("/read/save", 303, by="Aigerim", **fields)

    page = desk.open(answer.headers["location"])
    assert "waits for you beside the text" in page.part("//*[@role='status']")
    assert page.root.xpath("//button[@name='accept']")
    [entry, *_] = desk.api.items("/v1/history", record=answer.headers["location"][11:31])
    assert entry["who"] == "page: Aigerim"
    assert (
        "held already, word for word"
        in desk.open(desk.send("/read/save", 303, by="Aigerim", **fields).headers["location"]).text
    )


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"text": "", "url": ""}, "There is nothing to read"),
        ({"text": "", "url": "http://127.0.0.1/x"}, "127.0.0.1"),
        ({"text": TEXT, "date": "yesterday"}, "yesterday"),
    ],
    ids=["nothing", "an address that is not fetched", "no date"],
)
@pytest.mark.parametrize("pressed", ["/read", "/read/save"])
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    web: Web, pressed: str, typed: dict[str, str], fault: str
) -> None:
    page = Leaf(web.send(pressed, 422, title="Kept", publisher="The Steppe Post", **typed))

    assert fault in page.part("//*[@role='alert']")
    assert page.root.xpath("//input[@name='title']/@value") == ["Kept"]
    assert page.root.xpath("//input[@name='url']/@value") == [typed.get("url", "")]


def test_a_busy_server_says_so_and_keeps_the_words(web: Web) -> None:
    with ExitStack() as reading:
        for _ in range(MOST_READING):
            reading.enter_context(contextmanager(turn_to_read)())
        page = Leaf(web.send("/read", 503, text=TEXT))
        assert "Send this one again in some seconds" in page.part("//*[@role='alert']")
        assert page.part("//textarea[@name='text']").startswith("Toll rises")
        assert web.send("/read/proposals", 503, text=TEXT).headers["retry-after"] == "10"


def test_an_address_is_fetched_and_its_words_may_be_put_right(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    page = LoadedDocument(
        "https://steppe.example/toll", TEXT, Media.HTML, title="Toll rises", publisher_name="The Steppe Post"
    )
    monkeypatch.setattr(taking_one, "load", lambda url, fetcher: iter([page]))

    shown = Leaf(web.send("/read", 200, url="https://steppe.example/toll"))

    assert shown.part("//textarea[@name='text']").startswith("Toll rises")
    assert shown.root.xpath("//input[@name='publisher']/@value") == ["The Steppe Post"]
    assert len(shown.root.xpath("//input[@name='fetched']/@value")[0]) == 64


def test_the_bookmarklet_sends_what_the_form_takes_to_this_server(web: Web) -> None:
    page = web.open("/bookmarklet")

    [code] = page.root.xpath("//a[contains(@class,'drag')]/@href")
    assert code == page.root.xpath("//textarea")[0].text
    sent = unquote(code)
    assert sent.startswith("javascript:")
    assert 'open("http://provenance.test"+' in sent
    for name in ("url:", "title:", "text:", "date:", "excerpt:", "publisher:"):
        assert name in sent
    filled = web.open(
        "/read?url=https%3A%2F%2Fsteppe.example%2Ftoll&text=Dozens+were+killed.&date=2022-01-06&title=Toll"
    )
    assert filled.part("//textarea[@name='text']") == "Dozens were killed."
    assert filled.root.xpath("//input[@name='date']/@value") == ["2022-01-06"]


def test_words_that_were_selected_are_held_as_a_part_and_their_publisher_is_asked_for_once(desk: Web) -> None:
    fields = {"text": TEXT, "excerpt": "yes"}

    asked = Leaf(desk.send("/read/save", 422, by="Aigerim", **fields))

    assert "Nobody is named who published it" in asked.part("//*[@role='alert']")
    [again] = asked.root.xpath("//input[@name='asked']/@value")
    saved = desk.open(desk.send("/read/save", 303, by="Aigerim", **fields, asked=again).headers["location"])
    assert "Only a part of the page is held" in saved.part("//p[@class='note']")


def test_a_text_that_is_too_long_is_refused_in_words_and_kept(web: Web) -> None:
    page = Leaf(web.send("/read", 413, text="слово " * 70_000, title="Kept"))

    assert "The text is too long" in page.part("//*[@role='alert']")
    assert page.root.xpath("//input[@name='title']/@value") == ["Kept"]
    assert page.part("//textarea[@name='text']").startswith("слово слово")
    assert "too long to be sent" in web.send("/read", 413, text="x" * 4_100_000).text
