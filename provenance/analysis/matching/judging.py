"""Whether a known claim is what is wanted, from its wording and its fields, with the reasons in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from provenance.analysis.matching.comparing import Compared, Known, compare
from provenance.analysis.matching.likeness import Likeness
from provenance.analysis.matching.terms import stem
from provenance.analysis.matching.wanted import Wanted
from provenance.storage.words import fold
from provenance.vocabulary import Agreement, MatchField, Sameness

# By how much a field moves the order. Numbers and names are words too and have counted already, so it is little; an
# event was named by somebody. Another stance or another chain is a further report of the claim and moves nothing.
AGREEING = {
    MatchField.EVENT: 1.25,
    MatchField.CHAIN: 1.1,
    MatchField.DATE: 1.1,
    MatchField.PLACE: 1.05,
    MatchField.MEASURE: 1.05,
}
DIFFERING = {MatchField.EVENT: 0.8, MatchField.QUANTITY: 0.9, MatchField.DATE: 0.9}
# Which share of the weight of words of either side must stand in the other.
LIKELY, POSSIBLE = 0.6, 0.2
# One or two shared words may be a name and a verb that stand in a thousand claims.
ENOUGH = 3
NAMED = 5  # shared words that a reason names


@dataclass(frozen=True, slots=True)
class Match:
    """A known claim that may be what is wanted; the fields say what was compared."""

    known: Known
    score: float
    same: Sameness
    reasons: tuple[str, ...]
    fields: tuple[Compared, ...]


def judge(wanted: Wanted, known: Known, likeness: Likeness) -> Match:
    """How likely a known claim is what is wanted."""
    fields = compare(wanted, known)
    same, why = _same(likeness, fields, known.text)
    reasons = [why, *(field.reason for field in fields if field.agreement is not Agreement.UNKNOWN)]
    reasons += [field.reason for field in fields if field.agreement is Agreement.UNKNOWN]
    return Match(known, _score(likeness.score, fields), same, tuple(reasons), tuple(fields))


def ranked(matches: Sequence[Match]) -> list[Match]:
    """The best first; of two that are alike, the one that has been known longer stays in front."""
    return sorted(matches, key=lambda match: -match.score)


def _score(score: float, fields: Sequence[Compared]) -> float:
    for field in fields:
        if field.agreement is Agreement.AGREE:
            score *= AGREEING.get(field.field, 1.0)
        elif field.agreement is Agreement.DIFFER:
            score *= DIFFERING.get(field.field, 1.0)
    return round(min(score, 1.0), 4)


def _same(likeness: Likeness, fields: Sequence[Compared], text: str) -> tuple[Sameness, str]:
    wording = _wording(likeness, text)
    if any(field.agreement is Agreement.DIFFER and field.field in DIFFERING for field in fields):
        return Sameness.DIFFERENT, wording
    share = max(likeness.of_wanted, likeness.of_known)
    agreeing = {field.field for field in fields if field.agreement is Agreement.AGREE}
    # Of one voice in one event, a town and its country are no two places.
    one_voice = {MatchField.CHAIN, MatchField.EVENT} <= agreeing
    telling = {MatchField.MEASURE, MatchField.QUANTITY} | (set() if one_voice else {MatchField.PLACE})
    unsettled = any(field.agreement is not Agreement.AGREE and field.field in telling for field in fields)
    if share >= LIKELY and len(likeness.shared) >= ENOUGH and not unsettled:
        return Sameness.LIKELY, wording
    if {MatchField.QUANTITY, MatchField.MEASURE, MatchField.EVENT} <= agreeing and not unsettled:
        return Sameness.LIKELY, wording
    if share >= POSSIBLE or {MatchField.QUANTITY, MatchField.MEASURE} <= agreeing:
        return Sameness.POSSIBLE, wording
    return Sameness.DIFFERENT, wording


def _wording(likeness: Likeness, text: str) -> str:
    if not likeness.shared:
        return "They share no telling word."
    # Terms are stems; whoever reads the reason knows whole words, as the known claim has them.
    whole = {stem(word): word for word in reversed(fold(text).split())}
    named = ", ".join(f"“{whole.get(term, term)}”" for term in likeness.shared[:NAMED])
    more = f" and {len(likeness.shared) - NAMED} more" if len(likeness.shared) > NAMED else ""
    here, there = (f"{round(share * 100)} %" for share in (likeness.of_wanted, likeness.of_known))
    return (
        f"They share {named}{more}: by how rare words are, {here} of the words that were given and {there} of those of "
        "the known claim."
    )
