"""How long the server takes to draw a claim's page, and what it weighs: ``python -m benchmarks.pages``.

Pages are asked in process, so that no network and no client is measured with them. What stands in memory after the
first answer (templates, statements) is warm, as on a server that runs; traces are stored, charts are drawn anew.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx

from api.app import create_app
from benchmarks.data import STORY
from provenance.ingestion.stories import load_story
from provenance.settings import Settings, shipped
from provenance.storage.session import migrate

ROUNDS = 21
MOST_MS, MOST_KB = 100.0, 150.0


@dataclass(frozen=True)
class Drawn:
    """What one page takes: the medians of its rounds in milliseconds, and its size in kilobytes.

    ``busy`` is the time that the processor worked for it, which other programs on the machine do not lengthen as much.
    """

    name: str
    ms: float
    busy: float
    kb: float

    @property
    def within(self) -> bool:
        """Whether it keeps both limits."""
        return self.ms < MOST_MS and self.kb < MOST_KB


def main() -> int:
    """Measure and print; 1 if a page of a claim takes or weighs too much."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'pages.db'}"
        migrate(url)
        load_story(url, shipped("stories") / STORY)
        drawn = asyncio.run(_measured(url))
    for one in drawn:
        print(
            f"{one.ms:7.1f} ms ({one.busy:.1f} busy) {one.kb:7.1f} kB  {one.name}{'' if one.within else '  TOO MUCH'}"
        )
    print(f"limits: {MOST_MS:g} ms and {MOST_KB:g} kB; median of {ROUNDS}; load {os.getloadavg()[0]:.2f}")
    return 0 if all(one.within for one in drawn) else 1


async def _measured(url: str) -> Sequence[Drawn]:
    app = create_app()
    app.state.settings = Settings(database_url=url)
    async with app.router.lifespan_context(app), _client(app) as client:
        return [await _drawn(client, name, address) for name, address in await _addresses(client)]


def _client(app: object) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://pages.test")  # type: ignore[arg-type]


async def _addresses(client: httpx.AsyncClient) -> list[tuple[str, str]]:
    """The claim in most documents, the one whose trace is largest, a small one, and lists."""
    held = (await client.get("/v1/claims", params={"sort": "-documents", "limit": "200"})).json()["items"]
    sizes = {one["id"]: len((await client.get(f"/v1/claims/{one['id']}/trace")).content) for one in held}
    most, largest, smallest = held[0], max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__)
    return [
        (f"the claim in most documents ({most['documents']})", f"/claims/{most['id']}"),
        (f"the same, as of its first day ({most['first_published']})", f"/claims/{most['id']}?as_of=2022-01-06"),
        (f"the claim with the largest trace ({sizes[largest] / 1000:.0f} kB)", f"/claims/{largest}"),
        (f"the claim with the smallest trace ({sizes[smallest] / 1000:.0f} kB)", f"/claims/{smallest}"),
        ("the list of claims", "/claims"),
        ("the history of a claim", f"/claims/{most['id']}/history"),
    ]


async def _drawn(client: httpx.AsyncClient, name: str, address: str) -> Drawn:
    taken, busy = [], []
    for _ in range(ROUNDS + 1):
        started, worked = time.perf_counter(), time.process_time()
        answer = await client.get(address)
        taken.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}: {answer.text[:200]}")
    return Drawn(name, median(taken[1:]), median(busy[1:]), len(answer.content) / 1000)


if __name__ == "__main__":
    sys.exit(main())
