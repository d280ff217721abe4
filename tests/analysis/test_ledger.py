"""Which figures compete in a tally: what stands, what updates or contradicts what, and what cannot be compared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.analysis.ledger import Ledger, ledger
from provenance.analysis.ledger_pairs import compared, pair
from provenance.analysis.ledger_series import marks, series
from provenance.analysis.picture import ClaimPicture, Printed, Published, ReportView
from provenance.analysis.standing import first_published
from provenance.chain import Span
from provenance.quantity import ACLED, PLAIN, POLICIES, Answer, Interval
from provenance.storage.dates import read_date
from provenance.vocabulary import (
    ClaimStatus,
    DatePrecision,
    FigureStatus,
    PointDate,
    Presence,
    Qualifier,
    Relation,
    Stance,
)
from tests.builders import Says, picture, report, supersession

MINISTRY = ("Interior Ministry", "Tass")
WITNESS = ("Eyewitness", "Die Welt")


def claim(number: int, *reports: Says, status: ClaimStatus = ClaimStatus.STANDING) -> ClaimPicture:
    return picture(*reports, number=number, status=status)


def told(number: int, figure: str, on: str | None, chain: tuple[str, ...] = MINISTRY, **more: Any) -> ClaimPicture:
    """A claim that one report states."""
    return claim(number, report(*chain, figure=figure, on=on, **more))


def in_2022(told: ReportView) -> ReportView:
    """The report in a page that is dated by its year alone."""
    year = read_date("2022")
    return replace(told, published=Published(Span(year.earliest, year.latest), DatePrecision.YEAR))


def statuses(of: Ledger) -> dict[str, FigureStatus]:
    return {entry.main.figure.text: entry.status for entry in of.entries}


def bearing(of: Ledger) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By the printed figure: which claims contradict it, and which update it."""
    return {entry.main.figure.text: (entry.contradicted_by, entry.updated_by) for entry in of.entries}


class TestAnEntry:
    def test_a_claim_stands_by_the_figure_that_most_of_its_reports_print_and_shows_the_others_as_variants(self) -> None:
        [entry] = ledger(
            [
                claim(
                    1,
                    report(*MINISTRY, figure="164"),
                    report(*WITNESS, figure="164"),
                    report("Interior Ministry", "AP", figure="about 160"),
                )
            ]
        ).entries
        assert (entry.main.figure.text, entry.main.documents) == ("164", 2)
        assert [(variant.figure.text, variant.documents) for variant in entry.variants] == [("about 160", 1)]

    def test_the_same_number_of_other_people_is_a_variant_and_not_the_same_figure(self) -> None:
        reports = [report(*MINISTRY, figure="18"), report(*WITNESS, figure="18", counted="officers")]
        [entry] = ledger([claim(1, *reports)]).entries
        assert [variant.figure.measured.counted for variant in entry.variants] == ["officers"]

    def test_it_is_dated_by_its_first_certain_document(self) -> None:
        early, late = claim(1, report(*MINISTRY, on="2022-01-05"), report(*WITNESS, on="2022-01-07")).reports
        unsure = replace(early, presence=Presence.POSSIBLE)
        [entry] = ledger([replace(claim(1, report(*MINISTRY)), reports=(unsure, late))]).entries
        assert entry.first.published.text == "2022-01-07"

    def test_where_no_document_is_certain_the_first_possible_one_dates_it(self) -> None:
        one = claim(1, report(*MINISTRY, on="2022-01-05"))
        unsure = replace(one, reports=tuple(replace(each, presence=Presence.POSSIBLE) for each in one.reports))
        [entry] = ledger([unsure]).entries
        assert (entry.first.published.text, entry.first.presence) == ("2022-01-05", Presence.POSSIBLE)

    def test_a_claim_that_nobody_has_stated_by_then_is_not_in_the_ledger(self) -> None:
        made = ledger([claim(1), claim(2, report(*MINISTRY, stance=Stance.DENIES))])
        assert (made.entries, made.without_figure) == ((), ())

    def test_a_claim_without_a_number_is_named_and_never_read_as_nought(self) -> None:
        silent = claim(1, report(*MINISTRY, figure=None))
        withheld = claim(2, report(*MINISTRY, figure="none given"))
        made = ledger([silent, withheld])
        assert [each.public_id for each in made.without_figure] == ["clm_1"]
        [entry] = made.entries
        assert (entry.main.figure.qualifier, entry.main.interval) == (Qualifier.NOT_GIVEN, Interval(None, None))

    def test_a_page_dated_by_its_year_alone_comes_before_none_of_that_year(self) -> None:
        two = claim(1, report(*MINISTRY, figure="227"), report(*MINISTRY, figure="227", on="2022-01-15"))
        both = replace(two, reports=(in_2022(two.reports[0]), two.reports[1]))
        late = told(2, "188", None)
        late = replace(late, reports=(in_2022(late.reports[0]),))
        made = ledger([both, late, told(3, "225", "2022-01-10")])
        assert [entry.main.figure.text for entry in made.entries] == ["225", "227", "188"]
        assert [entry.first.published.text for entry in made.entries] == ["2022-01-10", "2022-01-15", "2022"]
        first = first_published(both)
        assert (first.text, first.precision) == ("2022-01-15", DatePrecision.DAY)

    def test_entries_come_in_the_order_in_which_they_were_first_published_and_the_undated_last(self) -> None:
        made = ledger([told(1, "19", None), told(2, "18", "2022-01-08"), told(3, "17", "2022-01-06")])
        assert [entry.main.figure.text for entry in made.entries] == ["17", "18", "19"]


