"""The clause in which a cue stands: the verb's words, who it goes with, and how far both reach."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import cues
from provenance.extraction.attribution.found import Stretch
from provenance.extraction.attribution.page import Page
from provenance.extraction.attribution.phrases import holder, nominal, noun_phrase, subject, verb_group

if TYPE_CHECKING:
    from spacy.tokens import Token

# No speaker is further from the punctuation that ends the words about when and where, in words.
_FAR = 60

# Within how many words of its verb such a speaker begins.
_NEAR = 12

_BEHIND = frozenset({"dobj", "attr", "oprd", "nsubj", "npadvmod", "dep"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Clause:
    """``own`` says that the speaker hangs on this verb itself; ``low`` and ``high`` are where speaker and verb begin,
    and where the words end that say when, where or to whom.
    """

    verb: Token
    group: Stretch
    source: Stretch | None
    own: bool
    low: int
    high: int
    antecedent: Stretch | None = None


def clause_of(page: Page, verb: Token) -> Clause:
    """The clause of a verb, with whoever does what it says."""
    group, who, source = verb_group(page, verb), subject(verb), None
    own = who is not None and who.head == verb
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and not own:
        who = None
    if who is not None:
        before = _verb_of(page, who, verb, group) if who.i < verb.i else None
        source = noun_phrase(page, who, before, verb if verb.dep_ in ("acl", "relcl") else None)
    if who is None and (named := _in_front(page, verb, group[0])) is not None:
        source, own = named, True
    ends = [group, source] if source and own else [group]
    low, high = min(end[0] for end in ends), _reach(page, max(end[1] for end in ends))
    return Clause(verb, group, source, own, low, high, _antecedent(page, verb, who))


def _in_front(page: Page, verb: Token, start: int) -> Stretch | None:
    """Whoever stands between a comma and a verb in the past, where the parser hung them elsewhere."""
    low = page.sentence_start(verb.i)
    if verb.tag_ not in ("VBD", "VBZ") or any(child.dep_ in ("expl", "csubj") for child in verb.children):
        return None
    comma = next((at for at in range(start - 1, max(low, start - _NEAR) - 1, -1) if page.doc[at].is_punct), None)
    if comma is None or page.doc[comma].text != "," or comma + 1 >= start:
        return None
    return nominal(page, comma + 1, start)


def _verb_of(page: Page, who: Token, verb: Token, group: Stretch) -> int:
    """Where the verb begins before which a speaker stands: another one, where a participle borrows its speaker."""
    other = who.head
    if other is not verb and who.i < other.i < verb.i and other.pos_ in ("VERB", "AUX"):
        return verb_group(page, other)[0]
    return group[0]


def _antecedent(page: Page, verb: Token, who: Token | None) -> Stretch | None:
    """Whom a relative "who" stands for, and who speaks in "a statement by X" or shows "a picture from X"."""
    if who is None:
        return None
    if who.lemma_.lower() in cues().words("compilations") | cues().words("pictures"):
        return holder(page, who)
    if who.tag_ not in ("WP", "WDT") or verb.dep_ != "relcl":
        return None
    start, end = noun_phrase(page, verb.head, None, verb)
    return (start, min(end, who.i)) if start < who.i else None


def inverted(page: Page, clause: Clause) -> Clause:
    """The clause with a speaker who stands behind the verb: "…", said a spokesman."""
    if clause.source and clause.own:
        return clause
    for child in clause.verb.children:
        if child.i > clause.verb.i and child.dep_ in _BEHIND and child.pos_ in _NOMINAL:
            return replace(clause, source=noun_phrase(page, child), own=True, low=clause.group[0])
    return clause


def _reach(page: Page, start: int) -> int:
    end, place = min(page.bounds(start - 1)[1], start + _FAR), start
    while place < end and not page.doc[place].is_punct and not page.doc[place].is_space:
        place += 1
    return place
