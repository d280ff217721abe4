"""Reads the cells of one row as what their columns say they are: terms, numbers, dates, names, or plain words.

Whatever is wrong with a row is found at once, so that somebody can mend all of it in one go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError

from provenance.errors import InvalidInput
from provenance.ingestion.loading.printed_dates import read_printed
from provenance.ingestion.loading.words import language_tag, one_line
from provenance.ingestion.sheets.chains import named, steps_of
from provenance.ingestion.sheets.faults import Fault, Unfit, shown, unfit, unfit_values
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.mapping import DayOrder, SheetMapping
from provenance.ingestion.sheets.stating import check_numbers
from provenance.ingestion.sheets.table import Row
from provenance.ingestion.sheets.wanted import Step, WantedDocument, WantedRow, WantedTally
from provenance.numerals import read_digits
from provenance.storage.claim import ClaimCreate
from provenance.storage.dates import Date, read_date
from provenance.storage.document import DocumentCreate
from provenance.storage.event import EventCreate, TallyCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.report import ReportCreate
from provenance.storage.writes.figures import read_figure
from provenance.vocabulary import ClaimKind, DateBasis, Qualifier, ReportState, Stance, Term

T = TypeVar("T", bound=Term)
F = SheetField

BROKEN = frozenset({"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
IN_FIGURES = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?", re.ASCII)
WITHOUT_ZONE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?", re.ASCII)
DIGITS = re.compile(r"[\d., '’\u00a0\u202f]+", re.ASCII)
OF_A_FIGURE = (F.FIGURE, F.VALUE, F.LOW, F.HIGH, F.QUALIFIER, F.UNIT, F.AS_OF)
OF_A_DOCUMENT = (F.QUOTE, F.CHAIN, F.ORIGIN, F.CARRIER, F.STANCE, F.HEDGE, F.AUTHOR, F.PUBLISHED, F.LANGUAGE)
# Which column each value of a record came from, for what the record's own rules refuse.
CAME_FROM: Mapping[str, SheetField] = {field.value: field for field in SheetField} | {
    "text": F.CLAIM_TEXT,
    "kind": F.CLAIM_KIND,
}


@dataclass
class Cells:
    """The cells of a row by their fields, and what was found wrong with them."""

    row: Row
    places: Mapping[SheetField, int]
    headings: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: SheetField) -> str:
        """What stands in a field's cell; empty where there is no such column."""
        place = self.places.get(name)
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else ""

    def line(self, name: SheetField) -> str | None:
        """The same on one line; None where the cell is blank."""
        return " ".join(self.text(name).split()) or None

    def read(self, name: SheetField, reader: Callable[[str], Any]) -> Any:
        """What a reader makes of a cell; None where it is blank, or wrong, which is noted."""
        said = self.text(name)
        if not said:
            return None
        try:
            return reader(said)
        except Unfit as wrong:
            self.note(wrong)
        except InvalidInput as wrong:
            self.note(unfit(wrong, name))
        return None

    def note(self, wrong: Unfit) -> None:
        """Keep what is wrong, with the cell that it is about."""
        place = self.places.get(wrong.field) if wrong.field else None
        value = shown(self.text(wrong.field)) if wrong.field and place is not None else None
        heading = self.headings[place] if place is not None else None
        self.faults.append(Fault(self.row.number, wrong.field, heading, value, wrong.message, wrong.remedy))


def read_row(
    row: Row,
    places: Mapping[SheetField, int],
    headings: tuple[str, ...],
    mapping: SheetMapping,
    event: str | None,
    state: ReportState,
) -> tuple[WantedRow | None, list[Fault]]:
    """What a row says, or what is wrong with it; ``event`` and ``state`` are those of rows that say nothing of them."""
    cells = Cells(row, places, headings)
    _check_shape(cells)
    text = cells.line(F.CLAIM_TEXT)
    if text is None:
        cells.note(Unfit(F.CLAIM_TEXT, "It is blank.", "Write the claim, or remove the row."))
    wanted = WantedRow(
        row=row.number,
        id=cells.line(F.ID),
        event=_event(cells, event),
        claim=_claim(cells, text or "-"),
        tally=_tally(cells),
        document=_document(cells, mapping),
        report=_report(cells),
        steps=_steps(cells),
        whole=bool(cells.text(F.CHAIN)),
        figure=_figure(cells),
        state=cells.read(F.STATE, _term(F.STATE, ReportState)) or state,
    )
    _check_whole(cells, wanted)
    return (None if cells.faults else wanted), cells.faults


def _check_shape(cells: Cells) -> None:
    over = [cell for cell in cells.row.cells[len(cells.headings) :] if cell]
    if over:
        told = f"It has {len(cells.row.cells)} cells under {len(cells.headings)} headings."
        cells.note(Unfit(None, told, "Put a text that holds the mark between columns into quotes."))
    for name, place in cells.places.items():
        if place < len(cells.row.cells) and cells.row.cells[place] in BROKEN:
            cells.note(Unfit(name, "Its formula failed.", "Mend the formula, or write the value."))


