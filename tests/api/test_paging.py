"""Pages: whole, in order and stable while records are added; a cursor of another question is refused."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from itertools import count

import pytest

from provenance.analysis.recording import recording
from provenance.storage.claim import ClaimCreate
from provenance.storage.document import DocumentCreate
from provenance.storage.event import EventCreate, TallyCreate
from provenance.storage.figure import FigureCreate
from provenance.storage.report import AttributionCreate, ReportCreate
from provenance.storage.review import ReviewCreate
from provenance.storage.source import SourceCreate
from provenance.storage.writes.claims import create_claim
from provenance.storage.writes.documents import create_document
from provenance.storage.writes.events import create_event, create_tally
from provenance.storage.writes.reports import create_report
from provenance.storage.writes.reviews import create_review
from provenance.storage.writes.sources import create_source
from provenance.vocabulary import SourceKind
from tests.api.telling import Api, Json

SORTS = {
    "/v1/claims": ["recorded", "published", "documents"],
    "/v1/figures": ["recorded", "published", "low"],
    "/v1/sources": ["recorded", "name"],
    "/v1/documents": ["recorded", "published"],
    "/v1/reports": ["recorded", "published"],
    "/v1/events": ["recorded", "began"],
    "/v1/tallies": ["recorded", "title"],
    "/v1/flags": ["claim"],
    "/v1/reviews": ["recorded", "reviewed"],
}
EACH = [(address, sign + sort) for address, sorts in SORTS.items() for sort in sorts for sign in ("", "-")]
DATES = ["2022-01-06", "2022-01", None, "2022-01-06T06:38Z", "2022-01-06", None, "2022-01-08"]
PRINTED = ["8", "dozens", "164", "up to 8", "8", "more than 1,000", "164"]


def tell(api: Api, numbers: count[int]) -> None:
    """Add one record of every kind, in one transaction; some share their sorting keys, some lack them."""
    number = next(numbers)
    date, printed = DATES[number % len(DATES)], PRINTED[number % len(PRINTED)]
    day = None if date is None else datetime.fromisoformat(f"{date[:7]}-01T00:00:00+00:00")
    with recording(api.app.state.engine, "test") as writer:
        ministry = create_source(writer, SourceCreate(name=f"Ministry {number}", kind=SourceKind.GOVERNMENT_BODY))
        outlet = create_source(writer, SourceCreate(name=f"Outlet {-number}", kind=SourceKind.NEWSPAPER))
        event = create_event(writer, EventCreate(title=f"Event {number}", began=day)).public_id
        tally = create_tally(writer, TallyCreate(title=f"Tally {number % 3}", measure="killed", event=event)).public_id
        claim = create_claim(writer, ClaimCreate(text=f"Claim {number}", event=event, tally=tally)).public_id
        hop = AttributionCreate(upstream=ministry.public_id, downstream=outlet.public_id)
        for _ in range(1 + number % 2):
            document = create_document(writer, DocumentCreate(publisher=outlet.public_id, published=date)).public_id
            figure = FigureCreate(text=printed, measure="killed")
            given = ReportCreate(document=document, claim=claim, attributions=[hop], figures=[figure])
            create_report(writer, given)
        review = ReviewCreate(claim=claim, author="Desk", rating="open", reasons="One origin.", reviewed_at=day)
        create_review(writer, review)


def test_pages_hold_each_record_once_and_in_order_while_others_are_added(api: Api) -> None:
    numbers = count()
    for _ in range(7):
        tell(api, numbers)
    for address, sort in EACH:
        before = [key(item) for item in api.items(address, sort=sort, limit=200)]
        page = api.get(address, sort=sort, limit=3)
        seen = [key(item) for item in page["items"]]
        tell(api, numbers)
        while page["next"] is not None:
            page = api.get(address, sort=sort, limit=50, cursor=page["next"])
            seen += [key(item) for item in page["items"]]

        assert len(seen) == len(set(seen)), (address, sort)
        assert [one for one in seen if one in set(before)] == before, (address, sort)


def test_a_record_without_the_sorting_key_comes_last_in_either_direction(api: Api) -> None:
    for date in (None, "2022-01-08", "2022-01-06"):
        api.document("Tass", **({} if date is None else {"published": date}))

    up = [item["published_at"] for item in api.items("/v1/documents", sort="published")]
    down = [item["published_at"] for item in api.items("/v1/documents", sort="-published")]

    assert up == ["2022-01-06", "2022-01-08", None]
    assert down == ["2022-01-08", "2022-01-06", None]


def test_all_unverified_figures_are_paged_through(api: Api) -> None:
    claim = api.claim()
    told = [api.report(claim, "Interior Ministry", "Tass")["figures"][0]["id"] for _ in range(5)]

    first = api.get("/v1/figures", flag="unverified_figure", limit=2)
    late = api.report(claim, "Interior Ministry", "Tass")["figures"][0]["id"]
    second = api.get("/v1/figures", flag="unverified_figure", limit=2, cursor=first["next"])
    third = api.get("/v1/figures", flag="unverified_figure", limit=2, cursor=second["next"])

    assert [item["id"] for page in (first, second, third) for item in page["items"]] == [*told, late]
    assert third["next"] is None


def cursor_of(api: Api) -> str:
    for title in ("one", "two", "three"):
        api.event(title)
    cursor: str = api.get("/v1/events", limit=1)["next"]
    return cursor


def test_a_cursor_with_another_sort_is_refused(api: Api) -> None:
    problem = api.refused("GET", f"/v1/events?limit=1&sort=-recorded&cursor={cursor_of(api)}", 422)

    assert "another sort or other filters" in problem["detail"]


@pytest.mark.parametrize("address", ["/v1/events?q=one", "/v1/tallies?", "/v1/claims?"])
def test_a_cursor_of_another_question_is_refused(api: Api, address: str) -> None:
    problem = api.refused("GET", f"{address}&cursor={cursor_of(api)}", 422)

    assert problem["errors"][0]["field"] == "cursor"


def test_the_cursor_of_one_source_is_of_no_use_for_another(api: Api) -> None:
    for source in ("Tass", "RIA"):
        for _ in range(2):
            api.report(api.claim(), source)
    tass, ria = (f"/v1/sources/{api.source(name)}/claims" for name in ("Tass", "RIA"))
    cursor = api.get(tass, limit=1)["next"]

    assert api.get(tass, limit=1, cursor=cursor)["items"]
    api.refused("GET", f"{ria}?limit=1&cursor={cursor}", 422)


def test_a_page_may_have_another_length_than_the_one_before(api: Api) -> None:
    assert len(api.items("/v1/events", limit=2, cursor=cursor_of(api))) == 2


@pytest.mark.parametrize("broken", ["x", "a" * 40, "ÿÿ", "%00", "e30", "." * 4000])
def test_a_cursor_that_nobody_wrote_is_refused(api: Api, broken: str) -> None:
    problem = api.refused("GET", f"/v1/events?cursor={broken}", 422)

    assert "first page" in problem["errors"][0]["remedy"]


def test_a_cursor_that_holds_nothing_is_refused(api: Api) -> None:
    problem = api.refused("GET", "/v1/events?cursor=", 422)

    assert problem["errors"][0]["remedy"] == "Give it a value, or leave it out."


def test_a_cursor_that_was_edited_is_refused(api: Api) -> None:
    cursor = cursor_of(api)
    plain = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for old, new in ((b"[1]", b"[9]"), (b'"after"', b'"befor"')):
        assert old in plain
        edited = urlsafe_b64encode(plain.replace(old, new)).decode().rstrip("=")
        api.refused("GET", f"/v1/events?limit=1&cursor={edited}", 422)


def key(item: Json) -> str:
    """What tells an item from all others; a finding has no id of its own."""
    return str(item.get("id") or (item["claim"], item["rule"], item["reason"]))
