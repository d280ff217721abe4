"""What falls over HTTP: without sources, hops, reports, documents or claims, and with a correction."""

from __future__ import annotations

from typing import Any

import pytest

from provenance.analysis import impact
from tests.api.telling import Api, Json
from tests.api.test_corrections import (
    KHABAR,
    MINISTRY,
    TASS,
    api,
    correct,
    dozens,
    nothing_is_served_wrongly,
    supported,
    told_once,
)

__all__ = ["api", "dozens", "told_once"]

POLICE, SPOKESWOMAN = "Almaty police", "Saltanat Azirbek"


def ask(api: Api, **withdrawn: Any) -> Json:
    """What falls."""
    answer = api.send("POST", "/v1/what-if", json=withdrawn)
    assert answer.status_code == 200, answer.text
    body: Json = answer.json()
    return body


def fallen(answer: Json) -> list[str]:
    """The publishers of the reports that fall, claim by claim."""
    return [report["publisher"] for item in answer["items"] for report in item["fallen"]]


def standing(answer: Json) -> list[str]:
    """The publishers of the reports that stand."""
    return [report["publisher"] for item in answer["items"] for report in item["standing"]]


def totals(answer: Json) -> tuple[int, int, int, int]:
    return tuple(answer[name] for name in ("claims", "claims_losing_all_support", "reports_fallen", "reports_standing"))


def test_without_a_carrier_only_what_came_through_it_falls(api: Api, dozens: Json) -> None:
    answer = ask(api, sources=[api.source(KHABAR)])

    assert totals(answer) == (1, 0, 1, 1)
    assert answer["says"] == (
        "Without Khabar 24, 1 of 2 supported reports loses all support, in 1 claim; 1 still stands."
    )
    [item] = answer["items"]
    assert item["claim"] == dozens["claim"]
    assert item["before"] == {"verdict": "single", "established_origins": 1, "parties": 1, "reports": 2, "documents": 2}
    assert item["after"] == {"verdict": "single", "established_origins": 1, "parties": 1, "reports": 1, "documents": 1}
    [lost] = item["fallen"]
    assert (lost["report"], lost["document"]) == (dozens["tass"]["id"], dozens["tass"]["document"])
    assert lost["paths"] == [
        {
            "path": [MINISTRY, KHABAR, TASS],
            "broken_by": [{"kind": "source", "id": api.source(KHABAR), "says": KHABAR}],
        }
    ]
    [left] = item["standing"]
    assert left["paths"] == [[MINISTRY, "Interfax"]]
    assert left["through"] == [{"source": MINISTRY, "source_id": api.source(MINISTRY)}]
    assert item["support_cut"]["exact"]
    assert item["support_cut"]["size"] == 1


def test_without_the_origin_nothing_is_left_and_no_carrier_takes_its_place(api: Api, dozens: Json) -> None:
    [item] = ask(api, sources=[api.source(MINISTRY)])["items"]

    assert item["loses_all_support"]
    assert item["after"] == {
        "verdict": "not_established",
        "established_origins": 0,
        "parties": 0,
        "reports": 0,
        "documents": 0,
    }
    assert item["support_cut"] == {"size": 0, "exact": True, "sources": []}


def test_linked_sources_fall_with_the_one_that_is_named(api: Api) -> None:
    claim = api.claim()
    api.report(claim, SPOKESWOMAN, TASS)
    api.report(claim, POLICE, "Interfax")
    api.report(claim, "Eyewitness", "Die Welt")
    tie = {"kind": "speaks_for", "other": api.source(POLICE), "basis": "commonly_known"}
    api.post(f"/v1/sources/{api.source(SPOKESWOMAN)}/ties", **tie)

    alone = ask(api, sources=[api.source(POLICE)])
    linked = ask(api, sources=[api.source(POLICE)], with_linked=True)

    assert (fallen(alone), standing(alone)) == (["Interfax"], [TASS, "Die Welt"])
    assert (fallen(linked), standing(linked)) == ([TASS, "Interfax"], ["Die Welt"])
    assert [(each["source"], each["given"]) for each in linked["withdrawn"]["sources"]] == [
        (POLICE, True),
        (SPOKESWOMAN, False),
    ]
    assert linked["says"].startswith(
        "Without Almaty police and 1 source that ties join to it, 2 of 3 supported reports"
    )


