"""Masks of fields leave what they name, and say what is wrong with them."""

from __future__ import annotations

import pytest

from api.strangers.partial import masked
from provenance.errors import InvalidInput
from provenance.exchange.factcheck.answers import Claim, ClaimReview, ClaimSearchResponse, Publisher

REVIEW = ClaimReview(
    publisher=Publisher(name="Desk", site="desk.example"), url="https://desk.example", textualRating="?"
)
SAID = ClaimSearchResponse(claims=[Claim(text="Dozens.", claimant="Azirbek", claimReview=[REVIEW])], nextPageToken="on")


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("nextPageToken", {"nextPageToken": "on"}),
        ("claims/text", {"claims": [{"text": "Dozens."}]}),
        ("claims(text,claimant)", {"claims": [{"text": "Dozens.", "claimant": "Azirbek"}]}),
        (
            "claims/claimReview/publisher(site)",
            {"claims": [{"claimReview": [{"publisher": {"site": "desk.example"}}]}]},
        ),
        ("claims/*/url", {"claims": [{"claimReview": [{"url": "https://desk.example"}]}]}),
        ("claims/text, claims", {"claims": [SAID.claims[0].model_dump(exclude_none=True)]}),
        ("*", SAID.model_dump(exclude_none=True)),
    ],
)
def test_a_mask_leaves_what_it_names(fields: str, left: object) -> None:
    assert masked(SAID, fields) == left


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ("verdict", "there is no field 'verdict'; there are claims, nextPageToken"),
        ("claims/verdict", "there is no field 'claims/verdict'"),
        ("claims/text/x", "'claims/text' has no fields of its own"),
        ("claims(text", "a bracket is not closed"),
        ("claims)", r"it cannot be read from '\)' on"),
        ("claims,", "a name is missing at the end"),
        ("claims/é", "it cannot be read from 'é' on"),
        ("*/" * 30 + "x", "it is nested deeper than 20 fields"),
    ],
)
def test_a_mask_that_cannot_be_read_is_refused(fields: str, why: str) -> None:
    with pytest.raises(InvalidInput, match=f"fields: {why}"):
        masked(SAID, fields)
