"""A browser, a real server, and the story of January 2022 with an article that was read and a desk at work.

The browser lives as long as one file of tests: Playwright runs a loop of its own meanwhile, which would be in the way
of other tests in the same process.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.api.telling import running
from tests.browser.chromium import MISSING, found, launched
from tests.browser.furnishing import REVIEWING, furnish
from tests.browser.reader import DESKTOP, Reader, reading
from tests.databases import SqliteDatabases, once_per_run
from tests.serving import served

Opened = Callable[..., Reader]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser; where there is none, the tests that ask for it are skipped."""
    executable = found()
    if executable is None:
        pytest.skip(MISSING)
    with launched(executable) as browser:
        yield browser


@pytest.fixture(scope="session")
def furnished(january_file: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Files that hold the story, an article that a machine read, and a desk at work."""

    def make(file: Path) -> None:
        with january_file.fresh() as url:
            with running(url) as api:
                furnish(api)
            shutil.copyfile(january_file.like(url).template, file)

    return january_file.like(f"sqlite:///{once_per_run(tmp_path_factory, 'furnished', make)}")


@pytest.fixture(scope="module")
def held(furnished: SqliteDatabases) -> Iterator[str]:
    """Where pages are served that no test changes."""
    with furnished.fresh() as url, served(url, **REVIEWING) as base:
        yield base


@pytest.fixture(scope="module")
def worked_on(furnished: SqliteDatabases) -> Iterator[str]:
    """Where pages are served that the tests of one file may change."""
    with furnished.fresh() as url, served(url, **REVIEWING) as base:
        yield base


@pytest.fixture
def read_as(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """Readers at an address, each in a window of their own; at the end none may have met with a complaint."""
    note(request, chromium)
    readers: list[Reader] = []
    with ExitStack() as windows:

        def read(base: str, **wishes: Any) -> Reader:
            readers.append(windows.enter_context(reading(chromium, base, **wishes)))
            return readers[-1]

        yield read
    assert [complaint for reader in readers for complaint in reader.complaints] == []


@pytest.fixture
def reader(read_as: Opened, held: str) -> Reader:
    """Somebody who looks, and changes nothing."""
    return read_as(held)


@pytest.fixture
def editor(read_as: Opened, worked_on: str) -> Reader:
    """Somebody who may write."""
    return read_as(worked_on)


@pytest.fixture(scope="module")
def window(chromium: Browser, held: str) -> Iterator[Reader]:
    """One window for one file of tests: its second page needs no new fonts and styles, which saves a third."""
    with reading(chromium, held) as reader:
        yield reader


@pytest.fixture
def passer_by(window: Reader, chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Somebody who opens one page after the other in one window, and may not meet with a complaint on any."""
    note(request, chromium)
    window.page.emulate_media(color_scheme="light")
    window.wide(DESKTOP)
    yield window
    complaints = window.complaints.copy()
    window.complaints.clear()
    assert complaints == []


def note(request: pytest.FixtureRequest, chromium: Browser) -> None:
    """Let the end of the run tell that this test had a browser."""
    request.node.user_properties.append(("browser", f"Chromium {chromium.version.partition('.')[0]}"))
