"""Finds the Chromium that the machine has, and starts it so that it asks nobody but the page that it was sent to.

Playwright could bring a browser of its own, but it fetches that from a host of its own; every system has a package.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium found (install the package chromium, or name a browser in PROVENANCE_CHROMIUM)"
# A browser looks after itself: it fetches lists, updates and guesses. Here nothing may leave the machine.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-proxy-server",
    # No name is looked up, so that nothing leaves the machine even where a page asks for it; that it asked is noted.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def found() -> str | None:
    """Where Chromium is: what PROVENANCE_CHROMIUM names, or the first of its usual names on the path."""
    named = os.environ.get("PROVENANCE_CHROMIUM")
    return next(filter(None, map(shutil.which, (named,) if named else NAMES)), None)


@contextmanager
def launched(executable: str) -> Iterator[Browser]:
    """A browser without a window, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()
