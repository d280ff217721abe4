"""What the page on exchange says of a format is what the code declares and what the tests prove."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.conformance import OURS, packages, proofs, proofs_in
from provenance.exchange.format import Format
from provenance.exchange.formats import FORMATS

DOCS = Path(__file__).parent.parent.parent / "docs"
KEYS = [each.key for each in FORMATS]


@pytest.mark.parametrize("told", FORMATS, ids=KEYS)
def test_each_direction_of_a_format_is_proved(told: Format) -> None:
    proved = {proof.direction for proof in proofs() if proof.format == told.key}
    assert proved == set(told.directions)


def test_each_proof_names_a_format_and_a_package_that_is_locked() -> None:
    known = packages().keys() | {OURS}
    assert [proof for proof in proofs() if proof.format not in KEYS or proof.by not in known] == []


def test_a_mark_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "test_one.py"
    file.write_text("@pytest.mark.proves(NAME, 'writes', by='prov')\ndef test_it() -> None: ...\n")
    with pytest.raises(ValueError, match=r"test_one.py: test_it: write the mark as"):
        list(proofs_in(file))


def test_no_two_formats_have_one_key() -> None:
    assert sorted(KEYS) == sorted(set(KEYS))


@pytest.mark.parametrize("file", sorted((DOCS / "clients").glob("*.md")), ids=lambda file: file.stem)
def test_each_worked_example_is_run_by_a_test(file: Path) -> None:
    tests = "".join(each.read_text(encoding="utf-8") for each in Path(__file__).parent.glob("test_*.py"))
    assert f'check("{file.stem}"' in tests
