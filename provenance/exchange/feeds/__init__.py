"""Feeds that readers follow: what happened to a claim, a source, an event, under a rule, and all corrections."""

from provenance.exchange.format import Direction, Format

FORMAT = Format(
    key="atom",
    name="Atom feeds",
    defined_by="IETF: RFC 4287 (Atom), RFC 5005 (pages of feeds)",
    directions=(Direction.WRITES,),
    where=(
        "/feeds/claims/{id}.atom",
        "/feeds/sources/{id}.atom",
        "/feeds/events/{id}.atom",
        "/feeds/flags.atom",
        "/feeds/flags/{rule}.atom",
        "/feeds/corrections.atom",
    ),
    kept=(
        "What happened and when it was recorded, newest first: reports, flags raised and cleared with their reasons, "
        "corrections of others and of our own, reviews and rulings, who recorded it, and the page that shows it."
    ),
    lost=(
        "A record that holds no longer is told no more, and that it was let go is not told.",
        "Of a record that was changed only its present words are told; its history has the earlier ones.",
        "When a flag was raised is worked out from what was written: it is the change after which the rules find it, "
        "read under the rules of today.",
        "In the feed of a claim or event, a flag that something far away raises and clears again between two changes "
        "of its own is not told.",
        "A change that touches more claims than are derived for one answer is told in one entry.",
        "The feed of a source tells of reports and corrections, and of no flags: those are about claims.",
    ),
)
