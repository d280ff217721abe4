"""What a statement does with its claim, by the words of its cue: asserts it, denies it, doubts it, takes it back.

Who declines to confirm something has not said it: such words only mention the claim.
"""

from __future__ import annotations

import re

from provenance.extraction.article import Proposed
from provenance.vocabulary import Stance

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
    """The stance that the proposer saw, else the one that the words of the cue show.

    >>> from provenance.extraction.reading import Span
    >>> def cue(words): return Proposed(Span(9, 10, "x"), Span(0, len(words), words), None, (), "", 1.0)
    >>> [stance_of(cue(words)).value for words in ("denied", "would not confirm", "said")]
    ['denies', 'mentions', 'asserts']
    """
    words = proposed.cue.text if proposed.cue else ""
    seen = next((stance for stance, pattern in _CUES if pattern.search(words)), None)
    if seen is Stance.MENTIONS or proposed.stance is Stance.ASSERTS:
        return seen or proposed.stance
    return proposed.stance
