"""Offers documents that may be copies, rewrites or translations of one another; suspected, so never counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from provenance.ingestion.sketching import Sketch, likeness, numbers, same_order, shingles
from provenance.storage.document import Document
from provenance.storage.reads.intake import sharing_bands, versions_at
from provenance.storage.writes.intake import keep_sketch, relate
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import DocumentRelationKind

# An agency report that an outlet shortens or tops with a paragraph keeps more than half of its runs of words; two
# reports that only share quotations keep some per cent.
COPY, REWRITE = 0.5, 0.25
TRANSLATION = 0.75  # of the numbers, in the same order
NEAR = timedelta(days=3)
COMPARED = 12  # documents
OFFERED = 4
LANGUAGE_PARTS = frozenset(
    {"ar", "de", "en", "eng", "es", "fr", "it", "kk", "kz", "pl", "pt", "ru", "rus", "tr", "uk", "zh"}
)


def offer_copies(writer: Writer, document: Document, sketch: Sketch, but: Document | None) -> int:
    """Say which documents may depend on this one, or it on them, and keep its sketch; how many were offered.

    ``but`` is the version that it supersedes.
    """
    near = sharing_bands(writer.session, sketch.bands, document.key, COMPARED)
    keep_sketch(writer.session, document.key, sketch.bands)
    others = {one.document.key: one.document for one in near if but is None or one.document.key != but.key}
    others |= {one.key: one for one in _same_page_in_other_languages(writer, document)}
    found = sorted((_compared(document, other) for other in others.values()), key=lambda found: -found[0])
    offered = [one for one in found if one[0] > 0][:OFFERED]
    for _, kind, other, note in offered:
        later, earlier = (other, document) if _published_before(document, other) else (document, other)
        relate(writer, later, kind, earlier, note=note)
    return len(offered)


Found = tuple[float, DocumentRelationKind, Document, str]


def _compared(document: Document, other: Document) -> Found:
    """How much speaks for a relation of two documents, 0 where too little does; which, and in words why."""
    share = likeness(shingles(document.text or ""), shingles(other.text or ""))
    if share >= REWRITE:
        kind = DocumentRelationKind.COPY_OF if share >= COPY else DocumentRelationKind.REWRITE_OF
        return share, kind, other, f"{share:.0%} of all runs of three words in the two texts stand in both."
    if not _two_languages(document, other) or not _near_in_time(document, other):
        return 0.0, DocumentRelationKind.TRANSLATION_OF, other, ""
    ordered = same_order(numbers(document.text or ""), numbers(other.text or ""))
    if ordered >= TRANSLATION:
        note = f"{ordered:.0%} of the numbers in the two texts stand in both, in the same order."
        return ordered, DocumentRelationKind.TRANSLATION_OF, other, note
    if _without_language(document.url) == _without_language(other.url) is not None:
        note = "Their addresses differ only in the language."
        return TRANSLATION, DocumentRelationKind.TRANSLATION_OF, other, note
    return 0.0, DocumentRelationKind.TRANSLATION_OF, other, ""


def _two_languages(document: Document, other: Document) -> bool:
    one, two = (held.language.partition("-")[0] if held.language else None for held in (document, other))
    return one is not None and two is not None and one != two


def _near_in_time(document: Document, other: Document) -> bool:
    if document.published_earliest is None or other.published_earliest is None:
        return True
    return abs(document.published_earliest - other.published_earliest) <= NEAR


def _published_before(document: Document, other: Document) -> bool:
    """Whether the first is certainly the earlier one; what comes in is taken for the copy otherwise."""
    return (
        document.published_latest is not None
        and other.published_earliest is not None
        and document.published_latest < other.published_earliest
    )


def _same_page_in_other_languages(writer: Writer, document: Document) -> list[Document]:
    alternatives = set(_in_other_languages(document.url))
    return [other for other in versions_at(writer.session, alternatives) if other.key != document.key]


def _in_other_languages(url: str | None) -> Iterator[str]:
    """The addresses that the page would have in other languages, where its own says in which it is."""
    parts = urlsplit(url or "")
    segments = parts.path.split("/")
    place = next((place for place, segment in enumerate(segments) if segment.lower() in LANGUAGE_PARTS), None)
    if place is None:
        return
    for language in sorted(LANGUAGE_PARTS - {segments[place].lower()}):
        path = "/".join([*segments[:place], language, *segments[place + 1 :]])
        yield urlunsplit(parts._replace(path=path))


def _without_language(url: str | None) -> str | None:
    parts = urlsplit(url or "")
    segments = parts.path.split("/")
    kept = [segment for segment in segments if segment.lower() not in LANGUAGE_PARTS]
    return f"{parts.hostname}{'/'.join(kept)}?{parts.query}" if len(kept) < len(segments) else None


TRANSLATED = re.compile(
    r"\b[Tt]ranslated (?:by [^.\n]{1,60} )?from (?:the )?(?P<language>[A-Z][a-z]{2,20})\b|"
    r"\b(?:[Aa]us dem (?P<german>[A-Z][a-zäöü]{2,20}en) (?:übersetzt|von))|"
    r"\b[Tt]raduit (?:de l['’]|du )(?P<french>[a-zç]{3,20})",
)


def says_translated(text: str) -> str | None:
    """From which language a page says that it was translated, in the page's own words.

    >>> says_translated("Eight were killed. Translated from Russian by a volunteer.")
    'Russian'
    """
    found = TRANSLATED.search(text[:1_000]) or TRANSLATED.search(text[-1_000:])
    return next((name for name in found.groupdict().values() if name), None) if found else None
