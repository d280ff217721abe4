"""Tells what kind of document some bytes are: by their first bytes where those are unmistakable, then by name."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from provenance.errors import InvalidInput

HEAD = 4096  # bytes that are looked at


class Media(StrEnum):
    """The kinds of document that are read, by media type."""

    HTML = "text/html"
    PLAIN = "text/plain"
    PDF = "application/pdf"
    FEED = "application/rss+xml"
    WARC = "application/warc"
    JSON_LINES = "application/jsonl"
    GZIP = "application/gzip"


def sniff(head: bytes, name: str | None = None, declared: str | None = None) -> Media:
    """The kind of a document from its first bytes, its file's name and what a server declares it to be.

    :raises InvalidInput: if it is empty or of a kind that is not read; the message names the kind and the remedy.

    >>> sniff(b"%PDF-1.7", "report.html").value
    'application/pdf'
    >>> sniff(b"Khabar 24, citing the Interior Ministry", "notes.txt").value
    'text/plain'
    """
    if not head.strip():
        raise InvalidInput("it is empty; give a document that has content.")
    start = _start(head)
    found = _by_first_bytes(head, start)
    if found is not None:
        return found
    if start.startswith("<?xml") or (start.startswith("<") and _declares(declared, "xml")):
        return _xml(start)
    return _by_name_or_declaration(head, start, name, declared)


def is_known_name(name: str) -> bool:
    """Whether a file's name says that it is a document, rather than a style sheet or a script."""
    suffix = PurePath(name.lower().removesuffix(".gz")).suffix
    return suffix in SUFFIXES or suffix in ("", ".xml")


MAGIC = (
    (b"%PDF-", Media.PDF),
    (b"\x1f\x8b", Media.GZIP),
    (b"WARC/", Media.WARC),
)
REFUSED = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP file (as are DOCX, XLSX and EPUB)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard"),
    (b"\xfd7zXZ", "compressed with xz"),
    (b"BZh", "compressed with bzip2"),
)
SUFFIXES = {
    ".html": Media.HTML,
    ".htm": Media.HTML,
    ".xhtml": Media.HTML,
    ".txt": Media.PLAIN,
    ".text": Media.PLAIN,
    ".md": Media.PLAIN,
    ".markdown": Media.PLAIN,
    ".jsonl": Media.JSON_LINES,
    ".ndjson": Media.JSON_LINES,
    ".pdf": Media.PDF,
    ".warc": Media.WARC,
    ".rss": Media.FEED,
    ".atom": Media.FEED,
}
DECLARED = {
    "text/html": Media.HTML,
    "application/xhtml+xml": Media.HTML,
    "text/plain": Media.PLAIN,
    "text/markdown": Media.PLAIN,
    "text/x-markdown": Media.PLAIN,
    "application/pdf": Media.PDF,
    "application/rss+xml": Media.FEED,
    "application/atom+xml": Media.FEED,
    "application/rdf+xml": Media.FEED,
    "application/warc": Media.WARC,
    "application/jsonl": Media.JSON_LINES,
    "application/x-ndjson": Media.JSON_LINES,
}
HTML_START = re.compile(r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
LOOSE_HTML = re.compile(r"<(?:title|meta|article|main|section|div|p|h[1-6]|table|span|blockquote)\b", re.IGNORECASE)
XML_PROLOGUE = re.compile(r"(?:<\?.*?\?>|<!--.*?-->|<!doctype\s+\w+[^<\[>]*(?:\[.*?\]\s*)?>|\s+)+", re.I | re.DOTALL)
FEED_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
HTML_DOCTYPE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
READ = "HTML, plain text, Markdown, PDF, RSS, Atom, WARC and JSON Lines"


def _start(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) & ~1].decode("utf-16", errors="replace").lstrip()
    return head.decode("utf-8-sig", errors="replace").lstrip()


def _by_first_bytes(head: bytes, start: str) -> Media | None:
    for magic, media in MAGIC:
        if head.lstrip().startswith(magic):
            return media
    if HTML_START.match(start):
        return Media.HTML
    return Media.FEED if FEED_ROOT.match(start) else None


def _xml(start: str) -> Media:
    prologue = XML_PROLOGUE.match(start)
    root = start[prologue.end() :] if prologue else start
    if FEED_ROOT.match(root):
        return Media.FEED
    if HTML_DOCTYPE.search(start):
        return Media.HTML
    if not root or re.search(r"<!doctype\s+(?:rss|feed|rdf)", start, re.IGNORECASE) or "<!ENTITY" in start:
        return Media.FEED
    raise InvalidInput("it is XML, but neither a feed nor a page; give the page itself, as HTML or text.")


def _by_name_or_declaration(head: bytes, start: str, name: str | None, declared: str | None) -> Media:
    for magic, kind in REFUSED:
        if head.startswith(magic):
            raise InvalidInput(f"it is {kind}, which is not read; give one of {READ}.")
    suffix = PurePath((name or "").lower()).suffix
    media = DECLARED.get((declared or "").partition(";")[0].strip().lower()) or SUFFIXES.get(suffix)
    if media in (Media.PDF, Media.WARC):
        raise InvalidInput(f"it is called {media.value} but does not begin like one; it may be damaged or cut off.")
    if media is not None:
        return media
    if declared and not declared.lower().startswith(("text/", "application/octet-stream", "binary/")):
        raise InvalidInput(f"it is {declared.partition(';')[0].strip()}, which is not read; give one of {READ}.")
    if LOOSE_HTML.match(start):
        return Media.HTML
    return Media.JSON_LINES if start.startswith("{") else Media.PLAIN


def _declares(declared: str | None, kind: str) -> bool:
    return kind in (declared or "").lower()
