"""Reconciliation of sources, as OpenRefine and its kin ask for it.

A query that is malformed is refused with its place (`queries.q0.limit`); whatever else a client sends along is let be,
since clients send what their version knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.exceptions import HTTPException

from api.addresses import base_of
from api.dependencies import Held
from api.strangers.crossing import crossing
from api.web.rendering import page
from provenance.errors import InvalidInput, NotFound
from provenance.exchange.addresses import page_of
from provenance.exchange.reconciling.asking import kinds_of, read_extension, read_queries, read_query
from provenance.exchange.reconciling.manifest import manifest
from provenance.exchange.reconciling.matching import described, matched
from provenance.exchange.reconciling.properties import extended, proposed
from provenance.exchange.reconciling.register import Register, register_of
from provenance.exchange.reconciling.suggesting import suggest_properties, suggest_sources, suggest_types
from provenance.extraction.sources.offices import office_called
from provenance.vocabulary import NameKind

router = APIRouter(prefix="/reconcile", include_in_schema=False)

Callback = Annotated[str | None, Query()]
Prefix = Annotated[str, Query(max_length=300)]
Fields = Mapping[str, str]
MOST_FIELDS = 20


@router.get("")
def ask(request: Request, engine: Held, callback: Callback = None) -> Response:
    """What the service is; or, with ``queries``, ``query`` or ``extend``, the same as when they are posted."""
    asked = _fields(request.scope["query_string"])
    answer = _answered(register_of(engine), asked)
    return crossing(manifest(base_of(request)) if answer is None else answer, callback)


async def _form(request: Request) -> Fields:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"The body is sent as {kind[:100] or 'nothing that is named'}. Send a form with `queries`: "
            "Content-Type: application/x-www-form-urlencoded.",
        )
    return _fields(await request.body())


@router.post("")
def ask_by_form(engine: Held, form: Annotated[Fields, Depends(_form)], callback: Callback = None) -> Response:
    """A batch of names, or a wish for further columns."""
    answer = _answered(register_of(engine), form)
    if answer is None:
        raise InvalidInput("queries: it is missing. Send the names as JSON in `queries`.", field="queries")
    return crossing(answer, callback)


@router.get("/suggest/entity")
def suggest_entity(
    engine: Held,
    prefix: Prefix,
    callback: Callback = None,
    cursor: Annotated[int, Query(ge=0, le=10**9)] = 0,
    type: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """Sources for what somebody has typed so far."""
    kinds = kinds_of(type or (), "type")
    return crossing({"result": suggest_sources(register_of(engine), prefix, kinds, cursor)}, callback)


@router.get("/suggest/type")
def suggest_type(prefix: Prefix, callback: Callback = None) -> Response:
    """Kinds of source for what somebody has typed so far."""
    return crossing({"result": suggest_types(prefix)}, callback)


@router.get("/suggest/property")
def suggest_property(prefix: Prefix, callback: Callback = None) -> Response:
    """Properties for what somebody has typed so far."""
    return crossing({"result": suggest_properties(prefix)}, callback)


@router.get("/properties")
def propose_properties(
    callback: Callback = None,
    type: Annotated[str | None, Query()] = None,
    limit: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """The properties with which further columns can be filled; all kinds of source have the same."""
    kinds_of([type] if type else (), "type")
    answer = {"properties": proposed(limit)} | ({"type": type} if type else {}) | ({"limit": limit} if limit else {})
    return crossing(answer, callback)


@router.get("/preview")
def preview(request: Request, engine: Held, id: Annotated[str, Query(max_length=60)]) -> Response:
    """A card of a source, which a client shows in a small frame of its own page."""
    source = register_of(engine).source(id)
    if source is None:
        raise NotFound(f"There is no source '{id}'. Take an id from an answer of /reconcile.")
    names = [each.name for each in source.names if each.kind is NameKind.ALIAS]
    shown: dict[str, Any] = {"source": source, "described": described(source), "others": names[:MOST_NAMES]}
    address = page_of(base_of(request), source.id)
    return page(request, "reconciling_preview.html", framed=True, address=address, **shown)


MOST_NAMES = 6  # as many as a small frame has room for


def _answered(register: Register, asked: Fields) -> dict[str, Any] | None:
    if "queries" in asked:
        batch = read_queries(asked["queries"])
        return {key: matched(register, one, office_called) for key, one in batch.items()}
    if "query" in asked:
        return matched(register, read_query(asked["query"]), office_called)
    if "extend" in asked:
        wanted = read_extension(asked["extend"])
        return extended(register, wanted.ids, wanted.properties)
    return None


def _fields(raw: bytes) -> Fields:
    """The fields of a form or an address, each by its name, the last of several."""
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS))
    except UnicodeDecodeError as broken:
        raise InvalidInput("queries: the form is not in UTF-8. Send it as UTF-8.", field="queries") from broken
    except ValueError as broken:
        raise InvalidInput(
            f"queries: the form has more than {MOST_FIELDS} fields. Send one field, `queries`.", field="queries"
        ) from broken
