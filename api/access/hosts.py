"""By which names browsers may reach the server when somebody logs in, or writes as whoever is logged in.

Whoever owns a name can point it at this machine. A page of theirs would then stand, for the browser, on the same site
as ours, and what it sends would look like a form of ours.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from provenance.errors import NotFromHere
from provenance.settings import Settings, is_loopback


def require_our_name(request: HTTPConnection, settings: Settings) -> None:
    """Refuse what was sent to a name that is none of ours, once it is known which are.

    It is known where a public address is set, where names are, and where only this machine can reach the server,
    without a proxy.

    :raises NotFromHere: naming what is to be set.
    """
    names = names_of(settings)
    known = bool(names) or (is_loopback(settings.host) and not settings.trusted_proxies)
    asked = _name(request.headers.get("host", ""))
    if known and asked not in names and not is_loopback(asked):
        ours = settings.public_address or f"http://{settings.host}:{settings.port}"
        raise NotFromHere(
            f"It was sent to '{asked[:100]}', which is no name of this server, so nothing was done. Open {ours} and "
            "send it from there. (If browsers do reach it by that name, PROVENANCE_HOST_NAMES states it.)"
        )


def names_of(settings: Settings) -> frozenset[str]:
    """The names that were stated, in small letters and without ports."""
    stated = [_name(urlsplit(settings.public_address).netloc), *(_name(one) for one in settings.host_names.split(","))]
    return frozenset(name for name in stated if name)


def _name(host: str) -> str:
    """A host without its port and brackets.

    >>> _name("Claims.Example:443"), _name("[::1]:8000"), _name("localhost"), _name("")
    ('claims.example', '::1', 'localhost', '')
    """
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