def test_a_tie_that_began_later_joins_nobody_in_an_earlier_claim(api: Api) -> None:
    claim = api.claim()
    api.report(claim, SPOKESWOMAN, TASS, document={"published": "2022-01-06"})
    api.report(claim, POLICE, "Interfax", document={"published": "2022-01-06"})
    tie = {"kind": "speaks_for", "other": api.source(POLICE), "basis": "commonly_known"}
    api.post(f"/v1/sources/{api.source(SPOKESWOMAN)}/ties", **tie, valid_from="2023-01-01T00:00:00Z")

    assert fallen(ask(api, sources=[api.source(POLICE)], with_linked=True)) == ["Interfax"]


DISTRUSTED: list[tuple[str, Json, list[str]]] = [
    ("everywhere", {"upstream": MINISTRY, "downstream": KHABAR}, [TASS, TASS]),
    ("in a claim", {"upstream": MINISTRY, "downstream": KHABAR, "claim": "dozens"}, [TASS]),
    ("in a report", {"upstream": MINISTRY, "downstream": KHABAR, "report": "tass"}, [TASS]),
    ("straight", {"upstream": MINISTRY, "downstream": "Interfax"}, ["Interfax"]),
    ("nowhere", {"upstream": KHABAR, "downstream": "Interfax"}, []),
    ("from nobody", {"upstream": None, "downstream": TASS}, []),
]


def test_a_distrusted_hop_breaks_the_paths_that_declare_it(api: Api, dozens: Json) -> None:
    api.report(api.claim("Ten people were killed."), MINISTRY, KHABAR, TASS, document={"published": "2022-01-06"})

    answers = {case: ask(api, hops=[named(api, dozens, hop)]) for case, hop, _ in DISTRUSTED}

    assert {case: fallen(answer) for case, answer in answers.items()} == {
        case: publishers for case, _, publishers in DISTRUSTED
    }
    for case, hop, publishers in DISTRUSTED:
        if not publishers:
            assert totals(answers[case]) == (0, 0, 0, 0), case
            assert answers[case]["says"].endswith(
                "nothing falls: no path that supports a report in what is held leads through it."
            ), case
        else:
            broken = answers[case]["items"][0]["fallen"][0]["paths"][0]["broken_by"]
            assert [(by["kind"], by["id"]) for by in broken] == [("hop", None)], case
            assert broken[0]["says"] == f"what {hop['downstream']} has from {MINISTRY}", case


def named(api: Api, told: Json, hop: Json) -> Json:
    """The hop as a question names it, by the ids of what was told."""
    ids = {name: hop[name] and api.source(hop[name]) for name in ("upstream", "downstream")}
    ids |= {"claim": told["claim"]} if "claim" in hop else {}
    return ids | ({"report": told["tass"]["id"]} if "report" in hop else {})


def test_without_a_report_a_document_or_a_claim_its_own_support_is_gone(api: Api, dozens: Json) -> None:
    tass, interfax = dozens["tass"], dozens["interfax"]
    assert fallen(ask(api, reports=[tass["id"]])) == [TASS]
    assert fallen(ask(api, documents=[interfax["document"]])) == ["Interfax"]
    answer = ask(api, claims=[dozens["claim"]], reports=[tass["id"]])
    assert fallen(answer) == [TASS, "Interfax"]
    kinds = [[by["kind"] for by in report["paths"][0]["broken_by"]] for report in answer["items"][0]["fallen"]]
    assert kinds == [["claim", "report"], ["claim"]]
    assert answer["says"].startswith("Without 1 claim, 1 report, 2 of 2 supported reports lose all support")


def test_claims_that_lose_most_come_first_and_what_is_not_listed_is_counted(api: Api, dozens: Json) -> None:
    other = api.claim("Ten people were killed.")
    for publisher in (TASS, "Interfax", "RIA"):
        api.report(other, KHABAR, publisher)

    answer = ask(api, sources=[api.source(KHABAR)], limit=1)

    assert [item["claim"] for item in answer["items"]] == [other]
    assert answer["more"] == 1
    assert totals(answer) == (2, 1, 4, 1)
    assert ", in 2 claims, and 1 claim is left with none; 1 still stands." in answer["says"]


def test_a_question_about_one_event_looks_at_no_other(api: Api, dozens: Json) -> None:
    elsewhere = api.claim("A mill burned.", event=api.event("A fire"))
    api.report(elsewhere, KHABAR, TASS)

    answer = ask(api, sources=[api.source(KHABAR)], event=api.event())

    assert [item["claim"] for item in answer["items"]] == [dozens["claim"]]
    assert answer["event"] == api.event()


