"""How sure each part of a statement is, and the whole: what a reviewer should look at first.

The numbers are shares of right answers as we saw them on texts that we read, rounded; they order, they do not promise.
"""

from __future__ import annotations

from collections.abc import Mapping

from provenance.extraction.resolving.chains import Chained

# A statement that goes on without a cue has its source by likelihood only.
_GOING_ON = 0.9


def confidences(one: Chained) -> dict[str, float]:
    """By field: that the content, cue and stance are right, and that source and chain lead to whom they say."""
    proposed = one.proposed
    own = [link.confidence for link in one.steps[0]] if one.steps else []
    chain = one.confidence * (_GOING_ON if proposed.continues is not None else 1.0)
    return {
        "content": round(proposed.confidence, 3),
        "cue": round(proposed.confidence if proposed.cue else 0.5 * proposed.confidence, 3),
        "source": round(min(own, default=0.9), 3),
        "chain": round(chain, 3),
        "stance": 0.95 if proposed.cue else 0.85,
    }


def overall(sure: Mapping[str, float]) -> float:
    """That there is such a statement and its chain is right.

    >>> overall({"content": 0.9, "chain": 0.8})
    0.72
    """
    return round(sure["content"] * sure["chain"], 3)
