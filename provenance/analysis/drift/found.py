"""A drift: two rows, the field in which they differ, both readings, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.analysis.picture import FigureView, ReportView
from provenance.vocabulary import ComparedWith, DriftField, DriftKind, Sureness


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two rows that are compared: a report, and the figure in it if it is about one."""

    report: str
    document: str
    where: str
    figure: str | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """What one row has and another has not; ``from_`` and ``to`` are as printed, or as named.

    ``stronger`` says that the second asserts more than the first: a larger number, or the same with less reserve.
    ``figure`` is the key of the figure that it is about, None where it is about the report.
    """

    before: Side
    after: Side
    field: DriftField
    kind: DriftKind
    from_: str
    to: str
    sure: Sureness
    against: ComparedWith
    reason: str
    stronger: bool = False
    figure: int | None = None

    @property
    def report(self) -> str:
        """The public id of the report that differs."""
        return self.after.report


def side(report: ReportView, figure: FigureView | None = None) -> Side:
    """The row of a report, or of a figure that it prints."""
    where = ", ".join(filter(None, [report.publisher.name, report.published.text]))
    return Side(report.public_id, report.document_public_id, where, figure.public_id if figure else None)


def sentence(before: Side, after: Side, from_: str, to: str, what: str, against: ComparedWith) -> str:
    """What is printed where, in one sentence."""
    if against is ComparedWith.BODY:
        return f"The headline of {after.where} has “{to}”, its text “{from_}”: {what}."
    named = "its source" if against is ComparedWith.UPSTREAM else "the earliest report that says so"
    return f"“{from_}” in {named} ({before.where}) is “{to}” in {after.where}: {what}."
