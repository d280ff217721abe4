"""The one way to the network: it looks a host up once, checks every answer, and connects to exactly what it checked.

A name whose second look-up leads into our own network (DNS rebinding) gains nothing: there is no second look-up.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore

from provenance.errors import Unfetchable
from provenance.ingestion.fetching.addresses import check_public, literal_address
from provenance.ingestion.fetching.deadline import Deadline, in_time

Resolver = Callable[[str], Sequence[str]]
MOST_TRIED = 4  # addresses of one host


def look_up(host: str) -> list[str]:
    """The addresses of a host, as the system's resolver knows them."""
    answers = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class GuardedNetwork(httpcore.NetworkBackend):
    """Connects through ``dialer``, to public addresses alone, until the deadline.

    It serves one fetch: within it, a host keeps the addresses that it had when it was checked.
    """

    def __init__(self, resolver: Resolver, dialer: httpcore.NetworkBackend, deadline: Deadline) -> None:
        self.resolver = resolver
        self.dialer = dialer
        self.deadline = deadline
        self.checked: dict[str, list[str]] = {}

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's checked addresses.

        :raises InvalidInput: if any of them is not public.
        :raises Unfetchable: if the host has none.
        """
        failed: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host)[:MOST_TRIED]:
            try:
                left = self.deadline.left(timeout)
                stream = self.dialer.connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as unreachable:
                failed = unreachable
            else:
                return TimedStream(stream, self.deadline)
        raise failed

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a socket of this machine is no page."""
        raise Unfetchable(f"{path} is a socket of this machine; give the address of a page.")

    def _addresses(self, host: str) -> list[str]:
        if host not in self.checked:
            self.checked[host] = [str(address) for address in self._public(host)]
        return self.checked[host]

    def _public(self, host: str) -> list[IPv4Address | IPv6Address]:
        literal = literal_address(host)
        answers = [literal] if literal is not None else self._looked_up(host)
        for answer in answers:
            check_public(answer, host)
        return answers

    def _looked_up(self, host: str) -> list[IPv4Address | IPv6Address]:
        try:
            answers = in_time(lambda: self.resolver(host), self.deadline.left())
        except (OSError, UnicodeError) as unknown:
            raise Unfetchable(f"{host} is not known to the name service; check how it is spelled.") from unknown
        if not answers:
            raise Unfetchable(f"{host} has no address; check how it is spelled.")
        return [ip_address(answer) for answer in answers]


class OpenNetwork(httpcore.NetworkBackend):
    """Connects through ``dialer`` to any address, also within our own network, until the deadline."""

    def __init__(self, dialer: httpcore.NetworkBackend, deadline: Deadline) -> None:
        self.dialer = dialer
        self.deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to whatever the host's name leads to."""
        left = self.deadline.left(timeout)
        return TimedStream(self.dialer.connect_tcp(host, port, left, local_address, socket_options), self.deadline)


class TimedStream(httpcore.NetworkStream):
    """A connection on which no wait goes beyond the deadline of the whole."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.deadline.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, self.deadline.left(timeout))
        return TimedStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)
