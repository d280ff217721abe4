"""Prepositions that attribute: "according to X", and the "as" of "as X reported"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family, Frame
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import noun_phrase, verb_group
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token


def according_to(page: Page, word: Token) -> Iterator[Found]:
    """The sentence or clause that an "according to X" goes with."""
    doc = page.doc
    if word.i + 1 >= len(doc) or doc[word.i + 1].lower_ != "to":
        return
    to = doc[word.i + 1]
    noun = next((child for child in to.children if child.dep_ == "pobj"), None)
    if noun is None:
        return
    source = noun_phrase(page, noun)
    content = _fronted(page, word.i, source) or _trailing(page, word.i, source)
    if content:
        yield Found(
            "speech.according_to",
            Family.SPEECH,
            0.93,
            word.i,
            (word.i, word.i + 2),
            source,
            content,
            Manner.ACCORDING_TO,
        )


def _fronted(page: Page, start: int, source: Stretch) -> tuple[Stretch, ...]:
    """What follows "According to X," to the end of the sentence."""
    low, high = page.sentence(start)
    if any(page.doc[place].is_alpha for place in range(low, start)) and start - low > 2:
        return ()
    content = page.trimmed(*page.around_quotes(source[1], high))
    return (content,) if content[0] < content[1] else ()


def _trailing(page: Page, start: int, source: Stretch) -> tuple[Stretch, ...]:
    """What stands before ", according to X", and what goes on behind it."""
    low, high = page.sentence(start)
    first = page.trimmed(low, start)
    if first[0] >= first[1]:
        return ()
    after = source[1]
    if after + 1 < high and page.doc[after].text == "," and page.doc[start - 1].text == ",":
        return first, page.trimmed(after + 1, high)
    return (first,)


def as_reported(page: Page, word: Token, known: Cues) -> Iterator[Found]:
    """The clause beside "as X reported" or "as reported by X", which X relays."""
    verb = word.head
    if word.dep_ not in ("mark", "prep", "advmod") or verb.i < word.i or verb.pos_ not in ("VERB", "AUX"):
        return
    uses = known.verbs.get(verb.lemma_.lower(), ())
    if not any(use.frame in (Frame.CLAUSE, Frame.QUOTE) and use.family is Family.SPEECH for use in uses):
        return
    if any(child.dep_ in ("ccomp", "dobj", "xcomp") and child.i > verb.i for child in verb.children):
        return
    source = _reporter(page, word, verb)
    if source is None:
        return
    end = max(verb.i + 1, source[1])
    cue = (word.i, verb.i + 1) if source[0] > verb.i else verb_group(page, verb)
    content = _beside(page, word.i, end)
    if content:
        yield Found("speech.as_reported", Family.SPEECH, 0.88, verb.i, cue, source, content, uses[0].manner)


def _reporter(page: Page, word: Token, verb: Token) -> Stretch | None:
    if verb.i == word.i + 1:
        by = next((child for child in verb.children if child.dep_ in ("agent", "prep") and child.lower_ == "by"), None)
        noun = next((child for child in by.children if child.dep_ == "pobj"), None) if by is not None else None
        return noun_phrase(page, noun) if noun is not None else None
    who = next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)
    return noun_phrase(page, who, verb.i) if who is not None and word.i < who.i else None


def _beside(page: Page, start: int, end: int) -> tuple[Stretch, ...]:
    """The sentence without its "as X reported"."""
    low, high = page.sentence(start)
    while end < high and not page.doc[end].is_punct:
        end += 1
    before, after = page.trimmed(low, start), page.trimmed(min(end, high), high)
    if before[1] - before[0] > 2:
        return (before,)
    return (after,) if after[1] - after[0] > 2 else ()
