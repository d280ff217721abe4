"""Which figure is part of which: '20 killed, including two children', '353 police, 12 of whom', '12 of the 30'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.reading import FigureFound
from provenance.vocabulary import FigureKind

_COUNTS = frozenset({FigureKind.COUNT, FigureKind.FRACTION, FigureKind.PERCENT})
_INCLUDING = re.compile(
    r"\b(?:including|include|includes|included|among them|among whom|among those(?: killed)?|of whom|of them|of which|"
    r"of these|of those|darunter|davon|unter ihnen|dont|parmi lesquels|parmi eux|в том числе|из них|среди них|"
    r"из которых)(?:\s+[^\W\d_]+){0,3}\s*\Z",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"\A(?:\s+[^\W\d_]+){0,2}?\s+(?:of (?:whom|them|which|these|those)|d['’]entre eux|von ihnen|из них)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"(?:\s+[^\W\d_]+){0,3}(?:,|\s+and|,\s+and|\s+und|\s+et|\s+и)\s*")
_OF_THE = re.compile(
    r"\A\s*(?:out of|of|aus|sur|из)\s+(?:the|all|those|its|his|her|their|a total of|les|den)?\s*(?:some|about)?\s*\Z",
    re.IGNORECASE,
)
# "Of the 225 dead, 19 ..." begins with its whole.
_OF_THESE = re.compile(r"(?:\A|[.;,\n]\s*|\s)(?:Of|Out of|Von|Sur|Из) (?:the |those |den |les )?\Z")
_ANOTHER_SENTENCE = re.compile(r"[.!?]['\"”’]?\s+(?!\s*(?:among|of|they|these|including)\b)|\n\s*\n", re.IGNORECASE)
# Between a part and its whole stands no more than a clause.
_FARTHEST = 160


def related(text: str, figures: Sequence[FigureFound]) -> tuple[FigureFound, ...]:
    """The figures with `part_of` where the text says of what they are part; a part that is told after its whole, and
    with no role of its own, has the role of the whole.
    """
    done: list[FigureFound] = []
    for place, figure in enumerate(figures):
        following = figures[place + 1] if place + 1 < len(figures) else None
        whole = _whole(text, figure, place, done, following)
        figure = figure if whole is None else replace(figure, part_of=whole)
        if whole is not None and whole < place and figure.role is None:
            figure = replace(figure, role=done[whole].role, role_printed=done[whole].role_printed)
        done.append(figure)
    return tuple(done)


def _whole(
    text: str, figure: FigureFound, place: int, before: Sequence[FigureFound], following: FigureFound | None
) -> int | None:
    if figure.kind not in _COUNTS:
        return None
    if following is not None and following.kind is FigureKind.COUNT:
        between = text[figure.end : following.start] if following.start - figure.end < 40 else ""
        if _OF_THE.match(between):
            return place + 1
    if not before or figure.start - before[-1].end > _FARTHEST:
        return None
    between = text[before[-1].end : figure.start]
    if _ANOTHER_SENTENCE.search(between):
        return None
    if _OF_THESE.search(text[max(0, before[-1].start - 12) : before[-1].start]) and "," in between:
        return place - 1
    if _INCLUDING.search(between) or _OF_WHOM.match(text[figure.end : figure.end + 40]):
        return _nearest_whole(before)
    if before[-1].part_of is not None and before[-1].part_of < place - 1 and _listed(between):
        return before[-1].part_of
    return None


def _nearest_whole(before: Sequence[FigureFound]) -> int | None:
    """The last count before that is not itself a part: parts are told of the whole."""
    last = len(before) - 1
    for _ in range(3):
        if last < 0 or before[last].kind is not FigureKind.COUNT:
            return None
        whole = before[last].part_of
        if whole is None or whole >= last:
            return last
        last = whole
    return last


def _listed(between: str) -> bool:
    """Whether only a list stands between: 'two children | and | three women'."""
    return len(between) < 40 and _LIST.fullmatch(between) is not None
