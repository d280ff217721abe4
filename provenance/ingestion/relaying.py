"""Turns the chain that was read from a page into the hops of a report, which must lead to the page's publisher."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from provenance.extraction.reading import Link, Statement
from provenance.storage.report import AttributionBase
from provenance.storage.source import Source
from provenance.storage.writes.proposals import ProposedHop
from provenance.vocabulary import LinkStatus

LONGEST_NAMED, LONGEST_CUE = 500, 200

Named = tuple[Link, Source | None]


def hops_of(statement: Statement, sources: Sequence[Source | None], publisher: Source) -> list[ProposedHop]:
    """The hops of a statement: each link to every one of the next step, the last ones to the publisher.

    ``sources`` are those of the chain's links. A page that points at nobody marks that it relays, and not from whom.
    Whoever stands in the chain twice is kept where the chain begins, and the publisher only at its end: a page cannot
    declare a circle.
    """
    seen = {publisher.key}
    steps: list[list[Named]] = []
    for _, links in groupby(zip(statement.chain, sources, strict=True), key=lambda named: named[0].step):
        kept: list[Named] = []
        for link, source in links:
            if source is None and all(named for _, named in kept):
                kept.append((link, None))
            elif source is not None and source.key not in seen:
                kept.append((link, source))
                seen.add(source.key)
        steps += [kept] if kept else []
    # Nobody between two who are named says nothing; nobody at the beginning does.
    steps = [step for place, step in enumerate(steps) if place == 0 or any(source for _, source in step)]
    return list(_joined(statement, steps, publisher))


def _joined(statement: Statement, steps: Sequence[Sequence[Named]], publisher: Source) -> Iterator[ProposedHop]:
    told = {id(link) for link in (_beside_the_cue(statement),) if link is not None}
    for place, step in enumerate(steps):
        after = [source for _, source in steps[place + 1] if source] if place + 1 < len(steps) else [publisher]
        for link, source in step:
            for downstream in after:
                yield ProposedHop(source, downstream, _said(link, statement, cued=id(link) in told))


def _said(link: Link, statement: Statement, *, cued: bool) -> AttributionBase:
    words = AttributionBase(as_named=_named(link), manner=link.manner)
    cue = statement.cue
    if cued and cue is not None and 0 < len(cue.text) <= LONGEST_CUE:
        words.cue, words.cue_start, words.cue_end = cue.text, cue.start, cue.end
    return words


def _named(link: Link) -> str | None:
    named = (link.as_named or "").strip()[:LONGEST_NAMED]
    return named if named and link.status is not LinkStatus.UNSPECIFIED else None


def _beside_the_cue(statement: Statement) -> Link | None:
    """The link that the cue goes with: the one whose words are the statement's source, else the origin."""
    source = statement.source
    if source is not None:
        for link in statement.chain:
            if link.start is not None and link.end is not None and link.start < source.end and source.start < link.end:
                return link
    return statement.chain[0] if statement.chain else None
