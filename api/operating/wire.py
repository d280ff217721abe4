"""Bounds what may stand before a body, and how long a request may take to come: the parser below has neither bound.

Whoever sends headers without end would fill the memory, and whoever sends a byte a minute would keep a connection for
ever. ``provenance serve`` names `Wire` to the server, in words.
"""

from __future__ import annotations

import json
from asyncio import TimerHandle
from http import HTTPStatus
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_ADDRESS = 16_000  # bytes of path and query; a long question is sent as a body
MOST_HEADERS = 64_000  # bytes of all names and values
MOST_LINES = 200  # headers
# Bytes of which the parser passes nothing on, as of a header that never ends: it keeps them all.
MOST_UNHEARD = 128_000
SECONDS_TO_SEND = 60.0  # for one request, its body included; a file of 30 MB needs half a megabyte a second

TOLD = {
    HTTPStatus.REQUEST_URI_TOO_LONG: f"The address is longer than {MOST_ADDRESS:,} bytes. Ask for less at once.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"The headers are more than {MOST_LINES} or longer than "
    f"{MOST_HEADERS:,} bytes. Send fewer.",
    HTTPStatus.BAD_REQUEST: "What was sent is not HTTP, or names no Host, or two. Send a request as RFC 9112 has it.",
    HTTPStatus.REQUEST_TIMEOUT: f"The request did not come whole within {SECONDS_TO_SEND:.0f} seconds. Send it again.",
}


class Wire(HttpToolsProtocol):
    """A connection that is told what is wrong and closed once it sends too much, or too slowly."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._awaited: TimerHandle | None = None
        self._whole = True
        self._length = self._lines = self._hosts = self._unheard = 0

    def connection_made(self, transport: Any) -> None:
        """Wait for a request, but not for ever."""
        super().connection_made(transport)
        self._await()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; what is whole at once, as nearly every request is, is never timed."""
        if self.transport.is_closing():
            return
        self._unheard += len(data)
        super().data_received(data)
        if self._unheard > MOST_UNHEARD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if self._whole:
            self._stop_waiting()
        elif self._awaited is None:
            self._await()

    def on_message_begin(self) -> None:
        """Count anew."""
        self._whole = False
        self._length = self._lines = self._hosts = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        self._unheard = 0
        super().on_url(url)
        if len(self.url) > MOST_ADDRESS:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._unheard = 0
        self._length += len(name) + len(value)
        self._lines += 1
        self._hosts += name.lower() == b"host"
        if self._length > MOST_HEADERS or self._lines > MOST_LINES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Answer, unless it was refused already."""
        if self._hosts > 1 or (not self._hosts and self.parser.get_http_version() == "1.1"):
            self._refuse(HTTPStatus.BAD_REQUEST)
        if not self.transport.is_closing():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._unheard = 0
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """It is whole."""
        self._whole = True
        self._unheard = 0
        if not self.transport.is_closing():
            super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Refuse what the parser cannot read; ``msg`` is the server's own word for it."""
        self._refuse(HTTPStatus.BAD_REQUEST)

    def _await(self) -> None:
        self._awaited = self.loop.call_later(SECONDS_TO_SEND, self._too_slow)

    def _stop_waiting(self) -> None:
        if self._awaited is not None:
            self._awaited.cancel()
            self._awaited = None

    def _too_slow(self) -> None:
        self._awaited = None
        if self._whole:
            # Nothing was begun.
            self.transport.close()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _refuse(self, status: HTTPStatus) -> None:
        if self.transport.is_closing():
            return
        if self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete:
            # A second answer would only garble the one that is under way.
            self.transport.close()
            return
        problem: dict[str, object] = {
            "type": f"urn:provenance:problem:http-{status.value}",
            "title": status.phrase,
            "status": status.value,
            "detail": TOLD[status],
            "instance": "",
            "errors": [],
        }
        body = json.dumps(problem).encode()
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\ncontent-type: application/problem+json\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(head.encode("ascii") + body)
        self.transport.close()
