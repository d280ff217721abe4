"""Reviewed claims and the markup of review pages, under the names that Google's Fact Check Tools API gives them."""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="google-fact-check",
    name="Google Fact Check Tools API, compatible subset",
    defined_by="Google's discovery document factchecktools v1alpha1, revision 20240929",
    directions=(Direction.WRITES, Direction.READS),
    where=(
        "GET /v1alpha1/claims:search",
        "GET /v1alpha1/claims:imageSearch",
        "GET, POST /v1alpha1/pages",
        "GET, PUT, DELETE /v1alpha1/pages/{id}",
    ),
    kept=(
        "Accepted public reviews that have an address: the claim in the reviewer's words, its claimant as the reviewer "
        "names them or else the established origins, the day of the claim, and of each review its publisher, address, "
        "title, date, rating words and language. Of a page of markup all fields are given again as they were sent."
    ),
    lost=(
        "The chain between origin and carrier, the number of independent parties, flags and figures: a claim has one "
        "claimant and one date there.",
        "Material of a review; a search does not answer its reasons and the numbers of its rating either, a page of "
        "markup does.",
        "Origins that the claim's trace does not establish, and those that took it back or disown it: claimant is "
        "empty.",
        "A date of which only the month or year is known: it is left out, for the format has instants alone.",
        "An empty text or list in a page of markup: it is the same as one that is left out.",
        "Images are found by their addresses as recorded; no picture is fetched or compared.",
        "A rating word of others never becomes a verdict here: the reviews of a page uphold and refute nothing.",
    ),
)
