"""Who sees what: random rows with random visibility and audiences, and every reader at every list, detail and history.

What should be seen is worked out here from the rows alone, one by one.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from inspect import getsource
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.access import EVERYBODY, Caller, acting, adding_for
from provenance.analysis.moments import looking, trace_at
from provenance.analysis.recording import recording
from provenance.analysis.standing import differences, fresh_trace, recompute
from provenance.errors import InvalidInput, NotFound
from provenance.moment import Moment
from provenance.storage.claim import Claim
from provenance.storage.history import History
from provenance.storage.hook import HookMessage
from provenance.storage.merge import MergeCreate
from provenance.storage.reads import (
    belonging,
    claims,
    corrections,
    documents,
    events,
    evidence,
    figures,
    reports,
    reviews,
    rulings,
    sources,
)
from provenance.storage.reads.asked import (
    ClaimsAsked,
    CorrectionsAsked,
    DocumentsAsked,
    EventsAsked,
    EvidenceAsked,
    FiguresAsked,
    ReportsAsked,
    ReviewsAsked,
    RulingsAsked,
    SourcesAsked,
    TalliesAsked,
)
from provenance.storage.reads.asked_history import HistoryAsked, WholeHistoryAsked
from provenance.storage.reads.changes import RecordNoun, history_of, whole_history
from provenance.storage.reads.everything import search
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.replaying import mismatches
from provenance.storage.reads.visibility import visibility_detail, visibility_epoch
from provenance.storage.record import now
from provenance.storage.references import REFERENCES, TABLES
from provenance.storage.session import reading
from provenance.storage.source import Source, SourceNameCreate
from provenance.storage.writes.finding import known
from provenance.storage.writes.merging import merge_sources
from provenance.storage.writes.searching import index_all
from provenance.storage.writes.sources import add_name
from provenance.storage.writes.visibility import ShowTo, show_to
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import CorrectionKind, Role, TieKind, Visibility
from tests.records import NOON, Desk, every_kind

ANA, BOLAT = Caller("Ana", Role.EDITOR, "key_ana"), Caller("Bolat", Role.CONTRIBUTOR, "key_bolat")
READERS = [EVERYBODY, Caller("Rita", Role.READER, "key_rita"), BOLAT, ANA, Caller("Adil", Role.ADMIN, "key_adil")]
DESK, NAMED, PUBLIC = Visibility.DESK, Visibility.NAMED, Visibility.PUBLIC

# Which columns lead from a part to its whole: written down here a second time, on purpose.
PART_OF: Mapping[str, tuple[str, ...]] = {
    "coverage": ("event_id",),
    "interest": ("event_id", "source_id"),
    "source_name": ("source_id",),
    "tie": ("source_id", "other_id"),
    "document": ("publisher_id",),
    "tally": ("event_id",),
    "claim": ("event_id",),
    "report": ("claim_id", "document_id"),
    "attribution": ("report_id",),
    "figure": ("report_id",),
    "evidence": ("event_id",),
    "verification": ("evidence_id",),
    "correction": ("claim_id", "target_document_id", "attribution_id"),
    "ruling": ("claim_id", "attribution_id", "report_id", "tally_id"),
    "review": ("claim_id",),
    "review_evidence": ("review_id", "evidence_id"),
}
WHOLES = {"publisher_id": "source", "other_id": "source", "target_document_id": "document"}
NARROWED = (*PART_OF, "source", "event")
Row = Mapping[str, Any]


def _lasting(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).where(table.c.version_of.is_(None))


class World:
    """All rows that hold, and who may see them by what they and their wholes say."""

    def __init__(self, session: Session) -> None:
        connection = session.connection()
        self.rows: dict[str, dict[int, Row]] = {
            name: {row["id"]: dict(row) for row in connection.execute(_lasting(TABLES[name])).mappings()}
            for name in (*NARROWED, "audience")
        }
        held = [row for row in self.rows["audience"].values() if row["recorded_to"] is None]
        self.audience = {(row["record"], row["person"]) for row in held}

    def sees(self, caller: Caller, noun: str, key: int) -> bool:
        row = self.rows[noun][key]
        match row["visibility"]:
            case Visibility.PUBLIC:
                own = True
            case Visibility.DESK:
                own = caller.role in (Role.CONTRIBUTOR, Role.EDITOR, Role.ADMIN)
            case _:
                own = (row["public_id"], caller.name) in self.audience
        wholes = ((WHOLES.get(column, column.removesuffix("_id")), row[column]) for column in PART_OF.get(noun, ()))
        return own and all(key is None or self.sees(caller, whole, key) for whole, key in wholes)

    def seen(self, caller: Caller, noun: str, *further: tuple[str, str]) -> set[str]:
        """The ids of the rows of a kind that somebody sees; ``further`` columns lead to what a list shows beside."""
        return {
            row["public_id"]
            for key, row in self.rows[noun].items()
            if row["recorded_to"] is None
            and self.sees(caller, noun, key)
            and all(row[column] is None or self.sees(caller, other, row[column]) for column, other in further)
        }


LISTS: dict[str, Callable[[Session], Any]] = {
    "claim": lambda session: claims.claims(session, ClaimsAsked(limit=200)),
    "source": lambda session: sources.sources(session, SourcesAsked(limit=200)),
    "document": lambda session: documents.documents(session, DocumentsAsked(limit=200)),
    "report": lambda session: reports.reports(session, ReportsAsked(limit=200)),
    "figure": lambda session: figures.figures(session, FiguresAsked(limit=200)),
    "event": lambda session: events.events(session, EventsAsked(limit=200)),
    "tally": lambda session: events.tallies(session, TalliesAsked(limit=200)),
    "evidence": lambda session: evidence.evidence_held(session, EvidenceAsked(limit=200)),
    "review": lambda session: reviews.reviews(session, ReviewsAsked(limit=200)),
    "correction": lambda session: corrections.corrections(session, CorrectionsAsked(limit=200)),
    "ruling": lambda session: rulings.rulings(session, RulingsAsked(limit=200)),
}
DETAILS: dict[str, Callable[[Session, str], Any]] = {
    "claim": claims.claim_detail,
    "source": sources.source_detail,
    "source_name": sources.name_detail,
    "tie": sources.tie_detail,
    "interest": sources.interest_detail,
    "document": documents.document_detail,
    "report": reports.report_detail,
    "figure": figures.figure_detail,
    "event": events.event_detail,
    "tally": events.tally_detail,
    "evidence": evidence.evidence_detail,
    "review": reviews.review_detail,
    "correction": corrections.correction_detail,
    "ruling": rulings.ruling_detail,
}
# A list of corrections is one of who did what: where that is nobody's business, there is no line.
BESIDE = {"correction": (("by_id", "source"),)}


def test_everybody_sees_exactly_what_they_may(engine: sa.Engine) -> None:
    dice = random.Random(7)
    with recording(engine, "a test") as writer:
        a_world(writer)
    before = now()
    with recording(engine, "a test") as writer:
        narrow_at_random(writer, dice)
    with reading(engine) as session:
        world = World(session)
    for caller in READERS:
        with acting(caller), reading(engine) as session:
            look_everywhere(session, world, caller, dice)
        with acting(caller), looking(engine, Moment(known_at=before)) as then:
            for noun, listed in LISTS.items():
                # All was public then; what it is now decides.
                assert ids(listed(then)) == world.seen(caller, noun, *BESIDE.get(noun, ())), (caller, noun)
    with reading(engine) as session:
        assert list(differences(session)) == []
        assert list(mismatches(session)) == []
        assert unbroken(session).broken_at is None


def look_everywhere(session: Session, world: World, caller: Caller, dice: random.Random) -> None:
    """Every list, detail, search and history shows what it should and nothing else."""
    for noun, listed in LISTS.items():
        assert ids(listed(session)) == world.seen(caller, noun, *BESIDE.get(noun, ())), (caller, noun)
    for noun, detail in DETAILS.items():
        seen = world.seen(caller, noun, *BESIDE.get(noun, ()))
        for row in world.rows[noun].values():
            if row["recorded_to"] is None:
                assert found(detail, session, row["public_id"]) == (row["public_id"] in seen), (caller, noun)
    for noun, column in {"claim": "text", "source": "name", "document": "title", "event": "title"}.items():
        hits = {item.id for item in getattr(search(session, "qanat", 50), f"{noun}s")}
        named = {row["public_id"] for row in world.rows[noun].values() if "Qanat" in (row[column] or "")}
        assert named & world.seen(caller, noun) <= hits <= world.seen(caller, noun), (caller, noun)
    told = {entry.record for entry in all_entries(session)}
    for noun in NARROWED:
        every = {row["public_id"] for row in world.rows[noun].values() if row["recorded_to"] is None}
        assert told & every <= world.seen(caller, noun), (caller, noun)
    for record in RecordNoun:
        noun = record.table.name
        held = sorted(row["public_id"] for row in world.rows[noun].values() if row["recorded_to"] is None)
        # The whole history was asked above; here it is that of single records, of a few of each kind.
        for public_id in dice.sample(held, min(3, len(held))):
            has_history = found(partial(entries_about, record), session, public_id)
            assert not has_history or public_id in world.seen(caller, noun), (caller, noun)


def found(read: Callable[[Session, str], Any], session: Session, public_id: str) -> bool:
    """Whether something is answered; a refusal must be that for an id that there is not."""
    said, other = refusal(read, session, public_id), public_id[:4] + "nosuchthing"
    if said is not None:
        assert said == (refusal(read, session, other) or "").replace(other, public_id)
    return said is None


def refusal(read: Callable[[Session, str], Any], session: Session, public_id: str) -> str | None:
    try:
        read(session, public_id)
    except NotFound as refused:
        return str(refused)
    return None


def entries_about(record: RecordNoun, session: Session, public_id: str) -> object:
    return history_of(session, record, public_id, HistoryAsked())


def ids(page: Any) -> set[str]:
    return {item.id for item in page.items}


def all_entries(session: Session) -> Iterator[Any]:
    asked = WholeHistoryAsked(limit=200)
    while True:
        page = whole_history(session, asked)
        yield from page.items
        if page.next is None:
            return
        asked = WholeHistoryAsked(limit=200, cursor=page.next)


def a_world(writer: Writer) -> None:
    """A row of every kind, and two further stories; each text that is searched has one word in common."""
    every_kind(writer)
    desk = Desk(writer)
    for number, paper in enumerate(("Die Welt", "Novaya Gazeta")):
        event = desk.event(f"Qanat {number}")
        claim = desk.claim(f"Qanat: {number} were killed.")
        writer.change(claim, {"event_id": event.key})
        page = desk.document(paper, title=f"Qanat {number}", published="2022-01-06")
        reported = desk.report(claim, f"Qanat witness {number}", paper, document=page, figures=[f"{number + 20}"])
        desk.report(claim, f"Qanat agency {number}", "Interfax", figures=["30"])
        desk.review(claim)
        writer.change(desk.evidence(paper), {"event_id": event.key})
        add_name(writer, desk.source(paper).public_id, SourceNameCreate(name=f"Qanat paper {number}"))
        desk.tie(paper, TieKind.PART_OF, f"Qanat agency {number}")
        desk.correction(CorrectionKind.DENIAL, f"Qanat agency {number}", claim_id=claim.key)
        desk.correction(CorrectionKind.RETRACTION, paper, target_document_id=reported.document_id)
    index_all(writer.session)


def narrow_at_random(writer: Writer, dice: random.Random) -> None:
    """Show some rows of every kind to some people, through whoever may do so."""
    for noun in NARROWED:
        table = TABLES[noun]
        held = sa.select(table.c.public_id).where(table.c.recorded_to.is_(None)).order_by(table.c.id)
        for public_id in writer.session.scalars(held).all():
            if dice.random() > 0.3:
                continue
            to = dice.choice([DESK, NAMED, PUBLIC])
            people = dice.sample([one.name for one in READERS if one.name], 2) if to is NAMED else []
            with suppress(InvalidInput):  # the name that a source goes by
                show_to(writer, public_id, ShowTo(visibility=to, people=people))


@pytest.fixture
def told(engine: sa.Engine) -> sa.Engine:
    """A database with a row of every kind."""
    with recording(engine, "a test") as writer:
        every_kind(writer)
    return engine


def claim_id(engine: sa.Engine) -> str:
    with reading(engine) as session:
        return str(session.scalars(sa.select(col(Claim.public_id)).where(col(Claim.recorded_to).is_(None))).one())


def set_to(engine: sa.Engine, public_id: str, visibility: Visibility, *people: str, by: Caller = ANA) -> None:
    """Say who may see a record, as an editor does over HTTP."""
    with acting(by), recording(engine, f"api: {by.name}") as writer:
        show_to(writer, public_id, ShowTo(visibility=visibility, people=list(people)))


def test_what_is_kept_in_memory_is_not_shown_after_it_was_narrowed(told: sa.Engine) -> None:
    claim, then = claim_id(told), Moment(known_at=now())
    with reading(told) as session:
        witness = session.execute(sa.select(Source).where(col(Source.name) == "Saltanat Azirbek")).scalars().one()
        epoch = visibility_epoch(session)
    assert b"Azirbek" in trace_at(told, claim, then).body
    assert b"Azirbek" in trace_at(told, claim, Moment(as_of=NOON.replace(year=2023))).body

    # Another process narrows it: this one has only the database to learn it from.
    set_to(told, witness.public_id, DESK)

    assert b"Azirbek" not in trace_at(told, claim, then).body
    assert b"Azirbek" not in trace_at(told, claim, Moment(as_of=NOON.replace(year=2023))).body
    with reading(told) as session:
        assert visibility_epoch(session) > epoch
    with recording(told, "a test") as writer:
        writer.change(known(writer.session, Claim, claim), {"note": "checked"})
    with reading(told) as session:
        assert visibility_epoch(session) == visibility_epoch(session)


def test_a_question_that_was_put_together_for_one_person_serves_the_next_with_eyes_of_their_own(
    told: sa.Engine,
) -> None:
    kept: dict[object, object] = {}
    sa.event.listen(told, "engine_connect", lambda opened: opened.execution_options(compiled_cache=kept))
    claim, then = claim_id(told), Moment(known_at=now())
    set_to(told, claim, NAMED, "Ana")

    def looks(caller: Caller) -> set[str]:
        with acting(caller), reading(told) as session, looking(told, then) as past:
            lists = [ids(listed(at)) for listed in LISTS.values() for at in (session, past)]
            return set.union(*lists, {entry.record for entry in all_entries(session)})

    assert claim in looks(ANA)
    put_together = len(kept)

    assert claim not in looks(BOLAT)
    assert len(kept) == put_together


def test_nobody_derives_from_what_only_they_see(told: sa.Engine) -> None:
    claim = claim_id(told)
    public = fresh_trace(told, claim).body
    with acting(ANA), adding_for(DESK), recording(told, "api: Ana") as writer:
        desk = Desk(writer)
        held = known(writer.session, Claim, claim)
        desk.report(held, "Qanat", "Novaya Gazeta", figures=["300"])
        desk.review(held)
        desk.tie("Almaty police", TieKind.PART_OF, "State of Kazakhstan")
    assert fresh_trace(told, claim).body == public
    for caller in READERS:
        with acting(caller):
            recompute(told)
            assert fresh_trace(told, claim).body == public
            with reading(told) as session:
                assert list(differences(session)) == []


def test_a_claim_that_is_not_for_everybody_has_no_trace_and_its_readers_are_told_why(told: sa.Engine) -> None:
    claim = claim_id(told)
    set_to(told, claim, DESK)
    with acting(BOLAT), pytest.raises(NotFound, match="only what everybody may see is derived from"):
        trace_at(told, claim, Moment(as_of=NOON))
    with pytest.raises(NotFound, match=r"^There is no claim"):
        trace_at(told, claim, Moment(as_of=NOON))
    with pytest.raises(NotFound):
        fresh_trace(told, claim)


def test_what_is_added_for_the_desk_is_public_for_no_moment(told: sa.Engine) -> None:
    with acting(BOLAT), adding_for(NAMED), recording(told, "api: Bolat") as writer:
        writer.session.info["sees"] = Desk(writer).document("Tass", title="A witness speaks").public_id
        public_id: str = writer.session.info["sees"]
    with reading(told) as session:
        states = session.execute(sa.select(col(History.after)).where(col(History.public_id) == public_id)).scalars()
        assert [state and state["visibility"] for state in states] == ["named"]
    for caller, sees in ((BOLAT, True), (ANA, False), (EVERYBODY, False)):
        with acting(caller), reading(told) as session:
            assert found(documents.document_detail, session, public_id) is sees


def test_who_may_not_see_a_record_cannot_touch_it_and_hears_what_one_hears_of_none(told: sa.Engine) -> None:
    claim = claim_id(told)
    set_to(told, claim, NAMED, "Adil")
    with acting(BOLAT), recording(told, "api: Bolat") as writer:
        with pytest.raises(NotFound) as refused:
            known(writer.session, Claim, claim)
        with pytest.raises(NotFound) as missing:
            known(writer.session, Claim, "clm_nosuch")
        assert str(refused.value) == str(missing.value).replace("clm_nosuch", claim)
    with acting(ANA), reading(told) as session:
        shown = visibility_detail(session, claim)
        assert (shown.visibility, shown.people) == (NAMED, ["Adil", "Ana"])
    set_to(told, claim, PUBLIC)
    with reading(told) as session:
        assert (visibility_detail(session, claim).visibility, visibility_detail(session, claim).people) == (PUBLIC, [])


def test_opening_a_record_shows_what_it_says_from_then_on(told: sa.Engine) -> None:
    claim = claim_id(told)
    set_to(told, claim, DESK)
    with acting(ANA), recording(told, "api: Ana") as writer:
        writer.change(known(writer.session, Claim, claim), {"text": "Qanat told us."})
        writer.change(known(writer.session, Claim, claim), {"text": "A witness told us."})
    within = now()
    set_to(told, claim, PUBLIC)
    with reading(told) as session:
        assert claims.claim_detail(session, claim).text == "A witness told us."
        entries = history_of(session, RecordNoun.CLAIMS, claim, HistoryAsked()).items
        assert "Qanat" not in "".join(entry.model_dump_json() for entry in entries)
    with looking(told, Moment(known_at=within)) as then, pytest.raises(NotFound):
        claims.claim_detail(then, claim)
    with acting(BOLAT), looking(told, Moment(known_at=within)) as then:
        assert claims.claim_detail(then, claim).text == "A witness told us."


def test_what_is_known_of_the_one_that_stands_is_known_of_those_merged_into_it(told: sa.Engine) -> None:
    with recording(told, "a test") as writer:
        gone, kept = Desk(writer).source("Qanat B."), Desk(writer).source("Eyewitness")
        ids = gone.public_id, kept.public_id
    before = now()
    with recording(told, "a test") as writer:
        merge_sources(writer, ids[0], MergeCreate(into=ids[1]))
    seen_then = {Moment(known_at=before): sources.source_detail}
    set_to(told, ids[1], DESK)
    for caller in READERS:
        with acting(caller), reading(told) as session:
            history_told = {entry.record for entry in all_entries(session)} & set(ids)
            assert history_told == (set(ids) if caller.at_the_desk else set()), caller
            assert found(partial(entries_about, RecordNoun.SOURCES), session, ids[0]) is caller.at_the_desk
        for moment, detail in seen_then.items():
            with acting(caller), looking(told, moment) as then:
                assert found(detail, then, ids[0]) is caller.at_the_desk, caller


def test_a_retired_record_is_narrowed_with_its_history(told: sa.Engine) -> None:
    with recording(told, "a test") as writer:
        witness = Desk(writer).source("Qanat B.")
        public_id = witness.public_id
    before = now()
    with recording(told, "a test") as writer:
        writer.retire(known(writer.session, Source, public_id))
    set_to(told, public_id, DESK)
    for caller in READERS:
        with acting(caller), reading(told) as session:
            assert (public_id in {entry.record for entry in all_entries(session)}) is caller.at_the_desk
            assert found(visibility_detail, session, public_id) is caller.at_the_desk
            assert not found(sources.source_detail, session, public_id)
        with acting(caller), looking(told, Moment(known_at=before)) as then:
            assert found(sources.source_detail, then, public_id) is caller.at_the_desk
    with reading(told) as session:
        assert list(mismatches(session)) == []


def test_a_name_that_is_narrowed_finds_nobody(told: sa.Engine) -> None:
    with recording(told, "a test") as writer:
        source = Desk(writer).source("Eyewitness").public_id
        name = add_name(writer, source, SourceNameCreate(name="Qanat Beisembaev")).public_id
    set_to(told, name, DESK)
    for caller in READERS:
        with acting(caller), reading(told) as session:
            assert search(session, "Beisembaev").sources == []
            names = [one.name for one in sources.source_detail(session, source).names]
            assert ("Qanat Beisembaev" in names) is caller.at_the_desk


OURS = sa.select(HookMessage).where(col(HookMessage.public_id) == "msg_1")


def test_messages_that_wait_are_taken_back_with_what_they_tell(told: sa.Engine) -> None:
    claim = claim_id(told)
    with recording(told, "a test") as writer:
        waits = writer.session.execute(OURS).scalars().one()
        waits.body = {"type": "flag_raised", "data": {"claim": {"id": claim, "text": "Dozens were eliminated."}}}
    set_to(told, claim, DESK)
    with reading(told) as session:
        message = session.execute(OURS).scalars().one()
        assert message.gave_up_at is not None
        assert "eliminated" not in str(message.body)


def test_no_statement_that_is_kept_for_others_is_made_for_whoever_asks() -> None:
    """`seen` is called within functions that put their statement together each time, and nowhere else."""
    kept = []
    for path in sorted(Path("provenance").rglob("*.py")):
        tree = ast.parse(path.read_text())
        inside = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        called = {id(call) for function in inside if not cached(function) for call in calls(function)}
        kept += [f"{path}:{call.lineno}" for call in calls(tree) if id(call) not in called]
    assert kept == []
    assert len(list(calls(ast.parse(getsource(claims))))) > 3, "nothing is looked at"


ASKS = {"seen", "who_asks", "within_reach", "visible"}


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKS:
            yield node


def cached(function: ast.FunctionDef) -> bool:
    return any("cache" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_all_that_refers_to_a_whole_is_told_from_what_only_mentions_it() -> None:
    """Whoever adds a column that refers to another record decides here what it means for who may see the row."""
    mentions = {
        *("claim.tally_id", "tally.parent_id", "tie.document_id", "evidence.uploader_id", "contact.source_id"),
        *("attribution.upstream_id", "attribution.downstream_id", "ruling.upstream_id", "ruling.downstream_id"),
        *(f"correction.{name}_id" for name in ("by", "document", "upstream", "downstream", "superseded_by")),
    }
    decided = {f"{noun}.{column}" for noun, wholes in belonging.WHOLES.items() for column, _ in wholes}
    every = {f"{noun}.{column}" for noun, columns in REFERENCES.items() for column in columns}
    assert every == decided | mentions
    assert not decided & mentions
