"""What a reader is told first about a claim: counted, in plain words, and never that something is so."""

from __future__ import annotations

import pytest

from provenance.analysis.naming_first import named_first, unidentified_documents
from provenance.analysis.plain_answer import day, plain_answer
from provenance.analysis.trace import trace
from provenance.answers_trace import Trace
from provenance.vocabulary import CorrectionKind, TieKind
from tests.builders import Says, correction, picture, report, review, tie

STATE = (
    tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police"),
    tie("Almaty police", TieKind.PART_OF, "State of Kazakhstan"),
)


def traced(*reports: Says, **told: object) -> Trace:
    return Trace.model_validate(trace(picture(*reports, ties=STATE, **told), ()))  # type: ignore[arg-type]


def test_three_papers_of_one_spokeswoman_and_her_police_are_one_group_and_nothing_independent() -> None:
    answer = plain_answer(
        traced(
            report("Saltanat Azirbek", "Tass", "Die Welt"),
            report("Saltanat Azirbek", "RIA", "Le Monde"),
            report("Almaty police", "El Pais"),
        )
    )

    assert answer.lead == "3 documents, one group of linked sources, nothing independent."
    assert answer.sentences == (
        "All that can be traced goes back to the State of Kazakhstan: 2 documents name Saltanat Azirbek first, "
        "who speaks for Almaty police; 1 names Almaty police.",
    )
    assert [(count.number, count.of) for count in answer.counts] == [
        (3, "documents state it"),
        (2, "sources identified"),
        (1, "group of linked sources"),
    ]
    assert answer.said == "That somebody said this is reported in 3 documents."
    assert answer.is_so == "Whether it is so is another question: nobody independent has confirmed it."


def test_documents_that_name_only_a_carrier_or_nobody_are_counted_apart() -> None:
    told = traced(report("Eyewitness", "Die Welt"), report("Tass", "Le Monde"), report("El Pais"))

    assert unidentified_documents(told) == 2
    assert [(one.name, one.documents, one.established) for one in named_first(told)] == [("Eyewitness", 1, True)]
    assert "2 documents name nobody who can be identified." in plain_answer(told).sentences


def test_agencies_that_are_quoted_side_by_side_are_told_to_relay_one_and_the_same() -> None:
    told = traced(report("Saltanat Azirbek", "Tass", "Die Welt", also=[("Saltanat Azirbek", "RIA", "Die Welt")]))

    assert (
        "RIA and Tass are quoted together in 1 document, and both relay Saltanat Azirbek: they count once."
        in plain_answer(told).sentences
    )


def test_a_document_that_names_two_is_told_so_that_the_counts_add_up() -> None:
    told = traced(
        report("Saltanat Azirbek", "Die Welt", also=[("Almaty police", "Die Welt")]),
        report("Saltanat Azirbek", "Le Monde"),
    )

    named = {one.name: one.documents for one in named_first(told)}
    assert sum(named.values()) == told.documents + 1
    assert plain_answer(told).sentences[0].endswith("; 1 document names more than one of these.")


def test_the_only_source_that_can_be_identified_is_told_with_how_many_documents_name_it() -> None:
    told = traced(report("Eyewitness", "Die Welt"), report("El Pais"))

    assert plain_answer(told).sentences == (
        "The only source that can be identified is Eyewitness: named first in 1 of 2 documents.",
        "1 document names nobody who can be identified.",
    )


def test_two_sources_whose_links_nobody_examined_are_not_called_independent() -> None:
    answer = plain_answer(traced(report("Eyewitness", "Die Welt"), report("Saltanat Azirbek", "Le Monde")))

    assert answer.lead == "2 documents, 2 identified sources; whether they are linked has not been examined."
    assert "nobody has examined whether they are linked" in answer.is_so


def test_a_claim_that_no_document_states_says_so() -> None:
    answer = plain_answer(traced())

    assert (answer.lead, answer.sentences) == ("No document held states it.", ())
    assert answer.said == "That somebody said this is reported in no document held."


def test_what_was_taken_back_is_told_with_who_and_when() -> None:
    told = traced(
        report("Saltanat Azirbek", "Tass", "Die Welt"), corrections=[correction(CorrectionKind.RETRACTION, "Tass")]
    )

    [sentence] = plain_answer(told).taken_back
    assert sentence.startswith("Withdrawn on ")
    assert " by Tass" in sentence


def test_a_review_is_named_beside_the_question_whether_it_is_so() -> None:
    told = traced(report("Saltanat Azirbek", "Die Welt"), reviews=[review(upholds=False)])

    assert f"{told.reviews[0].author} reviewed it and does not uphold it" in plain_answer(told).is_so


@pytest.mark.parametrize(
    ("iso", "told"),
    [
        ("2022-01-09/2022-01-12", "9 to 12 January 2022"),
        ("2022-01-31/2022-02-01", "31 January 2022 to 1 February 2022"),
        ("2022-01-09/2022-01-09", "9 January 2022"),
        ("2022", "2022"),
    ],
)
def test_a_date_is_told_with_no_more_than_is_known(iso: str, told: str) -> None:
    assert day(iso) == told
