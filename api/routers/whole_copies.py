"""Everything that is held, as a file that another database can take over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool

from api.dependencies import Held
from api.documented import shows_files
from api.examples_whole_copies import LINES
from provenance.exchange.everything.exporting import export
from provenance.storage.reads.asked_everything import EverythingAsked

router = APIRouter(tags=["exchange"])

MEDIA_TYPE = "application/x-ndjson"


@router.get(
    "/export.jsonl",
    summary="Take along everything",
    response_class=Response,
    responses=shows_files({MEDIA_TYPE: LINES}, problems=(422,)),
)
def read_everything(asked: Annotated[EverythingAsked, Query()], engine: Held) -> StreamingResponse:
    """Everything that is held, from one moment, as JSON Lines: a head, a line for each row in each of its states, and
    an end with the SHA-256 of what stands before, without which the file was cut off. Another database takes it over
    with `provenance import` and then answers as this one does. It holds proposals, desk notes and full texts, so keep
    it as you keep the database.
    """
    portions = export(engine)
    # What stands in the way of the first lines is still told with its status; later the file lacks its end.
    first = next(portions)
    headers = {"Content-Disposition": 'attachment; filename="provenance.jsonl"', "Cache-Control": "no-store"}
    return StreamingResponse(_sent(first, portions), headers=headers, media_type=MEDIA_TYPE)


async def _sent(first: bytes, portions: Generator[bytes, None, Any]) -> AsyncIterator[bytes]:
    try:
        yield first
        async for portion in iterate_in_threadpool(portions):
            yield portion
    finally:
        # Whoever hangs up would otherwise leave the transaction open until somebody tidies up.
        portions.close()
