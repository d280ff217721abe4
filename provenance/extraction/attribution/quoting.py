"""Who relays a speaker by name: "Khabar 24 quoted a spokesman", "said X, citing Y", "X told AFP"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import noun_phrase, subject, verb_group
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token


def of_quoting(page: Page, verb: Token, known: Cues) -> Iterator[Found]:
    """A speaker whom somebody quotes, with the words before the cue or after "as saying"."""
    spoken = next((child for child in verb.children if child.dep_ in ("dobj", "obj") and child.i > verb.i), None)
    who = subject(verb)
    if spoken is None or who is None or any(child.dep_ == "auxpass" for child in verb.children):
        return
    group, carrier = verb_group(page, verb), noun_phrase(page, who, verb_group(page, verb)[0])
    saying = next(
        (
            word
            for word in page.doc[spoken.i : min(spoken.i + 25, page.sentence_end(verb.i))]
            if word.lower_ in ("saying", "telling") and page.doc[word.i - 1].lower_ == "as"
        ),
        None,
    )
    if saying is not None:
        content = page.trimmed(*page.around_quotes(saying.i + 1, page.sentence_end(verb.i)))
        source = (noun_phrase(page, spoken)[0], saying.i - 1)
        if content[0] < content[1]:
            yield _quoted(verb, group, source, carrier, content)
        return
    low = min(group[0], carrier[0])
    start = page.sentence_start(verb.i)
    if low - start > 2 and page.doc[low - 1].text in (",", '"', "”", "''") and is_speaker(spoken, known):
        content = page.trimmed(start, low)
        if content[1] - content[0] > 1:
            yield _quoted(verb, group, noun_phrase(page, spoken), carrier, content)


def _quoted(verb: Token, group: Stretch, source: Stretch, carrier: Stretch, content: Stretch) -> Found:
    return Found(
        "speech.quoted",
        Family.SPEECH,
        0.9,
        verb.i,
        group,
        source,
        (content,),
        Manner.QUOTED,
        carriers=(((carrier,), Manner.REPORTED),),
    )


def is_speaker(noun: Token, known: Cues) -> bool:
    """Whether a noun is somebody who can speak: a name, or a word for one."""
    return (
        noun.pos_ == "PROPN"
        or noun.lemma_.lower() in known.words("speakers")
        or noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    )


def with_relays(page: Page, one: Found, known: Cues) -> Found:
    """The same attribution with those whom its own clause names beside the speaker: "citing Y", "told AFP"."""
    verb = page.doc[one.anchor]
    if one.source is None or one.family is not Family.SPEECH:
        return one
    for child in verb.children:
        if (
            child.dep_ in ("advcl", "prep", "conj", "acl")
            and child.lower_ in ("citing", "quoting")
            and child.i > verb.i
        ):
            cited = next((word for word in child.children if word.dep_ in ("dobj", "pobj")), None)
            if cited is not None and is_speaker(cited, known):
                one = replace(one, origins=(*one.origins, ((noun_phrase(page, cited),), Manner.CITED)))
        elif child.dep_ in ("dobj", "dative") and verb.lemma_ == "tell" and _outlet(child, known) and child.i > verb.i:
            one = replace(one, carriers=(*one.carriers, ((noun_phrase(page, child),), Manner.REPORTED)))
    return one


def _outlet(noun: Token, known: Cues) -> bool:
    """Somebody who is told something and passes it on: a name that is no person's, "the newspaper"."""
    if noun.pos_ == "PROPN":
        return noun.ent_type_ != "PERSON"
    return noun.lemma_.lower() in known.words("outlets")
