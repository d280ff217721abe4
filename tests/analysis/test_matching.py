"""Whether two sentences say the same: by their words, and field by field; told without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from provenance.analysis.matching.comparing import Compared, Known, compare
from provenance.analysis.matching.judging import Match, judge, ranked
from provenance.analysis.matching.likeness import Likeness, likenesses, rarity
from provenance.analysis.matching.terms import plain, sought, stem
from provenance.analysis.matching.wanted import Counted, Wanted, tell, wanted_from
from provenance.quantity import read_quantity
from provenance.storage.words import fold
from provenance.vocabulary import Agreement, MatchField, Sameness, Stance

ALMATY = "Almaty, Republic Square"


def known(text: str, **more: Any) -> Known:
    """A claim of the night, read from its own words."""
    told = tell(text)
    given = {"figures": told.figures, "stance": told.stance, "happened": told.happened, **more}
    return Known(f"clm_{abs(hash(text))}", text, "evt_night", "Night of 5 January", **given)


def found(text: str | Wanted, *claims: Known) -> list[Match]:
    """Claims as they match a sentence, the best first; every word is as rare as any other."""
    wanted = wanted_from(text) if isinstance(text, str) else text
    rarities = {term.text: rarity(1_000, 10) for term in sought(wanted.text)}
    alike = likenesses(fold(wanted.text), [fold(claim.text) for claim in claims], rarities)
    return ranked([judge(wanted, claim, likeness) for claim, likeness in zip(claims, alike, strict=True)])


def field(compared: list[Compared] | tuple[Compared, ...], name: MatchField) -> Compared | None:
    """What was compared of one field."""
    return next((one for one in compared if one.field is name), None)


def agreement(text: str, other: str, name: MatchField) -> Agreement | None:
    """What comparing a field of two sentences gives; None where one of them does not say."""
    compared = field(compare(wanted_from(text), known(other)), name)
    return compared.agreement if compared else None


def test_eight_killed_is_never_eighteen_killed() -> None:
    [match] = found(
        "Eight police officers were killed in Almaty.", known("Eighteen police officers were killed in Almaty.")
    )

    assert match.same is Sameness.DIFFERENT
    assert (
        "No number is both “Eight” and “Eighteen” killed: it is another account, not the same claim." in match.reasons
    )
    assert match.score > 0.5  # the words are nearly the same, so it is listed high, as another account


def test_the_same_number_in_digits_and_in_words_is_the_same() -> None:
    digits, words = (
        known("18 police officers were killed in Almaty."),
        known("Eighteen police officers were killed in Almaty."),
    )

    for match in found("Eighteen police officers killed in Almaty", digits, words):
        assert match.same is Sameness.LIKELY


def test_a_claim_that_is_repeated_word_for_word_has_the_full_score() -> None:
    [match] = found("Dozens of attackers were eliminated.", known("Dozens of attackers were eliminated."))

    assert (match.same, round(match.score, 2)) == (Sameness.LIKELY, 1.0)


def test_what_shares_no_word_is_different_and_says_so() -> None:
    [match] = found("A bridge was opened in Astana.", known("Dozens of attackers were eliminated."))

    assert (match.same, match.score, match.reasons[0]) == (Sameness.DIFFERENT, 0.0, "They share no telling word.")


def test_the_wording_that_shares_more_rare_words_comes_first() -> None:
    near, far = known("The airport of Almaty was seized by attackers."), known("Attackers were seen in Aktobe.")

    assert [match.known for match in found("Attackers seized Almaty airport", far, near)] == [near, far]


def test_of_two_that_are_alike_the_one_that_was_known_first_stays_in_front() -> None:
    first, second = known("Shots were heard."), known("Shots were heard!")

    assert [match.known for match in found("shots heard", first, second)] == [first, second]


NUMBERS: list[tuple[str, str, str, Agreement | None]] = [
    ("word and digits", "26 attackers were killed", "Twenty-six attackers killed", Agreement.AGREE),
    ("inside the interval", "Dozens of attackers were killed", "26 attackers were killed", Agreement.AGREE),
    ("below it under any policy", "Dozens of attackers were killed", "8 attackers were killed", Agreement.DIFFER),
    ("12 under one policy", "Dozens of attackers were killed", "12 attackers were killed", Agreement.AGREE),
    ("one qualifier fewer", "More than 1,000 people were injured", "1,000 people were injured", Agreement.AGREE),
    ("another measure", "8 officers were killed", "317 officers were injured", Agreement.UNKNOWN),
    ("nothing that joins them", "7 days passed", "40 shops burned", Agreement.UNKNOWN),
    ("another unit", "70 percent of the arrested", "70 arrested", Agreement.UNKNOWN),
    ("no figure at all", "Attackers were killed", "8 attackers were killed", None),
]


@pytest.mark.parametrize(
    ("text", "other", "expected"), [case[1:] for case in NUMBERS], ids=[case[0] for case in NUMBERS]
)
def test_figures_are_compared_as_intervals(text: str, other: str, expected: Agreement | None) -> None:
    assert agreement(text, other, MatchField.QUANTITY) is expected


def test_two_words_for_people_may_mean_the_same_people_so_the_match_is_only_possible() -> None:
    assert (
        agreement("Dozens of attackers killed", "Dozens of troublemakers killed", MatchField.COUNTED)
        is Agreement.UNKNOWN
    )


def test_another_measure_is_no_likely_match_however_alike_the_words() -> None:
    [match] = found("In Almaty 317 police officers were injured.", known("In Almaty 317 police officers were killed."))

    assert field(match.fields, MatchField.MEASURE) == Compared(
        MatchField.MEASURE, Agreement.DIFFER, "Here the injured are counted, in the known claim the killed."
    )
    assert match.same is Sameness.POSSIBLE


def test_a_denial_speaks_of_the_same_claim_with_another_stance() -> None:
    [match] = found("Police did not shoot at children in Almaty.", known("Police shoot at children in Almaty."))

    assert match.same is Sameness.LIKELY
    assert (
        "By their words, one denies what the other asserts; that is another stance on the same claim." in match.reasons
    )


@pytest.mark.parametrize(
    "text", ["Did police shoot?", "Police did not shoot. They waited."], ids=["question", "several"]
)
def test_the_stance_of_questions_and_of_several_sentences_is_not_read(text: str) -> None:
    assert agreement(text, "Police shoot.", MatchField.POLARITY) is None


def test_days_that_cannot_be_the_same_make_it_different() -> None:
    [match] = found("On 5 January 2022 the airport was seized.", known("On January 7, 2022 the airport was seized."))

    assert match.same is Sameness.DIFFERENT
    assert "Here it happened on 2022-01-05, in the known claim on 2022-01-07." in match.reasons


def test_a_day_without_a_year_is_of_the_year_of_publication() -> None:
    posted = datetime(2022, 1, 9, tzinfo=UTC)

    wanted = wanted_from("On January 5 the airport was seized", published=posted)

    assert wanted.happened == (datetime(2022, 1, 5, tzinfo=UTC), datetime(2022, 1, 5, 23, 59, 59, tzinfo=UTC))
    assert wanted_from("On January 5 the airport was seized").happened == (None, None)


def test_another_event_makes_it_different_and_the_same_event_moves_it_up() -> None:
    claim = known("Shots were heard at the airport.")

    [here] = found(Wanted("Shots heard near airport", event="evt_night"), claim)
    [bare] = found(Wanted("Shots heard near airport"), claim)
    [elsewhere] = found(Wanted("Shots heard near airport", event="evt_other"), claim)

    assert here.score > bare.score > elsewhere.score
    assert elsewhere.same is Sameness.DIFFERENT
    assert here.reasons[1] == "Both are about the event “Night of 5 January”."


def test_a_shared_carrier_agrees_and_another_source_is_no_other_claim() -> None:
    claim = known("Dozens of attackers were eliminated.", sources=frozenset({"Khabar 24", "Tass"}))
    said = Wanted("Dozens of attackers were eliminated.")

    [through] = found(replace(said, chain=("Interior Ministry", "khabar 24")), claim)
    [another] = found(replace(said, chain=("Eyewitness",)), claim)

    assert field(through.fields, MatchField.CHAIN) == Compared(
        MatchField.CHAIN, Agreement.AGREE, "Both come through khabar 24."
    )
    assert another.same is Sameness.LIKELY


def test_a_place_within_a_place_agrees_and_another_one_settles_nothing() -> None:
    claim = known("Shots were heard.", places=(ALMATY,))

    within = compare(Wanted("Shots were heard.", place="Almaty"), claim)
    [match] = found(Wanted("Shots were heard.", place="Aktobe"), claim)

    assert within == [Compared(MatchField.PLACE, Agreement.AGREE, f"Both are about {ALMATY}.")]
    assert match.same is Sameness.POSSIBLE


def test_a_figure_that_agrees_outweighs_one_beside_it_that_differs() -> None:
    killed = Counted(read_quantity("eight"), "killed")
    both = known("Eight officers were killed, 317 were injured.")

    assert field(compare(Wanted("x", figures=(killed,)), both), MatchField.QUANTITY) is not None
    assert agreement("Eight officers killed", both.text, MatchField.QUANTITY) is Agreement.AGREE


READ: list[tuple[str, list[tuple[float | None, float | None, str | None, str | None]]]] = [
    ("Khabar 24 said 26 armed criminals were killed", [(26, 26, "killed", "armed criminals")]),
    ("A Boeing 737 with 176 people crashed", [(176, 176, None, "people")]),
    ("More than 1,000 injured, 400 detained", [(1001, None, "injured", None), (400, 400, "detained", None)]),
    ("Between 10 and 20 police officers were wounded", [(10, 20, "injured", "police officers")]),
    ("The death toll rose to 164", [(164, 164, "killed", None)]),
    ("25K people marched in 2019", [(25_000, 25_000, None, "people")]),
    ("One of them spoke", []),
    ("On 5 January 2022 the shooting began", []),
]


@pytest.mark.parametrize(("text", "expected"), READ, ids=[text for text, _ in READ])
def test_the_figures_of_a_sentence_are_read(
    text: str, expected: list[tuple[float | None, float | None, str | None, str | None]]
) -> None:
    read = [(one.quantity.low, one.quantity.high, one.measure, one.counted) for one in tell(text).figures]

    assert read == expected


def test_a_post_is_read_as_running_text() -> None:
    post = "BREAKING: #AlmatyProtests 🚨 dozens eliminated pic.twitter.com/abc — Desk (@the_desk) January 6, 2022"

    assert plain(post) == "BREAKING: Almaty Protests 🚨 dozens eliminated Desk"


@pytest.mark.parametrize("text", ["", "🚨🚨", "https://t.co/x", "the of and", "\ud83d", "！？"])
def test_a_text_without_words_asks_for_nothing(text: str) -> None:
    assert sought(wanted_from(text).text) == []


def test_a_term_of_letters_is_a_beginning_of_its_word() -> None:
    for word in ("eliminated", "countries", "stopped", "attackers", "injuries", "ministry", "dies", "агентства"):
        assert word.startswith(stem(word))


def test_only_what_is_asserted_or_denied_has_a_polarity() -> None:
    claim = known("Police shoot.")

    assert field(compare(Wanted("Police shoot.", stance=Stance.MENTIONS), claim), MatchField.POLARITY) is None


@pytest.mark.parametrize(
    "text", ["1 " * 5_000, "A" * 10_000, "— " * 5_000, "don't " * 1_600], ids=["1", "A", "dash", "not"]
)
def test_a_text_that_is_no_sentence_takes_no_longer_than_others(text: str) -> None:
    assert len(wanted_from(text).figures) <= 40


def test_a_bound_is_no_other_number_even_where_both_can_be_true() -> None:
    assert agreement("At least nine miners were killed", "Nineteen miners were killed", MatchField.QUANTITY) is (
        Agreement.UNKNOWN
    )
    assert agreement("At least nine miners were killed", "Nine miners were killed", MatchField.QUANTITY) is (
        Agreement.AGREE
    )


def test_those_who_were_eliminated_are_counted_with_the_killed() -> None:
    wanted, known = "Dozens of attackers were eliminated", "Dozens of attackers were killed"
    assert agreement(wanted, known, MatchField.MEASURE) is Agreement.AGREE
    assert agreement(wanted, "Dozens of attackers were injured", MatchField.MEASURE) is Agreement.DIFFER


def test_of_one_voice_in_one_event_a_town_and_its_country_are_no_two_places() -> None:
    dozens = read_quantity("dozens")
    known = Known(
        "clm_1",
        "Dozens of people who had attacked the police were killed overnight in Almaty.",
        "evt_1",
        "Unrest",
        figures=(Counted(dozens, "killed", "attackers", "Almaty"),),
        sources=frozenset({"Saltanat Azirbek"}),
        places=("Almaty",),
    )
    figures = (Counted(dozens, "killed", "attackers", "Kazakhstan"),)
    text = "Security forces killed dozens in Kazakhstan’s largest city."
    likeness = Likeness(0.1, 0.1, 0.1, ("dozen",))
    hers = Wanted(text, figures=figures, event="evt_1", chain=("Saltanat Azirbek", "Tass"))
    another = Wanted(text, figures=figures, event="evt_1", chain=("Eyewitness",))
    assert judge(hers, known, likeness).same is Sameness.LIKELY
    assert judge(another, known, likeness).same is Sameness.POSSIBLE
