"""How text is cut into words for searching: the same for what is indexed and for what is asked, on every database."""

from __future__ import annotations

import re
import unicodedata

GROUPED_DIGITS = re.compile(r"(?<=\d)[,.' \u00a0\u202f](?=\d{3}(?!\d))")
WRITTEN_WITHOUT_SPACES = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The words of a text in lower case without accents, one space between; digits are joined across separators.

    Scripts that are written without spaces are cut into single characters, so that a part of a name finds it.

    >>> fold("More than 1,000 déjà vu; ТАСС")
    'more than 1000 deja vu тасс'
    >>> fold("塔斯社")
    '塔 斯 社'
    """
    joined = GROUPED_DIGITS.sub("", text)
    plain = "".join(
        character for character in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(character)
    )
    spaced = WRITTEN_WITHOUT_SPACES.sub(r" \1 ", plain.casefold())
    return " ".join(WORD.findall(spaced))
