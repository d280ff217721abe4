"""The answer to a question of matching: what the API sends and the command line prints."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.analysis.matching.judging import Match
from provenance.answers import Page
from provenance.answers_match import MatchedField, MatchItem


def page_of(matches: Sequence[Match]) -> Page[MatchItem]:
    """Matches as they are answered, the best first; there is never a further page, for `limit` is how many matter."""
    return Page[MatchItem](items=[_item(match) for match in matches], next=None)


def _item(match: Match) -> MatchItem:
    return MatchItem(
        claim=match.known.id,
        text=match.known.text,
        event=match.known.event,
        event_title=match.known.event_title,
        tally=match.known.tally,
        score=match.score,
        same=match.same,
        reasons=list(match.reasons),
        fields=[MatchedField(field=each.field, agreement=each.agreement, reason=each.reason) for each in match.fields],
    )
