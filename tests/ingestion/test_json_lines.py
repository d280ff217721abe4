"""One document a line; what is wrong with a line is told by its number, and costs no other line."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from provenance.ingestion.loading import LoadedDocument, LoadFailure, Published, load
from provenance.vocabulary import DateBasis, DatePrecision

TEXT = "Eight officers were killed, the ministry told Khabar 24."


def loaded(*lines: Any) -> list[LoadedDocument | LoadFailure]:
    content = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(load("-", stdin=io.BytesIO(content)))


def document(**line: Any) -> LoadedDocument:
    (found,) = loaded({"text": TEXT, **line})
    assert isinstance(found, LoadedDocument), found
    return found


def test_a_line_gives_what_it_knows() -> None:
    found = document(
        id="a1", url="https://tass.example/8", title="Riots", publisher="Tass", author="A. Writer",
        published_at="2022-01-06T12:38+06:00", language="en",
    )  # fmt: skip

    assert (found.key, found.id, found.text) == ("-#1", "a1", TEXT)
    assert (found.url, found.host, found.title) == ("https://tass.example/8", "tass.example", "Riots")
    assert (found.publisher_name, found.author, found.language) == ("Tass", "A. Writer", "en")
    assert (found.published.precision, found.published.basis) == (DatePrecision.MINUTE, DateBasis.INDEX)
    assert found.notes == ()


def test_a_page_in_a_line_is_read_and_the_line_goes_before_it() -> None:
    page = f"<html lang=ru><head><title>Page</title><meta name=author content=P></head><p>{TEXT}</p></html>"

    (found,) = loaded({"html": page, "title": "Line"})

    assert isinstance(found, LoadedDocument)
    assert TEXT in found.text
    assert (found.title, found.author, found.language) == ("Line", "P", "ru")


def test_keys_are_the_numbers_of_the_lines_whatever_stands_between() -> None:
    found = loaded({"text": "a"}, b"", b"not JSON", {"text": "b"})

    assert [(each.key if isinstance(each, LoadedDocument) else each.origin) for each in found] == ["-#1", "-#3", "-#4"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b'{"text": "a"', "the line is no JSON"),
        (b'{"text": "\xff"}', "the line is not UTF-8 (byte 11)"),
        (b"{" + b'"a":{' * 100_000, "nests too deeply"),
        (b'{"text": ' + b"[" * 100_000, "nests too deeply"),
        (b'{"id": 1' + b"0" * 5000 + b', "text": "a"}', "a number too long"),
        ({}, "neither 'text' nor 'html'"),
        ({"text": " "}, "neither 'text' nor 'html'"),
        ({"text": "a", "html": "<p>a"}, "both 'text' and 'html'"),
        ({"text": 8}, "'text' is no string"),
        ({"text": ["a"]}, "'text' is no string"),
        ({"text": "a", "id": {}}, "'id' is no string"),
        ({"text": "a\x00b"}, "'text': it holds a NUL character"),
        (b'{"text": "\\ud800"}', "'text': it holds half a character"),
        ({"html": "<script>x</script>"}, "holds no text to read"),
    ],
    ids=lambda each: each[:24] if isinstance(each, str) else "line",
)
def test_a_bad_line_says_what_is_wrong_with_it(line: Any, why: str) -> None:
    bad, good = loaded(line, {"text": TEXT})

    assert isinstance(bad, LoadFailure)
    assert bad.origin == "-#1"
    assert why in bad.reason
    assert isinstance(good, LoadedDocument)


@pytest.mark.parametrize(
    ("field", "note"),
    [
        ({"colour": "red"}, "Passed over what is not known here: colour; what is known: id, text, html"),
        ({"url": "ftp://tass.example"}, "Passed over the url 'ftp://tass.example'"),
        ({"language": "in English"}, "Passed over the language 'in English'"),
        ({"published_at": "lately"}, "The date 'lately' could not be read"),
        ({"published_at": "2022-01-06T12:38"}, "The time '2022-01-06T12:38' has no zone"),
    ],
)
def test_what_is_not_understood_is_passed_over_and_told(field: dict[str, Any], note: str) -> None:
    assert document(**field).notes[0].startswith(note)


def test_a_date_that_cannot_be_read_is_kept_as_printed() -> None:
    assert document(published_at="lately").published == Published(printed="lately")


def test_a_number_may_be_an_id() -> None:
    assert document(id=8).id == "8"


def test_lines_that_are_held_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b"}\n')

    (found,) = load(path, skip=lambda key: key == f"{path}#1")

    assert isinstance(found, LoadedDocument)
    assert (found.key, found.text) == (f"{path}#2", "b")