def _event(cells: Cells, event: str | None) -> str:
    given, title = cells.line(F.EVENT), cells.line(F.EVENT_TITLE)
    if given is not None and (given.startswith("evt_") or title is None):
        title = given
    title = title or given or event
    if title is None:
        cells.note(Unfit(F.EVENT, "The row names no event.", "Name one in a column, or for the whole sheet."))
    elif not title.startswith("evt_"):
        _fits(cells, EventCreate, {"title": title}, {"title": F.EVENT_TITLE if cells.text(F.EVENT_TITLE) else F.EVENT})
    return title or ""


def _claim(cells: Cells, text: str) -> dict[str, Any]:
    counts = any(cells.text(name) for name in (F.FIGURE, F.VALUE, F.LOW, F.HIGH, F.TALLY, F.MEASURE))
    kind = cells.read(F.CLAIM_KIND, _term(F.CLAIM_KIND, ClaimKind))
    given: dict[str, Any] = {"text": text, "kind": kind or (ClaimKind.FIGURE if counts else ClaimKind.OTHER)}
    notes = [f"Called {said} in a sheet." for said in [cells.line(F.ID)] if said]
    if not _cites(cells):
        notes += [f"Titled “{said}” in a sheet." for said in [cells.line(F.TITLE)] if said]
        notes += [said for said in [cells.text(F.NOTE)] if said]
    given["note"] = " ".join(notes) or None
    _fits(cells, ClaimCreate, {**given, "event": "evt_"}, CAME_FROM)
    return given


def _tally(cells: Cells) -> WantedTally | None:
    title, measure = cells.line(F.TALLY), cells.line(F.MEASURE)
    if title is None:
        # Without a name of its own, what a figure measures is the figure's matter.
        return None
    counted, place, period = cells.line(F.COUNTED), cells.line(F.PLACE), cells.line(F.PERIOD)
    if measure is None:
        cells.note(Unfit(F.TALLY, "It does not say what it measures.", "Fill a measure column: killed, injured …"))
        return None
    given = {"title": title, "measure": measure, "counted": counted, "place": place, "period": period}
    _fits(cells, TallyCreate, {**given, "event": "evt_"}, {**CAME_FROM, "title": F.TALLY})
    return WantedTally(title, measure, counted, place, period)


def _cites(cells: Cells) -> bool:
    """Whether the row names a document: by who published it, where it was found, or where its chain ends."""
    return any(cells.text(name) for name in (F.PUBLISHER, F.URL, F.CHAIN))


def _document(cells: Cells, mapping: SheetMapping) -> WantedDocument | None:
    if not _cites(cells):
        return None
    printed = cells.line(F.PUBLISHED)
    found = WantedDocument(
        publisher=cells.read(F.PUBLISHER, lambda said: named(said, F.PUBLISHER)),
        url=cells.line(F.URL),
        title=cells.line(F.TITLE),
        published=cells.read(F.PUBLISHED, lambda said: _date(said, mapping)),
        printed=printed,
        language=cells.read(F.LANGUAGE, _language),
        author=cells.line(F.AUTHOR),
    )
    given = {"url": found.url, "title": found.title, "author": found.author, "publisher": "src_"}
    _fits(cells, DocumentCreate, given, {**CAME_FROM, "title": F.TITLE})
    return found


def _report(cells: Cells) -> dict[str, Any]:
    given: dict[str, Any] = {
        "quote": cells.text(F.QUOTE) or None,
        "stance": cells.read(F.STANCE, _term(F.STANCE, Stance)) or Stance.ASSERTS,
        "hedge": cells.line(F.HEDGE),
        "note": cells.text(F.NOTE) or None,
    }
    _fits(cells, ReportCreate, {**given, "document": "doc_", "claim": "clm_"}, CAME_FROM)
    return given


def _steps(cells: Cells) -> tuple[Step, ...]:
    chain = cells.read(F.CHAIN, lambda said: steps_of(said, F.CHAIN)) or ()
    origin = cells.read(F.ORIGIN, lambda said: steps_of(said, F.ORIGIN)) or ()
    carrier = cells.read(F.CARRIER, lambda said: steps_of(said, F.CARRIER)) or ()
    if chain and (origin or carrier):
        beside = F.ORIGIN if origin else F.CARRIER
        cells.note(Unfit(beside, "The whole chain stands in another column.", "Fill one or the other."))
    return tuple(chain or (*origin, *carrier))


def _figure(cells: Cells) -> dict[str, Any] | None:
    if not any(cells.text(name) for name in (F.FIGURE, F.VALUE, F.LOW, F.HIGH)):
        return None
    given: dict[str, Any] = {name.value: cells.read(name, _number) for name in (F.VALUE, F.LOW, F.HIGH)}
    given["qualifier"] = cells.read(F.QUALIFIER, _term(F.QUALIFIER, Qualifier)) or _qualifier(given)
    given["text"] = cells.line(F.FIGURE) or _printed(cells)
    given |= {name.value: cells.line(name) for name in (F.UNIT, F.AS_OF, F.MEASURE, F.COUNTED, F.PLACE)}
    if cells.line(F.FIGURE) and given["qualifier"] is None and given["value"] is not None:
        # The words say what they are; the number beside them is theirs.
        given["value"] = None
    made = _fits(cells, FigureCreate, given, {**CAME_FROM, "text": F.FIGURE})
    if made is None or cells.faults:
        return None
    language = cells.line(F.LANGUAGE)

    def whole(_: str) -> dict[str, Any]:
        read = read_figure(made.model_dump(), language)
        check_numbers(read)
        return read

    shown = next(name for name in (F.FIGURE, F.VALUE, F.LOW, F.HIGH) if cells.text(name))
    read: dict[str, Any] | None = cells.read(shown, whole)
    return read


