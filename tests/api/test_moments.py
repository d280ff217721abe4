"""Lists and details as of a moment, and as this database held it at one: what was known then, and only that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from random import Random

import pytest

from provenance.analysis import moments
from provenance.settings import settings
from tests.api.telling import KINDS, Api, Json, Story, story
from tests.databases import Databases

SIXTH, NINTH, TENTH = "2022-01-06", "2022-01-09", "2022-01-10"


@pytest.fixture(scope="module")
def told_once(databases: Databases) -> Iterator[Story]:
    """Who may speak and of what event, and nothing that anybody said, to be cloned for every test."""
    with story(databases, introduce_everybody) as told:
        yield told


@pytest.fixture
def api(told_once: Story) -> Iterator[Api]:
    """The app on a database that holds nothing but sources and an event."""
    with told_once.running() as api:
        yield api


def introduce_everybody(api: Api) -> Json:
    return {"event": api.event(), "sources": [api.source(name) for name in KINDS]}


def this_instant() -> str:
    return datetime.now(UTC).isoformat()


def test_a_list_of_claims_holds_what_some_document_may_have_said_by_then(api: Api) -> None:
    early, late = api.claim("Dozens were killed."), api.claim("164 were killed.")
    api.report(early, "Interior Ministry", "Tass", document={"published": SIXTH})
    api.report(early, "Interior Ministry", "RIA", document={"published": "2022-01"})
    api.report(late, "Health Ministry", "Tass", figure="164", document={"published": "2022-01-09T15:00Z"})
    api.claim("Nobody has reported this.")

    at = {day: api.items("/v1/claims", as_of=day) for day in ("2022-01-05", SIXTH, NINTH, "2022-02-01")}

    counts = {day: [(item["id"], item["certain"], item["possible"]) for item in items] for day, items in at.items()}
    assert counts == {
        "2022-01-05": [(early, 0, 1)],
        SIXTH: [(early, 1, 1)],
        NINTH: [(early, 1, 1), (late, 1, 0)],
        "2022-02-01": [(early, 2, 0), (late, 1, 0)],
    }
    assert [item["documents"] for item in at[SIXTH]] == [2]
    assert [(item["certain"], item["possible"]) for item in api.items("/v1/claims")] == [(2, 0), (1, 0), (0, 0)]


def test_a_day_means_its_end_and_an_hour_within_it_is_only_possible(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass", document={"published": SIXTH})

    told = {at: api.get(f"/v1/claims/{claim}", as_of=at) for at in (SIXTH, "2022-01-06T12:00Z", "2022-01-05")}

    assert [(one["certain"], one["possible"]) for one in told.values()] == [(1, 0), (0, 1), (0, 0)]
    presence = {at: api.items("/v1/reports", as_of=at) for at in told}
    assert [[item["presence"] for item in items] for items in presence.values()] == [["certain"], ["possible"], []]


def test_a_claim_is_what_corrections_had_made_of_it_by_then(api: Api) -> None:
    claim = api.claim("164 were killed.")
    api.report(claim, "Health Ministry", "Tass", figure="164", document={"published": "2022-01-09T08:00Z"})
    given = {"claim": claim, "by": api.source("Health Ministry")}
    api.post("/v1/corrections", kind="denial", effective="2022-01-09T15:33Z", **given)
    api.post("/v1/corrections", kind="retraction", effective=TENTH, **given)

    moments_asked = ("2022-01-09T12:00Z", "2022-01-09T20:00Z", "2022-01-10T20:00Z", "2022-01-11")
    statuses = [api.get(f"/v1/claims/{claim}", as_of=at)["status"] for at in moments_asked]

    assert statuses == ["standing", "denied", "denied", "retracted"]
    listed = [[item["id"] for item in api.items("/v1/claims", as_of=at, status="denied")] for at in moments_asked]
    assert listed == [[], [claim], [claim], []]
    corrections = [len(api.items("/v1/corrections", as_of=at)) for at in moments_asked]
    assert corrections == [0, 1, 2, 2]
    findings = [{item["rule"] for item in api.items("/v1/flags", claim=claim, as_of=at)} for at in moments_asked]
    assert ["retracted" in rules for rules in findings] == [False, False, False, True]


def test_a_figure_is_flagged_by_what_was_known_then(api: Api) -> None:
    scope = {"measure": "killed", "counted": "attackers", "place": "Almaty", "period": "night", "cumulative": False}
    tally = api.post("/v1/tallies", title="Killed", event=api.event(), **scope)["id"]
    dozens, ten = api.claim("Dozens were killed.", tally=tally), api.claim("Ten were killed.", tally=tally)
    api.report(dozens, "Interior Ministry", "Tass", figure="dozens", document={"published": SIXTH})
    before = this_instant()
    api.report(ten, "Eyewitness", "Die Welt", figure="ten", document={"published": NINTH})

    def contradicted(**moment: str) -> list[str]:
        return [item["text"] for item in api.items("/v1/figures", flag="contradicted_figure", **moment)]

    now = contradicted()
    assert now == contradicted(as_of=NINTH) != []
    assert contradicted(as_of=SIXTH) == contradicted(known_at=before) == []
    assert [item["text"] for item in api.items("/v1/figures", as_of=SIXTH)] == ["dozens"]
    [figure] = api.items("/v1/figures", known_at=before)
    detail = api.get(f"/v1/figures/{figure['id']}", known_at=before)
    assert detail["flags"] == figure["flags"] != api.get(f"/v1/figures/{figure['id']}")["flags"]


def test_details_say_what_was_held_then(api: Api) -> None:
    source = api.source("Tass")
    document = api.document("Tass", title="As first told")
    before = this_instant()
    api.send("PATCH", f"/v1/sources/{source}", json={"name": "ITAR"})
    api.send("PATCH", f"/v1/documents/{document}", json={"title": "As retold"})

    assert api.get(f"/v1/sources/{source}", known_at=before)["name"] == "Tass"
    assert [name["name"] for name in api.get(f"/v1/sources/{source}", known_at=before)["names"]] == ["Tass"]
    assert api.get(f"/v1/documents/{document}", known_at=before)["title"] == "As first told"
    assert api.items("/v1/documents", known_at=before)[0]["publisher"] == "Tass"
    assert api.get(f"/v1/sources/{source}")["name"] == "ITAR"
    assert [item["id"] for item in api.items("/v1/sources", q="tass", known_at=before)] == [source]


def test_what_was_not_held_yet_is_not_there(api: Api) -> None:
    api.event()
    before = this_instant()
    claim = api.claim()

    assert api.items("/v1/claims", known_at=before) == []
    assert "There is no claim" in api.refused("GET", f"/v1/claims/{claim}?known_at={_escaped(before)}", 404)["detail"]
    [event] = api.items("/v1/events", known_at=before)
    assert event["claims"] == 0


def test_each_version_of_an_answer_has_its_own_tag(api: Api) -> None:
    claim = api.claim()
    api.report(claim, "Interior Ministry", "Tass", document={"published": SIXTH})
    addresses = [f"/v1/claims/{claim}{query}" for query in ("", "?as_of=2022-01-05", "?as_of=2022-01-06T12:00Z")]

    tags = [api.send("GET", address).headers["etag"] for address in addresses]

    assert len(set(tags)) == len(tags)
    for address, tag in zip(addresses, tags, strict=True):
        assert api.send("GET", address, headers={"If-None-Match": tag}).status_code == 304


def test_pages_of_a_moment_hold_every_claim_once_in_every_order(api: Api) -> None:
    for number in range(5):
        claim = api.claim(f"Claim {number}")
        for publisher in ("Tass", "RIA", "Interfax")[: number % 3 + 1]:
            api.report(claim, "Interior Ministry", publisher, document={"published": f"2022-01-{9 - number:02}"})
    at = {"as_of": "2022-01-08", "known_at": this_instant()}
    api.claim("Recorded afterwards")

    for order in ("recorded", "published", "documents"):
        for sort in (order, f"-{order}"):
            whole = api.items("/v1/claims", **at, sort=sort)
            assert _paged(api, **at, sort=sort) == whole, sort
            assert sorted(item["text"] for item in whole) == [f"Claim {number}" for number in range(1, 5)], sort


def _paged(api: Api, **asked: str) -> list[Json]:
    """All claims, two at a time."""
    items: list[Json] = []
    following: str | None = ""
    while following is not None:
        page = api.get("/v1/claims", limit=2, **asked, **({"cursor": following} if following else {}))
        items += page["items"]
        following = page["next"]
    return items


def test_a_cursor_of_one_moment_is_refused_for_another(api: Api) -> None:
    for number in range(3):
        api.report(api.claim(f"Claim {number}"), "Interior Ministry", "Tass", document={"published": SIXTH})
    cursor = api.get("/v1/claims", limit=1, as_of=SIXTH)["next"]

    assert api.get("/v1/claims", limit=1, as_of=SIXTH, cursor=cursor)["items"]
    for other in (f"as_of={NINTH}", "limit=1", f"as_of={SIXTH}&known_at=2026-01-01"):
        problem = api.refused("GET", f"/v1/claims?{other}&cursor={cursor}", 422)
        assert problem["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("as_of=yesterday", "as_of"),
        ("known_at=2022-13", "known_at"),
        ("as_of=2022-13-01", "as_of"),
        ("known_at=2999", "known_at"),
        ("as_of=2022-01-06&as_of=2022-01-07", "as_of"),
    ],
)
def test_a_moment_that_cannot_be_told_is_refused_by_name(api: Api, query: str, field: str) -> None:
    claim = api.claim()
    for address in ("/v1/claims", "/v1/figures", "/v1/flags", "/v1/reports", f"/v1/claims/{claim}"):
        problem = api.refused("GET", f"{address}?{query}", 422)
        assert [error["field"] for error in problem["errors"]] == [field], address
    assert api.send("GET", f"/v1/search?q=dozens&{query}").status_code == 422


def test_a_question_that_needs_too_many_claims_says_how_to_narrow_it(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "claims_at_a_moment", 2)
    claims = [api.claim(f"Claim {number}") for number in range(3)]
    for claim in claims:
        api.report(claim, "Interior Ministry", "Tass", document={"published": SIXTH})

    for query in ("status=standing", "sort=-documents", "verdict=single", "flag=single_origin"):
        problem = api.refused("GET", f"/v1/claims?as_of={NINTH}&{query}", 422)
        assert "Narrow it by event, tally, claim or q" in problem["detail"]
    api.refused("GET", f"/v1/flags?as_of={NINTH}", 422)
    api.refused("GET", f"/v1/figures?as_of={NINTH}&flag=single_origin", 422)
    assert len(api.items("/v1/claims", as_of=NINTH)) == 3
    assert len(api.items("/v1/claims", as_of=NINTH, q="claim 1", sort="-documents")) == 1
    assert api.items("/v1/flags", as_of=NINTH, claim=claims[0])


def test_the_history_takes_no_moment(api: Api) -> None:
    api.claim()
    assert "as_of" in api.refused("GET", f"/v1/history?as_of={NINTH}", 422)["detail"]


LISTS = (
    "/v1/claims?sort=-documents",
    "/v1/claims?q=dozens&limit=3",
    "/v1/claims?flag=single_origin&sort=published",
    "/v1/figures?sort=-low",
    "/v1/figures?flag=unverified_figure",
    "/v1/flags",
    "/v1/reports?sort=published",
    "/v1/documents?q=night",
    "/v1/sources?sort=name",
    "/v1/sources?q=tass",
    "/v1/events",
    "/v1/tallies",
    "/v1/corrections",
    "/v1/reviews",
    "/v1/search?q=dozens",
    "/v1/search?q=tass",
)


@pytest.mark.parametrize("seed", range(2))
def test_an_answer_for_a_pair_of_moments_never_changes(api: Api, seed: int) -> None:
    chance = Random(seed)
    teller = _Teller(api, chance)
    answered: dict[str, bytes] = {}
    for _ in range(6):
        teller.write()
        as_of = chance.choice([SIXTH, "2022-01-09T12:00Z", NINTH, "2022-01"])
        known_at = this_instant()
        for address in chance.sample(LISTS, 3):
            whole = f"{address}{'&' if '?' in address else '?'}as_of={as_of}&known_at={_escaped(known_at)}"
            answer = api.send("GET", whole)
            assert answer.status_code == 200, answer.text
            answered[whole] = answer.content
    moments.KEPT.clear()
    moments.TRACES.clear()
    changed = [address for address, content in answered.items() if api.send("GET", address).content != content]
    assert changed == []
    assert sum(content.count(b'"id"') for content in answered.values()) > 15


class _Teller:
    """Somebody who writes at random."""

    def __init__(self, api: Api, chance: Random) -> None:
        self.api, self.chance = api, chance
        self.tally = api.post("/v1/tallies", title="Killed", measure="killed", event=api.event())["id"]
        self.claims = [api.claim(f"{words} were killed.", tally=self.tally) for words in ("Dozens", "Several dozens")]
        self.reports: list[str] = []
        self.corrections: list[str] = []
        self.report()
        self.report()

    def write(self) -> None:
        deeds: list[Callable[[], object]] = [
            self.report,
            self.report,
            self.reword,
            self.rename,
            self.correct,
            self.move,
            self.tie,
            self.review,
            self.redate,
            self.add_claim,
        ]
        self.chance.choice(deeds)()

    def report(self) -> None:
        origin = self.chance.choice(["Interior Ministry", "Health Ministry", "Eyewitness", "the authorities"])
        publisher = self.chance.choice(["Tass", "RIA", "Interfax", "Die Welt"])
        published = self.chance.choice([SIXTH, NINTH, "2022-01", "2022-01-09T08:00Z", None])
        figure = self.chance.choice(["dozens", "several", "ten", "164"])
        document = {"published": published, "title": f"The night, by {publisher}"}
        told = self.api.report(self.some_claim(), origin, publisher, figure=figure, document=document)
        self.reports.append(told["id"])

    def reword(self) -> None:
        text = f"{self.chance.choice(['Dozens', 'Some', 'Tens'])} of people, {self.chance.randrange(99)} by one count."
        self.change("claims", self.some_claim(), text=text)

    def rename(self) -> None:
        name = self.chance.choice(["Tass", "RIA"])
        self.change("sources", self.api.source(name), name=f"{name} {self.chance.randrange(99)}")

    def correct(self) -> None:
        kind = self.chance.choice(["denial", "retraction", "correction"])
        by = self.api.source(self.chance.choice(["Interior Ministry", "Health Ministry"]))
        effective = self.chance.choice([SIXTH, "2022-01-09T15:33Z", None])
        given = {"kind": kind, "claim": self.some_claim(), "by": by, "effective": effective}
        answer = self.api.send("POST", "/v1/corrections", json=given)
        # Whoever had no part in a claim cannot take it back, and the same correction is recorded once.
        refused = {422: "by", 409: "kind"}.get(answer.status_code)
        assert answer.status_code == 201 or answer.json()["errors"][0]["field"] == refused, answer.text

    def move(self) -> None:
        self.change("reports", self.chance.choice(self.reports), claim=self.some_claim())

    def redate(self) -> None:
        report = self.api.get(f"/v1/reports/{self.chance.choice(self.reports)}")
        self.change("documents", report["document"], published=self.chance.choice([SIXTH, NINTH, None]))

    def tie(self) -> None:
        one, other = self.chance.sample(["Interior Ministry", "Health Ministry", "Eyewitness"], 2)
        given = {"kind": "part_of", "other": self.api.source(other), "basis": "commonly_known"}
        self.api.send("POST", f"/v1/sources/{self.api.source(one)}/ties", json=given)

    def review(self) -> None:
        given = {"rating": "True", "upholds": True, "reasons": "Counted.", "reviewed_at": f"{SIXTH}T12:00:00Z"}
        self.api.post("/v1/reviews", claim=self.some_claim(), author="A desk", **given)

    def add_claim(self) -> None:
        self.claims.append(self.api.claim(f"Dozens, told {self.chance.randrange(99)} times.", tally=self.tally))

    def some_claim(self) -> str:
        return self.chance.choice(self.claims)

    def change(self, noun: str, identity: str, **values: object) -> None:
        answer = self.api.send("PATCH", f"/v1/{noun}/{identity}", json=values)
        assert answer.status_code in (200, 409, 422), answer.text


def _escaped(instant: str) -> str:
    return instant.replace("+", "%2B")
