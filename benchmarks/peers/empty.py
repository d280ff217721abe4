"""What FastAPI costs when there is nothing to look up: an answer of a few bytes, and answers as long as a trace.

Called with the lengths: ``python -m benchmarks.peers.empty 15000 80000``.
"""

from __future__ import annotations

import sys

from fastapi import FastAPI, Response

from benchmarks.peers.serving import serve

app = FastAPI()


@app.get("/empty")
async def empty() -> dict[str, bool]:
    """The endpoint that everything else is measured against."""
    return {"ok": True}


def add_filled(length: int) -> None:
    """Add ``/filled/LENGTH``, which answers with so many bytes and does nothing else."""
    body = b" " * length

    @app.get(f"/filled/{length}")
    async def filled() -> Response:
        return Response(body, media_type="application/json")


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        add_filled(int(argument))
    serve(app)
