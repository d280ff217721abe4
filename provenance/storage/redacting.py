"""What an admin sends to take a person's name out of everything, and in which columns names are looked for.

The columns are read from the tables, so that a new one is searched at once: those that are not are named here, each
group with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from provenance.storage import tables as _all_tables  # noqa: F401 - makes every table known
from provenance.storage.record import Instant, Word, Writable
from provenance.vocabulary import SourceKind

# Who may be redacted: people. What an institution is called is no secret, and half of all texts would go with it.
PEOPLE = frozenset({SourceKind.PERSON, SourceKind.SPOKESPERSON, SourceKind.WITNESS})


class RedactionCreate(Writable):
    """What an admin sends to redact a person."""

    source: str = Field(description="Public id of the person: a person, spokesperson or witness.")
    also: list[str] = Field(
        default_factory=list,
        max_length=200,
        description="Further spellings and parts of the name that are to go, such as a surname alone; the names that "
        "the person is held under go in any case.",
    )
    keep: list[str] = Field(
        default_factory=list,
        max_length=200,
        description="Names that the person is held under, and that stay elsewhere because they name nobody, such as "
        "'the spokeswoman'.",
    )
    why: str = Field(min_length=1, max_length=2000, description="Why, for the history; the name is taken out of it.")
    dry_run: bool = Field(default=False, description="Only tell what would be taken out; write nothing.")


# Ids, hashes and words of ours: no name stands there, and a block in it would break what it leads to.
OURS: Mapping[str, frozenset[str]] = {
    "history": frozenset({"action", "noun", "previous", "hash", "salt"}),
    "merge": frozenset({"gone", "kept", "moved"}),
    "audience": frozenset({"noun", "record"}),
    "redaction": frozenset({"noun", "record", "sealed"}),
    "hook": frozenset({"about", "rules"}),
    "review_page": frozenset({"reviews"}),
    "ingestion_item": frozenset({"document"}),
    "fetched_page": frozenset({"document"}),
    "flag": frozenset({"rule"}),
    "flagged_figure": frozenset({"rule"}),
    "standing": frozenset({"etag"}),
    "hook_secret": frozenset({"secret"}),
    "access_key": frozenset({"secret_hash"}),
    "browser_session": frozenset({"token_hash"}),
    "taken_request": frozenset({"fingerprint"}),
}
# Who wrote, signed or may see something: colleagues, who answer for it by their names.
COLLEAGUES: Mapping[str, frozenset[str]] = {
    "history": frozenset({"who"}),
    "access_key": frozenset({"name", "created_by"}),
    "audience": frozenset({"person"}),
    "coverage": frozenset({"searched_by"}),
    "tie": frozenset({"signed_by"}),
    "verification": frozenset({"by"}),
    "ruling": frozenset({"signed_by"}),
    "decision": frozenset({"by"}),
    "desk_item": frozenset({"holder"}),
    "desk_note": frozenset({"author"}),
    "contact": frozenset({"author"}),
    "watch": frozenset({"who"}),
    "own_correction": frozenset({"author"}),
    "ingestion_run": frozenset({"who"}),
    "column_mapping": frozenset({"saved_by"}),
}
# Made anew from what the name was taken out of.
FOLLOWING: Mapping[str, frozenset[str]] = {
    "document": frozenset({"content_hash"}),
    "archived_copy": frozenset({"sha256"}),
    "blob": frozenset({"sha256"}),
}
# Derived from the rest: where the name stands there, the claim is derived anew.
DERIVED = frozenset({"standing", "flag", "flagged_figure"})


def _names_nobody(table: str, column: str) -> bool:
    groups = (OURS, COLLEAGUES, FOLLOWING)
    return column == "public_id" or any(column in group.get(table, ()) for group in groups)


def _holds_words(kind: sa.types.TypeEngine[Any]) -> bool:
    if isinstance(kind, Word | Instant):
        return False
    stored = kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind
    return isinstance(stored, sa.String | sa.JSON | sa.LargeBinary)


TABLES: Mapping[str, sa.Table] = dict(SQLModel.metadata.tables)
SPEAKING: Mapping[str, tuple[str, ...]] = {
    name: tuple(column.name for column in table.c if _holds_words(column.type) and not _names_nobody(name, column.name))
    for name, table in TABLES.items()
}
"""For each table, the columns in which a name may stand."""
