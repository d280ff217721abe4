"""Every answer tells browsers what never to do with it: each route of the app, and whatever else can be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from lxml import html

from api.access.policy import Address, addresses
from api.web import pages
from tests.api.telling import Api, running, the_app
from tests.databases import SqliteDatabases

TOLD = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
}
ROUTES = sorted(set(addresses(the_app())))
# What an answer to nobody, or about nothing, looks like beside those of the routes.
BESIDE = [
    Address("GET", "/nothing/here"),
    Address("GET", "/v1/nothing"),
    Address("PUT", "/claims"),
    Address("TRACE", "/v1/claims"),
    Address("OPTIONS", "/v1/claims"),
    Address("OPTIONS", "/reconcile"),
    Address("HEAD", "/claims"),
    Address("GET", "/static/../app.py"),
    Address("GET", "/v1/claims?limit=0"),
    Address("GET", "/claims?as_of=soon"),
]
FOR_OTHERS = re.compile(r"/reconcile|/feeds/|.*/card$")
CARRIED = {"Authorization": "Bearer prv_nothing"}


@pytest.fixture(scope="module")
def api(sqlite_databases: SqliteDatabases) -> Iterator[Api]:
    """An app with nothing in it, which all share: nothing is written."""
    with sqlite_databases.fresh() as url, running(url) as api:
        yield api


def asked(api: Api, address: Address, **options: str) -> httpx.Response:
    """What an address answers about records that there are not."""
    path = re.sub(r"\{[^}]*\}", "nothing", address.path)
    return api.send(address.method, path, headers=options)


@pytest.mark.parametrize("comes", ["with a key", "with one that opens nothing", "as a browser"])
def test_every_answer_of_every_route_bears_what_browsers_must_know(api: Api, comes: str) -> None:
    carried = {
        "with a key": {},
        "with one that opens nothing": {"Authorization": "Bearer prv_nothing"},
        "as a browser": {"Cookie": "provenance-session=" + "A" * 43},
    }[comes]
    wrong = []
    for address in [*ROUTES, *BESIDE]:
        answer = asked(api, address, **carried)
        headers = answer.headers
        wrong += [f"{address}: {name}" for name, value in TOLD.items() if headers.get(name) != value]
        wrong += [f"{address}: {why}" for why in faults(address, answer)]
    assert wrong == []


def faults(address: Address, answer: httpx.Response) -> Iterator[str]:
    """What is wrong with its policies, which depend on what it is."""
    policy = answer.headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors" not in policy:
        yield f"policy {policy!r}"
    is_page = answer.headers.get("content-type", "").startswith("text/html")
    if not is_page and "script-src" in policy:
        yield "what is no page may run scripts"
    if "frame-ancestors *" in policy and not FOR_OTHERS.match(address.path):
        yield "any site may frame it"
    wanted = "cross-origin" if FOR_OTHERS.match(address.path) else "same-origin"
    if answer.headers.get("cross-origin-resource-policy") != wanted:
        yield "which sites may load it"
    if "camera=()" not in answer.headers.get("permissions-policy", ""):
        yield "it may ask for the camera"
    for name in ("server", "strict-transport-security", "x-powered-by"):
        if name in answer.headers:
            yield name


def test_no_page_and_no_template_has_a_script_a_style_or_a_handler_in_its_lines(january_file: SqliteDatabases) -> None:
    """The policy forbids them, so whatever they did would silently not be done."""
    found = []
    with january_file.fresh() as url, running(url) as api:
        first = {
            f"{noun.removesuffix('s')}_id": items[0]["id"]
            for noun in ("claims", "sources", "documents", "events", "reports")
            if (items := api.items(f"/v1/{noun}", limit=1))
        }
        first |= {"tally_id": api.items("/v1/tallies", limit=1)[0]["id"], "record_id": first["claim_id"]}
        for path, route in pages.addresses():
            if "GET" not in (route.methods or ()):
                continue
            answer = api.send("GET", path.format(review_id="rev_nothing", noun="claims", name="claims", **first))
            if not answer.is_redirect and answer.headers["content-type"].startswith("text/html"):
                root = html.document_fromstring(answer.text)
                found += [
                    f"{path}: {one}" for one in root.xpath("//style | //@style | //@*[starts-with(name(), 'on')]")
                ]
                found += [f"{path}: a script" for _ in root.xpath("//script[not(@src)][not(contains(@type, 'json'))]")]
    assert found == []
