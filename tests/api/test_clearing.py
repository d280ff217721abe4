"""What "clears when" asks for can be done over HTTP: evidence, and ties, names and interests that are put right."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from provenance.storage.correction import Correction
from provenance.storage.reads.rows import TABLES
from provenance.storage.session import writing
from provenance.storage.writes.writer import Writer
from provenance.vocabulary import CorrectionKind
from tests.api.telling import Api, Json


def tie(api: Api, **more: object) -> Json:
    """The tie of the spokeswoman to her police, as her source's detail shows it."""
    given = {"kind": "speaks_for", "other": api.source("Almaty police"), "basis": "commonly_known", **more}
    [stated] = api.post(f"/v1/sources/{api.source('Saltanat Azirbek')}/ties", **given)["ties"]
    return stated  # type: ignore[no-any-return]


def test_a_figure_is_verified_by_a_review_on_recorded_evidence(api: Api) -> None:
    claim = api.claim(kind="figure")
    api.report(claim, "Saltanat Azirbek", "Tass", figure="8")
    assert "unverified_figure" in flags(api, claim)

    evidence = api.post("/v1/evidence", event=api.event(), kind="list", title="A morgue's list")
    address = f"/v1/evidence/{evidence['id']}"
    step = {"step": "Names compared.", "outcome": "None twice.", "by": "Desk", "at": "2026-11-22T12:00:00Z"}
    verified = api.post(f"{address}/verifications", **step)
    verdict = {"author": "Desk", "rating": "upheld", "reasons": "The list has eight names.", "upholds": True}
    review = api.post("/v1/reviews", claim=claim, evidence=[evidence["id"]], **verdict)

    assert [entry["step"] for entry in verified["verifications"]] == ["Names compared."]
    assert [entry["title"] for entry in review["evidence"]] == ["A morgue's list"]
    assert api.get(address)["reviews"] == [review["id"]]
    assert [entry["id"] for entry in api.items("/v1/evidence", event=api.event(), kind="list")] == [evidence["id"]]
    assert "unverified_figure" not in flags(api, claim)


def test_evidence_is_changed_and_keeps_what_is_left_out(api: Api) -> None:
    given = {"event": api.event(), "kind": "video", "title": "A street", "note": "At night."}
    evidence = api.post("/v1/evidence", **given, uploader=api.source("Eyewitness"))

    changed = api.send("PATCH", f"/v1/evidence/{evidence['id']}", json={"title": "A square", "uploader": None}).json()

    assert (changed["title"], changed["note"], changed["uploader"]) == ("A square", "At night.", None)


def test_a_tie_gains_the_reference_that_its_flag_asks_for(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Saltanat Azirbek", "Tass")
    api.report(claim, "Almaty police", "Interfax")
    address = f"/v1/ties/{tie(api)['id']}"
    assert "uncited_tie" in flags(api, claim)

    changed = api.send("PATCH", address, json={"basis": "cited", "reference": "https://police.example/staff"})

    assert changed.json()["reference"] == "https://police.example/staff"
    assert "uncited_tie" not in flags(api, claim)


def test_a_tie_that_is_let_go_joins_nobody(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Saltanat Azirbek", "Tass")
    api.report(claim, "Almaty police", "Interfax")
    address = f"/v1/ties/{tie(api)['id']}"
    assert api.get(f"/v1/claims/{claim}/trace")["independence"]["parties"] == 1

    gone = api.send("DELETE", address)

    assert (gone.status_code, gone.content) == (204, b"")
    assert api.get(f"/v1/claims/{claim}/trace")["independence"]["parties"] == 2
    assert api.get(f"/v1/sources/{api.source('Almaty police')}")["ties"] == []
    api.refused("GET", address, 404)
    api.refused("DELETE", address, 404)


def test_a_name_is_let_go_and_no_longer_found_and_the_primary_one_stays(api: Api) -> None:
    source = f"/v1/sources/{api.source('Tass')}"
    primary, alias = api.post(f"{source}/names", name="Itar")["names"]

    assert api.send("DELETE", f"/v1/names/{alias['id']}").status_code == 204

    assert [name["name"] for name in api.get(source)["names"]] == ["Tass"]
    assert api.items("/v1/sources", q="itar") == []
    assert api.send("DELETE", f"/v1/names/{primary['id']}").status_code in (409, 422)


def test_an_interest_is_changed_and_let_go(api: Api) -> None:
    source = f"/v1/sources/{api.source('Almaty police')}"
    given = {"event": api.event(), "interest": "party", "basis": "commonly_known"}
    [interest] = api.post(f"{source}/interests", **given)["interests"]
    address = f"/v1/interests/{interest['id']}"

    changed = api.send("PATCH", address, json={"basis": "cited", "reference": "https://police.example/we"}).json()

    assert changed == interest | {"basis": "cited", "reference": "https://police.example/we"}
    assert api.send("DELETE", address).status_code == 204
    assert api.get(source)["interests"] == []


def test_what_changed_meanwhile_is_not_let_go(api: Api) -> None:
    address = f"/v1/ties/{tie(api)['id']}"
    old = api.send("GET", address).headers["etag"]
    api.send("PATCH", address, json={"note": "Since 2021."})

    api.refused("DELETE", address, 412, headers={"If-Match": old})

    assert api.get(address)["note"] == "Since 2021."


def test_corrections_are_listed_by_the_claim_that_they_touch(api: Api) -> None:
    claim, later, other = api.claim("164 were killed."), api.claim("225 were killed."), api.claim("8 were killed.")
    by = api.source("Health Ministry")
    with writing(api.app.state.engine) as session:
        row = Correction(
            kind=CorrectionKind.CORRECTION,
            by_id=key(session, "source", by),
            claim_id=key(session, "claim", claim),
            superseded_by_id=key(session, "claim", later),
        )
        identity = Writer(session, "test").add(row).public_id

    [correction] = api.items("/v1/corrections", claim=claim)

    assert (correction["id"], correction["by"], correction["kind"]) == (identity, "Health Ministry", "correction")
    assert (correction["replaced_by"], correction["replaced_by_text"]) == (later, "225 were killed.")
    assert api.get(f"/v1/corrections/{identity}")["claim_text"] == "164 were killed."
    assert api.items("/v1/corrections", claim=other) == []


@pytest.mark.parametrize("where", ["evidence", "corrections", "ties", "names", "interests"])
def test_an_unknown_id_is_not_found_and_the_way_to_known_ones_exists(api: Api, where: str) -> None:
    detail = api.refused("GET", f"/v1/{where}/evi_unknown", 404)["detail"]

    listed = detail.rpartition("GET ")[2].rstrip(".").replace("{id}", api.source("Tass"))
    assert api.send("GET", listed).status_code == 200


def test_evidence_that_there_is_not_is_refused_with_where_it_is_listed(api: Api) -> None:
    given = {"claim": api.claim(), "author": "Desk", "rating": "x", "reasons": "x", "evidence": ["evi_unknown"]}

    assert "GET /v1/evidence." in api.refused("POST", "/v1/reviews", 422, json=given)["detail"]


def flags(api: Api, claim: str) -> list[str]:
    """The rules that found something about a claim."""
    return [flag["rule"] for flag in api.get(f"/v1/claims/{claim}/trace")["flags"]]


def key(session: Session, table: str, public_id: str) -> int:
    """The inner key of a record."""
    columns = TABLES[table].c
    found: int = session.execute(columns.id.table.select().where(columns.public_id == public_id)).mappings().one()["id"]
    return found
