"""What a careful reader found in a text: statements with chains, figures, and what must not be found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

NOBODY = "?"


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """An attributed statement: its span in code points, and its chain by names, origin first; "?" is nobody named."""

    name: str
    start: int
    end: int
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """A figure: the span of its words, and the interval that they assert; ``above``: more than ``low``."""

    name: str
    start: int
    end: int
    low: float | None
    high: float | None
    above: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that must not be found, or that count neither way."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gold:
    """A text with all that is to be found in it. ``figures_whole``: every figure of the text is listed."""

    name: str
    text: str
    statements: tuple[GoldStatement, ...]
    figures: tuple[GoldFigure, ...]
    traps: tuple[Stretch, ...] = ()
    optional: tuple[Stretch, ...] = ()


def own_golds(folder: Path) -> Iterator[Gold]:
    """The texts that we wrote: each ``NAME.txt`` with its ``NAME.gold.yaml``, spans given by their words."""
    for file in sorted(folder.rglob("*.gold.yaml")):
        text = file.with_name(file.name.replace(".gold.yaml", ".txt")).read_text(encoding="utf-8")
        said = yaml.safe_load(file.read_text(encoding="utf-8"))
        name = file.name.removesuffix(".gold.yaml")
        yield Gold(
            name,
            text,
            tuple(
                _statement(f"{name} S{place}", _found(text, one, file), one["chain"])
                for place, one in enumerate(said.get("statements", []), 1)
            ),
            tuple(
                _figure(f"{name} F{place}", _found(text, one, file), one)
                for place, one in enumerate(said.get("figures", []), 1)
            ),
            tuple(Stretch(*_found(text, one, file)) for one in said.get("traps", [])),
            tuple(Stretch(*_found(text, one, file)) for one in said.get("optional", [])),
        )


def founding_gold(folder: Path) -> Gold:
    """The founding article with its gold, whose offsets are code points already."""
    said: Mapping[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    text = (folder / said["document"]).read_text(encoding="utf-8")
    return Gold(
        "founding article",
        text,
        tuple(_statement(one["id"], one["span"], one["chain"]) for one in said["attributed"]),
        tuple(_figure(one["id"], one["span"], one) for one in said["figures"]),
        tuple(Stretch(*one["span"]) for one in said["traps"]),
        tuple(Stretch(*one["span"]) for one in said["optional"]),
    )


def _statement(name: str, span: Sequence[int], chain: Sequence[str]) -> GoldStatement:
    start, end = span
    return GoldStatement(name, start, end, tuple(chain))


def _figure(name: str, span: Sequence[int], one: Mapping[str, Any]) -> GoldFigure:
    start, end = span
    return GoldFigure(name, start, end, one.get("low"), one.get("high"), bool(one.get("low_open")))


def _found(text: str, one: Any, file: Path) -> tuple[int, int]:
    """Where words stand: ``words`` alone where they occur once, else with ``nth`` from 1."""
    words, nth = (one, 1) if isinstance(one, str) else (one["words"], one.get("nth", 1))
    start = -1
    for _ in range(nth):
        start = text.find(words, start + 1)
    if start < 0 or (isinstance(one, dict) and "nth" not in one and text.count(words) > 1):
        raise ValueError(f"{file}: {words!r} must stand in the text, once or with its nth")
    return start, start + len(words)
