"""How a question is asked until it is answered: when to try again, what is an error. Written once, as steps that two
senders take: one waits, the other lets others go on meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from provenance.client.errors import Closed, NotAsked, NotUnderstood, Unreachable, error_of, retry_after
from provenance.client.request import Request, Tagged

T = TypeVar("T")

COMES_AGAIN = frozenset({HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS})
LONGEST_WAIT = 30.0  # seconds; a server that asks for more is left alone, and the caller told
FIRST_WAIT = 0.2


@dataclass(frozen=True, slots=True)
class Manners:
    """How one talks: with which key and why, and how often a question that changes nothing is asked again."""

    base: str
    key: str | None = field(default=None, repr=False)
    reason: str | None = None
    retries: int = 2
    follow: bool = True

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """Who asks; nothing for whoever has no key."""
        return [(b"Authorization", b"Bearer " + _key(self.key))] if self.key else []

    @property
    def writing_headers(self) -> list[tuple[bytes, bytes]]:
        """Who writes, and why; reasons in any script are sent as UTF-8."""
        why = [] if self.reason is None else [(b"Provenance-Reason", _one_line("reason", self.reason))]
        return [*self.headers, *why]


@dataclass(frozen=True, slots=True)
class Wait:
    """A step: let this many seconds go by."""

    seconds: float


Attempt = Request[Any]
Came = httpx.Response | httpx.TransportError
# What a sender is told to do next; it reports what came of an attempt, and after a wait nothing.
Steps = Generator[Attempt | Wait, Any, httpx.Response]
# Several questions, of which the later ones depend on the answers to the first.
Plan = Generator[Request[Any], Any, T]


def steps(request: Request[Any], manners: Manners) -> Steps:
    """Ask; where nothing came, or the server is not ready, wait and ask again, if asking changes nothing.

    :raises Unreachable: if no answer came.
    :raises ProblemError: if the server says that something is wrong.
    """
    waits = [FIRST_WAIT * 2.0**tried for tried in range(manners.retries if request.repeatable else 0)]
    while True:
        came: Came = yield request
        if isinstance(came, httpx.Response) and _is_answer(came):
            return came
        wait = _wait_after(came, waits.pop(0)) if waits else None
        if wait is None:
            raise _error(came, manners) from (came if isinstance(came, Exception) else None)
        yield Wait(wait)


def _error(came: Came, manners: Manners) -> Exception:
    if isinstance(came, httpx.Response):
        return error_of(came)
    what = f"{type(came).__name__}: {came}".removesuffix(": ")
    return Unreachable(f"{manners.base} does not answer ({what}). Check the address, and that the server runs.")


def _is_answer(response: httpx.Response) -> bool:
    return response.is_success or response.status_code == HTTPStatus.NOT_MODIFIED


def _wait_after(came: Came, usual: float) -> float | None:
    if isinstance(came, httpx.TransportError):
        return usual
    if came.status_code not in COMES_AGAIN:
        return None
    asked = retry_after(came)
    wait = usual if asked is None else asked
    return wait if wait <= LONGEST_WAIT else None


@dataclass(frozen=True, slots=True)
class Sender:
    """Takes the steps one after another, and waits for each."""

    http: httpx.Client
    manners: Manners

    def send(self, request: Request[T]) -> T:
        """The answer to one question."""
        return request.read(self._answered(request))

    def tagged(self, request: Request[T]) -> Tagged[T]:
        """The answer with the tag of its version."""
        response = self._answered(request)
        return Tagged(request.read(response), response.headers.get("etag"), request)

    def again(self, seen: Tagged[T]) -> Tagged[T]:
        """The same question once more: ``seen`` itself while nothing has changed."""
        response = self._answered(replace(seen.request, if_none_match=seen.etag))
        return _newer(seen, response)

    def carry_out(self, plan: Plan[T]) -> T:
        """The answer to a question that takes several."""
        answer: Any = None
        while True:
            try:
                request = plan.send(answer)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            answer = self.send(request)

    @contextmanager
    def stream(self, request: Request[bytes]) -> Iterator[Iterator[bytes]]:
        """The bytes of an answer as they arrive; a file of any size takes no more memory than a piece of it."""
        response = self._answered(request, stream=True)
        try:
            yield _whole(response)
        finally:
            response.close()

    def _answered(self, request: Request[Any], *, stream: bool = False) -> httpx.Response:
        told = steps(request, self.manners)
        came: Came | None = None
        while True:
            try:
                step = told.send(came)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            if isinstance(step, Wait):
                time.sleep(step.seconds)
            else:
                came = self._try(step, stream)

    def _try(self, request: Attempt, stream: bool) -> Came:
        try:
            response = self.http.send(
                _built(self.http, request, self.manners), stream=stream, follow_redirects=self.manners.follow
            )
            if stream and not response.is_success:
                response.read()
            return response
        except httpx.TransportError as failed:
            return failed
        except httpx.RequestError as failed:
            raise _garbled(request, failed) from failed


@dataclass(frozen=True, slots=True)
class AsyncSender:
    """Takes the same steps, and lets others go on meanwhile."""

    http: httpx.AsyncClient
    manners: Manners

    async def send(self, request: Request[T]) -> T:
        """The answer to one question."""
        return request.read(await self._answered(request))

    async def tagged(self, request: Request[T]) -> Tagged[T]:
        """The answer with the tag of its version."""
        response = await self._answered(request)
        return Tagged(request.read(response), response.headers.get("etag"), request)

    async def again(self, seen: Tagged[T]) -> Tagged[T]:
        """The same question once more: ``seen`` itself while nothing has changed."""
        response = await self._answered(replace(seen.request, if_none_match=seen.etag))
        return _newer(seen, response)

    async def carry_out(self, plan: Plan[T]) -> T:
        """The answer to a question that takes several."""
        answer: Any = None
        while True:
            try:
                request = plan.send(answer)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            answer = await self.send(request)

    @asynccontextmanager
    async def stream(self, request: Request[bytes]) -> AsyncIterator[AsyncIterator[bytes]]:
        """The bytes of an answer as they arrive."""
        response = await self._answered(request, stream=True)
        try:
            yield _whole_later(response)
        finally:
            await response.aclose()

    async def _answered(self, request: Request[Any], *, stream: bool = False) -> httpx.Response:
        told = steps(request, self.manners)
        came: Came | None = None
        while True:
            try:
                step = told.send(came)
            except StopIteration as done:
                return done.value  # type: ignore[no-any-return]
            if isinstance(step, Wait):
                await asyncio.sleep(step.seconds)
            else:
                came = await self._try(step, stream)

    async def _try(self, request: Attempt, stream: bool) -> Came:
        try:
            response = await self.http.send(
                _built(self.http, request, self.manners), stream=stream, follow_redirects=self.manners.follow
            )
            if stream and not response.is_success:
                await response.aread()
            return response
        except httpx.TransportError as failed:
            return failed
        except httpx.RequestError as failed:
            raise _garbled(request, failed) from failed


def _built(http: httpx.Client | httpx.AsyncClient, request: Attempt, manners: Manners) -> httpx.Request:
    if http.is_closed:
        raise Closed(f"The client of {manners.base} was closed. Open another one, and close it when all is asked.")
    built = http.build_request(**request.sent())
    built.headers.encoding = "utf-8"
    built.headers.update(manners.headers if request.method == "GET" else manners.writing_headers)
    return built


def _newer(seen: Tagged[T], response: httpx.Response) -> Tagged[T]:
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        return seen
    return Tagged(seen.request.read(response), response.headers.get("etag"), seen.request)


def _whole(response: httpx.Response) -> Iterator[bytes]:
    try:
        yield from response.iter_bytes()
    except (httpx.TransportError, httpx.DecodingError) as broken:
        raise _cut(response, broken) from broken


async def _whole_later(response: httpx.Response) -> AsyncIterator[bytes]:
    try:
        async for piece in response.aiter_bytes():
            yield piece
    except (httpx.TransportError, httpx.DecodingError) as broken:
        raise _cut(response, broken) from broken


def _cut(response: httpx.Response, broken: Exception) -> Unreachable:
    return Unreachable(f"{response.url} broke off before its end ({broken}). What came is not whole; ask again.")


def _garbled(request: Attempt, failed: Exception) -> NotUnderstood:
    if isinstance(failed, httpx.DecodingError):
        return NotUnderstood(f"{request.path} is packed in a way that cannot be undone ({failed}). Ask its operator.")
    return NotUnderstood(f"{request.path} leads nowhere ({failed}). Check that the address is that of our server.")


def _key(given: str) -> bytes:
    # What was given is never repeated: it may be a key with a line end behind it.
    if not isinstance(given, str) or not given.isascii() or not given.isprintable() or " " in given:
        raise NotAsked("key: it is none. Give it as it was shown: prv_…, without blanks around it.", field="key")
    return given.encode()


def _one_line(name: str, said: str) -> bytes:
    if not isinstance(said, str):
        raise NotAsked(f"{name}: {said!r} is no text. Say it in one line.", field=name)
    if any(ord(each) < ord(" ") for each in said):
        raise NotAsked(f"{name}: it has line breaks or control characters. Say it in one line.", field=name)
    try:
        return said.encode()
    except UnicodeEncodeError:
        raise NotAsked(f"{name}: it holds half a character, which nobody can send.", field=name) from None
