"""What each flag rule finds, what it leaves alone, and that its sentences come from counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.analysis import rules
from provenance.analysis.picture import ClaimPicture
from provenance.analysis.rule import Finding, Rule
from provenance.analysis.rules import RULES
from provenance.analysis.rules.words import MOST_ROWS
from provenance.vocabulary import Basis, ClaimStatus, HopBasis, Interest, Stance, TieKind, Verdict
from tests.builders import KINDS, Says, account, picture, report, review, tie

BY_KEY = {rule.key: rule for rule in RULES}
SPEAKS = tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
COMMON = tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police", Basis.COMMONLY_KNOWN)
NO_TIE = tie("Interior Ministry", TieKind.EXAMINED_NO_TIE, "United Nations")

AZIRBEK = report("Saltanat Azirbek", "Khabar 24", "Tass")
POLICE = report("Almaty police", "Interfax")
MINISTRY = report("Interior Ministry", "Tass")
UN = report("United Nations", "AP")
NOBODY = report("Die Welt")
CARRIER_ONLY = report("Khabar 24", "AP")
UNNAMED = report("the authorities", "RIA")


def found(rule: str, of: ClaimPicture) -> Finding | None:
    """The rule's one finding, if it has one."""
    findings = list(BY_KEY[rule].find(of))
    assert len(findings) <= 1
    return findings[0] if findings else None


def the(rule: str, of: ClaimPicture) -> Finding:
    finding = found(rule, of)
    assert finding is not None, f"{rule} finds nothing"
    return finding


def figures_of(of: ClaimPicture, *places: int) -> tuple[int, ...]:
    return tuple(figure.id for place in places for figure in of.reports[place].figures)


class TestUnverifiedFigure:
    def test_a_figure_that_one_party_gives_is_not_corroborated_however_many_print_it(self) -> None:
        claim = picture(AZIRBEK, POLICE, replace(POLICE, document="doc_x"), NOBODY, ties=[SPEAKS])
        finding = the("unverified_figure", claim)
        assert finding.reason == (
            "4 reports in 4 documents print it; every origin that can be established belongs to one party, Almaty "
            "police; no accepted review upholds it on recorded evidence."
        )
        assert finding.clears_when == (
            "An accepted review upholds it on recorded evidence, or a second party outside Almaty police is "
            "established and the two are signed as examined and not tied."
        )
        assert finding.figures == figures_of(claim, 0, 1, 2, 3)

    def test_two_parties_signed_as_not_tied_corroborate_each_other(self) -> None:
        claim = picture(MINISTRY, UN, ties=[NO_TIE])
        assert claim.analysis.verdict is Verdict.ESTABLISHED
        assert found("unverified_figure", claim) is None

    def test_independent_parties_whose_figures_cannot_agree_corroborate_nothing(self) -> None:
        ninety, twelve = replace(MINISTRY, figure="ninety"), replace(UN, figure="at least 12")
        also = replace(MINISTRY, figure="12")
        claim = picture(ninety, twelve, also, ties=[NO_TIE])
        assert found("unverified_figure", claim) is None, "at least 12 leaves room for ninety"
        exact = picture(ninety, replace(UN, figure="12"), also, ties=[NO_TIE])
        finding = the("unverified_figure", exact)
        assert finding.figures == figures_of(exact, 0)
        assert finding.reason == (
            "1 of 3 figures has no other party behind a figure that can agree: “ninety” (1); the parties are "
            "independent, and no accepted review upholds it on recorded evidence."
        )

    def test_a_figure_that_could_not_be_read_corroborates_none(self) -> None:
        claim = picture(MINISTRY, replace(UN, figure="an equal number"), ties=[NO_TIE])
        assert the("unverified_figure", claim).figures == figures_of(claim, 0, 1)

    def test_two_parties_that_nobody_examined_do_not(self) -> None:
        finding = the("unverified_figure", picture(MINISTRY, UN))
        assert "form 2 parties, Interior Ministry and United Nations, and not every pair" in finding.reason
        assert finding.clears_when.endswith(
            "each pair among Interior Ministry and United Nations is signed as examined and not tied."
        )

    def test_one_document_with_nobody_behind_it_is_told_in_the_singular(self) -> None:
        assert the("unverified_figure", picture(NOBODY)).reason == (
            "1 report in 1 document prints it; no origin can be established; no accepted review upholds it on recorded "
            "evidence."
        )

    @pytest.mark.parametrize(
        ("reviews", "said"),
        [
            pytest.param([review(True)], None, id="upheld on evidence"),
            pytest.param([review(True), review(False)], None, id="upheld on evidence beside one that refutes"),
            pytest.param([review(True, False)], "1 accepted review upholds it without recorded evidence", id="bare"),
            pytest.param([review(False)], "1 accepted review does not uphold it", id="refuted"),
            pytest.param([review(None)], "no accepted review upholds it on recorded evidence", id="undecided"),
            pytest.param(
                [review(False), review(False), review(True, False)],
                "2 accepted reviews do not uphold it and 1 accepted review upholds it without recorded evidence",
                id="both",
            ),
        ],
    )
    def test_only_a_review_on_recorded_evidence_clears_it(self, reviews: list[object], said: str | None) -> None:
        finding = found("unverified_figure", picture(AZIRBEK, reviews=reviews))  # type: ignore[arg-type]
        assert (finding is None) if said is None else (finding is not None and said in finding.reason)

    def test_no_number_given_is_not_a_figure(self) -> None:
        assert found("unverified_figure", picture(report("Interior Ministry", "Tass", figure="none given"))) is None

    def test_a_figure_that_could_not_be_read_is_one_all_the_same(self) -> None:
        assert found("unverified_figure", picture(report("Interior Ministry", "Tass", figure="an equal number")))

    def test_a_report_that_denies_the_claim_lends_it_no_figure(self) -> None:
        claim = picture(MINISTRY, replace(UN, stance=Stance.DENIES))
        assert the("unverified_figure", claim).figures == figures_of(claim, 0)


