"""Every kind of page once, with an address of it that has something to show.

The tests of what holds for all pages and the pictures in `docs/` go through this one list, and a test holds it against
the routes, so that no page can be forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.reader import Reader

Address = Callable[[Reader], str]


@dataclass(frozen=True)
class PageType:
    """A kind of page: the routes that draw it, and where to see one."""

    name: str
    shows: str  # in a sentence, for the page of pictures
    routes: tuple[str, ...]
    address: Address
    status: int = 200


def at(address: str) -> Address:
    """A page whose address is known beforehand."""
    return lambda reader: address


def of_first(address: str, page: str = "", **parameters: str) -> Address:
    """The page of the first record that a list of the API holds: `/v1/claims` for `/claims/{id}`."""
    noun = address.removeprefix("/v1")
    return lambda reader: f"{noun}/{reader.first(address, **parameters)['id']}{page}"


PAGE_TYPES: tuple[PageType, ...] = (
    PageType("home", "What is flagged and why, what came in lately, and where to begin.", ("/",), at("/")),
    PageType("missing", "What an address says that leads to no record.", (), at("/claims/clm_nothing"), 404),
)
