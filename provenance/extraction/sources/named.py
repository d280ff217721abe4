"""A name together with whose it is and how it must be spelt to count: what the index and the scanner look up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from provenance.extraction.sources.entry import Entry
from provenance.extraction.sources.folding import Word, as_printed, key_of, without_article, words


@dataclass(frozen=True, slots=True)
class Named:
    """One name of an entry. ``exact`` is its spelling where only that counts; ``bare`` says that it needs a country."""

    entry: Entry
    text: str
    language: str
    key: str
    exact: str | None
    bare: bool


def names_of(entry: Entry) -> Iterator[Named]:
    """All names of an entry, ready to be looked up."""
    bare = {_key(text) for text, _ in entry.bare}
    for text, language in entry.names:
        exact = as_printed(words(text)) if text in entry.exact else None
        if (key := _key(text)) not in bare:
            yield Named(entry, text, language, key, exact, bare=False)
    for text, language in entry.bare:
        yield Named(entry, text, language, _key(text), None, bare=True)


def only(entries: Iterable[Entry]) -> Entry | None:
    """The one entry among these, however often it stands there; None if there are none or several."""
    different = {entry.key: entry for entry in entries}
    return next(iter(different.values())) if len(different) == 1 else None


def printed_as_a_name(found: list[Word], named: Named) -> bool:
    """Whether these words are spelt as a name and not as the ordinary words that they may be as well.

    An acronym of up to three letters is spelt as it is, a longer one with a capital; what begins with a capital in
    the registry begins with one in the text. A name with its country beside it is a name in any case.
    """
    if named.bare:
        return True
    given, first = (without_article(run)[0].text for run in (words(named.text), found))
    if given.isupper() and given.isalpha() and len(given) <= 3:
        return first.replace(".", "") == given
    return not given[:1].isupper() or first[:1].isupper()


@cache
def _key(text: str) -> str:
    return key_of(words(text))