class TestStatus:
    def test_a_later_and_larger_total_updates_and_supersedes_nothing(self) -> None:
        made = ledger([told(1, "18", "2022-01-06"), told(2, "26", "2022-01-08", WITNESS)])
        assert bearing(made) == {"18": ((), ("clm_2",)), "26": ((), ())}
        assert set(statuses(made).values()) == {FigureStatus.STANDING}

    def test_superseded_is_only_what_somebody_said_was_replaced(self) -> None:
        replaced = replace(told(1, "8", "2022-01-05"), status=ClaimStatus.SUPERSEDED, corrections=(supersession(),))
        said = replace(replaced, corrections=(replace(supersession(), superseded_by=2),))
        made = ledger([said, told(2, "18", "2022-01-06")])
        assert statuses(made) == {"8": FigureStatus.SUPERSEDED, "18": FigureStatus.STANDING}
        assert bearing(made)["18"] == ((), ())

    def test_a_supersession_that_had_not_taken_effect_replaces_nothing_yet(self) -> None:
        later = replace(supersession(), superseded_by=2, applies=False)
        made = ledger([replace(told(1, "8", "2022-01-05"), corrections=(later,)), told(2, "18", "2022-01-06")])
        assert made.entries[0].superseded_by == frozenset()
        assert bearing(made)["8"] == ((), ("clm_2",))

    def test_two_accounts_that_exclude_each_other_contradict_each_other(self) -> None:
        made = ledger([told(1, "dozens", "2022-01-06"), told(2, "8", "2022-01-06", WITNESS)])
        assert set(statuses(made).values()) == {FigureStatus.CONTRADICTED}
        assert bearing(made) == {"dozens": (("clm_2",), ()), "8": (("clm_1",), ())}

    @pytest.mark.parametrize(
        "status",
        [ClaimStatus.RETRACTED, ClaimStatus.CORRECTED, ClaimStatus.SUPERSEDED],
        ids=lambda status: status.value,
    )
    def test_what_was_given_up_keeps_its_status_and_contradicts_nobody(self, status: ClaimStatus) -> None:
        given_up = replace(told(1, "164", "2022-01-06"), status=status)
        made = ledger([given_up, told(2, "8", "2022-01-08", WITNESS)])
        assert statuses(made) == {"164": FigureStatus(status.value), "8": FigureStatus.STANDING}

    def test_a_denied_figure_stays_denied_where_another_contradicts_it_as_well(self) -> None:
        denied = replace(told(1, "164", "2022-01-06"), status=ClaimStatus.DENIED)
        made = ledger([denied, told(2, "8", "2022-01-08", WITNESS)])
        assert statuses(made)["164"] is FigureStatus.DENIED
        assert bearing(made)["164"] == (("clm_2",), ())

    def test_a_figure_with_nobody_behind_it_contradicts_nobody(self) -> None:
        made = ledger([told(1, "dozens", "2022-01-06"), told(2, "8", "2022-01-06", ("Die Welt",))])
        assert statuses(made)["dozens"] is FigureStatus.STANDING

    @pytest.mark.parametrize("other", ["12", "30"], ids=["twelve, as one policy reads it", "thirty, as the other does"])
    def test_a_contradiction_holds_under_every_policy_whichever_is_asked_for(self, other: str) -> None:
        claims = [told(1, "dozens", "2022-01-06"), told(2, other, "2022-01-06", WITNESS)]
        for policy in POLICIES.values():
            assert set(statuses(ledger(claims, policy)).values()) == {FigureStatus.STANDING}

    def test_a_fall_under_one_policy_that_is_a_rise_under_another_is_neither(self) -> None:
        made = ledger([told(1, "dozens", "2022-01-06"), told(2, "16", "2022-01-08", WITNESS)])
        assert bearing(made) == {"dozens": ((), ()), "16": ((), ())}

    def test_where_a_field_is_missing_nothing_follows_from_the_numbers(self) -> None:
        made = ledger([told(1, "164", "2022-01-09", period=None), told(2, "225", "2022-01-15", period=None)])
        assert bearing(made) == {"164": ((), ()), "225": ((), ())}

    def test_the_moments_that_figures_are_for_order_them_where_publication_does_not(self) -> None:
        def given_for(number: int, figure: str, moment: str, on: str) -> ClaimPicture:
            made = told(number, figure, on, WITNESS if number == 2 else MINISTRY)
            [one] = made.reports
            figures = tuple(replace(each, printed=Printed(as_of=moment)) for each in one.figures)
            return replace(made, reports=(replace(one, figures=figures),))

        made = ledger([given_for(1, "18", "2022-01-06", "2022-01-15"), given_for(2, "19", "2022-01-15", "2022-01-15")])
        assert bearing(made)["18"] == ((), ("clm_2",))


