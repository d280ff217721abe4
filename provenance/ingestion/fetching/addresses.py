"""Which addresses may be asked: web addresses of public hosts, on the usual ports, without a password in them.

Who gives us an address may be a stranger, and we stand inside a network that he does not: an address that leads to
a private, local or special range is refused however it is written.
"""

from __future__ import annotations

import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpx

from provenance.errors import InvalidInput

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST = 2000  # characters
# The special-purpose registries of IANA, spelled out: Python's own properties differ from release to release.
CLOSED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by the customers of a carrier
        "127.0.0.0/8",  # this machine
        "168.63.129.16/32",  # the host under a machine at one large cloud
        "169.254.0.0/16",  # link-local, and the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
)
# Everything that is public lies here; mapped, translated (NAT64), local and multicast addresses do not.
OPEN_V6 = IPv6Network("2000::/3")
CLOSED_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",  # documentation
    )
)
OLD_NOTATION = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", re.IGNORECASE)


def checked_url(address: str) -> httpx.URL:
    """The address, taken apart, if it may be asked as far as can be seen before its host is looked up.

    :raises InvalidInput: if not; the message says what may be asked.

    >>> checked_url("https://tass.com/world#top").raw_path
    b'/world'
    >>> checked_url("http://0x7f.1/")
    Traceback (most recent call last):
    provenance.errors.InvalidInput: http://0x7f.1/ is not fetched: 127.0.0.1 is no public address. Give ...
    """
    shown = address[:200]
    if len(address) > LONGEST:
        raise InvalidInput(f"{shown}... is longer than {LONGEST} characters; give a shorter address.", field="url")
    try:
        url = httpx.URL(address.strip()).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError) as broken:
        raise InvalidInput(
            f"{shown} is no web address ({broken}); write one such as https://tass.com/world."
        ) from broken
    if url.scheme not in ("http", "https") or not url.raw_host:
        raise InvalidInput(f"{shown} is no web address; write one that begins with https:// or http://.", field="url")
    if url.userinfo:
        raise InvalidInput("The address holds a user name or password, which is never sent; leave it out.", field="url")
    if url.port is not None and url.port not in PORTS:
        ports = ", ".join(map(str, sorted(PORTS)))
        raise InvalidInput(f"{shown} is not fetched: port {url.port} is none of {ports}. Give another.", field="url")
    literal = literal_address(url.raw_host.decode("ascii"))
    if literal is not None:
        check_public(literal, shown)
    return url


def check_public(address: IPv4Address | IPv6Address, asked: str) -> None:
    """Raise `InvalidInput` for an address inside somebody's network, or of no network at all."""
    if not is_public(address):
        raise InvalidInput(
            f"{asked} is not fetched: {address} is no public address. Give the address of a page on the public Web, "
            "or paste its text.",
            field="url",
        )


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the public Internet.

    >>> from ipaddress import ip_address
    >>> [is_public(ip_address(each)) for each in ("93.184.215.14", "169.254.169.254", "::ffff:8.8.8.8")]
    [True, False, False]
    """
    if isinstance(address, IPv4Address):
        return not any(address in network for network in CLOSED_V4)
    if address not in OPEN_V6 or any(address in network for network in CLOSED_V6):
        return False
    # ISATAP hides an IPv4 address, often a private one, in the lower half of a public one.
    return int(address) >> 32 & 0xFFFFFFFF not in (0x00005EFE, 0x02005EFE)


def literal_address(host: str) -> IPv4Address | IPv6Address | None:
    """The IP address that a host is written as, in any of the old notations too; None if it is a name.

    >>> print(literal_address("2130706433"), literal_address("0177.0.0.1"), literal_address("tass.com"))
    127.0.0.1 127.0.0.1 None
    """
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        pass
    if not OLD_NOTATION.fullmatch(host):
        return None
    try:
        return IPv4Address(socket.inet_aton(host.rstrip(".")))
    except OSError as impossible:
        raise InvalidInput(f"{host} is no host; give the name of one.", field="url") from impossible
