"""Takes in a sheet: all rows are read and checked before anything is written, and then all are written or none.

A sheet that was taken in before changes nothing: each row leads to what is held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.answers_sheets import SheetAnswer, SheetFault, SheetRecord, SheetRowShown
from provenance.ingestion.sheets.asked import SheetAsked
from provenance.ingestion.sheets.cells import read_row
from provenance.ingestion.sheets.faults import Fault, shown
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.mapping import SheetMapping, guessed, mapping_from, merged, placed
from provenance.ingestion.sheets.putting import Placed, put_rows
from provenance.ingestion.sheets.reading import read_sheet
from provenance.ingestion.sheets.table import Row, Table, same_heading
from provenance.ingestion.sheets.wanted import WantedRow
from provenance.ingestion.speakers import Speakers
from provenance.storage.document import Document
from provenance.storage.reads.mappings import mapping_held
from provenance.storage.record import Record
from provenance.storage.report import Report
from provenance.storage.session import reading
from provenance.storage.source import Source
from provenance.storage.words import fold
from provenance.storage.writes.keeping import refresh_statistics
from provenance.storage.writes.mappings import save_mapping
from provenance.storage.writes.writer import Writer

MANY = 1_000  # new records from which on the database looks anew at what it holds, to plan its answers well
MOST_FAULTS = 2_000  # that are told one by one


@dataclass(frozen=True, slots=True)
class _Read:
    """A sheet whose cells were read."""

    table: Table
    mapping: SheetMapping
    guessed: tuple[SheetField, ...]
    rows: tuple[WantedRow, ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...]


def import_sheet(
    engine: Engine, content: bytes, name: str, asked: SheetAsked, *, who: str, why: str | None = None
) -> SheetAnswer:
    """Take in a table of claims.

    :param content: a CSV or XLSX file; ``name`` is what people call it.
    :return: what each row brings, or is wrong with it; see ``written`` for whether anything was written.
    :raises InvalidInput: where the file is no table, or no column is known to hold the claims.
    """
    sheet = _read(engine, content, name, asked)
    faults = list(sheet.faults)
    rows = list(sheet.rows)
    while True:
        refused = bool(faults) and not asked.skip_bad
        with _trying(engine, who, why or f"importing the sheet '{name[:200]}'") as attempt:
            made = put_rows(attempt.writer, rows, Speakers())
            wrong = [_fault(one, sheet) for one in made if one.fault is not None]
            refused = refused or (bool(wrong) and not asked.skip_bad)
            if not wrong and not refused and not asked.dry_run:
                attempt.keep()
                if asked.save_as is not None and not faults:
                    save_mapping(attempt.writer.session, asked.save_as, sheet.mapping.as_json(), who)
                attempt.writer.session.flush()
                if sum(len(one.new) for one in made) >= MANY:
                    refresh_statistics(attempt.writer.session)
            if not wrong or refused:
                return _answer(sheet, asked, made, [*faults, *wrong], written=attempt.kept)
        # Without the rows that contradict what is held, so that these leave nothing behind.
        faults += wrong
        gone = {fault.row for fault in wrong}
        rows = [row for row in rows if row.row not in gone]


def mapping_asked(engine: Engine, asked: SheetAsked) -> SheetMapping | None:
    """The mapping that is asked for, over the saved one where one is named; None where it is to be guessed.

    :raises NotFound: if no mapping of that name is saved.
    """
    if asked.saved is None:
        return asked.mapping
    with reading(engine) as session:
        saved = mapping_from(mapping_held(session, asked.saved).columns)
    return merged(saved, asked.mapping) if asked.mapping else saved


def _read(engine: Engine, content: bytes, name: str, asked: SheetAsked) -> _Read:
    given = mapping_asked(engine, asked)

    def headed(cells: Sequence[str]) -> bool:
        wanted = given.columns.values() if given else ()
        return bool(wanted) and all(any(same_heading(cell, one) for cell in cells) for one in wanted)

    table = read_sheet(content, name, asked.worksheet, headed if given and given.columns else None)
    mapping, from_headings = _mapping(table, given, whole=asked.saved is not None)
    places = placed(mapping, table.headings)
    rows: list[WantedRow] = []
    faults: list[Fault] = []
    notes: list[str] = []
    for row in table.rows:
        if _is_heading(row, table, places.values()):
            notes.append(f"Row {row.number} has one cell, “{shown(''.join(row.cells))}”, and was taken for a heading.")
            continue
        wanted, wrong = read_row(row, places, table.headings, mapping, asked.event, asked.state)
        faults += wrong
        if wanted is not None:
            rows.append(wanted)
    return _Read(table, mapping, from_headings, tuple(rows), tuple(faults), (*table.notes, *notes))


def _mapping(table: Table, given: SheetMapping | None, *, whole: bool) -> tuple[SheetMapping, tuple[SheetField, ...]]:
    """The mapping, and the fields that were guessed: beside what somebody says, but never beside a saved mapping."""
    if given is not None and whole:
        return given, ()
    guess = guessed(table.headings)
    if given is None:
        return guess, tuple(guess.columns)
    taken = {fold(column) for column in given.columns.values()}
    rest = {field: column for field, column in guess.columns.items() if fold(column) not in taken}
    added = tuple(field for field in rest if field not in given.columns)
    return merged(SheetMapping({field: rest[field] for field in added}), given), added


def _is_heading(row: Row, table: Table, read: Collection[int]) -> bool:
    """Whether a row is a line across the table, as merged cells make them, and no row of it."""
    filled = [place for place, cell in enumerate(row.cells) if cell]
    return len(filled) == 1 and len(table.headings) > 2 and (filled[0] not in read or len(read) > 2)


@dataclass
class _Attempt:
    """A transaction that is undone unless it is kept."""

    writer: Writer
    kept: bool = False

    def keep(self) -> None:
        """Let what was written stand."""
        self.kept = True


class _Undone(Exception):
    """Raised to leave a transaction without its writes."""


@contextmanager
def _trying(engine: Engine, who: str, why: str) -> Iterator[_Attempt]:
    try:
        with recording(engine, who, why) as writer:
            attempt = _Attempt(writer)
            yield attempt
            if not attempt.kept:
                raise _Undone
    except _Undone:
        return


def _fault(one: Placed, sheet: _Read) -> Fault:
    wrong = one.fault
    if wrong is None:
        raise ValueError("nothing is wrong with this row")
    column = sheet.mapping.columns.get(wrong.field) if wrong.field else None
    value = None
    if wrong.field is not None and column is not None:
        place = placed(sheet.mapping, sheet.table.headings)[wrong.field]
        row = next(row for row in sheet.table.rows if row.number == one.row.row)
        value = shown(row.cells[place]) if place < len(row.cells) else None
    return Fault(one.row.row, wrong.field, column, value or None, wrong.message, wrong.remedy)


def _answer(
    sheet: _Read, asked: SheetAsked, made: Sequence[Placed], faults: Sequence[Fault], *, written: bool
) -> SheetAnswer:
    sound = [one for one in made if one.fault is None]
    kinds = Counter(str(record.__tablename__) for one in sound for record in one.new)
    bad = {fault.row for fault in faults}
    notes = list(sheet.notes)
    if len(faults) > MOST_FAULTS:
        notes.append(f"{len(faults):,} cells are wrong; the first {MOST_FAULTS:,} are listed.")
    read = {fold(column) for column in sheet.mapping.columns.values()}
    return SheetAnswer(
        written=written,
        dry_run=asked.dry_run,
        worksheet=sheet.table.name,
        mapping=sheet.mapping.as_json(),
        guessed=[str(field) for field in sheet.guessed],
        unread=[heading for heading in sheet.table.headings if fold(heading) not in read],
        rows=len(sheet.rows) + len({fault.row for fault in sheet.faults}),
        good=len(sound),
        bad=len(bad),
        creates=dict(sorted(kinds.items())),
        items=[_row(one, written) for one in sound],
        errors=[_told(fault) for fault in sorted(faults, key=lambda fault: fault.row)[:MOST_FAULTS]],
        notes=notes,
    )


def _told(fault: Fault) -> SheetFault:
    return SheetFault(
        row=fault.row,
        column=fault.column,
        field=None if fault.field is None else str(fault.field),
        value=fault.value,
        message=fault.message,
        remedy=fault.remedy,
    )


def _row(one: Placed, written: bool) -> SheetRowShown:
    new = {id(record) for record in one.new}

    def id_of(record: Record | None) -> str | None:
        return None if record is None or (id(record) in new and not written) else record.public_id

    return SheetRowShown(
        row=one.row.row,
        id=one.row.id,
        claim=id_of(one.claim),
        document=id_of(one.document),
        report=id_of(one.report),
        creates=[
            SheetRecord(noun=str(record.__tablename__), id=id_of(record), says=_says(record, one)) for record in one.new
        ],
        notes=one.notes,
    )


def _says(record: Record, one: Placed) -> str:
    match record:
        case Source():
            return f"{record.name} ({record.kind})"
        case Document():
            shown = record.title or record.url or "an untitled document"
            return f"{shown[:200]} ({one.publisher.name if one.publisher else 'nobody'})"
        case Report():
            names = [up.name if up else "nobody named" for up, _ in one.hops]
            chain = [*dict.fromkeys(names), one.publisher.name if one.publisher else "nobody"]
            return f"{record.stance}: {' → '.join(chain)}"
        case _:
            return str(getattr(record, "title", None) or getattr(record, "text", ""))[:200]
