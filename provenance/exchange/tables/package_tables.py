"""The tables of an event's data package: what stands in each, its key, and to which others it refers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlmodel import Session

from provenance.analysis.cutting import cuts_of
from provenance.answers import (
    ClaimItem,
    CorrectionItem,
    DocumentItem,
    EventItem,
    FigureItem,
    FlagItem,
    ReportItem,
    TallyItem,
)
from provenance.answers_detail import (
    AttributionDetail,
    CoverageDetail,
    EventDetail,
    InterestDetail,
    NameDetail,
    SourceDetail,
    TieDetail,
)
from provenance.chain import Cut
from provenance.exchange.tables.columns import Cells, Column, columns_of
from provenance.exchange.tables.every import every
from provenance.exchange.tables.package_judged import judged, judged_tables, merged_table
from provenance.exchange.tables.package_table import Table, columns_with, rows_of
from provenance.storage.reads.asked import (
    ClaimsAsked,
    DocumentsAsked,
    FiguresAsked,
    FlagsAsked,
    ReportsAsked,
    TalliesAsked,
)
from provenance.storage.reads.claims import claims
from provenance.storage.reads.corrections import corrections_of
from provenance.storage.reads.documents import documents
from provenance.storage.reads.events import tallies
from provenance.storage.reads.figures import figures
from provenance.storage.reads.flags import flags
from provenance.storage.reads.of_event import hops_of_event, named_with_ties
from provenance.storage.reads.reports import reports
from provenance.vocabulary import Mergeable


def tables_of(session: Session, event: EventDetail) -> Iterator[Table]:
    """The tables of an event, one after the other; the large ones are read as they are written."""
    of = {"event": event.id}
    told = list(every(session, claims, ClaimsAsked, **of))
    known = {claim.id for claim in told}
    made = judged(session, event.id, known)
    hops = _hops(session, event.id, known)
    publishers = {each.id: each.publisher_id for each in every(session, documents, DocumentsAsked, **of)}
    # What was done to a hop or a document that only proposals have is theirs.
    aims = {None, *publishers, *(hop["id"] for hop in hops)}
    done = [one for one in corrections_of(session, known) if {one.attribution, one.target_document} <= aims]
    spoke = {*publishers.values()} | _ends(hops) | _doers(done) | made.sources | {i.source_id for i in event.interests}
    named = named_with_ties(session, spoke)
    of_claim, of_source = {"claim": "claims"}, {"publisher_id": "sources"}

    yield Table("event", "The event", columns_with(EventItem, ("description",), EventDetail), [event])
    yield Table("coverage", "What was searched about it", columns_of(CoverageDetail), event.coverage)
    yield Table(
        "tallies",
        "What is counted in it",
        columns_of(TallyItem),
        every(session, tallies, TalliesAsked, **of),
        refers={"event": "event"},
    )
    yield Table(
        "claims",
        "What is claimed, and where each claim stands",
        columns_of(ClaimItem),
        told,
        refers={"event": "event", "tally": "tallies"},
    )
    yield Table("sources", "Who spoke, relayed or published", rows_of(SourceDetail, SOURCE), named.sources)
    yield Table(
        "names",
        "Their names, in all scripts",
        rows_of(NameDetail, NAME, "source"),
        named.names,
        refers={"source": "sources"},
    )
    yield Table(
        "ties",
        "How they are tied to each other",
        rows_of(TieDetail, TIE),
        named.ties,
        refers={"source_id": "sources", "other_id": "sources"},
    )
    yield Table(
        "interests",
        "Who has something at stake in it",
        columns_of(InterestDetail),
        event.interests,
        refers={"event": "event", "source_id": "sources"},
    )
    yield Table(
        "documents",
        "What was published, without the texts",
        columns_of(DocumentItem),
        every(session, documents, DocumentsAsked, **of),
        refers=of_source,
    )
    yield Table(
        "reports",
        "Which document states which claim, in which words",
        columns_of(ReportItem),
        every(session, reports, ReportsAsked, **of),
        refers={**of_claim, "document": "documents", **of_source},
    )
    yield Table(
        "attributions",
        "The hops: who relayed whom in which report",
        [*rows_of(AttributionDetail, HOP, "report"), *CUT],
        hops,
        refers={"report": "reports", "upstream_id": "sources", "downstream_id": "sources"},
    )
    yield Table(
        "figures",
        "The figures that reports print",
        columns_of(FigureItem),
        every(session, figures, FiguresAsked, **of),
        refers={**of_claim, "report": "reports", "document": "documents", **of_source},
    )
    yield Table(
        "flags",
        "What the rules found",
        columns_of(FlagItem),
        every(session, flags, FlagsAsked, **of),
        key=(),
        refers=of_claim,
    )
    yield Table(
        "corrections",
        "What was taken back, replaced, denied or disowned",
        columns_of(CorrectionItem),
        done,
        refers={
            **of_claim,
            "attribution": "attributions",
            "report": "reports",
            "target_document": "documents",
            **dict.fromkeys(("by_id", "upstream_id", "downstream_id"), "sources"),
        },
    )
    yield from judged_tables(made)
    yield merged_table(session, Mergeable.CLAIM, known)
    yield merged_table(session, Mergeable.SOURCE, {each["id"] for each in named.sources})


def _hops(session: Session, event: str, claims: Collection[str]) -> list[dict[str, Any]]:
    cuts = cuts_of(session, claims)
    return [{**hop, "cut": cuts.get(hop["keys"])} for hop in hops_of_event(session, event)]


def _ends(hops: Iterable[Mapping[str, Any]]) -> set[str]:
    return {hop[end] for hop in hops for end in ("upstream_id", "downstream_id") if hop[end] is not None}


def _doers(done: Iterable[CorrectionItem]) -> set[str]:
    return {id for each in done for id in (each.by_id, each.upstream_id, each.downstream_id) if id is not None}


SOURCE = ("id", "name", "kind", "country", "note")
NAME = ("id", "name", "kind", "language")
TIE = (
    *("id", "source", "source_id", "kind", "other", "other_id", "basis", "reference"),
    *("valid_from", "valid_to", "signed_by", "signed_at", "note"),
)
HOP = (
    *("id", "upstream", "upstream_id", "downstream", "downstream_id", "as_named", "cue", "cue_start", "cue_end"),
    *("manner", "basis", "capacity", "mark", "access"),
)


def _of_cut(read: Callable[[Cut], str | None]) -> Callable[[Mapping[str, Any]], str | None]:
    return lambda hop: read(hop["cut"]) if hop["cut"] else None


CUT = (
    Column(
        "cut_by",
        Cells.TEXT,
        "Who withdrew what this hop passes on, or the editor who ruled that it supports nothing; such a hop does not "
        "count. Empty: it is not cut.",
        _of_cut(lambda cut: cut.by),
    ),
    Column("cut_at", Cells.TEXT, "When, if known, no more exact than that.", _of_cut(lambda cut: cut.at)),
    Column("cut_reason", Cells.TEXT, "Why, in words.", _of_cut(lambda cut: cut.reason)),
)
