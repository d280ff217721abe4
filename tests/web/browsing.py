"""A reader without scripts: opens pages, follows links and sends forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import httpx
from lxml import html

from tests.api.telling import Api


@dataclass(frozen=True)
class Leaf:
    """A page as a reader holds it."""

    response: httpx.Response

    @cached_property
    def root(self) -> html.HtmlElement:
        """Its elements, to be asked by XPath."""
        return html.document_fromstring(self.response.text)

    @property
    def text(self) -> str:
        """What it says, with single spaces."""
        return " ".join(self.root.text_content().split())

    def part(self, xpath: str) -> str:
        """What its elements at an XPath say; the test fails if there is none."""
        found = self.root.xpath(xpath)
        assert found, f"nothing at {xpath}"
        return " ".join(" ".join(each.text_content() for each in found).split())

    def links(self, xpath: str = "//a") -> dict[str, str]:
        """What its links say, with their addresses."""
        return {" ".join(each.text_content().split()): each.get("href") for each in self.root.xpath(xpath)}


@dataclass(frozen=True)
class Web:
    """Opens pages of the app, and the JSON beside them."""

    api: Api

    def open(self, address: str, status: int = 200, by: str = "") -> Leaf:
        """A page, for whoever is logged in as ``by``; the test fails if it is not answered with that status."""
        response = self.api.send("GET", address, headers=key_of(by))
        assert response.status_code == status, response.text
        assert response.headers["content-type"].startswith("text/html")
        return Leaf(response)

    def send(self, address: str, status: int = 303, by: str = "", **fields: str) -> httpx.Response:
        """A form that ``by`` filled in; a page of ours answers by leading to the page that shows it."""
        response = self.api.send("POST", address, data=fields, headers=key_of(by))
        assert response.status_code == status, response.text
        return response

    def claim(self, words: str) -> str:
        """The id of the best match for some words."""
        identity: str = self.api.items("/v1/claims", q=words)[0]["id"]
        return identity


EVERYBODY = "everybody"
"""Whoever is not logged in."""


def key_of(name: str) -> dict[str, str]:
    # Whoever carries the keys of a test (tests/keys.py) looks there for whose is meant, and gives none to a browser
    # that brings a cookie of its own.
    if name == EVERYBODY:
        return {"Cookie": "chosen=nothing"}
    return {"Provenance-Author": name} if name else {}
