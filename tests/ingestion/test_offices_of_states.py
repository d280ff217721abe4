"""Whose ministry "the Interior Ministry" is: that of a country at which the page points, or of none that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from provenance.analysis.recording import recording
from provenance.ingestion.speakers import Speakers
from provenance.ingestion.taking_in import Extracted, Given, Taken, put
from provenance.storage.reads.asked import EventsAsked
from provenance.storage.reads.events import events
from provenance.storage.reads.sources import source_detail
from provenance.storage.session import reading
from provenance.storage.source import Source, SourceCreate, SourceNameCreate
from provenance.storage.writes.sources import create_source
from provenance.vocabulary import SourceKind
from tests.databases import opened
from tests.readings import article, figure, said

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.ingestion.conftest import LoadedStory

FOURTEEN = "At least 14 people were killed"
ANYWHERE = "The tower stood on the quay."
IN_KAZAKHSTAN = "No worse accident was ever seen in Kazakhstan."
HELD = {
    "Interior Ministry": ("Ministry of Internal Affairs of Kazakhstan", SourceKind.GOVERNMENT_BODY),
    "police": ("Police of Kazakhstan", SourceKind.POLICE),
    "prosecutor general's office": ("Prosecutors of Kazakhstan", SourceKind.GOVERNMENT_BODY),
    "government": ("Cabinet of Kazakhstan", SourceKind.GOVERNMENT_BODY),
    "ministry spokesman": ("Spokesman of a Kazakh ministry", SourceKind.SPOKESPERSON),
    "state TV": ("Khabar 24", SourceKind.BROADCASTER),
    "the authorities": ("Authorities of Kazakhstan", SourceKind.UNNAMED),
}


def hold(engine: Engine, name: str, kind: SourceKind, *aliases: str, country: str | None = "KZ") -> None:
    names = [SourceNameCreate(name=alias) for alias in aliases]
    with recording(engine, "an editor") as writer:
        create_source(writer, SourceCreate(name=name, kind=kind, country=country, names=names))


def tower(by: str, then: str = ANYWHERE, place: str = "Port Selma") -> Extracted:
    text = f"Tower falls in {place}\n\n{FOURTEEN} when a tower in {place} collapsed, {by} said. {then}"
    counted = figure(text, "At least 14", "killed", "people", statement=0)
    return article(text, said(text, FOURTEEN, by), figures=[counted], headline=text.partition("\n")[0])


def taken(engine: Engine, page: Extracted, speakers: Speakers | None = None, publisher: str = "Le Monde") -> Taken:
    with recording(engine, "a tester") as writer:
        return put(writer, page, Given(publisher=publisher), speakers or Speakers())


def speaker(found: Taken) -> Source:
    [one] = found.proposals.made
    upstream = one.hops[0].upstream
    assert upstream is not None
    return upstream


def test_an_office_is_that_of_a_country_only_where_the_page_points_at_it(engine: Engine) -> None:
    for office, (name, kind) in HELD.items():
        hold(engine, name, kind, office)
    # They stand in one page each, and those that point at no country come first: what they add is of no country.
    pages = {(office, then): tower(office, then) for then in (ANYWHERE, IN_KAZAKHSTAN) for office in HELD}

    found = {asked: speaker(taken(engine, page)) for asked, page in pages.items()}

    assert {office: found[office, ANYWHERE].country for office in HELD} == dict.fromkeys(HELD)
    assert {office: found[office, IN_KAZAKHSTAN].name for office in HELD} == {
        office: name for office, (name, _) in HELD.items()
    }


def test_a_capital_an_adjective_or_a_body_with_a_name_of_its_own_points_at_a_country(engine: Engine) -> None:
    hold(engine, "Kazakh ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry")
    pointing = ("Astana sent rescuers.", "KAZAKH rescuers came.", "Almaty police closed the quay.")

    found = [speaker(taken(engine, tower("Interior Ministry", then))).name for then in pointing]

    assert found == ["Kazakh ministry"] * 3


def test_a_paper_leaves_out_the_country_where_it_is_published(engine: Engine) -> None:
    hold(engine, "Kazakh ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry")
    hold(engine, "The Quay Post", SourceKind.NEWSPAPER)

    found = speaker(taken(engine, tower("Interior Ministry"), publisher="The Quay Post"))

    assert found.name == "Kazakh ministry"


def test_a_page_about_two_countries_does_not_say_whose_ministry_it_means(engine: Engine) -> None:
    hold(engine, "Kazakh ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry")
    hold(engine, "Russian ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry", country="RU")

    both = speaker(taken(engine, tower("Interior Ministry", "Russia and Kazakhstan sent rescuers.")))
    one = speaker(taken(engine, tower("Interior Ministry", "Russia sent rescuers.")))

    assert (both.country, one.name) == (None, "Russian ministry")


def test_a_name_of_ones_own_leads_to_who_is_held_whatever_the_page_is_about(engine: Engine) -> None:
    names = ("Khabar 24", "Saltanat Azirbek", "Almaty police", "Kelmond Police", "Kelmond Relief")
    for name in names:
        hold(engine, f"{name} as held", SourceKind.NGO, name)

    found = [speaker(taken(engine, tower(name))).name for name in names]

    assert found == [f"{name} as held" for name in names]


def test_two_papers_that_name_no_country_mean_one_ministry(engine: Engine) -> None:
    hold(engine, "Kazakh ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry")

    one = speaker(taken(engine, tower("Interior Ministry")))
    two = speaker(taken(engine, tower("Interior Ministry", "It had stood there for years."), publisher="Die Welt"))

    assert one.key == two.key


def test_what_a_name_led_to_on_one_page_is_not_what_it_leads_to_on_the_next(engine: Engine) -> None:
    hold(engine, "Kazakh ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry")
    speakers = Speakers()

    pages = [tower("Interior Ministry", then) for then in (IN_KAZAKHSTAN, ANYWHERE, f"{IN_KAZAKHSTAN} Sad.")]
    found = [speaker(taken(engine, page, speakers)).country for page in pages]

    assert found == ["KZ", None, "KZ"]


@pytest.mark.parametrize("order", [(IN_KAZAKHSTAN, ANYWHERE), (ANYWHERE, IN_KAZAKHSTAN)])
def test_the_spokesmen_of_two_ministries_are_two_and_each_speaks_for_his_own(
    engine: Engine, order: tuple[str, str]
) -> None:
    hold(engine, "Kazakh ministry", SourceKind.GOVERNMENT_BODY, "Interior Ministry")

    spokesmen = {then: speaker(taken(engine, tower("spokesman for the Interior Ministry", then))) for then in order}

    with reading(engine) as session:
        bodies = {
            then: [tie.other for tie in source_detail(session, found.public_id).ties]
            for then, found in spokesmen.items()
        }
    assert bodies == {IN_KAZAKHSTAN: ["Kazakh ministry"], ANYWHERE: ["Interior Ministry"]}
    assert [spokesmen[then].country for then in (IN_KAZAKHSTAN, ANYWHERE)] == ["KZ", None]


def test_a_tower_that_falls_elsewhere_joins_nothing_of_the_unrest_in_kazakhstan(january: LoadedStory) -> None:
    with january.databases.fresh() as url, opened(url) as engine:
        with reading(engine) as session:
            held = {event.id for event in events(session, EventsAsked()).items}
        found = taken(engine, tower("Interior Ministry"))
        [one] = found.proposals.made

        assert (speaker(found).name, speaker(found).country) == ("Interior Ministry", None)
        assert found.proposals.event is not None
        assert held
        assert found.proposals.event.public_id not in held
        assert (one.known, one.matches) == (False, ())
