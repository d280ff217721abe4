"""Says who may see a record. Its parts go with it, by what they belong to; nothing is written into them."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa
from pydantic import Field
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from provenance.access import who_asks
from provenance.errors import Conflict, InvalidInput
from provenance.storage.access import LONGEST_OWNER, Audience
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.event import Event
from provenance.storage.reads.bearers import require_bearers
from provenance.storage.reads.visibility import table_of
from provenance.storage.record import Record, Writable
from provenance.storage.references import MODELS
from provenance.storage.source import Source, SourceName
from provenance.storage.writes.finding import known, retired
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import NameKind, Visibility


class ShowTo(Writable):
    """What a writer sends to say who may see a record."""

    visibility: Visibility = Field(description="Who may see it.")
    people: list[str] = Field(
        default_factory=list,
        max_length=100,
        description="With `named`: the owners of keys who may see it. Whoever says so is among them in any case.",
    )
    why: str | None = Field(default=None, max_length=2000, description="The reason; else that of `Provenance-Reason`.")


def show_to(writer: Writer, public_id: str, given: ShowTo) -> Record:
    """Say who may see a record.

    :raises NotFound: if there is none that the writer may see.
    :raises InvalidInput: if people are named and it is not for named people, or the other way round, or if it is the
        name that a source goes by.
    """
    table = MODELS[table_of(public_id).name]
    row = retired(writer.session, table, public_id) or known(writer.session, table, public_id)
    people = _people(given)
    if isinstance(row, SourceName) and row.kind is NameKind.PRIMARY and given.visibility is not Visibility.PUBLIC:
        raise InvalidInput(
            "visibility: this is the name that the source goes by. Narrow the source, or give it another name first.",
            field="visibility",
        )
    _show(writer, row, given.visibility)
    _admit(writer, row, people)
    if row.recorded_to is None:
        _index(writer, row)
    return row


def show_to_bearers(writer: Writer, public_id: str, given: ShowTo) -> Record:
    """As `show_to`, to people who have keys.

    A name that nobody bears yet would be an invitation to whoever is called so some day.

    :raises InvalidInput: for people who have no good key, too.
    """
    row = show_to(writer, public_id, given)
    require_bearers(writer.session, {" ".join(name.split()) for name in given.people})
    return row


def _show(writer: Writer, row: Record, visibility: Visibility) -> None:
    """What holds no longer still stands in the history and in chains, so who may see it is said of it as well.

    It is taken back for that and let go again at one stamp, so it holds at no moment that anybody can ask for.

    :raises Conflict: if it cannot hold beside what took its place.
    """
    if row.recorded_to is None:
        writer.change(row, {"visibility": visibility})
        return
    if row.visibility is visibility:
        return
    try:
        writer.restore(row)
    except IntegrityError as taken:
        raise Conflict(
            f"'{row.public_id}' was retired, and another record took its place, so it cannot be narrowed. Redact it: "
            f"provenance redact {row.public_id}."
        ) from taken
    writer.change(row, {"visibility": visibility})
    writer.retire(row)


def _people(given: ShowTo) -> set[str]:
    people = {" ".join(name.split()) for name in given.people}
    if given.visibility is not Visibility.NAMED:
        if people:
            raise InvalidInput(
                f"people: nobody is named where a record is {given.visibility}. Leave them out, or send `named`.",
                field="people",
            )
        return set()
    if any(not 0 < len(name) <= LONGEST_OWNER for name in people):
        raise InvalidInput(f"people: a name has 1 to {LONGEST_OWNER} characters, as it is on the key.", field="people")
    people |= {who_asks().name} - {""}
    if not people:
        raise InvalidInput("people: name those who may see it, as they are named on their keys.", field="people")
    return people


def _admit(writer: Writer, row: Record, people: Collection[str]) -> None:
    """Let exactly these people see a record."""
    statement = sa.select(Audience).where(col(Audience.record) == row.public_id, col(Audience.recorded_to).is_(None))
    admitted = {one.person: one for one in writer.session.execute(statement).scalars()}
    for name in sorted(admitted.keys() - set(people)):
        writer.retire(admitted[name])
    for name in sorted(set(people) - admitted.keys()):
        writer.add(Audience(noun=str(row.__tablename__), record=row.public_id, person=name))


def _index(writer: Writer, row: Record) -> None:
    # What the index holds of a source are the names that everybody may see.
    match row:
        case Source() | Claim() | Document() | Event():
            index(writer.session, row)
        case SourceName():
            index(writer.session, writer.session.get_one(Source, row.source_id))
