"""Search, and the list of documents: what is found, what is asked back, and what is said where there is nothing."""

from __future__ import annotations

from typing import Any

from tests.api.telling import Json
from tests.web.browsing import Web

SENTENCE = "Police in Almaty said that dozens of attackers were eliminated overnight"


def test_a_pasted_sentence_finds_the_claim_that_says_it_otherwise(web: Web) -> None:
    page = web.open(f"/search?q={SENTENCE}")

    [first, *_] = _answer(web, "/v1/match", text=SENTENCE)["items"]
    assert page.root.xpath("//section[@id='known']//li[1]//a/@href")[0] == f"/claims/{web.claim('dozens')}"
    told = page.part("//section[@id='known']//ol[1]/li[1]")
    assert "probably the same claim" in told
    assert all(reason in told for reason in first["reasons"])


def test_what_is_found_is_what_the_search_of_the_interface_finds(web: Web) -> None:
    page = web.open("/search?q=Almaty")

    found = web.api.get("/v1/search", q="Almaty", limit=8)
    for kind in ("claims", "sources", "events", "documents"):
        linked = page.root.xpath(f"//section[@id='{kind}']//p[@class='title']/a/@href")
        assert [address.rpartition("/")[2] for address in linked] == [item["id"] for item in found[kind]]


def test_the_only_record_that_is_found_stands_first(web: Web) -> None:
    page = web.open("/search?q=Aruzhan+Sain")

    assert page.links("//section[@class='only-one']//a") == {
        "Children's rights ombudswoman (Aruzhan Sain)": "/sources/"
        + web.api.items("/v1/sources", q="Aruzhan Sain")[0]["id"]
    }


def test_where_nothing_is_found_the_page_says_where_to_begin(web: Web) -> None:
    page = web.open("/search?q=qqqqzz")

    assert "Nothing that is held has this word" in page.text
    assert "Unrest in Kazakhstan, January 2022" in page.links("//section[@id='suggested']//a")


def test_a_word_that_is_misspelled_is_offered_as_it_is_held(web: Web) -> None:
    for typed, held in {"dozns": "dozens", "who is Saltanat Azirbeck": "saltanat azirbek"}.items():
        assert list(web.open(f"/search?q={typed}").links("//p[@class='did-you-mean']/a")) == [held]


def test_where_nothing_has_all_words_those_with_the_rarest_come_first(web: Web) -> None:
    page = web.open("/search?q=who+is+Saltanat+Azirbek")

    assert "Nothing that is held has all of these words" in page.text
    first = page.root.xpath("(//section[@id='sources']//p[@class='title'])[1]")[0]
    assert "Saltanat Azirbek" in first.text_content()


def test_a_question_as_long_as_an_article_is_cut_and_the_page_says_so(web: Web) -> None:
    page = web.open("/search?q=" + "police+" * 600)

    assert "Only the first 300 characters" in page.text
    assert len(page.root.xpath("//main//input[@name='q']/@value")[0]) <= 300


def test_documents_are_found_by_the_name_of_their_publisher(web: Web) -> None:
    page = web.open("/documents?publisher=Kloop&language=")

    listed = web.api.items("/v1/documents", publisher=web.api.items("/v1/sources", q="Kloop")[0]["id"])
    assert sorted(page.root.xpath("//ul[@class='records']//p[@class='title']/a/@href")) == sorted(
        f"/documents/{item['id']}" for item in listed
    )


def test_pages_of_documents_follow_each_other_without_repeating_one(web: Web) -> None:
    seen: list[str] = []
    address: str | None = "/documents?language=en"
    while address:
        page = web.open(address)
        seen += page.root.xpath("//ul[@class='records']//p[@class='title']/a/@href")
        address = next(iter(page.root.xpath("//nav[@class='pager']/a/@href")), None)

    assert len(seen) == len(set(seen)) > 40


def _answer(web: Web, address: str, **question: Any) -> Json:
    answer: Json = web.api.send("POST", address, json=question).json()
    return answer
