"""Puts the app together: what it needs while it runs, its routes and pages, and how it describes itself.

Start it with ``uvicorn --factory api.app:create_app``; ``provenance serve`` does.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from types import ModuleType
from typing import Annotated, Any, TypeGuard

from anyio import to_thread
from fastapi import APIRouter, Depends, FastAPI, Query
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from api import examples, problems
from api.access.described import with_access
from api.access.eyes import Eyes
from api.access.guard import Guard, Rules, held_to_its_rule
from api.access.headers import Headers
from api.access.limiting import Shares
from api.access.policy import rules_of
from api.access.uses import Uses
from api.delivery import Delivery
from api.dependencies import PublicId, known_parameters_only, one_json_object, readable_parameters_only
from api.documented import READ_ONE, shows, with_problem_schema, with_versions, with_whole_examples
from api.exact import with_exact_parameters
from api.forms import READ_THERE
from api.limits import BodyLimit
from api.methods import Allowed, Heads
from api.operating.auditing import Auditing
from api.operating.figures import Board
from api.operating.observed import Observed
from api.operating.readiness import Watchman
from api.routers import (
    claimreview,
    claims,
    corrections,
    deciding,
    desk,
    documents,
    drift,
    event_files,
    events,
    evidence,
    figures,
    flags,
    graphs,
    health,
    history,
    hooks,
    ingesting,
    intake,
    keys,
    match,
    merging,
    provenance,
    publishing,
    reading,
    redactions,
    reports,
    reviews,
    rulings,
    search,
    sheets,
    source_parts,
    sources,
    tables,
    tallies,
    visibility,
    vocabulary,
    web_annotations,
    what_if,
    whole_copies,
)
from api.strangers import claimreview_feed, fact_check_tools, feeds, reconciliation
from api.strangers.crossing import Crossing
from api.trace_route import ReadyTraces, TraceRoute
from api.turns import ReadingInTurn, reading_turns
from api.undertaking import Undertakings
from api.web import pages
from api.web.compressed import Compressed
from provenance.answers_trace import Trace
from provenance.settings import Settings
from provenance.settings import settings as settings_of_this_process
from provenance.storage.reads.asked import MomentAsked
from provenance.storage.reads.hot import open_traces
from provenance.storage.session import make_engine, require_ready
from provenance.storage.taking_turns import turns_of

DESCRIPTION = """
A database that knows where a claim came from: every claim and figure, each hop it travelled, and how much of that is
independent. It measures reporting, never truth.

**Lists** answer `{"items": [...], "next": cursor or null}`; send `next` as `cursor`, with the same parameters, for the
next page. A parameter that an address under `/v1` does not know is refused, never ignored. Sources are shown by name
with their id beside (`publisher`, `publisher_id`), other records by id with a label beside (`event`, `event_title`).
Dates have no more digits than are known.

**Records** carry an `ETag`. Send it as `If-None-Match` to be answered 304 while nothing has changed. PATCH and DELETE
need it as `If-Match` (else 428), and are refused (412) if somebody else was faster; `*` writes over whatever is there.

**A write** that is sent again under the same `Idempotency-Key`, such as a UUID, is written once and answered the same.
What must wait or be sent again says when: 429 and 503 with `Retry-After`.

**Keys** are sent as `Authorization: Bearer prv_…`. Writing needs one, and what each operation needs stands with it; a
reader, contributor, editor or admin may all that those before may. The append-only history names the key's owner, and
why they write if `Provenance-Reason` says so.

**HEAD** is answered wherever GET is. **DELETE** lets a record hold no longer; it stays in the history.

