"""Every kind of page once, with an address of it that has something to show.

The tests of what holds for all pages and the pictures in `docs/` go through this one list, and a test holds it against
the routes, so that no page can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.furnishing import DOZENS
from tests.browser.reader import Reader

Address = Callable[[Reader], str]
Act = Callable[[Page], None]


def nothing_more(page: Page) -> None:
    """The page is looked at as it opens."""


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
    PageType(
        "claim",
        "A claim",
        "Who it is really from, drawn and in words; every report, figure, correction and flag.",
        ("/claims/{claim_id}",),
        of_first("/v1/claims", q=DOZENS),
    ),
    PageType(
        "tallies",
        "Tallies",
        "What is being counted, and by whom.",
        ("/tallies",),
        at("/tallies"),
    ),
    PageType(
        "tally",
        "A tally",
        "Which figures compete over time, and what cannot be compared with them.",
        ("/tallies/{tally_id}",),
        of_first("/v1/tallies", q="killed"),
    ),
    PageType("explorer", "The API, to be tried", "Every operation with its examples.", ("/explorer",), at("/explorer")),
    PageType(
        "missing",
        "Nothing here",
        "What an address says that leads to no record.",
        (),
        at("/claims/clm_nothing"),
        404,
    ),
)
