"""Where a text mentions anybody at all, whether or not they say something: Lufthansa cancels before it announces.

One pass over the words finds noun phrases that name or describe somebody, and the pronouns that go on about them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from provenance.extraction.resolving.kinds import Being, described
from provenance.extraction.resolving.mentions import read_mention
from provenance.extraction.resolving.names import country_meant
from provenance.extraction.resolving.widening import before_letters, is_hyphen
from provenance.extraction.resolving.wording import Form, Wording
from provenance.extraction.resolving.words import Page, Word

_PHRASE = frozenset({"DT", "PRP$", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "CD", "POS"})
_NOBODY = frozenset(
    {"DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "EVENT", "LAW", "LANGUAGE", "WORK_OF_ART"}
)
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_FOLLOWED = frozenset({"he", "she", "they", "it"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_QUOTED = re.compile(r"“[^”\n]*(?:”|\n|$)|\"[^\"\n]*(?:\"|\n|$)|«[^»\n]*(?:»|\n|$)|„[^“”\n]*(?:“|”|\n|$)")


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody is mentioned: between which words, as what, and whether as the one who does something."""

    first: int
    last: int
    wording: Wording
    subject: bool
    quoted: bool


def appearances(page: Page, unread: Stretches) -> Iterator[Appearance]:
    """Everybody whom the text mentions by name, description or as a pronoun that does something, in its order;
    nobody in the stretches that are not read.
    """
    quoted = Stretches([found.span() for found in _QUOTED.finditer(page.text)])
    place, words = 0, page.words
    while place < len(words):
        word = words[place]
        if word.tag == "PRP" and word.low in _FOLLOWED and word.dep in _SUBJECTS:
            wording = read_mention(page, word.start, word.end)
            yield Appearance(place, place + 1, wording, True, quoted.hold(word.start))
        if word.tag not in _PHRASE or unread.hold(word.start):
            place += 1
            continue
        last = _phrase_end(words, place)
        for first, end in _parts(words, place, last):
            if one := _appearance(page, first, end, quoted):
                yield one
        place = last


def _appearance(page: Page, first: int, last: int, quoted: Stretches) -> Appearance | None:
    words = page.words[first:last]
    if not _is_somebody(words):
        return None
    wording = read_mention(page, words[0].start, words[-1].end)
    if not _stays(wording):
        return None
    return Appearance(first, last, wording, any(one.dep in _SUBJECTS for one in words), quoted.hold(words[0].start))


def _parts(words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Owners appear before what they own: Tokayev in "Tokayev's call for help"."""
    for place in range(first + 1, last):
        if words[place].tag == "POS":
            yield first, place
    yield first, last - 1 if words[last - 1].tag == "POS" else last


class Stretches:
    """Stretches of a text that do not overlap, to be asked whether they hold a place."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def hold(self, place: int) -> bool:
        """Whether one of them holds this place.

        >>> Stretches([(3, 5)]).hold(4), Stretches([(3, 5)]).hold(5)
        (True, False)
        """
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]


def _phrase_end(words: Sequence[Word], start: int) -> int:
    place = start + 1
    while place < len(words) and words[place].line == words[start].line and place - start < 14:
        word = words[place]
        if is_hyphen(words, place):
            place += 1
            continue
        starts_anew = word.tag in ("DT", "PRP$") or word.sentence != words[start].sentence
        named = word.entity == "ORG" == words[place - 1].entity and word.low in ("in", "and", "on")
        named = named or before_letters(words, place)
        joins = (word.low in ("of", "for") or named) and words[place - 1].capital and _capital_after(words, place)
        if (starts_anew and words[place - 1].low not in ("of", "for")) or not (word.tag in _PHRASE or joins):
            break
        place += 1
    return place


def _capital_after(words: Sequence[Word], place: int) -> bool:
    after = words[place + 1 : place + 3]
    return bool(after) and (after[0].capital or (after[0].low == "the" and len(after) > 1 and after[1].capital))


def _is_somebody(words: Sequence[Word]) -> bool:
    """Whether a phrase can name or describe somebody who does something."""
    names = [word for word in words if word.tag in ("NNP", "NNPS")]
    if names:
        return any(word.entity not in _NOBODY for word in names)
    found = described(words[-1].low) if words[-1].noun else None
    return found is not None and found.being is not Being.THING


def _stays(wording: Wording) -> bool:
    if wording.form is Form.NAME and wording.description is None and wording.entity in _PLACES:
        return wording.name is not None and country_meant(wording.name) is not None
    return wording.form in (Form.NAME, Form.DESCRIPTION) and (
        wording.name is not None or wording.description is not None
    )
