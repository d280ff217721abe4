"""How text is cut into words for searching: the same for what is indexed and for what is asked, on every database."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

GROUPED_DIGITS = re.compile(r"(?<=\d)[,.' \u00a0\u202f](?=\d{3}(?!\d))")
WRITTEN_WITHOUT_SPACES = re.compile(r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")
WORD = re.compile(r"[^\W_]+")

# The columns in which records of each table are searched; a source also by all its names, a claim also by the
# wordings of those that were merged into it.
SEARCHED: Mapping[str, tuple[str, ...]] = {
    "claim": ("text",),
    "source": ("name",),
    "document": ("title", "url", "text"),
    "event": ("title", "description", "place"),
}

# PostgreSQL indexes at most a megabyte of distinct words and their places in one record, about twice their bare size.
LONGEST_BODY = 400_000  # bytes


def searchable(text: str) -> str:
    """The words of a text, up to the length that both databases index; a longer text is found by its beginning."""
    words = fold(text).encode()
    if len(words) <= LONGEST_BODY:
        return words.decode()
    return words[:LONGEST_BODY].rpartition(b" ")[0].decode(errors="ignore")


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
