"""Archived texts whole are for those who work here; everybody else is given the words that reports quote."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from lxml import html

from provenance.vocabulary import Role
from tests.api.telling import Api, running
from tests.databases import Databases
from tests.keys import new_key

BEGINNING = "The morgue stayed shut for days, relatives who waited in the cold told us at length. "
QUOTE = "Dozens of attackers were eliminated"
END = (
    ", the spokeswoman went on to say in a broadcast. Later that week the prosecutor confirmed nothing, and our "
    "correspondent counted eleven lorries near the Qargaly bridge."
)
TEXT = f"{BEGINNING}{QUOTE}{END}"
AFTER = "Later that week the prosecutor confirmed nothing"


@dataclass
class Archive:
    """An app that holds an article of which one sentence is quoted, and keys of everybody who may ask."""

    api: Api
    document: str
    report: str
    keys: dict[str, str]

    def said(self, address: str, by: str = "nobody") -> str:
        """What is answered to somebody, with whatever JSON or HTML escapes in it."""
        headers = {"Authorization": f"Bearer {self.keys[by]}"} if by in self.keys else {}
        answer = self.api.send("GET", address, headers=headers)
        assert answer.status_code == 200, answer.text
        if "html" in answer.headers["content-type"]:
            return " ".join(html.document_fromstring(answer.text).text_content().split())
        return answer.text

    def found(self, q: str, by: str = "nobody", **more: str) -> list[str]:
        """The documents in which somebody finds words, by the list and by the search alike."""
        asked = "".join(f"&{name}={value}" for name, value in more.items())
        listed = json.loads(self.said(f"/v1/documents?q={q}{asked}", by))["items"]
        searched = json.loads(self.said(f"/v1/search?q={q}{asked}", by))["documents"]
        assert sorted(one["id"] for one in listed) == sorted(one["id"] for one in searched)
        return [one["id"] for one in listed]


@pytest.fixture
def archive(databases: Databases) -> Iterator[Archive]:
    with databases.fresh() as url:
        keys = {role.value: new_key(url, role, f"the {role.value}") for role in Role}
        with running(url) as api:
            document, report = told(api)
        with running(url, keyed=False) as api:
            yield Archive(api, document, report, keys)


def told(api: Api) -> tuple[str, str]:
    """An article in two versions, of the later one of which a sentence is quoted."""
    first = api.document("The Steppe Post", text=BEGINNING, title="A night", language="en")
    document = api.document("The Steppe Post", text=TEXT, title="Almaty counts its dead", language="en")
    report = api.post(
        "/v1/reports",
        document=document,
        claim=api.claim("Attackers were killed."),
        quote=QUOTE,
        attributions=[],
    )["id"]
    assert first != document
    return document, report


DESK = ("contributor", "editor", "admin")
OTHERS = ("nobody", "reader")


def test_a_text_is_given_whole_at_the_desk_and_its_hash_to_everybody(archive: Archive) -> None:
    for by in (*DESK, *OTHERS):
        shown = json.loads(archive.said(f"/v1/documents/{archive.document}", by))
        assert shown["text"] == (TEXT if by in DESK else None)
        assert shown["content_hash"] == hashlib.sha256(TEXT.encode()).hexdigest()
        assert shown["reports"][0]["quote"] == QUOTE


def test_the_page_of_a_document_shows_what_is_quoted_with_a_few_words_beside(archive: Archive) -> None:
    for by in OTHERS:
        page = archive.said(f"/documents/{archive.document}", by)
        assert f"cold told us at length. {QUOTE}, the spokeswoman went on to say" in page
        assert "…" in page
        assert "morgue" not in page
        assert "prosecutor" not in page
        assert hashlib.sha256(TEXT.encode()).hexdigest() in page
        assert "whole texts are for those who work here" in page
    assert " ".join(TEXT.split()) in archive.said(f"/documents/{archive.document}", "contributor")


def test_no_history_gives_a_text_to_those_outside(archive: Archive) -> None:
    for address in (
        "/v1/history",
        f"/v1/documents/{archive.document}/history",
        f"/documents/{archive.document}/history",
    ):
        assert "Qargaly" in archive.said(address, "contributor")
        for by in OTHERS:
            shown = archive.said(address, by)
            assert "Qargaly" not in shown
            assert "prosecutor" not in shown
    change = json.loads(archive.said(f"/v1/documents/{archive.document}/history"))["items"][0]["change"]
    assert "Qargaly" not in archive.said(f"/v1/history/{change}")
    assert "Qargaly" not in archive.said("/v1/history.csv", "admin"), "a table is made to be passed on"


def test_those_outside_find_a_document_by_its_title_and_by_what_is_quoted_of_it(archive: Archive) -> None:
    then = max(entry["at"] for entry in archive.api.send("GET", "/v1/history").json()["items"])
    for more in ({}, {"known_at": then.replace("+", "%2B")}):
        for words in ("almaty+dead", "eliminated", "ELIMINA", "dozens+attackers", "counts+eliminated"):
            for by in (*DESK, *OTHERS):
                assert archive.found(words, by, **more) == [archive.document], (by, words)
        for words in ("qargaly", "lorries", "eliminated+prosecutor", "morg"):
            for by in OTHERS:
                assert archive.found(words, by, **more) == [], (by, words)
            assert archive.document in archive.found(words, "contributor", **more)


def test_annotations_quote_with_the_same_few_words_beside(archive: Archive) -> None:
    for by in ("nobody", "admin"):
        shown = archive.said(f"/v1/reports/{archive.report}/annotation", by)
        assert '"prefix"' in shown
        assert "morgue" not in shown
        assert AFTER not in shown


def test_a_server_may_be_set_to_give_texts_to_everybody(databases: Databases) -> None:
    with databases.fresh() as url:
        with running(url) as api:
            document, report = told(api)
        with running(url, keyed=False, full_texts="public") as api:
            archive = Archive(api, document, report, {})
            assert json.loads(archive.said(f"/v1/documents/{document}"))["text"] == TEXT
            assert " ".join(TEXT.split()) in archive.said(f"/documents/{document}")
            assert archive.found("qargaly") == [document]
            assert "Qargaly" in archive.said(f"/v1/documents/{document}/history")
