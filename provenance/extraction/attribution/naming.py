"""One stretch between two commas that only names who says or relays something: "Tass reported on Thursday".

It is read from the order of its words: who, what they did, whom they told, when and where. A stretch that says
anything more is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cues, Family, Frame
from provenance.extraction.attribution.found import Step, Stretch
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import nominal
from provenance.vocabulary import Manner

if TYPE_CHECKING:
    from spacy.tokens import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CITED = frozenset({"cited", "quoted", "cites", "quotes"})
# Verbs at the end of a short clause that the parser takes for nouns: "local radio reports".
_TAKEN_FOR_NOUNS = frozenset({"reports", "claims", "states", "announces", "notes", "writes", "says", "confirms"})
# Words of the longest name of an outlet.
_LONGEST_NAME = 10
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
    if first == "so" and page.quotations.at(start - 2) is not None:
        return _named(page, start, 1, end, Manner.SAID)
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
    who = nominal(page, start + words, _dated(page, start + words, end))
    return Naming(start, (start, start + words), (((who,), manner),), cites) if who else None


def _spoken(page: Page, start: int, end: int, known: Cues) -> Naming | None:
    """As in "Tass reported on Thursday", "said police", "Khabar 24 quoted a spokesman as saying"."""
    doc = page.doc
    finite = next((at for at in range(start, end) if doc[at].tag_ in _FINITE), None)
    if finite is None and doc[end - 1].lower_ in _TAKEN_FOR_NOUNS:
        finite = end - 1
    if finite is None and doc[start].tag_ == "VBN":
        finite = start
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
        behind = _past_day(page, verb + 1, end)
        who = nominal(page, behind, _dated(page, behind, end))
        return Naming(verb, group, (((who,), manner),)) if who and lemma != "tell" else None
    who = nominal(page, start, _before(page, start, finite))
    if who is None or not _only_aside(page, verb + 1, end):
        return None
    cited, who = _with_reference(page, who)
    told = outlet(page, verb + 1, end, known) if lemma == "tell" else None
    steps: list[Step] = [((who,), manner)]
    if cited is not None:
        steps.insert(0, ((cited,), Manner.CITED))
    if told is not None:
        steps.append(((told,), Manner.REPORTED))
    return Naming(verb, group, tuple(steps))


def _with_reference(page: Page, who: Stretch) -> tuple[Stretch | None, Stretch]:
    """Whom a speaker rests on, and the speaker: "Interfax with reference to the police"."""
    doc = page.doc
    for at in range(who[0] + 1, who[1] - 3):
        if (doc[at].lower_, doc[at + 1].lower_, doc[at + 2].lower_) == ("with", "reference", "to"):
            return (at + 3, who[1]), (who[0], at)
    return None, who


def _quoted(page: Page, start: int, group: Stretch, end: int) -> Naming | None:
    doc = page.doc
    stop = next((at for at in range(group[1], end - 1) if doc[at].lower_ == "as" and doc[at + 1].tag_ == "VBG"), end)
    carrier, who = nominal(page, start, group[0]), nominal(page, group[1], stop)
    if carrier is None or who is None or end - stop > 2:
        return None
    return Naming(group[0], group, (((who,), Manner.QUOTED), ((carrier,), Manner.REPORTED)))


def _past_day(page: Page, start: int, end: int) -> int:
    """Where whoever spoke begins behind the day: "informed on Sunday | the police"."""
    doc, place = page.doc, start
    if place < end and doc[place].pos_ == "ADP":
        place += 1
    while place < end and doc[place].ent_type_ in ("DATE", "TIME"):
        place += 1
    return place if place > start + 1 else start


def _before(page: Page, start: int, verb: int) -> int:
    """Where a speaker ends, adverbs between them and the verb left out: "police later | said"."""
    while verb - 1 > start and page.doc[verb - 1].pos_ in ("ADV", "PART"):
        verb -= 1
    return verb


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


def outlet(page: Page, start: int, end: int, known: Cues) -> Stretch | None:
    """Who is told something from a place on, if it is somebody who passes it on: a name that is no person's."""
    doc, stop = page.doc, start
    while stop < min(end, start + _LONGEST_NAME) and not _name_ended(doc[stop]):
        stop += 1
    stop = min(stop, _dated(page, start, end)) if stop > start else stop
    if start >= stop:
        return None
    if any(doc[at].lemma_.lower() in known.words("outlets") for at in range(start, stop)):
        return start, stop
    names = [at for at in range(start, stop) if doc[at].pos_ == "PROPN"]
    if any(doc[at].lower_.endswith(tuple(known.words("outlet_names"))) for at in names):
        return start, stop
    whole = bool(names) and all(doc[at].pos_ in ("PROPN", "DET", "NUM") for at in range(start, stop))
    return (start, stop) if whole and all(doc[at].ent_type_ not in ("PERSON", "NORP", "GPE") for at in names) else None


def _name_ended(word: Token) -> bool:
    return word.is_space or (
        word.pos_ in ("ADP", "ADV", "SCONJ", "PUNCT", "VERB", "AUX", "PRON") and word.lower_ not in ("daily", "weekly")
    )
