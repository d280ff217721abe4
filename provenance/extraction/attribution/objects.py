"""Where things stand that are said in a verb's object, infinitive or prepositional phrase: "called for moderation"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from provenance.extraction.attribution.clause import Clause
from provenance.extraction.attribution.cues import Frame
from provenance.extraction.attribution.found import Stretch
from provenance.extraction.attribution.page import Page, subtree

if TYPE_CHECKING:
    from spacy.tokens import Token

# Within how many words of "called" the name must stand that is given in quotation marks.
_NEAR = 10

_TRAILING = frozenset({"prep", "dative", "relcl", "acl"})
# "reported 214 cases since Sunday, including 61 children"; "accused the rebels on Friday of breaking the truce".
_PARTS = frozenset({"including", "among"})
_ACCUSING = frozenset(
    {"accuse", "blame", "criticize", "criticise", "condemn", "praise", "thank", "suspect", "denounce"}
)
_CHARGES = frozenset({"of", "for"})
_OBJECTS = frozenset({"dobj", "obj"})


def _after(clause: Clause) -> list[Token]:
    return [child for child in clause.verb.children if child.i > clause.verb.i]


def object_of(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """What is confirmed, announced, criticised."""
    for child in _after(clause):
        if child.dep_ in _OBJECTS:
            start, end = subtree(child)
            return _stretch(page, clause, start, _extended(page, clause, end))
    return ()


def _extended(page: Page, clause: Clause, end: int) -> int:
    """An object's end with the phrases right behind it that hang on the verb: "praised them for their help"."""
    for child in _after(clause):
        if child.left_edge.i == end and child.dep_ in _TRAILING and not _dated(child):
            end = child.right_edge.i + 1
        elif child.lower_ in _PARTS or (child.lower_ in _CHARGES and clause.verb.lemma_ in _ACCUSING):
            end = max(end, child.right_edge.i + 1)
    return _with_second(page, clause, end)


def _with_second(page: Page, clause: Clause, end: int) -> int:
    """An object's end with a second one that the parser lost: "17 dead | and 56 injured"."""
    doc, high = page.doc, page.sentence_end(clause.verb.i)
    if end >= high or doc[end].lower_ != "and":
        return end
    stop = next((at for at in range(end, high) if doc[at].is_punct), high)
    plain = doc[end + 1].pos_ == "NUM" and not any(doc[at].pos_ in ("AUX", "PRON") for at in range(end, stop))
    return stop if plain else end


def _dated(child: Token) -> bool:
    return any(word.ent_type_ in ("DATE", "TIME") for word in child.children)


def predicated(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """An object with what is said of it: "described the plan as reckless", "called him a liar"."""
    after = _after(clause)
    taken = [child for child in after if child.dep_ in _OBJECTS]
    told = [child for child in after if child.dep_ in ("oprd", "ccomp", "xcomp") or _as(child)]
    told = told or [child for noun in taken for child in noun.children if _as(child) and child.lower_ == "as"]
    if not told:
        return _quoted_name(page, clause)
    start = min(child.left_edge.i for child in (*taken[:1], told[0]))
    return _stretch(page, clause, start, told[0].right_edge.i + 1)


def _quoted_name(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """What is called something in quotation marks: "called the vote “a farce”"."""
    end = page.sentence_end(clause.verb.i)
    quote = next(iter(page.quotations.between(clause.group[1], min(end, clause.group[1] + _NEAR))), None)
    if (
        quote is None
        or clause.verb.lemma_ != "call"
        or any(page.doc[at].is_punct for at in range(clause.group[1], quote.start))
    ):
        return ()
    return _stretch(page, clause, clause.group[1], quote.end)


def _as(child: Token) -> bool:
    return child.dep_ == "prep" and child.lower_ in ("as", "to")


def infinitive(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """What is vowed or refused: "to continue"."""
    for child in _after(clause):
        if child.dep_ == "xcomp" and any(mark.tag_ == "TO" for mark in child.children):
            return _stretch(page, clause, *subtree(child))
    return ()


def gerund(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """What is suggested or denied: "freezing the prices"."""
    for child in _after(clause):
        having = any(word.dep_ == "aux" and word.tag_ == "VBG" for word in child.children)
        if child.dep_ in ("xcomp", "ccomp", "pcomp") and (child.tag_ == "VBG" or having):
            return _stretch(page, clause, *subtree(child))
    return ()


def directive(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """Whom it is put to, and what they are to do."""
    after = [child for child in _after(clause) if child.dep_ in ("dobj", "ccomp", "xcomp")]
    asked = [child for child in after if child.dep_ in ("ccomp", "xcomp")]
    if not asked:
        return ()
    return _stretch(page, clause, min(child.left_edge.i for child in after), asked[-1].right_edge.i + 1)


def after_preposition(page: Page, clause: Clause, word: str) -> tuple[Stretch, tuple[Stretch, ...]] | None:
    """The cue with its preposition, and what follows it: "called for | a ceasefire"."""
    last = page.doc[clause.group[1] - 1]
    if last.lower_ == word and last.dep_ == "prt":
        behind = [child for child in _after(clause) if child.dep_ in ("dobj", "ccomp", "xcomp")]
        end = max((child.right_edge.i + 1 for child in behind), default=0)
        content = _stretch(page, clause, clause.group[1], end)
        return (clause.group, content) if content else None
    for child in _after(clause):
        if child.dep_ == "prep" and child.lower_ == word:
            ends = [child, *(later for later in _after(clause) if later.dep_ == "xcomp" and later.i > child.i)]
            content = _stretch(page, clause, child.i + 1, max(end.right_edge.i for end in ends) + 1)
            if content:
                return ((clause.group[0], child.i + 1) if child.i == clause.group[1] else clause.group), content
    return None


def _stretch(page: Page, clause: Clause, start: int, end: int) -> tuple[Stretch, ...]:
    low, high = page.bounds(clause.verb.i)
    start, end = page.trimmed(*page.around_quotes(max(start, low, clause.group[1]), min(end, high)))
    return ((start, end),) if start < end else ()


FRAMES: tuple[tuple[Frame, Callable[[Page, Clause], tuple[Stretch, ...]]], ...] = (
    (Frame.DIRECTIVE, directive),
    (Frame.INFINITIVE, infinitive),
    (Frame.AS, predicated),
    (Frame.GERUND, gerund),
    (Frame.OBJECT, object_of),
)
