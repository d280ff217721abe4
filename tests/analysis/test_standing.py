"""What is derived about claims always equals a recomputation, whatever was written and in whatever order."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.analysis.recording import recording
from provenance.analysis.standing import Difference, differences, fresh_trace, recompute
from provenance.errors import Conflict, InvalidInput, Moved, NotFound
from provenance.settings import settings
from provenance.storage.claim import Claim, ClaimChange
from provenance.storage.correction import Correction, Ruling
from provenance.storage.document import Document, DocumentChange
from provenance.storage.event import CoverageCreate, EventChange, InterestCreate, SourceInterest, Tally, TallyChange
from provenance.storage.reads.standings import stale_claims
from provenance.storage.record import Record
from provenance.storage.report import Attribution, Report, ReportChange
from provenance.storage.review import Evidence, Review, ReviewChange
from provenance.storage.session import writing
from provenance.storage.source import Source, SourceChange, Tie
from provenance.storage.standing import Flag, FlaggedFigure, Standing
from provenance.storage.writes.claims import change_claim
from provenance.storage.writes.documents import change_document
from provenance.storage.writes.events import change_event, change_tally, log_coverage
from provenance.storage.writes.reports import change_report
from provenance.storage.writes.reviews import change_review
from provenance.storage.writes.sources import change_source, state_interest
from provenance.storage.writes.standings import mark_stale
from provenance.vocabulary import (
    Basis,
    ClaimStatus,
    CorrectionKind,
    HopBasis,
    Interest,
    ReportState,
    RulingKind,
    Stance,
    TieKind,
    Verdict,
    Visibility,
)
from tests.databases import Databases, opened
from tests.records import NOON, Desk, every_kind

R = TypeVar("R", bound=Record)
Write = Callable[["Anywhere"], object]


@dataclass
class Anywhere(Desk):
    """A desk that writes about the first row that holds now, or about any of them where it is given dice."""

    dice: random.Random | None = None

    def one(self, table: type[R], *conditions: Any) -> R:
        statement = sa.select(table).where(col(table.recorded_to).is_(None), *conditions).order_by(col(table.id))
        rows = self.session.execute(statement).scalars().all()
        if not rows:
            raise LookupError(f"no {table.__name__} is left")
        row: R = self.dice.choice(rows) if self.dice else rows[0]
        return row

    def hop(self) -> Attribution:
        return self.one(Attribution, col(Attribution.upstream_id).is_not(None))


@contextmanager
def at_once(monkeypatch: pytest.MonkeyPatch, claims: int) -> Iterator[None]:
    """Let a write compute no more than so many claims itself."""
    with monkeypatch.context() as patched:
        patched.setenv("PROVENANCE_RECOMPUTE_AT_ONCE", str(claims))
        settings.cache_clear()
        yield
    settings.cache_clear()


def scene(desk: Desk) -> None:
    """Three claims about one count and one about another: most of what a standing can depend on is there."""
    every_kind(desk.writer)
    dozens = desk.session.execute(sa.select(Claim).where(col(Claim.recorded_to).is_(None))).scalar_one()
    whole = desk.session.execute(sa.select(Tally).where(col(Tally.parent_id).is_(None))).scalar_one()
    part = desk.session.execute(sa.select(Tally).where(col(Tally.parent_id).is_not(None))).scalar_one()
    ten = desk.claim("Ten were killed on the square.", tally=part)
    desk.report(ten, "Eyewitness", "Die Welt", figures=["ten"])
    desk.report(dozens, "Interior Ministry", "Khabar 24", figures=["dozens"])
    everybody = desk.claim("225 died in the country.", tally=whole)
    desk.report(everybody, "State of Kazakhstan", "Tass", figures=["225"])
    desk.report(dozens, "Health Ministry", "Interfax")
    alone = desk.claim("The airport was taken.")
    desk.report(alone, "Die Welt", own_basis=HopBasis.MATERIAL)
    desk.report(alone, "media reports", "Interfax")
    desk.tie("Interior Ministry", TieKind.PART_OF, "State of Kazakhstan")


def another_source(desk: Anywhere, change: dict[str, Any], name: str) -> Source:
    return change_source(desk.writer, desk.source(name).public_id, SourceChange.model_validate(change))


def new_tally(desk: Anywhere) -> Tally:
    return desk.tally("Officers killed", counted="officers")


def cut(**target: Any) -> Ruling:
    return Ruling(kind=RulingKind.CUT, method="It is not in the broadcast.", signed_by="me", signed_at=NOON, **target)


def retire_under_review(desk: Anywhere) -> None:
    desk.review(desk.one(Claim), desk.one(Evidence))
    desk.writer.retire(desk.one(Evidence))


WRITES: dict[str, Write] = {
    "a new report": lambda d: d.report(d.one(Claim), "Health Ministry", "Tass", figures=["more than 30"]),
    "a report whose figure is printed otherwise": lambda d: change_report(
        d.writer, d.one(Report).public_id, ReportChange.model_validate({"figures": [{"text": "24"}]})
    ),
    "a changed hop": lambda d: change_report(
        d.writer,
        d.one(Report).public_id,
        ReportChange.model_validate({"attributions": d.hops("Health Ministry", "Tass")}),
    ),
    "a report that denies": lambda d: d.writer.change(d.one(Report), {"stance": Stance.DENIES}),
    "a report that is rejected": lambda d: d.writer.change(d.one(Report), {"state": ReportState.REJECTED}),
    "a retired report": lambda d: d.writer.retire(d.one(Report)),
    "a report for the desk alone": lambda d: d.writer.change(d.one(Report), {"visibility": Visibility.DESK}),
    "a new tie": lambda d: d.tie("Health Ministry", TieKind.PART_OF, "State of Kazakhstan"),
    "a tie through somebody outside the chains": lambda d: [
        d.tie(name, TieKind.CONTROLLED_BY, "The Security Council")
        for name in ("State of Kazakhstan", "Health Ministry")
    ],
    "an examined pair": lambda d: d.tie("Health Ministry", TieKind.EXAMINED_NO_TIE, "Interior Ministry"),
    "a retired tie": lambda d: d.writer.retire(d.one(Tie)),
    "a tie that ended before": lambda d: d.writer.change(d.one(Tie), {"valid_to": NOON.replace(year=2019)}),
    "a tie whose reference fell": lambda d: d.writer.change(
        d.one(Tie, col(Tie.basis) == Basis.CITED), {"basis": Basis.COMMONLY_KNOWN, "reference": None}
    ),
    "a renamed origin": lambda d: another_source(d, {"name": "Police of Almaty"}, "Almaty police"),
    "a renamed carrier": lambda d: another_source(d, {"name": "TASS"}, "Tass"),
    "a renamed publisher": lambda d: another_source(d, {"name": "WELT"}, "Die Welt"),
    "a renamed author of a correction": lambda d: another_source(d, {"name": "Minzdrav"}, "Health Ministry"),
    "a renamed member of a party": lambda d: another_source(d, {"name": "Kazakhstan"}, "State of Kazakhstan"),
    "a source that becomes a carrier": lambda d: another_source(d, {"kind": "channel"}, "Almaty police"),
    "a source that nobody may see": lambda d: d.writer.change(d.source("Tass"), {"visibility": Visibility.DESK}),
    "a source that is retired": lambda d: d.writer.retire(d.source("Almaty police")),
    "a claim worded otherwise": lambda d: change_claim(
        d.writer, d.one(Claim).public_id, ClaimChange.model_validate({"text": "Dozens fell."})
    ),
    "a claim of another tally": lambda d: change_claim(
        d.writer, d.one(Claim).public_id, ClaimChange.model_validate({"tally": new_tally(d).public_id})
    ),
    "a claim of no tally": lambda d: change_claim(
        d.writer, d.one(Claim).public_id, ClaimChange.model_validate({"tally": None})
    ),
    "the last claim of a part leaves it": lambda d: [
        change_claim(d.writer, claim.public_id, ClaimChange.model_validate({"tally": None}))
        for claim in d.session.execute(sa.select(Claim).where(col(Claim.tally_id) == d.one(Claim).tally_id))
        .scalars()
        .all()
    ],
    "a retired claim": lambda d: d.writer.retire(d.one(Claim)),
    "a claim for the desk alone": lambda d: d.writer.change(d.one(Claim), {"visibility": Visibility.DESK}),
    "a tally that counts somebody else": lambda d: d.writer.change(d.one(Tally), {"counted": "attackers"}),
    "a tally that is a part of nothing": lambda d: change_tally(
        d.writer,
        d.one(Tally, col(Tally.parent_id).is_not(None)).public_id,
        TallyChange.model_validate({"parent": None}),
    ),
    "a retraction of a claim": lambda d: d.correction(
        CorrectionKind.RETRACTION, "Almaty police", claim_id=d.one(Claim).key
    ),
    "a retraction of a document": lambda d: d.correction(
        CorrectionKind.RETRACTION, "Tass", target_document_id=d.one(Document).key
    ),
    "a retraction of one hop": lambda d: d.correction(
        CorrectionKind.RETRACTION, "Khabar 24", attribution_id=d.hop().key
    ),
    "a supersession": lambda d: d.correction(
        CorrectionKind.SUPERSESSION,
        "Interior Ministry",
        claim_id=d.one(Claim).key,
        superseded_by_id=d.one(Claim, col(Claim.id) != d.one(Claim).id).key,
    ),
    "a retired correction": lambda d: d.writer.retire(d.one(Correction)),
    "a cut of one hop": lambda d: d.writer.add(
        cut(attribution_id=d.one(Attribution, col(Attribution.upstream_id) == d.source("Health Ministry").id).key)
    ),
    "a cut of what one source told another": lambda d: d.writer.add(
        cut(claim_id=d.one(Claim).key, upstream_id=d.source("Interior Ministry").key)
    ),
    "a cut that is lifted": lambda d: d.writer.retire(d.one(Ruling)),
    "a review that upholds on evidence": lambda d: d.review(d.one(Claim), d.one(Evidence)),
    "a review whose evidence is named later": lambda d: change_review(
        d.writer,
        d.review(d.one(Claim)).public_id,
        ReviewChange.model_validate({"evidence": [d.one(Evidence).public_id]}),
    ),
    "evidence that is retired under a review": retire_under_review,
    "a review that is not accepted": lambda d: d.writer.change(d.one(Review), {"state": ReportState.PROPOSED}),
    "evidence that was verified": lambda d: d.verification(d.evidence("Die Welt")),
    "a document of another day": lambda d: change_document(
        d.writer, d.one(Document).public_id, DocumentChange.model_validate({"published": "2022-01-05"})
    ),
    "a document of no known day": lambda d: change_document(
        d.writer, d.one(Document).public_id, DocumentChange.model_validate({"published": None})
    ),
    "a document of another publisher": lambda d: change_document(
        d.writer,
        d.one(Document).public_id,
        DocumentChange.model_validate({"publisher": d.source("Die Welt").public_id}),
    ),
    "a document in another language": lambda d: change_document(
        d.writer, d.one(Document).public_id, DocumentChange.model_validate({"language": "ru"})
    ),
    "a document whose text arrived": lambda d: change_document(
        d.writer, d.one(Document, col(Document.text).is_(None)).public_id, DocumentChange.model_validate({"text": "26"})
    ),
    "a document for the desk alone": lambda d: d.writer.change(d.one(Document), {"visibility": Visibility.DESK}),
    "an interest": lambda d: state_interest(
        d.writer,
        d.source("State of Kazakhstan").public_id,
        InterestCreate(event=d.event().public_id, interest=Interest.PARTY, basis=Basis.COMMONLY_KNOWN),
    ),
    "a retired interest": lambda d: d.writer.retire(d.one(SourceInterest)),
    "a search that was logged": lambda d: log_coverage(
        d.writer,
        d.event().public_id,
        CoverageCreate(languages=["kk", "de"], searched_by="a second reader", searched_until=NOON),
    ),
    "an event by another title": lambda d: change_event(
        d.writer, d.event().public_id, EventChange.model_validate({"title": "Bloody January"})
    ),
    "an event for the desk alone": lambda d: d.writer.change(d.event(), {"visibility": Visibility.DESK}),
}


@pytest.mark.parametrize("computed_at_once", [25, 0], ids=["computed at once", "marked"])
@pytest.mark.parametrize("case", WRITES)
def test_nothing_wrong_is_left_after(
    played: sa.Engine, monkeypatch: pytest.MonkeyPatch, case: str, computed_at_once: int
) -> None:
    before = _derived(played)
    with at_once(monkeypatch, computed_at_once), recording(played, "a test") as writer:
        WRITES[case](Anywhere(writer))
    found = _differing(played)
    assert [difference for difference in found if not difference.stale] == []
    if computed_at_once:
        assert found == []
    else:
        recompute(played, only_stale=True)
        assert _differing(played) == []
    assert _derived(played) != before, "the case shows nothing"


@pytest.mark.parametrize("seed", range(3))
def test_any_sequence_of_writes_leaves_nothing_wrong(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """The claims that each write computes itself are few, so that most are marked and some computed meanwhile."""
    dice = random.Random(seed)
    with recording(engine, "a test") as writer:
        scene(Desk(writer))
    written = 0
    with at_once(monkeypatch, 2):
        for _ in range(30):
            with suppress(LookupError, InvalidInput, Conflict, Moved), recording(engine, "a test") as writer:
                WRITES[dice.choice(list(WRITES))](Anywhere(writer, dice))
                written += 1
            if dice.random() < 0.2:
                recompute(engine, only_stale=True)
    assert [difference for difference in _differing(engine) if not difference.stale] == []
    recompute(engine, only_stale=True)
    assert _differing(engine) == []
    assert written > 20


def test_recomputing_everything_changes_nothing(engine: sa.Engine) -> None:
    with recording(engine, "a test") as writer:
        scene(Desk(writer))
    before = _derived(engine)
    assert recompute(engine) == 4
    assert _derived(engine) == before


TAMPERED: dict[str, tuple[sa.Update | sa.Delete, str]] = {
    "a verdict": (sa.update(Standing).values(verdict=Verdict.ESTABLISHED), "verdict"),
    "a status": (sa.update(Standing).values(status=ClaimStatus.RETRACTED), "status"),
    "a count of documents": (sa.update(Standing).values(documents=999), "documents"),
    "a count of parties": (sa.update(Standing).values(parties=999), "parties"),
    "a date": (sa.update(Standing).values(first_published=NOON.replace(year=1999)), "first_published"),
    "a trace": (sa.update(Standing).values(trace="{}"), "trace"),
    "the reason of a flag": (sa.update(Flag).values(reason="Because."), "flags"),
    "a flag that is gone": (sa.delete(FlaggedFigure), "flags"),
    "a standing that is gone": (sa.delete(Standing), "standing"),
}


@pytest.mark.parametrize(("tampering", "what"), TAMPERED.values(), ids=TAMPERED)
def test_the_comparison_notices(played: sa.Engine, tampering: sa.Update | sa.Delete, what: str) -> None:
    with writing(played) as session:
        session.execute(tampering)
    found = _differing(played)
    assert {difference.what for difference in found} == {what}
    assert all(difference.stale for difference in found) == (what == "standing")


def test_the_comparison_notices_what_is_said_of_a_claim_that_is_gone(played: sa.Engine) -> None:
    with writing(played) as session:
        session.execute(sa.update(Claim).where(col(Claim.id) == 1).values(visibility=Visibility.DESK))
    assert [(found.what, found.stale) for found in _differing(played) if found.computed is None] == [("claim", False)]


def test_what_is_stale_is_told_from_what_is_wrong(played: sa.Engine) -> None:
    with writing(played) as session:
        session.execute(sa.update(Standing).values(documents=999))
        mark_stale(session, [1])
    assert sorted(found.stale for found in _differing(played)) == [False, False, False, True]


def test_a_marked_trace_is_computed_before_anybody_is_answered(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim = desk.claim()
        desk.report(claim, "Almaty police", "Tass")
    before = fresh_trace(engine, claim.public_id)
    with at_once(monkeypatch, 0), recording(engine, "a test") as writer:
        desk = Desk(writer)
        desk.report(desk.session.get_one(Claim, claim.id), "Eyewitness", "Die Welt")
    with Session(engine) as session:
        assert stale_claims(session) == [claim.id]
    after = fresh_trace(engine, claim.public_id)
    assert [json.loads(trace.body)["documents"] for trace in (before, after)] == [1, 2]
    assert (after.stale, after.etag != before.etag) == (False, True)
    with Session(engine) as session:
        assert stale_claims(session) == []


def test_whoever_reads_a_marked_trace_while_somebody_writes_is_answered_and_nothing_of_it_is_stored(
    engine: sa.Engine,
) -> None:
    """Stored, it would stand for facts that have just changed, with no mark left to tell."""
    with recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim = desk.claim()
        desk.report(claim, "Almaty police", "Tass")
    with writing(engine) as session:
        mark_stale(session, [claim.key])
    with ThreadPoolExecutor(1) as elsewhere:
        with recording(engine, "a test") as writer:
            desk = Desk(writer)
            desk.report(desk.session.get_one(Claim, claim.id), "Eyewitness", "Die Welt")
            reading = elsewhere.submit(fresh_trace, engine, claim.public_id)
            before = json.loads(reading.result(timeout=30).body)
        after = json.loads(fresh_trace(engine, claim.public_id).body)
    assert (before["documents"], after["documents"], _differing(engine)) == (1, 2, [])


def test_a_claim_that_was_never_computed_is_computed_when_it_is_read(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with at_once(monkeypatch, 0), recording(engine, "a test") as writer:
        desk = Desk(writer)
        claim = desk.claim()
        desk.report(claim, "Almaty police", "Tass")
    assert json.loads(fresh_trace(engine, claim.public_id).body)["independence"]["verdict"] == "single"


@pytest.mark.parametrize("public_id", ["clm_nobody", "", "\x00", "\ud800", "塔斯社", "clm_a' OR 1=1"])
def test_the_trace_of_no_claim_is_not_found(engine: sa.Engine, public_id: str) -> None:
    with pytest.raises(NotFound, match="There is no claim"):
        fresh_trace(engine, public_id)


def test_a_retired_claim_has_no_trace_and_no_flags(played: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with at_once(monkeypatch, 0), recording(played, "a test") as writer:
        claim = Anywhere(writer).one(Claim)
        writer.retire(claim)
    with pytest.raises(NotFound):
        fresh_trace(played, claim.public_id)
    recompute(played, only_stale=True)
    with Session(played) as session:
        kept = [session.execute(sa.select(t).where(col(t.claim_id) == claim.id)).first() for t in (Standing, Flag)]
    assert kept == [None, None]


def test_one_outlet_that_takes_its_article_back_does_not_take_back_the_claim(played: sa.Engine) -> None:
    with recording(played, "a test") as writer:
        desk = Anywhere(writer)
        claim = desk.claim("Eight officers were killed.")
        page = desk.document("Tass", published="2022-01-06")
        desk.report(claim, "Interior Ministry", "Tass", document=page)
        desk.report(claim, "Interior Ministry", "Interfax")
        desk.correction(CorrectionKind.RETRACTION, "Tass", target_document_id=page.key)
    trace = json.loads(fresh_trace(played, claim.public_id).body)
    assert trace["claim"]["status"] == "standing"
    assert [report["supported"] for report in trace["reports"]] == [False, True]
    assert len(trace["corrections"]) == 1


def test_a_correction_names_the_document_that_it_stands_in(played: sa.Engine) -> None:
    with recording(played, "a test") as writer:
        desk = Anywhere(writer)
        claim, page = desk.one(Claim), desk.document("Interfax")
        desk.writer.retire(desk.one(Correction))
        desk.correction(CorrectionKind.DENIAL, "Health Ministry", claim_id=claim.key, document_id=page.key)
    [correction] = json.loads(fresh_trace(played, claim.public_id).body)["corrections"]
    assert correction["document"] == page.public_id


def test_a_retraction_of_one_hop_cuts_that_hop_alone(played: sa.Engine) -> None:
    with recording(played, "a test") as writer:
        desk = Anywhere(writer)
        claim = desk.claim("Eight officers were killed.")
        first = desk.report(claim, "Interior Ministry", "Tass")
        desk.report(claim, "Interior Ministry", "Tass")
        own = desk.one(Attribution, col(Attribution.report_id) == first.key)
        desk.correction(CorrectionKind.RETRACTION, "Tass", attribution_id=own.key)
    trace = json.loads(fresh_trace(played, claim.public_id).body)
    assert [report["supported"] for report in trace["reports"]] == [False, True]


def test_a_hop_that_stays_keeps_what_was_decided_about_it(played: sa.Engine) -> None:
    with recording(played, "a test") as writer:
        desk = Anywhere(writer)
        claim = desk.claim("Eight officers were killed.")
        report = desk.report(claim, "Interior Ministry", "Tass")
        hop = desk.one(Attribution, col(Attribution.report_id) == report.key)
        desk.writer.add(cut(attribution_id=hop.key))
        same = [hop.model_dump() | {"manner": "told"} for hop in desk.hops("Interior Ministry", "Tass")]
        change_report(writer, report.public_id, ReportChange.model_validate({"attributions": same}))
    trace = json.loads(fresh_trace(played, claim.public_id).body)
    assert [(edge["manners"], edge["cut"]["by"]) for edge in trace["edges"]] == [(["told"], "me")]


def test_a_source_that_is_not_shown_is_named_nowhere(played: sa.Engine) -> None:
    with recording(played, "a test") as writer:
        desk = Anywhere(writer)
        claim = desk.one(Claim)
        writer.change(desk.source("Saltanat Azirbek"), {"visibility": Visibility.NAMED})
    body = fresh_trace(played, claim.public_id).body.decode()
    assert "Azirbek" not in body
    assert "a source that is not shown" in body


@pytest.fixture(scope="module")
def stage(databases: Databases) -> Iterator[Databases]:
    """Databases that hold the scene."""
    with databases.fresh() as url:
        with opened(url) as engine, recording(engine, "a test") as writer:
            scene(Desk(writer))
        yield databases.like(url)


@pytest.fixture
def played(stage: Databases) -> Iterator[sa.Engine]:
    """A database with the scene."""
    with stage.fresh() as url, opened(url) as engine:
        yield engine


def _differing(engine: sa.Engine) -> list[Difference]:
    with Session(engine) as session:
        return list(differences(session))


def _derived(engine: sa.Engine) -> list[tuple[Any, ...]]:
    flags = (col(Flag.claim_id), col(Flag.rule), col(Flag.reason), col(Flag.clears_when))
    with Session(engine) as session:
        standings = sa.select(col(Standing.claim_id), col(Standing.trace)).order_by(col(Standing.claim_id))
        about = sa.select(col(FlaggedFigure.rule), col(FlaggedFigure.figure_id))
        return [
            *map(tuple, session.execute(standings)),
            *map(tuple, session.execute(sa.select(*flags).order_by(col(Flag.claim_id), col(Flag.rule)))),
            *map(tuple, session.execute(about.order_by(*about.selected_columns))),
        ]
