"""Google's client searches our reviewed claims, turns their pages, keeps markup here and is told what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from googleapiclient.errors import HttpError
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from provenance.analysis.recording import recording
from provenance.exchange.factcheck import pages as markup_pages
from provenance.exchange.factcheck.page import ClaimReviewMarkupPage
from provenance.storage.session import reading
from tests.databases import SqliteDatabases, opened
from tests.exchange.fact_checking import Json, claim_about, page, reviewed, tools, without_ours
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


@pytest.fixture
def service(empty_server: str) -> Iterator[Any]:
    """The client on a server that holds nothing."""
    with tools(empty_server) as service:
        yield service


def found(google: Any, **asked: Any) -> list[str]:
    """The last parts of the addresses of the reviews that a search finds, in its order."""
    claims = google.claims().search(**asked).execute()["claims"]
    return [review["url"].rpartition("/")[2] for claim in claims for review in claim["claimReview"]]


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
def test_a_page_is_given_again_field_for_field_and_found_by_a_search_at_once(service: Any, empty_server: str) -> None:
    created = service.pages().create(body=page()).execute()

    assert without_ours(created) == page()
    assert service.pages().get(name=created["name"]).execute() == created
    [claim] = service.claims().search(query="attackers dozens").execute()["claims"]
    assert (claim["claimant"], claim["claimDate"]) == ("Saltanat Azirbek", "2022-01-06T00:00:00Z")
    assert claim["claimReview"] == [
        {
            "publisher": {"name": "Desk", "site": "desk.example"},
            "url": "https://www.desk.example/checks/dozens#one",
            "reviewDate": "2022-01-12T00:00:00Z",
            "textualRating": "Unproven",
        }
    ]
    [review] = httpx.get(f"{empty_server}/v1/reviews").json()["items"]
    assert (review["state"], review["upholds"]) == ("accepted", None)
    images = service.claims().imageSearch(imageUri="http://desk.example/unproven.png").execute()["results"]
    assert [each["claim"] for each in images] == [claim]


def test_markup_that_is_kept_for_google_is_told_as_claim_review_and_taking_that_in_changes_nothing(
    sqlite_databases: SqliteDatabases,
) -> None:
    with (
        sqlite_databases.fresh() as url,
        served(url, desk_name="Desk", desk_site="desk.example") as base,
        tools(base) as service,
    ):
        created = service.pages().create(body=page()).execute()
        [review] = httpx.get(f"{base}/v1/reviews").json()["items"]
        told = httpx.get(f"{base}/v1/reviews/{review['id']}/claimreview")
        author, rating = told.json()["itemReviewed"]["author"], told.json()["reviewRating"]
        assert (author["jobTitle"], rating["image"]) == ("Police spokeswoman", "https://www.desk.example/unproven.png")

        taken = httpx.post(
            f"{base}/v1/claimreview", content=told.content, headers={"Content-Type": "application/ld+json"}
        )
        assert taken.json()["unchanged"] == 1
        assert service.pages().get(name=created["name"]).execute() == created


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_what_a_page_leaves_out_stays_left_out(service: Any) -> None:
    least = {
        "pageUrl": "https://desk.example/least",
        "claimReviewMarkups": [
            {"claimReviewed": "Dozens were killed.", "rating": {"ratingValue": 2, "bestRating": 5, "worstRating": 1}}
        ],
    }
    created = service.pages().create(body=least).execute()
    assert without_ours(created) == least


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_an_update_says_all_and_what_it_leaves_out_is_gone(service: Any) -> None:
    created = service.pages().create(body=page()).execute()
    [first] = created["claimReviewMarkups"]
    harsher = {**first, "rating": {"textualRating": "False"}}
    second = {"claimReviewed": "Several officers were killed.", "rating": {"textualRating": "Half true"}}
    changed = {**created, "publishDate": "2022-01-13", "claimReviewMarkups": [second, harsher]}

    updated = service.pages().update(name=created["name"], body=changed).execute()
    assert without_ours(updated) == without_ours(changed)
    again = service.pages().update(name=created["name"], body=updated).execute()
    assert again == updated

    service.pages().update(name=created["name"], body={**updated, "claimReviewMarkups": [second]}).execute()
    assert found(service, query="killed") == ["dozens"]
    assert found(service, query="attackers") == []


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_an_update_based_on_an_earlier_version_is_aborted_and_one_without_is_refused(
    service: Any, empty_server: str
) -> None:
    old = service.pages().create(body=page()).execute()
    [review] = httpx.get(f"{empty_server}/v1/reviews").json()["items"]
    httpx.patch(f"{empty_server}/v1/reviews/{review['id']}", json={"rating": "Doubtful"}).raise_for_status()
    held = service.pages().get(name=old["name"]).execute()
    assert held["claimReviewMarkups"][0]["rating"]["textualRating"] == "Doubtful"

    with pytest.raises(HttpError, match="the page changed since that version") as stale:
        service.pages().update(name=old["name"], body=old).execute()
    assert (stale.value.status_code, status_of(stale.value)) == (409, "ABORTED")
    with pytest.raises(HttpError, match="versionId: it is required for an update"):
        service.pages().update(name=old["name"], body=without_ours(old)).execute()
    assert service.pages().get(name=old["name"]).execute() == held


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_a_page_that_is_deleted_takes_its_reviews_along(service: Any) -> None:
    name = service.pages().create(body=page()).execute()["name"]

    assert service.pages().delete(name=name).execute() == {}
    assert found(service, query="dozens") == []
    for call in (service.pages().get(name=name), service.pages().delete(name=name)):
        with pytest.raises(HttpError, match="There is no page") as gone:
            call.execute()
        assert (gone.value.status_code, status_of(gone.value)) == (404, "NOT_FOUND")
    assert without_ours(service.pages().create(body=page()).execute()) == page()


@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_the_pages_of_a_site_are_listed_to_the_end_and_one_by_its_address(service: Any) -> None:
    pages = service.pages()
    created = [pages.create(body=page(str(number))).execute() for number in range(5)]
    pages.create(body=page("other", site="https://other.example")).execute()

    request, listed = pages.list(organization="desk.example", pageSize=2), []
    while request is not None:
        answer = request.execute()
        listed.append(answer["claimReviewMarkupPages"])
        request = pages.list_next(request, answer)

    assert [len(each) for each in listed] == [2, 2, 1]
    assert [each for some in listed for each in some] == created[::-1]
    assert pages.list(url="http://desk.example/checks/3/").execute() == {"claimReviewMarkupPages": [created[3]]}
    assert pages.list(url="https://desk.example/checks").execute() == {"claimReviewMarkupPages": []}


def markup(**more: Any) -> Json:
    [one] = page()["claimReviewMarkups"]
    return page(claimReviewMarkups=[{**one, **more}])


BROKEN: dict[str, Json] = {
    "pageUrl": page(pageUrl="javascript:alert(1)"),
    "pageUrl: it is required": page(pageUrl=""),
    "publishDate": page(publishDate="last winter"),
    "verdict: There is no such field": page(verdict="false"),
    "claimReviewMarkups: a page has at least one claim": page(claimReviewMarkups=[]),
    "claimReviewMarkups.0.claimReviewed: it is required": markup(claimReviewed=None),
    "claimReviewMarkups.0.claimReviewed: It holds a NUL": markup(claimReviewed="Dozens\x00"),
    "claimReviewMarkups.0.claimReviewed: It is too long": markup(claimReviewed="x" * 2001),
    "claimReviewMarkups.0.url: it is another page": markup(url="https://desk.example/another"),
    "claimReviewMarkups.0.claimDate: '2022-13-01' does not exist": markup(claimDate="2022-13-01"),
    "claimReviewMarkups.0.claimAppearances": markup(claimAppearances=["https://a.example", "not there"]),
    "claimReviewMarkups.0.claimAuthor.name: An object is not a text": markup(claimAuthor={"name": {"a": 1}}),
    "claimReviewMarkups.0.rating.textualRating: it is required": markup(rating={"bestRating": 5}),
    "claimReviewMarkups.0.rating.ratingValue: 9 is outside the scale": markup(
        rating={"ratingValue": 9, "bestRating": 1, "worstRating": 5}
    ),
    "claimReviewMarkups.0.rating.ratingValue: It is a truth value": markup(rating={"ratingValue": True}),
    "claimReviewMarkups.1.claimReviewed: claimReviewMarkups.0 reviews the same": page(
        claimReviewMarkups=page()["claimReviewMarkups"] * 2
    ),
    "claimReviewMarkups.100: a page has at most 100": page(claimReviewMarkups=page()["claimReviewMarkups"] * 101),
}
UNREADABLE: dict[str, bytes] = {
    "cut short": b'{"pageUrl": "https://desk.exa',
    "in Latin-1": '{"pageUrl": "é"}'.encode("latin-1"),
    "a list": b"[]",
    "nothing": b"",
    "no number": b'{"claimReviewMarkups": [{"rating": {"ratingValue": NaN}}]}',
    "half a character": b'{"pageUrl": "\\ud800"}',
    "one key twice": b'{"pageUrl": "https://a.example", "pageUrl": "https://b.example"}',
    "nested deeply": b'{"claimReviewMarkups": ' + b"[" * 5000 + b"]" * 5000 + b"}",
    "too large": b'{"pageUrl": "' + b"x" * 4_000_001 + b'"}',
}


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_a_page_that_cannot_be_kept_is_refused_at_its_place_and_changes_nothing(
    service: Any, empty_server: str
) -> None:
    service.pages().create(body=page("kept")).execute()
    before = httpx.get(f"{empty_server}/v1/history").json()

    for said, body in BROKEN.items():
        with pytest.raises(HttpError) as refused:
            service.pages().create(body=body).execute()
        assert (refused.value.status_code, status_of(refused.value)) == (400, "INVALID_ARGUMENT")
        assert refused.value.reason.startswith(said)
    with pytest.raises(HttpError, match="pageUrl: its markup is held as") as held:
        service.pages().create(body=page("kept", site="http://desk.example")).execute()
    assert (held.value.status_code, status_of(held.value)) == (409, "ALREADY_EXISTS")
    for named, sent in UNREADABLE.items():
        answer = httpx.post(
            f"{empty_server}/v1alpha1/pages", content=sent, headers={"Content-Type": "application/json"}
        )
        assert 400 <= answer.status_code < 500, named
        assert answer.json()["error"]["status"] == "INVALID_ARGUMENT", named
    assert httpx.get(f"{empty_server}/v1/history").json() == before


def status_of(error: HttpError) -> str:
    status: str = httpx.Response(200, content=error.content).json()["error"]["status"]
    return status


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)
ADDRESS = st.sampled_from(["https://a.example/1", "http://b.example/ü?x=1#y", "https://police.example/азирбек"])
WHOLE = st.integers(-(2**31), 2**31 - 1)
DAY = st.sampled_from(["2022", "2022-01", "2022-01-06", "2022-01-06T12:38+06:00", "2022-01-06T06:38:05Z"])


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Some of these fields, and never none of them."""
    return st.fixed_dictionaries({}, optional=fields).filter(bool)


