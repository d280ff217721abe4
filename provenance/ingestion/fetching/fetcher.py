"""Fetches one page: checks each hop, asks robots.txt, waits its turn at each host, and takes what a page may be."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from importlib.metadata import version
from pathlib import PurePosixPath

import httpcore
import httpx

from provenance.errors import InvalidInput, Unfetchable
from provenance.ingestion.fetching.addresses import checked_url
from provenance.ingestion.fetching.deadline import Clock, Deadline, SystemClock
from provenance.ingestion.fetching.exchange import Answer, Exchange
from provenance.ingestion.fetching.network import GuardedNetwork, Resolver, look_up
from provenance.ingestion.fetching.robots import LONGEST, ROBOT, Robots
from provenance.ingestion.sniff import HEAD, Media, sniff
from provenance.settings import Settings

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
DELAY = 1.0  # seconds between two fetches from one host
ACCEPT = (
    "text/html, application/xhtml+xml, text/plain, application/pdf, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, text/xml;q=0.9"
)
TAKEN = frozenset({Media.HTML, Media.PLAIN, Media.PDF, Media.FEED})
# Declared types of which the content may be one of those; an empty one says nothing.
PROMISING = re.compile(
    r"text/(?:html|plain|markdown|x-markdown|xml)|application/(?:pdf|octet-stream|(?:[\w.-]+\+)?xml)|"
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came; ``url`` is where it was asked for, ``final_url`` where it was found after ``redirects``."""

    url: str
    final_url: str
    media: Media
    charset: str | None
    content: bytes = field(repr=False)
    retrieved_at: datetime
    etag: str | None = None
    last_modified: str | None = None
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The page is still what it was when it was last fetched."""

    url: str
    asked_at: datetime


class Fetcher:
    """Fetches pages; one serves a whole process, in any number of threads.

    ``resolver`` looks hosts up, ``transport`` makes the connections to the addresses that were found and checked, and
    ``clock`` tells the time: tests replace all three.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolver: Resolver = look_up,
        transport: httpcore.NetworkBackend | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.settings = settings
        self.resolver = resolver
        self.transport = transport or httpcore.SyncBackend()
        self.clock = clock or SystemClock()
        self.robots = Robots(self.clock)
        self.turns = Turns(self.clock)

    def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched | NotModified:
        """The page at an address; with what was kept from the last time, only if it has changed since.

        :raises InvalidInput: if the address is none that is fetched.
        :raises Unfetchable: if the page cannot be had; the message says why and what to do.
        """
        start = checked_url(url)
        self.turns.wait(start, self.settings.fetch_seconds)
        deadline = Deadline(self.clock, self.settings.fetch_seconds)
        network = GuardedNetwork(self.resolver, self.transport, deadline)
        with closing(Exchange(network, deadline)) as exchange:
            known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
            return self._follow(exchange, url, start, {name: _header(value) for name, value in known.items() if value})

    def _follow(
        self, exchange: Exchange, asked: str, start: httpx.URL, known: Mapping[str, str]
    ) -> Fetched | NotModified:
        hops: list[str] = []
        url = start
        while True:
            self.turns.slow_down(url, self.robots.check(url, lambda where: self._robots_txt(exchange, where)))
            answer = exchange.get(url, {**self._headers(), **known}, self.settings.document_bytes)
            if answer.status == 304 and known:
                return NotModified(asked, self.clock.now())
            if answer.status not in REDIRECTS:
                return self._taken(asked, url, answer, tuple(hops))
            hops.append(str(url))
            url = next_hop(url, answer, len(hops))

    def _robots_txt(self, exchange: Exchange, where: httpx.URL) -> Answer:
        url = where
        for hop in range(MOST_REDIRECTS + 1):
            answer = exchange.get(url, self._headers(), LONGEST, cut=True)
            if answer.status not in REDIRECTS:
                return answer
            url = next_hop(url, answer, hop + 1)
        raise Unfetchable(f"{where} leads from one address to the next.")

    def _taken(self, asked: str, url: httpx.URL, answer: Answer, hops: tuple[str, ...]) -> Fetched:
        if not 200 <= answer.status < 300:
            raise Unfetchable(f"{url} answers {answer.status}; {_remedy(answer.status)}")
        if not PROMISING.fullmatch(answer.media_type):
            raise Unfetchable(
                f"{url} is {answer.media_type[:60]}; give the address of a page, a feed, a text or a PDF."
            )
        try:
            media = sniff(answer.content[:HEAD], PurePosixPath(url.path).name or None, answer.media_type)
        except InvalidInput as wrong:
            raise Unfetchable(f"{url}: {wrong.message}") from wrong
        if media not in TAKEN:
            raise Unfetchable(f"{url} is {media.value}; download it and give the file.")
        return Fetched(
            url=asked,
            final_url=str(url),
            media=media,
            charset=_charset(answer),
            content=answer.content,
            retrieved_at=self.clock.now(),
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            redirects=hops,
        )

    def _headers(self) -> dict[str, str]:
        contact = f" (+{_header(self.settings.fetch_contact)})" if self.settings.fetch_contact else ""
        return {
            "User-Agent": f"{ROBOT}/{version('claim-provenance')}{contact}",
            "Accept": ACCEPT,
            "Accept-Language": "*",
        }


