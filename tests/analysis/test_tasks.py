"""What to do next: one act may clear the flags of many claims, and what clears most comes first."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.analysis.rules import RULES
from provenance.analysis.tasks import Task, needs_of, ranked
from provenance.storage.reads.seen import ClaimSeen, DocumentSeen, FlagSeen, RowSeen, Seen
from provenance.vocabulary import DeskAct

CLEARS = "Something is found."
POLICE = RowSeen("source", "src_police", "Almaty police is part of Interior Ministry (only commonly known)")
OFFICE = RowSeen("source", "src_office", "Press office speaks for Interior Ministry (only commonly known)")


def flag(claim: str, rule: str, *rows: RowSeen, figures: int = 0) -> FlagSeen:
    return FlagSeen(claim, rule, CLEARS, rows, frozenset(range(figures)))


def tasks(*flags: FlagSeen, **more: Any) -> list[Task]:
    """The tasks that these flags make, about claims that one document each states."""
    claims = {one.claim: ClaimSeen(one.claim, f"Claim {one.claim}.", 1) for one in flags}
    given: dict[str, Any] = {"claims": claims, "carriers": {}, "wordless": {}, "sources": {}, **more}
    return ranked(Seen(flags=flags, **given))


def settled(task: Task) -> tuple[DeskAct, list[str], list[str]]:
    """What kind of work it is, and the claims whose flags it would clear alone and with other things."""
    return task.need.act, [one.claim for one in task.settles], [one.claim for one in task.helps]


def test_one_reference_for_a_tie_clears_the_flags_of_all_claims_that_rest_on_it() -> None:
    found = tasks(*(flag(claim, "uncited_tie", POLICE) for claim in "abc"))

    assert [settled(task) for task in found] == [(DeskAct.CITE_TIE, ["a", "b", "c"], [])]
    assert found[0].need.do == "A reference is found for this tie: Almaty police is part of Interior Ministry."


def test_a_flag_that_needs_two_references_is_settled_by_neither_alone() -> None:
    found = tasks(flag("a", "uncited_tie", POLICE, OFFICE), flag("b", "uncited_tie", POLICE))

    assert [settled(task) for task in found] == [(DeskAct.CITE_TIE, ["b"], ["a"]), (DeskAct.CITE_TIE, [], ["a"])]
    assert "With other things it would clear 1 flag" in found[1].why


def test_one_comparison_clears_both_sides_of_a_contradiction_and_the_fall_between_them() -> None:
    one, other = RowSeen("claim", "b", "“16”"), RowSeen("claim", "a", "“18”")

    [task] = tasks(
        flag("a", "contradicted_figure", one),
        flag("b", "contradicted_figure", other),
        flag("b", "falling_cumulative", other),
    )

    assert settled(task) == (DeskAct.COMPARE, ["a", "b", "b"], [])


def test_the_carrier_that_many_claims_name_last_is_asked_once() -> None:
    khabar, tass = "src_khabar", "src_tass"
    found = tasks(
        *(flag(claim, "origin_not_stated") for claim in "abc"),
        carriers={"a": frozenset({khabar}), "b": frozenset({khabar}), "c": frozenset({khabar, tass})},
        sources={khabar: "Khabar 24", tass: "Tass"},
    )

    assert [settled(task) for task in found] == [(DeskAct.ASK, ["a", "b"], ["c"]), (DeskAct.ASK, [], ["c"])]
    assert found[0].need.sources == (khabar,)
    assert "Khabar 24 is the last that is named" in found[0].need.do


def test_the_text_of_one_document_shows_the_words_of_all_claims_that_it_states() -> None:
    page = DocumentSeen("doc_a", "Tass, 2022-01-06", "Tass", "src_tass")
    other = DocumentSeen("doc_b", "RIA, 2022-01-06", "RIA", "src_ria")
    found = tasks(flag("a", "no_quote"), flag("b", "no_quote"), wordless={"a": [page], "b": [page, other]})

    assert [settled(task) for task in found] == [(DeskAct.HOLD_TEXT, ["a"], ["b"]), (DeskAct.HOLD_TEXT, [], ["b"])]


def test_a_second_origin_clears_three_flags_of_a_claim_and_helps_with_its_figure() -> None:
    rules = ("single_origin", "chokepoint", "one_party", "unverified_figure")
    found = tasks(*(flag("a", rule, figures=2) for rule in rules))

    assert [(task.need.act, len(task.settles), len(task.helps), task.figures) for task in found] == [
        (DeskAct.FIND_ORIGIN, 3, 1, 2),
        (DeskAct.REVIEW, 1, 0, 2),
    ]


def test_what_helps_only_if_the_record_is_wrong_comes_last_however_much_it_would_clear() -> None:
    interest = RowSeen("source", "src_police", "Almaty police: party to the event")
    found = tasks(*(flag(claim, "interested_party", interest) for claim in "abcd"), flag("a", "vague_figure"))

    assert [task.need.act for task in found] == [DeskAct.ASK, DeskAct.DOUBT]
    assert "if the record is wrong" in found[1].why


@pytest.mark.parametrize(
    ("more", "fewer"),
    [
        ({"figures": 2}, {"figures": 1}),
        ({"documents": 9}, {"documents": 3}),
    ],
    ids=["figures", "documents"],
)
def test_where_as_many_flags_are_cleared_figures_decide_and_then_documents(
    more: dict[str, int], fewer: dict[str, int]
) -> None:
    given = {"less": fewer, "most": more}
    flags = [flag(claim, "vague_figure", figures=how.get("figures", 0)) for claim, how in given.items()]
    claims = {claim: ClaimSeen(claim, claim, how.get("documents", 1)) for claim, how in given.items()}

    assert [task.claims[0].id for task in tasks(*flags, claims=claims)] == ["most", "less"]


def test_a_task_keeps_its_name_when_other_flags_come_and_go() -> None:
    [before] = tasks(flag("a", "uncited_tie", POLICE))
    after = tasks(flag("a", "vague_figure"), flag("b", "uncited_tie", POLICE))

    assert before.id in [task.id for task in after]


@pytest.mark.parametrize("rule", [rule.key for rule in RULES])
def test_no_flag_is_without_something_to_do(rule: str) -> None:
    found = flag(
        "a", rule, POLICE, RowSeen("report", "rep_a", "x"), RowSeen("claim", "b", "x"), RowSeen("correction", "c", "x")
    )

    assert list(needs_of(found, Seen({}, [found], {}, {}, {})))
