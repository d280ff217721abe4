"""Which claims share words with a text, on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from provenance.analysis.knowing import matches
from provenance.analysis.matching.wanted import Wanted, wanted_from
from provenance.errors import InvalidInput
from provenance.storage.claim import ClaimChange, ClaimCreate
from provenance.storage.merge import MergeCreate
from provenance.storage.reads import candidates as module
from provenance.storage.reads.asked import Included
from provenance.storage.reads.candidates import Frequency, Sought, candidates, frequencies, newest_claim
from provenance.storage.reads.known import known_claims
from provenance.storage.session import reading, writing
from provenance.storage.writes.claims import change_claim, create_claim
from provenance.storage.writes.merging import merge_claims
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState, Visibility
from tests.records import Desk

DOZENS = "Dozens of attackers were eliminated in Almaty."
TEN = "About ten people were killed in Almaty."
AIRPORT = "The airport was seized by attackers."


def tell(engine: Engine, *texts: str) -> list[str]:
    """Write claims; their public ids."""
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        return [desk.claim(text).public_id for text in texts]


def texts(session: Session, *sought: Sought, limit: int = 10, weights: dict[Sought, float] | None = None) -> list[str]:
    """The texts of the candidates, the best first."""
    frequent = dict(zip(sought, frequencies(session, sought), strict=True))
    found = candidates(session, weights or dict.fromkeys(sought, 1.0), frequent, limit)
    return [claim.text for claim in known_claims(session, [one.key for one in found])]


def test_the_claim_that_shares_most_weight_comes_first(engine: Engine) -> None:
    tell(engine, TEN, DOZENS, AIRPORT)
    attackers, almaty = Sought(("attackers",)), Sought(("almaty",))

    with reading(engine) as session:
        assert texts(session, attackers, almaty) == [DOZENS, TEN, AIRPORT]
        assert texts(session, attackers, almaty, limit=1) == [DOZENS]
        assert texts(session, attackers, almaty, weights={attackers: 0.5, almaty: 2.0}) == [DOZENS, TEN, AIRPORT]
        assert texts(session, attackers, almaty, weights={attackers: 2.0, almaty: 0.5}) == [DOZENS, AIRPORT, TEN]


def test_words_are_found_whole_and_as_beginnings(engine: Engine) -> None:
    tell(engine, TEN, DOZENS, AIRPORT)

    with reading(engine) as session:
        assert texts(session, Sought(("attack",))) == []
        assert texts(session, Sought(("attack",), "attack")) == [DOZENS, AIRPORT]
        assert texts(session, Sought(("10", "ten"))) == [TEN]


def test_claims_alone_are_counted_and_found(engine: Engine) -> None:
    tell(engine, DOZENS)
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        desk.event("Attackers in Almaty")
        desk.document("Tass", title="Attackers eliminated", text="Attackers were eliminated in Almaty.")

    with reading(engine) as session:
        [counted, nowhere] = frequencies(session, [Sought(("attackers",)), Sought(("nowhere",))])

        assert (counted.claims, nowhere.claims) == (1, 0)
        assert texts(session, Sought(("attackers",))) == [DOZENS]


def test_nothing_is_found_by_no_words_and_by_words_that_nobody_has(engine: Engine) -> None:
    tell(engine, DOZENS)

    with reading(engine) as session:
        assert frequencies(session, []) == []
        assert texts(session) == texts(session, Sought(("nowhere",))) == []


def test_common_words_are_left_out_beside_rare_ones(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ALWAYS", 1)
    monkeypatch.setattr(module, "ENTRIES", 2)
    tell(engine, *(f"Attackers were seen on day {day}." for day in range(5)), AIRPORT)

    with reading(engine) as session:
        assert texts(session, Sought(("airport",)), Sought(("attackers",))) == [AIRPORT]
        assert len(texts(session, Sought(("attackers",)))) == 6


def test_of_a_common_word_the_newest_entries_are_looked_at(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COUNTED", 3)
    tell(engine, *(f"Attackers were seen on day {day}." for day in range(5)))

    with reading(engine) as session:
        assert frequencies(session, [Sought(("attackers",))])[0].claims == 3
        assert len(texts(session, Sought(("attackers",)))) == 3


def test_a_claim_is_found_by_what_it_says_now_and_by_what_was_merged_into_it(engine: Engine) -> None:
    kept, gone = tell(engine, DOZENS, "Several troublemakers were neutralised.")
    with writing(engine) as session:
        writer = Writer(session, "a tester")
        merge_claims(writer, gone, MergeCreate(into=kept))
        change_claim(writer, kept, ClaimChange.model_validate({"text": "Dozens of rioters were eliminated in Almaty."}))

    with reading(engine) as session:
        [match] = matches(session, wanted_from("Several troublemakers neutralised"))

        assert match.known.id == kept
        assert texts(session, Sought(("attackers",))) == []


def test_claims_of_the_event_that_is_named_are_looked_at_however_many_others_share_words(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("provenance.analysis.knowing.BY_WORDS", 1)
    tell(engine, "Shots were heard at the airport today.")
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        other = desk.event("Another night")
        create_claim(desk.writer, ClaimCreate(text="Shots were heard.", event=other.public_id))

    with reading(engine) as session:
        found = matches(session, Wanted("Shots heard at the airport today", event=other.public_id))

        assert {match.known.event_title for match in found} == {"Another night", "Night of 5 January 2022 in Almaty"}
        with pytest.raises(InvalidInput, match="there is no event 'evt_a'"):
            matches(session, Wanted("Shots heard", event="evt_a"))


def test_only_what_counts_is_compared(engine: Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        claim = desk.claim(DOZENS, desk.tally())
        desk.report(claim, "Saltanat Azirbek", "Khabar 24", "Tass", figures=["dozens"])
        desk.report(claim, "Almaty police", "Interfax", figures=["26"], state=ReportState.PROPOSED)
        desk.report(claim, "Eyewitness", "Die Zeit", figures=["8"], state=ReportState.REJECTED)
        hidden = desk.claim(AIRPORT)
        hidden.visibility = Visibility.DESK

    with reading(engine) as session:
        [accepted] = known_claims(session, [claim.key, hidden.key])
        [proposed] = known_claims(session, [claim.key], Included.PROPOSED)

    assert [figure.text for figure in accepted.figures] == ["dozens"]
    assert accepted.sources == {"Saltanat Azirbek", "Khabar 24", "Tass"}
    assert {figure.text for figure in proposed.figures} == {"dozens", "26"}
    assert proposed.sources == accepted.sources | {"Almaty police", "Interfax"}


def test_what_a_tally_counts_is_said_of_the_figures_of_its_claims(engine: Engine) -> None:
    with writing(engine) as session:
        desk = Desk(Writer(session, "a tester"))
        desk.report(desk.claim("Twenty-six armed men.", desk.tally()), "Almaty police", "Tass", figures=["26"])

    with reading(engine) as session:
        [match] = matches(session, wanted_from("Eight armed men were killed"))

    assert match.same == "different"
    assert "Both count the killed." in match.reasons


def test_a_question_takes_six_statements_however_many_words_and_claims(engine: Engine) -> None:
    tell(engine, DOZENS, TEN, AIRPORT)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))

    with reading(engine) as session:
        matches(session, wanted_from("Dozens of attackers were killed at the airport of Almaty, and ten people"))

    assert len([statement for statement in asked if "SELECT" in statement]) == 6


def test_there_are_about_as_many_claims_as_the_newest_key_says(engine: Engine) -> None:
    with reading(engine) as session:
        assert newest_claim(session) == 0
    tell(engine, DOZENS, TEN)
    with reading(engine) as session:
        assert newest_claim(session) >= 2


def test_a_frequency_of_nowhere_has_no_entries() -> None:
    assert Frequency(0, 0) == module.NOWHERE
