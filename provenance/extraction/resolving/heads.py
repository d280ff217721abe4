"""Which words of a noun phrase are a name, which describe, and what they say: "the Russian state agency Tass".

A name may stand before its noun ("the Interfax news agency"), behind it ("the agency Tass") or alone with titles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from provenance.extraction.resolving.kinds import Being, Description, described
from provenance.extraction.resolving.names import (
    body_in,
    country_meant,
    honorific_gender,
    is_given_name,
    title_length,
    without_article,
    without_possessive,
)
from provenance.extraction.resolving.wording import Form, Wording
from provenance.extraction.resolving.words import Word
from provenance.vocabulary import SourceKind

# Small words inside names, between two capitals.
_INSIDE = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "de",
        "del",
        "della",
        "der",
        "den",
        "di",
        "da",
        "do",
        "dos",
        "du",
        "la",
        "le",
        "van",
        "von",
        "ter",
        "ten",
        "el",
        "ben",
        "bint",
        "ul",
        "y",
        "e",
    ]
)
JOINING = frozenset({"of", "for", "and", "&", "in", "on", "without", "the", "against", "to"})
_OFFICES = frozenset(
    [
        "minister",
        "secretary",
        "president",
        "governor",
        "ambassador",
        "commissioner",
        "prosecutor",
        "commander",
        "spokesman",
        "spokeswoman",
        "leader",
        "director",
        "premier",
        "chancellor",
        "envoy",
        "mayor",
    ]
)
_WITH_TITLE = frozenset(
    [
        "pope",
        "king",
        "queen",
        "prince",
        "princess",
        "patriarch",
        "ayatollah",
        "imam",
        "mullah",
        "sheikh",
        "emir",
        "saint",
        "archbishop",
    ]
)


def read_core(core: Sequence[Word]) -> Wording:
    """A head noun, a name, or both in either order."""
    core = _without_seat(core)
    run = _trailing_name(core)
    blank = Wording(core[0].start, core[-1].end, Form.DESCRIPTION)
    if run == 0:
        return _read_name(core, blank)
    if run < len(core):
        return _noun_then_name(core, run, blank)
    return _name_then_noun(core, blank)


def _without_seat(core: Sequence[Word]) -> Sequence[Word]:
    """Without where a body has its seat, which is no part of its name: "the London-based group"."""
    based = next((place for place in range(1, len(core) - 1) if core[place].low == "based"), -1)
    return core[based + 1 :] if based > 0 else core


def _trailing_name(core: Sequence[Word]) -> int:
    """Where the name that ends the core begins; the length of the core if none does."""
    place = len(core)
    while place > 0 and _of_name(core, place - 1):
        place -= 1
    while place < len(core) and not core[place].capital:
        place += 1
    return place


def _of_name(core: Sequence[Word], place: int) -> bool:
    word = core[place]
    if capital_at(core, place):
        return not (place == 0 and _ordinary(word, core))
    if word.text.isdigit():
        return place > 0 and core[place - 1].capital
    inner = word.low in _INSIDE or word.low in JOINING or word.text in ("-", "/", ".", "'s", "’s")
    return inner and 0 < place < len(core) - 1


def capital_at(words: Sequence[Word], place: int) -> bool:
    """Whether a word is written like a name, or is the second half of one that is: Co-operation."""
    joined = place > 1 and words[place - 1].text == "-" and words[place - 2].capital
    return words[place].capital or joined


def _ordinary(word: Word, core: Sequence[Word]) -> bool:
    """Whether a word has its capital only because a sentence or line begins with it, or a style guide wants it."""
    if len(core) == 1 and described(word.low) is not None:
        return not (word.text.isupper() and len(word.text) > 1)
    if (
        not word.first
        or word.tag in ("NNP", "NNPS")
        or (len(core) == 1 and word.tag[:2] in ("NN", "VB") and word.tag != "NNS")
    ):
        return False
    named = len(core) > 1 and core[1].capital
    return len(core) == 1 or (not named and country_meant(word.text) is None)


def _read_name(core: Sequence[Word], blank: Wording) -> Wording:
    """Capitals throughout: a name, with its titles; or an office alone."""
    texts = [word.text for word in core]
    titles = title_length(texts)
    country = next((code for text in texts if (code := country_meant(text))), None)
    whole = without_possessive(text_of(core))
    office = described(texts[-1].lower())
    if office and office.being is Being.PERSON and len(texts) <= 4 and core[-1].entity != "PERSON":
        known = described(" ".join(texts[-2:]).lower()) or texts[-1].lower() in _OFFICES
        if len(texts) == 1 or known or country or body_in(text_of(core[:-1])):
            of = text_of(core[:-1]) or None
            return replace(blank, description=office, gender=office.gender, country=country, of=of)
    owner = _owner(core)
    if owner and (core[owner + 1].entity == "PERSON" or is_given_name(core[owner + 1].text)) and not body_in(whole):
        inner = _read_name(core[owner + 1 :], blank)
        return replace(inner, of=inner.of or without_possessive(text_of(core[:owner])), country=country)
    if titles and not body_in(whole):
        title = _described_last(texts[:titles])
        bare = list(texts[:titles])
        return replace(
            blank,
            form=Form.NAME,
            name=without_possessive(text_of(core[_name_start(core, titles) :])),
            description=title,
            gender=(title.gender if title else None) or honorific_gender(bare),
            country=country,
            of=_office_of(bare),
            entity="PERSON",
        )
    return replace(blank, form=Form.NAME, name=whole, country=country, entity=_entity(core))


def _owner(core: Sequence[Word]) -> int:
    """Where the ending of an owner stands inside a name; 0 if none does: Ukraine's Volodymyr Zelensky."""
    return next((place for place in range(1, len(core) - 1) if core[place].text in ("'s", "’s", "'", "’")), 0)


