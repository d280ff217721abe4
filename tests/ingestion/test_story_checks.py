"""A story is held to its own texts, and a file or a name that nobody reads is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from provenance.errors import UnreadableStory
from provenance.ingestion.stories import load_story
from provenance.ingestion.story_reading import read_story
from provenance.storage.history import History

TEXT = "Three people were hurt, the brigade said. Three of them were children."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files: dict[str, Any] = {
        "story": {"slug": "mill-fire", "title": "Fire", "events": [{"key": "fire", "title": "Fire"}]},
        "sources": {"sources": [{"key": "echo", "name": "Riverton Echo", "kind": "newspaper"},
                                {"key": "brigade", "name": "Fire brigade", "kind": "government_body"}]},
        "claims": {"claims": [{"key": "hurt", "event": "fire", "text": "Three were hurt."}]},
    }  # fmt: skip
    for name, tree in files.items():
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(tree), encoding="utf-8")
    return tmp_path


def tell(folder: Path, cue: str = "said", figure: dict[str, Any] | None = None, **said: Any) -> None:
    hop = {"from": "brigade", "to": "echo", "cue": cue}
    report = {"key": "r", "claim": "hurt", "hops": [hop], "figure": figure or {"text": "Three people"}, **said}
    document = {"key": "d", "publisher": "echo", "language": "en", "text": TEXT, "reports": [report]}
    (folder / "documents.yaml").write_text(yaml.safe_dump({"documents": [document]}), encoding="utf-8")


@pytest.mark.parametrize(
    ("said", "field", "reason"),
    [
        ({"quote": "Hundreds were hurt"}, "quote", "does not stand in the text"),
        ({"quote": "three people"}, "quote", "at 0 it says 'Three people'"),
        ({"quote": "were"}, "quote", r"2 times, at 13 and 56; give 'span' as \[start, end\]"),
        ({"cue": "denied"}, "cue", "does not stand in the text"),
        ({"figure": {"text": "Thirty"}}, "text", "does not stand in the text"),
        ({"figure": {"text": "Three people", "qualifier": "exact", "low": 3}}, "qualifier", "exact needs a value"),
    ],
    ids=["invented", "other capitals", "twice", "a cue", "a figure", "numbers that contradict each other"],
)
def test_words_that_the_text_does_not_have_are_refused_and_nothing_is_loaded(
    engine: sa.Engine, folder: Path, said: dict[str, Any], field: str, reason: str
) -> None:
    tell(folder, **said)
    with pytest.raises(UnreadableStory, match=reason) as refused:
        load_story(engine, folder)
    assert refused.value.field == field
    assert "documents.yaml, report r" in refused.value.message
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(History)) == 0


def test_a_figure_of_the_quote_is_found_in_the_quote(folder: Path) -> None:
    tell(folder, quote="Three of them were children", figure={"text": "Three"})
    rows = [row.values for row in read_story(folder).rows if "text_start" in row.values]
    assert [row["text_start"] for row in rows] == [TEXT.rindex("Three")]


def test_a_misspelt_file_is_refused_and_texts_and_tables_beside_it_are_not(folder: Path) -> None:
    for name in ("README.md", "drift-key.csv"):
        (folder / name).write_text("about the story", encoding="utf-8")
    (folder / "tables").mkdir()
    read_story(folder)
    (folder / "claim.yaml").write_text("claims: []", encoding="utf-8")
    with pytest.raises(UnreadableStory, match=r"claim\.yaml: is no file of a story.*claims\.yaml"):
        read_story(folder)


@pytest.mark.parametrize("slug", ["Mill Fire", "../mill", "mühle"])
def test_a_slug_is_small_letters_digits_and_hyphens(folder: Path, slug: str) -> None:
    tree = {"slug": slug, "title": "Fire", "events": []}
    (folder / "story.yaml").write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UnreadableStory, match="use small letters"):
        read_story(folder)


def test_a_key_that_nothing_has_is_refused_with_what_there_is(folder: Path) -> None:
    tree = {"claims": [{"key": "hurt", "event": "fire", "tally": "hurt", "text": "Three were hurt."}]}
    (folder / "claims.yaml").write_text(yaml.safe_dump(tree), encoding="utf-8")
    with pytest.raises(UnreadableStory, match="this story has none"):
        read_story(folder)


def test_a_tie_and_the_finding_that_there_is_none_do_not_stand_in_one_story(folder: Path) -> None:
    one = {"source": "echo", "kind": "owned_by", "other": "brigade", "basis": "commonly_known"}
    none = {"source": "brigade", "kind": "examined_no_tie", "other": "echo", "basis": "commonly_known",
            "signed_by": "an editor", "signed_at": "2024-03-05"}  # fmt: skip
    (folder / "ties.yaml").write_text(yaml.safe_dump({"ties": [one, none]}), encoding="utf-8")
    with pytest.raises(UnreadableStory, match="contradicts the story's owned_by"):
        read_story(folder)
