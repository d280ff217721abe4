"""The commands that keep a database safe, as somebody types them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from provenance.cli.upgrading import offer
from provenance.storage.backup.file import checked
from provenance.storage.session import known_versions, schema_versions, unmigrate
from tests.cli.conftest import Night, Shell
from tests.databases import opened

OLDER = "20261122_find_states_by_key"


def test_a_backup_is_taken_listed_restored_and_answers_the_same(shell: Shell, night: Night, tmp_path: Path) -> None:
    taken = shell.document("backup", str(tmp_path))
    assert checked(Path(taken["file"])).newest == taken["history"]
    [listed] = shell.document("backups", str(tmp_path))["backups"]
    assert (listed["whole"], listed["rows"]["claim"], listed["entries"]) == (True, 2, taken["entries"])
    assert "eliminated" not in str(listed)

    other = Shell(f"sqlite:///{tmp_path / 'restored.db'}")
    restored = other.document("restore", taken["file"])
    assert restored["indexed"] > 0
    for asked in (("trace", night.dozens), ("claims",), ("verify",), ("history", night.ten)):
        assert other.document(*asked) == shell.document(*asked), asked
    refused = other.run("restore", taken["file"], expect=2)
    assert re.search(r"There is .*restored\.db already.*Name a file that is not there", refused.err)


def test_a_damaged_backup_is_told_in_the_list_and_refused(shell: Shell, night: Night, tmp_path: Path) -> None:
    file = tmp_path / "p.backup"
    shell.run("backup", str(file))
    file.write_bytes(file.read_bytes()[:-20])
    assert "DAMAGED" in shell.run("backups", str(tmp_path), expect=1).out
    said = Shell(f"sqlite:///{tmp_path / 'restored.db'}").run("restore", str(file), expect=2)
    assert re.fullmatch(r"error: \S+p\.backup cannot be restored: it was cut off\. Restore another one; .*\n", said.err)
    assert night


def test_verify_names_each_part_and_reindex_mends_the_search(shell: Shell, night: Night) -> None:
    with opened(shell.url) as engine, engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM search_entry"))
    found = Shell(shell.url).run("verify", expect=1)
    assert "Run `provenance reindex`." in found.err
    assert "No search finds it" in found.words
    shell.run("reindex")
    document = shell.document("verify")
    assert {
        name: document[name]["wrong"] for name in ("pages", "schema", "references", "search", "texts")
    } == dict.fromkeys(("pages", "schema", "references", "search", "texts"), 0)
    assert night


def test_an_older_schema_is_backed_up_and_migrated_only_if_that_is_agreed_to(
    shell: Shell, night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    unmigrate(shell.url, OLDER)
    said = shell.run("claims", expect=2)
    assert re.search(rf"schema version {OLDER}, this program needs .*Run: provenance migrate", said.err)
    offer(shell.url, agreed=False)
    assert _version(shell) == OLDER
    offer(shell.url, agreed=True)
    assert _version(shell) == known_versions()[-1]
    beside = tmp_path if shell.url.startswith("postgresql") else Path(shell.url.removeprefix("sqlite:///")).parent
    made = sorted(beside.glob("provenance-*.backup"))[-1:]
    assert [checked(one).schema for one in made] == [OLDER]
    made[0].unlink()
    assert shell.run("claims").out
    assert night


def _version(shell: Shell) -> str | None:
    with opened(shell.url) as engine:
        return schema_versions(engine)[0]
