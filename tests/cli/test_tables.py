"""The commands that write tables: to a pipe or a file, with the filters of the lists."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

from pyarrow import parquet

from tests.cli.conftest import Night, Shell


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_list_is_written_to_a_pipe_with_its_filters(shell: Shell, night: Night) -> None:
    rows = table(shell.run("table", "claims", "--source", "Eyewitness").out)

    assert [row["id"] for row in rows] == [night.ten]


def test_a_list_of_one_record_takes_its_id(shell: Shell, night: Night) -> None:
    tass = shell.document("sources", "tass")["items"][0]["id"]

    assert [row["id"] for row in table(shell.run("table", "source-claims", tass).out)] == [night.dozens]


def test_parquet_goes_to_a_file_and_never_to_a_terminal(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "figures.parquet"
    shell.run("table", "figures", "--format", "parquet", "-o", str(file), "--claim", night.dozens)

    assert parquet.read_table(file).column("low").to_pylist() == [24.0, 24.0, 24.0]
    assert "-o FILE" in shell.run("table", "figures", "--format", "parquet", expect=2).err


def test_a_whole_event_is_written_by_its_title(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "night.zip"
    said = shell.run("package", "Night of 5 January", "-o", str(file), "--licence", "CC0-1.0")

    assert str(file) in said.err
    with ZipFile(file) as archive:
        assert [row["id"] for row in table(archive.read("claims.csv").decode())] == [night.dozens, night.ten]


def test_figures_are_written_as_recorders_keep_them(shell: Shell, night: Night) -> None:
    rows = table(shell.run("table", "ged", "Night of 5 January", "--policy", "acled").out)

    assert [(row["claim"], row["low"], row["high"]) for row in rows] == [
        (night.dozens, "12", "12"),
        (night.ten, "9", "11"),
    ]


def test_what_cannot_be_written_is_one_line_and_leaves_no_file(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "none.csv"

    for wrong in (["--flag", "nothing"], ["--source", "Nobody"], ["--limit", "0"]):
        said = shell.run("table", "claims", *wrong, "-o", str(file), expect=2)
        assert said.err.count("\n") == 1, said.err
    assert shell.run("package", "No such night", "-o", str(file), expect=2).err.startswith("error: ")
    assert not file.exists()
