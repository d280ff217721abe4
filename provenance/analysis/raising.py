"""What is new among the flags of a claim: what its rules find now and did not find before.

The words of a finding change with every report that joins it ("31 name her", then "32"), so words alone make nothing
new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# What a flag says: rule, reason, clears_when, and the rows that show it.
Said = Mapping[str, Any]


def raised(before: Sequence[Said], after: Sequence[Said]) -> list[Said]:
    """The flags after a change that were not there before it; of those before that are gone, ask the other way round.

    A rule that found one thing in a claim and still finds one has found nothing new, however its words changed. Where
    it finds several, each stands for itself: it is new if none of the rows that show it showed a flag of its rule.

    >>> one = {"rule": "single_origin", "reason": "All 2 reports name the Interior Ministry.", "evidence": []}
    >>> two = {"rule": "single_origin", "reason": "All 3 reports name the Interior Ministry.", "evidence": []}
    >>> raised([one], [two]), [flag["rule"] for flag in raised([], [two])]
    ([], ['single_origin'])
    >>> tass = {"rule": "zombie", "reason": "Tass repeats it.", "evidence": [{"id": "rep_tass"}]}
    >>> ria = {"rule": "zombie", "reason": "RIA repeats it.", "evidence": [{"id": "rep_ria"}]}
    >>> [flag["reason"] for flag in raised([tass], [tass, ria])]
    ['RIA repeats it.']
    """
    return [flag for flag in after if not _was_there(flag, before, after)]


def _was_there(flag: Said, before: Sequence[Said], after: Sequence[Said]) -> bool:
    earlier = _of_rule(flag, before)
    if len(earlier) == 1 and len(_of_rule(flag, after)) == 1:
        return True
    shown = {row["id"] for row in flag["evidence"]}
    return any(one["reason"] == flag["reason"] or shown & {row["id"] for row in one["evidence"]} for one in earlier)


def _of_rule(flag: Said, flags: Sequence[Said]) -> list[Said]:
    return [one for one in flags if one["rule"] == flag["rule"]]
