"""Whatever is written, in whatever order: standings equal a recomputation, the past stays, and nothing is lost.

Hypothesis makes up programs of writes, changes, retirements, corrections, rulings, merges and undoings. Each runs on an
empty database, is looked at while it runs, and is held to those looks when it is over. All use one engine, because a
new one would put together each statement anew, which takes longer than asking it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, TypeVar

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, col

from provenance.analysis.picturing import pictures
from provenance.analysis.recording import recording
from provenance.analysis.standing import derive, differences
from provenance.errors import ProvenanceError
from provenance.moment import Moment
from provenance.storage.claim import Claim, ClaimChange
from provenance.storage.correction import Ruling
from provenance.storage.document import Document, DocumentChange
from provenance.storage.history import History, change_id
from provenance.storage.merge import MergeCreate
from provenance.storage.moment import reading_at
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.picture import current_claims
from provenance.storage.reads.replaying import mismatches
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report, ReportChange
from provenance.storage.session import reading
from provenance.storage.source import Source, SourceChange, Tie
from provenance.storage.tables import FACTS
from provenance.storage.writes.claims import change_claim
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.merging import merge_claims, merge_sources
from provenance.storage.writes.reports import change_report
from provenance.storage.writes.sources import change_source, retire_tie
from provenance.storage.writes.undoing import undo
from provenance.vocabulary import CorrectionKind, DatePrecision, RulingKind, SourceKind, Stance, TieKind
from tests.records import Desk

R = TypeVar("R", bound=Record)

CHAINS = (
    ("Interior Ministry", "Tass"),
    ("Saltanat Azirbek", "Khabar 24", "Tass"),
    ("Almaty police", "Interfax"),
    ("Eyewitness", "Die Zeit"),
    ("the authorities", "Le Monde"),
    ("Khabar 24", "Interfax"),
    ("Tass",),
)
FIGURES = ("dozens", "26", "more than 160", "164", "several")
DATES = ("2022-01-06", "2022-01-09T15:33Z", "2022-01", "2022-01-10", "2022-01-12")
AS_OF = (None, datetime(2022, 1, 9, 16, tzinfo=UTC))
LOOKS = 1  # moments of a program at which its answers are noted, each as of every one of the above
MANY = int(os.environ.get("PROGRAMS", "4"))  # for each test and database; set it for a longer search


@dataclass(frozen=True)
class Act:
    """One act of a program; the numbers choose among what there is when its turn comes."""

    kind: str
    first: int
    second: int
    looks: bool


@dataclass
class Program:
    """A program as it runs: its changes so far, what was seen while it ran, and what rows there were."""

    engine: sa.Engine
    changes: list[str] = field(default_factory=list)
    seen: dict[Moment, dict[str, str]] = field(default_factory=dict)
    rows: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    refused: int = 0

    def run(self, act: Act) -> None:
        """Do it, unless the record refuses it; a refused act must leave nothing behind."""
        try:
            with recording(self.engine, "somebody", act.kind) as writer:
                ACTS[act.kind](self, Desk(writer), act.first, act.second)
        except ProvenanceError:
            self.refused += 1
            return
        if self._wrote(writer.at):
            self.changes.append(change_id(writer.at))
        self._keep_rows()
        if act.looks and len(self.seen) < LOOKS * len(AS_OF):
            for as_of in AS_OF:
                moment = Moment(as_of, writer.at)
                self.seen[moment] = answers(self.engine, moment)

    def _wrote(self, at: datetime) -> bool:
        with Session(self.engine) as session:
            return session.scalar(sa.select(sa.func.max(col(History.at)))) == at

    def _keep_rows(self) -> None:
        """Every row that was there is there still, and what is past has not changed."""
        now = all_rows(self.engine)
        assert self.rows.keys() <= now.keys(), "a row was lost"
        for key, before in self.rows.items():
            if before["version_of"] is not None:
                assert now[key] == before, "the past was rewritten"
        self.rows = now


def one(session: Session, table: type[R], number: int) -> R:
    """One of the rows that hold."""
    rows = session.execute(sa.select(table).where(col(table.recorded_to).is_(None)).order_by(col(table.id))).scalars()
    found: R = pick(rows.all(), number)
    return found


def pick(among: Sequence[Any], number: int) -> Any:
    """One of these; the record refuses to choose from nothing."""
    if not among:
        raise ProvenanceError("There is nothing to choose from.")
    return among[number % len(among)]


def write_report(program: Program, desk: Desk, first: int, second: int) -> None:
    chain = pick(CHAINS, first)
    document = desk.document(chain[-1], published=pick(DATES, second), title=f"Page {first}")
    stance = Stance.DENIES if first % 7 == 6 else Stance.ASSERTS
    desk.report(
        one(desk.session, Claim, second), *chain, document=document, figures=[pick(FIGURES, first)], stance=stance
    )


def write_claim(program: Program, desk: Desk, first: int, second: int) -> None:
    tally = desk.tally(f"Tally {first}") if second % 2 else None
    desk.claim(f"{pick(FIGURES, first)} were killed, it was said ({second}).", tally)


def state_tie(program: Program, desk: Desk, first: int, second: int) -> None:
    names = sorted({name for chain in CHAINS for name in chain} - {"the authorities"})
    desk.tie(pick(names, first), pick(tuple(TieKind), second), pick(names, first + second + 1))


def correct(program: Program, desk: Desk, first: int, second: int) -> None:
    claim = one(desk.session, Claim, first)
    at = datetime(2022, 1, 9 + first % 3, 12, tzinfo=UTC)
    more = {"effective_earliest": at, "effective_latest": at, "effective_precision": DatePrecision.SECOND}
    if second % 3 == 0:
        more["upstream_id"] = desk.source(pick(CHAINS, second)[0]).key
    desk.correction(pick(tuple(CorrectionKind), second), pick(CHAINS, first)[0], claim_id=claim.key, **more)


def rule(program: Program, desk: Desk, first: int, second: int) -> None:
    hop = one(desk.session, Attribution, first)
    desk.writer.add(
        Ruling(
            kind=RulingKind.CUT,
            attribution_id=hop.key,
            method="The broadcast does not have it.",
            signed_by="an editor",
            signed_at=datetime(2026, 1, 1 + second % 9, tzinfo=UTC),
        )
    )


def reword(program: Program, desk: Desk, first: int, second: int) -> None:
    change = ClaimChange.model_validate({"text": f"{pick(FIGURES, second)} were killed."})
    change_claim(desk.writer, one(desk.session, Claim, first).public_id, change)


def redate(program: Program, desk: Desk, first: int, second: int) -> None:
    given: dict[str, Any] = {"published": pick(DATES, second)}
    if second % 3 == 0:
        given["publisher"] = desk.source("Reuters").public_id
    change = DocumentChange.model_validate(given)
    change_document(desk.writer, one(desk.session, Document, first).public_id, change)


def reread(program: Program, desk: Desk, first: int, second: int) -> None:
    report = one(desk.session, Report, first)
    given: dict[str, Any] = {"figures": [{"text": pick(FIGURES, second)}], "hedge": pick((None, "reportedly"), first)}
    publisher = desk.session.get_one(Document, report.document_id).publisher_id
    if second % 2:
        name = desk.session.get_one(Source, publisher).name
        given["attributions"] = [
            {"upstream": desk.source(up).public_id, "downstream": desk.source(down).public_id}
            for up, down in pairwise([*pick(CHAINS, second)[:-1], name])
        ]
    change_report(desk.writer, report.public_id, ReportChange.model_validate(given))


def rename(program: Program, desk: Desk, first: int, second: int) -> None:
    source = one(desk.session, Source, first)
    given: dict[str, Any] = {"name": f"{source.name} {second}"}
    if second % 4 == 0:
        given = {"kind": SourceKind.COMPANY}
    change_source(desk.writer, source.public_id, SourceChange.model_validate(given))


def let_go(program: Program, desk: Desk, first: int, second: int) -> None:
    retire_tie(desk.writer, one(desk.session, Tie, first).public_id)


def join(program: Program, desk: Desk, first: int, second: int) -> None:
    table, merge = pick(((Claim, merge_claims), (Source, merge_sources)), second)
    gone, kept = one(desk.session, table, first), one(desk.session, table, second)
    merge(desk.writer, gone.public_id, MergeCreate(into=kept.public_id))


def take_back(program: Program, desk: Desk, first: int, second: int) -> None:
    undo(desk.writer, pick(program.changes[::-1], first))


ACTS: dict[str, Callable[[Program, Desk, int, int], None]] = {
    "claim": write_claim,
    "report": write_report,
    "tie": state_tie,
    "correction": correct,
    "ruling": rule,
    "reword": reword,
    "redate": redate,
    "reread": reread,
    "rename": rename,
    "let go": let_go,
    "join": join,
    "undo": take_back,
}
# Reports and undoings are where the rest hangs together, so they come up more often.
KINDS = [*ACTS, "report", "report", "undo", "undo", "undo"]

small = st.integers(0, 30)
acts = st.builds(Act, st.sampled_from(KINDS), small, small, st.booleans())
programs = st.lists(acts, min_size=6, max_size=14)


# The engine is one for all programs on purpose.
searching = settings(
    max_examples=MANY, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@searching
@given(programs)
def test_whatever_is_written_standings_fit_the_past_stays_and_nothing_is_lost(
    engine: sa.Engine, program: list[Act]
) -> None:
    empty(engine)
    running = Program(engine)
    for act in (Act("claim", 0, 1, False), Act("report", 1, 0, True), *program):
        running.run(act)
    with reading(engine) as session:
        assert [one for one in differences(session) if not one.stale] == []
        assert unbroken(session).breaks == ()
        assert list(mismatches(session)) == []
    for moment, seen in running.seen.items():
        assert answers(engine, moment) == seen, moment


@searching
@given(programs)
def test_undoing_everything_backwards_ends_where_it_began(engine: sa.Engine, program: list[Act]) -> None:
    empty(engine)
    running = Program(engine)
    for act in (Act("claim", 0, 1, False), *program):
        running.run(replace(act, looks=False))
    for change in running.changes[::-1]:
        with recording(engine, "somebody", "all of it was a slip") as writer:
            undo(writer, change)
    assert {key for key, row in all_rows(engine).items() if row["recorded_to"] is None} == set()
    with reading(engine) as session:
        assert list(differences(session)) == []
        assert list(mismatches(session)) == []


def empty(engine: sa.Engine) -> None:
    """Begin anew."""
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM search_entry"))
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(sa.delete(table))


def answers(engine: sa.Engine, moment: Moment) -> dict[str, str]:
    """What is said at a moment of each claim that was held then: its whole trace with its flags."""
    with reading_at(engine, moment) as session:
        made = pictures(session, current_claims(session))
        return {one.public_id: derive(one, datetime(2026, 1, 1, tzinfo=UTC)).standing.trace for one in made.values()}


def all_rows(engine: sa.Engine) -> dict[tuple[str, int], dict[str, Any]]:
    """Every row of facts, also those that are past; without what only repeats another row."""
    found: dict[tuple[str, int], dict[str, Any]] = {}
    with engine.connect() as connection:
        for model in FACTS:
            table = sa.inspect(model).local_table
            for row in connection.execute(sa.select(table)).mappings():
                found[table.name, row["id"]] = {k: v for k, v in row.items() if k not in model.follows}
    return found