class TestSingleOriginAndOneParty:
    def test_one_source_behind_all_is_named_with_those_who_establish_nobody(self) -> None:
        finding = the("single_origin", picture(AZIRBEK, AZIRBEK, NOBODY, CARRIER_ONLY))
        assert finding.reason == (
            "2 of 4 reports go back to Saltanat Azirbek, the only origin that can be established; the other 2 "
            "establish no origin."
        )
        assert finding.rows[1].shows == "Tass, 2022-01-06: Saltanat Azirbek → Khabar 24 → Tass"

    def test_a_single_report_is_told_in_the_singular(self) -> None:
        assert the("single_origin", picture(AZIRBEK)).reason == (
            "The only report goes back to Saltanat Azirbek, the only origin that can be established."
        )

    def test_a_spokeswoman_and_her_police_are_several_origins_and_one_party(self) -> None:
        claim = picture(AZIRBEK, POLICE, ties=[COMMON])
        finding = the("one_party", claim)
        assert finding.reason == (
            "2 established origins (Saltanat Azirbek and Almaty police) belong to one party, Almaty police, joined by "
            "1 tie (1 only commonly known); quoted side by side they still count once."
        )
        assert finding.rows[-1].shows == "Saltanat Azirbek speaks for Almaty police (only commonly known)"

    @pytest.mark.parametrize(
        ("claim", "keys"),
        [
            pytest.param(picture(AZIRBEK), {"single_origin"}, id="one source"),
            pytest.param(picture(AZIRBEK, POLICE, ties=[SPEAKS]), {"one_party"}, id="one party"),
            pytest.param(picture(AZIRBEK, POLICE), {"not_examined"}, id="no tie recorded"),
            pytest.param(picture(MINISTRY, UN, ties=[NO_TIE]), set(), id="examined"),
            pytest.param(picture(NOBODY), set(), id="nobody"),
        ],
    )
    def test_single_origin_one_party_and_not_examined_exclude_each_other(
        self, claim: ClaimPicture, keys: set[str]
    ) -> None:
        assert {key for key in ("single_origin", "one_party", "not_examined") if found(key, claim)} == keys


