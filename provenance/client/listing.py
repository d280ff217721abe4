"""Lists: their records one after another, through as many pages as there are."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, ParamSpec, TypeVar, overload

from provenance.answers import Page
from provenance.client.files import AsyncFile, File
from provenance.client.operation import Described, Describing, Resource, signature_of
from provenance.client.request import Request
from provenance.client.talking import AsyncSender, Sender

P = ParamSpec("P")
T = TypeVar("T")


def lists(template: str, item: type[T]) -> Callable[[Describing[P]], Listing[P, T]]:
    """A list of such items."""

    def describe(says: Describing[P]) -> Listing[P, T]:
        # mypy takes the brackets for an expression of its own; at run time they name the model of a page.
        page: Any = Page[item]  # type: ignore[valid-type]
        return Listing(Described("GET", template, page, signature_of(says)))

    return describe


@dataclass(frozen=True)
class Pages(Generic[T]):
    """A list: its records one after another, through as many pages as there are; nothing is asked before."""

    request: Request[Page[T]]
    sender: Sender

    def __iter__(self) -> Iterator[T]:
        cursor: str | None = None
        while True:
            page = self.page(cursor)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def page(self, cursor: str | None = None) -> Page[T]:
        """One page: the first, or the one that ``next`` of another named."""
        return self.sender.send(_turned(self.request, cursor))

    def first(self) -> T | None:
        """The first record; None where there is none."""
        return next(iter(self.page().items), None)

    def csv(self) -> File:
        """The whole list as a table: its rows on all pages, with the same filters."""
        return File(_table(self.request, "csv"), self.sender)

    def parquet(self) -> File:
        """The same with types for its columns, for programs that compute."""
        return File(_table(self.request, "parquet"), self.sender)


@dataclass(frozen=True)
class AsyncPages(Generic[T]):
    """A list, for ``async for``."""

    request: Request[Page[T]]
    sender: AsyncSender

    async def __aiter__(self) -> AsyncIterator[T]:
        cursor: str | None = None
        while True:
            page = await self.page(cursor)
            for item in page.items:
                yield item
            cursor = page.next
            if cursor is None:
                return

    async def page(self, cursor: str | None = None) -> Page[T]:
        """One page: the first, or the one that ``next`` of another named."""
        return await self.sender.send(_turned(self.request, cursor))

    async def first(self) -> T | None:
        """The first record; None where there is none."""
        return next(iter((await self.page()).items), None)

    def csv(self) -> AsyncFile:
        """The whole list as a table."""
        return AsyncFile(_table(self.request, "csv"), self.sender)

    def parquet(self) -> AsyncFile:
        """The whole list as a table whose columns have types."""
        return AsyncFile(_table(self.request, "parquet"), self.sender)


@dataclass(frozen=True)
class Listing(Generic[P, T]):
    """A list that takes filters."""

    described: Described[P, Page[T]]

    @overload
    def __get__(self, noun: None, owner: type) -> Listing[P, T]: ...
    @overload
    def __get__(self, noun: Resource[Sender], owner: type) -> Callable[P, Pages[T]]: ...
    @overload
    def __get__(self, noun: Resource[AsyncSender], owner: type) -> Callable[P, AsyncPages[T]]: ...
    def __get__(self, noun: Any, owner: type) -> Any:
        if noun is None:
            return self
        made = Pages if isinstance(noun._sender, Sender) else AsyncPages
        return lambda *args, **kwargs: made(self.described.request(*args, **kwargs), noun._sender)


def _turned(request: Request[Page[T]], cursor: str | None) -> Request[Page[T]]:
    if cursor is None:
        return request
    others = tuple(pair for pair in request.query if pair[0] != "cursor")
    return replace(request, query=(*others, ("cursor", cursor)))


def _table(request: Request[Page[T]], kind: str) -> Request[bytes]:
    others = tuple(pair for pair in request.query if pair[0] != "cursor")
    return Request("GET", f"{request.path}.{kind}", bytes, others)
