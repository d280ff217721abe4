"""Reads from below: a fixed number of queries for any page, only what everybody may see, chains as declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from provenance.analysis.recording import recording
from provenance.declared import Actor, Declared, Hop, declared_paths
from provenance.errors import InvalidInput, NotFound
from provenance.storage.claim import ClaimCreate
from provenance.storage.document import DocumentCreate
from provenance.storage.event import EventCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.reads import claims, documents, events, figures, flags, reports, reviews, sources
from provenance.storage.reads.asked import (
    ChainRole,
    ClaimsAsked,
    DocumentsAsked,
    EventsAsked,
    FiguresAsked,
    FlagsAsked,
    ReportsAsked,
    ReviewsAsked,
    SourcesAsked,
    TalliesAsked,
)
from provenance.storage.reads.everything import search
from provenance.storage.record import Record
from provenance.storage.report import AttributionCreate, ReportCreate
from provenance.storage.review import ReviewCreate
from provenance.storage.session import reading, writing
from provenance.storage.source import SourceCreate
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.documents import create_document
from provenance.storage.writes.events import create_event
from provenance.storage.writes.reports import create_report
from provenance.storage.writes.reviews import create_review
from provenance.storage.writes.sources import create_source
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import HopBasis, Manner, OriginClass, SourceKind, Visibility
from tests.databases import Databases, opened

KINDS = {
    "Interior Ministry": SourceKind.GOVERNMENT_BODY,
    "the authorities": SourceKind.UNNAMED,
    "Eyewitness": SourceKind.WITNESS,
    "Khabar 24": SourceKind.BROADCASTER,
    "Tass": SourceKind.NEWS_AGENCY,
    "Prosecutor": SourceKind.GOVERNMENT_BODY,
}
PUBLISHERS = ("Tass", "Khabar 24", "Prosecutor")


class Story:
    """The cast, an event and a claim to report on."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.cast = {name: create_source(writer, SourceCreate(name=name, kind=kind)) for name, kind in KINDS.items()}
        self.event = create_event(writer, EventCreate(title="Unrest in Kazakhstan"))
        self.claim = self.claimed("Dozens of attackers were killed.")

    def claimed(self, text: str) -> Record:
        return create_claim(self.writer, ClaimCreate(text=text, event=self.event.public_id))

    def reported(self, *chain: str, claim: Record | None = None, **more: Any) -> Record:
        """A report through a chain, origin first and publisher last."""
        published = DocumentCreate(publisher=self.cast[chain[-1]].public_id, title="Night in Almaty")
        document = create_document(self.writer, published).public_id
        given = ReportCreate(
            document=document,
            claim=(claim or self.claim).public_id,
            figures=[FigureCreate(text="dozens", measure="killed")],
            **{"attributions": [self.hop(up, down) for up, down in pairwise(chain)], **more},
        )
        return create_report(self.writer, given)

    def hop(self, upstream: str | None, downstream: str, basis: HopBasis = HopBasis.UNKNOWN) -> AttributionCreate:
        named = None if upstream is None else self.cast[upstream].public_id
        return AttributionCreate(upstream=named, downstream=self.cast[downstream].public_id, basis=basis)


LISTS: dict[str, tuple[Callable[[Session], Any], int]] = {
    "claims": (lambda session: claims.claims(session, ClaimsAsked()), 2),
    "figures": (lambda session: figures.figures(session, FiguresAsked()), 4),
    "reports": (lambda session: reports.reports(session, ReportsAsked()), 3),
    "sources": (lambda session: sources.sources(session, SourcesAsked()), 1),
    "documents": (lambda session: documents.documents(session, DocumentsAsked()), 1),
    "events": (lambda session: events.events(session, EventsAsked()), 1),
    "tallies": (lambda session: events.tallies(session, TalliesAsked()), 1),
    "flags": (lambda session: flags.flags(session, FlagsAsked()), 1),
    "reviews": (lambda session: reviews.reviews(session, ReviewsAsked()), 1),
}