class TestOriginNotStated:
    def test_a_carrier_is_shown_as_last_named_and_never_as_the_origin(self) -> None:
        claim = picture(AZIRBEK, CARRIER_ONLY)
        finding = the("origin_not_stated", claim)
        assert finding.reason == "1 of 2 reports leaves open who it is from; last named carrier Khabar 24 (1)."
        assert [row.shows for row in finding.rows] == [
            "AP, 2022-01-06: origin not stated; last named carrier Khabar 24"
        ]
        assert finding.figures == figures_of(claim, 1)

    def test_a_carrier_that_does_not_say_from_whom_it_has_it_is_the_last_named(self) -> None:
        assert (
            "last named carrier Khabar 24"
            in the("origin_not_stated", picture(report(None, "Khabar 24", "Tass"))).reason
        )

    def test_a_page_that_names_nobody_differs_from_one_that_names_a_carrier(self) -> None:
        finding = the("origin_not_stated", picture(CARRIER_ONLY, NOBODY))
        assert finding.reason == (
            "Both reports leave open who it is from; last named carrier Khabar 24 (1); nobody named besides the outlet "
            "itself (1)."
        )

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param(AZIRBEK, id="named"),
            pytest.param(report("Die Welt", own_basis=HopBasis.WITNESSED), id="own observation"),
            pytest.param(report("Interior Ministry", "Tass", also=[("Khabar 24", "Tass")]), id="named on another path"),
            pytest.param(UNNAMED, id="unnamed, which is another rule"),
            pytest.param(replace(CARRIER_ONLY, stance=Stance.MENTIONS), id="not asserting"),
        ],
    )
    def test_it_leaves_alone(self, said: Says) -> None:
        assert found("origin_not_stated", picture(said)) is None

    def test_a_withdrawn_hop_does_not_make_a_named_origin_unstated(self) -> None:
        assert found("origin_not_stated", picture(replace(AZIRBEK, cut=True))) is None


class TestUnnamedOrigin:
    def test_the_words_of_the_page_are_given_with_the_reason_to_trust_them(self) -> None:
        said = report("officials", "AP", as_named="two officials", access="known to AP")
        finding = the("unnamed_origin", picture(UNNAMED, said, AZIRBEK))
        assert finding.reason == (
            "2 of 3 reports rest on sources that nobody identifies: “the authorities” (1) and “two officials” (1); in "
            "1 report the outlet says why it trusts them."
        )
        assert finding.rows[1].shows == "AP, 2022-01-06: rests on “two officials” (known to AP)"

    def test_collective_words_identify_nobody_either(self) -> None:
        assert "“media reports” (1)" in the("unnamed_origin", picture(report("media reports", "Tass"))).reason

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param(AZIRBEK, id="named"),
            pytest.param(NOBODY, id="not stated, which is another rule"),
            pytest.param(report("the authorities", "Tass", also=[("Interior Ministry", "Tass")]), id="also named"),
            pytest.param(replace(UNNAMED, stance=Stance.DENIES), id="not asserting"),
        ],
    )
    def test_it_leaves_alone(self, said: Says) -> None:
        assert found("unnamed_origin", picture(said)) is None