**Errors** are problem documents (RFC 9457) that name the field at fault and the remedy.
"""
NOUNS = (
    claims,
    drift,
    graphs,
    figures,
    sources,
    source_parts,
    documents,
    deciding,
    reports,
    web_annotations,
    events,
    event_files,
    tallies,
    flags,
    reviews,
    claimreview,
    evidence,
    corrections,
    what_if,
    rulings,
    desk,
    publishing,
    merging,
    redactions,
    history,
    hooks,
    reading,
    ingesting,
    intake,
    sheets,
    tables,
    whole_copies,
    provenance,
    search,
    match,
    vocabulary,
    keys,
    visibility,
)
# Interfaces of others: what they take and answer is described by those who defined them, and not here.
STRANGERS: tuple[ModuleType, ...] = (
    claimreview_feed,
    fact_check_tools,
    reconciliation,
    feeds,
)
TAGS = {
    "claims": "Checkable assertions as they were put into the world, and who they are really from.",
    "figures": "The quantities that reports print: an interval with a qualifier, never a bare number.",
    "sources": "Who can speak or publish, under which names, and how they are tied to each other.",
    "documents": "Published artefacts as they were retrieved.",
    "reports": "A document states a claim: with which words, and through which chain.",
    "proposals": "What a machine read, until a person accepts it; and how often each of its rules is right.",
    "events": "What happened, and what was searched about it.",
    "tallies": "What is being counted in an event.",
    "flags": "What the rules found, and the catalogue of the rules.",
    "reviews": "A person's or fact-checker's verdict with reasons.",
    "evidence": "Material that does not speak: a video, a list of names, a court file.",
    "corrections": "What somebody did to an earlier statement; it deletes nothing.",
    "rulings": "What an editor decided and signed, beside what is reported and never over it.",
    "desk": "What a desk keeps about its own work: states, notes, whom it asked, watches, and what to do next.",
    "history": "Who changed which record, when and why; a change is undone by another one.",
    "hooks": "Who is told over HTTP when a flag is raised or a correction arrives, and what became of each message.",
    "reading": "Read an article: who is said to have said what, with which figures, when; nothing is saved.",
    "intake": "Take articles in: what they state becomes proposals, which count for nothing until accepted.",
    "sheets": "Tables of claims that people keep, as CSV or XLSX, and the saved mappings of their columns.",
    "exchange": "Everything that is held, for another database.",
    "tables": "Every list as Parquet, for statistics and databases; as CSV it stands with its noun.",
    "search": "Find records by words.",
    "match": "Whether a claim is known already, whatever its wording.",
    "vocabulary": "Every term and its meaning.",
    "keys": "Who may come in, and what they may do.",
    "visibility": "Who may see which record.",
    "health": "Where to begin; whether the server runs and can answer.",
}


def create_app(settings: Settings | None = None) -> FastAPI:
    """The app, with these settings or those of the process."""
    app = FastAPI(
        title="Claim provenance",
        version=version("claim-provenance"),
        summary="Who is this really from, and how many independent origins does it have?",
        description=DESCRIPTION,
        license_info={"name": "MIT", "identifier": "MIT"},
        openapi_tags=[{"name": name, "description": description} for name, description in TAGS.items()],
        docs_url=None,
        redoc_url=None,
        lifespan=_running,
        dependencies=[Depends(held_to_its_rule), Depends(readable_parameters_only)],
    )
    # It would lead to whatever host the request names; `problems` leads to the same place without naming any.
    app.router.redirect_slashes = False
    app.state.settings = settings or settings_of_this_process()
    problems.install(app)
    app.add_middleware(Undertakings)
    app.add_middleware(ReadingInTurn)
    app.add_middleware(Crossing)
    app.add_middleware(Compressed)
    app.add_middleware(BodyLimit, larger=READ_THERE)
    app.add_middleware(ReadyTraces)
    app.add_middleware(Heads)
    app.router.routes.insert(0, _trace_route())
    api = APIRouter(prefix="/v1", dependencies=[Depends(known_parameters_only), Depends(one_json_object)])
    for noun in NOUNS:
        api.include_router(noun.router)
    app.include_router(api)
    for stranger in STRANGERS:
        app.include_router(stranger.router)
    app.include_router(health.router)
    pages.install(app)
    app.add_middleware(Eyes)
    app.add_middleware(Guard, rules=Rules.of(rules_of(app)))
    app.state.board = Board()
    app.state.board.gauge("writers_waiting", "Writes that wait for their turn.", lambda: _writers_waiting(app))
    app.add_middleware(Observed, board=app.state.board, auditing=Auditing())
    app.add_middleware(Headers)
    operations = _operations(app)
    every = [*operations, *pages.addresses()]
    app.state.allowed = Allowed(every)
    app.state.endpoints = {(method, path): route.endpoint for path, route in every for method in route.methods or ()}
    app.openapi = _described(app, operations)  # type: ignore[method-assign]
    return app


THREADS = 40


@asynccontextmanager
async def _running(app: FastAPI) -> AsyncIterator[None]:
    chosen: Settings = app.state.settings
    url = chosen.database_url
    app.state.engine = make_engine(url, writers=chosen.writers_waiting, seconds=chosen.question_seconds)
    # Who waits for their turn to write holds a thread, so there is one more for each that may.
    to_thread.current_default_thread_limiter().total_tokens = THREADS + chosen.writers_waiting
    app.state.reading_turns = reading_turns()
    require_ready(app.state.engine)
    app.state.traces = await open_traces(url)
    app.state.shares, app.state.uses = Shares(), Uses(app.state.engine)
    app.state.uses.start()
    delivery = app.state.delivery = Delivery(app.state.settings)
    if app.state.settings.hooks_delivered_here:
        delivery.start()
    app.state.watchman, app.state.stopping = Watchman(), False
    yield
    app.state.stopping = True
    await to_thread.run_sync(delivery.stop)
    await to_thread.run_sync(app.state.uses.stop)
    await app.state.traces.close()
    app.state.engine.dispose()


def _writers_waiting(app: FastAPI) -> int:
    return turns_of(app.state.engine).waiting


def read_trace(claim_id: PublicId, asked: Annotated[MomentAsked, Query()]) -> None:
    """The whole proof: origins and parties with the ties that join them, chokepoints, every report with its declared
    paths, other accounts, corrections, flags, and sentences made from the counts. Sent as it was computed when
    something that it depends on was last written; with `as_of` or `known_at`, computed for that moment.
    """


def _trace_route() -> TraceRoute:
    return TraceRoute(
        "/v1/claims/{claim_id}/trace",
        read_trace,
        methods=["GET"],
        response_model=Trace,
        tags=["claims"],
        summary="Trace a claim: who is it really from?",
        responses=shows(examples.TRACE, problems=(308, *READ_ONE)),
    )


def _operations(app: FastAPI) -> list[tuple[str, APIRoute]]:
    routers = [("/v1", noun.router) for noun in NOUNS] + [("", health.router)]
    inner = [(prefix + route.path, route) for prefix, router in routers for route in router.routes if is_ours(route)]
    return inner + [(route.path, route) for route in app.routes if is_ours(route) and route.include_in_schema]


def _described(app: FastAPI, operations: list[tuple[str, APIRoute]]) -> Callable[[], dict[str, Any]]:
    describe = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            with_exact_parameters(
                with_access(with_whole_examples(with_versions(with_problem_schema(describe())), operations))
            )
        return describe()

    return described


def is_ours(route: BaseRoute) -> TypeGuard[APIRoute]:
    """Whether it is an operation that we describe."""
    return isinstance(route, APIRoute)
