"""Asks each site's robots.txt what may be fetched, once a day, and keeps to it (RFC 9309)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from protego import Protego

from provenance.errors import Unfetchable
from provenance.ingestion.fetching.deadline import Clock
from provenance.ingestion.fetching.exchange import Answer

ROBOT = "provenance"  # the name by which robots.txt may speak of us
LONGEST = 500 * 1024  # bytes that are read of it, as the RFC asks at least
KEPT = 24 * 3600.0  # seconds that an answer holds
KEPT_WHEN_UNREACHABLE = 300.0
MOST_KEPT = 10_000  # sites
AGENT_LINE = re.compile(r"^([ \t]*user[- ]?agent[ \t]*:?[ \t]*)([^\r\n#]*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows; ``parsed`` is None where it could not be asked (``why``), and then nothing is allowed."""

    parsed: Protego | None
    until: float
    why: str = ""


class Robots:
    """What the sites allow, as far as they were asked."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.rules: dict[tuple[str, bytes, int | None], Rules] = {}

    def check(self, url: httpx.URL, ask: Callable[[httpx.URL], Answer]) -> float:
        """Raise `Unfetchable` if the site does not want this page to be fetched; the delay it asks for, in seconds.

        ``ask`` fetches robots.txt itself, where it is not known yet.
        """
        rules = self._rules(url, ask)
        if rules.parsed is None:
            raise Unfetchable(rules.why)
        where = url.copy_with(raw_path=b"/robots.txt")
        if not rules.parsed.can_fetch(str(url), ROBOT):
            raise Unfetchable(f"{where} asks programs not to fetch {url}; open it yourself and paste its text.")
        return rules.parsed.crawl_delay(ROBOT) or 0.0

    def _rules(self, url: httpx.URL, ask: Callable[[httpx.URL], Answer]) -> Rules:
        site = (url.scheme, url.raw_host, url.port)
        known = self.rules.get(site)
        if known is None or known.until <= self.clock.monotonic():
            if len(self.rules) >= MOST_KEPT:
                self.rules.clear()
            known = self.rules[site] = self._asked(url, ask)
        return known

    def _asked(self, url: httpx.URL, ask: Callable[[httpx.URL], Answer]) -> Rules:
        now = self.clock.monotonic()
        try:
            answer = ask(url.copy_with(raw_path=b"/robots.txt"))
        except Unfetchable as failed:
            return Rules(None, now + KEPT_WHEN_UNREACHABLE, failed.message)
        if answer.status >= 500 or answer.status == 429:
            why = f"The site's robots.txt cannot be read now (it answers {answer.status}), so nothing of it is fetched"
            return Rules(None, now + KEPT_WHEN_UNREACHABLE, f"{why}; try later, or paste the text.")
        text = answer.content.decode("utf-8-sig", errors="replace") if answer.status < 300 else ""
        return Rules(Protego.parse(AGENT_LINE.sub(_ours_or_another, text)), now + KEPT)


def _ours_or_another(line: re.Match[str]) -> str:
    # Groups for ten thousand other robots, each with ten thousand rules, would keep the parser busy for minutes.
    about_us = "*" in line[2] or ROBOT in line[2].lower()
    return line[1] + (line[2] if about_us else "another")
