"""Passives that attribute: "it was said that", "are reported to be", "was quoted as saying", "have been asked to"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family, cues
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page, subtree
from provenance.extraction.attribution.phrases import agent, noun_phrase, verb_group

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_passive(page: Page, verb: Token, known: Cues) -> Iterator[Found]:
    """What a participle attributes whose subject is not the speaker."""
    if not any(child.dep_ == "auxpass" for child in verb.children):
        return
    lemma, by = verb.lemma_.lower(), agent(page, verb)
    family = Family.SPEECH if lemma in known.words("uttered") else Family.BELIEF
    if lemma in known.words("reporting"):
        if content := _impersonal(page, verb):
            yield _found(page, verb, "impersonal", family, by or _from(page, verb), content)
            return
        if content := _raised(page, verb):
            yield _found(page, verb, "raised", family, by, content)
            return
    if lemma in known.words("directed") and (content := _raised(page, verb) or _asked(page, verb)):
        yield _found(page, verb, "asked", Family.DIRECTIVE, by, content)
        return
    states = lemma in known.words("stated")
    if (states or (by and lemma in known.words("judged"))) and (content := _subject(page, verb)):
        yield _found(page, verb, "subject", Family.SPEECH if states else Family.JUDGEMENT, by, content)
        return
    if (word := known.spoken_of.get(lemma)) is not None:
        yield from _spoken_of(page, verb, word, by)


def _found(
    page: Page, verb: Token, rule: str, family: Family, source: Stretch | None, content: tuple[Stretch, ...]
) -> Found:
    hedge = " ".join(token.text for token in page.doc[slice(*verb_group(page, verb))]) if source is None else None
    confidence = 0.85 if family is Family.SPEECH else 0.6
    return Found(
        f"{family.value}.passive.{rule}",
        family,
        confidence,
        verb.i,
        verb_group(page, verb),
        source,
        content,
        hedge=hedge,
    )


def _impersonal(page: Page, verb: Token) -> tuple[Stretch, ...]:
    """The clause of "it was said that"."""
    it = any(child.dep_ in ("nsubjpass", "expl", "nsubj") and child.lower_ == "it" for child in verb.children)
    clause = next((child for child in verb.children if child.dep_ in ("ccomp", "advcl") and child.i > verb.i), None)
    if it and clause is None:
        return _before_it(page, verb)
    if not it or clause is None:
        return ()
    content = page.trimmed(*page.around_quotes(*subtree(clause)))
    return (content,) if content[0] < content[1] else ()


def _from(page: Page, verb: Token) -> Stretch | None:
    """The body from which something was said to come: "From the ministry it was said that"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == "from":
            noun = next((word for word in child.children if word.dep_ == "pobj"), None)
            return noun_phrase(page, noun) if noun is not None and cues().is_speaker(noun) else None
    return None


def _before_it(page: Page, verb: Token) -> tuple[Stretch, ...]:
    """What stands before ", it was reported"."""
    low, high = page.sentence(verb.i)
    it = next((child.i for child in verb.children if child.lower_ == "it"), low)
    if it - 1 <= low or page.doc[it - 1].text != "," or any(page.doc[at].is_alpha for at in range(verb.i + 1, high)):
        return ()
    content = page.trimmed(low, it)
    return (content,) if content[1] - content[0] > 2 else ()


def _raised(page: Page, verb: Token) -> tuple[Stretch, ...]:
    """The subject and the infinitive of "they are reported to be armed"."""
    infinitive = next((child for child in verb.children if child.dep_ == "xcomp" and child.i > verb.i), None)
    if infinitive is None:
        return ()
    start = max(infinitive.left_edge.i, verb.i + 1)
    said = page.trimmed(*page.around_quotes(start, infinitive.right_edge.i + 1))
    who = _passive_subject(verb)
    if who is None or who.lower_ == "it":
        return (said,)
    group = verb_group(page, verb)
    taken = noun_phrase(page, who, group[0])
    return (taken, said) if taken[1] <= group[0] else (said,)


def _asked(page: Page, verb: Token) -> tuple[Stretch, ...]:
    """The clause or topic of "was asked whether", "was told that", "was asked about"."""
    for child in verb.children:
        marks = {mark.lower_ for mark in child.children if mark.dep_ in ("mark", "advmod", "attr", "dobj")}
        asked = child.dep_ == "ccomp" or (child.dep_ == "advcl" and marks & {"if", "whether"})
        if child.i > verb.i and (asked or (child.dep_ == "prep" and child.lower_ == "about")):
            start = child.i + 1 if child.dep_ == "prep" else max(child.left_edge.i, verb.i + 1)
            content = page.trimmed(*page.around_quotes(start, child.right_edge.i + 1))
            return (content,) if content[0] < content[1] else ()
    return ()


def _subject(page: Page, verb: Token) -> tuple[Stretch, ...]:
    who = _passive_subject(verb)
    return (noun_phrase(page, who, verb_group(page, verb)[0]),) if who is not None and who.pos_ != "PRON" else ()


def _passive_subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubjpass":
            return child
    return _passive_subject(verb.head) if verb.dep_ == "conj" else None


def _spoken_of(page: Page, verb: Token, word: str, by: Stretch | None) -> Iterator[Found]:
    who = _passive_subject(verb)
    group = verb_group(page, verb)
    after = next(
        (
            child
            for child in verb.children
            if child.i > verb.i and child.dep_ in ("prep", "oprd") and child.lower_ == (word or child.lower_)
        ),
        None,
    )
    if who is None or after is None:
        return
    subject = noun_phrase(page, who, group[0])
    content = page.trimmed(*page.around_quotes(after.i, after.right_edge.i + 1))
    yield Found(
        "judgement.passive.of",
        Family.JUDGEMENT,
        0.7,
        verb.i,
        group,
        by,
        (subject, content) if subject[1] <= content[0] else (content,),
    )
