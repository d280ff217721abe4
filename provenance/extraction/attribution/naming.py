"""One stretch between two commas that only names who says or relays something: "Tass reported on Thursday".

It is read from the order of its words: who, what they did, whom they told, when and where. A stretch that says
anything more is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from provenance.extraction.attribution.cues import Cues, Family, Frame
from provenance.extraction.attribution.found import Step, Stretch
from provenance.extraction.attribution.page import Page
from provenance.vocabulary import Manner

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_NO_NAME = frozenset({"CCONJ", "SCONJ", "ADP", "ADV", "PART", "INTJ", "PUNCT"})
_ASKING = frozenset({"WDT", "WP", "WRB"})
_CITED = frozenset({"cited", "quoted", "cites", "quotes"})
# What begins a clause about the saying itself: "on condition of anonymity because he was not authorised".
_ABOUT_IT = frozenset({"because", "without", "as", "when", "where", "after"})


@dataclass(frozen=True, slots=True)
class Naming:
    """``who`` goes from the one nearest to the words to the last carrier. ``cites``: they stand before whoever was
    named in the stretch before this one.
    """

    anchor: int
    cue: Stretch
    who: tuple[Step, ...]
    cites: bool = False


def naming(page: Page, start: int, end: int, known: Cues) -> Naming | None:
    """Whom a stretch names; None where it does not only name."""
    doc = page.doc
    while start < end and doc[start].is_space:
        start += 1
    if end - start < 2:
        return None
    first, second = doc[start].lower_, doc[start + 1].lower_
    if (first, second) == ("according", "to"):
        return _named(page, start, 2, end, Manner.ACCORDING_TO)
    if first in ("citing", "quoting"):
        return _named(page, start, 1, end, Manner.CITED, cites=True)
    if (first, second) == ("with", "reference") and end - start > 3:
        return _named(page, start, 3, end, Manner.CITED, cites=True)
    if doc[start].tag_ in ("WDT", "WP") and second in _CITED:
        return _named(page, start, 2, end, Manner.QUOTED, cites=True)
    if first == "as" and doc[start + 1].tag_ == "VBN" and end - start > 3 and doc[start + 2].lower_ == "by":
        return _named(page, start, 3, end, Manner.REPORTED)
    return _spoken(page, start + (first == "as"), end, known)


def _named(page: Page, start: int, words: int, end: int, manner: Manner, cites: bool = False) -> Naming | None:
    """Those behind the words that cite or credit them."""
    who = _nominal(page, start + words, _dated(page, start + words, end))
    return Naming(start, (start, start + words), (((who,), manner),), cites) if who else None


def _spoken(page: Page, start: int, end: int, known: Cues) -> Naming | None:
    """As in "Tass reported on Thursday", "said police", "Khabar 24 quoted a spokesman as saying"."""
    doc = page.doc
    finite = next((at for at in range(start, end) if doc[at].tag_ in _FINITE), None)
    if finite is None:
        return None
    verb, group = finite, (finite, finite + 1)
    if doc[finite].lemma_ == "have" and finite + 1 < end and doc[finite + 1].tag_ == "VBN":
        verb, group = finite + 1, (finite, finite + 2)
    lemma = doc[verb].lemma_.lower()
    if lemma == "quote":
        return _quoted(page, start, group, end)
    if not known.speaks(lemma) or any(child.dep_ in ("neg", "auxpass") for child in doc[verb].children):
        return None
    manner = next(use.manner for use in known.verbs[lemma] if use.frame is Frame.CLAUSE and use.family is Family.SPEECH)
    if finite == start:
        who = _nominal(page, verb + 1, _dated(page, verb + 1, end))
        return Naming(verb, group, (((who,), manner),)) if who and lemma != "tell" else None
    who = _nominal(page, start, _before(page, start, finite))
    if who is None or not _only_aside(page, verb + 1, end):
        return None
    told = _outlet(page, verb + 1, end, known) if lemma == "tell" else None
    return Naming(verb, group, (((who,), manner), *([((told,), Manner.REPORTED)] if told else [])))


def _quoted(page: Page, start: int, group: Stretch, end: int) -> Naming | None:
    doc = page.doc
    stop = next((at for at in range(group[1], end - 1) if doc[at].lower_ == "as" and doc[at + 1].tag_ == "VBG"), end)
    carrier, who = _nominal(page, start, group[0]), _nominal(page, group[1], stop)
    if carrier is None or who is None or end - stop > 2:
        return None
    return Naming(group[0], group, (((who,), Manner.QUOTED), ((carrier,), Manner.REPORTED)))


def _before(page: Page, start: int, verb: int) -> int:
    """Where a speaker ends, adverbs between them and the verb left out: "police later | said"."""
    while verb - 1 > start and page.doc[verb - 1].pos_ in ("ADV", "PART"):
        verb -= 1
    return verb


def _nominal(page: Page, start: int, end: int) -> Stretch | None:
    """A stretch that is one phrase about somebody; None where it is no such thing."""
    doc = page.doc
    if start >= end or doc[start].pos_ in _NO_NAME or doc[start].tag_ in _ASKING:
        return None
    if any(doc[at].tag_ in _FINITE or doc[at].tag_ in _ASKING for at in range(start, end)):
        return None
    return (start, end) if any(doc[at].pos_ in _NAMING for at in range(start, end)) else None


def _dated(page: Page, start: int, end: int) -> int:
    """Where a phrase ends at the day of the saying: "Khabar 24 | on Thursday"."""
    doc = page.doc
    for at in range(start + 1, end):
        if doc[at].pos_ == "ADP" and at + 1 < end and doc[at + 1].ent_type_ in ("DATE", "TIME"):
            return at
        if doc[at].ent_type_ in ("DATE", "TIME") and doc[at].pos_ == "PROPN" and doc[at].ent_iob_ == "B":
            return at
    return end


def _only_aside(page: Page, start: int, end: int) -> bool:
    """Whether words behind a verb of saying tell when, where and to whom, and nothing that is said."""
    doc = page.doc
    for at in range(start, end):
        if doc[at].lower_ in _ABOUT_IT:
            return True
        if doc[at].tag_ in _FINITE or doc[at].lower_ == "that" or page.quotations.at(at) is not None:
            return False
    return True


def _outlet(page: Page, start: int, end: int, known: Cues) -> Stretch | None:
    """Whom they told, if it is somebody who passes it on."""
    doc, stop = page.doc, start
    while stop < end and doc[stop].pos_ not in ("ADP", "ADV", "SCONJ", "PUNCT"):
        stop += 1
    stop = min(stop, _dated(page, start, end)) if stop > start else stop
    if start >= stop:
        return None
    names = [at for at in range(start, stop) if doc[at].pos_ == "PROPN"]
    outlet = any(doc[at].lemma_.lower() in known.words("outlets") for at in range(start, stop))
    person = any(doc[at].ent_type_ in ("PERSON", "NORP") for at in names)
    return (start, stop) if outlet or (names and not person) else None
