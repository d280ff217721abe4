"""A name and a colon at the beginning of a paragraph: what follows is put into that mouth, as headlines do it."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.extraction.attribution.cues import Family
from provenance.extraction.attribution.found import Found, Stretch
from provenance.extraction.attribution.page import Page

# Words of the longest name, with its title, that stands before such a colon.
_LONGEST_NAME = 6


def of_label(page: Page, paragraph: Stretch) -> Iterator[Found]:
    """What "De Blasio: trust the police" says; a topic such as "Kazakhstan: no internet" is nobody."""
    start, end = paragraph
    colon = next((at for at in range(start + 1, min(end, start + _LONGEST_NAME + 1)) if page.doc[at].text == ":"), None)
    if colon is None or colon - start < 1:
        return
    name = page.doc[start:colon]
    persons = sum(word.ent_type_ == "PERSON" for word in name)
    if not persons or any(word.pos_ not in ("PROPN", "NOUN", "ADJ") or word.ent_type_ == "GPE" for word in name):
        return
    content = page.trimmed(colon + 1, end)
    if content[1] - content[0] > 2:
        yield Found("speech.label", Family.SPEECH, 0.7, colon, (colon, colon + 1), (start, colon), (content,))
