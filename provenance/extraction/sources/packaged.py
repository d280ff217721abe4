"""Makes entries of the registry's files: of lists of outlets and bodies, and of the tables of governments.

A government is a row of bodies; what its bodies are called in every country alike stands once, in `bodies.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from provenance.extraction.sources.countries import countries
from provenance.extraction.sources.data import files_like, read_data
from provenance.extraction.sources.entry import Entry, EntryTie
from provenance.vocabulary import SourceKind, TieKind

Row = Mapping[str, str]

# What a row says besides names; every other key is the language of the names behind it.
_FIELDS = frozenset({"key", "name", "kind", "country", "near", "web", "ties", "basis", "as", "lang"})
# Files that hold words for entries, and no entries.
_TABLES = frozenset({"countries.yaml", "bodies.yaml", "words.yaml"})
# Before a name: it counts in this spelling only; it is found when asked for, and not looked for in texts.
EXACT, QUIET = "=", "~"
MARKS = EXACT + QUIET

# A body on the territory of a state that is none of its organs: a militia, a relief society.
NO_TIES = "none"
_TIE = re.compile(r"(?P<kind>\w+) (?P<other>\w+)(?: (?P<reference>https?://\S+))?")


def packaged_entries() -> Iterator[Entry]:
    """All entries of the packaged registry, in the order of the files."""
    for file in files_like("*.yaml"):
        if file.startswith("governments_"):
            yield from _governments(file)
        elif file not in _TABLES:
            yield from _listed(file)


def _listed(file: str) -> Iterator[Entry]:
    listed = read_data(file)
    for section in listed["sections"]:
        for key, row in section["entries"].items():
            yield _entry(key, row, kind=section["kind"], basis=section["basis"], country=section.get("country", ""))


def _governments(file: str) -> Iterator[Entry]:
    table = read_data(file)
    for code, bodies in table["governments"].items():
        country = countries()[code]
        state = f"{code.lower()}_state"
        for body, row in bodies.items():
            shared = bodies_table().get(body, {})
            kind = shared.get("kind", "government_body")
            yield _entry(
                f"{code.lower()}_{body}",
                {"as": body, **(row or {})},
                kind=kind,
                basis=table["basis"],
                country=code,
                name=shared.get("name", "").replace("{country}", country.name),
                tie=EntryTie(TieKind.PART_OF, state) if body != "state" else None,
            )


def bodies_table() -> Mapping[str, Row]:
    """What each kind of body is called wherever it is: its kind, its English name, and bare names by language."""
    bodies: Mapping[str, Row] = read_data("bodies.yaml")
    return bodies


def bare_names() -> Iterator[tuple[str, str]]:
    """What bodies are called wherever they are: the key of each, and one name after the other in any language."""
    for body in bodies_table():
        yield from ((body, name) for name, _ in _bare(body))


@cache
def _bare(body: str) -> tuple[tuple[str, str], ...]:
    return tuple(_names(bodies_table().get(body, {})))


def _entry(
    key: str, row: Row, *, kind: str, basis: str, country: str, name: str = "", tie: EntryTie | None = None
) -> Entry:
    shown = row.get("name") or name
    listed = [(shown, row.get("lang", "en")), *_names(row)]
    stated = tuple(_ties(row.get("ties", "")))
    return Entry(
        key=row.get("key", key),
        name=shown.lstrip(MARKS),
        kind=SourceKind(row.get("kind", kind)),
        country=row.get("country", country),
        names=tuple(dict.fromkeys((text.lstrip(MARKS), language) for text, language in listed)),
        domains=tuple(row.get("web", "").split()),
        ties=stated if tie is None or row.get("ties") else (tie,),
        basis=row.get("basis", basis),
        bare=_bare(row["as"]) if "as" in row else (),
        exact=frozenset(text.lstrip(MARKS) for text, _ in listed if text.startswith(EXACT)),
        quiet=frozenset(text.lstrip(MARKS) for text, _ in listed if text.startswith(QUIET)),
        near=tuple(row.get("near", "").split()),
    )


def _names(row: Row) -> Iterator[tuple[str, str]]:
    for language, listed in row.items():
        if language not in _FIELDS:
            yield from ((name, language) for name in listed.split(" | "))


def _ties(stated: str) -> Iterator[EntryTie]:
    if stated == NO_TIES:
        return
    for tie in filter(None, (part.strip() for part in stated.split(";"))):
        match = _TIE.fullmatch(tie)
        if match is None:
            raise ValueError(f"'{tie}' is no tie: write 'owned_by ru_state', and a public address behind it if cited.")
        yield EntryTie(TieKind(match["kind"]), match["other"], match["reference"])
