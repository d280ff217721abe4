"""What may be printed about a claim holds the counts of its trace and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.examples import TRACE
from provenance.analysis.naming_first import named_first, unidentified_documents
from provenance.analysis.picture import CoverageView
from provenance.analysis.publishing import citable_sentence, citation, methods_box, searched_until
from provenance.analysis.says import searched
from provenance.answers_trace import Trace, TracedCorrection
from provenance.vocabulary import CorrectionKind, DatePrecision, OriginClass, Verdict

TODAY = date(2026, 11, 23)
SEARCHES = [
    "Searched by one reader in 23 languages until 22 November 2026.",
    "Searched by a desk in 2 languages until 3 December 2025.",
]


def traced(**changed: Any) -> Trace:
    """The trace of the founding case in three documents and a fourth that names nobody, with other values if given."""
    [report, *_] = TRACE.reports
    told = [report.model_copy(update={"id": f"rep_{n}", "document": f"doc_{n}"}) for n in range(3)]
    silent = {"id": "rep_3", "document": "doc_3", "paths": [["Tass"]], "origin_classes": [OriginClass.NOT_STATED]}
    reports = [*told, report.model_copy(update=silent)]
    return TRACE.model_copy(update={"documents": 4, "reports": reports, **changed})


def correction_by(source: str) -> TracedCorrection:
    """A denial that took effect on 9 January 2022."""
    unsaid = dict.fromkeys(("document", "upstream", "downstream", "replaced_by", "replaced_by_text", "remains", "note"))
    return TracedCorrection(
        id="cor_a",
        kind=CorrectionKind.DENIAL,
        by=source,
        effective="2022-01-09",
        effective_earliest="2022-01-09",
        effective_latest="2022-01-09",
        effective_precision=DatePrecision.DAY,
        applies=True,
        **unsaid,
    )


def concluded(verdict: Verdict, **changed: Any) -> Trace:
    """The trace with another verdict."""
    return traced(independence=TRACE.independence.model_copy(update={"verdict": verdict, **changed}))


def test_the_sentence_says_how_many_documents_are_held_and_how_many_name_whom_first() -> None:
    trace = traced()

    said = citable_sentence(trace, TODAY)

    [first] = named_first(trace)
    assert (first.documents, unidentified_documents(trace)) == (3, 1)
    assert "is stated by 4 documents; " in said
    assert f"; 3 of the 4 name {first.name} first; 1 of the 4 names nobody who can be identified." in said


def test_the_sentence_says_until_when_was_searched_and_as_of_when() -> None:
    said = citable_sentence(traced(searched=SEARCHES), TODAY)

    assert said.startswith("As of 23 November 2026, in the documents held (searched until 22 November 2026), ")
    then = citable_sentence(traced(as_of="2022-01-09T23:59:59.999999Z", searched=SEARCHES), TODAY)
    assert then.startswith("As of 9 January 2022, in the documents held")


def test_what_a_search_notes_of_its_limits_is_printed_with_every_answer_that_rests_on_it() -> None:
    note = "Only the beginnings of pages were read. Who searched after 3 languages until 1 May 2027. " + "So. " * 90
    entry = CoverageView(("kk", "ru"), "a desk", datetime(2025, 12, 3, tzinfo=UTC), note)
    trace = traced(searched=searched([entry]))

    assert searched_until(trace) == "3 December 2025"
    assert "(searched until 3 December 2025; noted of its limits: “Only the beginnings of pages were read. " in (
        citable_sentence(trace, TODAY)
    )
    assert "Only the beginnings of pages were read." in methods_box(trace)[0]
    assert len(methods_box(trace)[0]) < len(note)


def test_a_search_that_nobody_recorded_is_not_hidden() -> None:
    unsearched = traced(searched=[])

    assert searched_until(unsearched) is None
    assert "(no search is on record)" in citable_sentence(unsearched, TODAY)
    assert methods_box(unsearched)[0].startswith("No search is on record")


def test_the_newest_of_several_searches_counts() -> None:
    assert searched_until(traced(searched=SEARCHES)) == searched_until(traced(searched=SEARCHES[::-1]))
    assert searched_until(traced(searched=SEARCHES)) == "22 November 2026"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict.NOT_ESTABLISHED, "no source of it can be identified"),
        (Verdict.SINGLE, "every source of it that can be identified"),
        (Verdict.UNEXAMINED, "nobody has examined whether these are linked"),
        (Verdict.ESTABLISHED, "examined and found not linked"),
    ],
    ids=str,
)
def test_each_verdict_has_words_of_its_own_and_none_of_them_speaks_of_truth(verdict: Verdict, words: str) -> None:
    trace = concluded(verdict)

    said = citable_sentence(trace, TODAY)

    assert words in said
    printed = " ".join((said, *methods_box(trace))).replace(trace.claim.text.rstrip("."), "").casefold()
    assert not {"true", "false", "fake", "party", "zombie", "chokepoint", "unverified"} & set(printed.split())


def test_what_was_taken_back_stands_in_the_sentence_itself() -> None:
    said = citable_sentence(traced(corrections=[correction_by("Health Ministry")]), TODAY)

    assert said.endswith("; denied on 9 January 2022 by Health Ministry.")


def test_a_claim_that_no_document_states_is_said_to_be_stated_by_none() -> None:
    said = citable_sentence(traced(documents=0, reports=[], origins=[], parties=[]), TODAY)

    assert said.endswith("is stated by none.")


def test_the_box_has_three_to_five_sentences_of_which_the_second_counts_and_the_last_says_what_is_not_claimed() -> None:
    trace = traced(searched=SEARCHES[:1], possible=2)
    box = methods_box(trace)

    assert 3 <= len(box) <= 5
    assert f"In 4 documents {trace.independence.established_origins} origin" in box[1]
    assert "2 documents may have been published later" in box[-2]
    assert "does not say whether the statement is so" in box[-1]


def test_a_citation_names_the_record_its_moments_the_address_and_the_day_it_was_read() -> None:
    trace = traced(as_of="2022-01-09T23:59:59.999999Z", known_at="2026-11-22T12:30:00Z")

    cited = citation(trace, "http://provenance.test/claims/x", TODAY)

    assert cited == (
        f"“{trace.claim.text}” Provenance, record {trace.claim.id}, as of 9 January 2022, as held on 22 November "
        "2026, 12:30 UTC. http://provenance.test/claims/x (retrieved 23 November 2026)."
    )


def test_what_is_printed_today_is_dated_today_even_where_a_later_day_was_asked_for() -> None:
    assert citable_sentence(traced(as_of="2099-01-01T23:59:59.999999Z"), TODAY).startswith("As of 23 November 2026,")