@pytest.mark.parametrize("noun", LISTS)
def test_a_page_takes_as_many_queries_for_many_records_as_for_one(engine: sa.Engine, noun: str) -> None:
    load, expected = LISTS[noun]
    with recording(engine, "test") as writer:
        story = Story(writer)
        story.reported("Interior Ministry", "Khabar 24", "Tass")
    assert queries(engine, load) == expected
    with recording(engine, "test") as writer:
        story.writer = writer
        for number in range(12):
            claim = story.claimed(f"Claim {number}")
            story.reported("Interior Ministry", "Khabar 24", "Tass", claim=claim)
            verdict = ReviewCreate(claim=claim.public_id, author="Desk", rating="open", reasons="One origin.")
            create_review(writer, verdict)
    assert queries(engine, load) == expected


def test_the_printed_figures_of_a_claim_are_those_of_the_list_in_two_queries(engine: sa.Engine) -> None:
    with recording(engine, "test") as writer:
        story = Story(writer)
        story.reported("Interior Ministry", "Khabar 24", "Tass", quote="Dozens were killed.")
        story.reported("Tass")
        hidden = story.reported("Khabar 24")
        writer.change(hidden, {"visibility": Visibility.DESK})
    of_it = story.claim.public_id

    with reading(engine) as session:
        listed = figures.figures(session, FiguresAsked(claim=of_it, sort="published")).items
        printed = figures.figures_printed(session, of_it)

    fields = ("text", "low", "high", "unit", "report", "document", "no_quote_reason")
    assert [[getattr(one, name) for name in fields] for one in printed] == [
        [getattr(one, name) for name in fields] for one in listed
    ]
    assert len(printed) == 2
    assert queries(engine, lambda session: figures.figures_printed(session, of_it)) == 2


def test_a_search_takes_a_fixed_number_of_queries(engine: sa.Engine) -> None:
    with recording(engine, "test") as writer:
        story = Story(writer)
        for number in range(12):
            story.claimed(f"Tass claim {number}")
        story.reported("Tass")

    # One for the ranking and one for the records of each of four kinds, and one for the flags of claims.
    assert queries(engine, lambda session: search(session, "tass")) == 9


def test_only_what_everybody_may_see_is_read(engine: sa.Engine) -> None:
    with recording(engine, "test") as writer:
        story = Story(writer)
        hidden = [story.reported("Interior Ministry", "Khabar 24", "Tass"), story.claimed("Hidden claim")]
        seen = story.reported("Tass", claim=story.claimed("Seen claim"))
        for row in hidden:
            writer.change(row, {"visibility": Visibility.DESK})

    with reading(engine) as session:
        assert [item.id for item in reports.reports(session, ReportsAsked()).items] == [seen.public_id]
        assert len(figures.figures(session, FiguresAsked()).items) == 1
        assert "Hidden claim" not in [item.text for item in claims.claims(session, ClaimsAsked()).items]
        assert search(session, "hidden").claims == []
        with pytest.raises(NotFound):
            claims.claim_detail(session, hidden[1].public_id)
        with pytest.raises(InvalidInput, match="claim"):
            figures.figures(session, FiguresAsked(claim=hidden[1].public_id))


def test_a_source_that_not_everybody_may_see_is_withheld_by_name_and_id(engine: sa.Engine) -> None:
    with recording(engine, "test") as writer:
        story = Story(writer)
        report = story.reported("Eyewitness", "Khabar 24", "Tass")
        writer.change(story.cast["Eyewitness"], {"visibility": Visibility.DESK})

    with reading(engine) as session:
        read = reports.report_detail(session, report.public_id)
        assert read.chains == [["(withheld)", "Khabar 24", "Tass"]]
        assert (read.attributions[0].upstream, read.attributions[0].upstream_id) == ("(withheld)", "(withheld)")
        assert story.cast["Eyewitness"].public_id not in read.model_dump_json()
        assert figures.figures(session, FiguresAsked()).items[0].chain[0] == "(withheld)"


def test_a_hop_that_not_everybody_may_see_leaves_no_false_origin(engine: sa.Engine) -> None:
    with recording(engine, "test") as writer:
        story = Story(writer)
        report = story.reported("Interior Ministry", "Khabar 24", "Tass")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE attribution SET visibility = 'desk' WHERE id = 2")

    with reading(engine) as session:
        assert reports.report_detail(session, report.public_id).chains == []


