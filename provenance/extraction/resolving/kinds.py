"""What a noun says about whoever it describes: that a broadcaster is a body, a spokeswoman one woman, experts nobody.

The nouns are data; here they are looked up in the singular and plural.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from provenance.vocabulary import SourceKind


class Being(Enum):
    """What sort of being a noun describes, as pronouns see it: he or she, it, they, and things that carry words."""

    PERSON = "person"
    BODY = "body"
    PEOPLE = "people"
    THING = "thing"


class Gender(Enum):
    """As the words show it."""

    MAN = "man"
    WOMAN = "woman"


@dataclass(frozen=True, slots=True)
class Description:
    """What one noun says. ``noun`` is its singular; ``many`` is whether it stood in the plural.

    ``alike`` names the nouns that may stand for one another, ``named`` is whether a name in front of the noun is the
    body's own ("the Interfax news agency") and not of what it belongs to ("Almaty police").
    """

    noun: str
    being: Being
    kind: SourceKind | None = None
    gender: Gender | None = None
    named: bool = False
    alike: str | None = None
    many: bool = False


def described(noun: str) -> Description | None:
    """What a noun or compound says, in the singular or plural; None where it describes nobody that speaks.

    >>> described("spokeswoman").gender, described("experts").kind.value, described("news agency").kind.value
    (<Gender.WOMAN: 'woman'>, 'unnamed', 'news_agency')
    >>> described("window") is None
    True
    """
    return _described(noun.lower().replace("’", "'"))


@lru_cache(maxsize=20_000)
def _described(noun: str) -> Description | None:
    table = descriptions()
    noun = table.shortened.get(noun.rstrip("."), noun)
    if noun in table.nouns:
        return table.nouns[noun]
    singular = next((word for word in _singulars(noun, table.plurals) if word in table.nouns), None)
    return _many(table.nouns[singular]) if singular else None


def _many(one: Description) -> Description:
    """Persons together identify nobody, and outlets together are several unknown carriers."""
    if one.being is Being.PERSON:
        return Description(one.noun, Being.PEOPLE, SourceKind.UNNAMED, alike=one.alike, many=True)
    if one.being is Being.BODY and one.kind is not None and one.kind.carries:
        return Description(one.noun, Being.PEOPLE, SourceKind.COLLECTIVE, alike=one.alike, many=True)
    if one.being is Being.BODY:
        return Description(one.noun, Being.PEOPLE, SourceKind.UNNAMED, alike=one.alike, many=True)
    return Description(one.noun, one.being, one.kind, one.gender, one.named, one.alike, many=True)


def _singulars(noun: str, plurals: dict[str, str]) -> Iterator[str]:
    front, blank, last = noun.rpartition(" ")
    if last in plurals:
        yield front + blank + plurals[last]
    if last.endswith("ies"):
        yield f"{front}{blank}{last[:-3]}y"
    if last.endswith("es"):
        yield f"{front}{blank}{last[:-2]}"
    if last.endswith("s"):
        yield f"{front}{blank}{last[:-1]}"


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The table of the data file. ``shortened`` are titles as they stand before a name; ``honorifics`` tells the
    gender, if any, that a word before a name shows.
    """

    nouns: dict[str, Description]
    plurals: dict[str, str]
    shortened: dict[str, str]
    honorifics: dict[str, Gender | None]


@lru_cache(maxsize=1)
def descriptions() -> Descriptions:
    """The nouns that ship with us."""
    read = yaml.safe_load(files("provenance.extraction").joinpath("data/descriptions.yaml").read_text(encoding="utf-8"))
    nouns: dict[str, Description] = {}
    for group in read["groups"]:
        for noun in group["nouns"]:
            nouns.setdefault(str(noun), _group(str(noun), group))
    genders = {"man": Gender.MAN, "woman": Gender.WOMAN, "either": None}
    honorifics = {str(word): genders[name] for name, words in read["honorifics"].items() for word in words}
    return Descriptions(nouns, dict(read["plurals"]), dict(read["shortened"]), honorifics)


def _group(noun: str, group: dict[str, Any]) -> Description:
    being = Being(group["being"])
    return Description(
        noun=noun,
        being=being,
        kind=SourceKind(group["kind"]) if "kind" in group else None,
        gender=Gender(group["gender"]) if "gender" in group else None,
        named=bool(group.get("named", False)),
        alike=group.get("alike"),
        many=being is Being.PEOPLE,
    )
