"""The words that attribute, as they stand in the data file: which verb takes what, and what it says about the saying.

A cue knows nothing of grammar; the frames look for it in a parsed text.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

from provenance.vocabulary import Manner, Stance

if TYPE_CHECKING:
    from spacy.tokens import Token


class Family(StrEnum):
    """What sort of attribution a rule finds, so that a reader may leave some out."""

    SPEECH = "speech"
    DIRECTIVE = "directive"
    JUDGEMENT = "judgement"
    REPORT = "report"
    BELIEF = "belief"
    PLAN = "plan"
    SEMBLANCE = "semblance"


class Frame(StrEnum):
    """In what place of a verb's clause that stands which it attributes."""

    CLAUSE = "clause"
    QUOTE = "quote"
    OBJECT = "object"
    AS = "as"
    INFINITIVE = "infinitive"
    DIRECTIVE = "directive"
    GERUND = "gerund"
    PREPOSITION = "preposition"


@dataclass(frozen=True, slots=True)
class Cue:
    """One use of a verb: the frame it stands in, with its preposition if the frame is one, and the object without
    which it says nothing: "cast doubt on".
    """

    frame: Frame
    family: Family
    manner: Manner
    stance: Stance
    confidence: float
    preposition: str | None = None
    having: str | None = None


@dataclass(frozen=True, slots=True)
class Cues:
    """Every word that attributes, by its lemma or its lower-case form."""

    verbs: dict[str, tuple[Cue, ...]]
    lists: dict[str, frozenset[str]]
    spoken_of: dict[str, str]

    def is_speaker(self, noun: Token) -> bool:
        """Whether a noun is somebody who can speak: a name, or a word for one."""
        named = noun.pos_ == "PROPN" or noun.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
        return named or noun.lemma_.lower() in self.words("speakers")

    def speaks(self, lemma: str) -> bool:
        """Whether a verb takes a clause that somebody says, writes or tells."""
        return any(use.frame is Frame.CLAUSE and use.family is Family.SPEECH for use in self.verbs.get(lemma, ()))

    def words(self, name: str) -> frozenset[str]:
        """A plain list of words from the data."""
        return self.lists[name]


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The cues that ship with us."""
    read = yaml.safe_load(files("provenance.extraction").joinpath("data/cues.yaml").read_text(encoding="utf-8"))
    verbs: dict[str, list[Cue]] = defaultdict(list)
    for group in read.pop("verbs"):
        for lemma in group["lemmas"]:
            verbs[lemma].extend(_uses(group))
    spoken_of, mended = dict(read.pop("spoken_of")), dict(read.pop("mended"))
    lists = {name: frozenset(words) for name, words in read.items()}
    verbs |= {form: verbs[lemma] for form, lemma in mended.items()}
    return Cues({lemma: tuple(uses) for lemma, uses in verbs.items()}, lists, spoken_of)


def _uses(group: dict[str, Any]) -> list[Cue]:
    def use(frame: Frame, preposition: str | None = None) -> Cue:
        return Cue(
            frame,
            Family(group["family"]),
            Manner(group.get("manner", "said")),
            Stance(group.get("stance", "asserts")),
            float(group["confidence"]),
            preposition,
            group.get("having"),
        )

    plain = [use(Frame(frame)) for frame in group.get("frames", ())]
    return plain + [use(Frame.PREPOSITION, word) for word in group.get("prepositions", ())]
