"""Somebody who reads the pages in a browser, and whom nothing escapes: every request to another host, every word that
the browser complains about, and every script that fails is noted, and held against the page at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from provenance.client import Client

PHONE, DESKTOP = 375, 1280  # pixels across
HEIGHT = 900
COMPLAINTS = ("error", "warning")
WITHIN_THE_PAGE = ("data", "blob", "about")
PATIENCE = 30_000  # milliseconds: what a busy machine may take, not what a page should

expect.set_options(timeout=PATIENCE)


@dataclass
class Reader:
    """A browser window of somebody's own, with nothing remembered from before."""

    base: str
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)
    _refused: set[str] = field(default_factory=set)

    @cached_property
    def page(self) -> Page:
        """The one tab, watched from its first request on."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"a script failed: {error}"))
        self.context.on("request", self._asked)
        return page

    def open(self, address: str, status: int = 200) -> Page:
        """A page of ours; the test fails if it is not answered with that status."""
        url = f"{self.base}{address}"
        if status >= 400:
            # The browser reports that very answer as an error of its own.
            self._refused.add(url)
        response = self.page.goto(url)
        assert response is not None
        assert response.status == status, f"{address} was answered with {response.status}"
        return self.page

    def first(self, address: str, key: str | None = None, **parameters: str) -> dict[str, Any]:
        """The first record of the list that a program, with this key if any, is answered at an address."""
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        answer = httpx.get(f"{self.base}{address}", params=parameters, headers=headers, trust_env=False)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        assert items, f"{address} lists nothing"
        return items[0]

    @cached_property
    def client(self) -> Client:
        """The same server, for programs."""
        return Client(self.base)

    @property
    def path(self) -> str:
        """Where the tab is now, without the host."""
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def wide(self, pixels: int) -> None:
        """Make the window so wide."""
        self.page.set_viewport_size({"width": pixels, "height": HEIGHT})

    def _heard(self, message: ConsoleMessage) -> None:
        expected = message.text.startswith("Failed to load resource") and message.location["url"] in self._refused
        if message.type in COMPLAINTS and not expected:
            self.complaints.append(f"the browser's console: {message.text} ({message.location['url']})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in WITHIN_THE_PAGE and parts.netloc != urlsplit(self.base).netloc:
            self.complaints.append(f"{request.frame.url} asked another host for {request.url}")


@contextmanager
def reading(browser: Browser, base: str, **wishes: Any) -> Iterator[Reader]:
    """A reader of the pages at an address; ``wishes`` are Playwright's, such as `java_script_enabled`."""
    wishes.setdefault("viewport", {"width": DESKTOP, "height": HEIGHT})
    context = browser.new_context(locale="en-GB", timezone_id="UTC", reduced_motion="reduce", **wishes)
    reader = Reader(base, context)
    try:
        yield reader
    finally:
        reader.client.close()
        context.close()
