"""A running total that one party lets fall is flagged; what explains the fall, or may, is left alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from provenance.analysis.picture import Account, ClaimPicture
from provenance.analysis.rule import Finding
from provenance.analysis.rules.falling_cumulative import RULE
from provenance.vocabulary import ClaimStatus, TieKind
from tests.builders import Says, account, picture, report, tie

SERIES = {"18": "2022-01-06", "16": "2022-01-09", "17": "2022-01-10", "19": "2022-01-15"}


def given_out(
    figure: str, on: str | None = None, chain: tuple[str, ...] = ("Interior Ministry", "Tass"), **more: Any
) -> Says:
    return report(*chain, figure=figure, on=on or SERIES.get(figure, "2022-01-09"), **more)


def other(said: Says, number: int = 2) -> Account:
    return account(f"{said.figure} were killed.", said, number=number)


def found(claim: ClaimPicture) -> Finding | None:
    findings = list(RULE.find(claim))
    assert len(findings) <= 1
    return findings[0] if findings else None


def among_the_series(figure: str) -> Finding | None:
    """What is found in one claim of 18, 16, 17, 19."""
    others = [other(given_out(each), number) for number, each in enumerate(SERIES, 2) if each != figure]
    return found(picture(given_out(figure), accounts=others))


def test_in_18_16_17_19_the_two_that_fall_below_the_18_are_found() -> None:
    assert [figure for figure in SERIES if among_the_series(figure)] == ["16", "17"]


def test_it_names_both_figures() -> None:
    finding = among_the_series("16")
    assert finding is not None
    assert finding.reason == (
        "“16” is smaller than 1 total that the same party gave before it, though each total of this count includes the "
        "earlier ones: “18” in “18 were killed.”. Nobody recorded that it corrects or replaces that total."
    )
    assert [(row.noun, row.shows) for row in finding.rows] == [("claim", "“18”, 1 document"), ("figure", "“16”")]
    assert len(finding.figures) == 1


@pytest.mark.parametrize(
    "status", [ClaimStatus.SUPERSEDED, ClaimStatus.CORRECTED, ClaimStatus.RETRACTED, ClaimStatus.DENIED]
)
def test_a_fall_that_somebody_recorded_is_explained(status: ClaimStatus) -> None:
    larger = replace(other(given_out("18")), status=status)
    assert found(picture(given_out("16"), accounts=[larger])) is None
    assert found(picture(given_out("16"), accounts=[other(given_out("18"))], status=status)) is None


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        pytest.param(given_out("16"), given_out("18", chain=("Eyewitness", "AP")), id="another party"),
        pytest.param(given_out("16", on="2022-01-06"), given_out("18"), id="the same day, either may be first"),
        pytest.param(given_out("16", on="2022-01-05"), given_out("18"), id="it came before"),
        pytest.param(given_out("16", cumulative=False), given_out("18", cumulative=False), id="no running total"),
        pytest.param(
            given_out("16", cumulative=None), given_out("18", cumulative=None), id="not known whether it runs"
        ),
        pytest.param(given_out("16", counted="officers"), given_out("18"), id="others are counted"),
        pytest.param(given_out("at least 16"), given_out("18"), id="it may be more"),
        pytest.param(given_out("16"), given_out("dozens", on="2022-01-06"), id="a word that one policy reads as 12"),
        pytest.param(given_out("16"), given_out("18", cut=True), id="withdrawn"),
        pytest.param(given_out("16", chain=("Die Welt",)), given_out("18", chain=("Die Welt",)), id="of nobody"),
    ],
)
def test_it_is_not_said_to_fall_where(mine: Says, theirs: Says) -> None:
    assert found(picture(mine, accounts=[other(theirs)])) is None


def test_a_part_does_not_fall_below_its_whole() -> None:
    whole = replace(other(given_out("18")), in_same_tally=False)
    assert found(picture(given_out("16"), accounts=[whole])) is None


def test_tied_sources_are_one_party() -> None:
    ties = [tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")]
    before = picture(given_out("18", chain=("Almaty police", "Tass")), ties=ties, number=2)
    earlier = Account(2, "clm_2", "18 were killed.", before.figures, before.analysis, 1)
    assert found(picture(given_out("16", chain=("Saltanat Azirbek", "AP")), ties=ties, accounts=[earlier]))


def test_a_missing_period_excuses_nobody_from_his_own_running_total() -> None:
    earlier = other(given_out("18", period=None))
    assert found(picture(given_out("16", period=None), accounts=[earlier]))
