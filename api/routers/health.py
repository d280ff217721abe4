"""Where to begin, whether the server runs and can answer, and its figures for whoever watches it."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.documented import shows_json
from api.operating.figures import CONTENT_TYPE
from provenance.access import who_asks
from provenance.answers_server import Entrance, Health
from provenance.errors import KeyNeeded

router = APIRouter(tags=["health"])


ENTRANCE = Entrance(
    title="Claim provenance: who is this really from?",
    explorer="/explorer",
    description="/openapi.json",
    first_questions={
        "What do you hold about some words?": "/v1/search?q=dozens",
        "Which claims are held?": "/v1/claims?q=dozens",
        "Who is a claim really from?": "/v1/claims/{id}/trace",
        "Which figures are unverified, and what would clear them?": "/v1/figures?flag=unverified_figure&limit=5",
        "What do the words mean?": "/v1/vocabulary",
    },
)


FIGURES = """# HELP provenance_requests_in_flight Requests under way.
# TYPE provenance_requests_in_flight gauge
provenance_requests_in_flight 1.0
"""


@router.get("/v1", summary="Where to begin", responses=shows_json(ENTRANCE.model_dump()))
async def entrance() -> Entrance:
    """The explorer, the description, and some first questions."""
    return ENTRANCE


@router.get("/healthz", summary="Is the server up?", responses=shows_json({"status": "up"}))
async def healthz() -> Health:
    """Answers as long as the process does; looks at nothing else."""
    return Health(status="up")


@router.get("/readyz", summary="Can it answer?", responses=shows_json({"status": "ready"}, problems=(503,)))
async def readyz(request: Request) -> Health:
    """Whether the database answers within two seconds, has the schema that this version needs and can be written to,
    and the server is not about to stop. The problem document says what is wrong.
    """
    await request.app.state.watchman.require_ready(request.app)
    return Health(status="ready")


@router.get(
    "/metrics",
    summary="Figures for Prometheus",
    response_class=Response,
    responses={200: {"description": "The figures.", "content": {"text/plain": {"example": FIGURES}}}},
)
async def metrics(request: Request) -> Response:
    """Requests by the shape of their address, how long they took, what was refused, and how the database is.

    Where others than this machine can reach the server, whoever asks needs a key, also where reading is open.
    """
    state = request.app.state
    if state.settings.reachable_by_others and who_asks().role is None:
        raise KeyNeeded("The server's figures need the key of a reader. Send it as `Authorization: Bearer prv_…`.")
    kept = await state.watchman.upkeep(state.engine)
    return Response(state.board.shown(kept), media_type=CONTENT_TYPE)
