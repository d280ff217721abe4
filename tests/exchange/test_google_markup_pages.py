"""Google's client keeps the markup of review pages here: field for field, in versions, or refused at its place."""

from __future__ import annotations

from collections.abc import Iterator
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
from tests.exchange.fact_checking import Json, found, page, status_of, tools, without_ours
from tests.serving import served


@pytest.fixture
def service(empty_server: str) -> Iterator[Any]:
    """The client on a server that holds nothing."""
    with tools(empty_server) as service:
        yield service


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
    httpx.patch(
        f"{empty_server}/v1/reviews/{review['id']}", json={"rating": "Doubtful"}, headers={"If-Match": "*"}
    ).raise_for_status()
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


def claims_at(base: str) -> list[str]:
    """What the claims say that are held."""
    return [claim["text"] for claim in httpx.get(f"{base}/v1/claims").json()["items"]]


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_a_claim_that_markup_alone_brought_goes_with_it_and_the_history_says_why(
    service: Any, empty_server: str
) -> None:
    pages, [one] = service.pages(), page()["claimReviewMarkups"]
    other = {"claimReviewed": "Ten officers died.", "rating": one["rating"]}
    created = pages.create(body=page(claimReviewMarkups=[one, other])).execute()
    elsewhere = page("elsewhere", claimReviewMarkups=[{**one, "url": None}])
    second = pages.create(body=elsewhere).execute()
    assert claims_at(empty_server) == [one["claimReviewed"], other["claimReviewed"]]

    pages.update(
        name=created["name"], body={**created, "claimReviewMarkups": created["claimReviewMarkups"][:1]}
    ).execute()
    assert claims_at(empty_server) == [one["claimReviewed"]]
    pages.delete(name=created["name"]).execute()
    assert claims_at(empty_server) == [one["claimReviewed"]]
    pages.delete(name=second["name"]).execute()
    assert claims_at(empty_server) == []
    told = httpx.get(f"{empty_server}/v1/history", params={"limit": 200}).json()["items"]
    why = {entry["why"] for entry in told if (entry["noun"], entry["action"]) == ("claim", "retired")}
    assert why == {
        f"Only markup on https://www.desk.example/checks/{slug} spoke of it, and that is gone."
        for slug in ("dozens", "elsewhere")
    }


@pytest.mark.proves("google-fact-check", "reads", by="google-api-python-client")
def test_a_claim_that_somebody_wrote_of_stays_when_the_markup_goes(service: Any, empty_server: str) -> None:
    created = service.pages().create(body=page()).execute()
    [claim] = httpx.get(f"{empty_server}/v1/claims").json()["items"]
    own = {"claim": claim["id"], "author": "We", "rating": "open", "reasons": "One origin."}
    httpx.post(f"{empty_server}/v1/reviews", json=own).raise_for_status()

    service.pages().delete(name=created["name"]).execute()
    assert claims_at(empty_server) == [claim["text"]]


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


@settings(max_examples=8)
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
