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
        "corrections of others and of our own, reviews and rulings, who recorded it, and the page that shows it. What "
        "is changed or taken out of the record later is told by an entry of its own, with the reason that was given; "
        "the older entry keeps its words."
    ),
    lost=(
        "That a claim was recorded, merged or let go is not told, but that it was reworded is.",
        "A change of a record that changes none of the words which a feed says of it is not told.",
        "When a flag was raised is worked out from what was written: it is the change after which the rules find it, "
        "read under the rules of today.",
        "In the feed of a claim or event, a flag that something far away raises and clears again between two changes "
        "of its own is not told.",
        "A change that touches more claims than are derived for one answer is told in one entry.",
        "The feed of a source tells of reports and corrections, and of no flags: those are about claims.",
    ),
)
