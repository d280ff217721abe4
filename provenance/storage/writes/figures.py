"""Writes the figures that a report prints, and reads their numbers from the printed words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.errors import InvalidInput
from provenance.quantity import read_quantity
from provenance.storage.document import Document
from provenance.storage.figure import Figure, FigureCreate
from provenance.storage.report import Report
from provenance.storage.writes.spans import held, quote_of, spanned
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import Qualifier


def put_figures(writer: Writer, report: Report, document: Document, given: Sequence[FigureCreate]) -> None:
    """Bring the report's figures to these; one with the same printed words is the same figure."""
    wanted = [_figure(document, report, figure, f"figures.{position}") for position, figure in enumerate(given)]
    present = held(writer, Figure, report)
    kept = [_taken(present, values["text"]) for values in wanted]
    for gone in present:
        writer.retire(gone)
    for values, same in zip(wanted, kept, strict=True):
        if same is None:
            own = {"report_id": report.key, "claim_id": report.claim_id, "text_length": report.text_length}
            writer.add(Figure(**{**values, **own}))
        else:
            writer.change(same, values)


def read_figure(given: dict[str, Any], language: str | None, field: str = "figure") -> dict[str, Any]:
    """Fill in qualifier, value and interval from the printed words where they are left out.

    :raises InvalidInput: for a qualifier that promises a number where neither the writer gives one nor the words do.
    """
    qualifier = given.get("qualifier")
    if qualifier is not None and any(given.get(name) is not None for name in ("value", "low", "high")):
        return _bounded(given)
    quantity = read_quantity(given["text"], language=(language or "en").split("-")[0])
    if qualifier not in (None, quantity.qualifier):
        if qualifier in WITHOUT_NUMBER:
            return given
        raise InvalidInput(
            f"{field}.qualifier: '{given['text']}' reads as {quantity.qualifier}, not {qualifier}; give value, low and "
            "high with it, or leave the qualifier out.",
            field=f"{field}.qualifier",
        )
    derived = {
        "qualifier": quantity.qualifier,
        "value": number(quantity.value),
        "low": number(quantity.low),
        "high": number(quantity.high),
    }
    return given | {name: value for name, value in derived.items() if given.get(name) is None}


# What a figure may be without any number: words that somebody could not read, or that no policy of ours reads.
WITHOUT_NUMBER = (Qualifier.VAGUE, Qualifier.UNREADABLE, Qualifier.NOT_GIVEN)


def _bounded(given: dict[str, Any]) -> dict[str, Any]:
    # A number with its qualifier says its own bounds, so that leaving them out does not make it unbounded.
    value = given.get("value")
    ends = {
        Qualifier.EXACT: ("low", "high"),
        Qualifier.AT_LEAST: ("low",),
        Qualifier.UP_TO: ("high",),
    }.get(Qualifier(given["qualifier"]), ())
    return given | {end: value for end in ends if given.get(end) is None}


def check_figure(figure: dict[str, Any], field: str) -> None:
    """Whether qualifier, value and interval tell one story.

    :raises InvalidInput: naming the field that contradicts the others.
    """
    qualifier, value, low, high = Qualifier(figure["qualifier"]), figure["value"], figure["low"], figure["high"]
    if low is not None and high is not None and low > high:
        raise _contradiction(field, "low", "is above high; swap the two")
    if qualifier in (Qualifier.UNREADABLE, Qualifier.NOT_GIVEN) and (value, low, high) != (None, None, None):
        raise _contradiction(field, "qualifier", f"{qualifier} goes with no number; leave value, low and high out")
    if qualifier is Qualifier.EXACT and (value is None or not low == value == high):
        raise _contradiction(field, "qualifier", "exact needs a value, with low and high the same number")
    if qualifier is Qualifier.RANGE and None in (low, high):
        raise _contradiction(field, "qualifier", "a range needs both low and high")
    if value is not None and not _fits(qualifier, value, low, high):
        raise _contradiction(field, "value", f"{value:g} contradicts {qualifier} with low {low} and high {high}")


def _fits(qualifier: Qualifier, value: float, low: float | None, high: float | None) -> bool:
    # "More than 1,000" begins at 1,001 and "nearly 400" ends at 399: the printed number may be the next one beside.
    match qualifier:
        case Qualifier.MORE_THAN:
            return (low is None or value <= low) and (high is None or value <= high)
        case Qualifier.FEWER_THAN:
            return (high is None or value >= high) and (low is None or value >= low)
        case Qualifier.ABOUT:
            return (low is None or value >= low - 1) and (high is None or value <= high + 1)
        case _:
            return (low is None or value >= low) and (high is None or value <= high)


def _contradiction(field: str, name: str, problem: str) -> InvalidInput:
    return InvalidInput(f"{field}.{name}: {problem}.", field=f"{field}.{name}")


def number(value: Any) -> float | None:
    """A quantity as the database keeps it."""
    return None if value is None else float(value)


def _figure(document: Document, report: Report, given: FigureCreate, field: str) -> dict[str, Any]:
    values = read_figure(given.model_dump(), document.language, field)
    values = spanned(document, values, "text", f"{field}.text", quote_of(report))
    check_figure(values, field)
    return values


def _taken(held: list[Figure], text: str) -> Figure | None:
    same = next((figure for figure in held if figure.text == text), None)
    if same is not None:
        held.remove(same)
    return same
