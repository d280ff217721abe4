"""Verbs that attribute: what they attribute stands after them, before them, around them, or in their object."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.extraction.attribution.cues import Cue, Frame
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import CLOSING_MARKS, Page, subtree
from provenance.extraction.attribution.phrases import noun_phrase, subject, verb_group

if TYPE_CHECKING:
    from spacy.tokens import Token

_OBJECTS = frozenset({"dobj", "obj"})


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause in which a cue stands: the verb's words, who it goes with, and how far both reach."""

    verb: Token
    group: Stretch
    source: Stretch | None
    own: bool
    low: int
    high: int


def of_verb(page: Page, verb: Token, uses: tuple[Cue, ...]) -> Iterator[Found]:
    """What a verb attributes: the first of its frames that the sentence fills."""
    by_frame: dict[Frame, Cue] = {use.frame: use for use in uses if use.frame is not Frame.PREPOSITION}
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    if passive:
        return
    clause = _clause(page, verb)
    quoting = by_frame.get(Frame.QUOTE)
    clausal = by_frame.get(Frame.CLAUSE)
    if (use := quoting or clausal) and (content := _before(page, clause, bool(clausal))):
        clause = _inverted(page, clause, content)
        yield _found(page, clause, use, "before", content)
        return
    if clausal and (content := _clause_after(page, clause)):
        yield _found(page, clause, clausal, "clause", content)
        return
    if quoting and (content := _quote_after(page, clause)):
        yield _found(page, clause, quoting, "quote", content)
        return
    for frame, look in _FRAMES:
        if (use := by_frame.get(frame)) and (content := look(page, clause)):
            yield _found(page, clause, use, frame.value, content)
            return
    for use in uses:
        if use.frame is Frame.PREPOSITION and (taken := _after_preposition(page, clause, use.preposition or "")):
            cue, content = taken
            yield _found(page, clause, use, "preposition", content, cue)
            return


def _found(
    page: Page, clause: Clause, use: Cue, rule: str, content: tuple[Stretch, ...], cue: Stretch | None = None
) -> Found:
    return Found(
        rule=f"{use.family.value}.{rule}",
        family=use.family,
        confidence=use.confidence if clause.source else use.confidence * 0.8,
        anchor=clause.verb.i,
        cue=cue or clause.group,
        source=clause.source,
        content=content,
        manner=use.manner,
        stance=use.stance,
    )


def _clause(page: Page, verb: Token) -> Clause:
    group = verb_group(page, verb)
    who = subject(verb)
    source = None
    own = who is not None and who.head == verb
    if who is not None:
        source = noun_phrase(
            page, who, group[0] if who.i < verb.i else None, verb if verb.dep_ in ("acl", "relcl") else None
        )
    low = min(group[0], source[0]) if source and own else group[0]
    high = max(group[1], source[1]) if source and own and source[0] >= group[1] else group[1]
    return Clause(verb, group, source, own, low, _reach(page, high))


def _reach(page: Page, start: int) -> int:
    """Where the words after a cue end that say when, where or to whom: at the next punctuation or quotation."""
    end = page.bounds(start - 1)[1]
    place = start
    while place < end and not page.doc[place].is_punct and not page.doc[place].is_space:
        place += 1
    return place


def _inverted(page: Page, clause: Clause, content: tuple[Stretch, ...]) -> Clause:
    """The speaker who stands behind the verb: "…", said a spokesman."""
    if clause.source and clause.own:
        return clause
    verb = clause.verb
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep_ in ("dobj", "attr", "oprd", "nsubj", "npadvmod", "dep")
            and child.pos_
            in (
                "NOUN",
                "PROPN",
                "PRON",
            )
        ):
            return Clause(verb, clause.group, noun_phrase(page, child), True, clause.group[0], clause.high)
    return clause


def _before(page: Page, clause: Clause, clausal: bool) -> tuple[Stretch, ...]:
    """A quotation or clause that stands before its cue, with what goes on after the cue in the same sentence."""
    doc, low = page.doc, clause.low
    last = low - 1
    if last < 0 or page.paragraph(last) is None or page.paragraph(last) != page.paragraph(low):
        return ()
    quote = page.quotations.at(last) if doc[last].text in CLOSING_MARKS else None
    if doc[last].text == "," and last > 0 and doc[last - 1].text in CLOSING_MARKS:
        quote = page.quotations.at(last - 1)
    quoted = quote is not None and quote.closed and quote.end >= low - 1
    if not quoted and not (clausal and doc[last].text in (",", "—", "–", "--") and _says_before(clause)):
        return ()
    if quoted and not _free_before(page, clause):
        return ()
    assert_start = quote.start if quoted and quote else last
    start = page.sentence_start(assert_start)
    first = page.trimmed(start, low)
    if first[0] >= first[1]:
        return ()
    return (first, *_resumed(page, clause))


