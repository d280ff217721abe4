"""What was damaged, lost or written past the program is found in the part where it happened, with the remedy."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from provenance.analysis.recording import recording
from provenance.storage.reads.indexing import broken_index, wrong_entries
from provenance.storage.reads.integrity import Flaw, broken_pages, foreign_schema, loose_references, wrong_hashes
from provenance.storage.source import SourceChange, SourceCreate, SourceNameCreate
from provenance.storage.writes.searching import index_all, index_anew
from provenance.storage.writes.sources import change_source, create_source
from provenance.vocabulary import SourceKind
from tests.databases import SqliteDatabases, opened
from tests.records import every_kind


@pytest.fixture
def full(engine: sa.Engine) -> sa.Engine:
    """A database with rows in every table, all in order."""
    with recording(engine, "a test") as writer:
        every_kind(writer)
        index_all(writer.session)
    return engine


def test_a_database_that_this_program_wrote_has_no_flaw(full: sa.Engine) -> None:
    with full.connect() as connection, Session(connection) as session:
        found = [
            *broken_pages(connection),
            *foreign_schema(connection),
            *loose_references(connection),
            *wrong_hashes(connection),
            *wrong_entries(session),
            *broken_index(connection),
        ]
    assert found == []


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ("DROP INDEX ix_document_url", "schema", "ix_document_url"),
        ("DROP INDEX ix_claim_lasting", "claim", "lacks ix_claim_lasting"),
        ("ALTER TABLE claim ADD COLUMN mood INTEGER", "schema", "remove column claim mood"),
        ("DROP TABLE text_sketch", "schema", "add table"),
        ("CREATE TABLE opinions (id INTEGER)", "schema", "remove table opinions"),
    ],
)
def test_a_schema_that_somebody_changed_is_told_from_ours(full: sa.Engine, change: str, where: str, what: str) -> None:
    with full.begin() as connection:
        connection.execute(sa.text(change))
    with full.connect() as connection:
        found = list(foreign_schema(connection))
    assert [(one.where, what in one.what) for one in found if what in one.what] == [(where, True)], found


def test_a_trigger_that_would_change_what_is_written_is_found(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url, opened(url) as engine:
        with engine.begin() as connection:
            connection.execute(
                sa.text("CREATE TRIGGER spin AFTER INSERT ON claim BEGIN UPDATE claim SET text = 'x'; END")
            )
        with engine.connect() as connection:
            [found] = foreign_schema(connection)
    assert "a trigger, spin" in found.what


def test_a_row_that_leads_nowhere_is_named(full: sa.Engine) -> None:
    with _past_the_rules(full) as connection:
        gone = connection.execute(sa.text("SELECT id FROM event")).scalars().first()
        ids = connection.execute(sa.text("SELECT public_id FROM coverage WHERE event_id = :id"), {"id": gone}).scalars()
        coverage = set(ids)
        connection.execute(sa.text("DELETE FROM event WHERE id = :id"), {"id": gone})
        connection.commit()
    with full.connect() as connection:
        found = [one for one in loose_references(connection) if one.where in coverage]
    assert coverage
    assert {one.where for one in found} == coverage
    assert {one.what for one in found} == {"What event_id of coverage leads to, in event, is not there."}


def test_texts_and_bytes_that_are_not_what_their_hashes_name_are_found(full: sa.Engine) -> None:
    with full.begin() as connection:
        same_length = "UPDATE document SET text = replace(text, 'Dozens', 'Nobody') WHERE text LIKE 'Dozens%'"
        connection.execute(sa.text(same_length))
        changed = connection.execute(sa.text("SELECT public_id FROM document WHERE text LIKE 'Nobody%'")).scalars()
        wanted = {*changed, connection.scalar(sa.text("SELECT sha256 FROM blob"))}
        connection.execute(sa.text("UPDATE blob SET body = :body"), {"body": zlib.compress(b"no")})
    with full.connect() as connection:
        assert _places(wrong_hashes(connection)) == wanted
    assert len(wanted) > 1


def test_a_search_index_that_says_something_else_is_found_and_made_anew(full: sa.Engine) -> None:
    key = "rowid" if full.dialect.name == "sqlite" else "id"
    with full.begin() as connection:
        claim = connection.execute(sa.text("SELECT id, public_id FROM claim WHERE recorded_to IS NULL")).first()
        source = connection.execute(sa.text("SELECT id, public_id FROM source WHERE recorded_to IS NULL")).first()
        assert claim
        assert source
        connection.execute(sa.text(f"UPDATE search_entry SET body = 'x' WHERE {key} = :id"), {"id": claim.id * 4})
        connection.execute(sa.text(f"DELETE FROM search_entry WHERE {key} = :id"), {"id": source.id * 4 + 1})
        connection.execute(sa.text(f"INSERT INTO search_entry ({key}, body) VALUES (444444, 'ghost')"))
    with Session(full) as session:
        found = {one.where: one.what for one in wrong_entries(session)}
        assert found == {
            claim.public_id: "Searches find it by other words than it says.",
            source.public_id: "No search finds it: it is not in the index.",
            "entry 444444": "The index has an entry for a record that holds no longer.",
        }
        index_anew(session)
        assert list(wrong_entries(session)) == []


def test_names_are_found_in_whatever_order_they_stand_and_missed_where_one_is_missing(full: sa.Engine) -> None:
    with recording(full, "a test") as writer:
        source = create_source(
            writer,
            SourceCreate(
                name="Interior Ministry", kind=SourceKind.GOVERNMENT_BODY, names=[SourceNameCreate(name="МВД")]
            ),
        )
        change_source(writer, source.public_id, SourceChange(name="Ministry of the Interior"))
    assert source.id is not None
    key = {"key": source.id * 4 + 1}
    where = "rowid = :key" if full.dialect.name == "sqlite" else "id = :key"
    found = []
    with full.begin() as connection, Session(connection) as session:
        body = connection.execute(sa.text(f"SELECT body FROM search_entry WHERE {where}"), key).scalar_one()
        for words in (body, " ".join(reversed(body.split())), " ".join(body.split()[1:])):
            connection.execute(sa.text(f"UPDATE search_entry SET body = :body WHERE {where}"), {"body": words, **key})
            found.append([one.where for one in wrong_entries(session)])
    assert found == [[], [], [source.public_id]]


def test_an_index_whose_words_lead_elsewhere_is_found_and_made_anew(sqlite_databases: SqliteDatabases) -> None:
    with sqlite_databases.fresh() as url, opened(url) as engine:
        with recording(engine, "a test") as writer:
            every_kind(writer)
            index_all(writer.session)
        with engine.begin() as connection:
            # What the index holds stays as it was, so that only its words can show it.
            connection.exec_driver_sql("UPDATE search_entry_content SET c0 = 'nothing of the kind' WHERE id = 4")
        with engine.execution_options(writes=True).connect() as connection:
            assert _places(broken_index(connection)) == {"search_entry"}
            connection.rollback()
        with Session(engine.execution_options(writes=True)) as session, session.begin():
            index_anew(session)
        with engine.execution_options(writes=True).connect() as connection:
            assert list(broken_index(connection)) == []
            connection.rollback()


def _places(found: Iterable[Flaw]) -> set[str]:
    return {one.where for one in found}


def _past_the_rules(engine: sa.Engine) -> sa.Connection:
    """A connection for which references are not enforced."""
    connection = engine.connect()
    if engine.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
    else:
        connection.execute(sa.text("SET session_replication_role = replica"))
    # The pool must not lend it to anybody else.
    connection.detach()
    return connection
