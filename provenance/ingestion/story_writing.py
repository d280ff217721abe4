"""Writes the files of a story so that they read well and compare well: fixed order, no empty fields, short things on
one line; and all of them or none.
"""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from provenance.errors import UnreadableStory

Tree = dict[str, Any]


class Flow(dict[str, Any]):
    """Fields that are written on one line."""


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(
    Flow, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)


def compact(**fields: Any) -> Tree:
    """The fields that say something, in the order given."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], (), {})}


def as_yaml(tree: Mapping[str, Any]) -> str:
    """The tree as YAML; equal trees give equal bytes."""
    return str(yaml.dump(dict(tree), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110))


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def write_whole(folder: Path, files: Mapping[str, str]) -> None:
    """Put all files into the folder, beside what else is there.

    Everything lies written on the same disk before the first file takes its place, so that a full disk or a missing
    right leaves the folder as it was. Raises UnreadableStory where it cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".draft-", dir=folder) as draft:
            for name, content in files.items():
                (Path(draft) / name).write_text(content, encoding="utf-8")
            for name in files:
                os.replace(Path(draft) / name, folder / name)
    except OSError as refused:
        raise UnreadableStory(f"{folder}: cannot be written ({refused.strerror}); choose another folder.") from refused
