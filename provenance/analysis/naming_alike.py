"""What else a person may be called in what is held: parts of the name that stand alone, and words much like it.

Nobody but an editor can tell whether a surname alone, or a word with one letter more, means the person; so they are
counted and shown, and taken out only where somebody says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from provenance.answers_redaction import NameHint, TriedName
from provenance.blanking import Names, parts

ALIKE = 80  # of 100; a name of seven letters with one more has 93
SHORTEST = 4  # letters; a shorter word is alike to too many
MOST = 500_000  # different words that are looked at
SHOWN = 20  # of each kind
WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass
class Hints:
    """Listens to what is held, and tells what else could be the name."""

    names: Names
    _words: Counter[str] = field(default_factory=Counter)
    _parts: Counter[str] = field(default_factory=Counter)
    _times: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        found = dict.fromkeys(part for name in self.names.spelled for part in parts(name))
        self._part_names = {part: Names([part]) for part in found if part not in self.names.spelled}
        self._each = {name: Names([name]) for name in self.names.spelled}

    def hear(self, was: str, now: str) -> None:
        """Hear a text, with the names and without."""
        if was != now:
            for name, alone in self._each.items():
                self._times[name] += alone.blank(was).times
        for part, alone in self._part_names.items():
            self._parts[part] += alone.blank(now).times
        if len(self._words) < MOST:
            self._words.update(WORD.findall(unicodedata.normalize("NFC", now)))

    def tried(self) -> list[TriedName]:
        """The names that go, with how often each stands there."""
        return [TriedName(name=name, times=self._times[name]) for name in self.names.spelled]

    def parts(self) -> list[NameHint]:
        """Parts of the names that stand alone somewhere, the most frequent first."""
        return [NameHint(text=part, times=times, like=None) for part, times in self._parts.most_common(SHOWN) if times]

    def spellings(self) -> list[NameHint]:
        """Words that are much like a part of the names, the most alike first."""
        found = sorted(self._alike(), key=lambda one: (-one[0], -self._words[one[1]], one[1]))
        hints = {word: NameHint(text=word, times=self._words[word], like=like) for _, word, like in reversed(found)}
        return list(reversed(hints.values()))[:SHOWN]

    def _alike(self) -> Iterator[tuple[float, str, str]]:
        own = {word.casefold() for name in self.names.spelled for word in WORD.findall(name)}
        # Names are written with a capital, where a script has any; an ordinary word like one is none.
        words: Sequence[str] = [word for word in self._words if word[0] == word[0].upper()]
        for word in own:
            for found, score, _ in process.extract(
                word, words, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=ALIKE, limit=SHOWN
            ):
                if found.casefold() not in own:
                    yield score, found, word
