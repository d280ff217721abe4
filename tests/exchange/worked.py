"""Runs the worked examples of ``docs/clients`` as a reader would copy them, and compares what they print.

A page has blocks of ``python``, which share their names from the first to the last, and after a block one of ``text``
with all that the block prints. The address of ``make serve`` stands in for the server of the test, which makes the
key of an editor for a page that asks for one.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import httpx

PAGES = Path(__file__).parent.parent.parent / "docs" / "clients"
SERVED = "http://127.0.0.1:8000"
KEY = "PROVENANCE_KEY"
BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Ran:
    """One block of code of a page: what it says that it prints, and what it printed."""

    code: str
    told: str | None
    printed: str


def run(name: str, base: str) -> list[Ran]:
    """Run the blocks of ``docs/clients/{name}.md`` in their order against the server at ``base``."""
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    with patch.dict(os.environ, {KEY: new_key(base)} if f"os.environ['{KEY}']" in page.replace('"', "'") else {}):
        return _run(name, BLOCK.findall(page), base)


def new_key(base: str) -> str:
    """The key of an editor, made as an admin makes it."""
    made = httpx.post(f"{base}/v1/keys", json={"name": "Ana", "role": "editor", "same_person": True}).raise_for_status()
    key: str = made.json()["key"]
    return key


def _run(name: str, blocks: list[tuple[str, str]], base: str) -> list[Ran]:
    names: dict[str, Any] = {"__name__": "__worked_example__"}
    ran = []
    for position, (kind, code) in enumerate(blocks):
        if kind != "python":
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        told = following[1] if following and following[0] == "text" else None
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code.replace(SERVED, base), f"docs/clients/{name}.md", "exec"), names)
        ran.append(Ran(code, told, out.getvalue().replace(base, SERVED)))
    return ran


def check(name: str, base: str) -> None:
    """Run a page: each block must print what the page tells, and at least one must be told."""
    ran = run(name, base)
    assert any(each.told for each in ran), f"docs/clients/{name}.md tells nothing that could be checked"
    for each in ran:
        if each.told is not None:
            assert each.printed.strip() == each.told.strip(), each.code
