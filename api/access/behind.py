"""Who stands behind a proxy: the address and the scheme of whoever really asks, and as whom an address is counted.

A header can say anything. It is believed only where the connection comes from a proxy that the operator names, and only
as far back as each who passed the request on is named, too.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Literal

from starlette.requests import HTTPConnection

from provenance.settings import Settings, proxies_of

MOST_STATIONS = 20  # addresses of X-Forwarded-For that are looked at, from the right
ONE_HOME = 64  # bits of an IPv6 address that name the network; whoever has one has all addresses in it


def client_of(request: HTTPConnection, settings: Settings) -> str:
    """The address of whoever asks; empty if the server cannot see one (a socket in the file system).

    Behind trusted proxies it is the last address in X-Forwarded-For that is none of theirs: what stands further left
    was written by whoever that is.
    """
    address = request.client.host if request.client else ""
    if not settings.trusted_proxies or not is_trusted(address, settings.trusted_proxies):
        return address
    for station in reversed(_stations(request)[-MOST_STATIONS:]):
        named = _address(station)
        if named is None:
            break
        address = str(named)
        if not is_trusted(address, settings.trusted_proxies):
            break
    return address


def scheme_of(request: HTTPConnection, settings: Settings) -> Literal["http", "https"]:
    """How whoever asks reached us: what a trusted proxy says in X-Forwarded-Proto, else how the connection was made."""
    scheme = request.scope.get("scheme", "http")
    address = request.client.host if request.client else ""
    if settings.trusted_proxies and is_trusted(address, settings.trusted_proxies):
        said = ",".join(request.headers.getlist("x-forwarded-proto")).rpartition(",")[2].strip().lower()
        scheme = said if said in ("http", "https") else scheme
    return "https" if scheme == "https" else "http"


def counted_as(address: str) -> str:
    """As whom an address is counted: an IPv6 address with all of its /64, which one home or server has to itself.

    >>> counted_as("192.0.2.7"), counted_as("2001:db8:1:2:3::4"), counted_as("::ffff:192.0.2.7"), counted_as("")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', '')
    """
    return address if ":" not in address else _network(address)


@lru_cache(4096)
def _network(address: str) -> str:
    match _address(address):
        case IPv6Address() as found:
            return str(IPv6Network((int(found), ONE_HOME), strict=False))
        case IPv4Address() as found:
            return str(found)
        case None:
            return address


@lru_cache(4096)
def is_trusted(address: str, proxies: str) -> bool:
    """Whether an address is one of those that `trusted_proxies` names."""
    found = _address(address)
    return found is not None and any(found in network for network in proxies_of(proxies))


def _stations(request: HTTPConnection) -> list[str]:
    # Several headers of one name say the same as one with their values parted by commas.
    return [station for header in request.headers.getlist("x-forwarded-for") for station in header.split(",")]


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address that a text names, with or without a port and brackets; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
