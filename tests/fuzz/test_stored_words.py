"""Whatever people write stays words: on every page and in every file that the server sends, nothing becomes an element,
an attribute, a script, a header or a formula.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.access.policy import STATED
from tests.api.telling import Api, running
from tests.databases import SqliteDatabases
from tests.fuzz.hostile import MARK, MARKUP, cells, harm_in
from tests.fuzz.poisoned import tell
from tests.web.browsing import Leaf

READ = sorted(route.path for route in STATED if route.method == "GET")
ANY = {"name": "claims", "noun": "claims", "rule": "single_origin", "path:path": "mark.svg"}


@pytest.fixture(scope="module")
def poisoned(sqlite_databases: SqliteDatabases) -> Iterator[tuple[Api, dict[str, str]]]:
    with sqlite_databases.fresh() as url, running(url) as api:
        yield api, tell(api)


def address(path: str, ids: dict[str, str]) -> str:
    for name, value in (ANY | ids).items():
        path = path.replace(f"{{{name}}}", value)
    return path.replace("{", "").replace("}", "")


@pytest.mark.parametrize("path", READ)
def test_an_address_of_the_server_sends_hostile_words_as_words(poisoned: tuple[Api, dict[str, str]], path: str) -> None:
    api, ids = poisoned
    for asked in (address(path, ids), *more(path, ids)):
        answer = api.send("GET", asked)
        assert [str(one) for one in harm_in(asked, answer)] == []


def more(path: str, ids: dict[str, str]) -> list[str]:
    """Forms of an answer that its address alone does not give."""
    claim = ids["claim_id"]
    return {
        "/v1/claims/{claim_id}/graph": [f"/v1/claims/{claim}/graph?format={one}" for one in GRAPHS],
        "/v1/claims/{claim_id}/provenance": [f"/v1/claims/{claim}/provenance?format={one}" for one in PROVENANCES],
        "/search": [f"/search?q={MARK}"],
        "/compare": [f"/compare?claims={claim}"],
        "/what-if": [f"/what-if?source={ids['source_id']}"],
        "/explorer/{name}": [f"/explorer/{name}?q={MARK}" for name in ("sources", "documents", "reports", "figures")],
        "/{noun}/{record_id}/history": [f"/sources/{ids['source_id']}/history"],
    }.get(path, [])


GRAPHS = ("dot", "mermaid", "graphml", "json")
PROVENANCES = ("json", "turtle", "xml", "provn")


def test_hostile_words_are_what_is_read_again(poisoned: tuple[Api, dict[str, str]]) -> None:
    api, ids = poisoned
    assert api.get(f"/v1/claims/{ids['claim_id']}")["text"] == MARKUP
    assert MARKUP in cells(api.send("GET", "/v1/claims.csv"))
    page = Leaf(api.send("GET", f"/claims/{ids['claim_id']}"))
    assert f"<script>{MARK}()</script>" in page.text


def test_what_would_be_harm_is_found_to_be_harm(poisoned: tuple[Api, dict[str, str]]) -> None:
    api, _ = poisoned
    answer = api.send("GET", "/")
    answer._content = f"<html><body>{MARKUP}<a href='javascript:{MARK}()'>{7777 * 3}</a>".encode()
    found = " ".join(map(str, harm_in("/", answer)))
    for what in (
        f"the {MARK}-tag",
        f"{MARK}-attr",
        "a script says",
        "onerror",
        "leads to 'javascript:",
        "template ran",
    ):
        assert what in found
