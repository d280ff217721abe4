"""What is said of a claim that somebody took back, denied or replaced, and of those who repeat it all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from provenance.analysis.picture import ClaimPicture, CorrectionView, Published
from provenance.analysis.rule import Finding
from provenance.analysis.rules import RULES
from provenance.analysis.status import status_of
from provenance.chain import Chains, Span, analyse
from provenance.vocabulary import ClaimStatus, CorrectionKind, DateBasis, DatePrecision, Stance, TieKind
from tests.builders import account, actor_named, correction, picture, report, tie

RULE = {rule.key: rule for rule in RULES}
DISOWNED = correction(CorrectionKind.DISAVOWAL, "Health Ministry", of="Health Ministry")
PART = tie("Health Ministry", TieKind.PART_OF, "State of Kazakhstan")


def found(rule: str, of: ClaimPicture) -> list[Finding]:
    return list(RULE[rule].find(of))


def the(rule: str, of: ClaimPicture) -> Finding:
    [finding] = found(rule, of)
    return finding


def zombies(of: ClaimPicture) -> list[str]:
    """Who published the reports that the rule finds."""
    published = {report.public_id: report.publisher.name for report in of.reports}
    return [published[finding.rows[0].id] for finding in found("zombie", of)]


class TestZombie:
    def test_a_report_of_the_day_after_that_says_nothing_of_the_denial_is_one(self) -> None:
        late = report("Health Ministry", "AP", on="2022-01-10", figure="164")
        claim = picture(report("Health Ministry", "Tass", on="2022-01-08", figure="164"), late, corrections=[DISOWNED])
        finding = the("zombie", claim)
        assert finding.reason == (
            "AP, 2022-01-10, states the claim as it was. The part of the page that was read tells nothing of the "
            "disavowal by Health Ministry (2022-01-09); the page itself is not held here, and its rest may tell of it. "
            "It awaits an editor's confirmation."
        )
        assert [(row.noun, row.id) for row in finding.rows] == [("report", "rep_1002"), ("correction", "cor_1")]
        assert finding.figures == (claim.reports[1].figures[0].id,)

    @pytest.mark.parametrize(
        "day",
        [
            pytest.param("2022-01-08", id="the day before"),
            pytest.param("2022-01-09", id="the same day, which may be before or after"),
            pytest.param(None, id="no date"),
        ],
    )
    def test_a_report_that_may_be_older_than_the_denial_is_not_one(self, day: str | None) -> None:
        assert not zombies(picture(report("Health Ministry", "AP", on=day), corrections=[DISOWNED]))

    @pytest.mark.parametrize("stance", [Stance.DENIES, Stance.RETRACTS, Stance.QUESTIONS])
    def test_a_page_that_also_tells_of_the_denial_is_not_one(self, stance: Stance) -> None:
        repeats = report("Health Ministry", "AP", on="2022-01-10", document="doc_page")
        tells = report("Health Ministry", "AP", on="2022-01-10", document="doc_page", stance=stance, figure=None)
        other = report("Health Ministry", "Interfax", on="2022-01-10")
        assert zombies(picture(repeats, tells, other, corrections=[DISOWNED])) == ["Interfax"]

    def test_the_page_that_carries_a_correction_is_not_one(self) -> None:
        carried = replace(DISOWNED, document="doc_page")
        page = report("Health Ministry", "AP", on="2022-01-10", document="doc_page")
        assert not zombies(picture(page, corrections=[carried]))

    def test_a_report_that_only_mentions_the_claim_is_not_one(self) -> None:
        mention = report("Health Ministry", "AP", on="2022-01-10", stance=Stance.MENTIONS)
        assert not zombies(picture(mention, corrections=[DISOWNED]))

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (CorrectionKind.RETRACTION, ["AP"]),
            (CorrectionKind.CORRECTION, ["AP"]),
            (CorrectionKind.DENIAL, ["AP"]),
            (CorrectionKind.DISAVOWAL, ["AP"]),
            (CorrectionKind.SUPERSESSION, []),
        ],
    )
    def test_whatever_withdraws_or_denies_makes_zombies_a_later_toll_makes_none(
        self, kind: CorrectionKind, expected: list[str]
    ) -> None:
        late = report("Health Ministry", "AP", on="2022-01-10")
        assert zombies(picture(late, corrections=[correction(kind, "Health Ministry")])) == expected

    @pytest.mark.parametrize(
        "told",
        [
            pytest.param({"applies": False}, id="not certainly in effect at the moment asked about"),
            pytest.param({"of_claim": False, "target_document": 7}, id="of one document only"),
            pytest.param({"of_claim": False, "attribution": 7}, id="of one hop only"),
            pytest.param({"took_effect": Published(None, DatePrecision.UNKNOWN)}, id="at an unknown time"),
        ],
    )
    def test_a_correction_that_is_not_surely_one_of_the_claim_by_then_makes_none(self, told: dict[str, object]) -> None:
        late = report("Health Ministry", "AP", on="2022-01-10")
        assert not zombies(picture(late, corrections=[replace(DISOWNED, **told)]))  # type: ignore[arg-type]

    def test_who_has_it_from_somebody_else_repeats_nothing_that_was_disowned(self) -> None:
        counted_itself = report("United Nations", "Tass", on="2022-01-10")
        from_the_state = report("State of Kazakhstan", "Interfax", on="2022-01-10")
        from_nobody = report("Die Welt", on="2022-01-10")
        claim = picture(counted_itself, from_the_state, from_nobody, ties=[PART], corrections=[DISOWNED])
        assert zombies(claim) == ["Interfax", "Die Welt"]

    def test_an_editor_confirms_or_dismisses_each_by_itself(self) -> None:
        claim = picture(
            *(report("Health Ministry", outlet, on="2022-01-10") for outlet in ("AP", "Tass", "RIA")),
            corrections=[DISOWNED],
        )
        judged = [
            replace(one, judged_zombie=said) for one, said in zip(claim.reports, (True, False, None), strict=True)
        ]
        claim = replace(claim, reports=tuple(judged))
        assert zombies(claim) == ["AP", "RIA"]
        confirmed, waiting = found("zombie", claim)
        assert confirmed.reason.endswith("An editor has confirmed it.")
        assert waiting.reason.endswith("It awaits an editor's confirmation.")

    def test_it_says_when_the_page_was_retrieved_and_that_its_date_was_concluded(self) -> None:
        claim = picture(report("Health Ministry", "AP", on="2022-01-10"), corrections=[DISOWNED])
        [page] = claim.reports
        dated = replace(page.published, basis=DateBasis.INFERRED)
        page = replace(page, retrieved_at=datetime(2026, 3, 1, 8, tzinfo=UTC), published=dated, text_held=True)
        assert the("zombie", replace(claim, reports=(page,))).reason == (
            "AP, 2022-01-10, states the claim as it was and, as retrieved at 2026-03-01T08:00:00Z, tells nothing of "
            "the disavowal by Health Ministry (2022-01-09). Its date was concluded from its content. It awaits an "
            "editor's confirmation."
        )

    def test_it_calls_no_page_silent_of_which_no_text_is_held(self) -> None:
        claim = picture(report("Health Ministry", "AP", on="2022-01-10"), corrections=[DISOWNED])
        page = replace(claim.reports[0], retrieved_at=datetime(2026, 3, 1, 8, tzinfo=UTC))
        said = the("zombie", replace(claim, reports=(page,))).reason
        part = (
            "The part of the page that was read, as retrieved at 2026-03-01T08:00:00Z, tells nothing of the disavowal"
        )
        assert part in said
        assert "; the page itself is not held here, and its rest may tell of it." in said


class TestRetracted:
    def test_it_counts_the_reports_that_lose_all_support(self) -> None:
        claim = picture(
            report("Interior Ministry", "Tass", cut=True),
            report("Interior Ministry", "AP", cut=True, also=[("United Nations", "AP")]),
            report("United Nations", "Die Welt"),
            report("RIA"),
            corrections=[correction(CorrectionKind.RETRACTION, "Interior Ministry", remains="That people died.")],
        )
        finding = the("retracted", _uncut(claim, "United Nations"))
        assert finding.reason == (
            "It was taken back: the retraction by Interior Ministry (2022-01-09). 1 of 4 reports loses all support by "
            "that; 2 reports still have support. What remains, as recorded: “That people died”."
        )
        assert [row.id for row in finding.rows] == ["cor_1", "rep_1001"]

    def test_a_withdrawal_that_may_not_have_happened_yet_is_not_told(self) -> None:
        pending = correction(CorrectionKind.RETRACTION, "Health Ministry", applies=False)
        assert not found("retracted", picture(report("Health Ministry", "AP"), corrections=[pending]))

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({"target_document": 7, "of_claim": False}, ", of one document."),
            ({"attribution": 7, "of_claim": False}, ", of one hop."),
            (
                {"upstream": actor_named("Khabar 24"), "downstream": actor_named("Tass")},
                ", of what Khabar 24 is said to have stated through Tass.",
            ),
        ],
    )
    def test_it_says_what_exactly_was_taken_back(self, told: dict[str, object], words: str) -> None:
        taken = replace(correction(CorrectionKind.CORRECTION, "Tass"), **told)  # type: ignore[arg-type]
        finding = the("retracted", picture(report("Khabar 24", "Tass"), corrections=[taken]))
        assert f"the correction by Tass (2022-01-09){words} No report loses" in finding.reason

    def test_a_time_between_two_days_is_told_as_both(self) -> None:
        night = Span(datetime(2022, 1, 9, 15, 33, tzinfo=UTC), datetime(2022, 1, 10, 8, 29, tzinfo=UTC))
        taken = correction(
            CorrectionKind.RETRACTION, "Health Ministry", took_effect=Published(night, DatePrecision.DAY)
        )
        finding = the("retracted", picture(report("Health Ministry", "AP"), corrections=[taken]))
        assert "by Health Ministry (between 2022-01-09 and 2022-01-10)" in finding.reason


class TestSuperseded:
    def test_it_names_what_took_its_place(self) -> None:
        later = account("Eighteen officers were killed.", report("Interior Ministry", "Tass", figure="18"))
        replaced = correction(CorrectionKind.SUPERSESSION, "Interior Ministry", "2022-01-07", superseded_by=2)
        claim = picture(report("Interior Ministry", "AP", figure="8"), accounts=[later], corrections=[replaced])
        finding = the("superseded", claim)
        assert finding.reason == (
            "A later statement took its place: the supersession by Interior Ministry (2022-01-07), by “Eighteen "
            "officers were killed”."
        )
        assert [(row.noun, row.id) for row in finding.rows] == [("correction", "cor_1"), ("claim", "clm_2")]
        assert finding.figures == (claim.figures[0].id,)

    def test_a_replacement_that_nobody_recorded_is_not_made_up(self) -> None:
        replaced = correction(CorrectionKind.SUPERSESSION, "Interior Ministry")
        finding = the("superseded", picture(report("Interior Ministry", "AP"), corrections=[replaced]))
        assert finding.reason.endswith(
            "the supersession by Interior Ministry (2022-01-09); which claim is not recorded."
        )

    def test_a_retraction_replaces_nothing(self) -> None:
        taken = correction(CorrectionKind.RETRACTION, "Interior Ministry")
        assert not found("superseded", picture(report("Interior Ministry", "AP"), corrections=[taken]))


class TestDisputedAttribution:
    def test_a_source_that_disowns_what_reports_have_from_it(self) -> None:
        claim = picture(
            report("Health Ministry", "Khabar 24", "AP"),
            report("Health Ministry", "Tass"),
            report("RIA"),
            corrections=[DISOWNED],
        )
        finding = the("disputed_attribution", claim)
        assert finding.reason == (
            "2 of 3 reports have it from Health Ministry; against that stands the disavowal by Health Ministry "
            "(2022-01-09). Both readings stay."
        )
        assert [row.id for row in finding.rows] == ["cor_1", "rep_1001", "rep_1002"]

    def test_a_denial_that_conflicts_with_what_the_source_itself_published(self) -> None:
        denied = correction(CorrectionKind.DENIAL, "Interior Ministry")
        finding = the("disputed_attribution", picture(report("Interior Ministry"), report("RIA"), corrections=[denied]))
        assert finding.reason.startswith("1 document that Interior Ministry published states it; against that stands")

    @pytest.mark.parametrize("kind", [CorrectionKind.RETRACTION, CorrectionKind.SUPERSESSION])
    def test_who_takes_it_back_does_not_dispute_that_it_was_said(self, kind: CorrectionKind) -> None:
        claim = picture(report("Health Ministry", "AP"), corrections=[correction(kind, "Health Ministry")])
        assert not found("disputed_attribution", claim)

    def test_a_denial_by_somebody_whom_no_report_names_disputes_no_attribution(self) -> None:
        denied = correction(CorrectionKind.DENIAL, "Interior Ministry")
        assert not found("disputed_attribution", picture(report("Health Ministry", "AP"), corrections=[denied]))

    def test_reports_whose_hop_an_editor_cut_are_settled(self) -> None:
        claim = picture(report("Health Ministry", "AP", cut=True), corrections=[DISOWNED])
        assert not found("disputed_attribution", claim)


class TestOrderAndCircles:
    def test_two_agencies_that_have_it_from_each_other(self) -> None:
        claim = picture(report("Khabar 24", "Tass"), report("Tass", "Khabar 24"), report("Interior Ministry", "AP"))
        finding = the("circular", claim)
        assert "2 reports lead in a circle" in finding.reason
        assert "Khabar 24 → Tass → Khabar 24" in finding.reason
        assert [row.id for row in finding.rows] == ["rep_1001", "rep_1002"]

    def test_a_straight_line_is_no_circle(self) -> None:
        assert not found("circular", picture(report("Interior Ministry", "Khabar 24", "Tass"), report("Tass", "AP")))

    def test_nobody_quotes_what_is_not_out_yet(self) -> None:
        early, late = report("Khabar 24", "Tass", on="2022-01-06"), report("Khabar 24", on="2022-01-07")
        finding = the("impossible_order", picture(early, late))
        assert finding.reason == (
            "1 of 2 reports was published before the source that it names published anything on this claim in what is "
            "held: Khabar 24 first on 2022-01-07."
        )
        assert [row.id for row in finding.rows] == ["rep_1001"]

    def test_the_same_day_may_be_in_order(self) -> None:
        assert not found("impossible_order", picture(report("Khabar 24", "Tass"), report("Khabar 24")))


class TestTextChanged:
    def test_it_says_whether_the_later_text_still_states_the_claim(self) -> None:
        claim = picture(
            report("Interior Ministry", "AP", document="doc_old"),
            report("Interior Ministry", "AP", document="doc_new"),
            report("Interior Ministry", "Tass", document="doc_gone"),
        )
        changed = {"doc_old": "doc_new", "doc_gone": "doc_later"}
        reports = (replace(one, superseded_by=changed.get(one.document_public_id)) for one in claim.reports)
        finding = the("text_changed", replace(claim, reports=tuple(reports)))
        assert finding.reason == (
            "2 of 3 reports were read from a text that was changed afterwards under the same address; for 1 of them "
            "the later text is known to state the claim too."
        )
        assert [(row.noun, row.id) for row in finding.rows] == [
            ("report", "rep_1001"),
            ("report", "rep_1003"),
            ("document", "doc_new"),
            ("document", "doc_later"),
        ]

    def test_a_text_that_stayed_is_not_found(self) -> None:
        assert not found("text_changed", picture(report("Interior Ministry", "AP")))


RETRACTED = correction(CorrectionKind.RETRACTION, "Health Ministry")
CORRECTED = correction(CorrectionKind.CORRECTION, "Health Ministry", "2022-01-11")
REPLACED = correction(CorrectionKind.SUPERSESSION, "Health Ministry", "2022-01-15")


class TestStatus:
    @pytest.mark.parametrize(
        ("corrections", "status"),
        [
            pytest.param([], ClaimStatus.STANDING, id="nobody did anything"),
            pytest.param([REPLACED], ClaimStatus.SUPERSEDED, id="replaced"),
            pytest.param([DISOWNED], ClaimStatus.DENIED, id="disowned"),
            pytest.param([DISOWNED, RETRACTED], ClaimStatus.RETRACTED, id="disowned and taken back"),
            pytest.param([RETRACTED, DISOWNED], ClaimStatus.RETRACTED, id="whichever is recorded first"),
            pytest.param([RETRACTED, REPLACED], ClaimStatus.RETRACTED, id="a later toll gives back nothing"),
            pytest.param([RETRACTED, CORRECTED], ClaimStatus.CORRECTED, id="taken back, then corrected by the same"),
            pytest.param(
                [correction(CorrectionKind.RETRACTION, "Health Ministry", "2022-01-12"), CORRECTED],
                ClaimStatus.RETRACTED,
                id="corrected, then taken back",
            ),
            pytest.param(
                [RETRACTED, correction(CorrectionKind.CORRECTION, "Tass", "2022-01-11")],
                ClaimStatus.RETRACTED,
                id="a carrier's correction does not undo the originator's retraction",
            ),
            pytest.param(
                [RETRACTED, correction(CorrectionKind.CORRECTION, "Health Ministry", None)],
                ClaimStatus.RETRACTED,
                id="nobody knows when it was corrected",
            ),
            pytest.param(
                [correction(CorrectionKind.DENIAL, "Health Ministry")], ClaimStatus.DENIED, id="denied by its origin"
            ),
            pytest.param(
                [correction(CorrectionKind.DENIAL, "United Nations")], ClaimStatus.DISPUTED, id="denied by another"
            ),
        ],
    )
    def test_the_weightiest_word_of_each_source_counts(
        self, corrections: list[CorrectionView], status: ClaimStatus
    ) -> None:
        assert status_of(corrections, picture(report("Health Ministry", "AP")).analysis) is status


def _uncut(claim: ClaimPicture, source: str) -> ClaimPicture:
    """The same with the hops from this source whole, as though only the others' had been taken back."""
    key = actor_named(source).id
    whole = tuple(
        replace(
            one.declared,
            hops=tuple(replace(hop, cut=None) if hop.upstream == key else hop for hop in one.declared.hops),
        )
        for one in claim.reports
    )
    reports = tuple(replace(one, declared=declared) for one, declared in zip(claim.reports, whole, strict=True))
    return replace(claim, reports=reports, analysis=analyse(Chains(claim.actors, whole, claim.ties)))
