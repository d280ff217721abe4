"""A speaker who is quoted by name: "Khabar 24 quoted a spokesman", "was quoted by X as saying"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import CLOSING_MARKS, Page
from provenance.extraction.attribution.phrases import agent, noun_phrase, subject, verb_group
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token

# Within how many words of "quoted" its "as saying" must stand.
_REACH = 25

_SAYING = frozenset({"saying", "telling", "claiming", "having"})


def of_quoting(page: Page, verb: Token, known: Cues) -> Iterator[Found]:
    """What somebody is quoted with, before the cue or after its "as saying"."""
    if verb.tag_ == "VBG":
        return
    who, saying = subject(verb), _saying(page, verb)
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if who is None or (passive and saying is None):
        return
    group = verb_group(page, verb)
    named = noun_phrase(page, who, group[0])
    if passive and saying is not None:
        yield from _after_saying(page, verb, saying, group, named, agent(page, verb))
        return
    spoken = next((child for child in verb.children if child.dep_ in ("dobj", "obj") and child.i > verb.i), None)
    if spoken is None or who.tag_ in ("WDT", "WP"):
        return
    if saying is not None:
        source = (noun_phrase(page, spoken)[0], saying.i - 1)
        yield from _after_saying(page, verb, saying, group, source, named)
    elif known.is_speaker(spoken) and (content := _fronted(page, verb, min(group[0], named[0]))):
        yield _quoted(verb, group, noun_phrase(page, spoken), named, content)


def _saying(page: Page, verb: Token) -> Token | None:
    """The "saying" of "as saying" behind a "quoted"."""
    for word in page.doc[verb.i + 1 : min(verb.i + _REACH, page.sentence_end(verb.i))]:
        if word.lower_ in _SAYING and page.doc[word.i - 1].lower_ == "as":
            return word
    return None


def _after_saying(
    page: Page, verb: Token, saying: Token, group: Stretch, source: Stretch, carrier: Stretch | None
) -> Iterator[Found]:
    start = saying.i + 1 + (saying.lower_ == "having")
    if start < len(page.doc) and page.doc[start].lower_ == "by":
        noun = next((child for child in page.doc[start].children if child.dep_ == "pobj"), None)
        carrier = noun_phrase(page, noun) if noun is not None else carrier
        start = carrier[1] if carrier else start
    content = page.trimmed(*page.around_quotes(start, page.sentence_end(verb.i)))
    if content[0] >= content[1] and source is not None and (said := _fronted(page, verb, min(group[0], source[0]))):
        content = said
    if content[0] < content[1]:
        cue = (group[0], saying.i + 1) if saying.i - group[1] == 1 else group
        yield _quoted(verb, cue, source, carrier, content)


def _fronted(page: Page, verb: Token, low: int) -> Stretch | None:
    start = page.sentence_start(verb.i)
    if low - start <= 2 or (page.doc[low - 1].text != "," and page.doc[low - 1].text not in CLOSING_MARKS):
        return None
    content = page.trimmed(start, low)
    return content if any(page.doc[at].pos_ in ("VERB", "AUX") for at in range(*content)) else None


def _quoted(verb: Token, cue: Stretch, source: Stretch, carrier: Stretch | None, content: Stretch) -> Found:
    carriers = (((carrier,), Manner.REPORTED),) if carrier else ()
    return Found("speech.quoted", Family.SPEECH, 0.9, verb.i, cue, source, (content,), Manner.QUOTED, carriers=carriers)
