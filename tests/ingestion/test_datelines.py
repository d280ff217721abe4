"""Whose copy a page prints, and when it was written, as its dateline says; no grammar is needed to know either."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.extraction.sources import registry
from provenance.extraction.zones import find_zones
from provenance.ingestion.datelines import dated, wire_of
from provenance.ingestion.loading import LoadedDocument
from provenance.ingestion.loading.printed_dates import read_printed
from provenance.ingestion.sniff import Media
from provenance.ingestion.speakers import Speakers
from provenance.ingestion.taking_in import NOTHING, Given, Taken, complete, put
from provenance.vocabulary import DateBasis, DatePrecision
from tests.readings import article, figure, said

ELEVEN = "Eleven miners died"
WIRE = f"Blast at a mine\n\nASTANA, May 7, 2024 (Reuters) - {ELEVEN}, the Interior Ministry said. Nine were hurt."


def page(text: str) -> LoadedDocument:
    return LoadedDocument("page", text, Media.PLAIN)


def taken(engine: Engine, given: Given, *chain: str) -> Taken:
    statement = said(WIRE, ELEVEN, *(chain or ("Interior Ministry",)))
    hurt = figure(WIRE, "Nine", "injured", statement=None)
    bare = article(WIRE, statement, figures=[hurt])
    assert bare.reading is not None
    read = replace(bare, reading=replace(bare.reading, zones=find_zones(WIRE)))
    with recording(engine, "a tester") as writer:
        return put(writer, read, given, Speakers())


def chains(one: Taken) -> list[list[str | None]]:
    return [[hop.upstream.name if hop.upstream else None for hop in made.hops] for made in one.proposals.made]


def named_in(text: str) -> str | None:
    wire = wire_of(text, find_zones(text), registry())
    return wire.entry.name if wire is not None else None


def test_the_agency_of_the_dateline_is_the_publisher_where_nobody_recorded_one(engine: Engine) -> None:
    one = taken(engine, NOTHING)

    assert one.publisher.name == "Reuters"
    assert chains(one) == [["Interior Ministry"], []]


def test_an_agency_that_another_outlet_prints_is_the_last_carrier_of_all_it_says(engine: Engine) -> None:
    one = taken(engine, Given(publisher="Die Welt"))

    assert one.publisher.name == "Die Welt"
    assert chains(one) == [["Interior Ministry", "Reuters"], ["Reuters"]]
    grounds = one.proposals.made[0].report.grounds or {}
    assert grounds["sources"][-1]["as_named"] == "Reuters"


def test_an_agency_that_a_chain_names_already_is_not_added_to_it(engine: Engine) -> None:
    one = taken(engine, Given(publisher="Die Welt"), "Interior Ministry", "Reuters")

    assert chains(one)[0] == ["Interior Ministry", "Reuters"]


def test_a_dateline_names_its_agency_in_brackets_and_between_strokes() -> None:
    assert named_in("MOSCOW, Jan 7 /TASS/. Eleven miners died, the ministry said.") == "TASS"
    assert named_in("(AFP) - Eleven miners died, police said.") == "Agence France-Presse"


def test_a_dateline_of_a_place_alone_names_no_agency_nor_does_the_text_behind_it() -> None:
    assert named_in("ALMATY, Jan 6 - Eleven miners died, Tass reported.") is None


def test_the_day_that_a_dateline_prints_is_that_of_publication_where_none_is_given() -> None:
    found = complete(page(WIRE), NOTHING).published

    assert found.earliest is not None
    assert (found.earliest.date().isoformat(), found.precision) == ("2024-05-07", DatePrecision.DAY)
    assert (found.printed, found.basis) == ("May 7, 2024", DateBasis.PRINTED)


def test_a_day_that_somebody_gives_or_the_page_declares_goes_before_the_printed_one() -> None:
    given = complete(page(WIRE), Given(published="2024-05-09")).published
    declared = read_printed("2024-05-08", DateBasis.PRINTED)
    assert declared is not None
    said_of_itself = LoadedDocument("page", WIRE, Media.PLAIN, published=declared)

    assert given.printed == "2024-05-09"
    assert dated(said_of_itself).published == declared


def test_a_dateline_without_its_year_dates_nothing() -> None:
    text = "MOSCOW, Jan 7 /TASS/. Eleven miners died, the ministry said."
    assert dated(page(text)).published.precision is DatePrecision.UNKNOWN
