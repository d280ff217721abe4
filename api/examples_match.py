"""The example of a match: a post that repeats the founding claim in other words."""

from __future__ import annotations

from api.examples import CLAIM, EVENT, TALLY, TEXT
from provenance.answers_match import MatchItem

MATCH = MatchItem.model_validate(
    {
        "claim": CLAIM.id,
        "text": TEXT,
        "event": EVENT.id,
        "event_title": EVENT.title,
        "tally": TALLY.id,
        "score": 0.58,
        "same": "likely",
        "reasons": [
            "They share “eliminated”, “attackers”, “dozens”: by how rare words are, 71 % of the words that were given "
            "and 64 % of those of the known claim.",
            "“dozens” here and “Dozens” killed in the known claim assert the same.",
            "Both count the killed.",
            "Both assert it.",
        ],
        "fields": [
            {
                "field": "quantity",
                "agreement": "agree",
                "reason": "“dozens” here and “Dozens” killed in the known claim assert the same.",
            },
            {"field": "measure", "agreement": "agree", "reason": "Both count the killed."},
            {"field": "polarity", "agreement": "agree", "reason": "Both assert it."},
        ],
    }
)
