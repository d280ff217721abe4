"""A name together with whose it is and how it must be spelt to count: what the index and the scanner look up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from provenance.extraction.sources.entry import Entry
from provenance.extraction.sources.folding import Word, as_printed, key_of, without_article, words


@dataclass(frozen=True, slots=True)
class Named:
    """One name and whose it is: one entry's, or, where it is ``bare``, that of its like in every country.

    ``exact`` is its spelling where only that counts; a ``quiet`` one is not looked for in texts. A bare name needs a
    country to say whose it is.
    """

    entries: tuple[Entry, ...]
    text: str
    language: str
    key: str
    exact: str | None = None
    bare: bool = False
    quiet: bool = False


def names_of(entries: Iterable[Entry]) -> Iterator[Named]:
    """All names of all entries, ready to be looked up; a bare name stands once for all that bear it."""
    alike: dict[tuple[tuple[str, str], ...], list[Entry]] = {}
    for entry in entries:
        alike.setdefault(entry.bare, []).append(entry)
    for bare, bearers in alike.items():
        shared = tuple(Named(tuple(bearers), text, language, _key(text), bare=True) for text, language in bare)
        yield from shared
        keys = {named.key for named in shared}
        yield from (named for entry in bearers for named in _own_names(entry) if named.key not in keys)


def _own_names(entry: Entry) -> Iterator[Named]:
    for text, language in entry.names:
        exact = as_printed(words(text)) if text in entry.exact else None
        yield Named((entry,), text, language, _key(text), exact, quiet=text in entry.quiet)


def only(named: Iterable[Named], places: Collection[str] | None = None) -> Entry | None:
    """The one entry that bears these names, in these places if any are given; None if there are none or several."""
    different = {
        entry.key: entry for one in named for entry in one.entries if places is None or entry.placed_in(places)
    }
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
