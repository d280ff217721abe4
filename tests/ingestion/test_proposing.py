"""What is proposed from what was read: chains that end at the publisher, claims that are known, sources by any name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.errors import InvalidInput
from provenance.extraction.reading import FigureFound, Reading, Statement, Zone
from provenance.ingestion import proposing, taking_in
from provenance.ingestion.happening import about
from provenance.ingestion.loading import LoadedDocument, Published
from provenance.ingestion.proposing import Proposal
from provenance.ingestion.sniff import Media
from provenance.ingestion.speakers import Speakers
from provenance.ingestion.taking_in import Extracted, Given, Taken, put, take_in
from provenance.storage.event import Event
from provenance.storage.reads.asked import ClaimsAsked, Included, ReportsAsked, SourcesAsked
from provenance.storage.reads.claims import claims
from provenance.storage.reads.reports import report_detail, reports
from provenance.storage.reads.sources import source_detail, sources
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.vocabulary import DateBasis, DatePrecision, LinkStatus, ReportState, Stance, TakenIn, ZoneKind
from tests.readings import article, figure, said, span
from tests.records import Desk

TEXT = (
    "Unrest in Almaty\n\nDozens of attackers were eliminated, a spokesman for the Interior Ministry told Khabar 24, "
    "Tass reported. Eight officers were killed, the authorities said. The airport is open."
)
DOZENS = "Dozens of attackers were eliminated"
EIGHT = "Eight officers were killed"


def taken(engine: Engine, page: Extracted, given: Given | None = None) -> Taken:
    with recording(engine, "a tester") as writer:
        return put(writer, page, given or Given(publisher="Die Welt"), Speakers())


def dozens(*chain: Any, **more: Any) -> Statement:
    return said(TEXT, DOZENS, *(chain or ("spokesman for the Interior Ministry", "Khabar 24", "Tass")), **more)


def eight(text: str = TEXT, by: str = "the authorities", **more: Any) -> Statement:
    return said(text, EIGHT, by, **more)


def killed(text: str = TEXT, statement: int | None = 0) -> FigureFound:
    return figure(text, "Eight", "killed", "officers", statement=statement)


def hops(one: Proposal) -> list[tuple[str | None, str]]:
    return [(hop.upstream.name if hop.upstream else None, hop.downstream.name) for hop in one.hops]


def origin(one: Proposal) -> Source:
    upstream = one.hops[0].upstream
    assert upstream is not None
    return upstream


def test_a_statement_becomes_a_proposed_report_whose_chain_ends_at_the_publisher(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens(cue="told"))).proposals.made

    assert [downstream for _, downstream in hops(one)] == ["Khabar 24", "TASS", "Die Welt"]
    assert hops(one)[0][0] == "spokesman for the Interior Ministry"
    with reading(engine) as session:
        detail = report_detail(session, one.report.public_id)
    assert detail.state is ReportState.PROPOSED
    assert (detail.quote, detail.quote_start) == (DOZENS, TEXT.index(DOZENS))
    first = detail.attributions[0]
    assert (first.as_named, first.cue) == ("spokesman for the Interior Ministry", "told")


def test_a_proposal_counts_for_nothing_and_is_left_out_of_lists(engine: Engine) -> None:
    taken(engine, article(TEXT, dozens()))

    with reading(engine) as session:
        assert claims(session, ClaimsAsked()).items == []
        assert sources(session, SourcesAsked()).items == []
        [claim] = claims(session, ClaimsAsked(include=Included.PROPOSED)).items
        [report] = reports(session, ReportsAsked(include=Included.PROPOSED)).items
    assert (claim.text, claim.documents, claim.parties) == (f"{DOZENS}.", 0, 0)
    assert report.state is ReportState.PROPOSED


def test_each_proposal_says_by_which_rule_how_surely_and_on_what_grounds_it_was_made(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens(confidences={"chain": 0.8}))).proposals.made

    assert (one.report.rule, one.report.confidence) == ("said_that", 0.9)
    assert (one.report.extractor or "").startswith("rules ")
    grounds = one.report.grounds or {}
    assert grounds["confidences"] == {"chain": 0.8}
    assert [link["source"] for link in grounds["sources"]] == [
        "spokesman for the Interior Ministry",
        "Khabar 24",
        "Tass",
    ]


def test_parallel_carriers_branch_and_meet_at_the_publisher(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens("Interior Ministry", ("Tass", "Interfax")))).proposals.made

    assert sorted(hops(one), key=str) == [
        ("Interfax", "Die Welt"),
        ("Interior Ministry", "Interfax"),
        ("Interior Ministry", "TASS"),
        ("TASS", "Die Welt"),
    ]


def test_a_page_that_points_at_nobody_marks_that_it_relays_and_not_from_whom(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens(None))).proposals.made

    assert hops(one) == [(None, "Die Welt")]


def test_nobody_between_two_who_are_named_says_nothing(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens("Interior Ministry", None, "Tass"))).proposals.made

    assert hops(one) == [("Interior Ministry", "TASS"), ("TASS", "Die Welt")]


def test_a_publisher_that_names_itself_stands_only_at_the_end_of_the_chain(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens("Interior Ministry", "Tass")), Given(publisher="Tass")).proposals.made

    assert hops(one) == [("Interior Ministry", "TASS")]


def test_a_source_that_stands_in_a_chain_twice_makes_no_circle(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens("Khabar 24", "Interior Ministry", "Khabar 24"))).proposals.made

    assert hops(one) == [("Khabar 24", "Interior Ministry"), ("Interior Ministry", "Die Welt")]


def test_words_that_identify_nobody_share_a_placeholder_for_each_form_of_words(engine: Engine) -> None:
    other = TEXT.replace("Almaty", "Taldykorgan")
    first = taken(engine, article(TEXT, eight()))
    second = taken(engine, article(other, eight(other)))

    [one], [two] = first.proposals.made, second.proposals.made
    assert origin(one).kind.placeholder
    assert origin(one).key == origin(two).key


def test_somebody_unnamed_is_called_by_the_words_before_and_not_by_a_pronoun(engine: Engine) -> None:
    statement = eight()
    he = replace(statement.chain[0], as_named="He", source="a hospital doctor", status=LinkStatus.UNRESOLVED)
    [one] = taken(engine, article(TEXT, replace(statement, chain=(he,)))).proposals.made

    assert (origin(one).name, origin(one).kind.placeholder) == ("a hospital doctor", True)
    assert one.hops[0].said.as_named == "He"


def test_a_source_is_found_under_any_of_its_names_whatever_their_case(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        ministry = Desk(writer).source("Interior Ministry")
    shouted = replace(dozens("Interior Ministry").chain[0], source="INTERIOR  MINISTRY")

    [one] = taken(engine, article(TEXT, dozens("Interior Ministry", chain=(shouted,)))).proposals.made

    assert origin(one).key == ministry.key


def test_a_source_that_the_registry_knows_comes_with_its_names_and_its_country(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, dozens("Tass"))).proposals.made

    with reading(engine) as session:
        detail = source_detail(session, origin(one).public_id)
    assert (detail.name, detail.kind, detail.country) == ("TASS", "news_agency", "RU")
    assert "ТАСС" in [name.name for name in detail.names]


def test_a_spokesman_speaks_for_the_body_that_the_page_names_however_his_office_is_worded(engine: Engine) -> None:
    turned = "Interior Ministry spokesman"
    [one] = taken(engine, article(TEXT, dozens())).proposals.made
    [two] = taken(engine, article(f"{TEXT} Calm.", dozens(turned))).proposals.made

    assert origin(one).key == origin(two).key
    with reading(engine) as session:
        [tie] = source_detail(session, origin(one).public_id).ties
        document = report_detail(session, one.report.public_id).document
    assert (tie.kind, tie.other, tie.basis, tie.document) == ("speaks_for", "Interior Ministry", "cited", document)


def test_the_same_toll_in_a_second_article_joins_the_claim_of_the_first(engine: Engine) -> None:
    other = f"Calm returns to Almaty\n\nAfter the unrest in Almaty: {EIGHT}, the Health Ministry said."
    [one] = taken(engine, article(TEXT, eight(), figures=[killed()])).proposals.made
    page = article(other, eight(other, "Health Ministry"), figures=[killed(other)])
    [two] = taken(engine, page, Given(publisher="Le Monde")).proposals.made

    assert two.known
    assert two.claim.key == one.claim.key
    assert two.claim.event_id == one.claim.event_id


def test_eight_killed_and_eighteen_killed_are_two_claims(engine: Engine) -> None:
    other = TEXT.replace("Eight", "Eighteen")
    [one] = taken(engine, article(TEXT, eight(), figures=[killed()])).proposals.made
    eighteen = figure(other, "Eighteen", "killed", "officers", statement=0)
    [two] = taken(
        engine, article(other, said(other, "Eighteen officers were killed", "the authorities"), figures=[eighteen])
    ).proposals.made

    assert not two.known
    assert two.claim.key != one.claim.key


def test_a_headline_joins_the_claim_of_the_text_below_it(engine: Engine) -> None:
    headline = "Eight killed in Almaty"
    text = f"{headline}\n\n{EIGHT}, the Interior Ministry said."
    above = said(text, headline, None, rule="headline", restates=1)

    made = taken(engine, article(text, above, eight(text, "Interior Ministry"), headline=headline)).proposals.made

    assert {one.claim.text for one in made} == {f"{EIGHT}."}


def test_each_toll_of_one_statement_is_a_claim_of_its_own(engine: Engine) -> None:
    text = "Eight officers were killed and 353 were injured, the Interior Ministry said."
    both = said(text, "Eight officers were killed and 353 were injured", "Interior Ministry")
    figures = [killed(text), figure(text, "353", "injured", statement=0)]

    made = taken(engine, article(text, both, figures=figures)).proposals.made

    assert [one.claim.text for one in made] == ["Eight officers killed.", "353 injured."]
    assert [[printed.text for printed in one.assertion.figures] for one in made] == [["Eight"], ["353"]]
    assert {one.assertion.quote.text for one in made} == {both.content.text}


def test_a_toll_in_the_pages_own_voice_is_proposed_without_a_chain(engine: Engine) -> None:
    text = "Almaty is calm. Eight officers were killed there. Its streets have 18 names."
    figures = [killed(text, None), figure(text, "18", None)]

    [one] = taken(engine, article(text, figures=figures)).proposals.made

    assert (one.assertion.quote.text, one.hops, one.report.rule) == (
        "Eight officers were killed there.",
        (),
        "own_voice",
    )


def test_a_figure_is_proposed_as_an_interval_with_what_it_counts(engine: Engine) -> None:
    figures = [figure(TEXT, "Dozens", "eliminated", "attackers", statement=0)]

    [one] = taken(engine, article(TEXT, dozens(), figures=figures)).proposals.made

    with reading(engine) as session:
        [printed] = report_detail(session, one.report.public_id).figures
    assert (printed.text, printed.value, printed.low, printed.high) == ("Dozens", None, 24, None)
    assert (printed.measure, printed.counted) == ("eliminated", "attackers")


def test_a_denial_is_a_report_of_the_claim_that_it_denies(engine: Engine) -> None:
    [one] = taken(engine, article(TEXT, eight(stance=Stance.DENIES))).proposals.made

    assert (one.report.stance, one.claim.text) == (Stance.DENIES, f"{EIGHT}.")


def test_a_content_that_its_cue_interrupts_is_quoted_from_its_beginning_to_its_end(engine: Engine) -> None:
    text = "“Dozens,” the Interior Ministry said, “were eliminated.”"
    first, last = span(text, "“Dozens,”"), span(text, "“were eliminated.”")
    parts = ((first.start, first.end), (last.start, last.end))

    [one] = taken(engine, article(text, said(text, "“Dozens,”", "Interior Ministry", parts=parts))).proposals.made

    assert one.assertion.quote.text == text
    assert one.claim.text == "Dozens were eliminated."


def test_whoever_says_we_is_named_in_the_claim(engine: Engine) -> None:
    text = "“We have detained 2,298 people,” the Interior Ministry said."

    [one] = taken(
        engine, article(text, said(text, "We have detained 2,298 people", "Interior Ministry"))
    ).proposals.made

    assert one.claim.text == "Interior Ministry: We have detained 2,298 people."


def test_a_claim_says_who_we_are_also_where_nobody_knows_them_by_name(engine: Engine) -> None:
    text = "“We were not warned,” the authorities said."

    [one] = taken(engine, article(text, said(text, "We were not warned", "the authorities"))).proposals.made

    assert one.claim.text == "The authorities: We were not warned."


def test_unsure_statements_are_left_out(engine: Engine) -> None:
    made = taken(engine, article(TEXT, dozens(confidence=0.1), eight())).proposals.made

    assert [one.assertion.quote.text for one in made] == [EIGHT]


def test_what_is_stated_twice_by_the_same_in_the_same_words_is_proposed_once(engine: Engine) -> None:
    assert len(taken(engine, article(TEXT, dozens(), dozens())).proposals.made) == 1


def test_a_document_about_a_named_event_proposes_for_that_one(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        event = Desk(writer).event().public_id

    found = taken(engine, article(TEXT, dozens()), Given(event=event, publisher="Die Welt"))

    assert found.proposals.event is not None
    assert found.proposals.event.public_id == event
    with pytest.raises(InvalidInput, match="event: there is no event 'evt_nowhere'"):
        taken(engine, article(f"{TEXT} Calm.", dozens()), Given(event="evt_nowhere"))


def test_two_publishers_that_nobody_recorded_are_not_one(engine: Engine) -> None:
    first = taken(engine, article(TEXT, dozens()), Given())
    second = taken(engine, article(TEXT.replace("Almaty", "Aktau"), dozens()), Given())

    assert first.publisher.key != second.publisher.key


def test_a_publisher_is_known_by_the_host_of_its_pages(engine: Engine) -> None:
    page = article(TEXT, dozens("Interior Ministry"), url="https://tass.com/world/1", host="tass.com")

    assert taken(engine, page, Given()).publisher.name == "TASS"


def test_a_language_that_cannot_be_read_keeps_the_document_with_a_note(engine: Engine) -> None:
    page = article("Алматыда тыныш.", language="kk")
    assert page.reading is not None
    noted = replace(page, reading=replace(page.reading, notes=("There is no grammar for the language 'kk' here.",)))

    found = taken(engine, noted)

    assert (found.outcome, found.document.language, found.proposals.made) == (TakenIn.ADDED, "kk", ())
    assert "no grammar" in (found.document.note or "")


def test_of_a_figure_in_a_language_whose_statements_are_not_read_nothing_is_proposed(engine: Engine) -> None:
    text = "Velden, Montag. Die Bürgermeisterin bestritt, dass es 45 Verletzte gegeben habe, und sprach von 17 Toten."
    sent = LoadedDocument("-", text, Media.PLAIN)

    found = take_in(engine, sent, Given(publisher="Die Welt"), who="a tester")

    assert (found.document.language, found.proposals.made) == ("de", ())
    assert "2 figures were found, and none is proposed" in " ".join(found.notes)


def test_what_is_no_article_is_proposed_in_part_and_says_so(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (proposing, taking_in):
        monkeypatch.setattr(module, "MOST_PROPOSED", 1)

    found = taken(engine, article(TEXT, dozens(), eight()))

    assert len(found.proposals.made) == 1
    assert "2 statements were read, and the first 1 are proposed" in (found.document.note or "")


def test_a_dry_run_tells_what_would_be_proposed_and_writes_nothing(engine: Engine) -> None:
    told: list[int] = []
    words = "Police said that eight officers were killed, Tass reported."
    loaded = LoadedDocument("page.txt", words, article(words).loaded.media_type)

    take_in(
        engine,
        loaded,
        who="a tester",
        dry_run=True,
        show=lambda writer, found: told.append(len(found.proposals.made)),
    )

    assert told == [1]
    with reading(engine) as session:
        assert reports(session, ReportsAsked(include=Included.PROPOSED)).items == []


def test_an_unresolved_name_is_never_taken_for_a_known_one(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        desk = Desk(writer)
        desk.source("Interior Ministry")
    nobody = replace(dozens("Interior Ministry").chain[0], status=LinkStatus.UNRESOLVED, source=None)

    [one] = taken(engine, article(TEXT, dozens(chain=(nobody,)))).proposals.made

    assert origin(one).kind.placeholder


FLOOD = (
    "Two dead as river floods Kelmond\n\nThe Sarn river burst its banks in Kelmond and two people were killed, "
    "police said."
)


def _two_killed(text: str, by: str = "police", day: int = 6) -> Extracted:
    words = "two people were killed" if "two people were killed" in text else "three people were killed"
    counted = figure(text, words.split()[0], "killed", "people", statement=0)
    return article(text, said(text, words, by), figures=[counted], headline=text.partition("\n")[0], published=on(day))


def on(day: int) -> Published:
    return Published(
        f"2022-01-0{day}",
        datetime(2022, 1, day, tzinfo=UTC),
        datetime(2022, 1, day, 23, tzinfo=UTC),
        DatePrecision.DAY,
        DateBasis.PRINTED,
    )


def test_an_event_that_is_proposed_says_nothing_of_the_article_but_its_headline(engine: Engine) -> None:
    [one] = taken(engine, _two_killed(FLOOD)).proposals.made
    with reading(engine) as session:
        event = session.get_one(Event, one.claim.event_id)
    assert event.title in FLOOD
    assert event.description is None


def test_another_mishap_in_the_same_town_is_another_event(engine: Engine) -> None:
    crash = (
        "Three dead in bus crash in Kelmond\n\nA bus fell off the Sarn bridge in Kelmond and three people were killed, "
        "police said."
    )
    [one] = taken(engine, _two_killed(FLOOD)).proposals.made
    [two] = taken(engine, _two_killed(crash, day=7), Given(publisher="Le Monde")).proposals.made

    assert two.claim.event_id != one.claim.event_id


def test_another_article_in_the_same_telling_words_is_about_the_same_event(engine: Engine) -> None:
    later = (
        "Kelmond flood: river Sarn still high\n\nAfter the river Sarn burst its banks and flooded Kelmond, three "
        "people were killed, the mayor said."
    )
    [one] = taken(engine, _two_killed(FLOOD)).proposals.made
    [two] = taken(engine, _two_killed(later, "the mayor", day=7), Given(publisher="Le Monde")).proposals.made

    assert two.claim.event_id == one.claim.event_id


def test_an_event_is_where_the_first_sentence_is_dated_and_not_where_a_line_says_by_whom() -> None:
    text = "Tower falls in Kelmond\n\nBy Mara Lind\n\nKELMOND, 3 March 2025 – At least 14 people were killed."
    zones = (
        Zone(ZoneKind.HEADLINE, *_where(text, "Tower falls in Kelmond")),
        Zone(ZoneKind.DATELINE, *_where(text, "By Mara Lind")),
        Zone(ZoneKind.DATELINE, *_where(text, "KELMOND, 3 March 2025 –")),
        Zone(ZoneKind.BODY, *_where(text, "At least 14 people were killed.")),
    )

    assert about(Reading(text, "en", zones, (), (), ()), None, None, None).place == "Kelmond"


def _where(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)
