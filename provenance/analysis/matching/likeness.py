"""How much of one text stands in another: rare words count more, and pieces of words catch what endings hide.

Two measures that fail on different pairs are added: BM25 over terms (Robertson and Zaragoza, 2009), and the groups
of letters that the texts share, each weighted by its rarity among the candidates. Each is given as
the share of what a word for word repetition would reach, so 1 is a repetition and 0 has nothing in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

from provenance.analysis.matching.terms import folded_terms

# The textbook values: how soon a repeated word stops counting, and how much a long text is held back.
SATURATION, LENGTH = 1.2, 0.75
# Letters are compared of as many candidates as words alone put first, for that takes longer than all the rest; and
# they count half as much as words, for a shared ending or syllable tells less than a shared word.
LETTERED, LETTERS = 30, 0.5
# Long enough to span most stems, short enough to survive another ending or a misspelling.
GROUP = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are.

    ``score`` orders candidates. ``of_wanted`` and ``of_known`` say which share of each one's weight of words the other
    repeats; ``shared`` are the terms that both have, the rarest first.
    """

    score: float
    of_wanted: float
    of_known: float
    shared: tuple[str, ...]


def rarity(records: int, frequency: int) -> float:
    """How much a term tells that so many of the records have: the inverse document frequency of BM25.

    >>> rarity(10_000, 1) > rarity(10_000, 100) > rarity(10_000, 10_000) > 0
    True
    """
    return log(1 + (max(records, frequency) - frequency + 0.5) / (frequency + 0.5))


def likenesses(wanted: str, known: Sequence[str], rarities: Mapping[str, float]) -> list[Likeness]:
    """How alike the folded words of what is wanted are to those of each candidate, in the order of these.

    ``rarities`` are those of the terms that are wanted; another term of a candidate is taken to be as rare as they are
    on average.

    >>> rarities = {"dozen": 2.0, "attacker": 4.0, "kill": 1.0}
    >>> first, second = likenesses("dozens of attackers killed", ["attackers killed", "dozens of cars"], rarities)
    >>> first.score > second.score, first.shared, round(first.of_wanted, 2), first.of_known
    (True, ('attacker', 'kill'), 0.71, 1.0)
    """
    asked = list(dict.fromkeys(folded_terms(wanted)))
    texts = [folded_terms(text) for text in known]
    weight = sum(rarities.get(term, 0.0) for term in asked) or 1.0
    average = sum(map(len, texts)) / (len(texts) or 1) or 1.0
    alike = [_in_words(asked, terms, rarities, weight, average) for terms in texts]
    first = sorted(range(len(alike)), key=lambda place: -alike[place].score)[:LETTERED]
    for place, letters in zip(first, _letters(wanted, [known[place] for place in first]), strict=True):
        alike[place] = replace(alike[place], score=(alike[place].score + LETTERS * letters) / (1 + LETTERS))
    for place in set(range(len(alike))) - set(first):
        alike[place] = replace(alike[place], score=alike[place].score / (1 + LETTERS))
    return alike


def _in_words(
    asked: Sequence[str], terms: Sequence[str], rarities: Mapping[str, float], weight: float, average: float
) -> Likeness:
    counts = Counter(terms)
    shared = sorted((term for term in asked if term in counts), key=lambda term: -rarities.get(term, 0.0))
    slowed = SATURATION * (1 - LENGTH + LENGTH * len(terms) / average)
    words = sum(rarities.get(term, 0.0) * counts[term] * (SATURATION + 1) / (counts[term] + slowed) for term in shared)
    repeated = sum(rarities.get(term, 0.0) for term in shared)
    usual = weight / (len(asked) or 1)
    held = sum(rarities.get(term, usual) for term in counts) or 1.0
    return Likeness(min(words / weight, 1.0), repeated / weight, repeated / held, tuple(shared))


def _letters(wanted: str, known: Sequence[str]) -> list[float]:
    """The shared groups of letters by their rarity, held back by the root of how many groups each text has."""
    asked = _groups(wanted)
    texts = [_groups(text) for text in known]
    shared = [asked & groups for groups in texts]
    spread = Counter(group for groups in shared for group in groups)
    rare = {group: log(1 + len(known) / count) for group, count in spread.items()}
    never = log(1 + len(known))
    whole = sum(rare.get(group, never) for group in asked) / sqrt(len(asked))
    return [
        sum(map(rare.__getitem__, common)) / (whole * sqrt(len(groups)))
        for common, groups in zip(shared, texts, strict=True)
    ]


def _groups(text: str) -> frozenset[str]:
    padded = f" {text} "
    return frozenset(padded[at : at + GROUP] for at in range(max(len(padded) - GROUP + 1, 1)))
