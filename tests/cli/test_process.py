"""The command line as a process: how fast it starts, how it ends, and the server for the demonstration."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

from tests.databases import PostgresqlDatabases

PROVENANCE = [sys.executable, "-m", "provenance"]


def run(*words: str, **options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", **options}
    return subprocess.run(
        [*PROVENANCE, *words], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def test_help_names_every_command_and_shows_what_to_try() -> None:
    said = run("--help")
    assert said.returncode == 0, said.stderr
    for command in (
        "serve", "migrate", "load", "convert", "claims", "trace", "figures", "flags", "sources", "events", "tallies",
        "documents", "reports", "reviews", "search", "history", "undo", "recompute", "verify",
    ):  # fmt: skip
        assert re.search(rf"^  {command} ", said.stdout, re.M), command
    assert "provenance trace dozens" in said.stdout
    assert max(map(len, said.stdout.splitlines())) <= 80


def test_the_version_is_told() -> None:
    assert re.fullmatch(r"provenance \d+\.\d+\.\d+\n", run("--version").stdout)


def test_help_does_not_wait_for_the_database_or_the_server_to_be_imported() -> None:
    asked = (
        "import sys; from provenance.cli.app import app; app(['--help'], standalone_mode=False); "
        "print([name for name in ('sqlalchemy', 'sqlmodel', 'fastapi', 'uvicorn', 'alembic') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=False)
    assert said.stdout.splitlines()[-1] == "[]", said.stderr


def test_an_unknown_command_is_a_user_error() -> None:
    said = run("gossip")
    assert said.returncode == 2
    assert "No such command 'gossip'" in said.stderr


def test_a_reader_that_leaves_early_gets_no_complaint() -> None:
    with subprocess.Popen(
        [*PROVENANCE, "flags", "--rules"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


def test_the_demonstration_serves_the_stories_from_an_empty_folder_until_it_is_told_to_stop(tmp_path: Path) -> None:
    assert demonstrated("sqlite:///demo.db", tmp_path) > 50
    assert (tmp_path / "demo.db").exists()


def test_the_demonstration_serves_the_stories_from_a_server(
    postgresql_databases: PostgresqlDatabases, tmp_path: Path
) -> None:
    with postgresql_databases.fresh() as url:
        assert demonstrated(url, tmp_path) > 50


def demonstrated(url: str, folder: Path) -> int:
    """Serve the stories, and how many documents the claim has that most repeat among those of the first address."""
    environment = {**os.environ, "PROVENANCE_DATABASE_URL": url, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [*PROVENANCE, "serve", "--demo", "--port", "0"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            examples = re.findall(r"http://127\.0\.0\.1:\d+/\S*", line)
            assert len(examples) == 2, line or (process.stderr and process.stderr.read())
            found, traced = (httpx.get(address) for address in examples)
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
    assert (found.status_code, traced.status_code) == (200, 200)
    documents: list[int] = [claim["documents"] for claim in found.json()["items"]]
    return max(documents)
