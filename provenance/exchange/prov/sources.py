"""Tells of sources and of the ties between them: agents, and on whose behalf they act."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from provenance.answers import bound_text
from provenance.chain import Actor, Tie
from provenance.exchange.prov.model import LABEL, ORGANIZATION, PERSON, TYPE, Attributes, Kind, Name, Record
from provenance.exchange.prov.names import name_of, own, relayed
from provenance.vocabulary import SourceKind, TieKind

PEOPLE = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON, SourceKind.WITNESS})
DELEGATES = frozenset({TieKind.SPEAKS_FOR, TieKind.PART_OF})


def agent_of(source: Actor, public_id: str) -> Record:
    """The agent that a source is; words that identify nobody are neither a person nor an organisation."""
    types: Attributes = ()
    if not source.kind.placeholder:
        types = ((TYPE, PERSON if source.kind in PEOPLE else ORGANIZATION),)
    said: Attributes = ((LABEL, source.name), (own("kind"), source.kind.value))
    return Record(Kind.AGENT, name_of(public_id), (), types + said)


def nobody_of(source: Actor, public_id: str, report: str) -> Record:
    """The agent that such words stand for in one report: the authorities of two pages may be two different people."""
    said: Attributes = (
        (LABEL, source.name),
        (own("kind"), source.kind.value),
        (own("words"), name_of(public_id)),
    )
    return Record(Kind.AGENT, relayed(report, public_id, "who"), (), said)


def tie_of(tie: Tie, source: str, other: str) -> Record:
    """A tie between two sources, by their public ids.

    Who speaks for somebody or is a part of it acts on its behalf; whom somebody owns or controls is influenced.
    """
    kind = Kind.DELEGATION if tie.kind in DELEGATES else Kind.INFLUENCE
    since = () if tie.valid_from is None else (tie.valid_from.strftime("%Y%m%dT%H%M%S"),)
    said: list[tuple[Name, str]] = [(own("tie"), tie.kind.value), (own("basis"), tie.basis.value)]
    bounds = {
        "reference": tie.reference,
        "valid_from": bound_text(tie.valid_from),
        "valid_to": bound_text(tie.valid_to),
    }
    said += [(own(term), text) for term, text in bounds.items() if text is not None]
    ends = (name_of(source), name_of(other))
    return Record(kind, relayed(source, tie.kind.value, other, *since), ends, tuple(said))


def around(ties: Collection[Tie], sources: Collection[int]) -> Iterator[Tie]:
    """The ties of the groups that these sources belong to: whatever is tied to them, to those, and so on."""
    reached = set(sources)
    joining = [tie for tie in ties if tie.kind is not TieKind.EXAMINED_NO_TIE]
    found: set[int] = set()
    while more := [
        number
        for number, tie in enumerate(joining)
        if number not in found and not reached.isdisjoint((tie.source, tie.other))
    ]:
        found.update(more)
        reached.update(end for number in more for end in (joining[number].source, joining[number].other))
    yield from (joining[number] for number in sorted(found))


def unties(ties: Collection[Tie], named: Callable[[int], bool], name: Callable[[int], Name]) -> dict[int, Attributes]:
    """For each source the findings that there is no tie to another one, where both are told of."""
    found: dict[int, Attributes] = {}
    for tie in ties:
        if tie.kind is TieKind.EXAMINED_NO_TIE and named(tie.source) and named(tie.other):
            found[tie.source] = (*found.get(tie.source, ()), (own("examined_no_tie"), name(tie.other)))
    return found
