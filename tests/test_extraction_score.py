"""How well our own texts are read never falls below its floor, and the scoring counts what its words say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from benchmarks.extraction.__main__ import FLOORS, OWN, main
from benchmarks.extraction.gold import Gold, GoldFigure, GoldStatement, Stretch, own_golds
from benchmarks.extraction.scoring import chain_right, overlap, score
from provenance.extraction.reader import read
from provenance.extraction.reading import Link
from provenance.vocabulary import LinkStatus

TEXT = "Police said that eight officers were killed."
NAMED = Link("the police spokeswoman Saltanat Azirbek", "Saltanat Azirbek", LinkStatus.RESOLVED)
TASS = Link("the Russian state agency Tass", "TASS", LinkStatus.RESOLVED, step=1)
NOBODY = Link(None, None, LinkStatus.UNSPECIFIED)
UNKNOWN = Link("the official", None, LinkStatus.UNRESOLVED)


def gold(*statements: GoldStatement, figures: tuple[GoldFigure, ...] = (), traps: tuple[Stretch, ...] = ()) -> Gold:
    return Gold("a text", TEXT, statements, figures, traps)


def test_no_measure_of_our_own_texts_is_below_its_floor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "own texts"]) == 0, capsys.readouterr().err


def test_each_measure_of_our_own_texts_has_a_floor() -> None:
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    assert {name for name in floors if name.startswith("own texts")} == {
        "own texts: statements, recall",
        "own texts: statements, precision",
        "own texts: full chains right",
        "own texts: figures right",
        "own texts: traps avoided",
    }


def test_our_own_texts_hold_enough_to_be_a_measure() -> None:
    golds = list(own_golds(OWN))
    assert sum(len(one.statements) for one in golds) >= 16
    assert all(one.figures and one.traps for one in golds if one.name.startswith(("evening", "harbour", "northern")))


def test_a_floor_that_is_not_reached_fails_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    high = tmp_path / "floors.toml"
    high.write_text('"own texts: statements, recall" = 1.01\n', encoding="utf-8")
    monkeypatch.setattr("benchmarks.extraction.__main__.FLOORS", high)
    assert main(["--only", "own texts"]) == 1
    assert "Below the floor: own texts: statements, recall." in capsys.readouterr().err


def test_floors_only_rise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('"own texts: statements, recall" = 1.01\n"own texts: traps avoided" = 0.1\n', encoding="utf-8")
    monkeypatch.setattr("benchmarks.extraction.__main__.FLOORS", floors)
    main(["--only", "own texts", "--raise"])
    written = tomllib.loads(floors.read_text(encoding="utf-8"))
    assert written["own texts: statements, recall"] == 1.01
    assert written["own texts: traps avoided"] > 0.1


@pytest.mark.parametrize(
    ("wanted", "links", "right"),
    [
        (("Saltanat Azirbek", "Tass"), (NAMED, TASS), True),
        (("spokeswoman", "Tass"), (NAMED, TASS), True),
        (("Saltanat Azirbek",), (NAMED, TASS), False),
        (("Tass", "Saltanat Azirbek"), (NAMED, TASS), False),
        (("Interfax",), (TASS,), False),
        (("?",), (NOBODY,), True),
        (("?",), (), True),
        (("?",), (UNKNOWN,), False),
        (("the official",), (UNKNOWN,), True),
    ],
)
def test_a_chain_is_right_where_every_link_is_named_in_order(
    wanted: tuple[str, ...], links: tuple[Link, ...], right: bool
) -> None:
    assert chain_right(wanted, links) is right


def test_what_is_found_missed_and_invented_is_counted() -> None:
    reading = read(TEXT, language="en")
    found = score(gold(GoldStatement("S1", 17, 43, ("Police",)), figures=(GoldFigure("F1", 17, 22, 8, 8),)), reading)
    assert (found.recall, found.precision, found.chains, found.figures_right) == (1, 1, 1, 1)
    missed = score(gold(GoldStatement("S1", 0, 6, ("Police",)), figures=(GoldFigure("F1", 17, 22, 9, 9),)), reading)
    assert (missed.recall, missed.precision, missed.figures_right) == (0, 0, 0)
    assert score(gold(traps=(Stretch(17, 22),)), reading).traps_sprung == 1


def test_a_span_inside_another_counts_unless_it_is_far_shorter() -> None:
    assert overlap((0, 100), (0, 40)) == 0.5
    assert overlap((0, 100), (0, 20)) < 0.5
    assert overlap((0, 10), (10, 20)) == 0