class TestChokepoint:
    def test_a_broadcaster_on_every_route_is_named(self) -> None:
        claim = picture(AZIRBEK, report("Almaty police", "Khabar 24", "RIA"), CARRIER_ONLY)
        finding = the("chokepoint", claim)
        assert finding.reason == "All 3 routes of 3 supported reports from 3 outlets pass through Khabar 24."
        assert finding.clears_when == "A supported report is recorded that has a route around Khabar 24."

    def test_the_source_nearest_to_the_origin_leads(self) -> None:
        finding = the("chokepoint", picture(AZIRBEK, report("Saltanat Azirbek", "Khabar 24", "RIA")))
        assert "pass through Saltanat Azirbek, and also through Khabar 24." in finding.reason

    def test_where_no_single_source_is_shared_linked_sources_may_be(self) -> None:
        finding = the("chokepoint", picture(AZIRBEK, POLICE, ties=[SPEAKS]))
        assert "one group of linked sources, Almaty police, though through no single source" in finding.reason

    def test_an_outlet_that_is_alone_shares_everything_with_itself(self) -> None:
        assert found("chokepoint", picture(AZIRBEK, AZIRBEK)) is None

    def test_one_route_around_it_is_enough(self) -> None:
        assert found("chokepoint", picture(AZIRBEK, UN)) is None

    def test_a_report_without_support_is_no_way_around(self) -> None:
        claim = picture(AZIRBEK, CARRIER_ONLY, NOBODY, replace(UN, cut=True), replace(UN, stance=Stance.DENIES))
        assert "2 supported reports from 2 outlets pass through Khabar 24" in the("chokepoint", claim).reason


class TestTies:
    def test_a_tie_without_reference_that_changes_the_count_is_named(self) -> None:
        finding = the("uncited_tie", picture(AZIRBEK, POLICE, ties=[COMMON]))
        assert finding.reason == (
            "The established origins are 1 party by all stated ties and 2 by cited ties alone; 1 tie is only commonly "
            "known: Saltanat Azirbek speaks for Almaty police."
        )

    @pytest.mark.parametrize(
        ("reports", "ties"),
        [
            pytest.param([AZIRBEK, POLICE], [SPEAKS], id="cited"),
            pytest.param([AZIRBEK], [COMMON], id="a tie that joins no second origin"),
            pytest.param([AZIRBEK, POLICE], [], id="no tie"),
        ],
    )
    def test_uncited_ties_that_change_nothing_are_left_alone(self, reports: list[Says], ties: list[object]) -> None:
        assert found("uncited_tie", picture(*reports, ties=ties)) is None  # type: ignore[arg-type]

    def test_the_pairs_that_nobody_examined_are_named(self) -> None:
        finding = the("not_examined", picture(MINISTRY, UN, report("Eyewitness", "Die Welt"), ties=[NO_TIE]))
        assert finding.reason == (
            "The established origins form 3 parties; of 3 pairs 2 were not examined for ties: Eyewitness with Interior "
            "Ministry and Eyewitness with United Nations."
        )

    def test_two_parties_that_nobody_looked_at_are_told_as_a_pair(self) -> None:
        assert the("not_examined", picture(MINISTRY, UN)).reason == (
            "The established origins form 2 parties; nobody has examined whether they are tied: Interior Ministry with "
            "United Nations."
        )

    def test_a_signature_of_a_body_above_counts_for_those_below(self) -> None:
        above = tie("Almaty police", TieKind.PART_OF, "Interior Ministry")
        assert found("not_examined", picture(POLICE, UN, ties=[above, NO_TIE])) is None


