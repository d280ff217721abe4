"""Turns bytes into text: by byte order mark, by what was declared, as UTF-8, and only then by guessing.

A page that declares an encoding in which it is not written is common; what was done then is told in a note.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from charset_normalizer import from_bytes

from provenance.errors import InvalidInput

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Python's codecs that are no encodings of pages, and some that would let a page hide what it says.
NO_CHARSETS = frozenset(
    {"utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem"}
)
# What the Web calls Latin-1 and ASCII is windows-1252: browsers have read it so for ever, and pages rely on it.
AS_BROWSERS_READ = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
LOOKED_AT = 4096  # bytes in which a page declares its encoding
GUESSED_FROM = 64_000  # bytes from which an encoding is guessed
# Whitespace, and the escape character of some old Asian encodings, are text; other control characters are not.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
LEAST_READABLE = 0.02  # share of control characters or undecodable bytes above which something is binary


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with one kind of line end, the encoding it was in, and what is doubtful about that."""

    text: str
    charset: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, declared: str | None = None, *, markup: bool = False) -> Decoded:
    """The text of a document; ``markup`` lets a page's own declaration count.

    :raises InvalidInput: if it is not text.

    >>> decode("Внутренних дел".encode("cp1251"), "windows-1251").text
    'Внутренних дел'
    """
    for name, note in _candidates(content, declared, markup):
        try:
            text = content.decode(name)
        except (UnicodeError, LookupError):
            continue
        return Decoded(_checked(text), name, note)
    return _by_force(content)


def _candidates(content: bytes, declared: str | None, markup: bool) -> Iterator[tuple[str, tuple[str, ...]]]:
    for bom, name in BOMS:
        if content.startswith(bom):
            yield ("utf-8-sig" if name == "utf-8" else name), ()
    wrongly: list[str] = []
    for said in (declared, _in_page(content) if markup else None):
        if said is None:
            continue
        wrongly.append(said)
        if usable := _usable(said):
            # Whatever is valid UTF-8 and not plain ASCII is UTF-8, whatever single-byte encoding it is said to be in.
            yield from [("utf-8", ())] if usable == "cp1252" else []
            yield usable, ()
    told = (f"It says that it is in {wrongly[0][:40]}, which it is not.",) if wrongly else ()
    guess = _wide(content[:GUESSED_FROM])
    if guess is None:
        yield "utf-8", told
        guess = _guessed(content)
    if guess:
        yield guess, (*told, f"Its encoding was guessed: {guess}.")


def _in_page(content: bytes) -> str | None:
    found = XML_DECLARATION.search(content[:LOOKED_AT]) or META.search(content[:LOOKED_AT])
    return found[1].decode("ascii", errors="replace") if found else None


def _usable(said: str) -> str | None:
    try:
        name = codecs.lookup(said.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in NO_CHARSETS or name.startswith(("utf-16", "utf-32")):
        # Without its byte order mark a page that can be asked for its encoding in ASCII is not in UTF-16.
        return None
    return AS_BROWSERS_READ.get(name, name)


def _guessed(content: bytes) -> str | None:
    best = from_bytes(content[:GUESSED_FROM]).best()
    return best.encoding if best is not None and best.encoding not in NO_CHARSETS else None


def _wide(content: bytes) -> str | None:
    # UTF-16 without a mark: every other byte of mostly Latin text is zero.
    even, odd = content[0::2].count(0), content[1::2].count(0)
    least = len(content) // 5
    if odd > least and even < odd // 10:
        return "utf-16-le"
    return "utf-16-be" if even > least and odd < even // 10 else None


def _by_force(content: bytes) -> Decoded:
    text = content.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost > LEAST_READABLE * len(text):
        text, lost = content.decode("cp1252", errors="replace"), 0
    note = f"{lost} bytes of it could not be decoded and show as \ufffd." if lost else "Its encoding could not be told."
    return Decoded(_checked(text), "unknown", (note,))


def _checked(text: str) -> str:
    if "\x00" in text:
        raise InvalidInput("it holds NUL characters, so it is no text but a binary file; give a text, a page or a PDF.")
    if len(CONTROL.findall(text, 0, 100_000)) > LEAST_READABLE * min(len(text), 100_000):
        raise InvalidInput("it is full of control characters, so it is no text; give a text, a page or a PDF.")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
