"""An operation of the server, described once: a method whose signature says what it takes, without a body.

``@gets("/v1/claims/{claim_id}/trace", Trace)`` makes of ``def trace(self, claim: str, /, as_of=None)`` what a waiting
client calls and gets a ``Trace``, and what an asynchronous one awaits. Positional arguments fill the path in their
order; ``etag`` is sent as If-Match; the others are parameters of a question and fields of what is written.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload

from provenance.client.request import Request, Tagged, address, body_of, bytes_of, form_of, query_of
from provenance.client.talking import AsyncSender, Plan, Sender

P = ParamSpec("P")
T = TypeVar("T")
S = TypeVar("S", bound=Sender | AsyncSender)

WRITES = frozenset({"POST", "PUT", "PATCH"})


class Resource(Generic[S]):
    """What can be asked about one noun, through a sender."""

    def __init__(self, sender: S) -> None:
        self._sender = sender


@dataclass(frozen=True)
class Described(Generic[P, T]):
    """Where an operation is and what it answers; ``signature`` is that of the method that describes it.

    ``parameters`` name what a writing operation takes in its address. ``sent_as_form``: its fields are a form;
    ``sent_as_file``: it takes ``content``, a file of the media type ``kind``, and no fields.
    """

    method: str
    template: str
    answer: Any
    signature: inspect.Signature = field(compare=False)
    parameters: frozenset[str] = frozenset()
    sent_as_form: bool = False
    sent_as_file: bool = False

    def request(self, *args: P.args, **kwargs: P.kwargs) -> Request[T]:
        """What is sent for these arguments; raises TypeError as any call with wrong arguments does."""
        ids, given = self._bound(args, kwargs)
        etag = given.pop("etag", None)
        if self.sent_as_file:
            content, kind = given.pop("content"), given.pop("kind", self._default("kind"))
            path = address(self.template, ids)
            return Request(self.method, path, self.answer, tuple(query_of(given)), bytes_of(content), kind)
        written = {name: given.pop(name) for name in [*given] if self._is_written(name)}
        return Request(
            self.method,
            address(self.template, ids),
            self.answer,
            query=tuple(query_of(given)),
            body=body_of(written) if self.method in WRITES and not self.sent_as_form else None,
            form=tuple(form_of(written)) if self.sent_as_form else (),
            if_match=None if etag is None else str(etag),
        )

    def _bound(self, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[tuple[object, ...], dict[str, Any]]:
        arguments = dict(self.signature.bind(*args, **kwargs).arguments)
        kinds = {name: parameter.kind for name, parameter in self.signature.parameters.items()}
        in_path = [arguments.pop(name) for name, kind in kinds.items() if kind is Parameter.POSITIONAL_ONLY]
        fields: dict[str, Any] = {}
        for name in [name for name, kind in kinds.items() if kind is Parameter.VAR_KEYWORD]:
            fields = arguments.pop(name, {})
        return tuple(in_path), arguments | fields

    def _default(self, name: str) -> Any:
        return self.signature.parameters[name].default

    def _is_written(self, name: str) -> bool:
        return self.method in WRITES and name not in self.parameters


@dataclass(frozen=True)
class Call(Generic[P, T]):
    """A question that is asked by calling it."""

    described: Described[P, T]
    sender: Sender

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.sender.send(self.described.request(*args, **kwargs))

    def tagged(self, *args: P.args, **kwargs: P.kwargs) -> Tagged[T]:
        """The answer with the tag of its version."""
        return self.sender.tagged(self.described.request(*args, **kwargs))


@dataclass(frozen=True)
class AsyncCall(Generic[P, T]):
    """A question that is asked by awaiting it."""

    described: Described[P, T]
    sender: AsyncSender

    async def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.sender.send(self.described.request(*args, **kwargs))

    async def tagged(self, *args: P.args, **kwargs: P.kwargs) -> Tagged[T]:
        """The answer with the tag of its version."""
        return await self.sender.tagged(self.described.request(*args, **kwargs))


@dataclass(frozen=True)
class Operation(Generic[P, T]):
    """One answer to one question."""

    described: Described[P, T]
    __doc__: str | None = None

    @overload
    def __get__(self, noun: None, owner: type) -> Operation[P, T]: ...
    @overload
    def __get__(self, noun: Resource[Sender], owner: type) -> Call[P, T]: ...
    @overload
    def __get__(self, noun: Resource[AsyncSender], owner: type) -> AsyncCall[P, T]: ...
    def __get__(self, noun: Any, owner: type) -> Any:
        if noun is None:
            return self
        made = Call if isinstance(noun._sender, Sender) else AsyncCall
        return made(self.described, noun._sender)


@dataclass(frozen=True)
class Planned(Generic[P, T]):
    """A question that takes several operations, of which the later depend on the answers to the first."""

    plan: Callable[Concatenate[Any, P], Plan[T]]

    @overload
    def __get__(self, noun: None, owner: type) -> Planned[P, T]: ...
    @overload
    def __get__(self, noun: Resource[Sender], owner: type) -> Callable[P, T]: ...
    @overload
    def __get__(self, noun: Resource[AsyncSender], owner: type) -> Callable[P, Awaitable[T]]: ...
    def __get__(self, noun: Any, owner: type) -> Any:
        if noun is None:
            return self
        return lambda *args, **kwargs: noun._sender.carry_out(self.plan(noun, *args, **kwargs))


Describing = Callable[Concatenate[Any, P], None]


def signature_of(says: Callable[..., None]) -> inspect.Signature:
    """What a method takes besides itself."""
    signature = inspect.signature(says)
    return signature.replace(parameters=list(signature.parameters.values())[1:])


def gets(template: str, answer: type[T]) -> Callable[[Describing[P]], Operation[P, T]]:
    """A question."""
    return _operation("GET", template, answer)


def posts(
    template: str, answer: type[T], *, parameters: Iterable[str] = (), form: bool = False, file: bool = False
) -> Callable[[Describing[P]], Operation[P, T]]:
    """Something new, or a question with a body."""
    return _operation("POST", template, answer, frozenset(parameters), form, file)


def patches(template: str, answer: type[T]) -> Callable[[Describing[P]], Operation[P, T]]:
    """A change of the fields that are given."""
    return _operation("PATCH", template, answer)


def puts(template: str, answer: type[T]) -> Callable[[Describing[P]], Operation[P, T]]:
    """The whole record anew."""
    return _operation("PUT", template, answer)


def deletes(template: str) -> Callable[[Describing[P]], Operation[P, None]]:
    """A record holds no longer."""
    return _operation("DELETE", template, None)


def planned(plan: Callable[Concatenate[Any, P], Plan[T]]) -> Planned[P, T]:
    """A question that takes several."""
    return Planned(plan)


def _operation(
    method: str, template: str, answer: Any, parameters: frozenset[str] = frozenset(), *sent_as: bool
) -> Callable[[Describing[P]], Operation[P, Any]]:
    def describe(says: Describing[P]) -> Operation[P, Any]:
        return Operation(Described(method, template, answer, signature_of(says), parameters, *sent_as), says.__doc__)

    return describe
