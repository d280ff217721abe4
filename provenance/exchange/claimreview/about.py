"""What ClaimReview markup keeps of a review, and what it cannot say."""

from __future__ import annotations

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="claimreview",
    name="ClaimReview markup (JSON-LD; reads microdata, too)",
    defined_by="schema.org 30",
    directions=(Direction.WRITES, Direction.READS),
    where=(
        "GET /v1/reviews/{id}/claimreview",
        "GET /feeds/claimreview.json",
        "in the pages /claims/{id} and /reviews/{id}",
        "POST /v1/claimreview",
        "provenance claimreview FILE",
    ),
    kept=(
        "Reviews that this desk has published: the claim in the reviewer's words, the rating in its own words and on "
        "its own scale, reasons, headline, language, address and date; who made the claim, as the reviewer names them "
        "or else each established origin, with its first known and further appearances. Of markup that is taken in, "
        "also all that has no column here, which is given again as it came."
    ),
    lost=(
        "The chain between origin and carrier, quotes, figures, flags and the number of independent parties.",
        "The evidence that a review rests on.",
        "Reviews by others, proposals, and reviews without an address or a date: they are not marked up at all.",
        "Whether a review upholds the claim: it has no place in markup, and a rating word that is taken in is never "
        "turned into one.",
        "Origins that the trace does not establish, that took the claim back, or that disown it: the claim has no "
        "author there.",
        "Of one origin, appearances beyond the first 900.",
        "A date of publication is one instant: one at midnight in UTC is written as a day, and one that is taken in "
        "without a time zone is read in UTC.",
        "Of microdata that is taken in, its layout: it is given again as JSON-LD.",
    ),
)
