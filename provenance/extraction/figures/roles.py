"""In which role somebody is counted: killed, injured, arrested, as data in ``roles.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

from provenance.extraction.figures.page import Page, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

# How far from a number a role may stand without a grammar that ties them: pieces on either side.
_REACH = 6
_PASSIVE = frozenset({"nsubjpass", "dobj", "obj"})
_TIED = frozenset({"acl", "amod", "dep", "appos", "acomp", "oprd"})
_ACTIVE = frozenset({"nsubj"})
# "left 12 people dead": the role stands behind the noun.
_LEAVING = frozenset({"leave", "remain", "be", "feel", "lie", "find", "report", "confirm", "declare", "pronounce"})
# Whoever does these tells of others: "two outlets reported the man dead".
_TELLING = frozenset({"find", "report", "confirm", "declare", "pronounce"})


@dataclass(frozen=True, slots=True)
class Role:
    """The role by its own name, and the characters of the words that say so."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Roles:
    words: Phrases[str]
    single: dict[str, str]
    object: dict[str, str]
    subject: dict[str, str]
    object_of: dict[tuple[str, str], str]

    def of_object(self, verb: Token, noun: Token) -> str | None:
        """The role that a verb gives to what is done to."""
        done = verb.lemma_.lower()
        return self.object.get(done) or self.object_of.get((done, noun.lower_))


def role_word(word: str) -> str | None:
    """The role that a single word says."""
    return _roles().single.get(word)


def role_of(counter: Token, noun: Token | None) -> Role | None:
    """The role of what is counted, by the grammar: what stands by the noun says it, else the verb, else the noun, else
    what it is a number of.
    """
    head = noun if noun is not None else counter
    verb = _by_verb(head) or (_by_verb(counter) if counter is not head else None)
    said = [found for word in _own_words(counter, head) if (found := _said(word)) is not None]
    return (said[0] if said else None) or verb or _said(head) or _by_noun(head)


def _said(word: Token) -> Role | None:
    name = role_word(word.lower_)
    return None if name is None else Role(name, word.idx, word.idx + len(word))


def role_near(page: Page, first: int, end: int) -> Role | None:
    """The role in the words around a number where no grammar is known: a verb right before it, then what follows."""
    verb = role_before(page, first)
    if verb is not None:
        return verb
    for here in (*range(end, min(end + _REACH, page.stop)), *range(first - 1, max(first - _REACH, -1), -1)):
        if page.low(here) in (".", "\n", ";") or page.kind(here) == "gap":
            if here > first:
                continue
            break
        found = _roles().words.at(page, here)
        if found is not None:
            return Role(found[0], page.pieces[here].start, page.pieces[found[1] - 1].end)
    return None


def role_before(page: Page, first: int) -> Role | None:
    """The role that the verb right before a number says, also where a headline's capitals hide that it is a verb."""
    here = first - 1
    word = page.low(here)
    verbs = _roles().object
    for stem in (word, word[:-1], word[:-2], word[:-3], word[:-3] + "e"):
        if page.kind(here) == "word" and len(stem) > 3 and stem in verbs:
            return Role(verbs[stem], page.pieces[here].start, page.pieces[here].end)
    return None


def role_after(page: Page, end: int) -> Role | None:
    """The role in the next few words of the same clause: '12 | of whom died'."""
    for here in range(end, min(end + 4, page.stop)):
        if page.kind(here) != "word":
            return None
        name = _roles().words.at(page, here)
        if name is not None:
            return Role(name[0], page.pieces[here].start, page.pieces[name[1] - 1].end)
    return None


def _own_words(counter: Token, head: Token) -> Iterator[Token]:
    """What stands before the noun, and the participle behind it ('people killed')."""
    for child in head.lefts:
        if child.i > counter.i and child.dep_ in ("amod", "compound", "advmod", "nmod", "acl", "dep"):
            yield child
    for child in head.rights:
        tied = child.dep_ in _TIED and child.i - head.i < 12
        if tied or (child.dep_ == "relcl" and any(c.dep_ in ("nsubjpass", "auxpass") for c in child.children)):
            yield child
    following = head.nbor(1) if head.i + 1 < len(head.doc) else None
    if following is not None and following.tag_ in ("JJ", "VBN", "VBD") and following.dep_ not in ("ROOT", "conj"):
        yield following


def _by_verb(head: Token) -> Role | None:
    dep, verb = head.dep_, head.head
    steps = 0
    while dep == "conj" and steps < 6:
        dep, verb, steps = verb.dep_, verb.head, steps + 1
    roles = _roles()
    name = None
    if dep in _PASSIVE:
        name = roles.of_object(verb, head)
    elif dep in _ACTIVE:
        name = roles.subject.get(verb.lemma_.lower())
        if name is None and verb.tag_ == "VBN":
            name = roles.of_object(verb, head)
        if name is None and verb.tag_ in ("JJ", "VBG"):
            name = role_word(verb.lower_)
    if name is not None:
        return Role(name, verb.idx, verb.idx + len(verb))
    tells = dep in _ACTIVE and verb.lemma_ in _TELLING and verb.tag_ != "VBN"
    if dep in _PASSIVE | _ACTIVE | {"ccomp"} and verb.lemma_ in _LEAVING and not tells:
        for child in verb.children:
            if child.dep_ in ("acomp", "oprd", "xcomp", "advcl") and (name := role_word(child.lower_)):
                return Role(name, child.idx, child.idx + len(child))
    return None


def _by_noun(head: Token) -> Role | None:
    """'the deaths of 12 people', 'the death toll rose to 12'."""
    if head.dep_ not in ("pobj", "dobj", "attr", "npadvmod"):
        return None
    above = head.head
    if head.dep_ == "pobj" and above.head.pos_ == "NOUN" and above.lower_ == "of":
        name = role_word(above.head.lower_) or _NOMINAL.get(above.head.lower_)
        return Role(name, above.head.idx, above.head.idx + len(above.head)) if name else None
    if head.dep_ != "pobj" or above.lower_ not in ("to", "at", "from"):
        return None
    verb = above.head
    for _ in range(3):  # "rose from 12 to 15" is a chain of prepositions
        verb = verb.head if verb.pos_ in ("ADP", "NUM") else verb
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            name = role_word(child.lower_) or _toll(child)
            if name is not None:
                return Role(name, child.left_edge.idx, child.idx + len(child))
    return None


_NOMINAL = {"killing": "killed", "murder": "killed", "arrest": "arrested", "detention": "detained", "loss": "killed"}


def _toll(token: Token) -> str | None:
    if token.lower_ in ("number", "count"):
        below = (one for of in token.rights if of.lower_ == "of" for one in of.children if one.dep_ == "pobj")
        return next((name for one in below if (name := role_word(one.lower_))), None)
    if token.lower_ != "toll":
        return None
    words = {child.lower_ for child in token.lefts}
    if words & {"injury", "injured", "wounded"}:
        return "injured"
    return "killed" if words & {"death", "dead", "casualty", "fatality", "the", "its"} else None


@lru_cache(maxsize=1)
def _roles() -> _Roles:
    source = resources.files("provenance.extraction") / "data" / "roles.yaml"
    data = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    words = {word: name for name, forms in data.items() for word in forms["words"]}
    return _Roles(
        Phrases(words),
        {word: name for word, name in words.items() if " " not in word},
        {verb: name for name, forms in data.items() for verb in forms["object"]},
        {verb: name for name, forms in data.items() for verb in forms["subject"]},
        {
            (verb, noun): name
            for name, forms in data.items()
            for verb, nouns in forms.get("object_of", {}).items()
            for noun in nouns
        },
    )
