"""Signed messages to whoever wants to hear of flags and corrections, as Standard Webhooks asks for them."""

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="webhooks",
    name="Signed webhooks",
    defined_by="Standard Webhooks (its symmetric signatures, version v1)",
    directions=(Direction.WRITES,),
    where=("/v1/hooks", "provenance hooks", "provenance deliver"),
    kept=(
        "Each flag that a write raises and each correction that somebody records: what it says, on which claim, and "
        "where to read it. A message is written in the transaction that it tells of, and keeps its id in every attempt."
    ),
    lost=(
        "A flag that clears is not told; the Atom feeds tell it.",
        "Rows that show a flag and the chain behind a claim are not in a message; its address leads to them.",
        "What a story, or a file about more claims than are recomputed at once, brings along is not told, nor what a "
        "new version of a rule finds in old records.",
        "Messages may arrive in another order than they were written, since one that fails is tried again later and "
        "several processes may deliver; the timestamp in each says when it happened.",
        "What waits for a hook that is let go is given up; a message that is on its way just then still arrives.",
    ),
)
