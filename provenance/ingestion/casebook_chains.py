"""From a coded chain to hops: the edges that the page declares, and nothing that it does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from provenance.errors import UnreadableStory
from provenance.ingestion.casebook_reading import Node, Row
from provenance.ingestion.story_writing import Flow, compact
from provenance.vocabulary import HopBasis, Manner

NO_SOURCE = "unnamed"


@dataclass(frozen=True, slots=True)
class _Stop:
    """One place on the way that is left after reading: several sources are parallel; none is 'not stated'."""

    sources: tuple[str, ...]
    as_named: str | None
    manner: Manner


def hops_of(row: Row, publisher: str, basis: HopBasis | None, file: str) -> list[Flow]:
    """The hops of a row, origin first.

    A registry source that means "no source given" and that the page does not name is no node: before the outlet
    itself it leaves no hop, before a carrier it leaves a hop from nobody, so that the carrier is not promoted. An
    outlet that occurs in its own chain is one node with it.

    >>> from provenance.ingestion.casebook_reading import Node
    >>> def row(*chain: Node) -> Row:
    ...     return Row("k1.c1", "O", "t", "", None, None, None, None, None, None, None, None, chain, None, None)
    >>> chain = Node(("ministry",), cue="quoted"), Node(("khabar24",), cue="reported"), Node(("self",))
    >>> [(hop["from"], hop["to"], hop["manner"]) for hop in hops_of(row(*chain), "tass", None, "casebook.yaml")]
    [('ministry', 'khabar24', 'quoted'), ('khabar24', 'tass', 'reported')]
    >>> [hop["from"] for hop in hops_of(row(Node(("unnamed",)), *chain[1:]), "tass", None, "casebook.yaml")]
    [None, 'khabar24']
    """
    stops = _stops(row, publisher, file)
    onward = [stop.sources for stop in stops[1:]] + [(publisher,)]
    return [
        _hop(source, target, stop, basis if number == 0 and source else None)
        for number, (stop, targets) in enumerate(zip(stops, onward, strict=False))
        for source in stop.sources or (None,)
        for target in targets
        if source is not None or target != publisher
    ]


def _stops(row: Row, publisher: str, file: str) -> list[_Stop]:
    stops = [_stop(node, publisher, row, file) for node in row.chain[:-1]]
    # Nothing is said between two named sources, or where the outlet itself stood: that is no place on the way.
    kept = [stop for number, stop in enumerate(stops) if stop.sources or _opens(row.chain[:-1], number, publisher)]
    named = [source for stop in kept for source in stop.sources]
    if len(named) > len(set(named)):
        twice = sorted({source for source in named if named.count(source) > 1})
        raise UnreadableStory(
            f"{file}, claim {row.claim_id}: field 'chain' passes {', '.join(twice)} twice; a page cannot declare a "
            "circle, so correct the chain.",
            field="chain",
        )
    return kept


def _opens(chain: tuple[Node, ...], number: int, publisher: str) -> bool:
    return number == 0 and publisher not in chain[0].sources


def _stop(node: Node, publisher: str, row: Row, file: str) -> _Stop:
    sources = tuple(
        source for source in node.sources if source != publisher and not (source == NO_SOURCE and node.as_named is None)
    )
    return _Stop(sources, node.as_named, _manner(node.cue, row, file))


def _manner(cue: str | None, row: Row, file: str) -> Manner:
    if cue is None:
        return Manner.VIA
    try:
        return Manner(cue)
    except ValueError as unknown:
        words = ", ".join(term.value for term in Manner)
        raise UnreadableStory(
            f"{file}, claim {row.claim_id}: field 'cue_to_next' has the unknown word {cue!r}; use one of: {words}.",
            field="cue_to_next",
        ) from unknown


def _hop(source: str | None, target: str, stop: _Stop, basis: HopBasis | None) -> Flow:
    ends: Mapping[str, str | None] = {"from": source, "to": target}
    return Flow(
        **ends,
        **compact(as_named=stop.as_named if source else None, manner=stop.manner.value, basis=basis and basis.value),
    )
