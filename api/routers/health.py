"""Where to begin, whether the server runs, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import Held
from api.documented import shows_json
from provenance.answers_server import Entrance, Health
from provenance.storage.session import require_ready

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


@router.get("/v1", summary="Where to begin", responses=shows_json(ENTRANCE.model_dump()))
async def entrance() -> Entrance:
    """The explorer, the description, and some first questions."""
    return ENTRANCE


@router.get("/healthz", summary="Is the server up?", responses=shows_json({"status": "up"}))
async def healthz() -> Health:
    """Answers as long as the process does; looks at nothing else."""
    return Health(status="up")


@router.get("/readyz", summary="Can it answer?", responses=shows_json({"status": "ready"}, problems=(503,)))
def readyz(engine: Held) -> Health:
    """Whether the database can be reached and has the schema that this version needs."""
    require_ready(engine)
    return Health(status="ready")
