"""The explorer of the API: every operation with its description, an example, and a form to try it.

It is drawn from the app's own description, so it cannot fall behind. A form that only reads works without scripts: it
goes to ``/explorer/go``, which puts what was typed into the address and leads there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlmodel import Session

from api.access.policy import STATED, Address, Needs
from api.addresses import base_of
from api.dependencies import Reads
from api.web.described import Noun, Operation, asking, coded, noun, nouns, ticked
from api.web.rendering import page
from provenance.access import who_asks
from provenance.errors import InvalidInput, NotFound
from provenance.storage.reads import asked, changes, claims, corrections, documents, events, figures, reports, sources
from provenance.storage.reads.asked_history import WholeHistoryAsked
from provenance.vocabulary import Role

router = APIRouter()

MOST_SEEN = 4  # fields of a form that are seen at once; a list has up to twenty filters
OPERATION = "operation"


@router.get("/docs")
def docs() -> Response:
    """Where many servers describe themselves."""
    return RedirectResponse("/explorer", 308)


@router.get("/explorer")
def explorer(request: Request) -> Response:
    """What can be asked and written, by noun."""
    document = request.app.openapi()
    return page(
        request,
        "explorer.html",
        title="The API: ask the same questions from a program",
        description="Every operation of the API, with its description, an example, and a form to try it.",
        json="/openapi.json",
        meaning=document["info"]["description"],
        nouns=nouns(document),
        base=base_of(request),
        ticked=ticked,
    )


@router.get("/explorer/go")
def go(request: Request) -> Response:
    """From a form to the address that it asks: parameters go where they belong, and empty ones nowhere.

    :raises NotFound: if there is no such operation.
    :raises InvalidInput: if a part of the address is empty.
    """
    given = request.query_params.multi_items()
    path = dict(given).get(OPERATION, "")
    operation = asking(request.app.openapi(), path)
    if operation is None:
        raise NotFound(f"There is no operation that reads '{path[:100]}'. The explorer lists all of them.")
    given = [(name, value) for name, value in given if name != OPERATION]
    for field in operation.taking("path"):
        value = _taken(given, field.name)
        path = path.replace(f"{{{field.name}}}", quote(value, safe=""))
    rest = urlencode([(name, value) for name, value in given if value.strip()])
    return RedirectResponse(f"{path}?{rest}" if rest else path, 303)


@router.get("/explorer/{name}")
def explore(request: Request, name: str, session: Reads) -> Response:
    """The operations on one noun.

    :raises NotFound: if there is no such noun.
    """
    document = request.app.openapi()
    found = noun(document, name)
    if found is None:
        raise NotFound(f"The API has no operations on '{name[:100]}'. The explorer lists what it has.")
    return page(
        request,
        "explorer_noun.html",
        title=f"The API: {name}",
        description=found.meaning,
        json="/openapi.json",
        crumbs=[("API", "/explorer")],
        noun=found,
        names=[each for each, _, _ in nouns(document)],
        held=_held(session, found),
        base=base_of(request),
        seen=seen,
        curl=curl,
        needed=needed,
        may=may,
        ticked=ticked,
        coded=coded,
    )


def seen(operation: Operation) -> int:
    """How many fields of its form are seen before the rest is unfolded: all where there are few."""
    fields = operation.taking("path", "query")
    needed = sum(field.required or field.name == "q" for field in fields)
    return len(fields) if len(fields) <= MOST_SEEN else max(needed, 2)


def needed(operation: Operation) -> Role | None:
    """Whose key it takes at the least; None where none is needed beyond reading."""
    needs = STATED.get(Address(operation.method, operation.path))
    return None if needs in (None, Needs.NOTHING, Needs.TO_READ) else needs.value


def may(operation: Operation) -> bool:
    """Whether whoever looks may do it with the key that they logged in with."""
    role = needed(operation)
    return role is None or who_asks().may(role)


def curl(operation: Operation, base: str, held: Mapping[str, str]) -> str:
    """The operation as a command line.

    >>> from api.web.described import Operation
    >>> trace = Operation("GET", "/v1/claims/{claim_id}/trace", "Trace", "", (), None, None, None, ())
    >>> curl(trace, "http://127.0.0.1:8000", {"claim_id": "clm_dozens"})
    "curl 'http://127.0.0.1:8000/v1/claims/clm_dozens/trace'"
    """
    path = operation.path
    for name, value in held.items():
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    method = "" if operation.method == "GET" else f"-X {operation.method} "
    key = f'-H "{KEY}" ' if needed(operation) else ""
    return f"curl {method}{key}{_sent(operation)}'{base}{path}'"


# The key itself stands in no command line, which shells remember and others on the machine see.
KEY = "Authorization: Bearer $PROVENANCE_KEY"


def _sent(operation: Operation) -> str:
    if operation.body is None:
        return ""
    if operation.body.example is not None:
        return "-H 'Content-Type: application/json' -d @body.json "
    return "".join(f"-F '{each.name}={'@file' if each.is_file else '…'}' " for each in operation.body.fields)


def _taken(given: list[tuple[str, str]], name: str) -> str:
    """The first value of that name, taken out: a filter may be called as a part of the address is."""
    place = next((place for place, (each, _) in enumerate(given) if each == name), None)
    value = "" if place is None else given.pop(place)[1].strip()
    if not value:
        raise InvalidInput(f"{name}: it is empty, and the address needs it. Give {name}.", field=name)
    return value


def _held(session: Session, about: Noun) -> dict[str, str]:
    """A record that is held, for each part of an address that has to name one: forms can be sent as they stand."""
    parts = {field.name for operation in about.operations for field in operation.taking("path")}
    found = {name: first(session) for name, first in FIRST.items() if name in parts}
    held = {name: identity for name, identity in found.items() if identity is not None}
    return held | {"noun": "claims"} if "record_id" in held else held


def _first_claim(session: Session) -> str | None:
    held = claims.claims(session, asked.ClaimsAsked(sort="-documents", limit=1)).items
    return held[0].id if held else None


def _first_change(session: Session) -> str | None:
    held = changes.whole_history(session, WholeHistoryAsked(limit=1)).items
    return held[0].change if held else None


def _first_of(page_of: Callable[[Session], list[str]]) -> Callable[[Session], str | None]:
    return lambda session: next(iter(page_of(session)), None)


FIRST: Mapping[str, Callable[[Session], str | None]] = {
    "claim_id": _first_claim,
    "record_id": _first_claim,
    "change_id": _first_change,
    "source_id": _first_of(lambda s: [each.id for each in sources.sources(s, asked.SourcesAsked(limit=1)).items]),
    "document_id": _first_of(
        lambda s: [each.id for each in documents.documents(s, asked.DocumentsAsked(limit=1)).items]
    ),
    "event_id": _first_of(lambda s: [each.id for each in events.events(s, asked.EventsAsked(limit=1)).items]),
    "tally_id": _first_of(lambda s: [each.id for each in events.tallies(s, asked.TalliesAsked(limit=1)).items]),
    "report_id": _first_of(lambda s: [each.id for each in reports.reports(s, asked.ReportsAsked(limit=1)).items]),
    "figure_id": _first_of(lambda s: [each.id for each in figures.figures(s, asked.FiguresAsked(limit=1)).items]),
    "correction_id": _first_of(
        lambda s: [each.id for each in corrections.corrections(s, asked.CorrectionsAsked(limit=1)).items]
    ),
}
