"""How many somebody says there are, without a verb of saying: "put the number of injured at more than 1,000"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.clause import clause_of
from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Token

# Within how many words of its verb the "at" stands, and the number behind that.
_FAR = 30
_NEAR = 5


def of_amount(page: Page, verb: Token, known: Cues) -> Iterator[Found]:
    """What is put, set or estimated at a number, and what is counted."""
    lemma = verb.lemma_.lower()
    if lemma in known.words("putting"):
        content = _put_at(page, verb, known)
    elif lemma in known.words("counting"):
        content = _counted(page, verb)
    else:
        return
    clause = clause_of(page, verb)
    if content is None or clause.source is None or clause.source[0] > verb.i:
        return
    if (
        not known.is_speaker(page.doc[clause.source[0] : clause.source[1]].root)
        and page.doc[clause.source[0]].pos_ != "PRON"
    ):
        return
    yield Found("speech.amount", Family.SPEECH, 0.85, verb.i, clause.group, clause.source, (content,))


def _put_at(page: Page, verb: Token, known: Cues) -> Stretch | None:
    amount = next((child for child in verb.children if child.dep_ in ("dobj", "nsubj") and child.i > verb.i), None)
    if amount is None or amount.lemma_.lower() not in known.words("amounts"):
        return None
    high = min(page.sentence_end(verb.i), verb.i + _FAR)
    for place in range(amount.i + 1, high):
        if page.doc[place].lower_ == "at" and _number_follows(page, place, high):
            return page.trimmed(amount.left_edge.i, min(page.doc[place].right_edge.i + 1, page.sentence_end(verb.i)))
    return None


def _number_follows(page: Page, place: int, high: int) -> bool:
    behind = page.doc[place + 1 : min(high, place + 1 + _NEAR)]
    return any(word.like_num or word.pos_ == "NUM" for word in behind) and not any(word.is_punct for word in behind[:1])


def _counted(page: Page, verb: Token) -> Stretch | None:
    """The number right behind a "counts", with what is counted."""
    start, high = verb.i + 1, page.sentence_end(verb.i)
    if start >= high or page.doc[start].pos_ != "NUM" or start + 1 >= high or page.doc[start + 1].is_punct:
        return None
    end = next((at for at in range(start, high) if page.doc[at].is_punct and page.doc[at].text not in "-–"), high)
    return page.trimmed(start, end)
