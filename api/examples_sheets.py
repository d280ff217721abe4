"""The examples of tables of claims, and of copies: a row of a table of tolls, as a recorder keeps it."""

from __future__ import annotations

from datetime import UTC, datetime

from api.examples import CLAIM, DOCUMENT
from api.examples_intake import INGESTED
from provenance.answers_copies import CopyItem, IntakeAnswer
from provenance.answers_sheets import MappingItem, SheetAnswer, SheetFault, SheetRecord, SheetRowShown

COLUMNS = {
    "columns": {
        "claim_text": "Claim",
        "figure": "As printed",
        "publisher": "Outlet",
        "chain": "Source chain",
        "published": {"column": "Date", "dates": "day_first"},
    }
}
MAPPING = MappingItem(
    name="tolls",
    columns=COLUMNS["columns"],
    saved_by="api: a recorder",
    saved_at=datetime(2022, 1, 20, 12, tzinfo=UTC),
)
SHEET = SheetAnswer(
    written=False,
    dry_run=True,
    worksheet=None,
    mapping=COLUMNS["columns"],
    guessed=[],
    unread=["Checked by"],
    rows=2,
    good=1,
    bad=1,
    creates={"document": 1, "figure": 1, "report": 1},
    items=[
        SheetRowShown(
            row=2,
            id=None,
            claim=CLAIM.id,
            document=None,
            report=None,
            creates=[
                SheetRecord(noun="document", id=None, says="Tolls in Almaty (Tass)"),
                SheetRecord(noun="report", id=None, says="asserts: Saltanat Azirbek → Khabar 24 → Tass"),
                SheetRecord(noun="figure", id=None, says="dozens"),
            ],
            notes=[],
        )
    ],
    errors=[
        SheetFault(
            row=3,
            column="Date",
            field="published",
            value="31.02.2022",
            message="'2022-02-31' does not exist: day is out of range for month.",
            remedy="Correct the cell.",
        )
    ],
    notes=[],
)
COPY = CopyItem(
    id="cpy_k3vpaywalled24",
    document=DOCUMENT.id,
    media_type="image/png",
    size=184_223,
    sha256="5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef",
    url=None,
    recorded_from=datetime(2022, 1, 20, 12, tzinfo=UTC),
)
INTAKE = IntakeAnswer(**dict(INGESTED), copies=[COPY])
