"""Writes that a document states a claim: the words, the hops and the figures, checked as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from provenance.errors import InvalidInput
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.figure import Figure
from provenance.storage.report import (
    Attribution,
    AttributionBase,
    AttributionCreate,
    Report,
    ReportChange,
    ReportCreate,
)
from provenance.storage.source import Source
from provenance.storage.writes.chains import check_chain
from provenance.storage.writes.dating import dated, redated
from provenance.storage.writes.figures import put_figures
from provenance.storage.writes.finding import known, referred
from provenance.storage.writes.permitted import state_of_new
from provenance.storage.writes.repeats import check_new
from provenance.storage.writes.spans import QUOTED, held, quote_of, quoted, spanned
from provenance.storage.writes.speaking import stand_behind
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import ReportState


def create_report(writer: Writer, given: ReportCreate) -> Report:
    """Say that a document states a claim, through these hops, with these figures; by a contributor, it is proposed.

    :raises NotAllowed: if a contributor asks for it to be accepted.
    """
    document = referred(writer.session, Document, given.document, "document")
    claim = referred(writer.session, Claim, given.claim, "claim")
    values = dated("said", given.model_dump(exclude={"document", "claim", "attributions", "figures"}))
    values |= quoted(document, values)
    values["state"] = state_of_new(given.state, said="state" in given.model_fields_set)
    report = Report(**values, document_id=document.key, claim_id=claim.key, text_length=document.text_length)
    check_new(writer.session, report, given)
    writer.add(report)
    _put_hops(writer, report, document, given.attributions)
    put_figures(writer, report, document, given.figures)
    _take_along(writer, report)
    return report


def change_report(writer: Writer, public_id: str, change: ReportChange) -> Report:
    """Change a reading; hops and figures that are given take the place of all there were."""
    report = known(writer.session, Report, public_id)
    document = writer.session.get_one(Document, report.document_id)
    given = {name: value for name, value in change.values().items() if name not in ("attributions", "figures")}
    values = redated("said", report, given)
    if QUOTED & values.keys():
        # New words stand elsewhere, so the old ones' place and surroundings say nothing of them.
        kept = {} if "quote" in values else {name: getattr(report, name) for name in QUOTED}
        values |= quoted(document, dict.fromkeys(QUOTED) | kept | values)
    writer.change(report, values)
    if "attributions" in change.model_fields_set:
        _put_hops(writer, report, document, change.attributions)
    if "figures" in change.model_fields_set:
        put_figures(writer, report, document, change.figures)
    _take_along(writer, report)
    return report


def hold_to_text(writer: Writer, document: Document) -> None:
    """Find the words of a document's reports in its text, which was not held when they were transcribed.

    :raises InvalidInput: where a report has words that the text does not have.
    """
    reports = sa.select(Report).where(col(Report.document_id) == document.key, col(Report.recorded_to).is_(None))
    for report in writer.session.execute(reports).scalars().all():
        try:
            writer.change(report, quoted(document, {name: getattr(report, name) for name in QUOTED}))
            for hop in held(writer, Attribution, report):
                _spread(writer, hop, document, report, "cue")
            for figure in held(writer, Figure, report):
                _spread(writer, figure, document, report, "text")
        except InvalidInput as missing:
            raise InvalidInput(
                f"text: the report '{report.public_id}' has words that are not in it ({missing.message.rstrip('.')}); "
                "correct the report first.",
                field="text",
            ) from missing


def _take_along(writer: Writer, report: Report) -> None:
    # What a person's reading speaks of may have been known from proposals alone so far.
    if report.state is ReportState.ACCEPTED:
        stand_behind(writer, [report])


def _spread(writer: Writer, row: Attribution | Figure, document: Document, report: Report, column: str) -> None:
    said = {name: getattr(row, name) for name in (column, f"{column}_start", f"{column}_end")}
    writer.change(row, spanned(document, said, column, column, quote_of(report)))


def _put_hops(writer: Writer, report: Report, document: Document, given: Sequence[AttributionCreate]) -> None:
    """Bring the report's hops to these; one between the same two sources is the same hop, whatever is said of it."""
    wanted = [_hop(writer, report, document, hop, f"attributions.{position}") for position, hop in enumerate(given)]
    check_chain(writer.session, document, report, wanted, [hop.downstream_id for hop in wanted])
    present = {(hop.upstream_id, hop.downstream_id): hop for hop in held(writer, Attribution, report)}
    kept = [present.pop((hop.upstream_id, hop.downstream_id), None) for hop in wanted]
    for gone in present.values():
        writer.retire(gone)
    for hop, same in zip(wanted, kept, strict=True):
        if same is None:
            writer.add(hop)
        else:
            writer.change(same, {name: getattr(hop, name) for name in AttributionBase.model_fields})


def _hop(writer: Writer, report: Report, document: Document, given: AttributionCreate, field: str) -> Attribution:
    upstream = None
    if given.upstream is not None:
        upstream = referred(writer.session, Source, given.upstream, f"{field}.upstream")
    downstream = referred(writer.session, Source, given.downstream, f"{field}.downstream")
    values = given.model_dump(exclude={"upstream", "downstream"})
    values = spanned(document, values, "cue", f"{field}.cue", quote_of(report))
    return Attribution(
        **values,
        report_id=report.key,
        claim_id=report.claim_id,
        text_length=report.text_length,
        upstream_id=upstream.key if upstream else None,
        downstream_id=downstream.key,
    )
