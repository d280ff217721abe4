"""An event begins and ends on days, or at instants where those are known."""

from __future__ import annotations

from tests.api.telling import Api


def test_an_event_of_two_days_is_answered_as_two_days(api: Api) -> None:
    event = api.post("/v1/events", title="Two nights", began="2022-01-05", ended="2022-01-06")

    assert (event["began"], event["ended"]) == ("2022-01-05", "2022-01-06")
    changed = api.send("PATCH", f"/v1/events/{event['id']}", json={"ended": "2022-01"}).json()
    assert (changed["began"], changed["ended"]) == ("2022-01-05", "2022-01-31")


def test_an_event_of_one_day_begins_before_it_ends(api: Api) -> None:
    event = api.post("/v1/events", title="A night", began="2022-01-05", ended="2022-01-05")

    assert event["began"] == event["ended"] == "2022-01-05"


def test_an_instant_is_answered_as_an_instant(api: Api) -> None:
    event = api.post("/v1/events", title="A blast", began="2022-01-05T12:38:00+06:00")

    assert event["began"] == "2022-01-05T06:38:00Z"


def test_a_day_that_does_not_exist_is_refused_by_its_field(api: Api) -> None:
    problem = api.refused("POST", "/v1/events", 422, json={"title": "x", "ended": "2022-02-30"})

    assert problem["errors"][0]["field"] == "ended"
