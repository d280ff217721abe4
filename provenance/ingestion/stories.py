"""Loads a story into the database: all of it or nothing, and as often as one likes.

What is new is added, what differs is changed with its history, what the story no longer says is retired; what somebody
has edited since the story was loaded is left as they edited it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from provenance.analysis.standing import compute
from provenance.errors import Conflict
from provenance.ingestion.story_reading import Story, read_story
from provenance.ingestion.story_rows import Wanted
from provenance.storage.document import Document
from provenance.storage.merge import Merge
from provenance.storage.reads.indexing import KINDS
from provenance.storage.reads.picture import claims_concerned
from provenance.storage.record import Record
from provenance.storage.review import ReviewEvidence
from provenance.storage.session import make_engine, require_ready, writing
from provenance.storage.source import Source, SourceName
from provenance.storage.tables import FACTS
from provenance.storage.writes.keeping import Keeper, Kept, refresh_statistics
from provenance.storage.writes.reviews import rest_on
from provenance.storage.writes.searching import index
from provenance.storage.writes.writer import Writer

# What a story tells. What its reviews rest on is told with them; merging is for those who keep the database.
TOLD = tuple(table for table in FACTS if table not in (ReviewEvidence, Merge))


@dataclass(frozen=True)
class Loaded:
    """What loading a story did, by table; ``claims`` were derived anew."""

    slug: str
    title: str
    tables: Mapping[str, Kept]
    claims: int

    @property
    def total(self) -> Kept:
        """All tables together."""
        return sum(self.tables.values(), Kept())


def load_story(database: Engine | str, folder: Path) -> Loaded:
    """Load the story in a folder, in one transaction, and derive what it concerns.

    Raises UnreadableStory before anything is written if the story cannot be read as one; Conflict if a document's text
    is not the text that is held under its key; DatabaseNotReady if the database lacks the schema.
    """
    story = read_story(folder)
    engine = make_engine(database) if isinstance(database, str) else database
    try:
        require_ready(engine)
        return _load(engine, story)
    finally:
        if engine is not database:
            engine.dispose()


def _load(engine: Engine, story: Story) -> Loaded:
    with writing(engine) as session:
        writer = Writer(session, who=_hand(story.slug), why=f"loading the story '{story.title}'")
        keeper = Keeper(writer)
        tables = {str(table.__tablename__): _keep(keeper, table, story) for table in TOLD}
        for review, evidence in story.rests_on.items():
            rest_on(writer, keeper.rows[review].key, [keeper.rows[one].key for one in evidence])
        claims: set[int] = set()
        if any(kept.written for kept in tables.values()):
            index(session, *_searchable(keeper))
            claims = set.union(*claims_concerned(session, writer.concerned))
            compute(session, claims)
            refresh_statistics(session)
    return Loaded(story.slug, story.title, tables, len(claims))


def _keep(keeper: Keeper, table: type[Record], story: Story) -> Kept:
    wanted = [row for row in story.rows if row.table is table]
    kept = keeper.retire_others(table, {row.public_id for row in wanted})
    # Rows of one table may refer to each other, so those go first that refer to nothing unwritten.
    while wanted:
        waiting = {row.public_id for row in wanted}
        ready = [row for row in wanted if not any(one.public_id in waiting for one in row.references.values())]
        for lender in sorted({row.lender or "" for row in ready}):
            kept += _keep_some(keeper, table, [row for row in ready if (row.lender or "") == lender], lender)
        done = {row.public_id for row in ready}
        wanted = [row for row in wanted if row.public_id not in done]
    return kept


def _keep_some(keeper: Keeper, table: type[Record], rows: list[Wanted], lender: str) -> Kept:
    # Where somebody has retired what a row belongs to, the row is left out too: it was their decision.
    standing = [row for row in rows if all(one.public_id in keeper.rows for one in row.references.values())]
    values = {
        row.public_id: {
            **row.values,
            **{column: keeper.rows[reference.public_id].key for column, reference in row.references.items()},
        }
        for row in standing
    }
    if table is Document:
        _check_texts(keeper, values)
    kept = keeper.lend(table, values, _hand(lender)) if lender else keeper.keep(table, values)
    return kept + Kept(left=len(rows) - len(standing))


def _hand(slug: str) -> str:
    return f"story {slug}"


def _check_texts(keeper: Keeper, values: Mapping[str, Mapping[str, object]]) -> None:
    for held in keeper.held(Document, list(values)):
        if held.text is not None and values[held.public_id]["text"] != held.text:
            raise Conflict(
                f"The text of {held.url or held.title or held.public_id} is not the one that is held. A text stays as "
                "it was retrieved: give the changed text a document of its own that supersedes the old one.",
                field="text",
            )


def _searchable(keeper: Keeper) -> list[Record]:
    named = {row.source_id for row in keeper.written if isinstance(row, SourceName)}
    rows = {row.public_id: row for row in keeper.written if isinstance(row, KINDS)}
    rows |= {row.public_id: row for row in keeper.rows.values() if isinstance(row, Source) and row.id in named}
    return [row for row in rows.values() if row.recorded_to is None]
