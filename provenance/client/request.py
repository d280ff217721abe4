"""One question to a server as a value: what is sent, and how its answer is read. Nothing here opens a connection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import httpx
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, to_json

from provenance.client.errors import NotAsked, NotUnderstood

T = TypeVar("T")

# What is sent as a file: its bytes, a path, or a name with bytes.
Attachment = bytes | Path | tuple[str, bytes]
# What is sent as it is: bytes, text, or what stands at a path.
Content = bytes | str | Path


@dataclass(frozen=True, slots=True)
class Request(Generic[T]):
    """What is asked, and the type of its answer; ``bytes`` and ``None`` are answers without a model.

    ``path`` begins with a slash and is quoted already. ``body`` is of ``kind``, JSON if nothing else is said; ``form``
    is sent as a form with files.
    """

    method: str
    path: str
    answer: Any = field(compare=False)
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    kind: str = "application/json"
    form: tuple[tuple[str, Attachment | str], ...] = ()
    if_match: str | None = None
    if_none_match: str | None = None

    @property
    def repeatable(self) -> bool:
        """Whether asking twice is the same as asking once, so that a client may try again by itself."""
        return self.method == "GET"

    def read(self, response: httpx.Response) -> T:
        """The answer; a key that this client does not know yet is left out.

        :raises NotUnderstood: if it is not of the form that is expected.
        """
        if self.answer is None or self.answer is bytes:
            raw: Any = None if self.answer is None else response.content
            return raw  # type: ignore[no-any-return]
        try:
            return _reader(self.answer).validate_json(response.content, extra="ignore")  # type: ignore[no-any-return]
        except ValidationError as unlike:
            first = unlike.errors()[0]
            place = ".".join(map(str, first["loc"])) or "the whole answer"
            raise NotUnderstood(
                f"{response.url} answers in a form that this client does not know ({place}: {first['msg']}). Use the "
                "client of the server's version, and check that the address is that of a claim-provenance server."
            ) from unlike

    def sent(self) -> dict[str, Any]:
        """The arguments with which httpx builds it."""
        headers = {"Accept": "*/*" if self.answer is bytes else "application/json"}
        if self.body is not None:
            headers["Content-Type"] = self.kind
        if self.if_match is not None:
            headers["If-Match"] = self.if_match
        if self.if_none_match is not None:
            headers["If-None-Match"] = self.if_none_match
        files = [(name, _part(value)) for name, value in self.form]
        return {
            "method": self.method,
            "url": self.path,
            "params": list(self.query) or None,
            "content": self.body,
            "files": files or None,
            "headers": headers,
        }


@dataclass(frozen=True, slots=True)
class Tagged(Generic[T]):
    """An answer with the tag of its version: to change what was read and nothing newer, or to ask whether it changed.

    ``etag`` is None where the server gave none.
    """

    value: T
    etag: str | None
    request: Request[T]


def address(template: str, ids: tuple[object, ...]) -> str:
    """The path with each placeholder filled, in their order.

    >>> address("/v1/claims/{claim_id}/trace", ("clm_dozens",))
    '/v1/claims/clm_dozens/trace'

    :raises NotAsked: if what is given is no id.
    """
    rest = iter(ids)
    return "/".join(_segment(part, next(rest)) if part.startswith("{") else part for part in template.split("/"))


def query_of(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Parameters as they stand in an address; what is None is not asked, a list is asked once for each.

    >>> list(query_of({"q": None, "flag": ["zombie", "circular"], "dry_run": True}))
    [('flag', 'zombie'), ('flag', 'circular'), ('dry_run', 'true')]
    """
    for name, value in given.items():
        for each in value if isinstance(value, list | tuple) else [value]:
            if each is not None:
                yield name, _plain(name, each)


def body_of(given: Mapping[str, Any]) -> bytes:
    """Fields as JSON; None is null, which means something.

    :raises NotAsked: if a value cannot be told in JSON.
    """
    try:
        return to_json(given, inf_nan_mode="constants")
    except (PydanticSerializationError, UnicodeError) as unsendable:
        raise NotAsked(f"The body cannot be sent as JSON: {unsendable}. Give text, numbers and lists.") from None


def bytes_of(content: Content) -> bytes:
    """A file as it is sent: as it is, text as UTF-8, or what stands at a path.

    :raises NotAsked: if the text holds half a character, or the path leads to no file that can be read.
    """
    match content:
        case Path():
            return _read(content)
        case str():
            return _sendable("content", content).encode()
        case bytes():
            return content
        case _:
            raise NotAsked(f"content: {content!r} is no file. Give bytes, text or a path.", field="content")


def form_of(given: Mapping[str, Any]) -> Iterator[tuple[str, Attachment | str]]:
    """The parts of a form; what is None is not sent."""
    for name, value in given.items():
        if value is not None:
            yield name, value if isinstance(value, bytes | Path | tuple) else _plain(name, value)


def identifying(name: str, given: object, remedy: str = "Give its id.") -> str:
    """What names a record, as it was given.

    :raises NotAsked: if it is no text, or an empty one.
    """
    if not isinstance(given, str) or not given.strip():
        raise NotAsked(f"{name}: {given!r} names no record. {remedy}", field=name)
    return given


def _segment(placeholder: str, given: object) -> str:
    name = placeholder[1:-1]
    named = identifying(name, given)
    # These would be another address, which answers another question.
    if named in {".", ".."} or "/" in named:
        raise NotAsked(f"{name}: '{named}' is no id. Give that of a record.", field=name)
    return quote(_sendable(name, named), safe="")


def _plain(name: str, value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Enum():
            return str(value.value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return _sendable(name, str(value))


def _sendable(name: str, text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError as half:
        raise NotAsked(f"{name}: it holds half a character at {half.start}. Send whole ones.", field=name) from None
    return text


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as unreadable:
        why = unreadable.strerror or str(unreadable)
        raise NotAsked(f"{path} cannot be read ({why}). Give the path of a file.") from unreadable


def _part(value: Attachment | str) -> tuple[str | None, bytes]:
    match value:
        case str():
            return None, value.encode()
        case bytes():
            return "file", value
        case Path():
            return value.name, _read(value)
        case (name, content):
            return name, content


@lru_cache(maxsize=256)
def _reader(answer: Any) -> TypeAdapter[Any]:
    return TypeAdapter(answer)
