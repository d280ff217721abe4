"""Writes the types of what the Python client sends, from the server's own description, so that none is kept by hand.

``python -m docs.client_words`` writes ``provenance/client/asked.py`` (the parameters of questions) and ``given.py``
(the fields of what is written); ``--check`` writes nothing and exits with 1 if one is stale.
"""

from __future__ import annotations

import argparse
import keyword
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from api.app import create_app
from provenance import vocabulary
from provenance.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent / "provenance" / "client"
Schema = Mapping[str, Any]
NOTHING = {"type": "null"}


def main(arguments: list[str] | None = None) -> int:
    """Write both files, or with ``--check`` say which are stale."""
    parser = argparse.ArgumentParser(description="Write the types of what the Python client sends.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file is stale")
    check = parser.parse_args(arguments).check
    stale = {name: text for name, text in written(description()).items() if _held(name) != text}
    for name, text in stale.items():
        if check:
            print(f"provenance/client/{name} is stale: run `python -m docs.client_words`.", file=sys.stderr)
        else:
            (FOLDER / name).write_text(text, encoding="utf-8")
            print(f"wrote provenance/client/{name}")
    return 1 if check and stale else 0


def description() -> Schema:
    """The API as it describes itself."""
    return create_app(Settings(database_url="sqlite://")).openapi()


def written(description: Schema) -> Mapping[str, str]:
    """Both files as they belong in the package."""
    return {"asked.py": _asked(description), "given.py": _given(description)}


def operations(description: Schema) -> Iterator[tuple[str, str, Schema]]:
    """Every operation: its method, its address, and what is said of it."""
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def asked_name(operation: Schema) -> str | None:
    """What the parameters of a question are called; None where it takes none.

    >>> asked_name({"operationId": "list_drift_v1_claims__claim_id__drift_get", "parameters": [{"name": "kind"}]})
    'DriftAsked'
    """
    names = {each["name"] for each in operation.get("parameters", ()) if each.get("in", "query") == "query"}
    if names == MOMENT:
        return "MomentAsked"
    verb, *words = re.split(r"_v1_|_(?:health|ready)z_", operation["operationId"])[0].split("_")
    kept = words if verb in PLAIN_VERBS else [verb, *words]
    return "".join(word.capitalize() for word in kept) + "Asked" if names else None


MOMENT = {"as_of", "known_at"}
PLAIN_VERBS = {"list", "search", "find"}


@dataclass
class Types:
    """The types of one file as they are found: words of closed lists, and dictionaries with keys."""

    schemas: Mapping[str, Schema]
    dictionaries: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def of(self, schema: Schema) -> str:
        """How a value of this schema is written in Python."""
        if "$ref" in schema:
            return self._named(schema["$ref"].rsplit("/", 1)[-1])
        if "anyOf" in schema:
            return " | ".join(dict.fromkeys(self.of(each) for each in schema["anyOf"]))
        if "contentMediaType" in schema:
            return "Attachment"
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        if "enum" in schema:
            return _literal(schema["enum"])
        match schema.get("type"):
            case "array":
                return f"Sequence[{self.of(schema.get('items', {}))}]"
            case "object":
                values = schema.get("additionalProperties", True)
                return f"Mapping[str, {self.of(values) if isinstance(values, dict) else 'Any'}]"
            case "string":
                return "datetime | str" if schema.get("format") == "date-time" else "str"
            case kind:
                return PLAIN.get(str(kind), "Any")

    def dictionary(self, name: str, says: str, members: Iterable[tuple[str, bool, Schema]]) -> None:
        """Write a dictionary; the types that it needs come before it."""
        lines = [f"    {key}: {self._member(required, schema)}" for key, required, schema in sorted_by_need(members)]
        told = says.split("\n\n")[0].replace("\n", " ").strip()
        self.dictionaries[name] = f'class {name}(TypedDict, total=False):\n    """{told}"""\n\n' + "\n".join(lines)

    def _member(self, required: bool, schema: Schema) -> str:
        kind = self.of(schema)
        return f"Required[{kind}]" if required else kind

    def _named(self, name: str) -> str:
        schema = self.schemas[name]
        if "enum" in schema:
            ours = [name] if hasattr(vocabulary, name) else []
            self.words[name] = " | ".join([*(f"vocabulary.{each}" for each in ours), _literal(schema["enum"])])
        elif name not in self.dictionaries and schema.get("type") == "object":
            self.dictionary(name, schema.get("description", name), members_of(schema))
        elif schema.get("type") != "object":
            return self.of(schema)
        return name


PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def members_of(schema: Schema) -> Iterator[tuple[str, bool, Schema]]:
    """Each field of an object: its name, whether it must be given, and its schema."""
    required = schema.get("required", ())
    for name, described in schema.get("properties", {}).items():
        if keyword.iskeyword(name):
            raise ValueError(f"{name}: it is a word of Python, so it cannot be an argument. Call the field otherwise.")
        yield name, name in required, described


def sorted_by_need(members: Iterable[tuple[str, bool, Schema]]) -> list[tuple[str, bool, Schema]]:
    """What must be given comes first."""
    return sorted(members, key=lambda member: not member[1])


def _asked(description: Schema) -> str:
    types = Types(description["components"]["schemas"])
    for method, path, operation in operations(description):
        name = asked_name(operation)
        # A table of a list takes what the list takes.
        if method != "GET" or name is None or _is_table(path, description):
            continue
        parameters = [each for each in operation["parameters"] if each["in"] == "query"]
        members = ((each["name"], each.get("required", False), each["schema"]) for each in parameters)
        says = "From which moment" if name == "MomentAsked" else f"What may be asked of ``{path}``"
        types.dictionary(name, f"{says}.", members)
    return _file("What may be asked of each address, by the names that the server knows.", types)


def _is_table(path: str, description: Schema) -> bool:
    whole, _, kind = path.rpartition(".")
    return kind in {"csv", "parquet"} and whole in description["paths"]


def _given(description: Schema) -> str:
    types = Types(description["components"]["schemas"])
    for _, _, operation in operations(description):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                types.of({"anyOf": [each for each in _alternatives(content["schema"]) if each != NOTHING]})
            elif kind == "multipart/form-data":
                name = "".join(word.capitalize() for word in operation["operationId"].split("_v1_")[0].split("_"))
                types.dictionary(name, content["schema"].get("description", name), members_of(content["schema"]))
    return _file("What is given to be written, field by field.", types)


def _alternatives(schema: Schema) -> list[Schema]:
    return list(schema.get("anyOf", [schema]))


def _literal(words: Iterable[object]) -> str:
    return f"Literal[{', '.join(map(repr, words))}]"


def _file(says: str, types: Types) -> str:
    words = [f"{name}: TypeAlias = {told}" for name, told in sorted(types.words.items())]
    body = "\n".join(words) + "\n\n\n" + "\n\n\n".join(types.dictionaries.values())
    imports = "\n".join(f"{line} {', '.join(names)}" for line, found in NAMES.items() if (names := _used(found, body)))
    opening = f'"""{says}\n\nMade by docs/client_words.py from the description of the API; edit neither by hand.\n"""'
    return _formatted(f"{opening}\n\nfrom __future__ import annotations\n\n{imports}\n\n{body}\n")


# Where the names come from that may stand in a file.
NAMES = {
    "from collections.abc import": ("Mapping", "Sequence"),
    "from datetime import": ("datetime",),
    "from typing import": ("Any", "Literal", "Required", "TypeAlias", "TypedDict"),
    "from provenance import": ("vocabulary",),
    "from provenance.client.request import": ("Attachment",),
}


def _used(names: Iterable[str], body: str) -> list[str]:
    return [name for name in names if re.search(rf"\b{name}\b", body)]


def _formatted(source: str) -> str:
    """As `ruff` writes it; raises CalledProcessError where it is no Python."""
    for command in (["check", "--select", "I", "--fix", "--quiet"], ["format"]):
        told = [sys.executable, "-m", "ruff", *command, "--stdin-filename", str(FOLDER / "asked.py"), "-"]
        source = subprocess.run(told, input=source, capture_output=True, text=True, check=True).stdout
    return source


def _held(name: str) -> str:
    file = FOLDER / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
