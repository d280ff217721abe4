"""Two records that turned out to be one: merged, split again, and everything is as it was, with a longer history."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from provenance.analysis.moments import trace_at
from provenance.analysis.recording import recording
from provenance.analysis.standing import differences, fresh_trace
from provenance.errors import Conflict, InvalidInput, Moved
from provenance.moment import NOW, Moment
from provenance.storage.claim import Claim, ClaimChange, ClaimCreate
from provenance.storage.correction import Ruling
from provenance.storage.document import Document, DocumentRelation
from provenance.storage.event import EventCreate, InterestCreate
from provenance.storage.figure import Figure
from provenance.storage.history import History, change_id
from provenance.storage.merge import ClaimSplit, MergeCreate, SourceSplit
from provenance.storage.moment import reading_at
from provenance.storage.reads.history import unbroken
from provenance.storage.reads.merges import leads_to
from provenance.storage.reads.rows import TABLES, asked_for, referred
from provenance.storage.reads.search import Indexed
from provenance.storage.reads.searching_then import best, matching
from provenance.storage.record import Instant
from provenance.storage.report import Attribution, Report, ReportChange
from provenance.storage.session import reading
from provenance.storage.source import Source, SourceName, SourceNameCreate, Tie
from provenance.storage.tables import FACTS
from provenance.storage.writes.claims import change_claim, create_claim
from provenance.storage.writes.events import create_event
from provenance.storage.writes.merging import merge_claims, merge_sources
from provenance.storage.writes.moving import Regrouped, current_rows, referring_columns
from provenance.storage.writes.reports import change_report
from provenance.storage.writes.sources import add_name, state_interest
from provenance.storage.writes.splitting import split_claim, split_source
from provenance.storage.writes.undoing import undo
from provenance.storage.writes.writer import said
from provenance.vocabulary import (
    Basis,
    CorrectionKind,
    DocumentRelationKind,
    Interest,
    NameKind,
    RulingKind,
    SourceKind,
    TieKind,
    Visibility,
)
from tests.records import NOON, Desk

POLICE = ("Almaty police", "Tass")


def facts(engine: sa.Engine) -> dict[str, Any]:
    """What every row says that holds now, but for the merges."""
    with reading(engine) as session:
        rows = [row for table in FACTS for row in current_rows(session, table)]
        return {row.public_id: said(row) for row in rows if row.__tablename__ != "merge"}


def traces(engine: sa.Engine) -> dict[str, bytes]:
    """The trace of every claim, as it is sent."""
    with reading(engine) as session:
        ids = [claim.public_id for claim in current_rows(session, Claim)]
        assert [found for found in differences(session) if not found.stale] == []
    return {one: fresh_trace(engine, one).body for one in ids}


def entries(engine: sa.Engine) -> int:
    with reading(engine) as session:
        assert unbroken(session).broken_at is None
        return session.scalar(sa.select(sa.func.count()).select_from(History)) or 0


def written(engine: sa.Engine, change: Any, *given: Any) -> Regrouped:
    """Write something in a transaction of its own."""
    with recording(engine, "a tester") as writer:
        done: Regrouped = change(writer, *given)
        return done


def two_wordings(engine: sa.Engine) -> tuple[str, str]:
    """The founding article, read as two claims: "dozens" through Tass and "several" through Interfax, both police."""
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        tally = desk.tally()
        article = desk.document("Die Welt", published="2022-01-06")
        dozens = desk.claim("Dozens of attackers were eliminated.", tally)
        several = desk.claim("Several troublemakers were eliminated.", tally)
        desk.report(dozens, "Almaty police", "Tass", "Die Welt", document=article, figures=["dozens"])
        desk.report(several, "Almaty police", "Interfax", "Die Welt", document=article, figures=["several"])
        desk.report(several, "Almaty police", "Interfax", figures=["several"])
        desk.report(desk.claim("About ten people were killed.", tally), "Eyewitness", "Die Zeit", figures=["about ten"])
        desk.review(several, upholds=None)
        desk.correction(CorrectionKind.DENIAL, "Health Ministry", claim_id=several.key)
        writer.add(
            Ruling(
                kind=RulingKind.CUT,
                claim_id=several.key,
                upstream_id=desk.source("Khabar 24").key,
                method="It is not on the page.",
                signed_by="an editor",
                signed_at=NOON,
            )
        )
        return several.public_id, dozens.public_id


def test_the_two_wordings_of_the_founding_article_become_one_claim_and_two_again(engine: sa.Engine) -> None:
    several, dozens = two_wordings(engine)
    before = facts(engine), traces(engine), entries(engine)

    done = written(engine, merge_claims, several, MergeCreate(into=dozens))

    assert (done.kept, done.gone) == (dozens, several)
    assert done.rows.moved == {"report": 2, "correction": 1, "ruling": 1, "review": 1}
    with reading(engine) as session:
        claim = session.execute(sa.select(Claim).where(col(Claim.public_id) == dozens)).scalars().one()
        assert len(current_rows(session, Attribution, col(Attribution.claim_id) == claim.key)) == 5
        assert len(current_rows(session, Figure, col(Figure.claim_id) == claim.key)) == 3
    assert set(traces(engine)) == set(before[1]) - {several}
    assert b'"documents":2' in traces(engine)[dozens]

    written(engine, split_claim, dozens, ClaimSplit(claim=several))

    assert facts(engine) == before[0]
    assert traces(engine) == before[1]
    assert entries(engine) > before[2]


def test_what_was_moved_or_written_since_stays_when_a_merge_is_taken_back(engine: sa.Engine) -> None:
    several, dozens = two_wordings(engine)
    written(engine, merge_claims, several, MergeCreate(into=dozens))
    with recording(engine, "a tester") as writer:
        [moved, *_] = current_rows(writer.session, Report, col(Report.document_id).is_not(None))[1:]
        later = Desk(writer).report(_claim(writer.session, dozens), "Almaty police", "RIA").public_id
        elsewhere = Desk(writer).claim("Others were hurt.")
        writer.change(moved, {"claim_id": elsewhere.key})
        moved_id = moved.public_id

    written(engine, split_claim, dozens, ClaimSplit(claim=several))

    with reading(engine) as session:
        of = {report.public_id: report.claim_id for report in current_rows(session, Report)}
        assert of[moved_id] == _claim(session, "clm" + elsewhere.public_id[3:]).key
        assert of[later] == _claim(session, dozens).key
        assert list(of.values()).count(_claim(session, several).key) == 1


def test_an_id_leads_to_the_end_of_all_merges_and_answers_itself_again_after_a_split(engine: sa.Engine) -> None:
    with recording(engine, "a tester", "one statement") as writer:
        first, second, third = (Desk(writer).claim(text).public_id for text in ("Some.", "Several.", "Dozens."))
    written(engine, merge_claims, first, MergeCreate(into=second))
    written(engine, merge_claims, second, MergeCreate(into=third))
    claims = TABLES["claim"]
    with reading(engine) as session:
        assert (leads_to(session, "claim", first), leads_to(session, "claim", third)) == (third, None)
        with pytest.raises(Moved) as moved:
            asked_for(session, claims, first)
        assert (moved.value.gone, moved.value.kept) == (first, third)
        assert referred(session, claims, first, "claim")["public_id"] == third
    with pytest.raises(Moved):
        written(engine, merge_claims, first, MergeCreate(into=third))
    with pytest.raises(InvalidInput, match=f"claim: '{first}' was merged into '{second}'"):
        written(engine, split_claim, third, ClaimSplit(claim=first))

    written(engine, split_claim, third, ClaimSplit(claim=second))
    written(engine, split_claim, second, ClaimSplit(claim=first))

    with reading(engine) as session:
        assert asked_for(session, claims, first)["text"] == "Some."


def test_two_claims_are_not_merged_where_the_record_tells_them_apart(engine: sa.Engine) -> None:
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        early, late = desk.claim("164 people were killed."), desk.claim("225 people were killed.")
        desk.correction(CorrectionKind.SUPERSESSION, "Health Ministry", claim_id=early.key, superseded_by_id=late.key)
        other = create_event(writer, EventCreate(title="Another night")).public_id
        abroad = create_claim(writer, ClaimCreate(text="Dozens were killed.", event=other))
        counted = [desk.claim("A.", desk.tally()), desk.claim("B.", desk.tally("Wounded", measure="injured"))]
        ids = {"early": early.public_id, "late": late.public_id, "abroad": abroad.public_id}
        ids |= {f"counted {number}": one.public_id for number, one in enumerate(counted)}
    refusals = [
        ("early", "late", Conflict, "took the place of the other"),
        ("late", "early", Conflict, "took the place of the other"),
        ("early", "abroad", InvalidInput, "another event"),
        ("early", "early", InvalidInput, "itself"),
        ("counted 0", "counted 1", Conflict, "different tallies"),
    ]
    for gone, kept, error, words in refusals:
        with pytest.raises(error, match=words):
            written(engine, merge_claims, ids[gone], MergeCreate(into=ids[kept]))
    with pytest.raises(InvalidInput, match="into: there is no claim"):
        written(engine, merge_claims, ids["early"], MergeCreate(into="clm_nowhere"))


def test_one_document_read_twice_through_one_chain_is_named_and_refused(engine: sa.Engine) -> None:
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        article = desk.document("Tass")
        claims = desk.claim("Dozens."), desk.claim("Several.")
        reports = [desk.report(claim, *POLICE, document=article) for claim in claims]
        gone, kept = (claim.public_id for claim in claims)
        ids = [report.public_id for report in reports]
    with pytest.raises(Conflict, match=f"'{ids[0]}' of the one and '{ids[1]}' of the other") as refused:
        written(engine, merge_claims, gone, MergeCreate(into=kept))
    assert "PATCH" in refused.value.message
    with recording(engine, "a tester") as writer:
        change_report(writer, ids[0], changed(state="rejected"))
    assert written(engine, merge_claims, gone, MergeCreate(into=kept)).rows.moved == {"report": 1}


def test_reports_are_given_to_a_claim_of_their_own(engine: sa.Engine) -> None:
    several, dozens = two_wordings(engine)
    written(engine, merge_claims, several, MergeCreate(into=dozens))
    with reading(engine) as session:
        through = [
            row.public_id for row in current_rows(session, Report, col(Report.claim_id) == _claim(session, dozens).key)
        ]

    done = written(engine, split_claim, dozens, ClaimSplit(reports=through[1:], text="Several were eliminated."))

    assert done.made
    assert done.rows.moved == {"report": 2}
    with reading(engine) as session:
        made = _claim(session, done.split_off or "")
        assert (made.text, made.tally_id) == ("Several were eliminated.", _claim(session, dozens).tally_id)
        assert {row.claim_id for row in current_rows(session, Figure, col(Figure.claim_id) == made.key)} == {made.key}
    with pytest.raises(InvalidInput, match=r"reports\.0: .* does not belong to this claim"):
        written(engine, split_claim, several_of(done), ClaimSplit(reports=through[:1], text="None."))
    with pytest.raises(InvalidInput, match="text: "):
        written(engine, split_claim, dozens, ClaimSplit(reports=through[:1]))
    with pytest.raises(InvalidInput, match="reports: "):
        written(engine, split_claim, dozens, ClaimSplit())
    with pytest.raises(InvalidInput, match="tally: "):
        written(engine, split_claim, dozens, ClaimSplit(claim=several, tally=None))


def changed(**fields: Any) -> ReportChange:
    """Only these fields change."""
    return ReportChange.model_validate(fields)


def several_of(done: Regrouped) -> str:
    return done.split_off or ""


def two_agencies(engine: sa.Engine) -> tuple[str, str]:
    """Two rows for one agency: one relays from the other in one article, and both are named beside each other."""
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        claim = desk.claim(tally=desk.tally())
        russian = desk.source("TASS agency")
        writer.change(russian, {"kind": SourceKind.NEWS_AGENCY})
        add_name(writer, russian.public_id, SourceNameCreate(name="ТАСС", language="ru"))
        add_name(writer, russian.public_id, SourceNameCreate(name="Tass"))
        desk.report(claim, "Almaty police", "TASS agency", "Tass", "Die Welt", figures=["dozens"])
        both = desk.report(claim, "Almaty police", "Tass", "Die Zeit", figures=["dozens"]).public_id
        further = desk.hops("Almaty police", "Tass", "Die Zeit") + desk.hops("Almaty police", "TASS agency", "Die Zeit")
        change_report(writer, both, changed(attributions=further))
        desk.report(claim, "Almaty police", "TASS agency", figures=["26"])
        desk.report(claim, "TASS agency", "Tass")
        desk.tie("TASS agency", TieKind.PART_OF, "Tass")
        desk.tie("TASS agency", TieKind.EXAMINED_NO_TIE, "Interfax")
        desk.tie("Tass", TieKind.EXAMINED_NO_TIE, "Interfax")
        desk.tie("TASS agency", TieKind.CONTROLLED_BY, "Interior Ministry")
        paper = desk.document("Bild")
        for agency in ("TASS agency", "Tass"):
            writer.add(
                DocumentRelation(
                    document_id=paper.key, kind=DocumentRelationKind.COPY_OF, of_source_id=desk.source(agency).key
                )
            )
        desk.correction(CorrectionKind.DENIAL, "TASS agency", claim_id=claim.key, upstream_id=russian.key)
        desk.evidence("TASS agency")
        return russian.public_id, desk.source("Tass").public_id


def test_two_rows_for_one_agency_become_one_and_what_it_relayed_from_itself_is_let_go(engine: sa.Engine) -> None:
    gone, kept = two_agencies(engine)
    before = facts(engine), traces(engine), entries(engine)

    done = written(engine, merge_sources, gone, MergeCreate(into=kept))

    assert done.rows.dropped == {"attribution": 4, "source_name": 1, "document_relation": 1, "tie": 2}
    with reading(engine) as session:
        names = {hop.key: (_name(session, hop.upstream_id), _name(session, hop.downstream_id)) for hop in hops(session)}
        assert set(names.values()) == {("Almaty police", "Tass"), ("Tass", "Die Welt"), ("Tass", "Die Zeit")}
        held = {
            row.name: row.kind
            for row in current_rows(session, SourceName)
            if row.name in ("Tass", "ТАСС", "TASS agency")
        }
        assert held == {"Tass": NameKind.PRIMARY, "ТАСС": NameKind.ALIAS, "TASS agency": NameKind.ALIAS}
        assert not [row for table in FACTS for row in current_rows(session, table) if refers(row, gone, session)]
    assert traces(engine) != before[1]

    written(engine, split_source, kept, SourceSplit(source=gone))

    assert facts(engine) == before[0]
    assert traces(engine) == before[1]
    assert entries(engine) > before[2]


def refers(row: Any, gone: str, session: Session) -> bool:
    key = session.execute(
        sa.select(col(Source.id)).where(col(Source.public_id) == gone, col(Source.version_of).is_(None))
    )
    columns = referring_columns(Source).get(type(row), [])
    return key.scalar_one() in [getattr(row, column) for column in columns]


def test_sources_are_not_merged_where_the_record_tells_them_apart(engine: sa.Engine) -> None:
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        claim = desk.claim()
        # Interfax through Tass and back through a second row of Interfax: as one, it runs in a circle.
        looping = desk.report(claim, "Interfax", "Tass", "Interfax agency", "Die Welt").public_id
        desk.correction(
            CorrectionKind.DISAVOWAL,
            "Almaty police",
            claim_id=claim.key,
            upstream_id=desk.source("Almaty police").key,
            downstream_id=desk.source("City police").key,
        )
        event = desk.event().public_id
        for name in ("Health Ministry", "Ministry of Health"):
            interest = InterestCreate(event=event, interest=Interest.PARTY, basis=Basis.COMMONLY_KNOWN)
            state_interest(writer, desk.source(name).public_id, interest)
        desk.tie("Khabar 24", TieKind.CONTROLLED_BY, "State of Kazakhstan")
        desk.tie("Khabar TV", TieKind.EXAMINED_NO_TIE, "State of Kazakhstan")
        pairs = [
            ("Interfax agency", "Interfax", looping),
            ("City police", "Almaty police", "relayed from the other"),
            ("Ministry of Health", "Health Ministry", "at stake in 'Night of 5 January 2022 in Almaty'"),
            ("Khabar TV", "Khabar 24", "contradict each other"),
            ("the authorities", "Interior Ministry", "identifies nobody"),
            ("Tass", "Tass", "itself"),
        ]
        ids = {name: desk.source(name).public_id for pair in pairs for name in pair[:2]}
    for gone, kept, words in pairs:
        with pytest.raises((Conflict, InvalidInput), match=words):
            written(engine, merge_sources, ids[gone], MergeCreate(into=ids[kept]))


def test_one_row_for_two_offices_becomes_two(engine: sa.Engine) -> None:
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        claim = desk.claim()
        desk.report(claim, "Health Ministry", "Tass")
        second = desk.report(claim, "Interior Ministry", "Health Ministry", "Interfax")
        own = desk.report(claim, "Interior Ministry", "Health Ministry")
        city = add_name(writer, desk.source("Health Ministry").public_id, SourceNameCreate(name="City health office"))
        tie = desk.tie("Health Ministry", TieKind.PART_OF, "State of Kazakhstan")
        office, ids = desk.source("Health Ministry").public_id, (city.public_id, tie.public_id)
        chain = [hop.public_id for hop in hops(desk.session) if hop.report_id == second.key]
        document = desk.session.get_one(Document, own.document_id).public_id
        other = second.public_id
    with pytest.raises(Conflict, match="hops: City health office and Health Ministry would stand") as refused:
        written(engine, split_source, office, SourceSplit(name="City health office", hops=chain[:1]))
    assert other in refused.value.message

    done = written(
        engine,
        split_source,
        office,
        SourceSplit(name="City health office", hops=chain, documents=[document], names=[ids[0]], ties=[ids[1]]),
    )

    assert done.rows.moved == {"attribution": 3, "document": 1, "source_name": 1, "tie": 1}
    with reading(engine) as session:
        made = session.execute(sa.select(Source).where(col(Source.public_id) == done.split_off)).scalars().one()
        assert (made.name, made.kind) == ("City health office", SourceKind.GOVERNMENT_BODY)
        assert [
            (row.name, row.kind) for row in current_rows(session, SourceName, col(SourceName.source_id) == made.key)
        ] == [("City health office", NameKind.PRIMARY)]
        assert [tie.source_id for tie in current_rows(session, Tie)] == [made.key]
        assert [_name(session, hop.upstream_id) for hop in hops(session)].count("Health Ministry") == 1
    assert traces(engine)


def test_hops_that_were_put_otherwise_since_stay_when_a_merge_is_taken_back(engine: sa.Engine) -> None:
    gone, kept = two_agencies(engine)
    written(engine, merge_sources, gone, MergeCreate(into=kept))
    with recording(engine, "a tester") as writer:
        desk = Desk(writer)
        published = _source(desk.session, kept).key
        for report in current_rows(desk.session, Report):
            document = desk.session.get_one(Document, report.document_id)
            if document.publisher_id == published:
                change_report(writer, report.public_id, changed(attributions=desk.hops("Interior Ministry", "Tass")))
            elif _name(desk.session, document.publisher_id) == "Die Welt":
                change_report(writer, report.public_id, changed(attributions=desk.hops("RIA", "Die Welt")))

    written(engine, split_source, kept, SourceSplit(source=gone))

    with reading(engine) as session:
        names = {(_name(session, hop.upstream_id), _name(session, hop.downstream_id)) for hop in hops(session)}
    assert ("Interior Ministry", "TASS agency") in names
    assert ("RIA", "Die Welt") in names
    assert traces(engine)


def found(engine: sa.Engine, q: str, moment: Moment = NOW) -> set[str]:
    """The claims that somebody finds by these words, in the list of claims and in the search of everything."""
    with reading_at(engine, moment) as session:
        everywhere = set(best(session, q, Indexed.CLAIM, 10))
        listed = session.execute(sa.select(matching(session, q, Indexed.CLAIM).subquery())).scalars()
        ids = {claim.key: claim.public_id for claim in current_rows(session, Claim)}
        assert everywhere == set(listed)
        return {ids[key] for key in everywhere}


def now(engine: sa.Engine) -> Moment:
    """The moment after all that was written."""
    with reading(engine) as session:
        return Moment(known_at=session.scalar(sa.select(sa.func.max(col(History.at), type_=Instant))))


def test_a_claim_is_found_by_the_wording_of_one_that_was_merged_into_it_and_only_as_long(engine: sa.Engine) -> None:
    several, dozens = two_wordings(engine)
    with reading(engine) as session:
        assert len({claim.event_id for claim in current_rows(session, Claim)}) == 1
    [ten] = found(engine, "about ten")
    told = [(now(engine), several)]
    # The one merged away takes with it what was merged into it before.
    for gone, kept in ((several, dozens), (dozens, ten)):
        written(engine, merge_claims, gone, MergeCreate(into=kept))
        assert found(engine, "several troublemakers") == {kept}
        told.append((now(engine), kept))
    for gone, kept, left in ((dozens, ten, dozens), (several, dozens, several)):
        with recording(engine, "a tester") as writer:
            split_claim(writer, kept, ClaimSplit(claim=gone))
        assert found(engine, "several troublemakers") == {left}
        told.append((now(engine), left))
    written(engine, undo, change_id(writer.at))
    assert found(engine, "several troublemakers") == {dozens}
    written(engine, split_claim, dozens, ClaimSplit(claim=several))
    with recording(engine, "a tester") as writer:
        change_claim(writer, several, ClaimChange.model_validate({"text": "A handful of rioters was eliminated."}))
    assert found(engine, "several troublemakers") == set()

    assert [found(engine, "several troublemakers", then) for then, _ in told] == [{one} for _, one in told]


def test_a_claim_is_not_found_by_the_wording_of_one_that_the_public_did_not_see(engine: sa.Engine) -> None:
    several, dozens = two_wordings(engine)
    with recording(engine, "a tester") as writer:
        writer.change(_claim(writer.session, several), {"visibility": Visibility.DESK})

    written(engine, merge_claims, several, MergeCreate(into=dozens))

    assert found(engine, "several troublemakers") == set()
    assert found(engine, "dozens of attackers") == {dozens}


def test_no_table_that_refers_to_a_claim_or_a_source_is_forgotten() -> None:
    assert {table.__name__: columns for table, columns in referring_columns(Claim).items()} == {
        "Report": ["claim_id"],
        "Correction": ["claim_id", "superseded_by_id"],
        "Ruling": ["claim_id"],
        "Review": ["claim_id"],
        **{name: ["claim_id"] for name in ("DeskItem", "DeskNote", "Contact", "Watch", "OwnCorrection", "Hook")},
    }
    assert {table.__name__ for table in referring_columns(Source)} == {
        "SourceName",
        "SourceInterest",
        "Document",
        "DocumentRelation",
        "Tie",
        "Attribution",
        "Evidence",
        "Correction",
        "Ruling",
        "Contact",
        "Watch",
    }


def hops(session: Session) -> list[Attribution]:
    return current_rows(session, Attribution)


def _claim(session: Session, public_id: str) -> Claim:
    [claim] = current_rows(session, Claim, col(Claim.public_id) == public_id)
    return claim


def _source(session: Session, public_id: str) -> Source:
    [source] = current_rows(session, Source, col(Source.public_id) == public_id)
    return source


def _name(session: Session, key: int | None) -> str | None:
    return None if key is None else session.get_one(Source, key).name


def reports_of(session: Session, claim: str) -> list[Report]:
    return current_rows(session, Report, col(Report.claim_id) == _claim(session, claim).key)


def names_of(session: Session, source: Source) -> list[SourceName]:
    return current_rows(session, SourceName, col(SourceName.source_id) == source.key)


@pytest.mark.parametrize("pair", [two_wordings, two_agencies], ids=["claims", "sources"])
def test_a_merge_and_a_split_are_changes_like_any_other_and_can_be_undone(engine: sa.Engine, pair: Any) -> None:
    gone, kept = pair(engine)
    of_claims = pair is two_wordings
    before = facts(engine), traces(engine)
    with recording(engine, "a tester") as writer:
        (merge_claims if of_claims else merge_sources)(writer, gone, MergeCreate(into=kept))
    merged = facts(engine), traces(engine)

    written(engine, undo, change_id(writer.at))
    assert (facts(engine), traces(engine)) == before

    written(engine, merge_claims if of_claims else merge_sources, gone, MergeCreate(into=kept))
    assert (facts(engine), traces(engine)) == merged
    with recording(engine, "a tester") as writer:
        if of_claims:
            split_claim(writer, kept, ClaimSplit(claim=gone))
        else:
            split_source(writer, kept, SourceSplit(source=gone))
    written(engine, undo, change_id(writer.at))
    assert (facts(engine), traces(engine)) == merged

    # What undid the split stands for the merge now, and can be split as the merge could.
    if of_claims:
        written(engine, split_claim, kept, ClaimSplit(claim=gone))
    else:
        written(engine, split_source, kept, SourceSplit(source=gone))
    assert (facts(engine), traces(engine)) == before


@pytest.mark.parametrize("pair", [two_wordings, two_agencies], ids=["claims", "sources"])
def test_what_was_known_before_a_merge_stays_what_was_known_then(engine: sa.Engine, pair: Any) -> None:
    gone, kept = pair(engine)
    before = traces(engine)
    with reading(engine) as session:
        then = Moment(known_at=session.scalar(sa.select(sa.func.max(col(History.at), type_=Instant))))
    at_first = {one: trace_at(engine, one, then).body for one in before}

    for change in ("merge", "split", "merge"):
        if change == "merge":
            written(engine, merge_claims if pair is two_wordings else merge_sources, gone, MergeCreate(into=kept))
        elif pair is two_wordings:
            written(engine, split_claim, kept, ClaimSplit(claim=gone))
        else:
            written(engine, split_source, kept, SourceSplit(source=gone))
        assert {one: trace_at(engine, one, then).body for one in before} == at_first
