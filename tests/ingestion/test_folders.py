"""A folder is walked in one order, never out of it, and each file in it is a document or says why not."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from pathlib import Path

from provenance.ingestion.loading import LoadedDocument, LoadFailure, load

TEXT = "Eight officers were killed."


def keys(folder: Path) -> list[str]:
    found = (each.key if isinstance(each, LoadedDocument) else f"! {each.origin}" for each in load(folder))
    return [each.replace(str(folder) + os.sep, "") for each in found]


def test_files_come_by_name_folder_by_folder_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.md", "a/1.html", "c.TXT", ".hidden/x.txt", "a/.hidden.txt", "d"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<p>{TEXT}</p>" if name.endswith("html") else TEXT)

    assert keys(tmp_path) == ["a/1.html", "a/2.md", "b.txt", "c.TXT", "d"]


def test_links_out_of_the_folder_and_in_circles_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("secret")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "a.txt").write_text(TEXT)
    (inside / "b.txt").symlink_to(inside / "a.txt")
    (inside / "c.txt").symlink_to(outside)
    (inside / "d").symlink_to(inside)
    (inside / "e.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inside / "f.txt")

    assert keys(inside) == ["a.txt", "b.txt"]


def test_what_is_no_document_is_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p {}")
    (tmp_path / "a.txt").write_bytes(gzip.compress(TEXT.encode()))

    text, css = load(tmp_path)

    assert isinstance(text, LoadedDocument)
    assert text.text == TEXT
    assert isinstance(css, LoadFailure)
    assert css.reason.startswith("it is of no kind that is read")


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (found,) = load(tmp_path / "nowhere.txt")

    assert found == LoadFailure(
        str(tmp_path / "nowhere.txt"), f"There is no file or folder {tmp_path / 'nowhere.txt'}; check the path."
    )


def test_a_file_that_is_held_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)

    assert list(load(tmp_path, skip=lambda key: True)) == []


def test_memory_stays_flat_however_many_files_there_are(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(TEXT * 20_000)
    tracemalloc.start()
    for _ in load(tmp_path):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 12_000_000, "60 files of half a megabyte were held at once"
