"""What the values of a row, or of an entry of the history, say without the names: for both by the same rules.

A quote is a stretch of its document. Where it begins in the middle of a name, its own words do not show that, so such
an excerpt is cut anew out of the document's text.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from provenance.blanking import Blanked, Names
from provenance.storage.redacting import SPEAKING, TABLES

REMEMBERED = 20_000  # texts; a row and its entries say the same


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Columns that hold a stretch of the document's text: the words, where they stand, and what stands beside them."""

    words: str
    start: str
    end: str
    before: str | None = None
    after: str | None = None


EXCERPTS: Mapping[str, Excerpt] = {
    "report": Excerpt("quote", "quote_start", "quote_end", "quote_prefix", "quote_suffix"),
    "attribution": Excerpt("cue", "cue_start", "cue_end"),
    "figure": Excerpt("text", "text_start", "text_end"),
}


@dataclass(frozen=True, slots=True)
class CopyNow:
    """What became of the bytes of an archived copy: their address now, and what they are, where that changed."""

    sha256: str
    media_type: str | None = None


@dataclass
class Unnamed:
    """The names, and what is known of texts that had them.

    ``texts``: by the lasting key of a document, each of its texts that had a name, as it was and as it is. ``reports``:
    by the lasting key of a report, the documents that it quotes. ``copies``: by the address of bytes that had a name.
    """

    names: Names
    texts: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    reports: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    copies: dict[str, CopyNow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.blank = lru_cache(maxsize=REMEMBERED)(self._blank)

    def changes(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values that a row, or a side of an entry, says otherwise without the names; none where it has none."""
        said = {name: self.value(value) for name, value in values.items() if _may_name(table, name)}
        said |= self._excerpt(table, values)
        changed = {name: value for name, value in said.items() if value != values[name]}
        if table == "document" and "text" in changed and values.get("content_hash") is not None:
            changed["content_hash"] = text_hash(changed["text"])
        copy = self.copies.get(str(values.get("sha256"))) if table == "archived_copy" else None
        if copy is not None:
            changed |= {"sha256": copy.sha256} | ({"media_type": copy.media_type} if copy.media_type else {})
        return changed

    def value(self, value: Any) -> Any:
        """A value without the names."""
        match value:
            case str():
                return self.blank(value).text
            case bytes():
                return self._bytes(value)
            case _:
                return self.names.value(value)

    def _blank(self, text: str) -> Blanked:
        return self.names.blank(text)

    def _bytes(self, value: bytes) -> bytes:
        try:
            return self.blank(value.decode()).text.encode()
        except UnicodeDecodeError:
            return value

    def _excerpt(self, table: str, values: Mapping[str, Any]) -> dict[str, Any]:
        excerpt = EXCERPTS.get(table)
        if excerpt is None or not self.texts:
            return {}
        words, start, end = (values.get(name) for name in (excerpt.words, excerpt.start, excerpt.end))
        if words is None or start is None or end is None:
            return {}
        for was, now in self._quoted(table, values):
            if was[start:end] == words:
                return dict(_cut(excerpt, values, was, now, start, end))
        return {}

    def _quoted(self, table: str, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        report = values.get("report_id")
        documents = {values.get("document_id")} if table == "report" else self.reports.get(report or 0, set())
        for document in documents:
            yield from self.texts.get(document or 0, ())


def _cut(
    excerpt: Excerpt, values: Mapping[str, Any], was: str, now: str, start: int, end: int
) -> Iterator[tuple[str, str]]:
    yield excerpt.words, now[start:end]
    before = values.get(excerpt.before) if excerpt.before else None
    if before and excerpt.before and was[:start].endswith(before):
        yield excerpt.before, now[start - len(before) : start]
    after = values.get(excerpt.after) if excerpt.after else None
    if after and excerpt.after and was.startswith(after, end):
        yield excerpt.after, now[end : end + len(after)]


def text_hash(text: str) -> str:
    """The hash by which the text of a document is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _may_name(table: str, column: str) -> bool:
    # An entry of the history may know a column that the table has no more.
    known = TABLES.get(table)
    return known is None or column not in known.c or column in SPEAKING[table]
