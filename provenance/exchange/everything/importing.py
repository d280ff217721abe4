"""Fills an empty database with a whole copy: all of it, proven and derived anew, or nothing."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from provenance.analysis.standing import compute
from provenance.errors import Conflict, InvalidInput
from provenance.exchange.everything.lines import Head, RowLine, wrong
from provenance.exchange.everything.stream import Lines
from provenance.exchange.everything.values import Unfit, from_line
from provenance.settings import settings
from provenance.storage.kept import KEPT
from provenance.storage.reads.exporting import is_empty
from provenance.storage.reads.picture import current_claims
from provenance.storage.reads.replaying import mismatches
from provenance.storage.reads.seals import Entry, Seals
from provenance.storage.session import known_versions, schema_versions, shown, writing
from provenance.storage.writes.importing import Filling, RowRefused
from provenance.storage.writes.keeping import refresh_statistics
from provenance.storage.writes.searching import index_all

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

# A changed document stands in the history before and after, and control characters take six bytes each.
LONGER_THAN_A_DOCUMENT = 12
OFTEN = 1_000  # rows after which progress is told
AT_ONCE = 200  # claims that are derived together

Heard = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken over: the file's head, its lines with head and end, its SHA-256, and what was made anew."""

    head: Head
    lines: int
    sha256: str
    claims: int
    indexed: int


def import_from(
    engine: Engine, stream: IO[bytes], *, unproven: bool = False, heard: Heard | None = None, longest: int | None = None
) -> Imported:
    """Fill an empty database with what :func:`~provenance.exchange.everything.exporting.export` wrote.

    The lines may be packed with gzip. Integer keys, ids, earlier states and hashes stay as they were, so every answer
    is the same afterwards, whichever kind of database it came from. ``unproven`` also takes a copy of a database that
    somebody wrote to past this program: then records and history need not agree. ``heard`` is told what is being done,
    and how many of how many.

    :raises InvalidInput: naming the line, if the file is not whole or not as it was written; nothing is written then.
    :raises Conflict: if the database holds anything.
    """
    lines = Lines(stream, longest or LONGER_THAN_A_DOCUMENT * settings().document_bytes)
    with writing(engine) as session:
        if not is_empty(session.connection()):
            raise Conflict(
                f"The database {shown(engine.url)} holds records, and a whole copy goes into an empty one. Make one: "
                "provenance --database sqlite:///new.db migrate"
            )
        head = lines.begin()
        _require_same_schema(engine, head)
        _fill(session, lines, head, unproven, heard)
        refresh_statistics(session)
        if not unproven:
            _prove(session, heard)
        indexed = index_all(session)
        claims = _derived(session, heard)
        refresh_statistics(session)
    assert lines.end is not None
    return Imported(head, lines.number, lines.end.sha256, claims, indexed)


def _require_same_schema(engine: Engine, head: Head) -> None:
    has, _ = schema_versions(engine)
    if head.schema == has:
        return
    if head.schema in known_versions():
        remedy = (
            f"import it into an empty database with the program that wrote it ({head.program[:40]}), and run "
            "`provenance migrate` on that database with this one"
        )
    elif not (VERSION.fullmatch(head.schema) and head.schema > max(known_versions())):
        remedy = (
            "no version of this program that is known here has that schema, so the line was changed after it was "
            "written; export again"
        )
    else:
        remedy = (
            f"a newer version of this program wrote it ({head.program[:40]}); install that one, run `provenance "
            "migrate`, then import again"
        )
    raise wrong(1, f"the file has schema version '{head.schema[:100]}', the database {has}; {remedy}", "schema")


# A version is called by the day on which it was made, so that their names stand in order.
VERSION = re.compile(r"\d{8}_\w+", re.ASCII)


