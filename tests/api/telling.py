"""An app on a fresh database, and the founding case told to it over HTTP: tests mention only what matters to them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from api.app import create_app
from provenance.settings import Settings
from tests.databases import Databases
from tests.keys import Keyed

Json = dict[str, Any]

# At every request httpx asks whether it runs under trio, and each time Python would look through all its folders for
# what is not installed. None says so at once.
sys.modules.setdefault("sniffio", None)  # type: ignore[arg-type]

KINDS = {
    "Saltanat Azirbek": "spokesperson",
    "Almaty police": "police",
    "Interior Ministry": "government_body",
    "Health Ministry": "government_body",
    "Eyewitness": "witness",
    "the authorities": "unnamed",
    "Khabar 24": "broadcaster",
    "Tass": "news_agency",
    "Interfax": "news_agency",
    "RIA": "news_agency",
    "Die Welt": "newspaper",
}


@dataclass
class Api:
    """Sends requests to the app in its own event loop, and remembers what was told by name."""

    app: FastAPI
    portal: BlockingPortal
    client: httpx.AsyncClient
    ids: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, address: str, **options: Any) -> httpx.Response:
        """One request and its answer; ``json`` may hold what only escapes can write, such as half a character.

        A change is one of whatever is there, unless it says which version it is based on; None: it says nothing.
        """
        if method in ("PATCH", "PUT", "DELETE"):
            given = {"If-Match": "*", **options.get("headers", {})}
            options["headers"] = {name: value for name, value in given.items() if value is not None}
        if "json" in options:
            options["content"] = json.dumps(options.pop("json"))
            options["headers"] = {"Content-Type": "application/json", **options.get("headers", {})}

        async def sent() -> httpx.Response:
            return await self.client.request(method, address, **options)

        return self.portal.call(sent)

    def get(self, address: str, **parameters: Any) -> Json:
        """What an address answers; the test fails if that is not 200."""
        answer = self.send("GET", address, params=parameters)
        assert answer.status_code == 200, answer.text
        body: Json = answer.json()
        return body

    def items(self, address: str, **parameters: Any) -> list[Json]:
        """The first page of a list."""
        items: list[Json] = self.get(address, **parameters)["items"]
        return items

    def post(self, address: str, **given: Any) -> Json:
        """What was created; the test fails if that is not 201."""
        answer = self.send("POST", address, json=given)
        assert answer.status_code == 201, answer.text
        body: Json = answer.json()
        return body

    def refused(self, method: str, address: str, status: int, **options: Any) -> Json:
        """The problem document that a request is refused with."""
        answer = self.send(method, address, **options)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        problem: Json = answer.json()
        assert problem["status"] == status
        return problem

    def source(self, name: str, kind: str | None = None, **more: Any) -> str:
        """The id of a source, added when it is first spoken of."""
        if name not in self.ids:
            kind = kind or KINDS.get(name, "newspaper")
            self.ids[name] = self.post("/v1/sources", name=name, kind=kind, **more)["id"]
        return self.ids[name]

    def event(self, title: str = "Unrest in Kazakhstan") -> str:
        """The id of an event, added when it is first spoken of."""
        if title not in self.ids:
            self.ids[title] = self.post("/v1/events", title=title)["id"]
        return self.ids[title]

    def claim(self, text: str = "Dozens of attackers were killed.", **more: Any) -> str:
        """The id of a new claim."""
        more.setdefault("event", self.event())
        identity: str = self.post("/v1/claims", text=text, **more)["id"]
        return identity

    def document(self, publisher: str, **more: Any) -> str:
        """The id of a new document."""
        identity: str = self.post("/v1/documents", publisher=self.source(publisher), **more)["id"]
        return identity

    def report(
        self, claim: str, *chain: str, figure: str | None = "dozens", document: Json | None = None, **more: Any
    ) -> Json:
        """A new report of a claim through a chain, origin first and publisher last."""
        ids = [self.source(name) for name in chain]
        hops = [{"upstream": up, "downstream": down} for up, down in pairwise(ids)]
        more.setdefault("attributions", hops)
        more.setdefault("document", self.document(chain[-1], **(document or {})))
        figures = [] if figure is None else [{"text": figure, "measure": "killed"}]
        return self.post("/v1/reports", claim=claim, figures=figures, **more)


@cache
def the_app() -> FastAPI:
    """One app for all tests: putting it together takes longer than most of them, and it holds nothing of its own."""
    return create_app()


# Tests deliver by hand what is to be delivered, and reach the app by a name that no machine has.
USUAL: dict[str, Any] = {"hooks_delivered_here": False, "host_names": "provenance.test"}


@contextmanager
def running(database_url: str, *, keyed: bool = True, **chosen: Any) -> Iterator[Api]:
    """The app on a database, started and stopped as a server does it.

    ``keyed``: whoever asks without a key is given one. ``chosen`` are further settings.
    """
    app = the_app()
    app.state.settings = Settings(database_url=database_url, **{**USUAL, **chosen})
    asked = Keyed(app, database_url) if keyed else app
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(app.router.lifespan_context(app)):
        # What a handler of unforeseen errors answers is looked at, too, so the transport must not raise them.
        transport = httpx.ASGITransport(asked, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url="http://provenance.test")
        try:
            yield Api(app, portal, client)
        finally:
            portal.call(client.aclose)


@dataclass(frozen=True)
class Story:
    """What was told once, and databases that begin with it: a clone takes a tenth of the time that telling does."""

    databases: Databases
    told: Json
    ids: dict[str, str]

    @contextmanager
    def running(self) -> Iterator[Api]:
        """The app on a database of one's own that holds the story."""
        with self.databases.fresh() as url, running(url) as api:
            api.ids.update(self.ids)
            yield api


@contextmanager
def story(databases: Databases, tell: Callable[[Api], Json]) -> Iterator[Story]:
    """Tell a story to the app on a fresh database, and keep it to be cloned."""
    with databases.fresh() as url:
        with running(url) as api:
            told = tell(api)
        yield Story(databases.like(url), told, api.ids)
