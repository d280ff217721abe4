"""Those whom an attribution names beside its speaker: "X reported, citing Y", "Tasnim, quoting Y, said", "told AFP"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import noun_phrase, quoting
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token

# Within how many words behind a cue its "citing" stands.
_FAR = 80

_CITED = frozenset({"cited", "quoted", "cites", "quotes"})


def with_relays(page: Page, one: Found, known: Cues) -> Found:
    """The same attribution with whom its speaker cites as origin, and the outlet that was told as carrier."""
    if one.source is None or one.family is not Family.SPEECH or one.cue is None:
        return one
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
    return inside + behind


def _relative(word: Token) -> bool:
    """The "cited" of "Interfax, which cited the governor"."""
    return word.lower_ in _CITED and word.dep_ == "relcl"


def _cut(page: Page, source: Stretch, place: int) -> Stretch:
    """A speaker's phrase up to where it cites."""
    end = next((at for at in range(place, source[0], -1) if page.doc[at].text == ","), place)
    return source[0], end


def _told(page: Page, one: Found, known: Cues) -> Found:
    verb = page.doc[one.anchor]
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and verb.lemma_ == "tell" and child.i > verb.i and _outlet(child, known):
            return replace(one, carriers=(*one.carriers, ((noun_phrase(page, child),), Manner.REPORTED)))
    return one


def _outlet(noun: Token, known: Cues) -> bool:
    """Somebody who is told something and passes it on: a name that is no person's, "the newspaper"."""
    if noun.pos_ == "PROPN":
        return noun.ent_type_ not in ("PERSON", "NORP", "GPE")
    return noun.lemma_.lower() in known.words("outlets")
