"""How wide words are on a picture, so that nothing is cut and nothing runs over.

The widths are those of Helvetica, a little wider than the page's Source Sans: what fits here also fits before the font
has arrived, and where it never does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

WIDTHS = {
    **dict.fromkeys("ijlI'|.,:;!()[]/ tf-–·“”", 0.29),
    **dict.fromkeys("rs", 0.42),
    **dict.fromkeys("ckvxyzJ", 0.5),
    **dict.fromkeys("mM", 0.833),
    **dict.fromkeys("wCDHNRU&", 0.722),
    **dict.fromkeys("GOQ", 0.778),
    **dict.fromkeys("ABEKPSVXY", 0.667),
    **dict.fromkeys("FTZL", 0.611),
    "W": 0.944,
    "@": 1.0,
    "…": 1.0,
    "→": 1.0,
}
LETTER, WIDE = 0.556, 1.0
BOLDER = 1.07


@lru_cache(maxsize=4096)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width in pixels of a text at a font size in pixels; never less than what a browser needs.

    >>> width("TASS", 10), width("TASS", 10, bold=True) > width("TASS", 10)
    (26.12, True)
    """
    ems = sum(
        WIDTHS.get(letter, WIDE if ord(letter) > 0x2E7F else 0.62 if ord(letter) > 0x24F else LETTER) for letter in text
    )
    return round(ems * size * (BOLDER if bold else 1), 2)


def wrapped(text: str, room: float, size: float, lines: int = 2, bold: bool = False) -> tuple[str, ...]:
    """The text in at most so many lines of ``room`` pixels; what does not fit ends with an ellipsis.

    >>> wrapped("UN High Commissioner for Human Rights", 140, 14)
    ('UN High', 'Commissioner for…')
    >>> wrapped("Khabar 24", 140, 14)
    ('Khabar 24',)
    """
    rows = list(_rows(text, room, size, bold))
    if len(rows) <= lines:
        return tuple(rows)
    return (*rows[: lines - 1], _shortened(" ".join(rows[lines - 1 :]), room, size, bold))


def _rows(text: str, room: float, size: float, bold: bool) -> Iterator[str]:
    row = ""
    for word in text.split():
        for piece in _pieces(word, room, size, bold):
            longer = f"{row} {piece}".strip()
            if row and width(longer, size, bold) > room:
                yield row
                longer = piece
            row = longer
    yield row


def _pieces(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """A word that is wider than the room, in pieces that are not: texts without spaces have no words to wrap at."""
    if width(word, size, bold) <= room:
        yield word
        return
    piece = ""
    for letter in word:
        if piece and width(piece + letter, size, bold) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


def _shortened(text: str, room: float, size: float, bold: bool) -> str:
    while text and width(text + "…", size, bold) > room:
        text = text[:-1]
    return text.rstrip(" ,(") + "…"
