"""Annotations on both kinds of database: dates, proposals and what is found again by its address."""

from __future__ import annotations

from typing import Any

from tests.api.telling import Api

URL = "https://tass.com/world/1385415"
TEXT = "In the night dozens were killed, the police said."


def test_an_annotation_tells_since_when_its_report_is_held_and_when_it_changed(api: Api) -> None:
    document = api.document("Tass", url=URL, text=TEXT)
    report = api.post("/v1/reports", document=document, claim=api.claim(), quote="dozens were killed")
    first = api.get(f"/v1/reports/{report['id']}/annotation")
    api.send("PATCH", f"/v1/reports/{report['id']}", json={"note": "The headline says hundreds."})
    later = api.get(f"/v1/reports/{report['id']}/annotation")

    assert first["created"] == first["modified"] == later["created"] < later["modified"]
    assert later["body"][-1]["value"] == "The headline says hundreds."


def test_an_annotation_of_others_is_proposed_once_and_counts_when_it_is_accepted(api: Api) -> None:
    document, claim = api.document("Tass", url=URL, text=TEXT), api.claim()
    sent: dict[str, Any] = {
        "uri": f"{URL}/#top",
        "text": "Dozens of attackers were killed.",
        "id": "aB1",
        "tags": [claim],
    }
    sent |= {"target": [{"selector": [{"type": "TextQuoteSelector", "exact": "dozens  were\nkilled"}]}]}

    [taken, again] = [api.send("POST", "/v1/annotations", json=sent).json()["items"][0] for _ in range(2)]
    assert (taken["outcome"], again["outcome"], again["report"]) == ("proposed", "known", taken["report"])
    assert api.get(f"/v1/claims/{claim}")["documents"] == 0
    api.send("PATCH", f"/v1/reports/{taken['report']}", json={"state": "accepted"})

    assert api.get(f"/v1/claims/{claim}")["documents"] == 1
    assert api.get(f"/v1/documents/{document}/annotations")["total"] == 1


def test_a_new_claim_of_an_annotation_is_proposed_with_it(api: Api) -> None:
    api.document("Tass", url=URL, text=TEXT)
    body = {"type": "TextualBody", "purpose": "describing", "value": "Dozens of people were killed in Almaty."}
    sent = [{"type": "Annotation", "body": body, "target": URL}] * 2

    taken = api.send("POST", f"/v1/annotations?event={api.event()}", json=sent).json()
    assert [item["outcome"] for item in taken["items"]] == ["proposed", "known"]
    assert api.get(f"/v1/claims/{taken['items'][0]['claim']}")["state"] == "proposed"


def test_an_event_that_there_is_not_is_refused(api: Api) -> None:
    problem = api.refused("POST", "/v1/annotations?event=evt_x", 422, json=[{"type": "Annotation", "target": URL}])
    assert problem["errors"][0]["field"] == "event"
