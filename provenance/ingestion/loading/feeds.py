"""Reads RSS and Atom feeds: which pages they list, when each was published by their account, and full texts they hold.

A feed is XML from strangers: entity bombs and external entities are refused before anything else reads it.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import feedparser
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from lxml.etree import LxmlError
from lxml.html import fragment_fromstring

from provenance.errors import InvalidInput
from provenance.ingestion.loading.charsets import decode
from provenance.ingestion.loading.loaded import UNDATED, Published
from provenance.ingestion.loading.origins import is_web_address
from provenance.ingestion.loading.printed_dates import from_moment, read_printed
from provenance.ingestion.loading.words import language_tag, one_line
from provenance.vocabulary import DateBasis

FULL_TEXT = 600  # characters of an item's content from which it is taken for the article and not its first lines
DECLARES_ENTITIES = re.compile(r"<!ENTITY", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item of a feed; ``page`` is the HTML that it holds, ``full`` whether that seems to be the whole article."""

    mark: str
    link: str | None
    title: str | None
    author: str | None
    publisher_name: str | None
    language: str | None
    published: Published
    page: str
    full: bool


def read_feed(content: bytes, charset: str | None = None, base: str | None = None) -> tuple[FeedItem, ...]:
    """The items of a feed, in its order; ``base`` is its own address, against which it may write others.

    :raises InvalidInput: if it is no feed, has no items, or holds entities that could harm whoever reads it.
    """
    markup = XML_DECLARATION.sub("", decode(content, charset, markup=True).text)
    _refuse_bombs(markup)
    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": base} if base else {})}
    feed = feedparser.parse(io.BytesIO(markup.encode()), response_headers=headers)
    if not feed.entries:
        raise InvalidInput("the feed lists nothing, or is none; give the address of a feed that does, or of a page.")
    return tuple(_item(entry, feed.feed, number) for number, entry in enumerate(feed.entries, 1))


def _refuse_bombs(markup: str) -> None:
    try:
        fromstring(markup, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as bomb:
        raise InvalidInput("the feed declares entities, which can harm whoever reads it; it is not read.") from bomb
    except (ParseError, ValueError, LookupError) as broken:
        # Broken feeds are common and are read all the same; but not where the check could be led past a bomb.
        if DECLARES_ENTITIES.search(markup):
            raise InvalidInput("the feed is broken and declares entities; it is not read.") from broken


def _item(entry: Mapping[str, Any], feed: Mapping[str, Any], number: int) -> FeedItem:
    link = str(entry.get("link") or "").strip()
    contents = [str(each.get("value") or "") for each in entry.get("content", ())]
    page = max(contents, key=len, default="")
    origin = entry.get("source") or feed
    return FeedItem(
        mark=one_line(str(entry.get("id") or ""), 500) or str(number),
        link=link if is_web_address(link) else None,
        title=_plain(entry.get("title")),
        author=one_line(entry.get("author"), 300) or None,
        publisher_name=_plain(origin.get("title") or feed.get("title")),
        language=language_tag(entry.get("language") or feed.get("language")),
        published=_published(entry),
        page=page or str(entry.get("summary") or ""),
        full=len(_plain(page) or "") >= FULL_TEXT,
    )


def _published(entry: Mapping[str, Any]) -> Published:
    for name in ("published", "created", "updated"):
        if name not in entry:
            continue  # else the library would give the date of publication in its place, with a warning
        printed = str(entry.get(name) or "")
        date = read_printed(printed, DateBasis.INDEX) or _parsed(entry.get(f"{name}_parsed"), printed)
        if date is not None:
            return date
    return UNDATED


def _parsed(moment: Any, printed: str) -> Published | None:
    if moment is None:
        return None
    try:
        return from_moment(datetime.fromtimestamp(timegm(moment), UTC), one_line(printed, 200), DateBasis.INDEX)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _plain(markup: Any) -> str | None:
    words = str(markup or "")
    if "<" not in words and "&" not in words:
        return one_line(words) or None
    try:
        return one_line(fragment_fromstring(words, create_parent="div").text_content(), 10_000) or None
    except (LxmlError, ValueError, AssertionError):
        return one_line(re.sub(r"<[^>]*>", " ", words), 10_000) or None


def listed(items: tuple[FeedItem, ...]) -> Iterator[FeedItem]:
    """The items, each address once."""
    seen: set[str] = set()
    for item in items:
        mark = item.link or item.mark
        if mark not in seen:
            seen.add(mark)
            yield item
