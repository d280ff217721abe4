"""The commands that write tables: to a pipe or a file, with the filters of the lists."""

from __future__ import annotations

import csv
import io
import stat
from errno import ENOSPC
from pathlib import Path
from zipfile import ZipFile

import pytest
from pyarrow import parquet

from provenance.files import written_whole
from tests.cli.conftest import Night, Shell

FULL = Path("/dev/full")


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


def test_a_table_is_for_its_owner_alone_since_it_tells_what_waits(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    shell.run("table", "reports", "--include", "proposed", "-o", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_file_that_cannot_be_written_to_its_end_leaves_what_stood_there(tmp_path: Path) -> None:
    file = tmp_path / "event.zip"
    file.write_bytes(b"the one of yesterday")

    with pytest.raises(OSError, match="No space left on device") as failed:
        write_half(file)
    assert failed.value.filename == str(file)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"event.zip": b"the one of yesterday"}
    with written_whole(file) as stream:
        stream.write(b"whole")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"event.zip": b"whole"}


def write_half(file: Path) -> None:
    with written_whole(file) as stream:
        stream.write(b"half")
        raise OSError(ENOSPC, "No space left on device")


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("words", [["table", "claims"], ["package", "Night of 5 January"]])
def test_a_full_disk_is_told_in_a_line_with_the_file(shell: Shell, night: Night, words: list[str]) -> None:
    told = shell.run(*words, "-o", str(FULL), expect=2).err

    assert told.splitlines()[-1] == "error: No space left on device: /dev/full"
