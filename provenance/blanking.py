"""Finds the names of a person in a text, however they are written there, and puts blocks in place of their letters.

A name is found in any letter case and Unicode form, across line ends and several spaces, with a possessive, in
addresses (``%D0%A1``, ``saltanat-azirbek``), in entities of HTML and in escapes of JSON; as whole words only, so that
"Kate" is not found in "Katerina". Text keeps its length in code points, so spans and quotes of it keep fitting.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import unquote

BLOCK = "█"

# Characters that nobody sees: soft hyphens, joiners, marks of direction.
UNSEEN = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
BETWEEN = rf"(?:[\s_+\-\u2010-\u2015\u2212\u00b7\u2022\u2027\u30fb\uff65{UNSEEN}]|\.(?=\S))"
APOSTROPHES = "'\u2019\u02bc\u2018\u0060\u00b4\u02bb\uff07"
# Scripts that are written without spaces, and Korean, whose particles follow a name without one.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
# One letter that Arabic and Hebrew write together with the word after it: and, in, for, as, the.
LEANING = "وفبلكהובלמשכ"

ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+|&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|\w{1,31});|\\(?:u[0-9A-Fa-f]{4}|[nrt])")
TAG = re.compile(r"<[^<>]*>")
FEWEST = 2  # letters of a name


@dataclass(frozen=True, slots=True)
class Blanked:
    """A text without the names, and in how many places it had them."""

    text: str
    times: int


class Names:
    r"""The names of one person, in every script; those without two letters are no names and are left out.

    >>> names = Names(["Saltanat Azirbek", "Kate"])
    >>> names.blank("SALTANAT\n Azirbek's words, and Kate's, not Katerina's.")
    Blanked(text="████████\n ███████'s words, and ████'s, not Katerina's.", times=2)
    >>> names.blank("https://t.test/saltanat-azirbek?by=Saltanat%20Azirbek").text
    'https://t.test/████████-███████?by=████████%20███████'
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.spelled = tuple(dict.fromkeys(name.strip() for name in names if letters(_folded(name)) >= FEWEST))
        longest_first = sorted(self.spelled, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_pattern, longest_first))) if longest_first else None
        self._marks = {max(_words(_folded(name)), key=len) for name in self.spelled}

    def __bool__(self) -> bool:
        return bool(self.spelled)

    def blank(self, text: str, markup: bool = False) -> Blanked:
        """The text with a block for each letter of each name; ``markup``: also where tags stand within a name."""
        if self._pattern is None or not self._might(text, markup):
            return Blanked(text, 0)
        taken, times = bytearray(len(text)), 0
        for units in _readings(text, markup):
            folded, where = _mapped(units)
            for found in self._pattern.finditer(folded):
                inside = [where[at] for at in range(*found.span()) if _is_letter(folded[at])]
                if any(not all(taken[start:end]) for start, end in inside):
                    times += 1
                for start, end in inside:
                    taken[start:end] = b"\x01" * (end - start)
        if not times:
            return Blanked(text, 0)
        return Blanked("".join(BLOCK if gone else one for one, gone in zip(text, taken, strict=True)), times)

    def value(self, value: Any) -> Any:
        """As `blank`, for plain JSON: every text in it, names of fields included."""
        match value:
            case str():
                return self.blank(value).text
            case list():
                return [self.value(one) for one in value]
            case dict():
                said: dict[str, Any] = {}
                for name, one in value.items():
                    blanked = self.blank(str(name)).text
                    while blanked in said:  # two names of one length must not become one field
                        blanked += BLOCK
                    said[blanked] = self.value(one)
                return said
            case _:
                return value

    def times(self, value: Any) -> int:
        """In how many places plain JSON has the names."""
        match value:
            case str():
                return self.blank(value).times
            case list():
                return sum(map(self.times, value))
            case dict():
                return sum(self.times(str(name)) + self.times(one) for name, one in value.items())
            case _:
                return 0

    def _might(self, text: str, markup: bool) -> bool:
        # Most texts name nobody: what tells so must be quick, and needs no places.
        seen = [text]
        if ESCAPED.search(text):
            seen.append(unquote(html.unescape(_without_json_escapes(text))))
        if markup and "<" in text:
            seen.append(TAG.sub("", html.unescape(text)))
        folded = (_folded(UNSEEN_ONES.sub("", one)) for one in seen)
        return any(mark in one for one in folded for mark in self._marks)


def letters(text: str) -> int:
    """How many letters and digits a text has, blocks not among them."""
    return sum(character.isalnum() for character in text)


def is_blank(name: str) -> bool:
    """Whether a name was taken out already."""
    return BLOCK in name and letters(name) == 0


def parts(name: str) -> list[str]:
    """The parts of a name by which somebody may be called as well: what stands between commas and brackets, and each
    word.

    >>> parts("Saule, construction worker")
    ['Saule', 'construction worker', 'construction', 'worker']
    """
    pieces = [piece.strip() for piece in re.split(r"[,;()\[\]/]", name)]
    words = [word for piece in pieces for word in re.split(r"[\s·・]+", piece)]
    return [one for one in dict.fromkeys([*pieces, *words]) if letters(one) >= FEWEST and one != name.strip()]