def _qualifier(given: Mapping[str, Any]) -> Qualifier | None:
    """What a number and its bounds make together, where nobody says it."""
    value, low, high = given["value"], given["low"], given["high"]
    if low is None and high is None:
        return Qualifier.EXACT if value is not None else None
    if low is not None and high is not None:
        return Qualifier.EXACT if low == high == (low if value is None else value) else Qualifier.RANGE
    return Qualifier.AT_LEAST if low is not None else Qualifier.UP_TO


def _printed(cells: Cells) -> str:
    value, low, high = (cells.line(name) for name in (F.VALUE, F.LOW, F.HIGH))
    return value or "-".join(bound for bound in (low, high) if bound)


def _check_whole(cells: Cells, wanted: WantedRow) -> None:
    """What a row says of a document, without saying which."""
    if wanted.document is None:
        for name in (*OF_A_FIGURE, *OF_A_DOCUMENT):
            if cells.text(name):
                told = "It belongs to a document, and the row names none."
                cells.note(Unfit(name, told, "Fill a publisher, an address or a chain."))
                return
    elif wanted.document.publisher is None and wanted.document.url is None and len(wanted.steps) < 1:
        cells.note(Unfit(F.PUBLISHER, "Nobody is named who published it.", "Fill a publisher or an address."))


def _term(name: SheetField, terms: type[T]) -> Callable[[str], T]:
    def read(said: str) -> T:
        key = one_line(said).lower().replace(" ", "_").replace("-", "_")
        if key not in list(terms):
            raise Unfit(name, f"'{one_line(said, 50)}' is none of its words.", f"Use one of: {', '.join(terms)}.")
        return terms(key)

    return read


def _number(said: str) -> float:
    words = " ".join(said.split())
    negative = words.startswith("-")
    number = read_digits(words.lstrip("-").strip(), ",") if DIGITS.fullmatch(words.lstrip("-").strip()) else None
    if number is None:
        raise InvalidInput(f"'{words[:50]}' is no number; write it in figures, such as 1234.5 or 1,234.")
    return -float(number) if negative else float(number)


def _language(said: str) -> str:
    tag = language_tag(said)
    if tag is None:
        raise InvalidInput(f"'{one_line(said, 50)}' is no language tag; write one such as en, ru or pt-BR.")
    return tag


def _date(said: str, mapping: SheetMapping) -> Date:
    words = " ".join(said.split())
    figures = IN_FIGURES.fullmatch(words)
    if figures is not None:
        words = _iso(figures, mapping.order)
    if WITHOUT_ZONE.fullmatch(words):
        # Which instant a clock without a zone means nobody can tell, but the day is sure enough.
        words = words + mapping.zone if mapping.zone else words[:10]
    try:
        return read_date(words, "published")
    except InvalidInput:
        found = None if figures else read_printed(words, DateBasis.UNKNOWN)
        if found is None or found.earliest is None or found.latest is None:
            raise
        return Date(found.earliest, found.latest, found.precision)


def _iso(figures: re.Match[str], order: DayOrder | None) -> str:
    first, mark, second, third, time = figures.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif len(third) == 4:
        # Dots are written where the day comes first; with strokes both are, so where it matters it must be said.
        told = order or (DayOrder.DAY_FIRST if mark == "." or int(first) > 12 else None)
        told = told or (DayOrder.MONTH_FIRST if int(second) > 12 or first == second else None)
        if told is None:
            raise InvalidInput(
                f"'{figures[0]}' may be two days; write {third}-{int(second):02}-{int(first):02}, or say how dates are "
                "read: published.dates=day_first or month_first."
            )
        year, month, day = third, *((second, first) if told is DayOrder.DAY_FIRST else (first, second))
    else:
        raise InvalidInput(f"'{figures[0]}' has no year of four figures; write 2022-01-06.")
    clock = f"T{int(time.split(':')[0]):02}:{time.partition(':')[2]}" if time else ""
    return f"{year}-{int(month):02}-{int(day):02}{clock}"


def _fits(cells: Cells, shape: type[Any], given: Mapping[str, Any], fields: Mapping[str, SheetField]) -> Any:
    """Whether a record could hold these values; what it refuses is noted."""
    try:
        return shape(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as refused:
        for wrong in unfit_values(refused, dict(fields)):
            cells.note(wrong)
    except InvalidInput as refused:
        cells.note(unfit(refused, fields.get(refused.field or "", F.CLAIM_TEXT)))
    return None
