"""A browser shows hostile words as words: no script of theirs runs, no dialog opens, nobody else is asked for anything,
and the policy that would have stopped them has nothing to stop.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page

from provenance.vocabulary import Role
from tests.api.telling import running
from tests.browser.conftest import note
from tests.browser.reader import Reader, reading
from tests.databases import SqliteDatabases
from tests.fuzz.poisoned import tell
from tests.keys import new_key
from tests.serving import served

# All that runs leaves the same trace, and asks the same host. A name of a source holds 300 characters.
RUN = "__xss=1;alert(1)"
HOSTILE = (
    f"\"'`><img src=x onerror='{RUN}'></title></textarea></style></script><script>{RUN}</script>"
    f"--><svg/onload='{RUN}'><a href='javascript:{RUN}'>a</a><iframe src=//x5s.example></iframe>"
    "{{7*7}}"
)


PAGES = (
    *("/", "/claims", "/search?q=x5s", "/claims/{claim_id}", "/sources/{source_id}", "/events/{event_id}", "/flags"),
    *("/documents/{document_id}", "/reports/{report_id}", "/reviews/{review_id}", "/history", "/tallies/{tally_id}"),
    *("/compare?claims={claim_id}", "/claims/{claim_id}/history", "/our-corrections", "/claims/{claim_id}/card"),
)
OF_THE_DESK = (
    "/claims/{claim_id}",
    "/claims/{claim_id}/desk",
    "/desk",
    "/desk/tasks",
    "/reports/{report_id}/edit",
    "/read",
)


@pytest.fixture(scope="module")
def poisoned(sqlite_databases: SqliteDatabases) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Where a story is served of which every word is hostile, a key of an editor, and the ids in it."""
    with sqlite_databases.fresh() as url:
        with running(url) as api:
            ids = tell(api, HOSTILE)
        key = new_key(url, Role.EDITOR, "Ana")
        with served(url, keyed=False) as base:
            yield base, key, ids


@pytest.mark.parametrize("logged_in", [False, True], ids=["a passer-by", "an editor"])
def test_hostile_words_are_shown_and_do_nothing(
    chromium: Browser, poisoned: tuple[str, str, dict[str, str]], request: pytest.FixtureRequest, logged_in: bool
) -> None:
    note(request, chromium)
    base, key, ids = poisoned
    dialogs: list[str] = []
    shown = 0
    with reading(chromium, base) as reader:
        page = reader.page

        def dismiss(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        page.on("dialog", dismiss)
        if logged_in:
            log_in(reader, key)
        for address in OF_THE_DESK if logged_in else PAGES:
            asked = address.format(**ids)
            response = page.goto(f"{base}{asked}")
            assert response is not None
            assert response.status == 200, asked
            expand(page)
            assert page.evaluate("window.__xss") is None, asked
            shown += "onerror=" in page.locator("body").inner_text()
        complaints = reader.complaints
    assert dialogs == []
    assert complaints == []
    assert shown > 2, "otherwise the words were nowhere"


def log_in(reader: Reader, key: str) -> None:
    page = reader.open("/login")
    page.locator("input[name=key]").fill(key)
    page.locator("input[name=key]").press("Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def expand(page: Page) -> None:
    """Open what is folded in, hover over and focus what can be, and let what listens to words hear some."""
    page.evaluate(
        """() => {
          document.querySelectorAll('details').forEach(one => one.open = true);
          document.querySelectorAll('button[type=button]:not([disabled])').forEach(one => one.click());
          document.querySelectorAll('a, img, svg, summary, [title]').forEach(one => {
            for (const kind of ['mouseover', 'mouseenter', 'focus', 'load', 'error'])
              one.dispatchEvent(new Event(kind, {bubbles: false}));
          });
        }"""
    )
