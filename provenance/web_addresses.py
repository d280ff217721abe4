"""The spellings of one address of the Web: what people copy differs in what leads to the same page all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import SplitResult, urlsplit, urlunsplit

# What is hung on an address to tell who followed it; the page is the same without.
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|mc_cid|mc_eid|_ga|_gl|cmpid",
    re.IGNORECASE,
)
ARCHIVED = re.compile(
    r"https?://web\.archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/(?P<original>.+)", re.IGNORECASE | re.DOTALL
)


def addresses(*given: str | None) -> set[str]:
    """Some addresses with their spellings that lead to the same page: with and without fragment, slash, s, ``www.`` and
    what tells who followed them, and with the host in small letters.

    >>> "http://tass.com/world/1" in addresses("https://www.Tass.com/world/1/?utm_source=x#top")
    True
    """
    return {spelt for address in given if address for spelt in _spellings(address)}


def same_page(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing but that.

    >>> same_page("https://tass.com/world/1?fbclid=7", "http://www.tass.com/world/1/#top")
    True
    >>> same_page("https://tass.com/world?id=1", "https://tass.com/world?id=2")
    False
    """
    bare = (_bare(one), _bare(other))
    return None not in bare and bare[0] == bare[1]


def before_query(address: str) -> set[str]:
    """How the spellings of an address begin, up to where a query or fragment would; empty where it is no address."""
    parts = _split(address)
    return set() if parts is None else {urlunsplit(each._replace(query="")) for each in _like(parts)}


def original_of(address: str) -> str | None:
    """The address of which the Wayback Machine keeps a copy at this one; None where it is none of its addresses.

    >>> original_of("https://web.archive.org/web/20220106123800/https://tass.com/world/1")
    'https://tass.com/world/1'
    """
    found = ARCHIVED.fullmatch(address)
    if found is None:
        return None
    return found["original"] if "://" in found["original"] else f"http://{found['original']}"


def _spellings(address: str) -> Iterator[str]:
    yield address
    parts = _split(address)
    if parts is None:
        return
    for each in _like(parts):
        yield urlunsplit(each)
        yield urlunsplit(each._replace(query=_untracked(parts.query)))


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)._replace(fragment="")
        return parts._replace(netloc=parts.netloc.lower())
    except ValueError:
        return None


def _like(parts: SplitResult) -> Iterator[SplitResult]:
    host, path = parts.netloc.removeprefix("www."), parts.path.rstrip("/")
    hosts = (host, f"www.{host}") if host else ("",)
    for scheme, place, end in product(("http", "https"), hosts, ("", "/")):
        yield parts._replace(scheme=scheme, netloc=place, path=path + end)


def _untracked(query: str) -> str:
    return "&".join(part for part in query.split("&") if not TRACKING.fullmatch(part.partition("=")[0]))


def _bare(address: str) -> tuple[str, str, str] | None:
    parts = _split(address)
    if parts is None or not parts.netloc:
        return None
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), _untracked(parts.query)
