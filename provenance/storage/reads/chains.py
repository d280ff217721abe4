"""The declared chains of reports: loaded a page at a time, and asked for by the part that a source plays in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from provenance.access import who_asks
from provenance.declared import CLASS_OF_BASIS, Actor, Declared, Hop, Path, declared_paths
from provenance.errors import InvalidInput
from provenance.storage.reads.asked import AboutReports, ChainRole, earliest, latest
from provenance.storage.reads.belonging import open_to
from provenance.storage.reads.rows import (
    Condition,
    Found,
    attribution,
    document,
    referred,
    report,
    rows,
    seen,
    source,
)
from provenance.vocabulary import HopMark, OriginClass, SourceKind

WITHHELD = "(withheld)"
# What the page calls somebody whose name is withheld may be their name.
BY_NAME = ("as_named", "cue", "cue_start", "cue_end")
GROUNDED = tuple(CLASS_OF_BASIS)


@dataclass(frozen=True, slots=True)
class Chain:
    """What one report declares, by names, with its hops as rows."""

    paths: tuple[Path, ...]
    names: list[list[str]]
    hops: tuple[Found, ...]

    @property
    def classes(self) -> list[OriginClass]:
        """What the first node of each path is."""
        return [path.origin_class for path in self.paths]


def chains_of(session: Session, reports: Iterable[Found]) -> Mapping[int, Chain]:
    """The chains of reports by their keys, in two queries; a report is a row with its document and publisher.

    Each row needs ``report_key``, ``document_key``, ``publisher_key`` and ``own_basis``.
    """
    by_key = {row["report_key"]: row for row in reports}
    hops: dict[int, list[Found]] = {key: [] for key in by_key}
    for hop in rows(session, _hops_of(by_key)):
        hops[hop["report_id"]].append(hop)
    mentioned = {row["publisher_key"] for row in by_key.values()}
    mentioned |= {hop[end] for each in hops.values() for hop in each for end in ENDS if hop[end] is not None}
    actors = actors_of(session, mentioned)
    return {key: _chain(row, hops[key], actors) for key, row in by_key.items()}


ENDS = ("upstream_id", "downstream_id")


def actors_of(session: Session, keys: Collection[int]) -> Mapping[int, Actor]:
    """Sources by their keys; the name of one that whoever asks may not see is withheld."""
    found = rows(session, _sources().where(source.c.id.in_(keys)))
    return {row["id"]: Actor(row["id"], _shown(row), row["kind"]) for row in found}


def names_of(session: Session, keys: Collection[int | None]) -> dict[int, tuple[str, str]]:
    """The name and public id of sources by their keys; both are withheld where whoever asks may not see it."""
    found = rows(session, _sources().where(source.c.id.in_([key for key in keys if key is not None])))
    return {row["id"]: (_shown(row), row["public_id"] if row["shown"] else WITHHELD) for row in found}


def report_conditions(session: Session, asked: AboutReports) -> list[Condition]:
    """What one report, joined with its document, must meet."""
    conditions: list[Condition] = [seen(report, document), report.c.state.in_(asked.states)]
    if asked.source is not None:
        through = referred(session, source, asked.source, "source")
        conditions.append(plays(through["id"], through["kind"], asked.role))
    if asked.publisher is not None:
        conditions.append(document.c.publisher_id == referred(session, source, asked.publisher, "publisher")["id"])
    return [*conditions, *dated(asked.published_from, asked.published_to), *in_language(asked.language)]


def dated(published_from: str | None, published_to: str | None) -> list[Condition]:
    """Documents that may have been published in the given time; those of unknown date are not among them."""
    conditions: list[Condition] = []
    if published_from is not None:
        conditions.append(document.c.published_latest >= earliest(published_from, "published_from"))
    if published_to is not None:
        conditions.append(document.c.published_earliest <= latest(published_to, "published_to"))
    return conditions


def in_language(tag: str | None) -> list[Condition]:
    """Documents in a language, with all its regional forms."""
    if tag is None:
        return []
    spoken = sa.func.lower(document.c.language)
    return [sa.or_(spoken == tag.lower(), spoken.startswith(f"{tag.lower()}-", autoescape=True))]


def plays(key: int, kind: SourceKind, role: ChainRole) -> Condition:
    """Whether a source plays a role in the declared chain of a report, by the rules of `declared_paths`."""
    published: Condition = document.c.publisher_id == key
    match role:
        case ChainRole.PUBLISHER:
            return published
        case ChainRole.ORIGIN:
            return sa.or_(report.c.id.in_(_begins(key, kind)), sa.and_(published, _speaks_itself(kind)))
        case ChainRole.CARRIER:
            return sa.and_(report.c.id.in_(_named(key)), report.c.id.not_in(_begins(key, kind)), ~published)
        case _:
            return sa.or_(report.c.id.in_(_named(key)), published)


def begins_unsaid(key: int, kind: SourceKind) -> Condition:
    """Whether nobody is named before a source in the declared chain of a report, and it is no origin either: where it
    had the statement from is not said.
    """
    alone = sa.and_(document.c.publisher_id == key, ~_names_anybody())
    # Where a page marks no observation of its own, that is null, and so would be its opposite.
    is_origin = sa.case((plays(key, kind, ChainRole.ORIGIN), 1), else_=0)
    return sa.and_(sa.or_(report.c.id.in_(_first(key)), alone), is_origin == 0)


def met_in(key: int) -> sa.CompoundSelect[tuple[int]]:
    """The reports on whose declared chains a source stands anywhere, by indexes alone; one may be there twice."""
    published = report.join(document, document.c.id == report.c.document_id)
    own = sa.select(report.c.id).select_from(published).where(document.c.publisher_id == key, seen(report, document))
    return sa.union_all(*_named(key).selects, own)


def _named(key: int) -> sa.CompoundSelect[tuple[int]]:
    hop = attribution.alias()
    ends = (hop.c.upstream_id, hop.c.downstream_id)
    return sa.union_all(*(sa.select(hop.c.report_id).where(end == key, seen(hop)) for end in ends))


def _begins(key: int, kind: SourceKind) -> sa.Select[tuple[int]]:
    return _first(key, grounded=kind.carries)


def _first(key: int, grounded: bool = False) -> sa.Select[tuple[int]]:
    hop, before = attribution.alias(), attribution.alias()
    leads_to_it = sa.exists().where(before.c.report_id == hop.c.report_id, before.c.downstream_id == key, seen(before))
    first = sa.select(hop.c.report_id).where(hop.c.upstream_id == key, ~leads_to_it, seen(hop))
    return first.where(hop.c.basis.in_(GROUNDED)) if grounded else first


def _speaks_itself(kind: SourceKind) -> Condition:
    grounded: Condition = report.c.own_basis.in_(GROUNDED)
    return grounded if kind.carries else sa.or_(grounded, ~_names_anybody())


def _names_anybody() -> Condition:
    hop = attribution.alias()
    return sa.exists().where(hop.c.report_id == report.c.id, seen(hop))


def _hops_of(keys: Collection[int]) -> sa.Select[tuple[object, ...]]:
    return sa.select(attribution).where(attribution.c.report_id.in_(keys), seen(attribution)).order_by(attribution.c.id)


def _chain(row: Found, hops: list[Found], actors: Mapping[int, Actor]) -> Chain:
    declared = Declared(
        report=row["report_key"],
        document=row["document_key"],
        publisher=row["publisher_key"],
        hops=tuple(_hop(hop, actors) for hop in hops),
        own_basis=row["own_basis"],
    )
    try:
        paths = declared_paths(declared, actors)
    except InvalidInput:
        # Writes refuse a broken chain, so a hop is missing that not everybody may see. No path, then: the rest of it
        # would name a false origin.
        paths = ()
    return Chain(paths, [[actors[node.actor].name for node in path.nodes] for path in paths], tuple(hops))


def _hop(row: Found, actors: Mapping[int, Actor]) -> Hop:
    upstream = actors.get(row["upstream_id"])
    withheld = upstream is not None and upstream.name == WITHHELD
    return Hop(
        upstream=row["upstream_id"],
        downstream=row["downstream_id"],
        manner=row["manner"],
        as_named=None if withheld else row["as_named"],
        basis=row["basis"],
        stated=row["mark"] is HopMark.STATED,
        access=row["access"],
    )


def _shown(row: Found) -> str:
    return str(row["name"]) if row["shown"] else WITHHELD


def _sources() -> sa.Select[Any]:
    # Also those that were let go: they stay in the chains that name them.
    return sa.select(source, open_to(who_asks(), source).label("shown"))
