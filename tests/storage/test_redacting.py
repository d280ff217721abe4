"""Redaction: what goes, what stays, what the history then proves, and that nothing brings a name back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

from provenance.access import Caller, acting
from provenance.analysis.moments import trace_at
from provenance.analysis.recording import recording
from provenance.analysis.redacting import redacted
from provenance.answers_redaction import Redacted
from provenance.errors import Conflict, InvalidInput, NotFound
from provenance.moment import Moment
from provenance.storage.access import Redaction
from provenance.storage.claim import Claim
from provenance.storage.document import Document
from provenance.storage.history import History, seal
from provenance.storage.merge import MergeCreate
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.redactions import RedactionsAsked, redactions
from provenance.storage.reads.replaying import Trouble, mismatches
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import best
from provenance.storage.record import Instant, Word, now
from provenance.storage.redacting import COLLEAGUES, DERIVED, FOLLOWING, OURS, SPEAKING, RedactionCreate
from provenance.storage.report import Report
from provenance.storage.source import Source, SourceCreate, SourceNameCreate
from provenance.storage.writes.keeping import Keeper
from provenance.storage.writes.merging import merge_sources
from provenance.storage.writes.searching import index
from provenance.storage.writes.sources import create_source
from provenance.storage.writes.undoing import undo
from provenance.storage.writes.writer import said
from provenance.vocabulary import Role, SourceKind
from tests.databases import Databases, opened
from tests.records import Desk
from tests.storage.redacting import found
from tests.storage.test_replaying import behind_the_back, changes

NAME = "Saule Omarova"
TEXT = "They shot at us, Saule Omarova, a mason, told Tass. Omarova saw Katerina fall; Kate ran."
WHY = "Saule Omarova asked us to."


@pytest.fixture(scope="module")
def like_told(databases: Databases) -> Iterator[Databases]:
    """Databases that all begin with a witness who was named."""
    with databases.fresh() as url:
        with opened(url) as engine:
            tell(engine)
        yield databases.like(url)


@pytest.fixture
def told(like_told: Databases) -> Iterator[sa.Engine]:
    """A database in which a witness is named."""
    with like_told.fresh() as url, opened(url) as engine:
        yield engine


def tell(engine: sa.Engine) -> None:
    """Write what she said, and change some of it."""
    with recording(engine, "ana", "as Saule Omarova told it") as writer:
        desk = Desk(writer)
        names = [SourceNameCreate(name="Сауле Омарова"), SourceNameCreate(name="Saula Omarova")]
        create_source(writer, SourceCreate(name=NAME, kind=SourceKind.WITNESS, names=names))
        create_source(writer, SourceCreate(name="Kate", kind=SourceKind.PERSON))
        claim = desk.claim("They shot at us, Saule Omarova said.")
        document = desk.document("Tass", text=TEXT, title="Shots", published="2022-01-06")
        quote = "Omarova, a mason, told Tass"
        start = TEXT.index(quote)
        given: dict[str, Any] = {
            "quote": quote,
            "quote_start": start,
            "quote_end": start + len(quote),
            "quote_prefix": "Saule ",
        }
        desk.report(claim, NAME, "Tass", document=document, **given)
    with recording(engine, "ben") as writer:
        claim = writer.session.get_one(Claim, claim.id)
        writer.change(claim, {"text": "They were shot at."})
        index(writer.session, claim)


def redact(engine: sa.Engine, name: str = NAME, **more: Any) -> Redacted:
    """Redact the person who is held under a name."""
    with Session(engine) as session:
        person = session.scalars(sa.select(col(Source.public_id)).where(col(Source.name) == name)).first()
    return redacted(engine, "api: boss", RedactionCreate(source=person or name, why=WHY, **more))


def proven(engine: sa.Engine) -> bool:
    """Whether the history and the records pass."""
    with Session(engine) as session:
        return not unbroken(session).breaks and not list(mismatches(session))


def test_every_column_of_every_table_is_searched_or_there_is_a_reason_why_not() -> None:
    for table in SQLModel.metadata.tables.values():
        for column in table.c:
            reasons = (OURS, COLLEAGUES, FOLLOWING)
            excused = column.name == "public_id" or any(column.name in one.get(table.name, ()) for one in reasons)
            wordless = isinstance(column.type, Word | Instant | sa.Integer | sa.Float | sa.Boolean)
            assert (column.name in SPEAKING[table.name]) != (excused or wordless), f"{table.name}.{column.name}"


def test_each_reason_is_about_a_column_that_there_is() -> None:
    for group in (OURS, COLLEAGUES, FOLLOWING):
        for table, columns in group.items():
            assert columns <= set(SQLModel.metadata.tables[table].c.keys()), table
    assert SQLModel.metadata.tables.keys() >= DERIVED


def test_a_quote_that_begins_within_the_name_is_cut_anew_out_of_the_text(told: sa.Engine) -> None:
    redact(told)
    with Session(told) as session:
        report = session.execute(sa.select(Report)).scalars().one()
        text = session.execute(sa.select(col(Document.text)).where(col(Document.text).is_not(None))).scalar_one()
    assert text == "They shot at us, █████ ███████, a mason, told Tass. Omarova saw Katerina fall; Kate ran."
    assert (report.quote_prefix, report.quote) == ("█████ ", "███████, a mason, told Tass")
    assert report.quote == text[report.quote_start : report.quote_end]
    assert proven(told)


def test_a_name_within_another_name_stays(told: sa.Engine) -> None:
    redact(told, "Kate")
    with Session(told) as session:
        text = session.execute(sa.select(col(Document.text)).where(col(Document.text).is_not(None))).scalar_one()
    assert text.endswith("Katerina fall; ████ ran.")


def test_trying_writes_nothing_and_shows_what_else_may_mean_her(told: sa.Engine) -> None:
    before = changes(told)
    answer = redact(told, dry_run=True)
    assert changes(told) == before
    assert [(one.name, one.times) for one in answer.names] == [
        (NAME, 3),
        ("Сауле Омарова", 0),
        ("Saula Omarova", 0),
    ]
    assert [(one.text, one.times) for one in answer.parts] == [("Omarova", 1)]
    assert not any("Saule" in sample for sample in answer.samples)
    assert (answer.swept, answer.redaction, answer.change) == (None, None, None)
    done = redact(told, also=["Omarova"])
    assert (done.names, done.parts, done.spellings) == ([], [], [])
    assert found(told, [NAME, "Omarova", "Сауле Омарова"]) == []


def test_words_much_like_the_name_are_shown_to_whoever_tries(told: sa.Engine) -> None:
    with recording(told, "ana") as writer:
        Desk(writer).claim("They shot at Omarowa and at an omarovite.")
    assert [(one.text, one.like) for one in redact(told, dry_run=True).spellings] == [("Omarowa", "omarova")]


def test_nobody_finds_her_by_searching_and_the_claim_still(told: sa.Engine) -> None:
    redact(told)
    with Session(told) as session:
        assert best(session, "Omarova", Indexed.SOURCE, 10) == []
        assert len(best(session, "Omarova", Indexed.DOCUMENT, 10)) == 1  # the surname alone stayed in the text
        assert len(best(session, "shot", Indexed.CLAIM, 10)) == 1


def test_what_was_computed_for_a_past_moment_is_forgotten(told: sa.Engine) -> None:
    with Session(told) as session:
        claim, at = session.execute(sa.select(col(Claim.public_id), col(Claim.recorded_from))).all()[0]
    assert NAME in trace_at(told, claim, Moment(known_at=at)).body.decode()
    redact(told)
    assert NAME not in trace_at(told, claim, Moment(known_at=at)).body.decode()


def test_the_tombstone_is_listed_with_who_and_why_and_without_the_name(told: sa.Engine) -> None:
    answer = redact(told)
    with Session(told) as session:
        assert redactions(session, RedactionsAsked()).items == []
        with acting(Caller("Ana", Role.CONTRIBUTOR, "key_1")):
            [item] = redactions(session, RedactionsAsked()).items
    assert (item.id, item.record, item.places) == (answer.redaction, answer.source, answer.texts)
    assert (item.who, item.why, item.change) == ("api: boss", "█████ ███████ asked us to.", answer.change)


def entry(engine: sa.Engine, action: str = "created", noun: str = "document") -> Any:
    """An entry of the history that said the name."""
    with Session(engine) as session:
        statement = sa.select(History).where(col(History.noun) == noun, col(History.action) == action)
        return session.execute(statement.order_by(col(History.id))).scalars().all()[-1]


def rewrite(engine: sa.Engine, one: Any, title: str) -> dict[str, Any]:
    """Let a document and its entry say another title, as somebody does who has the database."""
    after = {**one.after, "title": title}
    with behind_the_back(engine) as connection:
        connection.execute(
            sa.text("UPDATE history SET after = :after, salt = NULL WHERE id = :id"),
            {"after": json.dumps(after), "id": one.id},
        )
        connection.execute(
            sa.text("UPDATE document SET title = :title WHERE public_id = :id"), {"title": title, "id": one.public_id}
        )
    return after


def now_sealed(one: Any, after: dict[str, Any]) -> dict[str, str]:
    """What a tombstone would say of an entry that says this."""
    words = (one.previous, one.at, one.who, one.why, one.action, one.noun, one.public_id, one.before, after)
    return {one.hash: seal(*words)}


def test_an_entry_that_was_edited_without_a_tombstone_is_noticed(told: sa.Engine) -> None:
    one = entry(told)
    rewrite(told, one, "Nothing happened")
    with Session(told) as session:
        assert unbroken(session).broken_at == one.id


def test_a_tombstone_that_was_slipped_in_without_the_history_is_noticed(told: sa.Engine) -> None:
    one = entry(told)
    sealed = now_sealed(one, rewrite(told, one, "Nothing happened"))
    with Session(told) as session:
        tombstone = Redaction(
            public_id="red_forged", noun="source", record="src_x", places=1, sealed=sealed, recorded_from=now()
        )
        session.add(tombstone)
        session.commit()
        assert unbroken(session).broken_at == one.id
        assert (Trouble.NO_ENTRY, "red_forged") in {(one.trouble, one.record) for one in mismatches(session)}


def test_a_tombstone_with_an_entry_that_is_not_sealed_with_the_rest_is_noticed(told: sa.Engine) -> None:
    one = entry(told)
    sealed = now_sealed(one, rewrite(told, one, "Nothing happened"))
    with recording(told, "mallory") as writer:
        forged = writer.add(Redaction(noun="source", record="src_x", places=1))
    with behind_the_back(told) as connection:
        for table, column in (("redaction", "sealed"), ("history", "after")):
            value: Any = sealed if table == "redaction" else {**said(forged), "sealed": sealed}
            connection.execute(
                sa.text(f"UPDATE {table} SET {column} = :value WHERE public_id = :id"),
                {"value": json.dumps(value), "id": forged.public_id},
            )
    with Session(told) as session:
        assert {broken.entry for broken in unbroken(session).breaks} > {one.id}


def test_what_was_redacted_cannot_be_edited_again(told: sa.Engine) -> None:
    redact(told)
    one = entry(told)
    assert one.salt is None
    rewrite(told, one, "Nothing happened")
    with Session(told) as session:
        assert unbroken(session).broken_at == one.id


def test_a_tombstone_whose_row_was_edited_is_noticed(told: sa.Engine) -> None:
    redact(told)
    one = entry(told)
    sealed = now_sealed(one, rewrite(told, one, "Nothing happened"))
    with behind_the_back(told) as connection:
        connection.execute(sa.text("UPDATE redaction SET sealed = :sealed"), {"sealed": json.dumps(sealed)})
    with Session(told) as session:
        assert unbroken(session).broken_at == one.id
        assert Trouble.OTHER_VALUE in {one.trouble for one in mismatches(session)}


def test_an_entry_that_says_the_name_again_is_noticed_even_though_it_fits_its_seal(told: sa.Engine) -> None:
    one = entry(told)
    redact(told)
    with behind_the_back(told) as connection:
        connection.execute(
            sa.text("UPDATE history SET after = :after, why = :why, salt = :salt WHERE id = :id"),
            {"after": json.dumps(one.after), "why": one.why, "salt": one.salt, "id": one.id},
        )
    with Session(told) as session:
        assert ["says again" in broken.what for broken in unbroken(session).breaks] == [True]


def test_two_who_were_named_in_one_sentence_are_redacted_one_after_the_other(told: sa.Engine) -> None:
    redact(told)
    first = entry(told).after
    answer = redacted(told, "api: boss", RedactionCreate(source=_id(told, "Kate"), why="Too, after Kate asked."))
    assert answer.entries > 0
    assert proven(told)
    assert found(told, [NAME, "Kate ran"]) == []
    # What the first tombstone vouches for holds no more: the second one does.
    rewrite(told, entry(told), first["title"])
    with behind_the_back(told) as connection:
        connection.execute(
            sa.text("UPDATE history SET after = :after WHERE id = :id"),
            {"after": json.dumps(first), "id": entry(told).id},
        )
    with Session(told) as session:
        assert unbroken(session).broken_at == entry(told).id


def _id(engine: sa.Engine, name: str) -> str:
    with Session(engine) as session:
        return session.scalars(sa.select(col(Source.public_id)).where(col(Source.name) == name)).one()


def test_whoever_was_redacted_is_redacted_again_only_under_other_spellings(told: sa.Engine) -> None:
    source = redact(told).source
    with pytest.raises(Conflict, match="Nothing is left of the name"):
        redact(told, source)
    assert redact(told, source, also=["Omarova"]).texts > 0
    assert proven(told)


def test_whoever_was_merged_into_another_is_redacted_under_the_names_of_both(told: sa.Engine) -> None:
    with recording(told, "ana") as writer:
        twin = create_source(writer, SourceCreate(name="S. Omarova-Bek", kind=SourceKind.WITNESS)).public_id
        merge_sources(writer, twin, MergeCreate(into=_id(told, NAME)))
    assert redact(told, twin).source != twin
    assert found(told, [NAME, "Omarova-Bek"]) == []
    assert proven(told)


@pytest.mark.parametrize(
    ("name", "kind", "also", "refused"),
    [
        ("Tass Agency", SourceKind.NEWS_AGENCY, [], "only people are redacted"),
        ("the authorities", SourceKind.UNNAMED, [], "only people are redacted"),
        ("Mason", SourceKind.WITNESS, [], "is an ordinary word"),
        ("Ann Lee", SourceKind.PERSON, ["."], "fewer than two letters"),
    ],
)
def test_what_is_no_name_of_a_person_is_refused(
    told: sa.Engine, name: str, kind: SourceKind, also: list[str], refused: str
) -> None:
    with recording(told, "ana") as writer:
        create_source(writer, SourceCreate(name=name, kind=kind))
    with pytest.raises(InvalidInput, match=refused):
        redact(told, name, also=also)


def test_nobody_who_is_not_held_is_redacted(told: sa.Engine) -> None:
    with pytest.raises(NotFound):
        redact(told, "src_nobody")


def test_a_description_that_she_is_held_under_can_stay(told: sa.Engine) -> None:
    with recording(told, "ana") as writer:
        mason = create_source(writer, SourceCreate(name="Mason", kind=SourceKind.WITNESS, names=[]))
        writer.change(mason, {"note": "Ann Lee"})
    redact(told, "Mason", keep=["Mason"], also=["Ann Lee"])
    with Session(told) as session:
        source = session.execute(
            sa.select(Source).where(col(Source.name) == "Mason", col(Source.recorded_to).is_(None))
        )
        assert source.scalars().one().note == "███ ███"


def test_a_redaction_is_not_undone_and_undoing_what_came_before_brings_no_name_back(told: sa.Engine) -> None:
    change = redact(told).change
    with pytest.raises(Conflict, match="the name is held nowhere any more"), recording(told, "eva") as writer:
        undo(writer, change or "")
    with recording(told, "eva") as writer:
        undo(writer, changes(told)[1])
    with Session(told) as session:
        claim = session.execute(sa.select(Claim).where(col(Claim.recorded_to).is_(None))).scalars().one()
        assert claim.text == "They shot at us, █████ ███████ said."
    assert found(told, [NAME]) == []
    assert proven(told)


def test_a_hand_that_says_the_name_again_does_not_bring_it_back(told: sa.Engine) -> None:
    def keep() -> None:
        with recording(told, "story: almaty") as writer:
            wanted = {"clm_story": {"text": f"{NAME} was there.", "event_id": Desk(writer).event().key}}
            assert Keeper(writer).keep(Claim, wanted).created + Keeper(writer).keep(Claim, wanted).left > 0

    keep()
    redact(told)
    keep()
    assert found(told, [NAME]) == []


def test_namesakes_of_one_source_stay_apart(told: sa.Engine) -> None:
    with recording(told, "ana") as writer:
        names = [SourceNameCreate(name="Son of Saule Omarova"), SourceNameCreate(name="Son of Saula Omarova")]
        create_source(writer, SourceCreate(name="Her son", kind=SourceKind.PERSON, names=names))
    answer = redact(told)
    assert answer.namesakes == [_id(told, "Her son")]
    assert proven(told)