class TestInterestedParty:
    def test_an_origin_linked_to_a_party_to_the_event_is_interested_too(self) -> None:
        claim = picture(AZIRBEK, POLICE, UN, ties=[SPEAKS], interests={"Almaty police": Interest.PARTY})
        finding = the("interested_party", claim)
        assert finding.reason == (
            "2 of 3 established origins have an interest in the event: Saltanat Azirbek (linked to Almaty police, "
            "party to the event) and Almaty police (party to the event)."
        )

    def test_an_ally_is_told_from_one_who_takes_part(self) -> None:
        finding = the("interested_party", picture(MINISTRY, interests={"Interior Ministry": Interest.ALIGNED}))
        assert finding.reason == (
            "The only established origin has an interest in the event: Interior Ministry (aligned with a party to the "
            "event)."
        )

    def test_a_link_to_one_who_takes_part_outweighs_a_link_to_an_ally(self) -> None:
        ties = [SPEAKS, tie("Almaty police", TieKind.PART_OF, "State of Kazakhstan")]
        interests = {"Almaty police": Interest.ALIGNED, "State of Kazakhstan": Interest.PARTY}
        finding = the("interested_party", picture(AZIRBEK, ties=ties, interests=interests))
        assert "Saltanat Azirbek (linked to State of Kazakhstan, party to the event)" in finding.reason

    def test_an_interested_carrier_is_not_an_origin(self) -> None:
        assert found("interested_party", picture(AZIRBEK, interests={"Khabar 24": Interest.ALIGNED})) is None

    def test_being_examined_and_not_tied_shares_no_interest(self) -> None:
        claim = picture(UN, ties=[NO_TIE], interests={"Interior Ministry": Interest.PARTY})
        assert found("interested_party", claim) is None


class TestWordsOfReports:
    @pytest.mark.parametrize(
        ("chain", "far"),
        [
            pytest.param(("Interior Ministry", "Khabar 24", "Tass"), False, id="two steps"),
            pytest.param(("Interior Ministry", "Khabar 24", "Tass", "Die Welt"), True, id="three steps"),
        ],
    )
    def test_hearsay_begins_at_three_steps(self, chain: tuple[str, ...], far: bool) -> None:
        assert (found("hearsay", picture(report(*chain))) is not None) is far

    def test_a_shorter_path_in_the_same_report_is_the_one_that_counts(self) -> None:
        long = report("Interior Ministry", "Khabar 24", "Tass", "Die Welt", also=[("Interior Ministry", "Die Welt")])
        assert found("hearsay", picture(long)) is None

    def test_the_longest_way_is_counted(self) -> None:
        claim = picture(MINISTRY, report("Interior Ministry", "Khabar 24", "Tass", "AP", "Die Welt"))
        finding = the("hearsay", claim)
        assert finding.reason == (
            "1 of 2 reports is three steps or more from the first source that it names; the longest way has 4 steps."
        )
        assert finding.rows[0].shows == (
            "Die Welt, 2022-01-06: 4 steps, Interior Ministry → Khabar 24 → Tass → AP → Die Welt"
        )
        assert finding.figures == figures_of(claim, 1)

    def test_hedges_are_listed_in_the_words_of_the_page(self) -> None:
        claim = picture(replace(AZIRBEK, hedge="reportedly"), replace(POLICE, hedge="could not verify"), UN)
        finding = the("hedged", claim)
        assert finding.reason == (
            "2 of 3 reports weaken what they say, in the words noted: “could not verify” (1) and “reportedly” (1)."
        )
        assert finding.figures == figures_of(claim, 0, 1)

    @pytest.mark.parametrize("hedge", [None, "", "  "])
    def test_no_words_are_no_hedge(self, hedge: str | None) -> None:
        assert found("hedged", picture(replace(AZIRBEK, hedge=hedge))) is None

    def test_a_text_that_is_not_held_differs_from_one_that_nobody_marked(self) -> None:
        finding = the("no_quote", picture(AZIRBEK, replace(POLICE, text_held=True), replace(UN, quote="dozens")))
        assert finding.reason == (
            "2 of 3 reports come without the words of the document: for 1 no text is held, for 1 the text is held and "
            "nobody has marked the words."
        )
        assert [row.shows.partition(": ")[2] for row in finding.rows] == [
            "the text of the document is not held",
            "the text is held, and nobody has marked the words",
        ]

    def test_a_held_text_needs_only_its_words_marked(self) -> None:
        assert the("no_quote", picture(replace(AZIRBEK, text_held=True))).clears_when == (
            "The words that state the claim are marked in it."
        )

    def test_a_quoted_report_shows_its_words(self) -> None:
        assert found("no_quote", picture(replace(AZIRBEK, quote="dozens", text_held=True))) is None


