"""Nouns that attribute: "X's claim that", "a statement by X that", "In X's ranking", and the adverb "reportedly"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family, Frame, cues
from provenance.extraction.attribution.found import Found, Step
from provenance.extraction.attribution.page import Page, subtree
from provenance.extraction.attribution.phrases import agent, holder, noun_phrase, subject, verb_group
from provenance.vocabulary import Manner, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token

# Within how many words of its beginning a sentence's "In X's ranking," must end.
_OPENING = 14


def of_noun(page: Page, noun: Token, known: Cues) -> Iterator[Found]:
    """The clause or infinitive that a noun of saying or believing takes."""
    lemma = noun.lemma_.lower()
    speaks, believes = lemma in known.words("nouns"), lemma in known.words("noun_beliefs")
    clause = _complement(noun, "that") if speaks or believes else None
    if clause is None and lemma in known.words("noun_infinitives"):
        clause = _complement(noun, "to")
    if clause is None:
        return
    content = page.trimmed(*page.around_quotes(*subtree(clause)))
    if content[0] >= content[1]:
        return
    family = Family.BELIEF if believes else Family.SPEECH
    stance = Stance.DENIES if lemma in known.words("noun_denials") else Stance.ASSERTS
    source = holder(page, noun, clause)
    if source is None and _denied(noun, known):
        return
    carriers = _spread(page, noun)
    confidence = (0.8 if source else 0.6) - (0.2 if believes else 0)
    yield Found(
        f"{family.value}.noun",
        family,
        confidence,
        noun.i,
        (noun.i, noun.i + 1),
        source,
        (content,),
        stance=stance,
        carriers=carriers,
    )


def _denied(noun: Token, known: Cues) -> bool:
    """Whether a verb of denial takes the noun, and with it all that is said: "denied reports that"."""
    uses = known.verbs.get(noun.head.lemma_.lower(), ())
    return noun.dep_ == "dobj" and any(use.stance is Stance.DENIES for use in uses)


def _spread(page: Page, noun: Token) -> tuple[Step, ...]:
    """Who passes a claim on: "their claim that a school was hit was repeated by X"."""
    verb = noun.head
    if noun.dep_ != "nsubjpass" or verb.lemma_.lower() not in cues().words("passed_on"):
        return ()
    by = agent(page, verb)
    return (((by,), Manner.REPORTED),) if by else ()


def _complement(noun: Token, kind: str) -> Token | None:
    held = [word for by in noun.children if by.lower_ == "by" for word in by.children]
    for child in (*noun.children, *(child for word in held for child in word.children)):
        if child.dep_ in ("acl", "ccomp", "relcl") and child.i > noun.i:
            marks = {mark.lower_ for mark in child.children if mark.dep_ in ("mark", "aux") or _lost(mark, child)}
            if kind in marks and not _of_the_noun(child):
                return child
    return None


def _lost(mark: Token, clause: Token) -> bool:
    """A "that" which the parser took for the object of a verb that takes none: "claims that the dam has broken"."""
    return mark.dep_ == "dobj" and mark.lower_ == "that" and clause.lemma_.lower() not in cues().verbs


def _of_the_noun(clause: Token) -> bool:
    """Whether a clause tells what was done to the noun itself: "a claim that the opposition rejected"."""
    taken = {child.dep_ for child in clause.children if child.i > clause.i}
    uses = cues().verbs.get(clause.lemma_.lower(), ())
    objects = any(use.frame is Frame.OBJECT for use in uses)
    return (
        objects
        and not taken & {"dobj", "ccomp", "xcomp", "prep"}
        and clause.tag_ != "VB"
        and not any(child.dep_ in ("auxpass", "nsubjpass") for child in clause.children)
    )


def of_compilation(page: Page, word: Token, known: Cues) -> Iterator[Found]:
    """What a sentence says that begins with "In X's ranking,", whichever way the parser took it."""
    doc, (low, high) = page.doc, page.sentence(word.i)
    comma = next((place for place in range(low, min(high, low + _OPENING)) if doc[place].text == ","), None)
    if word.i != low or comma is None or doc[comma - 1].lower_ not in known.words("compilations"):
        return
    whose = next((place for place in range(low, comma) if doc[place].tag_ == "POS" or doc[place].dep_ == "case"), None)
    content = page.trimmed(comma + 1, high)
    if whose is not None and whose > low + 1 and content[0] < content[1]:
        source = (low + 1, whose)
        yield Found("report.compilation", Family.REPORT, 0.7, low, (low, comma), source, (content,), Manner.PUBLISHED)


def of_count(page: Page, word: Token, known: Cues) -> Iterator[Found]:
    """What stands before "in a poll by X" or "in the latest X survey", which counted it."""
    noun = next((child for child in word.children if child.dep_ == "pobj"), None)
    low = page.sentence_start(word.i)
    if noun is None or word.i - low < 3 or noun.lemma_.lower() not in known.words("counts"):
        return
    source, content = noun_phrase(page, noun), page.trimmed(low, word.i)
    named = any(page.doc[at].pos_ == "PROPN" for at in range(*source))
    if named and any(page.doc[at].dep_ == "nsubj" for at in range(*content)):
        yield Found(
            "report.count", Family.REPORT, 0.6, word.i, (word.i, word.i + 1), source, (content,), Manner.PUBLISHED
        )


def of_sign(page: Page, verb: Token, known: Cues) -> Iterator[Found]:
    """What somebody makes of something: "took the call as a sign that"."""
    sign = next(
        (
            noun
            for prep in verb.children
            if prep.lower_ == "as" and prep.i > verb.i
            for noun in prep.children
            if noun.dep_ == "pobj" and noun.lemma_.lower() in known.words("signs")
        ),
        None,
    )
    who = subject(verb)
    if sign is None or who is None or who.dep_ == "nsubjpass":
        return
    start = min(child.left_edge.i for child in verb.children if child.i > verb.i)
    group = verb_group(page, verb)
    content = page.trimmed(start, min(page.bounds(verb.i)[1], max(sign.right_edge.i, sign.head.right_edge.i) + 1))
    source = noun_phrase(page, who, group[0] if who.i < verb.i else None)
    yield Found("judgement.sign", Family.JUDGEMENT, 0.75, verb.i, group, source, (content,))


def of_hearsay(page: Page, word: Token, known: Cues) -> Iterator[Found]:
    """The clause that a "reportedly" hedges; it says of nobody that they said it."""
    verb = word.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head is not verb:
        verb = verb.head
    start, end = subtree(verb)
    low, high = page.sentence(word.i)
    start, end = page.trimmed(max(start, low), min(end, high))
    if not start <= word.i < end or end - start < 3:
        return
    parts = tuple(part for part in ((start, word.i), (word.i + 1, end)) if part[0] < part[1])
    yield Found("speech.hearsay", Family.SPEECH, 0.75, word.i, (word.i, word.i + 1), None, parts, hedge=word.text)
