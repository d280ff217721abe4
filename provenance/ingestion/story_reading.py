"""Reads the files of a story and checks them as a whole, before anything is written.

The format is described in ``docs/story-format.md``. Files are read in an order in which what an entry refers to has
been read before; documents with their reports have a module of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from provenance.errors import UnreadableStory
from provenance.ingestion.story_decisions import read_decisions
from provenance.ingestion.story_documents import read_documents
from provenance.ingestion.story_rows import Pool, Reference, Wanted, basis_of, end_of, instant_of, moment_of
from provenance.ingestion.yaml_fields import Fields, read_list, read_mapping
from provenance.storage.claim import Claim, ClaimBase
from provenance.storage.event import (
    Coverage,
    CoverageBase,
    Event,
    EventBase,
    InterestBase,
    SourceInterest,
    Tally,
    TallyBase,
)
from provenance.storage.source import Source, SourceBase, SourceName, SourceNameBase
from provenance.vocabulary import ClaimKind, Interest, NameKind, SourceKind


@dataclass(frozen=True)
class Story:
    """A story that has been read and checked: its rows, and which review rests on which evidence."""

    slug: str
    title: str
    rows: tuple[Wanted, ...]
    rests_on: dict[str, tuple[str, ...]]


def read_story(folder: Path) -> Story:
    """Read the story in a folder; raises UnreadableStory naming the file, the entry, the field and the remedy."""
    if not (folder / "story.yaml").exists():
        raise UnreadableStory(f"{folder}: there is no story.yaml here; name the folder of a story.")
    _check_files(folder)
    head = read_mapping(folder / "story.yaml")
    head.only("slug", "title", "events", "coverage")
    slug = head.text("slug")
    if not re.fullmatch(r"[a-z0-9-]+", slug):
        raise head.refusal("slug", f"is {slug!r}", "use small letters a to z, digits and hyphens only")
    pool = Pool(slug)
    _events(head, pool)
    _coverage(head, pool)
    sources = folder / "sources.yaml"
    _sources(sources, pool)
    _tallies(read_list(folder / "tallies.yaml", "tallies"), pool)
    for fields in read_list(folder / "claims.yaml", "claims"):
        _claim(fields, pool)
    read_documents(read_list(folder / "documents.yaml", "documents"), pool)
    rests_on = read_decisions(folder, pool)
    return Story(pool.slug, head.text("title"), tuple(pool.by_id.values()), rests_on)


# The files that are read; texts and tables about the story may lie beside them.
FILES = (
    "story", "sources", "ties", "tallies", "claims", "documents", "evidence", "corrections", "rulings", "reviews",
)  # fmt: skip


def _check_files(folder: Path) -> None:
    """Refuse a file that nobody reads, so that a misspelt name loses nothing silently."""
    known = {f"{name}.yaml" for name in FILES}
    for path in sorted(folder.iterdir()):
        beside = path.name == "tables" if path.is_dir() else path.suffix in (".md", ".csv")
        if not (path.name in known or beside or path.name.startswith(".")):
            raise UnreadableStory(
                f"{path}: is no file of a story; rename or remove it. A story has {', '.join(sorted(known))}, and "
                "beside them tables/, *.csv and *.md."
            )


def _events(head: Fields, pool: Pool) -> None:
    for fields in head.entries("events"):
        key = fields.text("key")
        fields = fields.at(f"event {key}")
        fields.only("key", "title", "description", "place", "period")
        values = {
            "title": fields.text("title"),
            "description": fields.optional("description"),
            "place": fields.optional("place"),
            "began": instant_of(fields, "period"),
            "ended": end_of(fields, "period"),
        }
        pool.add(fields, Event, pool.public_id(Event, key), values, key=key, shape=EventBase)


def _coverage(head: Fields, pool: Pool) -> None:
    for number, fields in enumerate(head.entries("coverage")):
        fields.only("event", "languages", "outlets", "queries", "searched_by", "searched_until", "note")
        until = end_of(fields, "searched_until")
        if until is None:
            raise fields.refusal("searched_until", "is missing", "say until when was searched")
        values: dict[str, Any] = {
            "languages": list(fields.texts("languages")),
            "outlets": list(fields.texts("outlets")),
            "queries": list(fields.texts("queries")),
            "searched_by": fields.text("searched_by"),
            "searched_until": until,
            "note": fields.optional("note"),
        }
        public_id = pool.public_id(Coverage, str(number))
        event = pool.refer(fields, "event", Event)
        pool.add(fields, Coverage, public_id, values, {"event_id": event}, shape=CoverageBase)


def _sources(path: Path, pool: Pool) -> None:
    if not path.exists():
        return
    file = read_mapping(path)
    file.only("sources", "interests")
    for fields in file.entries("sources"):
        _source(fields, pool)
    for fields in file.entries("interests"):
        fields.only("source", "event", "interest", "basis", "reference", "note")
        source, event = pool.refer(fields, "source", Source), pool.refer(fields, "event", Event)
        values = {
            "interest": fields.term("interest", Interest),
            "basis": basis_of(fields),
            "reference": " ".join(filter(None, (fields.optional("reference"), fields.optional("note")))) or None,
        }
        public_id = pool.public_id(SourceInterest, source.public_id, event.public_id)
        references = {"source_id": source, "event_id": event}
        pool.add(fields, SourceInterest, public_id, values, references, shape=InterestBase)


def _source(fields: Fields, pool: Pool) -> None:
    key = fields.text("key")
    fields = fields.at(f"source {key}")
    fields.only("key", "story", "name", "kind", "country", "note", "names")
    name = fields.text("name")
    values = {
        "name": name,
        "kind": fields.term("kind", SourceKind),
        "country": fields.optional("country"),
        "note": fields.optional("note"),
    }
    lender = fields.optional("story")
    lender = None if lender == pool.slug else lender
    public_id = pool.public_id(Source, key, lender)
    pool.add(fields, Source, public_id, values, key=key, shape=SourceBase, lender=lender)
    for alias in fields.entries("names"):
        alias.only("name", "kind", "language", "note")
        if alias.text("name") == name:
            continue  # The shown name is a name row of its own and needs no alias.
        kind = alias.term("kind", NameKind, NameKind.ALIAS)
        if kind is NameKind.PRIMARY:
            raise alias.refusal("kind", "is primary", "the name of the source itself is its primary one")
        _name(alias, pool, public_id, alias.text("name"), kind)
    _name(fields, pool, public_id, name, NameKind.PRIMARY)


def _name(fields: Fields, pool: Pool, source: str, name: str, kind: NameKind) -> None:
    language = None if kind is NameKind.PRIMARY else fields.optional("language")
    values = {"name": name, "kind": kind, "language": language}
    public_id = pool.public_id(SourceName, name, source)
    references, lender = {"source_id": Reference(Source, source)}, pool.by_id[source].lender
    pool.add(fields, SourceName, public_id, values, references, shape=SourceNameBase, lender=lender)


def _tallies(entries: list[Fields], pool: Pool) -> None:
    waiting = {fields.text("key"): fields.at(f"tally {fields.text('key')}") for fields in entries}
    if len(waiting) < len(entries):
        raise entries[0].refusal("key", "stands there twice in this file", "give each tally its own key")
    while waiting:
        # A tally is written after the one that it is a part of.
        ready = [key for key, fields in waiting.items() if fields.optional("parent") not in waiting]
        if not ready:
            raise next(iter(waiting.values())).refusal("parent", "runs in a circle", "let one tally have no parent")
        for key in ready:
            _tally(waiting.pop(key), pool, key)


def _tally(fields: Fields, pool: Pool, key: str) -> None:
    fields.only("key", "event", "title", "measure", "counted", "place", "period", "cumulative", "parent")
    values = {
        "title": fields.text("title"),
        "measure": fields.text("measure"),
        "counted": fields.optional("counted"),
        "place": fields.optional("place"),
        "period": fields.optional("period"),
        "cumulative": fields.flag("cumulative"),
    }
    references = {"event_id": pool.refer(fields, "event", Event), "parent_id": pool.may_refer(fields, "parent", Tally)}
    pool.add(fields, Tally, pool.public_id(Tally, key), values, references, key=key, shape=TallyBase)


def _claim(fields: Fields, pool: Pool) -> None:
    key = fields.text("key")
    fields = fields.at(f"claim {key}")
    fields.only("key", "event", "tally", "kind", "text", "happened", "note")
    values = {
        "text": fields.text("text"),
        "kind": fields.term("kind", ClaimKind, ClaimKind.FIGURE),
        **moment_of(fields.entry("happened"), "happened"),
        "note": fields.optional("note"),
    }
    references = {"event_id": pool.refer(fields, "event", Event), "tally_id": pool.may_refer(fields, "tally", Tally)}
    pool.add(fields, Claim, pool.public_id(Claim, key), values, references, key=key, shape=ClaimBase)