def _name_start(core: Sequence[Word], titles: int) -> int:
    """A first name alone is none without its title: Pope Francis, King Abdullah."""
    alone = len(core) - titles == 1 and core[titles - 1].low in _WITH_TITLE
    return titles - 1 if alone else titles


def _office_of(titles: Sequence[str]) -> str | None:
    """The body that words before a title name: Interior Ministry spokesman."""
    name = " ".join(titles[:-1])
    return name if name and body_in(name) else None


def _described_last(texts: Sequence[str]) -> Description | None:
    """The longest described noun at the end of some words."""
    for start in range(max(0, len(texts) - 4), len(texts)):
        if found := described(" ".join(texts[start:]).lower()):
            return found
    for start in range(len(texts) - 1, -1, -1):
        if found := described(texts[start].lower()):
            return found
    return None


def _noun_then_name(core: Sequence[Word], run: int, blank: Wording) -> Wording:
    """As in "Interior Ministry spokesman John Smith", "the Russian state agency Tass"."""
    front, name = core[:run], core[run:]
    description = head_of(front)
    person = description is not None and description.being is Being.PERSON
    affiliation = _affiliation(front) if person else None
    country = _country(front) or _country(name)
    if description is not None and description.many:
        description = affiliation = None
    elif description is None and not any(word.noun for word in front):
        return replace(_read_name(name, blank), country=country, start=blank.start)
    inner = _read_name(name, blank)
    if description and inner.description and inner.name is None:
        return replace(inner, of=text_of(core[:-1]), country=country)
    return replace(
        inner,
        form=Form.NAME,
        name=inner.name or without_possessive(text_of(name)),
        description=description or inner.description,
        gender=(description.gender if description else None) or inner.gender,
        country=country,
        of=affiliation,
        entity="PERSON" if description and description.being is Being.PERSON else inner.entity,
    )


