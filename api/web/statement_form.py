"""The form by which somebody says what a document states: what was typed, and the same filled in from a known reading.

Fields are kept as they were typed, so that a page can show them again beside what is wrong with one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from provenance.answers_detail import FigureDetail, ReportDetail
from provenance.quantity import read_quantity
from provenance.storage.quoting import Span, Unplaced, place
from provenance.vocabulary import ClaimKind, HopBasis, Manner, Qualifier, Stance

R = TypeVar("R")


class Voice(StrEnum):
    """Who says it, in the document."""

    NAMED = "named"
    NOBODY = "nobody"
    OWN = "own"
    SAW = "saw"
    COUNTED = "counted"
    KEPT = "kept"


VOICES = {
    Voice.NAMED: "Somebody who is named below",
    Voice.NOBODY: "Nobody is named (“reportedly”, “it is said”)",
    Voice.OWN: "The document, in its own voice",
    Voice.SAW: "The document: it was there",
    Voice.COUNTED: "The document: it counted from records",
}
BASES = {Voice.SAW: HopBasis.WITNESSED, Voice.COUNTED: HopBasis.COMPILED}


class StatementForm(BaseModel):
    """All fields as they were typed; rows of a chain and of figures are lists of equal length.

    ``do`` is the button that was pressed; ``part`` asks for the form alone, without the page around it; ``warned`` are
    the words that were asked back about, which are taken as they are when they are sent again; ``version`` is that of
    the reading that the form was filled from.
    """

    model_config = ConfigDict(frozen=True)

    quote: str = ""
    start: str = ""
    end: str = ""
    prefix: str = ""
    claim: str = ""
    other: str = ""
    look: str = ""
    text: str = ""
    kind: str = ""
    event: str = ""
    event_title: str = ""
    stance: str = Stance.ASSERTS
    hedge: str = ""
    voice: str = Voice.NAMED
    name: list[str] = []
    manner: list[str] = []
    source_kind: list[str] = []
    figure: list[str] = []
    measure: list[str] = []
    counted: list[str] = []
    place: list[str] = []
    number: list[str] = []
    lowest: list[str] = []
    highest: list[str] = []
    warned: list[str] = []
    version: str = ""
    why: str = ""
    do: str = "save"
    part: bool = False

    @property
    def steps(self) -> list[Step]:
        """The rows of the chain, origin first, also those that are empty."""
        return [
            Step(name.strip(), _at(self.manner, row) or Manner.VIA, _at(self.source_kind, row))
            for row, name in enumerate(self.name)
        ]

    @property
    def figures(self) -> list[Printed]:
        """The rows of figures, also those that are empty."""
        return [
            Printed(text.strip(), *(_at(column, row) for column in self._columns))
            for row, text in enumerate(self.figure)
        ]

    @property
    def _columns(self) -> tuple[list[str], ...]:
        return self.measure, self.counted, self.place, self.number, self.lowest, self.highest

    @property
    def claim_kind(self) -> str:
        """What the claim is about: as it was chosen, else how many where a figure is given."""
        return self.kind or (ClaimKind.FIGURE if any(one.text for one in self.figures) else ClaimKind.OTHER)


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a chain: a name, how the next one relays it, and what it is if nobody of that name is known."""

    name: str = ""
    manner: str = Manner.VIA
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """One row of figures: the words as printed, what they count, and what they mean in numbers where we cannot tell."""

    text: str = ""
    measure: str = ""
    counted: str = ""
    place: str = ""
    number: str = ""
    lowest: str = ""
    highest: str = ""

    @property
    def has_numbers(self) -> bool:
        """Whether somebody says what the words mean."""
        return bool(self.number or self.lowest or self.highest)


def _at(values: Sequence[str], row: int) -> str:
    return values[row].strip() if row < len(values) else ""


def with_rows(rows: Sequence[R], least: int, empty: R) -> list[R]:
    """Rows with empty ones behind, so that there is always one to write in."""
    return [*rows, *[empty] * max(1, least - len(rows))]


