"""Tables of claims: importing a CSV or XLSX file, and the saved mappings of their columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from pydantic import Field

from api.conditional import JSON, require_base, require_version, tagged, written
from api.dependencies import Reads, Writes
from api.documented import READ_ONE, page_of, retired, shows
from api.examples_sheets import COLUMNS, MAPPING, SHEET
from api.forms import FLAG, Form, described, form_of
from provenance.answers import Page
from provenance.answers_sheets import MappingItem, SheetAnswer
from provenance.errors import InvalidInput
from provenance.ingestion.sheets import SheetAsked, SheetMapping, import_sheet
from provenance.ingestion.sheets.mapping import mapping_from
from provenance.storage.reads import mappings as reads
from provenance.storage.reads.asked_sheets import MappingsAsked
from provenance.storage.record import Writable
from provenance.storage.session import writing
from provenance.storage.writes.mappings import forget_mapping, save_mapping
from provenance.vocabulary import ReportState

router = APIRouter(tags=["sheets"])

STATES = (ReportState.ACCEPTED.value, ReportState.PROPOSED.value)
TEXTS = {
    "mapping": "The name of a saved mapping, or JSON: for each field the heading of its column. Else it is guessed.",
    "save_mapping": "A name under which the mapping that was used is saved, if all rows are good.",
    "sheet": "The sheet of a workbook; else the first one with anything in it.",
    "event": "The event of rows that name none: its id or title.",
    "state": "What rows become that do not say it: accepted (the default) or proposed.",
    "dry_run": "true: write nothing, and answer what would be written.",
    "skip_bad": "true: write the good rows where some are bad; else nothing is written then.",
}
CHOICES = {"state": STATES, "dry_run": FLAG, "skip_bad": FLAG}
FILES = {"file": "A CSV or XLSX file with headings."}
MappingName = Annotated[str, Path(min_length=1, max_length=100, description="What people call the mapping.")]


class MappingGiven(Writable):
    """What a writer sends to save a mapping."""

    columns: dict[str, Any] = Field(
        description="For each field the heading of its column; for `published` an object with `column` and, where "
        "dates are written in figures, `dates` (day_first or month_first) and `zone` (such as +06:00)."
    )


@router.post(
    "/sheets",
    summary="Import a table of claims",
    response_model=SheetAnswer,
    responses=shows(SHEET, problems=(404, 409, 413, 415, 422)),
    openapi_extra=described("A table and how it is read.", TEXTS, FILES, ["file"], CHOICES),
)
def add_sheet(form: Annotated[Form, Depends(form_of(TEXTS, FILES))], write: Writes) -> Response:
    """Read a table with a claim in each row, and write each with its event, tally, document, chain and figure where
    they are not held; sent again, it changes nothing. Either all rows are written, or none; `errors` says what is
    wrong in which cell, and `written` whether anything was written.
    """
    if "file" not in form.files:
        raise InvalidInput("file: there is none. Send a CSV or XLSX file.", field="file")
    asked = _asked(form)
    upload = form.files["file"]
    answer = import_sheet(write.engine, upload.content, upload.name, asked, who=write.who, why=write.why)
    return Response(written(answer), media_type=JSON)


@router.get("/mappings", summary="List saved mappings", responses=page_of(MAPPING))
def list_mappings(asked: Annotated[MappingsAsked, Query()], session: Reads) -> Page[MappingItem]:
    """The saved mappings of columns, by name."""
    return reads.mappings(session, asked)


@router.get(
    "/mappings/{name}",
    summary="Read a saved mapping",
    response_model=MappingItem,
    responses=shows(MAPPING, problems=READ_ONE),
)
def read_mapping(name: MappingName, request: Request, session: Reads) -> Response:
    """Which column holds what, under one name."""
    return tagged(request, reads.mapping_detail(session, name))


@router.put(
    "/mappings/{name}",
    summary="Save a mapping",
    response_model=MappingItem,
    responses=shows(MAPPING, problems=(400, 412, 413, 415, 422, 428)),
)
def put_mapping(
    name: MappingName,
    body: Annotated[
        MappingGiven, Body(openapi_examples={"mapping": {"summary": "A table of tolls", "value": COLUMNS}})
    ],
    write: Writes,
    request: Request,
) -> Response:
    """Save a mapping under a name; in the place of what was saved under it, if If-Match says that this was read."""
    columns = mapping_from(body.columns).as_json()
    with writing(write.engine) as session:
        if reads.is_held(session, name):
            require_base(write.if_match)
            require_version(write.if_match, reads.mapping_detail(session, name))
        save_mapping(session, _name(name) or name, columns, write.who)
        return tagged(request, reads.mapping_detail(session, name))


@router.delete(
    "/mappings/{name}", status_code=204, response_class=Response, summary="Forget a mapping", responses=retired()
)
def delete_mapping(name: MappingName, write: Writes) -> Response:
    """Forget a saved mapping; what was imported with it stays."""
    with writing(write.engine) as session:
        require_version(write.if_match, reads.mapping_detail(session, name))
        forget_mapping(session, name)
    return Response(status_code=204)


def _asked(form: Form) -> SheetAsked:
    saved, mapping = _mapping(form.text("mapping"))
    state = form.text("state") or ReportState.ACCEPTED.value
    if state not in STATES:
        raise InvalidInput(f"state: '{state[:50]}' is no state of a new row; send accepted or proposed.", field="state")
    return SheetAsked(
        mapping=mapping,
        saved=saved,
        worksheet=form.text("sheet"),
        event=form.text("event"),
        state=ReportState(state),
        dry_run=form.flag("dry_run"),
        skip_bad=form.flag("skip_bad"),
        save_as=_name(form.text("save_mapping")),
    )


def _mapping(given: str | None) -> tuple[str | None, SheetMapping | None]:
    """The name of a saved mapping, or one that is sent itself."""
    if given is None or not given.lstrip().startswith("{"):
        return given, None
    try:
        said = json.loads(given)
    except (json.JSONDecodeError, RecursionError) as broken:
        raise InvalidInput(f"mapping: it is no JSON ({broken}). Send an object of fields.", field="mapping") from broken
    if not isinstance(said, Mapping):
        raise InvalidInput("mapping: it is no JSON object. Send an object of fields.", field="mapping")
    return None, mapping_from(said)


def _name(given: str | None) -> str | None:
    """A name under which a mapping may be saved."""
    if given is None:
        return None
    if len(given) > 100 or "/" in given or not given.isprintable() or given != given.strip():
        raise InvalidInput(
            "save_mapping: a name has 1 to 100 printable characters without a stroke (/). Choose another.",
            field="save_mapping",
        )
    return given
