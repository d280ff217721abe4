"""What a statement does with its claim, by the words of its cue: asserts it, denies it, doubts it, takes it back.

Who declines to confirm something has not said it: such words only mention the claim.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

from provenance.extraction.article import Proposed
from provenance.vocabulary import Stance

# So far into a content it shows that a claim is denied.
_LONGEST = 200
_DISMISSING = ("dismiss", "dismisses", "dismissed", "dismissing")

# In this order: "did not deny" is no denial, "denied having questioned" is one.
_CUES: tuple[tuple[Stance, re.Pattern[str]], ...] = (
    (
        Stance.MENTIONS,
        re.compile(
            r"\b(?:(?:not|n['’]t|never|neither|nor)\s+(?:\w+\s+){0,2}(?:confirm\w*|den(?:y|ied)|comment\w*|verif\w+|"
            r"rule[ds]? out|exclude\w*)|"
            r"(?:declin|refus)(?:e|es|ed|ing) to (?:\w+ )?(?:confirm|comment|say|discuss|deny|speculate)|"
            r"(?:asked|wondered|inquired|asking) (?:whether|if|about))\b",
            re.IGNORECASE,
        ),
    ),
    (
        Stance.RETRACTS,
        re.compile(
            r"\b(?:retract\w*|withdr[ae]w\w*|withdrawn|recant\w*|t[ao]oke? back|walked back|disown\w*)\b", re.IGNORECASE
        ),
    ),
    (
        Stance.DENIES,
        re.compile(
            r"\b(?:den(?:y|ies|ied|ying)|refut\w+|rebut\w*|reject\w*|disput(?:e|es|ed|ing)|contradict\w*|disavow\w*|"
            r"dismiss(?:es|ed|ing)? as)\b",
            re.IGNORECASE,
        ),
    ),
    (
        Stance.QUESTIONS,
        re.compile(
            r"\b(?:question(?:s|ed|ing)|doubt\w*|cast(?:s|ing)? doubt|challenge[ds]?|disbeliev\w+)\b", re.IGNORECASE
        ),
    ),
)


def stance_of(proposed: Proposed) -> Stance:
    """The stance that the proposer saw, else the one that the words of the cue show, else what is said of a claim.

    >>> from provenance.extraction.reading import Span
    >>> def cue(words): return Proposed(Span(9, 10, "x"), Span(0, len(words), words), None, (), "", 1.0)
    >>> [stance_of(cue(words)).value for words in ("denied", "would not confirm", "said")]
    ['denies', 'mentions', 'asserts']
    """
    words = proposed.cue.text if proposed.cue else ""
    seen = next((stance for stance, pattern in _CUES if pattern.search(words)), None)
    if seen is Stance.MENTIONS or proposed.stance is Stance.ASSERTS:
        return seen or (Stance.DENIES if _denied(proposed) else proposed.stance)
    return proposed.stance


def _denied(proposed: Proposed) -> bool:
    """Whether it is said of a claim that it does not hold: "called the report a lie", "it is not true that"; to
    dismiss a claim as whatever it may be is to deny it.
    """
    claim, called, said = _denials()
    pattern = said
    if proposed.rule.endswith("judgement.as"):
        pattern = claim if proposed.cue and proposed.cue.text.lower().endswith(_DISMISSING) else called
    return pattern.match(proposed.content.text[:_LONGEST]) is not None


@lru_cache(maxsize=1)
def _denials() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """The words for a claim, how it is called untrue, and how it is said to be."""
    path = files("provenance.extraction").joinpath("data/stances.yaml")
    table: dict[str, list[str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    claims, untrue, begins = ("|".join(map(re.escape, table[name])) for name in ("claims", "untrue", "beginnings"))
    claim = rf"(?:that )?(?:(?:the|this|that|these|those|such|all) )?(?:[\w'’-]+ ){{0,3}}?(?:{claims})"
    manner = r"[“”\"'‘’]?(?:(?:completely|totally|absolutely|simply|entirely|utterly|patently|an? \w+) )?"
    called = rf"{claim}(?: [^.;]{{1,60}})?? (?:as |to be )?{manner}(?:{untrue})\b"
    said = rf"{claim} (?:is|are|was|were) {manner}(?:{untrue})\b(?! (?:number|by|about))|(?:that )?(?:{begins})\b"
    return re.compile(rf"{claim}\b", re.IGNORECASE), re.compile(called, re.IGNORECASE), re.compile(said, re.IGNORECASE)
