"""Whether the server runs, and whether it can answer; for whoever operates it."""

from __future__ import annotations

from fastapi import APIRouter

from api.dependencies import Held
from api.documented import shows_json
from api.schemas import Health
from provenance.storage.session import require_ready

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Is the server up?", responses=shows_json({"status": "up"}))
async def healthz() -> Health:
    """Answers as long as the process does; looks at nothing else."""
    return Health(status="up")


@router.get("/readyz", summary="Can it answer?", responses=shows_json({"status": "ready"}, problems=(503,)))
def readyz(engine: Held) -> Health:
    """Whether the database can be reached and has the schema that this version needs."""
    require_ready(engine)
    return Health(status="ready")
