"""Where words stand that somebody says: before the cue, around it, in the clause after it, in a quotation after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from provenance.extraction.attribution.clause import Clause
from provenance.extraction.attribution.cues import cues
from provenance.extraction.attribution.found import Stretch
from provenance.extraction.attribution.page import CLOSING_MARKS, Page, subtree
from provenance.extraction.attribution.phrases import speaking
from provenance.extraction.attribution.quotes import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Token

_ASIDE = frozenset({",", "—", "–", "--", "-"})
_RESUMING = _ASIDE | {":", ";"}
# Words that make a quotation the end of their own phrase: "warned against the “fevered dreams”".
_LEADING = frozenset({"DET", "ADP", "ADJ", "VERB", "AUX", "PART"})
# How many words of a clause are looked through for a participle behind it.
_LONG = 200

_CONTRASTING = frozenset({"while", "whereas"})
_CLAUSES = frozenset({"ccomp"})


def before(page: Page, clause: Clause, clausal: bool) -> tuple[Stretch, ...]:
    """A quotation, or where ``clausal`` a clause, before its cue, with what goes on after the cue in the sentence."""
    last = clause.low - 1
    if last < 0 or page.paragraph(last) is None or page.paragraph(last) != page.paragraph(clause.low):
        return ()
    quote = _quotation_up_to(page, last)
    if quote is not None and not _free(page, clause, last):
        return ()
    if quote is None and not (clausal and page.doc[last].text in _ASIDE and _aside(page, clause)):
        return ()
    start = page.sentence_start(quote.start if quote else last)
    if quote is not None and _speaks(page, start, quote.start):
        start = quote.start
    first = page.trimmed(start, clause.low)
    if first[0] >= first[1]:
        return ()
    return (first, *_resumed(page, clause, quote is None))


def _free(page: Page, clause: Clause, last: int) -> bool:
    """Whether a cue behind quoted words is theirs: where a full stop ends them, it must say nothing else."""
    if page.doc[last - 1].text not in (".", "!", "?"):
        return True
    taken = {child.dep_ for child in clause.verb.children if child.i > clause.verb.i}
    return not taken & {"ccomp", "xcomp"} and (clause.source is None or "dobj" not in taken)


def _speaks(page: Page, start: int, end: int) -> bool:
    """Whether other words of saying stand between the beginning of a sentence and its quotation."""
    return any(page.doc[at].pos_ == "VERB" and cues().speaks(page.doc[at].lemma_.lower()) for at in range(start, end))


def _quotation_up_to(page: Page, last: int) -> Quotation | None:
    doc = page.doc
    if doc[last].text == "," and last > 0 and doc[last - 1].text in CLOSING_MARKS:
        last -= 1
    quote = page.quotations.at(last) if doc[last].text in CLOSING_MARKS else None
    return quote if quote is not None and quote.closed and quote.end >= last else None


def _aside(page: Page, clause: Clause) -> bool:
    """Whether a cue stands beside its clause: by the parse, or between two commas as in "Now, X told CNN, he would"."""
    if _complement_before(clause):
        return True
    if any(child.dep_ in _CLAUSES and child.i > clause.verb.i for child in clause.verb.children):
        return False
    doc, after = page.doc, clause.high + 1
    if not clause.own or after >= page.sentence_end(clause.verb.i) or doc[clause.high].text != ",":
        return False
    return page.quotations.at(after) is None and doc[after].tag_ not in ("VBG", "VBN", "CC", "WDT", "WP", "IN", "WRB")


def _complement_before(clause: Clause) -> bool:
    """Whether the parser hung a clause before the cue on it, or the cue on that clause."""
    complements = [child for child in clause.verb.children if child.dep_ in _CLAUSES]
    if any(child.i > clause.verb.i and child.left_edge.i > clause.verb.i for child in complements):
        return False
    return any(child.i < clause.low for child in complements) or clause.verb.dep_ == "parataxis"


def _resumed(page: Page, clause: Clause, aside: bool) -> tuple[Stretch, ...]:
    place, end = clause.high, page.sentence_end(clause.verb.i)
    if place + 1 >= end or page.doc[place].text not in _RESUMING:
        return ()
    after = place + 1
    if page.doc[after].tag_ == "VBG":
        return ()
    opened = page.quotations.at(after)
    opens = opened is not None and opened.start == after
    if not opens and not _interrupts(clause.verb, after) and not (aside and _aside(page, clause)):
        return ()
    rest = page.trimmed(*page.around_quotes(after, end))
    return (rest,) if rest[0] < rest[1] else ()


def _interrupts(verb: Token, after: int) -> bool:
    """Whether the words from a place on belong to what is said, so that the cue stands in the middle of it."""
    if verb.dep_ in ("parataxis", "ccomp", "dep") and verb.head.i >= after:
        return True
    holder = next((child for child in verb.children if child.left_edge.i <= after <= child.right_edge.i), None)
    return holder is not None and holder.dep_ in _CLAUSES


def clause_after(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """The clause that a cue takes behind it, with its "that", and the "which" of a relative clause before it."""
    verb = clause.verb
    for child in verb.children:
        if child.i > verb.i and (child.dep_ in _CLAUSES or _whether(child)):
            start, end = subtree(child)
            start = max(start, clause.group[1])
            end = _participle(page, start, _completed(page, min(end, page.bounds(verb.i)[1])))
            opened = page.quotations.at(start)
            if opened is not None and opened.start >= clause.group[1]:
                start, end = opened.start, max(end, opened.end if opened.closed else end)
            content = page.trimmed(*page.around_quotes(start, end))
            if content[0] < content[1]:
                return (*_relative(page, clause), content)
    return ()


def _whether(child: Token) -> bool:
    """The "if" of "asked if", which the parser takes for a condition."""
    return (
        child.dep_ == "advcl"
        and child.head.lemma_ in ("ask", "wonder", "question")
        and any(mark.lower_ in ("if", "whether") and mark.dep_ == "mark" for mark in child.children)
    )


def _relative(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """The "which" of "which he said would be repaid"."""
    place = clause.low - 1
    if clause.verb.dep_ != "relcl" or place < 0 or page.doc[place].tag_ not in ("WDT", "WP"):
        return ()
    return ((place, place + 1),)


def _completed(page: Page, end: int) -> int:
    """An end at which something ends: the parser drops the tail of long clauses."""
    high = page.sentence_end(end - 1)
    word = page.doc[end] if end < high else None
    if word is None or word.is_punct or word.is_space or word.pos_ in ("CCONJ", "SCONJ") or word.dep_ in ("mark", "cc"):
        return end
    if word.tag_ in ("VBG", "WRB") or word.ent_type_ in ("DATE", "TIME"):
        return end
    while end < high and not page.doc[end].is_punct:
        end += 1
    return end


def _participle(page: Page, start: int, end: int) -> int:
    """Where a ", adding that" or a ", while Y said" begins that the parser hung into the clause before it."""
    for place in range(start + 2, min(end, start + _LONG)):
        word, mark = page.doc[place], page.doc[place - 1].text
        if mark == "," and word.lower_ in _CONTRASTING and _speaks(page, place, end):
            return place
        if word.tag_ != "VBG" or word.dep_ != "advcl" or (mark != "," and mark not in CLOSING_MARKS):
            continue
        if word.lemma_.lower() in cues().verbs and speaking(word) is not None:
            return place
    return end


def quote_after(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """A quotation right behind a cue: said: "…"."""
    doc, place = page.doc, clause.high
    end = page.bounds(clause.verb.i)[1]
    if place < end and doc[place].text in (",", ":", "that"):
        place += 1
    while place < end and doc[place].is_space:
        place += 1
    quote = page.quotations.at(place) if place < end else None
    if quote is None or quote.start != place:
        return ()
    if place > clause.group[1] and doc[place - 1].pos_ in _LEADING:
        return ()
    return (page.trimmed(quote.start, quote.end),)


def rest(page: Page, clause: Clause) -> tuple[Stretch, ...]:
    """What follows a "said" to the end of the sentence, where the parser saw no clause in it."""
    doc, start, end = page.doc, clause.group[1], page.sentence_end(clause.verb.i)
    if clause.source is None or not clause.own or clause.source[0] > clause.verb.i:
        return ()
    that = next(
        (
            place
            for place in range(start, min(end, start + 12))
            if doc[place].lower_ == "that" and doc[place].tag_ == "IN"
        ),
        None,
    )
    if that is not None and _speaks(page, start, that):
        return ()
    start = that if that is not None else start
    if that is None and clause.verb.lemma_ != "say":
        return ()
    if that is not None and any(doc[place].is_punct for place in range(clause.group[1], that)):
        aside = doc[clause.group[1]].text == "," and doc[that - 1].text == ","
        aside = aside and (doc[clause.group[1] + 1].tag_ == "VBG" or that == clause.group[1] + 1)
        if not aside:
            return ()
    if start >= end or (that is None and doc[start].pos_ in ("ADP", "PUNCT", "ADV", "CCONJ", "SCONJ", "SPACE")):
        return ()
    stop = next((place for place in range(start, end) if doc[place].text == "," and doc[place + 1].tag_ == "VBG"), end)
    content = page.trimmed(*page.around_quotes(start, stop))
    verbal = any(doc[place].pos_ in ("VERB", "AUX") for place in range(*content))
    return (content,) if verbal and content[1] - content[0] > 2 else ()
