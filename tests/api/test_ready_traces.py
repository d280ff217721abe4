"""A trace that is stored and current is sent before any route is looked for; whatever else is asked goes on."""

from __future__ import annotations

import httpx
import pytest
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.trace_route import ReadyTraces
from tests.api.telling import Api


async def _on(scope: Scope, receive: Receive, send: Send) -> None:
    await Response(status_code=418)(scope, receive, send)


def _sent(api: Api, method: str, address: str, **headers: str) -> httpx.Response:
    ready = ReadyTraces(_on)

    async def within(scope: Scope, receive: Receive, send: Send) -> None:
        await ready({**scope, "app": api.app}, receive, send)

    async def sent() -> httpx.Response:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(within), base_url="http://provenance.test"
        ) as client:
            return await client.request(method, address, headers=headers)

    return api.portal.call(sent)


def test_a_ready_trace_is_what_the_app_answers(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Khabar 24", "Tass")
    address = f"/v1/claims/{claim}/trace"

    ready, answered = _sent(api, "GET", address), api.send("GET", address)

    # What stands before every answer, whoever made it, adds headers of its own.
    assert (ready.status_code, ready.content) == (200, answered.content)
    assert ready.headers.items() <= answered.headers.items()
    assert _sent(api, "GET", address, **{"If-None-Match": ready.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("GET", "/v1/claims/CLAIM/trace?as_of=2022-01-06"),
        ("GET", "/v1/claims/CLAIM"),
        ("GET", "/v1/claims/clm_unknown/trace"),
        ("GET", "/v1/claims/trace"),
        ("GET", "/v1/claims//trace"),
        ("HEAD", "/v1/claims/CLAIM/trace"),
        ("DELETE", "/v1/claims/CLAIM/trace"),
    ],
)
def test_what_is_no_ready_trace_goes_on_to_the_app(api: Api, method: str, address: str) -> None:
    claim = api.claim()

    assert _sent(api, method, address.replace("CLAIM", claim)).status_code == 418
