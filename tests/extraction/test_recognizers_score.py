"""The score against Recognizers-Text: what counts as right, on specifications of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.extraction.recognizers import score


def _case(text: str, *results: tuple[str, int, str], **more: str) -> dict[str, Any]:
    found = [
        {"Text": words, "Start": start, "End": start + len(words) - 1, "Resolution": {"value": value}}
        for words, start, value in results
    ]
    return {"Input": text, "Results": found, **more}


def _write(folder: Path, model: str, *cases: dict[str, Any]) -> None:
    (folder / f"{model}.json").write_text(json.dumps(cases), encoding="utf-8")


def test_bare_numbers_are_compared_also_where_ours_are_qualified(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "NumberModel",
        _case("more than 12 people", ("12", 10, "12")),
        _case("between 3 and 5", ("3", 8, "3"), ("5", 14, "5")),
        _case("two thirds", ("two thirds", 0, "0.666666666666667")),
        _case("12 people", ("12", 0, "13")),
        _case("unsupported 12", NotSupported="javascript, python"),
    )
    (numbers,) = score(tmp_path)
    assert (numbers.cases, [failure.case for failure in numbers.failures]) == (4, [3])
    assert numbers.share == 0.75


def test_ranges_are_compared_whole_and_with_their_ends(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "NumberRangeModel",
        _case("He has more than 30 of them", ("more than 30", 7, "(30,)"), NotSupported="python"),
        _case("He has between 3 and 5 of them", ("between 3 and 5", 7, "[3,5)")),
        _case("He has up to 5 of them", ("up to 5", 7, "(,5]")),
        _case("He has up to 5 of them", ("up to 5", 7, "(,5)")),
    )
    (ranges,) = score(tmp_path)
    assert (ranges.cases, [failure.case for failure in ranges.failures]) == (4, [3])
    assert ranges.failures[0].found == ("up to 5 = (,5]",)
