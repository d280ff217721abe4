"""What the documentation says of casebooks converts, and what editors decide in tables stands in the story."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from provenance.errors import UnreadableStory
from provenance.ingestion.casebook import convert
from provenance.ingestion.casebook_tables import COLUMNS
from provenance.ingestion.story_reading import read_story

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "casebook-format.md").read_text(encoding="utf-8")
NO_ONE = "claim_id,from,to,note\nd1.c1,,brigade,Nobody says who told the brigade.\n"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample of docs/casebook-format.md as a file."""
    found = re.search(r"^`casebook\.yaml`\n\n```yaml\n(.*?)```", PAGE, flags=re.S | re.M)
    assert found is not None
    path = tmp_path / "casebook.yaml"
    path.write_text(found[1], encoding="utf-8")
    return path


def report(sample: Path, **tables: str) -> dict[str, Any]:
    folder, out = sample.with_name("tables"), sample.with_name("mill-fire")
    folder.mkdir()
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    convert(sample, folder, out)
    read_story(out)
    tree = yaml.safe_load((out / "documents.yaml").read_text(encoding="utf-8"))
    found: dict[str, Any] = tree["documents"][0]["reports"][0]
    return found


def test_the_sample_in_the_documentation_becomes_a_story_that_can_be_read(sample: Path) -> None:
    made = report(sample)
    assert [(hop["from"], hop["manner"]) for hop in made["hops"]] == [("brigade", "told"), ("radio", "reported")]
    assert (made["figure"]["text"], made["figure"]["low"], made["hedge"]) == ("at least three", 3, "reportedly")


def test_the_documentation_names_every_table_with_its_columns() -> None:
    for table, columns in COLUMNS.items():
        assert f"| `{table}.csv` | {', '.join(f'`{column}`' for column in columns)} |" in PAGE


def test_a_hop_that_an_editor_concluded_is_marked_inferred_with_its_ground(sample: Path) -> None:
    made = report(sample, inferred=NO_ONE)
    assert made["hops"][0] == {"from": None, "to": "brigade", "manner": "via", "mark": "inferred"}
    assert "Nobody says who told the brigade." in made["note"]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [(("d1.c1", "d9.c9"), "claim_id"), ((",brigade,", ",nobody,"), "to"), ((",,", ",ghost,"), "from")],
)
def test_an_inferred_hop_of_nothing_that_was_coded_is_refused(
    sample: Path, wrong: tuple[str, str], column: str
) -> None:
    with pytest.raises(UnreadableStory, match=r"inferred\.csv, line 2") as refused:
        report(sample, inferred=NO_ONE.replace(*wrong, 1))
    assert refused.value.field == column


def test_a_time_that_an_editor_found_stands_with_the_claim_and_with_every_report_that_asserts_it(sample: Path) -> None:
    line = "o-hurt-hurt,2024-03-01/2024-03-01T17:00Z,2024-03-01,day,inferred,before the page\n"
    made = report(sample, times=f"claim,said,happened,precision,basis,note\n{line}")
    assert made["said"] == {"printed": "2024-03-01/2024-03-01T17:00Z", "precision": "day", "basis": "inferred"}
    claims = yaml.safe_load((sample.with_name("mill-fire") / "claims.yaml").read_text(encoding="utf-8"))["claims"]
    assert claims[0]["happened"] == {"printed": "2024-03-01", "precision": "day", "basis": "inferred"}


def test_a_time_of_a_claim_that_nobody_coded_is_refused(sample: Path) -> None:
    with pytest.raises(UnreadableStory, match="line 2: column 'claim' names 'no-such', which the story does not have"):
        report(sample, times="claim,said,happened,precision,basis,note\nno-such,2024-03-01,,day,inferred,\n")


def test_a_coders_remark_is_a_note_and_no_hedge(sample: Path) -> None:
    made = report(sample, hedges="casebook,hedge,note\nreportedly,,Told in the conditional mood.\n")
    assert "hedge" not in made
    assert made["note"] == "Told in the conditional mood."


def test_a_hedge_that_the_table_lacks_is_an_error_that_names_it(sample: Path) -> None:
    with pytest.raises(UnreadableStory, match="has no line for 'reportedly'"):
        report(sample, hedges="casebook,hedge,note\n")


def test_the_united_nations_are_no_origin_of_the_injured_that_officials_counted() -> None:
    tree = yaml.safe_load((ROOT / "fixtures/stories/kazakhstan-2022/documents.yaml").read_text(encoding="utf-8"))
    reports = {one["key"]: one for document in tree["documents"] for one in document.get("reports", [])}
    assert reports["k102.c5"]["hops"][0] == {"from": None, "to": "un", "manner": "via", "mark": "inferred"}
