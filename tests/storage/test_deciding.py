"""What becomes of proposals: what is accepted with them, what goes with them, and what is kept of each decision."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col

from provenance.analysis.deciding import decide_many
from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.errors import Conflict, InvalidInput, Moved, NotFound, ProvenanceError
from provenance.moment import Moment
from provenance.storage.claim import Claim, ClaimChange, ClaimCreate
from provenance.storage.deciding import (
    MOST_AT_ONCE,
    DecisionCreate,
    DecisionsCreate,
    ProposalFilter,
    ProposalMerge,
    ProposalPart,
    ProposalSplit,
)
from provenance.storage.desk import DeskItemChange, DeskNoteCreate
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.history import change_id
from provenance.storage.merge import MergeCreate
from provenance.storage.moment import reading_at
from provenance.storage.proposal import Decision
from provenance.storage.reads.asked import ReportsAsked
from provenance.storage.reads.asked_decisions import DecisionsAsked, StatsAsked
from provenance.storage.reads.claims import claim_detail
from provenance.storage.reads.decisions import decisions, extraction_stats
from provenance.storage.reads.desk import claim_desk
from provenance.storage.reads.everything import search
from provenance.storage.reads.figures import figure_detail
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.replaying import mismatches
from provenance.storage.reads.reports import details_in, report_detail, reports
from provenance.storage.record import Record
from provenance.storage.report import Report, ReportChange
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.storage.writes.claims import change_claim, create_claim
from provenance.storage.writes.deciding import accept_report, edit_report, reject_report
from provenance.storage.writes.desk import add_note, change_desk
from provenance.storage.writes.merging import merge_claims
from provenance.storage.writes.moving import current_rows
from provenance.storage.writes.reassigning import merge_report, split_report
from provenance.storage.writes.undoing import undo
from provenance.vocabulary import Decided, ReportState
from tests.analysis.test_random_programs import empty
from tests.proposals import CHAIN, DOZENS, EVENT, FOUR, Machine
from tests.records import Desk

WHY = DecisionCreate()


def proposed(engine: Engine, *texts: str, **more: Any) -> list[str]:
    """Reports that wait, one for each claim, all of one document; their ids."""
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        document = machine.document()
        return [
            machine.report(machine.claim(text), document=document, **more).public_id
            for text in texts or (f"{DOZENS}.",)
        ]


def accepted(engine: Engine, public_id: str, who: str = "an editor", why: str | None = None) -> None:
    with recording(engine, who, why) as writer:
        accept_report(writer, public_id, WHY)


def states(engine: Engine, table: type[Record]) -> list[str]:
    """The states of all rows of a table that hold."""
    with reading(engine) as session:
        return [str(row.state) for row in current_rows(session, table)]  # type: ignore[attr-defined]


def kept(engine: Engine) -> list[tuple[str, str | None]]:
    """What was decided, and the fields that were put right, in that order."""
    with reading(engine) as session:
        return [(str(one.kind), one.changed) for one in current_rows(session, Decision)]


def titles(engine: Engine) -> list[str]:
    """The titles of the events that a person stands behind."""
    with reading(engine) as session:
        return [event.title for event in current_rows(session, Event, col(Event.state) == ReportState.ACCEPTED)]


def sound(engine: Engine) -> None:
    """What ``provenance verify`` proves."""
    with reading(engine) as session:
        assert not unbroken(session).breaks
        assert list(mismatches(session)) == []
        assert [one for one in differences(session) if not one.stale] == []


def test_accepting_a_proposal_accepts_what_it_speaks_of(engine: Engine) -> None:
    [report] = proposed(engine)
    accepted(engine, report, why="it stands there")

    assert states(engine, Report) == states(engine, Claim) == states(engine, Event) == ["accepted"]
    assert set(states(engine, Source)) == {"accepted"}
    with reading(engine) as session:
        detail = report_detail(session, report)
        assert claim_detail(session, detail.claim).documents == 1
        [note] = detail.decisions
        assert (note.kind, note.by, note.why, note.changed) == (Decided.ACCEPT, "an editor", "it stands there", [])
        assert [item.id for item in search(session, "eliminated").claims] == [detail.claim]
    sound(engine)


def test_what_a_proposal_shares_with_another_one_is_accepted_and_the_other_still_waits(engine: Engine) -> None:
    first, second = proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    accepted(engine, first)

    assert sorted(states(engine, Report)) == sorted(states(engine, Claim)) == ["accepted", "proposed"]
    with reading(engine) as session:
        assert report_detail(session, second).state is ReportState.PROPOSED


def test_a_rejected_proposal_stays_and_takes_along_what_nothing_else_speaks_of(engine: Engine) -> None:
    [report] = proposed(engine)
    with reading(engine) as session:
        before = report_detail(session, report)
    with recording(engine, "an editor") as writer:
        reject_report(writer, report, WHY)

    assert states(engine, Report) == ["rejected"]
    assert states(engine, Claim) == states(engine, Event) == []
    with reading(engine) as session:
        after = report_detail(session, report)
        assert (after.state, after.chains, after.claim_text) == (ReportState.REJECTED, [list(CHAIN)], before.claim_text)
        assert [item.id for item in reports(session, ReportsAsked(state=ReportState.REJECTED)).items] == [report]
        # The publisher is that of a document that is held.
        assert [source.name for source in current_rows(session, Source)] == ["Tass"]
        with pytest.raises(NotFound):
            claim_detail(session, after.claim)
        with pytest.raises(NotFound):
            figure_detail(session, before.figures[0].id)
    sound(engine)


def test_a_claim_that_another_proposal_states_outlives_the_rejection_of_one(engine: Engine) -> None:
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        first = machine.report().public_id
        machine.report(None, *CHAIN[:-1], "Interfax")
    with recording(engine, "an editor") as writer:
        reject_report(writer, first, WHY)

    assert states(engine, Claim) == states(engine, Event) == ["proposed"]
    assert len(states(engine, Source)) == 4


def test_a_claim_that_a_person_reviewed_is_accepted_when_its_last_proposal_is_rejected(engine: Engine) -> None:
    with recording(engine, "a machine") as writer:
        report = Machine(writer).report()
        public_id = report.public_id
    with recording(engine, "an editor") as writer:
        Desk(writer).review(writer.session.get_one(Claim, report.claim_id))
        reject_report(writer, public_id, WHY)

    assert states(engine, Claim) == ["accepted"]
    assert EVENT in titles(engine)
    sound(engine)


@pytest.mark.parametrize("into", ["proposed", "known"])
def test_a_claim_that_stands_for_an_accepted_one_is_accepted(engine: Engine, into: str) -> None:
    [report] = proposed(engine)
    with recording(engine, "an editor") as writer:
        desk = Desk(writer)
        waiting = current_rows(writer.session, Claim)[0]
        [event] = current_rows(writer.session, Event)
        given = ClaimCreate(text="Tens of attackers died.", event=event.public_id)
        known = create_claim(writer, given)
        desk.report(known, *CHAIN[:-1], "Interfax")
        gone, kept = (known, waiting) if into == "proposed" else (waiting, known)
        merge_claims(writer, gone.public_id, MergeCreate(into=kept.public_id))

    assert states(engine, Claim) == states(engine, Event) == ["accepted"]
    accepted(engine, report)
    sound(engine)


def test_what_is_decided_is_not_decided_again(engine: Engine) -> None:
    [report] = proposed(engine)
    accepted(engine, report)

    for decide in (accept_report, reject_report):
        with pytest.raises(Conflict, match="accepted already, decided by an editor"), recording(engine, "x") as writer:
            decide(writer, report, WHY)


def test_undoing_a_decision_brings_back_what_waited(engine: Engine) -> None:
    first, second = proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    changes = []
    for act, public_id in ((accept_report, first), (reject_report, second)):
        with recording(engine, "an editor") as writer:
            act(writer, public_id, WHY)
            changes.append(change_id(writer.at))
    for change in reversed(changes):
        with recording(engine, "an editor") as writer:
            undo(writer, change)

    assert states(engine, Report) == states(engine, Claim) == ["proposed", "proposed"]
    assert set(states(engine, Event) + states(engine, Source)) == {"proposed"}
    assert kept(engine) == []
    sound(engine)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        pytest.param({"quote": "Dozens of attackers"}, "quote", id="other words"),
        pytest.param({"stance": "denies"}, "stance", id="another stance"),
        pytest.param({"hedge": "reportedly"}, "hedge", id="a hedge"),
        pytest.param({"said": "2022-01-06"}, "said", id="when it was said"),
        pytest.param({"figures": []}, "figures", id="no figure"),
        pytest.param({"attributions": []}, "attributions", id="no hop"),
        pytest.param({"note": "seen"}, None, id="a note puts nothing right"),
        pytest.param({"stance": "asserts"}, None, id="the same again"),
    ],
)
def test_an_edit_keeps_which_field_was_put_right(engine: Engine, change: dict[str, Any], field: str | None) -> None:
    [report] = proposed(engine)
    with recording(engine, "an editor") as writer:
        edit_report(writer, report, ReportChange.model_validate(change))
    accepted(engine, report)

    assert kept(engine) == [*([("edit", field)] if field else []), ("accept", field)]
    sound(engine)


def test_what_is_edited_back_was_right(engine: Engine) -> None:
    [report] = proposed(engine)
    for stance in ("denies", "asserts"):
        with recording(engine, "an editor") as writer:
            edit_report(writer, report, ReportChange.model_validate({"stance": stance}))
    accepted(engine, report)

    assert kept(engine) == [("edit", "stance"), ("edit", "stance"), ("accept", None)]


def test_the_words_of_a_proposed_claim_are_the_machines_and_those_of_a_known_one_are_not(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        known = Desk(writer).claim("Attackers died.").public_id
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        ids = [machine.report(machine.claim("Attackers died.")).public_id, machine.report().public_id]
        own = writer.session.get_one(Claim, machine.report(quote=FOUR, figures=()).claim_id).public_id
    with recording(engine, "an editor") as writer:
        for claim in (known, own):
            change_claim(writer, claim, _reworded(claim))
    for public_id in ids:
        accepted(engine, public_id)

    assert kept(engine) == [("accept", None), ("accept", "claim")]


def _reworded(claim: str) -> ClaimChange:
    return ClaimChange.model_validate({"text": f"Reworded: {claim}."})


def test_sources_that_an_edit_no_longer_names_go(engine: Engine) -> None:
    [report] = proposed(engine)
    with recording(engine, "an editor") as writer:
        hops = [hop.model_dump() for hop in Desk(writer).hops("Almaty police", "Tass")]
        edit_report(writer, report, ReportChange.model_validate({"attributions": hops}))

    with reading(engine) as session:
        assert {one.name for one in current_rows(session, Source)} == {"Almaty police", "Tass"}
    sound(engine)


def test_a_new_state_is_a_decision_too(engine: Engine) -> None:
    first, second = proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    with recording(engine, "an editor") as writer:
        edit_report(writer, first, ReportChange.model_validate({"state": "accepted", "hedge": "reportedly"}))
        edit_report(writer, second, ReportChange.model_validate({"state": "rejected"}))

    assert kept(engine) == [("edit", "hedge"), ("accept", "hedge"), ("reject", None)]
    assert states(engine, Claim) == ["accepted"]
    with pytest.raises(Conflict, match="went when it was rejected"), recording(engine, "an editor") as writer:
        edit_report(writer, second, ReportChange.model_validate({"state": "accepted"}))
    with recording(engine, "an editor") as writer:
        edit_report(writer, first, ReportChange.model_validate({"state": "rejected"}))
    assert kept(engine)[-1] == ("reject", None)


def test_a_proposal_is_merged_into_the_claim_that_it_states(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        known = Desk(writer).claim("Tens of attackers died.").public_id
    [report] = proposed(engine)
    with reading(engine) as session:
        own = report_detail(session, report).claim
    with recording(engine, "an editor") as writer:
        merge_report(writer, report, ProposalMerge(into=known))

    with reading(engine) as session:
        detail = report_detail(session, report)
        assert (detail.claim, detail.state) == (known, ReportState.PROPOSED)
        with pytest.raises(Moved) as elsewhere:
            claim_detail(session, own)
        assert elsewhere.value.kept == known
        assert [event.title for event in current_rows(session, Event)] != [EVENT]
    accepted(engine, report)
    assert kept(engine) == [("merge", "claim"), ("accept", "claim")]
    sound(engine)


def test_what_the_desk_keeps_about_a_proposed_claim_goes_with_it_and_comes_back(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        known = Desk(writer).claim("Tens of attackers died.").public_id
    [report] = proposed(engine)
    with reading(engine) as session:
        own = report_detail(session, report).claim
    with recording(engine, "cli: Ana") as writer:
        note = add_note(writer, own, DeskNoteCreate(text="Ask the morgue.")).public_id
        change_desk(writer, own, DeskItemChange(holder="Ana"))
    with recording(engine, "an editor") as writer:
        merge_report(writer, report, ProposalMerge(into=known))
        change = change_id(writer.at)

    with reading(engine) as session:
        kept_then = claim_desk(session, known)
    assert ([one.id for one in kept_then.notes], kept_then.holder) == ([note], "Ana")
    with recording(engine, "an editor") as writer:
        undo(writer, change)
    with reading(engine) as session:
        assert [one.id for one in claim_desk(session, own).notes] == [note]
        assert claim_desk(session, known).notes == []
    sound(engine)


def test_a_note_about_a_proposed_claim_does_not_make_it_one_that_a_person_stands_behind(engine: Engine) -> None:
    [report] = proposed(engine)
    with reading(engine) as session:
        own = report_detail(session, report).claim
    with recording(engine, "cli: Ana") as writer:
        add_note(writer, own, DeskNoteCreate(text="Ask the morgue."))
    with recording(engine, "an editor") as writer:
        reject_report(writer, report, WHY)

    assert states(engine, Claim) == []
    sound(engine)


def test_a_claim_that_others_state_stays_when_one_of_them_is_merged(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        known = Desk(writer).claim("Tens of attackers died.").public_id
    with recording(engine, "a machine") as writer:
        first = Machine(writer).report().public_id
        Machine(writer).report(None, *CHAIN[:-1], "Interfax")
    with recording(engine, "an editor") as writer:
        merge_report(writer, first, ProposalMerge(into=known))

    assert sorted(states(engine, Claim)) == ["accepted", "proposed"]


def test_a_merge_that_changes_nothing_or_tells_a_thing_twice_is_refused(engine: Engine) -> None:
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        document = machine.document()
        first = machine.report(document=document)
        second = machine.report(machine.claim("Attackers died."), document=document)
        ids, own = (first.public_id, second.public_id), writer.session.get_one(Claim, first.claim_id).public_id
    for public_id, refusal, problem in ((ids[0], InvalidInput, "already"), (ids[1], Conflict, "reported twice")):
        with pytest.raises(refusal, match=problem), recording(engine, "an editor") as writer:
            merge_report(writer, public_id, ProposalMerge(into=own))


def test_undoing_a_merge_gives_the_claim_and_its_event_back(engine: Engine) -> None:
    with recording(engine, "an editor") as writer:
        known = Desk(writer).claim("Tens of attackers died.").public_id
    [report] = proposed(engine)
    with recording(engine, "an editor") as writer:
        merge_report(writer, report, ProposalMerge(into=known))
        change = change_id(writer.at)
    with recording(engine, "an editor") as writer:
        undo(writer, change)

    with reading(engine) as session:
        assert claim_detail(session, report_detail(session, report).claim).event_title == EVENT
    sound(engine)


def test_each_part_of_a_split_proposal_waits_with_its_own_figures_and_all_hops(engine: Engine) -> None:
    [report] = proposed(engine, quote=f"{DOZENS} and {FOUR}", figures=("Dozens", "four"))
    with recording(engine, "an editor") as writer:
        parts = [ProposalPart(quote=DOZENS), ProposalPart(quote=FOUR, text="Four policemen were injured in Almaty.")]
        made = [part.public_id for part in split_report(writer, report, ProposalSplit(parts=parts))]

    with reading(engine) as session:
        assert report_detail(session, report).state is ReportState.REJECTED
        told = [report_detail(session, one) for one in made]
    assert [(one.quote, one.claim_text, [figure.text for figure in one.figures]) for one in told] == [
        (DOZENS, DOZENS, ["Dozens"]),
        (FOUR, "Four policemen were injured in Almaty.", ["four"]),
    ]
    assert all(one.chains == [list(CHAIN)] and one.state is ReportState.PROPOSED for one in told)
    assert all((one.rule, (one.grounds or {})["split_from"]) == (None, report) for one in told)
    assert kept(engine) == [("split", None)]
    sound(engine)


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        pytest.param([{"quote": DOZENS}, {"quote": "nobody was hurt"}], "parts.1.quote", id="words that nobody wrote"),
        pytest.param([{"quote": DOZENS}, {"quote": DOZENS}], "parts.1", id="the same part twice"),
        pytest.param([{"quote": DOZENS}, {}], "parts.1.quote", id="no words"),
        pytest.param([{"quote": DOZENS}, {"quote": FOUR, "claim": "clm_x"}], "parts.1.claim", id="an unknown claim"),
    ],
)
def test_parts_that_cannot_be_are_refused(engine: Engine, parts: list[dict[str, str]], field: str) -> None:
    [report] = proposed(engine)
    with pytest.raises(InvalidInput) as refused, recording(engine, "an editor") as writer:
        split_report(writer, report, ProposalSplit.model_validate({"parts": parts}))

    assert refused.value.field == field
    assert kept(engine) == []


def test_many_are_decided_together_and_trying_writes_nothing(engine: Engine) -> None:
    ids = proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    given = {"decision": "accept", "filter": {"rule": "told_outlet", "min_confidence": 0.8}, "why": "read through"}
    tried = decide_many(engine, "an editor", None, DecisionsCreate.model_validate({**given, "dry_run": True}))

    assert states(engine, Report) == ["proposed", "proposed"]
    done = decide_many(engine, "an editor", None, DecisionsCreate.model_validate(given))
    assert tried.model_dump(exclude={"dry_run", "change"}) == done.model_dump(exclude={"dry_run", "change"})
    assert (done.reports, done.accepted) == (ids, {"claim": 2, "event": 1, "source": 3})
    assert (tried.change, done.change is None) == (None, False)
    with reading(engine) as session:
        assert {one.why for one in current_rows(session, Decision)} == {"read through"}
    sound(engine)


def test_many_are_rejected_together_with_all_that_they_brought(engine: Engine) -> None:
    proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    given = DecisionsCreate(decision="reject", filter=ProposalFilter(extractor="rules 1"))
    done = decide_many(engine, "an editor", None, given)

    assert done.retired == {"claim": 2, "event": 1, "source": 2}
    assert states(engine, Claim) == states(engine, Event) == []
    sound(engine)


def test_one_that_was_decided_already_keeps_all_from_being_decided(engine: Engine) -> None:
    first, second = proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    accepted(engine, first)
    with pytest.raises(Conflict) as refused:
        decide_many(engine, "an editor", None, DecisionsCreate(decision="reject", reports=[second, first]))

    assert refused.value.field == "reports.1"
    assert states(engine, Report) == ["accepted", "proposed"]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        pytest.param({"rule": "told_outlet"}, 2, id="a rule"),
        pytest.param({"rule": "according_to"}, 1, id="another rule"),
        pytest.param({"min_confidence": 0.7}, 2, id="sure enough"),
        pytest.param({"extractor": "rules 1", "min_confidence": 0.2}, 3, id="an extractor"),
        pytest.param({"extractor": "another"}, 0, id="an extractor that proposed nothing"),
    ],
)
def test_a_filter_finds_what_waits_and_meets_all_of_it(engine: Engine, asked: dict[str, Any], count: int) -> None:
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        machine.report(machine.claim("One."))
        machine.report(machine.claim("Two."))
        machine.report(machine.claim("Three."), rule="according_to", confidence=0.3)
    given = DecisionsCreate.model_validate({"decision": "accept", "filter": asked, "dry_run": True})

    assert len(decide_many(engine, "an editor", None, given).reports) == count


def test_a_filter_of_one_document_or_event_finds_its_own(engine: Engine) -> None:
    proposed(engine)
    with recording(engine, "a machine") as writer:
        machine = Machine(writer)
        document = machine.document("Interfax")
        report = machine.report(machine.claim("Other.", "Another night"), *CHAIN[:-1], "Interfax", document=document)
        ids = {"document": document.public_id, "event": machine.event("Another night").public_id}
    for name, value in ids.items():
        given = DecisionsCreate.model_validate({"decision": "accept", "filter": {name: value}, "dry_run": True})
        assert decide_many(engine, "an editor", None, given).reports == [report.public_id]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        pytest.param({}, "reports", id="nothing"),
        pytest.param({"filter": {}}, "filter", id="everything"),
        pytest.param({"filter": {"rule": "x"}, "reports": ["rep_x"]}, "filter", id="both"),
        pytest.param({"filter": {"document": "doc_x"}}, "filter.document", id="an unknown document"),
        pytest.param({"reports": ["rep_x"]}, "reports.0", id="an unknown report"),
    ],
)
def test_what_does_not_say_which_proposals_is_refused(engine: Engine, given: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        decide_many(engine, "an editor", None, DecisionsCreate.model_validate({"decision": "accept", **given}))
    assert refused.value.field == field


def test_more_than_one_decision_may_be_about_are_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed(engine, "One.", "Two.")
    assert MOST_AT_ONCE >= 100
    monkeypatch.setattr("provenance.storage.writes.deciding.MOST_AT_ONCE", 1)
    with pytest.raises(InvalidInput, match="more than 1 proposals"):
        decide_many(engine, "x", None, DecisionsCreate(decision="accept", filter=ProposalFilter(rule="told_outlet")))


def test_a_rule_is_right_as_often_as_it_was_accepted_as_proposed(engine: Engine) -> None:
    ids = proposed(engine, "One.", "Two.", "Three.", "Four.", "Five.")
    accepted(engine, ids[0])
    with recording(engine, "an editor") as writer:
        edit_report(writer, ids[1], ReportChange.model_validate({"stance": "denies", "hedge": "reportedly"}))
        accept_report(writer, ids[1], WHY)
        reject_report(writer, ids[2], WHY)
        split_report(writer, ids[3], ProposalSplit(parts=[ProposalPart(quote=DOZENS), ProposalPart(quote=FOUR)]))
    with reading(engine) as session:
        answer = extraction_stats(session, StatsAsked())
        [rule] = answer.rules
        later = extraction_stats(session, StatsAsked(since="2999-01-01"))
        other = extraction_stats(session, StatsAsked(rule="according_to"))

    assert (rule.extractor, rule.rule) == ("rules 1", "told_outlet")
    assert (rule.proposed, rule.waiting, rule.rejected, rule.split, rule.merged) == (5, 1, 1, 1, 0)
    assert (rule.accepted_as_proposed, rule.accepted_after_edits, rule.right) == (1, 1, 0.25)
    assert [(one.field, one.corrected, one.right) for one in rule.fields] == [("hedge", 1, 0.5), ("stance", 1, 0.5)]
    assert answer.total.model_dump(exclude={"extractor", "rule"}) == rule.model_dump(exclude={"extractor", "rule"})
    assert later.rules == other.rules == []
    assert later.total.right is None


def test_the_last_word_about_a_report_counts(engine: Engine) -> None:
    [report] = proposed(engine)
    accepted(engine, report)
    with recording(engine, "an editor") as writer:
        edit_report(writer, report, ReportChange.model_validate({"state": "rejected"}))
    with reading(engine) as session:
        [rule] = extraction_stats(session, StatsAsked()).rules

    assert (rule.accepted_as_proposed, rule.rejected, rule.right) == (0, 1, 0.0)


def test_decisions_are_listed_as_they_were_known_then(engine: Engine) -> None:
    first, second = proposed(engine, f"{DOZENS}.", "Attackers were eliminated.")
    accepted(engine, first, "one editor")
    with recording(engine, "another editor") as writer:
        at = writer.at
        reject_report(writer, second, WHY)
    with reading(engine) as session:
        assert [one.report for one in decisions(session, DecisionsAsked()).items] == [first, second]
        assert [one.report for one in decisions(session, DecisionsAsked(by="another editor")).items] == [second]
        assert [one.report for one in decisions(session, DecisionsAsked(kind=Decided.ACCEPT)).items] == [first]
        assert [one.report for one in decisions(session, DecisionsAsked(report=second)).items] == [second]
        page = decisions(session, DecisionsAsked(sort="-recorded", limit=1))
        assert [one.report for one in page.items] == [second]
        rest = decisions(session, DecisionsAsked(sort="-recorded", limit=1, cursor=page.next))
        assert [one.report for one in rest.items] == [first]
    with reading_at(engine, Moment(None, at - timedelta(microseconds=1))) as session:
        assert [one.report for one in decisions(session, DecisionsAsked()).items] == [first]
        assert report_detail(session, second).decisions == []
        assert extraction_stats(session, StatsAsked()).total.rejected == 0


def test_a_persons_report_takes_along_what_only_proposals_spoke_of(engine: Engine) -> None:
    [waiting] = proposed(engine)
    with recording(engine, "an editor") as writer:
        report = writer.session.execute(sa.select(Report).where(col(Report.public_id) == waiting)).scalar_one()
        Desk(writer).report(writer.session.get_one(Claim, report.claim_id), *CHAIN[:-1], "Interfax")

    assert states(engine, Claim) == states(engine, Event) == ["accepted"]
    assert sorted(states(engine, Report)) == ["accepted", "proposed"]
    with recording(engine, "an editor") as writer:
        reject_report(writer, waiting, WHY)
    assert states(engine, Claim) == ["accepted"]


ACTS = ("accept", "reject", "edit", "merge", "split", "undo", "repropose")
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 7), st.integers(0, 7)), min_size=3, max_size=9)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=steps)
def test_whatever_is_decided_the_record_stays_sound(engine: Engine, steps: list[tuple[str, int, int]]) -> None:
    empty(engine)
    ids = proposed(engine, "One.", "Two.", "Two.", "Three.")
    with recording(engine, "a machine") as writer:
        Machine(writer).report(Machine(writer).claim("Two."), "Almaty police", "Interfax")
    changes: list[str] = []
    for act, one, other in steps:
        try:
            with recording(engine, "an editor") as writer:
                _act(writer, act, ids, one, other, changes)
                change = change_id(writer.at)
            changes.append(change)
        except ProvenanceError:
            continue  # refused: nothing was written
        _nothing_is_left_over(engine)
    sound(engine)


def _act(writer: Any, act: str, ids: list[str], one: int, other: int, changes: list[str]) -> None:
    public_id = ids[one % len(ids)]
    match act:
        case "accept":
            accept_report(writer, public_id, WHY)
        case "reject":
            reject_report(writer, public_id, WHY)
        case "edit":
            changed = [{"stance": "denies"}, {"attributions": []}, {"figures": []}, {"state": "rejected"}][other % 4]
            edit_report(writer, public_id, ReportChange.model_validate(changed))
        case "merge":
            claims = current_rows(writer.session, Claim)
            if claims:
                merge_report(writer, public_id, ProposalMerge(into=claims[other % len(claims)].public_id))
        case "split":
            parts = [ProposalPart(quote=DOZENS), ProposalPart(quote=FOUR)]
            ids += [made.public_id for made in split_report(writer, public_id, ProposalSplit(parts=parts))]
        case "undo":
            if changes:
                undo(writer, changes[other % len(changes)])
        case _:
            ids.append(Machine(writer).report(Machine(writer).claim(f"Claim {other}.")).public_id)


def _nothing_is_left_over(engine: Engine) -> None:
    with reading(engine) as session:
        waiting = current_rows(session, Report, col(Report.state) == ReportState.PROPOSED)
        spoken = {report.claim_id for report in waiting}
        held = current_rows(session, Report, col(Report.state) == ReportState.ACCEPTED)
        claims = {claim.key: claim for claim in current_rows(session, Claim)}
        events = {event.key: event for event in current_rows(session, Event)}
        assert {key for key, claim in claims.items() if claim.state is ReportState.PROPOSED} <= spoken
        assert all(claims[report.claim_id].state is ReportState.ACCEPTED for report in held)
        assert spoken <= claims.keys()
        assert all(claim.event_id in events for claim in claims.values())
        documents = current_rows(session, Document)
        told = {each.id: each.state for one in documents for each in details_in(session, one.public_id)}
        assert told == {report.public_id: report.state for report in current_rows(session, Report)}
