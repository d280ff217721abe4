"""Imports flow one way: language <- storage <- analysis <- ingestion, exchange <- api, with extraction beside storage.

This file is the rule itself: the table below says what each part may see, and the tests read every import there is.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# What each part may import of ours, besides itself.
MAY_SEE: dict[str, frozenset[str]] = {
    "language": frozenset(),
    "storage": frozenset({"language"}),
    "extraction": frozenset({"language"}),
    "analysis": frozenset({"language", "storage"}),
    "ingestion": frozenset({"language", "storage", "extraction", "analysis"}),
    "exchange": frozenset({"language", "storage", "analysis"}),
    # What programs of others build on: it speaks HTTP to any server of ours and opens no database.
    "client": frozenset({"language"}),
    # What language models ask through; each answer comes from the reads that the API uses.
    "assistants": frozenset({"language", "storage", "extraction", "analysis", "exchange"}),
    "api": frozenset({"language", "storage", "extraction", "analysis", "ingestion", "exchange"}),
    # The command line starts the server by the name of its app, in words, so it needs no import of it.
    "cli": frozenset({"language", "storage", "extraction", "analysis", "ingestion", "exchange", "assistants"}),
    "migrations": frozenset({"language", "storage"}),
    # A migration tells what the schema was then; a model tells what it is now.
    "migration steps": frozenset(),
}

# Where a statement may be put together; elsewhere a question to the database has a name in reads or writes.
SPEAKS_SQL = frozenset({"storage", "migrations", "migration steps"})
SQL_WORDS = frozenset({"select", "insert", "update", "delete", "text"})
SQL_TOOLKITS = frozenset({"sqlalchemy", "sqlmodel"})
DRIVERS = frozenset({"sqlite3", "psycopg", "psycopg_pool"})

FILES = sorted(file for folder in ("provenance", "api", "migrations") for file in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_sees_only_what_lies_below_it(file: Path) -> None:
    assert trespasses(dotted(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_statements_are_put_together_in_storage_alone(file: Path) -> None:
    assert stray_sql(dotted(file), file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("provenance.chain", "from provenance.storage.claim import Claim"),
        ("provenance.chain", "from .storage import claim"),
        ("provenance.extraction.cues", "import provenance.storage.reads"),
        ("provenance.extraction.cues", "from provenance import storage"),
        ("provenance.storage.reads", "from provenance.analysis.picture import Picture"),
        ("provenance.analysis.rules.hearsay", "from ...ingestion import stories"),
        ("provenance.exchange.prov", "from provenance.ingestion.stories import load"),
        ("provenance.__main__", "import api.app"),
        ("provenance.cli.serving", "from api.app import create_app"),
        ("provenance.analysis.says", "from provenance.cli import tree"),
        ("migrations.versions.create", "from provenance.vocabulary import Stance"),
    ],
)
def test_an_import_against_the_flow_is_noticed(module: str, line: str) -> None:
    assert len(trespasses(module, line)) == 1


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("provenance.chain", "from provenance.vocabulary import Stance"),
        ("provenance.chain", "from . import errors"),
        ("provenance.analysis.standing", "from provenance.storage import reads"),
        ("provenance.analysis.rules.hearsay", "from . import rule"),
        ("api.routers.claims", "from provenance.analysis import standing"),
        ("provenance.__main__", "from provenance.exchange import csv"),
        ("provenance.__main__", "from provenance.cli.app import app"),
        ("provenance.chain", "import dataclasses"),
    ],
)
def test_an_import_with_the_flow_is_left_alone(module: str, line: str) -> None:
    assert trespasses(module, line) == []


@pytest.mark.parametrize(
    ("module", "line", "stray"),
    [
        ("provenance.analysis.picture", "from sqlalchemy import select", ["sqlalchemy.select"]),
        ("api.app", "from sqlmodel import Session, select", ["sqlmodel.select"]),
        ("api.app", "import sqlalchemy as sa", ["sqlalchemy"]),
        ("api.app", "from sqlalchemy.dialects.sqlite import insert", ["sqlalchemy.dialects.sqlite.insert"]),
        ("provenance.__main__", "import sqlite3", ["sqlite3"]),
        ("provenance.storage.reads", "from sqlalchemy import select", []),
        ("api.app", "from sqlmodel import Session", []),
        ("provenance.analysis.picture", "from provenance.storage.reads import select", []),
    ],
)
def test_sql_outside_storage_is_noticed(module: str, line: str, stray: list[str]) -> None:
    assert stray_sql(module, line) == stray


def trespasses(module: str, source: str) -> list[str]:
    """The imports in ``module`` that its part may not see."""
    part = part_of(module)
    assert part is not None, f"{module} is not ours"
    allowed = MAY_SEE[part] | {part}
    return [name for name in imported(module, source) if (seen := part_of(name)) is not None and seen not in allowed]


def stray_sql(module: str, source: str) -> list[str]:
    """The imports in ``module`` with which it could put a statement together although it is not storage."""
    if part_of(module) in SPEAKS_SQL:
        return []
    return [name for name in imported(module, source) if _is_for_sql(name)]


def _is_for_sql(name: str) -> bool:
    toolkit, *path = name.split(".")
    if toolkit in DRIVERS:
        return True
    return toolkit in SQL_TOOLKITS and (not path or path[-1] in SQL_WORDS)


def part_of(module: str) -> str | None:
    """Which row of the table a module of ours belongs to; None for what others wrote."""
    match module.split("."):
        case ["api", *_]:
            return "api"
        case ["migrations", "versions", *_]:
            return "migration steps"
        case ["migrations", *_]:
            return "migrations"
        case ["provenance", "__main__", *_]:
            return "cli"
        case ["provenance", folder, *_] if folder in MAY_SEE:
            return folder
        case ["provenance", *_]:
            return "language"
        case _:
            return None


def imported(module: str, source: str) -> Iterator[str]:
    """Every dotted name that ``source`` imports, relative ones resolved against ``module``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*base, *filter(None, [node.module])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def dotted(file: Path) -> str:
    """The name under which a file is imported; a package keeps its ``__init__`` so that dots count alike."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


def test_every_folder_of_the_package_has_its_row() -> None:
    folders = {init.parent.name for init in (ROOT / "provenance").glob("*/__init__.py")}
    assert folders <= set(MAY_SEE)
