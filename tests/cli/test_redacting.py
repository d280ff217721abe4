"""Redacting at the terminal: tried, asked about, done, proved."""

from __future__ import annotations

from provenance.analysis.recording import recording
from provenance.storage.source import SourceCreate
from provenance.storage.writes.sources import create_source
from provenance.vocabulary import SourceKind
from tests.cli.conftest import Shell
from tests.databases import opened
from tests.records import Desk


def told(shell: Shell) -> str:
    """A witness, and a claim that names her; her id."""
    with opened(shell.url) as engine, recording(engine, "ana") as writer:
        witness = create_source(writer, SourceCreate(name="Saule Omarova", kind=SourceKind.WITNESS)).public_id
        Desk(writer).claim("They shot at Saule Omarova; Omarova ran.")
        return witness


def test_a_witness_is_tried_then_taken_out_and_the_database_still_proves_itself(shell: Shell) -> None:
    witness = told(shell)
    tried = shell.run("redact", witness, "--dry-run").words
    assert "Parts of them that stand alone, and stay unless --also names them: Omarova (1)." in tried
    assert tried.endswith("Nothing was written.")
    refused = shell.run("redact", witness, "--why", "She asked.", expect=2)
    assert "redacting cannot be undone; add --yes" in refused.err
    done = shell.document("redact", witness, "--also", "Omarova", "--why", "She asked.", "--yes")
    assert (done["source"], done["swept"], done["names"]) == (witness, True, [])
    assert "█████ ███████; ███████ ran." in shell.run("claims").out
    verified = shell.document("verify")["history"]
    assert (verified["breaks"], verified["redacted"]) == ([], done["entries"])
    assert shell.document("redact", "--sweep") == {"swept": True}


def test_whom_and_why_must_be_said(shell: Shell) -> None:
    assert "whom to redact is missing" in shell.run("redact", "--why", "x", "--yes", expect=2).err
    assert "--why:" in shell.run("redact", told(shell), "--yes", expect=2).err
