"""Every list as a table: CSV for spreadsheets, Parquet for statistics and databases, with the filters of the list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from inspect import Parameter, Signature
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from api.dependencies import Held, PublicId, check_rules
from api.documented import table_responses
from provenance.exchange.tables.as_csv import csv_of, line
from provenance.exchange.tables.as_parquet import parquet_of
from provenance.exchange.tables.columns import Column
from provenance.exchange.tables.lists import LISTS, Listed, pages, whole

router = APIRouter()
CSV = "text/csv; charset=utf-8; header=present"
PARQUET = "application/vnd.apache.parquet"
BOM: Any = (
    bool,
    Field(default=False, description="Begin with the mark by which some spreadsheets know that it is UTF-8."),
)

CSV_TELLS = """The list of {what} as comma-separated values (RFC 4180, UTF-8), all of it unless `limit` says otherwise;
rows are sent as they are read. The first row names the columns. Values of a list are parted by ` | `, sources of a
path by ` > `. A text that a spreadsheet would run as a formula has an apostrophe in front, and so has one that begins
with an apostrophe.

{columns}"""
PARQUET_TELLS = """The list of {what} as Parquet, all of it unless `limit` says otherwise: numbers, lists, and instants
in UTC keep their types, and each column carries its meaning.

{columns}"""


def _add(listed: Listed) -> None:
    what = listed.name.replace("-", " ") + (f" of a {listed.within}" if listed.within else "")
    names = ", ".join(f"`{column.name}`" for column in listed.columns)
    columns = f"Columns: {names}. Each is what the field of that name is in the JSON of the list; `a_b` is `b` in `a`."
    told = {"what": what, "columns": columns}
    problems = (404, 422) if listed.within else (422,)
    header = line(column.name for column in listed.columns)
    router.add_api_route(
        f"/{listed.path}.csv",
        _endpoint(listed, "csv", whole(listed, bom=BOM), _as_csv),
        summary=f"List {what} as CSV",
        description=CSV_TELLS.format(**told),
        tags=[listed.heading],
        response_class=Response,
        responses=table_responses("text/csv", header, problems),
    )
    router.add_api_route(
        f"/{listed.path}.parquet",
        _endpoint(listed, "parquet", whole(listed), _as_parquet),
        summary=f"List {what} as Parquet",
        description=PARQUET_TELLS.format(**told),
        tags=["tables"],
        response_class=Response,
        responses=table_responses(PARQUET, None, problems),
    )


Pages = Iterator[Sequence[Any]]
Written = Callable[[Sequence[Column], Pages, Any], Response]


def _endpoint(listed: Listed, form: str, model: type[BaseModel], written: Written) -> Callable[..., Response]:
    """An endpoint with the signature of its list, from which the framework reads what may be asked."""

    def answer(asked: Any, engine: Any, **of: str) -> Response:
        for name in ("flag", "rule"):
            if isinstance(keys := getattr(asked, name, None), list):
                check_rules(keys, name)
        found = _begun(pages(engine, listed, asked, *of.values()))
        response = written(listed.columns, found, asked)
        response.headers["Content-Disposition"] = f'attachment; filename="{listed.key}.{form}"'
        return response

    hints: dict[str, Any] = {"asked": Annotated[model, Query()], "engine": Held}
    if listed.within:
        hints[f"{listed.within}_id"] = PublicId
    parameters = [Parameter(name, Parameter.KEYWORD_ONLY, annotation=hint) for name, hint in hints.items()]
    answer.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
    answer.__annotations__ = {**hints, "return": Response}
    answer.__name__ = f"{form}_of_{listed.key.replace('-', '_')}"
    return answer


def _begun(found: Pages) -> Pages:
    # Whatever is wrong with the question shows in the first page, while it can still be told.
    return chain([next(found)], found)


def _as_csv(columns: Sequence[Column], found: Pages, asked: Any) -> Response:
    return StreamingResponse(csv_of(columns, found, bom=asked.bom), media_type=CSV)


def _as_parquet(columns: Sequence[Column], found: Pages, asked: Any) -> Response:
    return StreamingResponse(parquet_of(columns, found), media_type=PARQUET)


for each in LISTS:
    _add(each)
