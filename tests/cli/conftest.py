"""The command line on a fresh database of each kind, and the night of 5 January told to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Engine
from typer.main import get_command
from typer.testing import CliRunner

from provenance.analysis.recording import recording
from provenance.cli.app import app
from provenance.vocabulary import TieKind
from tests.databases import Databases, opened
from tests.records import Desk


@dataclass(frozen=True)
class Said:
    """What a command printed."""

    out: str
    err: str

    @property
    def words(self) -> str:
        """The output as running text, however it was wrapped."""
        return " ".join(self.out.split())


@dataclass(frozen=True)
class Shell:
    """Somebody at a terminal; every command is asked of one database."""

    url: str

    def run(self, *words: str, expect: int = 0) -> Said:
        """Type a command; the test fails if its exit code is another one."""
        result = CliRunner().invoke(app, ["--database", self.url, *words], catch_exceptions=False)
        assert result.exit_code == expect, result.output
        return Said(result.stdout, result.stderr)

    def document(self, *words: str) -> Any:
        """What a command prints with --json."""
        return json.loads(self.run(*words, "--json").out)


@dataclass(frozen=True)
class Night:
    """Two claims: many repeat the police, one eyewitness says something else."""

    dozens: str
    ten: str


@pytest.fixture(scope="session", autouse=True)
def commands_put_together_once() -> Iterator[None]:
    """The commands, made from their functions once: typer's runner does it each time, and it takes longer than most."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("typer.testing._get_command", cache(get_command))
        yield


@pytest.fixture
def shell(database_url: str) -> Shell:
    """A terminal on a database, once on each kind."""
    return Shell(database_url)


@dataclass(frozen=True)
class Told:
    """Databases that begin with the night told to them."""

    databases: Databases
    night: Night


@pytest.fixture(scope="session")
def told(databases: Databases) -> Iterator[Told]:
    """The night, told once."""
    with databases.fresh() as url:
        with opened(url) as engine:
            night = tell(engine)
        yield Told(databases.like(url), night)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, databases: Databases) -> Iterator[str]:
    """A fresh database: one to which the night was told where a test asks for ``night``, else an empty one."""
    told: Told | None = request.getfixturevalue("told") if "night" in request.fixturenames else None
    with (told.databases if told else databases).fresh() as url:
        yield url


@pytest.fixture
def night(told: Told) -> Night:
    """The story, in the database of ``shell``."""
    return told.night


def tell(engine: Engine) -> Night:
    """Write the story."""
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        tally = desk.tally()
        dozens = desk.claim("Dozens of attackers were eliminated in Almaty.", tally)
        desk.report(dozens, "Saltanat Azirbek", "Khabar 24", "Tass", figures=["dozens"])
        desk.report(dozens, "Almaty police", "Interfax", figures=["dozens"])
        desk.report(dozens, "the authorities", "Le Monde", figures=["dozens"])
        desk.tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
        ten = desk.claim("About ten people were killed in Almaty.", tally)
        desk.report(ten, "Eyewitness", "Die Zeit", figures=["about ten"])
        return Night(dozens.public_id, ten.public_id)
