"""The coder's remarks as a list that a finding can be compared with: which row, which field, from what to what.

Only what can be seen in the data is marked detectable. That is decided from the rows, not from the remark's words:
a row differs from the usual value of its own statement, or repeats a claim that was withdrawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from provenance.ingestion.casebook_claims import Reading, Statement
from provenance.ingestion.casebook_reading import Casebook, Page, Remark, Row
from provenance.vocabulary import Stance

HEADER = ("claim_id", "field", "from", "to", "detectable", "type", "note")

# Which field of a row a kind of remark is about; the others are about words that the casebook does not hold.
FIELDS: Mapping[str, str] = {
    "figure_mutation": "figure",
    "transposed_digits": "figure",
    "magnitude_loss": "figure",
    "modifier_drift": "modifier",
    "measure_drift": "measure",
    "category_drift": "counted",
    "place_drift": "place",
    "time_drift": "as_of",
}
PRAISE = frozenset({"good_practice"})


def anomalies(book: Casebook, reading: Reading, withdrawn: Collection[str]) -> list[Sequence[object]]:
    """One line for each row that a remark is about, or one for the document where no row shows it."""
    usual = _usual_values(book)
    lines: list[Sequence[object]] = []
    for page in book.pages:
        for remark in page.remarks:
            if remark.type not in PRAISE:
                lines += _lines(page, remark, reading, usual, withdrawn)
    return lines


def _lines(
    page: Page,
    remark: Remark,
    reading: Reading,
    usual: Mapping[tuple[Statement, str], str | None],
    withdrawn: Collection[str],
) -> list[Sequence[object]]:
    if remark.type == "zombie":
        rows = [row for row in page.rows if _repeats(row, reading, withdrawn)]
        found: list[tuple[str | None, ...]] = [
            (row.claim_id, "correction", "withdrawn", "asserted", "yes") for row in rows
        ]
    else:
        field = FIELDS.get(remark.type, "")
        found = [
            (row.claim_id, field, usual[_statement(row), field], getattr(row, field), "yes")
            for row in page.rows
            if field and getattr(row, field) != usual[_statement(row), field]
        ]
    return [(*line, remark.type, remark.note) for line in found or [(page.id, "", "", "", "no")]]


def _repeats(row: Row, reading: Reading, withdrawn: Collection[str]) -> bool:
    asserted = reading.stance_of.get(_statement(row), Stance.ASSERTS) is Stance.ASSERTS
    return asserted and reading.claim_of[_statement(row)] in withdrawn


def _usual_values(book: Casebook) -> dict[tuple[Statement, str], str | None]:
    seen: dict[tuple[Statement, str], Counter[str | None]] = {}
    for _, row in book.rows:
        for field in set(FIELDS.values()):
            seen.setdefault((_statement(row), field), Counter())[getattr(row, field)] += 1
    return {key: values.most_common(1)[0][0] for key, values in seen.items()}


def _statement(row: Row) -> Statement:
    return row.origin_key, row.template
