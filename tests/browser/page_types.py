"""Every kind of page once, with an address of it that has something to show.

The tests of what holds for all pages and the pictures in `docs/` go through this one list, and a test holds it against
the routes, so that no page can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.furnishing import ARTICLE, DOZENS, TITLE
from tests.browser.reader import Reader

Address = Callable[[Reader], str]
Act = Callable[[Page], None]


def nothing_more(page: Page) -> None:
    """The page is looked at as it opens."""


def paste_an_article(page: Page) -> None:
    """Somebody pastes an article, and waits until it was read."""
    page.get_by_label("The article’s words, its headline first").fill(ARTICLE.read_text("utf-8"))
    page.locator("#found .stated").wait_for()


@dataclass(frozen=True)
class PageType:
    """A kind of page: the routes that draw it, and where to see one."""

    name: str
    title: str
    shows: str  # in a sentence, for the page of pictures
    routes: tuple[str, ...]
    address: Address
    status: int = 200
    then: Act = nothing_more

    def open(self, reader: Reader) -> Page:
        """The page as it is looked at."""
        page = reader.open(self.address(reader), self.status)
        self.then(page)
        return page


def at(address: str) -> Address:
    """A page whose address is known beforehand."""
    return lambda reader: address


def of_first(address: str, page: str = "", **parameters: str) -> Address:
    """The page of the first record that a list of the API holds: `/v1/claims` for `/claims/{id}`."""
    noun = address.removeprefix("/v1")
    return lambda reader: f"{noun}/{reader.first(address, **parameters)['id']}{page}"


PAGE_TYPES: tuple[PageType, ...] = (
    PageType("home", "Home", "What is flagged and why, what came in lately, where to begin.", ("/",), at("/")),
    PageType("search", "Search", "What has the words, by kind of record.", ("/search",), at("/search?q=Almaty+police")),
    PageType(
        "search-nothing",
        "Search, where nothing has the words",
        "What was looked at, and what to try instead.",
        ("/search",),
        at("/search?q=zeppelin"),
    ),
    PageType("claims", "Claims", "All claims, to be narrowed down.", ("/claims",), at("/claims")),
    PageType(
        "claim",
        "A claim",
        "Who it is really from, drawn and in words; every report, figure, correction and flag.",
        ("/claims/{claim_id}",),
        of_first("/v1/claims", q=DOZENS),
    ),
    PageType(
        "review",
        "A review",
        "Whose verdict it is, in whose words, on what it rests, and its markup for search engines.",
        ("/reviews/{review_id}",),
        of_first("/v1/reviews"),
    ),
    PageType("tallies", "Tallies", "What is being counted, and by whom.", ("/tallies",), at("/tallies")),
    PageType(
        "tally",
        "A tally",
        "Which figures compete over time, and what cannot be compared with them.",
        ("/tallies/{tally_id}",),
        of_first("/v1/tallies", measure="killed"),
    ),
    PageType("sources", "Sources", "Who can speak or publish.", ("/sources",), at("/sources")),
    PageType(
        "source",
        "A source",
        "Names, ties, what it said first and passed on, and what falls without it.",
        ("/sources/{source_id}",),
        of_first("/v1/sources", q="Saltanat Azirbek"),
    ),
    PageType(
        "source-claims",
        "What a source said or carried",
        "All claims that a source has a part in.",
        ("/sources/{source_id}/claims",),
        of_first("/v1/sources", "/claims", q="Khabar 24"),
    ),
    PageType("documents", "Documents", "What was published, as it was retrieved.", ("/documents",), at("/documents")),
    PageType(
        "document",
        "A document",
        "Its text with each statement, hop and figure marked, and what a machine proposes beside it.",
        ("/documents/{document_id}",),
        of_first("/v1/documents", q=TITLE),
    ),
    PageType(
        "merge",
        "Which claim a proposal states",
        "Claims that are known already, with reasons.",
        ("/reports/{report_id}/merge",),
        of_first("/v1/reports", "/merge", state="proposed"),
    ),
    PageType(
        "state",
        "Something stated by hand",
        "Quote, claim, chain and figures, in any language.",
        ("/documents/{document_id}/state",),
        of_first("/v1/documents", "/state?start=0&end=45", q=TITLE),
    ),
    PageType(
        "edit",
        "A reading put right",
        "The same form, filled with what was read.",
        ("/reports/{report_id}/edit",),
        of_first("/v1/reports", "/edit", state="proposed"),
    ),
    PageType("events", "Events", "What happened, and what was searched about it.", ("/events",), at("/events")),
    PageType(
        "event",
        "An event",
        "Its counts, claims and documents, and where nobody has looked.",
        ("/events/{event_id}",),
        of_first("/v1/events"),
    ),
    PageType(
        "what-if",
        "What if a source falls?",
        "Which claims lose all support, and which still stand.",
        ("/what-if",),
        lambda reader: f"/what-if?source={reader.first('/v1/sources', q='Khabar 24')['id']}",
    ),
    PageType(
        "compare",
        "What was known on two dates",
        "What came in between, and what it changed.",
        ("/compare",),
        lambda reader: f"/compare?claim={reader.first('/v1/claims', q=DOZENS)['id']}&from=2022-01-06&to=2022-01-09",
    ),
    PageType("flags", "Flags", "What the rules found, and what would clear it.", ("/flags",), at("/flags")),
    PageType("rules", "How flags are raised", "Each rule with an example.", ("/rules",), at("/rules")),
    PageType("glossary", "What the words mean", "Each word, on pages and in the API.", ("/glossary",), at("/glossary")),
    PageType("read", "Read an article", "An empty form, before anything was pasted.", ("/read",), at("/read")),
    PageType(
        "read-found",
        "An article that was read",
        "Who is said to have said what, through whom and with which figures, as it is pasted.",
        ("/read",),
        at("/read"),
        then=paste_an_article,
    ),
    PageType(
        "bookmarklet",
        "Bookmarklet",
        "Sends a page that somebody reads to be read here.",
        ("/bookmarklet",),
        at("/bookmarklet"),
    ),
    PageType("login", "Log in", "A key opens a session in this browser.", ("/login",), at("/login")),
    PageType("history", "History", "Everything that was written, newest first.", ("/history",), at("/history")),
    PageType(
        "claim-history",
        "Who changed a claim",
        "Each change with its hand, its reason, and what was there before.",
        ("/{noun}/{record_id}/history",),
        of_first("/v1/claims", "/history", q=DOZENS),
    ),
    PageType("explorer", "The API, to be tried", "Every operation, by noun.", ("/explorer",), at("/explorer")),
    PageType(
        "explorer-noun",
        "Operations on one noun",
        "A form and an example for each.",
        ("/explorer/{name}",),
        at("/explorer/claims"),
    ),
    PageType("desk", "The desk", "What to do next, who has what, what is watched.", ("/desk",), at("/desk?who=Ana")),
    PageType(
        "desk-tasks",
        "Tasks",
        "What one call, page or decision would settle, most first.",
        ("/desk/tasks",),
        at("/desk/tasks"),
    ),
    PageType(
        "claim-desk",
        "A claim at the desk",
        "How far it is, whom the desk asked, its notes.",
        ("/claims/{claim_id}/desk",),
        of_first("/v1/claims", "/desk", q=DOZENS),
    ),
    PageType(
        "publish",
        "To publish",
        "A sentence, a methods box, a citation and a card, to be copied.",
        ("/claims/{claim_id}/publish",),
        of_first("/v1/claims", "/publish", q=DOZENS),
    ),
    PageType(
        "card",
        "A card",
        "A claim in a frame on pages of others.",
        ("/claims/{claim_id}/card",),
        of_first("/v1/claims", "/card", q=DOZENS),
    ),
    PageType(
        "our-corrections",
        "Our own corrections",
        "What the desk had published wrongly, and what it says now.",
        ("/our-corrections",),
        at("/our-corrections"),
    ),
    PageType(
        "missing",
        "Nothing here",
        "What an address says that leads to no record.",
        (),
        at("/claims/clm_nothing"),
        404,
    ),
)
