"""One noun phrase: where its head ends, and whom somebody described there is of or speaks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from provenance.extraction.resolving.heads import JOINING, capital_at, read_core, text_of
from provenance.extraction.resolving.kinds import Being, described
from provenance.extraction.resolving.names import body_in, country_meant
from provenance.extraction.resolving.wording import OWNERS, Form, Wording
from provenance.extraction.resolving.words import Word

_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their", "same"})
_LEADING = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "some",
        "several",
        "many",
        "most",
        "few",
        "two",
        "three",
        "four",
        "five",
        "six",
        "another",
        "other",
        "various",
        "both",
        "all",
        "each",
        "every",
        "any",
        "such",
        "no",
        "numerous",
        "more",
        "one",
        "even",
        "only",
        "just",
        "also",
    ]
)
_STOPPING = frozenset({"WP", "WDT", "WRB", "WP$", "MD", "VBD", "VBZ", "VBP", "TO"})
_ROLES = frozenset({"of", "for", "from", "at", "with", "in", "by"})
# Longer than this, words tell about somebody; they do not name them.
LONGEST = 160


def read_phrase(words: Sequence[Word]) -> Wording:
    """One noun phrase without what is set apart in it."""
    lead = 0
    while lead < len(words) - 1 and (words[lead].low in _LEADING or words[lead].tag in ("CD", "PRP$", "DT", "RB")):
        if words[lead].capital and words[lead].proper and words[lead].low not in _LEADING:
            break
        lead += 1
    owner = next((word.low for word in words[:lead] if word.low in OWNERS), None)
    definite = any(word.low in _DEFINITE for word in words[:lead])
    core, rest = core_of(words[lead:])
    if not core:
        return Wording(words[0].start, words[-1].end, Form.NOTHING)
    read = read_core(core)
    role = _role(rest) if (read.description and read.name is None) or (read.name and read.description) else None
    end = role[1] if role else core[-1].end
    return replace(
        read,
        start=words[0].start,
        end=end,
        of=read.of or (role[0] if role else None),
        country=read.country or (role[2] if role else None),
        owner=owner,
        definite=definite,
        articled=lead > 0,
        words=tuple(word.low for word in core),
    )


def core_of(words: Sequence[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """The head noun with what stands before it and the whole of a name; and what hangs on behind."""
    place = 0
    while place < len(words):
        word = words[place]
        if word.tag in _STOPPING and not (word.capital and place and words[place - 1].capital):
            break
        if (word.tag == "IN" and not (place and word.capital)) or word.low in JOINING:
            if not (place and _inside_name(words, place)):
                break
        elif (word.tag in ("VBN", "VBG") and place and words[place - 1].noun and not word.capital) or (
            # The parser takes a daily for an adverb.
            word.tag == "RB" and place and words[place - 1].noun and described(word.low) is None
        ):
            break
        place += 1
    return words[:place], words[place:]


def _inside_name(words: Sequence[Word], place: int) -> bool:
    """Whether a small word joins two parts of one name: Ministry of Health, Reporters Without Borders."""
    before = words[place - 1]
    after = next((word for word in words[place + 1 : place + 3] if word.low not in JOINING), None)
    if after is None or not after.capital or not (capital_at(words, place - 1) or before.low in JOINING):
        return False
    if words[place].capital or words[place].entity == before.entity == after.entity == "ORG":
        return True
    if before.entity == "ORG" and words[place].low in ("in", "for") and place + 2 == len(words):
        return body_in(text_of(words[:place])) is not None
    if before.low in JOINING:
        return True
    body = described(before.low)
    if words[place].low in ("of", "for") and body is not None and before.proper:
        return body.being is Being.BODY or before.low in ("secretary", "chief", "house", "reporters", "doctors")
    long = any(word.low in ("of", "for") for word in words[:place])
    return long and words[place].low in ("and", "in", "&") and capital_at(words, place - 1)


def _role(rest: Sequence[Word]) -> tuple[str, int, str | None] | None:
    """Whom a described person or thing is of: the words, where they end, and a country among them."""
    if not rest or rest[0].low not in _ROLES:
        return None
    inner = rest[1:]
    while inner and (inner[0].tag in ("DT", "PRP$") or inner[0].low in ("the", "a", "an")):
        inner = inner[1:]
    core, after = core_of(inner)
    if not core or not any(word.noun for word in core):
        return None
    name = " ".join(word.text for word in core).replace(" '", "'").replace(" ’", "’")
    deeper = _role(after) if after and after[0].low in ("of", "in") and after[0] is not rest[0] else None
    country = next((code for word in core if (code := country_meant(word.text))), deeper[2] if deeper else None)
    if deeper and deeper[1] - rest[0].start < LONGEST // 2:
        return f"{name} {after[0].low} {deeper[0]}", deeper[1], country
    return name, core[-1].end, country
