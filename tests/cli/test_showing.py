"""Whoever narrows a person at the terminal hears where the name still stands, and names only people who have keys."""

from __future__ import annotations

import pytest

from provenance.analysis.recording import recording
from provenance.storage.source import SourceCreate
from provenance.storage.writes.sources import create_source
from provenance.vocabulary import SourceKind
from tests.cli.conftest import Shell
from tests.databases import opened
from tests.records import Desk

NAME = "Saule Omarova"


@pytest.fixture
def witness(shell: Shell) -> str:
    """A witness whom a claim names."""
    with opened(shell.url) as engine, recording(engine, "a test") as writer:
        Desk(writer).claim(f"{NAME} saw dozens killed.")
        return create_source(writer, SourceCreate(name=NAME, kind=SourceKind.WITNESS)).public_id


def test_whoever_narrows_a_person_hears_where_the_name_still_stands(shell: Shell, witness: str) -> None:
    said = shell.run("show-to", witness, "--desk")
    assert "The name still stands in public, in one place" in said.words
    document = shell.document("show-to", witness, "--desk")
    assert [(one["noun"], one["field"]) for one in document["still_stands"]] == [("claim", "text")]


def test_people_who_have_no_key_are_shown_nothing(shell: Shell, witness: str) -> None:
    refused = shell.run("show-to", witness, "--people", "Ana", expect=2)
    assert "nobody called Ana has a key that is good" in " ".join(refused.err.split())
    shell.run("key", "create", "--role", "editor", "--name", "Ana")
    assert f"{witness} is for Ana." in shell.run("show-to", witness, "--people", "Ana").words
