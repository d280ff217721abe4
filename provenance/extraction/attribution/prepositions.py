"""Prepositions that attribute: "according to X", and the "as" of "as X reported"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family, Frame
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.naming import naming
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import noun_phrase, verb_group
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = frozenset({"VERB", "AUX"})

# Within how many words of its "as" the verb of "as the state agency X reported" must stand.
_REACH = 14
_LONG = 25


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
    finite = any(
        page.doc[at].dep_ in ("nsubj", "nsubjpass") and first[0] <= page.doc[at].head.i < start for at in range(*first)
    )
    if after + 1 < high and page.doc[after].text == "," and page.doc[start - 1].text == "," and not finite:
        return first, page.trimmed(after + 1, high)
    return (first,)


def as_reported(page: Page, word: Token, known: Cues) -> Iterator[Found]:
    """The clause beside "as X reported" or "as reported by X", which X relays.

    It is read from the order of the words: the parser often takes this "as" for a preposition.
    """
    doc, high = page.doc, page.sentence_end(word.i)
    place = next((at for at in range(word.i + 1, min(high, word.i + _REACH)) if doc[at].pos_ in _VERBAL), None)
    if place is None or any(doc[at].is_punct for at in range(word.i + 1, place)):
        return
    uses = known.verbs.get(doc[place].lemma_.lower(), ())
    use = next((use for use in uses if use.frame is Frame.CLAUSE and use.family is Family.SPEECH), None)
    if use is None:
        return
    by = place == word.i + 1 and doc[place].tag_ == "VBN" and place + 1 < high and doc[place + 1].lower_ == "by"
    source = _reporter(page, place) if by else page.trimmed(word.i + 1, verb_group(page, doc[place])[0])
    end = source[1] if by else place + 1
    if source[0] >= source[1] or (not by and not _closes(page, end, high)):
        return
    content = _beside(page, word.i, end)
    if content:
        cue = (word.i, place + 2) if by else verb_group(page, doc[place])
        yield Found("speech.as_reported", Family.SPEECH, 0.88, place, cue, source, content, Manner.REPORTED)


def how_reported(page: Page, word: Token, known: Cues) -> Iterator[Found]:
    """The clause behind "How X reports,", as it is translated from German."""
    low, high = page.sentence(word.i)
    comma = next((at for at in range(word.i + 2, min(high, word.i + _LONG)) if page.doc[at].text == ","), None)
    if word.i != low or comma is None or (named := naming(page, word.i + 1, comma, known)) is None or named.cites:
        return
    content = page.trimmed(comma + 1, high)
    if content[1] - content[0] > 2:
        *origins, ((source, *_), manner) = named.who
        yield Found(
            "speech.how_reported",
            Family.SPEECH,
            0.8,
            named.anchor,
            named.cue,
            source,
            (content,),
            manner,
            origins=tuple(origins),
        )


def _closes(page: Page, place: int, high: int) -> bool:
    """Whether nothing but a day or an adverb stands between a place and the next punctuation."""
    for at in range(place, min(high, place + 4)):
        if page.doc[at].is_punct:
            return True
        if page.doc[at].pos_ not in ("ADV", "ADP", "PROPN", "NOUN", "DET", "ADJ"):
            return False
    return place + 4 >= high


def _reporter(page: Page, place: int) -> Stretch:
    by = page.doc[place + 1]
    noun = next((child for child in by.children if child.dep_ == "pobj"), None)
    return noun_phrase(page, noun) if noun is not None else (place, place)


def _beside(page: Page, start: int, end: int) -> tuple[Stretch, ...]:
    """The sentence without its "as X reported"."""
    low, high = page.sentence(start)
    while end < high and not page.doc[end].is_punct:
        end += 1
    before, after = page.trimmed(low, start), page.trimmed(min(end, high), high)
    if before[1] - before[0] > 2:
        return (before,)
    return (after,) if after[1] - after[0] > 2 else ()
