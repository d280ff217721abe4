"""Each step of the schema is tried with rows of every kind: down, up, and up to the end, and nothing is lost that the
schema in between can hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from provenance.analysis.recording import recording
from provenance.analysis.standing import differences
from provenance.storage.backup.rows import read, tables_of
from provenance.storage.reads.history import history, unbroken
from provenance.storage.reads.indexing import wrong_entries
from provenance.storage.reads.integrity import foreign_schema, loose_references, wrong_hashes
from provenance.storage.reads.replaying import Mismatch, Trouble, mismatches
from provenance.storage.reads.upkeep import lacks_index
from provenance.storage.session import known_versions, migrate, require_ready, unmigrate, writing
from provenance.storage.writes.searching import index_all
from tests.databases import Databases, opened
from tests.records import every_kind

VERSIONS = known_versions()
Rows = list[Mapping[str, Any]]
Contents = dict[str, Rows]


class Stopped(NamedTuple):
    """Databases that stopped at a version on their way down, and what each of them holds."""

    databases: Databases
    contents: Contents


At = Callable[[str], Stopped]


@pytest.fixture(scope="module")
def at(databases: Databases) -> Iterator[At]:
    """Databases that went down to a version, one step after the other, with all rows that they could take along."""
    made: dict[str, Stopped] = {}
    with ExitStack() as open_ones:

        def at(version: str) -> Stopped:
            if version in made:
                return made[version]
            whole = version == VERSIONS[-1]
            newer = databases if whole else at(VERSIONS[VERSIONS.index(version) + 1]).databases
            url = open_ones.enter_context(newer.fresh())
            if whole:
                _fill(url)
            else:
                unmigrate(url, version)
            contents = _contents(url)
            made[version] = Stopped(databases.like(url), contents)
            return made[version]

        yield at


@pytest.mark.parametrize("version", VERSIONS[-2::-1])
def test_a_step_down_keeps_what_the_older_schema_can_hold_and_up_again_all_of_that(at: At, version: str) -> None:
    newer = VERSIONS[VERSIONS.index(version) + 1]
    had, (older, has) = at(newer).contents, at(version)
    _assert_all_in(has, had, SEALED_ANEW if version == "20261123_let_people_in" else {})
    with older.fresh() as url:
        migrate(url, newer)
        up = _contents(url)
        _assert_all_in(has, up, {})
        unmigrate(url, version)
        _assert_all_in(_contents(url), up, {})


@pytest.mark.parametrize("version", VERSIONS[0:-1:5])
def test_a_migrated_database_is_in_order_but_for_what_had_no_table_when_it_went_down(at: At, version: str) -> None:
    older, has = at(version)
    tables = [table for table, rows in has.items() if "public_id" in rows[0]]
    with older.fresh() as url:
        migrate(url)
        with opened(url) as engine:
            require_ready(engine)
            with writing(engine) as session:
                if lacks_index(session):
                    index_all(session)
            lost = _nouns_without(engine, tables)
            found = _troubles(engine)
    assert {(one.noun, one.trouble) for one in found if isinstance(one, Mismatch)} == {
        (noun, Trouble.NO_RECORD) for noun in lost
    }
    assert [one for one in found if not isinstance(one, Mismatch)] == []


# The salts of its seals went with their column, so the history was sealed without.
SEALED_ANEW = {"history": {"previous", "hash"}}


def _assert_all_in(older: Contents, newer: Contents, but: Mapping[str, set[str]]) -> None:
    """Every row and column that both can hold is in both, and says the same."""
    assert [table for table in older if not older[table]] == []
    for table in older.keys() & newer.keys():
        columns = older[table][0].keys() & newer[table][0].keys() - but.get(table, set())
        # What a step brings into the history it writes there, behind all that was.
        rows = newer[table][: len(older[table])] if table == "history" else newer[table]
        assert _only(rows, columns) == _only(older[table], columns), table


def _nouns_without(engine: sa.Engine, tables: Collection[str]) -> set[str]:
    """What the history tells of that had no table, or one in which nothing had an id."""
    with Session(engine) as session:
        return {noun for noun in session.scalars(sa.select(history.c.noun).distinct()) if noun not in tables}


def _fill(url: str) -> None:
    with opened(url) as engine, recording(engine, "a test") as writer:
        every_kind(writer)
        index_all(writer.session)


def _troubles(engine: sa.Engine) -> list[object]:
    with Session(engine) as session:
        connection = session.connection()
        return [
            *foreign_schema(connection),
            *loose_references(connection),
            *wrong_hashes(connection),
            *unbroken(session).breaks,
            *mismatches(session),
            *(one for one in differences(session) if not one.stale),
            *wrong_entries(session),
        ]


def _contents(url: str) -> Contents:
    with opened(url) as engine, engine.connect() as connection:
        return {
            held.name: [dict(zip(held.columns, row, strict=True)) for row in read(connection, held)]
            for held in tables_of(connection, newest=False)
        }


def _only(rows: Rows, columns: Collection[str]) -> Rows:
    return [{name: row[name] for name in sorted(columns)} for row in rows]