def _name_then_noun(core: Sequence[Word], blank: Wording) -> Wording:
    """As in "the Interfax news agency", "Almaty police", "Grayson's spokeswoman", "experts"."""
    description = head_of(core)
    country = _country(core)
    name = _front_name(core)
    if description is not None and description.noun == text_of(core).lower():
        return replace(blank, description=description, gender=description.gender, country=country)
    if description is None:
        low = core[-1]
        if (
            len(core) > 1
            and not low.capital
            and low.tag in ("NN", "NNP")
            and (front := head_of(core[:-1]))
            and front.named
        ):
            return replace(blank, form=Form.NAME, name=low.text, description=front, country=country)
        crowd = Description(low.low, Being.PEOPLE, SourceKind.UNNAMED, many=True) if low.tag == "NNS" else None
        return replace(blank, description=crowd, country=country, of=name)
    read = replace(blank, description=description, gender=description.gender, country=country)
    if description.being is not Being.BODY:
        return replace(read, of=_affiliation(core))
    if name is None:
        return _institution(core, read) if country and not description.named else read
    if description.named and not any(word.tag == "POS" for word in core):
        return replace(read, form=Form.NAME, name=name)
    return _institution(core, read)


def _institution(core: Sequence[Word], read: Wording) -> Wording:
    """An organ that is named by its place and noun together: the Kazakh government, Almaty police."""
    start = next(
        (place for place, word in enumerate(core) if (word.capital and word.proper) or country_meant(word.text)), 0
    )
    return replace(read, form=Form.NAME, name=text_of(core[start:]))


def _front_name(words: Sequence[Word]) -> str | None:
    """The capitals in front of a noun, without adjectives of nations."""
    caps: list[Word] = []
    for place, word in enumerate(words):
        name = word.capital and (word.proper or not _ordinary(word, words))
        if name or (
            caps and (word.low in JOINING | _INSIDE or word.text in ("-", "/", "'s", "’s") or word.text.isdigit())
        ):
            caps.append(word)
        elif caps or place > 4:
            break
    while caps and (caps[-1].low in JOINING or caps[-1].text in ("-", "'s", "’s", "/", "'", "’")):
        caps.pop()
    if caps and all(country_meant(word.text) for word in caps):
        return None
    while len(caps) > 1 and country_meant(caps[0].text) and not body_in(text_of(caps)):
        caps = caps[1:]
    return without_possessive(text_of(caps)) if caps else None


def _affiliation(words: Sequence[Word]) -> str | None:
    """What a person whose noun ends these words belongs to: Interior ministry, Clinton campaign."""
    for place in range(len(words) - 2, 0, -1):
        found = described(words[place].low)
        if found and found.being is Being.BODY and not words[place].capital:
            start = next((at for at in range(place) if words[at].capital), None)
            return text_of(words[start : place + 1]) if start is not None else None
    return _front_name(words)


def head_of(words: Sequence[Word]) -> Description | None:
    """What the last noun says, compounds first: "television station" before "station"."""
    end = len(words)
    # A daily may be taken for an adverb.
    while end > 0 and not words[end - 1].noun and words[end - 1].tag not in ("JJ", "VBG", "CD", "NN", "RB"):
        end -= 1
    for size in (4, 3, 2, 1):
        if size <= end:
            found = described(text_of(words[end - size : end]).lower())
            if found:
                return found
    # What hangs on behind a noun may be left in: "people familiar", "troops loyal".
    return head_of(words[: end - 1]) if end > 1 and words[end - 1].tag == "JJ" and words[end - 2].noun else None


def _country(words: Sequence[Word]) -> str | None:
    for place, word in enumerate(words):
        if word.text[0].isupper():
            if place + 1 < len(words) and (code := country_meant(f"{word.text} {words[place + 1].text}")):
                return code
            if code := country_meant(word.text):
                return code
    return None


def _entity(core: Sequence[Word]) -> str:
    kinds = [word.entity for word in core if word.capital and word.entity]
    return max(set(kinds), key=kinds.count) if kinds else ""


def text_of(words: Sequence[Word]) -> str:
    """The words as printed, with one blank where the text had any."""
    if not words:
        return ""
    pieces = [words[0].text]
    for before, word in pairwise(words):
        pieces.append((" " if word.start > before.end else "") + word.text)
    return without_article("".join(pieces)) if words[0].low in ("the",) else "".join(pieces)
