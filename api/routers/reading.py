"""Reading an article without saving it: who is said to have said what, with which figures, when."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Response

from api.conditional import JSON
from api.dependencies import TurnToRead
from api.documented import given, shows
from api.examples_reading import READING
from provenance.answers_reading import ReadingAnswer
from provenance.ingestion.reading_one import ReadAsked, reading_of

router = APIRouter(prefix="/read", tags=["reading"])


@router.post(
    "",
    summary="Read an article without saving it",
    response_model=ReadingAnswer,
    responses=shows(READING, problems=(400, 413, 415, 422, 503)),
    dependencies=[TurnToRead],
)
def read_article(body: Annotated[ReadAsked, given("read")]) -> Response:
    """Attributed statements with their chains, figures as intervals, dates and zones, each with the rule that found it
    and how sure it is. These are a machine's proposals; nothing is saved, and no text leaves this machine.
    """
    return Response(json.dumps(reading_of(body), ensure_ascii=False), media_type=JSON)
