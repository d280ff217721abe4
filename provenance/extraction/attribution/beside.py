"""Whom an attribution names beside its speaker: "X reported, citing Y", "told AFP", "a statement carried by Z"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.naming import outlet
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import noun_phrase, quoting
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token

# Within how many words behind a cue its "citing" stands.
_FAR = 80

_CITED = frozenset({"cited", "quoted", "cites", "quotes"})

# Within how many words of a sentence's beginning its "Citing X," or "In a statement carried by X," ends.
_OPENING = 24
_TOLD = frozenset({"say", "confirm", "explain", "state", "add", "write", "complain", "reveal", "disclose", "announce"})


def with_relays(page: Page, one: Found, known: Cues) -> Found:
    """The same attribution with whom its speaker cites as origin, and the outlet that was told as carrier."""
    if one.source is None or one.family not in (Family.SPEECH, Family.REPORT) or one.cue is None:
        return one
    one = _passed_on(page, one, known)
    for place in _citing(page, one, known):
        cited = next(
            (word for word in page.doc[place].children if word.dep_ in ("dobj", "pobj") and word.i > place), None
        )
        if cited is None or not known.is_speaker(cited):
            continue
        one = replace(one, origins=(*one.origins, ((noun_phrase(page, cited),), Manner.CITED)))
        if one.source and one.source[0] < place < one.source[1]:
            one = replace(one, source=_cut(page, one.source, place))
    return _told(page, one, known)


def _passed_on(page: Page, one: Found, known: Cues) -> Found:
    """With who carries the words: "a source quoted by Slovo said", "said in a statement carried by Kazinform"."""
    doc, (low, high) = page.doc, page.sentence(one.anchor)
    assert one.source is not None
    opening = range(low, min(low + _OPENING, one.anchor)) if doc[low].lower_ == "in" else range(0)
    behind = range(one.anchor + 1, min(high, one.anchor + _FAR))
    for place in (*range(*one.source), *opening, *behind):
        by = _carrier(page, place, known)
        if by is None:
            continue
        if one.source[0] < place < one.source[1]:
            one = replace(one, source=(one.source[0], place))
        elif doc[place - 1].lemma_.lower() not in known.words("occasions"):
            continue
        return _without(page, replace(one, carriers=(*one.carriers, ((by,), Manner.REPORTED))), place, by)
    return one


def _carrier(page: Page, place: int, known: Cues) -> Stretch | None:
    """Who is named behind "quoted by", "carried by", "published by"."""
    doc = page.doc
    if doc[place].tag_ not in ("VBN", "VBD") or doc[place].lemma_.lower() not in known.words("passed_on"):
        return None
    if place + 2 >= len(doc) or doc[place + 1].lower_ != "by":
        return None
    noun = next((word for word in doc[place + 1].children if word.dep_ == "pobj"), None)
    return _own_name(page, noun_phrase(page, noun)) if noun is not None else None


def _own_name(page: Page, stretch: Stretch) -> Stretch:
    """A phrase up to its first comma: what the parser hung behind it is the next one to speak."""
    end = next((at for at in range(*stretch) if page.doc[at].text == ","), stretch[1])
    return stretch[0], end


def _without(page: Page, one: Found, place: int, by: Stretch) -> Found:
    """The attribution whose content ends before an "in a statement carried by X" that the parser hung into it."""
    start, end = one.content[-1]
    occasion = next((at for at in range(place - 1, start, -1) if page.doc[at].lower_ == "in"), start)
    if not start < occasion < place < end or by[1] < end:
        return one
    return replace(one, content=(*one.content[:-1], page.trimmed(start, occasion)))


def _citing(page: Page, one: Found, known: Cues) -> list[int]:
    """The participles of citing that go with a cue: in its speaker's phrase, or next behind it."""
    doc, source = page.doc, one.source or (0, 0)
    inside = [at for at in range(*source) if quoting(doc[at]) or _relative(doc[at])]
    behind: list[int] = []
    for at in range(one.anchor + 1, min(page.sentence_end(one.anchor), one.anchor + _FAR)):
        if quoting(doc[at]) and doc[at - 1].text == ",":
            behind.append(at)
        elif doc[at].pos_ == "VERB" and at > max(one.anchor, source[1]) and known.speaks(doc[at].lemma_.lower()):
            break
    return _in_front(page, one) + inside + behind


def _in_front(page: Page, one: Found) -> list[int]:
    """The "Citing internal documents," that opens a sentence whose speaker comes next."""
    low = page.sentence_start(one.anchor)
    if one.source is None or not quoting(page.doc[low]) or not 0 < one.source[0] - low < _OPENING:
        return []
    return [low] if page.doc[one.source[0] - 1].text == "," else []


def _relative(word: Token) -> bool:
    """The "cited" of "Interfax, which cited the governor"."""
    return word.lower_ in _CITED and word.dep_ == "relcl"


def _cut(page: Page, source: Stretch, place: int) -> Stretch:
    """A speaker's phrase up to where it cites."""
    end = next((at for at in range(place, source[0], -1) if page.doc[at].text == ","), place)
    return source[0], end


def _told(page: Page, one: Found, known: Cues) -> Found:
    doc, verb = page.doc, page.doc[one.anchor]
    start, end = verb.i + 1, page.sentence_end(verb.i)
    if verb.lemma_ in _TOLD and start < end and doc[start].lower_ in ("to", "towards"):
        start += 1
    elif verb.lemma_ != "tell":
        return one
    told = outlet(page, start, end, known)
    return replace(one, carriers=(*one.carriers, ((told,), Manner.REPORTED))) if told else one