class TestFigures:
    def test_a_word_is_given_with_its_interval_under_each_policy(self) -> None:
        claim = picture(AZIRBEK, replace(POLICE, figure="several"), replace(UN, figure="8"))
        finding = the("vague_figure", claim)
        assert finding.reason == (
            "2 of 3 figures are words and not numbers: “dozens” (1) and “several” (1). “dozens” reads 24 or more under "
            "plain, 12 under acled. “several” reads 3 or more under plain, 3 under acled."
        )
        assert finding.figures == figures_of(claim, 0, 1)

    @pytest.mark.parametrize("text", ["8", "more than 1,000", "about 20", "none given", "an equal number"])
    def test_a_number_however_qualified_is_no_word(self, text: str) -> None:
        assert found("vague_figure", picture(replace(AZIRBEK, figure=text))) is None

    def test_a_comparable_disjoint_figure_elsewhere_contradicts(self) -> None:
        other = account("Eight attackers died.", report("Eyewitness", "Die Welt", figure="8"))
        claim = picture(AZIRBEK, replace(POLICE, figure="several"), accounts=[other])
        finding = the("contradicted_figure", claim)
        assert finding.reason == (
            "1 other account of the same count gives a figure that no number satisfies together with “dozens”, under "
            "any policy: “8” in “Eight attackers died.”."
        )
        assert finding.figures == figures_of(claim, 0)
        assert finding.rows[0].id == "clm_2"

    @pytest.mark.parametrize(
        "other",
        [
            pytest.param(report("Eyewitness", "Die Welt", figure="12"), id="one policy reads dozens as 12"),
            pytest.param(report("Eyewitness", "Die Welt", figure="30"), id="30 is dozens under the other"),
            pytest.param(report("Eyewitness", "Die Welt", figure="8", counted="officers"), id="others are counted"),
            pytest.param(report("Eyewitness", "Die Welt", figure="8", period=None), id="the period is missing"),
            pytest.param(report("Eyewitness", "Die Welt", figure="none given"), id="no number"),
            pytest.param(report("Eyewitness", "Die Welt", figure="8", cut=True), id="withdrawn"),
            pytest.param(report("Die Welt", figure="8"), id="nobody behind it"),
        ],
    )
    def test_it_does_not_contradict_where(self, other: Says) -> None:
        assert found("contradicted_figure", picture(AZIRBEK, accounts=[account("Another account.", other)])) is None

    @pytest.mark.parametrize("slip_is_ours", [True, False])
    def test_a_slip_in_one_copy_contradicts_nobody(self, slip_is_ours: bool) -> None:
        slipped = [replace(MINISTRY, figure="19"), replace(UN, figure="19"), replace(MINISTRY, figure="9")]
        clean = [replace(AZIRBEK, figure="19")]
        ours, theirs = (slipped, clean) if slip_is_ours else (clean, slipped)
        assert found("contradicted_figure", picture(*ours, accounts=[account("Nineteen died.", *theirs)])) is None

    def test_a_claim_that_was_superseded_competes_no_more(self) -> None:
        other = account("Eight attackers died.", report("Eyewitness", "Die Welt", figure="8"))
        assert found("contradicted_figure", picture(AZIRBEK, accounts=[other], superseded=True)) is None
        superseded = picture(AZIRBEK, accounts=[other], status=ClaimStatus.SUPERSEDED)
        assert found("contradicted_figure", superseded) is None

    @pytest.mark.parametrize(
        ("status", "contradicts"),
        [
            (ClaimStatus.STANDING, True),
            (ClaimStatus.DENIED, True),
            (ClaimStatus.DISPUTED, True),
            (ClaimStatus.SUPERSEDED, False),
            (ClaimStatus.CORRECTED, False),
            (ClaimStatus.RETRACTED, False),
        ],
    )
    def test_an_account_that_its_makers_gave_up_contradicts_nobody(
        self, status: ClaimStatus, contradicts: bool
    ) -> None:
        eight = account("Eight attackers died.", report("Eyewitness", "Die Welt", figure="8"))
        claim = picture(AZIRBEK, accounts=[replace(eight, status=status)])
        assert (found("contradicted_figure", claim) is not None) is contradicts

    @pytest.mark.parametrize(
        ("figure", "on", "cumulative", "contradicts"),
        [
            pytest.param("18", "2022-01-08", True, False, id="later and larger: an update"),
            pytest.param("5", "2022-01-08", True, True, id="later and smaller"),
            pytest.param("5", "2022-01-04", True, False, id="earlier and smaller: updated by this one"),
            pytest.param("18", "2022-01-04", True, True, id="earlier and larger"),
            pytest.param("18", "2022-01-06", True, True, id="another party on the same day, either may be later"),
            pytest.param("18", None, True, True, id="another party, undated"),
            pytest.param("18", "2022-01-08", False, True, id="not cumulative"),
        ],
    )
    def test_a_later_larger_cumulative_toll_is_an_update(
        self, figure: str, on: str | None, cumulative: bool, contradicts: bool
    ) -> None:
        other = account("Another toll.", report("Eyewitness", "AP", figure=figure, on=on, cumulative=cumulative))
        claim = picture(replace(AZIRBEK, figure="8", cumulative=cumulative), accounts=[other])
        assert (found("contradicted_figure", claim) is not None) is contradicts

    def test_of_one_party_either_may_update_the_other_where_nobody_knows_which_is_later(self) -> None:
        other = account("Another toll.", report("Saltanat Azirbek", "AP", figure="18"))
        claim = picture(replace(AZIRBEK, figure="8"), accounts=[other])
        assert found("contradicted_figure", claim) is None


