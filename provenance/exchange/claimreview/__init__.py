"""ClaimReview, the markup with which fact-checkers publish: our published reviews as it, and theirs as reviews here."""
