"""What a source does, in sentences made from counts, and its ties as a reader says them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.words import counted, plain
from provenance.answers import bound_text
from provenance.answers_detail import SourceDetail, TieDetail
from provenance.storage.reads.asked import ChainRole
from provenance.storage.reads.roles import Part, Parts
from provenance.vocabulary import TieKind

ROLE_TITLES = {
    ChainRole.ORIGIN: "Named first",
    ChainRole.CARRIER: "Passed on",
    ChainRole.PUBLISHER: "Published",
}


def lead(source: SourceDetail, parts: Parts) -> str:
    """The most that can be said of a source, in a sentence."""
    if source.kind.placeholder:
        return "These words identify nobody."
    if parts.origin.documents:
        return f"Named first in {_documents(parts.origin)}."
    if parts.carrier.documents:
        never = "; never their origin" if source.kind.carries else ""
        return f"Passed on {counted(parts.carrier.claims, 'claim')} of others, in {_held(parts.carrier)}{never}."
    if parts.publisher.documents:
        return f"Published {_held(parts.publisher)}, with {counted(parts.publisher.claims, 'claim')}."
    return "No document held names it on the way of a claim."


def what_it_does(source: SourceDetail, parts: Parts) -> list[str]:
    """The rest, in sentences; what ``lead`` says is not said again."""
    told = []
    if source.kind.placeholder:
        told.append(
            f"{_documents(parts.origin)} {_begin(parts.origin)} with them. They say nothing of how many people spoke, "
            f"and count as no source{_read_as(source)}."
        )
    elif parts.origin.documents and parts.carrier.documents:
        told.append(f"Passed on {counted(parts.carrier.claims, 'claim')} of others, in {_held(parts.carrier)}.")
    if parts.publisher.documents and (parts.origin.documents or parts.carrier.documents):
        told.append(f"Published {_held(parts.publisher)} itself, with {counted(parts.publisher.claims, 'claim')}.")
    if parts.unsaid.documents:
        told.append(
            f"In {_held(parts.unsaid)}, nobody is named before it: where it had the statement from is not said, "
            "and it is not taken for the origin."
        )
    if not told and not any((parts.origin.documents, parts.carrier.documents, parts.publisher.documents)):
        linked = sum(tie.kind is not TieKind.EXAMINED_NO_TIE for tie in source.ties)
        links = f"{counted(linked, 'link')} to others" if linked else "no link to others"
        told.append(f"No document that was looked at names it, and {links} {'are' if linked > 1 else 'is'} recorded.")
    return told


def _documents(part: Part) -> str:
    return f"{counted(part.documents, 'document')} of {counted(part.claims, 'claim')}"


def _held(part: Part) -> str:
    return counted(part.documents, "document")


def _begin(part: Part) -> str:
    return "begins" if part.documents == 1 else "begin"


def _read_as(source: SourceDetail) -> str:
    states = [tie.other for tie in source.ties if tie.source_id == source.id and tie.kind is TieKind.SPEAKS_FOR]
    return f" of their own; an editor reads them here as {states[0]}" if states else ""


@dataclass(frozen=True, slots=True)
class TieLine:
    """A tie as one reads it from the page of one of its ends: ``before`` other ``after``."""

    tie: TieDetail
    before: str
    other: str
    other_id: str
    after: str
    held: str

    @property
    def is_link(self) -> bool:
        """False for the signed finding that there is none."""
        return self.tie.kind is not TieKind.EXAMINED_NO_TIE


def ties_of(source: SourceDetail) -> Sequence[TieLine]:
    """The ties of a source, its own first, then those of others to it."""
    lines = [_line(tie, tie.source_id == source.id) for tie in source.ties]
    return sorted(lines, key=lambda line: (line.tie.source_id != source.id, line.other))


def _line(tie: TieDetail, own: bool) -> TieLine:
    said = plain(tie.kind)
    if own:
        return TieLine(tie, said, tie.other, tie.other_id, "", _dates(tie))
    return TieLine(tie, "", tie.source, tie.source_id, f"{said} it", _dates(tie))


def _dates(tie: TieDetail) -> str:
    since, until = bound_text(tie.valid_from), bound_text(tie.valid_to)
    if tie.undated:
        return "no dates given, so read as always"
    return " ".join(part for part in (f"from {since}" if since else "", f"until {until}" if until else "") if part)
