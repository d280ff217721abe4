"""Whether a claim is known already: what is wanted, what is held, and how the two compare. Pure: no database."""
