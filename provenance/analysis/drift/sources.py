"""Who is said to have said it: another organisation, another speaker, a woman who became a man, or nobody any more.

Spokesperson and office are one voice, so a police spokeswoman who becomes "the police" has not drifted, and neither
has one person with several true titles. An Interior Ministry spokesman in her place has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from provenance.analysis.beginnings import paths_of
from provenance.analysis.drift.comparing import Pair, pairs
from provenance.analysis.drift.found import Drift, sentence, side
from provenance.analysis.picture import ClaimPicture, ReportView
from provenance.chain import Path
from provenance.vocabulary import DriftField, DriftKind, OriginClass, SourceKind, Sureness, TieKind

SPEAKERS = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON})
WORDS = {
    DriftKind.SOURCE_ORGANISATION: "another organisation is said to have said it",
    DriftKind.SOURCE_TITLE: "another speaker of the same organisation is said to have said it",
    DriftKind.SOURCE_GENDER: "a woman became a man, or a man a woman",
    DriftKind.SOURCE_NAME: "the letters of the name stand in another order",
    DriftKind.SOURCE_LOST: "who was named became words that identify nobody",
    DriftKind.MERGED_STATEMENTS: "what one said is credited to several",
}
# Words by which pages say whether a speaker is a man or a woman; "spokesperson" and "portavoce" alone say neither.
MEN = {
    "en": r"spokesman|he|him|his|mr",
    "de": r"\w*sprecher",
    "fr": r"le porte-parole",
    "es": r"el portavoz",
    "it": r"il portavoce",
}
WOMEN = {
    "en": r"spokeswoman|she|her|ms|mrs|f",
    "de": r"\w*sprecherin",
    "fr": r"la porte-parole",
    "es": r"la portavoz",
    "it": r"la portavoce",
}
WORD = re.compile(r"\w+")
LEAST_LETTERS = 4  # shorter names are one another's letters by chance


def found(picture: ClaimPicture) -> Iterator[Drift]:
    """Reports whose source differs from that of what they are compared with."""
    paths, offices = paths_of(picture), _offices_of(picture)
    origins = {report.id: _Origins(picture, report, paths[report.id], offices) for report in picture.asserting}
    yield from _offices(picture, origins)
    gender = partial(_gender, origins)
    for pair in pairs(picture, gender):
        (_, was), (_, now) = _gendered(origins[pair.was.id]), _gendered(origins[pair.now.id])
        yield _drift(pair, DriftKind.SOURCE_GENDER, was, now, _gender_sure(pair, was, now))
    yield from _misspelt(picture, origins)


class _Origins:
    """With whom a report begins: sources that can be identified, their offices, and words for nobody."""

    def __init__(
        self, picture: ClaimPicture, report: ReportView, paths: Sequence[Path], offices: Mapping[int, int]
    ) -> None:
        self.named = _actors(path for path in paths if path.origin_class.establishable)
        # "The media" are carriers: a page that names only them does not say whose words they carry.
        self.nobody = [] if self.named else _actors(path for path in paths if path.origin_class is OriginClass.UNNAMED)
        self.offices = frozenset(offices.get(actor, actor) for actor in self.named)
        self.as_named = {
            hop.upstream: hop.as_named for hop in report.declared.hops if hop.upstream is not None and hop.as_named
        }
        self.names = {actor: picture.actors[actor].name for actor in (*self.named, *self.nobody)}

    def words(self) -> str:
        """How the page names them."""
        return " and ".join(dict.fromkeys(self.as_named.get(actor) or name for actor, name in self.names.items()))


def _offices_of(picture: ClaimPicture) -> dict[int, int]:
    """The body that each person speaks for, or is a part of; anybody else is their own office."""
    bodies: dict[int, int] = {}
    for kind in (TieKind.SPEAKS_FOR, TieKind.PART_OF):
        for tie in picture.ties:
            if tie.kind is kind and picture.actors[tie.source].kind in SPEAKERS:
                bodies.setdefault(tie.source, tie.other)
    return bodies


def _actors(paths: Iterable[Path]) -> list[int]:
    return list(dict.fromkeys(path.origin.actor for path in paths))


def _offices(picture: ClaimPicture, origins: Mapping[int, _Origins]) -> Iterator[Drift]:
    def reads(report: ReportView) -> object | None:
        one = origins[report.id]
        return (frozenset(one.named), one.offices) if one.named else None

    def speaks(report: ReportView) -> object | None:
        return reads(report) or (tuple(origins[report.id].nobody) or None)

    for pair in pairs(picture, reads, of=speaks):
        was, now = origins[pair.was.id], origins[pair.now.id]
        if kind := _kind(picture, was, now):
            yield _drift(pair, kind, was.words(), now.words(), pair.sure)


def _kind(picture: ClaimPicture, was: _Origins, now: _Origins) -> DriftKind | None:
    if not now.named:
        return DriftKind.SOURCE_LOST
    if not was.offices & now.offices:
        return DriftKind.SOURCE_ORGANISATION
    if now.offices - was.offices:
        return DriftKind.MERGED_STATEMENTS
    people = all(picture.actors[actor].kind in SPEAKERS for actor in (*was.named, *now.named))
    return DriftKind.SOURCE_TITLE if people and not set(was.named) & set(now.named) else None


def _gendered(one: _Origins) -> tuple[str | None, str]:
    """What the words for the speaker say, with the words; None where they say neither or both."""
    words = " and ".join(one.as_named[actor] for actor in one.named if actor in one.as_named)
    said = {name for name, by in (("man", MEN), ("woman", WOMEN)) if _languages(words, by)}
    return (said.pop() if len(said) == 1 else None), words


def _gender(origins: Mapping[int, _Origins], report: ReportView) -> str | None:
    return _gendered(origins[report.id])[0]


def _languages(words: str, by: Mapping[str, str]) -> set[str]:
    return {language for language, pattern in by.items() if re.search(rf"\b(?:{pattern})\b", words, re.IGNORECASE)}


def _gender_sure(pair: Pair, was: str, now: str) -> Sureness:
    one, other = (_languages(words, MEN) | _languages(words, WOMEN) for words in (was, now))
    # Not by vote: one agency's slip stands in all its copies.
    return pair.by_time if one & other else Sureness.POSSIBLE


def _misspelt(picture: ClaimPicture, origins: Mapping[int, _Origins]) -> Iterator[Drift]:
    """Names with their letters in another order; any other spelling may be a translation of the name."""
    for report in picture.asserting:
        for actor, printed in origins[report.id].as_named.items():
            if wrong := _anagram(printed, picture.actors[actor].name):
                reads = partial(_names_it, actor, wrong)
                yield from (
                    _drift(pair, DriftKind.SOURCE_NAME, picture.actors[actor].name, printed, pair.sure)
                    for pair in pairs(picture, reads)
                    if pair.now is report
                )


def _names_it(actor: int, wrong: str, report: ReportView) -> bool | None:
    hops = [hop for hop in report.declared.hops if hop.upstream == actor]
    return any(wrong in (hop.as_named or "") for hop in hops) if hops else None


def _anagram(printed: str, name: str) -> str | None:
    """The word of a printed name that has the letters of a word of the true one in another order.

    >>> _anagram("Berik Alysov", "Berik Asylov, Prosecutor General"), _anagram("Saltanat Asirbek", "Saltanat Azirbek")
    ('Alysov', None)
    """
    true = [word for word in WORD.findall(name) if len(word) >= LEAST_LETTERS and word[0].isupper()]
    capitals = (word for word in printed.split() if word[0].isupper())
    return next((word for word in capitals if any(_reordered(word, one) for one in true)), None)


def _reordered(word: str, true: str) -> bool:
    one, other = word.casefold(), true.casefold()
    return one != other and sorted(one) == sorted(other)


def _drift(pair: Pair, kind: DriftKind, from_: str, to: str, sure: Sureness) -> Drift:
    before, after = side(pair.was), side(pair.now)
    return Drift(
        before=before,
        after=after,
        field=DriftField.MERGED if kind is DriftKind.MERGED_STATEMENTS else DriftField.SOURCE,
        kind=kind,
        from_=from_,
        to=to,
        sure=sure,
        against=pair.against,
        reason=sentence(before, after, from_, to, WORDS[kind], pair.against),
    )