def _free_before(page: Page, clause: Clause) -> bool:
    """Whether the quotation before a cue is the cue's own, and not the subject's or an earlier clause's."""
    if _clause_after(page, clause) and page.doc[clause.high - 1].text not in (",",):
        return clause.verb.lemma_ not in ("add", "say") and False
    return True


def _says_before(clause: Clause) -> bool:
    verb = clause.verb
    complements = [child for child in verb.children if child.dep_ == "ccomp"]
    if any(child.i > verb.i and child.left_edge.i > verb.i for child in complements):
        return False
    return any(child.i < clause.low for child in complements) or verb.dep_ in ("parataxis",)


def _resumed(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    doc, end = page.doc, page.sentence_end(clause.verb.i)
    place = clause.high
    if place + 1 >= end or doc[place].text not in (",", "—", "–", "--", ":", ";"):
        return ()
    after = place + 1
    opened = page.quotations.at(after)
    if opened is None or opened.start != after:
        holder = next(
            (child for child in clause.verb.children if child.left_edge.i <= after <= child.right_edge.i), None
        )
        if holder is None or holder.dep_ != "ccomp":
            return ()
    rest = page.trimmed(*page.around_quotes(after, end))
    return (rest,) if rest[0] < rest[1] else ()


def _clause_after(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    verb = clause.verb
    for child in verb.children:
        if child.dep_ == "ccomp" and child.i > verb.i:
            start, end = subtree(child)
            start = max(start, clause.group[1])
            end = min(end, page.bounds(verb.i)[1])
            content = page.trimmed(*page.around_quotes(start, end))
            if content[0] < content[1]:
                return (content,)
    return ()


def _quote_after(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    doc, place = page.doc, clause.high
    end = page.bounds(clause.verb.i)[1]
    if place < end and doc[place].text in (",", ":", "that"):
        place += 1
    while place < end and doc[place].is_space:
        place += 1
    quote = page.quotations.at(place) if place < end else None
    if quote is None or quote.start != place:
        return ()
    return (page.trimmed(quote.start, max(quote.end, quote.start + 1)),)


def _object(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    for child in clause.verb.children:
        if child.dep_ in _OBJECTS and child.i > clause.verb.i:
            return _stretch(page, clause, *subtree(child))
    return ()


def _predicated(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """An object with what is said of it: "described the plan as reckless", "called him a liar"."""
    after = [child for child in clause.verb.children if child.i > clause.verb.i]
    told = [
        child
        for child in after
        if child.dep_ in ("oprd", "ccomp", "xcomp") or (child.dep_ == "prep" and child.lower_ in ("as", "to"))
    ]
    taken = [child for child in after if child.dep_ in _OBJECTS]
    if not told:
        return ()
    last = told[0]
    start = min(child.left_edge.i for child in (*taken[:1], last))
    return _stretch(page, clause, start, last.right_edge.i + 1)


def _infinitive(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    for child in clause.verb.children:
        if child.dep_ == "xcomp" and child.i > clause.verb.i and any(c.tag_ == "TO" for c in child.children):
            return _stretch(page, clause, *subtree(child))
    return ()


def _gerund(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    for child in clause.verb.children:
        if child.dep_ in ("xcomp", "ccomp", "pcomp") and child.tag_ == "VBG" and child.i > clause.verb.i:
            return _stretch(page, clause, *subtree(child))
    return ()


def _directive(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """Whom it is put to, and what they are to do."""
    after = [
        child for child in clause.verb.children if child.i > clause.verb.i and child.dep_ in ("dobj", "ccomp", "xcomp")
    ]
    asked = [child for child in after if child.dep_ in ("ccomp", "xcomp")]
    if not asked:
        return ()
    return _stretch(page, clause, min(child.left_edge.i for child in after), asked[-1].right_edge.i + 1)


def _after_preposition(page: Page, clause: Clause, word: str) -> tuple[Stretch, tuple[Stretch, ...]] | None:
    for child in clause.verb.children:
        if child.dep_ == "prep" and child.lower_ == word and child.i > clause.verb.i:
            last = child.right_edge.i + 1
            for later in clause.verb.children:
                if later.dep_ == "xcomp" and later.i > child.i:
                    last = max(last, later.right_edge.i + 1)
            content = _stretch(page, clause, child.i + 1, last)
            if content:
                cue = (clause.group[0], child.i + 1) if child.i == clause.group[1] else clause.group
                return cue, content
    return None


def _stretch(page: Page, clause: Clause, start: int, end: int) -> tuple[Stretch, ...]:
    low, high = page.bounds(clause.verb.i)
    start, end = page.trimmed(*page.around_quotes(max(start, low, clause.group[1]), min(end, high)))
    return ((start, end),) if start < end else ()


_FRAMES = (
    (Frame.DIRECTIVE, _directive),
    (Frame.INFINITIVE, _infinitive),
    (Frame.AS, _predicated),
    (Frame.GERUND, _gerund),
    (Frame.OBJECT, _object),
)
