"""The commands that take everything out of one database and into another."""

from __future__ import annotations

import gzip
import json
import stat
from pathlib import Path

from typer.testing import CliRunner

from provenance.cli.app import app
from tests.cli.conftest import Night, Shell
from tests.databases import Databases


def test_everything_goes_through_a_file_into_another_database(
    shell: Shell, night: Night, databases: Databases, tmp_path: Path
) -> None:
    file = tmp_path / "night.jsonl.gz"
    assert "Wrote " in shell.run("export", str(file)).words
    with databases.fresh() as url:
        other = Shell(url)
        assert "derived 2 claims anew." in other.run("import", str(file)).words
        assert "each sealed with the one before; unbroken." in other.run("verify").words
        assert other.run("trace", night.dozens, "--json") == shell.run("trace", night.dozens, "--json")
        assert other.run("export").out == shell.run("export", "-").out == gzip.decompress(file.read_bytes()).decode()
    assert list(tmp_path.iterdir()) == [file]


def test_a_pipe_leads_from_one_database_into_another(shell: Shell, night: Night, databases: Databases) -> None:
    lines = shell.run("export").out
    with databases.fresh() as url:
        result = CliRunner().invoke(app, ["--database", url, "import", "-", "--json"], input=lines)
        assert result.exit_code == 0, result.output
        said = json.loads(result.stdout)
    assert (said["claims"], said["lines"]) == (2, lines.count("\n"))


def test_what_was_written_is_said_with_the_hash_that_the_last_line_bears(
    shell: Shell, night: Night, tmp_path: Path
) -> None:
    file = tmp_path / "night.jsonl"
    said = shell.document("export", str(file))
    end = json.loads(file.read_bytes().splitlines()[-1])["end"]
    assert (said["sha256"], said["lines"]) == (end["sha256"], end["lines"] + 1)
    assert said["rows"]["claim"] == 2


def test_what_stands_in_the_way_is_told_in_one_line(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "night.jsonl"
    shell.run("export", str(file))
    full = shell.run("import", str(file), expect=2)
    assert "holds records, and a whole copy goes into an empty one" in full.err
    assert "No such file" in shell.run("import", str(tmp_path / "none.jsonl"), expect=2).err
    assert "name a file" in shell.run("export", "--json", expect=2).err
    assert full.err.count("\n") == 1


def test_an_export_is_for_its_owner_alone_whatever_stood_there(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "night.jsonl"
    for left in (file, tmp_path / "night.jsonl.part"):
        left.write_text("of an earlier one")
        left.chmod(0o666)
    shell.run("export", str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_an_export_that_fails_leaves_what_stood_there(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "there" / "night.jsonl"
    assert "No such file" in shell.run("export", str(file), expect=2).err
    file.parent.mkdir()
    shell.run("export", str(file))
    before = file.read_bytes()
    (tmp_path / "there" / "night.jsonl.part").mkdir()
    shell.run("export", str(file), expect=2)
    assert file.read_bytes() == before
