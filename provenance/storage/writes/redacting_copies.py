"""Takes names out of archived bytes: pages are rewritten, whatever cannot be rewritten is removed.

Bytes are known by their hash, so those that are rewritten get another address, to which every record of them then
leads.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from secrets import token_hex

import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.blanking import Names
from provenance.storage.proposal import ArchivedCopy, Blob
from provenance.storage.writes.redacting_values import CopyNow, Unnamed

PLAIN = "text/plain"
DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
DECLARED_WITHIN = 2_048  # bytes at the beginning of a page
# Encodings in which bytes that cannot be read as text may still spell a name, as in the title of a PDF.
SPELLED_IN = ("utf-8", "utf-16-le", "utf-16-be", "cp1251", "latin-1")


@dataclass(frozen=True, slots=True)
class _Text:
    """Bytes that are text, and the encoding to write it in again."""

    text: str
    encoding: str


def rewrite_copies(session: Session, unnamed: Unnamed) -> tuple[int, int]:
    """Take the names out of all archived bytes, noting the new addresses; how many were rewritten, and removed.

    Rows that lead to the old bytes still do: whoever calls rewrites them, then calls `forget_copies`.
    """
    rewritten = removed = 0
    for address in list(session.scalars(sa.select(col(Blob.sha256)).order_by(col(Blob.sha256)))):
        body, media_types, documents = _found(session, address)
        content = zlib.decompress(body)
        text = _read(content, media_types)
        if text is not None:
            now = unnamed.names.blank(text.text, markup=True)
            if not now.times:
                continue
            # What an older encoding cannot say, a page says as an entity.
            _move(session, unnamed, address, now.text.encode(text.encoding, "xmlcharrefreplace"), None)
            rewritten += 1
        elif documents & unnamed.texts.keys() or _spells(content, unnamed.names):
            # Unlike any other, so that two copies of one document stay two.
            note = f"These bytes named a person whose name was removed everywhere; so they were removed. {token_hex(8)}"
            _move(session, unnamed, address, note.encode(), PLAIN)
            removed += 1
    return rewritten, removed


def forget_copies(session: Session, unnamed: Unnamed) -> None:
    """Remove the bytes that had names, to which nothing leads any more."""
    for address in unnamed.copies:
        session.execute(sa.delete(Blob).where(col(Blob.sha256) == address))


def _found(session: Session, address: str) -> tuple[bytes, set[str], Set[int]]:
    body = session.execute(sa.select(col(Blob.body)).where(col(Blob.sha256) == address)).scalar_one()
    columns = (col(ArchivedCopy.media_type), col(ArchivedCopy.document_id))
    copies = session.execute(sa.select(*columns).where(col(ArchivedCopy.sha256) == address)).all()
    return body, {copy.media_type for copy in copies}, {copy.document_id for copy in copies}


def _move(session: Session, unnamed: Unnamed, address: str, content: bytes, media_type: str | None) -> None:
    new = hashlib.sha256(content).hexdigest()
    unnamed.copies[address] = CopyNow(new, media_type)
    there = session.execute(sa.select(col(Blob.sha256)).where(col(Blob.sha256) == new)).first()
    if there is None:
        body = zlib.compress(content)
        session.execute(sa.insert(Blob).values(sha256=new, size=len(content), body=body))


def _read(content: bytes, media_types: Set[str]) -> _Text | None:
    """Bytes as text, if they are; by what they are said to be, else by what they say themselves."""
    told = " ".join(media_types).encode() + b" " + content[:DECLARED_WITHIN]
    declared = [one.decode() for one in DECLARED.findall(told)]
    for encoding in ("utf-8", *declared):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" not in text:
            return _Text(text, encoding)
    return None


def _spells(content: bytes, names: Names) -> bool:
    return any(one in content for name in names.spelled for one in _spellings(name))


def _spellings(name: str) -> Iterator[bytes]:
    for encoding in SPELLED_IN:
        try:
            yield name.encode(encoding)
        except UnicodeEncodeError:
            continue
