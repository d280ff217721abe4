"""Google's client searches our reviewed claims, turns their pages and is told what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from googleapiclient.errors import HttpError

from tests.databases import SqliteDatabases
from tests.exchange.fact_checking import Json, claim_about, found, reviewed, status_of, tools
from tests.exchange.worked import check
from tests.serving import served

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).isoformat()


@pytest.fixture(scope="module")
def checked(january_file: SqliteDatabases) -> Iterator[str]:
    """Where the story is served with reviews by three publishers; no test may write there."""
    with january_file.fresh() as url, served(url) as base:
        reviewed(
            base,
            "eliminated police buildings",
            url="https://www.desk.example/1",
            language="en-GB",
            title="Who counted the dead?",
            reviewed_at="2022-01-20T09:30:00+06:00",
        )
        reviewed(
            base,
            "eliminated police buildings",
            url="https://checks.example/2",
            author="Checks",
            rating="Не подтверждено",
            language="ru",
            reviewed_at="2022-02-01T00:00:00Z",
        )
        reviewed(
            base,
            "eliminated police buildings",
            url="https://checks.example/3",
            author="Checks",
            claimant="Kassym-Jomart Tokayev",
            claimed_on="2022-01",
            language="en-US",
            reviewed_at="2022-02-02T00:00:00Z",
        )
        reviewed(base, "ten uniformed airport", url="https://news.desk.example/4", reviewed_at=YESTERDAY)
        reviewed(base, "20,000 bandits", url="https://notdesk.example/5", language="sr-Latn-RS")
        reviewed(base, "317 police", url="https://desk.example.org/6", claim_reviewed="Hundreds of officers were hurt.")
        reviewed(base, "Six detainees", url="https://www.desk.example/7", state="proposed")
        reviewed(base, "164 people")
        event = claim_about(base, "eliminated police buildings")["event"]
        material = {"kind": "image", "title": "The square", "url": "http://www.pictures.example/square.jpg/"}
        evidence = httpx.post(f"{base}/v1/evidence", json={"event": event, **material}).raise_for_status().json()
        reviewed(
            base,
            "Three children",
            url="https://desk.example/8",
            evidence=[evidence["id"]],
            reviewed_at="2022-03-01T00:00Z",
        )
        yield base


@pytest.fixture(scope="module")
def google(checked: str) -> Iterator[Any]:
    """The client on the server where nobody writes."""
    with tools(checked) as service:
        yield service


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_a_reviewed_claim_is_told_with_its_origins_as_claimant_and_all_its_reviews(google: Any, checked: str) -> None:
    claims = google.claims().search(query="ELIMINATED build").execute()["claims"]

    told = next(claim for claim in claims if claim["claimant"] != "Kassym-Jomart Tokayev")
    assert told == {
        "text": claim_about(checked, "eliminated police buildings")["text"],
        "claimant": "Saltanat Azirbek, Almaty city police department and Interior Ministry spokesman (unnamed)",
        "claimDate": "2022-01-06T00:00:00Z",
        "claimReview": [
            {
                "publisher": {"name": "Checks", "site": "checks.example"},
                "url": "https://checks.example/2",
                "reviewDate": "2022-02-01T00:00:00Z",
                "textualRating": "Не подтверждено",
                "languageCode": "ru",
            },
            {
                "publisher": {"name": "Desk", "site": "desk.example"},
                "url": "https://www.desk.example/1",
                "title": "Who counted the dead?",
                "reviewDate": "2022-01-20T03:30:00Z",
                "textualRating": "Not corroborated",
                "languageCode": "en-GB",
            },
        ],
    }


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_a_reviewer_who_names_another_claimant_reviews_another_claim(google: Any) -> None:
    claims = google.claims().search(query="eliminated police buildings").execute()["claims"]
    assert [(claim["claimant"].partition(",")[0], len(claim["claimReview"])) for claim in claims] == [
        ("Kassym-Jomart Tokayev", 1),
        ("Saltanat Azirbek", 2),
    ]


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_a_carrier_is_never_the_claimant_of_a_claim_whose_origin_is_not_stated(google: Any) -> None:
    [claim] = google.claims().search(query="uniformed airport").execute()["claims"]
    assert claim["claimant"] == ""


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_what_is_proposed_or_published_nowhere_is_not_found(google: Any) -> None:
    assert found(google, query="Six detainees") == []
    assert found(google, query="164 people") == []


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_a_claim_is_found_by_the_words_of_its_reviewer_too_and_told_in_them(google: Any) -> None:
    [claim] = google.claims().search(query="hundreds officers").execute()["claims"]
    assert claim["text"] == "Hundreds of officers were hurt."
    assert found(google, query="317 police") == ["6"]


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
@pytest.mark.parametrize(
    ("asked", "reviews"),
    [
        ({"reviewPublisherSiteFilter": "desk.example"}, ["4", "8", "1"]),
        ({"reviewPublisherSiteFilter": "https://www.Desk.example/checks"}, ["4", "8", "1"]),
        ({"reviewPublisherSiteFilter": "news.desk.example"}, ["4"]),
        ({"reviewPublisherSiteFilter": "example.org"}, ["6"]),
        ({"query": "police", "reviewPublisherSiteFilter": "checks.example"}, ["3", "2"]),
        ({"query": "police", "languageCode": "en"}, ["3", "1"]),
        ({"query": "police", "languageCode": "en-AU"}, ["3", "1"]),
        ({"query": "bandits", "languageCode": "sr-Latn"}, ["5"]),
        ({"query": "bandits", "languageCode": "sr-Cyrl"}, []),
        ({"query": "killed", "maxAgeDays": 3}, ["4"]),
        ({"query": "police buildings", "maxAgeDays": 3}, []),
        ({"query": "nobody wrote this"}, []),
        ({"query": "?!"}, []),
    ],
    ids=str,
)
def test_a_filter_leaves_the_reviews_that_it_names(google: Any, asked: Json, reviews: list[str]) -> None:
    assert found(google, **asked) == reviews


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_turning_the_pages_shows_each_claim_once_and_ends(google: Any) -> None:
    search = google.claims()
    request, pages = search.search(reviewPublisherSiteFilter="example", pageSize=2), []
    while request is not None:
        answer = request.execute()
        pages.append(answer["claims"])
        request = search.search_next(request, answer)

    whole = search.search(reviewPublisherSiteFilter="example", pageSize=100).execute()
    assert [len(claims) for claims in pages] == [2, 2, 1]
    assert [claim for claims in pages for claim in claims] == whole["claims"]
    assert "nextPageToken" not in whole


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_an_offset_begins_later_and_a_token_makes_it_nothing(google: Any) -> None:
    search, asked = google.claims(), {"reviewPublisherSiteFilter": "example", "pageSize": 2}
    first = search.search(**asked).execute()

    assert search.search(**asked, offset=1).execute()["claims"][0] == first["claims"][1]
    following = search.search(**asked, pageToken=first["nextPageToken"])
    with_offset = search.search(**asked, pageToken=first["nextPageToken"], offset=3)
    assert with_offset.execute() == following.execute()


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_a_mask_leaves_the_fields_that_it_names(google: Any) -> None:
    asked = {"query": "uniformed airport", "fields": "claims(claimant,claimReview/publisher/site),nextPageToken"}
    told = {"claimant": "", "claimReview": [{"publisher": {"site": "news.desk.example"}}]}
    assert google.claims().search(**asked).execute() == {"claims": [told]}


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_an_image_finds_the_claim_that_rests_on_it_however_its_address_is_written(google: Any) -> None:
    search = google.claims()
    [result] = search.imageSearch(imageUri="https://pictures.example/square.jpg").execute()["results"]
    assert result["claim"]["claimReview"][0]["url"] == "https://desk.example/8"
    assert search.imageSearch(imageUri="https://pictures.example/other.jpg").execute() == {"results": []}
    assert (
        search.imageSearch(imageUri="https://pictures.example/square.jpg", languageCode="fr").execute()["results"] == []
    )


Call = Callable[[Any], Any]


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda tools: tools.claims().search(), "query: it is required unless reviewPublisherSiteFilter"),
        (lambda tools: tools.claims().search(query="a", pageSize=101), "pageSize: It is too large. Send 100 or less."),
        (lambda tools: tools.claims().search(query="a", maxAgeDays=-1), "maxAgeDays: It is too small."),
        (lambda tools: tools.claims().search(query="a", pageToken="no"), "pageToken: it is not one that this server"),
        (lambda tools: tools.claims().search(query="a", languageCode="?"), "languageCode: it is no language tag"),
        (
            lambda tools: tools.claims().search(query="a", fields="claims(verdict)"),
            "fields: there is no field 'claims/ve",
        ),
        (lambda tools: tools.claims().search(query="a", fields="claims("), "fields: a name is missing at the end"),
        (lambda tools: tools.claims().search(query="a\x00"), "query: it holds a NUL"),
        (
            lambda tools: tools.claims().search(reviewPublisherSiteFilter="a b"),
            "reviewPublisherSiteFilter: it names no",
        ),
        (lambda tools: tools.claims().imageSearch(), "imageUri: it is required."),
        (lambda tools: tools.claims().imageSearch(imageUri="square.jpg"), "imageUri: it is no web address"),
        (lambda tools: tools.pages().list(), "url: give either url or organization"),
        (
            lambda tools: tools.pages().list(url="https://a.example", organization="a.example"),
            "url: give either url or",
        ),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_names_the_parameter(google: Any, call: Call, said: str) -> None:
    with pytest.raises(HttpError, match=r".") as refused:
        call(google).execute()
    assert (refused.value.status_code, status_of(refused.value)) == (400, "INVALID_ARGUMENT")
    assert refused.value.reason.startswith(said)


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_a_token_of_another_question_is_refused(google: Any) -> None:
    search = google.claims()
    token = search.search(reviewPublisherSiteFilter="example", pageSize=2).execute()["nextPageToken"]
    with pytest.raises(HttpError, match="pageToken: it belongs to another sort or other filters"):
        search.search(reviewPublisherSiteFilter="desk.example", pageSize=2, pageToken=token).execute()


@pytest.mark.parametrize(
    ("parameter", "said"),
    [
        ("callback=run", "callback: there is no such parameter."),
        ("verdict=false", "verdict: there is no such parameter."),
        ("query=army", "query: it is given twice"),
        ("alt=proto", "alt: 'proto' is none of the words"),
    ],
)
def test_a_parameter_that_means_nothing_here_is_refused_and_not_ignored(
    checked: str, parameter: str, said: str
) -> None:
    answer = httpx.get(f"{checked}/v1alpha1/claims:search?query=police&{parameter}")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"].startswith(said)


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_the_worked_example_prints_what_its_page_tells(google: Any, january_copy: str) -> None:
    check("google-fact-check", january_copy)


@pytest.mark.parametrize("path", ["claims:search?query=%ff%fe", "pages?organization=%ff", "claims:search?%ff=1"])
def test_a_parameter_that_is_not_utf_8_is_refused_by_its_name(january_server: str, path: str) -> None:
    refused = httpx.get(f"{january_server}/v1alpha1/{path}")

    assert (refused.status_code, refused.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    name = path.partition("?")[2].partition("=")[0].replace("%ff", "?")
    assert refused.json()["error"]["message"].startswith(f"{name}: ")
