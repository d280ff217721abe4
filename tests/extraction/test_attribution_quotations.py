"""Quotations: where they begin and end, and whose voice goes on where nobody is named."""

from __future__ import annotations

import time

import pytest

from provenance.extraction.article import Article, Proposed
from provenance.extraction.attribution import RuleProposer
from provenance.extraction.attribution.quotes import quotations
from provenance.extraction.parsing import parse


def proposals(text: str) -> list[Proposed]:
    """What the rules find in a text without zones."""
    return RuleProposer().propose(Article(text=text, zones=(), language="en", doc=parse(text)))


QUOTED = {
    "curly": ("He said “no” and left.", ["“no”"]),
    "straight": ('He said "no" and "never" and left.', ['"no"', '"never"']),
    "two single marks": ("''It is over,'' he said.", ["''It is over,''"]),
    "one inside another": ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
    "closed by the other kind": ('“It is over," she said.', ['“It is over,"']),
    "apostrophes are none": ("The ministers’ call didn’t help.", []),
    "never closed": ("“We go on.", ["“We go on."]),
}


@pytest.mark.parametrize(("text", "expected"), QUOTED.values(), ids=QUOTED.keys())
def test_quotations_end_where_their_mark_closes_or_the_paragraph_ends(text: str, expected: list[str]) -> None:
    doc = parse(text)
    assert [doc[quote.start : quote.end].text for quote in quotations(doc, [(0, len(doc))]).all] == expected


def test_a_bare_quotation_behind_a_statement_continues_it() -> None:
    text = "Several buildings were stormed, a spokesman for the police said. “Dozens of attackers were eliminated.”"
    first, second = proposals(text)
    assert (second.content.text, second.continues, second.sources) == (
        "“Dozens of attackers were eliminated.”",
        0,
        (),
    )
    assert first.source is not None
    assert second.cue is None


def test_a_sentence_that_is_half_quoted_continues_the_statement_before_it() -> None:
    text = (
        "The trade union called for a fair hearing. Complaints had to be dealt with “by the courts and with "
        "patience and not by force”."
    )
    first, second = proposals(text)
    assert first.rule == "rules.directive.preposition"
    assert second.continues == 0
    assert second.content.text.startswith("Complaints had to be dealt with")


def test_a_paragraph_that_opens_with_a_quotation_continues_the_quoted_one_above() -> None:
    text = "“We have lost everything,” said Maria, a teacher.\n\n“Nobody came to help us for two days.”"
    _, second = proposals(text)
    assert (second.content.text, second.continues) == ("“Nobody came to help us for two days.”", 0)


def test_a_quotation_over_two_paragraphs_opens_twice_and_closes_once() -> None:
    text = "The mayor said: “We have lost the school and the bridge.\n\n“We will build them again.”"
    first, second = proposals(text)
    assert first.content.text == "“We have lost the school and the bridge"
    assert (second.content.text, second.continues) == ("“We will build them again.”", 0)


def test_a_quotation_with_a_cue_of_its_own_continues_nothing() -> None:
    text = "“I saw the house fall,” said Maria. “There was nothing we could do,” she added."
    first, second = proposals(text)
    assert [one.source.text for one in (first, second) if one.source] == ["Maria", "she"]
    assert (first.continues, second.continues) == (None, None)


def test_a_word_at_arms_length_continues_nothing() -> None:
    text = "The mayor said that it was over. The “liberators” had left."
    assert len(proposals(text)) == 1


def test_what_a_quotation_says_of_others_is_not_read_as_the_articles_own() -> None:
    text = "“The minister said that it was over, but nobody believed him,” the teacher said."
    [one] = proposals(text)
    assert one.source is not None
    assert one.source.text == "the teacher"


@pytest.mark.parametrize(
    "text",
    ["“" * 900, '"' * 901, "“no” " * 500, "He said “" * 300, "according to " * 400, "as said by " * 400],
    ids=["only opening", "an odd number", "hundreds", "never closed", "only cues", "as and by"],
)
def test_hundreds_of_stray_marks_and_cues_do_not_hang_us(text: str) -> None:
    doc = parse(text)
    start = time.process_time()
    RuleProposer().propose(Article(text=text, zones=(), language="en", doc=doc))
    assert time.process_time() - start < 5
