"""Drift in the real story: what must be found and what must not, and a page of scores that is true.

The story is loaded once, into a database of its own, as the command that makes the page does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.drift import KEY, PAGE, STORY, Finding, KeyLine, measured, page, read_key, score
from provenance.vocabulary import DriftField, DriftKind, Sureness

Measured = tuple[list[KeyLine], list[Finding]]

LEAST_PRECISION, LEAST_PRECISION_OF_FIRM, LEAST_RECALL = 0.91, 0.96, 0.88


@pytest.fixture(scope="session")
def everything() -> Measured:
    """The key, and what is found."""
    return measured()


@pytest.fixture(scope="session")
def found(everything: Measured) -> list[Finding]:
    """What is found."""
    return everything[1]


def of(found: list[Finding], claim_id: str) -> list[tuple[str, str, str, str]]:
    """What changed in a coded row."""
    return [
        (one.change.field.value, one.change.kind.value, one.from_, one.to)
        for one in found
        if one.change.claim_id == claim_id
    ]


@pytest.mark.parametrize(
    ("claim_id", "change"),
    [
        ("k009.c3", ("figure", "transposed_digits", "317", "137")),
        ("k056.c4", ("figure", "magnitude", "dozens", "hundreds")),
        ("k059.c1", ("measure", "measure", "killed", "immobilised")),
        ("k105.c1", ("figure", "magnitude", "20,000", "about 20")),
        *((row, ("measure", "measure", "victims", "injured")) for row in ("k170.c5", "k171.c5", "k174.c2", "k175.c2")),
        ("k177.c3", ("measure", "measure", "victims", "injured")),
        ("k064.c5", ("qualifier", "qualifier_dropped", "more than 1,000", "1,000")),
        ("k001.c1", ("source", "source_organisation", "Saltanat Azirbek", "a spokesman for the Interior Ministry")),
        ("k192.c1", ("source", "source_name", "Berik Asylov, Prosecutor General", "Berik Alysov")),
        ("k206.c3", ("figure", "number", "19", "9")),
    ],
)
def test_what_is_known_to_have_changed_is_found_in_its_field(
    found: list[Finding], claim_id: str, change: tuple[str, str, str, str]
) -> None:
    assert change in of(found, claim_id)


@pytest.mark.parametrize("claim_id", ["k009.c3", "k056.c4", "k059.c1", "k105.c1"])
def test_none_of_it_is_told_as_merely_possible(found: list[Finding], claim_id: str) -> None:
    assert Sureness.POSSIBLE not in {one.sure for one in found if one.change.claim_id == claim_id}


@pytest.mark.parametrize(
    ("document", "why"),
    [
        ("k072", "13:00 in Almaty, of the day that the others name"),
        ("k077", "09:00 in Kyiv is 13:00 in Almaty"),
        ("k197", "230 and 238 are two scopes"),
        ("k020", "one speaker, a true title"),
        ("k056x", "the same speaker, another true title"),
        ("k024", "a clean copy"),
        ("k041", "a clean copy"),
        ("k126", "a clean copy"),
        ("k165", "a clean copy"),
    ],
)
def test_what_only_looks_different_is_not_found(found: list[Finding], document: str, why: str) -> None:
    assert [one for one in found if one.change.claim_id.startswith(f"{document}.")] == [], why


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        ("k037", {DriftField.COUNTED}),
        ("k040", {DriftField.SOURCE}),
        ("k169", {DriftField.QUALIFIER, DriftField.FIGURE, DriftField.SOURCE}),
    ],
)
def test_a_copy_that_is_clean_but_for_some_fields_differs_in_those_alone(
    found: list[Finding], document: str, fields: set[DriftField]
) -> None:
    assert {one.change.field for one in found if one.change.claim_id.startswith(f"{document}.")} == fields


def test_the_page_is_what_the_command_gives(everything: Measured) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(*everything), "write it anew: make score ARGS=--write"


def test_precision_and_recall_do_not_fall(everything: Measured) -> None:
    key, found = everything
    firm = [one for one in found if one.sure is not Sureness.POSSIBLE]
    whole, told_as_sure = score(key, found), score(key, firm)
    assert (whole.precision or 0) >= LEAST_PRECISION
    assert (whole.recall or 0) >= LEAST_RECALL
    assert (told_as_sure.precision or 0) >= LEAST_PRECISION_OF_FIRM


def test_the_key_names_rows_of_the_story_and_each_change_once() -> None:
    rows = STORY.joinpath("documents.yaml").read_text(encoding="utf-8")
    key = read_key()
    assert [line.change.claim_id for line in key if f"key: {line.change.claim_id}\n" not in rows] == []
    assert len({(line.change, line.to) for line in key}) == len(key)
    assert all(line.note for line in key if not line.detectable), "a line that is no drift says why"


def test_what_is_found_beyond_the_key_counts_against_it() -> None:
    one, other = (line.change for line in read_key()[:2])
    key = [KeyLine(one, "8", "at least 8", True, "rows", ""), KeyLine(other, "8", "9", False, "rows", "a trap")]
    found = [Finding(change, "8", "9", Sureness.CERTAIN) for change in (one, other)]
    assert (score(key, found).precision, score(key, found).recall) == (0.5, 1.0)
    assert score(key, found, [DriftKind.UNIT]).precision is None


def test_a_key_with_other_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "key.csv"
    file.write_text(KEY.read_text(encoding="utf-8").replace("claim_id,field", "row,field"), encoding="utf-8")
    with pytest.raises(ValueError, match="its columns are"):
        read_key(file)
