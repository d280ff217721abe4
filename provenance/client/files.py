"""Answers that are files, of any size."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, ParamSpec, overload

from provenance.client.operation import Described, Describing, Resource, signature_of
from provenance.client.request import Request
from provenance.client.talking import AsyncSender, Sender

P = ParamSpec("P")


def downloads(template: str) -> Callable[[Describing[P]], Download[P]]:
    """A file."""

    def describe(says: Describing[P]) -> Download[P]:
        return Download(Described("GET", template, bytes, signature_of(says)))

    return describe


@dataclass(frozen=True)
class File:
    """An answer that is a file: all of it, its pieces as they arrive, or written where it belongs."""

    request: Request[bytes]
    sender: Sender

    def read(self) -> bytes:
        """All of it."""
        return self.sender.send(self.request)

    def pieces(self) -> Iterator[bytes]:
        """Its pieces as they arrive."""
        with self.sender.stream(self.request) as pieces:
            yield from pieces

    def save(self, path: Path | str) -> int:
        """Write it to a file; how many bytes it has."""
        with self.sender.stream(self.request) as pieces, Path(path).open("wb") as file:
            return sum(map(file.write, pieces))


@dataclass(frozen=True)
class AsyncFile:
    """An answer that is a file, without waiting."""

    request: Request[bytes]
    sender: AsyncSender

    async def read(self) -> bytes:
        """All of it."""
        return await self.sender.send(self.request)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Its pieces as they arrive."""
        async with self.sender.stream(self.request) as pieces:
            async for piece in pieces:
                yield piece

    async def save(self, path: Path | str) -> int:
        """Write it to a file; how many bytes it has."""
        size = 0
        with Path(path).open("wb") as file:
            async for piece in self.pieces():
                size += file.write(piece)
        return size


@dataclass(frozen=True)
class Download(Generic[P]):
    """An operation that answers with a file."""

    described: Described[P, bytes]

    @overload
    def __get__(self, noun: None, owner: type) -> Download[P]: ...
    @overload
    def __get__(self, noun: Resource[Sender], owner: type) -> Callable[P, File]: ...
    @overload
    def __get__(self, noun: Resource[AsyncSender], owner: type) -> Callable[P, AsyncFile]: ...
    def __get__(self, noun: Any, owner: type) -> Any:
        if noun is None:
            return self
        made = File if isinstance(noun._sender, Sender) else AsyncFile
        return lambda *args, **kwargs: made(self.described.request(*args, **kwargs), noun._sender)
