"""Sentences that end in a row of attributions: "…, police said, Tass reported on Thursday, citing Khabar 24."

No parser keeps such a row together, so it is read from the order of the words, from the end of the sentence backwards:
each stretch between two commas either names who said, told, cited or relays it, or the row ends before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from provenance.extraction.attribution.cues import Cues, Family
from provenance.extraction.attribution.found import Found, Step, Stretch
from provenance.extraction.attribution.naming import Naming, naming
from provenance.extraction.attribution.page import CLOSING_MARKS, Page
from provenance.extraction.attribution.relays import extent

# Words of the longest stretch that only names who speaks, when and where, and how many such stretches there may be.
_LONGEST = 40
_MOST = 8

_VERBAL = frozenset({"VBD", "VBZ", "VBP", "MD", "VBN"})
_ENDING = frozenset({",", ".", "!", "?", "…"})


@dataclass(frozen=True, slots=True)
class Row:
    """What a sentence says, and those who are named behind it, in the order of the text."""

    content: Stretch
    namings: tuple[Naming, ...]
    end: int


def with_rows(page: Page, found: list[Found], known: Cues) -> list[Found]:
    """The attributions, with each row at the end of a sentence as one in place of what else was made of its words."""
    cued = {one.anchor for one in found}
    rows = [row for row in _rows(page, known) if len(row.namings) > 1 or not any(at in cued for at in _words(row))]
    taken = {at for row in rows for at in _words(row)}
    cuts = sorted(row.content for row in rows)
    kept = [_up_to(one, cuts) for one in found if one.anchor not in taken]
    return [*(one for one in kept if one is not None), *map(_found, rows)]


def _words(row: Row) -> range:
    return range(row.content[1], row.end)


def _rows(page: Page, known: Cues) -> Iterator[Row]:
    for start, end in page.paragraphs:
        low = start
        while low < end:
            high = min(max(page.sentence_end(low), low + 1), end)
            if (row := _row(page, low, high, known)) is not None:
                yield row
            low = high


def _row(page: Page, low: int, high: int, known: Cues) -> Row | None:
    namings: list[Naming] = []
    _, end = page.trimmed(low, high)
    last = end
    for mark in _marks(page, low, end):
        if last - mark > _LONGEST or len(namings) == _MOST:
            break
        named = naming(page, mark + 1, last, known)
        if named is None:
            break
        namings.insert(0, named)
        last = mark + (page.doc[mark].text != ",")
    if not namings or namings[0].cites:
        return None
    content = page.trimmed(low, last)
    verbal = any(page.doc[at].tag_ in _VERBAL for at in range(*content))
    return Row(content, tuple(namings), end) if verbal else None


def _marks(page: Page, low: int, end: int) -> Iterator[int]:
    """From the right, the commas between clauses and the marks that close a quotation with its own punctuation."""
    place = end - 1
    while place > low:
        quote = page.quotations.at(place)
        if quote is not None and quote.closed:
            if page.doc[place].text in CLOSING_MARKS and page.doc[place - 1].text in _ENDING and place < end - 1:
                yield place
            place = quote.start
        elif page.doc[place].text == ",":
            yield place
        place -= 1


def _found(row: Row) -> Found:
    steps: list[Step] = []
    speaker = 0
    for named in row.namings:
        if named.cites:
            steps[speaker:speaker] = named.who
        else:
            speaker = len(steps)
            steps.extend(named.who)
    first = row.namings[0]
    at = steps.index(first.who[0])
    (source, *_), manner = steps[at]
    return Found(
        "speech.row",
        Family.SPEECH,
        0.9,
        first.anchor,
        first.cue,
        source,
        (row.content,),
        manner,
        origins=tuple(steps[:at]),
        carriers=tuple(steps[at + 1 :]),
    )


def _up_to(one: Found, cuts: list[Stretch]) -> Found | None:
    """An attribution in the words of a row's content, without the row's own words."""
    low, high = extent(one)
    for start, end in cuts:
        if start <= low < end < high and start <= one.anchor < end:
            content = tuple((first, min(last, end)) for first, last in one.content if first < end)
            return replace(one, content=content) if content else None
    return one
