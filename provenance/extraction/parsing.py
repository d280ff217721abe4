"""The grammar of a text: tokens, sentences, dependencies and names, with offsets that are code points of the text.

The model is named in the settings, so that an official `en_core_web_sm` or a larger one serves where it is installed.
Nothing is ever downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from provenance.errors import NotInstalled
from provenance.extraction.reading import Zone
from provenance.settings import settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# The languages that the model reads; of others a text is kept with its zones, figures and dates.
GRAMMARS = frozenset({"en"})

# A parser takes some seconds for a hundred thousand letters; the longest articles known have 200,000.
LONGEST_PARSED = 200_000

_ONE_AT_A_TIME = Lock()

# A line that ends inside a name would cut it in two; one blank for another moves no offset.
_BLANK = re.compile(r"\s")

# No word or mark is so long; the tokeniser cuts one mark after the other from such a run and looks at the rest anew.
_RUN = re.compile(r"[^\w\s]{100,}")


def parse(text: str, zones: Iterable[Zone] = ()) -> Doc:
    """The grammar of a text; no sentence crosses the beginning of a zone.

    :raises NotInstalled: if the model that the settings name is not installed.
    """
    return parse_all([(text, tuple(zones))])[0]


def parse_all(texts: Iterable[tuple[str, tuple[Zone, ...]]]) -> list[Doc]:
    """The grammar of several texts, in their order, faster than one by one."""
    # The server reads in several threads, and nobody promises that a model may be used by two at once.
    with _ONE_AT_A_TIME:
        grammar = _grammar(settings().language_model)
        docs = [_cut(grammar.make_doc(_readable(text)), zones) for text, zones in texts]
        return list(grammar.pipe(docs, batch_size=8))


def _readable(text: str) -> str:
    """The text with one blank for each other, and for each mark of a run that is no writing."""
    return _BLANK.sub(" ", _RUN.sub(lambda run: " " * len(run[0]), text))


def _cut(doc: Doc, zones: tuple[Zone, ...]) -> Doc:
    """Lets a sentence begin where a zone does; the parser keeps what was set before it."""
    starts = iter(sorted({zone.start for zone in zones}))
    start = next(starts, None)
    for token in doc:
        if start is None:
            break
        if token.idx + len(token) > start and not token.is_space:
            token.is_sent_start = True
            while start is not None and start < token.idx + len(token):
                start = next(starts, None)
    return doc


@lru_cache(maxsize=2)
def _grammar(model: str) -> Language:
    import spacy

    try:
        grammar = spacy.load(model)
    except OSError as missing:
        raise NotInstalled(
            f"The language model '{model}' is not installed: install it, or name another in PROVENANCE_LANGUAGE_MODEL."
        ) from missing
    grammar.max_length = LONGEST_PARSED + 1
    return grammar