def test_every_file_in_the_folder_is_registered_and_every_registered_rule_has_its_file() -> None:
    folder = Path(rules.__file__).parent
    files = {file.stem for file in folder.glob("*.py")} - {"__init__", "words", "drifting"}
    assert files == set(BY_KEY)
    assert len(RULES) == len(BY_KEY)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_a_rule_explains_itself_in_sentences(rule: Rule) -> None:
    assert rule.version >= 1
    assert 0 < len(rule.title) <= 60
    for text in (rule.finds, rule.why, rule.example, rule.clears_when):
        assert text[0].isupper() or text[0] in "“0123456789"
        assert text.endswith(".")


SOURCES = sorted(KINDS)
OUTLETS = [name for name, kind in KINDS.items() if not kind.placeholder]


PRINTS: list[dict[str, str]] = [
    {},
    {"counted": "attackers", "place": "Almaty", "as_of": "2022-01-05"},
    {"counted": "attackers", "counted_printed": "rioters (headline), people (text)", "as_of": "on Wednesday"},
    {"place": "Kazakhstan", "as_of": "13:00 Almaty time", "measure": "injured"},
]


@st.composite
def any_report(draw: st.DrawFn) -> Says:
    publisher = draw(st.sampled_from(OUTLETS))
    others = st.lists(st.sampled_from([n for n in SOURCES if n != publisher]), max_size=4, unique=True)
    chain: list[str | None] = [*draw(others), publisher]
    if len(chain) > 1 and draw(st.booleans()):
        chain = [None, *chain[-2:]]
    words = ["dozens", "several", "8", "12", "more than 1,000", "none given", "an equal number"]
    return Says(
        chain=tuple(chain),
        figure=draw(st.lists(st.sampled_from(words), max_size=3)),
        stance=draw(st.sampled_from(Stance)),
        hedge=draw(st.sampled_from([None, "", "reportedly"])),
        quote=draw(st.sampled_from([None, "words", "dozens were killed", "dozens were hurt"])),
        text_held=draw(st.booleans()),
        on=draw(st.sampled_from([None, "2022-01-05", "2022-01-06", "2022-01-08"])),
        own_basis=draw(st.sampled_from([None, *HopBasis])),
        access=draw(st.sampled_from([None, "known to the outlet"])),
        cut=draw(st.booleans()),
        counted=draw(st.sampled_from([None, "attackers", "officers"])),
        as_named=draw(st.sampled_from([None, "the spokeswoman", "Sprecher", "Interior Minister"])),
        language=draw(st.sampled_from(["en", "de"])),
        title=draw(st.sampled_from([None, "", "More than 18 killed", "Dutzende Tote"])),
        prints=draw(st.sampled_from(PRINTS)),
    )