RATINGS = some(ratingExplanation=TEXT, imageUrl=ADDRESS, ratingValue=WHOLE).flatmap(
    lambda more: TEXT.map(lambda words: {**more, "textualRating": words})
)
MARKUPS = st.lists(
    st.fixed_dictionaries(
        {"rating": RATINGS},
        optional={
            "url": st.just("https://desk.example/page#there"),
            "claimDate": DAY,
            "claimLocation": TEXT,
            "claimFirstAppearance": ADDRESS,
            "claimAppearances": st.lists(ADDRESS, min_size=1, max_size=3),
            "claimAuthor": some(name=TEXT, jobTitle=TEXT, imageUrl=ADDRESS, sameAs=ADDRESS),
        },
    ),
    min_size=1,
    max_size=3,
).map(lambda found: [{**one, "claimReviewed": f"Claim {place}"} for place, one in enumerate(found)])
PAGES = st.fixed_dictionaries(
    {"pageUrl": st.just("https://desk.example/page"), "claimReviewMarkups": MARKUPS},
    optional={"publishDate": DAY, "claimReviewAuthor": some(name=TEXT, imageUrl=ADDRESS)},
)


@settings(max_examples=12)
@given(told=PAGES)
def test_whatever_a_page_says_it_says_again_also_when_it_is_taken_from_there(nothing: Engine, told: Json) -> None:
    assert kept(nothing, told) == told
    assert kept(nothing, kept(nothing, told)) == told


@pytest.fixture(scope="module")
def nothing(sqlite_databases: SqliteDatabases) -> Iterator[Engine]:
    """A database in which no page stays."""
    with sqlite_databases.fresh() as url, opened(url) as engine:
        yield engine


def kept(engine: Engine, told: Json) -> Json:
    """A page as it is read after it was written; then it is deleted."""
    with recording(engine, "a desk") as writer:
        public_id = markup_pages.create(writer, ClaimReviewMarkupPage.model_validate(told))
    with reading(engine) as session:
        again = markup_pages.read(session, public_id).model_dump(exclude_none=True)
    with recording(engine, "a desk") as writer:
        markup_pages.delete(writer, public_id)
    return without_ours(again)


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
@pytest.mark.proves("google-fact-check", "writes", by="google-api-python-client")
def test_the_worked_example_prints_what_its_page_tells(google: Any, january_copy: str) -> None:
    check("google-fact-check", january_copy)