def test_a_question_that_is_too_wide_names_the_remedy(api: Api, dozens: Json, monkeypatch: pytest.MonkeyPatch) -> None:
    api.report(api.claim("Ten people were killed."), KHABAR, TASS)
    monkeypatch.setattr(impact, "MOST_CLAIMS", 1)
    body = {"sources": [api.source(KHABAR)]}

    problem = api.refused("POST", "/v1/what-if", 422, json=body)
    assert problem["errors"][0]["field"] == "event"
    assert "Give one event" in problem["errors"][0]["remedy"]

    problem = api.refused("POST", "/v1/what-if", 422, json={**body, "event": api.event()})
    assert problem["errors"][0]["field"] == "sources"


def test_what_was_published_later_is_not_looked_at(api: Api, dozens: Json) -> None:
    api.report(dozens["claim"], KHABAR, "RIA", document={"published": "2022-01-12"})

    then = ask(api, sources=[api.source(KHABAR)], as_of="2022-01-10")

    assert fallen(then) == [TASS]
    assert then["as_of"] == "2022-01-10T23:59:59.999999Z"
    assert sorted(fallen(ask(api, sources=[api.source(KHABAR)]))) == ["RIA", TASS]


def test_asking_changes_nothing(api: Api, dozens: Json) -> None:
    before = api.get(f"/v1/claims/{dozens['claim']}/trace")
    ask(api, sources=[api.source(KHABAR), api.source(MINISTRY)], with_linked=True)
    assert api.get(f"/v1/claims/{dozens['claim']}/trace") == before
    nothing_is_served_wrongly(api)


REFUSED: list[tuple[str, Json, str]] = [
    ("nothing", {}, "sources"),
    ("links of nobody", {"with_linked": True, "claims": ["{claim}"]}, "with_linked"),
    ("an unknown source", {"sources": ["{ministry}", "src_nothere"]}, "sources.1"),
    ("an unknown claim", {"claims": ["clm_nothere"]}, "claims.0"),
    ("an unknown report", {"reports": ["rep_nothere"]}, "reports.0"),
    ("an unknown document", {"documents": ["doc_nothere"]}, "documents.0"),
    ("an unknown event", {"sources": ["{ministry}"], "event": "evt_nothere"}, "event"),
    ("a hop to nobody", {"hops": [{"upstream": "{ministry}"}]}, "hops.0.downstream"),
    ("a hop from an unknown source", {"hops": [{"upstream": "src_x", "downstream": "{khabar}"}]}, "hops.0.upstream"),
    (
        "a hop of a source to itself",
        {"hops": [{"upstream": "{khabar}", "downstream": "{khabar}"}]},
        "hops.0.downstream",
    ),
    (
        "a hop of a report of another claim",
        {"hops": [{"downstream": "{khabar}", "claim": "{other}", "report": "{report}"}]},
        "hops.0.report",
    ),
    ("a moment that is none", {"sources": ["{ministry}"], "as_of": "soon"}, "as_of"),
    ("a moment when it was not held", {"sources": ["{ministry}"], "known_at": "2020"}, "sources.0"),
    ("a moment to come", {"sources": ["{ministry}"], "known_at": "2999"}, "known_at"),
    ("a list of no claims", {"sources": ["{ministry}"], "limit": 0}, "limit"),
]


def test_a_question_that_cannot_be_is_refused_by_the_name_of_its_field(api: Api, dozens: Json) -> None:
    names = {
        "claim": dozens["claim"],
        "other": api.claim("Ten people were killed."),
        "report": dozens["tass"]["id"],
        "ministry": api.source(MINISTRY),
        "khabar": api.source(KHABAR),
    }

    errors = {
        case: api.refused("POST", "/v1/what-if", 422, json=filled(given, names))["errors"] for case, given, _ in REFUSED
    }

    assert {case: [error["field"] for error in each] for case, each in errors.items()} == {
        case: [field] for case, _, field in REFUSED
    }
    assert [case for case, each in errors.items() if not each[0]["remedy"]] == []


def filled(given: Any, names: dict[str, str]) -> Any:
    match given:
        case dict():
            return {key: filled(value, names) for key, value in given.items()}
        case list():
            return [filled(value, names) for value in given]
        case str():
            return given.format(**names)
        case _:
            return given


# -- corrections -----------------------------------------------------------------------------------------------------

TARGETS = ["claim", "upstream", "relay", "document", "hop"]


