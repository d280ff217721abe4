"""What the words of a mention say: a name, a description, both, a pronoun, or nobody in particular.

"The Russian state agency Tass" is a name with a description and a country, "Interior Ministry spokesman John Smith" a
man with a name who speaks for a ministry, "a spokesman for the Interior Ministry" somebody who is known by his office.
The parser often splits a name from its noun, so the words are read in their order and its tree is asked little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.resolving.kinds import Being, Gender
from provenance.extraction.resolving.names import without_possessive
from provenance.extraction.resolving.phrases import LONGEST, read_phrase
from provenance.extraction.resolving.widening import trimmed, widened
from provenance.extraction.resolving.wording import PRONOUNS, Form, Wording
from provenance.extraction.resolving.words import Page, Word

# What somebody calls or is called, behind a description: "a group calling itself the Northern Front".
_CALLED = re.compile(
    r"\s*,?\s*(?:(?:who|which|that)\s+)?(?:goes by the (?:nom de guerre|name)(?: of)?|going by the name(?: of)?|"
    r"(?:calling|call(?:s|ed)?|identif(?:ies|ied|ying)) (?:itself|himself|herself|themselves)(?: only)?(?: as)?|"
    r"(?:is |was )?(?:identified|known|named)(?: only)? as|gave (?:his|her|their|its) name(?: only)? as)\s+"
    r"(?:the\s+)?((?:[^\W\d_a-z][\w.’'-]*)(?:\s+(?:(?:of|for|the|and)\s+){0,2}[^\W\d_a-z][\w.’'-]*){0,5})"
)


def read_mention(page: Page, start: int, end: int, *, stop: int | None = None) -> Wording:
    """What a stretch of text says of the one it mentions; it is widened to a name that the parser cut off, but never
    beyond ``stop``, where a verb of saying begins that may look like a noun.

    >>> from provenance.extraction.parsing import parse
    >>> from provenance.extraction.resolving.words import page_of
    >>> text = "The French television station France 24 quoted a spokesman."
    >>> read = read_mention(page_of(text, parse(text)), 0, 29)
    >>> read.name, read.description.noun, read.country, text[read.start:read.end]
    ('France 24', 'television station', 'FR', 'The French television station France 24')
    """
    first, last = widened(page, *trimmed(page, *page.within(start, end)))
    if stop is not None and end <= stop:
        last = min(last, page.within(start, stop)[1])
    words = page.words[first:last]
    if not words:
        return Wording(start, end, Form.NOTHING)
    if len(words) == 1 and words[0].low in PRONOUNS:
        return _pronoun(words[0])
    together = any(_splits(words, place) for place in range(1, len(words)))
    return _called(page, _joined(_segments(words), together))


def _called(page: Page, wording: Wording) -> Wording:
    """With the name that somebody goes by, where the words before it only describe."""
    if wording.form is not Form.DESCRIPTION or wording.being not in (Being.PERSON, Being.BODY):
        return wording
    found = _CALLED.match(page.text, wording.end)
    if found is None:
        return wording
    return replace(wording, form=Form.NAME, name=without_possessive(found.group(1)), end=found.end())


def _pronoun(word: Word) -> Wording:
    gender = {"he": Gender.MAN, "him": Gender.MAN, "his": Gender.MAN, "himself": Gender.MAN}.get(word.low)
    if word.low in ("she", "her", "herself"):
        gender = Gender.WOMAN
    return Wording(word.start, word.end, Form.PRONOUN, gender=gender, words=(word.low,))


def _segments(words: Sequence[Word]) -> list[Wording]:
    """The mention cut where a comma, bracket or dash begins an apposition."""
    parts: list[list[Word]] = [[]]
    depth = 0
    for place, word in enumerate(words):
        if word.text in ("(", "["):
            depth += 1
        elif word.text in (")", "]"):
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif word.text in (",", "—", "–", "--", ";", ":") or (parts[-1] and _splits(words, place)):
            parts.append([])
        else:
            parts[-1].append(word)
    return [read_phrase(part) for part in parts if part][:8]


def _splits(words: Sequence[Word], place: int) -> bool:
    """Whether "and" stands between two who are mentioned together, not inside one's name."""
    if words[place].low not in ("and", "or", "&") or place + 1 >= len(words):
        return False
    before, after = words[place - 1], words[place + 1]
    inside_name = before.entity == after.entity == words[place].entity == "ORG"
    office = any(word.low in ("of", "for") for word in words[:place]) and before.capital and after.capital
    return before.noun and not inside_name and not office and after.tag != "JJ"


def _joined(parts: Sequence[Wording], together: bool) -> Wording:
    """One who is mentioned by name and apposition together; or several, with the words of all."""
    if not parts:
        return Wording(0, 0, Form.NOTHING)
    whole = parts[0]
    for part in parts[1:4]:
        if part.form is Form.NOTHING:
            break
        if whole.name is None and part.name and _same_one(whole, part):
            whole = replace(
                whole,
                name=part.name,
                form=Form.NAME,
                end=part.end,
                entity=part.entity,
                gender=whole.gender or part.gender,
            )
        elif whole.name and part.description and not part.name and part.being is not Being.PEOPLE:
            whole = _with_apposition(whole, part)
        elif together and whole.name is None and part.name and whole.being is Being.PERSON and not whole.articled:
            whole = replace(part, start=whole.start, description=whole.description)
        elif together and (whole.name is None) == (part.name is None):
            return _several(whole, parts)
    return whole


def _same_one(whole: Wording, part: Wording) -> bool:
    """Whether a name set apart by a comma is that of whoever was just described."""
    titled = part.description is None or part.being is whole.being is Being.PERSON
    return whole.being is not Being.PEOPLE and not part.of and titled


def _with_apposition(whole: Wording, part: Wording) -> Wording:
    return replace(
        whole,
        description=whole.description or part.description,
        gender=whole.gender or part.gender,
        of=whole.of or part.of,
        country=whole.country or part.country,
        owner=whole.owner or part.owner,
        end=part.end if part.end - whole.start < LONGEST else whole.end,
    )


def _several(whole: Wording, parts: Sequence[Wording]) -> Wording:
    names = [part.name for part in parts if part.name]
    name = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if len(names) == len(parts) else None
    return replace(
        whole,
        end=parts[-1].end,
        name=name,
        form=Form.NAME if name else Form.DESCRIPTION,
        description=None if name else whole.description,
        several=True,
        gender=None,
        country=None,
    )
