"""Loads what an address leads to: one page, or the pages that a feed lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from provenance.errors import InvalidInput
from provenance.ingestion.fetching import Fetched, Fetcher, NotModified
from provenance.ingestion.loading.feeds import FeedItem, listed, read_feed
from provenance.ingestion.loading.loaded import LoadFailure, Piece
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sniff import Media

Skip = Callable[[str], bool]


def web_pieces(url: str, fetcher: Fetcher, skip: Skip) -> Iterator[Piece | LoadFailure]:
    """The page at an address; if it is a feed, what it lists."""
    if skip(url):
        return
    try:
        fetched = fetcher.fetch(url)
    except InvalidInput as wrong:
        yield LoadFailure(url, wrong.message)
        return
    if isinstance(fetched, NotModified):
        # Nothing was asked for on a condition; a server that answers so all the same sends no page.
        yield LoadFailure(url, f"{url} answers that it has not changed, and sends nothing; try later.")
    elif fetched.media is Media.FEED:
        yield from feed_pieces(fetched.content, url, fetcher, skip, charset=fetched.charset, base=fetched.final_url)
    else:
        yield page_piece(fetched)


def page_piece(fetched: Fetched) -> Piece:
    """A fetched page, to be read."""
    hops = len(fetched.redirects)
    led = f"{fetched.url} leads to {fetched.final_url}, after {hops} redirect{'s' * (hops > 1)}."
    return Piece(
        key=fetched.url,
        content=fetched.content,
        media=fetched.media,
        name=PurePosixPath(urlsplit(fetched.final_url).path).name or None,
        charset=fetched.charset,
        url=fetched.final_url,
        retrieved_at=fetched.retrieved_at,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        notes=(led,) if hops else (),
    )


def feed_pieces(
    content: bytes,
    key: str,
    fetcher: Fetcher | None,
    skip: Skip,
    *,
    charset: str | None = None,
    base: str | None = None,
) -> Iterator[Piece | LoadFailure]:
    """What a feed lists, by its addresses: its own full text where it holds that, else the page, fetched.

    Without a fetcher nothing is fetched, and the few lines that the feed holds have to do.
    """
    try:
        items = read_feed(content, charset, base)
    except InvalidInput as wrong:
        yield LoadFailure(key, one_line(wrong.message))
        return
    for item in listed(items):
        here = item.link or f"{key}#{item.mark}"
        if not skip(here):
            yield _piece(item, here, fetcher)


def _piece(item: FeedItem, here: str, fetcher: Fetcher | None) -> Piece | LoadFailure:
    if item.full or item.link is None or fetcher is None:
        return _from_feed(item, here, () if item.full else ("Only what the feed holds; the article may be longer.",))
    try:
        fetched = fetcher.fetch(item.link)
    except InvalidInput as wrong:
        if not one_line(item.page):
            return LoadFailure(here, wrong.message)
        return _from_feed(item, here, (f"Only what the feed holds: {wrong.message}",))
    if isinstance(fetched, NotModified) or fetched.media is Media.FEED:
        return LoadFailure(here, f"{here} is not the page that the feed lists; give its own address.")
    return _with_listing(page_piece(fetched), item)


def _from_feed(item: FeedItem, here: str, notes: tuple[str, ...]) -> Piece | LoadFailure:
    if not one_line(item.page):
        return LoadFailure(here, "the feed holds no text of it; give the address of the page.")
    page = f"<article>{item.page}</article>"
    piece = Piece(here, page.encode(errors="replace"), Media.HTML, charset="utf-8", url=item.link, notes=notes)
    return _with_listing(piece, item)


def _with_listing(piece: Piece, item: FeedItem) -> Piece:
    return replace(
        piece,
        title=item.title,
        author=item.author,
        publisher_name=item.publisher_name,
        language=item.language,
        published=item.published,
    )
