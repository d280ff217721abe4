"""What changed on the way: with what a report is compared, in which fields, how sure that is, and what is no change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from provenance.analysis.drift import Drift, drifts
from provenance.analysis.picture import ClaimPicture, Dependence
from provenance.analysis.rules import RULES
from provenance.vocabulary import (
    ComparedWith,
    CorrectionKind,
    DocumentRelationKind,
    DriftField,
    DriftKind,
    Presence,
    RelationState,
    SourceKind,
    Stance,
    Sureness,
    TieKind,
)
from tests.builders import Says, actor_named, correction, picture, report, tie

FIRST, NEXT, LATER = "2022-01-05", "2022-01-06", "2022-01-07"
SPEAKS = tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
PART = tie("Almaty police", TieKind.PART_OF, "Interior Ministry")


def ministry(figure: str = "317", on: str | None = FIRST, publisher: str = "Rosbalt", **told: Any) -> Says:
    return report("Interior Ministry", publisher, figure=figure, on=on, **told)


def copy(figure: str = "317", on: str | None = NEXT, publisher: str = "d1softballnews", **told: Any) -> Says:
    return ministry(figure, on, publisher, **told)


def the(claim: ClaimPicture) -> Drift:
    """The only drift there is."""
    [one] = drifts(claim)
    return one


def told(claim: ClaimPicture) -> list[tuple[str, str, str]]:
    return [(one.kind.value, one.from_, one.to) for one in drifts(claim)]


class TestNumbers:
    @pytest.mark.parametrize(
        ("was", "now", "kind"),
        [
            ("317", "137", "transposed_digits"),
            ("20 thousand", "20", "magnitude"),
            ("20,000", "about 20", "magnitude"),
            ("dozens", "hundreds", "magnitude"),
            ("dozens", "several", "magnitude"),
            ("353", "more than 350", "rounding"),
            ("748", "up to 750", "rounding"),
            ("4,578", "just under 4,600", "rounding"),
            ("164", "160", "rounding"),
            ("19", "9", "number"),
            ("353", "more than 360", "number"),
            ("dozens", "26", "number"),
            ("more than 1,000", "1,000", "qualifier_dropped"),
            ("up to 750", "750", "qualifier_dropped"),
            ("164", "at least 164", "qualifier_added"),
            ("more than 1,000", "almost 1,000", "qualifier_changed"),
            ("12", "12 percent", "unit"),
        ],
    )
    def test_what_became_of_a_number_has_a_name(self, was: str, now: str, kind: str) -> None:
        assert told(picture(ministry(was), copy(now))) == [(kind, was, now)]

    @pytest.mark.parametrize(
        ("was", "now"),
        [
            ("8", "eight"),
            ("more than 1,000", "over 1,000"),
            ("dozens", "several dozen"),
            ("more than 2,200", "2,265"),
            ("317", "an unknown number"),
            ("none given", "317"),
        ],
    )
    def test_what_says_the_same_or_nothing_or_is_more_exact_has_not_drifted(self, was: str, now: str) -> None:
        assert told(picture(ministry(was), copy(now))) == []

    def test_tens_in_one_language_are_dozens_in_another(self) -> None:
        russian = ministry("десятки", language="ru")
        assert told(picture(russian, copy("dozens"), copy("des dizaines", publisher="LCI", language="fr"))) == []

    def test_digits_are_alike_in_every_language_and_words_only_possibly_differ(self) -> None:
        russian = ministry("более 1000", language="ru")
        assert the(picture(russian, copy("100"))).sure is Sureness.CERTAIN
        assert the(picture(russian, copy("at least 1000"))).sure is Sureness.POSSIBLE
        assert the(picture(ministry("more than 1,000"), copy("at least 1,000"))).sure is Sureness.CERTAIN

    def test_several_figures_are_compared_each_with_its_like(self) -> None:
        first = replace(ministry(), figure=("317", "8"))
        second = replace(copy(), figure=("8", "137", "62"))
        found = the(picture(first, second))
        assert (found.kind, found.from_, found.to) == (DriftKind.TRANSPOSED_DIGITS, "317", "137")
        assert (found.before.figure, found.after.figure) == ("fig_1001_1", "fig_1002_2")

    def test_a_larger_number_and_a_lost_reserve_assert_more(self) -> None:
        stronger = {
            now: the(picture(ministry("about 750"), copy(now))).stronger
            for now in ("750", "900", "500", "at least 750")
        }
        assert stronger == {"750": True, "900": True, "500": False, "at least 750": True}


class TestWithWhat:
    def test_the_source_upstream_is_asked_before_the_earliest_report(self) -> None:
        earliest = ministry("317")
        agency = report("Interior Ministry", "Interfax", figure="371", on=NEXT)
        reader = report("Interior Ministry", "Interfax", "Die Welt", figure="371", on=LATER)
        found = the(picture(earliest, agency, reader))
        assert (found.after.report, found.against) == ("rep_1002", ComparedWith.EARLIEST)

    def test_further_up_the_chain_the_nearest_whose_document_is_held_is_asked(self) -> None:
        agency = report("Interior Ministry", "Interfax", figure="371", on=NEXT)
        reader = report("Interior Ministry", "Interfax", "AP", "Die Welt", figure="173", on=LATER)
        found = drifts(picture(ministry("317"), agency, reader))[-1]
        assert (found.from_, found.against, found.before.report) == ("371", ComparedWith.UPSTREAM, "rep_1002")

    def test_what_the_source_published_later_was_not_before_the_reader(self) -> None:
        reader = report("Interior Ministry", "Interfax", "Die Welt", figure="317", on=NEXT)
        later = report("Interior Ministry", "Interfax", figure="371", on=LATER)
        found = the(picture(ministry("317"), reader, later))
        assert found.after.report == "rep_1003"

    def test_of_several_the_latest_that_was_certainly_out_before(self) -> None:
        old, new, same_day = (
            report("Interior Ministry", "Interfax", figure=figure, on=on)
            for figure, on in (("8", FIRST), ("12", NEXT), ("13", LATER))
        )
        reader = report("Interior Ministry", "Interfax", "Die Welt", figure="18", on=LATER)
        found = drifts(picture(old, new, same_day, reader))[-1]
        assert (found.from_, found.sure) == ("12", Sureness.CERTAIN)

    def test_a_document_that_it_is_said_to_copy_is_upstream_of_it(self) -> None:
        claim = picture(ministry("317"), report("Health Ministry", "AP", figure="371", on=NEXT), copy("173", LATER))
        copied = Dependence(DocumentRelationKind.COPY_OF, 1002, "doc_1002", None, RelationState.SUSPECTED)
        reports = (*claim.reports[:2], replace(claim.reports[2], depends_on=(copied,)))
        found = drifts(replace(claim, reports=reports), DriftField.FIGURE)[-1]
        assert (found.from_, found.against) == ("371", ComparedWith.UPSTREAM)

    def test_a_date_that_overlaps_makes_a_difference_likely(self) -> None:
        assert the(picture(ministry("317"), copy("317", FIRST), copy("137", FIRST, "LCI"))).sure is Sureness.LIKELY

    def test_of_reports_of_one_day_the_reading_of_most_is_the_measure_of_the_rest(self) -> None:
        same_day = [copy("748", FIRST, name) for name in ("LCI", "Knack")]
        found = the(picture(ministry("7", FIRST), *same_day))
        assert (found.from_, found.to, found.after.report) == ("748", "7", "rep_1001")

    def test_where_most_later_reports_differ_the_earliest_may_have_changed(self) -> None:
        later = [copy("almost 400", NEXT, name) for name in ("LCI", "Knack", "TASS")]
        found = drifts(picture(ministry("400"), *later))
        assert {one.sure for one in found} == {Sureness.POSSIBLE}

    def test_a_report_that_may_not_have_been_out_yet_is_no_measure(self) -> None:
        claim = picture(ministry("317"), copy("137"))
        possible = replace(claim.reports[0], presence=Presence.POSSIBLE)
        assert drifts(replace(claim, reports=(possible, claim.reports[1]))) == ()

    def test_a_report_without_a_date_is_compared_and_is_no_measure(self) -> None:
        assert the(picture(ministry("317"), copy("137", None))).sure is Sureness.LIKELY
        assert told(picture(ministry("317", None), copy("137", None))) == []

    def test_a_report_that_denies_it_repeats_nothing(self) -> None:
        assert told(picture(ministry("317"), replace(copy("137"), stance=Stance.DENIES))) == []

    def test_each_drift_names_both_rows_and_says_so_in_a_sentence(self) -> None:
        found = the(picture(ministry("317"), copy("137")))
        assert (found.before.report, found.before.document, found.before.figure) == (
            "rep_1001",
            "doc_1001",
            "fig_1001_1",
        )
        assert (found.after.report, found.after.document, found.after.figure) == ("rep_1002", "doc_1002", "fig_1002_1")
        assert found.reason == (
            "“317” in the earliest report that says so (Rosbalt, 2022-01-05) is “137” in d1softballnews, 2022-01-06: "
            "two neighbouring digits changed places."
        )

    def test_only_the_fields_that_are_asked_for(self) -> None:
        claim = picture(ministry("317", prints={"place": "Almaty"}), copy("137", prints={"place": "Kazakhstan"}))
        assert [one.field for one in drifts(claim, DriftField.PLACE)] == [DriftField.PLACE]
        assert len(drifts(claim)) == 2


class TestScope:
    @pytest.mark.parametrize(
        ("was", "now", "field", "kind"),
        [
            ({"measure": "killed"}, {"measure": "killed", "measure_printed": "immobilised"}, "measure", "measure"),
            (
                {"counted": "attackers"},
                {"counted": "attackers", "counted_printed": "civilians"},
                "counted",
                "population",
            ),
            ({"place": "Almaty"}, {"place": "Kazakhstan"}, "place", "place"),
            ({"as_of": "2022-01-05"}, {"as_of": "2022-01-04"}, "as_of", "period"),
            ({"as_of": "2022-01-05"}, {"as_of": "on Thursday"}, "as_of", "period"),
            ({"as_of": "night of 2022-01-05 to 2022-01-06"}, {"as_of": "yesterday"}, "as_of", "period"),
            ({"as_of": "13:00 Almaty time"}, {"as_of": "13:00 Kyiv time"}, "as_of", "period"),
        ],
    )
    def test_the_same_number_counts_something_else(
        self, was: Mapping[str, str], now: Mapping[str, str], field: str, kind: str
    ) -> None:
        found = the(picture(ministry(prints=was), copy(prints=now)))
        assert (found.field.value, found.kind.value) == (field, kind)

    @pytest.mark.parametrize(
        ("was", "now"),
        [
            ({"as_of": "13:00 Almaty time"}, {"as_of": "09:00 Kyiv time"}),
            ({"as_of": "13:00 local time", "place": "Almaty"}, {"as_of": "09:00 Kyiv time", "place": "Almaty"}),
            ({"as_of": "2022-01-06"}, {"as_of": "13:00 local time"}),
            ({"as_of": "2022-01-06"}, {"as_of": "on Thursday"}),
            ({"as_of": "2022-01-06"}, {"as_of": "these days"}),
            ({"as_of": "13:00 somewhere time"}, {"as_of": "14:00 Kyiv time"}),
            ({"counted": "attackers"}, {}),
            ({}, {"counted": "attackers"}),
            ({"counted": "attackers"}, {"counted": "Attackers"}),
        ],
    )
    def test_two_clocks_a_day_and_its_hour_and_silence_are_no_change(
        self, was: Mapping[str, str], now: Mapping[str, str]
    ) -> None:
        assert told(picture(ministry(prints=was), copy(prints=now))) == []

    def test_a_headline_that_counts_others_is_held_against_its_own_text(self) -> None:
        printed = {"counted": "attackers", "counted_printed": "rioters (headline), attackers (text)"}
        found = the(picture(ministry(prints={"counted": "attackers"}), copy(prints=printed)))
        assert (found.field, found.kind, found.against) == (
            DriftField.HEADLINE,
            DriftKind.POPULATION,
            ComparedWith.BODY,
        )
        assert (found.from_, found.to, found.before) == ("attackers", "rioters", found.after)

    def test_words_of_two_languages_that_no_editor_has_read_only_possibly_differ(self) -> None:
        was, now = {"place_printed": "Алматы"}, {"place_printed": "the capital"}
        assert the(picture(ministry(language="ru", prints=was), copy(prints=now))).sure is Sureness.POSSIBLE
        read = the(picture(ministry(language="ru", prints={"place": "Almaty"}), copy(prints={"place": "the capital"})))
        assert read.sure is Sureness.LIKELY

    def test_a_total_that_is_told_again_and_dated_anew_is_possible_drift_only(self) -> None:
        again = copy(on=LATER, prints={"as_of": LATER})
        assert the(picture(ministry(prints={"as_of": FIRST}), again)).sure is Sureness.POSSIBLE


def azirbek(*carriers: str, on: str = NEXT, as_named: str | None = None) -> Says:
    return report("Saltanat Azirbek", *carriers, on=on, as_named=as_named)


class TestSources:
    def test_a_police_spokeswoman_became_a_ministry_spokesman(self) -> None:
        first = azirbek("Khabar 24", "Tass", on=FIRST, as_named="a police spokeswoman")
        second = report("Interior Ministry", "Khabar 24", "Die Welt", on=NEXT, as_named="Interior Ministry spokesman")
        assert told(picture(first, second, ties=[SPEAKS, PART])) == [
            ("source_organisation", "a police spokeswoman", "Interior Ministry spokesman"),
            ("source_gender", "a police spokeswoman", "Interior Ministry spokesman"),
        ]

    @pytest.mark.parametrize(
        "later",
        [
            report("Almaty police", "Interfax", on=NEXT),
            azirbek("Interfax", as_named="spokesperson of the crisis centre"),
            azirbek("Interfax", as_named="Saltanat Asirbek"),
            report("Khabar 24", "Interfax", on=NEXT),
            report("media reports", "Interfax", on=NEXT),
            report("Die Welt", on=NEXT),
        ],
        ids=["her office", "another true title", "another spelling", "a carrier alone", "the media", "nobody"],
    )
    def test_who_speaks_for_the_same_office_or_is_not_named_has_not_changed(self, later: Says) -> None:
        assert told(picture(azirbek("Tass", on=FIRST), later, ties=[SPEAKS, PART])) == []

    def test_somebody_named_became_words_for_nobody_and_the_other_way_round_nothing_is_lost(self) -> None:
        named, unnamed = azirbek("Tass", on=FIRST), report("officials", "RIA", on=NEXT)
        assert told(picture(named, unnamed)) == [("source_lost", "Saltanat Azirbek", "officials")]
        assert told(picture(replace(unnamed, on=FIRST), replace(named, on=NEXT))) == []

    def test_what_one_said_is_credited_to_two(self) -> None:
        both = report("Interior Ministry", "Die Welt", also=[("Health Ministry", "Die Welt")], on=NEXT)
        found = the(picture(report("Interior Ministry", "Tass", on=FIRST), both))
        assert (found.field, found.kind) == (DriftField.MERGED, DriftKind.MERGED_STATEMENTS)
        assert (found.from_, found.to) == ("Interior Ministry", "Interior Ministry and Health Ministry")

    @pytest.mark.parametrize(
        ("words", "sure"),
        [
            ("a police spokesman", Sureness.CERTAIN),
            ("Mr. Azirbek", Sureness.CERTAIN),
            ("der Polizeisprecher", Sureness.POSSIBLE),
            ("le porte-parole de la police", Sureness.POSSIBLE),
        ],
    )
    def test_a_woman_became_a_man_and_across_languages_only_possibly(self, words: str, sure: Sureness) -> None:
        found = the(picture(azirbek("Tass", on=FIRST, as_named="Ms Azirbek"), azirbek("RIA", as_named=words)))
        assert (found.kind, found.sure) == (DriftKind.SOURCE_GENDER, sure)

    @pytest.mark.parametrize("words", ["spokesperson", "portavoce della polizia", "die Polizeisprecherin", "she"])
    def test_words_that_say_neither_or_the_same_change_nobody(self, words: str) -> None:
        assert told(picture(azirbek("Tass", on=FIRST, as_named="Ms Azirbek"), azirbek("RIA", as_named=words))) == []

    def test_letters_in_another_order_are_a_slip_and_no_spelling(self) -> None:
        slip = azirbek("RIA", as_named="Saltanat Azribek")
        found = the(picture(azirbek("Tass", on=FIRST, as_named="Saltanat Azirbek"), slip))
        assert (found.kind, found.to) == (DriftKind.SOURCE_NAME, "Saltanat Azribek")

    def test_another_speaker_of_the_same_office_is_another_title(self) -> None:
        deputy = tie("Eyewitness", TieKind.SPEAKS_FOR, "Almaty police")
        claim = picture(azirbek("Tass", on=FIRST), report("Eyewitness", "RIA", on=NEXT), ties=[SPEAKS, deputy])
        person = replace(actor_named("Eyewitness"), kind=SourceKind.PERSON)
        assert the(replace(claim, actors={**claim.actors, person.id: person})).kind is DriftKind.SOURCE_TITLE


class TestWording:
    def test_the_words_that_changed_in_a_quotation(self) -> None:
        first = ministry(quote="Dozens of attackers were eliminated in the night.")
        second = copy(quote="Dozens of attackers were immobilised in the night.")
        found = the(picture(first, second))
        assert (found.field, found.from_, found.to) == (DriftField.WORDING, "eliminated", "immobilised")
        assert found.sure is Sureness.POSSIBLE, "two outlets may each have translated it"

    def test_against_the_source_itself_it_is_sure(self) -> None:
        first = ministry(publisher="Interfax", quote="Dozens of attackers were eliminated in the night.")
        second = report(
            "Interior Ministry", "Interfax", "Die Welt", figure="317", on=NEXT,
            quote="Dozens of attackers were killed in the night.",
        )  # fmt: skip
        assert the(picture(first, second)).sure is Sureness.CERTAIN

    @pytest.mark.parametrize(
        "later",
        [
            copy(quote="dozens of attackers were eliminated in the night"),
            copy(quote="Almaty airport is closed until further notice."),
            copy(quote="Dutzende Angreifer wurden in der Nacht eliminiert.", language="de"),
            copy(),
        ],
        ids=["the same", "another sentence", "another language", "no quote"],
    )
    def test_what_cannot_be_laid_side_by_side_is_not_compared(self, later: Says) -> None:
        assert told(picture(ministry(quote="Dozens of attackers were eliminated in the night."), later)) == []


class TestHeadlines:
    @pytest.mark.parametrize(
        ("title", "kind", "stronger"),
        [
            ("More than 5,000 injured in Kazakhstan", "number", True),
            ("4,335 injured in Kazakhstan", "transposed_digits", False),
            ("43,530 injured in Kazakhstan", "magnitude", True),
            ("At least 4,353 injured", "qualifier_added", True),
        ],
    )
    def test_a_headline_prints_another_figure_than_its_text(self, title: str, kind: str, stronger: bool) -> None:
        found = the(picture(ministry("4,353", title=title)))
        assert (found.field, found.kind.value, found.against) == (DriftField.HEADLINE, kind, ComparedWith.BODY)
        assert found.stronger is stronger
        assert found.sure is Sureness.CERTAIN

    @pytest.mark.parametrize(
        "title",
        [
            "4,353 injured in Kazakhstan",
            "More than 4,300 injured in Kazakhstan",
            "Kazakhstan in January 2022",
            "Unrest in Kazakhstan",
            "12 officers and 4,353 people injured",
            "Three ministers resign",
        ],
    )
    def test_the_same_figure_a_rounding_a_year_or_another_matter_is_no_difference(self, title: str) -> None:
        assert told(picture(ministry("4,353", title=title))) == []

    def test_of_several_figures_in_a_headline_nobody_can_say_which_is_meant(self) -> None:
        assert the(picture(ministry("4,353", title="225 killed, 5,000 injured"))).sure is Sureness.POSSIBLE


RULE = {rule.key: rule for rule in RULES}


class TestRules:
    def test_each_rule_flags_its_own_matter_alone(self) -> None:
        was, now = {"measure": "killed"}, {"measure": "killed", "measure_printed": "immobilised"}
        claims = {
            "figure_drift": picture(ministry("317"), copy("137")),
            "qualifier_dropped": picture(ministry("more than 1,000"), copy("1,000")),
            "source_drift": picture(ministry("317"), report("Health Ministry", "AP", figure="317", on=NEXT)),
            "scope_drift": picture(ministry("317", prints=was), copy("317", prints=now)),
            "headline_overstates": picture(ministry("4,353", title="5,000 injured")),
        }
        for key, claim in claims.items():
            assert [rule for rule in claims if list(RULE[rule].find(claim))] == [key]

    def test_a_finding_names_the_figure_that_differs_and_both_readings(self) -> None:
        claim = picture(ministry("317"), copy("137"), copy("317", LATER, "LCI"))
        [finding] = RULE["figure_drift"].find(claim)
        assert finding.reason == (
            "1 of 3 reports differs in the figure from what it is compared with: “317” became “137” (d1softballnews, "
            "2022-01-06)."
        )
        assert finding.figures == (claim.reports[1].figures[0].id,)
        assert [(row.noun, row.id) for row in finding.rows] == [("figure", "fig_1002_1"), ("figure", "fig_1001_1")]

    def test_what_is_only_possible_is_told_as_possible(self) -> None:
        russian = ministry("more than 1,000", on=FIRST)
        german = copy("rund 1000", language="de")
        later = [copy("1000", LATER, name) for name in ("LCI", "Knack")]
        [finding] = RULE["qualifier_dropped"].find(picture(russian, german, *later))
        assert finding.reason.startswith("It is possible that 2 reports differ in the words that qualify the number: ")

    def test_a_fair_rounding_is_told_and_not_flagged(self) -> None:
        claim = picture(ministry("353"), copy("more than 350"))
        assert len(drifts(claim)) == 1
        assert not list(RULE["figure_drift"].find(claim))

    def test_words_for_nobody_are_the_matter_of_another_rule(self) -> None:
        claim = picture(azirbek("Tass", on=FIRST), report("officials", "RIA", on=NEXT))
        assert len(drifts(claim)) == 1
        assert not list(RULE["source_drift"].find(claim))
        assert list(RULE["unnamed_origin"].find(claim))

    def test_a_headline_that_says_less_overstates_nothing(self) -> None:
        assert not list(RULE["headline_overstates"].find(picture(ministry("4,353", title="4,335 injured"))))


def test_the_order_of_the_reports_in_the_picture_changes_nothing() -> None:
    says = [ministry("317"), copy("137"), copy("more than 300", LATER, "LCI"), report("officials", "RIA", figure="317")]
    claim = picture(*says)
    turned = replace(claim, reports=tuple(reversed(claim.reports)))
    assert {*drifts(claim)} == {*drifts(turned)}


def test_a_publisher_that_puts_itself_right_has_not_drifted() -> None:
    says = [ministry("317"), report("Interior Ministry", "Die Welt", figure="137", on=NEXT, document="doc_mended")]
    by_itself = correction(CorrectionKind.CORRECTION, "Die Welt", document="doc_mended")
    by_another = correction(CorrectionKind.DENIAL, "Interior Ministry", document="doc_mended")
    assert len(drifts(picture(*says))) == len(drifts(picture(*says, corrections=[by_another]))) == 1
    assert drifts(picture(*says, corrections=[by_itself])) == ()
