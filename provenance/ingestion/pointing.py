"""Tells names that a body of any state bears, "the Interior Ministry", and the countries that a document points at.

A paper leaves out the country where its readers know it. Which state's ministry is meant is told by the page around
the name or by nothing, and never by what other pages, read before, were about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sqlmodel import Session

from provenance.extraction.resolving.kinds import Being, described
from provenance.extraction.resolving.names import body_in, country_meant, without_article
from provenance.extraction.sources import Registry
from provenance.extraction.sources.countries import countries
from provenance.extraction.sources.folding import Word, words
from provenance.ingestion.offices import office_of
from provenance.storage.document import Document
from provenance.storage.source import Source
from provenance.vocabulary import SourceKind

ORGANS = frozenset(
    {SourceKind.GOVERNMENT_BODY, SourceKind.POLICE, SourceKind.MILITARY, SourceKind.SPOKESPERSON, SourceKind.PERSON}
)
# Of whatever it is in charge, a ministry is called by that alone; a department or service may have a name of its own.
MINISTRY = "ministry"
OWNED = re.compile(r"(?P<part>[^’']+?) (?:of|for) the (?P<of>\S.*)|(?P<owner>\S.*?)['’]s? (?P<its_part>\S.*)")


@lru_cache(maxsize=20_000)
def of_any_state(known: Registry, name: str) -> bool:
    """Whether a name says what somebody is in a state, and not in which one.

    >>> from provenance.extraction.sources import registry
    >>> names = ("the Interior Ministry", "Ministry of Culture", "police", "a ministry spokesman", "state TV")
    >>> [of_any_state(registry(), name) for name in names]
    [True, True, True, True, True]
    >>> of_any_state(registry(), "press service of the Health Ministry")
    True
    >>> names = ("Almaty police", "Kazakh Interior Ministry", "Khabar 24", "State Department", "Saltanat Azirbek")
    >>> [of_any_state(registry(), name) for name in names]
    [False, False, False, False, False]
    """
    office = office_of(name)
    if office is not None:
        return of_any_state(known, office.body)
    called = without_article(name)
    if known.find(called) is not None or next(_named_in(called), None) is not None:
        return False
    if known.shared(called) or _describes_an_organ(called):
        return True
    whose = OWNED.fullmatch(called)
    part = described(whose["part"] or whose["its_part"]) if whose is not None else None
    return whose is not None and part is not None and of_any_state(known, whose["of"] or whose["owner"])


def _describes_an_organ(called: str) -> bool:
    """Whether nothing but nouns say who it is: "police", "traffic police", "Ministry of Culture"."""
    plain = called == called.lower()
    noun = called.lower() if described(called.lower()) else (body_in(called) or called.rpartition(" ")[2].lower())
    found = described(noun)
    if found is None or found.named or found.kind not in ORGANS:
        return False
    # "Marshal" and "Judge" are names as well.
    whole = noun == called.lower() and found.being is not Being.PERSON
    return plain or whole or found.noun == MINISTRY


def countries_in(country: str | None) -> frozenset[str]:
    """The codes of a source's country, which may be several.

    >>> sorted(countries_in("US/KZ")), sorted(countries_in(None))
    (['KZ', 'US'], [])
    """
    return frozenset(code.strip() for code in (country or "").replace(",", "/").split("/")) - {""}


def pointed_at(session: Session, document: Document, known: Registry) -> frozenset[str]:
    """The countries (ISO 3166) that a document points at.

    It does so by their names, by the cities where their governments sit, by organs of theirs that have names of their
    own, and by where it is published.
    """
    publisher = session.get(Source, document.publisher_id)
    text = f"{document.title or ''}\n{document.text or ''}"
    organs = (entry for _, _, entry in known.mentions(text) if entry.kind in ORGANS)
    of_organs = (code for entry in organs for code in countries_in(entry.country))
    return frozenset([*_named_in(text), *of_organs]) | countries_in(publisher.country if publisher else None)


def _named_in(text: str) -> Iterator[str]:
    found = words(text)
    for match in countries().within(found):
        yield from match.codes
    for seat in {*_capitalised(found)}:
        if (code := country_meant(seat)) is not None:
            yield code


def _capitalised(found: list[Word]) -> Iterator[str]:
    """Words and pairs of words with a capital, as a name is spelt: "Buenos Aires", and "Moscow" for "MOSCOW"."""
    printed = [word.text.title() if word.text.isupper() else word.text for word in found]
    for place, word in enumerate(printed):
        if word[:1].isupper():
            yield word
            yield " ".join(printed[place : place + 2])