def aim(api: Api, told: Json, target: str) -> Json:
    """The fields of a correction that aims at this."""
    upstream = {"claim": told["claim"], "upstream": api.source(MINISTRY)}
    return {
        "claim": {"claim": told["claim"]},
        "upstream": upstream,
        "relay": {**upstream, "downstream": api.source(KHABAR)},
        "document": {"target_document": told["interfax"]["document"]},
        "hop": {"attribution": told["tass"]["attributions"][0]["id"]},
    }[target]


@pytest.mark.parametrize("target", TARGETS)
def test_the_impact_of_a_withdrawal_is_what_its_record_changed(api: Api, dozens: Json, target: str) -> None:
    before = supported(api, dozens["claim"])
    made = correct(api, "retraction", MINISTRY, **aim(api, dozens, target), effective="2022-01-10")
    after = api.get(f"/v1/claims/{dozens['claim']}/trace")

    answer = api.get(f"/v1/corrections/{made['id']}/impact")

    assert (answer["cuts"], answer["applies"], answer["also_cut_by"]) == (True, True, [])
    [item] = answer["items"]
    assert item["before"]["reports"] == sum(before)
    assert {report["report"] for report in item["standing"]} == {
        report["id"] for report in after["reports"] if report["supported"]
    }
    assert {report["report"] for report in item["fallen"]} == {
        report["id"] for report in after["reports"] if not report["supported"]
    }
    assert item["after"]["verdict"] == after["independence"]["verdict"]
    assert item["after"]["established_origins"] == after["independence"]["established_origins"]
    assert answer["correction"]["id"] == made["id"]
    assert " is in effect. Without " in answer["says"]


@pytest.mark.parametrize("target", TARGETS)
def test_a_denial_says_what_would_fall_if_it_were_a_withdrawal(api: Api, dozens: Json, target: str) -> None:
    made = correct(api, "denial", MINISTRY, **aim(api, dozens, target), effective="2022-01-10")
    supposed = api.get(f"/v1/corrections/{made['id']}/impact")
    api.send("PATCH", f"/v1/corrections/{made['id']}", json={"kind": "retraction"})
    cut = api.get(f"/v1/corrections/{made['id']}/impact")

    assert (supposed["cuts"], cut["cuts"]) == (False, True)
    assert supposed["items"] == cut["items"]
    assert supposed["items"]
    assert "cuts nothing. If it were a withdrawal of " in supposed["says"]


def test_of_two_withdrawals_of_the_same_each_says_what_it_cuts_and_names_the_other(api: Api, dozens: Json) -> None:
    through = {"claim": dozens["claim"], "upstream": api.source(MINISTRY)}
    first = correct(api, "retraction", MINISTRY, **through, effective="2022-01-10")
    second = correct(api, "retraction", KHABAR, claim=dozens["claim"], effective="2022-01-11")

    answers = [api.get(f"/v1/corrections/{made['id']}/impact") for made in (first, second)]

    assert [fallen(answer) for answer in answers] == [[TASS, "Interfax"], [TASS]]
    assert [answer["also_cut_by"] for answer in answers] == [[second["id"]], [first["id"]]]


def test_before_its_latest_possible_time_a_withdrawal_has_not_certainly_taken_effect(api: Api, dozens: Json) -> None:
    made = correct(api, "retraction", MINISTRY, claim=dozens["claim"], effective="2022-01-10")
    address = f"/v1/corrections/{made['id']}/impact"

    possible = api.get(address, as_of="2022-01-10T12:00Z")

    assert (possible["cuts"], possible["applies"]) == (True, False)
    assert fallen(possible) == [TASS, "Interfax"]
    assert "had not certainly taken effect" in possible["says"]
    api.refused("GET", address, 404, params={"as_of": "2022-01-09"})
    assert api.get(address, as_of="2022-01-10")["applies"]


def test_a_denial_by_somebody_through_whom_nothing_came_would_cut_nothing(api: Api, dozens: Json) -> None:
    made = correct(api, "denial", "Health Ministry", claim=dozens["claim"], effective="2022-01-10")

    answer = api.get(f"/v1/corrections/{made['id']}/impact")

    assert totals(answer) == (0, 0, 0, 0)
    assert answer["applies"]
    assert "nothing falls" in answer["says"]


def test_a_corrected_document_of_which_nothing_is_recorded_has_no_impact(api: Api) -> None:
    page = api.document(TASS)
    made = correct(api, "retraction", TASS, target_document=page, effective="2022-01-10")

    answer = api.get(f"/v1/corrections/{made['id']}/impact")

    assert (answer["applies"], answer["items"], answer["more"]) == (True, [], 0)
    api.refused("GET", "/v1/corrections/cor_nothere/impact", 404)
