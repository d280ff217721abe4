"""Reads a page: what it says of itself, and its text without what stands around it on every page of the site.

The text is the headline, then paragraph by paragraph, parted by blank lines; the markup tells which of them are
headings and captions, and its lines show the rest.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

import lxml.html
import trafilatura
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from provenance.errors import InvalidInput
from provenance.extraction.reading import Zone
from provenance.extraction.zones import find_zones
from provenance.ingestion.loading.charsets import decode
from provenance.ingestion.loading.loaded import LoadedDocument, Piece
from provenance.ingestion.loading.origins import archived, found_at, host_of
from provenance.ingestion.loading.page_says import PageSays, page_says
from provenance.ingestion.loading.words import one_line
from provenance.ingestion.sniff import Media
from provenance.vocabulary import ZoneKind

# It tells of each page that it cannot make out, also of those that we then read ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Finding the article takes a second for so many; a page made to be slow has a million, and no article has.
MOST_ELEMENTS = 50_000
# Blocks of the tree that trafilatura gives back.
PARAGRAPHS = frozenset({"p", "head", "item", "row", "quote", "code", "ab", "fw", "div"})
BREAKS = ("p", "div", "section", "article", "main", "li", "tr", "blockquote", "br", "h1", "h2", "h3", "h4", "h5", "h6")
PARTING = "\u2029"  # Unicode's own sign for the end of a paragraph
NOT_TEXT = ("script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "header", "iframe")

Block = tuple[str, ZoneKind | None]


def read_html(piece: Piece) -> LoadedDocument:
    """The document that a page holds.

    :raises InvalidInput: if it is no text, or holds no words to read.
    """
    decoded = decode(piece.content, piece.charset, markup=True)
    tree = _tree(decoded.text)
    says = page_says(tree, _own_address(piece.url))
    title = says.title or piece.title
    blocks, notes = _blocks(tree, decoded.text)
    if not blocks:
        raise InvalidInput("the page holds no text to read, only markup or a script; paste its text instead.")
    text, marked = _joined(_under_headline(title, blocks))
    zones = tuple(_with_marks(find_zones(text), marked)) if len(blocks) <= MOST_ELEMENTS else ()
    return _document(piece, says, text, zones, (*piece.notes, *decoded.notes, *says.notes, *notes))


def _document(
    piece: Piece, says: PageSays, text: str, zones: tuple[Zone, ...], notes: tuple[str, ...]
) -> LoadedDocument:
    found = found_at(piece.url)
    if found["host"] is None and says.canonical_url:
        found["host"] = host_of(says.canonical_url)
    copy = archived(piece.url) if piece.url else None
    return LoadedDocument(
        key=piece.key,
        text=text,
        media_type=Media.HTML,
        title=says.title or piece.title,
        author=says.author or piece.author,
        publisher_name=says.publisher_name or piece.publisher_name,
        canonical_url=says.canonical_url,
        language=says.language or piece.language,
        published=says.published if says.published.earliest else piece.published,
        # What an archive holds was retrieved when the archive did so, not when we asked it.
        retrieved_at=(copy.captured_at if copy else None) or piece.retrieved_at,
        raw=piece.content,
        zones=zones,
        notes=notes,
        **found,
    )


def _tree(markup: str) -> HtmlElement:
    try:
        return lxml.html.document_fromstring(XML_DECLARATION.sub("", markup), ensure_head_body=True)
    except (LxmlError, ValueError, AssertionError) as broken:
        raise InvalidInput(
            f"the page's markup cannot be read ({one_line(str(broken), 100)}); paste its text."
        ) from broken


def _own_address(url: str | None) -> str | None:
    copy = archived(url) if url else None
    return copy.original if copy else url


def _blocks(tree: HtmlElement, markup: str) -> tuple[list[Block], tuple[str, ...]]:
    captions = {one_line(each.text_content()) for each in tree.iter("figcaption")}
    if sum(1 for _ in tree.iter()) <= MOST_ELEMENTS:
        extracted = trafilatura.bare_extraction(XML_DECLARATION.sub("", markup), include_comments=False)
        body = getattr(extracted, "body", None)
        blocks = [] if body is None else list(_from_body(body, captions))
        if blocks:
            return blocks, ()
    rest = list(_all_text(tree))
    return rest, ("The article could not be told from what stands around it, so all of the page's text was kept.",)


def _from_body(body: HtmlElement, captions: set[str]) -> Iterator[Block]:
    for element in body.iter(*PARAGRAPHS):
        if any(inner.tag in PARAGRAPHS for inner in element.iterdescendants()):
            continue
        words = _words(element)
        if not words:
            continue
        if element.tag == "head":
            level = element.get("rend") or ""
            yield words, ZoneKind.HEADLINE if level == "h1" else ZoneKind.SUBHEADING
        elif one_line(words) in captions:
            yield words, ZoneKind.CAPTION
        else:
            # A short line of a list or table looks like a heading, and is none.
            yield words, ZoneKind.BODY if element.tag in ("item", "row") else None


def _words(element: HtmlElement) -> str:
    parts: list[str] = []
    for inner in element.iter():
        parts.append("\n" if inner.tag == "lb" else " " if inner.tag == "cell" else "")
        parts.append(inner.text or "")
        parts.append((inner.tail or "") if inner is not element else "")
    lines = ("\n".join(one_line(line, longest=10**9) for line in "".join(parts).split("\n"))).strip()
    return re.sub(r"\n{2,}", "\n", lines)


def _all_text(tree: HtmlElement) -> Iterator[Block]:
    for element in list(tree.iter(*NOT_TEXT)):
        element.drop_tree()
    for element in tree.iter(*BREAKS):
        element.text = PARTING + (element.text or "")
        element.tail = PARTING + (element.tail or "")
    body = tree.find("body")
    for words in "" if body is None else body.text_content().split(PARTING):
        if line := one_line(words, longest=10**9):
            yield line, None


def _under_headline(title: str | None, blocks: list[Block]) -> list[Block]:
    """The blocks with the headline on top, once."""
    first, kind = blocks[0]
    if title is None or one_line(first) == title:
        return [(first, ZoneKind.HEADLINE if title else kind), *blocks[1:]]
    rest = [block for block in blocks if block != (title, ZoneKind.HEADLINE)]
    return [(title, ZoneKind.HEADLINE), *rest]


def _joined(blocks: list[Block]) -> tuple[str, tuple[Zone, ...]]:
    zones: list[Zone] = []
    at = 0
    for words, kind in blocks:
        if kind is not None:
            zones.append(Zone(kind, at, at + len(words)))
        at += len(words) + 2
    return "\n\n".join(words for words, _ in blocks), tuple(zones)


def _with_marks(zones: tuple[Zone, ...], marked: tuple[Zone, ...]) -> Iterator[Zone]:
    """What the lines themselves show, set right by what the markup says; a credit stays one wherever it stands."""
    starts = [mark.start for mark in marked]
    for zone in zones:
        at = bisect_right(starts, zone.start) - 1
        inside = at >= 0 and zone.end <= marked[at].end
        yield replace(zone, kind=marked[at].kind) if inside and zone.kind is not ZoneKind.CREDIT else zone