Unit = tuple[str, int, int]  # a character as it is read, and where it stands


def _readings(text: str, markup: bool) -> Iterator[Sequence[Unit]]:
    plain = [(character, at, at + 1) for at, character in enumerate(text)]
    yield plain
    if ESCAPED.search(text):
        yield list(_decoded(text))
    if markup and "<" in text:
        tags = [False] * len(text)
        for tag in TAG.finditer(text):
            tags[slice(*tag.span())] = [True] * len(tag.group())
        yield [unit for unit in _decoded(text) if not tags[unit[1]]]


def _decoded(text: str) -> Iterator[Unit]:
    at = 0
    for escaped in ESCAPED.finditer(text):
        yield from ((text[one], one, one + 1) for one in range(at, escaped.start()))
        yield from _unescaped(escaped.group(), escaped.start())
        at = escaped.end()
    yield from ((text[one], one, one + 1) for one in range(at, len(text)))


def _unescaped(said: str, start: int) -> Iterator[Unit]:
    if said.startswith("%"):
        at = start
        for character in unquote(said, errors="surrogateescape"):
            end = at + 3 * len(character.encode(errors="surrogateescape"))
            yield character, at, end
            at = end
        return
    meant = html.unescape(said) if said.startswith("&") else _without_json_escapes(said)
    if meant == said:
        yield from ((one, start + at, start + at + 1) for at, one in enumerate(said))
    else:
        yield from ((one, start, start + len(said)) for one in meant)


def _without_json_escapes(text: str) -> str:
    return re.sub(r"\\(?:u([0-9A-Fa-f]{4})|[nrt])", lambda found: chr(int(found[1], 16)) if found[1] else " ", text)


def _mapped(units: Sequence[Unit]) -> tuple[str, list[tuple[int, int]]]:
    """The text as names are compared, and for each of its characters where it stands in the text as written."""
    folded: list[str] = []
    where: list[tuple[int, int]] = []
    at = 0
    while at < len(units):
        end = at + 1
        # Marks are put in order together with the letter that they stand on.
        while end < len(units) and unicodedata.combining(units[end][0]):
            end += 1
        said = _folded_letter("".join(unit[0] for unit in units[at:end]))
        folded.append(said)
        where += [(units[at][1], units[end - 1][2])] * len(said)
        at = end
    return "".join(folded), where


def _folded(text: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())


_folded_letter = lru_cache(maxsize=65_536)(_folded)


def _is_letter(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _pattern(name: str) -> str:
    """What finds a name in folded text."""
    # Whatever stands around the letters of a name, such as a bracket, is not needed to find it.
    lettered = re.sub(rf"^[\W_]+|(?:(?![{_marks()}])[\W_])+$", "", _folded(name))
    pieces = re.findall(rf"(?:[^\W_]|[{_marks()}])+|(?:(?![^\W_])[^{_marks()}])+", lettered)
    body = f"[{UNSEEN}]*".join(map(_piece, pieces))
    last = next(filter(str.isalnum, reversed(pieces[-1])))
    # Looked at first, because it is quick: most places begin with another letter.
    return f"(?={re.escape(pieces[0][0])}){_beginning(pieces[0][0])}{body}{_ending(last)}"


def _piece(piece: str) -> str:
    if _is_letter(piece[0]):
        return f"[{UNSEEN}]*".join(piece)
    if re.fullmatch(f"{BETWEEN}+", piece):
        return f"{BETWEEN}+"
    # Around a comma or a bracket a text may break its line, or not.
    signs = (f"[{APOSTROPHES}]" if one in APOSTROPHES else re.escape(one) for one in re.sub(r"\s", "", piece))
    return r"\s*".join(["", *signs, ""])


def _beginning(first: str) -> str:
    if re.match(f"[{UNSPACED}]", first):
        return ""
    outside = _outside("<!")
    return f"(?:{outside}|(?<={outside}[{LEANING}]))" if "\u0590" <= first <= "\u08ff" else outside


def _ending(last: str) -> str:
    return "" if re.match(f"[{UNSPACED}]", last) else _outside("!")


def _outside(looking: str) -> str:
    return rf"(?{looking}[^\W_])(?{looking}[{_marks()}])"


@cache
def _marks() -> str:
    """The combining marks as they stand between the brackets of a pattern."""
    found = [code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code)).startswith("M")]
    starts = [code for at, code in enumerate(found) if at == 0 or found[at - 1] != code - 1]
    ends = [code for at, code in enumerate(found) if at + 1 == len(found) or found[at + 1] != code + 1]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in zip(starts, ends, strict=True))


def _words(folded: str) -> list[str]:
    return re.findall(rf"(?:[^\W_]|[{_marks()}])+", folded) or [folded]


UNSEEN_ONES = re.compile(f"[{UNSEEN}]")