class Turns:
    """Who may ask which host when: one fetch after another, with a pause between them."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.lock = threading.Lock()
        self.next_turn: dict[bytes, float] = {}
        self.delays: dict[bytes, float] = {}

    def wait(self, url: httpx.URL, patience: float) -> None:
        """Wait until it is our turn at a host.

        :raises Unfetchable: if that is longer than ``patience`` seconds.
        """
        host = url.raw_host
        with self.lock:
            now = self.clock.monotonic()
            turn = max(now, self.next_turn.get(host, now))
            if turn - now > patience:
                raise Unfetchable(f"{url.host} wants pauses between fetches; try again in {turn - now:.0f} seconds.")
            self.next_turn[host] = turn + self.delays.get(host, DELAY)
        if turn > now:
            self.clock.sleep(turn - now)

    def slow_down(self, url: httpx.URL, delay: float) -> None:
        """Keep to the delay that a site asks for, where it is longer than ours; a page that led here counts too."""
        with self.lock:
            self.delays[url.raw_host] = pause = max(DELAY, delay)
            earliest = self.clock.monotonic() + pause
            self.next_turn[url.raw_host] = max(earliest, self.next_turn.get(url.raw_host, earliest))


def next_hop(url: httpx.URL, answer: Answer, hops: int) -> httpx.URL:
    """Where a redirect leads, if one may follow it there.

    :raises Unfetchable: after too many of them, or if it leads nowhere; InvalidInput if it leads where nobody may go.
    """
    if hops > MOST_REDIRECTS:
        raise Unfetchable(f"{url} redirects for the {hops}th time; give the address where the page itself is.")
    location = answer.headers.get("location")
    if not location:
        raise Unfetchable(f"{url} redirects without saying where to; give the address where the page itself is.")
    try:
        return checked_url(str(url.join(location)))
    except httpx.InvalidURL as broken:
        raise Unfetchable(f"{url} redirects to what is no address; give the one where the page itself is.") from broken


def _charset(answer: Answer) -> str | None:
    message = Message()
    message["content-type"] = re.sub(r"[\r\n]", " ", answer.headers.get("content-type", ""))
    return message.get_content_charset()


def _header(value: str) -> str:
    return re.sub(r"[^\x20-\x7e]", "", value)[:500]


def _remedy(status: int) -> str:
    match status:
        case 401 | 402 | 403 | 407 | 451:
            return "it does not let programs in; open it yourself and paste its text."
        case 404 | 410:
            return "there is no such page; check the address, or give that of an archived copy."
        case 429 | 503:
            return "it has too much to do; try later."
        case _ if status >= 500:
            return "its server fails; try later, or give the address of an archived copy."
        case _:
            return "check the address, or paste the text of the page."