def test_what_was_retired_or_said_before_is_not_listed(engine: sa.Engine) -> None:
    with recording(engine, "test") as writer:
        story = Story(writer)
        gone = story.claimed("Gone")
        writer.change(story.claim, {"text": "Several were killed."})
        writer.retire(gone)

    with reading(engine) as session:
        assert [item.text for item in claims.claims(session, ClaimsAsked()).items] == ["Several were killed."]


@dataclass(frozen=True)
class Workbench:
    """A database with the cast, for many random chains."""

    engine: sa.Engine
    story: Story


@pytest.fixture(scope="module")
def workbench(databases: Databases) -> Iterator[Workbench]:
    with databases.fresh() as url, opened(url) as engine:
        with writing(engine) as session:
            story = Story(Writer(session, "test"))
        yield Workbench(engine, story)


Link = tuple[str | None, str]
GROUND = st.sampled_from([HopBasis.UNKNOWN, HopBasis.COMPILED, HopBasis.WITNESSED, HopBasis.TOLD])
ROUTES = st.lists(st.lists(st.sampled_from([*KINDS]), unique=True, max_size=4), max_size=3)


@st.composite
def chains(draw: st.DrawFn) -> tuple[str, dict[Link, HopBasis]]:
    """A publisher and the hops that lead to it, each with what its upstream source rests on."""
    publisher = draw(st.sampled_from(PUBLISHERS))
    links: list[Link] = []
    for route in draw(ROUTES):
        nodes = [name for name in route if name != publisher] + [publisher]
        links += [(None, nodes[0])] if draw(st.booleans()) and KINDS[nodes[0]] not in PLACEHOLDERS else []
        links += pairwise(nodes)
    return publisher, {link: draw(GROUND) for link in links}


# Several chains are told at once, because asking for every role of every source takes longer than telling.
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(st.tuples(chains(), st.none() | GROUND), min_size=1, max_size=10))
def test_who_is_origin_carrier_and_publisher_follows_from_the_declared_paths(
    workbench: Workbench, told: list[tuple[tuple[str, dict[Link, HopBasis]], HopBasis | None]]
) -> None:
    story = workbench.story
    expected: dict[str, dict[ChainRole, set[str]]] = {}
    with writing(workbench.engine) as session:
        story.writer = Writer(session, "test")
        for (publisher, links), own_basis in told:
            try:
                played = parts(story, publisher, links, own_basis)
            except InvalidInput:
                continue
            hops = [story.hop(*link, basis) for link, basis in links.items()]
            expected[story.reported(publisher, attributions=hops, own_basis=own_basis).public_id] = played
    with reading(workbench.engine) as session:
        for role, name in product(ChainRole, KINDS):
            asked = ReportsAsked(source=story.cast[name].public_id, role=role, sort="-recorded")
            newest = reports.reports(session, asked.model_copy(update={"limit": len(told)})).items
            found = {item.id for item in newest} & expected.keys()
            assert found == {report for report, played in expected.items() if name in played[role]}, (name, role)


PLACEHOLDERS = (SourceKind.UNNAMED, SourceKind.COLLECTIVE)


def parts(
    story: Story, publisher: str, links: dict[Link, HopBasis], own_basis: HopBasis | None
) -> dict[ChainRole, set[str]]:
    """Who plays which part, read off the paths that the chain declares."""
    names = {source.key: name for name, source in story.cast.items()}
    actors = {key: Actor(key, name, KINDS[name]) for key, name in names.items()}
    hops = [
        Hop(None if up is None else story.cast[up].key, story.cast[down].key, Manner.VIA, basis=basis)
        for (up, down), basis in links.items()
    ]
    declared = Declared(1, 1, story.cast[publisher].key, tuple(hops), own_basis=own_basis)
    paths = declared_paths(declared, actors)
    origins = {names[path.origin.actor] for path in paths if path.origin_class is not OriginClass.NOT_STATED}
    everybody = {names[node.actor] for path in paths for node in path.nodes}
    return {
        ChainRole.ORIGIN: origins,
        ChainRole.PUBLISHER: {publisher},
        ChainRole.CARRIER: everybody - origins - {publisher},
        ChainRole.ANY: everybody,
    }


def queries(engine: sa.Engine, load: Callable[[Session], Any]) -> int:
    """How many statements a read sends."""
    with reading(engine) as session, counted(engine) as sent:
        load(session)
    return len(sent)


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
