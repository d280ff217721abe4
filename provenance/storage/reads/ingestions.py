"""Runs of bulk ingest, in a list and in full with what could not be read."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from pydantic import Field
from sqlmodel import Session

from provenance.answers import Page
from provenance.answers_intake import IngestionDetail, IngestionItemShown, NotTaken
from provenance.errors import NotFound
from provenance.storage.reads.asked import Paged
from provenance.storage.reads.intake import failures
from provenance.storage.reads.paging import Keys, turn
from provenance.storage.reads.rows import TABLES, Found, rows
from provenance.vocabulary import TakenIn

run, entry = TABLES["ingestion_run"], TABLES["ingestion_item"]

TOLD = 200  # failures
LARGEST = 2**31 - 1


class IngestionsAsked(Paged):
    """What the list of runs takes."""

    sort: Literal["started", "-started"] = Field(default="started", description="By when it was started.")


def ingestions(session: Session, asked: IngestionsAsked) -> Page[IngestionItemShown]:
    """A page of runs, with what each came to."""
    found, following = turn(session, _items(), asked, ORDERS)
    return Page[IngestionItemShown](items=[IngestionItemShown(**_plain(row)) for row in found], next=following)


def ingestion_detail(session: Session, public_id: str) -> IngestionDetail:
    """One run; raises :class:`NotFound`."""
    number = public_id.removeprefix("run_")
    key = int(number) if number.isascii() and number.isdigit() and len(number) < 11 else 0
    found = rows(session, _items().add_columns(run.c.options).where(run.c.id == key)) if 0 < key <= LARGEST else []
    if not found or public_id != f"run_{key}":
        raise NotFound(f"There is no ingestion '{public_id}'. List what there is with GET /v1/ingestions.")
    [row] = found
    failed = [NotTaken(key=item.key, reason=item.reason or "") for item in failures(session, key, TOLD)]
    return IngestionDetail(**_plain(row), options=row["options"], failures=failed)


ORDERS: dict[str, Keys] = {"started": (run.c.id,)}


def _items() -> sa.Select[Any]:
    counted = (
        sa.select(
            entry.c.run_id,
            sa.func.sum(entry.c.reports).label("reports"),
            *(
                sa.func.sum(sa.case((entry.c.outcome == outcome, 1), else_=0)).label(str(outcome))
                for outcome in TakenIn
            ),
        )
        .group_by(entry.c.run_id)
        .subquery()
    )
    sums = ("reports", *map(str, TakenIn))
    return sa.select(
        run.c.id.label("key"),
        *(run.c[name] for name in ("origin", "who", "started_at", "finished_at")),
        *(sa.func.coalesce(counted.c[name], 0).label(name) for name in sums),
    ).select_from(run.outerjoin(counted, counted.c.run_id == run.c.id))


def _plain(row: Found) -> dict[str, Any]:
    shown = {name: row[name] for name in IngestionItemShown.model_fields if name in row}
    return shown | {"id": f"run_{row['key']}"}
