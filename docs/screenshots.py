"""Takes the pictures of all pages for ``docs/pages/`` and writes ``docs/pages.md`` around them: ``make screenshots``.

The pages are served as anybody would serve them, from the story with an article that a machine read and a desk at
work, under a clock that stands still, so that a picture changes only when its page does. Pictures are WebP, which
Chromium writes itself: as PNG they would weigh three times as much.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import count, product
from pathlib import Path
from typing import Literal, Self
from unittest import mock

from playwright.sync_api import Browser, Page

from provenance.ingestion.stories import load_story
from provenance.storage.session import migrate
from tests.api.telling import running
from tests.browser.chromium import MISSING, found, launched
from tests.browser.furnishing import REVIEWING, furnish
from tests.browser.page_types import PAGE_TYPES, PageType
from tests.browser.reader import DESKTOP, PHONE, Reader, reading
from tests.serving import served

HERE = Path(__file__).resolve().parent
STORY = HERE.parent / "fixtures/stories/kazakhstan-2022"
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
PORT = 8042  # some pages tell their own address
TALLEST = {DESKTOP: 1700, PHONE: 1500}  # pixels; what stands further down is on the page, and not in its picture
QUALITY = 72

Scheme = Literal["light", "dark"]
# Whoever looks is logged in as her, who works at the desk.
SHE = {"Provenance-Author": "Ana"}
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
DEVICES = {"desktop": DESKTOP, "phone": PHONE}


@dataclass(frozen=True)
class View:
    """How a page is looked at."""

    device: str
    scheme: Scheme

    def file(self, kind: PageType) -> str:
        """The name of its picture."""
        return f"{kind.name}-{self.device}-{self.scheme}.webp"


VIEWS = tuple(View(device, scheme) for device, scheme in product(DEVICES, SCHEMES))


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures and write the page; 1 if there is no browser or a page complained."""
    parser = argparse.ArgumentParser(description="Take the pictures of all pages for docs/.")
    parser.add_argument("--only", nargs="*", help="names of pages; all others keep their pictures")
    parser.add_argument("--folder", type=Path, default=HERE / "pages", help="where the pictures go")
    chosen = parser.parse_args(arguments)
    executable = found()
    if executable is None:
        print(f"No pictures were taken: {MISSING}.", file=sys.stderr)
        return 1
    kinds = [kind for kind in PAGE_TYPES if chosen.only is None or kind.name in chosen.only]
    chosen.folder.mkdir(exist_ok=True)
    with story_served() as base, launched(executable) as browser:
        complaints = [told for kind in kinds for told in pictures(browser, base, kind, chosen.folder)]
    if chosen.folder == HERE / "pages":
        (HERE / "pages.md").write_text(written(), encoding="utf-8")
    print("\n".join(complaints) or f"{len(kinds) * len(VIEWS)} pictures are in {chosen.folder}", file=sys.stderr)
    return 1 if complaints else 0


class Still(datetime):
    """A clock that all but stands still: two acts in a row do not fall on one instant, yet no minute passes."""

    _acts = count(1)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(NOW.timestamp() + next(cls._acts) / 1_000_000, tz)


@contextmanager
def story_served() -> Iterator[str]:
    """The address of a server with the story, whose clock stands still."""
    with tempfile.TemporaryDirectory() as folder, mock.patch("provenance.storage.record.datetime", Still):
        url = f"sqlite:///{folder}/story.db"
        migrate(url)
        load_story(url, STORY)
        with running(url) as api:
            furnish(api)
        with served(url, PORT, **REVIEWING) as base:
            yield base


def pictures(browser: Browser, base: str, kind: PageType, folder: Path) -> Iterator[str]:
    """Take all pictures of a page; what the browser complained about is handed back."""
    for view in VIEWS:
        width = DEVICES[view.device]
        with reading(browser, base, color_scheme=view.scheme, extra_http_headers=SHE) as reader:
            reader.context.clock.set_fixed_time(NOW)
            reader.wide(width)
            (folder / view.file(kind)).write_bytes(picture(opened(reader, kind), width))
            yield from (f"{kind.name}: {complaint}" for complaint in reader.complaints)


def opened(reader: Reader, kind: PageType) -> Page:
    """The page, once its fonts are there."""
    page = kind.open(reader)
    page.evaluate("document.fonts.ready.then(() => true)")
    return page


def picture(page: Page, width: int) -> bytes:
    """The page from its top, down to a height that a reader of the documentation will still look at."""
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST[width])
    devtools = page.context.new_cdp_session(page)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    asked = {"format": "webp", "quality": QUALITY, "clip": clip, "captureBeyondViewport": True}
    return base64.b64decode(devtools.send("Page.captureScreenshot", asked)["data"])


def written() -> str:
    """The page with all pictures."""
    return "\n\n".join([INTRODUCTION, *(section(kind) for kind in PAGE_TYPES)]) + "\n"


def section(kind: PageType) -> str:
    """What a page shows, and how it looks."""
    routes = ", ".join(f"`{route}`" for route in kind.routes) or "any address that leads nowhere"
    looks = "\n".join(shown(kind, view) for view in VIEWS)
    return f"## {kind.title}\n\n{kind.shows} Address: {routes}\n\n{looks}"


def shown(kind: PageType, view: View) -> str:
    """A picture, with words for those who do not see it; the four of a page stand in one row."""
    told = f"{kind.title}, {view.device}, {view.scheme}"
    return f'<img src="pages/{view.file(kind)}" alt="{told}" width="{SHOWN[view.device]}">'


SHOWN = {"desktop": 300, "phone": 100}
INTRODUCTION = """# Pages that people read

Each kind of page once, by day and by night, on a desk and on a phone. `provenance serve --demo` serves them; `make
screenshots` takes these pictures anew and writes this page. Long pages are cut at the bottom here, never in the
browser. The article that waits to be accepted and the work of the desk are invented for the pictures."""


if __name__ == "__main__":
    sys.exit(main())
