"""Which sources belong together: stated ties valid at a moment, and the groups that they join.

A missing tie means that nobody has examined the two sources, never that they are independent.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from provenance.declared import Actor, Span, Tie
from provenance.errors import InvalidInput
from provenance.vocabulary import Basis, SourceKind, TieKind


@dataclass(frozen=True, slots=True)
class Groups:
    """Sources joined by ties, through any number of others, in whichever direction the ties point.

    ``group`` names each tied source's group by its smallest id; a source without ties is a group of its own. A tied
    placeholder stands in the groups of those it is tied to and joins them to nobody: "the authorities", tied by
    editors to two states, do not make one of the two.
    """

    group: Mapping[int, int]
    placeholders: Mapping[int, frozenset[int]]
    ties: tuple[Tie, ...]
    examined: tuple[Tie, ...]

    def of(self, actor: Actor) -> frozenset[int]:
        """The groups in which a source stands."""
        if actor.kind.placeholder:
            return self.placeholders.get(actor.id, frozenset())
        return frozenset((self.group.get(actor.id, actor.id),))


def grouped(ties: Iterable[Tie], actors: Mapping[int, Actor], moment: Span | None = None) -> Groups:
    """The groups that the ties make at a moment; without a moment every tie counts.

    A pair that somebody signed as `examined_no_tie` and that stated ties join all the same stays joined: what was
    found outweighs what was not found. Raises InvalidInput for a tie whose source is not among the actors.

    >>> azirbek = Actor(1, "Saltanat Azirbek", SourceKind.SPOKESPERSON)
    >>> police = Actor(2, "Almaty police", SourceKind.POLICE)
    >>> ministry = Actor(3, "Interior Ministry", SourceKind.GOVERNMENT_BODY)
    >>> speaks = Tie(1, TieKind.SPEAKS_FOR, 2, Basis.CITED)
    >>> part = Tie(2, TieKind.PART_OF, 3, Basis.COMMONLY_KNOWN)
    >>> grouped([speaks, part], {1: azirbek, 2: police, 3: ministry}).group
    {1: 1, 2: 1, 3: 1}
    """
    valid = [tie for tie in ties if moment is None or moment.overlaps(tie.valid_from, tie.valid_to)]
    _check_known(valid, actors)
    joining = [tie for tie in valid if tie.kind is not TieKind.EXAMINED_NO_TIE and _may_join(tie, actors)]
    examined = tuple(tie for tie in valid if tie.kind is TieKind.EXAMINED_NO_TIE)
    solid = [tie for tie in joining if not _placeholder_end(tie, actors)]
    group = _components(solid)
    placeholders: dict[int, frozenset[int]] = {}
    for tie in joining:
        loose = _placeholder_end(tie, actors)
        if loose is not None:
            named = other_end(tie, loose)
            placeholders[loose] = placeholders.get(loose, frozenset()) | {group.get(named, named)}
    return Groups(group, placeholders, tuple(joining), examined)


def other_end(tie: Tie, end: int) -> int:
    """The source at the far side of a tie."""
    return tie.other if tie.source == end else tie.source


def joining_ties(sources: Collection[int], groups: Groups, actors: Mapping[int, Actor]) -> tuple[Tie, ...]:
    """Ties that together join the sources of one group: from one of them the best way to each other one.

    The best way has the fewest ties that are only commonly known, then the fewest ties, so that a doubt about an
    uncited tie is raised only where nothing better joins them. Ways lead through named sources only.
    """
    around: dict[int, list[Tie]] = {}
    for tie in groups.ties:
        around.setdefault(tie.source, []).append(tie)
        around.setdefault(tie.other, []).append(tie)
    start = min(sources, key=lambda source: (actors[source].kind.placeholder, source))
    came_by: dict[int, Tie] = {}
    heap: list[tuple[int, int, int, int, Tie | None]] = [(0, 0, start, -1, None)]
    done: set[int] = set()
    pushed = 0
    while heap:
        uncited, length, here, _, last = heapq.heappop(heap)
        if here in done:
            continue
        done.add(here)
        if last is not None:
            came_by[here] = last
        if actors[here].kind.placeholder and here != start:
            continue
        for onward in around.get(here, ()):
            pushed += 1
            cost = uncited + (onward.basis is not Basis.CITED)
            heapq.heappush(heap, (cost, length + 1, other_end(onward, here), pushed, onward))
    return _ways_back(sources, start, came_by)


def above(sources: Iterable[int], groups: Groups, actors: Mapping[int, Actor]) -> Mapping[int, int]:
    """Every named source that the given ones are, speak for, belong to or answer to, with how many of them do."""
    upward: dict[int, list[int]] = {}
    for tie in groups.ties:
        if not actors[tie.other].kind.placeholder:
            upward.setdefault(tie.source, []).append(tie.other)
    reached: dict[int, int] = {}
    for source in sources:
        for superior in _climb(source, upward):
            if not actors[superior].kind.placeholder:
                reached[superior] = reached.get(superior, 0) + 1
    return reached


def topmost(reached: Mapping[int, int], groups: Groups, actors: Mapping[int, Actor]) -> Actor:
    """Of the sources that `above` found: one that answers to nobody, below which most of them stand.

    Equals are settled by the smaller name. Where the ties run in a circle nobody answers to nobody, and the source
    below which most stand is taken.
    """
    answering = {tie.source for tie in groups.ties}
    free = [source for source in reached if source not in answering] or list(reached)
    return actors[min(free, key=lambda source: (-reached[source], actors[source].name, source))]


def _check_known(ties: Iterable[Tie], actors: Mapping[int, Actor]) -> None:
    for tie in ties:
        for source in (tie.source, tie.other):
            if source not in actors:
                raise InvalidInput(f"Tie {tie.id} names source {source}, which is not given; add it.", field="ties")


def _placeholder_end(tie: Tie, actors: Mapping[int, Actor]) -> int | None:
    return next((end for end in (tie.source, tie.other) if actors[end].kind.placeholder), None)


def _may_join(tie: Tie, actors: Mapping[int, Actor]) -> bool:
    """Words that stand for several unknown carriers identify nobody, whatever they are tied to."""
    kinds = [actors[tie.source].kind, actors[tie.other].kind]
    return SourceKind.COLLECTIVE not in kinds and kinds != [SourceKind.UNNAMED, SourceKind.UNNAMED]


def _components(ties: Iterable[Tie]) -> dict[int, int]:
    parent: dict[int, int] = {}

    def root(source: int) -> int:
        while parent.setdefault(source, source) != source:
            parent[source] = parent[parent[source]]
            source = parent[source]
        return source

    for tie in ties:
        low, high = sorted((root(tie.source), root(tie.other)))
        parent[high] = low
    return {source: root(source) for source in sorted(parent)}


def _climb(source: int, upward: Mapping[int, list[int]]) -> Iterator[int]:
    seen, waiting = {source}, [source]
    for here in waiting:
        yield here
        for superior in upward.get(here, ()):
            if superior not in seen:
                seen.add(superior)
                waiting.append(superior)


def _ways_back(sources: Iterable[int], start: int, came_by: Mapping[int, Tie]) -> tuple[Tie, ...]:
    used: dict[Tie, None] = {}
    for source in sorted(sources):
        while source != start and source in came_by:
            used[came_by[source]] = None
            source = other_end(came_by[source], source)
    return tuple(used)
