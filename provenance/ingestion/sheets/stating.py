"""Makes the report that a row says is in a document: its quote held to the text, its chain, its figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from provenance.declared import Actor, Declared, Hop, check_declared
from provenance.errors import InvalidInput
from provenance.ingestion.sheets.faults import Unfit
from provenance.ingestion.sheets.fields import SheetField
from provenance.ingestion.sheets.wanted import WantedRow
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.figure import Figure, FigureBase
from provenance.storage.report import Report
from provenance.storage.source import Source
from provenance.storage.writes.figures import check_figure
from provenance.storage.writes.spans import quote_of, quoted, spanned
from provenance.vocabulary import Manner, ReportState

Hops = tuple[tuple[Source | None, Source], ...]
PROPOSER = "spreadsheet"


def hops_of(steps: Sequence[Sequence[Source]], publisher: Source) -> Hops:
    """The hops of a chain that leads to its publisher; the publisher at the chain's own end is no hop of its own.

    :raises Unfit: where two names lead to one source, or the publisher stands inside its own chain.
    """
    kept = list(steps)
    if kept and [source.key for source in kept[-1]] == [publisher.key]:
        kept.pop()
    keys = [source.key for step in kept for source in step]
    if len(set(keys)) < len(keys) or publisher.key in keys:
        twice = next(s for step in kept for s in step if keys.count(s.key) > 1 or s.key == publisher.key)
        raise Unfit(
            SheetField.CHAIN,
            f"'{twice.name}' stands in it twice, under two of its names or as its publisher.",
            "Name each source once, origin first and publisher last.",
        )
    hops: list[tuple[Source | None, Source]] = []
    for place, step in enumerate(kept):
        after = kept[place + 1] if place + 1 < len(kept) else [publisher]
        named: Sequence[Source | None] = step or [None]
        hops += [(source, downstream) for source in named for downstream in after]
    _check(hops, publisher)
    return tuple(hops)


def report_of(row: WantedRow, document: Document | None, claim: Claim | None) -> Report:
    """The report of a row, its quote found in the document's text where that is held.

    :raises InvalidInput: where the words are not in it.
    """
    if document is None or claim is None:
        raise InvalidInput("document: there is none for this row; name its publisher.", field="document")
    values: dict[str, Any] = dict.fromkeys(("quote", "quote_start", "quote_end", "quote_prefix", "quote_suffix"))
    values = quoted(document, values | dict(row.report))
    return Report(
        **values,
        state=row.state,
        extractor=PROPOSER if row.state is ReportState.PROPOSED else None,
        document_id=document.key,
        claim_id=claim.key,
        text_length=document.text_length,
    )


def figure_of(row: WantedRow, document: Document | None, report: Report) -> Figure | None:
    """The figure of a row, held to the text as the quote is; None where it gives none.

    :raises Unfit: where number, bounds and qualifier contradict each other, or the words are not in the text.
    """
    if row.figure is None or document is None:
        return None
    try:
        values = spanned(document, dict(row.figure), "text", "figure", quote_of(report))
    except InvalidInput as missing:
        message = missing.message.removeprefix("figure: ")
        raise Unfit(SheetField.FIGURE, message, "Write the figure as the document prints it.") from missing
    own: dict[str, Any] = {name: values.get(name) for name in FigureBase.model_fields}
    return Figure(**own, report_id=0, claim_id=report.claim_id, text_length=report.text_length)


def check_numbers(figure: dict[str, Any]) -> None:
    """Whether a figure's qualifier, number and bounds tell one story.

    :raises InvalidInput: naming what contradicts the others.
    """
    check_figure({**dict.fromkeys(("value", "low", "high")), **figure}, "figure")


def _check(hops: Sequence[tuple[Source | None, Source]], publisher: Source) -> None:
    everybody = [publisher, *(down for _, down in hops), *(up for up, _ in hops if up is not None)]
    declared = tuple(Hop(up.key if up else None, down.key, Manner.VIA) for up, down in hops)
    try:
        check_declared(
            Declared(0, 0, publisher.key, declared),
            {source.key: Actor(source.key, source.name, source.kind) for source in everybody},
        )
    except InvalidInput as refused:
        wrong, _, remedy = refused.message.removeprefix("Report 0: ").partition("; ")
        field = SheetField.PUBLISHER if refused.field == "publisher" else SheetField.CHAIN
        raise Unfit(field, f"{wrong[:1].upper()}{wrong[1:]}.", remedy or "Correct the chain.") from refused
