"""Reads an article: zones, grammar, figures, dates and attributed statements, one stage after the other.

What a stage cannot do (there is no grammar of the language here, the text is far too long) is said in the notes, and
the other stages go on: a missing extraction never loses a text.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from provenance.extraction.article import Article, Proposer
from provenance.extraction.attribution import RuleProposer
from provenance.extraction.dates import find_dates
from provenance.extraction.figures import find_figures
from provenance.extraction.languages import language_of, reads
from provenance.extraction.parsing import LONGEST_PARSED, parse_all
from provenance.extraction.reading import FigureFound, Reading, Statement, Zone
from provenance.extraction.resolving import resolve
from provenance.extraction.sources import Registry, registry
from provenance.extraction.zones import find_zones

# How many texts are parsed together; more would only hold more of them in memory.
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that is to be read, with what is known of it; what is None is found out or left open.

    ``place`` is where it was written, as an ISO 3166 country code.
    """

    text: str
    published_at: datetime | None = None
    language: str | None = None
    zones: tuple[Zone, ...] | None = None
    place: str | None = None


def read(
    text: str,
    *,
    published_at: datetime | None = None,
    language: str | None = None,
    zones: tuple[Zone, ...] | None = None,
    place: str | None = None,
    sources: Registry | None = None,
) -> Reading:
    """Read one article; nothing is saved, and nothing leaves the machine.

    :raises NotInstalled: if the language model that the settings name is not installed.

    >>> [statement] = read("Police said that eight officers were killed, Tass reported.").statements
    >>> [(link.as_named, link.source) for link in statement.chain]
    [('Police', None), ('Tass', 'TASS')]
    """
    return next(read_all([Unread(text, published_at, language, zones, place)], sources=sources))


def read_all(texts: Iterable[Unread], *, sources: Registry | None = None) -> Iterator[Reading]:
    """Read many articles in their order, a few at a time, so that memory stays flat."""
    known = registry() if sources is None else sources
    waiting = iter(texts)
    while several := list(islice(waiting, AT_ONCE)):
        articles = [_zoned(text) for text in several]
        yield from (_read(article, known) for article in _parsed(articles))


def _zoned(unread: Unread) -> Article:
    zones = find_zones(unread.text) if unread.zones is None else unread.zones
    language = unread.language or language_of(unread.text)
    return Article(unread.text, zones, language, unread.published_at, unread.place)


def _parsed(articles: Sequence[Article]) -> Iterator[Article]:
    docs = iter(parse_all((article.text, article.zones) for article in articles if _has_grammar(article)))
    for article in articles:
        yield replace(article, doc=next(docs)) if _has_grammar(article) else article


def _has_grammar(article: Article) -> bool:
    # Too short a text tells no language; then it is most likely a sentence that somebody typed here.
    return len(article.text) <= LONGEST_PARSED and (article.language is None or reads(article.language))


PROPOSERS: tuple[Proposer, ...] = (RuleProposer(),)


def _read(article: Article, known: Registry) -> Reading:
    statements: tuple[Statement, ...] = ()
    if article.doc is not None:
        proposals = [proposed for proposer in PROPOSERS for proposed in proposer.propose(article)]
        statements = resolve(article, proposals, known)
    return Reading(
        text=article.text,
        language=article.language,
        zones=article.zones,
        statements=statements,
        figures=_placed(find_figures(article), statements),
        dates=find_dates(article),
        notes=tuple(_notes(article)),
        statements_read=article.doc is not None,
    )


def _placed(figures: Sequence[FigureFound], statements: Sequence[Statement]) -> tuple[FigureFound, ...]:
    """Each figure with the place of the narrowest statement in whose content it stands; figures come in text order."""
    coming = deque(sorted(range(len(statements)), key=lambda place: statements[place].content.start))
    width = [statement.content.end - statement.content.start for statement in statements]
    placed: list[FigureFound] = []
    around: list[int] = []
    for figure in figures:
        while coming and statements[coming[0]].content.start <= figure.start:
            around.append(coming.popleft())
        around = [place for place in around if statements[place].content.end > figure.start]
        holding = [place for place in around if statements[place].content.end >= figure.end]
        placed.append(replace(figure, statement=min(holding, key=width.__getitem__, default=None)))
    return tuple(placed)


def _notes(article: Article) -> Iterator[str]:
    if len(article.text) > LONGEST_PARSED:
        yield (
            f"The text has {len(article.text):,} characters; statements are read in texts of up to "
            f"{LONGEST_PARSED:,}. Split it, or mark its statements by hand."
        )
    elif article.doc is None:
        yield (
            f"There is no grammar for the language '{article.language}' here, so no statements were looked for; "
            "figures and dates were, where their words are known. Mark statements by hand."
        )