class TestComparing:
    def test_a_pair_that_cannot_be_compared_names_the_field(self) -> None:
        made = ledger(
            [
                told(1, "164", "2022-01-09", period=None),
                told(2, "225", "2022-01-15", period=None),
                told(3, "18", "2022-01-15", counted="officers", period=None),
            ]
        )
        found = [(one.one.picture.id, one.other.picture.id, one.answer, one.field) for one in compared(made).pairs]
        assert found == [
            (1, 2, Answer.UNKNOWN, "period"),
            (1, 3, Answer.NO, "counted"),
            (2, 3, Answer.NO, "counted"),
        ]

    @pytest.mark.parametrize(
        ("figure", "on", "relation"),
        [
            ("18", "2022-01-06", Relation.AGREEING),
            ("at least 16", "2022-01-06", Relation.COMPATIBLE),
            ("26", "2022-01-08", Relation.UPDATE),
            ("9", "2022-01-08", Relation.CONFLICTING),
            ("an equal number", "2022-01-08", Relation.UNKNOWN),
        ],
    )
    def test_figures_that_count_the_same_are_related(self, figure: str, on: str, relation: Relation) -> None:
        made = ledger([told(1, "18", "2022-01-06"), told(2, figure, on, WITNESS)])
        [found] = compared(made).pairs
        assert (found.answer, found.relation) == (Answer.YES, relation)
        assert found.field == ("quantity" if relation is Relation.UNKNOWN else None)

    def test_a_word_agrees_with_a_number_under_the_policy_that_reads_it_so(self) -> None:
        claims = [told(1, "dozens", "2022-01-06"), told(2, "12", "2022-01-06", WITNESS)]
        relations = [compared(ledger(claims, policy)).pairs[0].relation for policy in (PLAIN, ACLED)]
        assert relations == [Relation.COMPATIBLE, Relation.AGREEING]

    def test_beyond_the_bound_the_incomparable_are_listed_and_the_scopes_still_answer_for_all(self) -> None:
        officers = [told(number, str(number), "2022-01-06", counted="officers") for number in range(1, 40)]
        attackers = [told(number, str(number), "2022-01-06") for number in range(40, 50)]
        found = compared(ledger([*officers, *attackers]), most=100)
        assert (len(found.pairs), found.total) == (100, 49 * 48 // 2)
        assert {one.answer for one in found.pairs} == {Answer.NO}
        assert [(one.comparison.answer, one.pairs) for one in found.between] == [
            (Answer.YES, 39 * 38 // 2),
            (Answer.NO, 390),
            (Answer.YES, 45),
        ]


class TestSeries:
    def test_each_party_has_a_line_in_order_of_time(self) -> None:
        made = series(
            ledger(
                [told(1, "26", "2022-01-08"), told(2, "18", "2022-01-06"), told(3, "about ten", "2022-01-07", WITNESS)]
            )
        )
        assert [(line.party, [point.entry.main.figure.text for point in line.points]) for line in made] == [
            ("Interior Ministry", ["18", "26"]),
            ("Eyewitness", ["about ten"]),
        ]
        assert {point.dated_by for line in made for point in line.points} == {PointDate.PUBLISHED}

    def test_a_claim_of_nobody_is_a_point_of_no_party_and_nothing_is_lost(self) -> None:
        made = series(ledger([told(1, "26", None, ("Die Welt",))]))
        [line] = made
        assert (line.party, line.established, line.points[0].at.text) == (None, False, None)
        assert line.points[0].dated_by is PointDate.UNKNOWN

    def test_what_was_taken_back_is_a_mark(self) -> None:
        [mark] = marks(ledger([replace(told(1, "8", "2022-01-05"), corrections=(supersession(),))]))
        assert (mark.claim.public_id, mark.correction.took_effect.text) == ("clm_1", None)


FIGURES = ["dozens", "several", "8", "12", "30", "at least 10", "about 20", "none given", "an equal number"]


@st.composite
def any_claims(draw: st.DrawFn) -> list[ClaimPicture]:
    says = st.builds(
        lambda chain, figure, on, counted, period, cumulative: report(
            *chain, figure=figure, on=on, counted=counted, period=period, cumulative=cumulative
        ),
        st.sampled_from([MINISTRY, WITNESS, ("Saltanat Azirbek", "Tass"), ("Die Welt",)]),
        st.sampled_from(FIGURES),
        st.sampled_from([None, "2022-01-05", "2022-01-06", "2022-01-08"]),
        st.sampled_from([None, "attackers", "officers"]),
        st.sampled_from([None, "night"]),
        st.sampled_from([None, True, False]),
    )
    count = draw(st.integers(1, 7))
    reports = st.lists(says, min_size=1, max_size=3)
    return [claim(n, *draw(reports), status=draw(st.sampled_from(ClaimStatus))) for n in range(1, count + 1)]


@given(any_claims())
def test_a_comparison_does_not_depend_on_which_figure_comes_first(claims: list[ClaimPicture]) -> None:
    entries = ledger(claims).entries
    for one in entries:
        for other in entries:
            if one is not other:
                there, back = pair(one, other), pair(other, one)
                assert (there.answer, there.field, there.relation) == (back.answer, back.field, back.relation)


@given(any_claims())
def test_each_pair_is_listed_once_and_counted_once_between_its_scopes(claims: list[ClaimPicture]) -> None:
    found = compared(ledger(claims))
    assert len({(one.one.picture.id, one.other.picture.id) for one in found.pairs}) == found.total == len(found.pairs)
    assert sum(between.pairs for between in found.between) == found.total
    for answer in Answer:
        assert sum(one.answer is answer for one in found.pairs) == sum(
            between.pairs for between in found.between if between.comparison.answer is answer
        )


@given(any_claims())
def test_what_bears_on_an_entry_is_what_its_pairs_say(claims: list[ClaimPicture]) -> None:
    made = ledger(claims)
    for one in made.entries:
        for other in made.entries:
            relation = pair(one, other).relation
            contradicts = other.picture.public_id in one.contradicted_by
            assert not contradicts or relation is Relation.CONFLICTING
            assert other.picture.public_id not in one.updated_by or relation is Relation.UPDATE
            open_to = one.picture.status is not ClaimStatus.SUPERSEDED and other.stands and one is not other
            assert contradicts == (relation is Relation.CONFLICTING and open_to)


@given(any_claims())
def test_a_policy_changes_the_intervals_of_words_and_nothing_else(claims: list[ClaimPicture]) -> None:
    plain, acled = (ledger(claims, policy).entries for policy in (PLAIN, ACLED))
    for one, other in zip(plain, acled, strict=True):
        assert (one.picture.id, one.status, one.contradicted_by, one.updated_by) == (
            other.picture.id,
            other.status,
            other.contradicted_by,
            other.updated_by,
        )
        for mine, theirs in zip((one.main, *one.variants), (other.main, *other.variants), strict=True):
            assert mine.interval == theirs.interval or mine.figure.qualifier is Qualifier.VAGUE
