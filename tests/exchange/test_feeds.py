"""Readers hear what happened, newest first, in words that they know, through a parser that others wrote."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import feedparser
import httpx
import pytest
from lxml import etree

from tests.api.telling import Api, running
from tests.exchange.worked import check

ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(api: Api, address: str) -> Any:
    answer = api.send("GET", address)
    assert answer.status_code == 200, answer.text
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def titles(api: Api, address: str) -> list[str]:
    return [entry.title for entry in parsed(api, address).entries]


def records(api: Api, address: str) -> list[str]:
    """The titles of all entries but those about flags."""
    return [entry.title for entry in parsed(api, address).entries if entry.tags[0].term != "flag"]


@pytest.mark.proves("atom", "writes", by="feedparser")
def test_a_feed_reader_finds_the_feed_of_a_page_and_turns_its_pages_to_the_end(january_server: str) -> None:
    claim = httpx.get(f"{january_server}/v1/claims", params={"q": "dozens"}).json()["items"][0]
    page = etree.HTML(httpx.get(f"{january_server}/claims/{claim['id']}").content)
    [found] = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")
    [visible] = page.xpath("//a[.='Follow']/@href")
    assert found == visible

    pages = [feedparser.parse(f"{january_server}{found}")]
    while following := [link.href for link in pages[-1].feed.links if link.rel == "next"]:
        pages.append(feedparser.parse(following[0]))

    assert not any(page.bozo for page in pages)
    entries = [entry for page in pages for entry in page.entries]
    assert pages[0].feed.title == claim["text"]
    assert len(pages) >= 2
    assert len({entry.id for entry in entries}) == len(entries)
    moments = [datetime.fromisoformat(entry.updated) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    reports = httpx.get(f"{january_server}/v1/reports", params={"claim": claim["id"], "limit": 200}).json()["items"]
    assert sum(entry.tags[0].term == "report" for entry in entries) == len(reports)
    flags = httpx.get(f"{january_server}/v1/flags", params={"claim": claim["id"], "limit": 200}).json()["items"]
    raised = [entry for entry in entries if entry.tags[0].term == "flag"]
    assert len(raised) == len(flags), "loaded at once, each flag that there is was raised then"
    assert all("party" not in entry.content[0].value.replace("party to", "") for entry in raised), "in words of pages"


@pytest.mark.proves("atom", "writes", by="feedparser")
@pytest.mark.parametrize("address", ["/feeds/corrections.atom", "/feeds/flags/retracted.atom"])
def test_each_feed_has_what_atom_requires(january_server: str, address: str) -> None:
    answer = httpx.get(f"{january_server}{address}")
    root = etree.fromstring(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        assert all(len(element.findall(f"{ATOM}{name}")) == 1 for name in ("id", "title", "updated", "author"))
        assert [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [str(answer.url)]
    feed = feedparser.parse(answer.content)
    assert feed.entries
    assert all(httpx.get(entry.link).status_code == 200 for entry in feed.entries[:3])


def test_a_reader_that_has_the_newest_page_is_not_sent_it_again(january_server: str) -> None:
    address = f"{january_server}/feeds/corrections.atom"
    first = httpx.get(address)
    for name, value in {
        "If-None-Match": first.headers["etag"],
        "If-Modified-Since": first.headers["last-modified"],
    }.items():
        again = httpx.get(address, headers={name: value})
        assert (again.status_code, again.content) == (304, b"")
    assert httpx.get(address, headers={"If-None-Match": '"another"'}).status_code == 200


@pytest.fixture
def api(database_url: str) -> Iterator[Api]:
    """An app with nothing in it, once on each kind of database."""
    with running(database_url) as api:
        yield api


@pytest.fixture
def told(api: Api) -> tuple[Api, str]:
    """A claim that one report states, and whose flags were raised by it."""
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass")
    return api, claim


def test_a_flag_is_told_when_it_is_raised_and_when_it_clears(told: tuple[Api, str]) -> None:
    api, claim = told
    assert "One origin: Dozens of attackers were killed." in titles(api, "/feeds/flags.atom")
    raised = parsed(api, "/feeds/flags/single_origin.atom").entries

    api.report(claim, "Health Ministry", "RIA")

    newest, *older = parsed(api, "/feeds/flags/single_origin.atom").entries
    assert newest.title == "No longer flagged (One origin): Dozens of attackers were killed."
    assert [entry.id for entry in older] == [entry.id for entry in raised], "what was told stays what it was"
    assert datetime.fromisoformat(newest.updated) > datetime.fromisoformat(older[0].updated)


def test_each_feed_tells_its_own(told: tuple[Api, str]) -> None:
    api, claim = told
    other = api.claim("Eight police were killed.", event=api.event("Almaty"))
    api.report(other, "Eyewitness", "Die Welt")
    api.post("/v1/corrections", kind="denial", by=api.source("Interior Ministry"), claim=claim)
    api.post("/v1/reviews", claim=claim, author="Desk", rating="open", reasons="One origin.")

    of_claim = titles(api, f"/feeds/claims/{claim}.atom")
    assert {
        "Review by Desk: open: Dozens of attackers were killed.",
        "Denied by Interior Ministry: Dozens of attackers were killed.",
        "Tass reports: Dozens of attackers were killed.",
    } <= set(of_claim)
    assert not any("Eight police" in title for title in of_claim)
    assert all("Eight police" in title for title in titles(api, f"/feeds/events/{api.event('Almaty')}.atom"))
    assert titles(api, f"/feeds/sources/{api.source('Interior Ministry')}.atom") == [
        "Denied by Interior Ministry: Dozens of attackers were killed.",
        "Tass reports: Dozens of attackers were killed.",
    ]
    assert titles(api, "/feeds/corrections.atom") == ["Denied by Interior Ministry: Dozens of attackers were killed."]


def test_the_desks_own_work_and_proposals_are_not_told(told: tuple[Api, str]) -> None:
    api, claim = told
    before = records(api, f"/feeds/claims/{claim}.atom")
    api.post(f"/v1/claims/{claim}/notes", text="Ask the morgue.", author="Ana")
    api.post("/v1/hooks", url="https://receiver.example/", claim=claim)
    api.report(claim, "Health Ministry", "RIA", state="proposed", extractor="a rule")
    api.post("/v1/reviews", claim=claim, author="Desk", rating="open", reasons="One origin.", state="proposed")
    assert records(api, f"/feeds/claims/{claim}.atom") == before == ["Tass reports: Dozens of attackers were killed."]


@pytest.mark.parametrize("noun", ["corrections", "reviews", "reports"])
def test_what_is_let_go_stays_told_and_an_entry_says_that_it_was_taken_out_and_why(
    told: tuple[Api, str], noun: str
) -> None:
    api, claim = told
    given: dict[str, Any] = {
        "corrections": {"kind": "denial", "by": api.source("RIA")},
        "reviews": {"author": "Desk", "rating": "open", "reasons": "One origin."},
        "reports": {"document": api.document("RIA")},
    }[noun]
    made = api.post(f"/v1/{noun}", claim=claim, **given)
    address = f"/feeds/claims/{claim}.atom"
    recorded, *_ = (entry for entry in parsed(api, address).entries if entry.tags[0].term == noun.removesuffix("s"))

    [written] = api.items("/v1/history", record=made["id"])
    undone = api.send("POST", f"/v1/history/{written['change']}/undo", json={"why": "It was about another night."})
    assert undone.status_code < 300, undone.text

    after = [entry for entry in parsed(api, address).entries if entry.tags[0].term != "flag"]
    assert after[0].title == f"Taken out of the record: {recorded.title}"
    assert after[0].content[0].value.startswith("This, recorded on ")
    assert "taken out of the record on " in after[0].content[0].value
    assert "It was about another night." in after[0].content[0].value
    assert (after[1].id, after[1].title, after[1].updated) == (recorded.id, recorded.title, recorded.updated)
    assert [api.send("GET", httpx.URL(entry.link).path).status_code for entry in after[:2]] == [200, 200]


def test_an_edit_is_an_entry_of_its_own_and_older_entries_keep_their_words(told: tuple[Api, str]) -> None:
    api, claim = told
    made = api.post("/v1/reviews", claim=claim, author="Desk", rating="open", reasons="One origin.")
    address = f"/feeds/claims/{claim}.atom"
    before = [(entry.id, entry.title, entry.updated, entry.content[0].value) for entry in parsed(api, address).entries]

    api.send("PATCH", f"/v1/reviews/{made['id']}", json={"rating": "unproven"})
    api.send("PATCH", f"/v1/claims/{claim}", json={"text": "Dozens of rioters were killed."})

    after = [(entry.id, entry.title, entry.updated, entry.content[0].value) for entry in parsed(api, address).entries]
    assert after[2:] == before
    (_, reworded, _, was), (_, changed, _, text) = after[:2]
    assert (reworded, was) == (
        "Reworded: Dozens of rioters were killed.",
        "Before: Dozens of attackers were killed.",
    )
    assert changed == "Changed: Review by Desk: unproven: Dozens of attackers were killed."
    assert text == "One origin. Before: Review by Desk: open: Dozens of attackers were killed. One origin."


def test_a_write_that_changes_no_words_of_a_feed_adds_no_entry(told: tuple[Api, str]) -> None:
    api, claim = told
    address = f"/feeds/claims/{claim}.atom"
    before = titles(api, address)
    [stated] = api.items("/v1/reports", claim=claim)
    api.send("PATCH", f"/v1/reports/{stated['id']}", json={"note": "Read twice."})
    assert titles(api, address) == before


def test_a_write_elsewhere_leaves_a_feed_as_it_was_and_derives_nothing(
    told: tuple[Api, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    api, claim = told
    addresses = [f"/feeds/claims/{claim}.atom", f"/feeds/events/{api.get(f'/v1/claims/{claim}')['event']}.atom"]
    first = [api.send("GET", address) for address in addresses]
    api.report(api.claim("Eight police were killed.", event=api.event("Almaty")), "Eyewitness", "Die Welt")
    monkeypatch.setattr("provenance.exchange.feeds.flagging.pictures", None)

    for address, was in zip(addresses, first, strict=True):
        assert api.send("GET", address, headers={"If-None-Match": was.headers["etag"]}).status_code == 304
        assert api.send("GET", address).content == was.content
    monkeypatch.undo()
    api.report(claim, "Health Ministry", "Interfax")
    for address, was in zip(addresses, first, strict=True):
        again = api.send("GET", address, headers={"If-None-Match": was.headers["etag"]})
        assert (again.status_code, again.content != was.content) == (200, True)


def test_characters_that_no_xml_can_hold_do_not_break_a_feed(told: tuple[Api, str]) -> None:
    api, claim = told
    quote = "dozens\x0b killed & <b>more</b> \ufffe"
    document = api.document("RIA", text=quote)
    api.post("/v1/reports", claim=claim, document=document, quote=quote)
    told_of = [entry.content[0].value for entry in parsed(api, f"/feeds/claims/{claim}.atom").entries]
    assert any("dozens\ufffd killed" in text for text in told_of)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/feeds/claims/clm_nothing.atom", 404),
        ("/feeds/claims/%00.atom", 404),
        ("/feeds/flags/lies.atom", 404),
        ("/feeds/corrections.atom?from=yesterday", 422),
        ("/feeds/corrections.atom?bogus=1", 422),
        ("/feeds/claims/clm_nothing.atom?from=chg_20220106t080000000000.0&from=again", 422),
        ("/feeds/corrections.atom?from=chg_99999999t999999999999.1", 422),
    ],
)
def test_what_is_no_feed_is_told_by_name(january_server: str, address: str, status: int) -> None:
    answer = httpx.get(f"{january_server}{address}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_worked_example_is_true(january_server: str) -> None:
    check("feeds", january_server)
