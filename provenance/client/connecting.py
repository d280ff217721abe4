"""The two clients: one waits for each answer, the other lets others go on meanwhile. Both ask the same.

::

    with Client("http://127.0.0.1:8000", key=os.environ["PROVENANCE_KEY"], reason="desk of 6 January") as client:
        for claim in client.claims.list(q="dozens"):
            print(claim.text, client.claims.trace(claim.id).independence.verdict)
"""

from __future__ import annotations

import os
import ssl
from dataclasses import replace
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import httpx

from provenance.client.errors import NotAsked
from provenance.client.nouns import Nouns
from provenance.client.request import Tagged
from provenance.client.talking import AsyncSender, Manners, Sender

T = TypeVar("T")

PATIENCE = 30.0  # seconds
VARIABLE = "PROVENANCE_KEY"


class Client(Nouns[Sender]):
    """Asks a server, and waits for each answer.

    ``key`` says who asks: it is sent with everything, to this server alone, and the history names its owner; left out,
    it is taken from the variable PROVENANCE_KEY, and "" is none. ``reason`` is kept with everything that is written. A
    question that changes nothing is asked again up to ``retries`` times where no answer comes, the server is not ready
    or asks to come again; nothing else is ever sent twice. The
    address of a record that was merged into another leads there, unless ``follow`` is False: then
    :class:`~provenance.client.Moved` is raised.
    """

    def __init__(
        self,
        base: str,
        *,
        timeout: float | None = PATIENCE,
        key: str | None = None,
        reason: str | None = None,
        retries: int = 2,
        follow: bool = True,
        verify: ssl.SSLContext | bool = True,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        manners = _manners(base, key, reason, retries, follow)
        http = httpx.Client(base_url=manners.base, timeout=timeout, verify=verify, transport=transport)
        super().__init__(Sender(http, manners))

    def signed(self, key: str | None = None, reason: str | None = None) -> Client:
        """The same connection with another key or for another reason; what is not named stays."""
        return _over(Client, replace(self._sender, manners=_signed(self._sender.manners, key, reason)))

    def again(self, seen: Tagged[T]) -> Tagged[T]:
        """What was read with ``.tagged(...)``, asked once more: ``seen`` itself while nothing has changed."""
        return self._sender.again(seen)

    def close(self) -> None:
        """Close its connections."""
        self._sender.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class AsyncClient(Nouns[AsyncSender]):
    """Asks a server without waiting; takes what :class:`Client` takes."""

    def __init__(
        self,
        base: str,
        *,
        timeout: float | None = PATIENCE,
        key: str | None = None,
        reason: str | None = None,
        retries: int = 2,
        follow: bool = True,
        verify: ssl.SSLContext | bool = True,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        manners = _manners(base, key, reason, retries, follow)
        http = httpx.AsyncClient(base_url=manners.base, timeout=timeout, verify=verify, transport=transport)
        super().__init__(AsyncSender(http, manners))

    def signed(self, key: str | None = None, reason: str | None = None) -> AsyncClient:
        """The same connection with another key or for another reason; what is not named stays."""
        return _over(AsyncClient, replace(self._sender, manners=_signed(self._sender.manners, key, reason)))

    async def again(self, seen: Tagged[T]) -> Tagged[T]:
        """What was read with ``.tagged(...)``, asked once more: ``seen`` itself while nothing has changed."""
        return await self._sender.again(seen)

    async def close(self) -> None:
        """Close its connections."""
        await self._sender.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()


C = TypeVar("C", bound=Nouns[Any])


def _over(kind: type[C], sender: Any) -> C:
    client = kind.__new__(kind)
    Nouns.__init__(client, sender)
    return client


def _manners(base: str, key: str | None, reason: str | None, retries: int, follow: bool) -> Manners:
    if not _is_address(base):
        raise NotAsked(f"{base!r} is no address of a server. Give one such as http://127.0.0.1:8000.", field="base")
    return _checked(
        Manners(base.rstrip("/"), os.environ.get(VARIABLE) if key is None else key, reason, retries, follow)
    )


def _is_address(base: object) -> bool:
    if not isinstance(base, str) or base.split() != [base]:
        return False
    try:
        parts = urlsplit(base)
        _ = parts.port, httpx.URL(base)
    except (ValueError, httpx.InvalidURL):
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _signed(manners: Manners, key: str | None, reason: str | None) -> Manners:
    return _checked(replace(manners, key=manners.key if key is None else key, reason=reason or manners.reason))


def _checked(manners: Manners) -> Manners:
    # Building the headers is what finds fault with them; better here than at the first thing that is written.
    _ = manners.writing_headers
    return manners
