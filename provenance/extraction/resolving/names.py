"""Names as words: which of them are titles, which name is the short form of which, and what letters stand for.

"Price" is Ned Price, "the State Department" the US State Department, OSCE the organisation whose initials it has.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from provenance.extraction.resolving.kinds import Being, Gender, described, descriptions
from provenance.extraction.sources.countries import country_of

_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_BRACKETED = re.compile(r"\(\s*(?:the\s+)?([A-Z][A-Za-z.&-]{1,9})\s*\)")
_SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "a", "de", "des", "du", "la", "with", "against", "&"})


def without_possessive(name: str) -> str:
    """A name without the ending that makes it an owner.

    >>> without_possessive("Reporters Without Borders’"), without_possessive("Tokayev's")
    ('Reporters Without Borders', 'Tokayev')
    """
    return _POSSESSIVE.sub("", name)


def without_article(name: str) -> str:
    """A name without "the" in front.

    >>> without_article("the Interior Ministry")
    'Interior Ministry'
    """
    return re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE)


@lru_cache(maxsize=50_000)
def country_meant(word: str) -> str | None:
    """The ISO code of the country whose name, adjective or seat of government a word is.

    >>> country_meant("Kazakh"), country_meant("Moscow"), country_meant("Tass")
    ('KZ', 'RU', None)
    """
    return country_of(word) or _seats().get(word)


@lru_cache(maxsize=1)
def _seats() -> dict[str, str]:
    read = yaml.safe_load(files("provenance.extraction").joinpath("data/seats.yaml").read_text(encoding="utf-8"))
    return {city: code for code, cities in read.items() for city in cities}


@lru_cache(maxsize=1)
def _given_names() -> dict[str, Gender]:
    read = yaml.safe_load(files("provenance.extraction").joinpath("data/given_names.yaml").read_text(encoding="utf-8"))
    return {name: Gender(gender) for gender, names in read.items() for name in names.split()}


def gender_of(name: str) -> Gender | None:
    """The gender that a given name commonly has; None where it is not known or both.

    >>> gender_of("Maria Zakharova"), gender_of("Kassym-Jomart Tokayev"), gender_of("Price")
    (<Gender.WOMAN: 'woman'>, <Gender.MAN: 'man'>, None)
    """
    first, _, rest = name.partition(" ")
    given = _given_names().get(first.lower()) or _given_names().get(first.partition("-")[0].lower())
    if given and rest:
        return given
    last = rest.rpartition(" ")[2].lower()
    if re.search(r"(?:ova|eva|skaya|ovna|evna|yeva)$", last):
        return Gender.WOMAN
    return Gender.MAN if re.search(r"(?:ov|ev|sky|skiy|skyi|ovich|evich)$", last) else None


def is_given_name(word: str) -> bool:
    """Whether it is a common first name of people."""
    return word.lower() in _given_names()


def body_in(name: str) -> str | None:
    """The noun in an organisation's name that says what it is: Ministry, University, News.

    >>> body_in("Kazakh Ministry of Health"), body_in("US State Department"), body_in("Ned Price") is None
    ('ministry', 'department', True)
    """
    words = name.split()
    stop = next((place for place, word in enumerate(words) if place and word in ("of", "for", "on")), len(words))
    for noun in (words[stop - 1].lower(), words[-1].lower()) if words else ():
        found = described(noun)
        if found and (found.being is Being.BODY or (found.many and found.being is Being.PEOPLE)):
            return found.noun
    return None


def initials(name: str) -> str:
    """The first letters of the words that count.

    >>> initials("Organization for Security and Co-operation in Europe")
    'OSCE'
    """
    return "".join(word[0] for word in name.split() if word.lower() not in _SMALL).upper()


def stands_for(letters: str, name: str) -> bool:
    """Whether letters abbreviate a name: all of them are its initials, in order, none or few left out.

    >>> stands_for("OSCE", "Organization for Security and Co-operation in Europe"), stands_for("WHO", "Red Cross")
    (True, False)
    """
    sought = re.sub(r"[^A-Z]", "", letters.upper())
    every = "".join(word[0] for word in re.split(r"[\s-]+", name) if word).upper()
    short = initials(name)
    return len(sought) >= 2 and (sought in (short, every) or (len(sought) >= 3 and _in_order(sought, name)))


def _in_order(letters: str, name: str) -> bool:
    """Whether the initials are all among the letters and the rest are found inside the words, in order."""
    upper = "".join(sign for sign in name if sign.isupper())
    return upper == letters


def bracketed_letters(text: str) -> list[tuple[int, str]]:
    """Where short forms stand in brackets, as in "... in Europe (OSCE)".

    >>> bracketed_letters("the Kazakh National Guard (KNG) said")
    [(26, 'KNG')]
    """
    return [
        (found.start(), found.group(1)) for found in _BRACKETED.finditer(text) if sum(map(str.isupper, found[1])) > 1
    ]


def title_length(words: list[str]) -> int:
    """How many words in front of a person's name are titles.

    >>> title_length(["Interior", "Minister", "Erlan", "Turgumbayev"]), title_length(["Ned", "Price"])
    (2, 0)
    """
    low = [word.lower() for word in words]
    for place in range(len(words) - 1, -1, -1):
        if place < len(words) - 1 and _is_title(low, place):
            return _past_office(low, place + 1)
    return 0


def _is_title(low: list[str], place: int) -> bool:
    if low[place].rstrip(".") + "." in descriptions().honorifics or low[place] in descriptions().honorifics:
        return True
    found = described(low[place])
    return found is not None and found.being is Being.PERSON and not is_given_name(low[place])


def _past_office(low: list[str], place: int) -> int:
    """Past what belongs to a title behind it: "Secretary of State", "Chief of Staff"."""
    if place + 2 < len(low) and low[place] == "of":
        return place + 2
    return place


def honorific_gender(words: list[str]) -> Gender | None:
    """The gender that words before a name show: Mr, Mrs, Queen."""
    table = descriptions().honorifics
    return next((gender for word in words if (gender := table.get(word.lower()))), None)