def filled(report: ReportDetail, figures: Sequence[FigureDetail]) -> StatementForm:
    """The form as a known reading fills it."""
    language = (report.language or "en").split("-")[0]
    steps = list(_steps(report)) if is_line(report) else []
    return StatementForm(
        quote=report.quote or "",
        start="" if report.quote_start is None else str(report.quote_start),
        end="" if report.quote_end is None else str(report.quote_end),
        claim=report.claim,
        text=report.claim_text,
        stance=report.stance,
        hedge=report.hedge or "",
        voice=_voice(report),
        name=[step.name for step in steps],
        manner=[step.manner for step in steps],
        source_kind=[step.kind for step in steps],
        figure=[one.text for one in figures],
        measure=[one.measure or "" for one in figures],
        counted=[one.counted or "" for one in figures],
        place=[one.place or "" for one in figures],
        number=[_number(one, one.value, language) for one in figures],
        lowest=[_number(one, one.low, language) for one in figures],
        highest=[_number(one, one.high, language) for one in figures],
    )


def _number(figure: FigureDetail, number: float | None, language: str) -> str:
    """A number that somebody gave by hand, because the words cannot be read here; empty for all others."""
    if number is None or read_quantity(figure.text, language).qualifier is not Qualifier.UNREADABLE:
        return ""
    return f"{number:g}" if number < 1e6 else f"{number:.0f}"


def is_line(report: ReportDetail) -> bool:
    """Whether its chain is one line of names, which rows of a form can hold."""
    nobody = [hop for hop in report.attributions if hop.upstream is None]
    return len(report.chains) <= 1 and (not nobody or len(report.attributions) == 1)


def _steps(report: ReportDetail) -> Iterator[Step]:
    manners = {hop.upstream: hop.manner for hop in report.attributions}
    for name in report.chains[0] if report.chains and report.attributions else []:
        if name in manners:
            yield Step(name, manners[name])


def _voice(report: ReportDetail) -> Voice:
    if not is_line(report):
        return Voice.KEPT
    if report.attributions:
        return Voice.NOBODY if report.attributions[0].upstream is None else Voice.NAMED
    return {HopBasis.WITNESSED: Voice.SAW, HopBasis.COMPILED: Voice.COUNTED}.get(
        report.own_basis or HopBasis.UNKNOWN, Voice.OWN
    )


def quoted_at(text: str | None, form: StatementForm) -> Span | Unplaced | None:
    r"""Where the quote of a form stands in a text; None where no text is held, or nothing is quoted.

    Whoever pastes words brings other blanks and line ends along; they stand where the same words stand.

    >>> quoted_at("Riots.\nDozens were\nkilled.", StatementForm(quote="Dozens were killed."))
    Span(start=7, end=26)
    """
    words = form.quote.replace("\r\n", "\n").strip()
    if text is None or not words:
        return None
    if form.start.isdecimal() and form.end.isdecimal():
        start, end = int(form.start), int(form.end)
        if start < end <= len(text) and text[start:end].split() == words.split():
            return Span(start, end)
    found = place(text, words)
    if isinstance(found, Span):
        return found
    loose = re.compile(rf"{loosely(form.prefix)}\s*({loosely(words)})")
    several = [Span(*one.span(1)) for one in loose.finditer(text)]
    return several[0] if len(several) == 1 else found


def loosely(words: str) -> str:
    """A pattern of the same words with any blanks between them, and with straight or curly marks of quotation.

    >>> bool(re.search(loosely("it's 'over'"), "It seems it’s  ‘over’"))
    True
    """
    return r"\s+".join("".join(_mark(letter) for letter in word) for word in words.split())


def _mark(letter: str) -> str:
    return next((f"[{marks}]" for marks in MARKS if letter in marks), re.escape(letter))


MARKS = ('"“”„‟«»', "'’‘‚‛ʼ")
