"""The spellings of one address of the Web: what people copy differs in what leads to the same page all the same."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit


def addresses(*given: str | None) -> set[str]:
    """Some addresses with their spellings that lead to the same page: with and without fragment, slash and s.

    >>> sorted(addresses("https://tass.com/world/1#top"))[:2]
    ['http://tass.com/world/1', 'http://tass.com/world/1/']
    """
    return {spelt for address in given if address for spelt in _spellings(address)}


def _spellings(address: str) -> Iterator[str]:
    yield address
    try:
        parts = urlsplit(address)._replace(fragment="")
    except ValueError:
        return
    for scheme in ("http", "https"):
        for path in (parts.path.rstrip("/"), parts.path.rstrip("/") + "/"):
            yield urlunsplit(parts._replace(scheme=scheme, path=path))
