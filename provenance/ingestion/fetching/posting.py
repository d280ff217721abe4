"""Posts a message to an address that somebody gave us, as guardedly as pages are fetched, and follows no redirect.

Whoever may write a hook could otherwise make us knock at any door inside our own network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version

import httpcore
import httpx

from provenance.errors import InvalidInput, Unfetchable
from provenance.ingestion.fetching.addresses import LONGEST, checked_url
from provenance.ingestion.fetching.deadline import Clock, Deadline, SystemClock, TooLate
from provenance.ingestion.fetching.exchange import tls
from provenance.ingestion.fetching.network import GuardedNetwork, OpenNetwork, Resolver, look_up
from provenance.ingestion.fetching.robots import ROBOT

SECONDS = 10.0  # for the whole of one attempt
CONNECTING = 4.0  # until an address takes the connection: one that is there does so within a second or two
PORTS = range(1, 65_536)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a receiver answers; its body is not read."""

    status: int
    headers: Mapping[str, str]


def checked_receiver(address: str, inside: bool) -> httpx.URL:
    """The address of a receiver, taken apart, if messages may be sent there; ``inside``: also within our own network.

    :raises InvalidInput: if not; the message says what may be given.

    >>> str(checked_receiver("https://desk.example/hooks", inside=False))
    'https://desk.example/hooks'
    >>> checked_receiver("http://desk.example/hooks", inside=False)
    Traceback (most recent call last):
    provenance.errors.InvalidInput: url: messages go to addresses that begin with https://; give one.
    """
    if inside:
        return _anywhere(address)
    try:
        url = checked_url(address)
    except InvalidInput as refused:
        told = refused.message.partition(" Give ")[0].replace("is not fetched", "gets no messages")
        raise InvalidInput(f"url: {told} Give the address of a receiver on the public Web.", field="url") from refused
    if url.scheme != "https":
        raise InvalidInput("url: messages go to addresses that begin with https://; give one.", field="url")
    return url


def _anywhere(address: str) -> httpx.URL:
    remedy = "give one such as https://desk.example/hooks, without a user name in it."
    if len(address) > LONGEST:
        raise InvalidInput(f"url: it is longer than {LONGEST} characters; give a shorter address.", field="url")
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as broken:
        raise InvalidInput(f"url: it is no web address ({broken}); {remedy}", field="url") from broken
    if url.scheme not in ("http", "https") or not url.raw_host or url.userinfo:
        raise InvalidInput(f"url: it is no web address; {remedy}", field="url")
    if url.port is not None and url.port not in PORTS:
        raise InvalidInput(f"url: there is no port {url.port}; give one from 1 to {PORTS[-1]}.", field="url")
    return url


@dataclass(frozen=True)
class Poster:
    """Posts messages; one serves a whole process, in any number of threads.

    ``inside``: also to addresses within our own network. ``resolver``, ``transport`` and ``clock`` are as in
    :class:`~provenance.ingestion.fetching.fetcher.Fetcher`.
    """

    inside: bool = False
    resolver: Resolver = look_up
    transport: httpcore.NetworkBackend = field(default_factory=httpcore.SyncBackend)
    clock: Clock = field(default_factory=SystemClock)

    def __call__(self, address: str, headers: Mapping[str, str], body: bytes) -> Posted:
        """What the receiver answers.

        :raises InvalidInput: if messages may not be sent there.
        :raises Unfetchable: if it does not answer.
        """
        url = checked_receiver(address, self.inside)
        deadline = Deadline(self.clock, SECONDS)
        guarded = GuardedNetwork(self.resolver, self.transport, deadline)
        network = OpenNetwork(self.transport, deadline) if self.inside else guarded
        try:
            with httpcore.ConnectionPool(ssl_context=tls(), network_backend=network) as pool:
                return _posted(pool, url, headers, body, deadline)
        except InvalidInput as refused:
            raise InvalidInput(f"{url.host} leads to no public address; give another receiver.") from refused
        except httpcore.ConnectTimeout as absent:
            raise Unfetchable(f"{url.host} took no connection within {CONNECTING:g} seconds.") from absent
        except (TooLate, httpcore.TimeoutException) as late:
            raise Unfetchable(f"{url.host} did not answer within {SECONDS:g} seconds.") from late
        except (httpcore.ProtocolError, httpcore.NetworkError) as failed:
            raise Unfetchable(f"{url.host} cannot be reached ({failed}).") from failed


def _posted(
    pool: httpcore.ConnectionPool, url: httpx.URL, headers: Mapping[str, str], body: bytes, deadline: Deadline
) -> Posted:
    own = {
        "host": url.netloc.decode("ascii"),
        "user-agent": f"{ROBOT}/{version('claim-provenance')}",
        "content-length": str(len(body)),
        "connection": "close",
        **headers,
    }
    left = deadline.left()
    with pool.stream(
        "POST",
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=[(name.encode("ascii"), value.encode("ascii")) for name, value in own.items()],
        content=body,
        extensions={"timeout": {**dict.fromkeys(("read", "write", "pool"), left), "connect": min(left, CONNECTING)}},
    ) as answer:
        told = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers}
        return Posted(answer.status, told)
