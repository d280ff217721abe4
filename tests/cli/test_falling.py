"""What falls, asked at a terminal: by name, in words, and in the JSON of the API."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.storage.correction import CorrectionCreate, RulingCreate
from provenance.storage.reads.asked import SourcesAsked, TalliesAsked
from provenance.storage.reads.events import tallies
from provenance.storage.reads.sources import sources
from provenance.storage.session import reading
from provenance.storage.writes.corrections import create_correction
from provenance.storage.writes.rulings import sign_ruling
from provenance.vocabulary import CorrectionKind, RulingKind
from tests.api.telling import running
from tests.cli.conftest import Night, Shell
from tests.records import NOON


def source(engine: Engine, name: str) -> str:
    """The id of a source."""
    with reading(engine) as session:
        [found] = [one.id for one in sources(session, SourcesAsked(q=name)).items if one.name == name]
    return found


@pytest.fixture
def retraction(engine: Engine, night: Night) -> str:
    """Khabar 24 takes back what it relayed."""
    by = source(engine, "Khabar 24")
    with recording(engine, "a tester") as writer:
        given = CorrectionCreate(kind=CorrectionKind.RETRACTION, by=by, claim=night.dozens, effective="2022-01-10")
        return create_correction(writer, given).public_id


@pytest.fixture
def ruling(engine: Engine, night: Night) -> str:
    """The desk's range."""
    with reading(engine) as session:
        [tally] = tallies(session, TalliesAsked()).items
    with recording(engine, "a tester") as writer:
        given: dict[str, Any] = {"kind": RulingKind.RANGE, "tally": tally.id, "low": 10, "method": "The numbers given."}
        return sign_ruling(writer, RulingCreate(**given, signed_by="An editor", signed_at=NOON)).public_id


def test_what_falls_is_told_in_words_with_the_paths(shell: Shell, night: Night) -> None:
    said = shell.run("what-if", "--source", "khabar 24").words

    assert "Without Khabar 24, 1 of 2 supported reports loses all support, in 1 claim; 1 still stands." in said
    assert "Saltanat Azirbek -> Khabar 24 -> Tass; broken by: Khabar 24" in said
    assert "stands: Interfax" in said
    assert "What is left rests on 1: " in said


def test_without_a_whole_service_nothing_of_its_claim_is_left(shell: Shell, night: Night) -> None:
    said = shell.run("what-if", "--source", "Almaty police", "--linked").words

    assert "Without Almaty police and 1 source that ties join to it, 2 of 2 supported reports lose all support" in said
    assert "Nothing is left to rest on." in said


@pytest.mark.parametrize(
    ("words", "body"),
    [
        (["--source", "Almaty police", "--linked"], {"sources": ["Almaty police"], "with_linked": True}),
        (["--hop", "Saltanat Azirbek > Khabar 24"], {"hops": [("Saltanat Azirbek", "Khabar 24")]}),
        (["--claim", "DOZENS", "--limit", "1"], {"claims": ["DOZENS"], "limit": 1}),
        (["--source", "Khabar 24", "--as-of", "2022-01-05"], {"sources": ["Khabar 24"], "as_of": "2022-01-05"}),
    ],
    ids=["linked", "hop", "claim", "before"],
)
def test_json_is_the_answer_of_the_api(
    shell: Shell, engine: Engine, night: Night, words: list[str], body: dict[str, Any]
) -> None:
    asked = dict(body)
    if "sources" in asked:
        asked["sources"] = [source(engine, name) for name in asked["sources"]]
    if "hops" in asked:
        ends = [[source(engine, name) for name in hop] for hop in asked["hops"]]
        asked["hops"] = [{"upstream": up, "downstream": down} for up, down in ends]
    if "claims" in asked:
        asked["claims"] = [night.dozens]
    with running(shell.url) as api:
        answered = api.send("POST", "/v1/what-if", json=asked).json()

    assert shell.document("what-if", *(night.dozens if word == "DOZENS" else word for word in words)) == answered
    assert "says" in answered


def test_the_impact_of_a_correction_is_that_of_the_api(shell: Shell, night: Night, retraction: str) -> None:
    with running(shell.url) as api:
        answered = api.get(f"/v1/corrections/{retraction}/impact")

    assert shell.document("impact", retraction) == answered
    said = shell.run("impact", retraction).words
    assert "The retraction by Khabar 24 is in effect. Without what leads through Khabar 24: 1 of 2" in said


def test_corrections_and_rulings_are_listed_as_the_api_lists_them(
    shell: Shell, night: Night, retraction: str, ruling: str
) -> None:
    with running(shell.url) as api:
        for noun in ("corrections", "rulings"):
            assert shell.document(noun, "--claim", night.dozens) == api.get(f"/v1/{noun}", claim=night.dozens)
    assert "retraction by Khabar 24, 2022-01-10" in shell.run("corrections").words
    assert (
        f"range: 10 to open, Attackers killed {ruling}, signed by An editor, 2022-01-06" in shell.run("rulings").words
    )


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ([], "Nothing is withdrawn. Name a --source"),
        (["--claim", "clm_nothere"], "there is no claim 'clm_nothere'"),
        (["--source", "Reuters of Mars"], "no source is called 'Reuters of Mars'"),
        (["--linked", "--claim", "clm_x"], "--linked: it is about --source"),
        (["--hop", "Khabar 24"], "write 'Interior Ministry > Khabar 24'"),
        (["--source", "Khabar 24", "--as-of", "soon"], "as_of: 'soon' is no date"),
        (["--source", "Khabar 24", "--limit", "0"], "limit"),
    ],
    ids=["nothing", "unknown claim", "unknown source", "links of nobody", "half a hop", "no moment", "no list"],
)
def test_what_cannot_be_asked_is_told_in_a_line(shell: Shell, night: Night, words: list[str], complaint: str) -> None:
    said = shell.run("what-if", *words, expect=2)

    assert complaint in said.err
    assert said.err.count("\n") == 1
