"""Addresses of the Web as they are compared: whose site one is, and how else the same one is written."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit, urlunsplit

import sqlalchemy as sa

from provenance.errors import InvalidInput
from provenance.storage.texts import check_text
from provenance.web_addresses import addresses


def site_of(address: str) -> str | None:
    """The host in lower case, without protocol, port and ``www.``; None where it is no address.

    >>> site_of("https://www.Example.org:8443/checks/1"), site_of("dozens")
    ('example.org', None)
    """
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") or None if host else None


def site_asked(given: str, field: str) -> str:
    """The host that somebody means who writes a site or any address on it.

    :raises InvalidInput: if it is neither.

    >>> site_asked("https://www.example.org/checks", "site"), site_asked("example.org", "site")
    ('example.org', 'example.org')
    """
    host = site_of(given.strip() if "://" in given else f"https://{given.strip()}")
    if host is None or any(character.isspace() or character in "%_" for character in host):
        raise InvalidInput(f"{field}: it names no site; write one such as example.org.", field=field)
    return host


def spellings(address: str, field: str) -> list[str]:
    """An address and the ways in which others write the same one: those of ``web_addresses``, each with its escapes.

    What follows a ``#`` is a place on the page and left out.

    :raises InvalidInput: if it is no address.

    >>> found = spellings("http://www.example.org/a b", "url")
    >>> "https://example.org/a%20b/" in found, len(found)
    (True, 16)
    """
    try:
        check_text(address)
        parts = urlsplit(address.strip())
        host, port = site_of(address.strip()), parts.port
    except ValueError as unfit:
        raise InvalidInput(f"{field}: it is no web address ({unfit}).", field=field) from unfit
    if parts.scheme not in ("http", "https") or host is None:
        raise InvalidInput(f"{field}: it is no web address; begin with https:// or http://.", field=field)
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    paths = dict.fromkeys([parts.path, quote(unquote(parts.path), safe="/:@!$&'()*+,;=~"), unquote(parts.path)])
    written = [urlunsplit(parts._replace(netloc=place, path=path, fragment="")) for path in paths]
    return [address.strip(), *sorted(addresses(*written) - {address.strip()})]


def host_in(column: sa.ColumnElement[str], dialect: str) -> sa.ColumnElement[str]:
    """The host in a column of addresses, in lower case and with its ``www.``."""
    flat = sa.func.lower(sa.func.replace(sa.func.replace(column, "?", "/"), "#", "/"))
    if dialect == "sqlite":
        behind = sa.func.replace(sa.func.substr(flat, sa.func.instr(flat, "://") + 3), ":", "/")
        closed = behind.concat("/")
        return sa.func.substr(closed, 1, sa.func.instr(closed, "/") - 1)
    return sa.func.split_part(sa.func.replace(sa.func.split_part(flat, "://", 2), ":", "/"), "/", 1)


def lies_on(column: sa.ColumnElement[str], site: str, dialect: str) -> sa.ColumnElement[bool]:
    """Whether an address lies on a site or below it: ``checks.example.org`` lies on ``example.org``."""
    host = host_in(column, dialect)
    # Cutting out the host takes ten times as long as seeing that an address has nothing like it anywhere.
    named = column.icontains(site, autoescape=True)
    return sa.and_(named, sa.or_(host == site, host.endswith(f".{site}", autoescape=True)))
