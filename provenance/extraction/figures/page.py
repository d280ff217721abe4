"""A text cut into the pieces that figures are made of, so that every reader of figures asks about the same pieces.

A hyphen between two words is no piece of its own ("twenty-one" is two words), and an empty line is one: no figure
goes across it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_M = TypeVar("_M")

_PIECE = re.compile(
    r"""
    (?P<ordinal>\d+(?:,\d{3})*(?:st|nd|rd|th)\b|\d+(?:er|ère|ème|e)\b(?!-)|\d+-(?:й|я|е|го|м|ом|ый|ая|ое)\b)
  | (?P<number>
        \d+(?:\.\d+)?(?:[eE][+-]?\d+|\^[+-]{0,2}\d+|x10\^[+-]?\d+)(?!\w)
      | (?<![\d.,])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d])(?:[.,]\d+)?(?![.,]?\d)
      | (?<![\d.,])\d{1,3}(?:['’]\d{3})+(?![\d])(?:[.,]\d+)?
      | (?<![\d][.,])\d{1,3}(?:,\d{2})+,\d{3}(?:\.\d+)?(?![.,]?\d)
      | (?<![\d][.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![.,]?\d)
      | (?<![\d][.,])\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![.,]?\d)
      | (?<![\d][.,])\d+[.,]\d+(?![.,]?\d)
      | (?<![\w.,])\.\d+
      | \d+
      | [¼-¾⅐-⅞]
    )
  | (?P<word>[^\W\d_]+)
  | (?P<gap>\n[^\S\n]*\n)
  | (?P<sign>[^\s\w'’\u00ad])
    """,
    re.VERBOSE,
)
_HYPHENS = frozenset("-‐‑\u00ad")


@dataclass(frozen=True, slots=True)
class Piece:
    """A number in digits, an ordinal, a word, a mark or an empty line; ``hyphened``: a hyphen ties it to the last."""

    kind: str
    text: str
    low: str
    start: int
    end: int
    hyphened: bool = False


class Phrases(Generic[_M]):
    """Phrases and what they mean; of several that fit, the longest is taken."""

    def __init__(self, meanings: Mapping[str, _M]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], _M]]] = {}
        for phrase, meaning in sorted(meanings.items(), key=lambda item: -len(item[0].split())):
            first, *rest = phrase.split()
            self._by_first.setdefault(first, []).append((tuple(rest), meaning))

    def at(self, page: Page, here: int) -> tuple[_M, int] | None:
        """What the longest phrase here means, and the place of the piece behind it."""
        pieces = page.pieces
        if here >= page.stop:
            return None
        for rest, meaning in self._by_first.get(pieces[here].low, ()):
            end = here + 1 + len(rest)
            if end <= page.stop and all(pieces[here + 1 + n].low == word for n, word in enumerate(rest)):
                return meaning, end
        return None


class Page:
    """The pieces of a text, and its grammar where there is one."""

    def __init__(self, text: str, doc: Doc | None = None) -> None:
        self.text = text
        self.doc = doc
        self.pieces = _pieces(text)
        self.stop = len(self.pieces)

    def low(self, here: int) -> str:
        """The piece in lower case; empty outside the text."""
        return self.pieces[here].low if 0 <= here < self.stop else ""

    def kind(self, here: int) -> str:
        """What sort of piece it is; empty outside the text."""
        return self.pieces[here].kind if 0 <= here < self.stop else ""

    def glued(self, here: int) -> bool:
        """Whether a piece follows the one before it without a blank."""
        return 0 < here < self.stop and self.pieces[here].start == self.pieces[here - 1].end

    def token(self, here: int) -> Token | None:
        """The word of the grammar that a piece begins in."""
        return self.token_at(self.pieces[here].start) if 0 <= here < self.stop else None

    def token_at(self, start: int) -> Token | None:
        """The word of the grammar that holds a place of the text."""
        place = bisect_right(self._tokens, start) - 1
        if place < 0 or self.doc is None:
            return None
        token = self.doc[place]
        return token if start < token.idx + len(token) else None

    @cached_property
    def _tokens(self) -> list[int]:
        return [] if self.doc is None else [token.idx for token in self.doc]

    @cached_property
    def bare(self) -> bool:
        """Whether the text is a number and nothing else, so that it cannot be a year or an address in passing."""
        return not any(piece.kind == "word" and piece.low not in _NUMERIC for piece in self.pieces[:12])


_NUMERIC = frozenset({"k", "over", "point", "minus", "e", "x"})


def _pieces(text: str) -> list[Piece]:
    pieces: list[Piece] = []
    waiting: Piece | None = None
    for match in _PIECE.finditer(text):
        kind = match.lastgroup or ""
        found = match.group()
        piece = Piece(kind, found, found.lower(), match.start(), match.end())
        if waiting is not None:
            if kind == "word":
                piece = Piece(kind, found, piece.low, piece.start, piece.end, True)
            else:
                pieces.append(waiting)
            waiting = None
        if kind == "sign" and found in _HYPHENS and pieces and pieces[-1].kind == "word":
            waiting = piece
            continue
        pieces.append(piece)
    return pieces if waiting is None else [*pieces, waiting]
