"""The walkthrough in ``docs/`` does what it says: its commands are run as they stand there, against a server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from api.app import create_app
from provenance.settings import Settings
from provenance.vocabulary import Role
from tests.keys import new_key

PAGE = Path(__file__).parents[2] / "docs" / "walkthrough.md"
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@contextmanager
def served(database_url: str) -> Iterator[int]:
    """The app on a port that was free, in a thread of its own."""
    app = create_app(Settings(database_url=database_url))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def test_the_walkthrough_leads_from_an_event_to_a_figure_that_a_review_upholds(database_url: str) -> None:
    with served(database_url) as port:
        script = "\n".join(["set -eu", *BLOCKS]).replace("127.0.0.1:8000", f"127.0.0.1:{port}")
        # `post` prints what was answered, one after the other, so each answer ends its line.
        script = script.replace("curl -sS", "curl -sS --fail-with-body -w '\\n'")
        with_key = {**os.environ, "KEY": new_key(database_url, Role.EDITOR, "Desk")}
        ran = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60, env=with_key)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    tie, before, figures, verified, after = map(json.loads, filter(None, ran.stdout.splitlines()))
    assert tie["ties"][0]["other"] == "Almaty police"
    assert before["reports"][0]["paths"] == [["Saltanat Azirbek", "Khabar 24", "Tass"]]
    assert figures["items"][0]["text"] == "Dozens"
    assert verified["verifications"][0]["by"] == "Desk"
    assert "unverified_figure" in [flag["rule"] for flag in before["flags"]]
    assert "unverified_figure" not in [flag["rule"] for flag in after["flags"]]
