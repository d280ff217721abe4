"""Where a document was found: its host, and the original behind the address of an archived copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict
from urllib.parse import urlsplit

LONGEST_ADDRESS = 2000
WAYBACK = re.compile(
    r"https?://(?:web\.archive\.org/web|wayback\.archive-it\.org/\d+|arquivo\.pt/wayback|"
    r"www\.webarchive\.org\.uk/wayback/archive|webarchive\.nationalarchives\.gov\.uk(?:/ukgwa)?)/"
    r"(?P<when>\d{4,14})(?:[a-z]{2}_)?/(?P<original>.+)",
    re.IGNORECASE,
)
ARCHIVE_TODAY = re.compile(
    r"https?://archive\.(?:today|ph|is|li|vn|fo|md)/(?P<when>[\d.-]{8,20})/(?P<original>.+)", re.IGNORECASE
)


class FoundAt(TypedDict):
    """The three fields of a document that follow from its address."""

    url: str | None
    host: str | None
    archive_url: str | None


@dataclass(frozen=True, slots=True)
class Archived:
    """The address of an archived copy, taken apart; ``captured_at`` is None where it says a day or less."""

    original: str
    captured_at: datetime | None


def found_at(address: str | None) -> FoundAt:
    """Url, host and archived copy from one address.

    >>> found = found_at("https://web.archive.org/web/20220106123800/http://Tass.com/world/1")
    >>> found["url"], found["host"]
    ('http://Tass.com/world/1', 'tass.com')
    """
    if address is None or not is_web_address(address):
        return FoundAt(url=None, host=None, archive_url=None)
    copy = archived(address)
    url = copy.original if copy else address
    return FoundAt(url=url, host=host_of(url), archive_url=address if copy else None)


def archived(address: str) -> Archived | None:
    """The original behind the address of an archived copy; None if it is no such address.

    >>> archived("https://archive.ph/20220106/https://tass.com/world/1").original
    'https://tass.com/world/1'
    """
    match = WAYBACK.fullmatch(address) or ARCHIVE_TODAY.fullmatch(address)
    if match is None:
        return None
    # Some copies and mail programs fold the two slashes inside the address into one.
    scheme = re.match(r"https?:(?=/)", match["original"], re.IGNORECASE)
    rest = match["original"][scheme.end() if scheme else 0 :].lstrip("/")
    original = f"{scheme[0] if scheme else 'http:'}//{rest}"
    return Archived(original, _captured(re.sub(r"\D", "", match["when"]))) if is_web_address(original) else None


def host_of(address: str) -> str | None:
    """The host in lower case, without ``www.``."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return None
    return host.removeprefix("www.").rstrip(".") if host else None


def is_web_address(address: str) -> bool:
    """Whether it is an address of the Web that a record may hold."""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return whole and len(address) <= LONGEST_ADDRESS and not re.search(r"[\s\x00-\x1f\x7f]", address)


def _captured(digits: str) -> datetime | None:
    if len(digits) != 14:
        return None
    try:
        return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
