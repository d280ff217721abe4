"""One request and its answer, within bounds: headers, size on the wire, size unpacked, and time."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import httpcore
import httpx

from provenance.errors import Unfetchable
from provenance.ingestion.fetching.deadline import Deadline, TooLate
from provenance.ingestion.fetching.network import GuardedNetwork

PATIENCE = 15.0  # seconds for one single wait; the deadline bounds them all
BODILESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers: its status, its headers by lower-case name, and its content, unpacked."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """What the server declares the content to be, without parameters; empty if it does not."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


class Exchange:
    """Asks servers over the guarded network, for the time of one fetch."""

    def __init__(self, network: GuardedNetwork, deadline: Deadline) -> None:
        self.deadline = deadline
        self.pool = httpcore.ConnectionPool(ssl_context=tls(), network_backend=network, max_connections=4)

    def close(self) -> None:
        """Close the connections."""
        self.pool.close()

    def get(self, url: httpx.URL, headers: Mapping[str, str], most: int, *, cut: bool = False) -> Answer:
        """The answer to one request; redirects are answers too, of which only the headers are read.

        :param most: bytes that the content may have; ``cut``: read no more of it, instead of refusing it.
        :raises Unfetchable: if there is no whole answer within the bounds; InvalidInput for a forbidden address.
        """
        try:
            with self.pool.stream("GET", _target(url), headers=_headers(url, headers), extensions=TIMEOUTS) as answer:
                told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
                wanted = answer.status < 300 and answer.status not in BODILESS
                chunks = answer.iter_stream()
                content = b"".join(_bounded(_unpacked(chunks, told, most, url), most, cut, url)) if wanted else b""
                return Answer(answer.status, told, content)
        except (TooLate, httpcore.TimeoutException) as late:
            seconds = self.deadline.seconds
            raise Unfetchable(f"{url} did not come within {seconds:g} seconds; try later, or paste its text.") from late
        except httpcore.ProtocolError as broken:
            raise Unfetchable(
                f"{url} was not answered as HTTP asks ({broken}); try later, or paste its text."
            ) from broken
        except httpcore.NetworkError as failed:
            raise Unfetchable(f"{url} cannot be reached ({failed}); check the address, or try later.") from failed


TIMEOUTS = {"timeout": {"connect": PATIENCE, "read": PATIENCE, "write": PATIENCE, "pool": PATIENCE}}


@lru_cache
def tls() -> ssl.SSLContext:
    """What connections are secured with: the certificates that come with us, whatever the environment says."""
    return httpx.create_ssl_context(trust_env=False)


def _target(url: httpx.URL) -> httpcore.URL:
    return httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)


def _headers(url: httpx.URL, headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    own = {"Host": url.netloc.decode("ascii"), "Accept-Encoding": "gzip", "Connection": "keep-alive", **headers}
    return [(name.encode("ascii"), value.encode("ascii", errors="ignore")) for name, value in own.items()]


def _bounded(chunks: Iterator[bytes], most: int, cut: bool, url: httpx.URL) -> Iterator[bytes]:
    held = 0
    for chunk in chunks:
        held += len(chunk)
        if held > most and not cut:
            raise Unfetchable(f"{url} is longer than {most:,} bytes; paste the text that you need from it.")
        yield chunk[: len(chunk) - max(0, held - most)]
        if held >= most and cut:
            return


def _unpacked(chunks: Iterator[bytes], told: Mapping[str, str], most: int, url: httpx.URL) -> Iterator[bytes]:
    """The content as it was before it was packed, never more at once than the bound, whatever it would unfold to."""
    packed = told.get("content-encoding", "identity").strip().lower()
    if packed in ("identity", ""):
        yield from chunks
    elif packed in ("gzip", "x-gzip"):
        yield from _gunzipped(chunks, most, url)
    else:
        raise Unfetchable(f"{url} comes packed as '{packed[:40]}', which was not asked for; paste its text.")


def _gunzipped(chunks: Iterator[bytes], most: int, url: httpx.URL) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        for chunk in chunks:
            rest = chunk
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, most + 1)
                rest = unpacker.unconsumed_tail
    except zlib.error as damaged:
        raise Unfetchable(f"{url} comes damaged (its gzip cannot be unpacked); try later.") from damaged
    if not unpacker.eof:
        raise Unfetchable(f"{url} came cut off in the middle; try later.")
