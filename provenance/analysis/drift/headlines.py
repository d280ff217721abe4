"""A headline against the figures of the text below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from provenance.analysis.drift.found import Drift, sentence, side
from provenance.analysis.drift.numbers import WORDS, Change, changed, how_sure, printed, size
from provenance.analysis.picture import ClaimPicture, FigureView, ReportView
from provenance.numerals import read_phrase
from provenance.quantity import Quantity, read_quantity
from provenance.vocabulary import ComparedWith, DriftField, DriftKind, Qualifier, Sureness

MOST_WORDS = 4  # "more than 20 thousand" is a figure; five words are a sentence
LEAST_COUNTED = 2  # "one" and its like are articles in most headlines
YEARS = range(1900, 2100)
# A figure of the text that is further from the headline's is likely not the one that the headline means.
FURTHEST = 2
TITLES_KEPT = 4096  # reading one takes milliseconds, and two rules look at each
READABLE = frozenset(Qualifier) - {Qualifier.UNREADABLE, Qualifier.NOT_GIVEN}


def found(picture: ClaimPicture) -> Iterator[Drift]:
    """Headlines that print another figure than their text."""
    for report in picture.asserting:
        titled = figures_in(report.document_title or "", report.language or "en")
        texts = [(figure, figure.measured.quantity) for figure in printed(report)]
        if not titled or not texts or any(_says(title, text) for title in titled for _, text in texts):
            continue
        if nearest := _nearest(titled, texts):
            yield _drift(report, *nearest, alone=len(titled) == len(texts) == 1)


@lru_cache(maxsize=TITLES_KEPT)
def figures_in(title: str, language: str) -> tuple[Quantity, ...]:
    """The figures of a headline, longest reading first; years, dates and articles are none.

    >>> [figure.text for figure in figures_in("Unrest: more than 4,500 injured, 225 dead in January 2022", "en")]
    ['more than 4,500', '225']
    """
    words = re.findall(r"[\w.,’'-]*\w|[<>~≈≥≤$€£]", title)
    speaking = [read_phrase(word, language) is not None for word in words]
    figures = []
    place = 0
    while place < len(words):
        if not any(speaking[place : place + MOST_WORDS]):
            place += 1
            continue
        read = next(filter(None, (_read(words, place, size, language) for size in range(MOST_WORDS, 0, -1))), None)
        if read is not None:
            figures.append(read)
        place += len(read.text.split()) if read else 1
    return tuple(figures)


def _read(words: list[str], place: int, size: int, language: str) -> Quantity | None:
    text = " ".join(words[place : place + size])
    if place + size > len(words) or not text:
        return None
    read = read_quantity(text, language.partition("-")[0])
    if read.qualifier not in READABLE or _trailing(words, place, size, language):
        return None
    if read.value is not None and (read.value < LEAST_COUNTED or _is_year(read)):
        return None
    return read


def _trailing(words: list[str], place: int, size: int, language: str) -> bool:
    """Whether the last word adds nothing to the figure, so that a shorter phrase is the figure."""
    if size == 1:
        return False
    shorter = read_quantity(" ".join(words[place : place + size - 1]), language.partition("-")[0])
    longer = read_quantity(" ".join(words[place : place + size]), language.partition("-")[0])
    same = (shorter.qualifier, shorter.value, shorter.low, shorter.high)
    return same == (longer.qualifier, longer.value, longer.low, longer.high)


def _is_year(read: Quantity) -> bool:
    return read.qualifier is Qualifier.EXACT and read.text.isdigit() and int(read.text) in YEARS


def _says(title: Quantity, text: Quantity) -> bool:
    """Whether the headline says what the text says, or a rounding of it."""
    change = changed(text, title)
    return change is None or change.kind is DriftKind.ROUNDING


def _nearest(
    titled: Sequence[Quantity], texts: Sequence[tuple[FigureView, Quantity]]
) -> tuple[Quantity, FigureView, Change] | None:
    near = []
    for title in titled:
        for figure, text in texts:
            change = changed(text, title)
            if change is not None and (change.kind is not DriftKind.NUMBER or _apart(title, text) <= FURTHEST):
                near.append((_apart(title, text), title.text, title, figure, change))
    if not near:
        return None
    _, _, title, figure, change = min(near, key=lambda one: one[:2])
    return title, figure, change


def _apart(title: Quantity, text: Quantity) -> float:
    one, other = (size(each) for each in (title, text))
    return max(one, other) / min(one, other) if min(one, other) > 0 else float("inf")


def _drift(report: ReportView, title: Quantity, figure: FigureView, change: Change, *, alone: bool) -> Drift:
    row = side(report, figure)
    most = Sureness.CERTAIN if alone else Sureness.POSSIBLE
    return Drift(
        before=row,
        after=row,
        field=DriftField.HEADLINE,
        kind=change.kind,
        from_=figure.text,
        to=title.text,
        sure=how_sure(most, figure.measured.quantity, title),
        against=ComparedWith.BODY,
        reason=sentence(row, row, figure.text, title.text, WORDS[change.kind], ComparedWith.BODY),
        stronger=change.stronger,
        figure=figure.id,
    )
