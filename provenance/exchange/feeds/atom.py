"""Writes a feed as Atom (RFC 4287), in pages that lead to the next older one (RFC 5005)."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from lxml import etree

from provenance.exchange.feeds.entry import Entry, Feed

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA = "application/atom+xml"
# What XML 1.0 cannot hold, however it is written.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(feed: Feed, base: str, address: str, updated: datetime) -> bytes:
    """The feed as a document. ``address`` is where this page of it was asked for, from the root of the server.

    ``updated`` is when it last changed, for a feed that tells nothing yet.
    """
    start = f"{base}{address.partition('?')[0]}"
    root = etree.Element(_name("feed"), nsmap={None: NAMESPACE})
    _text(root, "id", start)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _stamp(max((entry.at for entry in feed.entries), default=updated)))
    _text(etree.SubElement(root, _name("author")), "name", "Provenance")
    _link(root, "self", f"{base}{address}", MEDIA)
    _link(root, "alternate", f"{base}{feed.page}", "text/html")
    _link(root, "first", start, MEDIA)
    if feed.next is not None:
        _link(root, "next", f"{start}?from={feed.next}", MEDIA)
    for entry in feed.entries:
        _entry(root, entry, base)
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return document


def writable(text: str) -> str:
    r"""The text without characters that no XML document can hold, each replaced by the mark for an unknown one.

    >>> writable("dozens\x00 killed")
    'dozens� killed'
    """
    return UNWRITABLE.sub("\ufffd", text)


def _entry(root: etree._Element, entry: Entry, base: str) -> None:
    element = etree.SubElement(root, _name("entry"))
    _text(element, "id", entry.id)
    _text(element, "title", entry.title)
    _text(element, "updated", _stamp(entry.at))
    _text(element, "published", _stamp(entry.at))
    _text(etree.SubElement(element, _name("author")), "name", entry.author)
    _link(element, "alternate", f"{base}{entry.page}", "text/html")
    etree.SubElement(element, _name("category"), term=writable(entry.what.partition(" ")[0]))
    _text(element, "content", entry.text)


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _name(name)).text = writable(text)


def _link(parent: etree._Element, relation: str, address: str, media: str) -> None:
    etree.SubElement(parent, _name("link"), rel=relation, type=media, href=writable(address))


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
