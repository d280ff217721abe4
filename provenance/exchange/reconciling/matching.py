"""Which sources may be meant by a name, how alike they are spelled, and whether only one of them fits.

A score says how alike two spellings are, and nothing about truth or trust. Offices that every country has ("Interior
Ministry") are offered and left to a person, unless whoever asks says which country is meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from rapidfuzz import fuzz, process

from provenance.exchange.reconciling.asking import LONGEST_QUERY, Wanted
from provenance.exchange.reconciling.properties import PROPERTIES, countries
from provenance.exchange.reconciling.register import Bearer, Register
from provenance.exchange.reconciling.spelling import spelled
from provenance.storage.reads.registered import Registered
from provenance.vocabulary import NameKind, SourceKind

# A name that is the same but for case and accents; in another script; in another romanisation.
SAME, SAME_ROMANISED, SAME_SOUND = 100.0, 97.0, 92.0
# Names of which neither is the other come below all of these: at most so alike, and at least so alike to be offered.
MOST_ALIKE, LEAST_ALIKE = 89.0, 55.0
# A name all of whose words stand in the other: "Tass" in "the Tass agency".
CONTAINED = 75.0
# The same kind of office under another name: "Министерство здравоохранения" for a Health Ministry.
SAME_OFFICE = 70.0
# So short a name means another one as soon as a letter differs: "UN" is not UNN.
ABBREVIATION = 4
LATIN = re.compile(r"[a-z0-9]")
MISTAKEN = 10.0  # less for a name that was only printed by mistake
DISAGREES = 15.0  # less where a property says otherwise
OTHER_KIND = 20.0  # less where a kind was preferred
# One source is the match if its name is the same and whatever comes second is so much less alike.
SURE, APART = 95.0, 10.0
ENOUGH = 200  # names that are looked at closely


class Office(Protocol):
    """An office that a name means: which bodies it may be, and whether the name leaves open of which country."""

    @property
    def bodies(self) -> Collection[str]: ...
    @property
    def bare(self) -> bool: ...


# Finds the office that a name means. What names of offices there are is not for this package to know.
Offices = Callable[[str], Office | None]
# Whose names every country has, and what can say which of them is meant.
OF_STATES = frozenset({SourceKind.GOVERNMENT_BODY, SourceKind.POLICE, SourceKind.MILITARY})
TELLING = frozenset({"country", "part_of", "controlled_by", "owned_by"})


def no_offices(name: str) -> None:
    """Knows no office."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A source that may be meant: by which of its names, how alike that is, and the score after all that was asked.

    ``one_of_many``: the name is that of an office which other countries have, too, and nothing says which is meant.
    """

    bearer: Bearer
    spelling: float
    score: float
    one_of_many: bool = False

    @property
    def source(self) -> Registered:
        """The source."""
        return self.bearer.source


def matched(register: Register, wanted: Wanted, offices: Offices = no_offices) -> dict[str, Any]:
    """The answer for a name: the candidates, best first; none for what is too long for a name, and why."""
    if len(wanted.query) > LONGEST_QUERY:
        told = f"It has {len(wanted.query):,} characters; names of at most {LONGEST_QUERY:,} are compared."
        return {"result": [], "error": told}
    found = candidates(register, wanted, offices)
    sure = match_of(found)
    return {"result": [_answer(each, each is sure) for each in found[: wanted.limit]]}


def candidates(register: Register, wanted: Wanted, offices: Offices = no_offices) -> list[Candidate]:
    """The sources that may be meant, best first: each once, under the name that fits best."""
    best: dict[str, Candidate] = {}
    office = offices(wanted.query)
    found = [*_alike(register, wanted.query), *(_of_office(register, office, offices) if office else ())]
    for bearer, spelling in found:
        open_ = office is not None and office.bare and not _told(bearer.source, wanted)
        one = Candidate(bearer, spelling, spelling - _against(bearer.source, wanted), open_)
        if _may_be(bearer.source, wanted) and one.score > (best[one.source.id].score if one.source.id in best else 0):
            best[one.source.id] = one
    return sorted(best.values(), key=lambda each: (-each.score, each.source.name, each.source.id))


def match_of(found: list[Candidate]) -> Candidate | None:
    """The only source that fits; None where none does, a second is near, or the words identify nobody.

    "The authorities" in two articles are two unknown sources, so no list of names can be matched with them.
    """
    if not found or found[0].score < SURE or found[0].source.kind.placeholder or found[0].one_of_many:
        return None
    return found[0] if len(found) == 1 or found[1].score <= found[0].score - APART else None


def _alike(register: Register, query: str) -> Iterator[tuple[Bearer, float]]:
    asked = spelled(query)
    in_latin = asked.romanised
    if not in_latin:
        return
    short = len(in_latin) <= ABBREVIATION
    # In scripts that are not read in Latin letters two names share signs as ours share "agency": 新华社 and 俄新社.
    ranked = (
        []
        if short or not LATIN.search(in_latin)
        else process.extract(
            in_latin, register.romanised, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_ALIKE, limit=ENOUGH
        )
    )
    holding = process.extract(in_latin, register.romanised, scorer=fuzz.token_set_ratio, score_cutoff=100, limit=ENOUGH)
    fuzzy = {position: score for _, score, position in ranked}
    within = {position for _, _, position in holding}
    sounding = set() if short else _sounding(register, asked.sounded)
    for position in fuzzy.keys() | within | sounding:
        bearer = register.bearers[position]
        spelling = max(
            SAME * (bearer.spelled.folded == asked.folded),
            SAME_ROMANISED * (bearer.spelled.romanised == in_latin),
            SAME_SOUND * (position in sounding),
            CONTAINED * (position in within),
            MOST_ALIKE * fuzzy.get(position, 0.0) / 100,
        )
        yield bearer, round(spelling - MISTAKEN * (bearer.called.kind is NameKind.MISTAKEN), 1)


def _sounding(register: Register, sound: str) -> set[int]:
    found = register.by_sound.get(sound, ())
    return {position for position in found if len(register.romanised[position]) > ABBREVIATION}


def _of_office(register: Register, office: Office, offices: Offices) -> Iterator[tuple[Bearer, float]]:
    for bearer in register.bearers:
        if bearer.source.kind in OF_STATES:
            theirs = offices(bearer.called.name)
            if theirs is not None and not set(office.bodies).isdisjoint(theirs.bodies):
                yield bearer, SAME_OFFICE


def _told(source: Registered, wanted: Wanted) -> bool:
    """Whether whoever asks says which of many offices is meant, and it is this one."""
    told = {key: values for key, values in wanted.properties.items() if key in TELLING and values}
    return any(PROPERTIES[key].agrees(source, values) for key, values in told.items())


def _against(source: Registered, wanted: Wanted) -> float:
    disagreeing = [
        key for key, values in wanted.properties.items() if values and not PROPERTIES[key].agrees(source, values)
    ]
    other = bool(wanted.kinds) and source.kind not in wanted.kinds
    return DISAGREES * len(disagreeing) + OTHER_KIND * other


def _may_be(source: Registered, wanted: Wanted) -> bool:
    return not wanted.kinds or not wanted.strict or source.kind in wanted.kinds


def _answer(one: Candidate, sure: bool) -> dict[str, Any]:
    kind = one.source.kind
    return {
        "id": one.source.id,
        "name": one.source.name,
        "description": described(one.source, one.bearer),
        "type": [{"id": kind.value, "name": kind.value.replace("_", " ")}],
        "score": round(one.score, 1),
        "match": sure,
        "features": [{"id": "spelling", "value": one.spelling}],
    }


def described(source: Registered, bearer: Bearer | None = None) -> str:
    """What tells a source from others in a line, and by which name it was found where that is not the one shown."""
    by = bearer.called if bearer and bearer.called.name != source.name else None
    how = "misprinted as" if by and by.kind is NameKind.MISTAKEN else "also called"
    found = f"{how} {by.name}" if by else None
    return "; ".join(filter(None, [source.kind.value.replace("_", " "), ", ".join(countries(source)), found]))
