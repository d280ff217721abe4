"""The page inside a data package that tells people what its tables and columns are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

HOW = """
Each file is a table of comma-separated values (RFC 4180) in UTF-8; its first row names the columns. `datapackage.json`
says the same of them to programs (Frictionless Data Package).

- An empty cell is a value that is missing: not known, or not there. It is never zero.
- Instants are in UTC. A date of which only the day, the month or the year is known has no more digits than that.
- Values of a list are parted by ` | `, the sources of a path by ` > `; a backslash stands before such a sign, or
  another backslash, that is part of a value.
- A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-` or `@`) has an apostrophe in front, and
  so has one that begins with an apostrophe. Take one off to read what was held.

What is counted here is reporting, never truth. Documents that repeat each other are many and still one origin: see
`verdict` and `parties` of a claim, and the hops in `attributions.csv`. A hop with `cut_by` was taken back or ruled out
and supports nothing: leave it out when you count.

Not in here are the texts of documents, proposals that no editor has accepted, what the desk keeps of its own work
(notes, whom it asked, its own corrections), the history, the paths that the hops make (`/v1/claims/{id}/trace` has
them), and of reviews the markup beyond rating, claim and appearances. Sources that nothing in the event names are in
here only where somebody in it is tied to them.
"""


def readme(title: str, described: Mapping[str, Any]) -> str:
    """The page, made from the descriptor of a package."""
    return "\n".join([f"# {title}", HOW.rstrip(), *_licence(described), *_tables(described)]) + "\n"


def _licence(described: Mapping[str, Any]) -> Iterator[str]:
    names = [each.get("name") or each["path"] for each in described.get("licenses", ())]
    yield ""
    yield (
        f"Licence of the records: {', '.join(names)}. What is quoted belongs to those who published it."
        if names
        else "No licence is stated: ask whoever gave you this. What is quoted belongs to those who published it."
    )


def _tables(described: Mapping[str, Any]) -> Iterator[str]:
    for resource in described["resources"]:
        schema = resource["schema"]
        refers = {key["fields"]: key["reference"]["resource"] for key in map(_single, schema.get("foreignKeys", ()))}
        yield f"\n## {resource['path']}: {resource['title']}\n"
        yield f"{resource['rows']:,} rows.\n"
        for field in schema["fields"]:
            leads = f" Leads to `{refers[field['name']]}.csv`." if field["name"] in refers else ""
            yield f"- `{field['name']}` ({field['type']}): {field['description']}{leads}"


def _single(key: Mapping[str, Any]) -> dict[str, Any]:
    return {**key, "fields": key["fields"][0]}
