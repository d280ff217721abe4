"""What somebody asks of the import of a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from provenance.ingestion.sheets.mapping import SheetMapping
from provenance.vocabulary import ReportState


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """How a sheet is read and what becomes of its rows.

    ``mapping`` None: it is guessed from the headings; ``saved`` is the name of a saved one, over which ``mapping``
    goes. ``worksheet`` is the sheet of a workbook; ``event`` the id or title of the event of rows that name none.
    ``state`` is what rows become that say nothing of it. With ``skip_bad`` the good rows are written where some are
    bad; without it, none are. The mapping that was used is saved under the name ``save_as``, with the rows and only if
    all of them are good.
    """

    mapping: SheetMapping | None = None
    saved: str | None = None
    worksheet: str | None = None
    event: str | None = None
    state: ReportState = ReportState.ACCEPTED
    dry_run: bool = False
    skip_bad: bool = False
    save_as: str | None = None
