"""Somebody who asks through the client of the Model Context Protocol, and reads what is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from mcp.client import Client as Assistant
from mcp.types import CallToolResult

T = TypeVar("T")


def asked(assistant: Any, ask: Callable[[Assistant], Awaitable[T]]) -> T:
    """What an assistant is answered that connects to a server, an address or a process."""

    async def asking() -> T:
        async with Assistant(assistant) as client:
            return await ask(client)

    return asyncio.run(asking())


def content(answer: CallToolResult) -> dict[str, Any]:
    """What was answered, as data."""
    assert not answer.is_error, answer.content
    told: dict[str, Any] = answer.structured_content
    return told


def text(answer: CallToolResult) -> str:
    """What was answered, to be read."""
    [part] = answer.content
    assert part.type == "text"
    return part.text