@dataclass
class _Chain:
    """The seals of the history, one after the other; which of them a tombstone speaks for is known at the end."""

    seals: Seals = field(default_factory=Seals)
    entry: int = 0
    lines: dict[int, int] = field(default_factory=dict)

    @property
    def newest(self) -> str:
        """The hash of the newest entry."""
        return self.seals.newest

    def check(self, entry: dict[str, Any], line: int) -> None:
        """Raise :class:`Unfit` unless the entry stands where its seal says."""
        if entry["id"] <= self.entry:
            raise Unfit("id", "it is not larger than that of the entry before")
        if entry["previous"] != self.newest:
            raise Unfit("previous", "it is not the hash of the entry before: entries were removed, added or moved")
        if self.seals.take(Entry(**entry)):
            self.lines[entry["id"]] = line
        self.entry = entry["id"]

    def finish(self) -> None:
        """Raise :class:`InvalidInput` unless each entry fits its seal, or what a sound tombstone says of it."""
        broken = next(iter(self.seals.breaks()), None)
        if broken is not None:
            why = "the seal does not fit what the entry says: it was changed"
            raise wrong(self.lines[broken.entry], why, "history.hash")


@dataclass
class _Rows:
    """Rows as they come in: what is checked of them, and where they go."""

    filling: Filling
    unproven: bool
    chain: _Chain = field(default_factory=_Chain)

    def take(self, line: RowLine, number: int, size: int) -> None:
        """Check a row and hand it on; raises :class:`InvalidInput` that names its line and column."""
        kept = KEPT[line.table]
        try:
            row = from_line(kept, line.row)
            if line.table == "blob":
                _check_bytes(row)
            if line.table == "history" and not self.unproven:
                self.chain.check(row, number)
        except Unfit as unfit:
            place = f"{line.table}.{unfit.column}" if unfit.column else line.table
            raise wrong(number, unfit.why, place) from unfit
        self.filling.add(kept, row, number, size)


def _fill(session: Session, lines: Lines, head: Head, unproven: bool, heard: Heard | None) -> None:
    rows, total = _Rows(Filling(session), unproven), sum(head.rows.values())
    try:
        for done, line in enumerate(lines.rows(head), start=1):
            rows.take(line, lines.number, lines.size)
            if heard is not None and (done % OFTEN == 0 or done == total):
                heard("Taking over rows", done, total)
        rows.filling.finish()
    except RowRefused as refused:
        place = f"{refused.table}.{refused.column}" if refused.column else refused.table
        raise wrong(refused.line, refused.why, place) from refused
    if unproven:
        return
    rows.chain.finish()
    if rows.chain.newest != head.history:
        raise wrong(1, "it is not the hash of the newest entry of the history; entries were cut off", "history")


def _check_bytes(blob: dict[str, Any]) -> None:
    """Raise :class:`Unfit` unless the bytes are those that their hash names; never unpacks more than their size."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(blob["body"], max(blob["size"], 0) + 1)
    except zlib.error as damaged:
        raise Unfit("body", f"it is not packed with zlib ({damaged})") from damaged
    if len(content) != blob["size"] or not unpacker.eof:
        raise Unfit("size", "it is not the number of bytes that were packed")
    if hashlib.sha256(content).hexdigest() != blob["sha256"]:
        raise Unfit("sha256", "it is not the hash of the bytes")


def _prove(session: Session, heard: Heard | None) -> None:
    replaying = None if heard is None else lambda done, total: heard("Replaying the history", done, total)
    wrong_one = next(mismatches(session, replaying), None)
    if wrong_one is not None:
        raise InvalidInput(
            f"The records of the file and its history do not agree: {wrong_one.what} Ask `provenance verify` where it "
            "came from, or take it as it is with --unproven.",
            field=wrong_one.record,
        )


def _derived(session: Session, heard: Heard | None) -> int:
    claims = current_claims(session)
    try:
        for start in range(0, len(claims), AT_ONCE):
            compute(session, claims[start : start + AT_ONCE])
            session.flush()
            session.expunge_all()
            if heard is not None:
                heard("Deriving claims", min(start + AT_ONCE, len(claims)), len(claims))
        return len(claims)
    except (ValueError, LookupError, TypeError) as unreadable:
        raise InvalidInput(
            f"What the file says of its claims cannot be read ({unreadable}). Ask `provenance verify` where it came "
            "from."
        ) from unreadable
