"""Says who may see a record for somebody who names people: each of them must be somebody."""

from __future__ import annotations

from provenance.storage.reads.bearers import require_bearers
from provenance.storage.record import Record
from provenance.storage.writes.visibility import ShowTo, show_to
from provenance.storage.writes.writer import Writer


def show_to_bearers(writer: Writer, public_id: str, given: ShowTo) -> Record:
    """As `show_to`, to people who have keys.

    A name that nobody bears yet would be an invitation to whoever is called so some day.

    :raises InvalidInput: for people who have no good key, too.
    """
    row = show_to(writer, public_id, given)
    require_bearers(writer.session, {" ".join(name.split()) for name in given.people})
    return row
