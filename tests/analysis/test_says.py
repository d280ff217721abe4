"""What is said of a claim in sentences: each comes from a count, and the counts fit together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from provenance.analysis.accounts import relation_to
from provenance.analysis.picture import ClaimPicture, CorrectionView, Published
from provenance.analysis.says import sentences
from provenance.analysis.trace import trace
from provenance.answers_trace import Trace
from provenance.chain import Span
from provenance.storage.dates import read_date
from provenance.vocabulary import CorrectionKind, Relation, TieKind
from tests.builders import account, actor_named, picture, report, tie

SPEAKS = tie("Saltanat Azirbek", TieKind.SPEAKS_FOR, "Almaty police")
AZIRBEK = report("Saltanat Azirbek", "Khabar 24", "Tass")
POLICE = report("Almaty police", "Interfax")
NOBODY = report("Die Welt")
CARRIER_ONLY = report("Khabar 24", "AP")
UNNAMED = report("the authorities", "RIA")
THREE_AGENCIES = report(
    "Saltanat Azirbek",
    "Tass",
    "Die Welt",
    also=[("Saltanat Azirbek", "RIA", "Die Welt"), ("Saltanat Azirbek", "Interfax", "Die Welt")],
)


def correction(kind: CorrectionKind, by: str, replaced_by: int | None = None) -> CorrectionView:
    """What somebody did to the claim on 9 January 2022 at 15:33 UTC."""
    date = read_date("2022-01-09T15:33Z")
    return CorrectionView(
        public_id="cor_1",
        kind=kind,
        by=actor_named(by),
        document=None,
        effective=Published(Span(date.earliest, date.latest), date.precision),
        upstream=None,
        downstream=None,
        remains=None,
        note=None,
        superseded_by=replaced_by,
    )


def test_three_agencies_that_are_quoted_together_add_no_origin() -> None:
    assert (
        "Tass, Interfax and RIA are quoted together in 1 document; there all 3 relay Saltanat Azirbek, so together "
        "they add no origin."
    ) in sentences(picture(THREE_AGENCIES, AZIRBEK))


def test_each_source_that_is_named_first_is_counted_by_documents_even_where_it_was_cut() -> None:
    claim = picture(AZIRBEK, replace(AZIRBEK, cut=True), POLICE, NOBODY)
    assert "Named first, by documents: Saltanat Azirbek in 2, Almaty police in 1." in sentences(claim)


def test_reports_that_are_not_counted_are_told_by_what_they_rest_on() -> None:
    said = sentences(picture(AZIRBEK, NOBODY, CARRIER_ONLY, UNNAMED, UNNAMED))
    assert "1 report names nobody: Die Welt." in said
    assert "1 report names only a carrier: the origin is not stated." in said
    assert "2 reports rest on words that identify nobody; they are listed, and no origin is counted there." in said


def test_the_flags_count_the_same_reports_as_the_sentences() -> None:
    speaking = tie("the authorities", TieKind.SPEAKS_FOR, "State of Kazakhstan")
    claim = picture(AZIRBEK, UNNAMED, CARRIER_ONLY, NOBODY, ties=[speaking])
    assert any(text.startswith("1 report rests on words that identify nobody") for text in sentences(claim))


@pytest.mark.parametrize(
    ("kind", "by", "said"),
    [
        pytest.param(
            CorrectionKind.DISAVOWAL,
            "Almaty police",
            "Almaty police, named as its origin, says that it never said so (2022-01-09T15:33Z).",
            id="the origin disowns it",
        ),
        pytest.param(
            CorrectionKind.DISAVOWAL,
            "Health Ministry",
            "Health Ministry says that it never said so (2022-01-09T15:33Z).",
            id="somebody not named here disowns it",
        ),
        pytest.param(
            CorrectionKind.DENIAL, "United Nations", "United Nations denies it (2022-01-09T15:33Z).", id="denied"
        ),
        pytest.param(
            CorrectionKind.RETRACTION, "Interfax", "Interfax took it back (2022-01-09T15:33Z).", id="taken back"
        ),
    ],
)
def test_what_was_done_to_a_claim_is_said_first(kind: CorrectionKind, by: str, said: str) -> None:
    claim = replace(with_actor(picture(POLICE, AZIRBEK), by), corrections=(correction(kind, by),))
    assert sentences(claim)[0] == said


def with_actor(claim: ClaimPicture, name: str) -> ClaimPicture:
    actor = actor_named(name)
    return replace(
        claim,
        actors={**claim.actors, actor.id: actor},
        public_ids={**claim.public_ids, actor.id: f"src_{name}"},
    )


def test_an_origin_that_disowns_the_claim_is_marked_and_stays_on_record() -> None:
    claim = replace(picture(POLICE, AZIRBEK), corrections=(correction(CorrectionKind.DISAVOWAL, "Almaty police"),))
    origins = {origin["source"]: origin for origin in trace(claim, [])["origins"]}
    assert origins["Almaty police"]["disowned"]
    assert origins["Almaty police"]["established"]
    assert not origins["Saltanat Azirbek"]["disowned"]


def test_a_second_witness_is_another_account_and_says_whether_it_can_be_compared() -> None:
    witness = account("About ten were killed.", report("Eyewitness", "AP", figure="about 10", counted="protesters"))
    assert (
        "Another account is held, from Eyewitness, in 1 document (not comparable: they differ in who is counted): "
        "“About ten were killed.”"
    ) in sentences(picture(AZIRBEK, accounts=[witness]))


def test_an_account_of_the_same_party_or_of_a_wider_count_is_listed_and_not_announced() -> None:
    kin = account("Eight were killed.", replace(AZIRBEK, figure="8"))
    wider = replace(account("164 were killed.", report("United Nations", "AP", figure="164")), in_same_tally=False)
    claim = picture(AZIRBEK, accounts=[kin, wider])
    assert not any("Another account" in text for text in sentences(claim))
    assert len(trace(claim, [])["other_accounts"]) == 2


@pytest.mark.parametrize(
    ("figure", "on", "relation"),
    [
        ("dozens", "2022-01-06", Relation.AGREEING),
        ("50", "2022-01-06", Relation.COMPATIBLE),
        ("8", "2022-01-06", Relation.CONFLICTING),
        ("8", "2022-01-04", Relation.UPDATE),
    ],
)
def test_a_later_and_larger_toll_is_an_update_and_no_conflict(figure: str, on: str, relation: Relation) -> None:
    other = account("Another toll.", report("Eyewitness", "AP", figure=figure, on=on))
    assert relation_to(picture(AZIRBEK, accounts=[other]), other) == (relation, None)


def test_what_somebody_said_to_replace_a_claim_is_an_update_and_is_named() -> None:
    later = account("Eight were killed.", report("Eyewitness", "AP", figure="8"))
    claim = replace(
        picture(AZIRBEK, accounts=[later]),
        corrections=(correction(CorrectionKind.SUPERSESSION, "Saltanat Azirbek", replaced_by=later.claim),),
    )
    document = trace(claim, [])
    assert document["other_accounts"][0]["relation"] == "update"
    assert document["corrections"][0]["replaced_by"] == later.public_id
    assert document["corrections"][0]["replaced_by_text"] == "Eight were killed."


def test_a_claim_that_no_document_states_says_so() -> None:
    assert sentences(picture()) == ["No document held states it."]


def test_the_trace_document_is_what_its_description_says() -> None:
    speaking = tie("the authorities", TieKind.SPEAKS_FOR, "State of Kazakhstan")
    claim = picture(AZIRBEK, POLICE, UNNAMED, THREE_AGENCIES, NOBODY, ties=[SPEAKS, speaking])
    document = trace(claim, [])
    assert Trace.model_validate(document).model_dump(mode="json", by_alias=True) == document
