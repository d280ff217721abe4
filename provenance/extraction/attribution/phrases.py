"""Which words a speaker or a cue takes in: the whole noun phrase with its titles, the whole verb group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import cues
from provenance.extraction.attribution.found import Stretch
from provenance.extraction.attribution.page import Page, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

_GROUP = frozenset({"aux", "auxpass", "neg", "advmod"})
_LINKING = frozenset(
    {
        "go",
        "decline",
        "refuse",
        "continue",
        "try",
        "begin",
        "want",
        "be",
        "use",
        "seem",
        "appear",
        "like",
        "have",
        "fail",
        "hasten",
        "rush",
    }
)
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMING = frozenset({"NOUN", "PROPN", "PRON"})
_NO_NAME = frozenset({"CCONJ", "SCONJ", "ADP", "ADV", "PART", "INTJ", "PUNCT"})
_ASKING = frozenset({"WDT", "WP", "WRB"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CUT_OFF = frozenset({"nsubj", "npadvmod", "nmod"})
_COMMA_DEPS = frozenset({"appos", "relcl", "acl"})


def verb_group(page: Page, verb: Token) -> Stretch:
    """A verb with its auxiliaries, negation and the adverbs among them: "has not officially confirmed"."""
    doc, start, end = page.doc, verb.i, verb.i + 1
    while start > 0 and doc[start - 1].head == verb and doc[start - 1].dep_ in _GROUP and doc[start - 1].tag_ != "WRB":
        start -= 1
    while end < len(doc) and doc[end].head == verb and doc[end].dep_ == "prt":
        end += 1
    if (
        verb.dep_ == "xcomp"
        and verb.head.lemma_ in _LINKING
        and start - verb.head.i in (1, 2)
        and verb.head.pos_ == "VERB"
    ):
        return verb_group(page, verb.head)[0], end
    while (
        start < verb.i
        and doc[start].dep_ == "advmod"
        and doc[start].lower_ in ("so", "then", "however", "when", "where")
    ):
        start += 1
    return start, end


def quoting(word: Token) -> bool:
    """The participle that names whom a speaker rests on."""
    return word.lower_ in ("citing", "quoting")


def speaking(verb: Token) -> Token | None:
    """The verb of saying whose clause a participle belongs to: "said that ..., adding ..."."""
    head = verb.head
    for _ in range(4):
        if head.head is head or head.dep_ not in ("ccomp", "conj", "xcomp", "advcl", "relcl", "pcomp"):
            return None
        if head.dep_ == "ccomp" and head.head.i < head.i and cues().speaks(head.head.lemma_.lower()):
            return head.head
        head = head.head
    return None


def subject(verb: Token, depth: int = 0) -> Token | None:
    """Who does what a verb says, looked for upwards where the verb shares or borrows it."""
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    if subjects:
        return max((one for one in subjects if one.i < verb.i), default=subjects[0], key=lambda one: one.i)
    if depth > 4 or verb.head is verb:
        return None
    if depth == 0 and verb.dep_ == "advcl" and verb.tag_ == "VBG" and (said := speaking(verb)) is not None:
        return subject(said, depth + 1)
    if verb.dep_ == "acl" and verb.tag_ != "VB":
        return verb.head
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VBG", "VB"):
        return None
    if verb.dep_ == "relcl":
        return None
    return subject(verb.head, depth + 1)


def agent(page: Page, verb: Token) -> Stretch | None:
    """The "by X" of a passive."""
    for child in verb.children:
        if child.dep_ == "agent":
            noun = next((word for word in child.children if word.dep_ == "pobj"), None)
            return noun_phrase(page, noun) if noun is not None else None
    return None


def noun_phrase(page: Page, noun: Token, before: int | None = None, without: Token | None = None) -> Stretch:
    """A noun with its titles, appositions and relative clauses, up to ``before`` and to the verb ``without``.

    A comma that closes an apposition belongs to it, as PolNeAR marks sources: "his manager, Jeff Weaver,".
    """
    start, end = subtree(noun)
    if without is not None:
        cut = without.left_edge.i
        if noun.i < cut < end:
            end = cut
        elif start <= without.i <= noun.i:
            start = noun.i
    if before is not None and noun.i < before:
        end = min(end, before)
    low, high = page.bounds(noun.i)
    start, end = max(start, low), min(end, high)
    start, end = _with_name(page, noun, start, end, before)
    doc = page.doc
    while end > noun.i + 1 and (
        (doc[end - 1].is_punct and doc[end - 1].text not in (")", "”", '"', "''")) or doc[end - 1].is_space
    ):
        end -= 1
    while start < noun.i and (
        (doc[start].is_punct and doc[start].text not in ("(", "“", '"', "''", "``", "@", "#"))
        or doc[start].is_space
        or doc[start].dep_ in ("cc", "mark", "prep")
    ):
        start += 1
    if doc[end - 1].text in ("'s", "’s") and end - 1 > noun.i:
        end -= 1
    end = _without_day(page, noun.i, end)
    if before is not None and end < len(doc) and doc[end].text == "," and end + 1 >= before - 2:
        end += any(
            child.dep_ in _COMMA_DEPS and noun.i < child.i < end and doc[child.left_edge.i - 1].text == ","
            for child in noun.subtree
        )
    return start, end


def _without_day(page: Page, noun: int, end: int) -> int:
    """A noun phrase up to the "on Wednesday" that says when its verb happened."""
    doc, place = page.doc, end
    while place - 1 > noun and doc[place - 1].ent_type_ in ("DATE", "TIME"):
        place -= 1
    if place == end or place - 1 <= noun or doc[place - 1].lower_ not in ("on", "in", "late", "early", "at"):
        return end
    place -= 1
    if doc[place].head.pos_ not in ("NOUN", "PROPN") or doc[place - 1].pos_ in ("VERB", "ADV"):
        return end
    while place - 1 > noun and doc[place - 1].is_punct:
        place -= 1
    return place


def _with_name(page: Page, noun: Token, start: int, end: int, before: int | None) -> Stretch:
    """A noun with the name that the parser cut from it: "the Russian state agency | Tass", "agency | Tass"."""
    doc, (low, high) = page.doc, page.bounds(noun.i)
    if doc[end - 1].pos_ in ("NOUN", "PROPN"):
        while (
            end < min(high, before or high) and doc[end].pos_ in ("PROPN", "NUM") and doc[end - 1].ent_type_ != "DATE"
        ):
            if doc[end].ent_type_ in ("DATE", "TIME"):
                break
            end += 1
    cut = doc[start - 1] if start > low and doc[start].pos_ == "PROPN" else None
    if cut is None or cut.pos_ not in ("NOUN", "PROPN"):
        return start, end
    beside = cut.head.i == noun.head.i and cut.dep_ in _CUT_OFF
    if beside or (cut.pos_ == "NOUN" and cues().is_speaker(cut) and not doc[start - 1].is_punct):
        start = max(low, cut.left_edge.i)
    return start, end


def nominal(page: Page, start: int, end: int) -> Stretch | None:
    """A stretch that is one phrase about somebody; None where it is no such thing."""
    doc = page.doc
    if start >= end or doc[start].pos_ in _NO_NAME or doc[start].tag_ in _ASKING:
        return None
    if any(doc[at].tag_ in _FINITE or doc[at].tag_ in _ASKING for at in range(start, end)):
        return None
    return (start, end) if any(doc[at].pos_ in _NAMING for at in range(start, end)) else None


def holder(page: Page, noun: Token, without: Token | None = None) -> Stretch | None:
    """Whose claim it is: a possessive, or "by X", "from X"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return noun_phrase(page, child)
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and (by := agent(page, child)) is not None:
            return by
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "on", "in"):
            held = next((word for word in child.children if word.dep_ == "pobj"), None)
            published = held is not None and held.lemma_.lower() in cues().words("places")
            if held is not None and (published or child.lower_ not in ("on", "in")):
                return noun_phrase(page, held, None, without)
    return None


def parallel(page: Page, stretch: Stretch) -> tuple[Stretch, ...]:
    """Those who share one noun phrase, each on their own: "Tass and RIA Novosti"; one if it names one."""
    head = page.doc[stretch[0] : stretch[1]].root
    heads = [head, *(word for word in head.conjuncts if stretch[0] <= word.i < stretch[1])]
    if len(heads) == 1 or any(word.pos_ not in ("PROPN", "NOUN") for word in heads):
        return (stretch,)
    named = all(word.pos_ == "PROPN" for word in heads) or all(cues().is_speaker(word) for word in heads)
    if not named and any(word.left_edge.i == word.i for word in heads[1:]):
        return (stretch,)
    starts = [stretch[0], *(word.left_edge.i for word in heads[1:])]
    ends = [*starts[1:], stretch[1]]
    return tuple(_without_and(page, start, end) for start, end in zip(starts, ends, strict=True) if start < end)


def _without_and(page: Page, start: int, end: int) -> Stretch:
    while end - 1 > start and (page.doc[end - 1].dep_ == "cc" or page.doc[end - 1].is_punct):
        end -= 1
    return start, end
