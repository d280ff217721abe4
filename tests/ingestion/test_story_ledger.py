"""What the story of January 2022 shows of its competing figures: the ledger, its series, and totals that fall."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Engine

from provenance.analysis.tallying import tally_ledger, tally_series
from provenance.answers_ledger import LedgerFigure, TallyLedger
from provenance.moment import Moment
from provenance.quantity import Answer
from provenance.storage.moment import reading_at
from provenance.storage.reads.asked import FlagsAsked
from provenance.storage.reads.flags import flags
from provenance.storage.record import derived_public_id
from provenance.vocabulary import FigureStatus, PointDate, Relation


def id_of(noun: str, key: str) -> str:
    return derived_public_id(noun, "kazakhstan-2022", key)


def seen(story: Engine, tally: str, as_of: datetime | None = None, policy: str = "plain") -> TallyLedger:
    """The ledger of a tally as it was seen at a moment."""
    with reading_at(story, Moment(as_of=as_of)) as session:
        return tally_ledger(session, id_of("tally", tally), policy)


def entry(ledger: TallyLedger, claim: str) -> LedgerFigure:
    return next(figure for figure in ledger.figures if figure.claim == id_of("claim", claim))


FIFTEENTH = datetime(2022, 1, 15, 23, 59, tzinfo=UTC)


def test_on_the_fifteenth_225_stands_and_164_is_retracted_and_not_superseded_in_one_tally(story: Engine) -> None:
    ledger = seen(story, "killed-total", FIFTEENTH)
    standing, retracted = entry(ledger, "killed-225"), entry(ledger, "killed-164")
    assert (standing.text, standing.low, standing.high, standing.status) == ("225", 225, 225, FigureStatus.STANDING)
    assert (retracted.text, retracted.status) == ("164", FigureStatus.RETRACTED)
    assert (retracted.superseded_by, retracted.updated_by) == ([], [])
    assert [party.name for party in retracted.parties if party.established] == ["State of Kazakhstan"]
    assert ledger.as_of == "2022-01-15T23:59:00Z"


def test_225_and_164_are_not_formally_comparable_for_their_pages_state_no_period(story: Engine) -> None:
    ledger = seen(story, "killed-total", FIFTEENTH)
    both = {id_of("claim", "killed-164"), id_of("claim", "killed-225")}
    [pair] = [pair for pair in ledger.pairs if {pair.claim, pair.other} == both]
    assert (pair.answer, pair.field, pair.relation) == (Answer.UNKNOWN, "period", Relation.UNKNOWN)


def test_a_part_is_measured_by_the_whole_and_not_by_a_list_of_its_dead_by_name(story: Engine) -> None:
    ledger = seen(story, "killed-total")
    by_name = [figure.text for figure in ledger.figures if figure.counted == "dead identified by name"]
    assert "188" in by_name
    assert "206" in [figure.text for part in ledger.figures_of_parts for figure in part.figures]
    assert ledger.notes == []


def test_deaths_in_custody_are_another_population(story: Engine) -> None:
    ledger = seen(story, "killed-total")
    both = {id_of("claim", "killed-230"), id_of("claim", "killed-238")}
    [pair] = [pair for pair in ledger.pairs if {pair.claim, pair.other} == both]
    assert (pair.answer, pair.field) == (Answer.NO, "counted")
    assert entry(ledger, "killed-230").superseded_by == [id_of("claim", "killed-232")]


def test_what_came_later_is_not_in_the_ledger_of_the_fifteenth(story: Engine) -> None:
    then, now = seen(story, "killed-total", FIFTEENTH), seen(story, "killed-total")
    later = {figure.claim for figure in now.figures} - {figure.claim for figure in then.figures}
    assert id_of("claim", "killed-238") in later
    assert {figure.claim for figure in then.figures} <= {figure.claim for figure in now.figures}


def test_parts_have_ledgers_of_their_own(story: Engine) -> None:
    parts = {part.tally: part for part in seen(story, "killed-total", FIFTEENTH).figures_of_parts}
    officers = parts[id_of("tally", "killed-security-forces")]
    assert [figure.text for figure in officers.figures] == ["8", "18", "16", "17", "19"]


def test_the_officers_killed_fall_from_18_to_16_and_17_and_only_those_are_flagged_in_that_tally(story: Engine) -> None:
    with reading_at(story, Moment()) as session:
        tally = id_of("tally", "killed-security-forces")
        found = flags(session, FlagsAsked(rule=["falling_cumulative"], tally=tally)).items
    assert {flag.claim for flag in found} == {
        id_of("claim", "officers-killed-16"),
        id_of("claim", "officers-killed-17"),
    }
    assert all("“18”" in flag.reason for flag in found)


def test_the_series_of_the_state_has_its_totals_in_order_and_marks_what_was_replaced(story: Engine) -> None:
    with reading_at(story, Moment()) as session:
        series = tally_series(session, id_of("tally", "killed-security-forces"))
    [state] = [line for line in series.series if line.party == "State of Kazakhstan" and line.established]
    assert [(point.at, point.text) for point in state.points][:5] == [
        ("2022-01-05", "8"),
        ("2022-01-06", "18"),
        ("2022-01-09", "16"),
        ("2022-01-10", "17"),
        ("2022-01-15", "19"),
    ]
    assert {point.dated_by for point in state.points} == {PointDate.GIVEN_FOR}
    assert [(mark.claim, mark.at) for mark in series.corrections] == [
        (id_of("claim", "officers-killed-8"), "2022-01-06")
    ]


def test_a_policy_reads_the_dozens_otherwise_and_no_number(story: Engine) -> None:
    plain, acled = (seen(story, "killed-almaty-5-6-january", policy=policy) for policy in ("plain", "acled"))
    read = {figure.text: (figure.low, figure.high) for figure in plain.figures}
    other = {figure.text: (figure.low, figure.high) for figure in acled.figures}
    assert (read["dozens"], other["dozens"]) == ((24, None), (12, 12))
    assert {text for text in read if read[text] != other[text]} == {"dozens"}
