"""Reads the registry's files. Every scalar is text: in YAML the country NO would otherwise be read as `false`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "data" / "sources"

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def read_data(name: str) -> Any:
    """The content of one file of the registry, all scalars as text."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_LOADER)


def files_like(pattern: str) -> list[str]:
    """The names of the registry's files of this pattern, in order."""
    return sorted(path.name for path in FOLDER.glob(pattern))