@st.composite
def any_picture(draw: st.DrawFn) -> ClaimPicture:
    pairs = st.lists(st.sampled_from(SOURCES), min_size=2, max_size=2, unique=True)
    ends = draw(st.lists(pairs, max_size=5))
    reports = st.lists(any_report(), max_size=14)
    return picture(
        *draw(reports),
        ties=[(one, draw(st.sampled_from(TieKind)), other, draw(st.sampled_from(Basis))) for one, other in ends],
        interests=draw(st.dictionaries(st.sampled_from(SOURCES), st.sampled_from(Interest), max_size=3)),
        reviews=draw(st.lists(st.builds(review, st.sampled_from([True, False, None]), st.booleans()), max_size=2)),
        accounts=[account("Another account.", *draw(reports), number=n) for n in range(2, draw(st.integers(2, 4)))],
    )


@given(any_picture())
def test_whatever_the_picture_each_finding_can_be_shown(claim: ClaimPicture) -> None:
    counting = {figure.id for report in claim.asserting for figure in report.figures}
    for rule in RULES:
        findings = list(rule.find(claim))
        flagged = [figure for finding in findings for figure in finding.figures]
        assert set(flagged) <= counting, rule.key
        assert len(flagged) == len(set(flagged)), f"{rule.key} names a figure twice"
        for finding in findings:
            assert_shown(claim, finding)


def assert_shown(claim: ClaimPicture, finding: Finding) -> None:
    assert 0 < len(finding.rows) <= MOST_ROWS
    assert {row.id for row in finding.rows} <= public_ids(claim)
    assert is_sentence(finding.reason), finding.reason
    assert is_sentence(finding.clears_when), finding.clears_when


def is_sentence(text: str) -> bool:
    slips = ("  ", "1 reports", "1 documents", "1 ties", "1 parties", "()", "“”", ": .", "None")
    return text.endswith((".", ".”.")) and text[0] == text[0].upper() and not any(slip in text for slip in slips)


def public_ids(claim: ClaimPicture) -> set[str]:
    own: Iterable[str] = (report.public_id for report in claim.reports)
    figures = (figure.public_id for figure in claim.figures)
    return {*own, *figures, *claim.public_ids.values(), *(other.public_id for other in claim.accounts)}


@given(any_picture())
def test_the_verdict_decides_which_of_the_independence_flags_stands(claim: ClaimPicture) -> None:
    keys = {rule.key for rule in RULES if list(rule.find(claim))}
    several = len(claim.analysis.established_origins) > 1
    match claim.analysis.verdict:
        case Verdict.SINGLE:
            assert keys & {"single_origin", "one_party", "not_examined"} == {
                "one_party" if several else "single_origin"
            }
        case Verdict.UNEXAMINED:
            assert keys & {"single_origin", "one_party", "not_examined"} == {"not_examined"}
        case Verdict.ESTABLISHED:
            assert not keys & {"single_origin", "one_party", "not_examined", "unverified_figure"}
        case Verdict.NOT_ESTABLISHED:
            assert not keys & {"single_origin", "one_party", "not_examined", "interested_party"}
