"""One form for a page behind a paywall: its address, its words and a picture of it; and the copies that are kept."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Any

import pytest

from tests.api.telling import Api, Json

TEXT = (
    "Fire in the harbour of Port Salis\n\n"
    "Nine dock workers were killed in a fire at the Port Salis grain terminal on Tuesday, a spokesman for the "
    "Interior Ministry told Khabar 24.\n"
)
URL = "https://paywalled.example/2022/01/06/fire"


def png() -> bytes:
    """A picture of one white dot."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\x00\xff")) + chunk(b"IEND", b"")
    )


def taken_in(api: Api, screenshot: bytes | None = None, **parts: str) -> Json:
    files = {"screenshot": ("../../etc/page.png", screenshot)} if screenshot is not None else {"text": (None, TEXT)}
    answer = api.send("POST", "/v1/intake", files=files, data={"text": TEXT, **parts} if screenshot else parts)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def test_words_address_and_picture_become_one_document_with_proposals_and_a_copy(api: Api) -> None:
    answer = taken_in(api, png(), url=URL, publisher="Daily Harbour", author="A. Writer", note="Seen by subscription.")

    assert answer["outcome"] == "added"
    assert [link["source"] for link in answer["reports"][0]["chain"]][-1] == "Khabar 24"
    document = api.get(f"/v1/documents/{answer['document']['id']}")
    assert (document["url"], document["publisher"], document["author"]) == (URL, "Daily Harbour", "A. Writer")
    assert document["note"] == "Seen by subscription."
    [copy] = answer["copies"]
    assert (copy["media_type"], copy["sha256"]) == ("image/png", hashlib.sha256(png()).hexdigest())
    assert api.items(f"/v1/documents/{document['id']}/copies") == [copy]


def test_a_copy_is_handed_out_to_be_saved_and_never_to_run(api: Api) -> None:
    answer = taken_in(api, png(), url=URL)
    [copy] = answer["copies"]

    got = api.send("GET", f"/v1/documents/{copy['document']}/copies/{copy['id']}")

    assert (got.status_code, got.content) == (200, png())
    assert got.headers["content-type"] == "image/png"
    assert got.headers["content-disposition"] == f'attachment; filename="{copy["id"]}.png"'
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]


def test_the_same_form_twice_is_one_document_with_one_copy(api: Api) -> None:
    first = taken_in(api, png(), url=URL)
    again = taken_in(api, png(), url=URL)

    assert (again["outcome"], again["document"]["id"]) == ("known", first["document"]["id"])
    assert again["copies"] == first["copies"]


def test_a_picture_may_come_later_than_the_words(api: Api) -> None:
    first = taken_in(api, url=URL)
    assert first["copies"] == []

    assert len(taken_in(api, png(), url=URL)["copies"]) == 1


def test_a_dry_run_keeps_nothing(api: Api) -> None:
    answer = taken_in(api, png(), url=URL, dry_run="true")

    assert (answer["dry_run"], answer["copies"], api.items("/v1/documents")) == (True, [], [])


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("nothing to read", {"files": {"title": (None, "Fire")}}, "text"),
    (
        "no picture",
        {"data": {"text": TEXT}, "files": {"screenshot": ("a.png", b"<svg onload=alert(1)>")}},
        "screenshot",
    ),
    ("too large", {"data": {"text": TEXT}, "files": {"screenshot": ("a", b"%PDF-" + b"x" * 10_000_000)}}, "screenshot"),
    ("no address", {"data": {"text": TEXT, "url": "javascript:alert(1)"}, "files": {"note": (None, "x")}}, "url"),
    ("no date", {"data": {"text": TEXT, "published_at": "soon"}, "files": {"note": (None, "x")}}, "published"),
    ("a forbidden address", {"files": {"url": (None, "http://127.0.0.1:9/x")}}, "url"),
    ("control characters", {"data": {"text": TEXT, "author": "A\x07"}, "files": {"note": (None, "x")}}, "author"),
]


@pytest.mark.parametrize(("what", "form", "field"), WRONG, ids=[what for what, _, _ in WRONG])
def test_a_form_that_is_wrong_is_refused_by_the_name_of_its_part(
    api: Api, what: str, form: dict[str, Any], field: str
) -> None:
    problem = api.refused("POST", "/v1/intake", 422, **form)

    assert problem["errors"][0]["field"] == field, what
    assert api.items("/v1/documents") == []


def test_a_copy_that_is_not_there_is_not_found(api: Api) -> None:
    document = taken_in(api, url=URL)["document"]["id"]

    api.refused("GET", f"/v1/documents/{document}/copies/cpy_none", 404)
    api.refused("GET", "/v1/documents/doc_none/copies", 404)


def test_a_form_without_words_or_address_is_told_of_parts_that_there_are(api: Api) -> None:
    detail = api.refused("POST", "/v1/intake", 422, files={"title": (None, "Fire")})["detail"]

    assert "`text` or `url`" in detail
    assert "html" not in detail


def test_a_form_that_was_never_sent_is_missing_and_of_no_wrong_kind(api: Api) -> None:
    assert "There is no body" in api.refused("POST", "/v1/intake", 422)["detail"]
