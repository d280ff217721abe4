"""Builders of what was read from an article, so that tests of proposals need no grammar.

A statement is written as its words and its chain, origin first: ``said(text, "Dozens were eliminated", "Interior
Ministry", "Khabar 24")``. Parallel carriers stand in one tuple; None is a link that points at nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from provenance.extraction.reading import FigureFound, Link, Reading, Span, Statement, Zone
from provenance.ingestion.loading import LoadedDocument
from provenance.ingestion.sketching import sketch
from provenance.ingestion.sniff import Media
from provenance.ingestion.taking_in import Extracted
from provenance.quantity import read_quantity
from provenance.vocabulary import ClaimKind, FigureKind, LinkStatus, SourceKind, Stance, ZoneKind

KINDS = {
    "Interior Ministry": SourceKind.GOVERNMENT_BODY,
    "Health Ministry": SourceKind.GOVERNMENT_BODY,
    "Khabar 24": SourceKind.BROADCASTER,
    "Tass": SourceKind.NEWS_AGENCY,
    "Interfax": SourceKind.NEWS_AGENCY,
    "spokesman for the Interior Ministry": SourceKind.SPOKESPERSON,
    "the authorities": SourceKind.UNNAMED,
    "local media reports": SourceKind.COLLECTIVE,
}
Named = str | tuple[str, ...] | None


def said(text: str, content: str, *chain: Named, cue: str | None = None, **more: Any) -> Statement:
    """A statement whose words stand in the text."""
    given: dict[str, Any] = {
        "content": span(text, content),
        "cue": span(text, cue) if cue else None,
        "source": None,
        "chain": tuple(links(text, chain)),
        "stance": Stance.ASSERTS,
        "hedge": None,
        "rule": "said_that",
        "confidence": 0.9,
        "kind": ClaimKind.OTHER,
    }
    return Statement(**{**given, **more})


def links(text: str, chain: Sequence[Named]) -> Iterator[Link]:
    """The links of a chain, each where its name stands first."""
    for step, named in enumerate(chain):
        for name in named if isinstance(named, tuple) else (named,):
            if name is None:
                yield Link(None, None, LinkStatus.UNSPECIFIED, step=step)
                continue
            kind = KINDS.get(name)
            nobody = kind is not None and kind.placeholder
            status = LinkStatus.UNRESOLVED if nobody else LinkStatus.RESOLVED
            start = text.find(name)
            first, last = (start, start + len(name)) if start >= 0 else (None, None)
            yield Link(name, None if nobody else name, status, first, last, step=step, kind=kind)


def figure(text: str, printed: str, role: str | None, counted: str | None = None, **more: Any) -> FigureFound:
    """A count whose words stand in the text."""
    where, quantity = span(text, printed), read_quantity(printed)
    return FigureFound(
        where.start,
        where.end,
        where.text,
        FigureKind.COUNT,
        quantity.qualifier,
        quantity.value,
        quantity.low,
        quantity.high,
        "count",
        counted=span(text, counted) if counted else None,
        role=role,
        **more,
    )


def span(text: str, words: str) -> Span:
    """Where words stand first."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def article(
    text: str,
    *statements: Statement,
    figures: Sequence[FigureFound] = (),
    language: str | None = "en",
    headline: str | None = None,
    **page: Any,
) -> Extracted:
    """A page that was read: its text, with a headline zone where one is named, and what it says of itself."""
    body = len(headline) if headline else 0
    head = [Zone(ZoneKind.HEADLINE, 0, body)] if headline else []
    zones = (*head, Zone(ZoneKind.BODY, body, len(text)))
    reading = Reading(text, language, zones, statements, tuple(figures), ())
    given: dict[str, Any] = {"key": "page.txt", "media_type": Media.PLAIN, "language": language}
    return Extracted(LoadedDocument(text=text, **{**given, **page}), reading, sketch(text))
