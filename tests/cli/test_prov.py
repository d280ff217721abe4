"""The command that writes and reads W3C PROV."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Night, Shell
from tests.databases import Databases


def test_a_claim_goes_through_a_file_into_another_database_as_proposals(
    shell: Shell, night: Night, databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "dozens.json"
    assert shell.run("prov", "dozens", "eliminated", "-o", str(file)).err.endswith(f"Written: {file}\n")
    with databases.fresh() as url:
        other = Shell(url)
        first = other.document("prov", "--read", str(file), "--author", "Ana")
        again = other.run("prov", "--read", str(file)).words
        written = json.loads(other.run("prov", night.dozens).out)
    assert [one["place"].rpartition(".")[2] for one in first["records"] if one["became"] == "left"] == ["cp:tally"]
    assert {one["noun"] for one in first["records"] if one["noun"]} == {
        "source",
        "document",
        "event",
        "claim",
        "report",
        "tie",
    }
    assert again.startswith("0 added, 0 proposed, ")
    assert not any(entity.startswith("reports:") for entity in written["entity"]), "proposals are not told"


def test_each_notation_is_written(shell: Shell, night: Night) -> None:
    begins = {"prov-n": "document", "prov-xml": "<?xml", "turtle": "@prefix", "json-ld": "{", "prov-json": "{"}
    for notation, beginning in begins.items():
        assert shell.run("prov", night.ten, "--as", notation).out.startswith(beginning)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'{"entity": {', "line 1, column 13"),
        (b"\xff\xfe{\x00", "byte 0 is not UTF-8"),
        (b'{"entity": {"ex:e": {}}}', "entity.ex:e: the prefix 'ex' is not declared"),
        (b'{"entity": ' + b"[" * 100_000, "no PROV-JSON that could be read"),
    ],
    ids=["truncated", "UTF-16", "no prefix", "deep"],
)
def test_a_broken_file_is_told_in_one_line_with_the_place(
    shell: Shell, night: Night, tmp_path: Path, content: bytes, place: str
) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(content)
    said = shell.run("prov", "--read", str(file), expect=2)
    assert said.err.startswith("error: ")
    assert said.err.count("\n") == 1
    assert place in said.err


def test_a_record_and_a_file_are_not_asked_for_together(shell: Shell, tmp_path: Path) -> None:
    assert "--read" in shell.run("prov", expect=2).err
    assert "--read" in shell.run("prov", "dozens", "--read", str(tmp_path), expect=2).err
