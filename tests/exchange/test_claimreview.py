"""Published reviews as ClaimReview markup that others find, and the markup of others as reviews here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import extruct
import pytest

from tests.databases import SqliteDatabases
from tests.exchange.reviewing import (
    CLIENT,
    DESK,
    HOSTILE,
    Json,
    entries_in_history,
    html_page,
    markup,
    publish,
    send,
    taken,
)
from tests.exchange.worked import check
from tests.serving import served

MICRODATA = """
<div itemscope itemtype="https://schema.org/ClaimReview">
  <a itemprop="url" href="https://checks.example/micro">Check</a>
  <meta itemprop="datePublished" content="2022-01-12">
  <h1 itemprop="claimReviewed">Dozens of <em>attackers</em> surrendered.</h1>
  <div itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Checks</b></div>
  <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/Claim">
    <span itemprop="author" itemscope itemtype="https://schema.org/Person"><i itemprop="name">Tass</i></span>
    <a itemprop="appearance" href="https://paper.example/1">here</a>
  </div>
  <p itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <span itemprop="alternateName">False</span> (<span itemprop="ratingValue">1</span> of
    <span itemprop="bestRating">5</span>)
  </p>
</div>
"""


# Forty objects that stand for more than there are atoms.
BOMB = [
    markup(itemReviewed={"@id": "#0"}),
    *({"@id": f"#{n}", "author": [{"@id": f"#{n + 1}"}] * 9, "name": f"{n}"} for n in range(40)),
]


@pytest.fixture(scope="module")
def published(january_file: SqliteDatabases) -> Iterator[tuple[str, Json]]:
    """Where the story is served by a desk that has published a review of it; what is sent there may change nothing."""
    with january_file.fresh() as url, served(url, **DESK) as base:
        publish(base, "164 people", url="http://desk.example/older", reviewed_at="2022-01-09T00:00:00Z", language=None)
        yield base, publish(base, rating=HOSTILE, title="Who says so?")


@pytest.fixture
def desk(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """Where nothing is held, served by a desk."""
    with sqlite_databases.fresh() as url, served(url, **DESK) as base:
        yield base


def found_in(page: str) -> list[Json]:
    """The linked data that a stranger finds in a page."""
    found: list[Json] = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    return found


@pytest.mark.proves("claimreview", "writes", by="extruct")
@pytest.mark.parametrize("page", ["/reviews/{id}", "/claims/{claim}"])
def test_a_stranger_finds_our_markup_in_the_page_whatever_its_words(published: tuple[str, Json], page: str) -> None:
    base, review = published
    sent = CLIENT.get(base + page.format(**review))
    alone = CLIENT.get(f"{base}/v1/reviews/{review['id']}/claimreview")

    assert found_in(sent.text) == [alone.json()]
    assert alone.headers["content-type"] == "application/ld+json"
    assert alone.json()["reviewRating"]["alternateName"] == HOSTILE
    assert "<script>alert" not in sent.text


@pytest.mark.proves("claimreview", "writes", by="extruct")
def test_the_claim_is_by_its_origins_and_never_by_a_carrier(published: tuple[str, Json]) -> None:
    base, review = published
    [found] = found_in(CLIENT.get(f"{base}/reviews/{review['id']}").text)
    trace = CLIENT.get(f"{base}/v1/claims/{review['claim']}/trace").json()
    origins = [origin["source"] for origin in trace["origins"] if origin["established"]]
    urls = {report["url"] for report in trace["reports"]}

    assert [item["author"]["name"] for item in found["itemReviewed"]] == origins
    assert found["itemReviewed"][0]["author"]["@type"] == "Person"
    for item in found["itemReviewed"]:
        places = [item["firstAppearance"], *item["appearance"]]
        assert {place["url"] for place in places} <= urls
        assert len({place["url"] for place in places}) == len(places)
    assert "ratingValue" not in found["reviewRating"]
    assert "upholds" not in json.dumps(found)


def test_an_origin_that_disowns_the_claim_is_not_its_author(published: tuple[str, Json]) -> None:
    base, _ = published
    [element] = CLIENT.get(f"{base}/feeds/claimreview.json", params={"limit": 2}).json()["dataFeedElement"][1:]

    assert "author" not in element["item"]["itemReviewed"]
    assert element["item"]["datePublished"] == "2022-01-09"


def test_the_feed_has_each_published_review_once_newest_first(published: tuple[str, Json]) -> None:
    base, review = published
    first = CLIENT.get(f"{base}/feeds/claimreview.json", params={"limit": 1})
    second = CLIENT.get(first.links["next"]["url"])
    elements = [answer.json()["dataFeedElement"] for answer in (first, second)]

    assert [each["item"]["url"] for [each] in elements] == [review["url"], "http://desk.example/older"]
    assert "next" not in second.links
    assert first.json()["@type"] == "DataFeed"
    assert CLIENT.get(f"{base}/feeds/claimreview.json", params={"of": "us"}).status_code == 422


@pytest.mark.proves("claimreview", "reads", by="extruct")
@pytest.mark.parametrize("address", ["/reviews/{id}", "/claims/{claim}"])
def test_importing_our_own_page_changes_nothing(published: tuple[str, Json], address: str) -> None:
    base, review = published
    page = CLIENT.get(base + address.format(**review))
    before = entries_in_history(base)
    by_us = taken(base, page.content, "text/html; charset=utf-8")
    by_a_stranger = taken(base, found_in(page.text))

    assert [(item["outcome"], item["review"]) for item in by_us["items"]] == [("unchanged", review["id"])]
    assert [item["outcome"] for item in by_a_stranger["items"]] == ["unchanged"]
    assert entries_in_history(base) == before


def test_importing_our_own_feed_changes_nothing_even_as_accepted(published: tuple[str, Json]) -> None:
    base, _ = published
    before = entries_in_history(base)
    answer = taken(base, CLIENT.get(f"{base}/feeds/claimreview.json").content, state="accepted")

    assert {name: answer[name] for name in ("created", "changed", "unchanged")} == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
    }
    assert entries_in_history(base) == before


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({"author": "Somebody"}, "its author is not The Desk"),
        ({"url": "https://mydesk.example/1"}, "its url is not on desk.example"),
        ({"url": None}, "it has no url"),
        ({"reviewed_at": None}, "it has no reviewed_at"),
        ({"state": "proposed"}, "it is not accepted"),
    ],
)
def test_what_this_desk_has_not_published_is_never_marked_up(
    published: tuple[str, Json], lacking: Json, told: str
) -> None:
    base, _ = published
    review = publish(base, "Six detainees", **lacking)
    refused = CLIENT.get(f"{base}/v1/reviews/{review['id']}/claimreview")
    page = CLIENT.get(f"{base}/reviews/{review['id']}").text

    assert (refused.status_code, told in refused.json()["detail"]) == (409, True)
    assert found_in(page) == []
    assert told in page
    assert found_in(CLIENT.get(f"{base}/claims/{review['claim']}").text) == []
    assert len(CLIENT.get(f"{base}/feeds/claimreview.json").json()["dataFeedElement"]) == 2


def test_without_a_desk_nothing_is_marked_up(january_server: str) -> None:
    assert CLIENT.get(f"{january_server}/feeds/claimreview.json").json()["dataFeedElement"] == []
    assert CLIENT.get(f"{january_server}/v1/reviews/rev_nothing/claimreview").status_code == 404


@pytest.mark.proves("claimreview", "reads", by="extruct")
def test_microdata_is_read_as_a_stranger_reads_it(desk: str) -> None:
    page = html_page(body=MICRODATA)
    ours = taken(desk, page, "text/html")
    [item] = extruct.extract(page, syntaxes=["microdata"], uniform=True)["microdata"]

    assert [(each["place"], each["outcome"]) for each in ours["items"]] == [("microdata.0", "created")]
    assert [each["outcome"] for each in taken(desk, item)["items"]] == ["unchanged"]
    held = CLIENT.get(f"{desk}/v1/reviews/{ours['items'][0]['review']}").json()
    assert (held["claim_reviewed"], held["claimant"]) == ("Dozens of attackers surrendered.", "Tass")
    assert (held["rating"], held["rating_value"], held["best_rating"]) == ("False", 1, 5)
    assert held["appearances"] == ["https://paper.example/1"]


def test_a_review_is_proposed_until_somebody_accepts_it_and_then_so_is_its_claim(desk: str) -> None:
    [item] = taken(desk, markup())["items"]
    assert CLIENT.get(f"{desk}/v1/reviews").json()["items"] == []
    assert CLIENT.get(f"{desk}/v1/claims").json()["items"] == []

    accepted = CLIENT.patch(
        f"{desk}/v1/reviews/{item['review']}", json={"state": "accepted"}, headers={"If-Match": "*"}
    ).json()
    assert accepted["reasons"] is None
    assert "It gives no reasons." in CLIENT.get(f"{desk}/claims/{item['claim']}").text
    [claim] = CLIENT.get(f"{desk}/v1/claims").json()["items"]
    [event] = CLIENT.get(f"{desk}/v1/events").json()["items"]
    assert (accepted["state"], accepted["upholds"]) == ("accepted", None)
    assert (claim["id"], claim["event"]) == (item["claim"], event["id"])
    assert event["title"] == "Claims that others reviewed"


def test_a_proposal_never_changes_what_the_desk_accepted(desk: str) -> None:
    taken(desk, markup(), state="accepted")
    other = markup(reviewRating={"alternateName": "True"})
    before = entries_in_history(desk)
    refused = send(desk, other)

    assert refused.status_code == 409
    assert refused.json()["errors"][0]["field"] == "reviewRating.alternateName"
    assert entries_in_history(desk) == before
    assert [item["outcome"] for item in taken(desk, other, state="accepted")["items"]] == ["changed"]
    [held] = CLIENT.get(f"{desk}/v1/reviews").json()["items"]
    assert held["rating"] == "True"


def test_one_broken_review_refuses_all_unless_it_may_be_skipped(desk: str) -> None:
    wrong = markup(url="https://checks.example/2", reviewRating={"alternateName": "False", "ratingValue": "many"})
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [markup()]}, {"item": [wrong]}, {"item": None}]}
    refused = send(desk, feed)

    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "dataFeedElement.1.item.0.reviewRating.ratingValue"
    assert entries_in_history(desk) == 0
    answer = taken(desk, feed, skip_broken=True)
    assert [(item["place"], item["outcome"]) for item in answer["items"]] == [
        ("dataFeedElement.0.item.0", "created"),
        ("dataFeedElement.1.item.0", "refused"),
    ]
    assert "'many' is no number" in answer["items"][1]["reason"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "place"),
    [
        (b'{"@type": "ClaimReview", "url', "application/json", 422, "body"),
        (b'{"a": "\xff"}', "application/ld+json", 422, "body"),
        (b"[NaN]", "application/json", 422, "body"),
        (
            b'{"@type": "ClaimReview", "claimReviewed": "x", "claimReviewed": "y"}',
            "application/json",
            422,
            "claimReviewed",
        ),
        (b"[" * 5000 + b"]" * 5000, "application/json", 422, "body"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "application/json", 422, "a.a.a"),
        (b"[" + b"9" * 5000 + b"]", "application/json", 422, "body"),
        (b'{"@type": "Article"}', "application/ld+json", 422, "body"),
        (b"", "application/json", 422, "body"),
        (BOMB, "application/json", 422, "0.itemReviewed"),
        (markup(itemReviewed=[{"author": "Tass"}] * 101), "application/json", 422, "itemReviewed.0"),
        (markup(itemReviewed={"author": ["Tass"] * 1001}), "application/json", 422, "itemReviewed.author"),
        ([markup()] * 501, "application/json", 422, "body"),
        (b"x", "application/pdf", 415, ""),
        (b"[" + b" " * 13_000_000 + b"]", "application/json", 413, ""),
        (b"", "text/html", 422, "body"),
        (b"\x00\x01\x02\xff\xfe" * 100, "text/html", 422, ""),
        (html_page("{broken").encode(), "text/html", 422, "script.0"),
        (b"<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><p>&c;</p>", "text/html", 422, "body"),
        (b"[]", "application/json", 422, "body"),
        (markup(author=7), "application/json", 422, "author"),
        (markup(claimReviewed={"@type": "Thing"}), "application/json", 422, "claimReviewed"),
        (markup(claimReviewed=" ", itemReviewed=None), "application/json", 422, "claimReviewed"),
        (markup(claimReviewed="It \x00 holds a NUL."), "application/json", 422, "claimReviewed"),
        (markup(claimReviewed="Half a \ud800 character."), "application/json", 422, "claimReviewed"),
        (markup(claimReviewed="x" * 2001), "application/json", 422, "claimReviewed"),
        (markup(about="Half \udfff of one, where no column is."), "application/json", 422, "markup"),
        (markup(headline="x" * 501), "application/json", 422, "headline"),
        (markup(reviewRating={"ratingValue": True}), "application/json", 422, "reviewRating.ratingValue"),
        (markup(reviewRating={"ratingValue": "inf"}), "application/json", 422, "reviewRating.ratingValue"),
        (markup(reviewRating={"ratingValue": 10**400}), "application/json", 422, "reviewRating.ratingValue"),
        (markup(reviewRating={}), "application/json", 422, "reviewRating"),
        (markup(author=None, url=None), "application/json", 422, "author"),
        (markup(**{"@id": "#r"}, itemReviewed={"@id": "#r"}), "application/json", 422, "itemReviewed"),
        (
            [markup(itemReviewed={"@id": "#c"}), {"@id": "#c", "@type": "Claim", "author": {"@id": "#c"}}],
            "application/json",
            422,
            "0.itemReviewed.author",
        ),
    ],
)
def test_what_is_malformed_is_refused_by_its_place_and_changes_nothing(
    shared: str, body: Any, kind: str, status: int, place: str
) -> None:
    refused = send(shared, body, kind)

    assert refused.status_code == status, refused.text
    assert refused.headers["content-type"] == "application/problem+json"
    fields = [error["field"] for error in refused.json()["errors"]]
    assert (fields[0] if fields else "").startswith(place)
    assert entries_in_history(shared) == 0


@pytest.fixture(scope="module")
def shared(sqlite_databases: SqliteDatabases) -> Iterator[str]:
    """Where nothing is held, and nothing may be written."""
    with sqlite_databases.fresh() as url, served(url) as base:
        yield base


def test_the_event_of_new_claims_can_be_named(january_copy: str) -> None:
    [event] = CLIENT.get(f"{january_copy}/v1/events").json()["items"]
    known = CLIENT.get(f"{january_copy}/v1/claims", params={"q": "164 people"}).json()["items"][0]
    several = [markup(), markup(url="https://checks.example/3", claimReviewed=known["text"].upper())]
    new, held = taken(january_copy, several, event=event["id"])["items"]

    assert CLIENT.get(f"{january_copy}/v1/claims/{new['claim']}").json()["event"] == event["id"]
    assert held["claim"] == known["id"]
    assert send(january_copy, markup(), event="evt_nothing").json()["errors"][0]["field"] == "event"


@pytest.mark.proves("claimreview", "writes", by="extruct")
@pytest.mark.proves("claimreview", "reads", by="extruct")
def test_the_worked_example_prints_what_it_says(january_file: SqliteDatabases) -> None:
    with january_file.fresh() as url, served(url, **DESK) as base:
        check("claimreview", base)


def told_of(item: Json) -> dict[str, str]:
    """The warnings of a review by their places."""
    return {warning["place"]: warning["message"] for warning in item["warnings"]}


def test_what_is_taken_otherwise_than_it_stands_is_told_by_its_place(desk: str) -> None:
    document = markup(
        claimReviewed=["&quot;Dozens&quot; <b>were</b> killed.", "Somebody died."],
        author=[{"name": "A", "url": "javascript:alert(1)"}, {"name": "B"}],
        url="https://checks.example/several",
        itemReviewed=[{"author": {"name": "P"}, "appearance": "/first"}, {"author": {"name": "Q"}}],
        datePublished="02/03/2022",
        inLanguage="plain English",
    )
    [item] = taken(desk, [document])["items"]
    told = told_of(item)

    assert item["claim_text"] == '"Dozens" were killed.'
    assert sorted(told) == [
        "0.author",
        "0.author.0.url",
        "0.claimReviewed",
        "0.claimReviewed.0",
        "0.datePublished",
        "0.inLanguage",
        "0.itemReviewed",
    ]
    assert "the first, 'A', is taken" in told["0.author"]
    assert "left out" in told["0.datePublished"]
    held = CLIENT.get(f"{desk}/v1/reviews/{item['review']}").json()
    assert (held["author"], held["claimant"], held["reviewed_at"], held["language"]) == ("A", "P, Q", None, None)
    assert held["appearances"] == ["https://checks.example/first"]


def test_an_address_that_is_none_is_told_and_a_relative_one_goes_from_its_page(desk: str) -> None:
    lost = [markup(url="/1"), markup(url="javascript:alert(1)", author=None, publisher={"name": "Checks"})]
    [alone, script] = taken(desk, lost)["items"]
    assert "nothing tells where it goes from" in told_of(alone)["0.url"]
    assert sorted(told_of(script)) == ["1.author", "1.url"]

    page = html_page(markup(url="/checks/7", author=None)).replace(
        "<head>", '<head><link rel="canonical" href="https://www.checks.example/checks/7?from=feed">'
    )
    [found] = taken(desk, page, "text/html")["items"]
    held = CLIENT.get(f"{desk}/v1/reviews/{found['review']}").json()
    assert (held["url"], held["author"]) == ("https://www.checks.example/checks/7", "checks.example")
    assert told_of(found) == {
        "script.0.author": "It has no name; the site of its address, checks.example, is taken for it."
    }


def test_a_script_with_a_slip_is_refused_by_its_place_and_the_others_count(desk: str) -> None:
    written = json.dumps(markup(url="https://checks.example/escaped")).replace('"', "&quot;")
    page = html_page(f"//<![CDATA[\n{json.dumps(markup())}\n//]]>", written, json.dumps(markup())[:-1] + ",}")

    refused = send(desk, page, "text/html")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "script.2")
    answer = taken(desk, page, "text/html", skip_broken=True)
    assert [item["outcome"] for item in answer["items"]] == ["created", "created", "refused"]
    assert "script.2: it is no JSON at line 1" in answer["items"][2]["reason"]


def test_the_desk_is_the_desk_however_it_is_spelled(desk: str) -> None:
    own = markup(author="the  desk", url="https://desk.example/checks/1")
    [item] = taken(desk, own, state="accepted")["items"]

    assert CLIENT.get(f"{desk}/v1/reviews/{item['review']}/claimreview").status_code == 200
    assert len(CLIENT.get(f"{desk}/feeds/claimreview.json").json()["dataFeedElement"]) == 1


def test_reviews_that_wait_are_found_by_their_state(desk: str) -> None:
    taken(desk, markup())
    taken(desk, markup(url="https://checks.example/2", claimReviewed="Ten died."), state="accepted")
    found = {
        state: [one["claim_text"] for one in CLIENT.get(f"{desk}/v1/reviews", params={"state": state}).json()["items"]]
        for state in ("proposed", "accepted", "rejected")
    }
    assert found == {
        "proposed": ["Twenty thousand bandits attacked Almaty."],
        "accepted": ["Ten died."],
        "rejected": [],
    }
