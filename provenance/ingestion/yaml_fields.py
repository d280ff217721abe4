"""Reading files that people wrote by hand: each value is asked for by name and kind, and what cannot be read is
refused with the file, the place, the field and the remedy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from provenance.errors import UnreadableStory
from provenance.vocabulary import Term

T = TypeVar("T", bound=Term)

# The C parser reads a large story in a second, the Python one in half a minute.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> object:
    """What a YAML file holds; raises UnreadableStory, with the line where there is one."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except OSError as missing:
        raise UnreadableStory(f"{path}: cannot be opened ({missing.strerror}); check the path.") from missing
    except UnicodeDecodeError as broken:
        raise UnreadableStory(f"{path}: is not text in UTF-8; save it as UTF-8.") from broken
    except (yaml.YAMLError, ValueError, RecursionError) as broken:
        raise UnreadableStory(f"{path}: is not YAML ({_where(broken)}); correct that place.") from broken


def read_mapping(path: Path) -> Fields:
    """A YAML file that must hold fields with names."""
    data = read_yaml(path)
    if not isinstance(data, Mapping):
        raise UnreadableStory(f"{path}: should hold named fields, and holds {_kind(data)}; see docs/story-format.md.")
    return Fields(data, str(path))


def read_list(path: Path, name: str) -> list[Fields]:
    """The entries of a file that holds one list under ``name``; no file is an empty list."""
    if not path.exists():
        return []
    fields = read_mapping(path)
    fields.only(name)
    return fields.entries(name)


@dataclass(frozen=True)
class Fields:
    """Named values of one entry, with the words for where it stands."""

    data: Mapping[Any, object]
    file: str
    place: str = ""

    def refusal(self, field: str, problem: str, remedy: str) -> UnreadableStory:
        """The error for one field of this entry."""
        at = f", {self.place}" if self.place else ""
        return UnreadableStory(f"{self.file}{at}: field '{field}' {problem}; {remedy}.", field=field)

    def at(self, place: str) -> Fields:
        """The same entry, known by its key."""
        return Fields(self.data, self.file, place)

    def only(self, *known: str) -> None:
        """Refuse names that nobody reads, so that a slip of the pen loses nothing silently."""
        for name in self.data:
            if name not in known:
                raise self.refusal(str(name), "is not known here", f"use one of: {', '.join(sorted(known))}")

    def text(self, name: str) -> str:
        """Text that must be there."""
        value = self.optional(name)
        if value is None:
            raise self.refusal(name, "is missing", "add it")
        return value

    def optional(self, name: str) -> str | None:
        """Text, or None; numbers and dates that YAML made of it are text again."""
        value = self.data.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool):
            raise self.refusal(name, "is read by YAML as yes or no", "put the word in quotes")
        if isinstance(value, date):
            return value.isoformat()
        if not isinstance(value, str | int | float):
            raise self.refusal(name, f"should be text, and is {_kind(value)}", "write it as text")
        return str(value)

    def number(self, name: str) -> float | None:
        """A number, or None."""
        value = self.data.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refusal(name, f"should be a number, and is {_kind(value)}", "write digits without quotes")
        return value

    def flag(self, name: str) -> bool | None:
        """Yes or no, or None."""
        value = self.data.get(name)
        if value is not None and not isinstance(value, bool):
            raise self.refusal(name, f"should be true or false, and is {_kind(value)}", "write true or false")
        return value

    def term(self, name: str, terms: type[T], default: T | None = None) -> T:
        """A word of the vocabulary; it must be there unless there is a default."""
        written = self.optional(name)
        if written is None and default is not None:
            return default
        try:
            return terms(written or "")
        except ValueError as unknown:
            words = ", ".join(term.value for term in terms)
            problem = "is missing" if written is None else f"has the unknown word {written!r}"
            raise self.refusal(name, problem, f"use one of: {words}") from unknown

    def span(self, name: str) -> tuple[int, int] | None:
        """Start and end of a piece of text, in code points, end exclusive; or None."""
        value = self.data.get(name)
        if value is None:
            return None
        match value:
            case [int(start), int(end)]:
                return start, end
        raise self.refusal(name, "should be [start, end]", "write two whole numbers, the end exclusive")

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, perhaps empty."""
        value = self._list(name)
        return tuple(Fields({name: item}, self.file, self.place).text(name) for item in value)

    def entries(self, name: str) -> list[Fields]:
        """A list of entries, perhaps empty."""
        return [self._entry(name, number, item) for number, item in enumerate(self._list(name))]

    def entry(self, name: str) -> Fields | None:
        """One entry under this name, or None."""
        value = self.data.get(name)
        return None if value is None else self._entry(name, None, value)

    def _list(self, name: str) -> Sequence[object]:
        value = self.data.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.refusal(name, f"should be a list, and is {_kind(value)}", "begin each item with a dash")
        return value

    def _entry(self, name: str, number: int | None, item: object) -> Fields:
        place = name if number is None else f"{name}[{number}]"
        if not isinstance(item, Mapping):
            raise self.refusal(place, f"should have named fields, and is {_kind(item)}", "see docs/story-format.md")
        return Fields(item, self.file, f"{self.place}, {place}" if self.place else place)


def _kind(value: object) -> str:
    match value:
        case None:
            return "empty"
        case Mapping():
            return "a mapping"
        case list():
            return "a list"
        case bool():
            return "yes or no"
        case str():
            return f"the text {value[:40]!r}"
    return f"{value!r}"[:40]


def _where(broken: Exception) -> str:
    mark = getattr(broken, "problem_mark", None)
    problem = getattr(broken, "problem", None) or type(broken).__name__
    return f"line {mark.line + 1}: {problem}" if mark else str(problem)
