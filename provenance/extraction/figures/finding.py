"""From an article to its figures: what is printed, then what each of them counts."""

from __future__ import annotations

from provenance.extraction.article import Article
from provenance.extraction.figures.found import Found
from provenance.extraction.figures.page import Page
from provenance.extraction.figures.scanner import scan
from provenance.extraction.figures.words import words_of
from provenance.extraction.reading import FigureFound


def find_figures(article: Article) -> tuple[FigureFound, ...]:
    """Every quantity in a text, in its order, as the interval that its words assert.

    >>> found = find_figures(Article("The ministry counts more than 1,000 injured, Khabar 24 said.", (), "en"))
    >>> [(figure.text, figure.low, figure.high) for figure in found]
    [('more than 1,000', 1001, None)]
    """
    page = Page(article.text, article.doc)
    return tuple(_figure(found) for found in scan(page, words_of(article.language)))


def _figure(found: Found) -> FigureFound:
    quantity, second = found.quantity, found.second
    return FigureFound(
        *found.span,
        quantity.text,
        found.kind,
        quantity.qualifier,
        quantity.value,
        quantity.low,
        quantity.high,
        found.rule,
        quantity.unit,
        found.currency,
        confidence=found.confidence,
        number_start=found.number[0],
        number_end=found.number[1],
        second_start=second[0] if second else None,
        second_end=second[1] if second else None,
        low_open=found.low_open,
        high_open=found.high_open,
    )
