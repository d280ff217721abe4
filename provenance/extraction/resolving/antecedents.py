"""Whom a pronoun or a description stands for: the likeliest of those mentioned before it.

Kind and number rule out; recency, having spoken and being a subject decide. This is a guess, and it says how sure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from provenance.extraction.resolving.cast import Cast, Member, Seen
from provenance.extraction.resolving.kinds import Being, Description, Gender
from provenance.extraction.resolving.wording import Wording
from provenance.vocabulary import SourceKind

# How many sentences back a pronoun, or a description, still finds somebody.
_PRONOUN_REACH = 8
_DESCRIPTION_REACH = 40

# Nouns that may stand for any other of their sort: a governor is an official, a head is no governor.
_GENERIC = frozenset(
    [
        "official",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "witness",
        "eyewitness",
        "soldier",
        "officer",
        "expert",
        "lawyer",
        "journalist",
        "reporter",
        "leader",
        "politician",
    ]
)
_MOVEMENTS = frozenset(["group", "movement", "organization", "organisation", "militant group", "armed group"])
_ANY_BODY = frozenset(
    {"group", "organization", "organisation", "company", "body", "firm", "institution", "agency", "service"}
)


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Whom words stand for, and how surely."""

    member: Member
    confidence: float


def of_pronoun(cast: Cast, wording: Wording, place: int, sentence: int, inside: tuple[int, int]) -> Antecedent | None:
    """Whom he, she, it or they stands for. ``inside`` is what is said: who is named only there did not say it."""
    low = wording.words[0] if wording.words else ""
    match low:
        case "he" | "she" | "him" | "her" | "his" | "himself" | "herself":
            fits: Callable[[Member], float] = partial(_as_person, gender=wording.gender)
        case "it" | "its" | "itself":
            fits = _as_body
        case "they" | "their" | "them" | "themselves":
            fits = _as_many
        case _:
            return None
    return _best(cast, fits, place, sentence, _PRONOUN_REACH, inside)


def of_description(
    cast: Cast, wording: Wording, place: int, sentence: int, inside: tuple[int, int], *, called: bool = False
) -> Antecedent | None:
    """Whom a definite description such as "the airline group" stands for; ``called`` is whether only somebody will do
    who was called by that very noun before.
    """
    found = wording.description
    if found is None:
        return None

    def fits(member: Member) -> float:
        return _as_described(member, found, wording) if not called or found.noun in member.nouns else 0.0

    return _best(cast, fits, place, sentence, _DESCRIPTION_REACH, inside)


def of_thing(cast: Cast, wording: Wording, sentence: int) -> Antecedent | None:
    """Whose "the statement" is: of whoever spoke last, if that was just before."""
    spoken = [member for member in cast.recent() if member.spoke is not None and sentence - member.spoke <= 3]
    if not spoken or wording.description is None or wording.description.alike != "statement":
        return None
    last = max(spoken, key=lambda member: (member.spoke or 0, member.being is Being.BODY))
    return Antecedent(last, 0.6)


def _best(
    cast: Cast, fits: Callable[[Member], float], place: int, sentence: int, reach: int, inside: tuple[int, int]
) -> Antecedent | None:
    scored: list[tuple[float, Member]] = []
    for member in cast.recent():
        seen = _last_outside(member, place, inside)
        fit = fits(member) if seen and sentence - seen.sentence <= reach else 0.0
        if seen and fit > 0:
            scored.append((fit * _nearness(member, seen, sentence, reach), member))
    if not scored:
        return None
    scored.sort(key=lambda pair: -pair[0])
    best = scored[0]
    rival = scored[1][0] if len(scored) > 1 else 0.0
    return Antecedent(best[1], round(min(0.88, 0.45 + 0.5 * (1 - rival / best[0]) * min(1.0, best[0])), 2))


def _last_outside(member: Member, place: int, inside: tuple[int, int]) -> Seen | None:
    """Where a member was last mentioned before a place, and not only in what is being said there."""
    return next(
        (seen for seen in reversed(member.seen) if seen.place < place and not inside[0] <= seen.place < inside[1]), None
    )


def _nearness(member: Member, seen: Seen, sentence: int, reach: int) -> float:
    """Less with each sentence between; more for who spoke lately, did something, or is often spoken of."""
    near: float = 0.5 ** ((sentence - seen.sentence) / (reach / 4))
    if member.spoke is not None and sentence - member.spoke <= reach:
        near *= 1.6
    near *= 1.0 + 0.08 * min(member.count, 6)
    return near * (1.35 if seen.subject else 1.0)


def _as_person(member: Member, gender: Gender | None) -> float:
    if member.many or member.being in (Being.BODY, Being.PEOPLE, Being.THING):
        return 0.0
    if gender and member.gender and member.gender is not gender:
        return 0.0
    if member.being is Being.PERSON:
        return 1.5 if gender and member.gender is gender else 0.9
    return 0.5 if member.name else 0.0


def _as_body(member: Member) -> float:
    if member.many or member.being in (Being.PERSON, Being.PEOPLE):
        return 0.0
    if member.being is Being.BODY:
        return 1.0
    if member.being is Being.THING:
        return 1.2 if member.spoke is not None else 0.5
    return 0.6


def _as_many(member: Member) -> float:
    if member.many:
        return 1.0
    return 0.35 if member.being is Being.BODY else 0.0


def _as_described(member: Member, found: Description, wording: Wording) -> float:
    if wording.country and member.country and wording.country != member.country:
        return 0.0
    if found.many != member.many and not (found.being is Being.BODY and member.being is Being.BODY):
        return 0.0
    if wording.gender and member.gender and wording.gender is not member.gender:
        return 0.0
    if wording.of and member.of and not _share(wording.of, member.of):
        return 0.0
    if found.noun in member.nouns:
        return 1.5
    if any(noun.rpartition(" ")[2] == found.noun.rpartition(" ")[2] for noun in member.nouns):
        return 1.3
    if found.alike in member.alike and (found.being is Being.BODY or found.noun in _GENERIC):
        return 1.1
    return _by_kind(member, found)


def _share(one: str, other: str) -> bool:
    """Whether two names of what somebody is of have a word in common that begins with a capital."""
    capitals = {word for word in one.split() if word[:1].isupper()}
    return not capitals or not capitals.isdisjoint(other.split()) or other.islower()


def _by_kind(member: Member, found: Description) -> float:
    """Where no word of theirs tells: an airline is a company, an outlet anything that carries."""
    if member.being is None:
        return 0.35 if found.being is Being.BODY and found.named else 0.0
    if found.being is not member.being or member.kind in _STATE:
        return 0.8 if found.noun in _MOVEMENTS and _is_movement(member) else 0.0
    if found.being is Being.PERSON:
        return 0.3 if found.alike is None and member.name and not member.alike else 0.0
    if found.alike == "outlet":
        return 0.9 if member.kind is not None and member.kind.carries else 0.0
    if found.noun in _ANY_BODY:
        carries = member.kind is not None and member.kind.carries
        return 0.5 if not carries or found.noun in ("agency", "service") else 0.0
    if found.kind is not None and found.kind is member.kind:
        return 0.9
    return 0.5 if member.kind is None and member.name and (found.named or found.kind is SourceKind.NGO) else 0.0


def _is_movement(member: Member) -> bool:
    """Whether an armed body is no state's by its name: Hamas, the Taliban; "forces" and "army" are a state's."""
    return member.known is not None and member.kind is SourceKind.MILITARY and not member.nouns


_STATE = frozenset({SourceKind.GOVERNMENT_BODY, SourceKind.POLICE, SourceKind.MILITARY})
