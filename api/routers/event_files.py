"""An event as files: its figures in the columns that recorders of casualties keep, and a data package of all of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import IO, Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import Field

from api.conditional import names
from api.dependencies import Held, PublicId, Reads
from api.documented import table_responses
from api.methods import wants_headers_alone
from api.routers.tables import CSV, PARQUET
from provenance.analysis.moments import looking
from provenance.exchange.tables.as_csv import csv_of, line
from provenance.exchange.tables.as_parquet import parquet_of
from provenance.exchange.tables.columns import columns_of
from provenance.exchange.tables.ged import ged_rows
from provenance.exchange.tables.ged_asked import GedAsked
from provenance.exchange.tables.ged_row import GedRow
from provenance.exchange.tables.package import PackageAsked, version_of, write_package

router = APIRouter(prefix="/events", tags=["events"])

COLUMNS = columns_of(GedRow)
HEADER = line(column.name for column in COLUMNS)
ZIP = "application/zip"
A_PART = 1 << 16  # bytes


class GedCsvAsked(GedAsked):
    """What the table of an event's figures takes as CSV."""

    bom: bool = Field(default=False, description="Begin with the mark by which some spreadsheets know UTF-8.")


@router.get(
    "/{event_id}/ged.csv",
    summary="List an event's figures as UCDP GED does, as CSV",
    response_class=Response,
    responses=table_responses("text/csv", HEADER, (404, 422)),
)
def ged_as_csv(event_id: PublicId, asked: Annotated[GedCsvAsked, Query()], session: Reads) -> Response:
    """A row for each ruling on a tally of the event, and one for each claim and whom and where its figures count, in
    the columns of UCDP GED and some that tell how a row came about. Nothing is averaged or guessed: `best` is what a
    ruling names as one number, or what all documents print alike. What each column is, and when it is empty, stands in
    the description of the same table as Parquet.
    """
    rows = ged_rows(session, event_id, asked)
    return _file(csv_of(COLUMNS, [rows], bom=asked.bom), CSV, f"{event_id}-ged.csv")


@router.get(
    "/{event_id}/ged.parquet",
    summary="List an event's figures as UCDP GED does, as Parquet",
    response_class=Response,
    responses=table_responses(PARQUET, None, (404, 422)),
)
def ged_as_parquet(event_id: PublicId, asked: Annotated[GedAsked, Query()], session: Reads) -> Response:
    return _file(parquet_of(COLUMNS, [ged_rows(session, event_id, asked)]), PARQUET, f"{event_id}-ged.parquet")


ged_as_parquet.__doc__ = "The same table with types and lists.\n\n" + "\n".join(
    f"- `{column.name}`: {column.description}" for column in COLUMNS
)


@router.get(
    "/{event_id}/package.zip",
    summary="Take a whole event as a data package",
    response_class=Response,
    responses=table_responses(ZIP, None, (404, 422)),
)
def package_of_event(
    event_id: PublicId, asked: Annotated[PackageAsked, Query()], request: Request, engine: Held
) -> Response:
    """All tables of an event in one archive, as a Frictionless data package: `datapackage.json` with types, keys and
    meanings, a README for people, and as CSV the event, what was searched about it, its tallies, claims, sources with
    their names, ties and interests, documents (without their texts), reports with quotes, hops with what cut them,
    figures, flags, corrections, rulings, reviews, evidence with how it was verified, and where earlier ids lead.
    The same record gives the same bytes; `ETag` changes with whatever is written.
    """
    with looking(engine, asked.moment, steady=True) as session, ExitStack() as failing:
        current = f'"{version_of(session, event_id, asked)}"'
        if names(request.headers.get("if-none-match"), current):
            return Response(status_code=304, headers={"ETag": current})
        if wants_headers_alone(request):
            return _file(iter(()), ZIP, f"{event_id}.zip", ETag=current)
        file = failing.enter_context(TemporaryFile())
        write_package(session, event_id, asked, file)
        failing.pop_all()
    return _file(_parts(file), ZIP, f"{event_id}.zip", ETag=current)


def _file(parts: Iterator[bytes], kind: str, name: str, **more: str) -> Response:
    # The event was found, so its id is one of ours and fit for a name.
    headers = {"Content-Disposition": f'attachment; filename="{name}"', **more}
    return StreamingResponse(parts, media_type=kind, headers=headers)


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while part := file.read(A_PART):
            yield part
